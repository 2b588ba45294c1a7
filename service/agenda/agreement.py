"""Whether a customer's own words agree to exactly what was proposed, or name everything of it themselves. Pure, without a model.

A closed grammar (docs/decisions/0020): an answer is a yes, or a no, only where every word of it is accounted for. The words are in
`agreement_words`, the ways to write the proposal's own details in `notations`; how well answers are read: docs/agenda-and-safety.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from service.agenda import agreement_words as said_by
from service.agenda import assents
from service.agenda import denial_words as denied_by
from service.agenda.proposals import ProposalKind
from service.agenda.proposed import NO_NAME, Proposed, spelled, words_of
from service.agenda.visits import Item
from service.agenda.whole_clauses import is_when_it_is_done, leads_on, promises
from service.language.text import LEFT_OUT, fold

# "unclear" has a yes in it and a word too many, and asks for nothing else: the question can be put again.
Answer = Literal["yes", "no", "unclear"]

# Words left over that an answer may have and still be put the question again; of more the model makes something.
FEW_WORDS = 4

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]")
_CLAUSES = re.compile(r"[.,;:!?\n]+")
# Rows of words that say yes, that it suits, that they come, that something is confirmed.
_YES, _SUITS, _COMING, _CONFIRMS = " Y ", " S ", " C ", " K "
_ROWS = frozenset("YSCK")
_MARKS = frozenset("DTMPN")
# They join a refusal to what is said beside it.
_JOINS = frozenset({"e", "mas", "porem", "que", "pq", "porque", "por"})
_BEFORE_FAREWELL = said_by.words("entao C Y sim ok okay blz beleza certo combinado fechado perfeito otimo valeu vlw") | {""}


def decide(
    text: str, kind: ProposalKind, items: Sequence[Item], today: date, zone: str, others: Iterable[str] = (), customer: str | None = None
) -> Answer | None:
    """Return what a message answers to a proposal that it follows: yes to all of it, no, unclear, or something else.

    Every word of a yes is an assent, a courtesy, a filler, a name or a detail of the proposal's own, in any notation. None of the `others`
    (the customer's other pets, the shop's other services) may be named. A no to a reminder cancels, so it must be nothing but that. A
    message that was too long to be kept whole answers nothing. `today` is the shop's date, `customer` the name that they go by.
    """
    if LEFT_OUT in text:
        return None
    proposal = Proposed(kind, items, others, today, zone, customer)
    plain = spelled(_plain(text), proposal)
    if kind in ("book", "reschedule") and said_by.PLEASE_DO.fullmatch(plain):
        return "yes"
    if "?" not in plain and not said_by.SEEKS_AGREEMENT.fullmatch(plain):
        if _agrees(plain, proposal):
            return "yes"
        if _refuses(plain, proposal):
            return "no"
    return "unclear" if _is_unclear(plain, proposal) else None


def names_everything(
    text: str, kind: ProposalKind, item: Item, today: date, zone: str, others: Iterable[str] = (), customer: str | None = None
) -> bool:
    """Return whether a customer's message itself asks for exactly this booking, or cancellation: plainly, by pet, service, day and time.

    "marca banho pro Rex sexta às 10h, pode confirmar" does. "Quero banho pro Rex sexta às 10h" does not, a wish whose price was not told
    yet; nor does a question, nor what has a word that is none of the booking's: another pet, price or person, two days to choose from,
    every week.
    """
    proposal, asked = Proposed(kind, [item], others, today, zone, customer), said_by.ASKED.get(kind)
    plain = said_by.IF_FREE.sub(lambda free: f"{free[1]} " if free[1] else "", spelled(_plain(text), proposal))
    if asked is None or LEFT_OUT in text or "?" in plain or not asked.search(plain):
        return False
    wished = said_by.KEEPS_IT.sub(_YES, said_by.WISH.sub(" ", said_by.NO_NEED.sub(" ", proposal.introduced(plain))))
    marked = _marked(wished, proposal)
    tokens = _TOKENS.findall(marked)
    left = _left_over(tokens, proposal, more=said_by.IN_A_REQUEST | frozenset({"1"} if kind == "book" else ()))
    said = set(tokens)
    exact = bool(said & {"D"}) and bool(said & {"T"}) and proposal.pets[0] <= said and _names_service(said, item)
    # Who says that they confirm has asked for nothing yet: "marca …, já confirmo".
    return exact and not left and not said & said_by.I_CONFIRM and not _is_doubtful(tokens, proposal)


def _is_doubtful(tokens: Sequence[str], proposal: Proposed) -> bool:
    """Return whether words that could stand in a yes may say something else in this order."""
    row = _row(tokens)
    if said_by.MAY_ASK_TO_BE_TOLD.search(row) or promises(tokens, proposal) or assents.wishes_for_something(tokens, proposal):
        return True
    named = said_by.DEED_NOUNS.intersection(said_by.NAMES_DEED.sub(" ", row).split())
    if named and (said_by.VERBS[proposal.kind] - said_by.DEED_NOUNS).intersection(tokens):
        return True
    return proposal.kind == "cancel" and is_when_it_is_done(tokens, proposal)


def _names_service(said: Iterable[str], item: Item) -> bool:
    """Return whether a service is named, in any ending ("banhinho")."""
    stems = [word[: max(4, len(word) - 1)] for word in words_of(item.service) if len(word) > 2]
    return all(any(word.startswith(stem) for word in said) for stem in stems)


def _plain(text: str) -> str:
    """Return a text in the one spelling that is read, its lines apart; a sign that says nothing is gone, any other stays a word."""
    text = said_by.OF_MINAS.sub(" ", text)
    for sign in said_by.SAYS_OK:
        text = text.replace(sign, " ok ")
    text = text.replace(said_by.SAYS_NO, " nao ")
    text = "".join(" " if c in said_by.SAYS_NOTHING else c for c in text)
    # Marks are capital letters: what folds to one would be taken for a detail.
    lines = (re.sub(r"(?<=[a-z])-(?=[a-z])|(?<=\b[pc])/", " ", fold(line).lower()) for line in text.splitlines())
    plain = "\n".join(lines)
    for spelling, plainly in said_by.SPELLINGS:
        plain = spelling.sub(plainly, plain)
    return plain


def _detailed(plain: str, proposal: Proposed, polite: re.Pattern[str] = said_by.COURTESY) -> str:
    """Return the text with a mark for each detail that is the proposal's own, and without its courtesies."""
    for row, mark in ((polite, " "), (said_by.HURRY, " "), *proposal.details, *proposal.former):
        plain = row.sub(mark, plain)
    return _spaced(plain)


