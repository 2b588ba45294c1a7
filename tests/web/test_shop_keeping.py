"""What a shop's people keep beside the board: days off, packages, vaccines."""

import asyncio
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from service.platform.sqlstates import NOT_COVERED
from tests.kit.salon import ANA, BANHO, BIA, BIDU, CAIO, another_pet, book, rows
from tests.kit.web import Web, make_shop

DAY = 24 * 60


async def post(web: Web, path: str, expected: int = 201, **body: Any) -> Any:
    response = await web.call("POST", f"/api/{path}", json=body)
    assert response.status_code == expected, response.text
    return response.json()


async def day_in(web: Web, days: int) -> date:
    sql = "select (now() at time zone 'America/Sao_Paulo')::date + %(n)s as day"
    found: date = (await rows(web.other, sql, n=days))[0]["day"]
    return found


# Absences


async def test_an_absence_says_whom_it_hits(web: Web, organization_id: UUID) -> None:
    with_bia = await book(web.other, minutes=2 * DAY)
    await book(web.other, minutes=2 * DAY, resource_id=CAIO, pet_id=await another_pet(web.other))
    await book(web.other, minutes=9 * DAY)
    await book(web.other, minutes=2 * DAY + 120, status="cancelled")
    day = await day_in(web, 2)
    shop = f"organizations/{organization_id}"
    made = await post(
        web, f"{shop}/absences", resource_id=str(BIA), starts_at=f"{day - timedelta(1)}T00:00", ends_at=f"{day + timedelta(2)}T00:00",
        reason="Férias",
    )  # fmt: skip
    assert [hit["id"] for hit in made["hits"]] == [str(with_bia)]
    assert made["hits"][0]["customer"]["phone"] == "5511977770001"
    assert made["starts_at"] == f"{day - timedelta(1)}T03:00:00Z"
    listed = (await web.call("GET", f"/api/{shop}/absences")).json()
    assert [(a["resource"], a["reason"]) for a in listed] == [("Bia", "Férias")]
    on_board = (await web.call("GET", f"/api/{shop}/agenda", params={"day": str(day)})).json()["absences"]
    assert [a["id"] for a in on_board] == [made["id"]]
    assert (await web.call("DELETE", f"/api/{shop}/absences/{made['id']}")).status_code == 204
    assert (await web.call("DELETE", f"/api/{shop}/absences/{made['id']}")).status_code == 404


async def test_the_same_absence_posted_again_and_at_once_is_one(web: Web, organization_id: UUID) -> None:
    path = f"organizations/{organization_id}/absences"
    times: dict[str, Any] = {"resource_id": str(BIA), "starts_at": "2031-05-05T10:00", "ends_at": "2031-05-05T12:00"}
    made = await asyncio.gather(*(post(web, path, **times, reason=reason) for reason in ("Curso", "Curso", "Médico")))
    again = await post(web, path, **{**times, "starts_at": "2031-05-05T13:00:00Z"})
    assert {absence["id"] for absence in [*made, again]} == {made[0]["id"]}
    other = await post(web, path, **{**times, "resource_id": str(CAIO)})
    listed = (await web.call("GET", f"/api/{path}")).json()
    assert sorted(absence["id"] for absence in listed) == sorted([made[0]["id"], other["id"]])


@pytest.mark.parametrize(
    ("starts", "ends", "says"),
    [
        ("2031-05-05T10:00", "2031-05-05T10:00", "A ausência precisa terminar depois de começar."),
        ("2031-05-05T10:00-03:00", "2031-05-05T09:00", "A ausência precisa terminar depois de começar."),
        ("2020-05-05T10:00", "2020-05-06T10:00", "Esta ausência já passou."),
        ("0001-01-01T00:00+14:00", "9999-12-31T23:59", "As datas vão de 2000 a 2100."),
        ("2031-05-05T10:00", "2033-05-06T10:00", "Uma ausência vai até um ano; para mais que isso, desative o profissional."),
    ],
)
async def test_an_impossible_absence_is_refused(web: Web, organization_id: UUID, starts: str, ends: str, says: str) -> None:
    path = f"organizations/{organization_id}/absences"
    assert await post(web, path, 400, resource_id=str(BIA), starts_at=starts, ends_at=ends) == {"error": says}


