"""No reader of words takes more than its share of time for a long text: eight times the text, about eight times the work.

The measure is the processor's time that a process used, not the clock's, and the least of several tries, which is what other processes
disturb least. Eight times the text takes eight times the time where a reader is linear, and sixty-four times where it looks at the whole
text again from each place of it: a limit of twenty-four is about three times away from either. A pair that seems to grow faster is measured
again, up to `TRIES` times, before it counts. Steps of regular expressions, where most of the time goes, can't be counted from Python.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphs.offline import hearing, owner
from graphs.offline.reading import Prompt
from graphs.offline.talk import Talk
from service.agenda import proposals
from service.agenda.agreement import decide, names_everything
from service.language import emergency, emergency_over, loss, optout, unwanted
from service.language.acts import acts_in, asked_by_us, only_details
from service.language.days import find_day, find_days, parse_days
from service.language.grammar import date_words
from service.language.money import prices_in
from service.language.not_yet import books
from service.language.periods import find_period
from service.language.said import days_in, times_in
from service.language.small_talk import asked_for, in_passing, talk
from service.language.text import fold, shortened
from service.language.times import find_part, find_time, parse_times
from service.platform.errors import BadRequest
from service.turns.compose import compose, looks_like_code
from service.turns.speaking import spoken
from tests.kit.agreement import CUSTOMER, OTHERS, PROPOSALS, TODAY, ZONE
from tests.kit.replies import replies, told
from tests.kit.saying import everything_heard
from tools.names import all_of, find_by_name


@dataclass(frozen=True)
class Thing:
    name: str


SHORT, TIMES_LONGER, LIMIT, TRIES = 1_000, 8, 24, 6

ITEMS = PROPOSALS["A"][1]
THINGS = [Thing(name) for name in ("Rex", "Mel", "Banho", "Banho e Tosa", "Consulta")]
SCENE = told(min(reply.scene for reply in replies()))


def read_as_spoken(text: str) -> None:
    spoken(text, TODAY, SCENE.standing)


def hear(text: str) -> None:
    hearing.hear(Talk(Prompt(f"{TODAY:%d/%m/%Y}"), ["Banho", "Tosa"], ["Rex", "Mel"]), text)


READERS: dict[str, Callable[[str], object]] = {
    "acts_in": partial(acts_in, names=["Rex", "Mel", "Banho", "Consulta"]),
    "only_details": only_details,
    "asked_by_us": asked_by_us,
    "fold": fold,
    "shortened": shortened,
    "find_day": partial(find_day, today=TODAY),
    "find_days": partial(find_days, today=TODAY),
    "find_time": find_time,
    "find_part": find_part,
    "parse_days": partial(parse_days, today=TODAY),
    "parse_times": parse_times,
    "days_in": lambda text: days_in(date_words(text), TODAY),
    "times_in": lambda text: times_in(date_words(text)),
    "find_period": partial(find_period, today=TODAY),
    "optout": optout.wish,
    "not yet": books,
    "unwanted": lambda text: [unwanted.speaks_of(which, text) for which in ("out", "in")],
    "opt-out agreed": partial(optout.agreed, optout.QUESTIONS["out"]),
    "emergency": emergency.recognise,
    "emergency over": emergency_over.takes_back,
    "pets called so": emergency.if_called,
    "loss": loss.tells_of_death,
    "prices": lambda text: list(prices_in(fold(text))),
    "spoken": read_as_spoken,
    "small_talk": lambda text: talk(text, SCENE.around),
    "in_passing": lambda text: in_passing(text, SCENE.around),
    "asked_for": asked_for,
    "looks_like_code": lambda text: looks_like_code(text, ["book_appointment"]),
    "compose": lambda text: compose(text, SCENE),
    "heard": everything_heard,
    "agreement": lambda text: [decide(text, *PROPOSALS[of], TODAY, ZONE, OTHERS, CUSTOMER) for of in "ABCDE"],
    "names_everything": lambda text: names_everything(text, "book", ITEMS[0], TODAY, ZONE, OTHERS),
    "proposal states": lambda text: proposals.states(text, "book", ITEMS, ZONE),
    "proposal asks": lambda text: proposals.asks(text, ITEMS, TODAY, ZONE),
    "find_by_name": lambda text: find_by_name(text, THINGS),
    "all_of": lambda text: all_of(text, THINGS, "serviço"),
    "hearing": hear,
    "owner": lambda text: owner._understand([text], TODAY),
}

# Most of these took some reader time with the square of the text.
HOSTILE = (
    "1", "1.", "às 3 ", "1h ", "das 9 às 18h ", "\u0301\u0323", "? ", "a", " ", "não ", "nao mais ", "27/11 ", "sexta, ", "R$ 70 ",
    "70 reais ", "agendei ", "agendado ", "está na agenda ", "coloquei ", "sair ", "remarca para ", "agendamento do ", "tenho 9h ",
    "cancela ", "não me mande mais mensagem ", "parem de mandar ",
    "não consigo ir ", "se abrir vaga ", "Dr. ", "o Rex ", "e ", "dez e ", "menos 3, ", "terça ou ", "depois de ",
    "sim com o ", "ana, ", "vou ",
)  # fmt: skip
WORDS = (
    *HOSTILE, ",", ", ", ".", "\n", "! ", "á", "de ", "do ", "entre ", "até ", "hoje ", "terça ", "dia 3 ", "3 de ", "banho ", "se ",
    "sim ", "comeu ", "sangue ", "que ", "(", "é ", "fica ", "meu ", "nome é ", "👍", "vinte e ", "quinze pras ",
    "entre 2 e ", "a partir das ",
    "não posso ", "primeira ", "daqui a ", "- ", "fim do mês ",
)  # fmt: skip
UNITS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join)


def cost(reader: Callable[[str], object], text: str) -> float:
    """Return the seconds of processor time that a reader takes for a text."""
    began = time.process_time()
    with suppress(BadRequest):
        reader(text)
    return time.process_time() - began


def growth(reader: Callable[[str], object], unit: str, before: str, after: str) -> float:
    """Return how many times longer a text takes that is `TIMES_LONGER` times longer; the first figure within the limit will do."""
    short, long = (before + (unit * (length // len(unit) + 1))[:length] + after for length in (SHORT, SHORT * TIMES_LONGER))
    least = [float("inf"), float("inf")]
    for _ in range(TRIES):
        least = [min(seconds, cost(reader, text)) for seconds, text in zip(least, (short, long), strict=True)]
        if least[1] <= LIMIT * least[0]:
            break
    return least[1] / least[0]


@pytest.mark.parametrize("reader", READERS)
def test_what_was_slow_once_is_read_in_linear_time(reader: str) -> None:
    grown = {unit: round(times) for unit in HOSTILE if (times := growth(READERS[reader], unit, "oi ", " x")) > LIMIT}
    assert not grown


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=8, derandomize=True)
@given(UNITS, st.sampled_from(["", "x ", "dia 3 "]), st.sampled_from(["", " x?"]))
@example("às 3 ", "", "")
def test_any_repetition_is_read_in_linear_time(reader: str, unit: str, before: str, after: str) -> None:
    assert growth(READERS[reader], unit, before, after) <= LIMIT
