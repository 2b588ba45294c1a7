"""A call is carried out with what was said, or not at all: what grounds each argument, and what does not."""

from datetime import timedelta
from typing import Annotated, Any, get_type_hints

import pytest

from service.platform.database import Database
from tests.kit import documents
from tests.kit.saying import heard, refusal, stands
from tools import definition
from tools.definition import tool
from tools.grounds import Ground
from tools.registry import AURORA, CLIENT
from tools.results import Refused
from tools.runtime import Run
from tools.said import Said

ALL = [*CLIENT, *AURORA]
REX, MEL, BOB = documents.pet("Rex", breed="Poodle"), documents.pet("Mel", species="cat"), documents.pet("Bob", breed="Labrador")
FRIDAY, NEXT_FRIDAY = "2026-11-27", "2026-12-04"  # today is Tuesday, 24/11
# What the model words as it likes: it is for the team, for a search, or chooses between two questions that the customer answers.
FREE = {("escalate_to_human", "reason"), ("search_knowledge", "question"), ("stop_messages", "resume")}
BATH = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": "sexta", "preferred_time": "10h"}


@pytest.mark.parametrize("one", ALL, ids=lambda one: str(one.name))
def test_every_argument_declares_what_it_rests_on(one: definition.Tool) -> None:
    hints = get_type_hints(one.function, include_extras=True)
    for name in one.takes:
        grounds = [of for of in getattr(hints[name], "__metadata__", ()) if isinstance(of, Ground)]
        assert grounds == [one.grounds[name].ground], f"{one.name} must say what {name} rests on: Annotated[…, Said.…]"
        assert grounds != [Said.ANYTHING] or (one.name, name) in FREE


def test_an_argument_without_a_ground_is_refused_when_the_tool_is_made() -> None:
    with pytest.raises(TypeError, match=r"what days rests on"):

        @tool()
        async def groundless(db: Database, runtime: Run, name: Annotated[str, Said.PET], days: int = 0) -> Refused:
            """Make something up.

            Args:
                name: whom.
                days: how long.
            """
            return Refused(error="")


# Names


@pytest.mark.parametrize(
    ("lines", "name", "is_said"),
    [
        (["bom dia"], "Buddy", False),
        (["bom dia"], "Bom Dia", False),
        (["oi, quero banho"], "Ana", False),
        (["oi, aqui é a Ana, quero um banho"], "Ana", False),
        (["sou a Carla"], "Carla", False),
        (["me chamo Carla"], "Carla", False),
        (["tenho uma gata, a Ana"], "Ana", True),
        (["minha cachorra se chama Ana"], "Ana", True),
        (["tenho um cachorro"], "Cachorro", False),
        (["loja: Como ele se chama?", "Cachorro"], "Cachorro", True),
        (["meu gato chama Gato"], "Gato", True),
        (["quero banho pro rex"], "Rex", True),
        (["quero banho pro rexinho"], "Rex", False),
        (["quero banho pra minha cachorra", "é a Maria Flor"], "Maria Flor", True),
        (["é a Maria Flor, tudo bem?"], "Maria Flor", False),
        (["são a Maria e a Flor"], "Maria Flor", False),
        (["banho pra Maria"], "Maria Flor", False),
        (["Quero marcar", "pro Zé", "sexta"], "Zé", True),
        (["loja: Olá! O Thor vem?", "oi"], "Thor", False),
        (["loja: Para qual pet?", "é o D'Artagnan"], "D'Artagnan", True),
        (["a preta"], "Preta", False),
        (["loja: Qual é o nome dela?", "Preta"], "Preta", True),
    ],
)  # fmt: skip
def test_a_pets_name_is_the_customers_word_for_word(lines: list[str], name: str, is_said: bool) -> None:
    assert (refusal(heard(*lines, "é um cachorro"), "register_pet", name=name, species="dog") == "") is is_said


