"""From terms to the set of days, or of times, that they are together: lists are all of them, bounds narrow, "ou" widens."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from service.language.clauses import UNCLEAR
from service.language.dating import contradiction, day_of, on_weekday
from service.language.hours import Opening, minute_of, of_shop
from service.language.intervals import Stretches, common, joined
from service.language.lexemes import Day, Moment
from service.language.stretches import FAR, months_on, weekdays_of
from service.language.terms import Piece, Term
from service.platform.errors import Unclear

_Joined = tuple[str | None, Term]
_LATEST_HOUR = 21
PAST = "Esse dia já passou. Qual é a data?"


def days_of(pieces: Sequence[Piece], today: date, *, refused: bool = False) -> Stretches:
    """Return the days of pieces as ordinals; a weekday that is refused is so in every week. Raises Unclear with what to ask."""
    listed = _listed(pieces)
    _check_list([term.first for _, term in listed if isinstance(term.first, Day) and not (term.bound or term.last)], today)
    weeks = [n for n, (_, term) in enumerate(listed) if _names_week(term)]
    single = [term for _, term in listed if _is_within_a_week(term)]
    within: Stretches | None = None
    if len(weeks) == 1 and single and not _is_alternative(listed, weeks[0]):
        within = _days(listed[weeks[0]][1], today, None, refused=False)
        listed = [joined_ for n, joined_ in enumerate(listed) if n != weeks[0]]
    found = _together([(join, term, _days(term, today, within, refused=refused)) for join, term in listed])
    found = common(found, within) if within else found
    if not found:
        raise Unclear(UNCLEAR)
    return found


def _check_list(days: Sequence[Day], today: date) -> None:
    """Raise Unclear where numbers in a row may be of other days than each by itself: "dia 24 e 31" in November, "quinta 10 ou 11"."""
    for one, other in pairwise(days):
        if not (one.numbers and other.numbers) or one.numbers.month or other.numbers.month or one.numbers.next_month:
            continue
        first, second = one.numbers.day, other.numbers.day
        found = day_of(one.numbers, today), day_of(other.numbers, today)
        is_hour = one.weekday not in (None, found[1].weekday()) and other.weekday is None and second < _LATEST_HOUR
        if is_hour or (first < second and found[0].month != found[1].month):
            raise Unclear(UNCLEAR)


def times_of(pieces: Sequence[Piece], opening: Opening | None, *, refused: bool = False) -> Stretches:
    """Return the times of pieces as minutes of the day. Raises Unclear with what to ask."""
    found = _together([(join, term, _minutes(term, opening, refused=refused)) for join, term in _listed(pieces)])
    if not found:
        raise Unclear(UNCLEAR)
    return found


def _listed(pieces: Sequence[Piece]) -> list[_Joined]:
    """Return the terms, each with what joins it to the one before: "ou" rather than a comma beside it."""
    found: list[_Joined] = []
    join: str | None = None
    for piece in pieces:
        if isinstance(piece, Term):
            found.append((join, piece))
            join = None
        elif join in (None, "comma", "gap"):
            join = "or" if piece.name in ("or", "nor") else piece.name
    for n in reversed(range(1, len(found) - 1)):
        # "Terça quarta ou quinta".
        if found[n][0] is None and found[n + 1][0] in ("or", "and", "comma") and _alike(found[n - 1][1], found[n][1], found[n + 1][1]):
            found[n] = ("comma", found[n][1])
    return found


def _alike(*terms: Term) -> bool:
    """Return whether all are single days of one sort."""
    sorts = {term.first.sort if isinstance(term.first, Day) and not (term.bound or term.last) else None for term in terms}
    return sorts in ({"weekday"}, {"dated"})


def _together(listed: Sequence[tuple[str | None, Term, Stretches]]) -> Stretches:
    """Return the one set: of what "ou" parts, any; within that, names add up and bounds narrow."""
    either: list[Stretches] = []
    names: Stretches | None = None
    bounds: Stretches | None = None
    was: Term | None = None
    last: Stretches = ()
    for join, term, found in listed:
        if was is not None and join == "or" and was.bound is None and term.bound == "until" and _is_next(last, found):
            # "Hoje ou no máximo amanhã".
            term, found = replace(term, bound=None), ((found[-1][1], found[-1][1]),)
        last = found
        if was is not None and join == "or":
            if (was.bound in ("after", "before") and term.bound is None) or (was.bound is None and term.bound in ("until", "before")):
                # "Depois de quinta ou sexta", "quinta ou no máximo sexta".
                raise Unclear(UNCLEAR)
            either.append(_narrowed(names, bounds))
            names = bounds = None
        was = term
        if term.bound:
            bounds = common(bounds, found) if bounds else found
        elif names is None or (join == "comma" and not term.is_day and common(names, found) == found):
            # "No fim da tarde, umas 5": the hour is said.
            names = found
        elif join in ("and", "comma"):
            names = joined((*names, *found))
        elif not (names := common(names, found)):
            raise Unclear(UNCLEAR)
    return joined(stretch for one in (*either, _narrowed(names, bounds)) for stretch in one)


def _is_next(one: Stretches, until: Stretches) -> bool:
    """Return whether one day is the very one before the last of others."""
    return one[0][0] == one[-1][1] == until[-1][1] - 1


def _narrowed(names: Stretches | None, bounds: Stretches | None) -> Stretches:
    if names is None or bounds is None:
        return names or bounds or ()
    if not (found := common(names, bounds)) or all(first == last for first, last in names):
        # "Sexta, no máximo sábado": one day that is named is no longer bounded.
        raise Unclear(UNCLEAR)
    return found


def _names_week(term: Term) -> bool:
    return (
        isinstance(term.first, Day) and term.first.sort in ("week", "month", "weekend", "within") and not term.bound and term.last is None
    )


def _is_within_a_week(term: Term) -> bool:
    """Return whether a term is of days that a week or month named beside it tells apart: "mês que vem, dia 5"."""
    by_weekday = any(isinstance(operand, Day) and operand.sort == "weekday" for operand in (term.first, term.last))
    by_number = isinstance(term.first, Day) and term.first.numbers is not None and term.first.numbers.month is None
    single = isinstance(term.first, Day) and term.first.sort in ("dated", "relative") and not (term.bound or term.last)
    return by_weekday or by_number or single


def _is_alternative(listed: Sequence[_Joined], n: int) -> bool:
    """Return whether a term is one of several by "ou" or "e"."""
    joins = [listed[n][0] if n else None, listed[n + 1][0] if n + 1 < len(listed) else None]
    return any(join in ("or", "and") for join in joins)


def _days(term: Term, today: date, within: Stretches | None, *, refused: bool) -> Stretches:
    assert isinstance(term.first, Day)
    first = _named(term.first, today, within, every=refused and term.bound is None and term.last is None)
    if term.last is not None:
        assert isinstance(term.last, Day)
        return _range(term.first, term.last, first[0][0], today, within)
    start, end = first[0][0], first[-1][1]
    match term.bound:
        case "from":
            return ((start, today.toordinal() + FAR),) if start <= today.toordinal() + FAR else ((start, start + FAR),)
        case "after":
            return ((end + 1, max(today.toordinal(), end) + FAR),)
        case "before":
            return joined([(today.toordinal(), start - 1)])
        case "until":
            return joined([(today.toordinal(), end)])
        case _:
            return first


def _range(first: Day, last: Day, start: int, today: date, within: Stretches | None) -> Stretches:
    if within is None and first.sort == "weekday" and first.weekday == today.weekday() != last.weekday:
        # "De segunda a sexta", said on a Monday.
        start = today.toordinal()
    begins = date.fromordinal(start)
    end = _named(last, max(today, begins), within, since=start)[-1][1]
    same_month = first.numbers and last.numbers and first.numbers.start == last.numbers.start
    if start > end and same_month:
        start = months_on(begins, -1).toordinal()
    elif first.numbers and first.numbers.month is None and last.numbers and last.numbers.month:
        # "Do dia 28 ao 3/12": the last such day before.
        begins = date.fromordinal(end).replace(day=1)
        nearest = [day_of(first.numbers, months_on(begins, months)).toordinal() for months in (-1, 0)]
        start = max((n for n in nearest if n <= end), default=start)
    if start > end:
        raise Unclear(f"{date.fromordinal(start):%d/%m} vem depois de {date.fromordinal(end):%d/%m}. Quais são os dias?")
    return ((start, end),)


def _named(day: Day, today: date, within: Stretches | None, *, every: bool = False, since: int | None = None) -> Stretches:
    """Return the days of one name: a weekday's within a week that is named, or, in `every` week, or its next `since` a day."""
    if day.sort == "weekday" and day.weekday is not None:
        if within is not None:
            return common(within, weekdays_of({day.weekday}, within[0][0], within[-1][1])) or _over()
        if every and not day.is_this:
            return weekdays_of({day.weekday}, today.toordinal(), today.toordinal() + FAR)
        return weekdays_of({day.weekday}, since, since + 6) if since is not None else day.days
    if day.sort == "weekend" and every and not day.is_this:
        return weekdays_of({5, 6}, today.toordinal(), today.toordinal() + FAR)
    if within is not None and since is None and day.numbers is not None and day.numbers.month is None and day.weekday is None:
        every_day = (n for first, last in within for n in range(first, last + 1))
        return joined((n, n) for n in every_day if date.fromordinal(n).day == day.numbers.day) or _over()
    if day.numbers is not None:
        found = on_weekday(day.numbers, day.weekday, today) if day.weekday is not None else day_of(day.numbers, today)
        if day.days and found.toordinal() != day.days[0][0]:
            raise Unclear(f"{date.fromordinal(day.days[0][0]):%d/%m} ou {found:%d/%m}? Qual dos dois?")
        return ((found.toordinal(), found.toordinal()),)
    if (
        day.weekday is not None
        and day.sort in ("relative", "counted")
        and (found := date.fromordinal(day.days[0][0])).weekday() != day.weekday
    ):
        raise Unclear(contradiction(found, day.weekday))
    return day.days or _over()


