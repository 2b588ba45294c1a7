"""A message as it is read for what it says of one pet: its clauses, of words that are known there, and of which kind."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from service.language import pet_talk_words as known
from service.language import pets
from service.language.text import ending_at, fold

DetailKind = Literal["species", "breed", "size", "coat", "age", "born"]
WordKind = Literal["name", "other", "fact", "article", "owning", "having", "he", "is", "naming", "adjective", "between", "not", "unknown"]
Join = Literal["", "end", "comma", "join"]

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.!?;,:()]")
_IS = re.compile(r"(?<!\w)[éÉ](?!\w)")
_NAMES = re.compile(r"(?:^|\b(?:chama|chamad[oa]|nome eh|d[oa]|pr[oa]|eh) |(?<!\w)[oa] )$")
_SOME_BREED = re.compile(r"\braca ((?!eh\b|nao\b|def)[^\W_]+(?: [^\W_]+)?)(?=$|[,.;!?])")
_NAME_IS = re.compile(r"\bnome ?: ?")
_CALLED = re.compile(r"\b(?:que )?(?:se chama(?=m?\b)|chama-se\b)")
_KINDS: tuple[tuple[frozenset[str], WordKind], ...] = (
    (known.NOTS, "not"), (known.ARTICLES, "article"), (known.OWNING, "owning"), (known.HAVING, "having"), (known.HE, "he"),
    (known.COPULAS, "is"), (known.NAMING, "naming"), (known.ADJECTIVES, "adjective"), (known.BETWEEN, "between"),
)  # fmt: skip
_KIND_OF: dict[str, WordKind] = {word: kind for words, kind in reversed(_KINDS) for word in words}
_ENDS, _COMMAS, _JOINS = frozenset(".!?;"), frozenset(",:()"), frozenset({"e", "mas", "porem"})
_ENDINGS = r"(?:s|z?inh[oa]|z?it[oa])?"


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message in folded words, in which "é" is "eh": whose it is, and whether it waits for an answer."""

    ours: bool
    words: str
    latest: bool = False
    text: str = ""

    @classmethod
    def of(cls, text: str, *, ours: bool, latest: bool = False) -> "Bubble":
        """Read a message; a line's end parts as a comma does."""
        return cls(ours, ", ".join(words for line in text.splitlines() if (words := with_copula(line))), latest, text)

    def is_written(self, name: str) -> bool:
        """Return whether a name is written there as names are, each word with a capital letter, in a message that is not all capitals."""
        pattern = r"[^\w,.;:!?]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", fold(name)))
        plain = unicodedata.normalize("NFC", self.text)
        flat = "".join(unicodedata.normalize("NFD", letter)[0] for letter in plain)
        return not plain.isupper() and any(found.group()[0].isupper() for found in re.finditer(rf"\b{pattern}\b", flat, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Detail:
    """What is told of a pet: a code, a breed, months of age, a year of birth."""

    kind: DetailKind
    value: str | float


@dataclass(frozen=True, slots=True)
class Word:
    """A word with what it is here; a "fact" may be several, and has what it tells."""

    kind: WordKind
    text: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Words up to a comma, "e", "mas" or an end; what it is joined by to what went before, and whether it ends as a question."""

    words: list[Word]
    join: Join
    asks: bool


def with_copula(text: str) -> str:
    """Fold a text, its "é" as "eh" and "se chama" as "chama"."""
    return _NAME_IS.sub("nome eh ", _CALLED.sub("chama", fold(_IS.sub("eh", unicodedata.normalize("NFC", text)))))


def clauses(words: str, name: str, others: Iterable[str] = (), breed: str = "") -> list[Clause]:
    """Return the clauses of a message, in which `name` is the pet that is read of, and `others` the customer's other pets.

    `breed` is one more that may be named there.
    """
    found: list[Clause] = []
    current: list[Word] = []
    join: Join = ""
    for token in [*_tokens(words, name, others, breed), "."]:
        if isinstance(token, Word):
            current.append(token)
            continue
        if current:
            found.append(Clause(current, join, asks=token == "?"))
            current, join = [], ""
        join = "end" if token in _ENDS or join == "end" else "comma" if token in _COMMAS else "join"
    return found


def details_in(words: str) -> list[Detail]:
    """Return all that words tell of pets, whoever they are."""
    return [detail for _, _, details in _facts(words) for detail in details]


def _tokens(words: str, name: str, others: Iterable[str], breed: str) -> Iterator[Word | str]:
    facts = _facts(words)
    kinds_at = {start for start, _, details in facts if details and details[0].kind in ("species", "breed")}
    # A dog called "Cachorro" is so only where it is named.
    named = [(start, end) for start, end in _named(words, name) if start not in kinds_at or ending_at(_NAMES, words, start)]
    spans: list[tuple[int, int, Word]] = [(*span, Word("name", name)) for span in named]
    spans += [(*span, Word("other", other)) for other in others for span in _named(words, other)]
    spans += [(start, end, Word("fact", words[start:end], details)) for start, end, details in facts]
    spans += [(*span, Word("fact", breed, (Detail("breed", breed),))) for span in (_named(words, breed) if breed else ())]
    spans += [(*found.span(1), Word("fact", found[1])) for found in _SOME_BREED.finditer(words) if not breed]
    taken: dict[int, tuple[int, Word]] = {}
    until = -1
    for start, end, word in sorted(spans, key=lambda one: (one[0], one[2].kind == "fact", -one[1])):
        if start >= until:
            taken[start], until = (end, word), end
    until = 0
    for token in _TOKEN.finditer(words):
        if token.start() in taken:
            until, word = taken[token.start()]
            yield word
        elif token.start() >= until:
            text = token.group()
            yield text if text in _ENDS | _COMMAS | _JOINS else Word(_KIND_OF.get(text, "unknown"), text)


def _named(words: str, name: str) -> list[tuple[int, int]]:
    parts = re.findall(r"[^\W_]+", fold(name))
    if not parts:
        return []
    pattern = re.compile(r"(?<!\w)" + r"[^\w,.;:!?]+".join(map(re.escape, parts)) + rf"{_ENDINGS}(?!\w)")
    return [found.span() for found in pattern.finditer(words)]


def _facts(words: str) -> list[tuple[int, int, tuple[Detail, ...]]]:
    """Return what is told, and where; of what overlaps the longer."""
    found: list[tuple[int, int, Detail]] = []
    found += [(one.start, one.end, Detail("species", one.value)) for one in pets.species_in(words)]
    found += [(one.start, one.end, Detail("breed", pets.breed_called(one.value))) for one in pets.breeds_in(words)]
    found += [(one.start, one.end, Detail("size", one.value)) for one in pets.sizes_in(words)]
    found += [(one.start, one.end, Detail("coat", one.value)) for one in pets.coats_in(words)]
    found += [(one.start, one.end, Detail("age", one.value)) for one in pets.ages_in(words)]
    found += [(one.start, one.end, Detail("born", one.value)) for one in pets.births_in(words)]
    merged: list[tuple[int, int, tuple[Detail, ...]]] = []
    for start, end, detail in sorted(found, key=lambda one: (one[0], -one[1])):
        if merged and start < merged[-1][1]:
            first, last, details = merged[-1]
            if (start, end) == (first, last):
                merged[-1] = (first, last, (*details, detail))
        else:
            merged.append((start, end, (detail,)))
    return merged


def kinds(words: Sequence[Word]) -> list[WordKind]:
    """Return of which kind each word is."""
    return [word.kind for word in words]
