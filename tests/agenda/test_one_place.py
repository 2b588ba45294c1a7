"""A pet is in one place at a time, unless the shop says that two services go together: a bath during a stay."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import Connection
from psycopg.errors import ExclusionViolation

from service.agenda.catalog import Service
from service.agenda.engine import Agenda, Resource, Rules, overlaps
from service.agenda.queries.proposals import Elsewhere
from service.agenda.refusals import ONE_PLACE, elsewhere
from service.agenda.visits import Desk, Item, Visit, Want
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest, Conflict
from service.platform.settings import Settings
from service.shop import board, reception
from tests.conftest import DEMO_SHOP
from tests.kit import documents, salon
from tests.kit.agendas import IDS, MONDAY, SHOP, WEEK
from tests.kit.customers import Customer, customer
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI
from tests.kit.proposing import bookings, proposed
from tests.kit.salon import ANA, BANHO, BIA, BIDU, CAIO, HELENA
from tests.kit.shop import Shop
from tests.kit.stays import HOTEL, monday, on, open_hotel

AT = datetime.fromisoformat("2031-05-05T14:00:00+00:00")
BOOK = """
insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents)
values (%(shop)s, %(contact)s, %(pet)s, %(service)s, %(resource)s, %(at)s, %(until)s, %(status)s, 1)
returning id
"""


def booking(minutes: int = 0, *, lasts: int = 60, **more: object) -> dict[str, object]:
    """Describe a bath of Bidu's with Bia; `more` says what is different, `minutes` how much later it begins."""
    at = AT + timedelta(minutes=minutes)
    given = {"shop": DEMO_SHOP, "contact": ANA, "pet": BIDU, "service": BANHO, "resource": BIA, "status": "scheduled"}
    return {**given, "at": at, "until": at + timedelta(minutes=lasts), **more}


@pytest.fixture
def conn(settings: Settings) -> Iterator[Connection]:
    with psycopg.connect(settings.database_url or "", autocommit=True) as opened:
        opened.execute(
            "insert into services (id, organization_id, name, duration_minutes, price_cents, unit)"
            " values (%s, %s, 'Hotel', 60, 1, 'night')",
            (HOTEL, DEMO_SHOP),
        )
        yield opened


@pytest.mark.parametrize(
    ("other", "is_refused"),
    [
        (booking(30, resource=CAIO), True),
        (booking(-30, resource=CAIO, lasts=600), True),
        (booking(15, resource=CAIO, lasts=15, status="in_progress"), True),
        (booking(60, resource=CAIO), False),
        (booking(-60, resource=CAIO), False),
        (booking(30, resource=CAIO, status="cancelled"), False),
        (booking(30, resource=CAIO, status="no_show"), False),
        (booking(30, resource=CAIO, status="completed"), False),
        (booking(30, resource=CAIO, pet=None), False),
        (booking(30, resource=CAIO, pet=UUID("00000000-0000-4000-8000-000000000202")), False),
    ],
)
def test_whoever_writes_a_booking(conn: Connection, other: dict[str, object], is_refused: bool) -> None:
    conn.execute(BOOK, booking())
    if not is_refused:
        conn.execute(BOOK, other)
        return
    with pytest.raises(ExclusionViolation) as refused:
        conn.execute(BOOK, other)
    assert refused.value.diag.constraint_name == ONE_PLACE


@pytest.mark.parametrize("is_second", [True, False])
def test_what_goes_together_does_in_either_order(conn: Connection, is_second: bool) -> None:
    stay = booking(-600, lasts=3000, service=HOTEL, resource=HELENA)
    first, second = (booking(), stay) if is_second else (stay, booking())
    conn.execute(BOOK, first)
    with pytest.raises(ExclusionViolation):
        conn.execute(BOOK, second)
    conn.execute(
        "insert into services_together (organization_id, service_id, with_service_id) values (%s, %s, %s)", (DEMO_SHOP, BANHO, HOTEL)
    )
    conn.execute(BOOK, second)
    # A second bath during the stay is at odds with the first all the same.
    with pytest.raises(ExclusionViolation):
        conn.execute(BOOK, booking(10, resource=CAIO))


@pytest.mark.parametrize(
    "change",
    [
        "starts_at = starts_at - interval '30 minutes'",
        "status = 'confirmed', starts_at = starts_at - interval '30 minutes'",
        f"pet_id = '{BIDU}', starts_at = starts_at - interval '30 minutes'",
    ],
)
def test_a_booking_that_comes_to_be_at_the_same_time_is_refused(conn: Connection, change: str) -> None:
    conn.execute(BOOK, booking())
    moved = conn.execute(BOOK, booking(60, resource=CAIO)).fetchone()
    with pytest.raises(ExclusionViolation):
        conn.execute(f"update bookings set {change} where id = %s".encode(), moved)


def test_one_that_is_taken_up_again_is_looked_at_again(conn: Connection) -> None:
    cancelled = conn.execute(BOOK, booking(status="cancelled")).fetchone()
    conn.execute(BOOK, booking(30, resource=CAIO))
    with pytest.raises(ExclusionViolation):
        conn.execute("update bookings set status = 'scheduled' where id = %s", cancelled)


