"""The proposals that the labelled answers of `tests/kit/data/agreement_*.yaml` follow, and how well the rules read them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from service.agenda.agreement import decide
from service.agenda.proposals import ProposalKind
from service.agenda.visits import Item
from service.platform import clock

ZONE = "America/Sao_Paulo"
TODAY = date(2026, 11, 25)
DATA = Path(__file__).parent / "data"
CUSTOMER = "Ana Souza"
OTHERS = ("Rex", "Mel", "Thor", "Banho", "Tosa", "Consulta", "Hotel")


def item(pet: str, service: str, day: date, at: time, cents: int, was: datetime | None = None) -> Item:
    """Build a visit of an hour."""
    start = clock.at(day, at, ZONE)
    end = start + timedelta(hours=1)
    return Item(
        id=uuid4(), pet_id=uuid4(), pet=pet, service_id=uuid4(), service=service, unit="visit", resource_id=uuid4(), professional="Bia",
        starts_at=start, ends_at=end, busy_from=start, busy_until=end, price_cents=cents, was=was,
    )  # fmt: skip


PROPOSALS: dict[str, tuple[ProposalKind, list[Item]]] = {
    "A": ("book", [item("Rex", "Banho", date(2026, 11, 27), time(10), 7000)]),
    "B": ("book", [item(pet, "Banho", date(2026, 11, 28), time(9), 7000) for pet in ("Rex", "Mel")]),
    "C": ("reschedule", [item("Mel", "Tosa", date(2026, 12, 1), time(14, 30), 12000, clock.at(date(2026, 11, 30), time(9), ZONE))]),
    "D": ("cancel", [item("Thor", "Consulta", date(2026, 11, 26), time(16), 15000)]),
    "E": ("confirm", [item("Rex", "Banho", date(2026, 11, 26), time(10), 7000)]),
}


@dataclass
class Read:
    """How a lot was read: answers that are no yes taken for one, yeses not understood, and likewise for no."""

    count: int = 0
    yeses: int = 0
    noes: int = 0
    unclear: int = 0
    false_yes: list[str] = field(default_factory=list)
    missed_yes: list[str] = field(default_factory=list)
    false_no: list[str] = field(default_factory=list)
    missed_no: list[str] = field(default_factory=list)


def answers(lot: str) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = yaml.safe_load((DATA / f"agreement_{lot}.yaml").read_text("utf-8"))
    return written


def read(labelled: list[dict[str, Any]]) -> Read:
    found = Read(len(labelled))
    for answer in labelled:
        kind, items = PROPOSALS[answer["proposal"]]
        understood = decide(answer["says"], kind, items, TODAY, ZONE, OTHERS, CUSTOMER)
        found.unclear += understood == "unclear"
        understood = None if understood == "unclear" else understood
        means = None if answer["means"] == "neither" else answer["means"]
        said = f"{answer['proposal']}: {answer['says']!r}"
        found.yeses += means == "yes"
        found.noes += means == "no"
        if understood != means:
            if understood is not None:
                (found.false_yes if understood == "yes" else found.false_no).append(said)
            if means is not None:
                (found.missed_yes if means == "yes" else found.missed_no).append(said)
    return found
