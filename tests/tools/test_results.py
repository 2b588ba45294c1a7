"""Results as JSON: what was written before is read, and written again it is the same."""

import json
from typing import Any

import pytest

from service.turns.telling import Voice
from tests.kit.replies import results
from tools.appointments import Declined, Done, Expired, NotFree, Proposed, Unchanged
from tools.booking import book_appointment, cancel_appointment
from tools.registry import named
from tools.results import Refused, Result

# Of the labelled replies' results, those that an earlier version wrote: a key that is no longer there is left out.
OLDER = {"previous", "weight_kg"}


def without(value: Any, keys: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: without(inner, keys) for key, inner in value.items() if key not in keys}
    return [without(inner, keys) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("name", "written"), results(), ids=lambda value: str(value)[:60])
def test_what_was_written_is_read_and_written_again(name: str, written: dict[str, Any]) -> None:
    kind = named(name)
    assert kind
    result = kind.read(json.dumps(written))
    assert result
    again = result.as_json()
    assert again.items() >= without(written, OLDER).items()
    assert kind.read(json.dumps(again)) == result


APPOINTMENT = {"pet": "Rex", "service": "Banho", "date": "2026-11-27", "weekday": "sexta-feira", "time": "10:00", "duration_minutes": 60}
HELD = {
    "pet": "Rex", "service": "Banho", "starts_at": "2026-11-27T10:00:00-03:00", "ends_at": "2026-11-27T11:00:00-03:00", "price_cents": 7000,
    "package": None, "unit": "visit",
}  # fmt: skip
SPOKEN = {"date": "2026-11-27", "weekday": "sexta-feira", "time": "13:30"}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ({"success": True, "appointment": APPOINTMENT}, Done),
        ({"success": True, "appointments": [APPOINTMENT, APPOINTMENT], "total": "R$ 1.140,00"}, Done),
        ({"success": True, "appointment": APPOINTMENT, "already_booked": True}, Done),
        ({"success": False, "error": "Não deu."}, Refused),
        ({"success": False, "error": "Já está marcado.", "appointment": APPOINTMENT}, Unchanged),
        ({"success": False, "pet": "Rex", "service": "Banho", "error": "Ocupado.", "alternatives": [SPOKEN]}, NotFree),
        ({"success": False, "error": "Ocupado.", "alternatives": []}, NotFree),
        ({"success": False, "expired": True, "error": "Passou."}, Expired),
        ({"success": False, "declined": True, "message": "Não quis."}, Declined),
        (
            {
                "success": False, "awaiting_confirmation": True, "proposal": {"kind": "book", "items": [HELD]}, "held_until": "09:45",
                "message": "Nada foi feito.", "ask": "Posso confirmar?",
            },
            Proposed,
        ),
    ],
)  # fmt: skip
def test_what_came_of_a_proposal_is_told_apart(written: dict[str, Any], kind: type[Result]) -> None:
    result = book_appointment.read(json.dumps(written))
    assert type(result) is kind
    assert result.as_json() == written


def test_a_total_in_words_is_read_as_cents() -> None:
    result = book_appointment.read(json.dumps({"success": True, "appointments": [APPOINTMENT, APPOINTMENT], "total": "R$ 1.140,00"}))
    assert isinstance(result, Done)
    assert result.total == 114000


def test_what_is_done_is_called_after_its_tool() -> None:
    written = json.dumps({"success": True, "appointment": APPOINTMENT})
    told = []
    for tool in (book_appointment, cancel_appointment):
        result = tool.read(written)
        assert result
        (fact, *_) = tool.tell(result, Voice())
        told.append((fact.kind, fact.must, "cancel" in fact.text))
    assert told == [("deed", True, False), ("deed", True, True)]
