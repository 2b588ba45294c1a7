"""Whether a clause is said to its end, and whether the day or time in it is the visit's own or that of the deed. Pure.

Read are the tokens of `agreement`: words, punctuation, and the marks of what is the proposal's own (`proposed`).
"""

from collections.abc import Iterator, Sequence

from service.agenda import agreement_words as said_by
from service.agenda.proposed import Proposed

_MOMENTS = frozenset("DTM")
_DETAILS = frozenset("DTMPNW")
_ENDS = frozenset(".,;:!?…")
# What stands between the parts of one moment: "sexta, às 10h", "10h da sexta (27/11)".
_WITHIN = said_by.ARTICLES | said_by.words("de em ,") | said_by.PARTS_NOTHING
_OF = said_by.words("de da do das dos desse dessa deste desta ate")
_ONE = frozenset({"um", "uma"})
_FOR = said_by.words("pra pro para p")
_ON = said_by.words("na no em nessa nesse nesta neste")


def leads_on(tokens: Sequence[str], at: int, proposal: Proposed) -> bool:
    """Return whether a word that needs another one after it has one that it can stand before: "pode ser às" is broken off."""
    word, following = tokens[at], next((token for token in tokens[at + 1 : at + 5] if token not in said_by.PARTS_NOTHING), "")
    things = proposal.names | _DETAILS | said_by.NOUNS | said_by.THINGS
    match word:
        case "me":
            return following in proposal.yes
        case "pra" | "para" | "p" | "pro":
            infinitive = following in proposal.yes and following.endswith("r")
            return infinitive or following in things | said_by.ARTICLES | said_by.ME | _ONE
        case "por":
            # "Pode pôr aí".
            return following in things | said_by.ARTICLES | said_by.ME or tokens[at - 1 : at + 2] == ["pode", "por", "ai"]
        case "de":
            return following in things | _ONE
        case "o" | "a" if following in _OF:
            return leads_on(tokens, at + 1, proposal)
        case "na" | "da" if following == "agenda":
            return True
        case "o" if at == 0:
            # "Ó, o Rex".
            return bool(following)
    return following in things


def is_when_it_is_done(tokens: Sequence[str], proposal: Proposed) -> bool:
    """Return whether a day or time may be that of the deed: "pode cancelar amanhã", "às 10 eu confirmo".

    It is the visit's where both are said, or where the words tie it to the visit ("a consulta de amanhã", "o das 16h").
    """
    return any(not _is_the_visits(tokens, first, last, proposal) for first, last in _moments(tokens))


def promises(tokens: Sequence[str], proposal: Proposed) -> bool:
    """Return whether somebody says that they confirm, at a moment that may be a later one."""
    clauses = list(_clauses(tokens))
    for at, clause in enumerate(clauses):
        if not set(clause) & said_by.I_CONFIRM and "gente confirm" not in " ".join(clause):
            continue
        before = clauses[at - 1] if at else []
        # "Amanhã, eu confirmo".
        apart = before if set(before) <= _MOMENTS | said_by.FUNCTION else []
        if "gente confirm" in " ".join(clause) or is_when_it_is_done([*apart, *clause], proposal):
            return True
    return False


def _clauses(tokens: Sequence[str]) -> Iterator[list[str]]:
    clause: list[str] = []
    for token in [*tokens, "."]:
        if token not in _ENDS:
            clause.append(token)
        elif clause:
            yield clause
            clause = []


def _moments(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Return where the moments that are said begin and end, each with its day and time."""
    first = last = -1
    for at, token in enumerate(tokens):
        if token in _MOMENTS:
            first, last = (at if first < 0 else first), at
        elif first >= 0 and token not in _WITHIN:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _is_the_visits(tokens: Sequence[str], first: int, last: int, proposal: Proposed) -> bool:
    said = _MOMENTS.intersection(tokens[first : last + 1])
    if {"D", "T"} <= said:
        return True
    before, earlier = tokens[first - 1] if first else "", tokens[first - 2] if first > 1 else ""
    own = proposal.names | said_by.NOUNS | {"N"}
    if before in _OF or ("T" in said and before in own | {"o", "a"}):
        return True
    return proposal.kind != "cancel" and (before in _FOR or before in own or (before in _ON and earlier in own))