async def test_nobody_of_another_shop_is_absent(web: Web) -> None:
    other = await make_shop(web.other)
    path = f"organizations/{other['organization']}/absences"
    await post(web, path, 404, resource_id=str(BIA), starts_at="2031-05-05T10:00", ends_at="2031-05-05T11:00")


# Closures and special hours


async def test_a_closure_hits_who_comes_or_goes_but_not_who_stays(web: Web, organization_id: UUID) -> None:
    await rows(web.other, "update services set unit = 'night' where name = 'Consulta' returning 1")
    consulta = UUID("00000000-0000-4000-8000-000000000033")
    visit = await book(web.other, minutes=3 * DAY)
    await book(web.other, minutes=2 * DAY, lasts=3 * DAY, service_id=consulta, resource_id=CAIO, pet_id=await another_pet(web.other))
    day = await day_in(web, 3)
    path = f"organizations/{organization_id}/closures"
    made = await post(web, path, starts_on=str(day), ends_on=str(day), reason="Inventário")
    assert [hit["id"] for hit in made["hits"]] == [str(visit)]
    shown = (await web.call("GET", f"/api/organizations/{organization_id}/agenda", params={"day": str(day)})).json()
    assert (shown["opening"], shown["closed_for"]) == ([], "Inventário")
    assert [c["reason"] for c in (await web.call("GET", f"/api/{path}")).json()] == ["Inventário"]
    assert (await web.call("DELETE", f"/api/{path}/{made['id']}")).status_code == 204
    assert (await post(web, path, 400, starts_on="2031-05-05", ends_on="2031-05-04"))[
        "error"
    ] == "O último dia fechado vem antes do primeiro."
    assert (await post(web, path, 400, starts_on="2020-05-05", ends_on="2020-05-05"))["error"] == "Estes dias já passaram."


async def test_special_hours_stand_in_place_of_the_days(web: Web, organization_id: UUID) -> None:
    day = await day_in(web, 5)
    (row,) = await rows(
        web.other,
        "update bookings set starts_at = (%(d)s + time '15:00') at time zone 'America/Sao_Paulo',"
        " ends_at = (%(d)s + time '16:00') at time zone 'America/Sao_Paulo' where id = %(id)s returning id",
        d=day,
        id=await book(web.other, minutes=5 * DAY),
    )
    path, hits = f"organizations/{organization_id}/special-hours", [str(row["id"])]
    short = [{"opens_at": "13:00", "closes_at": "15:30"}, {"opens_at": "09:00", "closes_at": "12:00"}]
    assert [h["id"] for h in (await post(web, path, day=str(day), hours=short, reason="Jogo do Brasil"))["hits"]] == hits
    long = [{"opens_at": "09:00", "closes_at": "20:00"}]
    assert (await post(web, path, day=str(day), hours=long))["hits"] == []
    assert [h["id"] for h in (await post(web, path, day=str(day), hours=[]))["hits"]] == hits
    assert (await web.call("GET", f"/api/{path}")).json() == [{"day": str(day), "hours": [], "reason": None}]
    assert (await web.call("DELETE", f"/api/{path}/{day}")).status_code == 204
    assert (await web.call("DELETE", f"/api/{path}/{day}")).status_code == 404


@pytest.mark.parametrize(
    ("day", "hours", "says"),
    [
        ("2020-01-01", [], "Este dia já passou."),
        ("2031-05-05", [("10:00", "09:00")], "Cada horário precisa fechar depois de abrir."),
        ("2031-05-05", [("09:00", "12:00"), ("11:00", "15:00")], "Os horários do dia se sobrepõem."),
    ],
)
async def test_impossible_hours_are_refused(web: Web, organization_id: UUID, day: str, hours: list[tuple[str, str]], says: str) -> None:
    body = [{"opens_at": opens, "closes_at": closes} for opens, closes in hours]
    assert await post(web, f"organizations/{organization_id}/special-hours", 400, day=day, hours=body) == {"error": says}


# Packages


async def sold(web: Web, organization_id: UUID, *, sessions: int = 2, **more: Any) -> dict[str, Any]:
    """Ana has a package of baths."""
    body: dict[str, Any] = {
        "service_id": str(BANHO),
        "name": f"{sessions} banhos",
        "sessions": sessions,
        "valid_days": 30,
        "price_cents": 12000,
    }
    package = await post(web, f"organizations/{organization_id}/packages", **body)
    bought: dict[str, Any] = await post(web, f"contacts/{ANA}/packages", package_id=package["id"], **more)
    return bought


