"""Whether a sentence of a reply states nothing: every word of it is of a greeting, a courtesy or a question that may be asked anybody.

Deny by default: what is not plainly accounted for, an odd character included, is no small talk. The phrases are in `small_talk_words`
and `warmth_words`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import pairwise
from typing import Literal

from service.language import passing_words as passing
from service.language import small_talk_words as phrases
from service.language import warmth_words as warm
from service.language.grammar import date_words
from service.language.phrasebook import Phrasebook, Phrases, Token
from service.language.phrases import whole_words
from service.language.said import days_in, times_in
from service.language.text import fold

# A greeting and what asks for something may stand alone, the others only where the customer wants nothing: they would be taken for an
# answer.
Talk = Literal["greeting", "warmth", "opening", "asking", "closing", "courtesy", "farewell", "assent"]
# What a customer says who wants nothing: thanks, that they will answer later, that they are sorry for late or stray words, a goodbye, an
# aside, a greeting, a kind word; or no more than that it was heard ("ok").
Said = Literal["thanks", "pause", "sorry", "farewell", "aside", "greeting", "praise", "heard"]

# What a customer tells of who wants nothing.
Tells = Literal["glad", "sad"]

_WORD = re.compile(r"[^\W_]+")
# "Tudo bem?" greets, "Tudo bem." answers.
_HOW_ARE_YOU = re.compile(r"\btudo (?:bem|bom|joia|certo|certinho|tranquilo|beleza)\b(?=[^.!?]{0,60}\?)")
# "Bom diaaa", "kkkkkk", "hahaha".
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_LAUGHTER = re.compile(r"\b(?:(?:ha|he|hi|rs|hua|hau|ah|eh){2,}[hs]?|k{2,}|(?:rs)+)\b")
_PLAIN = re.compile(r"[a-záâãàéêíóôõúüçA-ZÁÂÃÀÉÊÍÓÔÕÚÜÇ0-9]")


@dataclass(frozen=True, slots=True)
class Times:
    """Days and times that may be named together: what the customer said (`own`), or, where they are `free`, those of an offer."""

    days: frozenset[date]
    times: frozenset[time]
    free: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence may name: folded names of people (and the shop), pets and services, the customer's own words, and times.

    `names` are those of the customer's words that were written like names.
    """

    today: date
    people: frozenset[str] = frozenset()
    pets: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    times: Sequence[Times] = ()
    names: frozenset[str] = frozenset()

    @property
    def named_own(self) -> bool:
        """Whether the customer named a day or a time."""
        return any(source.own and (source.days or source.times) for source in self.times)


# What of small talk is not for every customer: gladness, sorrow, how a pet is, the answer to thanks, that nothing is amiss, the offer of a
# visit or another day;
# and what is for everyone, whatever was asked: to be asked again, or for a person.
Mark = Literal["joy", "sorrow", "state", "welcome", "ease", "offering", "another", "helping"]


@dataclass(frozen=True, slots=True)
class Small:
    """A sentence of small talk: its kind, and of what it has that is not for every customer."""

    kind: Talk
    marks: frozenset[Mark] = frozenset()


def talk(sentence: str, around: Around, *, own: bool = False) -> Talk | None:
    """Return what kind of small talk a sentence is; None where it may state something."""
    small = read(sentence, around, own=own)
    return small.kind if small else None


def read(sentence: str, around: Around, *, own: bool = False) -> Small | None:
    """Return a sentence as small talk; None where it may state something.

    A day or a time is named only in a question, and only one that a fact offers; with `own` one that the customer named, too, of which
    nothing is known yet.
    """
    if not _is_plain(sentence):
        return None
    if only_marks(sentence):
        return Small("courtesy") if any(c in phrases.EMOJI for c in sentence) else None
    asks = sentence.rstrip("".join(phrases.EMOJI) + " \u200d\n!").endswith("?")
    text = _HOW_ARE_YOU.sub("tudobem", _said_plainly(date_words(re.sub(r"[*_~]", "", sentence))))
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
    if not words or len(words) > LONGEST_SENTENCE:
        return None
    spans = _spans(text, around.today)
    # Words for days and times are nobody's name.
    named = [
        token for token in _names(words, around)
        if not any(start < words[token.end - 1][2] and words[token.start][1] < end for start, end in spans)
    ]  # fmt: skip
    tokens = [*(Token(word, at, at + 1) for at, (word, _, _) in enumerate(words)), *named]
    found = [_book().phrases_in([*tokens, *some], len(words)) for some in _moments(text, words, around, own=own)]
    for kind, groups, beside, needs_mark in _BOOKS:
        if needs_mark <= asks and any(some.account_for_all(groups, beside) for some in found):
            marks = (mark for mark in _MARKS if mark in groups | beside)
            return Small(kind, frozenset(mark for mark in marks if not any(_do_without(mark, groups, beside, some) for some in found)))
    return None


def _spans(words: str, today: date) -> list[tuple[int, int]]:
    """Return where days and times stand."""
    return [*((day.start, day.end) for day in days_in(words, today)), *((at.start, at.end) for at in times_in(words))]


