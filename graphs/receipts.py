"""What backs a reply of the client agent: the evidence that a turn's briefing and messages hold (`service.turns.receipts` judges by it).

What a tool's result backs, its type says (`tools.results.Result.back`); here it is only collected.
"""

from collections.abc import Sequence
from datetime import time, timedelta

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from graphs.history import NOTE, TEAM
from graphs.state import State
from service.agenda import prices
from service.language.claims import ClaimKind
from service.language.days import LOOK_AHEAD_DAYS
from service.language.text import fold
from service.platform import clock
from service.turns.briefing import Appointment, Briefing
from service.turns.deeds import take_team
from service.turns.evidence import Deed, Evidence
from service.turns.receipts import states_something, unbacked
from tools import registry
from tools.appointments import Done, take_held
from tools.results import Receipt


def unbacked_reply(reply: str, messages: Sequence[AnyMessage], turn: Sequence[AnyMessage], state: State) -> list[str]:
    """Return why a reply may not be sent, in sentences for the model; nothing when everything in it is backed.

    `messages` are all that the model was shown, `turn` those of them that are the running turn's.
    """
    return unbacked(reply, evidence_of(messages, turn, state["briefing"])) if states_something(reply) else []


def evidence_of(messages: Sequence[AnyMessage], turn: Sequence[AnyMessage], briefing: Briefing) -> Evidence:
    """Gather what the rows, the tool results and the people's words of a conversation back. What the model itself said backs nothing."""
    zone = briefing.zone
    evidence = Evidence(briefing.local_date)
    _take_briefing(evidence, briefing)
    current = {id(message) for message in turn}
    for message in messages:
        if isinstance(message, ToolMessage):
            _take_result(evidence, message, zone, fresh=id(message) in current)
        elif isinstance(message, HumanMessage):
            evidence.take_request(message.text)
        elif written := _by_the_team(message):
            take_team(evidence, written)
    return evidence


def _by_the_team(message: AnyMessage) -> str | None:
    """Return what a person wrote. A model that begins its reply like one is none: its messages have response metadata."""
    if not isinstance(message, AIMessage) or message.response_metadata:
        return None
    return next((message.text.removeprefix(mark) for mark in (TEAM, NOTE) if message.text.startswith(mark)), None)


def _take_briefing(evidence: Evidence, briefing: Briefing) -> None:
    """Let be said what stands in the shop's and the customer's rows."""
    shop, now = briefing.organization, briefing.local_now
    evidence.days.update(evidence.today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
    evidence.times.add((now.date(), time(now.hour, now.minute)))
    for hours in briefing.hours:
        evidence.hours.setdefault(hours.weekday - 1, set()).update((hours.opens_at, hours.closes_at))
    for service in briefing.services:
        name = fold(service.name)
        evidence.services.add(name)
        evidence.listed.update({(name, service.price_cents), (name, prices.lowest(service)[0])})
        evidence.prices.update(evidence.listed)
        evidence.durations.add(service.duration_minutes)
        evidence.take_words(service.description or "")
    for closure in briefing.closures:
        evidence.days.update((closure.first, closure.last))
        evidence.take_words(closure.reason or "")
    for pet in briefing.pets:
        evidence.pets.add(fold(pet.name))
        if pet.birth_date:
            evidence.days.add(pet.birth_date)
    for text in (briefing.settings.emergency_text, briefing.settings.payment_methods, shop.address):
        evidence.take_words(text or "")
    for appointment in briefing.appointments:
        _take_appointment(evidence, appointment, briefing.zone)
    _take_what_was_asked(evidence, briefing)
    people = [appointment.professional for appointment in briefing.appointments]
    known = (shop.name, briefing.contact.name, briefing.settings.ai_personality.name, shop.address, *people)
    for somebody in known:
        evidence.take_name(somebody)


def _take_appointment(evidence: Evidence, booked: Appointment, zone: str) -> None:
    """Let be said what stands in the agenda for the customer."""
    start, end = clock.local(booked.starts_at, zone), clock.local(booked.ends_at, zone)
    until = (end.date(), time(end.hour, end.minute)) if end.date() > start.date() else (None, None)
    kind: ClaimKind = "confirmed" if booked.status == "confirmed" else "booked"
    evidence.appointments.append(Deed(kind, start.date(), time(start.hour, start.minute), booked.pet, booked.service, *until))
    evidence.days.update((start.date(), end.date()))
    evidence.times.update(((start.date(), start.time()), (end.date(), end.time())))
    evidence.take_price(booked.price_cents, booked.service)
    evidence.booked_for.add((fold(booked.service), booked.price_cents))


def _take_what_was_asked(evidence: Evidence, briefing: Briefing) -> None:
    """Let be said what the shop itself wrote unasked, and what it asked with it: no tool returned that."""
    for message in briefing.history:
        if message.direction == "outgoing" and message.author == "system":
            evidence.take_words(message.content)
    if briefing.proposal is None or briefing.proposal.expired:
        return
    take_held(evidence, briefing.proposal.items, briefing.zone)
    for item in briefing.proposal.items:
        evidence.take_name(item.professional)
        evidence.take_name(item.pickup_zone)
        evidence.take_price(item.pickup_fee_cents or None)


def _take_result(evidence: Evidence, message: ToolMessage, zone: str, *, fresh: bool) -> None:
    """Let a tool's result back what its type says; what can't be read, or came under no name that we know, backs nothing."""
    kind = registry.named(message.name)
    if kind is None:
        return
    result = kind.read(message.text)
    if fresh and kind.proposes:
        evidence.unsettled = not isinstance(result, Done)
    if result:
        result.back(evidence, Receipt(kind.deed, fresh, zone))
