"""One result of every kind and more, as tools return them on Friday, 27 November 2026, with the deed that each one's tool does."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from service.agenda.told import Appointment, Spoken
from service.language.optout import QUESTIONS
from service.language.spoken import Price
from service.turns.telling import DeedKind
from tools import agenda, analytics, appointments, catalog, consent, customers, escalation, free_slots, knowledge, records, waiting_list
from tools.results import Refused, Result

TODAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)
TUESDAY = date(2026, 12, 1)
NEW_YEAR = date(2027, 1, 5)
HALF_HOURS = tuple(time(hour, minute) for hour in (*range(9, 12), *range(14, 17)) for minute in (0, 30))


def spoken(day: date, hour: int, minute: int = 0) -> Spoken:
    return Spoken.of(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("America/Sao_Paulo")), "America/Sao_Paulo")


def appointment(pet: str = "Rex", service: str = "Banho", day: date = TUESDAY, hour: int = 10, **more: Any) -> Appointment:
    said = {"duration_minutes": 60, "price": 7000, "professional": "Bia", **more}
    return Appointment(pet=pet, service=service, date=day, weekday="", time=time(hour), **said)


def booked(**more: Any) -> agenda.Booked:
    status = more.pop("status", "scheduled")
    return agenda.Booked(**dict(appointment(**more)), status=status)


BATH, SURGERY = appointment(), appointment("Mia", "Consulta", SATURDAY, 9, price=15000, professional="Helena")
STAY = appointment(
    "Rex", "Hotel", TUESDAY, 14, until_date=date(2026, 12, 4), until_time=time(12), price=24000, professional="Canil 3",
    pickup_zone="Centro", pickup_fee=1500,
)  # fmt: skip
IN_A_PACKAGE = appointment(price=0, package="Banhos do mês")
MOVED = appointment(moved_from=spoken(TODAY, 15, 30))
PROPOSAL = appointments.Proposal.model_validate(
    {
        "kind": "book",
        "items": [
            {
                "pet": "Rex", "service": "Banho", "starts_at": "2026-12-01T10:00:00-03:00", "ends_at": "2026-12-01T11:00:00-03:00",
                "price_cents": 7000, "unit": "visit",
            }
        ],
    }
)  # fmt: skip
ASK = "Fica assim: Banho de Rex, terça-feira, 01/12/2026, às 10h, R$ 70,00. Posso confirmar?"
FREE = {"pet": "Rex", "service": "Banho", "date": TUESDAY, "weekday": "terça-feira", "duration_minutes": 90, "price": 7000}
CUSTOMER = customers.Pet(name="Rex", species="cachorro", breed="Shih-tzu", size="pequeno", coat="longo", birth_date=date(2021, 3, 2))
PERIOD = analytics.Period(label="hoje (sexta-feira, 27/11/2026)", start=TODAY, end=TODAY)
LINES = (analytics.ServiceLine(service="Banho", count=3, revenue_cents=21000, revenue=21000),)
WEEK = {
    "segunda-feira": "das 9h às 18h", "terça-feira": "das 9h às 18h", "quarta-feira": "das 9h às 18h", "quinta-feira": "das 9h às 18h",
    "sexta-feira": "das 9h às 18h", "sábado": "das 9h às 13h", "domingo": "fechado",
}  # fmt: skip

RESULTS: list[tuple[Result, DeedKind | None]] = [
    (appointments.Done(appointment=BATH), "booked"),
    (appointments.Done(appointment=STAY), "booked"),
    (appointments.Done(appointment=IN_A_PACKAGE), "booked"),
    (appointments.Done(appointment=BATH, already_booked=True), "booked"),
    (appointments.Done(appointments=(BATH, SURGERY), total=22000), "booked"),
    (appointments.Done(appointment=MOVED), "moved"),
    (appointments.Done(appointment=BATH), "cancelled"),
    (appointments.Done(appointments=(BATH, SURGERY), total=22000), "cancelled"),
    (appointments.Done(appointment=SURGERY), "confirmed"),
    (appointments.Proposed(proposal=PROPOSAL, held_until=time(9, 45), ask=ASK), "booked"),
    (appointments.NotFree(
        pet="Rex", service="Banho", error="Esse horário já passou. Mais próximos livres: …", say=("Esse horário já passou.",),
        alternatives=(spoken(SATURDAY, 10), spoken(SATURDAY, 10, 30), spoken(TUESDAY, 9)),
    ), "booked"),
    (appointments.NotFree(pet="Rex", service="Banho", error="Não dá.", alternatives=()), "booked"),
    (appointments.Unchanged(error="Já está marcado.", appointment=BATH), "moved"),
    (appointments.Unchanged(error="Acabou de mudar.", say=("Esse agendamento acabou de mudar, então não mexi nele.",)), "cancelled"),
    (appointments.Expired(error="Passou."), "booked"),
    *((appointments.Declined(message="Não quis.", kind=kind), "booked") for kind in appointments._DECLINED),
    (agenda.FreeTimes(**FREE, slots=(time(9), time(10, 30), time(14))), None),
    (agenda.FreeTimes(**FREE, slots=HALF_HOURS), None),
    (agenda.FreeTimes(**{**FREE, "date": TODAY}, slots=(time(15),), requested=agenda.Requested(time=time(15), available=True)), None),
    (agenda.FreeTimes(**FREE, slots=(time(9),), requested=agenda.Requested(time=time(15), available=False)), None),
    (agenda.FreeTimes(service="Banho", pet="seu pet", date=SATURDAY, slots=(time(9), time(12)), price=7000), None),
    (agenda.FreeDays(**FREE, days=(
        agenda.FreeDay(date=SATURDAY, weekday="sábado", slots=(time(9), time(10))),
        agenda.FreeDay(date=NEW_YEAR, weekday="terça-feira", slots=HALF_HOURS),
    ), more_days=2), None),
    (agenda.Listed(appointments=(booked(), booked(pet="Mia", service="Consulta", day=SATURDAY, hour=9, status="confirmed")), waiting_list=(
        agenda.Waiting(service="Tosa", first_date=SATURDAY, last_date=TUESDAY),
    )), None),
    (agenda.Listed(appointments=()), None),
    (waiting_list.Joined(waiting=waiting_list.Entry(
        pet="Rex", service="Banho", first_date=SATURDAY, first_weekday="sábado", last_date=SATURDAY, last_weekday="sábado"
    )), "waiting"),
    (waiting_list.Joined(already_waiting=True, waiting=waiting_list.Entry(
        pet="Rex e Mia", service="Banho", first_date=SATURDAY, first_weekday="sábado", last_date=TUESDAY, last_weekday="terça-feira"
    )), "waiting"),
    (waiting_list.Left(), None),
    (customers.Registered(pet=customers.NewPet(name="Rex", species="dog", breed="Shih-tzu", birth_date=None, size="small")), "registered"),
    (customers.Registered(pet=customers.NewPet(name="Pipoca", species="other", breed=None, birth_date=None)), "registered"),
    (customers.AlreadyRegistered(pet=CUSTOMER, message="Já estava."), "registered"),
    (customers.Updated(pet=customers.Pet(name="Rex", species="dog", size="large", notes="Medo de secador.")), "registered"),
    (customers.Updated(pet=customers.Pet(name="Rex", species="dog", died_on=TODAY), message="Sinta muito."), "registered"),
    (customers.Pets(pets=(CUSTOMER, customers.Pet(name="Mia", species="gato", notes="Arranha."))), None),
    (customers.Pets(pets=()), None),
    (customers.MyData(name="Ana", phone="5511955550001", reminders=True, pets=2), None),
    (customers.Renamed(name="Ana Paula"), None),
    (catalog.PriceList(pet="Rex", services=(
        catalog.Offer(name="Banho", description="Banho com secagem.", price=Price(7000), duration_minutes=60),
        catalog.Offer(
            name="Tosa", description=None, price=Price(9000, True),
            ask_first="O preço e a duração de Tosa dependem do tipo de pelo de Rex. É curto, médio ou longo?",
            rates=(catalog.Rate(pets="curto", price=9000, duration_minutes=60), catalog.Rate(pets="longo", not_accepted=True)),
        ),
        catalog.Offer(name="Hotel", description=None, unit="por noite", price=Price(8000), duration_minutes=1440),
        catalog.Offer(
            name="Cirurgia", description=None, booking="só com a equipe", not_accepted="Nesta loja não fazemos Cirurgia para Rex (mini)."
        ),
        catalog.Offer(name="Tartarectomia", description=None, price=Price(30000), only_for=("cachorro", "gato")),
    )), None),
    (catalog.PriceList(services=()), None),
    (catalog.ShopInfo(
        name="Patinhas", address="Rua das Acácias, 120", phone="(11) 3333-4444", opening_hours=WEEK,
        unusual_days=(catalog.UnusualDay(day=TUESDAY, hours="das 9h às 12h (balanço)"),
                      catalog.UnusualDay(day=date(2026, 12, 24), until=date(2026, 12, 26), hours="fechado (Natal)")),
        payment_methods="Pix, dinheiro e cartão", about="Cuidamos de cães e gatos desde 2010.",
        pickup_zones=(catalog.PickupZone(name="Centro", fee=1500), catalog.PickupZone(name="Vila Nova", fee=0)),
        packages=(catalog.PackageOffer(name="Banhos do mês", service="Banho", sessions=4, valid_days=30, price=24000),),
    ), None),
    (catalog.ShopInfo(name="Patinhas", address=None, phone=None, opening_hours=dict.fromkeys(WEEK, "fechado"), unusual_days=(),
                      payment_methods=None, about=None, pickup_zones=(), packages=()), None),
    (records.Packages(packages=(
        records.OwnPackage(name="Banhos do mês", service="Banho", pet="Rex", sessions_left=1, sessions=4, valid_until=TUESDAY, usable=True),
        records.OwnPackage(name="Tosas", service="Tosa", pet=None, sessions_left=0, sessions=2, valid_until=TODAY, usable=False),
    )), None),
    (records.Packages(packages=()), None),
    (records.Treatments(pets=(
        records.TreatedPet(pet="Rex", treatments=(
            records.Treatment(kind="vacina", name="V10", given_on=date(2025, 11, 20), due_on=date(2026, 11, 20), overdue=True),
            records.Treatment(kind="vermífugo", name="Drontal", given_on=None, due_on=NEW_YEAR, overdue=False),
        )),
        records.TreatedPet(pet="Mia", treatments=()),
    )), None),
    (records.Treatments(pets=()), None),
    (knowledge.Found(entries=(knowledge.Entry(title="Vacinas exigidas", content="Exigimos a V10 e a antirrábica em dia."),)), None),
    (knowledge.Found(entries=(), message="Nada."), None),
    (escalation.Called(reason="Pediu uma pessoa."), None),
    (consent.AskedWish(ask=QUESTIONS["out"]), None),
    (Refused(error="Para qual pet?", say=("Para qual pet: Rex ou Mia?", "É para Rex ou Mia?")), None),
    (Refused(error="Use register_pet."), None),
    (analytics.BusinessSummary(
        period=PERIOD, clients_served=3, bookings_by_status={"completed": 3}, by_service=LINES, revenue=21000, revenue_cents=21000,
        previous=analytics.Previous(label="ontem", clients_served=2, revenue=14000, revenue_cents=14000),
        change=analytics.Change(clients_served_percent=50.0, revenue_percent=50.0),
    ), None),
    (analytics.Ranking(period=PERIOD, services=LINES), None),
    (analytics.Inactive(clients=(
        analytics.InactiveClient(name="Ana", phone=None, pets=("Rex",), last_visit="03/08/2026", days=116),
    ), total=1, away=60), None),
    (free_slots.FreeSlots(
        date=TODAY, weekday="sexta-feira", open=True, slots=(free_slots.FreeTimesOf(service="Banho", times=(time(15),)),)
    ), None),
]  # fmt: skip
