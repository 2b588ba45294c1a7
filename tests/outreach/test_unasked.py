"""The statement that writes unasked: once for each occasion, to whom it may be written, as WhatsApp takes it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest

from service.outreach.quiet_hours import Quiet
from service.platform import clock
from tests.kit.fakes.meta import FakeMeta
from tests.kit.outreach import PHONE, TEMPLATES, ZONE, deliver, known, noon, question, write
from tests.kit.shop import Shop


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    """Provide the demo shop without its past."""
    opened = await open_shop()
    await opened.rows("delete from bookings returning 1")
    return opened


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
    await write(shop, contact, kind="waiting_list", question=question())
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
    assert (await write(shop, contact, kind="vaccine")).reason == "no_template", "it has no name"
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


async def test_the_template_is_sent_only_when_the_window_is_closed(shop: Shop, meta: FakeMeta) -> None:
    conversation, contact = await known(shop)
    await shop.rows(TEMPLATES)
    await write(shop, contact, parameters=["Ana", "Banho\nde Rex"])
    await deliver(shop, conversation)
    await write(shop, contact, parameters=["Ana", "Banho\nde Rex"])
    await shop.rows("update conversations set last_inbound_at = now() - interval '24 hours' returning 1")
    meta.closed.add(PHONE)
    assert await deliver(shop, conversation) == 1
    assert [(s.text, s.template, s.parameters) for s in meta.sends] == [
        ("Oi, Ana!", None, ()),
        ("", "lembrete", ("Ana", "Banho de Rex")),
    ]


async def test_a_window_that_closed_meanwhile_is_seen_by_the_team(shop: Shop, meta: FakeMeta) -> None:
    conversation, contact = await known(shop)
    await write(shop, contact)
    meta.closed.add(PHONE)
    assert await deliver(shop, conversation) == 0
    assert (await shop.messages(conversation))[-1]["error_code"] == "131047"
    assert [a["kind"] for a in await shop.rows("select kind from alerts")] == ["send_failed"]


@pytest.mark.parametrize(("since", "until"), [("20:00", "08:00"), ("12:00", "14:30"), ("09:00", "09:00"), ("00:00", "23:59")])
async def test_the_statement_knows_the_same_quiet_hours(shop: Shop, since: str, until: str) -> None:
    """The pure function plans, the statement guards: were they of two minds, something would wait for ever."""
    _, contact = await known(shop)
    settings = "update organization_settings set quiet_from = %(since)s::time, quiet_until = %(until)s::time returning 1"
    await shop.rows(settings, since=since, until=until)
    quiet = Quiet(time.fromisoformat(since), time.fromisoformat(until), ZONE)
    edges = [time.fromisoformat(edge) for edge in (since, until)]
    for edge in edges:
        moment = clock.at(noon(0).date(), edge, ZONE)
        for now in (moment - timedelta(minutes=1), moment, moment + timedelta(minutes=1)):
            written = await write(shop, contact, now=now)
            assert (written.reason == "quiet") is quiet.covers(now), now
