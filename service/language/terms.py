"""From single names to what they say together: "4 da tarde", "de 1 a 5/12", "depois de quinta", "15h em diante".

What a bare number becomes, `numbers_alone` says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.language.hours import HALVES
from service.language.lexemes import Day, Item, Mark, Moment, Number
from service.language.numbers_alone import Bare, Operand, joined_to, numbered

Bound = Literal["from", "after", "before", "until"]

_BOUNDS: tuple[Bound, ...] = ("from", "after", "before", "until")
# "Às 16 no máximo".
_AT_MOST = ("no maximo", "no mais tardar")
_FIXED = ("dated", "relative", "counted")


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


def pieces_of(items: Sequence[Item], bare: Bare | None) -> tuple[list[Piece], list[Item]]:
    """Return what a row of items says, and the items of it that nothing was made of. A number alone is what `bare` says."""
    rather = any(isinstance(item, Mark) and item.name == "rather" for item in items)
    items = list(_without_rather(items))
    row = _halved(_parted(_together(numbered(_without_empty(items), bare))))
    pieces: list[Piece] = []
    # What only says in which half of the day an hour is says nothing without one.
    says_opening = any(isinstance(item, Moment) and item.of_shop for item in row)
    row = [replace(item, is_vague=False) if isinstance(item, Moment) and _is_morning(row, n) else item for n, item in enumerate(row)]
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


def _without_rather(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items without what says that one is liked more; behind a refusal it begins anew: "sexta não, prefiro sábado"."""
    refuses, before = False, None
    for item in items:
        if not (isinstance(item, Mark) and item.name == "rather"):
            yield item
        elif refuses and isinstance(before, Mark) and before.name == "comma":
            yield replace(item, name="yes")
        refuses, before = refuses or (isinstance(item, Mark) and item.name == "not"), item


def _is_morning(row: Sequence[Item], n: int) -> bool:
    """Return whether "cedo" is the morning that is wished for: no hour is said, and nothing beside it bounds or refuses it."""
    item, beside = row[n], [*row[max(0, n - 1) : n], *row[n + 1 : n + 2]]
    if not (isinstance(item, Moment) and item.is_vague and item.is_early) or any(
        isinstance(one, Moment) and one is not item for one in row
    ):
        return False
    return not any(
        isinstance(mark, Mark) and mark.name in (*_BOUNDS, "not", "except", "nor", "or", "gap", "at", "to", "between") for mark in beside
    )


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
        row[n] = _in_half_of(row[n], joined_to(row, n, 1), ("manha", "tarde", "noite"))
    for n in clocks:
        row[n] = _in_half_of(row[n], joined_to(row, n, -1), ("tarde", "noite"))
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