def test_a_visit_that_moves_as_one_does_not_stand_in_its_own_way(conn: Connection) -> None:
    for made in (booking(), booking(60, resource=CAIO)):
        conn.execute(BOOK, made)
    conn.execute(
        "update bookings set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' where starts_at >= %s", (AT,)
    )


def test_of_two_at_once_the_second_waits_for_the_first(conn: Connection, settings: Settings) -> None:
    """Each with somebody of its own, so that no resource decides."""
    url = settings.database_url or ""
    waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with psycopg.connect(url) as first, psycopg.connect(url) as second, ThreadPoolExecutor(1) as at_once:
        first.execute(BOOK, booking())
        other = at_once.submit(second.execute, BOOK, booking(30, resource=CAIO))
        while not other.done() and not conn.execute(waiting).fetchall():
            pass
        first.commit()
        with pytest.raises(ExclusionViolation):
            other.result()


# At the desk


def stay(found: Desk, pet: UUID, start: datetime, days: int) -> Item:
    return Item(
        id=UUID(int=7), pet_id=pet, pet="Rex", service_id=HOTEL, service="Hospedagem", unit="night", resource_id=IDS[2], professional="3",
        starts_at=start, ends_at=start + timedelta(days=days), busy_from=start, busy_until=start + timedelta(days=days), price_cents=1,
    )  # fmt: skip


REX, MEL, DAY_CARE = UUID(int=201), UUID(int=202), UUID(int=105)


def desk(**changes: Service) -> Desk:
    """Return a desk of a bath, a hotel and day care for Rex and Mel; `changes` by the service's name."""
    services = {
        BANHO: documents.service("Banho", 60, 1, resources=[(1, IDS[0]), (1, IDS[1])]),
        HOTEL: documents.service("Hospedagem", 60, 1, unit="night", resources=[(1, IDS[2]), (1, IDS[1])]),
        DAY_CARE: documents.service("Creche", 60, 1, unit="day", resources=[(1, r) for r in IDS]),
    }
    pets = {REX: documents.pet("Rex", id=REX), MEL: documents.pet("Mel", id=MEL)}
    by_name = {service.name: key for key, service in services.items()}
    services |= {by_name[name]: service for name, service in changes.items()}
    return Desk(Agenda(Rules(SHOP, WEEK), [Resource(i, str(i)) for i in IDS], []), services, pets)


def together(found: Desk, service: UUID, *others: UUID) -> Desk:
    changed = found.services[service].model_copy(update={"together": frozenset(others)})
    return replace(found, services={**found.services, service: changed})


def test_no_time_is_offered_at_which_the_pet_is_elsewhere() -> None:
    plain, now = desk(), clock.at(MONDAY - timedelta(days=1), datetime.min.time(), SHOP)
    away = (datetime.fromisoformat("2026-03-02T10:00-03:00"), datetime.fromisoformat("2026-03-03T10:30-03:00"))
    busy = replace(plain, booked=[stay(plain, REX, away[0], 1).model_copy(update={"ends_at": away[1]})])
    bath, last = Visit(wants=(Want(pet_id=REX, service_id=BANHO),)), MONDAY + timedelta(days=2)
    everything = list(plain.starts(bath, MONDAY, last, now))
    hour = timedelta(hours=1)
    assert list(busy.starts(bath, MONDAY, last, now)) == [s for s in everything if not overlaps([away], s, s + hour)]
    assert list(together(busy, BANHO, HOTEL).starts(bath, MONDAY, last, now)) == everything
    assert list(busy.starts(Visit(wants=(Want(pet_id=MEL, service_id=BANHO),)), MONDAY, last, now)) == everything
    taken = next(s for s in everything if overlaps([away], s, s + hour))
    assert elsewhere(busy, bath, taken, now) == (
        "Rex já tem Hospedagem de segunda-feira, 02/03/2026, às 10h, até terça-feira, 03/03/2026, às 10h30,"
        " e não pode estar em dois lugares ao mesmo tempo."
    )
    assert elsewhere(plain, bath, taken, now) is None
    bathed = replace(plain, booked=[stay(plain, REX, away[0], 0).model_copy(update={"ends_at": away[0] + hour, "service": "Creche"})])
    assert (elsewhere(bathed, bath, away[0], now) or "").startswith("Rex já tem Creche na segunda-feira, 02/03/2026, das 10h às 11h, e não")
    # Where nobody is free either, that is what is said.
    closed = clock.at(MONDAY, datetime.min.time(), SHOP)
    assert elsewhere(busy, bath, closed, now) is None


def test_two_stays_of_one_pet_are_none() -> None:
    both = Visit(wants=(Want(pet_id=REX, service_id=HOTEL), Want(pet_id=REX, service_id=DAY_CARE)), nights=1)
    other_unit = documents.service("Creche", 60, 1, unit="night", resources=[(1, r) for r in IDS])
    found = desk(Creche=other_unit)
    with pytest.raises(BadRequest, match="Hospedagem e Creche de Rex seriam ao mesmo tempo"):
        found.tasks(both)
    assert len(together(found, HOTEL, other_unit.id).tasks(both)) == 2
    assert len(found.tasks(both.model_copy(update={"wants": (both.wants[0], Want(pet_id=MEL, service_id=DAY_CARE))}))) == 2


