"""Customers with pets who are proposed a visit, and what became of it."""

from datetime import date, time, timedelta
from uuid import UUID

from service.outreach import reminders
from service.platform import clock
from tests.kit.fakes.openai import FakeOpenAI, Step, call, calls
from tests.kit.shop import Shop

ZONE = "America/Sao_Paulo"


ASK = "Posso confirmar?"


def monday(weeks: int = 3) -> date:
    """Return a Monday some weeks away."""
    today = clock.local(clock.now(), ZONE).date()
    return today + timedelta(days=7 * weeks - today.weekday())


def book(hour: str = "10:00", pet: str = "Rex", service: str = "Banho", day: date | None = None) -> Step:
    return call("book_appointment", pet_name=pet, service_type=service, preferred_date=(day or monday()).isoformat(), preferred_time=hour)


async def with_pets(shop: Shop, openai: FakeOpenAI, *pets: str, phone: str = "5511955550001") -> UUID:
    openai.script([calls(*(call("register_pet", name=pet, species="dog") for pet in pets)), "Cadastro feito, quer marcar?"])
    return await shop.say(f"oi, meus cachorros são {' e '.join(pets)}", phone=phone)


async def bookings(shop: Shop, conversation: UUID) -> list[tuple[str, str]]:
    """Return the pets and shop times of what stands."""
    rows = await shop.rows(
        "select p.name, b.starts_at from bookings b join pets p on p.id = b.pet_id join conversations c on c.contact_id = b.contact_id"
        " where c.id = %(c)s and b.status in ('scheduled', 'confirmed') order by b.starts_at, p.name",
        c=conversation,
    )
    return [(row["name"], f"{clock.local(row['starts_at'], ZONE):%d/%m %H:%M}") for row in rows]


async def holds(shop: Shop) -> int:
    return len(await shop.rows("select 1 from allocations where proposal_id is not null"))


async def statuses(shop: Shop) -> list[str]:
    return [row["status"] for row in await shop.rows("select status from proposals order by created_at")]


async def proposed(shop: Shop, openai: FakeOpenAI, hour: str = "10:00") -> UUID:
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book(hour), "Achei um horário para você."])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às {hour}?")
    assert await bookings(shop, conversation) == []
    assert await holds(shop) == 1
    return conversation


async def booked(shop: Shop, openai: FakeOpenAI) -> UUID:
    """Let a customer book a bath on some Monday at ten in one message."""
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book(), "Marcado! 🐾"])
    await shop.say(f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h")
    return conversation


async def reminded(shop: Shop, openai: FakeOpenAI) -> UUID:
    """Book a bath on some Monday at ten, and send the reminder of the day before."""
    conversation = await booked(shop, openai)
    r, day_before = shop.resources, clock.at(monday() - timedelta(days=1), time(12), ZONE)
    await shop.rows("with c as (update conversations set last_inbound_at = %(at)s returning 1) select 1 from c", at=day_before)
    assert await reminders.remind(r.db, r.redis, day_before) == 1
    await shop.rows("with s as (update messages set status = 'sent' where status = 'queued' returning 1) select 1 from s")
    return conversation


async def fill(shop: Shop, day: date) -> None:
    """Nobody of the groomers is free on a day any more."""
    await shop.rows(
        "with a as (insert into resource_absences (organization_id, resource_id, starts_at, ends_at)"
        " select organization_id, id, %(since)s, %(until)s from resources where kind = 'groomer' returning 1) select 1 from a",
        since=clock.day_bounds(day, day, ZONE)[0], until=clock.day_bounds(day, day, ZONE)[1],
    )  # fmt: skip
