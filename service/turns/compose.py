"""What is sent of a model's reply: its small talk, and the server's sentences in the place of whatever it states (docs/decisions/0022).

Deny by default. Every sentence of a reply is one of three: a fact's own, small talk (`service.language.small_talk`), or a statement, which
the fact that it speaks of replaces, and which goes where there is none. Which fact that is may be guessed: all of them are true.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from service.language.small_talk import Around, Talk, asked_for, leans, only_marks, talk, wants_nothing
from service.language.text import fold
from service.turns.speaking import Spoken, about, best, in_answer, in_numbers, is_promised, says_nothing_new, spoken
from service.turns.telling import Fact, capital

# Sentences of a reply that are looked at: a message has no more.
MOST_PIECES = 120
# Facts that are told for a look whose results the model did not say in words that could be sent.
MOST_FOUND = 4
# What facts and goodbyes both end in.
CALL_US = "é só chamar"

_CAPITAL = "[A-ZÁÂÃÀÉÊÍÓÔÕÚÜÇ]"
_END = re.compile(rf"(?<=[.!?…])[)\"'”*_]*(?:\s+|(?={_CAPITAL}\w))|(?<=[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f])\s+(?={_CAPITAL})")
_CLAUSE = re.compile(r"[,;:–—-]\s+")
MOST_CUTS = 6
# How a sentence is set apart from the one before.
LINE, PARAGRAPH = 1, 2
_ABBREVIATED = re.compile(r"(?:^|\W)(?:Dra?|Sra?|Av|R|Prof|Profa|Tel|nº|Obs|Ex|\d)\.$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])\s+")

# A word of code ("book_appointment"), a brace, a fence, a tag, a key of JSON, an argument.
_CODE = re.compile(r"[^\W_]_[^\W_]|[{}]|```|</?\w|\"\w+\"\s*:|\w\([^()\n]*=|=>|\[\s*\"|\bnull\b|\bfunction\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a turn may tell: the facts of its own calls, in order, those that stand, and what the customer wrote.

    `courtesy` is what answers a customer who wants nothing, `missing` the question of what a wish lacks: said where a reply leaves nothing.
    """

    turn: Sequence[Fact]
    standing: Sequence[Fact]
    around: Around
    said: str = ""
    courtesy: str | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """What may be sent; None where nothing is left of the reply.

    `dropped` are the sentences that no fact stands for, `promised` those that take for done what this turn did not do: a model that did
    part of it may have forgotten the rest.
    """

    text: str | None
    dropped: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of a reply; `breaks` says whether a new line, or a new paragraph, begins with it."""

    text: str
    breaks: int = 0


@dataclass(slots=True)
class _Reply:
    """A reply in the making: its parts in order, the facts that are told, the sentences that were dropped."""

    parts: list["_Part"] = field(default_factory=list)
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
        self.parts.insert(len(self.parts) if at is None else at, _Part(fact.text, breaks, fact=fact))


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    breaks: int = 0
    talk: Talk | None = None
    fact: Fact | None = None

    @property
    def asks(self) -> bool:
        return self.text.rstrip().endswith("?")


def looks_like_code(text: str, names: Iterable[str]) -> bool:
    """Tell whether a message looks like a call of a function, JSON or code: none of it is for a person to read."""
    return bool(_CODE.search(text)) or any(name in text for name in names)


def without_facts(reply: str, told: Told) -> str:
    """Return what a reply says in words that are no fact's."""
    known = _Known.of((*told.turn, *told.standing))
    return " ".join(piece.text for piece in pieces(reply) if known.fact_of(piece.text, ()) is None)


def compose(reply: str, told: Told) -> Composed:
    """Return what may be sent of a reply: what must be told is in it, and what states anything in it is a fact."""
    made = _Reply()
    known = _Known.of((*told.turn, *told.standing))
    # To thanks nothing is told, whatever the model looked up.
    wants_nothing_told = told.courtesy is not None and not any(fact.must for fact in told.turn)
    said = pieces(reply)
    for piece in said:
        if len(said) == 1 or not only_marks(piece.text):
            _take(piece, made, told, known)
    place = _place_for_facts(made.parts)
    for fact in reversed(told.turn):
        if fact.must and fact.kind != "question":
            made.tell(fact, at=place)
    question = next((fact for fact in reversed(told.turn) if fact.must and fact.kind == "question"), None)
    question = question or next((fact for fact in reversed(made.told) if fact.kind == "question"), None)
    parts = [_as_quoted(part, made) for part in made.parts if part.fact is None or part.fact.kind != "question"]
    if question:
        made.told.append(question)
    parts += [_Part(question.text, PARAGRAPH, fact=question)] if question else []
    if wants_nothing_told and any(part.fact for part in parts):
        parts = [part for part in parts if part.fact is None and part.talk != "asking"]
        if not _is_left(parts, told, dropped=False):
            return Composed(told.courtesy, tuple(made.dropped), tuple(made.promised))
    dropped = bool(made.dropped)
    whole = _as_one(parts, dropped=dropped)
    if _is_left(whole, told, dropped=dropped):
        return Composed(_joined(whole), tuple(made.dropped), tuple(made.promised))
    found = [] if wants_nothing_told else [_Part(fact.text, fact=fact) for fact in _found(told)]
    left = _joined(_as_one([*parts, *found], dropped=dropped)) if found else told.courtesy
    return Composed(left, tuple(made.dropped), tuple(made.promised))


