"""What answers a proposal, read by rules: labelled answers, and what no yes may name."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.agenda.agreement import decide, names_everything
from service.agenda.agreement_words import NEEDS_MORE
from service.agenda.proposals import ProposalKind
from service.agenda.visits import Item
from tests.kit import notations
from tests.kit.agreement import CUSTOMER, OTHERS, PROPOSALS, TODAY, ZONE, answers, read
from tests.kit.agreement import item as visit

START = datetime(2026, 11, 27, 13, tzinfo=UTC)


def bath(pet: str) -> Item:
    return Item(
        id=uuid4(), pet_id=uuid4(), pet=pet, service_id=uuid4(), service="Banho", unit="visit", resource_id=uuid4(), professional="Bia",
        starts_at=START, ends_at=START + timedelta(hours=1), busy_from=START, busy_until=START + timedelta(hours=1), price_cents=7000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "pets", "answer"),
    [
        ("Fechado, pode confirmar os dois", ("Rex", "Mel"), "yes"),
        ("sim, ambos", ("Rex", "Mel"), "yes"),
        ("pode marcar todas", ("Rex", "Mel", "Bob", "Thor"), "yes"),
        ("sim, os quatro", ("Rex", "Mel", "Bob", "Thor"), "yes"),
        ("sim, todos", ("Rex",), None),
        ("pode confirmar os dois", ("Rex",), None),
        ("sim, os três", ("Rex", "Mel"), None),
        ("sim, só o Rex", ("Rex", "Mel"), None),
        ("sim, o Rex", ("Rex", "Mel"), None),
        ("pode marcar pros dois", ("Rex", "Mel"), "yes"),
        ("sim, Rex e Mel", ("Rex", "Mel"), "yes"),
    ],
)
def test_all_are_all_of_so_many(text: str, pets: tuple[str, ...], answer: str | None) -> None:
    understood = decide(text, "book", [bath(pet) for pet in pets], date(2026, 11, 24), ZONE)
    assert (understood == "yes") == (answer == "yes")


# What docs/agenda-and-safety.md states: yeses taken from what is none, yeses not understood, noes likewise.
STATED = {"a": (0, 2, 0, 4), "b": (0, 7, 0, 5)}


@pytest.mark.parametrize("lot", STATED)
def test_answers_are_read_as_the_docs_state(lot: str) -> None:
    found = read(answers(lot))
    assert found.count == 100
    wrong = (found.false_yes, found.missed_yes, found.false_no, found.missed_no)
    assert tuple(map(len, wrong)) <= STATED[lot], wrong


# Of the 60 answers to each question that were written before the grammar was.
OWN = {"A": (0, 1, 0, 0), "C": (0, 0, 0, 0), "D": (0, 3, 0, 0), "E": (0, 0, 0, 0)}


@pytest.mark.parametrize("question", OWN)
def test_answers_of_our_own_are_read_as_the_docs_state(question: str) -> None:
    found = read([answer for answer in answers("own") if answer["proposal"] == question])
    assert found.count == 60
    wrong = (found.false_yes, found.missed_yes, found.false_no, found.missed_no)
    assert tuple(map(len, wrong)) <= OWN[question], wrong


@pytest.mark.parametrize("said", [answer for answer in answers("own") if answer["proposal"] == "S"], ids=lambda said: said["says"])
def test_what_asks_for_a_booking_books_it_only_if_it_names_it_all(said: dict[str, str]) -> None:
    kind, items = PROPOSALS["A"]
    assert names_everything(said["says"], kind, items[0], TODAY, ZONE, OTHERS, CUSTOMER) is (said["means"] == "yes")


@pytest.mark.parametrize(
    ("proposal", "text", "answer"),
    [
        ("A", "sim", "yes"),
        ("A", "isso, sexta dez horas, pode marcar", "yes"),
        ("A", "Sim por favor 🙏", "yes"),
        ("A", "pode confirmar o banho do rex", "yes"),
        ("A", "s\u200bim", "yes"),
        ("A", "sim, dez e meia", None),
        ("A", "sim, dia trinta", None),
        ("A", "sim, por cinquenta", None),
        ("A", "sim, com o Caio", None),
        ("A", "sim, com hidratação", None),
        ("A", "sim, toda sexta", None),
        ("A", "quero confirmar com ela", "unclear"),
        ("A", "confirmo em breve", "unclear"),
        ("A", "ok deixa", "unclear"),
        ("A", "sim, desde que seja com a Bia", "unclear"),
        ("A", "talvez", None),
        ("A", "sim, pode trazer a conta?", None),
        ("D", "sim, pode cancelar", "yes"),
        ("D", "confirmo", "unclear"),
        ("D", "confirmo o cancelamento", "yes"),
        ("D", "sim, confirmo", "yes"),
        ("D", "confirmo presença", "unclear"),
        ("D", "sim, eu vou", "unclear"),
        ("D", "confirmo o horário", "unclear"),
        ("C", "sim e deixa o antigo", "unclear"),
        ("E", "confirmo presença", "yes"),
        ("E", "sim, eu vou", "yes"),
        ("E", "não cancela", None),
        ("E", "vou confirmar", "unclear"),
        ("E", "sim, onze horas", None),
        ("E", "não precisa", None),
        ("E", "simmm até amanhã", "yes"),
        ("A", "combinado, até sexta", "yes"),
        ("A", "confirmo até sexta", "unclear"),
        ("A", "já confirmo", "unclear"),
        ("A", "me confirma o horário", "unclear"),
        ("A", "ok e o horário", "unclear"),
        ("A", "não precisa confirmar", "unclear"),
        ("C", "muda o horário", "unclear"),
        ("C", "sim, no mesmo horário", "unclear"),
        ("D", "confirmado, até lá", "unclear"),
        ("D", "pode cancelar até amanhã", "unclear"),
        ("D", "não vou conseguir ir, pode cancelar", "yes"),
    ],
)
def test_who_speaks_next(proposal: str, text: str, answer: str | None) -> None:
    """A plain answer is settled, an unclear one is asked for again, and what wants something else is the model's."""
    assert decide(text, *PROPOSALS[proposal], TODAY, ZONE, OTHERS, CUSTOMER) == answer


