"""What words say of animals: species, breed, size, coat, age. All that is named, and where, of however many of them.

The words are folded (`service.language.text.fold`), the positions those of their characters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from service.language.counts import NUMBER, value_of
from service.language.pets_words import BREEDS, CALLED, COATS, COATS_ALONE, IN_FULL, MONGRELS, SIZES, SPECIES
from service.language.text import fold
from service.language.words import Species

Code = TypeVar("Code", bound=str)


@dataclass(frozen=True, slots=True)
class Named:
    """A code or a breed, and where it is said."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Age:
    """An age in months, or a year of birth, and where it is said."""

    start: int
    end: int
    value: float


def _stems(stems: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(stems)})\w*")


def _patterns(codes: Mapping[Code, Iterable[str]]) -> dict[Code, re.Pattern[str]]:
    return {code: _stems(stems) for code, stems in codes.items()}


_SPECIES, _SIZES = _patterns(SPECIES), _patterns(SIZES)
_COATS = {code: _stems((*COATS[code], *COATS_ALONE[code])) for code in COATS}

_SPECIES_OF: dict[str, Species] = {breed: species for species, breeds in BREEDS.items() for breed in breeds}
_BREED_OF = {fold(breed): breed for breed in _SPECIES_OF} | CALLED | IN_FULL
BREED_NAMES = sorted(_BREED_OF, key=len, reverse=True)
"""Every way to write a breed, folded, the longer ones first."""
_BREED = re.compile(rf"\b({'|'.join(map(re.escape, BREED_NAMES))})a?s?\b")

_AGE = re.compile(
    rf"\b(?P<number>{NUMBER}) ?(?P<unit>anos?|aninhos?|mes(?:es)?|mesinhos?)\b(?P<half> e mei[oa]\b)?"
    rf"(?: e (?P<months>{NUMBER}) mes(?:es)?\b)?"
)
_HALVES = ((re.compile(r"\bmeio ano\b"), 6.0), (re.compile(r"\bano e meio\b"), 18.0))
_BORN = re.compile(r"\bnasc\w*(?: (?:em|la|no|ano|de)){0,4}(?: [a-z]{3,9} de)? (?P<year>(?:19|20)\d\d)\b")
_MONTHS = {"a": 12.0, "m": 1.0}


def species_in(words: str) -> list[Named]:
    """Return every species that is named, by its own words or by a breed; a mongrel is a dog only where no species is named."""
    named = _all(_SPECIES, words)
    by_breed = [(one, one.value not in MONGRELS) for one in breeds_in(words)]
    named += [Named(one.start, one.end, _SPECIES_OF[one.value]) for one, tells in by_breed if tells or not named]
    return sorted(named, key=lambda one: one.start)


def breeds_in(words: str) -> list[Named]:
    """Return every breed that is named, as it is written."""
    return [Named(found.start(), found.end(), _BREED_OF[found[1]]) for found in _BREED.finditer(words)]


def breed_called(name: str) -> str:
    """Return a breed as it is written, by any of its names; one that is not known as it is. A mongrel is one by all of them."""
    breed = _BREED_OF.get(fold(name), name)
    return "SRD" if breed in MONGRELS else breed


def sizes_in(words: str) -> list[Named]:
    """Return every size that is named."""
    return _all(_SIZES, words)


def coats_in(words: str) -> list[Named]:
    """Return every coat that is named, also by a word that may be a size ("médio")."""
    return _all(_COATS, words)


def ages_in(words: str) -> list[Age]:
    """Return every age that is said: "3 anos", "dois aninhos", "um ano e meio", "6 meses"."""
    return sorted(_ages(words), key=lambda age: age.start)


def _ages(words: str) -> Iterator[Age]:
    for found in _AGE.finditer(words):
        months = value_of(found["number"]) * _MONTHS[found["unit"][0]]
        months += _MONTHS[found["unit"][0]] / 2 if found["half"] else 0
        yield Age(found.start(), found.end(), months + (value_of(found["months"]) if found["months"] else 0))
    for pattern, half in _HALVES:
        for found in pattern.finditer(words):
            yield Age(found.start(), found.end(), half)


def births_in(words: str) -> list[Age]:
    """Return every year in which something is said to be born."""
    return [Age(found.start(), found.end(), float(found["year"])) for found in _BORN.finditer(words)]


def _all(patterns: Mapping[Code, re.Pattern[str]], words: str) -> list[Named]:
    found = (Named(m.start(), m.end(), code) for code, pattern in patterns.items() for m in pattern.finditer(words))
    return sorted(found, key=lambda one: one.start)
