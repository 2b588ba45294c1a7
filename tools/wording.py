"""What Aurora's functions return beside the data: the figures as an owner reads them on the phone, ready to be said."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from service.language.formatting import format_time
from service.turns.evidence import Evidence
from service.turns.telling import DeedKind, Fact, Voice
from tools.results import Receipt, Result

LISTED = 10


class OwnersResult(Result):
    """A result that brings its own words, under `text`."""

    @abstractmethod
    def words(self) -> str:
        """Return the answer as it may be sent to the owner: whole, in Brazilian Portuguese, without Markdown."""

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        """Back nothing: what Aurora answers is not held against receipts, it has a rule of its own for figures."""

    @property
    def named(self) -> Sequence[str | None]:
        """Return the names of services and people in the words."""
        return ()

    @property
    def days(self) -> Sequence[date]:
        """Return the days that the words are about."""
        return ()

    @property
    def amounts(self) -> Sequence[int]:
        """Return the amounts of money in the words, in cents."""
        return ()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return [Fact.of("figures", self.words(), names=self.named, days=self.days, cents=self.amounts)]

    @model_serializer(mode="wrap")
    def _with_words(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"text": self.words(), **written(self)}


def listed_times(times: Sequence[str]) -> str:
    """Return times of a day ("09:30") as people write them; of many the first ones and the last."""
    words = [format_time(time.fromisoformat(moment)) for moment in times]
    return ", ".join(words[:LISTED]) + (f" e outros, até as {words[-1]}" if len(words) > LISTED else "")


def opening(label: str) -> str:
    """Return how a sentence about a period begins: "Hoje", but "Ontem (domingo, 22/11/2026):"."""
    return "Hoje" if label.startswith("hoje ") else f"{label[0].upper()}{label[1:]}:"


def counted(noun: str, count: int) -> str:
    """Return a count with its noun, in the plural where that is one word with a vowel at its end; others stay as the shop wrote them."""
    return f"{count} {noun}s" if count != 1 and " " not in noun and noun[-1:] in set("aeiouáéíóúãõ") else f"{count} {noun}"