def pieces(reply: str) -> list[_Piece]:
    """Return a reply's sentences and the items of its lists. Marks by themselves go with the sentence before."""
    found: list[_Piece] = []
    empty = False
    for line in reply.splitlines():
        line = _BULLET.sub("", line).strip()
        if not line:
            empty = True
            continue
        breaks = (PARAGRAPH if empty else LINE) if found else 0
        empty = False
        for sentence in _sentences(line):
            if found and only_marks(sentence):
                found[-1] = _Piece(f"{found[-1].text} {sentence}", found[-1].breaks)
            else:
                found.append(_Piece(sentence, breaks))
            breaks = 0
    return found[:MOST_PIECES]


def _sentences(line: str) -> list[str]:
    sentences: list[str] = []
    for piece in filter(None, map(str.strip, _END.split(line))):
        if sentences and _ABBREVIATED.search(sentences[-1][-8:]):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return sentences


@dataclass(frozen=True, slots=True)
class _Known:
    """Every sentence of every fact, folded, with its fact."""

    sentences: dict[str, list[Fact]]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "_Known":
        known = cls({})
        for fact in facts:
            for piece in pieces(fact.text):
                known.sentences.setdefault(_plain(piece.text), []).append(fact)
        return known

    def fact_of(self, sentence: str, told: Sequence[Fact]) -> Fact | None:
        """Return the fact that a sentence is of: of several the one that is told already, else the first."""
        facts = self.sentences.get(_plain(sentence), ())
        return next((fact for fact in facts if fact in told), None) or next(iter(facts), None)


def _plain(sentence: str) -> str:
    return " ".join(re.findall(r"[\w$%,:/]+", fold(sentence)))


def _take(piece: _Piece, made: _Reply, told: Told, known: _Known) -> None:
    """Add what stands for a sentence: itself, or facts, or nothing."""
    if fact := known.fact_of(piece.text, made.told):
        made.tell(fact, piece.breaks)
        made.quoted.setdefault(fact.text, set()).add(_plain(piece.text))
        return
    if kind := talk(piece.text, told.around):
        if kind == "asking" and made.last_dropped and leans(piece.text):
            made.dropped.append(piece.text)
            return
        made.parts.append(_Part(piece.text, piece.breaks, talk=kind))
        made.last_dropped = False
        return
    said = in_answer(spoken(piece.text, told.around.today, [*told.turn, *told.standing]), told.said)
    if is_promised(said, told.turn):
        made.promised.append(piece.text)
    if says_nothing_new(said, made.told):
        return
    if question := _question_at_the_end(piece.text, told.around):
        _take(_Piece(piece.text.removesuffix(question).rstrip(), piece.breaks), made, told, known)
        _take(_Piece(capital(question)), made, told, known)
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
        made.parts.append(_Part(question, piece.breaks, talk="asking"))
        return
    made.dropped.append(piece.text)
    made.last_dropped = True


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
    if fact.kind == "prices":
        return bool(fact.cents) and ((other.kind == "prices" and "\n" in other.text) or (other.must and other.kind in ("deed", "question")))
    return fact.kind == other.kind and fact.kind in ("slots", "appointments", "hours") and bool(fact.days or fact.times)


def _as_quoted(part: _Part, made: _Reply) -> _Part:
    """Return figures without the lines that the model left out; only with the first one, which says of when they are."""
    quoted = made.quoted.get(part.fact.text) if part.fact and part.fact.kind == "figures" else None
    lines = [(line, {_plain(piece.text) for piece in pieces(line)}) for line in part.text.splitlines()]
    if not quoted or not lines[0][1] <= quoted:
        return part
    kept = [line for line, sentences in lines if sentences <= quoted]
    return replace(part, text=re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip())


def _place_for_facts(parts: Sequence[_Part]) -> int:
    """Return where a fact goes that the model did not speak of: after the greeting, before everything else."""
    return next((at for at, part in enumerate(parts) if part.talk not in ("greeting", "warmth", "courtesy", "assent")), len(parts))


def _as_one(parts: Sequence[_Part], *, dropped: bool) -> list[_Part]:
    """Leave out what would read twice, or as a yes: "Perfeito!" before a fact, questions beside one that waits for its answer."""
    facts = [part for part in parts if part.fact]
    asking = [] if any(part.asks for part in facts) else [part for part in parts if part.talk == "asking"]
    waits = len(asking) > 0 or any(part.asks for part in facts)
    left: list[_Part] = []
    goodbye = any(CALL_US in part.text for part in facts)
    asked = any(part.asks for part in facts)
    for part in parts:
        if part.talk == "farewell" and (asked or (goodbye and CALL_US in part.text)):
            continue
        if part.talk == "asking" or (part.talk in ("closing", "opening") and waits):
            continue
        if part.talk and "?" in part.text and any(fact.asks for fact in facts):
            continue
        if part.talk == "assent" and (facts or dropped):
            continue
        left.append(part)
    if facts or asking:
        left.sort(key=lambda part: part.talk in ("closing", "opening", "farewell"))
    return list({part.text: part for part in (*left, *asking)}.values())


def _is_left(parts: Sequence[_Part], told: Told, *, dropped: bool) -> bool:
    """Tell whether what is left is an answer: a fact or a question; a greeting only where nothing else was said."""
    if any(part.fact or part.talk == "asking" for part in parts):
        return True
    if dropped or not parts:
        return False
    if any(part.talk in ("greeting", "opening") for part in parts):
        return True
    return wants_nothing(told.said, told.around)


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


def _joined(parts: Sequence[_Part]) -> str:
    """Return the parts as one message: facts of several lines and the last question stand by themselves."""
    text, before = "", ""
    for part in parts:
        own = part.text.strip()
        if part.talk and own[-1:].isalnum():
            own += "." if part.talk in ("asking", "opening", "closing") else "!"
        gap = "\n\n" if "\n" in before + own or part.breaks == PARAGRAPH else "\n" if part.breaks else " "
        text += f"{gap if text else ''}{own}"
        before = own
    return text
