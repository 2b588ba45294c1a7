"""What the shop offers to this pet, and when it opens."""

from datetime import date, timedelta
from typing import Any

import pytest

from service.agenda.engine import Closure, Hours, Rules
from service.agenda.opening import weekly_hours
from service.agenda.queries.catalog import Shop
from service.language.formatting import format_day
from service.platform import clock
from tests.kit.desk import Desk
from tools.catalog import unusual_days

RATES = "insert into service_rates (organization_id, service_id, species, size, accepted, duration_minutes, price_cents)"
BATH = "(select id from services where organization_id = %(o)s and name = 'Banho')"


@pytest.fixture
async def rated(desk: Desk) -> Desk:
    """Baths cost by size, cats none, giants not done; cutting is for dogs only; whoever wants a consultation speaks to a person."""
    await desk.rows(
        f"{RATES} values (%(o)s, {BATH}, 'dog', 'small', true, 45, 6000), (%(o)s, {BATH}, 'dog', 'large', true, 90, 11000),"
        f" (%(o)s, {BATH}, 'dog', 'giant', false, null, null), (%(o)s, {BATH}, 'cat', null, true, null, 9900) returning 1"
    )
    await desk.rows("update services set species = '{dog}' where organization_id = %(o)s and name = 'Tosa' returning 1")
    await desk.rows("update services set ai_may_book = false where organization_id = %(o)s and name = 'Consulta' returning 1")
    return desk


async def offers(desk: Desk, **args: Any) -> dict[str, dict[str, Any]]:
    return {service["name"]: service for service in (await desk.call("list_services", **args))["services"]}


async def test_without_a_pet_prices_are_where_they_begin(rated: Desk) -> None:
    found = await offers(rated)
    assert found["Banho"]["price"] == "a partir de R$ 60,00"
    assert found["Tosa"]["price"] == "R$ 120,00"
    assert found["Tosa"]["only_for"] == ["cachorro"]
    assert found["Consulta"]["booking"] == "só com a equipe"
    assert "booking" not in found["Banho"]
    # Whoever asks for "um cachorro grande" hears that price.
    assert found["Banho"]["rates"] == [
        {"for": "cachorro, pequeno", "price": "R$ 60,00", "duration_minutes": 45},
        {"for": "gato", "price": "R$ 99,00", "duration_minutes": 60},
        {"for": "cachorro, grande", "price": "R$ 110,00", "duration_minutes": 90},
        {"for": "cachorro, gigante", "not_accepted": True},
    ]
    assert "rates" not in found["Tosa"]


@pytest.mark.parametrize(
    ("pet", "bath"),
    [
        ({"size": "large"}, {"price": "R$ 110,00", "duration_minutes": 90}),
        ({"size": "small"}, {"price": "R$ 60,00", "duration_minutes": 45}),
        ({"size": "medium"}, {"price": "R$ 70,00", "duration_minutes": 60}),
        ({"species": "cat", "size": "small"}, {"price": "R$ 99,00", "duration_minutes": 60}),
    ],
)
async def test_with_a_pet_the_price_is_this_pets(rated: Desk, pet: dict[str, str], bath: dict[str, Any]) -> None:
    await rated.has_pet("Rex", **pet)
    assert bath.items() <= (await offers(rated, pet_name="o Rexx"))["Banho"].items()


async def test_what_the_shop_does_not_do_is_said_in_that_services_entry(rated: Desk) -> None:
    await rated.has_pet("Mel", species="cat")
    await rated.has_pet("Thor", size="giant")
    cat, giant = await offers(rated, pet_name="Mel"), await offers(rated, pet_name="Thor")
    assert "gato" in cat["Tosa"]["not_accepted"]
    assert "Thor" in giant["Banho"]["not_accepted"]
    assert "price" not in giant["Banho"]
    assert giant["Tosa"]["price"] == "R$ 120,00"


async def test_the_size_is_asked_first_and_counts_once_told_in_the_same_turn(rated: Desk) -> None:
    await rated.has_pet("Rex")
    asked = (await offers(rated, pet_name="Rex"))["Banho"]
    assert asked["price"] == "a partir de R$ 60,00"
    assert "porte" in asked["ask_first"]
    assert [rate["for"] for rate in asked["rates"]] == ["cachorro, pequeno", "cachorro, grande", "cachorro, gigante"]
    assert (await rated.call("update_pet", pet_name="Rex", size="large"))["success"]
    assert (await offers(rated, pet_name="Rex"))["Banho"]["price"] == "R$ 110,00"