def _do_without(mark: Mark, groups: AbstractSet[str], beside: AbstractSet[str], found: Phrases) -> bool:
    return found.account_for_all(groups - {mark}, beside - {mark})


LONGEST_SENTENCE, LONGEST_ANSWER = 80, 200
"""Words of the longest sentence that is looked at, and characters of an answer that is nothing but what was asked."""


def in_passing(text: str, around: Around) -> bool:
    """Tell whether a customer's message wants nothing: thanks, a greeting, a goodbye."""
    return said_in_passing(text, around) is not None


def said_in_passing(text: str, around: Around) -> Said | None:
    """Return what a customer's message is that wants nothing; None where it may want something."""
    if any(c in phrases.EMOJI for c in text) and only_marks(text):
        return "praise"
    words = _WORD.findall(_said_plainly(fold(text)))
    if not words or len(words) > LONGEST_SENTENCE or _SARCASM.search(" ".join(words)):
        return None
    tokens = [*(Token(word, at, at + 1) for at, word in enumerate(words)), *_names([(word, 0, 0) for word in words], around)]
    found = _passing().phrases_in(tokens, len(words))
    kinds = (said for said in _SAID if not (said in _STATED and "?" in text))
    return next((said for said in kinds if found.account_for_all({said}, _IN_PASSING)), None)


def told_of(text: str, around: Around) -> Tells | None:
    """Return whether a customer tells of something glad or sad, and of nothing else; None where they may want something."""
    words = _WORD.findall(_said_plainly(fold(text)))
    if not words or len(words) > LONGEST_SENTENCE or "?" in text:
        return None
    tokens = [*(Token(word, at, at + 1) for at, word in enumerate(words)), *_names([(word, 0, 0) for word in words], around)]
    found = _passing().phrases_in(tokens, len(words))
    return next((tells for tells in _TELLS if found.account_for_all({tells}, _IN_PASSING)), None)


def is_an_answer(text: str, around: Around) -> bool:
    """Tell whether a customer's message is nothing but days, times, names and what is said of a pet: what they were asked for."""
    if len(text) > LONGEST_ANSWER:
        return False
    words = date_words(text)
    for start, end in _spans(words, around.today):
        words = words[:start] + " " * (end - start) + words[end:]
    known = {part for name in (*around.people, *around.pets, *around.services, *around.names) for part in _WORD.findall(name)}
    return bool(_WORD.search(text)) and all(
        word in phrases.SAID_BESIDE or word in phrases.KINDS or word in phrases.AGES or word in known or word.isdigit()
        for word in _WORD.findall(words)
    )  # fmt: skip


def wants_nothing(text: str, around: Around) -> bool:
    """Tell whether nothing that a shop is asked for is in a customer's words: they tell of something, or are said in passing."""
    if in_passing(text, around):
        return True
    words = _WORD.findall(fold(text))
    wanted = any(word.startswith(phrases.WANTED) or any(c.isdigit() for c in word) for word in words)
    return bool(words) and "?" not in text and not wanted and around.services.isdisjoint(words)


def leans(sentence: str) -> bool:
    """Tell whether a question asks about nothing unless something stands before it: "serve?", "qual prefere?"."""
    words = _WORD.findall(_said_plainly(fold(sentence)))
    if len(words) > LONGEST_SENTENCE:
        return False
    found = _book().phrases_in([Token(word, at, at + 1) for at, word in enumerate(words)], len(words))
    return found.account_for_all({"leaning"}, _BEFORE)


def asked_for(sentence: str) -> str | None:
    """Return the server's question for what a question of the model's asks for; None where that is not plain."""
    if "?" not in sentence:
        return None
    words = " ".join(_WORD.findall(fold(sentence)))
    return next((question for known, question in _questions() if known.search(words)), None)


def only_marks(text: str) -> bool:
    """Tell whether there is no word in a text, only marks that say nothing."""
    return all(c in phrases.MARKS or c in phrases.EMOJI or c == "\u200d" for c in text)


def _said_plainly(text: str) -> str:
    """Return folded words without letters drawn out; laughter as one word."""
    return _LAUGHTER.sub("haha", _DRAWN_OUT.sub(r"\1", text))


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
            labels = (label, f"OWN_{label}") if around.words.issuperset(parts) else (label,)
            for at in range(len(plain) - len(parts) + 1):
                if parts and plain[at : at + len(parts)] == parts:
                    yield from (Token(one, at, at + len(parts)) for one in labels)
    for at, word in enumerate(plain):
        if word not in around.words:
            continue
        if not any(c.isdigit() for c in word) and word not in phrases.PARTS_OF_DAYS:
            yield Token("NEW", at, at + 1)
        elif plain[at + 1 : at + 2] and plain[at + 1] in phrases.AGES:
            yield Token("OWN_AGE", at, at + 2)
        if word in around.names:
            yield Token("OWN_PET", at, at + 1)
        if word in phrases.KINDS:
            yield Token("OWN_KIND", at, at + 1)


