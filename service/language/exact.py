"""The single days and hours that a message names, where it is not clear how they belong together: "banho do Rex às 10h e do Bob às 11h".

No more than a choice among them, and only how they belong together is left open: every word beside them is accounted for as in
`wishes`, so that "sexta tenho compromisso" names no day that is wished for. Nothing is read so where a word bounds, refuses or ranges, or
a number may be either.
"""

import re
from datetime import date, timedelta

from service.language.around import corrected, names_in, wished
from service.language.clauses import UNCLEAR
from service.language.dating import next_weekday
from service.language.grammar import WEEKDAY, WEEKDAY_NAMES, date_words
from service.language.hours import Opening
from service.language.lexemes import Day, Item, Mark, Moment, Number, Unknown, lexemes
from service.language.sets import days_of, times_of
from service.language.terms import Piece, Term, pieces_of
from service.language.when_words import CONDITION
from service.language.wishes import Wish
from service.platform.errors import Unclear

# What may stand beside them.
_JOINS = ("comma", "and", "at", "stop", "yes", "gap", "is")
_CONDITION = re.compile(rf"\b(?:{CONDITION})\b")
# "Não, às 15h" answers, who is to be told when a time is free puts no condition, and what is moved is not where it stood.
_APART = re.compile(
    r"^(?:nao|n)[,.] |\b(?:avis\w+|cham\w+|fal[ae])(?: me)? (?:se|quando|caso|assim que) (?:tiver|houver)\b"
    r"|\b(?:se|quando|caso|assim que) (?:abrir|vagar|surgir|aparecer|sobrar)\b"
    rf"|\b(?:nao|n) (?:posso|consigo|vou (?:poder|conseguir))(?: ir| levar)? (?:hoje|amanha|{WEEKDAY_NAMES}),"
    r" (?=(?:remarc|mud|pass|troc|adi|transf)\w+ )"
)
# "Não tem banho sexta?" wishes for it.
_ASKS = re.compile(r"\b(?:nao|n) tem(?! (?:como|jeito|chance|condicao))(?: mais)?(?=[^,.;!?]{0,60}\?)")
# "quinta", and then "*sexta", puts right what was written.
_STARRED = re.compile(r"^[^*\n]*\*[^*\n]*$", re.MULTILINE)
# Of the next week, or the one after it.
_OTHER_WEEK = re.compile(rf"\b(?P<weekday>{WEEKDAY_NAMES})(?: feira)? da outra semana\b")
_SINGLE = ("weekday", "dated", "relative", "counted")


def names_when(text: str, today: date) -> tuple[bool, bool]:
    """Return whether a text names anything of days, and of times; a number may be either."""
    items = lexemes(date_words(text), today)
    number = any(isinstance(item, Number) and not item.counted for item in items)
    return any(isinstance(item, Day) for item in items) or number, any(isinstance(item, Moment) for item in items) or number


def exact(text: str, today: date, opening: Opening | None = None, *, known: frozenset[str] = frozenset()) -> Wish:
    """Return the single days and hours of a message, each kind as the set of what may be chosen. `known` are words that are on record.

    Raises Unclear where there is more to it.
    """
    if _STARRED.search(text):
        raise Unclear(UNCLEAR)
    known |= names_in(text)
    words = _without_declined(_ASKS.sub("", _APART.sub("", date_words(text))), known)
    words = _OTHER_WEEK.sub(lambda said: _either_week(said["weekday"], today), words)
    items = corrected(lexemes(words, today), words)
    if _CONDITION.search(words):
        raise Unclear(UNCLEAR)
    items = wished(items, words, names=known, asked=True)
    items = [Mark(item.start, item.end, "gap", "…") if isinstance(item, Unknown) else item for item in items]
    pieces, left = pieces_of(items, None)
    if not all(_is_plain(piece) for piece in (*pieces, *left)):
        raise Unclear(UNCLEAR)
    days = [piece for piece in pieces if isinstance(piece, Term) and piece.is_day]
    times = [piece for piece in pieces if isinstance(piece, Term) and not piece.is_day]
    return Wish(days_of(_either(days), today) if days else None, times_of(_either(times), opening) if times else None)


def _without_declined(words: str, known: frozenset[str]) -> str:
    """Return words without what is declined by its name: "sexta sem a bia", "sexta, não preciso de tosa"."""
    name = rf"(?:{'|'.join(map(re.escape, sorted(known | {'leva e traz', 'tosa', 'banho'})))})"
    declined = re.compile(
        rf"\b(?:sem (?:[oa]s? )?{name}\b|(?:nao|n) (?:quero|precis\w{{1,5}})(?: d[aeo]s?)? {name}(?=$|[,.;!?])"
        rf"|(?:[oa] )?{name} (?:nao|n) precisa(?=$|[,.;!?])|(?:nao|n) precisa (?:buscar|levar|trazer|pegar)\b[^,.;!?]*)"
    )
    return declined.sub("", words)


def _either_week(weekday: str, today: date) -> str:
    day = next_weekday(WEEKDAY[weekday], today, next_week=True)
    return f"{day:%d/%m/%Y}, {day + timedelta(days=7):%d/%m/%Y}"


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
