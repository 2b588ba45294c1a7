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

_REACH = 12  # words of a clause that are looked at before a fact
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.!?;,:()]")
_IS = re.compile(r"(?<!\w)[éÉ](?!\w)")
# Of two that we asked about none is meant.
_NEITHER = re.compile(r"\bnenhuma? (?:dos dois|das duas)\b|\bnem um nem outro\b|\bnem uma nem outra\b")
_MONTHS = r"janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"
_BIRTH = re.compile(rf"\bnasc(?:eu|id[oa])\b(?:[ /.-]{{1,2}}(?:\d{{1,4}}|n[oa]|em|dia|de|do|ano|{_MONTHS})\b)*")
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
    words = fold(_IS.sub("eh", unicodedata.normalize("NFC", text)))
    return _NEITHER.sub("nao", _NAME_IS.sub("nome eh ", _CALLED.sub("chama", words)))


def clauses(words: str, name: str, others: Iterable[str] = (), breed: str = "") -> list[Clause]:
    """Return the clauses of a message, in which `name` is the pet that is read of, and `others` the customer's other pets.

    `breed` is one more that may be named there.
    """
    found: list[Clause] = []
    current: list[Word] = []
    join: Join = ""
    shorn = False  # whether a cut was spoken of
    for token in [*_tokens(words, name, others, breed), "."]:
        if isinstance(token, Word):
            current.append(token)
            continue
        if current:
            shears = any(word.text in known.SHEARING for word in current)
            found.append(Clause(_settled(current, shorn=shorn, shears=shears), join, asks=token == "?"))
            shorn = shorn or shears
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
    years = [(one.start, Detail("born", one.value)) for one in pets.births_in(words)]
    births = [(*birth.span(), tuple(year for at, year in years if birth.start() == at)) for birth in _BIRTH.finditer(words)]
    merged: list[tuple[int, int, tuple[Detail, ...]]] = []
    spans = [*((start, end, (detail,)) for start, end, detail in found), *births]
    for start, end, details in sorted(spans, key=lambda one: (one[0], -one[1])):
        if merged and start < merged[-1][1]:
            first, last, others = merged[-1]
            if (start, end) == (first, last):
                merged[-1] = (first, last, (*others, *details))
        else:
            merged.append((start, end, details))
    return merged


def _settled(words: list[Word], *, shorn: bool, shears: bool) -> list[Word]:
    """Return a clause in which nothing is a fact that only looks like one, without the words that say nothing there."""
    read = [word for n, word in enumerate(words) if not _says_nothing(words, n)]
    return [Word("unknown", word.text) if _is_no_fact(read, n, shorn=shorn, shears=shears) else word for n, word in enumerate(read)]


def _says_nothing(words: Sequence[Word], n: int) -> bool:
    """Return whether a word adds nothing: "o poodle aqui", "com 4 anos"."""
    before, after = words[n - 1] if n else None, words[n + 1] if n + 1 < len(words) else None
    if words[n].text in ("aqui", "ai"):
        return before is not None and before.kind in ("fact", "adjective")
    return words[n].text == "com" and after is not None and _has(after, "age")


def _has(word: Word, *of: DetailKind) -> bool:
    return any(detail.kind in of for detail in word.details)


def _is_no_fact(words: Sequence[Word], n: int, *, shorn: bool, shears: bool) -> bool:
    """Return whether what looks like a fact is none: an age of something else, a coat that is wished for or will pass."""
    word, before = words[n], words[max(0, n - _REACH) : n]
    if _has(word, "age"):
        return not _is_age(before, words[n + 1 : n + 3])
    if not _has(word, "coat", "size"):
        return False
    copulas = [one.text for one in before if one.kind == "is"]
    if copulas and copulas[-1] in ("ta", "tah", "esta"):
        return True
    # "Tosa pro Thor, golden de pelo longo" tells of it, and "tosa pro Thor, pelo curto" how it is to be.
    told = bool(copulas) or (not shears and bool(before) and before[-1].text == "de")
    return _has(word, "coat") and (_is_wished(before) or ((shorn or shears) and not told))


def _is_age(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Return whether so many years are the pet's: not of a vaccine, of coming here, since it was adopted."""
    if after and after[0].text == "de" and not (len(after) > 1 and after[1].text in ("idade", "vida")):
        return False
    copula = next((n for n in range(len(before) - 1, -1, -1) if before[n].kind == "is"), None)
    if copula is None or any(one.text == "de" for one in before[copula:]):
        return True
    if any(one.kind == "having" for one in before[:copula]):
        return False
    if before[copula].text == "faz":
        return copula > 0 and (not after or after[0].text in ("hoje", "hj"))
    follows = known.AFTER_BIRTHDAY if before[copula].text in ("fez", "completou") else known.AFTER_AGE
    return not after or after[0].kind != "unknown" or after[0].text in follows


def _is_wished(before: Sequence[Word]) -> bool:
    """Return whether what follows is how the coat is to be: "quero o pelo do Rex curto"."""
    wished = next((n for n, word in enumerate(before) if word.text in known.WANTING), None)
    return wished is not None and any(word.text in ("pelo", "pelagem") for word in before[wished + 1 : wished + 3])


def kinds(words: Sequence[Word]) -> list[WordKind]:
    """Return of which kind each word is."""
    return [word.kind for word in words]
