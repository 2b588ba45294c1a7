"""Booking and moving at the counter, over HTTP."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from service.platform import clock
from service.platform.database import Database
from tests.kit.salon import ANA, BANHO, BIDU, another_pet, rows
from tests.kit.stays import HOTEL, on, open_hotel
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
    mels = {"wants": [{"pet_id": str(await another_pet(db)), "service_id": str(BANHO)}], "starts_at": free[0]}
    assert (await web.call("POST", f"/api/contacts/{ANA}/bookings", json=mels)).status_code == 201
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


async def test_a_shop_says_which_services_go_together(web: Web, db: Database, organization_id: UUID) -> None:
    await open_hotel(db)
    path = f"/api/organizations/{organization_id}/services"
    stay = {"wants": [{"pet_id": str(BIDU), "service_id": str(HOTEL)}], "nights": 2, "starts_at": on(0, 14)}
    assert (await web.call("POST", f"/api/contacts/{ANA}/bookings", json=stay)).status_code == 201
    bath = wanted(starts_at=on(1, 10))
    refused = await web.call("POST", f"/api/contacts/{ANA}/bookings", json=bath)
    assert (refused.status_code, "Bidu já tem Hospedagem" in refused.json()["error"]) == (409, True)
    for _ in range(2):
        assert (await web.call("PUT", f"{path}/{HOTEL}/together/{BANHO}")).status_code == 204
    listed = (await web.call("GET", f"{path}/together")).json()
    assert [(pair["service"]["name"], pair["together_with"]["name"]) for pair in listed] == [("Hospedagem", "Banho")]
    assert (await web.call("POST", f"/api/contacts/{ANA}/bookings", json=bath)).status_code == 201
    # Said the other way round it is the same pair; what is booked stays.
    assert (await web.call("DELETE", f"{path}/{BANHO}/together/{HOTEL}")).status_code == 204
    assert (await web.call("DELETE", f"{path}/{BANHO}/together/{HOTEL}")).status_code == 404
    assert (await web.call("GET", f"{path}/together")).json() == []
    assert len((await web.call("GET", f"/api/contacts/{ANA}/appointments")).json()) == 2


async def test_what_goes_together_is_two_services_of_the_shop(web: Web, organization_id: UUID) -> None:
    path = f"/api/organizations/{organization_id}/services"
    assert (await web.call("PUT", f"{path}/{BANHO}/together/{BANHO}")).status_code == 400
    assert (await web.call("PUT", f"{path}/{BANHO}/together/{uuid4()}")).status_code == 404
    assert (await web.call("PUT", f"/api/organizations/{uuid4()}/services/{BANHO}/together/{HOTEL}")).status_code == 404
