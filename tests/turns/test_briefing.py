"""The briefing: what the database says, as types, whatever a shop has written into its free columns."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb
from pydantic import ValidationError

from service.platform.clock import MIDNIGHT
from service.platform.database import Database
from service.turns.briefing import AiConfig, Briefing, Personality
from service.turns.queries import briefing as briefings
from tests.kit.customers import Customer, customer
from tests.kit.documents import briefing

SETTINGS = "update organization_settings set ai_config = %(config)s, ai_personality = %(personality)s where organization_id = %(o)s"


async def loaded(of: Customer) -> Briefing:
    found = await briefings.load(of.db, of.organization_id, of.conversation_id)
    assert found is not None
    return found


async def test_everything_has_its_type(db: Database, organization_id: UUID) -> None:
    ana = await customer(db, organization_id, "Rex")
    await ana.says("marca banho pro Rex segunda às 10h")
    found = await loaded(ana)
    assert found.now.tzinfo is not None
    assert found.conversation_id == ana.conversation_id
    assert (found.pets[0].id, found.pets[0].name, found.pets[0].species) == (ana.pets["Rex"], "Rex", "dog")
    assert found.said == "marca banho pro Rex segunda às 10h"
    assert isinstance(found.unanswered[0].id, UUID)
    assert found.unanswered[0].at.tzinfo is not None
    assert isinstance(found.hours[0].opens_at, time)
    assert "Banho" in found.names
    assert all(isinstance(service.price_cents, int) for service in found.services)
    assert (found.owner, found.today, found.proposal, found.handback) == (None, None, None, None)
    with pytest.raises(ValidationError, match="frozen"):
        found.pets[0].name = "Mel"  # type: ignore[misc]


async def test_as_json_and_back_it_is_the_same(db: Database, organization_id: UUID) -> None:
    """A run that resumes after a person is given it as JSON."""
    ana = await customer(db, organization_id, "Rex")
    await ana.says("marca banho")
    await ana.call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date="segunda", preferred_time="10h")
    found = await loaded(ana)
    assert found.proposal is not None
    assert Briefing.model_validate(found.model_dump(mode="json")) == found


@pytest.mark.parametrize(
    ("config", "personality"),
    [
        ([], "Luna"),
        (None, 7),
        ({"model": ["gpt"], "temperature": "quente"}, {"name": {"first": "Luna"}, "tone": None}),
        ({"temperature": None, "aurora_temperature": ""}, []),
    ],
)
async def test_free_columns_that_nobody_can_read_count_as_not_set(
    db: Database, organization_id: UUID, config: Any, personality: Any
) -> None:
    ana = await customer(db, organization_id)
    await db.system((SETTINGS, {"config": Jsonb(config), "personality": Jsonb(personality), "o": organization_id}))
    found = await loaded(ana)
    assert (found.settings.ai_config, found.settings.ai_personality) == (AiConfig(), Personality())


async def test_a_shop_that_closes_at_midnight(db: Database, organization_id: UUID) -> None:
    ana = await customer(db, organization_id)
    await db.system(("update business_hours set closes_at = '24:00' where organization_id = %(o)s", {"o": organization_id}))
    assert {hours.closes_at for hours in (await loaded(ana)).hours} == {MIDNIGHT}


def test_the_days_are_the_shops() -> None:
    late = briefing(now=datetime(2026, 11, 28, 1, 30, tzinfo=UTC))
    assert (late.local_date, late.local_now.hour) == (date(2026, 11, 27), 22)