async def balance(web: Web) -> dict[str, Any]:
    (bought,) = (await web.call("GET", f"/api/contacts/{ANA}/packages")).json()
    found: dict[str, Any] = bought
    return found


async def test_a_package_is_sold_and_used(web: Web, organization_id: UUID) -> None:
    bought = await sold(web, organization_id, pet_id=str(BIDU))
    today = await day_in(web, 0)
    assert (bought["starts_on"], bought["expires_on"]) == (str(today), str(today + timedelta(30)))
    assert (bought["pet"]["name"], bought["price_cents"], bought["left"], bought["usable"]) == ("Bidu", 12000, 2, True)
    used = await book(web.other, package_id=bought["id"])
    await book(web.other, package_id=bought["id"], minutes=DAY)
    full = await balance(web)
    assert (full["used"], full["coming"], full["left"], full["usable"]) == (2, 2, 0, False)
    assert (await web.call("POST", f"/api/bookings/{used}/cancel")).status_code == 200
    after = await balance(web)
    assert (after["used"], after["given_back"], after["left"], after["usable"]) == (1, 1, 1, True)


async def test_the_session_of_a_cancelled_booking_may_be_another_s_by_now(web: Web, organization_id: UUID) -> None:
    bought = await sold(web, organization_id, sessions=1)
    first = await book(web.other, package_id=bought["id"])
    await web.call("POST", f"/api/bookings/{first}/cancel")
    await book(web.other, package_id=bought["id"], minutes=DAY)
    response = await web.call("POST", f"/api/bookings/{first}/undo", json={"step": "cancelled"})
    assert (response.status_code, response.json()["error"]) == (409, "Não dá para voltar atrás, porque o pacote não tem mais sessões.")


async def test_a_package_is_sold_only_to_whom_it_can_be(web: Web, organization_id: UUID) -> None:
    shop = f"organizations/{organization_id}/packages"
    body: dict[str, Any] = {"name": "4 banhos", "sessions": 4, "valid_days": 30, "price_cents": 24000}
    await post(web, shop, 404, service_id=str(uuid4()), **body)
    await post(web, shop, 422, service_id=str(BANHO), **(body | {"sessions": 0}))
    package = await post(web, shop, service_id=str(BANHO), **body)
    assert [p["name"] for p in (await web.call("GET", f"/api/{shop}")).json()] == ["4 banhos"]
    (theirs,) = await rows(web.other, "select id from pets where name = 'Mel'")
    await post(web, f"contacts/{ANA}/packages", 404, package_id=package["id"], pet_id=str(theirs["id"]))
    other = await make_shop(web.other)
    await post(web, f"contacts/{other['contact']}/packages", 404, package_id=package["id"])
    assert (await web.call("DELETE", f"/api/{shop}/{package['id']}")).status_code == 204
    await post(web, f"contacts/{ANA}/packages", 404, package_id=package["id"])
    assert (await post(web, shop, service_id=str(BANHO), **body))["id"] != package["id"]


SESSIONS = 3
STATUSES = ("scheduled", "confirmed", "in_progress", "completed", "cancelled", "no_show")
DEEDS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(STATUSES)), max_size=25)