@pytest.mark.parametrize(
    ("line", "name", "is_said"),
    [
        ("meu nome é Rita de Cássia", "Rita de Cássia", True),
        ("meu nome é Rita", "Rita de Cássia", False),
        ("sou a Carla", "Carla", True),
        ("pode me chamar de Bia", "Bia", True),
        ("bom dia", "Ana Maria", False),
        ("meu cachorro se chama Thor", "Thor", False),
        ("sou o tutor do Rex", "Rex", False),
        ("sou dono do gato Tom", "Tom", False),
    ],
)  # fmt: skip
def test_the_customers_own_name_is_told_of_themselves(line: str, name: str, is_said: bool) -> None:
    assert (refusal(heard(line, pets=(REX,)), "update_my_data", name=name) == "") is is_said


def test_a_pet_is_not_renamed_unasked() -> None:
    assert "Max" in refusal(heard("o Rex é grande", pets=(REX,)), "update_pet", pet_name="Rex", new_name="Max", size="large")
    assert stands(heard("o nome certo é Max", pets=(REX,)), "update_pet", pet_name="Rex", new_name="Max") == {
        "pet_name": "Rex", "new_name": "Max",
    }  # fmt: skip
    assert refusal(heard("o Rex é grande", pets=(REX,)), "update_pet", pet_name="Rex", new_name="Rex", size="large") == ""


# What is stored of a pet


@pytest.mark.parametrize(
    ("lines", "species", "refused"),
    [
        (["o Pipo é meu coelho"], "dog", "O cliente disse coelho, não cachorro."),
        (["o Pipo é meu coelho"], "rabbit", ""),
        (["quero banho pro Pipo"], "dog", "pergunte"),
        (["o Pipo é um golden"], "dog", ""),
        (["o Pipo é um gato vira-lata"], "dog", "O cliente disse gato, não cachorro."),
        (["o Pipo é vira-lata"], "dog", ""),
        (["tenho um cachorro, o Pipo, e um gato"], "cat", "O cliente disse cachorro, não gato."),
        (["loja: O Pipo é um cachorro?", "isso, o Pipo"], "dog", ""),
        (["loja: O Pipo é cachorro ou gato?", "sim, o Pipo"], "dog", "pergunte"),
        (["quanto cobra o banho do Pipo?"], "reptile", "pergunte"),
        (["o Pipo é um furão"], "other", ""),
        (["ave maria, o Pipo tá sujo"], "bird", "pergunte"),
    ],
)  # fmt: skip
def test_a_species_was_named(lines: list[str], species: str, refused: str) -> None:
    why = refusal(heard(*lines), "register_pet", name="Pipo", species=species)
    assert refused in why
    assert bool(refused) == bool(why)


def test_a_species_that_was_left_out_is_the_one_that_was_named() -> None:
    assert stands(heard("a Pipa é minha gata"), "register_pet", name="Pipa") == {"name": "Pipa", "species": "cat"}
    assert "pergunte" in refusal(heard("cadastra a Pipa"), "register_pet", name="Pipa")
    assert "pergunte" in refusal(heard("a Pipa é gata e o Tom é cachorro"), "register_pet", name="Pipa")


