"""`make fuzz`: bodies of both providers with something wrong in them, posted to the real web process, and an audit of every message.

No answer is a 500, no message that is whole is lost, doubled, changed, or put into somebody else's conversation.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import psycopg
from psycopg.rows import dict_row
from redis import Redis

from service.operations import migrations
from service.operations.embedded import start_postgres, start_redis
from tests.fuzz.bodies import INSTANCE, SECRET, Body, body
from tests.kit.fakes.meta import sign
from tests.kit.running import APP_SECRET, Running, running

AT_ONCE, BATCH = 32, 2_000
# A body of which every twentieth comes twice, as providers do.
TWICE = 20
NUMBER = """
insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret)
select id, 'evolution', 'Celular', %(name)s, %(secret)s from organizations order by created_at limit 1
"""
STORED = """
select m.external_id as id, k.phone, m.content as text, m.processed_at is null as waits,
  (select count(*) from messages o where o.conversation_id = c.id) as beside
from messages m join conversations c on c.id = m.conversation_id join contacts k on k.id = c.contact_id
where m.external_id = any(%(ids)s)
"""
# Nothing of what came in is bent out of shape on its way.
BENT = """
select 'a message of another shop''s conversation' as what from messages m
join conversations c on c.id = m.conversation_id where c.organization_id <> m.organization_id
union all select 'a message outside of its number' from messages m
join conversations c on c.id = m.conversation_id where c.instance_id <> m.instance_id
union all select 'an id twice' from messages group by instance_id, external_id having count(*) > 1 and external_id is not null
union all select 'two open conversations' from conversations where status <> 'closed' group by instance_id, contact_id having count(*) > 1
"""


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--bodies", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, action="append", help="post this body alone, and print what it is; may be given several times")
    chosen = options.parse_args()
    numbers = chosen.only or range(chosen.bodies)
    with tempfile.TemporaryDirectory(prefix="patas-fuzz-") as folder:
        wrong = fuzz(Path(folder), chosen.seed, numbers, show=bool(chosen.only))
    for line in wrong[:100]:
        print(line)  # noqa: T201
    print("clean" if not wrong else f"{len(wrong)} wrong")  # noqa: T201
    sys.exit(1 if wrong else 0)


def fuzz(folder: Path, seed: int, numbers: Sequence[int], *, show: bool = False) -> list[str]:
    """Post bodies to servers of their own; return what was wrong, one line each."""
    postgres, redis = start_postgres(folder / "postgres", durable=False), start_redis(folder / "redis", durable=False)
    try:
        migrations.migrate(postgres.url)
        migrations.apply_seed(postgres.url)
        with psycopg.connect(postgres.url, autocommit=True) as conn:
            conn.execute(NUMBER, {"name": INSTANCE, "secret": SECRET})
        with running(folder, processes=("api",), DATABASE_URL=postgres.url, REDIS_URL=redis.url) as system:
            return asyncio.run(_fuzz(system, postgres.url, redis.url, seed, numbers, show=show))
    finally:
        redis.stop()
        postgres.stop()


async def _fuzz(system: Running, database_url: str, redis_url: str, seed: int, numbers: Sequence[int], *, show: bool) -> list[str]:
    wrong: list[str] = []
    statuses: Counter[int] = Counter()
    api = psutil.Process(system.processes["api"].pid)
    begun, memory, whole = time.perf_counter(), api.memory_info().rss, 0
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as http:
        for first in range(0, len(numbers), BATCH):
            bodies = [body(seed, number, time.time()) for number in numbers[first : first + BATCH]]
            if show:
                print(*(one.raw.decode("utf-8", "replace")[:20_000] for one in bodies), sep="\n\n")  # noqa: T201
            wrong += await _post(http, system.url, bodies, statuses)
            wrong += await asyncio.to_thread(audit, database_url, bodies)
            whole += sum(one.whole is not None for one in bodies)
            with Redis.from_url(redis_url) as queue:
                queue.flushdb()  # nobody answers here
    wrong += _in_the_log(system.log("api"))
    seconds, more = time.perf_counter() - begun, (api.memory_info().rss - memory) / 2**20
    print(  # noqa: T201
        f"Seed {seed}: {len(numbers)} bodies with {whole} whole messages in {seconds / 60:.1f} minutes; answers: "
        + ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items())) + f"; memory of the web process {more:+.0f} MB."
    )  # fmt: skip
    return wrong


async def _post(http: aiohttp.ClientSession, url: str, bodies: Sequence[Body], statuses: Counter[int]) -> list[str]:
    """Post bodies, some of them twice at the same time; return what the answers have wrong."""
    wrong: list[str] = []
    gate = asyncio.Semaphore(AT_ONCE)

    async def post(one: Body) -> None:
        headers = {"Content-Type": "application/json"}
        if one.channel == "cloud_api":
            headers["X-Hub-Signature-256"] = sign(one.raw, APP_SECRET)
        path = "/webhook" if one.channel == "cloud_api" else f"/webhook/evolution/{INSTANCE}/{SECRET}"
        async with gate:
            try:
                async with http.post(url + path, data=one.raw, headers=headers) as response:
                    status = response.status
            except aiohttp.ClientError as error:
                wrong.append(f"body {one.number}: no answer ({type(error).__name__})")
                return
        statuses[status] += 1
        if status >= 500 or (one.whole and status != 200):
            wrong.append(f"body {one.number}: {status}")

    await asyncio.gather(*(post(one) for one in bodies for _ in range(2 if one.number % TWICE == 0 else 1)))
    return wrong


def audit(database_url: str, bodies: Sequence[Body]) -> list[str]:
    """Return what is wrong with what was stored of some bodies."""
    expected = {one.whole.id: one.whole for one in bodies if one.whole}
    with psycopg.connect(database_url, row_factory=dict_row) as conn:
        rows: list[Any] = conn.execute(STORED, {"ids": list(expected)}).fetchall()
        bent = conn.execute(BENT).fetchall()
    found = Counter(row["id"] for row in rows)
    wrong = [f"{id}: {'lost' if not found[id] else 'doubled'}" for id in expected if found[id] != 1]
    for row in rows:
        well = expected[row["id"]]
        if (row["phone"], row["text"], row["waits"], row["beside"]) != (well.phone, well.text, True, 1):
            wrong.append(f"{row['id']}: stored as {row}")
    return [*wrong, *(row["what"] for row in bent)]


def _in_the_log(log: str) -> list[str]:
    lines = [line for line in log.splitlines() if '"level": "error"' in line or '"level":"error"' in line or "Traceback" in line]
    return [f"log: {line[:300]}" for line in lines]


if __name__ == "__main__":
    main()
