"""The labelled replies of `data/replies.yaml`, each with what its scene lets a reply tell."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from graphs.history import TEAM
from graphs.telling import told_to_customer
from service.turns.briefing import Briefing
from service.turns.compose import Told
from tests.kit import documents

NOW = "2026-11-23T09:30:00-03:00"
ZONE = "America/Sao_Paulo"
SERVICES = [("Banho", "Banho com secagem", 60, 7000), ("Consulta", "Consulta clínica", 30, 15000), ("Tosa", "Tosa na máquina", 90, 12000)]


@dataclass(frozen=True)
class Reply:
    """A reply, its scene, and whether everything in it is true there."""

    lot: str
    scene: str
    text: str
    true: bool


@cache
def replies() -> list[Reply]:
    """Every labelled reply."""
    return [
        Reply(lot, row["scene"], row.get("backed") or row["lie"], "backed" in row)
        for lot, rows in _file().items()
        if lot.startswith("lot ")
        for row in rows
    ]


def free(lot: str) -> list[tuple[str, str]]:
    """Return a lot's replies that state nothing: each with its scene."""
    return [(row["scene"], row["text"]) for row in _file()["free"][lot]]


@cache
def told(scene: str) -> Told:
    """Return what a reply may tell in a scene."""
    return told_in(_file()["scenes"][scene])


def in_scene(scene: str, said: str) -> Told:
    """Return what a reply may tell in a scene in which the customer wrote something else."""
    return told_in({**_file()["scenes"][scene], "customer": [said]})


def results() -> list[tuple[str, dict[str, Any]]]:
    """Every tool result of every scene, with the tool's name."""
    return [
        (name, result)
        for scene in _file()["scenes"].values()
        for call in (*scene.get("earlier", ()), *scene.get("tools", ()))
        for name, result in call.items()
    ]


def told_in(scene: dict[str, Any]) -> Told:
    """Return what a reply may tell after a conversation in the set's short form."""
    earlier = list(map(_result, scene.get("earlier", ())))
    turn: list[AnyMessage] = [*map(HumanMessage, scene.get("customer", ())), *map(_result, scene.get("tools", ()))]
    team = [AIMessage(f"{TEAM} {text}") for text in scene.get("team", ())]
    return told_to_customer([*earlier, *team, *turn], turn, briefing(scene))


def briefing(scene: dict[str, Any]) -> Briefing:
    """Return the demo shop's, with the scene's pets and appointments."""
    return documents.briefing(
        now=NOW,
        pets=[documents.pet(name) for name in scene.get("pets", ["Rex", "Mia"])],
        appointments=[_appointment(row) for row in scene.get("appointments", ())],
        services=[documents.service(name, minutes, cents, description=description) for name, description, minutes, cents in SERVICES],
        hours=[{"weekday": n, "opens_at": "09:00", "closes_at": "13:00" if n == 6 else "18:00"} for n in range(1, 7)],
        closures=[{"first": c["starts_on"], "last": c["ends_on"], "reason": c["reason"]} for c in scene.get("closures", ())],
    )


def _appointment(row: dict[str, Any]) -> dict[str, Any]:
    starts_at, ends_at = (f"{at.replace(' ', 'T')}:00-03:00" for at in (row["at"], row.get("until", row["at"])))
    cents = next((cents for name, _, _, cents in SERVICES if name == row["service"]), 0)
    return {
        "id": uuid4(),
        "status": "scheduled",
        "professional": "Bia",
        "price_cents": cents,
        **row,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }


def _result(call: dict[str, Any]) -> ToolMessage:
    ((name, result),) = call.items()
    return ToolMessage(json.dumps(result, ensure_ascii=False), tool_call_id="call", name=name)


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "replies.yaml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Answer:
    """What a customer said and a model answered, and what of it is sent (`data/answers.yaml`)."""

    subject: str
    said: str
    reply: str
    scene: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    none: bool = False

    @property
    def told(self) -> Told:
        """What may be told after the customer's words, in their scene."""
        return in_scene(self.scene, self.said)


@cache
def answers() -> list[Answer]:
    """Every answer of the set."""
    loaded = yaml.safe_load((Path(__file__).parent / "data" / "answers.yaml").read_text("utf-8"))
    return [_answer(subject, row) for subject, rows in loaded.items() for row in rows]


def _answer(subject: str, row: dict[str, Any]) -> Answer:
    has, lacks = tuple(row.get("has", ())), tuple(row.get("not", ()))
    return Answer(subject, row["said"], row["reply"], row["scene"], has, lacks, row.get("none", False))