@pytest.mark.parametrize(
    ("line", "told", "stand"),
    [
        ("o Pipo é cachorro", {"breed": "Poodle"}, {}),
        ("o Pipo é cachorro, um golden", {"breed": "Golden Retriever"}, {"breed": "Golden Retriever"}),
        ("o Pipo é cachorro vira lata", {"breed": "SRD"}, {"breed": "SRD"}),
        ("a Pipo é uma labradora", {"breed": "Labrador"}, {"breed": "Labrador"}),
        ("o Pipo é cachorro, um bulldog", {"breed": "Bulldog Francês"}, {}),
        ("o Pipo é cachorro da raça Fila Brasileiro", {"breed": "Fila Brasileiro"}, {"breed": "Fila Brasileiro"}),
        ("o Pipo é cachorro de dois aninhos", {"age": 2}, {"age": 2}),
        ("o Pipo é cachorro de 6 meses", {"age": 0.5}, {"age": 0.5}),
        ("o Pipo é cachorro, fez 3 anos em maio", {"age": 3}, {"age": 3}),
        ("o Pipo é cachorro, tem um ano e meio", {"age": 1.5}, {"age": 1.5}),
        ("o Pipo é cachorro de 1 ano e 3 meses", {"age": 1.25}, {"age": 1.25}),
        ("o Pipo é cachorro, nasceu em 2020", {"age": 6}, {"age": 6}),
        ("o Pipo é cachorro de 2 anos", {"age": 3}, {}),
        ("o Pipo é cachorro", {"age": 1}, {}),
        ("o Pipo é cachorro, nasceu dia 10/03/2024", {"birth_date": "2024-03-10"}, {"birth_date": "2024-03-10"}),
        ("o Pipo é cachorro", {"birth_date": "2024-03-10"}, {}),
        ("o Pipo é cachorro de porte médio", {"size": "medium"}, {"size": "medium"}),
        ("o Pipo é cachorro pequeno", {"size": "Grande"}, {}),
        ("o Pipo é cachorro peludinho", {"coat": "long", "size": "small"}, {"coat": "long"}),
    ],
)  # fmt: skip
def test_what_was_not_told_of_a_pet_is_left_out(line: str, told: dict[str, Any], stand: dict[str, Any]) -> None:
    assert stands(heard(line), "register_pet", name="Pipo", species="dog", **told) == {"name": "Pipo", "species": "dog", **stand}


@pytest.mark.parametrize(
    ("line", "notes", "is_said"),
    [
        ("ele tem medo do secador", "Tem medo de secador", True),
        ("o Rex é alérgico a perfume", "Alergia a perfume", True),
        ("o Rex é alérgico", "Não é alérgico", False),
        ("ele não gosta de água quente", "não gosta de água quente", True),
        ("ele tem medo do secador", "Tem medo de secador e morde", False),
        ("bom dia", "Cliente VIP", False),
    ],
)  # fmt: skip
def test_a_note_has_the_customers_words_only(line: str, notes: str, is_said: bool) -> None:
    assert (refusal(heard(line, pets=(REX,)), "update_pet", pet_name="Rex", notes=notes) == "") is is_said


def test_a_death_was_told() -> None:
    assert "morreu" in refusal(heard("o Rex não vem mais", pets=(REX,)), "update_pet", pet_name="Rex", died=True)
    assert refusal(heard("o Rex faleceu ontem", pets=(REX,)), "update_pet", pet_name="Rex", died=True) == ""
    said = heard("o Rex é grande", pets=(REX,))
    assert stands(said, "update_pet", pet_name="Rex", size="large", died=False) == {"pet_name": "Rex", "size": "large"}


def test_what_is_on_record_may_be_repeated() -> None:
    said = heard("o Rex tem medo de secador", pets=(REX,))
    told = {"pet_name": "Rex", "species": "dog", "breed": "Poodle", "notes": "medo de secador"}
    assert stands(said, "update_pet", **told) == told


# Which pet, which service


@pytest.mark.parametrize(
    ("lines", "wanted", "is_said"),
    [
        (["banho sexta às 10h"], "Rex", False),
        (["banho pro rex"], "Rex", True),
        (["banho pro réx"], "Rex", True),
        (["banho pra melzinha"], "Mel", True),
        (["banho às 10h"], "Rex, Mel e Bob", False),
        (["banho às três"], "Rex, Mel e Bob", False),
        (["banho para as três"], "Rex, Mel e Bob", True),
        (["banho pro gato"], "Mel", True),
        (["banho pro cachorro"], "Rex", False),
        (["banho pro poodle"], "Rex", True),
        (["banho pros três"], "Rex, Mel e Bob", True),
        (["banho nos cachorros"], "Rex e Bob", True),
        (["banho"], "Rex, Mel e Bob", False),
        (["loja: Lembrete: Banho de Rex amanhã. Responda SIM.", "não vou conseguir, pode ser banho sexta?"], "Rex", True),
    ],
)  # fmt: skip
def test_of_several_pets_the_one_that_was_named(lines: list[str], wanted: str, is_said: bool) -> None:
    said = heard(*lines, pets=(REX, MEL, BOB))
    why = refusal(said, "book_appointment", **{**BATH, "pet_name": wanted, "preferred_date": "qualquer dia", "preferred_time": None})
    assert ("para qual pet" not in why) is is_said


