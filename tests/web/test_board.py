"""The day's board over HTTP: every step and who may take it, the pronto message, the history."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.shop.board import NEXT, WHERE
from service.shop.bookings import Step
from tests.kit.fakes.supabase import FakeSupabase
from tests.kit.salon import ANA, BIA, BIDU, CAIO, HELENA, another_pet, book, foreign_booking, messages, rows, wrote_lately
from tests.kit.staff import USER_TOKEN, sign_in
from tests.kit.web import Web, make_shop

PATHS = {
    "received": "received", "start": "start", "ready": "ready", "delivered": "delivered", "no_show": "no-show", "cancel": "cancel",
}  # fmt: skip
WAY: dict[Step, list[str]] = {
    "waiting": [],
    "received": ["received"],
    "in_service": ["received", "start"],
    "ready": ["received", "start", "ready"],
    "delivered": ["received", "start", "ready", "delivered"],
    "no_show": ["no_show"],
    "cancelled": ["cancel"],
}
LEADS_TO: dict[str, Step] = {
    "received": "received", "start": "in_service", "ready": "ready", "delivered": "delivered", "no_show": "no_show", "cancel": "cancelled",
}  # fmt: skip
BACK_TO = {
    "received": "waiting", "in_service": "received", "ready": "in_service", "delivered": "ready", "no_show": "waiting",
    "cancelled": "waiting",
}  # fmt: skip


async def press(web: Web, booking_id: UUID, *moves: str) -> dict[str, Any]:
    """Take these steps; returns the booking after the last."""
    shown: dict[str, Any] = {}
    for move in moves:
        response = await web.call("POST", f"/api/bookings/{booking_id}/{PATHS[move]}")
        assert response.status_code == 200, response.text
        shown = response.json()
    return shown


async def undo(web: Web, booking_id: UUID, step: str) -> Any:
    return await web.call("POST", f"/api/bookings/{booking_id}/undo", json={"step": step})


async def board(web: Web, organization_id: UUID, **query: Any) -> dict[str, Any]:
    response = await web.call("GET", f"/api/organizations/{organization_id}/agenda", params=query)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def local_day(web: Web, booking_id: UUID) -> str:
    sql = "select (starts_at at time zone 'America/Sao_Paulo')::date::text as day from bookings where id = %(id)s"
    return str((await rows(web.other, sql, id=booking_id))[0]["day"])


# The steps


async def test_a_booking_goes_all_the_way(web: Web) -> None:
    booking_id = await book(web.other, status="confirmed")
    assert (await press(web, booking_id, "received"))["received_at"]
    assert (await press(web, booking_id, "start"))["status"] == "in_progress"
    assert (await press(web, booking_id, "ready"))["ready_at"]
    last = await press(web, booking_id, "delivered")
    assert (last["step"], last["status"], last["confirmed"], last["moves"]) == ("delivered", "completed", True, ["undo"])
    assert last["delivered_at"] > last["ready_at"] > last["received_at"]


@pytest.mark.parametrize("step", WAY)
async def test_each_step_allows_its_moves_and_no_other(web: Web, organization_id: UUID, step: Step) -> None:
    for move, path in PATHS.items():
        booking_id = await book(web.other)
        await press(web, booking_id, *WAY[step])
        response = await web.call("POST", f"/api/bookings/{booking_id}/{path}")
        if move in NEXT[step]:
            assert (response.status_code, response.json()["step"]) == (200, LEADS_TO[move])
        else:
            assert (response.status_code, response.json()) == (409, {"error": f"Não foi feito, porque {WHERE[step]}."})
            shown = (await board(web, organization_id, day=await local_day(web, booking_id)))["bookings"]
            assert [b["step"] for b in shown if b["id"] == str(booking_id)] == [step]
        await rows(web.other, "delete from bookings where id = %(id)s returning 1", id=booking_id)


@pytest.mark.parametrize("step", BACK_TO)
@pytest.mark.parametrize("status", ["scheduled", "confirmed"])
async def test_every_step_can_be_undone(web: Web, step: Step, status: str) -> None:
    booking_id = await book(web.other, status=status)
    await press(web, booking_id, *WAY[step])
    shown = (await undo(web, booking_id, step)).json()
    assert shown["step"] == BACK_TO[step]
    while shown["step"] != "waiting":
        shown = (await undo(web, booking_id, shown["step"])).json()
    assert shown["status"] == status
    assert (shown["received_at"], shown["ready_at"], shown["delivered_at"]) == (None, None, None)
    assert (await undo(web, booking_id, "waiting")).status_code == 409


async def test_an_undo_takes_back_what_was_seen_and_nothing_else(web: Web) -> None:
    booking_id = await book(web.other)
    await press(web, booking_id, *WAY["ready"])
    assert (await undo(web, booking_id, "in_service")).status_code == 409
    answers = await asyncio.gather(*(undo(web, booking_id, "ready") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert (await press(web, booking_id, "ready"))["step"] == "ready"


async def test_a_time_that_somebody_else_has_is_not_taken_back(web: Web) -> None:
    booking_id = await book(web.other)
    await press(web, booking_id, "no_show")
    await book(web.other)
    response = await undo(web, booking_id, "no_show")
    assert (response.status_code, response.json()["error"]) == (
        409,
        "Não dá para voltar atrás, porque o horário já está com outro agendamento.",
    )


async def test_tomorrows_pet_does_not_arrive_today(web: Web) -> None:
    booking_id = await book(web.other, minutes=60 * 24)
    for path in ("received", "no-show"):
        response = await web.call("POST", f"/api/bookings/{booking_id}/{path}")
        assert response.status_code == 409
        assert response.json()["error"].startswith("Ainda é cedo: este agendamento é de ")


async def test_what_was_completed_elsewhere_has_no_step_to_undo(web: Web) -> None:
    ((booking,)) = await rows(web.other, "select id from bookings where status = 'completed' limit 1")
    assert (await undo(web, booking["id"], "delivered")).status_code == 409


@pytest.mark.parametrize("move", ["received", "start", "ready", "delivered"])
async def test_of_many_who_press_at_once_one_wins(web: Web, move: str) -> None:
    await wrote_lately(web.other)
    booking_id = await book(web.other)
    await press(web, booking_id, *WAY[LEADS_TO[move]][:-1])
    answers = await asyncio.gather(*(web.call("POST", f"/api/bookings/{booking_id}/{PATHS[move]}") for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    refused = {answer.json()["error"] for answer in answers if answer.status_code == 409}
    assert refused == {f"Não foi feito, porque {WHERE[LEADS_TO[move]]}."}
    assert len(await messages(web.other)) == (1 if move in ("ready", "delivered") else 0)


async def test_a_cancellation_frees_the_time_and_keeps_its_reason(web: Web) -> None:
    booking_id = await book(web.other)
    response = await web.call("POST", f"/api/bookings/{booking_id}/cancel", json={"reason": "a Bia adoeceu"})
    assert (response.json()["step"], response.json()["notes"]) == ("cancelled", "Cancelado pela loja: a Bia adoeceu")
    await book(web.other)
    assert await messages(web.other) == []


# The pronto message


async def test_the_customer_is_told_once(web: Web) -> None:
    conversation_id = await wrote_lately(web.other)
    booking_id = await book(web.other)
    shown = await press(web, booking_id, "received", "start", "ready")
    said = "Oi, Ana! Tudo pronto com Bidu: já pode vir buscar. 🐾\nPet Shop Patinhas"
    assert await messages(web.other) == [said]
    assert shown["notice"] == {"status": "queued", "reason": None}
    assert str(conversation_id) in [args[1] for args in web.queued("outbox.deliver")]
    await undo(web, booking_id, "ready")
    await press(web, booking_id, "ready")
    assert await messages(web.other) == [said]


async def test_a_customer_who_can_not_be_told_is_shown_to_the_team(web: Web) -> None:
    booking_id = await book(web.other)
    shown = await press(web, booking_id, "received", "start", "ready")
    assert shown["notice"] == {"status": "skipped", "reason": "no_template"}
    assert web.queued("escalation.notify") != []


async def test_a_visit_of_two_pets_gets_one_message_with_the_last(web: Web) -> None:
    await wrote_lately(web.other)
    plan = uuid4()
    first = await book(web.other, plan_id=plan)
    second = await book(web.other, plan_id=plan, pet_id=await another_pet(web.other), resource_id=CAIO, pickup_zone="Centro", fee=1500)
    await press(web, first, "received", "start", "ready")
    await press(web, second, "received", "start")
    assert await messages(web.other) == []
    await press(web, second, "ready")
    assert await messages(web.other) == ["Oi, Ana! Tudo pronto com Bidu e Mel: já vamos levar até você. 🐾\nPet Shop Patinhas"]


async def test_two_pets_that_get_ready_at_once_get_one_message(web: Web) -> None:
    await wrote_lately(web.other)
    plan = uuid4()
    pets = [BIDU, await another_pet(web.other), await another_pet(web.other, "Thor")]
    visit = [await book(web.other, plan_id=plan, pet_id=pet, resource_id=who) for pet, who in zip(pets, [BIA, CAIO, HELENA], strict=True)]
    for booking_id in visit:
        await press(web, booking_id, "received", "start")
    await asyncio.gather(*(press(web, booking_id, "ready") for booking_id in visit))
    (said,) = await messages(web.other)
    assert all(name in said for name in ("Bidu", "Mel", "Thor"))


async def test_the_pet_that_never_came_does_not_hold_the_message_back(web: Web) -> None:
    await wrote_lately(web.other)
    plan = uuid4()
    first = await book(web.other, plan_id=plan)
    second = await book(web.other, plan_id=plan, pet_id=await another_pet(web.other), resource_id=CAIO)
    await press(web, first, "received", "start", "ready")
    await press(web, second, "no_show")
    assert await messages(web.other) == ["Oi, Ana! Tudo pronto com Bidu: já pode vir buscar. 🐾\nPet Shop Patinhas"]


async def test_another_week_of_the_series_is_another_visit(web: Web) -> None:
    await wrote_lately(web.other)
    plan = uuid4()
    first = await book(web.other, plan_id=plan)
    await book(web.other, plan_id=plan, minutes=7 * 24 * 60)
    await press(web, first, "received", "start", "ready")
    assert len(await messages(web.other)) == 1


# The day


async def test_the_board_shows_the_day(web: Web, organization_id: UUID) -> None:
    (row,) = await rows(
        web.other,
        "insert into contact_packages (organization_id, contact_id, service_id, name, sessions, price_cents, starts_on, expires_on)"
        " select organization_id, %(c)s, id, '4 banhos', 4, 24000, current_date - 1, current_date + 30 from services where name = 'Banho'"
        " returning id",
        c=ANA,
    )
    booking_id = await book(web.other, package_id=row["id"], pickup_zone="Centro", fee=1500)
    shown = await board(web, organization_id, day=await local_day(web, booking_id))
    (found,) = [b for b in shown["bookings"] if b["id"] == str(booking_id)]
    assert found["customer"] == {"id": str(ANA), "name": "Ana Souza", "phone": "5511977770001"}
    assert found["pet"] == {"id": str(BIDU), "name": "Bidu", "species": "dog", "breed": "Beagle", "size": None}
    assert [r["name"] for r in found["resources"]] == ["Bia"]
    assert found["package"] == {"id": str(row["id"]), "name": "4 banhos", "left": 3}
    assert found["pickup"] == {"zone": "Centro", "fee_cents": 1500}
    assert (found["step"], found["confirmed"], found["moves"]) == ("waiting", False, ["received", "no_show", "cancel"])


async def test_todays_board_is_the_shops_today(web: Web, organization_id: UUID) -> None:
    shown = await board(web, organization_id)
    (today,) = await rows(web.other, "select (now() at time zone 'America/Sao_Paulo')::date::text as day")
    assert shown["day"] == shown["today"] == today["day"]


async def test_hotel_guests_are_in_the_house_from_arrival_to_departure(web: Web, organization_id: UUID) -> None:
    await rows(web.other, "update services set unit = 'night' where name = 'Banho' returning 1")
    booking_id = await book(web.other, minutes=0, lasts=3 * 24 * 60)
    first = datetime.fromisoformat(await local_day(web, booking_id))
    seen = []
    for n in range(-1, 5):
        shown = await board(web, organization_id, day=f"{first + timedelta(days=n):%Y-%m-%d}")
        seen.append(str(booking_id) in [b["id"] for b in shown["bookings"]])
    assert seen == [False, True, True, True, True, False]


async def test_opening_hours_and_why_it_is_closed(web: Web, organization_id: UUID) -> None:
    monday = await board(web, organization_id, day="2031-05-05")
    assert monday["opening"] == [{"opens_at": "2031-05-05T12:00:00Z", "closes_at": "2031-05-05T21:00:00Z"}]
    assert monday["closed_for"] is None
    christmas = await board(web, organization_id, day="2031-12-25")
    assert (christmas["opening"], christmas["closed_for"]) == ([], "Natal")
    sunday = await board(web, organization_id, day="2031-05-04")
    assert (sunday["opening"], sunday["closed_for"]) == ([], None)


# The history


async def test_the_history_says_who_did_what(web: Web, organization_id: UUID) -> None:
    booking_id = await book(web.other)
    await press(web, booking_id, "received", "start", "ready")
    await undo(web, booking_id, "ready")
    await web.other.run(
        organization_id,
        ("select set_config('patas.actor', 'client_agent', true)", {}),
        (
            "update bookings set resource_id = %(r)s, starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'"
            " where id = %(id)s",
            {"r": CAIO, "id": booking_id},
        ),
    )
    events = (await web.call("GET", f"/api/bookings/{booking_id}/history")).json()
    made, received, started, ready, undone, moved = events
    assert {"Situação: agendado", "Serviço: Banho", "Pet: Bidu", "Com: Bia", "Preço: R$ 70,00"} <= set(made["changes"])
    assert [e["actor"] for e in (received, started, ready, undone, moved)] == ["Operador"] * 4 + ["Assistente do WhatsApp"]
    assert received["changes"][0].startswith("Recebido às ")
    assert started["changes"] == ["Situação: de agendado para em atendimento"]
    assert undone["changes"] == ["Desfeito: pronto"]
    assert "Com: de Bia para Caio" in moved["changes"]
    assert moved["changes"][0].startswith("Início: de ")
    assert [e["at"] for e in events] == sorted(e["at"] for e in events)


# Whose it is


@pytest.fixture
async def bia(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> Web:
    """Provide a web process where Bia, of the demo shop, signs in with Supabase."""
    await sign_in(staffed, supabase, organization_id)
    return staffed


async def test_a_member_is_named_in_the_history(bia: Web) -> None:
    booking_id = await book(bia.other)
    assert (await bia.call("POST", f"/api/bookings/{booking_id}/received", USER_TOKEN)).status_code == 200
    events = (await bia.call("GET", f"/api/bookings/{booking_id}/history", USER_TOKEN)).json()
    assert events[-1]["actor"] == "bia@loja.test"


async def test_a_member_sees_their_shop_and_no_other(bia: Web, organization_id: UUID) -> None:
    other = await make_shop(bia.other)
    theirs = await foreign_booking(bia.other, other)
    mine = (await bia.call("GET", "/api/organizations", USER_TOKEN)).json()
    assert [shop["id"] for shop in mine] == [str(organization_id)]
    assert (await bia.call("GET", f"/api/organizations/{organization_id}/agenda", USER_TOKEN)).status_code == 200
    calls = [
        ("GET", f"organizations/{other['organization']}/agenda"),
        ("GET", f"bookings/{theirs}/history"),
        *(("POST", f"bookings/{theirs}/{path}") for path in PATHS.values()),
        ("POST", f"bookings/{theirs}/undo"),
        ("GET", f"contacts/{other['contact']}/packages"),
        ("GET", f"organizations/{other['organization']}/absences"),
    ]
    for method, path in calls:
        response = await bia.call(method, f"/api/{path}", USER_TOKEN, json={"step": "waiting"} if method == "POST" else None)
        assert response.status_code == 404, path
    assert await rows(bia.other, "select status from bookings where id = %(id)s", id=theirs) == [{"status": "scheduled"}]


async def test_the_shops_own_bookings_alone_are_on_its_board(web: Web, organization_id: UUID) -> None:
    theirs = await foreign_booking(web.other, await make_shop(web.other))
    shown = await board(web, organization_id, day=await local_day(web, theirs))
    assert str(theirs) not in [b["id"] for b in shown["bookings"]]


async def test_what_does_not_exist_is_not_found(web: Web) -> None:
    assert (await web.call("POST", f"/api/bookings/{uuid4()}/received")).status_code == 404
    assert (await web.call("GET", f"/api/organizations/{uuid4()}/agenda")).status_code == 404
    assert (await web.call("GET", f"/api/pets/{uuid4()}/treatments")).status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "31/12/2026", "hoje"])
async def test_a_day_that_is_none_is_refused(web: Web, organization_id: UUID, day: str) -> None:
    assert (await web.call("GET", f"/api/organizations/{organization_id}/agenda", params={"day": day})).status_code == 422
