"""What a customer asks to be done: to cancel or move what stands, to wait for a time or no longer.

Said is only what every word of its clause is accounted for (`acts_words`): a negation, a condition, or one word too many, and it is at most
spoken of, which is worth a question.
"""

import difflib
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from service.language import acts_words as w
from service.language.text import fold, undrawn

Act = Literal["cancel", "move", "wait", "leave"]

LONGEST_CLAUSE = 60  # words; nobody asks for anything in more
NEAR = 0.85
_SHORTEST_NEAR = 5
_MOST_TYPOS = 2  # of a clause
_NUMBER = "#"

_SENTENCES = re.compile(r"(?:[^.!?;\n]|\.(?=\d))+[.!?;\n]*")
_CLAUSES = re.compile(r"[,:](?!\d)|[()\[\]\"“”]| - |\b(?:mas|porem|so que)\b")
_CONDITION = re.compile(r"(?:^|[,:] ?|\be )(?:se|caso)\b")
_NO = re.compile(r"(?:^|\s)nao\s?[,.;!\n]")
_REQUEST = re.compile(r"\b(?:podem?|poderia|consegue|_can|da (?:pra|para))\b")
_AND = re.compile(r"\be\b")
_TOKENS = re.compile(r"[^\W\d]+|\d+")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask for an act: one word of each of `needs`, and beside them none but `beside`.

    `implied` are those that only lead to it ("não vou poder ir"); they count where all else that is said is understood, too. What is
    `unsure` speaks of it and no more. What can't be `asked` says it in no question.
    """

    acts: tuple[Act, ...]
    needs: tuple[frozenset[str], ...]
    beside: frozenset[str] = frozenset()
    implied: bool = False
    unsure: bool = False
    asked: bool = True


_USUAL = w.SMALL | w.WHEN
_WISHING = w.LEAD | w.VISIT | w.THEIRS
_TO_CHANGE = _WISHING | w.REASONS | {"_cant"}
_SHIFTING = _TO_CHANGE - {"me", "mim"}  # "me passa os horários pra segunda"
_WAITING = w.LEAD | w.VISIT | w.THEIRS | w.ENTERS | w.TELLS | w.IF_FREE | w.FREE_PLACE | w.LIST | {"nome", "se", "ficar", "mensagem", "msg"}
_NOT = frozenset({"nao", "n", "nunca", "nem"})

_LETTING_GO = (
    Way(("cancel",), (w.FORGETS, w.VISIT), w.THEIRS | w.LETTING),
    Way(("cancel",), (w.LETS, frozenset({"_away"}), w.VISIT), w.THEIRS | w.LETTING),
)
WAYS: tuple[Way, ...] = (
    *_LETTING_GO,
    Way(("cancel",), (w.CANCELS,), _TO_CHANGE),
    Way(("cancel",), (w.CANCELLING, w.WISHES), _TO_CHANGE),
    Way(("cancel",), (w.TAKES_OFF, w.ENTRY), _TO_CHANGE),
    Way(("cancel",), (frozenset({"_off"}), w.DAYLIKE), _TO_CHANGE),
    Way(("cancel",), (w.GIVES_UP, w.VISIT), _TO_CHANGE, implied=True),
    Way(("cancel",), (_NOT, w.ANY_MORE, frozenset({"mais"}), w.VISIT), w.THEIRS | {"precisar", "levar", "fazer", "ir"}, implied=True),
    Way(("cancel", "move"), (frozenset({"_cant"}),), _WISHING | w.REASONS, implied=True),
    Way(("move",), (w.MOVES,), _TO_CHANGE | {"_other", "_instead"}),
    Way(("move",), (w.MOVING, w.WISHES), _TO_CHANGE | {"_other"}),
    Way(("move",), (w.SHIFTS, w.TO, w.DAYLIKE), _SHIFTING | {"_other"}),
    Way(("move",), (frozenset({"_instead"}), w.DAYLIKE), _WISHING | w.AVAILABLE | {"ir", "vir", "levar"}, implied=True),
    Way(("move",), (frozenset({"_other"}), w.WISHES, w.VISIT | w.DAYLIKE - {"_other"}), _WISHING | w.AVAILABLE, implied=True),
    Way(("move",), (w.PUTS, w.TO, w.DAYLIKE), _WISHING, unsure=True),
    Way(("wait",), (w.LIST, w.ENTERS), _WAITING),
    Way(("wait",), (w.LIST,), w.VISIT | w.THEIRS | {"ser", "pode"}, asked=False),
    Way(("wait",), (frozenset({"lista", "fila", "espera"}), w.PUTS_ON), _WAITING),
    Way(("wait",), (frozenset({"lista", "fila"}), frozenset({"ficar", "entrar"}), w.WISHES), _WAITING, asked=False),
    Way(("wait",), (w.TELLS, w.IF_FREE), _WAITING),
    Way(("wait",), (w.WAITS, w.IF_FREE), _WAITING),
    Way(("wait",), (w.WAITS, w.FREE_PLACE), _WAITING),
    Way(("leave",), (w.ANY_LIST, w.LEAVES), w.LEAD | w.VISIT | w.THEIRS | {"nome", "vaga"}),
    Way(("leave",), (_NOT, w.NO_LONGER, frozenset({"mais"}), w.WAITED_FOR), w.FOR_NO_LONGER | w.VISIT | w.THEIRS | {"voces", "vcs"}),
    Way(("leave",), (_NOT, w.NO_LONGER, w.ANY_LIST | {"vaga"}, w.TELLS | {"avisar"}), w.FOR_NO_LONGER | w.VISIT | w.THEIRS),
    Way(("leave",), (_NOT, w.TELLS, frozenset({"mais"}), w.ANY_LIST | {"vaga"}), w.FOR_NO_LONGER | w.VISIT | w.THEIRS),
    Way(("leave",), (w.GIVES_UP, frozenset({"espera", "vaga", "fila", "lista", "_list", "esperar"})), w.LEAD | w.VISIT | w.THEIRS),
)  # fmt: skip
_KEEPS = Way((), (w.KEEPS,), w.KEEPING | w.VISIT | w.THEIRS)
# What is said beside all this and leaves it as it is: courtesy, reasons, the question whether another time is free.
_ASIDE = _USUAL | w.REASONS | w.AVAILABLE | w.VISIT | w.THEIRS


@dataclass(slots=True)
class Acts:
    """What is asked for. `said` is, in so many words; `implied` by what leads to it, with those words; `spoken_of` is worth a question.

    `whole` is whether all that was written is understood.
    """

    said: set[Act] = field(default_factory=set)
    implied: list[tuple[Act, str]] = field(default_factory=list)
    spoken_of: set[Act] = field(default_factory=set)
    whole: bool = True

    def take_back(self, act: Act | None = None) -> None:
        """Forget what was asked for before: one act, or all."""
        self.said -= {act} if act else set(self.said)
        self.spoken_of -= {act} if act else set(self.spoken_of)
        self.implied = [one for one in self.implied if act and one[0] != act]

    def doubt(self, acts: Set[Act]) -> None:
        """Note acts that are spoken of, and not asked for."""
        self.said -= acts
        self.implied = [one for one in self.implied if one[0] not in acts]
        self.spoken_of |= acts


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause in its words; `fits` says whether a way asks for its acts here."""

    text: str
    tokens: tuple[str, ...]
    known: frozenset[str]
    asks: bool

    def fits(self, way: Way) -> bool:
        """Return whether the clause has what a way needs, and nothing that the way does not know."""
        have = set(self.tokens)
        if (self.asks and not way.asked) or not all(have & need for need in way.needs):
            return False
        return self.holds_only(frozenset().union(way.beside, *way.needs))

    def holds_only(self, beside: frozenset[str]) -> bool:
        """Return whether every word is usual, a name of theirs, or one of these."""
        allowed = _USUAL | beside | self.known
        unknown = {token for token in self.tokens if token not in allowed}
        return len(unknown) <= _MOST_TYPOS and all(self._is_near(token, beside) for token in unknown)

    def _is_near(self, token: str, beside: frozenset[str]) -> bool:
        """Return whether a word is a name of theirs, or of a visit, with a slip of the thumb."""
        if len(token) < _SHORTEST_NEAR or token.startswith("_"):
            return False
        names = [name for name in self.known | (w.VISIT & beside) if len(name) >= _SHORTEST_NEAR]
        return bool(difflib.get_close_matches(token, names, n=1, cutoff=NEAR))


