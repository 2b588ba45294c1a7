"""`make chaos`: conversations through the real processes while everything fails, then an audit of each.

Rounds of conversations run one after the other; each has its kinds of faults. The seed decides who says what, which faults strike and in
which order; when exactly they strike is up to the machine, as in life.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
from psycopg.rows import dict_row

from tests.chaos import faults as kinds
from tests.chaos.audit import Findings, audit
from tests.chaos.faults import Faults
from tests.chaos.people import Customer, Meta, Model, People
from tests.chaos.report import as_markdown
from tests.chaos.system import System
from tests.kit.fakes.openai import FakeOpenAI

# Seconds within which a round must come to rest after its last fault, or its conversations count as stuck.
PATIENCE = 90.0
OPEN = """
select k.phone, c.id, c.status, c.lease_token is not null as leased,
  exists (select from messages m where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null) as unanswered,
  exists (select from messages m where m.conversation_id = c.id and m.status in ('queued', 'sending')) as unsent,
  exists (select from escalations e where e.conversation_id = c.id and e.closed_at is not null and e.resumed_at is null) as handed_back,
  (select count(*) from messages m where m.conversation_id = c.id and m.direction = 'incoming') as received
from conversations c join contacts k on k.id = c.contact_id where k.phone = any(%s)
"""

GROUPS = {"kills": kinds.KILLS, "model": tuple(kinds.MODEL), "Meta": tuple(kinds.META), "processes": kinds.SERVERS}


class Round:
    """One batch of conversations and its kinds of faults."""

    def __init__(self, system: System, people: People, faults: Faults, customers: list[Customer]) -> None:
        self.system, self.people, self.faults, self.customers = system, people, faults, customers
        self.state: dict[str, dict[str, Any]] = {}
        self.talking = True

    async def run(self, kinds: tuple[str, ...], times: int) -> Findings:
        """Talk, inject, wait for rest, audit."""
        self.faults.begin(kinds)
        endless = self.faults.endless
        async with aiohttp.ClientSession() as http:
            helpers = [asyncio.create_task(self._watch(http)), asyncio.create_task(self.people.report_statuses(http))]
            try:
                injecting = asyncio.create_task(self.faults.inject(lambda: not self.talking, times))
                talks = (self.people.talk(http, customer, self._answered, injecting.done) for customer in self.customers)
                await asyncio.gather(*talks)
                self.talking = False
                await injecting
                self.faults.end()
                stuck = await self._rest()
            finally:
                for helper in helpers:
                    helper.cancel()
                await asyncio.gather(*helpers, return_exceptions=True)
        endless = self.faults.endless - endless
        return await asyncio.to_thread(audit, self.system.postgres.url, self.customers, list(self.people.meta.sends), stuck, endless)

    async def _watch(self, http: aiohttp.ClientSession) -> None:
        """Keep what the database says about the round's conversations; be the team that hands back what was escalated."""
        while True:
            self.state = await asyncio.to_thread(self._look)
            for row in self.state.values():
                if row["status"] == "escalated" and self.talking:
                    await self.people.hand_back(http, row["id"])
            await asyncio.sleep(0.3)

    def _look(self) -> dict[str, dict[str, Any]]:
        try:
            with psycopg.connect(self.system.postgres.url, row_factory=dict_row, connect_timeout=2) as conn:
                return {row["phone"]: row for row in conn.execute(OPEN, ([c.phone for c in self.customers],)).fetchall()}
        except psycopg.OperationalError:  # it is being restarted
            return self.state

    def _resting(self, customer: Customer) -> bool:
        row = self.state.get(customer.phone)
        if not customer.said:
            return True
        if row is None or row["received"] < len(customer.external_ids) or row["unsent"] or row["leased"]:
            return False
        return row["status"] == "escalated" or not (row["unanswered"] or row["handed_back"])

    async def _answered(self, customer: Customer) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._resting(customer) and time.monotonic() < deadline:  # noqa: ASYNC110  what is waited for is in another process
            await asyncio.sleep(0.2)

    async def _rest(self) -> list[str]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            await asyncio.sleep(0.7)
            if all(map(self._resting, self.customers)):
                return []
        return [f"{c.phone}: {self.state.get(c.phone)}" for c in self.customers if not self._resting(c)]


async def run(options: argparse.Namespace, folder: Path) -> bool:
    """Run all rounds, print the table, and tell whether every invariant held."""
    results: list[tuple[str, int, int, Findings]] = []
    with (
        FakeOpenAI() as openai,
        Meta() as meta,
        System(folder, openai_url=openai.base_url, meta_url=meta.url) as system,
    ):
        people = People(system.url, openai, meta, options.seed)
        faults = Faults(system, people, Model(options.seed), options.seed)
        begun = time.monotonic()
        for label, names in _rounds(options):
            before, started = sum(faults.injected.values()), time.monotonic()
            customers = people.gather(options.batch)
            found = await Round(system, people, faults, customers).run(names, options.times)
            results.append((label, sum(faults.injected.values()) - before, len(customers), found))
            outcome = "ok" if found.clean else {name: what for name, what in found.violations.items() if what}
            _say(f"{label}: {results[-1][1]} faults, {len(customers)} conversations, {time.monotonic() - started:.0f} s, {outcome}")
            openai.requests.clear()
            meta.requests.clear()
            if time.monotonic() - begun > options.minutes * 60:
                break
        table = as_markdown(results, faults.injected, options.seed, time.monotonic() - begun, system.restarts)
    _say(table)
    if options.output:
        options.output.write_text(table)
    return all(found.clean for *_, found in results)


def _rounds(options: argparse.Namespace) -> list[tuple[str, tuple[str, ...]]]:
    """Labels and kinds of faults of the rounds, in order."""
    chosen = set(options.faults or kinds.ALL)
    if not options.each:
        return [(label, tuple(kind for kind in group if kind in chosen)) for label, group in GROUPS.items() if chosen & set(group)]
    order = [(kind, (kind,)) for kind in kinds.ALL if kind in chosen]
    random.Random(options.seed).shuffle(order)
    return [*order, ("all together", tuple(sorted(chosen)))]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8, help="conversations of a round")
    parser.add_argument("--times", type=int, default=1, help="how often a round brings about each of its kills and failures")
    parser.add_argument("--each", action="store_true", help="a round for every kind of fault and one for all, instead of four groups")
    parser.add_argument("--minutes", type=float, default=60, help="begin no round after this")
    parser.add_argument("--faults", nargs="*", choices=kinds.ALL, metavar="KIND", help=f"only these of {', '.join(kinds.ALL)}")
    parser.add_argument("--output", type=Path, help="write the table to this file too")
    parser.add_argument("--keep", type=Path, help="keep logs and data in this new folder")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True)
        sys.exit(0 if asyncio.run(run(options, options.keep)) else 1)
    with tempfile.TemporaryDirectory(prefix="patas-chaos-") as folder:
        sys.exit(0 if asyncio.run(run(options, Path(folder))) else 1)


if __name__ == "__main__":
    main()
