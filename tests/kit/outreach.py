"""Customers who may be written to unasked, and the statement that writes to them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from service.messaging import outbox
from service.outreach import reminders
from service.outreach.message import Notice, Occasion, Question
from service.outreach.queries import unasked
from service.outreach.queries.unasked import Written
from service.platform import clock
from tests.kit.occasions import found_again
from tests.kit.shop import Shop

PHONE = "5511955550001"
ZONE = "America/Sao_Paulo"
TEMPLATES = """
update organization_settings set templates = '{"reminder": {"name": "lembrete"}, "vaccine": {"language": "pt_BR"}}' returning 1
"""
BOOK = """
with k as (select contact_id as id, organization_id, id as conversation_id from conversations where id = %(conversation)s),
p as (
  insert into pets (organization_id, contact_id, name, died_on) select organization_id, id, %(pet)s, %(died_on)s from k
  on conflict (contact_id, lower(btrim(name))) do update set died_on = excluded.died_on returning id
)
insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents, plan_id)
select k.organization_id, k.id, p.id, s.id, r.id, %(at)s, %(at)s + interval '1 hour', %(status)s, 7000, %(plan)s
from k, p, services s, resources r
where s.organization_id = k.organization_id and s.name = %(service)s and r.organization_id = k.organization_id and r.name = %(resource)s
returning id
"""


def noon(days: int = 3) -> datetime:
    """Noon at the shop, some days from now: outside of the quiet hours."""
    today = clock.local(clock.now(), ZONE)
    return clock.at(today.date() + timedelta(days=days), today.time().replace(12, 0, 0, 0), ZONE)


async def known(shop: Shop, text: str = "oi", *, phone: str = PHONE) -> tuple[UUID, UUID]:
    """Make a customer who has written and been answered, and is within WhatsApp's 24 hours for weeks; return conversation and contact."""
    conversation = await shop.receive(text, phone=phone)
    await shop.rows("update messages set processed_at = now() where conversation_id = %(c)s returning 1", c=conversation)
    wrote = "update conversations set last_inbound_at = %(t)s where id = %(c)s returning contact_id"
    (row,) = await shop.rows(wrote, c=conversation, t=noon(30))
    return conversation, row["contact_id"]


async def write(shop: Shop, contact: UUID, *, subject: UUID | None = None, occasion: str = "once", **more: Any) -> Written:
    notice = Notice("Oi, Ana!", more.pop("parameters", ("Ana",)))
    given: dict[str, Any] = {"kind": "reminder", "notice": notice, "now": noon(0), **more}
    occasions = [Occasion(subject or uuid4(), occasion)]
    return await unasked.write(shop.resources.db, shop.organization_id, occasions=occasions, contact_id=contact, **given)


def question(**more: Any) -> Question:
    asked = Question(Notice("Posso?", ("Ana", "?")), [{"booking_id": "x"}], {"name": "confirm_appointment", "args": {}}, noon(9))
    return replace(asked, **more)


async def deliver(shop: Shop, conversation: UUID | None) -> int:
    r = shop.resources
    assert conversation
    return await outbox.deliver(r.db, r.channels, r.redis, r.settings, shop.organization_id, conversation)


async def book(shop: Shop, conversation: UUID, at: datetime, **more: Any) -> UUID:
    """Book for the conversation's customer, just now."""
    given = {"pet": "Rex", "service": "Banho", "resource": "Bia", "status": "scheduled", "plan": None, "died_on": None, **more}
    (row,) = await shop.rows(BOOK, conversation=conversation, at=at, **given)
    booking: UUID = row["id"]
    return booking


async def remind(shop: Shop, now: datetime) -> int:
    """Play the scheduler's minute, and look whether the next would find again what is noted. Returns how many messages were queued."""
    queued = await reminders.remind(shop.resources.db, shop.resources.redis, now)
    assert await found_again(shop.resources.db, now) == [], "noted as seen to, and found again"
    return queued


async def said(shop: Shop, conversation: UUID) -> list[str]:
    return [m["content"] for m in await shop.messages(conversation) if m["direction"] == "outgoing"]
