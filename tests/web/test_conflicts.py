"""What the API answers where something can't be done: which of the several reasons it was."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.platform import clock
from tests.kit.salon import ANA, BANHO, BIA, BIDU, CAIO, another_pet, book, rows
from tests.kit.web import Web

ZONE = "America/Sao_Paulo"
TOSA = UUID("00000000-0000-4000-8000-000000000032")
BOTH = "Não há vaga nesse horário: "


@pytest.fixture(autouse=True)
async def opens_on_holidays(web: Web) -> None:
    """Open the shop on holidays, so that no day of the calendar is an odd one here."""
    await rows(web.other, "update organization_settings set closes_on_holidays = false returning 1")


def monday() -> date:
    today = clock.local(clock.now(), ZONE).date()
    return today + timedelta(days=21 - today.weekday())


def at(hour: int, minute: int = 0, day: date | None = None) -> datetime:
    return clock.at(day or monday(), time(hour, minute), ZONE)


async def ask(web: Web, start: datetime, **more: Any) -> Any:
    """Book Bidu's bath; returns the answer."""
    wants = more.pop("wants", [{"pet_id": str(BIDU), "service_id": str(BANHO)}])
    return await web.call("POST", f"/api/contacts/{ANA}/bookings", json={"wants": wants, "starts_at": start.isoformat(), **more})


async def of_mel(web: Web) -> list[dict[str, str]]:
    """Wish for a bath of another pet of Ana's."""
    return [{"pet_id": str(await another_pet(web.other)), "service_id": str(BANHO)}]


async def refused(web: Web, start: datetime, **more: Any) -> str:
    """Say why it could not be booked."""
    response = await ask(web, start, **more)
    assert response.status_code == 409, response.text
    said: str = response.json()["error"]
    return said


async def away(web: Web, resource: UUID, reason: str | None) -> None:
    day = monday()
    body = {"resource_id": str(resource), "starts_at": f"{day}T00:00", "ends_at": f"{day + timedelta(1)}T00:00", "reason": reason}
    made = await web.call("POST", "/api/organizations/00000000-0000-4000-8000-000000000001/absences", json=body)
    assert made.status_code == 201, made.text


async def test_a_time_that_the_shop_does_not_offer(web: Web, organization_id: UUID) -> None:
    day = f"na segunda-feira, {monday():%d/%m/%Y}"
    assert await refused(web, at(7)) == f"A loja está fechada nesse horário: {day} abre das 9h às 18h."
    assert (
        await refused(web, at(17, 30)) == f"O serviço leva 60 minutos e não termina antes de a loja fechar: {day} ela abre das 9h às 18h."
    )
    assert await refused(web, at(10, 10)) == (
        f"Esse horário não é oferecido: {day} a loja abre das 9h às 18h, e os horários começam a cada 30 minutos."
    )
    sunday = monday() - timedelta(days=1)
    assert await refused(web, at(10, 0, sunday)) == f"A loja não abre no domingo, {sunday:%d/%m/%Y}."
    assert await refused(web, at(10, 0, date(2020, 1, 6))) == "Esse horário já passou."
    assert await refused(web, at(10, 0, date(2099, 1, 5))) == "A loja só agenda com até 180 dias de antecedência."
    await web.call(
        "POST", f"/api/organizations/{organization_id}/closures",
        json={"starts_on": f"{monday()}", "ends_on": f"{monday()}", "reason": "Inventário"},
    )  # fmt: skip
    assert await refused(web, at(10)) == f"A loja não abre {day} (Inventário)."


async def test_a_time_at_which_nobody_is_free(web: Web) -> None:
    assert (await ask(web, at(10), resource_id=str(BIA))).status_code == 201
    assert await refused(web, at(10), resource_id=str(BIA)) == "Bia já tem outro agendamento."
    assert (await ask(web, at(10), wants=await of_mel(web))).status_code == 201
    assert await refused(web, at(10)) == f"{BOTH}Bia e Caio já têm outro agendamento."
    assert await refused(web, at(10, 30), resource_id=str(BIA)) == "Bia já tem outro agendamento."


async def test_somebody_who_is_away(web: Web) -> None:
    await away(web, BIA, "Férias")
    assert await refused(web, at(10), resource_id=str(BIA)) == "Bia está ausente (Férias)."
    assert (await ask(web, at(10))).status_code == 201
    assert await refused(web, at(10)) == f"{BOTH}Caio já tem outro agendamento e Bia está ausente (Férias)."
    await away(web, CAIO, None)
    assert await refused(web, at(14)) == f"{BOTH}Bia está ausente (Férias) e Caio está ausente."


async def test_somebody_who_does_not_work_then(web: Web) -> None:
    sql = """
      insert into resource_hours (organization_id, resource_id, weekday, starts_at, ends_at)
      select organization_id, id, 1, '13:00', '18:00' from resources where id = %(r)s returning 1"""
    await rows(web.other, sql, r=BIA)
    assert await refused(web, at(10), resource_id=str(BIA)) == "Bia não atende nesse horário."


