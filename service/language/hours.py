"""From a time as it is said to the minute of the day, by the shop's opening: "às 3" in a shop that opens at 9 is the afternoon."""

from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Literal

from service.language.grammar import PartOfDay
from service.language.lexemes import Moment
from service.platform.clock import minute
from service.platform.errors import Unclear

Opening = Sequence[tuple[time, time]]
"""When a shop is open, wall-clock, each from opening to closing; midnight closes the day."""

LAST_MINUTE = 1439
SHOPS_DAY: Opening = ((time(7), time(19)),)
"""What is taken for the opening where nobody knows it."""

# The hours that people say with a part of the day and mean twelve later: "10h ou à tarde" is no 22h.
LATER: dict[PartOfDay, range] = {"manha": range(0), "tarde": range(1, 8), "noite": range(5, 12)}
HALVES: dict[PartOfDay, tuple[int, int]] = {"manha": (0, 719), "tarde": (720, 1199), "noite": (1020, 1439)}
"""The minutes that an hour of each part of the day may be: "7 da tarde" is said of the evening."""


def minute_of(moment: Moment, opening: Opening | None, *, is_bound: bool) -> int:
    """Return the minute of the day that a clock's time means; a bound may be the very closing.

    Raises Unclear where there is no such time, or where it may be either half of the day.
    """
    clock, part = moment.clock, moment.part
    assert clock is not None
    hour = clock.hour + 12 if part and clock.hour in LATER[part] else clock.hour
    if hour > 23 or clock.minute > 59:
        raise Unclear(f"Não existe o horário {hour}h{clock.minute:02d}. Qual é a hora?")
    at = hour * 60 + clock.minute
    if part:
        first, last = HALVES[part]
        if not first <= at <= last:
            raise Unclear(f"{hour}h{clock.minute:02d} não é nessa parte do dia. Qual é a hora?")
        return at
    if hour not in LATER["tarde"] or (clock.padded and opening is None):
        return at
    return _half(at, opening or SHOPS_DAY, is_bound=is_bound, padded=clock.padded)


def of_shop(which: Literal["opens", "closes"], opening: Opening | None) -> int:
    """Return the minute at which the shop opens or closes. Raises Unclear where nobody knows, or days differ in it."""
    by_opening = sorted((minute(opens), minute(closes, is_end=True)) for opens, closes in opening or ())
    if not by_opening or any(one[1] > other[0] for one, other in pairwise(by_opening)):
        raise Unclear("A que horas seria, por exemplo 9h?")
    return by_opening[0][0] if which == "opens" else min(by_opening[-1][1], LAST_MINUTE)


def _half(at: int, opening: Opening, *, is_bound: bool, padded: bool) -> int:
    morning, afternoon = (_is_open(m, opening, is_bound=is_bound) for m in (at, at + 720))
    if morning and afternoon and not padded:
        hour, rest = divmod(at, 60)
        said = f"{hour}h{rest:02d}" if rest else f"{hour}h"
        raise Unclear(f"{said} da manhã ou {hour + 12}h{f'{rest:02d}' if rest else ''}? Qual é a hora?")
    # Where the shop is closed at both, nobody means the night.
    return at if morning or (padded and not afternoon) or (not afternoon and at >= 420) else at + 720


def _is_open(at: int, opening: Opening, *, is_bound: bool) -> bool:
    return any(minute(opens) <= at < minute(closes, is_end=True) + is_bound for opens, closes in opening)
