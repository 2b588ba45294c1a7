"""The tools over the agenda: customer, owner and booking agree on every quarter of an hour of a day."""

from datetime import date, datetime, timedelta

import pytest

from service.platform import clock
from service.platform.database import Database
from tests.conftest import DEMO_SHOP
from tests.kit.customers import ZONE, customer

SETUP = (
    "insert into service_rates (organization_id, service_id, size, duration_minutes, price_cents)"
    " select organization_id, id, 'large', 90, 9900 from services where name = 'Banho'",
    "insert into resource_absences (organization_id, resource_id, starts_at, ends_at)"
    " select organization_id, id, %(at)s, %(at)s + interval '100 minutes' from resources where name = 'Bia'",
    "insert into bookings (organization_id, contact_id, service_id, resource_id, starts_at, ends_at, price_cents)"
    " select r.organization_id, (select id from contacts limit 1), (select id from services where name = 'Banho'), r.id,"
    " %(at)s + interval '45 minutes', %(at)s + interval '105 minutes', 1 from resources r where r.name = 'Caio'",
)


def monday() -> date:
    today = clock.local(clock.now(), ZONE).date()
    return today + timedelta(days=21 - today.weekday())


@pytest.mark.parametrize("size", ["small", "large"])
async def test_what_is_offered_is_bookable_and_what_is_not_is_refused(db: Database, size: str) -> None:
    day = monday()
    start, _ = clock.day_bounds(day, day, ZONE)
    for statement in SETUP:
        await db.system((statement, {"at": start + timedelta(hours=10)}))
    who = await customer(db, DEMO_SHOP)
    await who.has("Rex", size=size)
    free = await who.call("check_availability", service_type="Banho", preferred_date=day.isoformat(), pet_name="Rex")
    minutes = 90 if size == "large" else 60
    assert free["duration_minutes"] == minutes
    owners = await who.call("free_slots", is_owner=True, date=day.isoformat(), service_type="banho")
    assert {s["service"]: s["times"] for s in owners["slots"]}[f"Banho ({minutes} min)"] == free["slots"]
    bookable = []
    for quarter in range(8 * 4, 19 * 4):
        moment = f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"
        await who.says("qual horário?")
        answer = await who.call(
            "book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day.isoformat(), preferred_time=moment
        )
        if answer.get("awaiting_confirmation"):
            bookable.append(moment)
            (item,) = answer["proposal"]["items"]
            length = datetime.fromisoformat(item["ends_at"]) - datetime.fromisoformat(item["starts_at"]) if "ends_at" in item else None
            assert length in (None, timedelta(minutes=minutes))
        else:
            assert answer["alternatives"]
    assert bookable == free["slots"]
    assert "10:30" not in bookable


async def test_days_are_asked_for_as_people_say_them(db: Database) -> None:
    who = await customer(db, DEMO_SHOP, "Rex")
    week = await who.call("check_availability", service_type="Banho", preferred_date="semana que vem", preferred_time="de manhã")
    assert 1 <= len(week["days"]) <= 5
    assert all(slot < "12:00" for day in week["days"] for slot in day["slots"])
    wrong = await who.call("check_availability", service_type="Banho", preferred_date=f"domingo, dia {monday():%d/%m}")
    assert "Qual dos dois?" in wrong["error"]


async def test_only_the_days_that_were_said_are_looked_at(db: Database) -> None:
    who = await customer(db, DEMO_SHOP, "Rex")
    tuesday, thursday = monday() + timedelta(days=1), monday() + timedelta(days=3)
    said = {
        f"{tuesday:%d/%m} ou {thursday:%d/%m}": {tuesday, thursday},
        f"de {tuesday:%d/%m} a {thursday:%d/%m}, menos quarta": {tuesday, thursday},
        f"depois de {monday():%d/%m} e antes de {thursday:%d/%m}": {tuesday, tuesday + timedelta(days=1)},
    }
    for words, days in said.items():
        free = await who.call("check_availability", service_type="Banho", preferred_date=words)
        assert {date.fromisoformat(day["date"]) for day in free["days"]} == days, words
    free = await who.call("check_availability", service_type="Banho", preferred_date="qualquer dia menos segunda")
    assert free["days"]
    assert all(day["weekday"] != "segunda-feira" for day in free["days"])
    asked = await who.call("check_availability", service_type="Banho", preferred_date="qualquer dia depois do feriado")
    assert "feriado" in asked["error"]


