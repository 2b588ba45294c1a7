"""Phrases written down as a little grammar, and texts that are wholly made of them.

A phrase is words in a row: `(a|b c)` is either, `[a]` may be missing, `<name>` is a rule of that name, `DAY` (in capitals) whatever the
reader of a text found there. What is asked is always whether all of a text is accounted for, and takes time in proportion to its length.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

_PARTS = re.compile(r"[()|\[\]]|<\w+>|\w+")
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a text: of those that begin at each word, the group and the word after the last."""

    beginning: Sequence[AbstractSet[tuple[str, int]]]

    def account_for_all(self, groups: AbstractSet[str], beside: AbstractSet[str] = frozenset()) -> bool:
        """Tell whether the text is made of phrases of some groups, one or more, and any of those that stand `beside` them."""
        # At each word, whether one of the groups is among the phrases that lead up to it.
        at: list[set[bool]] = [{False}, *(set() for _ in self.beginning)]
        for place, phrases in enumerate(self.beginning):
            for group, end in phrases if at[place] else ():
                if group in groups:
                    at[end].add(True)
                elif group in beside:
                    at[end] |= at[place]
        return True in at[-1]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a longer piece of a text, from one place between its words to another: `label` is the word, or what the piece is."""

    label: str
    start: int
    end: int


class Phrasebook:
    """What a text may be made of: phrases in named groups.

    A phrase is a line; one that begins with spaces goes on with the line before.

    `rules` are named parts of phrases. Raises ValueError for a phrase that is broken, KeyError for a rule that is missing.
    """

    def __init__(self, groups: Mapping[str, str], rules: Mapping[str, str] | None = None) -> None:
        self._rules = {name: self._parts(rule) for name, rule in (rules or {}).items()}
        # A state is a place in a phrase: where each word leads from it, and where it leads by itself.
        self._steps: list[dict[str, list[int]]] = []
        self._leads: list[list[int]] = []
        # Where the phrases of a group end.
        self._ends: dict[int, str] = {}
        begin = self._place()
        for group, phrases in groups.items():
            end = self._place()
            self._ends[end] = group
            for phrase in self._lines(phrases):
                self._add(phrase, begin, end)
        # Many places at once are one state of another kind, worked out when a text first comes to it: a text is in one or two of them.
        self._labels = frozenset(label for steps in self._steps for label in steps)
        self._states: dict[frozenset[int], int] = {}
        self._moves: list[dict[str, int | None]] = []
        self._groups: list[tuple[str, ...]] = []
        self._members: list[frozenset[int]] = []
        self._begin = self._state([begin])

    def phrases_in(self, tokens: Iterable[Token], length: int) -> "Phrases":
        """Return every phrase in a text of `length` words, by tokens that may overlap."""
        starting: list[list[Token]] = [[] for _ in range(length)]
        for token in tokens:
            starting[token.start].append(token)
        return Phrases([self._from(at, starting) for at in range(length)])

    def _from(self, begin: int, starting: Sequence[Sequence[Token]]) -> set[tuple[str, int]]:
        """Return the phrases that begin at a word: each one's group, and where it ends."""
        found: set[tuple[str, int]] = set()
        at: dict[int, set[int]] = {begin: {self._begin}}
        while at:
            place = min(at)
            states = at.pop(place)
            if place > begin:
                found.update((group, place) for state in states for group in self._groups[state])
            for token in starting[place] if place < len(starting) else ():
                for state in states:
                    if (there := self._move(state, token.label)) is not None:
                        at.setdefault(token.end, set()).add(there)
        return found

    def _move(self, state: int, label: str) -> int | None:
        """Return the state that a word leads to; None where it leads nowhere."""
        moves = self._moves[state]
        if label not in moves:
            if label not in self._labels:
                return None
            places = [there for place in self._members[state] for there in self._steps[place].get(label, ())]
            moves[label] = self._state(places) if places else None
        return moves[label]

    def _state(self, places: Sequence[int]) -> int:
        """Return the state that is some places, and those that they lead to by themselves."""
        reached = self._reached(places)
        if reached not in self._states:
            self._states[reached] = len(self._states)
            self._members.append(reached)
            self._moves.append({})
            self._groups.append(tuple({self._ends[place] for place in reached if place in self._ends}))
        return self._states[reached]

    def _reached(self, places: Sequence[int]) -> frozenset[int]:
        found, left = set(places), list(places)
        while left:
            for place in self._leads[left.pop()]:
                if place not in found:
                    found.add(place)
                    left.append(place)
        return frozenset(found)

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
