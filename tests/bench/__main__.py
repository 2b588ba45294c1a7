"""`make bench`: N conversations through the real processes, beside a hand-written floor of the same work in the same run.

Rounds alternate (ours, floor, ours, floor …) and medians are printed: the machine may be noisy, the ratio is what counts.
With `--people` instead: N customers who converse at the same time, and what they go through. With `--agenda`: the slot engine by itself.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from service.operations import migrations
from service.operations.embedded import start_postgres, start_redis
from tests.bench.agenda import measure_agenda
from tests.bench.fakes import Fakes
from tests.bench.flood import Flood
from tests.bench.floor import run_floor
from tests.bench.ours import Ours
from tests.bench.people import Manners, People
from tests.bench.report import as_text, flood_as_text, people_as_text
from tests.bench.round_trips import count_round_trips

# Messages that open connections, prepare statements and build schemas before anything is measured.
WARM_UP = 20


def main() -> None:
    options = parse()
    if options.agenda:
        print_result(measure_agenda(), as_json=True)
        return
    with tempfile.TemporaryDirectory(prefix="patas-bench-") as folder:
        print_result(measure(Path(folder), options), as_json=options.json)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--conversations", type=int, default=200, help="conversations a round, each one message with one tool call")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, help="instead of rounds: so many customers who converse at the same time")
    parser.add_argument("--flood", type=int, help="instead of rounds: so many customers of one shop at once, beside another shop's")
    parser.add_argument("--agenda", action="store_true", help="instead of rounds: the slot engine by itself")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long the people are measured")
    parser.add_argument("--pause", type=float, nargs=2, default=(5.0, 15.0), metavar=("LEAST", "MOST"), help="seconds a customer thinks")
    parser.add_argument("--seed", type=int, default=0, help="of the pauses")
    parser.add_argument("--model-latency", type=float, default=0.2, help="seconds of each of the two model calls")
    parser.add_argument("--processes", type=int, default=1, help="worker processes")
    parser.add_argument(
        "--threads", type=int, help="turns that a worker process carries at a time, and the floor's concurrency; 64, with --people 128"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.threads = options.threads or (128 if options.people else 64)
    return options


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything measured in one run."""
    postgres, redis = start_postgres(folder / "postgres", durable=False), start_redis(folder / "redis", durable=False)
    try:
        migrations.migrate(postgres.url)
        migrations.apply_seed(postgres.url)
        with Fakes(options.model_latency) as fakes:
            ours = Ours(folder, postgres.url, redis.url, fakes, processes=options.processes, threads=options.threads)
            run = measure_flood if options.flood else measure_people if options.people else measure_rounds
            return {"options": vars(options), **run(options, postgres.url, redis.url, fakes, ours)}
    finally:
        redis.stop()
        postgres.stop()


def measure_rounds(options: argparse.Namespace, database_url: str, redis_url: str, fakes: Fakes, ours: Ours) -> dict[str, Any]:
    """Per side the medians over the rounds."""
    # The webhook's wake-ups of the round-trip count go to this Redis too, and nobody takes them.
    os.environ |= {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "PATAS_QUEUE_NAMESPACE": "count"}
    trips = asyncio.run(count_round_trips(database_url, redis_url, fakes))
    rounds: dict[str, list[dict[str, float]]] = {"ours": [], "floor": []}
    with ours:
        asyncio.run(ours.push(WARM_UP))
        for _ in range(options.rounds):
            rounds["ours"].append(asyncio.run(ours.push(options.conversations)))
            rounds["floor"].append(run_floor(database_url, fakes, options.conversations, options.threads))
    sides = {side: {key: statistics.median(r[key] for r in done) for key in done[0]} for side, done in rounds.items()}
    ratio = statistics.median(a["cpu_ms"] / b["cpu_ms"] for a, b in zip(rounds["ours"], rounds["floor"], strict=True))
    return {"round_trips": trips, **sides, "cpu_ratio": ratio}


def measure_people(options: argparse.Namespace, database_url: str, redis_url: str, fakes: Fakes, ours: Ours) -> dict[str, Any]:
    """Return what the customers who converse at the same time went through."""
    manners = Manners(options.people, tuple(options.pause), options.minutes * 60, options.seed)
    with ours:
        asyncio.run(ours.push(WARM_UP * options.processes))
        people = People(ours.url, fakes, manners, lambda: {**ours.cpu(), "fakes": time.process_time()})
        return {"people": asyncio.run(people.converse())}


def measure_flood(options: argparse.Namespace, database_url: str, redis_url: str, fakes: Fakes, ours: Ours) -> dict[str, Any]:
    """How long another shop's customers wait while one shop is flooded."""
    with ours:
        asyncio.run(ours.push(WARM_UP * options.processes))
        return {"flood": asyncio.run(Flood(ours.url, database_url, fakes).measure(options.flood))}


def print_result(result: dict[str, Any], *, as_json: bool) -> None:
    text = flood_as_text if "flood" in result else people_as_text if "people" in result else as_text
    print(json.dumps(result, indent=2) if as_json else text(result))  # noqa: T201


if __name__ == "__main__":
    main()
