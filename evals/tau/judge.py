"""Sentences that were sent and that the database contradicts. Held against the rows as they were when the sentence was sent.

It knows more than the agent could (every row, every free start), and less than a reader: what it looks at is a deed, an appointment that
is told as standing, a time on offer, a price, opening hours, a date with the wrong weekday. Denials, wishes and questions claim nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import combinations_with_replacement
from typing import Any

from evals.tau.grade import Snapshot
from evals.tau.heard import Sentence, hear, sentences_of, stated_in
from service.agenda.catalog import Service
from service.agenda.prices import Terms
from service.agenda.visits import Desk
from service.language.money import format_brl
from service.language.text import fold
from service.platform import clock
from service.platform.database import Row

ACTIVE = ("scheduled", "confirmed", "in_progress")
LONGEST_STAY = 14

_PRICE = re.compile(r"r\$ ?(\d[\d.]{0,9})(?:,(\d{2}))?|\b(\d[\d.]{0,9})(?:,(\d{2}))? ?(?:reais|real)\b")
_NOT = re.compile(r"\b(?:nao|nunca|nem|nenhum|nenhuma|sem)\b")
_OPEN_END = re.compile(
    r"\b(?:se|caso|quando|assim que|posso|podemos|pode|poderia|quer|queria|gostaria|deseja|prefere\w*|seria|sera|vou|vamos|tent\w+|livres?"
    r"|disponive\w+|horarios?|opc\w+|tenho|temos|tem|vagas?|encaix\w+|confirm\w+|fica assim|mudo para|cancelar|por exemplo|proxim\w+"
    r"|depois d\w+|antes d\w+|ate as|espera|entend\w+)\b"
)
_OPENING = re.compile(
    r"\b(?:abr(?:e|imos|ir|em|iremos)|fech(?:a|amos|am)|funcion\w+|expediente|horario de atendimento|atendemos|atendimento)\b"
)
_FREE = re.compile(r"\b(?:tenho|temos|tem|ha|livres?|disponive\w+|vagas?)\b")
_FULL = re.compile(
    r"\b(?:lotad[oa]s?|esgotad[oa]s?|sem (?:nenhum )?horarios?)\b"
    r"|\bnao (?:ha|temos|tenho|tem|existe) (?:mais )?(?:nada|nenhum|horarios?|vagas?)\b"
)
_PART = re.compile(r"\b(?:manha|tarde|noite|antes|depois|entre|cedo|seguid\w+|junt\w+)\b")
_CLOSED = re.compile(r"\bfechad[oa]s?\b")
_TOTAL = re.compile(r"\b(?:total|som[ao]\w*|juntos?|juntas?|ao todo|tudo|os dois|as duas|ambos|ambas|noites?|diarias?|\+)\b|\+")
_REDUCED = re.compile(r"\b(?:desconto|cupom|promoc\w+|de graca|cortesia|brinde)\b")
_NAME = re.compile(r"(?<=[a-zà-ú,] )[A-ZÀ-Ú][\wà-ú]+")
# What is only said of a visit that stands.
_EXPECTED = re.compile(
    r"\b(?:te|o|a|voces?|vcs?) (?:espero|esperamos|aguardo|aguardamos)\b"
    r"|\b(?:esperamos|aguardamos) (?:voces?|vcs?|por voce)\b|\bnos vemos\b|\bpode (?:trazer|vir)\b"
    r"|\b(?:vai|vamos) (?:te )?receber\b|\bvaga (?:esta|ta|e)\b|\btem a vag\w+|\bna (?:agenda|folha|grade)\b|\bte vejo\b"
    r"|\bespera (?:voce|o|a)\b"
)
_CALLED = re.compile(
    r"\b(?:chamei|avisei|acionei|transferi|encaminhei|repassei)\b.{0,40}\b(?:pessoa|equipe|atendente|humano|alguem|veterinari[oa])\b"
)


@dataclass(frozen=True)
class Facts:
    """What is so when a message is sent: the rows, of the customer and of the shop, and the free starts of the days that were named."""

    today: date
    zone: str
    phone: str
    before: Snapshot
    rows: Snapshot
    desk: Desk
    said: Sequence[str] = ()
    figures: str = ""
    owner: bool = False
    named: frozenset[date] = field(default_factory=frozenset)

    def mine(self, table: Any, snapshot: Snapshot | None = None) -> list[Row]:
        return [row for row in (snapshot or self.rows)[table].values() if row.get("phone") == self.phone]

    def local(self, instant: datetime) -> datetime:
        return clock.local(instant, self.zone)

    @property
    def services(self) -> Mapping[str, Service]:
        return {service.name: service for service in self.desk.services.values()}

    @property
    def items(self) -> list[dict[str, Any]]:
        """Return what was ever proposed to the customer, as JSON."""
        return [item for row in self.mine("proposals") for item in row["items"]]


def untrue(text: str, facts: Facts) -> list[str]:
    """Return what a message states against the rows, each as a short sentence; nothing where all of it may stand."""
    sentences = sentences_of(text, facts.today)
    found = [*_wrong_days(sentences)]
    if facts.owner:
        return found + list(_wrong_figures(sentences, facts))
    found += _undone(sentences, facts)
    found += _wrong_prices(sentences, facts)
    found += _wrong_times(sentences, facts)
    found += _not_full(sentences, facts)
    if hear(text, facts.today).confirms is None:
        found += _taken_as_booked(sentences, facts)
    return list(dict.fromkeys(found))


def days_named(text: str, today: date) -> set[date]:
    """Return every day that a text may mean."""
    return {day for sentence in sentences_of(text, today) for said in sentence.days for day in said.days}


def _wrong_days(sentences: Iterable[Sentence]) -> Iterator[str]:
    for sentence in sentences:
        yield from (f"no such day: {sentence.raw}" for said in sentence.days if said.problem)


def _undone(sentences: Sequence[Sentence], facts: Facts) -> Iterator[str]:
    """Yield what is told as done, and is not."""
    names = [*facts.services, *(row["pet"] for row in facts.mine("bookings") if row["pet"]), *(row["name"] for row in facts.mine("pets"))]
    whole = stated_in(sentences, names)
    for sentence in sentences:
        own = stated_in([sentence], names)
        days, times = own.days or whole.days, own.times or whole.times
        bookings = facts.mine("bookings")
        for kind in sentence.done:
            active = [row for row in bookings if row["status"] in ACTIVE]
            match kind:
                case "book":
                    good = any(_is_when(row, days, times, facts) for row in active) and own.names <= _names_of(active, facts)
                case "move":
                    moved = [row for row in active if _was_moved(row, facts)]
                    good = any(_is_when(row, days, times, facts, loose=True) for row in moved) or _pet_changed(facts)
                case "cancel":
                    good = any(row["status"] == "cancelled" and _is_when(row, days, times, facts) for row in bookings)
                case "register":
                    known = {fold(row["name"]) for row in facts.mine("pets")}
                    called = {fold(name) for name in _NAME.findall(sentence.raw)}
                    good = bool(known) and (not called or any(name in called or called & set(name.split()) for name in known))
                case "wait":
                    good = any(row["status"] in ("waiting", "offered") for row in facts.mine("waiting_list"))
            if not good:
                yield f"told as done ({kind}): {sentence.raw}"
        if not sentence.asks and _CALLED.search(sentence.words) and not facts.mine("escalations"):
            yield f"told as done (person): {sentence.raw}"


def _names_of(bookings: Iterable[Row], facts: Facts) -> set[str]:
    return {name for row in bookings for name in (row["pet"], row["service"]) if name} | {row["name"] for row in facts.mine("pets")}


def _is_when(row: Row, days: frozenset[date], times: Sequence[frozenset[time]], facts: Facts, *, loose: bool = False) -> bool:
    """Tell whether a booking is on one of the days and at one of the times, where any are named; `loose` takes one of both."""
    start, end = facts.local(row["starts_at"]), facts.local(row["ends_at"])
    on = not days or start.date() in days or end.date() in days
    at = (
        not times
        or any(start.time() in some or end.time() in some for some in times)
        or row["ends_at"] - row["starts_at"] >= timedelta(hours=20)
    )
    return (on or at) if loose else (on and at)


def _was_moved(row: Row, facts: Facts) -> bool:
    old = facts.before["bookings"].get(row["id"])
    # A booking that is younger than the conversation may have been moved in it, too.
    return old is None or old["starts_at"] != row["starts_at"]


def _pet_changed(facts: Facts) -> bool:
    old = facts.before["pets"]
    return any(row != old.get(row["id"]) for row in facts.mine("pets"))


def _wrong_prices(sentences: Iterable[Sentence], facts: Facts) -> Iterator[str]:
    of = {name: set(_prices_of(service)) for name, service in facts.services.items()}
    fees = {zone.fee_cents for zone in facts.desk.zones.values()}
    booked = {row["price_cents"] for row in facts.mine("bookings")} | {item["price_cents"] for item in facts.items}
    known = set().union(*of.values()) | fees | booked
    single = {cents for name in of for cents in _prices_of(facts.services[name], nights=1)} | fees | booked
    sums = (
        known
        | {a + b for a, b in combinations_with_replacement(single, 2)}
        | {sum(three) for three in combinations_with_replacement(single, 3)}
    )
    for sentence in sentences:
        if _REDUCED.search(sentence.words) and not sentence.asks and not _NOT.search(sentence.words):
            yield f"a reduction that there is not: {sentence.raw}"
        for found in _PRICE.finditer(sentence.words):
            if _NOT.search(sentence.words[: found.start()]):
                continue
            cents = _cents(found)
            services = [name for name in of if re.search(rf"\b{fold(name)}s?\b", sentence.words)]
            allowed = of[services[0]] | booked if len(services) == 1 else known
            if len(services) != 1 or _TOTAL.search(sentence.words):
                allowed = allowed | sums
            if cents not in allowed and cents not in fees:
                yield f"no such price ({format_brl(cents)}): {sentence.raw}"


def _prices_of(service: Service, nights: int = LONGEST_STAY) -> Iterator[int]:
    units = range(1, nights + 1) if service.unit == "night" else (1,)
    for cents in {service.price_cents, *(rate.price_cents for rate in service.rates if rate.price_cents is not None)}:
        yield from (cents * count for count in units)


def _cents(found: re.Match[str]) -> int:
    reais, cents = (found[1], found[2]) if found[1] else (found[3], found[4])
    return int(reais.rstrip(".").replace(".", "") or 0) * 100 + int(cents or 0)


def _wrong_figures(sentences: Iterable[Sentence], facts: Facts) -> Iterator[str]:
    """Yield an owner's amounts that no function returned."""
    known = {_cents(found) for found in _PRICE.finditer(fold(facts.figures))}
    for sentence in sentences:
        for found in _PRICE.finditer(sentence.words):
            if _cents(found) not in known and not (_cents(found) == 0 and not known):
                yield f"no such figure ({found[0]}): {sentence.raw}"


