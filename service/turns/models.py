"""The models that are known: which interface each wants, what it costs, what it takes, when it ends and what follows it.

A name that is not here (a server of one's own) is asked by plain chat completions. Prices are OpenAI's of November 2026.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Api = Literal["chat", "responses"]
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]

EFFORTS: tuple[Effort, ...] = ("none", "minimal", "low", "medium", "high", "xhigh", "max")

# What answers where a shop names none, and where nothing else is known to follow.
DEFAULT_MODEL = "gpt-6-luna"

MILLION = 1_000_000

# A model as it was on a day; OpenAI has one behind each name.
_SNAPSHOT = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens. `write` is what a token costs that is put into the cache as it is read."""

    fresh: Decimal
    cached: Decimal
    write: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call, or several, took: `prompt` includes what was `cached` and what was `written` to the cache."""

    prompt: int = 0
    cached: int = 0
    written: int = 0
    output: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """A model and how it may be asked.

    `efforts` that it reasons with, the least first; empty where it does not. `reasons_in_chat`: whether it takes functions together with
    such an effort over Chat Completions. `temperature`: whether it takes one (with "none" as its effort, where it reasons).
    `breakpoints`: whether its cache has them. `ends` is the first day without it.
    """

    price: Price
    successor: str
    ends: date | None = None
    temperature: bool = True
    efforts: tuple[Effort, ...] = ()
    reasons_in_chat: bool = True
    breakpoints: bool = False


def _price(fresh: str, cached: str, output: str, *, write: str | None = None) -> Price:
    """Return a price; a cache that asks nothing for writing takes what a fresh token costs."""
    return Price(Decimal(fresh), Decimal(cached), Decimal(write or fresh), Decimal(output))


_GPT_4 = date(2027, 1, 14)
_GPT_5 = date(2026, 12, 11)
_GPT_5_EFFORTS: tuple[Effort, ...] = ("minimal", "low", "medium", "high")
_GPT_6_EFFORTS: tuple[Effort, ...] = ("none", "low", "medium", "high", "xhigh", "max")


def _gpt_5(price: Price, successor: str) -> Model:
    return Model(price, successor, _GPT_5, temperature=False, efforts=_GPT_5_EFFORTS)


def _gpt_6(price: Price, successor: str) -> Model:
    return Model(price, successor, efforts=_GPT_6_EFFORTS, reasons_in_chat=False, breakpoints=True)


MODELS: Mapping[str, Model] = {
    "gpt-6-luna": _gpt_6(_price("0.10", "0.01", "0.50", write="0.125"), "gpt-6-sol"),
    "gpt-6-sol": _gpt_6(_price("2.00", "0.20", "10.00", write="2.50"), "gpt-6-luna"),
    "gpt-5": _gpt_5(_price("1.25", "0.125", "10.00"), "gpt-6-sol"),
    "gpt-5-mini": _gpt_5(_price("0.25", "0.025", "2.00"), "gpt-6-luna"),
    "gpt-5-nano": _gpt_5(_price("0.05", "0.005", "0.40"), "gpt-6-luna"),
    "gpt-4.1": Model(_price("2.00", "0.50", "8.00"), "gpt-6-sol", _GPT_4),
    "gpt-4.1-mini": Model(_price("0.40", "0.10", "1.60"), "gpt-6-luna", _GPT_4),
    "gpt-4.1-nano": Model(_price("0.10", "0.025", "0.40"), "gpt-6-luna", date(2026, 10, 23)),
    "gpt-4o": Model(_price("2.50", "1.25", "10.00"), "gpt-6-sol", _GPT_4),
    "gpt-4o-mini": Model(_price("0.15", "0.075", "0.60"), "gpt-6-luna", _GPT_4),
}


def find(name: str) -> Model | None:
    """Return what is known of a model, or of the one that a dated name is of; a gateway's "openai/" before it changes nothing."""
    return MODELS.get(_parted(name)[1])


def _parted(name: str) -> tuple[str, str]:
    """Return what a gateway puts before a model's name, with its slash, and the name as the table has it, where it does."""
    before, slash, own = name.strip().rpartition("/")
    plain = own.casefold()
    dated = _SNAPSHOT.fullmatch(plain)
    return before + slash, dated[1] if dated and dated[1] in MODELS else plain if plain in MODELS else own


def ended(name: str, today: date) -> bool:
    """Tell whether a model is known to be shut down."""
    known = find(name)
    return known is not None and known.ends is not None and known.ends <= today


def succession(name: str) -> Iterator[str]:
    """Return a model and what follows it, one after the other, each once.

    A dated name is followed by the one without a date, what is not known by the default.
    """
    seen: set[str] = set()
    while name not in seen:
        yield name
        seen.add(name)
        before, own = _parted(name)
        plain = before + own
        name = plain if plain != name else before + MODELS[own].successor if own in MODELS else DEFAULT_MODEL


def successor(name: str, today: date) -> str:
    """Return the first model of a succession that has not ended: the model itself, where it lives."""
    return next((follows for follows in succession(name) if not ended(follows, today)), name)


def cost_usd(name: str, tokens: Tokens) -> Decimal | None:
    """Return what tokens cost in US dollars, exactly; None for a model whose price is not known."""
    if (known := find(name)) is None:
        return None
    price = known.price
    fresh = max(tokens.prompt - tokens.cached - tokens.written, 0)
    in_millions = price.fresh * fresh + price.cached * tokens.cached + price.write * tokens.written + price.output * tokens.output
    return in_millions / MILLION
