"""The table of models: what follows what, what is asked how, and what it costs."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.turns.briefing import AiConfig
from service.turns.choice import Choice, choice, named
from service.turns.models import DEFAULT_MODEL, MODELS, Price, Tokens, cost_usd, ended, find, succession, successor

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 28)
LATER = date(2027, 1, 14)


def test_every_model_is_followed_by_one_that_lives() -> None:
    for name in MODELS:
        follows = list(succession(name))
        assert follows[0] == name
        assert len(follows) == len(set(follows)) > 1
        assert not ended(successor(name, LATER), LATER), name


@pytest.mark.parametrize(
    ("name", "day", "answers"),
    [
        ("gpt-4o-mini", date(2027, 1, 13), "gpt-4o-mini"),
        ("gpt-4o-mini", LATER, "gpt-6-luna"),
        ("gpt-4o-mini-2024-07-18", LATER, "gpt-6-luna"),
        ("gpt-4o", LATER, "gpt-6-sol"),
        ("gpt-4.1-nano", TODAY, "gpt-6-luna"),
        ("gpt-5-mini", date(2026, 12, 10), "gpt-5-mini"),
        ("gpt-5-mini", date(2026, 12, 11), "gpt-6-luna"),
        ("GPT-4o-mini", LATER, "gpt-6-luna"),
        (" gpt-4o-mini", LATER, "gpt-6-luna"),
        ("openai/gpt-4o-mini", LATER, "openai/gpt-6-luna"),
        ("llama-3", LATER, "llama-3"),
    ],
)
def test_a_model_answers_until_the_day_of_its_end(name: str, day: date, answers: str) -> None:
    assert successor(name, day) == answers


def test_what_is_not_known_is_followed_by_the_default() -> None:
    assert list(succession("gpt-9"))[:2] == ["gpt-9", DEFAULT_MODEL]
    assert list(succession("gpt-6-luna-2026-10-01")) == ["gpt-6-luna-2026-10-01", "gpt-6-luna", "gpt-6-sol"]
    assert find("gpt-9") is find("gpt-9-2026-10-01") is None
    assert find("GPT-4o-Mini") is find("openai/gpt-4o-mini-2024-07-18") is MODELS["gpt-4o-mini"]


LUNA = "gpt-6-luna"

CHOICES: list[tuple[dict[str, Any], Choice]] = [
    ({}, Choice(LUNA, "chat", 0.7, "none")),
    ({"model": LUNA, "temperature": 0.2}, Choice(LUNA, "chat", 0.2, "none")),
    ({"reasoning_effort": "low"}, Choice(LUNA, "responses", None, "low")),
    ({"reasoning_effort": "minimal"}, Choice(LUNA, "responses", None, "low")),
    ({"reasoning_effort": "low", "client_reasoning_effort": "none"}, Choice(LUNA, "chat", 0.7, "none")),
    ({"aurora_reasoning_effort": "high"}, Choice(LUNA, "chat", 0.7, "none")),
    ({"api": "responses"}, Choice(LUNA, "responses", 0.7, "none")),
    ({"api": "chat", "reasoning_effort": "high"}, Choice(LUNA, "chat", 0.7, "none")),
    ({"api": "chat_completions", "reasoning_effort": "high"}, Choice(LUNA, "chat", 0.7, "none")),
    ({"api": "auto", "reasoning_effort": "high"}, Choice(LUNA, "responses", None, "high")),
    ({"model": "gpt-4o", "reasoning_effort": "low"}, Choice("gpt-4o", "chat", 0.7, None)),
    ({"model": "gpt-5"}, Choice("gpt-5", "chat", None, "minimal")),
    ({"model": "gpt-5", "reasoning_effort": "max"}, Choice("gpt-5", "chat", None, "high")),
    ({"model": "llama-3", "temperature": 0}, Choice("llama-3", "chat", 0.0, None)),
    ({"model": "llama-3", "api": "responses", "reasoning_effort": "low"}, Choice("llama-3", "responses", None, "low")),
    ({"api": 7, "reasoning_effort": ["low"], "model": {"x": 1}}, Choice(LUNA, "chat", 0.7, "none")),
]


@pytest.mark.parametrize(("written", "asked"), CHOICES)
def test_a_shop_is_asked_for_as_it_wrote_where_the_model_can(written: dict[str, Any], asked: Choice) -> None:
    assert choice(AiConfig.model_validate(written), "client") == asked


def test_aurora_has_a_model_and_an_effort_of_her_own() -> None:
    shop = AiConfig.model_validate({"model": "gpt-4o", "aurora_model": LUNA, "aurora_reasoning_effort": "low"})
    assert choice(shop, "aurora") == Choice(LUNA, "responses", None, "low")
    assert named(AiConfig(model="gpt-4o"), "aurora") == DEFAULT_MODEL


def test_what_stands_in_for_a_model_is_asked_in_its_own_way() -> None:
    shop = AiConfig.model_validate({"model": "llama-3", "api": "responses", "reasoning_effort": "low"})
    assert choice(shop, "client", model="reserva") == Choice("reserva", "chat", 0.7, None)
    assert choice(AiConfig(model="gpt-4o-mini"), "client", model=LUNA) == Choice(LUNA, "chat", 0.7, "none")


def test_the_prices_of_the_default_are_those_of_the_list() -> None:
    assert MODELS[LUNA].price == Price(Decimal("0.10"), Decimal("0.01"), Decimal("0.125"), Decimal("0.50"))
    # 4,317 tokens cold: 3,000 of them written, the rest read once; then warm.
    assert cost_usd(LUNA, Tokens(prompt=4317, written=3000, output=60)) == Decimal("0.0005367")
    assert cost_usd(LUNA, Tokens(prompt=4317, cached=4200, output=60)) == Decimal("0.0000837")
    assert cost_usd("llama-3", Tokens(prompt=1)) is None


@given(st.sampled_from(sorted(MODELS)), *[st.integers(0, 10**7)] * 4)
def test_a_cost_is_the_sum_of_its_tokens(name: str, fresh: int, cached: int, written: int, output: int) -> None:
    price, took = MODELS[name].price, Tokens(fresh + cached + written, cached, written, output)
    parts = [(fresh, price.fresh), (cached, price.cached), (written, price.write), (output, price.output)]
    assert cost_usd(name, took) == sum((Decimal(count) * each / 1_000_000 for count, each in parts), Decimal(0))


def test_the_documentation_has_the_table() -> None:
    documented = (ROOT / "docs" / "models.md").read_text()
    for name, model in MODELS.items():
        price = model.price
        ends = f" {model.ends} " if model.ends else " "
        row = f"| `{name}` | {price.fresh} | {price.cached} | {price.write} | {price.output} |{ends}| `{model.successor}` |"
        assert row in documented, row
