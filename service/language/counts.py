"""Numbers of things, in figures or in words: "3 noites", "dois aninhos", "4x"."""

import re
from collections.abc import Iterator

from service.language import numerals

NUMBERS = numerals.NUMBERS | {"sessenta": 60, "noventa": 90, "cem": 100}
NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
"""A number as a part of a pattern; `value_of` says what it is."""

_NUMBERS = re.compile(rf"(?<![\w/:.,]){NUMBER}(?![/:]?\d)(?=\b|x\b)")


def value_of(number: str) -> float:
    """Return what a folded number is, written as `NUMBER` has it."""
    return float(NUMBERS[number]) if number in NUMBERS else float(number.replace(",", "."))


def numbers_in(words: str) -> Iterator[float]:
    """Yield every number of folded words, dates and times aside."""
    for found in _NUMBERS.finditer(words):
        yield value_of(found.group())


def counted(words: str, what: re.Pattern[str]) -> Iterator[tuple[int, float]]:
    """Yield where numbers stand right before what `what` matches, and which: "3 noites", "4x"."""
    for found in _NUMBERS.finditer(words):
        end = found.end() + (1 if words.startswith(" ", found.end()) else 0)
        if what.match(words, end):
            yield found.start(), value_of(found.group())