def test_who_has_one_pet_speaks_of_it() -> None:
    assert stands(heard("banho sexta às 10h", pets=(REX,)), "book_appointment", **BATH) == BATH


@pytest.mark.parametrize(
    ("lines", "wanted", "why"),
    [
        (["sexta às 10h pro Rex"], "Banho", "O cliente não disse qual serviço: pergunte."),
        (["um banhinho sexta às 10h"], "Banho", ""),
        (["dá pra lavar o Rex sexta às 10h?"], "Banho", ""),
        (["aparar o pelo dele sexta às 10h"], "Tosa", ""),
        (["tosse muito, sexta às 10h"], "Tosa", "pergunte"),
        (["passar no veterinário sexta às 10h"], "Consulta", ""),
        (["loja: Banho ou Tosa?", "o primeiro, sexta às 10h"], "Banho", ""),
        (["banho ou tosa, sexta às 10h"], "Consulta", "O cliente falou de Banho ou Tosa, não de Consulta."),
        (["banho sexta às 10h"], "Massagem", ""),
    ],
)  # fmt: skip
def test_a_service_was_spoken_of(lines: list[str], wanted: str, why: str) -> None:
    told = refusal(heard(*lines, pets=(REX,)), "book_appointment", **{**BATH, "service_type": wanted})
    assert why in told
    assert bool(why) == bool(told)


def test_of_services_that_share_a_word_the_whole_name_was_said() -> None:
    names = ("Tosa Higiênica", "Tosa na Máquina", "Banho")
    for line, is_said in (("tosa sexta às 10h", False), ("tosa higienica sexta às 10h", True)):
        said = heard(line, pets=(REX,), services=names)
        assert (refusal(said, "book_appointment", **{**BATH, "service_type": "Tosa Higiênica"}) == "") is is_said


# When


@pytest.mark.parametrize(
    ("lines", "day", "why"),
    [
        (["banho sexta às 10h"], FRIDAY, ""),
        (["banho às 10h"], FRIDAY, "não disse o dia: pergunte"),
        (["banho dia 15 às 10h"], "2026-12-15", ""),
        (["banho semana que vem às 10h"], "2026-12-01", ""),
        (["banho semana que vem às 10h"], "2026-11-26", "não está quinta-feira, 26/11/2026"),
        (["banho semana que vem, qualquer dia, às 10h"], "2026-12-01", ""),
        (["banho às 10h, tanto faz o dia"], FRIDAY, ""),
        (["loja: Tenho quarta, 25/11, ou sexta, 27/11.", "a segunda opção, banho às 10h"], FRIDAY, ""),
        (["banho quinta às 10h", "loja: Pode ser quinta, 26/11, às 10h?", "não, sexta"], FRIDAY, ""),
        (["quero banho", "pro rex", "sexta 10h"], FRIDAY, ""),
        (["banho às 10h, terça ou quarta"], "2026-11-25", ""),
        (["banho às 10h, terça ou quarta"], FRIDAY, "disse quarta-feira, 25/11/2026 ou terça-feira, 01/12/2026"),
        (["bom dia, banho às 10h"], "2026-11-24", "pergunte"),
    ],
)  # fmt: skip
def test_a_booking_is_on_a_day_that_was_named(lines: list[str], day: str, why: str) -> None:
    told = refusal(heard(*lines, pets=(REX,)), "book_appointment", **{**BATH, "preferred_date": day})
    assert why in told
    assert bool(why) == bool(told)


