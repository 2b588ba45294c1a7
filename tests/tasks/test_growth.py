"""A conversation of two thousand messages costs per turn, and per message in the database, what a short one does."""

import statistics
import time
from uuid import UUID

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from service.turns.queries import sweep
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.shop import Shop

MESSAGES = 2000
# Bytes of one thread's checkpoints after pruning, and of the window that the model is sent.
LARGEST_THREAD = 256 * 1024
LARGEST_REQUEST = 64 * 1024
WORDS = "Bom dia! Queria saber se vocês têm horário para banho e tosa do Rex nesta semana, de preferência de manhã. " * 3

THREAD_BYTES = """
select coalesce(sum(pg_column_size(t)), 0)::int as bytes from (
  select c.*::text from checkpoints.checkpoints c where thread_id = %(c)s
  union all select b.*::text from checkpoints.checkpoint_blobs b where thread_id = %(c)s
  union all select w.*::text from checkpoints.checkpoint_writes w where thread_id = %(c)s
) t
"""


async def test_turn_two_thousand_costs_what_turn_ten_costs(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: text("Qual serviço você gostaria? " + WORDS))

    async def turns(phone: str) -> tuple[UUID, float, int]:
        """Ten turns: the conversation, the median seconds of one, and the bytes of the last request to the model."""
        seconds = []
        for n in range(10):
            conversation = await shop.receive(f"{WORDS} {n}", phone=phone)
            begun = time.perf_counter()
            assert await shop.work(conversation) == 1
            seconds.append(time.perf_counter() - begun)
        return conversation, statistics.median(seconds), len(str(openai.requests[-1].json))

    long = await shop.receive("oi", phone="5511955550002")
    await shop.rows(
        "insert into messages"
        " (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, external_id, status, processed_at)"
        " select c.organization_id, c.id, c.instance_id, case when n %% 2 = 0 then 'incoming' else 'outgoing' end, n %% 2 = 1, n %% 2 = 1,"
        "  %(words)s || n, 'old.' || n, case when n %% 2 = 0 then 'received' else 'sent' end, case when n %% 2 = 0 then now() end"
        " from conversations c, generate_series(1, %(messages)s) n where c.id = %(c)s returning 1",
        words=WORDS, messages=MESSAGES, c=long,
    )  # fmt: skip
    await shop.work(long)
    await turns("5511955550001")
    _, short_seconds, short_request = await turns("5511955550003")
    _, long_seconds, long_request = await turns("5511955550002")
    assert long_request <= LARGEST_REQUEST
    assert long_request < 3 * short_request
    assert long_seconds < 3 * short_seconds, "a ratio within this very run; figures are in docs/runtime.md"

    for thread in await sweep.threads_with_history(shop.resources.db):
        await AsyncPostgresSaver(shop.resources.checkpoints).aprune([thread], strategy="keep_latest")
    (size,) = await shop.rows(THREAD_BYTES, c=str(long))
    assert 0 < size["bytes"] <= LARGEST_THREAD
    (before,) = await shop.rows("select count(*) as n from checkpoints.checkpoints where thread_id = %(c)s", c=str(long))
    assert before["n"] <= 2
    sizes = f"{size['bytes'] / 1024:.0f} KiB of checkpoints, request {long_request / 1024:.0f} KiB"
    print(f"\n{MESSAGES} messages: {sizes}, turn {long_seconds / short_seconds:.2f}x")  # noqa: T201
