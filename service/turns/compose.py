"""What is sent of a model's reply: its small talk, and the server's sentences in the place of whatever it states (docs/decisions/0022).

Deny by default. Every sentence of a reply is one of three: a fact's own, small talk (`service.language.small_talk`), or a statement, which
the fact that it speaks of replaces, and which goes where there is none. Which fact that is may be guessed: all of them are true.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from service.language.small_talk import Around, Small, asked_for, leans, only_marks, read, talk
from service.language.text import fold
from service.turns.owing import is_proposal, offers_instead, owed
from service.turns.parts import Part, as_one, joined
from service.turns.pieces import PARAGRAPH, Piece, pieces
from service.turns.speaking import (
    Spoken,
    about,
    best,
    in_answer,
    in_numbers,
    is_promised,
    of_the_services_of,
    on_the_days_of,
    says_nothing_new,
    spoken,
)
from service.turns.telling import Fact, capital
from service.turns.wanted import Wanted

# Facts that are told for a look whose results the model did not say in words that could be sent.
MOST_FOUND = 4
# What is asked in the place of a question that names the customer's own day or time, of which nothing is known yet.
LOOK = "Quer que eu veja se tem esse horário?"
# The lengths that a fact states: no other kind of number is one.
_LENGTHS = re.compile(r"\d+ (?:hora|minuto)s?")

_CLAUSE = re.compile(r"[,;:–—-]\s+")
MOST_CUTS = 6
# A word of code ("book_appointment"), a brace, a fence, a tag, a key of JSON, an argument.
_CODE = re.compile(r"[^\W_]_[^\W_]|[{}]|```|</?\w|\"\w+\"\s*:|\w\([^()\n]*=|=>|\[\s*\"|\bnull\b|\bfunction\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a turn may tell: the facts of its own calls, in order, those that stand, and what the customer wrote.

    `courtesy` is what answers a customer who wants nothing, `missing` the question of what a wish lacks: said where a reply leaves nothing.
    `condolence` is said to who mourns. With an `owner` of the shop any small talk is made.
    """

    turn: Sequence[Fact]
    standing: Sequence[Fact]
    around: Around
    said: str = ""
    courtesy: str | None = None
    missing: str | None = None
    condolence: str | None = None
    owner: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether the turn has proposed what now waits for the customer's yes."""
        return any(fact.must and is_proposal(fact) for fact in self.turn)


@dataclass(frozen=True, slots=True)
class Composed:
    """What may be sent; None where nothing is left of the reply.

    `dropped` are the sentences that no fact stands for, `promised` those that take for done what this turn did not do: a model that did
    part of it may have forgotten the rest.
    """

    text: str | None
    dropped: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reply:
    """A reply in the making: its parts in order, the facts that are told, the sentences that were dropped."""

    parts: list[Part] = field(default_factory=list)
    told: list[Fact] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    # Whether the sentence before was: what leans on it goes with it.
    last_dropped: bool = False
    # Of facts that the model repeated word for word, the sentences that it repeated.
    quoted: dict[str, set[str]] = field(default_factory=dict)

    def tell(self, fact: Fact, breaks: int = 0, *, at: int | None = None) -> None:
        """Tell a fact, unless it is told already, or all that it says."""
        self.last_dropped = False
        if any(fact == other or _is_part_of(fact, other) for other in self.told):
            return
        covered = [other for other in self.told if _is_part_of(other, fact)]
        self.parts = [part for part in self.parts if part.fact not in covered]
        self.told = [other for other in self.told if other not in covered]
        self.told.append(fact)
        self.parts.insert(len(self.parts) if at is None else at, Part(fact.text, breaks, fact=fact))


def looks_like_code(text: str, names: Iterable[str]) -> bool:
    """Tell whether a message looks like a call of a function, JSON or code: none of it is for a person to read."""
    return bool(_CODE.search(text)) or any(name in text for name in names)


