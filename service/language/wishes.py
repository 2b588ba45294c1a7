"""What a text says of when something is to be: a set of days and a set of times, if every word of it is accounted for.

One grammar for all who read days and times. A text is read in steps: its names of days and times (`lexemes`), what those say together
(`terms`), what of it is refused (`clauses`), and here the sets that remain. `read` takes a text that is nothing but when, and asks where a
word of it is not understood; `find` takes a message that may speak of other things, too, and asks only where a bound, a refusal or an
alternative of a day or time is left over, or where days contradict each other.

Where words are ambiguous: a weekday is its next coming ("que vem" or not), and that of the week that is named with it; one that is
refused is so in every week. What has no end is thought of for a year, "qualquer dia" for a fortnight. An hour is of the 24 unless a part of
the day or the shop's opening says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from service.language.around import LAST_OF_MONTH, corrected, names_in, referred, wished
from service.language.clauses import UNCLEAR, clauses_of, has_term
from service.language.grammar import date_words
from service.language.hours import Opening
from service.language.intervals import Stretches, joined, without
from service.language.lexemes import Item, Mark, Number, Unknown, lexemes
from service.language.numbers_alone import Bare
from service.language.numerals import asked_for
from service.language.sets import days_of, times_of
from service.language.stretches import LOOK_AHEAD_DAYS
from service.language.terms import Piece, Term, pieces_of
from service.language.text import LEFT_OUT
from service.platform.errors import Unclear

WHOLE_DAY: Stretches = ((0, 1439),)


@dataclass(frozen=True, slots=True)
class Wish:
    """Days by their ordinals and times by their minutes; None where nothing is said of them.

    `used` are the parts of the folded words that were understood as days and times, `unread` the words that were not accounted for.
    `refuses_days` and `refuses_times` where nothing is wished for, and the set is what a refusal leaves of all.
    """

    days: Stretches | None = None
    times: Stretches | None = None
    used: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    refuses_days: bool = False
    refuses_times: bool = False


_IF = ("se ", "caso ", "e se ", "mas se ", "e caso ", "mas caso ", "ai se ", "ou se ")
# Marks in a row that are looked over.
_NEAR = 5
# Which day it is matters to days alone.
_SOME_DAY = date(2000, 1, 3)


def read(text: str, today: date | None, *, opening: Opening | None = None, bare: Bare | None = None) -> Wish:
    """Return the wish that a text is, if it is nothing but that; `bare` says what a number alone is.

    Without `today` its days are not looked up.

    Raises Unclear, with a question, where a word is not accounted for, a day or time can't be, or several are said at odds.
    """
    wish = _wish(text, today, opening, bare, names=None)
    if wish.unread:
        raise Unclear(f"Não entendi “{' '.join(wish.unread[:3])}”. {UNCLEAR}")
    return wish


def find(
    text: str, today: date | None, *, opening: Opening | None = None, bare: Bare | None = None, known: frozenset[str] = frozenset()
) -> Wish:
    """Return the wish in a message that may be about other things, too; `bare` says what it was asked for: a day, or an hour.

    `known` are words that may stand beside it since they are on record: names of pets, services, people.

    Raises Unclear as `read` does, except for other words.
    """
    return _wish(text, today, opening, bare, names=names_in(text) | known)


def _wish(text: str, today: date | None, opening: Opening | None, bare: Bare | None, *, names: frozenset[str] | None) -> Wish:
    """Return the wish in a text; without `names` it is nothing but that."""
    whole = names is None
    words = asked_for(date_words(text), bare) if bare else date_words(text)
    items = corrected(lexemes(words, today or _SOME_DAY), words)
    items = items if whole else referred(items, words)
    used = tuple(words[item.start : item.end] for item in items if not isinstance(item, Unknown | Number | Mark))
    try:
        items = wished(items, words, names=names, asked=bare is not None)
    except Unclear:
        # Strictly, the word that is not understood is named.
        if not whole or not any(isinstance(item, Unknown) for item in items):
            raise
    unread = tuple(words[item.start : item.end] for item in items if isinstance(item, Unknown))
    unread += ("[…]",) if LEFT_OUT.strip() in text else ()
    if whole and unread:
        return Wish(used=used, unread=unread)
    pieces, left = pieces_of(_with_gaps(items), bare or _kind_of_numbers(items))
    pieces = _checked(pieces, left, items, whole=whole)
    return replace(_sets(pieces, today, opening, bare), used=used, unread=unread)


def _kind_of_numbers(items: Sequence[Item]) -> Bare | None:
    """Return that numbers alone are days where one is no hour: "25, 26 ou 27"."""
    numbers = [item.value for item in items if isinstance(item, Number)]
    alone = len(numbers) > 1 and all(
        isinstance(item, Number) or (isinstance(item, Mark) and item.name in ("comma", "or", "and")) for item in items
    )
    return "day" if alone and max(numbers) > 24 else None


def _with_gaps(items: Sequence[Item]) -> list[Item]:
    """Return the items with one gap for words that are not understood in a row."""
    row: list[Item] = []
    for is_gap, group in groupby(items, key=lambda item: isinstance(item, Unknown)):
        listed = list(group)
        row += [Mark(listed[0].start, listed[-1].end, "gap", "…")] if is_gap else listed
    return row


def _checked(pieces: list[Piece], left: Sequence[Item], items: Sequence[Item], *, whole: bool) -> list[Piece]:
    """Return what was said without the marks that are of other things. Raises Unclear where one may be of a day or time."""
    loose = any(isinstance(item, Number) and not item.counted and item.value <= LAST_OF_MONTH for item in left)
    says_when = has_term(pieces) or any(isinstance(piece, Mark) and piece.name == "any" for piece in pieces)
    if (whole and left) or any(not isinstance(item, Mark | Number) for item in left) or (loose and says_when):
        raise Unclear(UNCLEAR)
    if has_term(pieces) and any(_leads_nowhere(pieces, n) for n in range(len(pieces))):
        raise Unclear(UNCLEAR)
    named = {item.end for item in items if not isinstance(item, Unknown | Number | Mark)}
    before = {
        item.start: next((one for one in reversed(items[max(0, n - 2) : n]) if not _is_comma(one)), None) for n, item in enumerate(items)
    }
    for item in left:
        last = before.get(item.start)
        is_bound = isinstance(item, Mark) and item.name in ("after", "before", "until", "from", "between") and has_term(pieces)
        if is_bound or (isinstance(item, Mark) and last is not None and last.end in named):
            # "Sexta depois do feriado".
            raise Unclear(UNCLEAR)
    kept: list[Piece] = []
    for n, piece in enumerate(pieces):
        if isinstance(piece, Mark) and piece.name in ("not", "except") and not whole and _is_apart(pieces, n):
            if " " in piece.words and any(isinstance(p, Term) for p in pieces):
                raise Unclear(UNCLEAR)
            continue
        kept.append(piece)
    return [joined for is_join, group in groupby(kept, key=_is_join) for joined in (_shortened(list(group)) if is_join else group)]


def _leads_nowhere(pieces: Sequence[Piece], n: int) -> bool:
    """Return whether an "ou" stands right behind a day or time and none follows it: "quinta, ou o dia que ele puder"."""
    if not _is_mark(pieces[n], "or"):
        return False
    before, after = n - 1, n + 1
    while before >= 0 and n - before < _NEAR and _is_mark(pieces[before], "comma", "stop"):
        before -= 1
    while after < len(pieces) and after - n < _NEAR and _is_mark(pieces[after], "comma", "not", "or", "yes"):
        after += 1
    return before >= 0 and isinstance(pieces[before], Term) and not (after < len(pieces) and isinstance(pieces[after], Term))


def _is_mark(piece: Piece, *names: str) -> bool:
    return isinstance(piece, Mark) and piece.name in names


def _is_comma(item: Item) -> bool:
    return isinstance(item, Mark) and item.name == "comma"


def _is_join(piece: Piece) -> bool:
    return isinstance(piece, Mark) and piece.name not in ("not", "except", "any")


def _shortened(joins: list[Piece]) -> list[Piece]:
    """Return marks in a row with other words between as one."""
    names = {join.name: join for join in joins if isinstance(join, Mark)}
    if "gap" not in names:
        return joins[:4]
    return [next((names[name] for name in ("stop", "but", "yes") if name in names), names["gap"])]


def _is_apart(pieces: Sequence[Piece], n: int) -> bool:
    """Return whether neither side of a mark is a day or time, or joined to one."""
    sides = [pieces[at] for at in (n - 1, n + 1) if 0 <= at < len(pieces)]
    return all(isinstance(side, Mark) and side.name in ("gap", "stop") for side in sides)


def _sets(pieces: Sequence[Piece], today: date | None, opening: Opening | None, bare: Bare | None) -> Wish:
    anything = any(isinstance(piece, Mark) and piece.name == "any" for piece in pieces)
    wished: list[Piece] = []
    refused_days: list[Stretches] = []
    refused_times: list[Stretches] = []
    for refused, clause in clauses_of([p for p in pieces if not (isinstance(p, Mark) and p.name == "any")]):
        if not refused:
            wished += [Mark(0, 0, "comma", ","), *clause] if wished else clause
        elif clause and any(isinstance(piece, Term) and piece.is_day for piece in clause):
            refused_days += [days_of(clause, today, refused=True)] if today else []
        else:
            refused_times.append(times_of(clause, opening, refused=True))
    day_pieces, time_pieces = _by_kind(wished)
    days = days_of(day_pieces, today) if day_pieces and today else None
    times = times_of(time_pieces, opening) if time_pieces else None
    if anything:
        days = days or (_any_day(today) if bare == "day" and today else None)
        times = times or WHOLE_DAY
    return Wish(
        _left(days or _any_day(today, refused_days), refused_days) if refused_days and today else days,
        _left(times or WHOLE_DAY, refused_times) if refused_times else times,
        refuses_days=days is None and bool(refused_days),
        refuses_times=times is None and bool(refused_times),
    )


def _left(wished: Stretches, refused: Sequence[Stretches]) -> Stretches:
    left = without(wished, joined(stretch for stretches in refused for stretch in stretches))
    if not left:
        raise Unclear(UNCLEAR)
    return left


def _any_day(today: date, refused: Sequence[Stretches] = ()) -> Stretches:
    """Return the next days; where one day farther off is refused, also those after it."""
    last = today.toordinal() + LOOK_AHEAD_DAYS
    farther = [days[0][1] for days in refused if days[0][0] == days[-1][1] > last]
    return ((today.toordinal(), max((last, *(day + LOOK_AHEAD_DAYS for day in farther)))),)


def _is_other_with_time(pieces: Sequence[Piece]) -> bool:
    """Return whether a time may be the second choice's alone: "sexta, se não tiver pode ser sábado de manhã"."""
    others = [n for n, piece in enumerate(pieces) if isinstance(piece, Mark) and piece.name == "or" and piece.words.startswith(_IF)]
    terms = [piece.is_day for piece in pieces[others[-1] :] if isinstance(piece, Term)] if others else []
    before = [piece.is_day for piece in pieces[: others[-1]] if isinstance(piece, Term)] if others else []
    return terms[:1] == [True] and False in terms and True in before