def acts_in(text: str, names: Sequence[str] = ()) -> Acts:
    """Return what a message asks for. `names` are those that the customer may use: of their pets, the shop's services, people."""
    found = Acts()
    for clause, conditional in _clauses(_folded(text), _words_of(names)):
        _read(clause, found, conditional=conditional)
    if _NO.search(_folded(text)) and only_details(text, names):
        # "Não, às 15h" may correct what stands.
        found.spoken_of.add("move")
    if found.said & {"cancel", "move"}:
        # Why, where it is said what is wanted.
        found.implied = []
    elif not found.whole:
        found.doubt({act for act, _ in found.implied})
    return found


def says_only(act: Act, text: str, names: Sequence[str] = ()) -> bool:
    """Return whether a message asks for an act, and for nothing else, in words that are all understood."""
    found = acts_in(text, names)
    others = found.said | {one for one, _ in found.implied} | found.spoken_of
    asks_back = "?" in text and not _REQUEST.search(_phrased(_folded(text)))
    return found.whole and others == {act} and act in found.said and not asks_back


def _folded(text: str) -> str:
    return "\n".join(undrawn(fold(line)) for line in text.splitlines())


def _words_of(names: Sequence[str]) -> frozenset[str]:
    return frozenset(token for name in names for token in _TOKENS.findall(fold(name)))