# Messages that may be done at once: book or cancel A, cancel D.
AT_ONCE: dict[str, tuple[str, ProposalKind]] = {"S": ("A", "book"), "X": ("A", "cancel"), "T": ("D", "cancel")}


def understood(said: dict[str, str]) -> str:
    if said["proposal"] in AT_ONCE:
        proposal, asked = AT_ONCE[said["proposal"]]
        named = names_everything(said["says"], asked, PROPOSALS[proposal][1][0], TODAY, ZONE, OTHERS, CUSTOMER)
        return "yes" if named else "neither"
    kind, items = PROPOSALS[said["proposal"]]
    answer = decide(said["says"], kind, items, TODAY, ZONE, OTHERS, CUSTOMER)
    return answer if answer in ("yes", "no") else "neither"


@pytest.mark.parametrize("said", answers("whole"), ids=lambda said: f"{said['proposal']} {said['says']}")
def test_what_is_broken_off_put_off_or_undone_is_no_yes(said: dict[str, str]) -> None:
    assert understood(said) == said["means"]


# Of what somebody wrote who had not seen the rules: yeses and noes that are asked again, arguable ones apart.
FRESH = {"A": (2, 0), "B": (1, 0), "C": (2, 0), "D": (1, 0), "E": (0, 0), "S": (0, 0), "T": (0, 0)}


@pytest.mark.parametrize("question", FRESH)
def test_fresh_eyes_find_no_answer_taken_for_another(question: str) -> None:
    lot = [answer for answer in answers("fresh") if answer["proposal"] == question]
    wrong = [(answer["says"], read, answer["means"]) for answer in lot if (read := understood(answer)) not in (answer["means"], "neither")]
    assert wrong == []
    plain = [answer for answer in lot if not answer.get("arguable") and understood(answer) == "neither"]
    missed = tuple(sum(answer["means"] == meant for answer in plain) for meant in ("yes", "no"))
    assert missed == FRESH[question]


@pytest.mark.parametrize("said", answers("weak"), ids=lambda said: f"{said['proposal']} {said['says']}")
def test_thanks_and_praise_are_no_yes_and_a_word_that_was_read_is_one_alone(said: dict[str, str]) -> None:
    assert understood(said) == said["means"]


# Yeses of each question, and words that nothing accounts for.
PLAIN = [
    answer for lot in ("a", "b", "own") for answer in answers(lot)
    if answer["means"] == "yes" and answer["proposal"] in PROPOSALS
    and decide(answer["says"], *PROPOSALS[answer["proposal"]], TODAY, ZONE, OTHERS, CUSTOMER) == "yes"
]  # fmt: skip
WORDS = """mas não se quando talvez amanhã trinta quinze julia hidratação tosa mel outro depois antes também cada semana deixa breve ver ela
    31 9h quinzenal desde exceto menos quase caio 🙄 ? R$50 sábado"""
