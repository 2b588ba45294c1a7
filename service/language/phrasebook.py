"""Phrases written down as a little grammar, and texts that are wholly made of them.

A phrase is words in a row: `(a|b c)` is either, `[a]` may be missing, `<name>` is a rule of that name, `DAY` (in capitals) whatever the
reader of a text found there. What is asked is always whether all of a text is accounted for, and takes time in proportion to its length.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_PARTS = re.compile(r"[()|\[\]]|<\w+>|\w+")
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a longer piece of a text, from one place between its words to another: `label` is the word, or what the piece is."""

    label: str
    start: int
    end: int


class Phrasebook:
    """What a text may be made of: one or more of the `phrases`, and among them any of those that stand `beside` them.

    A phrase is a line; one that begins with spaces goes on with the line before.

    `rules` are named parts of phrases. Raises ValueError for a phrase that is broken, KeyError for a rule that is missing.
    """

    def __init__(self, phrases: str, beside: str = "", rules: Mapping[str, str] | None = None) -> None:
        self._rules = {name: self._parts(rule) for name, rule in (rules or {}).items()}
        # A state is a place in a phrase: where each word leads from it, and where it leads by itself.
        self._steps: list[dict[str, list[int]]] = []
        self._leads: list[list[int]] = []
        before, self._after = self._place(), self._place()
        for phrase in self._lines(beside):
            self._add(phrase, before, before)
            self._add(phrase, self._after, self._after)
        for phrase in self._lines(phrases):
            self._add(phrase, before, self._after)
        self._leads[self._after].append(again := self._place())
        for phrase in self._lines(phrases):
            self._add(phrase, again, self._after)
        self._begin = self._reached([before])

    def accounts_for(self, tokens: Iterable[Token], length: int) -> bool:
        """Tell whether phrases account for every one of `length` words, by tokens that may overlap."""
        at: list[set[int]] = [set() for _ in range(length + 1)]
        at[0] = self._begin
        for token in sorted(tokens, key=lambda token: token.start):
            found = [place for state in at[token.start] for place in self._steps[state].get(token.label, ())]
            at[token.end] |= self._reached(found)
        return self._after in at[length]

    def _reached(self, states: Sequence[int]) -> set[int]:
        found, left = set(states), list(states)
        while left:
            for place in self._leads[left.pop()]:
                if place not in found:
                    found.add(place)
                    left.append(place)
        return found

    def _place(self) -> int:
        self._steps.append({})
        self._leads.append([])
        return len(self._steps) - 1

    @staticmethod
    def _lines(phrases: str) -> list[str]:
        return [line for line in map(str.strip, phrases.replace("\n ", " ").splitlines()) if line]

    @staticmethod
    def _parts(phrase: str) -> list[str]:
        parts: list[str] = _PARTS.findall(phrase)
        if "".join(parts) != re.sub(r"\s", "", phrase):
            raise ValueError(f"Not a phrase: {phrase}")
        return parts

    def _add(self, phrase: str, begin: int, end: int) -> None:
        last, rest = self._either(self._parts(phrase), begin)
        if rest:
            raise ValueError(f"A bracket too many: {phrase}")
        self._leads[last].append(end)

    def _either(self, parts: Sequence[str], begin: int) -> tuple[int, Sequence[str]]:
        """Add alternatives up to the bracket that closes them; return where they end, and the parts from that bracket on."""
        here, end, at = begin, self._place(), 0
        while at < len(parts) and parts[at] not in ")]":
            part = parts[at]
            at += 1
            if part == "|":
                self._leads[here].append(end)
                here = begin
            elif part in _CLOSING:
                inner, rest = self._either(parts[at:], here)
                if rest[:1] != [_CLOSING[part]]:
                    raise ValueError("A bracket is not closed.")
                if part == "[":
                    self._leads[here].append(inner)
                here, at = inner, len(parts) - len(rest) + 1
            elif part.startswith("<"):
                here, _ = self._either(self._rules[part[1:-1]], here)
            else:
                self._steps[here].setdefault(part, []).append(place := self._place())
                here = place
        self._leads[here].append(end)
        return end, parts[at:]
