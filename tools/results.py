"""What every tool's result is: a type that is written as JSON in one way, and says what it backs."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from service.language.claims import ClaimKind
from service.language.spoken import Told
from service.turns.evidence import STANDING, Deed, Evidence
from service.turns.telling import Fact, Voice


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a result came: what the success of its tool is called, whether the running turn got it, the shop's time zone."""

    deed: ClaimKind | None
    fresh: bool
    zone: str

    def take(
        self, evidence: Evidence, *, day: date | None = None, at: time | None = None, pet: str | None = None, service: str | None = None,
        until: date | None = None, until_at: time | None = None,
    ) -> None:  # fmt: skip
        """Add what was done, as far as it is known. What an earlier turn did to the agenda may not stand any longer: the briefing is newer.

        Raises TypeError for a tool that is declared without the deed that its success is.
        """
        if self.deed is None:
            raise TypeError("A tool whose results take a receipt says of which deed: @tool(writes=True, deed=…).")
        deed = Deed(self.deed, day, at, pet, service, until, until_at)
        if self.fresh:
            evidence.take_deed(deed)
        elif deed.kind not in STANDING:
            evidence.deeds.append(deed)


class Result(Told, ABC):
    """What a tool returns."""

    @abstractmethod
    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        """Add to the evidence what a reply may say after this result: days, times, prices, names, what was done. The rest it may not."""

    def tell(self, voice: Voice) -> Sequence[Fact]:
        """Return what the result makes true, each thing in a sentence of its own that a customer may read."""
        return ()


class Refused(Result):
    """Why nothing was done, in a sentence for the model. Any tool may return it."""

    success: Literal[False] = False
    error: str

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        evidence.take_words(self.error)
