"""The single days and hours that a message names, where it is not clear how they belong together: "banho do Rex às 10h e do Bob às 11h".

No more than a choice among them: nothing is read so where a word bounds, refuses or ranges, or a number may be either.
"""

import re
from datetime import date

from service.language.around import corrected
from service.language.clauses import UNCLEAR
from service.language.grammar import date_words
from service.language.hours import Opening
from service.language.lexemes import Day, Item, Mark, Moment, Number, Unknown, lexemes
from service.language.sets import days_of, times_of
from service.language.terms import Piece, Term, pieces_of
from service.language.when_words import CONDITIONS
from service.language.wishes import Wish
from service.platform.errors import Unclear

# What may stand beside them.
_JOINS = ("comma", "and", "at", "stop", "yes", "gap", "is")
_CONDITION = re.compile(rf"\b(?:{CONDITIONS})\b")
_SINGLE = ("weekday", "dated", "relative", "counted")


def names_when(text: str, today: date) -> tuple[bool, bool]:
    """Return whether a text names anything of days, and of times; a number may be either."""
    items = lexemes(date_words(text), today)
    number = any(isinstance(item, Number) and not item.counted for item in items)
    return any(isinstance(item, Day) for item in items) or number, any(isinstance(item, Moment) for item in items) or number


def exact(text: str, today: date, opening: Opening | None = None) -> Wish:
    """Return the single days and hours of a message, each kind as the set of what may be chosen.

    Raises Unclear where there is more to it.
    """
    words = date_words(text)
    items = corrected(lexemes(words, today), words)
    if _CONDITION.search(words):
        raise Unclear(UNCLEAR)
    items = [Mark(item.start, item.end, "gap", "…") if isinstance(item, Unknown) else item for item in items]
    pieces, left = pieces_of(items, None)
    if not all(_is_plain(piece) for piece in (*pieces, *left)):
        raise Unclear(UNCLEAR)
    days = [piece for piece in pieces if isinstance(piece, Term) and piece.is_day]
    times = [piece for piece in pieces if isinstance(piece, Term) and not piece.is_day]
    return Wish(days_of(_either(days), today) if days else None, times_of(_either(times), opening) if times else None)


def _is_plain(piece: Piece | Item) -> bool:
    if isinstance(piece, Mark):
        return piece.name in _JOINS
    if isinstance(piece, Term):
        first = piece.first
        is_one = first.sort in _SINGLE if isinstance(first, Day) else first.clock is not None
        return is_one and piece.last is None and piece.bound is None
    return isinstance(piece, Number) and piece.counted


def _either(terms: list[Term]) -> list[Piece]:
    """Return terms as alternatives."""
    return [piece for term in terms for piece in (Mark(0, 0, "or", "ou"), term)][1:]