@pytest.mark.parametrize(
    ("lines", "time", "stand", "why"),
    [
        (["banho sexta 10h30"], "10:30", True, ""),
        (["banho sexta às 3"], "15:00", True, ""),
        (["banho sexta às 3 da tarde"], "15h", True, ""),
        (["banho sexta"], "10h", False, ""),
        (["banho sexta de manhã"], "10h", True, ""),
        (["banho sexta de manhã"], "14h", False, ""),
        (["banho sexta de manhã, no primeiro horário que tiver"], "9h", True, ""),
        (["banho sexta de manhã, no primeiro horário que tiver"], "14h", False, ""),
        (["banho sexta", "loja: Tenho 9h, 10h e 14h.", "a do meio"], "10h", True, ""),
        (["banho sexta", "loja: A que horas?", "10"], "10:00", True, ""),
        (["banho sexta", "loja: A que horas?", "pode ser 3"], "15:00", True, ""),
        (["banho sexta às 10h", "não, às 15h"], "15h", True, ""),
        (["banho do Rex sexta às 10h e do Bob às 11h"], "10h", True, ""),
        (["banho do Rex sexta às 10h e do Bob às 11h"], "15h", False, "O cliente disse 10h ou 11h, não 15h."),
        (["banho sexta às 10h", "não tem medo de secador"], "10h", True, ""),
    ],
)  # fmt: skip
def test_a_booking_is_at_a_time_that_was_named(lines: list[str], time: str, stand: bool, why: str) -> None:
    said = heard(*lines, pets=(REX,))
    args = {**BATH, "preferred_time": time}
    assert refusal(said, "book_appointment", **args) == why
    if not why:
        left = {key: args[key] for key in args if key != "preferred_time"}
        # Within the part of the day that was said the model may choose a time, and need not.
        part = {"preferred_time": "das 00:00 às 11:59"} if "manhã" in lines[0] else {}
        assert stands(said, "book_appointment", **args) == (args if stand else left | part)


# Of two wishes the one that was not yet answered is meant.
TWO_WISHES = ["banho quinta às 9h", "loja: Prontinho, está marcado.", "e também uma consulta na sexta às 10h"]


