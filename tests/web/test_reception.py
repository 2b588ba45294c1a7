"""Booking and moving at the counter, over HTTP."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from service.platform import clock
from service.platform.database import Database
from tests.kit.salon import ANA, BANHO, BIDU, rows
from tests.kit.web import Web

ZONE = "America/Sao_Paulo"


def monday() -> date:
    today = clock.local(clock.now(), ZONE).date()
    return today + timedelta(days=21 - today.weekday())


def wanted(**more: Any) -> dict[str, Any]:
    return {"wants": [{"pet_id": str(BIDU), "service_id": str(BANHO)}], **more}


async def book(web: Web, hour: int, **more: Any) -> Any:
    start = clock.at(monday(), datetime.min.time().replace(hour=hour), ZONE)
    return await web.call("POST", f"/api/contacts/{ANA}/bookings", json=wanted(starts_at=start.isoformat(), **more))


async def test_what_is_free_can_be_booked_and_then_is_not(web: Web, db: Database) -> None:
    look = wanted(first=monday().isoformat(), last=monday().isoformat())
    free = (await web.call("POST", f"/api/contacts/{ANA}/free-times", json=look)).json()
    made = await web.call("POST", f"/api/contacts/{ANA}/bookings", json=wanted(starts_at=free[0]))
    assert made.status_code == 201, made.text
    (item,) = made.json()
    assert (item["pet"], item["service"], item["price_cents"]) == ("Bidu", "Banho", 7000)
    (event,) = await rows(db, "select actor from booking_events where booking_id = %(id)s", id=UUID(item["id"]))
    assert event["actor"] == "operator"
    coming = (await web.call("GET", f"/api/contacts/{ANA}/appointments")).json()
    assert [a["id"] for a in coming] == [item["id"]]
    # Two groomers: the second place goes, and then there is none.
    assert (await web.call("POST", f"/api/contacts/{ANA}/bookings", json=wanted(starts_at=free[0]))).status_code == 201
    third = await web.call("POST", f"/api/contacts/{ANA}/bookings", json=wanted(starts_at=free[0]))
    assert (third.status_code, "Bia e Caio já têm outro agendamento" in third.text) == (409, True)
    assert free[0] not in (await web.call("POST", f"/api/contacts/{ANA}/free-times", json=look)).json()


async def test_a_move_keeps_the_old_time_where_the_new_one_is_not_free(web: Web, db: Database) -> None:
    (item,) = (await book(web, 10)).json()
    half_past = clock.at(monday(), datetime.min.time().replace(hour=10, minute=30), ZONE)
    moved = await web.call("POST", f"/api/bookings/{item['id']}/reschedule", json={"starts_at": half_past.isoformat()})
    assert moved.status_code == 200, moved.text
    midnight = clock.at(monday(), datetime.min.time(), ZONE)
    refused = await web.call("POST", f"/api/bookings/{item['id']}/reschedule", json={"starts_at": midnight.isoformat()})
    assert refused.status_code == 409
    (row,) = await rows(db, "select starts_at from bookings where id = %(id)s", id=UUID(item["id"]))
    assert row["starts_at"] == half_past


async def test_nonsense_is_refused_in_a_sentence(web: Web) -> None:
    other = {"wants": [{"pet_id": str(uuid4()), "service_id": str(BANHO)}]}
    start = clock.at(monday(), datetime.min.time().replace(hour=10), ZONE).isoformat()
    answer = await web.call("POST", f"/api/contacts/{ANA}/bookings", json={**other, "starts_at": start})
    assert (answer.status_code, "Este pet não existe." in answer.text) == (400, True)
    assert (await book(web, 10, nights=0, weeks=13)).status_code == 422
    assert (await web.call("POST", f"/api/contacts/{uuid4()}/bookings", json=wanted(starts_at=start))).status_code == 404
    assert (await web.call("POST", f"/api/bookings/{uuid4()}/reschedule", json={"starts_at": start})).status_code == 404
    backwards = wanted(first=monday().isoformat(), last=(monday() - timedelta(days=1)).isoformat())
    assert (await web.call("POST", f"/api/contacts/{ANA}/free-times", json=backwards)).status_code == 400


async def test_the_ends_of_the_calendar_are_refused(web: Web) -> None:
    (item,) = (await book(web, 10)).json()
    for instant in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-12-14T10:00:00"):
        assert (await web.call("POST", f"/api/contacts/{ANA}/bookings", json=wanted(starts_at=instant))).status_code == 422
        assert (await web.call("POST", f"/api/bookings/{item['id']}/reschedule", json={"starts_at": instant})).status_code == 422
