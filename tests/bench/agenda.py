"""The slot engine by itself: CPU of looking through ninety days of ten people with 2,000 bookings."""

import random
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from service.agenda.engine import Agenda, Hours, Resource, Rules, Task
from service.platform import clock

ZONE = "America/Sao_Paulo"
FIRST = date(2026, 11, 26)
DAYS, PEOPLE, BOOKINGS, ROUNDS = 90, 10, 2000, 9


def measure_agenda(seed: int = 1) -> dict[str, Any]:
    """Median milliseconds of CPU for one visit and for one of two pets that need two resources each, from loaded rows to every start."""
    rng = random.Random(seed)
    ids = [UUID(int=n + 1) for n in range(PEOPLE)]
    busy = []
    for _ in range(BOOKINGS):
        begins = datetime.min.time().replace(hour=9 + rng.randrange(9), minute=rng.choice([0, 30]))
        start = clock.at(FIRST + timedelta(days=rng.randrange(DAYS)), begins, ZONE)
        busy.append((rng.choice(ids), start, start + timedelta(minutes=rng.choice([30, 60, 90]))))
    week = tuple(Hours(n, datetime.min.time().replace(hour=9), datetime.min.time().replace(hour=18)) for n in range(1, 7))
    rules, resources = Rules(ZONE, week), [Resource(i, str(i)) for i in ids]
    hour, halves = timedelta(hours=1), (frozenset(ids[: PEOPLE // 2]), frozenset(ids[PEOPLE // 2 :]))
    visits = {"one": [Task("Rex", (frozenset(ids),), hour)], "two": [Task("Rex", halves, hour), Task("Mel", halves, hour)]}
    return {name: _median(rules, resources, busy, tasks) for name, tasks in visits.items()}


def _median(rules: Rules, resources: list[Resource], busy: list[tuple[UUID, datetime, datetime]], tasks: list[Task]) -> dict[str, Any]:
    now, times, found = datetime(2026, 11, 25, 12, tzinfo=UTC), [], 0
    for _ in range(ROUNDS):
        begun = time.process_time()
        found = sum(1 for _ in Agenda(rules, resources, busy).starts(tasks, FIRST, FIRST + timedelta(days=DAYS - 1), now))
        times.append((time.process_time() - begun) * 1000)
    return {"cpu_ms": round(statistics.median(times), 1), "starts": found}
