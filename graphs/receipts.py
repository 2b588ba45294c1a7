"""What backs a reply of the client agent: the evidence that a turn's briefing and messages hold (`service.turns.receipts` judges by it)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from graphs.history import NOTE, TEAM
from graphs.state import State
from service.agenda import prices
from service.language.claims import ClaimKind, prices_in, sentences_of
from service.language.days import LOOK_AHEAD_DAYS, find_day
from service.language.text import fold
from service.platform import clock
from service.turns.briefing import Appointment, Briefing
from service.turns.receipts import STANDING, Deed, Evidence, states_something, unbacked

# By the beginning of a tool's name: what it has done when it returns success true.
DEEDS: dict[str, ClaimKind] = {
    "book_appointment": "booked",
    "reschedule_appointment": "moved",
    "cancel_appointment": "cancelled",
    "confirm_appointment": "confirmed",
    "register_pet": "registered",
    "update_pet": "registered",
    "join_waiting_list": "waiting",
}
# The tools whose success makes it true.
PROPOSING = frozenset({"book_appointment", "reschedule_appointment", "cancel_appointment"})
# Under these keys of a result stand times that may be offered; what waits for a customer's yes is held for that customer.
FREE = frozenset({"slots", "alternatives", "times", "proposal", "free"})
CONFIRMED = frozenset({"confirmed", "confirmado"})
UPCOMING = CONFIRMED | {"scheduled", "agendado", "", None}

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2})?")
_PRICE = re.compile(r"R\$\s*[\d.,]+")


def unbacked_reply(reply: str, messages: Sequence[AnyMessage], turn: Sequence[AnyMessage], state: State) -> list[str]:
    """Why a reply may not be sent, in sentences for the model; empty when everything in it is backed.

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
            _take_result(evidence, message, zone, now=id(message) in current)
        elif isinstance(message, HumanMessage):
            evidence.take_request(message.text)
        elif written := _by_the_team(message):
            evidence.take_team(written)
    return evidence


def _by_the_team(message: AnyMessage) -> str | None:
    """What a person wrote. A model that begins its reply like one is none: its messages have response metadata."""
    if not isinstance(message, AIMessage) or message.response_metadata:
        return None
    return next((message.text.removeprefix(mark) for mark in (TEAM, NOTE) if message.text.startswith(mark)), None)


def _take_briefing(evidence: Evidence, briefing: Briefing) -> None:
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
    evidence.names.update(word for name in known for word in re.findall(r"\w+", fold(name or "")))


def _take_appointment(evidence: Evidence, booked: Appointment, zone: str) -> None:
    start, end = clock.local(booked.starts_at, zone), clock.local(booked.ends_at, zone)
    until = (end.date(), time(end.hour, end.minute)) if end.date() > start.date() else (None, None)
    kind: ClaimKind = "confirmed" if booked.status == "confirmed" else "booked"
    evidence.appointments.append(Deed(kind, start.date(), time(start.hour, start.minute), booked.pet, booked.service, *until))
    evidence.days.update((start.date(), end.date()))
    evidence.times.update(((start.date(), start.time()), (end.date(), end.time())))
    evidence.prices.add((fold(booked.service), booked.price_cents))
    evidence.booked_for.add((fold(booked.service), booked.price_cents))


def _take_what_was_asked(evidence: Evidence, briefing: Briefing) -> None:
    """What the shop itself wrote unasked, and what it asked with it: no tool returned that."""
    for message in briefing.history:
        if message.direction == "outgoing" and message.author == "system":
            evidence.take_words(message.content)
    if briefing.proposal and not briefing.proposal.expired:
        _take_proposal(evidence, briefing.proposal.model_dump(mode="json"), briefing.zone)


def _take_proposal(evidence: Evidence, proposal: Mapping[str, Any], zone: str) -> None:
    for fact in _facts({"proposal": proposal}, _Inherited()):
        _take_fact(evidence, fact, zone)
    for item in proposal["items"]:
        start = clock.local(datetime.fromisoformat(item["starts_at"]), zone)
        evidence.deeds.append(Deed("held", start.date(), start.time(), item["pet"], item["service"]))


def _appointment(row: Mapping[str, Any], kind: ClaimKind | None = None) -> Deed:
    day, moment = row.get("date") or row.get("first_date"), row.get("time")
    until = row.get("until_date") or row.get("last_date")
    return Deed(
        kind or ("confirmed" if row.get("status") in CONFIRMED else "booked"),
        date.fromisoformat(day) if day else None,
        time.fromisoformat(moment) if moment else None,
        row.get("pet"),
        row.get("service"),
        date.fromisoformat(until) if until else None,
        time.fromisoformat(row["until_time"]) if row.get("until_time") else None,
    )


def _take_result(evidence: Evidence, message: ToolMessage, zone: str, *, now: bool) -> None:
    result = json.loads(message.text)
    if not isinstance(result, dict):
        return
    _take_days(evidence, result)
    _take_price_list(evidence, result)
    for fact in _facts(result, _Inherited()):
        _take_fact(evidence, fact, zone)
    if now and message.name in PROPOSING:
        evidence.unsettled = result.get("success") is not True
    if result.get("declined"):
        evidence.deeds.append(Deed("released"))
    if now and result.get("awaiting_confirmation"):
        _take_proposal(evidence, result["proposal"], zone)
    if result.get("success") is False or result.get("awaiting_confirmation"):
        return
    for row in _rows(result.get("waiting_list")) if now else ():
        evidence.deeds.append(_appointment(row, "waiting"))
    kind = next((kind for name, kind in DEEDS.items() if (message.name or "").startswith(name)), None)
    for deed in _deeds(kind, result):
        evidence.times.update((day, at) for day, at in deed.moments if at)
        if kind is None:
            # What was read of the agenda just now stands; what an earlier turn read may not any longer, and the briefing is newer.
            if now and deed not in evidence.appointments:
                evidence.appointments.append(deed)
        elif now:
            evidence.take_deed(deed)
        elif kind not in STANDING:
            evidence.deeds.append(deed)