def _moments(text: str, words: Sequence[tuple[str, int, int]], around: Around, *, own: bool) -> Iterator[list[Token]]:
    """Yield the days and times of a sentence that may be named, of one source after the other; none of them first."""
    yield []
    days, times = days_in(text, around.today), times_in(text)
    if not (days or times):
        return
    for source in around.times:
        if source.own and not own:
            continue
        found = [("DAY", day.start, day.end) for day in days if not day.problem and source.days.intersection(day.days)]
        found += [("TIME", at.start, at.end) for at in times if source.times.intersection(at.times)]
        if len(source.days) > 1 and days and times:
            continue
        tokens = []
        for label, start, end in found:
            places = [at for at, (_, begins, ends) in enumerate(words) if begins < end and ends > start]
            labels = (label, *([f"FREE_{label}"] if source.free else []), *([f"OWN_{label}"] if source.own else []))
            tokens += [Token(name, places[0], places[-1] + 1) for name in labels if places]
        yield tokens


_MARKS: Sequence[Mark] = ("joy", "sorrow", "state", "welcome", "ease", "offering", "another", "helping")
_FELT = frozenset(("warmth", "joy", "sorrow", "state"))
_KIND = _FELT | {"greeting"}
_ASKED = frozenset(("asking", "offering", "another", "helping"))
_CLOSING = _KIND | {"courtesy", "farewell", "welcome", "assent", "ease"}
_BEFORE = _CLOSING | {"first"}
# Each kind with the groups of phrases that it is made of, those that may stand beside them, and whether it needs a question mark.
_BOOKS: Sequence[tuple[Talk, frozenset[str], frozenset[str], bool]] = (
    ("greeting", frozenset(("greeting",)), frozenset(), False),
    ("warmth", _FELT, frozenset(("greeting", "courtesy")), False),
    ("courtesy", frozenset(("courtesy",)), frozenset(("greeting",)), False),
    ("farewell", frozenset(("farewell", "welcome")), _KIND | {"courtesy"}, False),
    ("assent", frozenset(("assent", "ease")), _KIND | {"courtesy", "farewell", "welcome"}, False),
    ("opening", frozenset(("opening",)), _CLOSING, False),
    ("closing", frozenset(("closing",)), _CLOSING | {"opening"}, False),
    ("asking", _ASKED | {"leaning"}, _BEFORE, False),
    ("asking", _ASKED | {"question"}, _BEFORE, True),
    ("asking", frozenset(("restating",)), _KIND | {"courtesy", "first", "leaning"} | _ASKED, True),
)


@cache
def _book() -> Phrasebook:
    """Return the phrases of every kind."""
    groups = {
        "greeting": phrases.GREETING + warm.GREETING,
        "warmth": warm.WARMTH,
        "courtesy": phrases.COURTESY + warm.MANNERS,
        "joy": phrases.JOY + warm.JOY,
        "sorrow": phrases.SORROW + warm.SORROW,
        "state": warm.STATE,
        "farewell": phrases.FAREWELL + warm.FAREWELL,
        "welcome": phrases.WELCOME + warm.WELCOME,
        "assent": phrases.ASSENT + warm.ASSENT,
        "ease": warm.EASE,
        "opening": phrases.OPENING + warm.OPENING,
        "closing": phrases.CLOSING,
        "first": phrases.FIRST,
        "asking": phrases.ASKING + warm.ASKING,
        "helping": phrases.HELPING + warm.HELPING,
        "offering": phrases.OFFERING,
        "another": phrases.ANOTHER,
        "question": warm.QUESTION,
        "restating": warm.RESTATING,
        "leaning": warm.LEANING,
    }
    return Phrasebook(groups, phrases.RULES | warm.RULES)


# What customers say in passing, what asks most for an answer first.
_SAID: Sequence[Said] = ("thanks", "pause", "sorry", "farewell", "aside", "greeting", "praise", "heard")
# Those that are no question: "ele é brincalhão?" is asked.
_STATED: frozenset[Said] = frozenset(("pause", "sorry", "aside"))
_IN_PASSING = frozenset((*_SAID, "beside"))
# Thanks for nothing are none.
_SARCASM = re.compile(r"\b(?:obrigad\w|brigad\w|valeu|vlw|obg) por nada\b")

_TELLS: Sequence[Tells] = ("sad", "glad")


@cache
def _passing() -> Phrasebook:
    said = {
        "thanks": passing.SAID_THANKS, "pause": passing.SAID_PAUSE, "sorry": passing.SAID_SORRY, "farewell": passing.SAID_FAREWELL,
        "aside": passing.SAID_ASIDE, "greeting": passing.SAID_GREETING, "praise": passing.SAID_PRAISE, "heard": passing.SAID_HEARD,
        "beside": passing.SAID_BESIDE,
    }  # fmt: skip
    told = {"glad": passing.SAID_GLAD, "sad": passing.SAID_SAD}
    return Phrasebook({**said, **told}, phrases.RULES | warm.RULES | passing.RULES)


@cache
def _questions() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(whole_words(*known), question) for known, question in phrases.QUESTIONS]
