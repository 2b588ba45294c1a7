"""What the rules read: the prompt's facts, and a customer's words."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from langchain_core.messages import BaseMessage, SystemMessage, ToolMessage

from service.language.days import find_day
from service.language.grammar import date_words, dates
from service.language.text import fold
from service.platform.errors import BadRequest
from tools.arguments import WRONG_ARGUMENTS

NOT_UNDERSTOOD = "Desculpe, não entendi direito. Pode me dizer de outro jeito?"


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that the model wants to use."""

    name: str
    args: dict[str, Any]


Answer = str | Call


@dataclass(frozen=True, slots=True)
class Prompt:
    """The facts of what the agent is told, the moment first."""

    text: str

    @property
    def today(self) -> date:
        """Return the shop's date, from the first line."""
        found = re.search(r"\d{2}/\d{2}/\d{4}", self.text.partition("\n")[0])
        return datetime.strptime(found.group(), "%d/%m/%Y").date() if found else date.today()

    @property
    def introduction(self) -> tuple[str, str] | None:
        """Return the assistant's name and the shop's."""
        found = re.search(r"^Você é (.+), do atendimento pelo WhatsApp da (.+?) \(", self.text, re.MULTILINE)
        return (found.group(1), found.group(2)) if found else None

    def line(self, heading: str) -> str:
        """Return what follows `heading:` on its line; empty where there is no such line."""
        found = re.search(rf"^{re.escape(heading)}: (.+?)\.?$", self.text, re.MULTILINE)
        return found.group(1) if found else ""

    def items(self, heading: str) -> list[str]:
        """Return the lines of the list under `heading:`; empty for a list that says there is nothing."""
        _, found, rest = self.text.partition(f"\n{heading}:\n")
        listed = []
        for line in rest.split("\n") if found else []:
            if not line.startswith("- "):
                break
            listed.append(line[2:])
        return [] if listed and listed[0].startswith("nenhum") else listed


def apart(messages: Sequence[BaseMessage]) -> tuple[Prompt, list[BaseMessage]]:
    """Return what a request tells the agent, and the conversation."""
    told = [str(message.text) for message in messages if isinstance(message, SystemMessage)]
    return Prompt("\n".join(reversed(told))), [message for message in messages if not isinstance(message, SystemMessage)]


def result_of(message: ToolMessage) -> dict[str, Any]:
    """Return a tool's result."""
    result = json.loads(str(message.content))
    return result if isinstance(result, dict) else {}


def refusal_in(result: Mapping[str, Any]) -> str:
    """Return why a tool refused; of a call with wrong arguments that we did not understand, which is all that it means to a person."""
    error = str(result["error"])
    return NOT_UNDERSTOOD if error.startswith(WRONG_ARGUMENTS) else error


def says(folded: str, *stems: str) -> bool:
    """Return whether folded text has a word, or words, that begin with one of the stems."""
    return any(re.search(rf"\b{stem}", folded) for stem in stems)


def mentioned(text: str, names: Iterable[str]) -> str | None:
    """Return the name of which a text has most words, in any ending ("banhos", "banhinho"); of equals the shortest, None without any."""
    words = fold(text).split()
    best = min(names, key=lambda name: (-len(_hits(words, name)), len(name)), default=None)
    return best if best and _hits(words, best) else None


def all_mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Return every name that a text mentions, in its order. A word counts once: "banho e tosa" is one service where there is one."""
    words, left, found = fold(text).split(), list(names), []
    while best := mentioned(" ".join(words), left):
        hits = _hits(words, best)
        found.append((fold(text).find(hits[0]), best))
        words, left = [word for word in words if word not in hits], [name for name in left if name != best]
    return [name for _, name in sorted(found)]


def day_in(text: str, today: date) -> date | None:
    """Return the one day that a text names, the next such; None where it can't be read, as of a text that is cut off."""
    with suppress(BadRequest):
        return find_day(text, today)
    return None


def bare_day(text: str, day: date) -> int | None:
    """Return the number of a day where a text names it without its month: "dia 30"."""
    named = [one for one in dates(date_words(text)) if one.day == day.day]
    return day.day if named and all(one.month is None and not one.next_month for one in named) else None


# Who does it is no service: "tosador", "banhista".
_DOER = re.compile(r"(?:dor|dora|dores|doras|ista|istas)\W*$")


def _hits(words: Sequence[str], name: str) -> list[str]:
    """Return the words that stand for a word of the name, one for each."""
    stems = [word[: max(4, len(word) - 1)] for word in fold(name).split() if len(word) > 2]
    return [hit for stem in stems if (hit := next((word for word in words if word.startswith(stem) and not _DOER.search(word)), None))]
