"""What is written unasked: once for each occasion, to whom it may be written, as WhatsApp takes it."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service import clock
from service.db import outreach
from service.db.outreach import Occasion, Question, Written
from tests.tasks.conftest import Shop

PHONE = "5511955550001"
ZONE = "America/Sao_Paulo"


def noon(days: int = 3) -> datetime:
    """Noon at the shop, some days from now: outside of the quiet hours."""
    today = clock.local(clock.now(), ZONE)
    return clock.at(today.date() + timedelta(days=days), today.time().replace(12, 0, 0, 0), ZONE)


async def known(shop: Shop, text: str = "oi", *, phone: str = PHONE) -> tuple[UUID, UUID]:
    """A customer who has written and been answered: the conversation and the contact."""
    conversation = await shop.receive(text, phone=phone)
    await shop.rows("update messages set processed_at = now() where conversation_id = %(c)s returning 1", c=conversation)
    (row,) = await shop.rows("select contact_id from conversations where id = %(c)s", c=conversation)
    return conversation, row["contact_id"]


async def write(shop: Shop, contact: UUID, *, subject: UUID | None = None, occasion: str = "once", **more: Any) -> Written:
    given: dict[str, Any] = {"kind": "reminder", "content": "Oi, Ana!", "parameters": ["Ana"], "now": noon(0), **more}
    occasions = [Occasion(subject or uuid4(), occasion)]
    return await outreach.write(shop.resources.db, shop.organization_id, occasions=occasions, contact_id=contact, **given)


def question(**more: Any) -> Question:
    asked = Question("Posso?", ["Ana", "?"], "confirm", [{"booking_id": "x"}], {"name": "confirm_appointment", "args": {}}, noon(9))
    return replace(asked, **more)


async def test_an_occasion_is_written_once(shop: Shop) -> None:
    conversation, contact = await known(shop)
    subject = uuid4()
    both = await asyncio.gather(write(shop, contact, subject=subject), write(shop, contact, subject=subject))
    assert sorted(w.status for w in both) == ["already", "queued"]
    (message,) = [m for m in await shop.messages(conversation) if m["direction"] == "outgoing"]
    (row,) = await shop.rows("select * from outreach")
    assert (row["status"], row["message_id"], row["contact_id"]) == ("queued", message["id"], contact)
    assert (message["content"], message["status"], message["sent_by_ai"], message["author"]) == ("Oi, Ana!", "queued", True, "system")
    assert message["template"] is None
    assert (await write(shop, contact, subject=subject, occasion="again")).status == "queued"


async def test_a_question_is_asked_with_its_proposal(shop: Shop) -> None:
    conversation, contact = await known(shop)
    written = await write(shop, contact, question=question())
    assert (await shop.messages(conversation))[-1]["content"] == "Posso?"
    (proposal,) = await shop.rows("select * from proposals")
    assert written.proposal_id == proposal["id"]
    assert (proposal["status"], proposal["kind"], proposal["contact_id"], proposal["turn_id"]) == ("open", "confirm", contact, None)
    assert (proposal["items"], proposal["result"], proposal["call"]["name"]) == ([{"booking_id": "x"}], {}, "confirm_appointment")
    newest = [m["seq"] for m in await shop.messages(conversation) if m["direction"] == "incoming"]
    assert proposal["asked_after"] == newest[-1]
    await write(shop, contact, question=question())
    assert [p["status"] for p in await shop.rows("select status from proposals order by created_at")] == ["replaced", "open"]


async def test_a_busy_conversation_is_left_alone_or_told_only(shop: Shop) -> None:
    conversation, contact = await known(shop)
    await write(shop, contact, question=question(kind="book"))
    held = await write(shop, contact, question=question())
    assert (held.status, held.reason) == ("held", "busy")
    assert len(await shop.rows("select 1 from outreach")) == 1, "it is tried again"
    told = await write(shop, contact, question=question(otherwise="tell"))
    assert (told.status, told.proposal_id) == ("queued", None)
    assert (await shop.messages(conversation))[-1]["content"] == "Oi, Ana!"
    await shop.rows("update proposals set expires_at = %(t)s returning 1", t=noon(-1))
    assert (await write(shop, contact, question=question())).status == "queued"
    assert [p["status"] for p in await shop.rows("select status from proposals order by created_at")] == ["expired", "open"]


@pytest.mark.parametrize(
    "change", ["update conversations set status = 'escalated' returning 1", "update messages set processed_at = null returning 1"]
)
async def test_a_question_waits_for_a_person_and_for_an_answer(shop: Shop, change: str) -> None:
    _, contact = await known(shop)
    await shop.rows(change)
    assert (await write(shop, contact, question=question())).status == "held"
    assert (await write(shop, contact, question=question(otherwise="tell"))).status == "queued"
    assert await shop.rows("select 1 from proposals") == []


async def test_who_opted_out_is_not_written_to_but_for_a_visit_under_way(shop: Shop) -> None:
    _, contact = await known(shop, "parar")
    assert (await write(shop, contact)).reason == "opted_out"
    assert await shop.rows("select status, reason, message_id from outreach") == [
        {"status": "skipped", "reason": "opted_out", "message_id": None}
    ]
    assert (await write(shop, contact, kind="ready")).status == "queued"


async def test_nothing_but_ready_is_written_in_quiet_hours(shop: Shop) -> None:
    _, contact = await known(shop)
    night = noon(0) + timedelta(hours=9)
    assert (await write(shop, contact, now=night)).reason == "quiet"
    assert (await write(shop, contact, now=night, kind="ready")).status == "queued"
    await shop.rows("update organizations set timezone = 'America/Noronha' returning 1")
    assert (await write(shop, contact, now=noon(0) + timedelta(hours=7, minutes=1))).status == "held", "20h01 there, 19h01 in São Paulo"
    await shop.rows("update organization_settings set quiet_from = '08:00', quiet_until = '08:00' returning 1")
    assert (await write(shop, contact, now=night)).status == "queued"


TEMPLATES = """update organization_settings set templates = '{"reminder": {"name": "lembrete", "language": "pt_BR"}}' returning 1"""


async def test_after_the_window_only_a_template_is_written(shop: Shop) -> None:
    conversation, contact = await known(shop)
    await shop.rows("update conversations set last_inbound_at = %(t)s returning 1", t=noon(-2))
    subject = uuid4()
    skipped = await write(shop, contact, subject=subject)
    assert (skipped.status, skipped.reason) == ("skipped", "no_template")
    (alert,) = await shop.rows("select * from alerts")
    assert (alert["id"], alert["conversation_id"]) == (skipped.alert_id, conversation)
    assert "Ana" in alert["body"]
    assert (await write(shop, contact, subject=subject)).status == "already"
    assert (await write(shop, contact, subject=subject, occasion="nearer")).alert_id is None, "the team knows"
    assert (await write(shop, contact, kind="follow_up")).alert_id is None, "nobody misses it"
    await shop.rows(TEMPLATES)
    assert (await write(shop, contact)).status == "queued"
    expected = {"name": "lembrete", "language": "pt_BR", "parameters": ["Ana"]}
    assert (await shop.messages(conversation))[-1]["template"] == expected


NEW_CONTACT = """
insert into contacts (organization_id, phone, name) values (%(o)s, %(phone)s, 'Bento') returning id
"""


async def test_who_never_wrote_is_reached_through_the_shops_own_number(shop: Shop) -> None:
    await shop.rows(TEMPLATES)
    (row,) = await shop.rows(NEW_CONTACT, o=shop.organization_id, phone="(11) 95555-0009")
    written = await write(shop, row["id"])
    (conversation,) = await shop.rows(
        "select c.*, i.channel from conversations c join whatsapp_instances i on i.id = c.instance_id where c.id = %(c)s",
        c=written.conversation_id,
    )
    assert (conversation["address"], conversation["status"], conversation["channel"]) == ("5511955550009", "active", "cloud_api")
    assert conversation["last_inbound_at"] is None


async def test_a_closed_conversation_is_followed_by_a_new_one_on_the_same_number(shop: Shop) -> None:
    old, contact = await known(shop, phone="551155550001")
    await shop.rows("update conversations set status = 'closed' returning 1")
    written = await write(shop, contact)
    assert written.conversation_id != old
    (new,) = await shop.rows("select * from conversations where status = 'active'")
    (before,) = await shop.rows("select * from conversations where status = 'closed'")
    assert (new["instance_id"], new["address"]) == (before["instance_id"], "551155550001")
    assert new["last_inbound_at"] == before["last_inbound_at"], "WhatsApp's window is still open"


async def test_who_cannot_be_reached_is_skipped(shop: Shop) -> None:
    (row,) = await shop.rows("insert into contacts (organization_id, name) values (%(o)s, 'Ninguém') returning id", o=shop.organization_id)
    assert (await write(shop, row["id"])).reason == "unreachable"
    await shop.rows("update whatsapp_instances set is_active = false returning 1")
    _, contact = None, row["id"]
    assert (await write(shop, contact)).reason == "no_instance"


async def test_another_shops_customer_is_nobody(shop: Shop) -> None:
    await shop.rows("insert into organizations (id, name) values (%(o)s, 'Outra') returning 1", o=(other := uuid4()))
    (row,) = await shop.rows(NEW_CONTACT, o=other, phone="5511955550009")
    assert (await write(shop, row["id"])).reason == "gone"
    assert await shop.rows("select 1 from outreach") == []