UNKNOWN = st.sampled_from(WORDS.split()) | st.from_regex(r"[b-df-hj-np-tv-z]{5,9}[aeiou]q", fullmatch=True)
# What is a detail of one of the proposals, or is said with a word of coming or of what was set down ("deixa confirmado").
OF_ITS_OWN = {"deixa": "AB", "amanhã": "DE", "mel": "BC", "tosa": "C", "ela": "E", "9h": "B", "sábado": "B"}


@given(st.sampled_from(PLAIN), UNKNOWN, st.data())
def test_one_word_too_many_makes_no_yes(plain: dict[str, str], word: str, data: st.DataObject) -> None:
    kind, items = PROPOSALS[plain["proposal"]]
    words = plain["says"].split()
    at = data.draw(st.integers(0, len(words)))
    text = " ".join([*words[:at], word, *words[at:]])
    # "Não não vou conseguir" only insists.
    assume(word not in words[max(0, at - 1) : at + 1])
    assume(plain["proposal"] not in OF_ITS_OWN.get(word, "") and "até breve" not in text)
    assert decide(text, kind, items, TODAY, ZONE, OTHERS, CUSTOMER) != "yes", text


@given(st.sampled_from(PLAIN), st.sampled_from(sorted(NEEDS_MORE)), st.sampled_from([" ", ", ", "\n"]))
def test_a_yes_that_is_broken_off_is_none(plain: dict[str, str], word: str, before: str) -> None:
    kind, items = PROPOSALS[plain["proposal"]]
    text = f"{plain['says']}{before}{word}"
    assert decide(text, kind, items, TODAY, ZONE, OTHERS, CUSTOMER) != "yes", text


TODAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MOMENTS = st.builds(time, st.integers(7, 21), st.sampled_from([0, 15, 30, 45]))
YESES = st.sampled_from(["sim, {}", "pode confirmar {}", "fechado, {}!", "isso, {}", "{}, pode marcar", "ok {} obrigada"])


def proposed(day: date, at: time, cents: int) -> Item:
    return visit("Rex", "Banho", day, at, cents)


@given(TODAYS, st.integers(0, 200), MOMENTS, st.integers(500, 99_900), YESES, st.data())
def test_a_yes_may_repeat_what_was_proposed_in_any_notation(
    today: date, ahead: int, at: time, cents: int, yes: str, data: st.DataObject
) -> None:
    day = today + timedelta(days=ahead)
    detail = data.draw(st.sampled_from([*notations.days(day, today), *notations.times(at), *notations.amounts(cents)]))
    text = yes.format(detail)
    assert decide(text, "book", [proposed(day, at, cents)], today, ZONE, OTHERS) == "yes", text


@given(TODAYS, st.integers(0, 200), MOMENTS, st.integers(500, 99_900), YESES, st.data())
def test_a_yes_names_no_other_detail_in_any_notation(today: date, ahead: int, at: time, cents: int, yes: str, data: st.DataObject) -> None:
    day = today + timedelta(days=ahead)
    other_day = today + timedelta(days=data.draw(st.integers(0, 200).filter(lambda n: n != ahead)))
    # On the clock of twelve hours "3h" is the afternoon's, too.
    other = data.draw(MOMENTS.filter(lambda t: (t.hour % 12, t.minute) != (at.hour % 12, at.minute)))
    other_cents = data.draw(st.integers(500, 99_900).filter(lambda n: n != cents))
    ways = [*notations.days(other_day, today), *notations.times(other), *notations.amounts(other_cents)]
    text = yes.format(data.draw(st.sampled_from(ways)))
    assert decide(text, "book", [proposed(day, at, cents)], today, ZONE, OTHERS) != "yes", text
    asked = (
        f"marca banho pro Rex {data.draw(st.sampled_from(notations.days(day, today)))} {data.draw(st.sampled_from(notations.times(other)))}"
    )
    assert not names_everything(asked, "book", proposed(day, at, cents), today, ZONE, OTHERS), asked


NUMBER = st.integers(0, 23)


@given(NUMBER, st.sampled_from(["sim, às {}h", "pode ser {}h", "confirma às {} horas", "ok {}", "isso, {}h"]))
def test_a_yes_names_no_other_hour(hour: int, words: str) -> None:
    kind, items = PROPOSALS["A"]
    understood = decide(words.format(hour), kind, items, TODAY, ZONE, OTHERS)
    # Ten is the hour, twenty-seven the day, and none is the minute.
    assert understood != "yes" or hour in (10, 0)


