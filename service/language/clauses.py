"""Which of the days and times that are said are wished for, and which refused: "segunda não, terça pode", "qualquer dia menos sexta"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.language.lexemes import Mark
from service.language.terms import Piece, Term
from service.platform.errors import Unclear

UNCLEAR = "Não entendi bem o dia ou a hora. Pode dizer de outro jeito, com o dia, o mês e a hora?"

_ENDS = ("but", "yes", "stop")


LONGEST = 150
"""Days, times and what stands between them; a wish has some ten."""


def clauses_of(pieces: Sequence[Piece]) -> list[tuple[bool, list[Piece]]]:
    """Return what is said as clauses, each with whether it refuses. Raises Unclear where it can't be told what a "não" refuses."""
    if len(pieces) > LONGEST and has_term(pieces):
        raise Unclear(UNCLEAR)
    made: list[tuple[bool, list[Piece]]] = []
    for segment in _segments(pieces):
        # "Quero banho. Não, tosa": before any day or time a "não" by itself refuses none.
        if any(has_term(clause) for _, clause in made) or has_term(segment) or not any(_is(piece, "not") for piece in segment):
            made += _refusals(segment)
    return _with_days_kept(made)


def has_term(pieces: Sequence[Piece]) -> bool:
    """Return whether pieces name a day or a time."""
    return any(isinstance(piece, Term) for piece in pieces)


def _segments(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    segment: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Mark) and piece.name in _ENDS:
            if "?" in piece.words and _refuses_last(segment):
                # "Sexta não dá?" may wish for it.
                raise Unclear(UNCLEAR)
            yield segment
            segment = []
        elif isinstance(piece, Term) and piece.leaves_open and segment and _is(segment[-1], "comma"):
            # "Não posso quarta nem quinta, qualquer outro dia serve".
            yield segment
            segment = [piece]
        else:
            segment.append(piece)
    yield segment


def _refuses_last(segment: Sequence[Piece]) -> bool:
    """Return whether a "não" is said of what is named last: not so in "quinta não dá, e sexta?", "quinta não dá, tem outro dia?"."""
    at = max((n for n, piece in enumerate(segment) if _is(piece, "not")), default=None)
    if at is None or _is(segment[-1], "comma"):
        return False
    after = segment[at + 1 :]
    return not (has_term(segment[:at]) and after and _is(after[0], "comma") and has_term(after))


def _refusals(segment: list[Piece]) -> Iterator[tuple[bool, list[Piece]]]:
    """Split at each "não" or "menos": it refuses what follows or what went before, as commas and "e" part them."""
    while segment:
        at = next((n for n, piece in enumerate(segment) if _is(piece, "not", "except")), None)
        if at is None:
            if _joins_all(segment, "nor"):
                # "Hoje nem amanhã".
                yield True, _checked(segment, refused=True)
                return
            refused = _is(segment[0], "nor")
            yield refused, _checked(segment[1:], refused=True) if refused else segment
            return
        before, mark, after = segment[:at], segment[at], segment[at + 1 :]
        following = after[0] if after else None
        if _is(mark, "not") and not has_term(before) and following is not None and _is(following, "comma", "gap"):
            # "Não, na quarta", "não sei".
            segment = after[1:]
            continue
        until = next((n for n, piece in enumerate(after) if _is(piece, "not", "except")), len(after))
        if not has_term(before) or _is(mark, "except"):
            if not has_term(after[:until]) or (following is not None and _is(following, "comma", "gap")):
                raise Unclear(UNCLEAR)
            if has_term(before):
                yield False, before
            yield True, _checked(after[:until], refused=True)
            segment = after[until:]
        elif _is(before[-1], "comma") and following is not None and _is(following, "gap") and not has_term(after):
            # "Sexta, não tenho carro".
            raise Unclear(UNCLEAR)
        elif not has_term(after) or (following is not None and _is(following, "comma", "and", "nor") and not _is(before[-1], "comma")):
            wished, before = _parted(before)
            if wished:
                yield False, wished
            yield True, _checked(before, refused=True)
            segment = after if following is not None and _is(following, "nor") else after[1:] if has_term(after) else []
        elif _is(before[-1], "comma", "and"):
            yield False, before
            segment = segment[at:]
        elif _kinds(before) == {True} and _kinds(after[:until]) == {False}:
            # "Quarta não consigo de manhã".
            yield True, _checked([*before, *after[:until]], refused=True)
            segment = after[until:]
        else:
            raise Unclear(UNCLEAR)


def _parted(before: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return what is wished for before a refusal, and what is refused, where a comma parts days and times: "dia 14, de manhã não posso"."""
    at = max((n for n, piece in enumerate(before) if _is(piece, "comma")), default=0)
    kinds = [{piece.is_day for piece in part if isinstance(piece, Term)} for part in (before[:at], before[at:])]
    return (before[:at], before[at + 1 :]) if all(kinds) and not kinds[0] & kinds[1] else ([], before)


def _kinds(pieces: Sequence[Piece]) -> set[bool]:
    """Return whether there are days among pieces, and times."""
    return {piece.is_day for piece in pieces if isinstance(piece, Term)}


def _with_days_kept(made: list[tuple[bool, list[Piece]]]) -> list[tuple[bool, list[Piece]]]:
    """Return the clauses where an hour of a day is refused for another: "sexta às 10 não, às 11" keeps the Friday.

    Raises Unclear where it is refused and no other hour alone is named after it.
    """
    at = next((n for n, (refused, clause) in enumerate(made) if refused and len(_kinds(clause)) > 1), None)
    if at is None:
        return made
    day, hours = (next(piece for piece in made[at][1] if isinstance(piece, Term) and piece.is_day is is_day) for is_day in (True, False))
    others = [(n > at, refused, _kinds(clause)) for n, (refused, clause) in enumerate(made) if n != at and has_term(clause)]
    if day.bound or day.last or not others or any(other != (True, False, {False}) for other in others):
        raise Unclear(UNCLEAR)
    return [*made[:at], (False, [day]), (True, [hours]), *made[at + 1 :]]


def _joins_all(segment: Sequence[Piece], name: str) -> bool:
    """Return whether several days or times are joined by one mark, each to the next."""
    terms = [n for n, piece in enumerate(segment) if isinstance(piece, Term)]
    return len(terms) > 1 and all(n - was == 2 and _is(segment[n - 1], name) for was, n in pairwise(terms))


def _checked(pieces: list[Piece], *, refused: bool) -> list[Piece]:
    """Return what is refused, if it is plain that all of it is: one kind, and no list that may end in what is wished for instead."""
    terms = [piece for piece in pieces if isinstance(piece, Term)]
    if len({term.is_day for term in terms}) > 1 and not (refused and [term.is_day for term in terms] == [True, False]):
        raise Unclear(UNCLEAR)
    if refused and len(terms) > 1 and _last_join(pieces) in ("comma", "gap"):
        raise Unclear(UNCLEAR)
    return pieces


def _last_join(pieces: Sequence[Piece]) -> str | None:
    """Return what joins the last day or time to the one before."""
    join: str | None = None
    found: str | None = None
    for piece in pieces:
        if isinstance(piece, Term):
            found, join = join, None
        elif join in (None, "comma", "gap"):
            join = piece.name
    return found


def _is(piece: Piece, *names: str) -> bool:
    return isinstance(piece, Mark) and piece.name in names
