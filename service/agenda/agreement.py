"""Whether a customer's own words agree to exactly what was proposed, or name everything of it themselves. Pure, without a model.

Careful by design: what is not plainly a yes is none, and the customer is asked once more. The words are in `agreement_words`; how well they
are read: docs/agenda-and-safety.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from service.agenda import agreement_words as said_by
from service.agenda.agreement_words import ALL, ALL_OF, DATE_WORDS, FILLERS, VERBS, YES
from service.agenda.proposals import ProposalKind, total_cents
from service.agenda.visits import Item
from service.language.days import find_day
from service.language.grammar import MONTHS, date_words
from service.language.said import days_in
from service.language.text import LEFT_OUT, fold
from service.language.times import find_part, find_time
from service.platform import clock
from service.platform.errors import BadRequest

Answer = Literal["yes", "no"]
# "harmless" has only words that change nothing, "open" others that turn nothing round.
Clause = Literal["yes", "no", "harmless", "open", "contrary"]


@dataclass(frozen=True)
class _Proposal:
    """What was proposed, with the words and numbers that are its own."""

    kind: ProposalKind
    items: Sequence[Item]
    others: Iterable[str]
    today: date
    zone: str

    @cached_property
    def own_words(self) -> frozenset[str]:
        named = (f"{i.pet} {i.service} {i.professional} {i.package or ''} {i.pickup_zone or ''}" for i in self.items)
        return frozenset(word for names in named for word in _words(names))

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Return the words of names that these bookings are not about."""
        return frozenset(word for name in self.others for word in _words(name) if len(word) > 2) - self.own_words - FILLERS - {"sim"}

    @cached_property
    def other_deeds(self) -> frozenset[str]:
        return frozenset().union(*VERBS.values()) - VERBS[self.kind] - VERBS["confirm"]

    @cached_property
    def yes(self) -> frozenset[str]:
        return YES | VERBS[self.kind]

    @cached_property
    def harmless(self) -> frozenset[str]:
        count = len(self.items)
        return FILLERS | DATE_WORDS | self.own_words | ALL_OF.get(count, frozenset()) | (ALL if count > 2 else frozenset())

    @cached_property
    def moments(self) -> list[datetime]:
        """Return the wall-clock starts, and the ends of stays."""
        instants = [i.starts_at for i in self.items] + [i.ends_at for i in self.items if i.unit == "night"]
        return [clock.local(instant, self.zone) for instant in instants]

    @cached_property
    def numbers(self) -> frozenset[str]:
        cents = {total_cents(self.items)} | {c for i in self.items for c in (i.price_cents, i.pickup_fee_cents)}
        numbers = {n for o in self.moments for n in (o.day, o.hour, o.hour % 12, o.minute)} | {n for c in cents for n in divmod(c, 100)}
        return frozenset(map(str, numbers | ({len(self.items)} if len(self.items) > 1 else set())))


def decide(text: str, kind: ProposalKind, items: Sequence[Item], today: date, zone: str, others: Iterable[str] = ()) -> Answer | None:
    """Return what a message answers to a proposal that it follows: yes to all of it, no, or neither.

    Every day, time and number in a yes must be the proposal's own, and none of the `others` (the customer's other pets, the shop's other
    services) may be named. A no to a reminder cancels, so it must be nothing but that. A message that was too long to be kept whole answers
    nothing. `today` is the shop's date.
    """
    if LEFT_OUT in text:
        return None
    proposal = _Proposal(kind, items, others, today, zone)
    clauses = [clause.strip() for clause in said_by.CLAUSES.split(_answer_words(text)) if clause.strip()]
    said = [_read(clause, proposal) for clause in clauses]
    if "yes" in said:
        return "yes" if not {"no", "contrary"}.intersection(said) else None
    spoken = [clause for clause in said if clause != "harmless"]
    if not spoken or spoken[0] != "no":
        return None
    plain_only = kind == "confirm" and not said_by.CALLS_OFF.search(clauses[said.index("no")])
    return "no" if {"no"}.union(() if plain_only else {"open"}).issuperset(spoken) else None