def without_facts(reply: str, told: Told) -> str:
    """Return what a reply says in words that are no fact's."""
    known = _Known.of((*told.turn, *told.standing))
    return " ".join(piece.text for piece in pieces(reply) if known.fact_of(piece.text, ()) is None)


def compose(reply: str, told: Told) -> Composed:
    """Return what may be sent of a reply: what must be told is in it, and what states anything in it is a fact."""
    made, wanted = _Reply(), Wanted(told.said, told.around)
    if offers_instead(told.said, told.standing):
        told = replace(told, standing=[fact for fact in told.standing if not _is_of_no_help(fact)])
    known = _Known.of((*told.turn, *told.standing))
    said = pieces(reply)
    for piece in said:
        if len(said) == 1 or not only_marks(piece.text):
            _take(piece, made, told, known)
    _add_what_is_due(made, told, wanted)
    parts = _suiting(_parts(made, told), made, told, wanted)
    # To thanks nothing is told, whatever the model looked up.
    wants_nothing_told = told.courtesy is not None and not any(fact.must for fact in told.turn)
    dropped = bool(made.dropped) and not (wants_nothing_told and any(part.fact for part in parts))
    if wants_nothing_told:
        parts = [part for part in parts if not part.fact and (part.talk != "asking" or not any(part.fact for part in parts))]
    whole = as_one(parts, dropped=dropped)
    if text := _answer(whole, told, wanted, dropped=dropped):
        return Composed(text, tuple(made.dropped), tuple(made.promised))
    found = [] if wants_nothing_told else [Part(fact.text, fact=fact) for fact in _found(told)]
    left = joined(as_one([*parts, *found], dropped=dropped)) if found else told.courtesy
    return Composed(left, tuple(made.dropped), tuple(made.promised))


def _is_of_no_help(fact: Fact) -> bool:
    """Tell whether a fact only says that nothing can be done here: what the shop does is a better answer to who asks for it."""
    return fact.kind == "shop" and not fact.names and "não" in fact.text


def _add_what_is_due(made: _Reply, told: Told, wanted: Wanted) -> None:
    """Tell what the turn did or refused, what it looked up, and what the customer asked, though the model does not say it."""
    place = _place_for_facts(made.parts)
    must = [fact for fact in told.turn if fact.must and fact.kind != "question"]
    due = [] if told.owner or wanted.mourns else owed(told.said, told.around, told.turn, told.standing, [*made.told, *must])
    if not (made.told or any(fact.must for fact in told.turn)):
        due = [*(fact for fact in _found(told) if fact.kind == "slots"), *due]
    for fact in reversed([*must, *due]):
        made.tell(fact, at=place)


def _parts(made: _Reply, told: Told) -> list[Part]:
    """Return a reply's parts, the question that waits for its answer last, and no other beside it."""
    asked = [fact for fact in reversed(told.turn) if fact.must and fact.kind == "question"]
    # What is proposed is answered by a yes, whatever else was asked: so it is what stands there.
    question = next(filter(is_proposal, asked), next(iter(asked), None))
    question = question or next((fact for fact in reversed(made.told) if fact.kind == "question"), None)
    parts = [_as_quoted(part, made) for part in made.parts if part.fact is None or part.fact.kind != "question"]
    if question:
        made.told.append(question)
    return [*parts, *([Part(question.text, PARAGRAPH, fact=question)] if question else [])]


def _suiting(parts: Sequence[Part], made: _Reply, told: Told, wanted: Wanted) -> list[Part]:
    """Leave out the small talk that does not answer this customer; who mourns is condoled with first."""
    if told.owner:
        return list(parts)
    facts = [part.fact for part in parts if part.fact]
    suiting: list[Part] = []
    for part in parts:
        if part.small is None:
            suiting.append(part)
        elif part.own:
            # What is told of that day or time is the answer.
            suiting += [] if facts else [Part(asked_for(part.text) or LOOK, part.breaks, small=Small("asking"))]
            made.promised += [] if facts or asked_for(part.text) else [part.text]
        elif wanted.suits(part.small, part.text, facts):
            suiting.append(replace(part, text=capital(wanted.without_cheers(part.text))))
        elif (question := _question_at_the_end(part.text, told.around)) and (small := read(question, told.around)):
            suiting += [Part(capital(question), part.breaks, small=small)] if wanted.suits(small, question, facts) else []
    suiting = [part for part in suiting if part.text]
    condoled = any(part.small and "sorrow" in part.small.marks for part in suiting) or any(fact.condoles for fact in facts)
    if told.condolence and facts and not condoled:
        return [Part(told.condolence, small=Small("warmth")), *suiting]
    return suiting


