"""Whether a customer's own words agree to exactly what was proposed, or name everything of it themselves. Pure, without a model.

A closed grammar (docs/decisions/0020): an answer is a yes, or a no, only where every word of it is accounted for. The words are in
`agreement_words`, the ways to write the proposal's own details in `notations`; how well answers are read: docs/agenda-and-safety.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from service.agenda import agreement_words as said_by
from service.agenda import notations
from service.agenda.proposals import ProposalKind, total_cents
from service.agenda.visits import Item
from service.language.grammar import MONTHS
from service.language.text import LEFT_OUT, fold
from service.platform import clock

# "unclear" has a yes in it and a word too many, and asks for nothing else: the question can be put again.
Answer = Literal["yes", "no", "unclear"]

# Words left over that an answer may have and still be put the question again; of more the model makes something.
FEW_WORDS = 4

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]")
_CLAUSES = re.compile(r"[.,;:!?\n]+")
# What stands for a detail of the proposal, once it was found: a day, a time, a part of the day, an amount or a count, a name.
_DAY, _TIME, _PART, _AMOUNT, _NAME, _YES, _COMING = " D ", " T ", " M ", " P ", " N ", " Y ", " C "
_MARKS = frozenset("DTMPN")
_BEFORE_FAREWELL = said_by.words("entao C Y sim ok okay blz beleza certo combinado fechado perfeito otimo valeu vlw") | {""}
# "amanhã eu confirmo" is a promise. "Confirmo amanhã" may be one, unless the time is said too.
_PROMISED = re.compile(r"\bD (?:eu |te |ja )*confirm(?:o|arei|amos|ar)\b|\bconfirm(?:o|arei|amos) D\b(?! (?:a |as )?T)")


@dataclass(frozen=True)
class _Proposal:
    """What was proposed, with the words that are its own."""

    kind: ProposalKind
    items: Sequence[Item]
    others: Iterable[str]
    today: date
    zone: str
    customer: str | None

    @cached_property
    def pets(self) -> list[frozenset[str]]:
        return list(dict.fromkeys(_own(item.pet) for item in self.items))

    @cached_property
    def services(self) -> list[frozenset[str]]:
        return list(dict.fromkeys(_own(item.service) for item in self.items))

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(word for item in self.items for word in _own(item.professional))

    @cached_property
    def own_words(self) -> frozenset[str]:
        others = (f"{i.package or ''} {i.pickup_zone or ''}" for i in self.items)
        return frozenset(word for name in others for word in _own(name)).union(*self.pets, *self.services, self.people)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the words by which it is called, with the endings of its services: "banhinho", "banhos"."""
        long = {word for words in self.services for word in words if len(word) > 3}
        return self.own_words | {f"{word[:-1]}{end}" for word in long for end in ("inho", "inha")} | {f"{word}s" for word in long}

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Return the words of names that these bookings are not about."""
        words = frozenset(word for name in self.others for word in _own(name) if len(word) > 2)
        return words - self.own_words - said_by.FUNCTION

    @cached_property
    def yes(self) -> frozenset[str]:
        return said_by.YES | said_by.VERBS[self.kind]

    @cached_property
    def signature(self) -> frozenset[str]:
        """Return the customer's own names, where they can be nothing else."""
        words = _words(self.customer or "")
        return frozenset(word for word in words if len(word) > 2 and word.isalpha()) - said_by.NO_NAMES - notations.NUMBER_WORDS

    @cached_property
    def details(self) -> list[tuple[re.Pattern[str], str]]:
        """Return the patterns of what is so of all its bookings, each with its mark."""
        starts = [clock.local(item.starts_at, self.zone) for item in self.items]
        found = self._moments(starts)
        # An amount goes first: "setenta reais e dez horas".
        money, counted = notations.amounts(total_cents(self.items)), len(self.items)
        number = rf"(?:{counted}|{notations.spelled(counted)})"
        counts = [rf"\b(?:os|aos|[pdn]r?os) {number}\b"] if counted > 1 else []
        counts += [r"\bamb[oa]s\b"] if counted == 2 else [r"\btod[oa]s\b"] if counted > 2 else []
        return [(re.compile(way), mark) for way, mark in [(money, _AMOUNT), *found, *((count, _AMOUNT) for count in counts)]]

    def _moments(self, starts: Sequence[datetime]) -> Iterable[tuple[str, str]]:
        if len({start.date() for start in starts}) == 1:
            yield notations.days(starts[0].date(), self.today), _DAY
        if len({start.time() for start in starts}) == 1:
            yield notations.times(starts[0].time()), _TIME
            yield notations.part_of_day(starts[0].time()), _PART
        ends = {clock.local(item.ends_at, self.zone).date() for item in self.items if item.unit == "night"}
        if len(ends) == 1:
            yield rf"\b(?:ate|ao?) (?:o )?{notations.days(ends.pop(), self.today)}", _DAY


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
    proposal = _Proposal(kind, items, others, today, zone, customer)
    plain = _plain(text)
    if "?" not in plain:
        if _agrees(plain, proposal):
            return "yes"
        if _refuses(plain, proposal):
            return "no"
    return "unclear" if _is_unclear(plain, proposal) else None


