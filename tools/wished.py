"""When a customer wants something to be, by the last words of theirs that say so, and what we have offered since.

What the customer writes before we answer is one text, read wholly (`service.language.wishes`). A day or hour that is named anew takes the
place of the one before; a refusal takes something of it. Where a new day is asked about, the hour of the question before is left behind: it
may still be chosen, but nobody says it for the customer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import groupby
from typing import Literal

from service.language.exact import exact, names_when
from service.language.hours import Opening
from service.language.intervals import Stretches, common, joined, without
from service.language.numbers_alone import Bare
from service.language.said import days_in, times_in
from service.language.wishes import Wish as Read
from service.language.wishes import find
from service.platform.errors import Unclear
from tools.said_when import Line

Kind = Literal["days", "times"]


@dataclass(frozen=True, slots=True)
class Shop:
    """What is known beside the customer's words: when the shop is open, and the words of names on record."""

    opening: Opening | None
    known: frozenset[str]


_ASKS_HOUR = re.compile(r"\b(?:que|qual|quais|a) horas?\b|\bhorarios?\b")
_ASKS_DAY = re.compile(r"\b(?:que|qual|quais) (?:dias?|datas?)\b|\bpara quando\b|\bo dia\b")
_NOW = re.compile(r"\b(?:agora|agorinha|daqui a pouco|ja ja|mais tarde|logo mais)\b")
_SAME_HOUR = re.compile(r"\bmesm[oa] (?:horario|hora)\b")
_NONE = re.compile(r"\bnenhum[ao]?\b")
_ORDINAL = re.compile(
    r"(?:^|[.,!?] |\b(?:quero|prefiro|ser|fico com|marca|pode|entao) )[oa] (primeir|segund|terceir|quart|ultim)[oa]\b(?! feira)"
)
# What has no second one: "de 30 em 30 minutos, das 9h às 17h".
_RANGE = re.compile(r"\bde \d+ em \d+\b|\bdas \d[\dh:]* (?:as|ate)\b|\bentre\b")
_NTH = {"primeir": 0, "segund": 1, "terceir": 2, "quart": 3, "ultim": -1}
_ENDLESS: Stretches = ((0, 10**7),)


@dataclass(frozen=True, slots=True)
class Wished:
    """The days, or the times, that are wished for: days by their ordinals, times by their minutes.

    `named` is what the customer named, `offered` what we named since, one by one in order; `earlier` what they named for a question before.
    `unclear` where they named what can't be read.
    """

    named: Stretches | None = None
    offered: tuple[int, ...] = ()
    earlier: Stretches | None = None
    unclear: Unclear | None = None

    @property
    def one(self) -> int | None:
        """Return the one day or time that the customer named; None where there are several, or none."""
        return self.named[0][0] if self.named and self.named[0][0] == self.named[-1][1] else None

    def __contains__(self, value: int) -> bool:
        """Return whether a day or time is wished for, or was offered."""
        return value in self.offered or any(first <= value <= last for first, last in self.named or ())

    def without(self, values: Iterable[int]) -> "Wished":
        """Return it without some days or times, unless nothing is left of what was named."""
        out = joined((value, value) for value in values)
        left = without(self.named, out) if self.named else None
        return replace(self, named=left or self.named, offered=tuple(one for one in self.offered if not _has(out, one)))


@dataclass(frozen=True, slots=True)
class When:
    """The days and the times that are wished for."""

    days: Wished = Wished()
    times: Wished = Wished()


def wished(lines: Sequence[Line], opening: Opening | None, known: frozenset[str] = frozenset()) -> When:
    """Return when the customer wants it to be, after all that both have written. `known` are the words of names on record."""
    when, ours = When(), list[Line]()
    for are_ours, group in groupby(lines, key=lambda line: line.ours):
        said = list(group)
        if are_ours:
            ours, when = said, _after_ours(when, said)
        else:
            when = _after_theirs(when, said, ours, Shop(opening, known))
            ours = []
    return when


def _after_ours(when: When, lines: Sequence[Line]) -> When:
    """Return the wish after words of ours: what they name is offered."""
    return When(
        replace(when.days, offered=(*when.days.offered, *_named_by(lines, "days"))),
        replace(when.times, offered=(*when.times.offered, *_named_by(lines, "times"))),
    )


def _named_by(lines: Sequence[Line], kind: Kind) -> list[int]:
    """Return the single days or times of some lines with all that each may mean, in order."""
    if kind == "days":
        found = [day.toordinal() for line in lines for said in days_in(line.when, line.today) for day in said.days]
    else:
        found = [_minute(moment) for line in lines for said in times_in(line.when) for moment in said.times]
    return list(dict.fromkeys(found))