def _all_of(text: str, names: Sequence[str]) -> "_Clause":
    return _clause(_phrased(_folded(text)), _words_of(names))


def asked_by_us(text: str) -> Act | None:
    """Return the one act that a message of ours asks whether the customer wants, in its last question; None where there are several."""
    questions = [sentence for sentence in _SENTENCES.findall(_phrased(_folded(text))) if "?" in sentence]
    if not questions:
        return None
    found: list[Act] = [act for act, pattern in w.ASKED if pattern.search(questions[-1])]  # type: ignore[misc]
    if "leave" in found:
        return "leave"
    return found[0] if len(found) == 1 else None


def is_assent(text: str, names: Sequence[str] = ()) -> bool:
    """Return whether a message is a plain yes: no question, and no word but assent, courtesy, names and times."""
    clause = _all_of(text, names)
    return "?" not in text and bool(w.ASSENTS & set(clause.tokens)) and clause.holds_only(w.ASSENTS | w.BESIDE_ASSENT | w.VISIT | w.THEIRS)


def only_details(text: str, names: Sequence[str] = (), *, named: bool = False) -> bool:
    """Return whether a message tells nothing but which one, whose or when: the answer to a question of ours about what was asked for.

    "Não, o da Mel" and "10h não, 11h" are details, too, and "não, obrigada" is none. Of courtesy alone (`named`) it is none, either.
    """
    known = _words_of(names)
    first, *more = (_clause(part, known) for part in _NO.split(_phrased(_folded(text))))
    names_it = known | w.DAYLIKE | w.VISIT
    beside = w.VISIT | w.THEIRS | w.AVAILABLE | w.ASSENTS | w.BESIDE_ASSENT | w.TOO
    told = (first, *more)
    return all(part.holds_only(beside) for part in told) and all(names_it & set(part.tokens) for part in (told if named else more))


