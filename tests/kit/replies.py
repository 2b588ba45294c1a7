"""The labelled replies of `data/replies.yaml`, each with the evidence that its scene comes to."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from graphs.history import TEAM
from graphs.receipts import evidence_of
from service.turns.queries.briefing import Briefing
from service.turns.receipts import Evidence

NOW = "2026-11-23T09:30:00-03:00"
SERVICES = [("Banho", "Banho com secagem", 60, 7000), ("Consulta", "Consulta clínica", 30, 15000), ("Tosa", "Tosa na máquina", 90, 12000)]


@dataclass(frozen=True)
class Reply:
    """A reply, whether everything in it is backed, and what backs it."""

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


@cache
def evidence(scene: str) -> Evidence:
    """Return what a scene's conversation backs."""
    return evidence_in(_file()["scenes"][scene])


def evidence_in(scene: dict[str, Any]) -> Evidence:
    """Return what a conversation in the set's short form backs."""
    earlier = list(map(_result, scene.get("earlier", ())))
    turn: list[AnyMessage] = [*map(HumanMessage, scene.get("customer", ())), *map(_result, scene.get("tools", ()))]
    team = [AIMessage(f"{TEAM} {text}") for text in scene.get("team", ())]
    return evidence_of([*earlier, *team, *turn], turn, briefing(scene))


def briefing(scene: dict[str, Any]) -> Briefing:
    """Return the demo shop's, with the scene's pets and appointments."""
    document = {
        "now": NOW,
        "organization": {"name": "Pet Shop Patinhas", "timezone": "America/Sao_Paulo", "address": "Rua das Acácias, 120", "phone": None},
        "settings": {"ai_personality": {"name": "Luna"}, "emergency_text": None},
        "contact": {"name": "Ana"},
        "pets": [{"name": name, "birth_date": None} for name in scene.get("pets", ["Rex", "Mia"])],
        "appointments": [
            {
                **row,
                "starts_at": f"{row['at'].replace(' ', 'T')}:00-03:00",
                "ends_at": f"{row.get('until', row['at']).replace(' ', 'T')}:00-03:00",
                "status": row.get("status", "scheduled"),
                "professional": "Bia",
            }
            for row in scene.get("appointments", ())
        ],
        "services": [
            {"name": name, "description": description, "duration_minutes": minutes, "price_cents": cents, "rates": []}
            for name, description, minutes, cents in SERVICES
        ],
        "hours": [{"weekday": n, "opens_at": "09:00:00", "closes_at": "13:00:00" if n == 6 else "18:00:00"} for n in range(1, 7)],
        "closures": scene.get("closures", []),
    }  # fmt: skip
    return cast(Briefing, document)


def _result(call: dict[str, Any]) -> ToolMessage:
    ((name, result),) = call.items()
    return ToolMessage(json.dumps(result, ensure_ascii=False), tool_call_id="call", name=name)


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "replies.yaml").read_text("utf-8"))
    return loaded
