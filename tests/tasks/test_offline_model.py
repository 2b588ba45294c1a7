"""Without a key: every path of both agents, through real turns, in words that people use."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from graphs.offline.client import BACK
from graphs.offline.model import UNFINISHED
from graphs.offline.talk import (
    ASK_DAY,
    ASK_NAME,
    ASK_PERSON,
    ASK_SERVICE,
    ASK_SPECIES,
    ASK_TIME,
    ASK_WHICH_APPOINTMENT,
    QUESTIONS,
    asked_in,
)
from service.messaging import inbox
from tests.kit import figures
from tests.kit.shop import Shop

ZONE = ZoneInfo("America/Sao_Paulo")
OWNER = "5511988880001"


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    """Provide a shop that no model server answers for."""
    return await open_shop(offline_model=True, openai_api_key=None, openai_base_url="http://127.0.0.1:9")


def next_monday() -> datetime:
    today = datetime.now(ZONE)
    return today + timedelta(days=7 - today.weekday())


async def said(shop: Shop, text: str, **more: str) -> str:
    """Return what the agent answers."""
    conversation_id = await shop.say(text, **more)
    return str((await shop.messages(conversation_id))[-1]["content"])


async def starts(shop: Shop) -> list[str]:
    """When what was booked here begins, at the shop."""
    rows = await shop.rows("select starts_at from bookings where conversation_id is not null and status = 'scheduled' order by 1")
    return [row["starts_at"].astimezone(ZONE).strftime("%Y-%m-%d %H:%M") for row in rows]


async def test_a_customer_books_step_by_step(shop: Shop) -> None:
    monday = next_monday()
    assert "Luna" in await said(shop, "Oi, boa tarde!")
    assert ASK_NAME in await said(shop, "queria agendar um banho")
    assert ASK_SPECIES in await said(shop, "é o Rex")
    assert ASK_DAY in await said(shop, "cachorro, golden retriever, 3 anos")
    offered = await said(shop, f"dia {monday:%d/%m}")
    assert "9h" in offered
    assert offered.endswith(ASK_TIME)
    asked = await said(shop, "15h por favor")
    assert asked == f"Fica assim: Banho de Rex, segunda-feira, {monday:%d/%m/%Y}, às 15h, R$ 70,00. Posso confirmar?"
    assert await starts(shop) == []
    assert "Banho de Rex" in await said(shop, "pode confirmar sim")

    (pet,) = await shop.rows("select species, breed, birth_date from pets where name = 'Rex'")
    assert (pet["species"], pet["breed"]) == ("dog", "Golden Retriever")
    assert pet["birth_date"].year in (monday.year - 3, monday.year - 4)
    (booking,) = await shop.rows(
        "select b.starts_at, s.name from bookings b join services s on s.id = b.service_id join pets p on p.id = b.pet_id "
        "where p.name = 'Rex'"
    )
    assert booking["name"] == "Banho"
    assert booking["starts_at"].astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == f"{monday:%Y-%m-%d} 15:00"
    assert "Banho de Rex" in await said(shop, "o que tenho marcado?")


async def test_everything_in_one_sentence_and_a_refusal(shop: Shop) -> None:
    monday = next_monday()
    assert "Bob" in await said(shop, "Tenho um poodle de 2 anos chamado Bob")
    assert "não abre" in await said(shop, f"quero agendar tosa pro Bob dia {monday + timedelta(days=6):%d/%m} às 10h")
    assert "Fica assim: Tosa de Bob" in await said(shop, f"então marca dia {monday:%d/%m} às 10h")
    assert "Tosa de Bob" in await said(shop, "sim")
    # Who names everything is not asked.
    assert "Banho de Bob" in await said(shop, f"agora marca banho pro Bob dia {monday:%d/%m} às 14h")


async def test_questions_are_answered_with_what_the_shop_wrote(shop: Shop) -> None:
    assert "quatro vagas" in await said(shop, "vocês têm estacionamento?")
    assert "Pix" in await said(shop, "e dá pra pagar no cartão?")
    assert "à equipe?" in await said(shop, "vendem aquário?")


async def test_slots_then_a_yes(shop: Shop) -> None:
    monday = next_monday()
    await said(shop, "minha gata se chama Mia")
    assert ASK_SERVICE in await said(shop, f"tem horário dia {monday:%d/%m} às 11h?")
    asked = await said(shop, "consulta")
    assert asked.startswith("Fica assim: Consulta de Mia")
    assert asked.count("?") == 1, "what is known is asked about once"
    assert "Consulta de Mia" in await said(shop, "pode sim")


async def test_a_correction_in_the_middle(shop: Shop) -> None:
    monday = next_monday()
    await said(shop, "meu gato se chama Tom")
    await said(shop, "quero marcar banho")
    assert ASK_TIME in await said(shop, f"dia {monday:%d/%m}")
    conversation_id = await shop.receive("às 14h")
    await shop.receive("não, às 15h")
    await shop.work(conversation_id)
    assert "às 15h" in (await shop.messages(conversation_id))[-1]["content"]


async def test_another_time_is_proposed_anew_and_a_no_frees_it(shop: Shop) -> None:
    monday = next_monday()
    await said(shop, "meu gato se chama Tom")
    await said(shop, f"banho dia {monday:%d/%m} às 14h, dá?")
    assert "às 11h, R$ 70,00. Posso confirmar?" in await said(shop, "sim, mas às 11h")
    assert "Quer outro dia ou horário?" in await said(shop, "não")
    assert await starts(shop) == []
    assert "às 9h, R$ 70,00. Posso confirmar?" in await said(shop, "às 9h então")
    assert "R$ 150,00" in await said(shop, "antes me diz quanto custa a consulta")
    assert "Responda SIM para confirmar Banho de Tom" in await said(shop, "sim"), "that answered nothing"
    assert "Banho de Tom" in await said(shop, "sim")
    assert await starts(shop) == [f"{monday:%Y-%m-%d} 09:00"]
    assert "Por nada" in await said(shop, "obrigada")


async def test_a_yes_that_comes_too_late_is_asked_again(shop: Shop) -> None:
    monday = next_monday()
    await said(shop, "meu gato se chama Tom")
    await said(shop, f"banho dia {monday:%d/%m} às 14h?")
    await shop.rows("update proposals set expires_at = now() - interval '1 minute' returning 1")
    again = await said(shop, "sim")
    assert again.endswith("Posso confirmar?")
    assert await starts(shop) == []
    assert "Banho de Tom" in await said(shop, "sim")


async def test_moving_and_cancelling(shop: Shop) -> None:
    monday = next_monday()
    tuesday = monday + timedelta(days=1)
    await said(shop, "meu gato se chama Tom")
    await said(shop, f"marca banho pro Tom dia {monday:%d/%m} às 14h")
    assert "Para qual dia e horário" in await said(shop, "preciso remarcar o banho do Tom")
    assert "Mudo para: Banho de Tom" in await said(shop, f"dia {tuesday:%d/%m} às 10h")
    assert await starts(shop) == [f"{monday:%Y-%m-%d} 14:00"]
    assert "Banho de Tom" in await said(shop, "isso mesmo")
    assert await starts(shop) == [f"{tuesday:%Y-%m-%d} 10:00"]
    assert "às 15h, R$ 70,00. Posso confirmar a mudança?" in await said(shop, "muda o banho pras 15h? ou seja, mudar o horário pra 15h")
    assert "Quer outro dia ou horário?" in await said(shop, "não")

    await said(shop, f"marca tosa pro Tom dia {tuesday:%d/%m} às 16h")
    which = await said(shop, "quero cancelar")
    assert asked_in(which, QUESTIONS) == ASK_WHICH_APPOINTMENT
    assert which.endswith("?")
    assert which.count("Tosa de Tom") == 1, "what there is to choose from is told once"
    assert "Posso cancelar?" in await said(shop, "a tosa")
    assert "Tosa de Tom" in await said(shop, "sim")
    assert await starts(shop) == [f"{tuesday:%Y-%m-%d} 10:00"]
    assert "Posso cancelar?" in await said(shop, f"cancela o banho do dia {tuesday:%d/%m}")
    assert "continua marcado" in await said(shop, "melhor não")
    assert await starts(shop) == [f"{tuesday:%Y-%m-%d} 10:00"]


async def test_within_the_shops_notice_a_person_is_offered(shop: Shop) -> None:
    monday = next_monday()
    await said(shop, "meu gato se chama Tom")
    await said(shop, f"marca banho pro Tom dia {monday:%d/%m} às 14h")
    await shop.rows("update organization_settings set cancel_notice_minutes = 60 * 24 * 30 returning 1")
    assert asked_in(await said(shop, "cancela o banho do Tom"), QUESTIONS) == ASK_PERSON
    conversation_id = await shop.say("quero sim")
    (row,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation_id)
    assert row["status"] == "escalated"
    assert len(await starts(shop)) == 1


async def test_two_pets_and_two_services_are_one_visit(shop: Shop) -> None:
    monday = next_monday()
    await said(shop, "meu gato se chama Tom")
    await said(shop, "cadastra minha gata chamada Mia")
    asked = await said(shop, f"banho e tosa pro Tom e pra Mia dia {monday:%d/%m} às 9h, pode ser?")
    assert asked.count("- ") == 4
    assert "Total: R$ 380,00" in asked
    assert "Total: R$ 380,00" in await said(shop, "pode confirmar")
    (plans,) = await shop.rows("select count(*) as bookings, count(distinct plan_id) as n from bookings where conversation_id is not null")
    assert (plans["bookings"], plans["n"]) == (4, 1)
    assert "Posso cancelar?" in await said(shop, "preciso cancelar")
    assert "cancel" in await said(shop, "sim")
    assert await starts(shop) == []


async def test_free_times_of_a_week_and_of_a_morning(shop: Shop) -> None:
    await said(shop, "meu gato se chama Tom")
    listed = await said(shop, "tem horário de banho semana que vem de manhã?")
    assert listed.count("- segunda-feira") == 1
    assert "11h" in listed
    assert "14h" not in listed
    assert "Fica assim: Banho de Tom, terça-feira" in await said(shop, "terça da semana que vem às 10h")


async def test_prices_place_and_thanks(shop: Shop) -> None:
    assert "R$ 70,00" in await said(shop, "quanto custa o banho?")
    assert "Rua das Acácias" in await said(shop, "onde fica a loja?")
    assert "Por nada" in await said(shop, "obrigada!")


@pytest.mark.parametrize("words", ["quero falar com uma pessoa", "meu cachorro está passando mal"])
async def test_a_person_is_called_and_hands_back(shop: Shop, words: str) -> None:
    conversation_id = await shop.say(words)
    (row,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation_id)
    assert row["status"] == "escalated"
    await inbox.hand_back(shop.resources.db, shop.organization_id, conversation_id, by="Marina")
    await shop.work(conversation_id)
    assert "Luna" in await said(shop, "oi")


async def test_after_a_person_it_goes_on_and_begins_nothing_anew(shop: Shop) -> None:
    conversation_id = await shop.say("quero falar com uma pessoa")
    await shop.receive("alguém aí?")
    await inbox.hand_back(shop.resources.db, shop.organization_id, conversation_id, "Resolvido pelo telefone.", by="Marina")
    await shop.work(conversation_id)
    assert (await shop.messages(conversation_id))[-1]["content"] == BACK


async def test_what_nobody_understands_gets_an_answer_and_no_figures(shop: Shop) -> None:
    for text in ("asdfgh", "???", "🐶", "me fala o faturamento da loja hoje", "dia 32", "segunda 25h", "1", "não"):
        answer = await said(shop, text)
        assert answer.strip()
        assert "R$" not in answer
        assert answer != UNFINISHED


async def test_aurora_today_has_the_shape_of_the_specification(shop: Shop) -> None:
    books = figures.Shop(shop.resources.db, ZONE.key, id=shop.organization_id)
    noon = datetime.now(ZONE).replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)
    ids = {row["name"]: row["id"] for row in await shop.rows("select id, name from services")}
    for service, price in [*[("Banho", 5000)] * 8, *[("Consulta", 12000)] * 3, ("Tosa", 9000)]:
        await books.booking(await books.contact(), ids[service], noon, price_cents=price)
    answer = await said(shop, "Quantos clientes atendi hoje?", phone=OWNER)
    shape = "Hoje você atendeu 12 clientes!\n\n- 8 banhos\n- 3 consultas\n- 1 tosa\n\nFaturamento: R$ 850,00"
    assert answer.startswith(shape)
    (kept,) = await shop.rows("select * from aurora_proactive_messages")
    assert answer in kept.values()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("quanto faturei essa semana?", "Faturamento: R$"),
        ("e na semana passada?", "Posso te contar"),
        ("quantos atendimentos no mês passado?", "Para comparar"),
        ("qual serviço mais sai?", "1. "),
        ("quais clientes sumiram há mais de 1 dias?", "Sem voltar"),
        ("quem são os clientes inativos?", "Ninguém está sem voltar"),
        ("tem horário livre amanhã?", "amanhã"),
        ("qual meu lucro?", "Posso te contar"),
    ],
)
async def test_aurora_answers_from_a_function_or_says_what_she_can(shop: Shop, question: str, told: str) -> None:
    answer = await said(shop, question, phone=OWNER)
    assert answer
    calls = (await shop.rows("select function_calls from ai_interactions"))[-1]["function_calls"]
    if told == "Posso te contar":
        assert told in answer
        assert not calls
    else:
        assert len(calls) == 1
        assert told in answer or told == "amanhã"


async def test_aurora_goes_on_with_the_question_before(shop: Shop) -> None:
    await said(shop, "quanto faturei hoje?", phone=OWNER)
    answer = await said(shop, "e ontem?", phone=OWNER)
    assert answer.startswith("Ontem")
    assert "Faturamento" in answer


async def test_every_message_of_a_burst_is_answered(shop: Shop) -> None:
    conversation_id = await shop.receive("Quantos clientes atendi ontem?", phone=OWNER)
    await shop.receive("e na semana passada?", phone=OWNER)
    await shop.work(conversation_id)
    assert (await shop.messages(conversation_id))[-1]["content"].count("Faturamento: ") == 2

    conversation_id = await shop.receive("oi")
    await shop.receive("tenho um gato chamado Tom")
    await shop.work(conversation_id)
    assert "Tom" in (await shop.messages(conversation_id))[-1]["content"]
