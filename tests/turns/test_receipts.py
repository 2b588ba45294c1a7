"""How well replies are held against their evidence, on labelled ones; and what the rules never do."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.language.formatting import format_day, format_time
from service.language.grammar import MONTHS
from service.language.money import format_brl
from service.platform.clock import WEEKDAYS
from service.turns.receipts import Evidence, states_something, unbacked
from tests.kit.replies import Reply, evidence, evidence_in, replies

# What docs/agenda-and-safety.md states of these replies, now that the rules know them.
FALSE_ALARMS = MISSES = 0

TODAY = date(2026, 11, 23)
DAYS = st.integers(1, 60).map(lambda n: TODAY + timedelta(days=n))
TIMES = st.integers(16, 40).map(lambda n: time(n // 2, n % 2 * 30))
CENTS = st.integers(1, 400).map(lambda n: n * 500)


def test_false_alarms_and_misses_are_what_the_docs_state() -> None:
    alarms = [r for r in replies() if r.true and unbacked(r.text, evidence(r.scene))]
    missed = [r for r in replies() if not r.true and not unbacked(r.text, evidence(r.scene))]
    assert len(alarms) <= FALSE_ALARMS, alarms
    assert len(missed) <= MISSES, missed


def test_there_are_enough_replies_of_both_sorts() -> None:
    true = sum(reply.true for reply in replies())
    assert len(replies()) >= 100
    assert abs(true - len(replies()) / 2) <= len(replies()) / 10
    assert len({(reply.scene, reply.text) for reply in replies()}) == len(replies())


@pytest.mark.parametrize("reply", [r for r in replies() if not r.true], ids=lambda r: r.text[:40])
def test_the_cheap_look_lets_no_lie_by(reply: Reply) -> None:
    assert states_something(reply.text)


def test_a_reply_that_states_nothing_is_not_looked_at() -> None:
    assert not states_something("Oi, Ana! Como posso te ajudar?")


def booked(day: date, moment: time, cents: int = 7000) -> Evidence:
    """Return what backs a reply after a booking of the bath of Rex, and nothing else."""
    appointment = {"pet": "Rex", "service": "Banho", "date": day.isoformat(), "time": f"{moment:%H:%M}", "price": format_brl(cents)}
    return evidence_in({"tools": [{"book_appointment": {"success": True, "appointment": appointment}}]})


def test_what_is_cancelled_does_not_stand() -> None:
    visit = {"pet": "Rex", "service": "Banho", "date": "2026-11-27", "time": "10:00", "price": "R$ 70,00"}
    cancelled = evidence_in({"tools": [{"cancel_appointment": {"success": True, "appointment": visit}}]})
    assert unbacked("Pronto, cancelei Banho de Rex, sexta-feira, 27/11/2026 às 10h.", cancelled) == []
    assert unbacked("Pronto, cancelei o banho do Rex e agendei para sábado às 10h.", cancelled)


def offered(day: date, moment: time) -> Evidence:
    """Return what backs a reply after a look at a day with one free time."""
    return evidence_in({"tools": [{"check_availability": {"success": True, "date": day.isoformat(), "slots": [f"{moment:%H:%M}"]}}]})


def ways_to_say(day: date, moment: time) -> list[str]:
    """Write a moment as people do."""
    return [
        f"{format_day(day)}, às {format_time(moment)}",
        f"{WEEKDAYS[day.weekday()]} ({day:%d/%m}), {moment:%H:%M}",
        f"dia {day.day} de {MONTHS[day.month - 1]} às {moment:%H:%M}h",
        f"{day:%d/%m} às {moment.hour}h{moment.minute:02d}",
    ]


@given(DAYS, TIMES, st.integers(0, 3))
def test_what_was_booked_may_be_said_in_any_way(day: date, moment: time, way: int) -> None:
    said = ways_to_say(day, moment)[way]
    for words in (f"Banho do Rex agendado para {said}.", f"Marquei o Rex: {said}", f"Agendado! {said}", f"Te espero {said} 🐾"):
        assert unbacked(words, booked(day, moment)) == []


@given(DAYS, TIMES, st.integers(0, 3), DAYS, TIMES)
def test_no_other_moment_may_be_said_to_be_booked(day: date, moment: time, way: int, other_day: date, other: time) -> None:
    assume((day, moment) != (other_day, other))
    said = ways_to_say(other_day, other)[way]
    for words in (f"Banho do Rex agendado para {said}.", f"Marquei o Rex: {said}", f"Agendado! {said}", f"Te espero {said} 🐾"):
        assert unbacked(words, booked(day, moment))


@given(DAYS, TIMES, st.integers(0, 3), DAYS, TIMES)
def test_only_a_free_time_may_be_offered(day: date, moment: time, way: int, other_day: date, other: time) -> None:
    assert unbacked(f"Tenho vaga {ways_to_say(day, moment)[way]}.", offered(day, moment)) == []
    assume((day, moment) != (other_day, other))
    assert unbacked(f"Tenho vaga {ways_to_say(other_day, other)[way]}.", offered(day, moment))


@given(DAYS, st.integers(1, 6))
def test_a_weekday_that_is_not_the_dates_is_a_lie(day: date, away: int) -> None:
    wrong = WEEKDAYS[(day.weekday() + away) % 7]
    assert unbacked(f"Seria {wrong}, {day:%d/%m/%Y}.", booked(day, time(10)))


@given(CENTS, CENTS)
def test_only_a_price_that_a_tool_returned_may_be_said(cents: int, other: int) -> None:
    after = booked(TODAY + timedelta(days=1), time(10), cents)
    after.prices = {(service, price) for service, price in after.prices if price == cents}
    for words in (format_brl(cents), f"R${cents // 100}", f"{cents // 100} reais"):
        assert unbacked(f"O banho custa {words}.", after) == []
    assume(cents != other)
    assert unbacked(f"O banho custa {format_brl(other)}.", after)


@given(st.sampled_from([r for r in replies() if not r.true]))
def test_a_lie_among_true_sentences_is_still_one(lie: Reply) -> None:
    assert unbacked(f"Oi, Ana! Tudo bem?\n\n{lie.text}\n\nPosso ajudar em mais alguma coisa?", evidence(lie.scene))


WORDS = sorted({word for reply in replies() for word in reply.text.split()})


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)), st.sampled_from(["booked", "far"]))
def test_any_text_is_judged(text: str, scene: str) -> None:
    assert all(isinstance(reason, str) and reason for reason in unbacked(text, evidence(scene)))


def test_after_a_move_the_old_time_is_booked_no_longer() -> None:
    old, new = datetime(2026, 11, 27, 10), datetime(2026, 11, 26, 15)
    found = evidence("moved")
    assert unbacked(f"O banho do Rex está marcado para {format_day(new.date())} às {format_time(new.time())}.", found) == []
    assert unbacked(f"O banho do Rex está marcado para {format_day(old.date())} às {format_time(old.time())}.", found)


STAY = {"pet": "Rex", "service": "Hotel", "date": "2026-11-27", "time": "14:00", "until_date": "2026-11-30", "until_time": "12:00"}


@pytest.mark.parametrize(
    "scene",
    [
        {"tools": [{"book_appointment": {"success": True, "appointment": STAY}}]},
        {"appointments": [{"pet": "Rex", "service": "Hotel", "at": "2026-11-27 14:00", "until": "2026-11-30 12:00"}]},
    ],
)
def test_a_stay_has_an_end(scene: dict[str, Any]) -> None:
    found = evidence_in(scene)
    assert unbacked("Reservado! O Rex entra na sexta às 14h e sai na segunda às 12h.", found) == []
    assert unbacked("Reservado! O Rex entra na sexta às 14h e sai na terça às 12h.", found)


def test_a_pickup_zone_is_no_pet() -> None:
    appointment = {"pet": "Rex", "service": "Banho", "date": "2026-11-27", "time": "10:00", "pickup_zone": "Saúde"}
    found = evidence_in({"tools": [{"book_appointment": {"success": True, "appointment": appointment}}]})
    assert unbacked("Agendado: banho do Rex na sexta às 10h, e buscamos na Saúde.", found) == []


@pytest.mark.parametrize(
    "reply",
    [
        "As 11h já foram. O mais próximo é sexta, 27/11, às 10h.",
        "As alternativas são sexta, 27/11, às 10h e às 13h30.",
        "O próximo horário vago é sexta, 27/11, às 10h.",
        "As 11h já foram. O que resta é sexta às 10h.",
    ],
)
def test_an_alternative_told_without_a_question_is_no_booking(reply: str) -> None:
    assert unbacked(reply, evidence("c_taken")) == []


@pytest.mark.parametrize(
    "reply",
    [
        "Posso agendar?",
        "Quer que eu deixe agendado?",
        "Ainda não está agendado.",
        "Para deixar agendado preciso do nome do pet.",
        "Só fica agendado depois que você confirmar.",
        "Nada foi cancelado.",
        "Se quiser cancelar, me avise.",
        "Não consegui agendar.",
        "Vou agendar para você.",
        "O banho leva 60 minutos e o Rex tem 3 anos.",
        "Rua das Acácias, 120. Telefone (11) 3333-0001.",
        "Atendemos com hora marcada.",
    ],
)
def test_what_claims_nothing_needs_nothing(reply: str) -> None:
    assert unbacked(reply, evidence("hello")) == []
