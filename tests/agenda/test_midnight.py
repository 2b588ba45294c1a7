"""A shop that closes at 24:00: its agenda, what is said of it, and what its people may set."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from graphs.client.prompts import instructions
from service.agenda.engine import Agenda, Hours, Resource, Rules, Task
from service.agenda.opening import weekly_hours
from service.agenda.queries import desk as agenda
from service.language.times import parse_times
from service.platform import clock
from service.platform.database import Database
from service.turns.queries import briefing as briefings
from service.turns.standing import standing_facts
from service.turns.telling import Voice
from tests.conftest import DEMO_SHOP
from tests.kit.agendas import IDS, MONDAY, SHOP
from tests.kit.customers import ZONE, Customer, customer
from tests.kit.salon import rows
from tests.kit.stays import monday
from tests.kit.web import Web

LATE = """
update business_hours set opens_at = '09:00', closes_at = '24:00' where organization_id = %(o)s
"""
EVERYTHING_LATE: tuple[Any, ...] = (
    LATE,
    "update organization_settings set closes_on_holidays = false where organization_id = %(o)s",
    "insert into resource_hours (organization_id, resource_id, weekday, starts_at, ends_at)"
    " select organization_id, id, 1, '13:00', '24:00' from resources where name = 'Bia' and organization_id = %(o)s",
    "insert into special_hours (organization_id, day, opens_at, closes_at) select %(o)s, current_date + 2, '10:00', '24:00'",
    "update services set check_in_at = '24:00', check_out_at = '24:00' where organization_id = %(o)s and name = 'Tosa'",
    "update organization_settings set quiet_from = '24:00', quiet_until = '24:00' where organization_id = %(o)s",
)


@pytest.fixture
async def late(db: Database) -> Customer:
    """Provide a customer of a shop of which whatever ends does so at 24:00."""
    for statement in EVERYTHING_LATE:
        await db.system((statement, {"o": DEMO_SHOP}))
    return await customer(db, DEMO_SHOP, "Rex")


def test_the_last_start_is_so_long_before_midnight() -> None:
    found = Agenda(Rules(SHOP, (Hours(1, time(18), time(0)),)), [Resource(IDS[0], "Bia")], [])
    long_before = clock.at(MONDAY - timedelta(days=1), time(12), SHOP)
    task = Task("Rex", (frozenset(IDS[:1]),), timedelta(hours=1))
    starts = [plan[0].start for plan in found.starts([task], MONDAY, MONDAY, long_before)]
    assert [clock.local(start, SHOP).time() for start in starts][-1] == time(23)
    assert weekly_hours(found.rules)["segunda-feira"] == "das 18h à meia-noite"


@pytest.mark.parametrize(("words", "first", "last"), [("até fechar", 0, 1439), ("às 11 da noite", 1380, 1380), ("às 10", 600, 600)])
def test_what_is_said_of_when_is_read_by_that_opening(words: str, first: int, last: int) -> None:
    stretches = parse_times(words, [(time(9), time(0))]).stretches
    assert (stretches[0][0], stretches[-1][1]) == (first, last)


async def test_the_agenda_goes_to_midnight(db: Database, late: Customer) -> None:
    day = monday()
    free = await late.call("check_availability", pet_name="Rex", service_type="Banho", preferred_date=day.isoformat())
    assert free["slots"][-1] == "23:00"
    await late.says("pode marcar às 23h?")
    asked = await late.call(
        "book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day.isoformat(), preferred_time="23:00"
    )
    assert asked["awaiting_confirmation"]
    too_late = await late.call(
        "book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day.isoformat(), preferred_time="23:30"
    )
    assert "ela abre das 9h à meia-noite" in too_late["error"]
    info = await late.call("shop_info")
    assert info["opening_hours"]["segunda-feira"] == "das 9h à meia-noite"
    owners = await late.call("free_slots", is_owner=True, date=day.isoformat(), service_type="Banho")
    assert owners["slots"][0]["times"][-1] == "23:00"


async def test_what_is_told_says_midnight(db: Database, late: Customer) -> None:
    found = await briefings.load(db, DEMO_SHOP, late.conversation_id)
    assert found
    assert "segunda-feira 09:00-24:00" in instructions(found)
    said = [fact.text for fact in standing_facts(found, Voice(today=found.local_date))]
    assert any("das 9h à meia-noite" in text for text in said)
    assert not [text for text in said if "às 0h" in text or "23h59" in text]
    open_late = found.model_copy(update={"now": clock.at(monday(), time(23, 30), ZONE)})
    assert any("até a meia-noite" in fact.text for fact in standing_facts(open_late, Voice(today=open_late.local_date)))


async def test_special_hours_until_midnight_are_set_and_read_back(web: Web) -> None:
    day, path = "2031-05-05", f"/api/organizations/{DEMO_SHOP}/special-hours"
    for written in ("24:00", "24:00:00", "00:00"):
        body = {"day": day, "hours": [{"opens_at": "09:00", "closes_at": "12:00"}, {"opens_at": "14:00", "closes_at": written}]}
        made = await web.call("POST", path, json=body)
        assert made.status_code == 201, made.text
        hours = [(stretch["opens_at"], stretch["closes_at"]) for stretch in (await web.call("GET", path)).json()[0]["hours"]]
        assert hours == [("09:00:00", "12:00:00"), ("14:00:00", "24:00:00")]
    (stored,) = await rows(web.other, "select max(closes_at)::text as at from special_hours where day = %(d)s", d=date.fromisoformat(day))
    assert stored["at"] == "24:00:00"
    board = (await web.call("GET", f"/api/organizations/{DEMO_SHOP}/agenda", params={"day": day})).json()
    assert board["opening"][-1] == {"opens_at": "2031-05-05T17:00:00Z", "closes_at": "2031-05-06T03:00:00Z"}
    for opens, closes in (("00:00:10", "00:00:40"), ("24:00", "24:00")):
        body = {"day": day, "hours": [{"opens_at": opens, "closes_at": closes}]}
        assert (await web.call("POST", path, json=body)).status_code in (400, 422)


async def test_a_desk_reads_every_end(db: Database, late: Customer) -> None:
    day = monday()
    desk = await agenda.load(db, DEMO_SHOP, ZONE, day, day)
    assert {h.closes_at for resource in desk.agenda.resources.values() for h in resource.hours} == {clock.MIDNIGHT}
    assert clock.local(desk.agenda.opening(day)[-1][1], ZONE) == clock.local(clock.at(day + timedelta(days=1), time(0), ZONE), ZONE)
