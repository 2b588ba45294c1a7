"""What is true of a conversation before anything is looked up: the facts that its briefing holds."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from zlib import crc32

from service.agenda import holidays, opening, prices, proposals
from service.agenda.catalog import Service
from service.agenda.engine import Rules
from service.language.formatting import format_time, listed
from service.language.spoken import Price
from service.platform import clock
from service.turns.briefing import Briefing
from service.turns.sentences import UNKNOWN, Booking, Known, appointment_facts, by_the_team, described, pet_facts
from service.turns.shop_sentences import (
    UNITS,
    Offered,
    day_fact,
    open_now_fact,
    payment_facts,
    place_facts,
    price_facts,
    service_fact,
    unusual_fact,
    week_fact,
)  # fmt: skip
from service.turns.telling import Fact, Voice

# The days that are told one by one, and those of which only what is out of the ordinary is.
DAYS_AHEAD = 14
UNUSUAL_AHEAD = 60


def voice_of(briefing: Briefing) -> Voice:
    """Return how the shop speaks in this turn: its tone, and other wordings for other messages."""
    last = briefing.history[-1].seq if briefing.history else 0
    seed = crc32(f"{briefing.conversation_id}{last}".encode())
    return Voice.in_tone(briefing.settings.ai_personality.tone, seed, briefing.local_date)


def standing_facts(briefing: Briefing, voice: Voice, named: Iterable[date] = ()) -> list[Fact]:
    """Return everything that a reply may state without a look: of the shop, the moment, the customer, and that the rest is not known.

    `named` are days that the customer named: their hours are told by themselves, too, as far ahead as they are known.
    """
    return [
        *_question(briefing),
        *appointment_facts([Booking.coming(booked, briefing.zone) for booked in briefing.appointments], voice),
        *_pets(briefing, voice),
        *_hours(briefing, voice, frozenset(named)),
        *_services(briefing, voice),
        *place_facts(briefing.organization.name, briefing.organization.address, briefing.organization.phone, voice),
        *payment_facts(briefing.settings.payment_methods, voice),
        *_shop(briefing, voice),
        Fact.of("knowledge", voice.choose(UNKNOWN)),
    ]


def _question(briefing: Briefing) -> Iterator[Fact]:
    """Yield what the customer was asked and has not answered: it may be asked again, in the same words."""
    proposal = briefing.proposal
    if proposal is None or proposal.expired:
        return
    instants = [clock.local(item.starts_at, briefing.zone) for item in proposal.items]
    yield Fact.of(
        "question", proposals.ask(proposal.kind, proposal.items, briefing.zone),
        names=[name for item in proposal.items for name in (item.pet, item.service, item.package, item.pickup_zone, item.professional)],
        days=[instant.date() for instant in instants],
        times=[instant.time() for instant in instants],
        cents=[item.price_cents for item in proposal.items],
    )  # fmt: skip


def _pets(briefing: Briefing, voice: Voice) -> list[Fact]:
    today = briefing.local_date
    return pet_facts([Known(p.name, described(p.species, p.breed, p.size, p.coat, p.birth_date, today)) for p in briefing.pets], voice)


def _hours(briefing: Briefing, voice: Voice, named: frozenset[date]) -> Iterator[Fact]:
    """Yield whether the shop is open, and when it opens: this week, the days ahead, and what is out of the ordinary."""
    if not briefing.hours:
        return
    rules, reasons, today = _rules(briefing), {s.day: s.reason for s in briefing.special_hours if s.reason}, briefing.local_date
    yield open_now_fact(rules, briefing.now, voice)
    yield week_fact(opening.weekly_hours(rules), voice)
    unusual = opening.unusual_days(rules, reasons, today, today + timedelta(days=UNUSUAL_AHEAD))
    out_of_turn = {run.first + timedelta(days=n): run.hours for run in unusual for n in range((run.last - run.first).days + 1)}
    for day in (today + timedelta(days=n) for n in range(UNUSUAL_AHEAD)):
        if day not in named and day >= today + timedelta(days=DAYS_AHEAD):
            continue
        yield day_fact(day, out_of_turn.get(day) or opening.hours_of_day(rules, day), voice)
    for run in unusual:
        if run.first < run.last or (run.first >= today + timedelta(days=DAYS_AHEAD) and run.first not in named):
            yield unusual_fact(run.first, run.last, run.hours, voice)


def _rules(briefing: Briefing) -> Rules:
    """Return the shop's hours, complete for the days that are told."""
    special: dict[date, list[tuple[time, time]]] = {}
    for hours in briefing.special_hours:
        stretches = special.setdefault(hours.day, [])
        if hours.opens_at is not None and hours.closes_at is not None:
            stretches.append((hours.opens_at, hours.closes_at))
    today, state = briefing.local_date, briefing.organization.state or ""
    closed = holidays.between(state, today, today + timedelta(days=UNUSUAL_AHEAD)) if briefing.settings.closes_on_holidays else {}
    return Rules(briefing.zone, briefing.hours, briefing.closures, {day: tuple(some) for day, some in special.items()}, closed)


