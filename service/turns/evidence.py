"""What a conversation's rows, tool results and words back: the evidence that a reply is held against."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from service.language.claims import PERCENT, ClaimKind, prices_in, sentences_of
from service.language.text import fold

Moment = tuple[date | None, time]

DAY_MINUTES = 24 * 60
# What stands in the agenda; the other kinds are deeds of their own.
STANDING: frozenset[ClaimKind] = frozenset({"booked", "confirmed"})


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, or an appointment that stands; what is not known of it is None.

    `until` and `until_at` are where it ends, of a stay and of what is waited for.
    """

    kind: ClaimKind
    day: date | None = None
    at: time | None = None
    pet: str | None = None
    service: str | None = None
    until: date | None = None
    until_at: time | None = None

    @property
    def moments(self) -> list[tuple[date | None, time | None]]:
        return [(self.day, self.at), *([(self.until, self.until_at)] if self.until else [])]


@dataclass(slots=True)
class Evidence:
    """What a conversation's tool results, rows and words back.

    `times` are those that may be stated, `free` those that may be offered, `asked` the customer's own, which may be repeated but back no
    claim; a time without day goes with every day. `hours` are the opening and closing times by weekday, `unusual` those of the days that
    have others. `prices` are cents of a service or a package, or of none: `listed` those that a service has whatever the pet, `prices_for`
    those that the price list told for a pet and a service, `booked_for` those that stand in the agenda. `appointments` stand now; `deeds`
    were done in this conversation; `unsettled` is whether what this turn tried to book, move or cancel has not come true. `names` are
    those that belong to no pet.
    """

    today: date
    days: set[date] = field(default_factory=set)
    times: set[Moment] = field(default_factory=set)
    free: set[Moment] = field(default_factory=set)
    asked: set[time] = field(default_factory=set)
    hours: dict[int, set[time]] = field(default_factory=dict)
    unusual: dict[date, set[time]] = field(default_factory=dict)
    durations: set[int] = field(default_factory=set)
    prices: set[tuple[str | None, int]] = field(default_factory=set)
    listed: set[tuple[str | None, int]] = field(default_factory=set)
    prices_for: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    booked_for: set[tuple[str, int]] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    appointments: list[Deed] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    unsettled: bool = False
    pets: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def take_words(self, text: str) -> None:
        """Let everything that a text states be stated: a tool's sentence, the shop's own words."""
        for sentence in sentences_of(text, self.today):
            for day in sentence.days:
                self.days.update(day.days)
            for said, day_of in sentence.moments:
                self.times.update((day, moment) for moment in said.times for day in (day_of.days if day_of else (None,)))
            self.prices.update((None, cents) for _, _, cents in prices_in(sentence.words))
            self.percents.update(PERCENT.findall(sentence.words))

    def take_request(self, text: str) -> None:
        """Let the customer's own days and times be repeated."""
        for sentence in sentences_of(text, self.today):
            for day in sentence.days:
                self.days.update(day.days)
            for said in sentence.times:
                self.asked.update(said.times)
            for number in map(int, re.findall(r"\b\d{1,2}\b", sentence.words)):
                self.asked.update(time(hour) for hour in (number, number + 12) if hour < 24)

    def take_moment(self, day: date | None, at: time, *, free: bool = False, minutes: int | None = None) -> None:
        """Let a time be stated, and offered where it is `free`; of what takes so many `minutes` also its end."""
        self.times.add((day, at))
        if free:
            self.free.add((day, at))
        if minutes and minutes < DAY_MINUTES:
            self.times.add((day, (datetime.combine(self.today, at) + timedelta(minutes=minutes)).time()))

    def take_price(self, cents: int | None, of: str | None = None) -> None:
        """Let a price in cents be told of a service or a package, or of nothing in particular; None is no price."""
        if cents is not None:
            self.prices.add((fold(of) if of else None, cents))

    def take_minutes(self, minutes: int | None) -> None:
        """Let a duration be told; None is none."""
        if minutes is not None:
            self.durations.add(minutes)

    def take_name(self, name: str | None) -> None:
        """Let the words of a name that is no pet's be said."""
        self.names.update(re.findall(r"\w+", fold(name or "")))

    def take_deed(self, deed: Deed) -> None:
        """Add a deed, and let the appointments be what they are after it."""
        self.deeds.append(deed)
        if deed.kind == "cancelled":
            self.appointments = [a for a in self.appointments if not _same_visit(a, deed)]
        elif deed.kind == "moved":
            self.appointments = [a for a in self.appointments if (a.pet, a.service) != (deed.pet, deed.service)]
        if deed.kind in ("booked", "moved", "confirmed"):
            self.appointments.append(deed)
        if deed.kind == "registered" and deed.pet:
            self.pets.add(fold(deed.pet))


def _same_visit(one: Deed, other: Deed) -> bool:
    """Tell whether two are about the same visit, as far as either knows."""
    pairs = ((one.day, other.day), (one.at, other.at), (one.pet, other.pet), (one.service, other.service))
    return all(a is None or b is None or a == b for a, b in pairs)
