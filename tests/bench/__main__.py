"""`make bench`: N conversations through the real processes, beside a hand-written floor of the same work in the same run.

Rounds alternate (ours, floor, ours, floor …) and medians are printed: the machine may be noisy, the ratio is what counts.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from service.db import migrate
from service.embedded import start_postgres, start_redis
from tests.bench.fakes import Fakes
from tests.bench.floor import run_floor
from tests.bench.ours import Ours
from tests.bench.report import as_text
from tests.bench.round_trips import count_round_trips


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--conversations", type=int, default=200, help="conversations a round, each one message with one tool call")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model-latency", type=float, default=0.2, help="seconds of each of the two model calls")
    parser.add_argument("--threads", type=int, default=64, help="turns that the worker carries at a time, and the floor's concurrency")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="patas-bench-") as folder:
        print_result(measure(Path(folder), options), as_json=options.json)


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything measured in one run: per side the medians over the rounds."""
    postgres, redis = start_postgres(folder / "postgres", durable=False), start_redis(folder / "redis", durable=False)
    try:
        migrate.migrate(postgres.url)
        migrate.apply_seed(postgres.url)
        # The webhook's wake-ups of the round-trip count go to this Redis too, and nobody takes them.
        os.environ |= {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "PATAS_QUEUE_NAMESPACE": "count"}
        with Fakes(options.model_latency) as fakes:
            trips = asyncio.run(count_round_trips(postgres.url, redis.url, fakes))
            rounds: dict[str, list[dict[str, float]]] = {"ours": [], "floor": []}
            with Ours(folder, postgres.url, redis.url, fakes, options.threads) as ours:
                asyncio.run(ours.push(20))  # warm-up: connections, prepared statements, schemas
                for _ in range(options.rounds):
                    rounds["ours"].append(asyncio.run(ours.push(options.conversations)))
                    rounds["floor"].append(run_floor(postgres.url, fakes, options.conversations, options.threads))
        sides = {side: {key: statistics.median(r[key] for r in done) for key in done[0]} for side, done in rounds.items()}
        ratio = statistics.median(a["cpu_ms"] / b["cpu_ms"] for a, b in zip(rounds["ours"], rounds["floor"], strict=True))
        return {"options": vars(options), "round_trips": trips, **sides, "cpu_ratio": ratio}
    finally:
        redis.stop()
        postgres.stop()


def print_result(result: dict[str, Any], *, as_json: bool) -> None:
    print(json.dumps(result, indent=2) if as_json else as_text(result))  # noqa: T201


if __name__ == "__main__":
    main()