def _take_days(evidence: Evidence, result: Mapping[str, Any]) -> None:
    """The days on which the shop does not keep its week's hours."""
    for row in _rows(result.get("unusual_days")):
        first, last = (find_day(str(row.get(key) or row["day"]), evidence.today) for key in ("day", "until"))
        said = {t for sentence in sentences_of(row["hours"], evidence.today) for time_of in sentence.times for t in time_of.times}
        if first and last:
            evidence.unusual.update({first + timedelta(days=n): said for n in range((last - first).days + 1)})


def _take_price_list(evidence: Evidence, result: Mapping[str, Any]) -> None:
    """What services cost for one pet, and what a session of a package comes to."""
    pet = result.get("pet")
    for row in _rows(result.get("services")):
        if isinstance(pet, str) and _PRICE.fullmatch(str(row.get("price"))):
            told = evidence.prices_for.setdefault((fold(pet), fold(row["name"])), set())
            told.update(cents for _, _, cents in prices_in(fold(row["price"])))
    for row in _rows(result.get("packages")):
        evidence.packages.add(fold(row["name"]))
        each = [cents // row["sessions"] for _, _, cents in prices_in(fold(str(row.get("price")))) if cents % row["sessions"] == 0]
        evidence.prices.update((service, cents) for cents in each for service in (None, fold(row["service"])))


def _deeds(kind: ClaimKind | None, result: Mapping[str, Any]) -> Iterator[Deed]:
    if kind == "registered":
        yield Deed(kind, pet=(result.get("pet") or {}).get("name"))
        return
    rows = [row for key in ("appointment", "appointments", "waiting") for row in _rows(result.get(key))]
    for row in rows:
        if row.get("status") in UPCOMING:
            yield _appointment(row, kind)
    if kind == "waiting" and not rows:
        yield Deed(kind)


def _rows(value: Any) -> list[Mapping[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What the objects around a value of a result say of it."""

    day: date | None = None
    service: str | None = None
    pet: str | None = None
    of_pet: bool = False
    minutes: int | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class _Fact:
    key: str
    value: str | int
    of: _Inherited


def _facts(value: Any, of: _Inherited, key: str = "") -> Iterator[_Fact]:
    if isinstance(value, dict):
        of = _refined(of, value)
        for name, inner in value.items():
            free = (of.free or name in FREE or (name == "requested" and _is_available(inner))) and name != "ends_at"
            yield from _facts(inner, replace(of, free=free), name)
    elif isinstance(value, list):
        for inner in value:
            yield from _facts(inner, of, key)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield _Fact(key, value, of)


def _refined(of: _Inherited, row: Mapping[str, Any]) -> _Inherited:
    day, name, minutes = row.get("date"), row.get("service"), row.get("duration_minutes")
    if "sessions" in row or (not isinstance(name, str) and any(key.startswith("price") for key in row)):
        name = row.get("name")
    # What several cost together is the price of none of them.
    pet = row.get("pet", of.pet)
    if isinstance(name, str) and (" e " in name or (isinstance(pet, str) and " e " in pet)):
        name = ""
    return replace(
        of,
        day=date.fromisoformat(day) if isinstance(day, str) and _DATE.fullmatch(day) else of.day,
        service=(fold(name) or None) if isinstance(name, str) else of.service,
        pet=fold(pet) if isinstance(pet, str) else None,
        of_pet="species" in row,
        minutes=minutes if isinstance(minutes, int) else of.minutes,
    )


def _is_available(value: Any) -> bool:
    return isinstance(value, dict) and value.get("available") is True


def _take_fact(evidence: Evidence, fact: _Fact, zone: str) -> None:
    value, of = fact.value, fact.of
    if isinstance(value, int):
        if fact.key.endswith("_cents"):
            evidence.prices.add((of.service, value))
        elif fact.key.endswith("_minutes"):
            evidence.durations.add(value)
    elif _DATE.fullmatch(value):
        evidence.days.add(date.fromisoformat(value))
    elif _TIME.fullmatch(value):
        if fact.key != "until_time":
            _take_moment(evidence, of.day, time.fromisoformat(value), of)
    elif _DATE.match(value) and "T" in value:
        moment = clock.local(datetime.fromisoformat(value), zone)
        evidence.days.add(moment.date())
        _take_moment(evidence, moment.date(), moment.time(), of)
    elif _PRICE.fullmatch(value):
        cents = {cents for _, _, cents in prices_in(fold(value))}
        # What is paid beside the service is not its price.
        evidence.prices.update((of.service if fact.key.startswith("price") else None, price) for price in cents)
    elif fact.key in ("professional", "professionals", "package", "pickup_zone") or (fact.key == "name" and not of.of_pet):
        evidence.names.update(re.findall(r"\w+", fold(value)))
    elif fact.key not in ("weekday", "service", "pet", "name", *clock.WEEKDAYS):
        evidence.take_words(value)


def _take_moment(evidence: Evidence, day: date | None, moment: time, of: _Inherited) -> None:
    evidence.times.add((day, moment))
    if of.free:
        evidence.free.add((day, moment))
    if of.minutes and of.minutes < 24 * 60:
        evidence.times.add((day, (datetime.combine(evidence.today, moment) + timedelta(minutes=of.minutes)).time()))