def _marked(plain: str, proposal: Proposed) -> str:
    """Return the text with marks for the proposal's details and for rows of words that say yes or that they come."""
    return _assents_marked(_detailed(plain, proposal), proposal)


def _assents_marked(plain: str, proposal: Proposed) -> str:
    names_deed = proposal.kind != "cancel" or said_by.CANCELS.intersection(words_of(plain))
    if not names_deed:
        plain = said_by.CONFIRMING.sub(_CONFIRMS, plain)
    if proposal.kind == "reschedule":
        plain = said_by.WHY_IT_MOVES.sub(" ", said_by.MOVES_FROM.sub(" ", plain))
    if proposal.kind == "book":
        plain = said_by.BRINGS.sub(_YES, said_by.AS_PROPOSED.sub(" ", plain))
    if proposal.kind != "cancel":
        plain = said_by.NEEDS_IT.sub(" ", plain)
    if proposal.kind != "cancel":
        plain = said_by.BARGAIN.sub(_YES, plain)
    plain = said_by.YES_IN_ROWS.sub(_YES, said_by.BY_ITS_NOUN.sub(_YES, plain))
    plain = (said_by.SUITS if names_deed else said_by.SUITS_TO_CANCEL).sub(_SUITS, plain)
    if proposal.kind in ("book", "reschedule"):
        plain = said_by.LET_US.sub(_YES, plain)
    if proposal.kind != "cancel":
        plain = said_by.COMING.sub(_COMING, plain)
    if proposal.kind == "book":
        plain = said_by.KEPT_FOR_ME.sub(_YES, plain)
    return said_by.SAME.sub(lambda found: found.group().rsplit(" ", 1)[0], re.sub(" +", " ", plain))


def _row(tokens: Iterable[str]) -> str:
    return " ".join(token for token in tokens if token not in said_by.PUNCTUATION or token == ",")


def _left_over(tokens: Sequence[str], proposal: Proposed, more: frozenset[str] = frozenset()) -> list[str]:
    """Return the words that nothing accounts for."""
    allowed = proposal.yes | said_by.FILLERS | said_by.NOUNS | proposal.names | said_by.PUNCTUATION | more | _MARKS | _ROWS
    allowed -= proposal.foreign
    if proposal.kind == "cancel":
        allowed |= said_by.SAYS_SORRY | {"infelizmente"}
        allowed -= frozenset() if said_by.CANCELS.intersection(tokens) else said_by.RATHER_STANDS
    signed = _signed_from(tokens, proposal)
    return [token for index, token in enumerate(tokens) if not (index >= signed or _fits(tokens, index, allowed, proposal))]