@pytest.mark.parametrize(
    ("lines", "called", "stands_for"),
    [
        (["banho sexta às 10h"], {"service_type": "Tosa"}, {"service_type": "Banho"}),
        (["banho sexta às 10h"], {"service_type": "Banho e Tosa"}, {"service_type": "Banho"}),
        (["banho sexta às 10h"], {"service_type": "Hidratação"}, {"service_type": "Banho"}),
        (["banho sexta às 10h"], {"service_type": ""}, {"service_type": "Banho"}),
        (["banho sexta às 10h"], {"preferred_date": "2026-11-26"}, {"preferred_date": FRIDAY}),
        (["banho sexta às 10h"], {"preferred_date": "sexta de manhã"}, {"preferred_date": FRIDAY}),
        (["banho sexta às 10h"], {"preferred_date": None}, {"preferred_date": FRIDAY}),
        (["banho quinta 10h", "loja: Pode ser quinta, 26/11?", "não, sexta"], {"preferred_date": "2026-11-26"}, {"preferred_date": FRIDAY}),
        (["banho às 10h, quinta não posso, só sexta"], {"preferred_date": "2026-11-26"}, {"preferred_date": FRIDAY}),
        (["banho sexta 10h30"], {"preferred_time": "10h"}, {"preferred_time": "10:30"}),
        (["banho sexta 10h30"], {"preferred_time": "de manhã"}, {"preferred_time": "10:30"}),
        (["banho sexta às 10h"], {}, {"preferred_time": "10:00"}),
        (["banho sexta às 3"], {"preferred_time": "10h"}, {"preferred_time": "15:00"}),
        (["banho sexta às 10h", "não, às 15h"], {"preferred_time": "10h"}, {"preferred_time": "15:00"}),
        (["banho sexta às 10h. Aliás, 11h"], {"preferred_time": "10h"}, {"preferred_time": "11:00"}),
        (TWO_WISHES, {"preferred_date": "2026-11-24", "preferred_time": "1h"}, {"preferred_date": FRIDAY, "preferred_time": "10:00"}),
        (TWO_WISHES, {"service_type": "Banho"}, {"service_type": "Consulta"}),
        (["banho pra Mel sexta às 10h"], {"pet_name": "Rex"}, {"pet_name": "Mel"}),
        (["banho pra Mel sexta às 10h"], {"pet_name": "Rex e Mel"}, {"pet_name": "Mel"}),
        (["banho pra Mel sexta às 10h"], {"pet_name": "Buddy"}, {"pet_name": "Mel"}),
    ],
)  # fmt: skip
def test_the_only_one_that_was_said_takes_the_place_of_what_a_model_made_up(
    lines: list[str], called: dict[str, Any], stands_for: dict[str, Any]
) -> None:
    said = heard(*lines, pets=(REX, MEL))
    args = {"pet_name": "Mel", "service_type": "Banho", "preferred_date": FRIDAY, **called}
    if "Mel" not in " ".join(lines):
        said, args = heard(*lines, pets=(REX,)), {**args, "pet_name": "Rex"}
    assert stands_for.items() <= stands(said, "book_appointment", **args).items()


def test_a_name_that_somebody_wrote_is_the_tools_to_refuse() -> None:
    args = {"service_type": "Banho", "preferred_date": FRIDAY, "pet_name": "Luna"}
    assert stands(heard("banho pra Luna sexta às 10h", pets=(REX,)), "book_appointment", **args)["pet_name"] == "Luna"
    asked = {"pet_name": "Rex", "preferred_date": FRIDAY, "service_type": "Massagem"}
    assert stands(heard("banho e massagem sexta", pets=(REX,)), "book_appointment", **asked)["service_type"] == "Massagem"


def test_words_age() -> None:
    """A day that was said is a day of the week in which it was said, and an hour of long ago is no hour."""
    line = "banho pro rex sexta às 10h"
    assert refusal(heard(line, "oi", pets=(REX,), days_ago=2), "book_appointment", **{**BATH, "preferred_date": FRIDAY}) == ""
    for day in (FRIDAY, "2026-11-20"):
        assert refusal(heard(line, "oi", pets=(REX,), days_ago=6), "book_appointment", **{**BATH, "preferred_date": day})
    assert stands(heard("o Pipo é um gato de 2 anos", "oi", days_ago=30), "register_pet", name="Pipo", species="cat", age=2)["age"] == 2


@pytest.mark.parametrize(
    ("line", "day", "why"),
    [
        ("tem vaga pra banho?", "amanhã", 'pergunte qual. Ou consulte "qualquer dia"'),
        ("tem vaga pra banho?", "qualquer dia", ""),
        ("tem vaga pra banho?", "semana que vem", ""),
        ("tem banho semana que vem?", "segunda", ""),
        ("tem banho semana que vem?", "amanhã", ""),
        ("tem banho sexta?", "sexta", ""),
        ("tem banho sexta de manhã?", "sexta de manhã", ""),
    ],
)  # fmt: skip
def test_a_look_is_at_days_within_what_was_said(line: str, day: str, why: str) -> None:
    told = refusal(heard(line, pets=(REX,)), "check_availability", service_type="Banho", preferred_date=day)
    assert why in told
    assert bool(why) == bool(told)