def _by_kind(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return the days and the times. Raises Unclear where each of several days has times of its own, as they would be all mixed."""
    kinds: dict[bool, list[Piece]] = {True: [], False: []}
    open_ends = [piece for piece in pieces if isinstance(piece, Term) and piece.leaves_open]
    if len(open_ends) < sum(isinstance(piece, Term) and piece.is_day for piece in pieces):
        # "Sexta de manhã, no primeiro horário": the day is said.
        if any(_is_mark(one, "or") and other in open_ends for one, other in pairwise(pieces)):
            raise Unclear(UNCLEAR)
        pieces = [piece for piece in pieces if piece not in open_ends]
    if _is_other_with_time(pieces):
        raise Unclear(UNCLEAR)
    runs = [is_day for is_day, _ in groupby(piece.is_day for piece in pieces if isinstance(piece, Term))]
    if len(runs) > 2:
        raise Unclear("São dias e horários diferentes. Qual dia e horário você prefere primeiro?")
    last: Term | None = None
    joins: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Mark):
            joins.append(piece)
            continue
        if last is None or last.is_day == piece.is_day:
            kinds[piece.is_day] += joins if last else []
        elif any(isinstance(join, Mark) and join.name in ("or", "nor") for join in joins):
            raise Unclear(UNCLEAR)
        kinds[piece.is_day].append(piece)
        last, joins = piece, []
    return kinds[True], kinds[False]
