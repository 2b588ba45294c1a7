"""Whether a sentence is one that a customer may read."""

import re

from service.language.text import LONGEST_TEXT, fold
from service.turns.telling import DeedKind, Fact, Voice
from tools import registry
from tools.definition import DEFINED
from tools.results import Result

# How a model is spoken to, and customers never are.
_ORDERS = re.compile(
    r"\b(?:ao?|do|o|com o) cliente\b|\b(?:ofereca|pergunte|liste|mande|cuide|grave|passe)\b|(?<!\beu )\b(?:consulte|use|chame|diga)\b"
    r"|\bfunc(?:ao|oes)\b|[{}_`]|\bsuccess\b|\btrue\b|\bnone\b"
)
_MAY_ASK = re.compile(r"\beu (?:pergunte|consulte|chame|liste)\b")


def is_for_customers(text: str) -> bool:
    """Tell whether a text neither names a function or a field nor orders anything of a model."""
    return not _ORDERS.search(_MAY_ASK.sub("eu veja", fold(text))) and not any(name in text for name in DEFINED)


def told_well(facts: list[Fact]) -> bool:
    """Tell whether these are sentences that go out as they are."""
    return all(
        is_for_customers(fact.text) and fact.text == fact.text.strip() and 0 < len(fact.text) <= LONGEST_TEXT and not fact.text[0].islower()
        for fact in facts
    )


def read_and_told(name: str, written: str) -> list[Fact]:
    """Return what a tool's answer tells, read from its JSON as a reply's composer reads it."""
    kind = registry.named(name)
    result = kind.read(written) if kind else None
    return [fact for warm in (True, False) for fact in kind.tell(result, Voice(warm))] if kind and result else []


def everything(result: Result, deed: DeedKind | None, voices: list[Voice]) -> list[tuple[Fact, ...]]:
    """Return each fact of a result in the wordings of these voices."""
    return list(zip(*(result.tell(voice, deed) for voice in voices), strict=True))