async def test_a_series_says_which_week(web: Web) -> None:
    later = monday() + timedelta(weeks=1)
    for wants in ({}, {"wants": await of_mel(web)}):
        assert (await ask(web, at(10, 0, later), **wants)).status_code == 201
    assert await refused(web, at(10), weeks=3) == (f"Não dá na segunda-feira, {later:%d/%m/%Y}. {BOTH}Bia e Caio já têm outro agendamento.")


async def test_a_visit_that_is_too_much(web: Web) -> None:
    wants = [{"pet_id": str(await another_pet(web.other, name)), "service_id": str(BANHO)} for name in ("Mel", "Thor", "Luna")]
    assert await refused(web, at(17), wants=wants) == "A visita inteira não cabe a partir desse horário."


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("status = 'cancelled'", "Não dá para remarcar, porque o agendamento foi cancelado."),
        ("status = 'in_progress'", "Não dá para remarcar, porque o pet está em atendimento."),
        ("status = 'completed'", "Não dá para remarcar, porque o atendimento já terminou."),
        ("status = 'no_show'", "Não dá para remarcar, porque ficou marcado que o cliente não veio."),
        ("pet_id = null", "Não dá para remarcar, porque o pet deste agendamento não está mais no cadastro."),
    ],
)
async def test_a_booking_that_can_not_be_moved(web: Web, change: str, says: str) -> None:
    booking_id = await book(web.other)
    await rows(web.other, f"update bookings set {change} where id = %(id)s returning 1", id=booking_id)
    response = await web.call("POST", f"/api/bookings/{booking_id}/reschedule", json={"starts_at": at(10).isoformat()})
    assert (response.status_code, response.json()) == (409, {"error": says})


async def bought(web: Web, organization_id: UUID, **change: Any) -> UUID:
    """Return a package of Ana's of two baths, valid for 60 days."""
    package = {"service_id": str(BANHO), "name": "2 banhos", "sessions": 2, "valid_days": 60, "price_cents": 12000, **change}
    offered = (await web.call("POST", f"/api/organizations/{organization_id}/packages", json=package)).json()
    made = await web.call("POST", f"/api/contacts/{ANA}/packages", json={"package_id": offered["id"]})
    return UUID(made.json()["id"])


async def test_a_package_says_which_of_its_rules_is_broken(web: Web, organization_id: UUID) -> None:
    package_id = await bought(web, organization_id)
    (item,) = (await ask(web, at(10))).json()
    assert UUID(item["package_id"]) == package_id
    path = f"/api/bookings/{item['id']}"
    moved = await web.call("POST", f"{path}/reschedule", json={"starts_at": at(10, 0, monday() + timedelta(weeks=8)).isoformat()})
    assert (moved.status_code, moved.json()) == (409, {"error": "O pacote não vale nesse dia."})
    await web.call("POST", f"{path}/cancel")
    for change, why in (
        ("expires_on = current_date", "o pacote não vale nesse dia"),
        (
            f"expires_on = current_date + 60, service_id = '{TOSA}'",
            "o pacote não é deste cliente, pet e serviço",
        ),
    ):
        await rows(web.other, f"update contact_packages set {change} where id = %(id)s returning 1", id=package_id)
        undone = await web.call("POST", f"{path}/undo", json={"step": "cancelled"})
        assert (undone.status_code, undone.json()) == (409, {"error": f"Não dá para voltar atrás, porque {why}."})


async def test_a_package_is_not_sold_for_one_of_two_reasons(web: Web, organization_id: UUID) -> None:
    package = {"service_id": str(BANHO), "name": "2 banhos", "sessions": 2, "valid_days": 60, "price_cents": 12000}
    offered = (await web.call("POST", f"/api/organizations/{organization_id}/packages", json=package)).json()
    (theirs,) = await rows(web.other, "select id from pets where contact_id <> %(c)s limit 1", c=ANA)
    path = f"/api/contacts/{ANA}/packages"
    wrong_pet = await web.call("POST", path, json={"package_id": offered["id"], "pet_id": str(theirs["id"])})
    assert (wrong_pet.status_code, wrong_pet.json()["error"]) == (404, "Este pet não é deste cliente.")
    await web.call("DELETE", f"/api/organizations/{organization_id}/packages/{offered['id']}")
    gone = await web.call("POST", path, json={"package_id": offered["id"]})
    assert (gone.status_code, gone.json()["error"]) == (404, "Este pacote não está à venda nesta loja.")


async def test_pick_up_of_a_booking_that_is_over(web: Web) -> None:
    booking_id = await book(web.other)
    await web.call("POST", f"/api/bookings/{booking_id}/cancel")
    response = await web.call("POST", f"/api/bookings/{booking_id}/pickup", json={"zone_id": None})
    assert response.json() == {"error": "O leva e traz não muda mais, porque o agendamento foi cancelado."}


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("active", "Esta conversa já está com a assistente: não há o que devolver."),
        ("closed", "Esta conversa está encerrada: não há o que devolver à assistente."),
    ],
)
async def test_what_can_not_be_handed_back(web: Web, status: str, says: str) -> None:
    conversation_id = await web.conversation()
    await web.rows("update conversations set status = %(s)s where id = %(c)s returning 1", s=status, c=conversation_id)
    response = await web.call("POST", f"/api/conversations/{conversation_id}/handback")
    assert (response.status_code, response.json()) == (409, {"error": says})