async def test_only_the_times_that_were_said_are_offered(db: Database) -> None:
    who = await customer(db, DEMO_SHOP, "Rex")
    day = monday().isoformat()
    free = await who.call("check_availability", service_type="Banho", preferred_date=day)
    for words, among in {
        "entre 2 e 4": lambda slot: "14:00" <= slot <= "16:00",
        "10h ou 11h": lambda slot: slot in ("10:00", "11:00"),
        "de manhã não posso": lambda slot: slot >= "12:00",
        "até as 10 ou depois das 15": lambda slot: slot <= "10:00" or slot >= "15:00",
    }.items():
        found = await who.call("check_availability", service_type="Banho", preferred_date=day, preferred_time=words)
        assert found["slots"] == [slot for slot in free["slots"] if among(slot)], words
        assert found["slots"]
    at_odds = await who.call("check_availability", service_type="Banho", preferred_date=f"{monday():%d/%m} às 10h", preferred_time="11h")
    assert "horários diferentes" in at_odds["error"]


@pytest.mark.parametrize(
    ("day", "hour", "start"),
    [
        ("{:%d/%m}", "às 3", "15h"),
        ("{:%d/%m}", "meia hora depois das 3", None),
        ("{:%d/%m} às 2 e meia", None, "14h30"),
        ("{:%d/%m}", "3h", "15h"),
    ],
)
async def test_three_in_a_shop_that_opens_in_the_morning_is_the_afternoon(
    db: Database, day: str, hour: str | None, start: str | None
) -> None:
    who = await customer(db, DEMO_SHOP, "Rex")
    answer = await who.call(
        "book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day.format(monday()), preferred_time=hour
    )
    assert f"às {start}" in answer["ask"] if start else "Não entendi" in answer["error"]


async def test_several_days_or_times_are_none_to_be_booked(db: Database) -> None:
    who = await customer(db, DEMO_SHOP, "Rex")
    for day, hour, said in ((f"{monday():%d/%m}", "10h ou 11h", "uma hora só"), ("terça ou quarta", "10h", "vários dias")):
        answer = await who.call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day, preferred_time=hour)
        assert said in answer["error"]


async def test_the_waiting_list_takes_one_stretch(db: Database) -> None:
    who = await customer(db, DEMO_SHOP, "Rex")
    for day, hour in (("terça ou quinta", None), ("terça", "até as 10 ou depois das 15")):
        answer = await who.call("join_waiting_list", service_type="Banho", preferred_date=day, preferred_time=hour)
        assert "um período de cada vez" in answer["error"]


async def test_names_that_fit_two_are_asked_about_and_none_is_skipped(db: Database) -> None:
    who = await customer(db, DEMO_SHOP, "Rex", "Rex Júnior", "Mel")
    for pets, said in (("Rexy", "Mais de um"), ("Mel e Bob", 'chamado "Bob"'), ("", "Para qual pet?")):
        answer = await who.call(
            "book_appointment", pet_name=pets, service_type="Banho", preferred_date=monday().isoformat(), preferred_time="10:00"
        )
        assert said in answer["error"]


async def test_nobody_reaches_anothers_appointment(db: Database) -> None:
    ana, bruno = await customer(db, DEMO_SHOP, "Rex"), await customer(db, DEMO_SHOP, "Rex")
    await ana.says(f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h")
    booked = await ana.call(
        "book_appointment", pet_name="Rex", service_type="Banho", preferred_date=monday().isoformat(), preferred_time="10:00"
    )
    assert booked["success"]
    assert (await bruno.call("my_appointments"))["appointments"] == []
    assert "nenhum agendamento" in (await bruno.call("cancel_appointment", pet_name="Rex"))["error"]
    assert "nenhum agendamento" in (await bruno.call("reschedule_appointment", new_date="sexta", pet_name="Rex"))["error"]


async def test_who_has_no_pet_on_record_may_look(db: Database) -> None:
    who = await customer(db, DEMO_SHOP)
    free = await who.call("check_availability", service_type="Consulta", preferred_date=monday().isoformat(), preferred_time="3 da tarde")
    assert free["requested"] == {"time": "15:00", "available": True}
    refused = await who.call(
        "book_appointment", pet_name="Rex", service_type="Consulta", preferred_date=monday().isoformat(), preferred_time="15h"
    )
    assert "register_pet" in refused["error"]
