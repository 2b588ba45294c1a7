"""Many at once for the same time: as many bookings as there are professionals, a clear refusal for everybody else."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import cycle
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import ExclusionViolation

from service.agenda import Placed
from service.db import agenda
from service.db.effects import Effect
from service.db.pool import Database
from service.settings import Settings

AT_ONCE = 12


async def demo(db: Database, name: str) -> UUID:
    (rows,) = await db.system(("select id from services where name = %(name)s", {"name": name}))
    found: UUID = rows[0]["id"]
    return found


@pytest.mark.parametrize(("service", "professionals"), [("Consulta", 1), ("Banho", 2)])
async def test_of_many_at_once_only_as_many_as_are_free(
    db: Database, settings: Settings, organization_id: UUID, service: str, professionals: int
) -> None:
    service_id = await demo(db, service)
    (customers,) = await db.system(("select c.id, p.id as pet_id from contacts c join pets p on p.contact_id = c.id limit 12", {}))
    instance = "select id from whatsapp_instances where channel = 'simulator'"
    start = datetime(2031, 5, 5, 14, tzinfo=UTC)
    of_service = "select resource_id from service_resources where service_id = %(s)s order by 1"
    (rows,) = await db.system((of_service, {"s": service_id}))
    whose = cycle([row["resource_id"] for row in rows])
    wide = Database(settings.database_url or "", size=AT_ONCE)
    await wide.open()

    async def book(customer: dict[str, UUID]) -> dict[str, object] | None:
        sql = f"insert into conversations (organization_id, instance_id, contact_id) values (%(o)s, ({instance}), %(c)s) returning id"
        (rows,) = await wide.system((sql, {"o": organization_id, "c": customer["id"]}))
        effect = Effect(conversation_id=rows[0]["id"], turn_id=uuid4(), tool_call_id="call", name="book_appointment", args={})
        plan = (Placed(0, start, start + timedelta(hours=1), (next(whose),)),)
        return await agenda.book(
            wide, organization_id, effect, contact_id=customer["id"], pet_id=customer["pet_id"], service_id=service_id,
            plan=plan, price_cents=100, result={"success": True, "appointment": {}},
        )  # fmt: skip

    answers = await asyncio.gather(*map(book, customers))
    await wide.close()
    booked = [answer for answer in answers if answer]
    assert len(answers) == AT_ONCE
    assert len(booked) == professionals
    (rows,) = await db.system(("select count(*) n, count(distinct resource_id) who from bookings where starts_at = %(s)s", {"s": start}))
    assert rows == [{"n": professionals, "who": professionals}]


def test_the_database_itself_refuses_an_overlap(settings: Settings) -> None:
    copy = (
        "insert into bookings (organization_id, contact_id, service_id, resource_id, starts_at, ends_at, price_cents, status) "
        "select organization_id, contact_id, service_id, resource_id, starts_at + interval '1 minute', ends_at, price_cents, %s "
        "from (select * from bookings where status = 'completed' limit 1) b"
    )
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        with pytest.raises(ExclusionViolation):
            conn.execute(copy, ("scheduled",))
        conn.execute(copy, ("cancelled",))
