"""What every tool's result is: a type that is written as JSON in one way, and says what it backs."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator

from service.language.claims import ClaimKind
from service.language.spoken import Told, left_out
from service.platform.errors import AppError
from service.turns.evidence import STANDING, Deed, Evidence
from service.turns.telling import DeedKind, Fact, Voice

Wordings = Annotated[tuple[str, ...], BeforeValidator(lambda said: (said,) if isinstance(said, str) else said)]


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

    @abstractmethod
    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        """Return what the result makes true, each thing in sentences of its own that a customer may read.

        `deed` is what its tool's success is called (`tools.definition.Kind.deed`): the same result may have been booked or cancelled.
        """


class Refused(Result):
    """Why nothing was done, in a sentence for the model. Any tool may return it.

    `say` are wordings of what the customer may read of it: a question where something is missing. None where it concerns the model alone.
    """

    success: Literal[False] = False
    error: str
    say: Wordings = left_out(())

    @classmethod
    def of(cls, refusal: AppError) -> Self:
        """Return an expected failure as a result."""
        return cls(error=str(refusal), say=refusal.say)

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        evidence.take_words(self.error)

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return refusal_facts(self.say, voice)


def refusal_facts(wordings: Sequence[str], voice: Voice) -> list[Fact]:
    """Tell why nothing was done, or what is asked because of it."""
    if not wordings:
        return []
    text = voice.shortly(voice.choose(wordings))
    return [Fact.of("question" if text.endswith("?") else "refusal", text, must=True)]