@hypothesis_settings(max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
async def test_the_balance_is_sessions_minus_uses_and_never_below_zero(
    web: Web, organization_id: UUID, deeds: list[tuple[int, str]]
) -> None:
    """By raw SQL: whoever writes bookings, the database itself keeps count. A deed books, or gives a booking another status."""
    await rows(web.other, "delete from contact_packages returning 1")
    package_id = (await sold(web, organization_id, sessions=SESSIONS))["id"]
    booked: list[tuple[UUID, str]] = []
    for number, (which, status) in enumerate(deeds):
        wanted = [s for _, s in booked]
        wanted[which : which + 1] = [status]
        with nullcontext() if uses(wanted) <= SESSIONS else pytest.raises(psycopg.DatabaseError, match="no session left"):
            if which < len(booked):
                await rows(web.other, "update bookings set status = %(s)s where id = %(id)s returning 1", s=status, id=booked[which][0])
                booked[which] = (booked[which][0], status)
            else:
                booked.append((await book(web.other, package_id=package_id, minutes=number * DAY, status=status), status))
    shown = await balance(web)
    left = SESSIONS - uses(s for _, s in booked)
    assert (shown["left"], shown["usable"]) == (left, left > 0)
    assert left >= 0
    assert shown["given_back"] == sum(s == "cancelled" for _, s in booked)
    await rows(web.other, "delete from bookings where package_id = %(p)s returning 1", p=package_id)


def uses(statuses: Iterable[str]) -> int:
    return sum(status != "cancelled" for status in statuses)


async def test_two_who_want_the_last_session_at_once(web: Web, organization_id: UUID) -> None:
    package_id = (await sold(web, organization_id, sessions=1))["id"]
    tries = [book(web.other, package_id=package_id, minutes=n * DAY) for n in range(4)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    refused = [answer.sqlstate for answer in answers if isinstance(answer, psycopg.DatabaseError)]
    assert refused == [NOT_COVERED] * 3
    assert (await balance(web))["left"] == 0


# Pick-up


async def test_a_booking_keeps_the_fee_of_the_day(web: Web, organization_id: UUID) -> None:
    zones = f"organizations/{organization_id}/pickup-zones"
    centro = await post(web, zones, name="Centro", fee_cents=1500)
    booking_id = await book(web.other)
    shown = await post(web, f"bookings/{booking_id}/pickup", 200, zone_id=centro["id"])
    assert (shown["pickup"], shown["price_cents"]) == ({"zone": "Centro", "fee_cents": 1500}, 7000)
    assert (await post(web, zones, name=" centro ", fee_cents=2000))["id"] == centro["id"]
    assert [z["fee_cents"] for z in (await web.call("GET", f"/api/{zones}")).json()] == [2000]
    assert (await web.call("DELETE", f"/api/{zones}/{centro['id']}")).status_code == 204
    await post(web, f"bookings/{booking_id}/pickup", 404, zone_id=centro["id"])
    events = (await web.call("GET", f"/api/bookings/{booking_id}/history")).json()
    assert (events[-1]["actor"], events[-1]["changes"]) == (
        "Operador",
        ["Leva e traz: Centro", "Taxa do leva e traz: de R$ 0,00 para R$ 15,00"],
    )
    assert (await post(web, f"bookings/{booking_id}/pickup", 200, zone_id=None))["pickup"] is None
    await web.call("POST", f"/api/bookings/{booking_id}/cancel")
    await post(web, f"bookings/{booking_id}/pickup", 409, zone_id=None)


# Treatments


async def test_vaccines_and_dewormers_are_written_down(web: Web) -> None:
    path, today = f"pets/{BIDU}/treatments", await day_in(web, 0)
    given_ = await post(web, path, kind="vaccine", name=" V10 ", given_on=str(today), due_on=str(today + timedelta(365)))
    await post(web, path, kind="dewormer", name="Vermífugo", due_on=str(today - timedelta(3)))
    listed = (await web.call("GET", f"/api/{path}")).json()
    assert [(t["kind"], t["name"]) for t in listed] == [("vaccine", "V10"), ("dewormer", "Vermífugo")]
    assert (await web.call("GET", f"/api/pets/{await another_pet(web.other)}/treatments")).json() == []
    assert (await web.call("DELETE", f"/api/{path}/{given_['id']}")).status_code == 204
    assert (await web.call("DELETE", f"/api/{path}/{given_['id']}")).status_code == 404


async def test_impossible_treatments_are_refused(web: Web) -> None:
    path, today = f"pets/{BIDU}/treatments", await day_in(web, 0)
    said = [
        (await post(web, path, 400, kind="vaccine", name="V10", **dates))["error"]
        for dates in (
            {},
            {"given_on": str(today + timedelta(2))},
            {"given_on": str(today), "due_on": str(today)},
        )
    ]
    assert said == [
        "Diga quando foi dado ou quando vence.",
        "A data em que foi dado ainda não chegou; use o vencimento.",
        "O vencimento precisa vir depois da data em que foi dado.",
    ]
    await post(web, path, 422, kind="chip", name="x", due_on=str(today))
    await post(web, path, 422, kind="vaccine", name=" \0 ", due_on=str(today))
    await post(web, path, 422, kind="vaccine", name="V10", due_on="9999-12-31")
