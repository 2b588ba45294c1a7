"""What is written unasked: once for each occasion, to whom it may be written, as WhatsApp takes it."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import tasks.outreach
from service.language.formatting import format_day, on_day
from service.messaging import outbox
from service.operations import privacy
from service.outreach import kinds
from service.outreach import reminders as service_outreach
from service.outreach.message import Notice, Occasion, Question
from service.outreach.queries import unasked
from service.outreach.queries.unasked import Written
from service.outreach.quiet_hours import Quiet
from service.platform import clock
from tests.kit.fakes.meta import FakeMeta
from tests.kit.shop import Shop

PHONE = "5511955550001"
ZONE = "America/Sao_Paulo"


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    """The demo shop without its past."""
    opened = await open_shop()
    await opened.rows("delete from bookings returning 1")
    return opened


def noon(days: int = 3) -> datetime:
    """Noon at the shop, some days from now: outside of the quiet hours."""
    today = clock.local(clock.now(), ZONE)
    return clock.at(today.date() + timedelta(days=days), today.time().replace(12, 0, 0, 0), ZONE)


async def known(shop: Shop, text: str = "oi", *, phone: str = PHONE) -> tuple[UUID, UUID]:
    """A customer who has written and been answered, and is within WhatsApp's 24 hours for weeks: the conversation and the contact."""
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


TEMPLATES = """
update organization_settings set templates = '{"reminder": {"name": "lembrete"}, "vaccine": {"language": "pt_BR"}}' returning 1
"""


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


async def deliver(shop: Shop, conversation: UUID | None) -> int:
    r = shop.resources
    assert conversation
    return await outbox.deliver(r.db, r.channels, r.redis, r.settings, shop.organization_id, conversation)


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


async def book(shop: Shop, conversation: UUID, at: datetime, **more: Any) -> UUID:
    """A booking of the conversation's customer, made just now."""
    given = {"pet": "Rex", "service": "Banho", "resource": "Bia", "status": "scheduled", "plan": None, "died_on": None, **more}
    (row,) = await shop.rows(BOOK, conversation=conversation, at=at, **given)
    booking: UUID = row["id"]
    return booking


async def remind(shop: Shop, now: datetime) -> int:
    return await service_outreach.remind(shop.resources.db, shop.resources.redis, now)


async def said(shop: Shop, conversation: UUID) -> list[str]:
    return [m["content"] for m in await shop.messages(conversation) if m["direction"] == "outgoing"]


async def test_a_reminder_asks_and_is_said_once(shop: Shop) -> None:
    conversation, contact = await known(shop)
    start = noon() - timedelta(hours=2)
    booking = await book(shop, conversation, start)
    assert await remind(shop, start - timedelta(hours=24, minutes=1)) == 0
    # Two schedulers, and a job that is delivered again.
    runs = [remind(shop, start - timedelta(hours=24)) for _ in range(2)]
    assert sorted(await asyncio.gather(*runs)) == [0, 1]
    assert await remind(shop, start - timedelta(hours=23)) == 0
    day = clock.local(start, ZONE)
    expected = f"Oi, Ana! Lembrete: Banho de Rex amanhã, {format_day(day.date())}, às 10h. {kinds.ASK}"
    assert await said(shop, conversation) == [expected]
    (proposal,) = await shop.rows("select * from proposals")
    assert (proposal["kind"], proposal["call"]) == ("confirm", {"name": "confirm_appointment", "args": {}})
    assert (proposal["contact_id"], proposal["expires_at"]) == (contact, start)
    (item,) = proposal["items"]
    assert (item["id"], item["pet"], item["service"]) == (str(booking), "Rex", "Banho")
    assert datetime.fromisoformat(item["starts_at"]) == start
    assert await remind(shop, start - timedelta(hours=2)) == 1
    assert (await said(shop, conversation))[1].startswith("Oi, Ana! Lembrete: Banho de Rex hoje, ")
    assert [p["status"] for p in await shop.rows("select status from proposals order by created_at")] == ["replaced", "open"]
    assert await remind(shop, start - timedelta(minutes=1)) == 0
    assert await remind(shop, start + timedelta(hours=1)) == 0


