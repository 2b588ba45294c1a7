"""Whether a sentence of a reply states nothing: every word of it is of a greeting, a courtesy or a question that may be asked anybody.

Deny by default: what is not plainly accounted for, an odd character included, is no small talk. The phrases are in `small_talk_words`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import pairwise
from typing import Literal

from service.language import small_talk_words as phrases
from service.language.grammar import date_words
from service.language.phrasebook import Phrasebook, Token
from service.language.said import days_in, times_in
from service.language.text import fold

# A greeting and what asks for something may stand alone; the others alone would be taken for an answer.
Talk = Literal["greeting", "opening", "asking", "closing", "courtesy", "farewell", "assent"]

_WORD = re.compile(r"[^\W_]+")
# "Tudo bem?" greets, "Tudo bem." answers.
_HOW_ARE_YOU = re.compile(r"\btudo (?:bem|bom)\b(?=[^.!?]{0,60}\?)")
_PLAIN = re.compile(r"[a-záâãàéêíóôõúüçA-ZÁÂÃÀÉÊÍÓÔÕÚÜÇ0-9]")


@dataclass(frozen=True, slots=True)
class Times:
    """Days and times that may be named together: the customer's own, or, where they are `free`, those of an offer."""

    days: frozenset[date]
    times: frozenset[time]
    free: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence may name: folded names of people (and the shop), pets and services, the customer's own words, and times."""

    today: date
    people: frozenset[str] = frozenset()
    pets: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    times: Sequence[Times] = ()


def talk(sentence: str, around: Around) -> Talk | None:
    """Return what kind of small talk a sentence is; None where it may state something."""
    if not _is_plain(sentence):
        return None
    text = _HOW_ARE_YOU.sub("tudobem", date_words(re.sub(r"[*_~]", "", sentence)))
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
    if not words or len(words) > LONGEST_SENTENCE:
        return None
    tokens = [*(Token(word, at, at + 1) for at, (word, _, _) in enumerate(words)), *_names(words, around)]
    for kind, book in _books():
        if any(book.accounts_for([*tokens, *moments], len(words)) for moments in _moments(text, words, around)):
            return kind
    return None


LONGEST_SENTENCE = 80
"""Words of the longest sentence that is looked at."""


def in_passing(text: str, around: Around) -> bool:
    """Tell whether a customer's message wants nothing: thanks, a greeting, a goodbye."""
    words = _WORD.findall(fold(text))
    tokens = [Token(word, at, at + 1) for at, word in enumerate(words)]
    named = _names([(word, 0, 0) for word in words], around)
    return len(words) <= LONGEST_SENTENCE and _passing().accounts_for([*tokens, *named], len(words))


def asked_for(sentence: str) -> str | None:
    """Return the server's question for what a question of the model's asks for; None where that is not plain."""
    words = set(_WORD.findall(fold(sentence)))
    if "?" not in sentence or not (phrases.ASKS_FOR & words or "ou" in words):
        return None
    return next((question for known, question in phrases.QUESTIONS if words.intersection(known.split())), None)


def only_marks(text: str) -> bool:
    """Tell whether there is no word in a text, only marks that say nothing."""
    return all(c in phrases.MARKS or c in phrases.EMOJI or c == "\u200d" for c in text)


def _is_plain(sentence: str) -> bool:
    # A row of marks would take long to compose, and is of no word.
    if any(unicodedata.combining(one) and unicodedata.combining(other) for one, other in pairwise(sentence)):
        return False
    composed = unicodedata.normalize("NFC", sentence)
    return all(_PLAIN.match(c) or c in phrases.MARKS or c in phrases.EMOJI for c in composed)


def _names(words: Sequence[tuple[str, int, int]], around: Around) -> Iterator[Token]:
    """Yield the names that stand in a sentence; of a word of the customer's that it may be one."""
    plain = [word for word, _, _ in words]
    for label, names in (("NAME", around.people), ("PET", around.pets), ("SERVICE", around.services)):
        for name in names:
            parts = _WORD.findall(name)
            for at in range(len(plain) - len(parts) + 1):
                if parts and plain[at : at + len(parts)] == parts:
                    yield Token(label, at, at + len(parts))
    yield from (Token("NEW", at, at + 1) for at, word in enumerate(plain) if word in around.words and not word.isdigit())


def _moments(text: str, words: Sequence[tuple[str, int, int]], around: Around) -> Iterator[list[Token]]:
    """Yield the days and times of a sentence that may be named, of one source after the other; none of them first."""
    yield []
    days, times = days_in(text, around.today), times_in(text)
    if not (days or times):
        return
    for source in around.times:
        found = [("DAY", day.start, day.end) for day in days if not day.problem and source.days.intersection(day.days)]
        found += [("TIME", at.start, at.end) for at in times if source.times.intersection(at.times)]
        if len(source.days) > 1 and days and times:
            continue
        tokens = []
        for label, start, end in found:
            places = [at for at, (_, begins, ends) in enumerate(words) if begins < end and ends > start]
            labels = (label, f"FREE_{label}") if source.free else (label,)
            tokens += [Token(name, places[0], places[-1] + 1) for name in labels if places]
        yield tokens


@cache
def _books() -> Sequence[tuple[Talk, Phrasebook]]:
    """Return the phrases of each kind, each with those that may stand beside it in a sentence."""
    rules = phrases.RULES
    kind = phrases.GREETING + phrases.COURTESY
    closing = kind + phrases.FAREWELL + phrases.ASSENT
    return (
        ("greeting", Phrasebook(phrases.GREETING, "", rules)),
        ("courtesy", Phrasebook(phrases.COURTESY, phrases.GREETING, rules)),
        ("farewell", Phrasebook(phrases.FAREWELL, kind, rules)),
        ("assent", Phrasebook(phrases.ASSENT, kind + phrases.FAREWELL, rules)),
        ("opening", Phrasebook(phrases.OPENING, closing, rules)),
        ("closing", Phrasebook(phrases.CLOSING, closing + phrases.OPENING, rules)),
        ("asking", Phrasebook(phrases.ASKING, closing + phrases.FIRST, rules)),
    )


@cache
def _passing() -> Phrasebook:
    return Phrasebook(phrases.SAID_IN_PASSING, "", phrases.RULES)
