"""From single names to what they say together: "4 da tarde", "de 1 a 5/12", "depois de quinta", "15h em diante".

A bare number becomes a day or an hour by what it is joined to: "9, 10 ou 11h" are hours, "3 ou 4 de dezembro" days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from service.language.grammar import Clock, Date
from service.language.hours import HALVES
from service.language.lexemes import Day, Item, Mark, Moment, Number

Bare = Literal["day", "hour"]
Bound = Literal["from", "after", "before", "until"]
Operand = Day | Moment

_BOUNDS: tuple[Bound, ...] = ("from", "after", "before", "until")
_JOINS = ("comma", "or", "and", "nor", "to", "until")
# The ends of marks after which an hour, or a day of the month, is said.
_HOUR_NEXT = ("as", "das", "pelas", "pras", "umas", "la pras")
# "Às 16 no máximo".
_AT_MOST = ("no maximo", "no mais tardar")
_MINUTES = (15, 20, 25, 30, 35, 40, 45, 50, 55)
_HOURS = 24
_FIXED = ("dated", "relative", "counted")
_FIRST_SURE_HOUR = 8


@dataclass(frozen=True, slots=True)
class Term:
    """Days or times as one: a name (`first`), a range to `last`, or what lies on one side of it."""

    first: Operand
    last: Operand | None = None
    bound: Bound | None = None

    @property
    def is_day(self) -> bool:
        """Return whether it is about days."""
        return isinstance(self.first, Day)

    @property
    def leaves_open(self) -> bool:
        """Return whether it leaves the day to the shop: "qualquer dia"."""
        return isinstance(self.first, Day) and self.first.sort == "any" and self.bound is None


Piece = Term | Mark


def as_clock(number: Number) -> Moment:
    """Return a bare number as the hour that it says."""
    return Moment(number.start, number.end, Clock(number.start, number.start, number.end, "at", number.value, 0, False, False))


def as_date(number: Number, like: Date | None = None) -> Day:
    """Return a bare number as a day of the month, of the month that another date beside it is in."""
    numbers = replace(like, day=number.value) if like else Date(number.start, number.end, number.value)
    return Day(number.start, number.end, "dated", (), numbers=numbers)


def pieces_of(items: Sequence[Item], bare: Bare | None) -> tuple[list[Piece], list[Item]]:
    """Return what a row of items says, and the items of it that nothing was made of. A number alone is what `bare` says."""
    rather = any(isinstance(item, Mark) and item.name == "rather" for item in items)
    items = [item for item in items if not (isinstance(item, Mark) and item.name == "rather")]
    row = _halved(_parted(_together(_numbered(_without_empty(items), bare))))
    pieces: list[Piece] = []
    # What only says in which half of the day an hour is says nothing without one.
    says_opening = any(isinstance(item, Moment) and item.of_shop for item in row)
    left: list[Item] = [item for item in row if isinstance(item, Moment) and item.is_vague and not says_opening]
    row = [item for item in row if not (isinstance(item, Moment) and item.is_vague)]
    position = 0
    while position < len(row):
        item = row[position]
        found = _term(row, position)
        if found:
            term, position = found
            pieces.append(term)
            # "Prefiro sexta a sábado" is no range.
            left += [item] if rather and term.last else []
            continue
        if isinstance(item, Mark) and item.name in ("not", "except", "but", "yes", "or", "and", "nor", "comma", "stop", "any", "gap"):
            pieces.append(item)
        elif not (isinstance(item, Mark) and item.name in ("at", "to")):
            left.append(item)
        position += 1
    return pieces, left


def _without_empty(items: Sequence[Item]) -> list[Item]:
    """Return the items without a "que é" after which no day is said, "quinta, que é minha folga", or a comma before another."""
    made: list[Item] = []
    for n, item in enumerate(items):
        if isinstance(item, Mark) and item.name == "is":
            if not (n + 1 < len(items) and isinstance(items[n + 1], Day | Number)):
                continue
            if made and isinstance(comma := made[-1], Mark) and comma.name == "comma":
                made.pop()
        made.append(item)
    return made


def _term(row: Sequence[Item], position: int) -> tuple[Term, int] | None:
    """Return the term that begins at a position, and where it ends."""
    item = row[position]
    if isinstance(item, Mark):
        if item.name == "between":
            return _between(row, position + 1)
        bound = next((bound for bound in _BOUNDS if bound == item.name), None)
        operand = _operand(row, position + 1)
        if not (bound and operand):
            return None
        again = row[operand[1]] if operand[1] < len(row) else None
        # "Até as 11 no máximo".
        end = operand[1] + (bound == "until" and isinstance(again, Mark) and again.words == "no maximo")
        return Term(operand[0], bound=bound), end
    if not isinstance(item, Day | Moment):
        return None
    end = position + 1
    following = row[end] if end < len(row) else None
    if isinstance(following, Mark) and (other := _operand(row, end + 1)) and _is_range(item, following, other[0]):
        return Term(item, other[0]), other[1]
    is_weekday = isinstance(item, Day) and item.sort == "weekday"
    # "Levo sexta pra lá" is where to.
    if isinstance(following, Mark) and following.name == "on" and not (is_weekday and following.words.endswith(" la")):
        return Term(item, bound="from"), end + 1
    if isinstance(following, Mark) and following.words in _AT_MOST and _operand(row, end + 1) is None:
        return Term(item, bound="until"), end + 1
    return Term(item), end


def _is_range(first: Operand, to: Mark, last: Operand) -> bool:
    if type(first) is not type(last):
        return False
    clocks = isinstance(first, Moment) and first.clock is not None
    if to.words in ("-", "\u2013") and to.name == "comma":
        return clocks or (isinstance(first, Day) and isinstance(last, Day) and first.sort == last.sort == "dated")
    return to.name in ("to", "until") or (clocks and to.name == "at" and to.words == "as")


def _between(row: Sequence[Item], position: int) -> tuple[Term, int] | None:
    first = _operand(row, position)
    if first is None or first[1] >= len(row):
        return None
    to, last = row[first[1]], _operand(row, first[1] + 1)
    joins = isinstance(to, Mark) and (to.name in ("and", "to", "until") or to.words == "as")
    return (Term(first[0], last[0]), last[1]) if last and joins and type(first[0]) is type(last[0]) else None


def _operand(row: Sequence[Item], position: int) -> tuple[Operand, int] | None:
    """Return the day or time at a position or after one "as" or "a"; where it ends."""
    if position < len(row) and isinstance(mark := row[position], Mark) and mark.name in ("at", "to"):
        position += 1
    item = row[position] if position < len(row) else None
    return (item, position + 1) if isinstance(item, Day | Moment) else None


def _numbered(row: list[Item], bare: Bare | None) -> list[Item]:
    """Return the row with its numbers made days and hours, as far as they are."""
    row = _with_their_minutes(row, bare)
    numbers = [(n, item) for n, item in enumerate(row) if isinstance(item, Number) and not item.counted]
    for n, item in reversed(numbers):
        row[n] = _by_mark(item, row[n - 1] if n else None) or _dated_at(row, n) or _like(item, _joined(row, n, 1)) or item
    for n, item in numbers:
        if isinstance(row[n], Number):
            like = None if _with_minutes(row, n) else _like(item, _hour_before(row, n))
            row[n] = like or _of_weekday(row, n) or _of_relative(row, n) or _before_hour(row, n) or item
    if bare:
        for n, item in numbers:
            unsure = (bare == "hour" and _with_minutes(row, n)) or _is_beside_gap(row, n) or (bare == "day" and _may_be_until(row, n))
            if isinstance(row[n], Number) and not unsure:
                row[n] = as_date(item) if bare == "day" else as_clock(item)
    return row


def _with_their_minutes(row: Sequence[Item], bare: Bare | None) -> list[Item]:
    """Return the row with an hour and its minutes as one where hours are spoken of: "9 e 15", "às 9 ou 10 e 40"; not "14 e 15"."""
    made: list[Item] = []
    for n, item in enumerate(row):
        hour, join = (made[-2], made[-1]) if len(made) > 1 else (None, None)
        if (
            isinstance(item, Number) and isinstance(hour, Number) and isinstance(join, Mark) and join.name == "and"
            and not (item.counted or hour.counted) and item.value in _MINUTES and hour.value < _HOURS and item.value != hour.value + 1
            and (bare == "hour" or _is_hour(made, row, n)) and not _is_several(made, row, n)
        ):  # fmt: skip
            clock = Clock(hour.start, hour.start, item.end, "half", hour.value, item.value, False, False)
            made[-2:] = [Moment(hour.start, item.end, clock)]
        else:
            made.append(item)
    return made


def _is_hour(made: Sequence[Item], row: Sequence[Item], n: int) -> bool:
    """Return whether the hour before an "e", or the minutes after it, are joined to another hour."""
    beside = (_joined(made, len(made) - 2, -1), _joined(row, n, 1))
    return any(isinstance(other, Moment) and other.clock for other in beside)


def _is_several(made: Sequence[Item], row: Sequence[Item], n: int) -> bool:
    """Return whether the two numbers are of a longer list, or of a range: "9, 10 e 15", "entre 9 e 15"."""
    before = made[-3] if len(made) > 2 else None
    earlier = made[-4] if len(made) > 3 else None
    ranges = isinstance(before, Mark) and before.name in ("between", "from", "to")
    listed = isinstance(before, Mark) and before.name in ("comma", "and") and isinstance(earlier, Number | Moment)
    following = row[n + 1 : n + 3]
    goes_on = len(following) == 2 and isinstance(mark := following[0], Mark) and mark.name == "and" and isinstance(following[1], Number)
    return ranges or listed or goes_on


def _may_be_until(row: Sequence[Item], n: int) -> bool:
    """Return whether a number after a day and an "até" may be an hour: "amanhã até 11"."""
    day, mark, number = row[n - 2 : n + 1] if n > 1 else (None, None, row[n])
    is_until = isinstance(mark, Mark) and mark.name == "until" and isinstance(day, Day) and not day.numbers
    return is_until and isinstance(number, Number) and number.value < _HOURS


def _is_beside_gap(row: Sequence[Item], n: int) -> bool:
    """Return whether a word that is not of when stands right beside a number: it may be what is counted."""
    return any(isinstance(mark, Mark) and mark.name == "gap" for mark in row[max(0, n - 1) : n + 2])


def _by_mark(item: Number, before: Item | None) -> Operand | None:
    """Return the hour or day that a number is by the mark before it: "depois das 3", "do dia 3 até o 8"."""
    if not isinstance(before, Mark):
        return None
    last = before.words.split()[-1]
    if before.name == "at" or (last in _HOUR_NEXT and before.name in (*_BOUNDS, "between")):
        return as_clock(item)
    return as_date(item) if last in ("dia", "dias") else None


def _joined(row: Sequence[Item], n: int, step: int) -> Item | None:
    """Return the item to which one is joined, or with which it is written together, in one direction."""
    at = n + step
    while 0 <= at < len(row) and isinstance(mark := row[at], Mark):
        if mark.name not in (*_JOINS, "at"):
            return None
        at += step
    return row[at] if 0 <= at < len(row) and abs(at - n) > 1 else None


def _hour_before(row: Sequence[Item], n: int) -> Item | None:
    """Return the item to which one is joined before it; of "3 da tarde" the hour."""
    other = _joined(row, n, -1)
    if isinstance(other, Moment) and other.part and not other.clock:
        at = next(at for at in reversed(range(n)) if row[at] is other)
        hour = row[at - 1] if at else None
        return hour if isinstance(hour, Moment) and hour.clock else other
    return other


def _like(item: Number, other: Item | None) -> Operand | None:
    """Return a number as what it is joined to."""
    if isinstance(other, Moment) and other.clock:
        return as_clock(item) if item.value <= _HOURS else None
    return as_date(item, other.numbers) if isinstance(other, Day) and other.numbers else None


def _of_weekday(row: Sequence[Item], n: int) -> Day | None:
    """Return the day of the month that a number right after a weekday is: "sexta 11"; not "sexta 10 da manhã"."""
    item, following = row[n], row[n + 1] if n + 1 < len(row) else None
    before = n - 1
    if before > 0 and isinstance(mark := row[before], Mark) and mark.name == "comma":
        before -= 1
    day = row[before] if before >= 0 else None
    by_weekday = isinstance(day, Day) and day.sort == "weekday"
    if isinstance(item, Number) and by_weekday and not (isinstance(following, Moment) and following.clock is None):
        return as_date(item)
    return None


def _of_relative(row: Sequence[Item], n: int) -> Moment | None:
    """Return the hour that a number right after "amanhã" is: "amanhã 17", if that is not its date."""
    item, day = row[n], row[n - 1] if n else None
    if not (isinstance(item, Number) and isinstance(day, Day) and day.sort == "relative" and len(row) == n + 1):
        return None
    return as_clock(item) if _FIRST_SURE_HOUR <= item.value < _HOURS and date.fromordinal(day.days[0][0]).day != item.value else None


def _before_hour(row: Sequence[Item], n: int) -> Day | None:
    """Return the day that a number is which is no hour, right before one: "27 às 10"."""
    item, hour = row[n], _joined(row, n, 1)
    follows = isinstance(hour, Moment) and hour.clock is not None
    return as_date(item) if follows and isinstance(item, Number) and _HOURS < item.value <= 31 else None


def _dated_at(row: Sequence[Item], n: int) -> Day | None:
    """Return the day that a number between a weekday and an hour is: "sexta 4 às 10h"."""
    following = row[n + 1] if n + 1 < len(row) else None
    return _of_weekday(row, n) if isinstance(following, Mark) and following.name == "at" else None


def _with_minutes(row: Sequence[Item], n: int) -> bool:
    """Return whether a number and the hour before it, or after, may be one time, or two: "10 e 15", "às 7 e 5"; not "10 e 11"."""
    ands = [at for at in (n - 1, n + 1) if 0 <= at < len(row) and isinstance(mark := row[at], Mark) and mark.name == "and"]
    return any(
        not (isinstance(number := row[at + 1] if at + 1 < len(row) else None, Number) and number.value % 5)
        and (at < 2 or not (isinstance(mark := row[at - 2], Mark) and mark.name == "between"))
        for at in ands
    )


def _together(row: Sequence[Item]) -> list[Item]:
    """Return the row with two names of one day as one: "sexta, dia 27", "amanhã (terça)"; "hoje, terça e quarta" is a list."""
    made: list[Item] = []
    for n, item in enumerate(row):
        mark = made[-1] if made else None
        join = mark.name if isinstance(mark, Mark) and mark.name in ("comma", "is") else None
        before = made[-1 - (join is not None)] if len(made) > (join is not None) else None
        one: Day | None = None
        if isinstance(item, Day) and isinstance(before, Day) and not (join == "comma" and _list_goes_on(row, n)):
            one = _one_day(before, item) or (_same_day(before, item) if join == "is" else None)
        if one:
            made[-1 - (join is not None) :] = [one]
        else:
            made.append(item)
    return made


def _one_day(one: Day, other: Day) -> Day | None:
    weekday, fixed = (one, other) if one.sort == "weekday" else (other, one)
    if weekday.sort == "weekday" and weekday.weekday is not None and fixed.sort in _FIXED and fixed.weekday is None:
        return replace(fixed, start=one.start, end=other.end, weekday=weekday.weekday)
    if {one.sort, other.sort} == {"dated", "relative"}:
        dated, relative = (one, other) if one.sort == "dated" else (other, one)
        return replace(dated, start=one.start, end=other.end, days=relative.days, weekday=one.weekday or other.weekday)
    return None


def _same_day(one: Day, other: Day) -> Day | None:
    """Return a weekday and the day that it is said to be as one: "sexta, que é véspera de Natal"."""
    weekday, fixed = (one, other) if one.sort == "weekday" else (other, one)
    if weekday.sort != "weekday" or fixed.sort != "counted" or len(fixed.days) != 1 or (fixed.days[0][0] - 1) % 7 != weekday.weekday:
        return None
    return replace(fixed, start=one.start, end=other.end)


def _list_goes_on(row: Sequence[Item], n: int) -> bool:
    """Return whether a weekday after a comma is one of several."""
    day, joins, following = (*row[n : n + 3], None, None)[:3]
    return (
        isinstance(day, Day) and day.sort == "weekday" and isinstance(joins, Mark) and joins.name in ("and", "or", "comma")
        and isinstance(following, Day) and following.sort == "weekday"
    )  # fmt: skip


def _parted(row: Sequence[Item]) -> list[Item]:
    """Return the row with parts of the day joined to the hours that they are said of: "4 da tarde", "à tarde, às 3"."""
    made: list[Item] = []
    for item in row:
        clock = made[-1] if made else None
        if isinstance(item, Moment) and item.is_vague and isinstance(clock, Moment) and clock.clock and clock.part == item.part:
            continue
        if isinstance(item, Moment) and item.part and isinstance(clock, Moment) and clock.clock and clock.part is None:
            made[-1] = replace(clock, part=item.part, end=item.end)
            continue
        if isinstance(item, Moment) and item.clock and item.part is None and (part := _part_before(made)) is not None:
            said = made[part]
            assert isinstance(said, Moment)
            item = replace(item, part=said.part)
            del made[part:]
        made.append(item)
    return made


def _part_before(made: Sequence[Item]) -> int | None:
    """Return where the part of the day stands that an hour right after it is in, an "às" or a comma between."""
    at = len(made) - 1
    while at > 0 and len(made) - at <= 2 and isinstance(mark := made[at], Mark) and mark.name in ("at", "comma"):
        at -= 1
    item = made[at] if at >= 0 else None
    if not (isinstance(item, Moment) and item.part and item.clock is None):
        return None
    before = made[at - 1] if at else None
    return at if not (isinstance(before, Mark) and before.name in (*_BOUNDS, "between", "or", "and", "not", "nor", "except")) else None


def _halved(row: list[Item]) -> list[Item]:
    """Return the row with hours in the half of the day of those that they are joined to: "entre 2 e 4 da tarde", "3 da tarde ou 4"."""
    clocks = [n for n, item in enumerate(row) if isinstance(item, Moment) and item.clock]
    for n in reversed(clocks):
        row[n] = _in_half_of(row[n], _joined(row, n, 1), ("manha", "tarde", "noite"))
    for n in clocks:
        row[n] = _in_half_of(row[n], _joined(row, n, -1), ("tarde", "noite"))
    return row


def _in_half_of(item: Item, other: Item | None, parts: Sequence[str]) -> Item:
    assert isinstance(item, Moment)
    assert item.clock
    if item.part or not (isinstance(other, Moment) and other.clock and other.part):
        return item
    first, last = HALVES[other.part]
    hour = item.clock.hour
    fits = any(first <= h * 60 <= last for h in (hour, hour + 12))
    return replace(item, part=other.part) if other.part in parts and fits else item