def _wrong_times(sentences: Sequence[Sentence], facts: Facts) -> Iterator[str]:
    """Yield times on offer that are not free, and hours at which the shop neither opens nor closes."""
    whole = {day for sentence in sentences for said in sentence.days for day in said.days}
    own = {facts.local(row[column]).time() for row in facts.mine("bookings") for column in ("starts_at", "ends_at")}
    own |= {
        facts.local(datetime.fromisoformat(item[c])).time() for item in facts.items for c in ("starts_at", "ends_at", "was") if item.get(c)
    }
    own |= {facts.local(row["expires_at"]).time().replace(second=0, microsecond=0) for row in facts.mine("proposals")}
    # What the customer named may be said again; not that it is free.
    asked = {
        moment for text in facts.said for sentence in sentences_of(text, facts.today) for said in sentence.times for moment in said.times
    }
    own |= {facts.local(clock.now()).time().replace(second=0, microsecond=0)}
    last: set[date] = set()
    words = " ".join(sentence.words for sentence in sentences)
    for sentence in sentences:
        last = {day for said in sentence.days for day in said.days} or last
        if not sentence.times and not sentence.days:
            continue
        if _OPENING.search(sentence.words) and not _NOT.search(sentence.words):
            yield from _wrong_hours(sentence, facts)
            continue
        if _NOT.search(sentence.words) or _CLOSED.search(sentence.words):
            continue
        days = last or whole or facts.named
        about = [service for name, service in facts.services.items() if re.search(rf"\b{fold(name)}s?\b", words)] or facts.services.values()
        free = {moment for day in days for moment in _free(day, about, facts)} if days else None
        edges = {moment for opens in facts.desk.agenda.rules.hours for moment in (opens.opens_at, opens.closes_at)}
        offered = not sentence.asks and _FREE.search(sentence.words)
        for said in sentence.times:
            if free is None or set(said.times) & (free | own | edges | (set() if offered else asked)):
                continue
            yield f"no such time: {sentence.raw}"


