"""What a Portuguese text says was done, and the sentences, clauses, days, times and prices in it. No model is asked.

Questions, offers to act, plans, conditions and negations claim nothing. The words are in `claims_words`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from service.language import claims_words as said_by
from service.language.claims_words import ClaimKind
from service.language.grammar import date_words
from service.language.said import SaidDay, SaidTime, days_in, times_in
from service.language.text import REACH, ending_at, fold

FIGURE = re.compile(r"\d")
PERCENT = re.compile(r"\b(\d{1,3}) ?%")

_END = re.compile(r"(?<=[.!?;…])\s+|\n+")
_AFTER_THE_LAST_WORD = re.compile(r"\w(\W*)$")
_OF_THAT_DAY = re.compile(r" (?:d[aeo]|n[ao])(?: proxim[ao])? | ?\(")
# No more figures than a price has.
_AMOUNT = r"\d[\d.]{0,14}"
_PRICE = re.compile(rf"r\$ ?(?P<a>{_AMOUNT})(?:,(?P<ac>\d{{2}}))?|\b(?P<b>{_AMOUNT})(?:,(?P<bc>\d{{2}}))? ?(?:reais|real|contos?|pila)\b")


@dataclass(frozen=True)
class Sentence:
    """A sentence, its words without case and accents, and what it names; `is` is written "eh", which "e" is not."""

    raw: str
    today: date

    @cached_property
    def words(self) -> str:
        return date_words(re.sub(r"\b[Éé]\b", "eh", re.sub(r"[*_~`]", "", self.raw)))

    @cached_property
    def days(self) -> list[SaidDay]:
        return days_in(self.words, self.today)

    @cached_property
    def times(self) -> list[SaidTime]:
        return times_in(self.words)

    @cached_property
    def moments(self) -> list[tuple[SaidTime, SaidDay | None]]:
        """Pair each time with its day: the one that follows at once ("10h de sábado"), else the last before it, else the first."""
        starts, ends = [day.start for day in self.days], [day.end for day in self.days]
        paired: list[tuple[SaidTime, SaidDay | None]] = []
        for said in self.times:
            after, before = bisect_left(starts, said.end), bisect_right(ends, said.start)
            follows = after < len(starts) and _OF_THAT_DAY.fullmatch(self.words, said.end, starts[after])
            paired.append((said, self.days[after if follows else max(before - 1, 0)] if self.days else None))
        return paired

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Return start and end of each clause."""
        cuts = [0, *(end for found in said_by.CLAUSE.finditer(self.words) for end in (found.start(), found.end())), len(self.words)]
        return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b > a]

    @cached_property
    def asked_from(self) -> int:
        """Return where its question begins; its length where it asks nothing, or only "tudo bem?"."""
        found = _AFTER_THE_LAST_WORD.search(self.words)
        if "?" not in (found[1] if found else self.words):
            return len(self.words)
        start = self.clauses[-1][0]
        return len(self.words) if said_by.TAG.fullmatch(self.words[start:].strip()) else start

    @cached_property
    def asks(self) -> bool:
        return self.asked_from < len(self.words) and not said_by.PLEASANTRY.search(self.words)

    @cached_property
    def speaks_of_a_record(self) -> bool:
        return bool(said_by.RECORD.search(self.words))

    @cached_property
    def speaks_of_a_visit(self) -> bool:
        return bool(self.days or self.times or said_by.VISIT.search(self.words))

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [start for start, _ in self.clauses]

    def clause_of(self, position: int) -> tuple[int, int]:
        return self.clauses[max(bisect_right(self._clause_starts, position) - 1, 0)]

    def before(self, position: int) -> str:
        """Return what its clause says before a position; of a very long clause the words next to it."""
        start = self.clause_of(position)[0]
        if position - start > REACH:
            start = self.words.find(" ", position - REACH, position) + 1 or position - REACH
        return self.words[start:position]


def sentences_of(text: str, today: date) -> list[Sentence]:
    """Return a text's sentences; "Pronto!" belongs to the one after it."""
    found: list[list[str]] = []
    for piece in _END.split(text):
        if found and _goes_on(found[-1]):
            found[-1].append(piece)
        elif piece.strip():
            found.append([piece])
    return [Sentence(" ".join(pieces).strip(), today) for pieces in found]


def _goes_on(pieces: Sequence[str]) -> bool:
    """Return whether pieces of a sentence are not its end: an abbreviation's dot, an interjection."""
    if said_by.ABBREVIATION.search(pieces[-1], max(0, len(pieces[-1]) - said_by.LONGEST_ABBREVIATION)):
        return True
    return len(pieces) == 1 and said_by.INTERJECTION.fullmatch(fold(pieces[0])) is not None


