"""What is true of the shop, in the server's own words: the only sentences by which a reply may state anything (docs/decisions/0022)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Literal, Self

from service.language.formatting import format_time, listed
from service.language.text import fold
from service.platform.clock import WEEKDAYS

# A deed was done, a question waits for its answer, a refusal says why nothing was done; the others are what a look found, or what stands.
FactKind = Literal[
    "deed", "question", "refusal",
    "slots", "appointments", "prices", "hours", "place", "payment", "shop", "people", "pets", "waiting", "customer", "knowledge", "figures",
    "undone",
]  # fmt: skip

# What a tool's success means.
DeedKind = Literal["booked", "moved", "cancelled", "confirmed", "registered", "waiting"]

# Words of a shop's tone that go with neither an emoji nor an exclamation mark.
_EARNEST = re.compile(r"\b(?:formal|formais|seri[oa]s?|sobri[oa]s?|profissiona(?:l|is)|corporativ[oa]s?|discret[oa]s?|neutr[oa]s?)\b")
_INFORMAL = re.compile(r"\binforma(?:l|is)\b|\b(?:nada|nao|sem ser|pouco|menos) (?:muito )?(?:formal|seri[oa])\b")

# A day's times beyond so many are told as stretches, where they are as regular as a stretch is.
MOST_TIMES = 8
SHORTEST_STRETCH = 4
# Of a list that is longer a message has room for so much.
MOST_LINES = 25


@dataclass(frozen=True, slots=True)
class Voice:
    """How a shop speaks, and on which of its days.

    `warm` with an exclamation mark and an emoji here and there; `seed` chooses wordings, the same all a turn. A day of the year of `today`
    is written without the year, and today and tomorrow are called so.
    """

    warm: bool = True
    seed: int = 0
    today: date | None = None

    @classmethod
    def in_tone(cls, tone: str | None, seed: int, today: date | None = None) -> Self:
        """Return the voice that the shop's own words for its tone describe ("formal e objetivo")."""
        folded = fold(tone or "")
        return cls(not _EARNEST.search(_INFORMAL.sub(" ", folded)), seed, today)

    def choose(self, wordings: Sequence[str]) -> str:
        """Return one of several wordings, always the same for the same seed. Raises IndexError where there is none."""
        return wordings[self.seed % len(wordings)]

    def say(self, *, warm: Sequence[str], earnest: Sequence[str]) -> str:
        """Return one of the wordings of the shop's tone."""
        return self.choose(warm if self.warm else earnest)

    def day(self, day: date) -> str:
        """Write a day: "sexta-feira, 27/11", "amanhã, sábado, 28/11", "sexta-feira, 01/01/2027"."""
        return f"{self._near(day)}{WEEKDAYS[day.weekday()]}, {self._dated(day)}"

    def on(self, day: date) -> str:
        """Write a day as when something is: "na sexta-feira, 27/11", "no sábado, 28/11", "hoje, sexta-feira, 27/11"."""
        return self.day(day) if self._near(day) else f"{'no' if day.weekday() >= 5 else 'na'} {self.day(day)}"

    def shortly(self, text: str) -> str:
        """Write a sentence of the agenda's with its days as this voice writes them: without this year."""
        return re.sub(rf"\b(\d\d/\d\d)/{self.today.year}\b", r"\1", text) if self.today else text

    def _near(self, day: date) -> str:
        if self.today is None:
            return ""
        return {self.today: "hoje, ", self.today + timedelta(days=1): "amanhã, "}.get(day, "")

    def _dated(self, day: date) -> str:
        return f"{day:%d/%m}" if self.today and day.year == self.today.year else f"{day:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One true thing, as the customer may read it: `text` is whole sentences of Brazilian Portuguese, without Markdown.

    `must` is whether it is told though the model does not mention it: what was done, asked or refused in this turn. The rest is for
    finding the fact that a sentence of the model's speaks of: `names` are folded names of pets, services and people, `days`, `times` and
    `cents` what it states, `about` words that are not told, such as the question that a text of the shop answers. `condoles` of one that
    says how sorry the shop is.
    """

    kind: FactKind
    text: str
    must: bool = False
    names: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    times: frozenset[time] = frozenset()
    cents: frozenset[int] = frozenset()
    about: str = ""
    condoles: bool = False

    @classmethod
    def of(
        cls, kind: FactKind, text: str, *, must: bool = False, names: Iterable[str | None] = (), days: Iterable[date | None] = (),
        times: Iterable[time | None] = (), cents: Iterable[int | None] = (), about: str = "",
    ) -> Self:  # fmt: skip
        """Return a fact; what is None is not stated. Of "Banho e Tosa" both are names, too."""
        said = {fold(part) for name in names if name for part in (name, *re.split(r", | e ", name))}
        return cls(
            kind, capital(text), must, frozenset(said), frozenset(day for day in days if day),
            frozenset(at for at in times if at is not None), frozenset(c for c in cents if c is not None), about,
        )  # fmt: skip


def capital(text: str) -> str:
    """Return a sentence with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def itemised(lines: Sequence[str]) -> str:
    """Write things one below the other, as many as a message has room for, and how many more there are."""
    more = len(lines) - MOST_LINES
    return "\n".join(f"- {line}" for line in [*lines[:MOST_LINES], *([f"e mais {more}"] if more > 0 else [])])


def times_listed(times: Sequence[time]) -> str:
    """Write times of a day in order: "9h, 10h30 e 14h"; many regular ones as "de 30 em 30 minutos, das 9h às 12h e das 14h às 17h"."""
    if len(times) > MOST_TIMES and (stretches := _stretches(times)):
        step, ends = stretches
        every = "de hora em hora" if step == 60 else f"de {step} em {step} minutos"
        return f"{every}, {listed([f'das {format_time(a)} às {format_time(b)}' for a, b in ends])}"
    return listed([format_time(at) for at in times])


def _stretches(times: Sequence[time]) -> tuple[int, list[tuple[time, time]]] | None:
    """Return the step in minutes and the first and last time of each stretch; None where they are not that regular."""
    minutes = [at.hour * 60 + at.minute for at in times]
    step = min(b - a for a, b in pairwise(minutes))
    begins = [i for i in range(len(times)) if i == 0 or minutes[i] - minutes[i - 1] != step]
    runs = [(a, b - 1) for a, b in pairwise([*begins, len(times)])]
    return (step, [(times[a], times[b]) for a, b in runs]) if all(b - a + 1 >= SHORTEST_STRETCH for a, b in runs) else None
