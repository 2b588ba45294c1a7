"""The phrases of `data/days.yaml` and `data/times.yaml` with the sets that they mean, and how a set is written there."""

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import yaml

from service.language.hours import Opening

MONDAY = date(2026, 11, 23)
OPENING: Opening = ((time(9), time(18)),)
# What has no end is compared as far as this.
FAR = 90
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Phrase:
    """What a customer writes, of one kind; `meant` are the ordinals of days or the minutes of times, None where it is asked back."""

    kind: str
    text: str
    today: date
    meant: frozenset[int] | None


LOTS = ("when_lot_stranger", "when_lot_stranger_2", "when_lot_stranger_3", "when_lot_stranger_6", "when_lot_own", "when_lot_answers")


def lot(name: str, of: str) -> list[Phrase]:
    """Return the messages of a lot that are about "days" or "times"."""
    return _phrases({of: _loaded(name)[of]}, of)


def phrases(of: str) -> list[Phrase]:
    """Return the phrases for "days" or "times"."""
    return _phrases(_loaded(of), of)


def _loaded(name: str) -> dict[str, list[list[object]]]:
    loaded: dict[str, list[list[object]]] = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    return loaded


def _phrases(loaded: dict[str, list[list[object]]], of: str) -> list[Phrase]:
    found = []
    for kind, rows in loaded.items():
        for text, right, *said in rows:
            today = said[0] if said and isinstance(said[0], date) else MONDAY
            meant = None if right == "ask" else days(str(right), today) if of == "days" else times(str(right))
            found.append(Phrase(kind, str(text), today, meant))
    return found


def days(written: str, today: date) -> frozenset[int]:
    """Read "24/11 25/11", "1/12..5/12", "27/11..", "any -0", "any not 8/12" and "only 4"."""
    first, found, refuse = today.toordinal(), set[int](), False
    words = written.split()
    if words[0] == "only":
        return frozenset(n for n in range(first, first + FAR) if str((n - 1) % 7) in words[1:])
    for word in words:
        if word == "not":
            refuse = True
        elif word == "any":
            found |= set(range(first, first + 15))
        elif re.fullmatch(r"-\d", word):
            found -= {n for n in found if (n - 1) % 7 == int(word[1])}
        elif refuse:
            found.discard(_day(word))
        else:
            since, _, until = word.partition("..")
            last = _day(until) if until else first + FAR - 1 if ".." in word else _day(since)
            found |= set(range(_day(since), last + 1))
    return frozenset(found)


def _day(written: str) -> int:
    day, month = map(int, written.split("/"))
    return date(2026 if month >= 11 else 2027, month, day).toordinal()


def times(written: str) -> frozenset[int]:
    """Read "10:00 11:00", "14:00-16:00", "12:00-" and "any"."""
    if written == "any":
        return frozenset(range(1440))
    found = set[int]()
    for word in written.split():
        since, _, until = word.partition("-")
        last = _minute(until) if until else 1439 if "-" in word else _minute(since)
        found |= set(range(_minute(since), last + 1))
    return frozenset(found)


def _minute(written: str) -> int:
    hour, minute = map(int, written.split(":"))
    return hour * 60 + minute
