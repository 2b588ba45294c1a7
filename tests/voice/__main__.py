"""Hear the notes of `notes.yaml` with the offline model and say how well: words wrong, sureness, processor time, and
how soon a person is paged for a spoken emergency. `make voice`.
"""

import argparse
import asyncio
import re
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from service.language import emergency
from service.language.text import fold
from service.messaging.voice.choice import is_installed
from service.messaging.voice.offline import Offline
from service.messaging.voice.transcriber import SURE, UNDERSTOOD, Heard
from service.operations import migrations
from service.operations.embedded import start_postgres, start_redis
from service.platform.settings import get_settings
from tests.kit.paging import PHONES, Paging, paging

HERE = Path(__file__).parent
# What a shop's own words are, beside the pets of who speaks.
SHOP = ["Banho", "Consulta", "Hospedagem", "Tosa", "Bia", "Carla", "Pet Shop Patinhas"]
PETS = ["Mel", "Thor"]
# The note that a person is paged for.
EMERGENCY = "poison"
# Figures that are written where they are said.
FIGURES = {"10": "dez", "15": "quinze", "20": "vinte", "25": "vinte e cinco", "2": "dois", "4": "quatro"}


@dataclass(frozen=True, slots=True)
class Result:
    """A note, what was heard of it, and what that cost."""

    note: dict[str, Any]
    heard: Heard
    cpu: float
    seconds: float

    @property
    def said(self) -> list[str]:
        return words(self.note["said"])

    @property
    def wrong(self) -> int:
        """Return how many words are wrong, missing or too many."""
        return distance(self.said, words(self.heard.text))


def words(text: str) -> list[str]:
    """Return a text's words as they sound, without marks and accents."""
    return " ".join(FIGURES.get(word, word) for word in re.findall(r"\w+", fold(text))).split()


def distance(said: list[str], heard: list[str]) -> int:
    """Return Levenshtein's distance in words."""
    row = list(range(len(heard) + 1))
    for number, one in enumerate(said, 1):
        before, row[0] = row[0], number
        for at, other in enumerate(heard, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (one != other))
    return row[-1]


async def measured(notes: list[dict[str, Any]]) -> list[Result]:
    transcriber = Offline(get_settings())
    await transcriber.prepare()
    results = []
    for note in notes:
        audio = (HERE / "notes" / f"{note['name']}.ogg").read_bytes()
        cpu, begun = time.process_time(), time.perf_counter()
        heard = await transcriber.hear(audio, "audio/ogg", [*note.get("pets", PETS), *SHOP])
        results.append(Result(note, heard, time.process_time() - cpu, time.perf_counter() - begun))
    return results


def listed(pages: dict[str, float]) -> str:
    return ", ".join(f"{seconds:.1f} s over {channel}" for channel, seconds in pages.items())


def rate(results: list[Result]) -> str:
    return f"{sum(r.wrong for r in results) / sum(len(r.said) for r in results):.1%}" if results else "-"


def told(results: list[Result]) -> str:
    """Return the table of all notes, and what they come to."""
    lines = ["| note | noise | heard | wrong | sure | CPU, s |", "|---|---|---|---:|---:|---:|"]
    for r in results:
        noise = " dB, ".join(map(str, r.note["noise"])) if "noise" in r.note else ""
        lines.append(
            f"| {r.note['name']} | {noise} | {r.heard.text} | {r.wrong}/{len(r.said)} | {r.heard.confidence or 0:.2f} | {r.cpu:.1f} |"
        )
    read = [r for r in results if r.heard.is_understood]
    alarms = [r for r in results if emergency.recognise(r.note["said"])]
    paged = [r for r in alarms if emergency.recognise(r.heard.text)]
    false = [r for r in results if r not in alarms and emergency.recognise(r.heard.text)]
    noisy = [r for r in results if "noise" in r.note]
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return "\n".join([
        *lines, "",
        f"Words wrong: {rate(results)} of all; {rate([r for r in results if r not in noisy])} without noise, {rate(noisy)} with;"
        f" {rate(read)} of the {len(read)} notes that are read (sure from {UNDERSTOOD:.2f} on).",
        f"Emergencies: {len(paged)} of {len(alarms)} recognised, {len(false)} false. Sure enough for a yes (from {SURE:.2f} on): "
        f"{sum((r.heard.confidence or 0) >= SURE for r in results)} of {len(results)}.",
        f"CPU: {sum(r.cpu for r in results) / len(results):.2f} s a note, {max(r.cpu for r in results):.2f} s at the most; "
        f"{sum(r.seconds for r in results) / len(results):.2f} s on the clock; {largest} MB.",
    ])  # fmt: skip


def paged(note: bytes, folder: Path) -> dict[str, float]:
    """Return after how many seconds a person is paged for a note, over each provider, in a whole installation with the real weights."""
    postgres, cache = start_postgres(folder, durable=False), start_redis(folder, durable=False)
    try:
        migrations.migrate(postgres.url)
        migrations.apply_seed(postgres.url)
        with paging(folder, postgres.url, cache.url, PATAS_VOICE="offline") as shop:
            until_loaded(shop)
            return {channel: shop.page(channel, note) for channel in PHONES}
    finally:
        cache.stop()
        postgres.stop()


def until_loaded(shop: Paging) -> None:
    """Wait for a worker that has loaded its model, as one has that has run for some seconds."""
    deadline = time.monotonic() + 60
    while "[VOICE] Model loaded" not in shop.system.log("worker"):
        assert time.monotonic() < deadline, shop.system.log("worker")
        time.sleep(0.1)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", action="append", help="a note's name; may be repeated")
    options.add_argument("--output", type=Path, help="write the table to this file, too")
    options.add_argument("--most-wrong", type=float, default=0.2, help="fail beyond this share of wrong words")
    options.add_argument("--slowest-page", type=float, default=5.0, help="fail where a person is paged later than after so many seconds")
    given = options.parse_args()
    if not is_installed():
        sys.exit("The offline model is not installed: run `./patas voice install`.")
    notes = [n for n in yaml.safe_load((HERE / "notes.yaml").read_text()) if not given.only or n["name"] in given.only]
    results = asyncio.run(measured(notes))
    with TemporaryDirectory() as folder:
        pages = paged((HERE / "notes" / f"{EMERGENCY}.ogg").read_bytes(), Path(folder))
    slowest = max(pages.values())
    table = f"{told(results)}\nA person is paged for “{EMERGENCY}” after {listed(pages)}."
    sys.stdout.write(table + "\n")
    if given.output:
        given.output.write_text(table + "\n")
    wrong = sum(r.wrong for r in results) / sum(len(r.said) for r in results)
    if wrong > given.most_wrong or slowest > given.slowest_page:
        sys.exit(1)


if __name__ == "__main__":
    main()
