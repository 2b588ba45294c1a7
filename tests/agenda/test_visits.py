"""A visit through the desk: what is offered is what is booked, at the length and price of these very pets."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.agenda.catalog import BoughtPackage, Guest, PickupZone, Prerequisite, Rate, Service
from service.agenda.engine import Agenda, Resource, Rules
from service.agenda.visits import Desk, Item, Visit, Want, in_each_others_way, rescheduled
from service.platform import clock
from service.platform.errors import BadRequest
from tests.kit import documents
from tests.kit.agendas import IDS, MONDAY, SHOP, WEEK, shops
from tests.kit.documents import rate

BATH, TRIM, HOTEL = (UUID(int=n) for n in (101, 102, 103))
REX, MEL = UUID(int=201), UUID(int=202)
SIZES = ("small", "large")


def service(name: str, minutes: int, needs: list[list[UUID]], *rates: Rate, **more: Any) -> Service:
    resources = [(number, r) for number, need in enumerate(needs) for r in need]
    return documents.service(name, minutes, minutes * 100, *rates, resources=resources, **more)


def pet(name: str, size: str = "small", **more: Any) -> Guest:
    return documents.pet(name, size=size, coat="short", **more)


@st.composite
def desks(draw: st.DrawFn) -> tuple[Desk, datetime, Visit]:
    rules, resources, busy, now = draw(shops())
    need = st.lists(st.sampled_from(IDS), min_size=1, unique=True)
    bath = service("Banho", 30, [draw(need)], rate(60, size="large", duration_minutes=60), after=draw(st.sampled_from([0, 15])))
    trim = service("Tosa", 45, draw(st.lists(need, min_size=1, max_size=2)))
    pets = {REX: pet("Rex", draw(st.sampled_from(SIZES))), MEL: pet("Mel", draw(st.sampled_from(SIZES)))}
    want = st.builds(Want, pet_id=st.sampled_from([REX, MEL]), service_id=st.sampled_from([BATH, TRIM]))
    wants = draw(st.lists(want, min_size=1, max_size=3, unique=True))
    desk = Desk(Agenda(rules, resources, busy), {BATH: bath, TRIM: trim}, pets)
    return desk, now, Visit(wants=tuple(wants), weeks=draw(st.sampled_from([1, 1, 2])))


@settings(max_examples=150)
@given(desks(), st.integers(0, 1))
def test_what_is_offered_is_bookable_and_what_is_not_is_refused(given_desk: tuple[Desk, datetime, Visit], ahead: int) -> None:
    desk, now, visit = given_desk
    zone = desk.agenda.rules.zone
    day = clock.local(now, zone).date() + timedelta(days=ahead)
    offered = set(desk.starts(visit, day, day, now))
    moment = clock.at(day, time(0), zone)
    while clock.local(moment, zone).date() == day:
        plans = desk.plans_at(visit, moment, now)
        assert (plans is not None) == (moment in offered)
        if plans:
            items = desk.items(visit, plans)
            assert len(items) == len(visit.wants) * visit.weeks
            assert min(item.starts_at for item in items) == moment
            for item, want in zip(items, visit.wants * visit.weeks, strict=True):
                terms = desk.terms(want)
                assert item.ends_at - item.starts_at == timedelta(minutes=terms.duration_minutes)
                assert item.price_cents == terms.price_cents
        moment += timedelta(minutes=15)


def desk(*services: tuple[UUID, Service], **more: Any) -> Desk:
    resources = [Resource(i, str(i)) for i in IDS]
    return Desk(Agenda(Rules(SHOP, WEEK), resources, []), dict(services), {REX: pet("Rex"), MEL: pet("Mel")}, **more)


NOON_BEFORE = clock.at(MONDAY - timedelta(days=1), time(12), SHOP)


def at(hour: int, day: date = MONDAY) -> datetime:
    return clock.at(day, time(hour), SHOP)


def items_of(found: Desk, visit: Visit, hour: int = 9) -> list[Item]:
    plans = found.plans_at(visit, at(hour), NOON_BEFORE)
    assert plans
    return found.items(visit, plans)


def test_a_package_is_used_while_it_lasts_and_the_fetching_is_paid_once() -> None:
    package = BoughtPackage(
        id=UUID(int=1), service_id=BATH, pet_id=None, name="4 banhos", sessions=4, left=1, price_cents=10000,
        starts_on=MONDAY, expires_on=MONDAY,
    )  # fmt: skip
    zone = {UUID(int=9): PickupZone(id=UUID(int=9), name="Centro", fee_cents=1500)}
    found = desk((BATH, service("Banho", 30, [IDS[:2]])), packages=[package], zones=zone)
    both = Visit(wants=(Want(pet_id=REX, service_id=BATH), Want(pet_id=MEL, service_id=BATH)), pickup_zone_id=UUID(int=9))
    rex, mel = items_of(found, both)
    assert (rex.package, rex.price_cents, rex.pickup_fee_cents) == ("4 banhos", 2500, 1500)
    assert (mel.package, mel.price_cents, mel.pickup_fee_cents) == (None, 3000, 0)


def test_a_package_counts_on_its_days_for_its_pet() -> None:
    mels = BoughtPackage(
        id=UUID(int=1), service_id=BATH, pet_id=MEL, name="p", sessions=4, left=4, price_cents=1, starts_on=MONDAY, expires_on=MONDAY
    )
    late = mels.model_copy(update={"pet_id": None, "starts_on": MONDAY + timedelta(days=1), "expires_on": MONDAY + timedelta(days=9)})
    found = desk((BATH, service("Banho", 30, [IDS[:1]])), packages=[late, mels])
    assert items_of(found, Visit(wants=(Want(pet_id=REX, service_id=BATH),)))[0].package is None
    assert items_of(found, Visit(wants=(Want(pet_id=MEL, service_id=BATH),)))[0].package == "p"


@pytest.mark.parametrize(
    ("visit", "why"),
    [
        (Visit(wants=()), "de 1 a"),
        (Visit(wants=(Want(pet_id=REX, service_id=BATH),) * 2), "duas vezes"),
        (Visit(wants=(Want(pet_id=REX, service_id=BATH), Want(pet_id=REX, service_id=HOTEL)), nights=1), "em separado"),
        (Visit(wants=(Want(pet_id=REX, service_id=HOTEL),)), "noites"),
        (Visit(wants=(Want(pet_id=REX, service_id=HOTEL),), nights=1, weeks=2), "não se repete"),
        (Visit(wants=(Want(pet_id=REX, service_id=BATH),), weeks=13), "semanas"),
        (Visit(wants=(Want(pet_id=REX, service_id=BATH),), resource_id=IDS[2]), "não faz"),
    ],
)
def test_what_no_visit_is(visit: Visit, why: str) -> None:
    found = desk((BATH, service("Banho", 30, [IDS[:1]])), (HOTEL, service("Hotel", 60, [IDS], unit="night")))
    with pytest.raises(BadRequest, match=why):
        found.tasks(visit)


def test_a_hotel_costs_by_the_night_and_lasts_across_closed_days() -> None:
    found = desk((HOTEL, service("Hotel", 60, [IDS], unit="night")))
    friday = MONDAY + timedelta(days=4)
    visit = Visit(wants=(Want(pet_id=REX, service_id=HOTEL),), nights=3)
    (start,) = found.starts(visit, friday, friday, NOON_BEFORE)
    plans = found.plans_at(visit, start, NOON_BEFORE)
    assert plans
    (item,) = found.items(visit, plans)
    assert item.price_cents == 3 * 6000
    assert (item.starts_at, item.ends_at) == (at(14, friday), at(12, friday + timedelta(days=3)))


def test_a_prerequisite_counts_when_it_was_done_lately() -> None:
    needed = Prerequisite(id=TRIM, name="Avaliação", days=30)
    found = desk((HOTEL, service("Hotel", 60, [IDS], unit="night", prerequisite=needed)))
    want = Want(pet_id=REX, service_id=HOTEL)
    assert found.missing_prerequisite(want, NOON_BEFORE) == "Avaliação"
    for days, missing in ((29, None), (31, "Avaliação")):
        found = replace(found, pets={REX: pet("Rex", completed={TRIM: NOON_BEFORE - timedelta(days=days)})})
        assert found.missing_prerequisite(want, NOON_BEFORE) == missing


def test_a_visit_that_would_move_into_its_own_places_is_not_offered() -> None:
    found = desk((BATH, service("Banho", 60, [IDS[:1]])))
    rex, mel = items_of(found, Visit(wants=(Want(pet_id=REX, service_id=BATH), Want(pet_id=MEL, service_id=BATH))))
    later = [rescheduled(i, i.starts_at + timedelta(hours=1), i.ends_at + timedelta(hours=1), [i.resource_id], "Bia") for i in (rex, mel)]
    assert in_each_others_way([rex, mel], later)
    assert not in_each_others_way([rex], later[:1])
    assert later[0].was == rex.starts_at
