"""How much an assent says: whether it answers the question, or may say no more than that it was read, or is liked. Pure.

"Ok" and "perfeito" are a yes where nothing is said beside them but a plain courtesy and the proposal's own details. With thanks for the
information, an apology, a goodbye or praise of something they may as well be a retreat (docs/decisions/0020).
"""

from collections.abc import Sequence

from service.agenda import agreement_words as said_by
from service.agenda.proposed import Proposed

# Rows of words that answer; that something is well only suits.
_ANSWERS = frozenset({"Y", "C"})
_MOMENTS = frozenset("DT")
_DETAILS = frozenset("DTMP")
_NOTHING_SAID = said_by.PUNCTUATION | {""}
_IS = said_by.words("e eh")
_STATES = said_by.words("ta esta")
_WITH_MOMENTS = said_by.words("horario dia data hora com ai")
_THIS = said_by.words("esse essa este esta nesse nessa neste nesta")
_WISHED = said_by.words("sim mesmo muito um uma assim isso") | _THIS | {"Y", "S"}


def answers(tokens: Sequence[str], proposal: Proposed) -> bool:
    """Return whether a word among them, or a row of words, answers what was asked."""
    rows = _ANSWERS if proposal.kind == "confirm" else {"Y"}
    known = proposal.answers - proposal.own_words | rows
    if said_by.CANCELS.intersection(tokens):
        # "Confirmo o cancelamento".
        known |= said_by.NOT_TO_CANCEL
    return any(token in known and _is_said_of_it(tokens, at, proposal) for at, token in enumerate(tokens))


def wishes_for_something(tokens: Sequence[str], proposal: Proposed) -> bool:
    """Return whether it is something that is wanted, and not what was proposed: "quero vaga"."""
    return any(token == "quero" and not _wants_it(tokens, at, proposal) for at, token in enumerate(tokens))


def nothing_else(tokens: Sequence[str], proposal: Proposed) -> bool:
    """Return whether a weak assent stands with no word but such as leave it one; only what is plainly polite was taken out before."""
    weak, said = proposal.received | {"S"}, set(tokens)
    if not said & (weak - proposal.own_words):
        return False
    beside = weak | said_by.BESIDE_WEAK | said_by.IS_NICE | said_by.PUNCTUATION
    if proposal.kind != "cancel":
        beside |= _DETAILS | {"C"}
        if said & _MOMENTS:
            beside |= proposal.names | said_by.FUNCTION | _WITH_MOMENTS
    return all(token in beside or (token == "ate" and tokens[at + 1 : at + 2] == ["D"]) for at, token in enumerate(tokens))


def _is_said_of_it(tokens: Sequence[str], at: int, proposal: Proposed) -> bool:
    token, before = tokens[at], tokens[at - 1] if at else ""
    earlier = next((one for one in reversed(tokens[max(0, at - 3) : at]) if one not in said_by.PUNCTUATION), "")
    if token in said_by.AFTER_AH and earlier in said_by.AH:
        return False
    if token == "isso":
        # "Isso, pode"; "tá certo isso" asks.
        before = before if before not in _IS else tokens[at - 2] if at > 1 else ""
        return before in _NOTHING_SAID or before in proposal.answers | {"ok", "Y"}
    # "Tá fechado na sexta" may be said of the shop.
    return before not in _STATES or token in {"Y", "C"} or not token.endswith(("ado", "ada", "ados", "adas"))


def _wants_it(tokens: Sequence[str], at: int, proposal: Proposed) -> bool:
    following = [token for token in tokens[at + 1 : at + 8] if token not in said_by.PARTS_NOTHING][:4]
    first = following[0] if following else ""
    verbs = said_by.VERBS[proposal.kind] | {word for word in proposal.yes if word.endswith("r")}
    if first in _NOTHING_SAID or first in _WISHED | _DETAILS | said_by.BESIDE_WEAK or first in verbs:
        return True
    named = next((token for token in following if token not in said_by.FUNCTION), "")
    wanted = proposal.names - proposal.people | _DETAILS
    return named in wanted or (first in said_by.FUNCTION and named in said_by.NOUNS | said_by.THINGS)
