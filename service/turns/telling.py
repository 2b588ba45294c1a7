"""What is true of the shop, in the server's own words: the only sentences by which a reply may state anything (docs/decisions/0018)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

# A deed was done, a question waits for its answer, a refusal says why nothing was done; the others are what a look found, or what stands.
FactKind = Literal[
    "deed", "question", "refusal",
    "slots", "appointments", "prices", "hours", "place", "payment", "shop", "people", "pets", "waiting", "customer", "knowledge", "figures",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """How a shop speaks: `warm` with an exclamation mark and an emoji here and there; `seed` chooses wordings, the same all a turn."""

    warm: bool = True
    seed: int = 0

    def choose(self, wordings: Sequence[str]) -> str:
        """Return one of several wordings, always the same for the same seed. Raises IndexError where there is none."""
        return wordings[self.seed % len(wordings)]


@dataclass(frozen=True, slots=True)
class Fact:
    """One true thing, as the customer may read it: `text` is whole sentences of Brazilian Portuguese, without Markdown.

    `must` is whether it is told though the model does not mention it: what was done, asked or refused in this turn. The rest is for
    finding the fact that a sentence of the model's speaks of: `names` are folded names of pets, services and people, `days`, `times` and
    `cents` what it states.
    """

    kind: FactKind
    text: str
    must: bool = False
    names: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    times: frozenset[time] = frozenset()
    cents: frozenset[int] = frozenset()
