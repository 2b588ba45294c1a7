"""What the shop offers, when it opens, and what it costs."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from langchain_core.tools import BaseTool, tool

from service.agenda import engine, prices
from service.agenda.catalog import Pet, Service
from service.agenda.queries import catalog
from service.agenda.queries.catalog import Shop
from service.language.formatting import format_day, format_time
from service.language.money import format_brl
from service.language.words import SPECIES
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest
from service.shop.queries import customers
from tools.names import one_of
from tools.runtime import Run, briefing_of, today_of

DAYS_AHEAD = 30
UNITS = {"visit": "por atendimento", "day": "por dia", "night": "por noite"}


def price_from(service: Service) -> str:
    """What a service costs where nobody knows yet for which pet."""
    cents, varies = prices.lowest(service)
    return f"a partir de {format_brl(cents)}" if varies else format_brl(cents)


def weekly_hours(rules: engine.Rules) -> dict[str, str]:
    """When the shop opens on each day of an ordinary week, in words."""
    return {
        name: _stretches([(h.opens_at, h.closes_at) for h in rules.hours if h.weekday == weekday])
        for weekday, name in enumerate(clock.WEEKDAYS, start=1)
    }


def unusual_days(shop: Shop, first: date, last: date) -> list[dict[str, str]]:
    """The days on which the shop does not keep its week's hours; those in a row of which the same is to be said are one entry."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    runs = groupby(((day, _unusual(shop, day)) for day in days), key=itemgetter(1))
    return [_run([day for day, _ in run], words) for words, run in runs if words]


def _run(days: Sequence[date], words: str) -> dict[str, str]:
    until = {"until": format_day(days[-1])} if len(days) > 1 else {}
    return {"day": format_day(days[0]), **until, "hours": words}


def _unusual(shop: Shop, day: date) -> str | None:
    reason = engine.closed_for(shop.rules, day)
    if reason is None and day not in shop.rules.special:
        return None
    reason = reason or shop.reasons.get(day)
    zone = shop.rules.zone
    stretches = [(clock.local(a, zone).time(), clock.local(b, zone).time()) for a, b in engine.opening(shop.rules, day)]
    return f"{_stretches(stretches)}{f' ({reason})' if reason else ''}"


def _stretches(stretches: Sequence[tuple[time, time]]) -> str:
    words = [f"das {format_time(opens)} às {format_time(closes)}" for opens, closes in sorted(stretches)]
    return " e ".join(words) or "fechado"


def _offer(service: Service, pet: Pet | None) -> dict[str, Any]:
    """A service as the model reads it, for a pet where one is named: with its terms, or why there are none."""
    told = {"name": service.name, "description": service.description}
    if service.unit != "visit":
        told["unit"] = UNITS[service.unit]
    if not service.ai_may_book:
        told["booking"] = "só com a equipe"
    if pet is None:
        only = {"only_for": [SPECIES.get(s, s) for s in service.species]} if service.species else {}
        return {**told, "price": price_from(service), "duration_minutes": service.duration_minutes, **only, **_rates(service)}
    try:
        found = prices.terms(service, pet)
    except prices.NotAccepted as refused:
        return {**told, "not_accepted": str(refused)}
    except prices.Unknown as unknown:
        return {**told, "price": price_from(service), "ask_first": str(unknown), **_rates(service, pet.species)}
    return {**told, "price": format_brl(found.price_cents), "duration_minutes": found.duration_minutes}


def _rates(service: Service, species: str | None = None) -> dict[str, Any]:
    """The prices behind an "a partir de", for a question about "um cachorro grande" of which nothing more is known."""
    listed = [
        {"for": words, "price": format_brl(own.price_cents), "duration_minutes": own.duration_minutes}
        if own
        else {"for": words, "not_accepted": True}
        for words, own in prices.rates(service, species)
    ]
    return {"rates": listed} if listed else {}


def catalog_tools(db: Database) -> list[BaseTool]:
    """Tools over the shop and its services."""

    async def pet_named(runtime: Run, wanted: str) -> Pet:
        # Read anew: what the price depends on may have been told in this very turn.
        known = await customers.pets(db, runtime.context.organization_id, runtime.context.contact_id)
        if not known:
            raise BadRequest("O cliente ainda não tem pet cadastrado. Pergunte nome, espécie e porte, ou liste os serviços sem pet_name.")
        return one_of(wanted, known, "pet")

    @tool(parse_docstring=True)
    async def list_services(runtime: Run, pet_name: str | None = None) -> dict[str, Any]:
        """Lista os serviços da loja com preço e duração. Use quando perguntarem o que a loja faz ou quanto custa.

        Com pet_name vem o preço exato para aquele pet. Se vier "ask_first", pergunte isso ao cliente, grave com update_pet e liste de novo;
        "not_accepted" é serviço que a loja não faz nesse pet; "booking" diz quando só a equipe agenda. "a partir de" não é preço fechado:
        de um pet cujo porte o cliente disse, vale o de "rates".

        Args:
            pet_name: o pet cadastrado do cliente para o qual ele quer saber o preço.
        """
        pet = await pet_named(runtime, pet_name) if pet_name else None
        services = [_offer(service, pet) for service in briefing_of(runtime).services]
        return {**({"pet": pet.name} if pet else {}), "services": services}

    @tool(parse_docstring=True)
    async def shop_info(runtime: Run) -> dict[str, Any]:
        """Dados da loja: endereço, telefone, horário de cada dia da semana, feriados e fechamentos dos próximos 30 dias, formas de
        pagamento, bairros e taxas do leva e traz, pacotes à venda. Use quando perguntarem qualquer um desses. O que vier vazio a loja
        não informou.
        """
        today = today_of(runtime)
        last = today + timedelta(days=DAYS_AHEAD)
        shop = await catalog.shop(db, runtime.context.organization_id, today, last)
        return {
            "name": shop.name,
            "address": shop.address,
            "phone": shop.phone,
            "opening_hours": weekly_hours(shop.rules),
            "unusual_days": unusual_days(shop, today, last),
            "payment_methods": shop.payment_methods,
            "about": shop.about,
            "pickup_zones": [
                {"name": zone.name, "fee": format_brl(zone.fee_cents) if zone.fee_cents else "grátis"} for zone in shop.pickup_zones
            ],
            "packages": [
                {
                    "name": package.name,
                    "service": package.service,
                    "sessions": package.sessions,
                    "valid_days": package.valid_days,
                    "price": format_brl(package.price_cents),
                }
                for package in shop.packages
            ],
        }

    return [list_services, shop_info]