def says_too(text: str) -> bool:
    """Return whether something is asked for "também"."""
    return bool(w.TOO & set(_TOKENS.findall(fold(text))))


def _phrased(folded: str) -> str:
    for pattern, name in w.PHRASES:
        folded = pattern.sub(f" {name} ", folded)
    return folded


def _clauses(folded: str, known: frozenset[str]) -> Iterator[tuple[_Clause, bool]]:
    """Yield the clauses, each with whether its sentence holds under a condition."""
    for sentence in _SENTENCES.findall(_phrased(folded)):
        conditional = _CONDITION.search(sentence.strip()) is not None
        for part in _CLAUSES.split(sentence):
            clause = _clause(part, known, asks="?" in sentence)
            if clause.tokens:
                yield clause, conditional


def _clause(text: str, known: frozenset[str], *, asks: bool = False) -> _Clause:
    tokens = (_NUMBER if token[0].isdigit() else token for token in _TOKENS.findall(text))
    return _Clause(text, tuple(tokens), known, asks)


def _read(clause: _Clause, found: Acts, *, conditional: bool) -> None:
    """Add what a clause asks for, or take back what it denies."""
    if len(clause.tokens) > LONGEST_CLAUSE:
        found.whole = False
        return
    if clause.fits(_KEEPS) and not any(map(clause.fits, _LETTING_GO)):
        _keep(clause, found)
        return
    if _asked_for(clause, found, unsure=conditional):
        return
    parts = [part for words in _AND.split(clause.text) if (part := _clause(words, clause.known, asks=clause.asks)).tokens]
    if len(parts) > 1 and all(part.holds_only(_ASIDE) or any(part.fits(way) for way in WAYS) for part in parts):
        # "Cancela e põe pra segunda": of what is one wish no part is done.
        unsure = conditional or any(part.fits(way) for part in parts for way in WAYS if way.unsure)
        for part in parts:
            _asked_for(part, found, unsure=unsure)
        return
    if "_undecided" in clause.tokens:
        found.doubt(set(found.said))
    spoken: set[Act] = {act for act, pattern in w.SPEAKS.items() if pattern.search(clause.text)}  # type: ignore[misc]
    if w.NEGATES & set(clause.tokens):
        for act in spoken:
            found.take_back(act)
        if clause.holds_only(frozenset(w.NEGATES)):
            found.doubt(set(found.said))
    else:
        found.spoken_of |= spoken
    found.whole = found.whole and clause.holds_only(_ASIDE)


def _keep(clause: _Clause, found: Acts) -> None:
    """Take back what was asked for, or doubt it where only one of several may be kept; "deixa pra sexta" may also move it."""
    if (w.VISIT | clause.known) & set(clause.tokens):
        found.doubt(set(found.said))
    else:
        found.take_back()
    found.spoken_of |= {act for way in WAYS if way.unsure and clause.fits(way) for act in way.acts}


def _asked_for(clause: _Clause, found: Acts, *, unsure: bool) -> bool:
    """Add what a clause asks for, or, where it is unsure, speaks of; tell whether there is anything."""
    told = _without_reason(clause)
    ways = [way for way in WAYS if told.fits(way)]
    explicit = {act for way in ways for act in way.acts if not way.implied and not way.unsure}
    for way in ways:
        if way.unsure or unsure:
            found.spoken_of |= set(way.acts) if unsure else set(way.acts) - explicit
        elif not way.implied:
            found.said |= set(way.acts)
        elif not explicit:
            found.implied += [(act, clause.text) for act in way.acts]
    return bool(ways)


def _without_reason(clause: _Clause) -> _Clause:
    """Return a clause up to where it says why."""
    words, why, _ = clause.text.partition(" _because ")
    return _clause(words, clause.known, asks=clause.asks) if why else clause
