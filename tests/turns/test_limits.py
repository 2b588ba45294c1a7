"""When a turn goes to a person instead of the AI."""

from datetime import timedelta

import pytest

from service.platform.settings import Settings
from service.turns import limits
from service.turns.briefing import Message
from service.turns.limits import Usage
from tests.kit.documents import NOW, message


def talk(*said: tuple[str, str], minutes: float = 1) -> list[Message]:
    """Messages a step of `minutes` apart: who ("c"ustomer, "a"i, "p"erson) and what."""
    return [
        message(
            "" if content.startswith("<") else content,
            direction="incoming" if who == "c" else "outgoing",
            sent_by_ai=who == "a",
            message_type=content.strip("<>") if content.startswith("<") else "text",
            at=NOW + timedelta(minutes=n * minutes),
        )
        for n, (who, content) in enumerate(said)
    ]


MENU = ("c", "Digite 1 para vendas")
REPLY = ("a", "Oi! Como posso ajudar?")


@pytest.mark.parametrize(
    ("history", "circles"),
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
def test_a_machine_at_the_other_end(history: list[Message], circles: bool) -> None:
    assert limits.talks_in_circles(history) is circles


@pytest.mark.parametrize(
    ("usage", "reason"),
    [
        (Usage(contact_turns=0), None),
        (Usage(contact_turns=29), None),
        (Usage(contact_turns=30), "30 respostas"),
        (Usage(contact_turns=5, contact_turns_per_hour=5), "5 respostas"),
        (Usage(contact_turns=0, shop_turns=99, shop_turns_per_day=100), None),
        (Usage(contact_turns=0, shop_turns=100, shop_turns_per_day=100), "limite de 100"),
    ],
)
def test_too_many_turns(usage: Usage, reason: str | None) -> None:
    found = limits.exceeded(usage, talk(("c", "oi")), Settings(_env_file=None))
    assert found is None if reason is None else reason in str(found)
