"""Documents as the database would give them, with defaults for what a test does not care about."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from service.agenda.catalog import Guest, Rate, Service
from service.turns.briefing import Briefing, Message

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rate(price: int | None = None, **more: Any) -> Rate:
    """Return a rate that fits every pet, but for what is given."""
    return Rate(**{"species": None, "size": None, "coat": None, "accepted": True, "duration_minutes": None, "price_cents": price, **more})


def service(name: str = "Banho", minutes: int = 60, cents: int = 7000, *rates: Rate, **more: Any) -> Service:
    """Return a visit that the AI may book for every kind of pet."""
    given = {
        "id": uuid4(), "name": name, "description": None, "duration_minutes": minutes, "price_cents": cents, "unit": "visit",
        "check_in": "14:00", "check_out": "12:00", "before": 0, "after": 0, "ai_may_book": True, "species": None, "rates": rates,
        "prerequisite": None, **more,
    }  # fmt: skip
    return Service.model_validate(given)


def pet(name: str = "Rex", **more: Any) -> Guest:
    """Return a dog of which nothing more is known."""
    return Guest.model_validate({"id": uuid4(), "name": name, "species": "dog", **more})


def message(content: str = "oi", **more: Any) -> Message:
    """Return what a customer wrote and nobody has answered."""
    given = {
        "id": uuid4(), "seq": 1, "direction": "incoming", "sent_by_ai": False, "author": None, "ai_message_id": None,
        "message_type": "text", "content": content, "at": NOW, "external_id": None, "quoted_external_id": None, "unanswered": True,
        "emergency": None, "status": "received", "turn_id": None, "correlation_id": None, **more,
    }  # fmt: skip
    return Message.model_validate(given)


def briefing(**more: Any) -> Briefing:
    """Return the demo shop's, of a customer who has written nothing yet."""
    given = {
        "now": NOW,
        "conversation_id": uuid4(),
        "organization": {
            "id": UUID(int=1),
            "name": "Pet Shop Patinhas",
            "timezone": "America/Sao_Paulo",
            "address": "Rua das Acácias, 120",
        },
        "settings": {"ai_personality": {"name": "Luna"}},
        "instance": {"id": UUID(int=2), "channel": "simulator"},
        "contact": {"id": UUID(int=3), "name": "Ana", "phone": "5511955550001"},
        **more,
    }
    return Briefing.model_validate(given)