def _over() -> Stretches:
    raise Unclear(PAST)


def _minutes(term: Term, opening: Opening | None, *, refused: bool) -> Stretches:
    assert isinstance(term.first, Moment)
    bounded = term.bound is not None or term.last is not None
    start, end = _moment(term.first, opening, is_bound=bounded)
    if term.last is not None:
        assert isinstance(term.last, Moment)
        end = _moment(term.last, opening, is_bound=True)[1]
        end = end + 720 if end <= start and end < 720 and term.last.part is None else end
        if end <= start:
            raise Unclear(UNCLEAR)
        return ((start, end),)
    match term.bound:
        case "from":
            return ((start, 1439),)
        case "after":
            # "Não depois das 5" leaves the hour itself.
            since = end + 1 if refused or not (term.first.clock or term.first.of_shop) else start
            return joined([(since, 1439)])
        case "before":
            return joined([(0, start - 1)])
        case "until":
            return ((0, end),)
        case _:
            return ((start, end),)


def _moment(moment: Moment, opening: Opening | None, *, is_bound: bool) -> tuple[int, int]:
    if moment.of_shop:
        minute = of_shop(moment.of_shop, opening)
        return minute, minute
    if moment.clock is None:
        return moment.minutes
    minute = minute_of(moment, opening, is_bound=is_bound)
    return minute, minute
