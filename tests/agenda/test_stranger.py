"""A stranger's answers, alarms and farewells: nothing is done that was not meant, whatever has to be asked again."""

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
from tests.kit.agreement import ZONE, item

DATA = Path(__file__).parents[1] / "kit" / "data" / "stranger.yaml"
TODAY = date(2026, 11, 23)
CUSTOMER, OTHERS = "Ana Souza", ("Mia", "Tosa", "Consulta")
FRIDAY = item("Rex", "Banho", date(2026, 11, 27), time(10), 7000)
MONDAY = item("Rex", "Banho", date(2026, 11, 30), time(14, 30), 7000, FRIDAY.starts_at)
PROPOSALS: dict[str, tuple[ProposalKind, Item]] = {
    "consent_booking": ("book", FRIDAY), "consent_cancel": ("cancel", FRIDAY), "consent_move": ("reschedule", MONDAY),
}  # fmt: skip


@cache
def lot(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(DATA.read_text("utf-8"))[name]
    return rows


@pytest.mark.parametrize(("name", "heard"), [("consent_booking", 44), ("consent_cancel", 26), ("consent_move", 22)])
def test_no_answer_is_taken_for_another(name: str, heard: int) -> None:
    kind, asked = PROPOSALS[name]
    read = [(row["right"], decide(row["text"], kind, [asked], TODAY, ZONE, OTHERS, CUSTOMER), row["text"]) for row in lot(name)]
    assert [one for one in read if one[1] in ("yes", "no") and one[1] != one[0]] == []
    assert sum(said == (right if right != "ask" else None) or (right == "ask" and said == "unclear") for right, said, _ in read) >= heard


def test_nothing_is_booked_at_once_that_leaves_something_open() -> None:
    unsure = [row["text"] for row in lot("at_once") if row["right"] == "ask"]
    assert [text for text in unsure if names_everything(text, "book", FRIDAY, TODAY, ZONE, OTHERS, CUSTOMER)] == []


def test_alarms_ring_and_ordinary_talk_does_not() -> None:
    missed = [row["text"] for row in lot("emergency") if not emergency.recognise(row["text"], ("Rex", "Mia"))]
    false = [row["text"] for row in lot("harmless") if emergency.recognise(row["text"], ("Rex", "Mia"))]
    assert (len(missed), len(false)) <= (3, 2), (missed, false)


def test_nobody_is_opted_out_who_did_not_say_so() -> None:
    read = [(row["right"], optout.wish(row["text"], waits=row["waiting"]), row["text"]) for row in lot("opt_out")]
    assert [one for one in read if one[0] != "out" and one[1] == "out"] == []
    assert sum(wish == "out" for right, wish, _ in read if right == "out") >= 6