async def test_the_actor_says_what_is_due_now(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.resources._resources", shop.resources)
    conversation, _ = await known(shop)
    await shop.rows("update organization_settings set quiet_from = '00:00', quiet_until = '00:00' returning 1")
    await book(shop, conversation, clock.now() + timedelta(hours=1))
    await shop.rows("update booking_events set at = now() - interval '3 days' returning 1")
    actor: Any = inspect.unwrap(tasks.outreach.remind.fn)  # not on dramatiq's own event loop
    await actor()
    await actor()
    assert len(await said(shop, conversation)) == 1


async def test_a_confirmed_visit_is_not_asked_about(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon(), status="confirmed")
    assert await remind(shop, noon() - timedelta(hours=2)) == 1
    (text,) = await said(shop, conversation)
    assert text.endswith(f"às 12h. {kinds.TELL}")
    assert await shop.rows("select 1 from proposals") == []


async def test_an_installation_that_was_down_says_the_nearest_only(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon())
    assert await remind(shop, noon() - timedelta(hours=1)) == 1
    assert await remind(shop, noon() - timedelta(minutes=50)) == 0
    assert [o["occasion"].split()[0] for o in await shop.rows("select occasion from outreach")] == ["2h"]


async def test_hours_that_had_passed_when_it_was_made_get_no_reminder(shop: Shop) -> None:
    conversation, _ = await known(shop)
    start = noon()
    await book(shop, conversation, start)
    await shop.rows("update booking_events set at = %(t)s returning 1", t=start - timedelta(hours=23))
    assert await remind(shop, start - timedelta(hours=22)) == 0
    assert await remind(shop, start - timedelta(hours=2)) == 1


async def test_a_moved_visit_is_reminded_anew(shop: Shop) -> None:
    conversation, _ = await known(shop)
    booking = await book(shop, conversation, noon(3))
    assert await remind(shop, noon(2)) == 1
    moved = "update bookings set starts_at = %(t)s, ends_at = %(t)s + interval '1 hour' where id = %(b)s returning 1"
    await shop.rows(moved, b=booking, t=noon(5))
    assert await remind(shop, noon(3) - timedelta(hours=1)) == 0
    assert await remind(shop, noon(4)) == 1
    assert [format_day(clock.local(noon(d), ZONE).date()) in text for d, text in zip((3, 5), await said(shop, conversation), strict=True)]


@pytest.mark.parametrize("status", ["cancelled", "no_show", "completed", "in_progress"])
async def test_only_what_is_to_come_is_reminded_of(shop: Shop, status: str) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon(), status=status)
    assert await remind(shop, noon(2)) == 0


async def test_several_pets_of_one_visit_are_one_message(shop: Shop) -> None:
    conversation, _ = await known(shop)
    plan = uuid4()
    start = noon()
    for pet, service, resource, later in (("Rex", "Banho", "Bia", 0), ("Mel", "Tosa", "Caio", 0), ("Bob", "Banho", "Bia", 1)):
        await book(shop, conversation, start + timedelta(hours=later), pet=pet, service=service, resource=resource, plan=plan)
    await book(shop, conversation, start + timedelta(days=7), plan=plan)
    assert await remind(shop, noon(2)) == 1
    (text,) = await said(shop, conversation)
    assert text.splitlines()[0] == f"Oi, Ana! Lembrete para amanhã, {format_day(clock.local(start, ZONE).date())}:"
    assert set(text.splitlines()[1:-1]) == {"- Banho de Rex às 12h", "- Tosa de Mel às 12h", "- Banho de Bob às 13h"}
    assert text.splitlines()[-1] == kinds.ASK
    (proposal,) = await shop.rows("select items from proposals")
    assert {item["pet"] for item in proposal["items"]} == {"Rex", "Mel", "Bob"}
    assert await remind(shop, noon(2) + timedelta(hours=1)) == 0


async def test_never_about_a_pet_that_died_nor_to_who_opted_out(shop: Shop) -> None:
    conversation, _ = await known(shop)
    plan = uuid4()
    await book(shop, conversation, noon(), plan=plan, died_on="2026-01-01")
    assert await remind(shop, noon(2)) == 0
    await book(shop, conversation, noon(), pet="Mel", resource="Caio", plan=plan)
    assert await remind(shop, noon(2)) == 1
    assert "Rex" not in (await said(shop, conversation))[0]
    await shop.rows("update contacts set opted_out_at = now() returning 1")
    assert await remind(shop, noon() - timedelta(hours=2)) == 0


