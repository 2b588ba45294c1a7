"""What the shop offers, when it opens, and what it costs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from service.agenda import opening, prices
from service.agenda.catalog import Pet, Service
from service.agenda.queries import catalog
from service.agenda.queries.catalog import Shop
from service.language.formatting import format_length, listed
from service.language.money import format_brl
from service.language.spoken import Brl, DayInWords, Fee, Price, PriceInWords, Told, left_out
from service.language.words import SPECIES
from service.platform.database import Database
from service.platform.errors import BadRequest
from service.shop.queries import customers
from service.turns.sentences import UNKNOWN, by_the_team, clipped, ended
from service.turns.shop_sentences import (
    Offered,
    package_fact,
    payment_facts,
    pickup_facts,
    place_facts,
    price_facts,
    service_fact,
    unusual_fact,
    week_fact,
)  # fmt: skip
from service.turns.telling import DeedKind, Fact, Voice, itemised
from tools.definition import tool
from tools.names import one_of
from tools.results import Result
from tools.runtime import Run, briefing_of, today_of
from tools.said import Said

DAYS_AHEAD = 30
UNITS = {"visit": "por atendimento", "day": "por dia", "night": "por noite"}


class Rate(Told):
    """What a service costs and takes for some pets ("cachorro, grande"), or that it is not done for them."""

    pets: str = Field(alias="for")
    price: Brl | None = left_out()
    duration_minutes: int | None = left_out()
    not_accepted: Literal[True] | None = left_out()

    @property
    def costs(self) -> str:
        """Write what it costs and takes, or that it is not done."""
        if self.not_accepted or self.price is None:
            return "não fazemos"
        return format_brl(self.price) + (f", leva {format_length(self.duration_minutes)}" if self.duration_minutes else "")


class Offer(Told):
    """A service, for a pet where one is named: with its terms, or why there are none.

    `rates` are the prices behind an "a partir de", for a question about "um cachorro grande" of which nothing more is known.
    """

    name: str
    description: str | None
    unit: str | None = left_out()
    booking: str | None = left_out()
    price: PriceInWords | None = left_out()
    duration_minutes: int | None = left_out()
    only_for: tuple[str, ...] = left_out(())
    not_accepted: str | None = left_out()
    ask_first: str | None = left_out()
    rates: tuple[Rate, ...] = left_out(())

    def tell(self, pet: str | None, voice: Voice) -> list[Fact]:
        """Tell what is beside its price: that it is not done, what must be known first, what it is, what it costs for some pets."""
        facts = []
        if self.not_accepted:
            facts.append(Fact.of("prices", self.not_accepted, names=[self.name, pet]))
        if self.ask_first:
            facts.append(Fact.of("question", self.ask_first, names=[self.name, pet]))
        if self.booking:
            facts.append(Fact.of("shop", by_the_team(self.name), names=[self.name]))
        if self.only_for:
            facts.append(Fact.of("prices", f"{self.name} é só para {listed(self.only_for)}.", names=[self.name]))
        if self.description:
            facts.append(service_fact(self.name, self.description))
        return [*facts, *self._rated()]

    def _rated(self) -> list[Fact]:
        """Tell what it costs for each kind of pet, and for all of them."""
        if not self.rates:
            return []
        name = self.name
        each = [Fact.of("prices", f"{name} ({rate.pets}): {rate.costs}.", names=[name], cents=[rate.price]) for rate in self.rates]
        lines = itemised([f"{rate.pets}: {rate.costs}" for rate in self.rates])
        whole = Fact.of("prices", f"{self.name}, conforme o pet:\n{lines}", names=[self.name], cents=[rate.price for rate in self.rates])
        return [*each, whole]


class PriceList(Result):
    """The shop's services, for one pet where it is named."""

    pet: str | None = left_out()
    services: tuple[Offer, ...]

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        if not self.services:
            return [Fact.of("prices", voice.choose(UNKNOWN))]
        priced = [
            Offered(offer.name, offer.price, self.pet, offer.duration_minutes, None if offer.unit == UNITS["visit"] else offer.unit)
            for offer in self.services
            if offer.price
        ]
        return [*price_facts(priced, voice), *(fact for offer in self.services for fact in offer.tell(self.pet, voice))]


class UnusualDay(Told):
    """A day, or the days `until` another, on which the shop does not keep its week's hours."""

    day: DayInWords
    until: DayInWords | None = left_out()
    hours: str


class PickupZone(Told):
    """Where pets are fetched, and for how many cents."""

    name: str
    fee: Fee


class PackageOffer(Told):
    """A package that can be bought."""

    name: str
    service: str
    sessions: int
    valid_days: int
    price: Brl


