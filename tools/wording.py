"""What Aurora's functions return beside the data: the figures as an owner reads them on the phone, ready to be said."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import time
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from service.language.formatting import format_time
from tools.results import Result

LISTED = 10


class OwnersResult(Result, ABC):
    """A result that brings its own words, under `text`."""

    @abstractmethod
    def words(self) -> str:
        """Return the answer as it may be sent to the owner: whole, in Brazilian Portuguese, without Markdown."""

    @model_serializer(mode="wrap")
    def _with_words(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"text": self.words(), **written(self)}


def listed_times(times: Sequence[time]) -> str:
    """Return times of a day as people write them; of many the first ones and the last."""
    words = [format_time(moment) for moment in times]
    return ", ".join(words[:LISTED]) + (f" e outros, até as {words[-1]}" if len(words) > LISTED else "")


def opening(label: str) -> str:
    """Return how a sentence about a period begins: "Hoje", but "Ontem (domingo, 22/11/2026):"."""
    return "Hoje" if label.startswith("hoje ") else f"{label[0].upper()}{label[1:]}:"


def counted(noun: str, count: int) -> str:
    """Return a count with its noun, in the plural where that is one word with a vowel at its end; others stay as the shop wrote them."""
    return f"{count} {noun}s" if count != 1 and " " not in noun and noun[-1:] in set("aeiouáéíóúãõ") else f"{count} {noun}"
