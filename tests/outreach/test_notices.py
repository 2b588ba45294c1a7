"""What the shop says unasked, word by word."""

from datetime import date, time

import pytest

from service.outreach import kinds
from service.outreach.kinds import Appointment, Treatment
from service.outreach.message import Customer

TODAY = date(2026, 11, 26)
ANA = Customer("Ana Souza", "Pet Shop Patinhas")
BATH = Appointment("Banho", "Rex", time(10))


@pytest.mark.parametrize(
    ("day", "when"),
    [
        (date(2026, 11, 26), "hoje, quinta-feira, 26/11/2026"),
        (date(2026, 11, 27), "amanhã, sexta-feira, 27/11/2026"),
        (date(2026, 11, 28), "no sábado, 28/11/2026"),
        (date(2026, 11, 30), "na segunda-feira, 30/11/2026"),
    ],
)
def test_a_reminder_has_service_pet_day_and_time(day: date, when: str) -> None:
    notice = kinds.reminder(ANA, day, TODAY, [BATH], asks=True)
    assert notice.content == f"Oi, Ana! Lembrete: Banho de Rex {when}, às 10h. Responda SIM para confirmar ou NÃO para cancelar."
    assert notice.parameters == ("Ana", "Pet Shop Patinhas", "Banho de Rex às 10h", when, kinds.ASK)


def test_several_appointments_are_a_list() -> None:
    three = [BATH, Appointment("Tosa", "Mel", time(10, 30)), Appointment("Consulta", None, time(11))]
    notice = kinds.reminder(ANA, date(2026, 11, 27), TODAY, three, asks=False)
    assert notice.content == (
        "Oi, Ana! Lembrete para amanhã, sexta-feira, 27/11/2026:\n- Banho de Rex às 10h\n- Tosa de Mel às 10h30\n- Consulta às 11h\n"
        "Esperamos vocês! 🐾"
    )
    assert notice.parameters[2] == "Banho de Rex às 10h, Tosa de Mel às 10h30 e Consulta às 11h"


@pytest.mark.parametrize("name", [None, "", "  "])
def test_without_a_name_the_template_still_has_its_placeholder(name: str | None) -> None:
    notice = kinds.follow_up(Customer(name, "Patinhas"), date(2026, 11, 25), TODAY, [])
    assert notice.content.startswith("Oi! Como foi a visita do seu pet ontem, quarta-feira, 25/11/2026?")
    assert notice.parameters == ("cliente", "Patinhas", "seu pet", "ontem, quarta-feira, 25/11/2026")


@pytest.mark.parametrize(
    ("due_on", "treatments", "said"),
    [
        (date(2026, 12, 3), [("vaccine", "V10")], "Vence na quinta-feira, 03/12/2026: vacina V10 de Rex."),
        (date(2026, 11, 26), [("vaccine", "Vacina antirrábica")], "Vence hoje, quinta-feira, 26/11/2026: Vacina antirrábica de Rex."),
        (date(2026, 11, 25), [("dewormer", "Oral")], "Venceu ontem, quarta-feira, 25/11/2026: vermífugo Oral de Rex."),
        (
            date(2026, 11, 27),
            [("vaccine", "V10"), ("dewormer", "Oral")],
            "Vencem amanhã, sexta-feira, 27/11/2026: vacina V10 de Rex e vermífugo Oral de Rex.",
        ),
    ],
)
def test_what_is_due(due_on: date, treatments: list[tuple[str, str]], said: str) -> None:
    notice = kinds.vaccine(ANA, due_on, TODAY, [Treatment(kind, name, "Rex") for kind, name in treatments])  # type: ignore[arg-type]
    assert notice.content == f"Oi, Ana! {said} Quer marcar um horário? É só dizer o dia que prefere."
    assert all(notice.parameters)


def test_names_stay_in_their_line() -> None:
    notice = kinds.no_show(Customer("Ana\nSouza", "Pet\tShop"), date(2026, 11, 26), TODAY, ["Rex\n", "Mel"])
    assert notice.content.startswith("Oi, Ana! Sentimos falta de Rex e Mel hoje, quinta-feira, 26/11/2026. ")
    assert notice.parameters[1] == "Pet Shop"


@pytest.mark.parametrize(
    ("pets", "is_driven_home", "said"),
    [
        (["Rex"], False, "Tudo pronto com Rex: já pode vir buscar. 🐾"),
        (["Rex", "Mel", "Rex"], True, "Tudo pronto com Rex e Mel: já vamos levar até você. 🐾"),
        ([None], False, "Tudo pronto com seu pet: já pode vir buscar. 🐾"),
    ],
)
def test_what_is_ready(pets: list[str | None], is_driven_home: bool, said: str) -> None:
    notice = kinds.ready(ANA, pets, is_driven_home=is_driven_home)
    assert notice.content == f"Oi, Ana! {said}\nPet Shop Patinhas"
    assert notice.parameters[:2] == ("Ana", "Pet Shop Patinhas")
    assert ": ".join(notice.parameters[2:]) in said