def prices_in(words: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and cents of every price in plain words."""
    for found in _PRICE.finditer(words):
        reais, cents = (found["a"], found["ac"]) if found["a"] else (found["b"], found["bc"])
        reais = reais.rstrip(".")
        if not cents and re.fullmatch(r"\d+\.\d{2}", reais):
            reais, cents = reais.split(".")
        yield found.start(), found.end(), int(reais.replace(".", "")) * 100 + int(cents or 0)


@dataclass(frozen=True, slots=True)
class Claim:
    """That something was done: said by the sentence at `index`. `strict` where a standing appointment alone does not make it true."""

    kind: ClaimKind
    index: int
    strict: bool = False


def claims_in(sentences: Sequence[Sentence], services: Iterable[str], pets: Iterable[str]) -> Iterator[Claim]:
    """Yield what a text says was done or stands, outright or by implication. `services` and `pets` are the names that visits go by."""
    asks = any(sentence.asks for sentence in sentences)
    standing = said_by.standing([*services], [*pets])
    for index, sentence in enumerate(sentences):
        told = list(told_by(sentence))
        for kind in told:
            yield Claim(kind, index, strict=kind == "confirmed" and bool(said_by.PRESENCE.search(sentence.words)))
        # "Pronto, cancelado: Tosa do Tom, terça às 10h": the time is that of what is no more, or was moved.
        if not {"cancelled", "moved"}.intersection(told) and _implied(sentence, standing, settled=not asks):
            yield Claim("booked", index)


def told_by(sentence: Sentence) -> Iterator[ClaimKind]:
    """Yield what a sentence says was done; by one way to say it, each kind once."""
    words = said_by.NO_DEED.sub(lambda found: " " * len(found.group()), sentence.words)
    for kind, pattern in said_by.DID:
        yield from _each(
            told
            for found in pattern.finditer(words)
            if not said_by.NOT_JUST_BEFORE.search(said_by.NOT_REALLY.sub("", sentence.before(found.start())))
            for told in _specific(kind, found.group(), sentence)
        )
    for kind, pattern in said_by.WE_DID:
        yield from _each(
            kind
            for found in pattern.finditer(words)
            if sentence.times and found.start() < sentence.asked_from and not denies(sentence.before(found.start()))
        )
    for kind, pattern in said_by.DONE:
        yield from _each(
            told
            for found in pattern.finditer(words)
            if found.start() < sentence.asked_from and not _undone(found, words, sentence)
            for told in _specific(kind, found.group(), sentence)
        )


def _each(kinds: Iterable[ClaimKind]) -> Iterable[ClaimKind]:
    return dict.fromkeys(kinds)


def _undone(found: re.Match[str], words: str, sentence: Sentence) -> bool:
    """Return whether a participle is denied, wished, planned or under a condition."""
    before = sentence.before(found.start())
    after = words[found.end() : min(sentence.clause_of(found.start())[1], found.end() + REACH)]
    if denies(before) or said_by.OPEN.search(before) or said_by.CONDITION.search(after):
        return True
    ends = words.endswith(said_by.IN_THAT_CASE_ENDS, 0, found.start())
    return ends and ending_at(said_by.IN_THAT_CASE, words, found.start()) is not None


def _specific(kind: ClaimKind, said: str, sentence: Sentence) -> Iterator[ClaimKind]:
    """Yield the kind that a deed is of: "mudei" may be a visit, a pet's data, or neither."""
    if not said_by.UNSPECIFIC.match(said):
        yield kind
    elif sentence.speaks_of_a_record:
        yield "registered"
    elif sentence.speaks_of_a_visit:
        yield kind


def leaves_open(sentence: Sentence) -> bool:
    """Return whether a sentence asks, wishes, plans or denies: what it names is not told as settled."""
    words = sentence.words
    return sentence.asks or bool(said_by.UNDECIDED.search(words) or said_by.OPEN.search(words)) or denies(words)


def takes_as_done(sentence: Sentence) -> bool:
    """Return whether a sentence that claims nothing in so many words sounds as if all had been done."""
    found = said_by.AS_DONE.search(sentence.words)
    if not found or found.start() >= sentence.asked_from:
        return False
    before = sentence.before(found.start())
    return not (denies(before) or said_by.OPEN.search(before))


def _implied(sentence: Sentence, standing: re.Pattern[str], *, settled: bool) -> bool:
    """Return whether a sentence speaks of a visit as of something fixed: "te espero sexta às 10h", "seu banho é sábado às 9h"."""
    said = [
        (said_by.FIXED, bool(sentence.times or sentence.days)),
        (said_by.PROMISE, bool(sentence.times or sentence.days)),
        (standing, bool(sentence.times)),
        (said_by.SETTLED, settled and bool(sentence.times)),
    ]
    for pattern, possible in said:
        found = pattern.search(sentence.words) if possible else None
        if (
            found
            and found.start() < sentence.asked_from
            and not (denies(sentence.before(found.end())) or said_by.OPEN.search(sentence.before(found.start())))
        ):
            return True
    return False


def denies(before: str) -> bool:
    """Return whether words deny what comes after them; "não se preocupe" does not."""
    return bool(said_by.NOT.search(said_by.NOT_REALLY.sub("", before)))