async def test_another_customers_pet_has_no_price_here(rated: Desk) -> None:
    assert "não tem pet" in (await rated.call("list_services", pet_name="Bidu"))["error"]
    await rated.has_pet("Rex Grande")
    await rated.has_pet("Rex Pequeno")
    assert "Mais de um pet" in (await rated.call("list_services", pet_name="Rex"))["error"]
    assert (await rated.call("list_services", pet_name="Bidu"))["error"] == (
        'Não há pet chamado "Bidu". Os que existem: Rex Grande, Rex Pequeno.'
    )


async def test_services_by_the_night_say_so(desk: Desk) -> None:
    await desk.rows(
        "insert into services (organization_id, name, duration_minutes, price_cents, unit)"
        " values (%(o)s, 'Hotel', 60, 9000, 'night') returning 1"
    )
    assert (await offers(desk))["Hotel"]["unit"] == "por noite"


async def test_the_shop_tells_what_it_is(desk: Desk) -> None:
    today = clock.local(clock.now(), "America/Sao_Paulo").date()
    day = today + timedelta(days=3)
    await desk.rows(
        "update organization_settings set about = 'Casa amarela', closes_on_holidays = false where organization_id = %(o)s returning 1"
    )
    await desk.rows(
        "insert into closures (organization_id, starts_on, ends_on, reason) values (%(o)s, %(d)s, %(d)s, 'balanço'),"
        " (%(o)s, %(far)s, %(far)s, 'longe') returning 1",
        d=day,
        far=today + timedelta(days=90),
    )
    await desk.rows(
        "insert into pickup_zones (organization_id, name, fee_cents, is_active)"
        " values (%(o)s, 'Vila Mariana', 0, true), (%(o)s, 'Moema', 1500, true), (%(o)s, 'Santos', 9900, false) returning 1"
    )
    await desk.rows(
        "insert into packages (organization_id, service_id, name, sessions, valid_days, price_cents)"
        f" values (%(o)s, {BATH}, '4 banhos', 4, 45, 24000) returning 1"
    )
    before = desk.db.round_trips
    told = await desk.call("shop_info")
    assert desk.db.round_trips == before + 2, "the briefing of the test, and one"
    assert told["name"] == "Pet Shop Patinhas"
    assert told["opening_hours"] == dict.fromkeys(clock.WEEKDAYS[:5], "das 9h às 18h") | {"sábado": "das 9h às 13h", "domingo": "fechado"}
    assert told["unusual_days"] == [{"day": format_day(day), "hours": "fechado (balanço)"}]
    assert "Pix" in told["payment_methods"]
    assert told["about"] == "Casa amarela"
    assert told["pickup_zones"] == [{"name": "Vila Mariana", "fee": "grátis"}, {"name": "Moema", "fee": "R$ 15,00"}]
    assert told["packages"] == [{"name": "4 banhos", "service": "Banho", "sessions": 4, "valid_days": 45, "price": "R$ 240,00"}]


async def test_a_shop_that_told_nothing(desk: Desk) -> None:
    await desk.rows("delete from organization_settings where organization_id = %(o)s returning 1")
    await desk.rows("delete from business_hours where organization_id = %(o)s returning 1")
    told = await desk.call("shop_info")
    assert set(told["opening_hours"].values()) == {"fechado"}
    assert (told["payment_methods"], told["about"], told["pickup_zones"], told["packages"]) == (None, None, [], [])


def a_shop(**rules: Any) -> Shop:
    hours = tuple(Hours(n, clock.time(9), clock.time(12)) for n in range(1, 7))
    hours += tuple(Hours(n, clock.time(14), clock.time(18, 30)) for n in range(1, 6))
    return Shop("Loja", None, None, None, None, Rules("America/Sao_Paulo", hours, **rules), {date(2026, 12, 24): "véspera"}, [], [])


def test_a_break_is_said_in_order() -> None:
    week = weekly_hours(a_shop().rules)
    assert week["segunda-feira"] == "das 9h às 12h e das 14h às 18h30"
    assert week["sábado"] == "das 9h às 12h"


def test_days_in_a_row_are_one_entry_and_ordinary_ones_none() -> None:
    shop = a_shop(
        closures=(Closure(date(2026, 12, 26), date(2027, 1, 4), "férias"),),
        special={date(2026, 12, 24): ((clock.time(8), clock.time(11)),), date(2026, 12, 23): ()},
        holidays={date(2026, 12, 25): "Natal", date(2027, 1, 1): "Confraternização Universal"},
    )
    assert [day.as_json() for day in unusual_days(shop, date(2026, 12, 20), date(2027, 1, 10))] == [
        {"day": "quarta-feira, 23/12/2026", "hours": "fechado"},
        {"day": "quinta-feira, 24/12/2026", "hours": "das 8h às 11h (véspera)"},
        {"day": "sexta-feira, 25/12/2026", "hours": "fechado (Natal)"},
        {"day": "sábado, 26/12/2026", "until": "segunda-feira, 04/01/2027", "hours": "fechado (férias)"},
    ]