def _not_full(sentences: Sequence[Sentence], facts: Facts) -> Iterator[str]:
    """Yield days that are told to be full, wholly, on which every service that may be meant has a free start."""
    words = " ".join(sentence.words for sentence in sentences)
    about = [service for name, service in facts.services.items() if re.search(rf"\b{fold(name)}s?\b", words)]
    services = [service for service in about or facts.services.values() if service.unit == "visit"]
    for sentence in sentences:
        if sentence.asks or sentence.times or _PART.search(sentence.words) or not _FULL.search(sentence.words):
            continue
        for said in sentence.days:
            if services and said.days and all(_free(day, [one], facts) for day in said.days[-1:] for one in services):
                yield f"told as full: {sentence.raw}"


def _free(day: date, services: Iterable[Service], facts: Facts) -> set[time]:
    """Return the free starts of services on a day, and their ends."""
    found: set[time] = set()
    for service in services:
        if service.unit != "visit":
            found |= {service.check_in, service.check_out}
            continue
        lengths = {service.duration_minutes, *(rate.duration_minutes for rate in service.rates if rate.duration_minutes)}
        task = facts.desk.task(service.id, "", nights=1, terms=Terms(min(lengths), 0))
        starts = [facts.local(plan[0].start) for plan in facts.desk.agenda.starts([task], day, day, clock.now())]
        found |= {start.time() for start in starts} | {(start + timedelta(minutes=n)).time() for start in starts for n in lengths}
    return found


