"""What a message names of things that still stands: not what was refused, nor what a correction took the place of."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from service.language.text import ending_at


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

    `when` are its words as days and times are looked for in them (`service.language.grammar.date_words`), `text` as it was typed.
    """

    ours: bool
    fresh: bool
    today: date
    words: str
    when: str
    text: str


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