def _fits(tokens: Sequence[str], index: int, allowed: frozenset[str], proposal: Proposed) -> bool:
    token, before = tokens[index], tokens[index - 1] if index else ""
    following = next((t for t in tokens[index + 1 : index + 3] if t not in said_by.ARTICLES), "")
    if token in said_by.NEEDS_MORE and token in allowed:
        return leads_on(tokens, index, proposal)
    match token:
        case "ta":
            # "Tá, pode ser"; "tá confirmado" is another matter.
            return token in allowed or tokens[index + 1 : index + 2] in ([], [","])
        case "dia" | "hora" | "data":
            return before in said_by.THEN[token] or _word_after(tokens, index) in {"D", "T"}
        case "mim":
            return before in said_by.FOR
        case "eu":
            # "Sim, eu" is broken off, or answers who it is.
            return following in proposal.yes | _ROWS
        case "com":
            return following in proposal.people
        case "que":
            # "Pode marcar, que sexta eu levo ele".
            return next((t for t in tokens[index + 1 : index + 4] if t not in ("D", "T")), "") in ("C", "Y")
        case "ate":
            # A farewell; "confirmo até sexta" would be a promise.
            return proposal.kind != "cancel" and following == "D" and (before in _BEFORE_FAREWELL or before in said_by.PUNCTUATION)
        case "e":
            # "é isso", "Rex e Mel", "é, pode"; "e o banho" alone would be a question.
            own = proposal.names | _MARKS
            said = following in proposal.yes | {"Y", "S", "C"} or (before in own and following in own)
            return said or (index == 0 and tokens[1:2] in ([","], ["infelizmente"]))
    return token in allowed


def _word_after(tokens: Sequence[str], at: int) -> str:
    return next((token for token in tokens[at + 1 : at + 4] if token not in said_by.PUNCTUATION), "")


def _signed_from(tokens: Sequence[str], proposal: Proposed) -> int:
    """Return where a message goes over into nothing but the customer's name."""
    start = len(tokens)
    while start and (tokens[start - 1] in proposal.signature or tokens[start - 1] in said_by.PUNCTUATION):
        start -= 1
    return start


def _agrees(plain: str, proposal: Proposed) -> bool:
    words = words_of(plain)
    if _is_a_part(set(words), proposal):
        return False
    # A pet called Sim does not take the word away.
    if len(words) == 1 and words[0] in proposal.yes and not _strange(plain):
        return words[0] in proposal.answers or assents.nothing_else(words, replace(proposal, items=[]))
    gives_reason = False
    if proposal.kind == "cancel":
        rest = _without_reasons(said_by.AFTERWARDS.sub(" ", plain), proposal)
        gives_reason = len(words_of(rest)) < len(words_of(_detailed(plain, proposal)))
        tokens = _TOKENS.findall(_assents_marked(said_by.TAKES_OFF.sub(" cancela ", rest), proposal))
    else:
        tokens = _TOKENS.findall(_marked(plain, proposal))
    row = _row(tokens)
    if _left_over(tokens, proposal) or _is_doubtful(tokens, proposal) or said_by.MAY_ASK_FOR_ANOTHER.search(row):
        return False
    # Who says why, and confirms, confirms the cancelling.
    if not (assents.answers(tokens, proposal) or (gives_reason and "K" in tokens) or _is_weak_yes(plain, proposal)):
        return False
    said = set(tokens)
    if proposal.kind == "reschedule" and proposal.swaps(row):
        return False
    if proposal.kind == "cancel" and not said & said_by.CANCELS:
        return not said & (proposal.names | said_by.NOUNS | _MARKS | {"N"})
    return True


def _is_weak_yes(plain: str, proposal: Proposed) -> bool:
    # A reminder is thanked for; it is no less a yes.
    polite = said_by.OF_A_REMINDER if proposal.kind == "confirm" else said_by.PLAINLY_POLITE
    return assents.nothing_else(_TOKENS.findall(_assents_marked(_detailed(plain, proposal, polite), proposal)), proposal)


def _strange(plain: str) -> bool:
    return any(token not in said_by.PUNCTUATION for token in _TOKENS.findall(plain) if not token.isalnum())


def _without_reasons(plain: str, proposal: Proposed) -> str:
    """Return a text without what says that nobody will come, or why: the reason for which it is to be cancelled."""
    shapes = [_with_names(_TOKENS.findall(clause), proposal) for clause in _CLAUSES.split(_detailed(plain, proposal))]
    if said_by.CANCELS.intersection(words_of(plain)) and not said_by.SPEAKS_OF_IT.search(plain):
        shapes = [said_by.NO_MORE_NEED.sub(" ", shape) for shape in shapes]
    return " , ".join(shape if said_by.SPEAKS_OF_IT.search(shape) else _without_its_reason(shape) for shape in shapes)


def _without_its_reason(shape: str) -> str:
    return said_by.WILL_NOT_COME.sub(" ", denied_by.WHY_IT_GOES.sub(" ", shape))