def _answer(parts: Sequence[Part], told: Told, wanted: Wanted, *, dropped: bool) -> str | None:
    """Return what is sent of a reply's parts; None where they do not answer. Who agrees to what was asked before is asked again."""
    says = any(part.fact or part.talk == "asking" for part in parts)
    proposal = next((fact for fact in told.standing if is_proposal(fact)), None)
    if proposal and not says and wanted.passing == "heard":
        return proposal.text
    if proposal and not says:
        parts = [part for part in parts if part.talk != "assent"]
    return joined(parts) if says or (parts and not dropped and _is_answer(parts, told, wanted)) else None


def _is_answer(parts: Sequence[Part], told: Told, wanted: Wanted) -> bool:
    """Tell whether mere small talk is an answer: to small talk it is, and an "ok" is not answered by another."""
    if told.owner or not told.said.strip():
        return any(part.talk in ("greeting", "opening") for part in parts) or wanted.passing is not None
    if wanted.passing == "heard":
        return any(part.talk != "assent" for part in parts)
    return wanted.is_answered_by_small_talk()


@dataclass(frozen=True, slots=True)
class _Known:
    """Every sentence of every fact, folded, with its fact."""

    sentences: dict[str, list[Fact]]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "_Known":
        known = cls({})
        for fact in facts:
            for sentence in _sentences_of(fact.text):
                known.sentences.setdefault(sentence, []).append(fact)
        return known

    def fact_of(self, sentence: str, told: Sequence[Fact]) -> Fact | None:
        """Return the fact that a sentence is of: of several the one that is told already, else the first."""
        facts = self.sentences.get(_plain(sentence), ())
        return next((fact for fact in facts if fact in told), None) or next(iter(facts), None)


@lru_cache(maxsize=1024)
def _sentences_of(text: str) -> tuple[str, ...]:
    """Return a fact's sentences, folded. What stands of a shop is the same in every turn."""
    return tuple(_plain(piece.text) for piece in pieces(text))


def _plain(sentence: str) -> str:
    return " ".join(re.findall(r"[\w$%,:/]+", fold(sentence)))


def _take(piece: Piece, made: _Reply, told: Told, known: _Known) -> None:
    """Add what stands for a sentence: itself, or facts, or nothing."""
    if fact := known.fact_of(piece.text, made.told):
        made.tell(fact, piece.breaks)
        made.quoted.setdefault(fact.text, set()).add(_plain(piece.text))
        return
    own = False
    if not (small := read(piece.text, told.around)) and told.around.named_own:
        small = read(piece.text, told.around, own=True)
        own = small is not None
    if small:
        if small.kind == "asking" and made.last_dropped and leans(piece.text):
            made.dropped.append(piece.text)
            return
        made.parts.append(Part(_unmarked(piece.text), piece.breaks, small=small, own=own))
        made.last_dropped = False
        return
    said = in_answer(spoken(piece.text, told.around.today, [*told.turn, *told.standing]), told.said)
    said = of_the_services_of(said, told.said, told.around.services)
    said = on_the_days_of(said, piece.text, told.said, told.around.today)
    if is_promised(said, told.turn):
        made.promised.append(piece.text)
    if says_nothing_new(said, made.told):
        return
    if question := _question_at_the_end(piece.text, told.around):
        _take(Piece(piece.text.removesuffix(question).rstrip(), piece.breaks), made, told, known)
        _take(Piece(capital(question)), made, told, known)
        return
    asks = piece.text.rstrip().endswith("?")
    turn, standing = ([fact for fact in facts if not asks or _answers_question(said, fact)] for facts in (told.turn, told.standing))
    facts = best(said, turn, standing, made.told)
    for number, fact in enumerate(facts):
        made.tell(fact, 0 if number else piece.breaks)
        made.quoted.pop(fact.text, None)
    if facts:
        return
    if not said.claims_deed and (question := asked_for(piece.text)):
        made.parts.append(Part(question, piece.breaks, small=Small("asking")))
        return
    made.dropped.append(piece.text)
    made.last_dropped = True