def _after_theirs(before: When, lines: Sequence[Line], ours: Sequence[Line], shop: Shop) -> When:
    """Return the wish after words of the customer's, all that they wrote before we answered as one text."""
    text, today = ". ".join(line.text.rstrip(" .") for line in lines), lines[0].today
    words = " . ".join(line.when for line in lines)
    read: Read | None = None
    try:
        read = _read(text, lines, ours, shop)
    except Unclear as unclear:
        of_days, of_times = names_when(text, today)
        days = Wished(unclear=unclear) if of_days else before.days
        times = _without_days(text, unclear, ours, shop) if of_times else before.times
        return When(days, times)
    days, times = (
        _renewed(before.days, read.days, refuses=read.refuses_days),
        _renewed(before.times, read.times, refuses=read.refuses_times),
    )
    if read.days is None and _NOW.search(words):
        days = replace(days, offered=(*days.offered, today.toordinal()))
    if read.days is None and read.times is None:
        days, times = _of_offers(words, ours, days, times)
    if read.days is not None and read.times is None and not _SAME_HOUR.search(words):
        left = Wished(earlier=before.times.named or before.times.earlier)
        if not _completes(before.days, read.days):
            times = left
        elif before.days.named == read.days and "?" in text:
            # The same day asked about once more, by itself.
            times = replace(left, offered=before.times.offered)
    return When(days, times)


def _read(text: str, lines: Sequence[Line], ours: Sequence[Line], shop: Shop) -> Read:
    today, bare = lines[0].today, _asked_by(ours)
    try:
        found = find(text, today, opening=shop.opening, bare=bare, known=shop.known)
        if found.days or found.times or bare or not _named_by(ours, "times"):
            return found
        # "11" after "Tenho 10h e 11h."
        return find(text, today, opening=shop.opening, bare="hour", known=shop.known)
    except Unclear as unclear:
        try:
            return exact(text, today, shop.opening, known=shop.known)
        except Unclear:
            raise unclear from None


def _without_days(text: str, unclear: Unclear, ours: Sequence[Line], shop: Shop) -> Wished:
    """Return the times of a message whose days may be all that is not clear: "sexta, dia 5, às 10h"."""
    try:
        return Wished(named=find(text, None, opening=shop.opening, bare=_asked_by(ours), known=shop.known).times)
    except Unclear:
        return Wished(unclear=unclear)


def _asked_by(ours: Sequence[Line]) -> Bare | None:
    """Return what our last words ask for, where it is one: a day, or an hour."""
    words = " . ".join(line.words for line in ours)
    hour, day = _ASKS_HOUR.search(words), _ASKS_DAY.search(words)
    return None if bool(hour) == bool(day) else "hour" if hour else "day"


def _renewed(before: Wished, read: Stretches | None, *, refuses: bool) -> Wished:
    """Return what is wished for after something was named, or refused."""
    if read is None:
        return before
    if not refuses:
        return Wished(named=read, earlier=before.named)
    left = common(before.named, read) if before.named else None
    refused = without(_ENDLESS, read)
    return replace(before, named=left or read, offered=tuple(one for one in before.offered if not _has(refused, one)), unclear=None)


def _completes(before: Wished, days: Stretches) -> bool:
    """Return whether days only say more of the days that were spoken of, if any were."""
    spoken = joined([*(before.named or ()), *((day, day) for day in before.offered)])
    return not spoken or common(spoken, days) == days


def _of_offers(words: str, ours: Sequence[Line], days: Wished, times: Wished) -> tuple[Wished, Wished]:
    """Return the wish where it points at what our last words named: "nenhum desses", "o segundo"."""
    if _NONE.search(words):
        if refused := _named_by(ours, "times"):
            return days, times.without(refused)
        return days.without(_named_by(ours, "days")), times
    if (chosen := _ORDINAL.search(words)) and not any(_RANGE.search(line.when) for line in ours):
        n = _NTH[chosen[1]]
        day = _nth([said.days[0].toordinal() for line in ours for said in days_in(line.when, line.today) if said.days], n, days)
        time = _nth([_minute(said.times[-1]) for line in ours for said in times_in(line.when)], n, times)
        days, times = Wished(named=day) if day else days, Wished(named=time) if time else times
    return days, times


def _nth(several: Sequence[int], n: int, before: Wished) -> Stretches | None:
    """Return the one of several that is pointed at; None where what the customer had asked for is among them, as that was no offer."""
    is_offer = len(several) > max(n, 1) and not any(_has(before.named or (), one) for one in several)
    return ((several[n], several[n]),) if is_offer else None


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _has(stretches: Stretches, value: int) -> bool:
    return any(first <= value <= last for first, last in stretches)
