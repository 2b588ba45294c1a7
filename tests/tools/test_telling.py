"""What a reply may state after a result: sentences that a customer can read, the same truth in every wording."""

import re
from collections.abc import Iterator
from datetime import date, time

import pytest

from service.language.claims import prices_in
from service.language.grammar import date_words
from service.language.said import days_in, times_in
from service.language.text import fold
from service.turns.telling import DeedKind, Fact, Voice
from tests.kit import told
from tests.kit.speech import everything, is_for_customers, told_well
from tools import registry  # noqa: F401 – every kind of result is imported
from tools.appointments import Done
from tools.escalation import Called
from tools.results import Refused, Result

# What tells nothing, and why.
SILENT: dict[type[Result], str] = {Called: "the case that it opens has words of its own"}
SEEDS = range(6)
VOICES = [Voice(warm, seed, told.TODAY) for warm in (True, False) for seed in SEEDS]
CASES = [pytest.param(result, deed, id=f"{n}-{type(result).__name__}-{deed}") for n, (result, deed) in enumerate(told.RESULTS)]


def kinds(of: type[Result] = Result) -> Iterator[type[Result]]:
    """Every class of results that is made, not only inherited from."""
    for kind in of.__subclasses__():
        if (not kind.__abstractmethods__ and not kind.__subclasses__()) or kind is Refused:
            yield kind
        yield from kinds(kind)


def test_every_result_tells() -> None:
    examples = {type(result) for result, _ in told.RESULTS}
    assert set(kinds()) <= examples, "tests/kit/told.py has an example of each"
    telling = {type(result) for result, deed in told.RESULTS if result.tell(VOICES[0], deed)}
    silent = examples - telling
    assert silent == set(SILENT)


@pytest.mark.parametrize(("result", "deed"), CASES)
def test_every_wording_states_the_same(result: Result, deed: DeedKind | None) -> None:
    for wordings in everything(result, deed, VOICES):
        assert len({(f.kind, f.must, f.names, f.days, f.times, f.cents, f.about) for f in wordings}) == 1
        assert len({stated(fact) for fact in wordings}) == 1, {fact.text for fact in wordings}


def stated(fact: Fact) -> tuple[frozenset[date], frozenset[time], frozenset[int], frozenset[str]]:
    """Read back what a fact's sentences say: days, times, prices, and the names that it is to name."""
    words = date_words(fact.text)
    days = frozenset(day for said in days_in(words, told.TODAY) for day in said.days)
    times = frozenset(at for said in times_in(words) for at in said.times)
    cents = frozenset(cents for _, _, cents in prices_in(fold(fact.text)))
    return days, times, cents, frozenset(name for name in fact.names if name in fold(fact.text))


@pytest.mark.parametrize(("result", "deed"), CASES)
def test_what_a_fact_is_found_by_stands_in_it(result: Result, deed: DeedKind | None) -> None:
    for fact in (fact for wordings in everything(result, deed, VOICES) for fact in wordings):
        days, times, cents, _ = stated(fact)
        assert fact.days <= days or "De quinta-feira, 24/12" in fact.text, fact
        assert fact.cents <= cents, fact
        assert fact.times <= times or " em 30 minutos" in fact.text, fact


@pytest.mark.parametrize(("result", "deed"), CASES)
def test_a_sentence_is_the_customers(result: Result, deed: DeedKind | None) -> None:
    facts = [fact for wordings in everything(result, deed, VOICES) for fact in wordings]
    assert told_well(facts), [fact.text for fact in facts]
    assert all(fact.must == (fact.kind in ("deed", "refusal")) or fact.kind == "question" for fact in facts)


@pytest.mark.parametrize(
    "words", ["Use register_pet.", "Pergunte ao cliente qual deles.", "Chame check_availability", "Não diga que não há."]
)
def test_what_a_model_is_told_is_not(words: str) -> None:
    assert not is_for_customers(words)


@pytest.mark.parametrize(("result", "deed"), CASES)
def test_an_earnest_shop_does_not_exclaim(result: Result, deed: DeedKind | None) -> None:
    for seed in SEEDS:
        for fact in result.tell(Voice(warm=False, seed=seed, today=told.TODAY), deed):
            assert "!" not in fact.text or fact.kind == "figures"
            assert not re.search(r"[\U0001F000-\U0001FFFF\u2600-\u27BF]", fact.text)


@pytest.mark.parametrize(("result", "deed"), [case for case in told.RESULTS if isinstance(case[0], Done)])
def test_what_was_done_has_several_wordings(result: Result, deed: DeedKind | None) -> None:
    done, *_ = everything(result, deed, VOICES)
    assert len({fact.text for fact in done}) >= 3


@pytest.mark.parametrize(("result", "deed"), CASES)
def test_what_is_read_back_tells_the_same(result: Result, deed: DeedKind | None) -> None:
    """What a reply is made of is read from the checkpoint, where it stands as JSON."""
    again = type(result).model_validate_json(result.model_dump_json(by_alias=True))
    assert list(again.tell(VOICES[0], deed)) == list(result.tell(VOICES[0], deed))