async def test_in_quiet_hours_of_the_shops_zone_nothing_is_said(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await shop.rows("update organizations set timezone = 'America/Rio_Branco' returning 1")
    start = noon() - timedelta(hours=1)
    assert clock.local(start, "America/Rio_Branco").hour == 9
    await book(shop, conversation, start)
    await shop.rows("update organization_settings set reminder_hours = '{2}' returning 1")
    assert await remind(shop, start - timedelta(hours=2)) == 0, "7h in Acre"
    assert await remind(shop, start - timedelta(hours=1)) == 1
    assert "às 9h." in (await said(shop, conversation))[0]


async def test_a_visit_at_dawn_is_said_the_evening_before(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await shop.rows("update organization_settings set reminder_hours = '{2}' returning 1")
    start = noon() - timedelta(hours=5)
    await book(shop, conversation, start)
    evening = start - timedelta(hours=11, minutes=30)
    assert clock.local(evening, ZONE).strftime("%H:%M") == "19:30"
    assert await remind(shop, evening - timedelta(minutes=1)) == 0
    assert await remind(shop, evening) == 1
    assert await remind(shop, evening + timedelta(minutes=1)) == 0


async def test_a_shop_turns_it_off(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await shop.rows("""update organization_settings set reminder_hours = '{}', vaccine_reminder_days = '{}', follow_up_hours = null,
      no_show_follow_up_hours = null returning 1""")
    await book(shop, conversation, noon(3))
    await book(shop, conversation, noon(-1), status="completed", pet="Mel")
    await book(shop, conversation, noon(-1), status="no_show", pet="Bob", resource="Caio")
    await treat(shop, due_on=noon(3).date())
    assert [await remind(shop, noon(day)) for day in (0, 1, 2, 3)] == [0, 0, 0, 0]


async def test_with_a_person_it_tells_and_does_not_ask(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon())
    await shop.rows("update conversations set status = 'escalated' returning 1")
    assert await remind(shop, noon(2)) == 1
    assert (await said(shop, conversation))[0].endswith(kinds.TELL)
    assert await shop.rows("select 1 from proposals") == []


async def test_a_question_waits_for_another_one_while_there_is_time(shop: Shop) -> None:
    conversation, contact = await known(shop)
    await book(shop, conversation, noon())
    await write(shop, contact, kind="waiting_list", question=question())
    assert await remind(shop, noon(2)) == 0
    assert await remind(shop, noon(2) + timedelta(minutes=61)) == 1
    assert (await said(shop, conversation))[1].endswith(kinds.TELL)
    await shop.rows("update proposals set status = 'declined' returning 1")
    assert await remind(shop, noon() - timedelta(hours=2)) == 1
    assert (await said(shop, conversation))[2].endswith(kinds.ASK)


async def test_the_team_hears_of_whom_no_template_reaches(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon())
    await shop.rows("update conversations set last_inbound_at = %(t)s returning 1", t=noon(-1))
    assert await remind(shop, noon(2)) == 0
    assert await remind(shop, noon() - timedelta(hours=2)) == 0
    assert [a["kind"] for a in await shop.rows("select kind from alerts")] == ["outreach_skipped"]
    assert await said(shop, conversation) == []


TREAT = """
insert into pet_treatments (organization_id, pet_id, kind, name, given_on, due_on, created_at)
select p.organization_id, p.id, %(kind)s, %(name)s, %(given_on)s, %(due_on)s, %(created_at)s
from pets p join contacts k on k.id = p.contact_id where p.name = %(pet)s and k.phone = %(phone)s returning id
"""


async def treat(shop: Shop, **more: Any) -> None:
    given = {"kind": "vaccine", "name": "V10", "pet": "Rex", "given_on": None, "due_on": None, "created_at": noon(-400), **more}
    await shop.rows(TREAT, phone=PHONE, **given)


async def pet(shop: Shop, conversation: UUID, name: str = "Rex", died_on: str | None = None) -> None:
    await shop.rows(
        """insert into pets (organization_id, contact_id, name, died_on)
        select organization_id, contact_id, %(name)s, %(died_on)s from conversations where id = %(c)s returning 1""",
        c=conversation,
        name=name,
        died_on=died_on,
    )


async def test_what_is_due_is_told_before_and_on_the_day(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await pet(shop, conversation)
    await pet(shop, conversation, "Mel", died_on="2026-01-01")
    due = clock.local(noon(10), ZONE).date()
    for more in ({}, {"kind": "dewormer", "name": "Vermífugo oral"}, {"pet": "Mel"}):
        await treat(shop, due_on=due, given_on=due - timedelta(days=365), **more)
    assert await remind(shop, noon(3) - timedelta(hours=3, minutes=1)) == 0, "before 9h"
    assert sorted(await asyncio.gather(*(remind(shop, noon(3) - timedelta(hours=3)) for _ in range(2)))) == [0, 1]
    (text,) = await said(shop, conversation)
    assert text.startswith(f"Oi, Ana! Vencem {on_day(due)}: vacina V10 de Rex e Vermífugo oral de Rex. Quer marcar")
    assert await remind(shop, noon(6)) == 0
    # The vaccine was given on the eve; the dewormer was not.
    await treat(shop, given_on=due - timedelta(days=1), due_on=due + timedelta(days=364), created_at=noon(9))
    assert await remind(shop, noon(10)) == 1
    assert f"Vence hoje, {format_day(due)}: Vermífugo oral de Rex." in (await said(shop, conversation))[1]


async def test_old_and_late_treatments_are_not_told(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await pet(shop, conversation)
    await treat(shop, due_on=noon(-4).date())
    await treat(shop, due_on=noon(5).date(), name="Raiva", created_at=noon(0))
    await treat(shop, due_on=noon(-1).date(), name="Giárdia", created_at=noon(0))
    assert await remind(shop, noon(0)) == 0
    await treat(shop, due_on=noon(-2).date(), name="Gripe")
    assert await remind(shop, noon(0)) == 1
    assert "Oi, Ana! Venceu " in (await said(shop, conversation))[0]


async def test_after_a_visit_it_is_asked_once_how_it_went(shop: Shop) -> None:
    conversation, _ = await known(shop)
    plan = uuid4()
    start = noon(-1) - timedelta(hours=2)
    await book(shop, conversation, start, status="completed", plan=plan)
    mel = await book(shop, conversation, start + timedelta(hours=1), pet="Mel", status="in_progress", plan=plan)
    now = noon(0)
    assert await remind(shop, now) == 0, "Mel is still there"
    await shop.rows("update bookings set status = 'completed' where id = %(b)s returning 1", b=mel)
    assert await remind(shop, now - timedelta(minutes=1)) == 0
    assert sorted(await asyncio.gather(*(remind(shop, now) for _ in range(2)))) == [0, 1]
    (text,) = await said(shop, conversation)
    assert text.startswith("Oi, Ana! Como foi a visita de Rex e Mel ontem, ")
    await book(shop, conversation, start + timedelta(hours=3), status="completed")
    assert await remind(shop, now + timedelta(hours=3)) == 0, "not again within a week"


async def test_who_did_not_come_is_offered_a_new_time(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon(0), status="no_show")
    again = await book(shop, conversation, noon(5))
    now = noon(0) + timedelta(hours=4)
    assert await remind(shop, now) == 0, "there is a new time"
    await shop.rows("update bookings set status = 'cancelled' where id = %(b)s returning 1", b=again)
    assert await remind(shop, now) == 1
    assert await remind(shop, now) == 0
    assert (await said(shop, conversation))[0].startswith("Oi, Ana! Sentimos falta de Rex hoje, ")


@pytest.mark.parametrize("status", ["completed", "no_show"])
@pytest.mark.parametrize(
    "change",
    [
        "update pets set died_on = '2026-01-01' where name = 'Rex' returning 1",
        "update contacts set opted_out_at = now() returning 1",
        "update conversations set status = 'escalated' returning 1",
    ],
    ids=["died", "opted out", "with a person"],
)
async def test_who_is_not_asked_afterwards(shop: Shop, status: str, change: str) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon(-1) - timedelta(hours=1), status=status)
    await shop.rows(change)
    assert await remind(shop, noon(0)) == 0


@pytest.mark.parametrize("status", ["completed", "no_show"])
async def test_an_installation_that_was_down_does_not_ask_about_old_visits(shop: Shop, status: str) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon(-5), status=status)
    assert await remind(shop, noon(0)) == 0
    await book(shop, conversation, noon(-3), status=status)
    assert await remind(shop, noon(0)) == 1


async def test_an_erasure_under_way_wins(shop: Shop) -> None:
    """A run has found whom to remind, and the customer is erased before it writes."""
    conversation, contact = await known(shop)
    await book(shop, conversation, noon())
    url = shop.resources.settings.database_url or ""
    with psycopg.connect(url) as other:
        other.execute("select 1 from contacts where id = %s for update", [contact])
        erasure = asyncio.create_task(asyncio.to_thread(erase, shop))
        await until_waiting(shop, 1)
        run = asyncio.create_task(remind(shop, noon(2)))
        await until_waiting(shop, 2)
        other.rollback()
        await erasure
        assert await run == 0
    assert await shop.rows("select 1 from messages") == []
    assert await shop.rows("select 1 from conversations") == []
    assert await shop.rows("select 1 from proposals") == []
    (noted,) = await shop.rows("select status, reason from outreach")
    assert noted == {"status": "skipped", "reason": "opted_out"}
    assert await remind(shop, noon(2)) == 0


async def test_what_was_written_is_erased_with_its_customer(shop: Shop) -> None:
    conversation, _ = await known(shop)
    await book(shop, conversation, noon())
    assert await remind(shop, noon(2)) == 1
    await asyncio.to_thread(erase, shop)
    for table in ("messages", "proposals", "outreach", "conversations"):
        assert await shop.rows(f"select 1 from {table}") == []


def erase(shop: Shop) -> None:
    settings = shop.resources.settings
    privacy.erase_contact(settings, privacy.find_contact(settings, PHONE, None))


async def until_waiting(shop: Shop, count: int) -> None:
    """Until so many transactions wait for a lock."""
    waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while len(await shop.rows(waiting)) < count:
        pass


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