def _services(briefing: Briefing, voice: Voice) -> list[Fact]:
    """Return what each service costs: for whom nobody has said yet, and for each pet on record that decides about it."""
    general = price_facts([_offered(service) for service in briefing.services], voice)
    if briefing.services:
        names = [service.name for service in briefing.services]
        text = voice.choose((f"Trabalhamos com: {listed(names)}.", f"Os serviços da loja são: {listed(names)}."))
        general.append(Fact.of("shop", text, names=names, about="serviços"))
    named = [service_fact(service.name, service.description) for service in briefing.services if service.description]
    by_team = [Fact.of("shop", by_the_team(service.name), names=[service.name]) for service in briefing.services if not service.ai_may_book]
    return [*general, *named, *by_team, *(fact for service in briefing.services for fact in _for_their_pets(service, briefing, voice))]


def _offered(service: Service) -> Offered:
    return Offered(service.name, Price(*prices.lowest(service)), None, service.duration_minutes, UNITS.get(service.unit))


def _for_their_pets(service: Service, briefing: Briefing, voice: Voice) -> Iterator[Fact]:
    for pet in briefing.pets:
        try:
            found = prices.terms(service, pet)
        except prices.NotAccepted as refused:
            yield Fact.of("prices", str(refused), names=[service.name, pet.name])
        except prices.Unknown as unknown:
            yield Fact.of("question", str(unknown), names=[service.name, pet.name])
        else:
            unit = UNITS.get(service.unit)
            yield from price_facts([Offered(service.name, Price(found.price_cents), pet.name, found.duration_minutes, unit)], voice)


def _shop(briefing: Briefing, voice: Voice) -> Iterator[Fact]:
    """Yield who answers and what for, and what day and time it is."""
    name, shop = briefing.settings.ai_personality.name, briefing.organization.name
    who = f"Aqui é {name}, assistente virtual da loja {shop}." if name else f"Aqui é o atendimento virtual da loja {shop}."
    yield Fact.of("shop", who, names=[name, shop], about="robô humano humana máquina inteligência artificial verdade")
    helps = (
        "Posso ajudar com serviços e preços, cadastro de pets, horários e agendamentos, ou chamar alguém da equipe.",
        "Por aqui eu vejo preços, horários e agendamentos, cuido do cadastro dos pets e, se precisar, chamo a equipe.",
    )
    yield Fact.of("shop", voice.choose(helps))
    yield Fact.of("shop", voice.choose(("Com isso eu não consigo ajudar por aqui.", "Esse assunto eu não consigo resolver por aqui.")))
    today, now = briefing.local_date, briefing.local_now.time().replace(second=0, microsecond=0)
    yield Fact.of("shop", f"Hoje é {Voice(today=today).day(today).removeprefix('hoje, ')}.", days=[today])
    yield Fact.of("shop", f"Agora são {format_time(now)}.", times=[now])