def _unmarked(sentence: str) -> str:
    """Return small talk without the marks of bold and italics."""
    return re.sub(r"[*_~]", "", sentence).strip()


def _answers_question(said: Spoken, fact: Fact) -> bool:
    """Tell whether a fact may stand for a question."""
    return fact.must or fact.kind == "undone" or in_numbers(said, fact)


def _question_at_the_end(sentence: str, around: Around) -> str | None:
    """Return the question that a sentence ends in, where it is one that may be asked: "tenho às 9h, qual prefere?"."""
    if not sentence.rstrip().endswith("?"):
        return None
    cuts = [found.end() for found in _CLAUSE.finditer(sentence)][-MOST_CUTS:]
    return next((sentence[cut:] for cut in cuts if talk(sentence[cut:], around) == "asking"), None)


def _is_part_of(fact: Fact, other: Fact) -> bool:
    """Tell whether a fact says nothing that another doesn't."""
    pairs = ((fact.days, other.days), (fact.times, other.times), (fact.cents, other.cents), (fact.names, other.names))
    if fact == other or fact.must or not all(own <= of_other for own, of_other in pairs):
        return False
    if not set(_LENGTHS.findall(fact.text)) <= set(_LENGTHS.findall(other.text)):
        return False
    if fact.kind == "prices":
        return bool(fact.cents) and ((other.kind == "prices" and "\n" in other.text) or (other.must and other.kind in ("deed", "question")))
    return fact.kind == other.kind and fact.kind in ("slots", "appointments", "hours") and bool(fact.days or fact.times)


def _as_quoted(part: Part, made: _Reply) -> Part:
    """Return figures without the lines that the model left out; only with the first one, which says of when they are."""
    quoted = made.quoted.get(part.fact.text) if part.fact and part.fact.kind == "figures" else None
    lines = [(line, {_plain(piece.text) for piece in pieces(line)}) for line in part.text.splitlines()]
    if not quoted or not lines[0][1] <= quoted:
        return part
    kept = [line for line, sentences in lines if sentences <= quoted]
    return replace(part, text=re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip())


def _place_for_facts(parts: Sequence[Part]) -> int:
    """Return where a fact goes that the model did not speak of: after the greeting, before everything else."""
    return next((at for at, part in enumerate(parts) if part.talk not in ("greeting", "warmth", "courtesy", "assent")), len(parts))


def _found(told: Told) -> list[Fact]:
    """Return what the turn's last look found, as far as the customer asked for it; where it found nothing, what stands and was asked."""
    looked = [fact for fact in told.turn if not fact.must and fact.kind != "question"]
    if not looked and told.turn:
        looked = _asked_for(told) or [fact for fact in told.turn if not fact.must]
    asked = about(told.said, told.around.today, looked)
    chosen = asked or looked
    whole = [fact for fact in chosen if not any(fact.kind == other.kind and fact.names < other.names for other in chosen)]
    found = _Reply()
    for fact in whole[:MOST_FOUND]:
        found.tell(fact)
    return found.told


def _asked_for(told: Told) -> list[Fact]:
    """Return what stands and each of the customer's questions speaks of."""
    asked = [piece.text for piece in pieces(told.said) if piece.text.rstrip().endswith("?")]
    facts = [best(spoken(text, told.around.today, told.standing), (), told.standing) for text in asked]
    return list(dict.fromkeys(fact for found in facts for fact in found if fact.kind not in ("undone", "knowledge")))