def _wrong_hours(sentence: Sentence, facts: Facts) -> Iterator[str]:
    by_weekday: dict[int, set[time]] = {}
    for hours in facts.desk.agenda.rules.hours:
        by_weekday.setdefault(hours.weekday - 1, set()).update((hours.opens_at, hours.closes_at))
    weekdays = {said.weekday for said in sentence.days if said.weekday is not None}
    shut = _CLOSED.search(sentence.words) or re.search(r"\bfecha", sentence.words)
    if weekdays and not weekdays & set(by_weekday) and not shut:
        yield f"open on a day on which it is closed: {sentence.raw}"
    edges = by_weekday.get(next(iter(weekdays)), set()) if len(weekdays) == 1 else set().union(*by_weekday.values())
    if edges:
        yield from (f"no such opening hour: {sentence.raw}" for said in sentence.times if not edges & set(said.times))


def _taken_as_booked(sentences: Sequence[Sentence], facts: Facts) -> Iterator[str]:
    """Yield appointments that are told flatly as standing, in a message that does not ask for a yes."""
    pets = [row["name"] for row in facts.mine("pets")]
    active = [row for row in facts.mine("bookings") if row["status"] in ACTIVE]
    proposed = [{"starts_at": datetime.fromisoformat(i["starts_at"]), "ends_at": datetime.fromisoformat(i["ends_at"])} for i in facts.items]
    for sentence in sentences:
        if (
            sentence.asks
            or sentence.done
            or _NOT.search(sentence.words)
            or _OPENING.search(sentence.words)
            or _CLOSED.search(sentence.words)
        ):
            continue
        said = stated_in([sentence], [*facts.services, *pets])
        expected = bool(_EXPECTED.search(sentence.words))
        flat = bool((said.days and said.times and said.names) or ((said.days or said.times) and said.names & set(pets)))
        if not expected and (not flat or _OPEN_END.search(sentence.words)):
            continue
        standing = active if expected else [*active, *proposed]
        if not any(_is_when(row, said.days, said.times, facts) for row in standing):
            yield f"told as booked: {sentence.raw}"
