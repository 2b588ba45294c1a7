"""What a message names of days and times that still stands: not what was refused, nor what a correction took the place of."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol, TypeVar

from service.language.counts import NUMBER, value_of
from service.language.days import as_day, find_days
from service.language.said import days_in, times_in
from service.language.text import ending_at
from service.language.times import find_part
from service.platform.errors import BadRequest

Stretch = tuple[date, date]
PartOfDay = tuple[time, time]


class Placed(Protocol):
    """Something that stands somewhere in words."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Line:
    """One message in folded words: whose, whether it is fresh, and the shop's day on which it was written.

    `when` are its words as days and times are looked for in them (`service.language.grammar.date_words`).
    """

    ours: bool
    fresh: bool
    today: date
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of days, a part of the day or an hour, and where it is said."""

    start: int
    end: int
    days: Stretch | None = None
    part: PartOfDay | None = None
    times: tuple[time, ...] = ()


# What is said after one of these takes the place of what was said before: "não, às 15h", "na verdade sábado".
_CORRECTS = re.compile(
    r"(?:(?:^|[.,;!?] )(?:nao|n)|\bnao,|\b(?:na verdade|alias|digo|corrigindo|errei|me enganei|desculpa|perdao|melhor|pensando bem"
    r"|mudei de ideia|quis dizer|em vez d[eoa]|no lugar d[eoa]|ao inves d[eoa]))(?=[ ,])"
)
_LONGEST_CORRECTION = 30
_SENTENCE_ENDS = re.compile(r"[.;!?] ")
# What stands between these is refused, not wished for: "10h não", "não posso na sexta".
_REFUSED_AFTER = re.compile(r"(?: eu)? nao\b(?! (?:e|eh|tem|ta|esta)\b)")
_REFUSED_BEFORE = re.compile(
    r"\bnao(?: (?:posso|quero|consigo|vou|podemos|queremos|e|eh|serve|prefiro|vai dar|me serve))?(?: (?:as|na|no|dia|de|a))? $"
)
_REFUSED = re.compile(r"\bnao (?:posso|quero|consigo|vou|podemos|queremos|serve|da|vai dar|me serve)\b|\bnao$")
_BARE = re.compile(
    rf"(?:(?:pode ser|acho|prefiro|quero|entao|sim|ok|isso|as?|o|dia|la|pelas?|umas|marca|pra|para|melhor|nao)\b,? )*"
    rf"(?P<hour>{NUMBER})(?: e (?P<minutes>meia|{NUMBER}))?(?: (?:mesmo|por favor|pf|entao|ta bom|ok|obrigad[oa]|horas?))*[.! ]*"
)


def standing(
    lines: Iterable[Line], read: Callable[[Line], Sequence[P]], words_of: Callable[[Line], str] = lambda line: line.when
) -> list[tuple[Line, P]]:
    """Return what is named and stands: without what was refused, and without what a correction by the customer took the place of.

    "sexta às 10h" and then "não, às 15h" leaves the Friday and 15h: of each kind of thing only what the correction names anew is replaced.
    """
    found: list[tuple[Line, P]] = []
    for line in lines:
        said, words = list(read(line)), words_of(line)
        if said and not line.ours:
            said = [one for one in said if not _is_refused(words, one)]
            if (turn := _turn(words, [one.start for one in said])) is not None:
                found, said = [], [one for one in said if one.start >= turn]
        found += [(line, one) for one in said]
    return found


def _turn(words: str, starts: Sequence[int]) -> int | None:
    """Return where the last correction ends that one of the things that begin at `starts` follows at once; None without one."""
    ends = [match.end() for match in _CORRECTS.finditer(words)] if starts else []
    for end in reversed(ends):
        follows = bisect_left(starts, end)
        gap = words[end : starts[follows]] if follows < len(starts) else None
        if gap is not None and len(gap) <= _LONGEST_CORRECTION and not _SENTENCE_ENDS.search(gap):
            return end
    return None


def _is_refused(words: str, one: Placed) -> bool:
    return bool(_REFUSED_AFTER.match(words, one.end) or ending_at(_REFUSED_BEFORE, words, one.start))


def times_in_line(line: Line) -> list[Found]:
    said = [Found(one.start, one.end, times=one.times) for one in times_in(line.when)]
    if not said and (bare := _BARE.fullmatch(line.when)) and (hour := value_of(bare["hour"])) < 24 and hour == int(hour):
        minutes = 30 if bare["minutes"] == "meia" else value_of(bare["minutes"]) if bare["minutes"] else 0
        hours = (int(hour), int(hour) + 12) if hour < 8 else (int(hour),)
        if minutes < 60 and minutes == int(minutes):
            said = [Found(bare.start("hour"), bare.end("hour"), times=tuple(time(h, int(minutes)) for h in hours))]
    return said


def stretches_in(line: Line) -> list[Found]:
    """Return the stretches of days that a line names, single days among them."""
    refused = {day for said in days_in(line.when, line.today) if _is_refused(line.when, said) for day in said.days}
    found = []
    for start, words in _pieces(line.when):
        with suppress(BadRequest):
            days = find_days(as_day(words), line.today)
            if days and not (days[0] == days[1] and days[0] in refused) and not _REFUSED.search(words):
                found.append(Found(start, start + len(words), days=days))
    return found


def parts_in(line: Line) -> list[Found]:
    found = []
    for start, words in _pieces(line.when):
        with suppress(BadRequest):
            if (part := find_part(words)) and not _REFUSED.search(words):
                found.append(Found(start, start + len(words), part=part))
    return found


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a line, cut also where a correction begins anew, and where each begins."""
    begin = 0
    ends = [(found.start(), found.end()) for found in _SENTENCE_ENDS.finditer(words)]
    for cut in sorted([*ends, *((found.end(), found.end()) for found in _CORRECTS.finditer(words))]):
        if words[begin : cut[0]].strip():
            yield begin, words[begin : cut[0]]
        begin = max(begin, cut[1])
    if words[begin:].strip():
        yield begin, words[begin:]