def names_everything(text: str, kind: ProposalKind, item: Item, today: date, zone: str, others: Iterable[str] = ()) -> bool:
    """Return whether a customer's message itself asks for exactly this booking, or cancellation: plainly, by pet, service, day and time.

    "marca banho pro Rex sexta às 10h, pode confirmar" does; a question does not, nor do two days to choose from, nor what asks for more
    than this: one of the `others` (pets and services), another price, a move, every week.
    """
    proposal = _Proposal(kind, [item], others, today, zone)
    plain, asked = _answer_words(text), said_by.ASKED.get(kind)
    if asked is None or LEFT_OUT in text or not asked.search(plain) or "?" in plain or said_by.HEDGES.search(asked.sub(" ", plain)):
        return False
    words = _words(plain)
    if said_by.MORE.search(plain) or (proposal.other_deeds | proposal.foreign).intersection(words):
        return False
    if not _same_details(plain, proposal) or len(days_in(date_words(text), today)) > 1:
        return False
    try:
        day, moment = find_day(text, today), find_time(text)
    except BadRequest:
        return False
    local = clock.local(item.starts_at, zone)
    exact = (day, moment) == (local.date(), local.time())
    return exact and _names(words, item) and len(said_by.DAYS.intersection(words)) <= 1 and len(_times_said(plain)) <= 1


def _names(words: Sequence[str], item: Item) -> bool:
    """Return whether the pet is named, and the service in any ending ("banhinho")."""
    stems = [word[: max(4, len(word) - 1)] for word in _words(item.service) if len(word) > 2]
    return set(_words(item.pet)) <= set(words) and all(any(word.startswith(stem) for word in words) for stem in stems)


def _answer_words(text: str) -> str:
    for emoji, word in said_by.EMOJI.items():
        text = text.replace(emoji, word)
    folded = "\n".join(fold(line) for line in text.splitlines())
    folded = said_by.LONG.sub(r"\1", said_by.NO_MATTER.sub(" ", folded))
    folded = said_by.NOT.sub("nao", folded)
    return said_by.FINE.sub("sim", folded).replace("depois de amanha", "depoisdeamanha")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _read(clause: str, proposal: _Proposal) -> Clause:
    words, asks = _words(clause), clause.endswith("?")
    if not words:
        return "harmless"
    if not asks and _says_no(" ".join(words), proposal.kind):
        return "no"
    if proposal.kind == "cancel" and not asks and said_by.NOT_COMING.fullmatch(" ".join(words)) and not proposal.yes.intersection(words):
        return "harmless"  # why it is to be cancelled
    if proposal.foreign.intersection(words) or not _same_details(clause, proposal):
        return "contrary"
    # A pet called Beleza that is named beside other words is no yes; "sim" alone is one, whatever the pet is called.
    yes = proposal.yes if len(words) == 1 else proposal.yes - proposal.own_words
    if all(word in yes or word in proposal.harmless or word[0].isdigit() for word in words):
        return "yes" if yes.intersection(words) and not asks else "harmless"
    if asks and said_by.PRACTICAL.search(clause) and not said_by.TURN.search(clause):
        return "harmless"
    if said_by.CONTRARY.search(clause) or proposal.other_deeds.intersection(words):
        return "contrary"
    strong = said_by.STRONG.match(" ".join(words))
    return "yes" if strong and not asks and all(w in yes or w in proposal.harmless for w in strong.group().split()) else "open"


def _says_no(words: str, kind: ProposalKind) -> bool:
    if kind == "confirm" and said_by.NOT_COMING.fullmatch(words):
        return True
    return bool(said_by.NO.fullmatch(words) or (kind in ("cancel", "reschedule") and said_by.KEEP.fullmatch(words)))


def _same_details(clause: str, proposal: _Proposal) -> bool:
    """Return whether every day, time and number in a clause is one of the proposal's."""
    own = proposal.moments
    try:
        day, moment = find_day(clause.replace("depoisdeamanha", "depois de amanha"), proposal.today), find_time(clause)
        part = find_part(clause)
    except BadRequest:
        return False
    if (day and day not in {o.date() for o in own}) or (moment and moment not in {o.time() for o in own}):
        return False
    if part and not moment and not any(part[0] <= o.time() <= part[1] for o in own):
        return False
    # Months are looked at with their days, too.
    words = set(_words(clause))
    if not {MONTHS.index(word) + 1 for word in words.intersection(MONTHS)} <= {o.month for o in own}:
        return False
    spelled = {str(said_by.NUMBERS[word]) for word in words.intersection(said_by.NUMBERS)}
    written = {number.lstrip("0") or "0" for number in re.findall(r"\d+", said_by.WRITTEN_DATE.sub(" ", clause))}
    return spelled | written <= proposal.numbers


def _times_said(plain: str) -> set[tuple[int, int]]:
    return {(int(hour), int(minute or 0)) for hour, minute in said_by.WRITTEN_TIME.findall(plain)}