@given(
    st.dates(date(2026, 11, 25), date(2027, 11, 20)),
    st.sampled_from(["sim, dia {:%d/%m}", "pode confirmar {:%d/%m/%Y}", "fechado, {:%d/%m}!"]),
)
def test_a_yes_names_no_other_day(day: date, words: str) -> None:
    kind, items = PROPOSALS["A"]
    assert (decide(words.format(day), kind, items, TODAY, ZONE, OTHERS) == "yes") == (day == date(2026, 11, 27))


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for kind, items in PROPOSALS.values():
        assert decide(text, kind, items, TODAY, ZONE, OTHERS) in (None, "yes", "no", "unclear")
        assert isinstance(names_everything(text, kind, items[0], TODAY, ZONE), bool)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("marca banho pro Rex sexta às 10h, pode confirmar", True),
        ("Quero agendar banho para meu cachorro Rex sexta às 10h", True),
        ("queria agendar um banhinho pro Rex, sexta 27/11, 10h", True),
        ("tem horário pra banho do Rex sexta às 10h?", False),
        ("pode marcar banho do Rex sexta às 10h?", False),
        ("quero marcar banho pro Rex sexta 10h ou sábado 9h", False),
        ("marca banho sexta às 10h", False),
        ("marca pro Rex sexta às 10h", False),
        ("marca banho pro Rex sexta às 11h", False),
        ("marca banho pro Rex sábado às 10h", False),
        ("não marca banho pro Rex sexta às 10h", False),
        ("marca banho pro Rex sexta às 10h se der", False),
    ],
)
def test_naming_everything_is_plain_and_complete(text: str, names: bool) -> None:
    kind, items = PROPOSALS["A"]
    assert names_everything(text, kind, items[0], TODAY, ZONE) == names


@pytest.mark.parametrize(
    ("text", "pet", "others", "answer"),
    [
        ("pode ser de tarde", "Rex", (), None),
        ("quero à noite", "Rex", (), None),
        ("boa tarde, sim", "Rex", (), "yes"),
        ("sim, onze horas", "Rex", (), None),
        ("sim, às dez", "Rex", (), "yes"),
        ("sim, em dezembro", "Rex", (), None),
        ("é pra Beleza", "Beleza", (), None),
        ("sim, pra Beleza", "Beleza", (), "yes"),
        ("sim", "Sim", (), "yes"),
        ("sim", "Rex", ("Sim",), "yes"),
        ("não", "Não", (), "no"),
    ],
)
def test_parts_of_the_day_months_and_names_are_no_yes(text: str, pet: str, others: tuple[str, ...], answer: str | None) -> None:
    assert decide(text, "book", [bath(pet)], date(2026, 11, 24), ZONE, others) == answer


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("", True),
        (", pode confirmar", True),
        (" e às 10h da manhã", True),
        (" por 50 reais", False),
        (" por 70 reais", True),
        (" de graça", False),
        (" e tosa", False),
        (" junto com a Mel", False),
        (" toda semana", False),
        (" por 4 semanas", False),
        (" com leva e traz", False),
        (" e dia 4/12", False),
    ],
)
def test_who_names_more_than_is_booked_is_asked(more: str, named: bool) -> None:
    text = f"marca banho pro Rex sexta às 10h{more}"
    assert names_everything(text, "book", bath("Rex"), date(2026, 11, 24), ZONE, ("Mel", "Tosa", "Banho", "Rex")) is named


@pytest.mark.parametrize("words", ["remarca", "muda", "passa", "cancela", "troca"])
def test_who_asks_for_something_else_has_not_booked(words: str) -> None:
    text = f"{words} o banho do Rex pra sexta às 10h, pode confirmar"
    assert not names_everything(text, "book", bath("Rex"), date(2026, 11, 24), ZONE)


@pytest.mark.parametrize("text", ["sim " + "9" * 5000, "9" * 5000, "sim\n[…]\nsim"])
def test_a_number_beyond_counting_and_a_part_of_a_message_are_no_answer(text: str) -> None:
    kind, items = PROPOSALS["A"]
    assert decide(text, kind, items, TODAY, ZONE) is None


def test_a_part_of_a_message_names_nothing() -> None:
    text = "marca banho pro Rex sexta às 10h"
    assert names_everything(text, "book", bath("Rex"), date(2026, 11, 24), ZONE)
    assert not names_everything(f"{text}\n[…]\n", "book", bath("Rex"), date(2026, 11, 24), ZONE)