def test_the_waiting_list_is_for_the_days_that_were_said() -> None:
    asked = {"service_type": "Banho", "preferred_date": "semana que vem", "preferred_time": "de manhã"}
    said = heard("me põe na lista de espera pro banho semana que vem de manhã", pets=(REX,))
    assert stands(said, "join_waiting_list", **asked) == asked
    assert "pergunte" in refusal(heard("me avisa se abrir vaga pra banho", pets=(REX,)), "join_waiting_list", **asked)


def test_a_move_to_another_hour_of_the_same_day_keeps_the_day() -> None:
    at = documents.NOW + timedelta(days=9)
    booked = {
        "id": documents.pet().id, "pet": "Rex", "service": "Banho", "starts_at": at, "ends_at": at + timedelta(hours=1),
        "status": "scheduled", "professional": "Bia", "price_cents": 7000,
    }  # fmt: skip
    said = heard("muda meu banho pras 15h", pets=(REX,), appointments=[booked])
    assert refusal(said, "reschedule_appointment", new_date="2026-12-03", new_time="15h") == ""
    assert "pergunte" in refusal(said, "reschedule_appointment", new_date="2026-12-04", new_time="15h")


# How long, how often, by whom, where


@pytest.mark.parametrize(
    ("line", "told", "stand"),
    [
        ("banho sexta às 10h", {"nights": 1}, {}),
        ("hotel de sexta a domingo", {"nights": 2}, {"nights": 2}),
        ("hotel sexta, três noites", {"nights": 3}, {"nights": 3}),
        ("hotel sexta", {"nights": 2}, {}),
        ("banho sexta às 10h", {"repeat_weeks": 4}, {}),
        ("banho toda sexta por 4 semanas", {"repeat_weeks": 4}, {"repeat_weeks": 4}),
        ("banho sexta às 10h", {"professional": "Caio"}, {}),
        ("banho sexta com o caio", {"professional": "Caio"}, {"professional": "Caio"}),
        ("consulta sexta com a doutora Helena", {"professional": "Dra. Helena"}, {"professional": "Dra. Helena"}),
        ("banho sexta com o João", {"professional": "João Pedro"}, {"professional": "joao"}),
        ("banho sexta, moro em Moema", {"pickup_zone": "Moema"}, {}),
        ("banho sexta, busca ele em Moema?", {"pickup_zone": "Moema"}, {"pickup_zone": "Moema"}),
    ],
)  # fmt: skip
def test_what_a_visit_was_not_asked_for_is_left_out(line: str, told: dict[str, Any], stand: dict[str, Any]) -> None:
    said = heard(line, pets=(REX,))
    service = "Hotel" if "hotel" in line else "Consulta" if "consulta" in line else "Banho"
    args = {"pet_name": "Rex", "service_type": service, "preferred_date": FRIDAY}
    stood = stands(said, "book_appointment", **args, **told)
    assert {name: value for name, value in stood.items() if name != "preferred_time"} == args | stand


def test_how_often_and_where_is_asked_for_where_only_half_was_said() -> None:
    weekly = refusal(heard("banho toda sexta às 10h", pets=(REX,)), "book_appointment", **BATH, repeat_weeks=4)
    assert weekly == "O cliente não disse por quantas semanas: pergunte."
    fetched = refusal(heard("banho sexta às 10h com leva e traz", pets=(REX,)), "book_appointment", **BATH, pickup_zone="Moema")
    assert fetched == "O cliente não disse o bairro do leva e traz: pergunte qual."


# An owner's questions


@pytest.mark.parametrize(
    ("line", "period", "is_said"),
    [
        ("como foi hoje?", "hoje", True),
        ("oi", "hoje", True),
        ("oi", "semana passada", False),
        ("faturamento da semana passada e de outubro", "outubro", True),
        ("como foi ontem?", "este mês", False),
        ("de 01/11 a 15/11", "01/11 a 15/11", True),
        ("entre 15/11 e 01/11", "2026-11-01 a 2026-11-15", True),
    ],
)  # fmt: skip
def test_an_owners_period_was_said(line: str, period: str, is_said: bool) -> None:
    assert (refusal(heard(line), "business_summary", period=period) == "") is is_said


