"""When a turn goes to a person instead of the AI."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.platform.settings import Settings
from service.turns import limits

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


def talk(*said: tuple[str, str], minutes: float = 1) -> list[dict[str, Any]]:
    """Rows a step of `minutes` apart: who ("c"ustomer, "a"i, "p"erson) and what."""
    return [
        {
            "direction": "incoming" if who == "c" else "outgoing",
            "sent_by_ai": who == "a",
            "content": "" if content.startswith("<") else content,
            "message_type": content.strip("<>") if content.startswith("<") else "text",
            "at": (START + timedelta(minutes=n * minutes)).isoformat(),
        }
        for n, (who, content) in enumerate(said)
    ]


MENU = ("c", "Digite 1 para vendas")
REPLY = ("a", "Oi! Como posso ajudar?")


@pytest.mark.parametrize(
    ("rows", "circles"),
    [
        (talk(MENU, REPLY, MENU, REPLY, MENU, REPLY, ("c", "  digite 1 para VENDAS ")), True),
        (talk(MENU, REPLY, MENU, REPLY, MENU), False),
        (talk(MENU, REPLY, MENU, REPLY, ("c", "oi"), REPLY, MENU), False),
        (talk(MENU, MENU, MENU, MENU), False),
        (talk(MENU, REPLY, MENU, ("p", "Sou a Paula"), MENU, REPLY, MENU), False),
        (talk(MENU, REPLY, MENU, REPLY, MENU, REPLY, MENU, minutes=5), False),
        (talk(("c", "<audio>"), REPLY, ("c", "<audio>"), REPLY, ("c", "<audio>"), REPLY, ("c", "<audio>")), True),
        (talk(("c", "<audio>"), REPLY, ("c", "<image>"), REPLY, ("c", "<audio>"), REPLY, ("c", "<audio>")), False),
        ([], False),
    ],
)
def test_a_machine_at_the_other_end(rows: list[dict[str, Any]], circles: bool) -> None:
    assert limits.talks_in_circles(rows) is circles


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({}, None),
        ({"contact_turns": 29}, None),
        ({"contact_turns": 30}, "30 respostas"),
        ({"contact_turns": 5, "contact_turns_per_hour": 5}, "5 respostas"),
        ({"shop_turns": 99, "shop_turns_per_day": 100}, None),
        ({"shop_turns": 100, "shop_turns_per_day": 100}, "limite de 100"),
    ],
)
def test_too_many_turns(state: dict[str, Any], reason: str | None) -> None:
    state = {"contact_turns": 0, "contact_turns_per_hour": None, "shop_turns": None, "shop_turns_per_day": None} | state
    found = limits.exceeded(state, talk(("c", "oi")), Settings(_env_file=None))
    assert found is None if reason is None else reason in str(found)