def _with_names(tokens: Iterable[str], proposal: Proposed) -> str:
    """Return a clause as patterns of a no read it: with marks for names, too."""
    # Whether their pet comes is asked by a reminder, not whether a person of ours does.
    names = proposal.names - (proposal.people if proposal.kind == "confirm" else frozenset()) - said_by.FUNCTION
    return " ".join("N" if token in names else token for token in tokens)


def _is_a_part(said: set[str], proposal: Proposed) -> bool:
    """Return whether only some of several bookings are named, or pets beside services: which is whose can't be told."""
    pets, services = ([bool(words & said) for words in each if words] for each in (proposal.pets, proposal.services))
    if len(proposal.pets) > 1 and len(proposal.services) > 1 and any(pets) and any(services):
        return True
    return any(any(each) and not all(each) for each in (pets, services))


def _refuses(plain: str, proposal: Proposed) -> bool:
    """Return whether every clause refuses, or changes nothing beside one that does."""
    # Of several, what is said of one leaves the others open.
    if _is_a_part(set(words_of(plain)), proposal):
        return False
    refused = False
    if proposal.kind == "confirm":
        plain = _marked(plain, proposal)
        # "Pode cancelar amanhã", said of what is tomorrow.
        if said_by.CANCELS.intersection(tokens := _TOKENS.findall(plain)) and is_when_it_is_done(tokens, replace(proposal, kind="cancel")):
            return False
    else:
        if proposal.kind == "book" and proposal.unwanted:
            plain = proposal.unwanted.sub("nao quero", plain)
        plain = _detailed(plain, proposal)
    for clause in _CLAUSES.split(plain):
        shape = _with_names((token for token in _TOKENS.findall(clause) if token not in said_by.PUNCTUATION), proposal)
        if not shape:
            continue
        if _is_no(shape, proposal.kind):
            refused = True
        elif not _says_nothing(clause, shape, proposal):
            return False
    return refused


def _is_no(shape: str, kind: ProposalKind) -> bool:
    if shape.rsplit(" ", 1)[-1] in said_by.NEEDS_MORE:
        return False
    if kind == "confirm":
        # A no to a reminder cancels.
        return bool(said_by.NOT_COMING.fullmatch(shape) or said_by.NOT_AT_ALL.fullmatch(shape))
    left = denied_by.REFUSALS[kind].sub(denied_by.REFUSED, _spaced(denied_by.SOFT_ROWS.sub(" ", shape)))
    tokens = _without_whys(left, kind).split()
    return "X" in tokens and all(
        token in denied_by.SOFT or token == "X" or (token in _JOINS and tokens[at + 1 : at + 2] in ([], ["X"]))
        for at, token in enumerate(tokens)
    )


def _without_whys(shape: str, kind: ProposalKind) -> str:
    shape = _spaced(denied_by.SOFT_ROWS.sub(" ", shape))
    if kind == "reschedule":
        shape = denied_by.WHY_NOT_MOVE.sub(" ", shape)
    return (denied_by.WHY_IT_STANDS if kind == "cancel" else denied_by.WHY_NOT).sub(" ", shape)


def _spaced(text: str) -> str:
    return re.sub(" +", " ", text).strip(" ")


def _says_nothing(clause: str, shape: str, proposal: Proposed) -> bool:
    """Return whether a clause of a no gives its reason, or consists of words that change nothing and say no yes."""
    if proposal.kind != "confirm" and not set(_without_whys(shape, proposal.kind).split()) - denied_by.SOFT - _JOINS:
        return True
    tokens = _TOKENS.findall(clause if proposal.kind == "confirm" else _assents_marked(clause, proposal))
    said = set(tokens)
    # "Não, às 10" puts something right, or seems to, even if it is so already.
    if said & (proposal.names | said_by.NOUNS | said_by.POINTS_AT | _MARKS):
        return False
    return not (_left_over(tokens, proposal, frozenset({"infelizmente"})) or said & (proposal.yes | {"Y", "S", "C"}))


def _is_unclear(plain: str, proposal: Proposed) -> bool:
    """Return whether an answer holds a yes and little else, of which nothing is another detail, a question or a wish."""
    tokens = _TOKENS.findall(_marked(plain, proposal))
    said, left = set(tokens), _left_over(tokens, proposal)
    if not said & (proposal.yes - proposal.own_words | _ROWS) or "?" in plain or len(left) > FEW_WORDS or said & proposal.foreign:
        return False
    if any(word in NO_NAME - {"nao"} or any(map(str.isdigit, word)) for word in left):
        return False
    return not said_by.WISHES.search(said_by.UNDECIDED.sub(" ", " ".join(left)))
