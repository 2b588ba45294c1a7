"""What every tool's result is: a type that is written as JSON in one way, and says what it backs."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator

from service.language.spoken import Told, left_out
from service.platform.errors import AppError, NotYet
from service.turns.telling import DeedKind, Fact, Voice

Wordings = Annotated[tuple[str, ...], BeforeValidator(lambda said: (said,) if isinstance(said, str) else said)]


class Result(Told, ABC):
    """What a tool returns."""

    @abstractmethod
    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        """Return what the result makes true, each thing in sentences of its own that a customer may read.

        `deed` is what its tool's success is called (`tools.definition.Kind.deed`): the same result may have been booked or cancelled.
        """


class Refused(Result):
    """Why nothing was done, in a sentence for the model. Any tool may return it.

    `say` are wordings of what the customer may read of it: a question where something is missing. None where it concerns the model alone.
    `waits` where what was asked before in the same turn stands, and this comes after it.
    """

    success: Literal[False] = False
    error: str
    say: Wordings = left_out(())
    waits: bool = left_out(False)

    @classmethod
    def of(cls, refusal: AppError) -> Self:
        """Return an expected failure as a result."""
        return cls(error=str(refusal), say=refusal.say, waits=isinstance(refusal, NotYet))

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return refusal_facts(self.say, voice)


def refusal_facts(wordings: Sequence[str], voice: Voice) -> list[Fact]:
    """Tell why nothing was done, or what is asked because of it."""
    if not wordings:
        return []
    text = voice.shortly(voice.choose(wordings))
    return [Fact.of("question" if text.endswith("?") else "refusal", text, must=True)]