def names_everything(
    text: str, kind: ProposalKind, item: Item, today: date, zone: str, others: Iterable[str] = (), customer: str | None = None
) -> bool:
    """Return whether a customer's message itself asks for exactly this booking, or cancellation: plainly, by pet, service, day and time.

    "marca banho pro Rex sexta às 10h, pode confirmar" does. A question does not, nor what has a word that is none of the booking's: another
    pet, price or person, two days to choose from, every week.
    """
    proposal, asked = _Proposal(kind, [item], others, today, zone, customer), said_by.ASKED.get(kind)
    plain = _plain(text)
    if asked is None or LEFT_OUT in text or "?" in plain or not asked.search(plain):
        return False
    wished = said_by.KEEPS_IT.sub(_YES, said_by.WISH.sub(" ", plain))
    marked = _marked(wished, proposal)
    tokens = _TOKENS.findall(marked)
    left = _left_over(tokens, proposal, more=said_by.IN_A_REQUEST | frozenset({"1"} if kind == "book" else ()))
    said = set(tokens)
    exact = bool(said & {"D"}) and bool(said & {"T"}) and proposal.pets[0] <= said and _names_service(said, item)
    return exact and not left and not any(pattern.search(_row(tokens)) for pattern in (_PROMISED, said_by.MAY_ASK_TO_BE_TOLD))


def _names_service(said: Iterable[str], item: Item) -> bool:
    """Return whether a service is named, in any ending ("banhinho")."""
    stems = [word[: max(4, len(word) - 1)] for word in _words(item.service) if len(word) > 2]
    return all(any(word.startswith(stem) for word in said) for stem in stems)


def _plain(text: str) -> str:
    """Return a text in the one spelling that is read, its lines apart; a sign that says nothing is gone, any other stays a word."""
    text = said_by.OF_MINAS.sub(" ", text)
    for sign in said_by.SAYS_YES:
        text = text.replace(sign, " sim ")
    text = text.replace(said_by.SAYS_NO, " nao ")
    text = "".join(" " if c in said_by.SAYS_NOTHING else c for c in text)
    # Marks are capital letters: what folds to one would be taken for a detail.
    lines = (re.sub(r"(?<=[a-z])-(?=[a-z])|(?<=\bp)/", " ", fold(line).lower()) for line in text.splitlines())
    return said_by.TAG.sub(r"\1", said_by.NOT.sub("nao", said_by.LONG.sub(r"\1", "\n".join(lines))))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


# What names a day or a number is never a name's alone: a yes to a pet called Domingo that says "domingo" may mean the day.
_NO_NAME = notations.NUMBER_WORDS.union(
    MONTHS, said_by.words("segunda terca quarta quinta sexta sabado domingo hoje amanha manha tarde noite nao sem mas ou")
)


def _own(name: str) -> frozenset[str]:
    return frozenset(word for word in _words(name) if not word.isdigit()) - _NO_NAME


def _marked(plain: str, proposal: _Proposal) -> str:
    """Return the text with a mark for each detail that is the proposal's own, and without its courtesies."""
    for row, mark in ((said_by.COURTESY, " "), *proposal.details, (said_by.YES_IN_ROWS, _YES)):
        plain = row.sub(mark, plain)
    if proposal.kind in ("book", "confirm"):
        plain = said_by.COMING.sub(_COMING, plain)
    if proposal.kind == "book":
        plain = said_by.KEPT_FOR_ME.sub(_YES, plain)
    return said_by.SAME.sub(lambda found: found.group().rsplit(" ", 1)[0], re.sub(" +", " ", plain))


def _row(tokens: Iterable[str]) -> str:
    return " ".join(token for token in tokens if token not in said_by.PUNCTUATION or token == ",")


def _left_over(tokens: Sequence[str], proposal: _Proposal, more: frozenset[str] = frozenset()) -> list[str]:
    """Return the words that nothing accounts for."""
    allowed = proposal.yes | said_by.FILLERS | said_by.NOUNS | proposal.names | said_by.PUNCTUATION | more | _MARKS | {"Y", "C"}
    allowed -= proposal.foreign
    if proposal.kind == "cancel":
        allowed |= said_by.SAYS_SORRY | {"infelizmente"}
    signed = _signed_from(tokens, proposal)
    return [token for index, token in enumerate(tokens) if not (index >= signed or _fits(tokens, index, allowed, proposal))]