class ShopInfo(Result):
    """What the shop is, when it opens, how one pays. What it has not told is None."""

    name: str
    address: str | None
    phone: str | None
    opening_hours: dict[str, str]
    unusual_days: tuple[UnusualDay, ...]
    payment_methods: str | None
    about: str | None
    pickup_zones: tuple[PickupZone, ...]
    packages: tuple[PackageOffer, ...]

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return [
            week_fact(self.opening_hours, voice),
            *(unusual_fact(day.day, day.until or day.day, day.hours, voice) for day in self.unusual_days),
            *place_facts(self.name, self.address, self.phone, voice),
            *payment_facts(self.payment_methods, voice),
            *([Fact.of("shop", ended(clipped(self.about)))] if self.about else []),
            *pickup_facts([(zone.name, zone.fee) for zone in self.pickup_zones], voice),
            *(package_fact(p.name, p.service, p.sessions, p.valid_days, p.price, voice) for p in self.packages),
            *([] if self.pickup_zones else [Fact.of("shop", "Não temos leva e traz cadastrado.")]),
            *([] if self.packages else [Fact.of("shop", "Não temos pacotes à venda no momento.")]),
        ]


def price_from(service: Service) -> Price:
    """Return what a service costs where nobody knows yet for which pet."""
    return Price(*prices.lowest(service))


def unusual_days(shop: Shop, first: date, last: date) -> tuple[UnusualDay, ...]:
    """Return the days on which the shop does not keep its week's hours; those in a row of which the same is to be said are one entry."""
    return tuple(
        UnusualDay(day=run.first, until=run.last if run.last > run.first else None, hours=run.hours)
        for run in opening.unusual_days(shop.rules, shop.reasons, first, last)
    )


def _offer(service: Service, pet: Pet | None) -> Offer:
    """Tell a service as the model reads it, for a pet where one is named."""
    told: dict[str, Any] = {"name": service.name, "description": service.description}
    if service.unit != "visit":
        told["unit"] = UNITS[service.unit]
    if not service.ai_may_book:
        told["booking"] = "só com a equipe"
    if pet is None:
        only = tuple(SPECIES.get(s, s) for s in service.species or ())
        minutes = service.duration_minutes
        return Offer(**told, price=price_from(service), duration_minutes=minutes, only_for=only, rates=_rates(service))
    try:
        found = prices.terms(service, pet)
    except prices.NotAccepted as refused:
        return Offer(**told, not_accepted=str(refused))
    except prices.Unknown as unknown:
        return Offer(**told, price=price_from(service), ask_first=str(unknown), rates=_rates(service, pet.species))
    return Offer(**told, price=Price(found.price_cents), duration_minutes=found.duration_minutes)


def _rates(service: Service, species: str | None = None) -> tuple[Rate, ...]:
    return tuple(
        Rate(pets=words, price=own.price_cents, duration_minutes=own.duration_minutes) if own else Rate(pets=words, not_accepted=True)
        for words, own in prices.rates(service, species)
    )


async def _pet_named(db: Database, runtime: Run, wanted: str) -> Pet:
    # Read anew: what the price depends on may have been told in this very turn.
    known = await customers.pets(db, runtime.context.organization_id, runtime.context.contact_id)
    if not known:
        raise BadRequest(
            "O cliente ainda não tem pet cadastrado. Pergunte nome, espécie e porte, ou liste os serviços sem pet_name.",
            say=("Para o valor exato, me conta do pet: qual é o nome, a espécie e o porte?", "Qual é o nome, a espécie e o porte do pet?"),
        )
    return one_of(wanted, known, "pet")


@tool()
async def list_services(db: Database, runtime: Run, pet_name: Annotated[str | None, Said.PET] = None) -> PriceList:
    """Serviços com preço e duração; com pet_name, o preço exato para o pet. Se vier "ask_first", pergunte isso ao cliente.

    Args:
        pet_name: pet cadastrado, se o preço é para ele.
    """
    pet = await _pet_named(db, runtime, pet_name) if pet_name else None
    services = tuple(_offer(service, pet) for service in briefing_of(runtime).services)
    return PriceList(pet=pet.name if pet else None, services=services)


@tool()
async def shop_info(db: Database, runtime: Run) -> ShopInfo:
    """Loja: dias e horas em que abre, feriados, endereço, telefone, pagamento, leva e traz, pacotes à venda."""
    today = today_of(runtime)
    last = today + timedelta(days=DAYS_AHEAD)
    shop = await catalog.shop(db, runtime.context.organization_id, today, last)
    return ShopInfo(
        name=shop.name,
        address=shop.address,
        phone=shop.phone,
        opening_hours=opening.weekly_hours(shop.rules),
        unusual_days=unusual_days(shop, today, last),
        payment_methods=shop.payment_methods,
        about=shop.about,
        pickup_zones=tuple(PickupZone(name=zone.name, fee=zone.fee_cents) for zone in shop.pickup_zones),
        packages=tuple(
            PackageOffer(
                name=package.name,
                service=package.service,
                sessions=package.sessions,
                valid_days=package.valid_days,
                price=package.price_cents,
            )
            for package in shop.packages
        ),
    )


TOOLS = (list_services, shop_info)
