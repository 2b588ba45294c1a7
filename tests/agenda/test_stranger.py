"""Strangers' answers, alarms and farewells: nothing is done that was not meant, whatever has to be asked again.

All lots but `stranger_own` are by people who knew neither the rules nor these files. First measured, the second stranger's: of
120 answers none taken for another, 16 of 58 yeses and 16 of 22 noes asked again; 15 of 25 bookings in one message asked, none of 35 others
booked; 1 of 60 alarms missed, 6 of 90 false; 6 of 16 opt-outs heard, none of 24 false. docs/agenda-and-safety.md has the others'.
"""

from collections import Counter
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.agenda.agreement import decide, names_everything
from service.agenda.proposals import ProposalKind
from service.agenda.visits import Item
from service.language import emergency, optout
from service.language.unwanted import speaks_of
from service.platform import clock
from tests.kit.agreement import ZONE, item

DATA = Path(__file__).parents[1] / "kit" / "data"
TODAY = date(2026, 11, 23)
CUSTOMER, OTHERS = "Ana Souza", ("Mia", "Mel", "Thor", "Tosa", "Consulta", "Hotel")
FRIDAY = item("Rex", "Banho", date(2026, 11, 27), time(10), 7000)
MONDAY = item("Rex", "Banho", date(2026, 11, 30), time(14, 30), 7000, FRIDAY.starts_at)
TO_FRIDAY = item("Rex", "Banho", date(2026, 11, 27), time(10), 7000, clock.at(date(2026, 11, 25), time(14), ZONE))
PROPOSALS: dict[str, tuple[ProposalKind, Item]] = {
    "consent_booking": ("book", FRIDAY), "consent_cancel": ("cancel", FRIDAY), "consent_move": ("reschedule", MONDAY),
    "consent_friday": ("reschedule", TO_FRIDAY),
}  # fmt: skip


@cache
def lot(file: str, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / f"{file}.yaml").read_text("utf-8"))[name]
    return rows


# Yeses and noes that are understood today.
HEARD = {
    ("stranger", "consent_booking"): (25, 10), ("stranger", "consent_cancel"): (12, 7), ("stranger", "consent_move"): (11, 6),
    ("stranger_second", "consent_booking"): (30, 10), ("stranger_second", "consent_cancel"): (14, 6),
    ("stranger_second", "consent_move"): (14, 6),
    ("stranger_third", "consent_booking"): (25, 10), ("stranger_third", "consent_cancel"): (11, 7),
    ("stranger_third", "consent_move"): (13, 8),
    ("stranger_sixth", "consent_booking"): (13, 10), ("stranger_sixth", "consent_cancel"): (10, 8),
    ("stranger_sixth", "consent_move"): (9, 6),
    ("stranger_eighth", "consent_booking"): (78, 27), ("stranger_eighth", "consent_cancel"): (10, 11),
    ("stranger_eighth", "consent_friday"): (6, 4),
    ("stranger_eighth_own", "consent_booking"): (34, 14), ("stranger_eighth_own", "consent_cancel"): (5, 7),
    ("stranger_eighth_own", "consent_friday"): (8, 2),
    ("stranger_ninth", "consent_booking"): (38, 15), ("stranger_ninth", "consent_cancel"): (5, 5),
    ("stranger_ninth", "consent_friday"): (2, 1),
    ("stranger_own", "consent_booking"): (82, 40), ("stranger_own", "consent_cancel"): (29, 27), ("stranger_own", "consent_move"): (26, 22),
}  # fmt: skip


@pytest.mark.parametrize(("file", "name"), HEARD)
def test_no_answer_is_taken_for_another(file: str, name: str) -> None:
    kind, asked = PROPOSALS[name]
    read = [(row["right"], decide(row["text"], kind, [asked], TODAY, ZONE, OTHERS, CUSTOMER), row["text"]) for row in lot(file, name)]
    assert [one for one in read if one[1] in ("yes", "no") and one[1] != one[0]] == []
    heard = Counter(said for right, said, _ in read if said == right)
    assert (heard["yes"], heard["no"]) == HEARD[file, name]


# The first stranger's bookings are of other days and hours than this one: none of them may be booked as this.
BOOKED = {"stranger": 0, "stranger_second": 24, "stranger_third": 22, "stranger_sixth": 11, "stranger_own": 43}


@pytest.mark.parametrize("file", BOOKED)
def test_nothing_is_booked_at_once_that_leaves_something_open(file: str) -> None:
    booked = [row for row in lot(file, "at_once") if names_everything(row["text"], "book", FRIDAY, TODAY, ZONE, OTHERS, CUSTOMER)]
    assert [row["text"] for row in booked if row["right"] == "ask"] == []
    assert len(booked) == BOOKED[file]


# Alarms missed, false alarms.
ALARMS = {
    "stranger": (0, 0), "stranger_second": (0, 0), "emergency_stranger_third": (0, 0), "emergency_stranger_fourth": (0, 0),
    "emergency_stranger_fifth": (4, 1), "stranger_sixth": (0, 0),
    "stranger_eighth": (0, 0), "stranger_eighth_own": (1, 0), "stranger_ninth": (2, 1), "stranger_own": (0, 1),
}  # fmt: skip


@pytest.mark.parametrize("file", ALARMS)
def test_alarms_ring_and_ordinary_talk_does_not(file: str) -> None:
    missed = [row["text"] for row in lot(file, "emergency") if not emergency.recognise(row["text"], ("Rex", "Mia"))]
    false = [row["text"] for row in lot(file, "harmless") if emergency.recognise(row["text"], ("Rex", "Mia"))]
    assert (len(missed), len(false)) == ALARMS[file], (missed, false)


# Opt-outs that are heard at once.
OUT = {
    "stranger": 12,
    "stranger_second": 16,
    "stranger_third": 9,
    "stranger_sixth": 11,
    "stranger_eighth": 49,
    "stranger_eighth_own": 43,
    "stranger_ninth": 24,
    "stranger_own": 11,
}


@pytest.mark.parametrize("file", OUT)
def test_nobody_is_opted_out_who_did_not_say_so(file: str) -> None:
    read = [(row["right"], optout.wish(row["text"], waits=row["waiting"]), row["text"]) for row in lot(file, "opt_out")]
    assert [one for one in read if one[0] != "out" and one[1] == "out"] == []
    assert sum(wish == "out" for right, wish, _ in read if right == "out") >= OUT[file]


# Farewells that are neither heard at once nor worth a question of ours, and others that a model may ask about.
UNASKED = {"stranger_eighth": (0, 0), "stranger_eighth_own": (0, 0), "stranger_ninth": (3, 0)}


@pytest.mark.parametrize("file", UNASKED)
def test_who_speaks_of_messages_may_be_asked(file: str) -> None:
    rows = lot(file, "opt_out")
    unheard = [row["text"] for row in rows if row["right"] != "none" and not speaks_of("out", row["text"])]
    others = [row["text"] for row in rows if row["right"] == "none" and speaks_of("out", row["text"])]
    assert (len(unheard), len(others)) == UNASKED[file], (unheard, others)