def _fits(tokens: Sequence[str], index: int, allowed: frozenset[str], proposal: _Proposal) -> bool:
    token, before = tokens[index], tokens[index - 1] if index else ""
    following = next((t for t in tokens[index + 1 : index + 3] if t not in said_by.ARTICLES), "")
    match token:
        case "com":
            return following in proposal.people
        case "ate":
            # A farewell; "confirmo até sexta" would be a promise.
            return proposal.kind != "cancel" and following == "D" and (before in _BEFORE_FAREWELL or before in said_by.PUNCTUATION)
        case "e":
            # "é isso", "Rex e Mel"; "e o banho" alone would be a question.
            own = proposal.names | _MARKS
            return following in proposal.yes | {"Y", "C"} or (before in own and following in own)
    return token in allowed


def _signed_from(tokens: Sequence[str], proposal: _Proposal) -> int:
    """Return where a message goes over into nothing but the customer's name."""
    start = len(tokens)
    while start and (tokens[start - 1] in proposal.signature or tokens[start - 1] in said_by.PUNCTUATION):
        start -= 1
    return start


def _agrees(plain: str, proposal: _Proposal) -> bool:
    words = _words(plain)
    # A pet called Sim does not take the word away.
    if len(words) == 1 and words[0] in proposal.yes and not _strange(plain):
        return True
    if proposal.kind == "cancel":
        plain = _without_reasons(plain, proposal)
    tokens = _TOKENS.findall(_marked(plain, proposal))
    row = _row(tokens)
    doubtful = (_PROMISED, said_by.MAY_ASK_TO_BE_TOLD, said_by.MAY_ASK_FOR_ANOTHER)
    if _left_over(tokens, proposal) or any(pattern.search(row) for pattern in doubtful):
        return False
    said = set(tokens)
    # A pet called Beleza that is named beside other words is no yes.
    assents = said & (proposal.yes - proposal.own_words | {"Y"} | ({"C"} if proposal.kind == "confirm" else set()))
    if not assents or _is_a_part(said, proposal):
        return False
    if proposal.kind == "cancel" and not assents & said_by.CANCELS:
        return not said & (proposal.names | said_by.NOUNS | _MARKS)
    return True


def _strange(plain: str) -> bool:
    return any(token not in said_by.PUNCTUATION for token in _TOKENS.findall(plain) if not token.isalnum())


def _without_reasons(plain: str, proposal: _Proposal) -> str:
    """Return a text without the clauses that say that nobody will come: why it is to be cancelled."""
    clauses = [clause for clause in _CLAUSES.split(plain) if clause.strip()]
    kept = [c for c in clauses if "nao" not in c.split() or not said_by.NOT_COMING.fullmatch(_shape(c, proposal))]
    return "\n".join(kept) if kept else plain


def _shape(clause: str, proposal: _Proposal) -> str:
    """Return a clause as patterns of a no read it: marks for details and for names."""
    tokens = _TOKENS.findall(_marked(clause, proposal))
    return " ".join("N" if token in proposal.names and token not in said_by.FUNCTION else token for token in tokens)


def _is_a_part(said: set[str], proposal: _Proposal) -> bool:
    """Return whether only some of several bookings are named, or pets beside services: which is whose can't be told."""
    pets, services = ([bool(words & said) for words in each if words] for each in (proposal.pets, proposal.services))
    if len(proposal.pets) > 1 and len(proposal.services) > 1 and any(pets) and any(services):
        return True
    return any(any(each) and not all(each) for each in (pets, services))


def _refuses(plain: str, proposal: _Proposal) -> bool:
    """Return whether every clause is a no, or changes nothing beside one."""
    refused = False
    for clause in _CLAUSES.split(_marked(plain, proposal)):
        shape = _shape(clause, proposal)
        if not shape:
            continue
        if _is_no(shape, proposal.kind):
            refused = True
        elif _left_over(tokens := shape.split(), proposal, frozenset("N")) or set(tokens) & (proposal.yes | {"Y", "C"}):
            return False
    return refused


def _is_no(shape: str, kind: ProposalKind) -> bool:
    if kind == "confirm" and said_by.NOT_COMING.fullmatch(shape):
        return True
    return bool(said_by.NO[kind].fullmatch(shape) or (kind in ("cancel", "reschedule") and said_by.KEEP.fullmatch(shape)))


def _is_unclear(plain: str, proposal: _Proposal) -> bool:
    """Return whether an answer holds a yes and little else, of which nothing is another detail, a question or a wish."""
    tokens = _TOKENS.findall(_marked(plain, proposal))
    said, left = set(tokens), _left_over(tokens, proposal)
    if "?" in plain or not said & (proposal.yes - proposal.own_words | {"Y", "C"}) or len(left) > FEW_WORDS or said & proposal.foreign:
        return False
    if any(word in _NO_NAME - {"nao"} or any(map(str.isdigit, word)) for word in left):
        return False
    return not said_by.WISHES.search(said_by.UNDECIDED.sub(" ", " ".join(left)))
