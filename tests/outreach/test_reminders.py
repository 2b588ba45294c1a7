"""What the clock finds: reminders, treatments that are due, visits that are over; never twice, never to the wrong one."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import tasks.outreach
from service.language.formatting import format_day, on_day
from service.operations import privacy
from service.outreach import kinds
from service.platform import clock
from tests.kit.outreach import PHONE, ZONE, book, known, noon, question, remind, said, write
from tests.kit.shop import Shop


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    """Provide the demo shop without its past."""
    opened = await open_shop()
    await opened.rows("delete from bookings returning 1")
    return opened


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