def test_an_owners_numbers_were_said() -> None:
    assert stands(heard("os 3 serviços que mais saem"), "top_services", limit=3) == {"limit": 3}
    assert stands(heard("o que mais sai?"), "top_services", limit=10) == {}
    assert stands(heard("quem não vem há dois meses?"), "inactive_clients", days=60, limit=20) == {"days": 60, "limit": 20}
    assert stands(heard("quem não vem há 3 meses?"), "inactive_clients", days=90) == {"days": 90}
    assert stands(heard("quem sumiu?"), "inactive_clients", days=30) == {}
    assert refusal(heard("tem vaga amanhã?"), "free_slots", date="amanhã") == ""
    assert refusal(heard("tem vaga?"), "free_slots", date="hoje") == ""
    assert refusal(heard("tem vaga amanhã?"), "free_slots", date="sexta") == ""


@pytest.mark.parametrize(
    ("line", "told", "nights"),
    [("hotel pro rex, entra segunda e fica 3 noites", 1, 3), ("hotel segunda, três diárias", None, 3)],
)
def test_the_nights_that_were_named_are_taken(line: str, told: int | None, nights: int) -> None:
    args = {"pet_name": "Rex", "service_type": "Hotel", "preferred_date": "segunda"} | ({"nights": told} if told else {})
    assert stands(heard(line, pets=(REX,)), "book_appointment", **args)["nights"] == nights


def appointment(service: str, days: int) -> dict[str, Any]:
    at = documents.NOW + timedelta(days=days)
    return {
        "id": documents.pet().id, "pet": "Mel", "service": service, "starts_at": at, "ends_at": at + timedelta(hours=1),
        "status": "scheduled", "professional": "Bia", "price_cents": 7000,
    }  # fmt: skip


def test_of_two_appointments_the_one_that_was_just_named_is_cancelled() -> None:
    booked = [appointment("Banho", 2), appointment("Consulta", 3)]
    thursday, friday = (str(documents.NOW.date() + timedelta(days=n)) for n in (2, 3))
    said = heard("quero cancelar um horário da Mel", "loja: Qual deles?", "só a consulta de sexta", pets=(MEL,), appointments=booked)
    args = {"pet_name": "Mel", "service_type": "Banho", "date": thursday}
    assert stands(said, "cancel_appointment", **args) == {"pet_name": "Mel", "service_type": "Consulta", "date": friday}
    unnamed = heard("quero cancelar um horário da Mel", pets=(MEL,), appointments=booked)
    assert stands(unnamed, "cancel_appointment", pet_name="Mel", date=thursday)["date"] == thursday


def test_where_an_appointment_stands_is_not_where_it_goes() -> None:
    booked = [appointment("Banho", 3)]
    friday, monday = (str(documents.NOW.date() + timedelta(days=n)) for n in (3, 6))
    said = heard("preciso remarcar o banho da Mel", "loja: Para qual dia?", "pra segunda às 17h", pets=(MEL,), appointments=booked)
    args = {"new_date": friday, "new_time": documents.NOW.strftime("%H:%M"), "current_date": monday, "pet_name": "Mel"}
    assert stands(said, "reschedule_appointment", **args) == {"new_date": monday, "new_time": "17:00", "pet_name": "Mel"}
    late = heard("cancela o banho de sábado", pets=(MEL,), appointments=booked)
    assert stands(late, "cancel_appointment", date="sábado") == {"date": "sábado"}


def test_the_nights_between_two_weekdays_are_counted_forward() -> None:
    # Written on a Saturday, the coming Monday is not the one behind the Friday.
    for days_ago in range(7):
        assert 3 in heard("tem hotel pro Rex de sexta até segunda?", pets=(REX,), days_ago=days_ago).nights