# For a customer who writes, and at the counter


async def guest(db: Database) -> Customer:
    """Make a customer whose Rex is a guest of the hotel from that Monday, 14h, to Wednesday, 12h."""
    await open_hotel(db)
    who = await customer(db, DEMO_SHOP, "Rex")
    visit = Visit(wants=(Want(pet_id=who.pets["Rex"], service_id=HOTEL),), nights=2)
    await reception.book(db, DEMO_SHOP, who.contact_id, visit, datetime.fromisoformat(on(0, 14)), by="t")
    return who


async def test_the_assistant_says_where_the_pet_is_and_offers_other_times(db: Database) -> None:
    who = await guest(db)
    tuesday = (monday() + timedelta(days=1)).isoformat()
    free = await who.call("check_availability", pet_name="Rex", service_type="Banho", preferred_date=tuesday)
    assert not free.get("slots")
    await who.says("marca banho pro Rex na terça às 10h")
    asked: dict[str, Any] = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": tuesday, "preferred_time": "10:00"}
    refused = await who.call("book_appointment", **asked)
    assert refused["error"].startswith("Rex já tem Hospedagem de segunda-feira, ")
    assert "dois lugares ao mesmo tempo" in refused["error"]
    days = {datetime.fromisoformat(offered["date"]).date() for offered in refused["alternatives"]}
    assert days
    assert monday() + timedelta(days=1) not in days
    await db.system(
        ("insert into services_together (organization_id, service_id, with_service_id) values (%(o)s, %(b)s, %(h)s)",
            {"o": DEMO_SHOP, "b": BANHO, "h": HOTEL}),
    )  # fmt: skip
    assert (await who.call("book_appointment", **asked)).get("awaiting_confirmation")


async def test_at_the_counter_it_is_refused_with_the_reason(db: Database) -> None:
    who = await guest(db)
    bath = Visit(wants=(Want(pet_id=who.pets["Rex"], service_id=BANHO),))
    with pytest.raises(Conflict, match=r"^Rex já tem Hospedagem .* ao mesmo tempo\.$"):
        await reception.book(db, DEMO_SHOP, who.contact_id, bath, datetime.fromisoformat(on(1, 10)), by="t")
    (item,) = await reception.book(db, DEMO_SHOP, who.contact_id, bath, datetime.fromisoformat(on(3, 10)), by="t")
    with pytest.raises(Conflict, match="Rex já tem Hospedagem"):
        await reception.reschedule(db, DEMO_SHOP, item.id, datetime.fromisoformat(on(1, 10)), by="t")
    # Its own time is none that it is elsewhere at.
    await reception.reschedule(db, DEMO_SHOP, item.id, datetime.fromisoformat(on(3, 10, 30)), by="t")


async def test_who_looked_before_the_other_was_booked_is_told_so(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk was loaded when the pet was free: the database has the last word, and its word is a sentence."""
    who = await guest(db)
    bath = Visit(wants=(Want(pet_id=who.pets["Rex"], service_id=BANHO),))
    monkeypatch.setattr(Desk, "plans_at", lambda self, visit, start, now, real=Desk.plans_at: real(self.anywhere(), visit, start, now))
    with pytest.raises(Elsewhere, match="O pet já tem outro agendamento nesse horário"):
        await reception.book(db, DEMO_SHOP, who.contact_id, bath, datetime.fromisoformat(on(1, 10)), by="t")


async def test_a_yes_that_comes_when_the_pet_is_elsewhere_by_now(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """The bath was proposed and held; then the shop took the pet in for the same hour, with somebody else."""
    conversation = await proposed(shop, openai)
    await shop.rows(
        "insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, price_cents)"
        " select p.organization_id, p.contact_id, p.id, s.id, r.id, a.starts_at, a.ends_at, 1"
        " from allocations a, pets p join conversations c on c.contact_id = p.contact_id, services s, resources r"
        " where a.proposal_id is not null and c.id = %(c)s and s.name = 'Consulta' and r.name = 'Dra. Helena' returning id",
        c=conversation,
    )
    openai.script(["Vou ver."])
    await shop.say("sim")
    assert [pet for pet, _ in await bookings(shop, conversation)] == ["Rex"]
    assert "outro agendamento" in meta.sends[-1].text
    assert "horário" in meta.sends[-1].text


async def test_on_the_board_none_is_taken_up_beside_another(db: Database) -> None:
    cancelled = await salon.book(db, minutes=24 * 60, status="cancelled")
    await salon.book(db, minutes=24 * 60 + 30, resource_id=CAIO)
    with pytest.raises(Conflict, match=r"Não dá para voltar atrás, porque o pet já tem outro agendamento nesse horário\."):
        await board.move(db, DEMO_SHOP, cancelled, "undo", by="t", step="cancelled")
