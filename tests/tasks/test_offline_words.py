"""The offline model never writes what nobody said: words of real customers and owners are answered rightly, asked about, or refused."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from graphs.offline.client import UNCLEAR
from graphs.offline.owner import NOT_UNDERSTOOD
from graphs.offline.talk import ASK_KINDS, ASK_MONTH, ASK_NAME, ASK_SERVICE, ASK_SPECIES, ASK_TIME, ASK_WHOLLY
from service.operations import migrations
from service.platform.settings import Settings
from tests.kit.shop import Shop

ZONE = ZoneInfo("America/Sao_Paulo")
OWNER = "5511988880001"
CUSTOMER = "5511955550001"
PETS = """
select p.name, species, breed, size, coat from pets p join contacts k on k.id = p.contact_id
where k.phone = %(phone)s order by p.created_at, p.name
"""

RATE = """
insert into service_rates (organization_id, service_id, species, size, coat, price_cents, duration_minutes)
select organization_id, id, 'dog', %(size)s, %(coat)s, %(cents)s, 60 from services where name = 'Banho' returning id
"""


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    """Open a shop that no model server answers for, without public holidays: any day may be today."""
    opened = await open_shop(offline_model=True, openai_api_key=None, openai_base_url="http://127.0.0.1:9")
    await opened.rows("update organization_settings set closes_on_holidays = false returning 1")
    return opened


async def hold(shop: Shop, *turns: str | Sequence[str], phone: str = CUSTOMER) -> list[str]:
    """Hold a conversation, several texts in a turn where a turn is several; returns the answers."""
    answers = []
    for turn in turns:
        for bubble in [turn] if isinstance(turn, str) else turn:
            conversation_id = await shop.receive(bubble, phone=phone)
        await shop.work(conversation_id)
        answers.append(str((await shop.messages(conversation_id))[-1]["content"]))
    return answers


async def pets(shop: Shop) -> list[tuple[str, ...]]:
    """Return what was registered of the customer's pets, as far as it is known."""
    return [tuple(value for value in row.values() if value) for row in await shop.rows(PETS, phone=CUSTOMER)]


async def booked(shop: Shop) -> list[tuple[str, str, str]]:
    """Pet, service and local start of what was booked in conversations."""
    rows = await shop.rows(
        "select p.name as pet, s.name as service, b.starts_at from bookings b join pets p on p.id = b.pet_id "
        "join services s on s.id = b.service_id where b.conversation_id is not null and b.status = 'scheduled' order by b.starts_at, p.name"
    )
    return [(row["pet"], row["service"], row["starts_at"].astimezone(ZONE).strftime("%w %H:%M")) for row in rows]


async def test_a_price_is_that_of_the_service_and_registers_nobody(shop: Shop) -> None:
    golden, shih_tzu, small, trim, other = await hold(
        shop, "quanto tá o banho pra um golden?", "e pra um shih tzu peludo?", "cachorro pequeno", "e a tosa?", "quanto custa a hidratação?"
    )
    for answer in (golden, shih_tzu, small):
        assert answer.startswith("Banho")
        assert "R$ 70,00" in answer
        assert "Tosa" not in answer
    assert trim.startswith("Tosa")
    assert "Banho, Consulta e Tosa" in other, "who asks for something else is told what there is"
    assert "secagem" not in other
    assert await pets(shop) == []


async def test_a_price_by_size_and_coat_is_the_rate_of_the_animal_that_was_named(shop: Shop) -> None:
    for size, coat, cents in (("small", None, 5000), ("small", "long", 6500), ("large", None, 9000)):
        await shop.rows(RATE, size=size, coat=coat, cents=cents)
    large, hairy, unknown = await hold(
        shop, "qual o valor do banho de cachorro grande?", "e de um cachorro pequeno e peludo?", "quanto é o banho pra um golden?"
    )
    assert "R$ 90,00" in large
    assert "R$ 50,00" not in large
    assert "R$ 65,00" in hairy
    assert "conforme o pet" in unknown
    assert "grande: R$ 90,00" in unknown


async def test_everything_in_one_sentence_and_a_yes(shop: Shop) -> None:
    asked, done = await hold(shop, "banho pro Thor, labrador, terça 10h", "sim, pode confirmar")
    assert "Thor" in asked.partition("Fica assim")[0]
    assert "Fica assim: Banho de Thor, terça-feira" in asked
    assert "Banho de Thor, " in done
    assert await pets(shop) == [("Thor", "dog", "Labrador")]
    assert await booked(shop) == [("Thor", "Banho", "2 10:00")]


async def test_two_pets_in_one_sentence(shop: Shop) -> None:
    kinds, offered, asked, _ = await hold(
        shop, "quero banho pro Rex e pra Mel sexta de manhã", "o Rex é cachorro e a Mel é uma gata persa", "10h", "pode confirmar"
    )
    assert kinds.endswith(ASK_KINDS)
    assert "10h" in offered
    assert "14h" not in offered
    assert "Total: R$ 140,00" in asked
    assert await pets(shop) == [("Rex", "dog"), ("Mel", "cat", "Persa")]
    assert await booked(shop) == [("Mel", "Banho", "5 10:00"), ("Rex", "Banho", "5 10:00")]


async def test_one_wish_in_many_bubbles(shop: Shop) -> None:
    asked, done = await hold(shop, ("oi", "queria marcar um banho", "pro Zeca", "é um salsicha", "segunda 10h"), "sim")
    assert "Fica assim: Banho de Zeca, segunda-feira" in asked
    assert asked.count("?") == 1, "who names everything is asked for a yes, and for nothing else"
    assert "Banho de Zeca, segunda-feira" in done
    assert await pets(shop) == [("Zeca", "dog", "Dachshund")]
    assert await booked(shop) == [("Zeca", "Banho", "1 10:00")]


async def test_a_correction_among_the_bubbles(shop: Shop) -> None:
    (asked,) = await hold(shop, ("quero banho", "não, tosa", "pro Zeca", "é um salsicha", "segunda 10h"))
    assert "Fica assim: Tosa de Zeca" in asked


async def test_opening_hours_are_those_of_the_day_that_was_asked_for(shop: Shop) -> None:
    monday, sunday, closes = await hold(shop, "abrem segunda?", "e domingo?", "que horas fecha sábado?")
    assert "segunda-feira, " in monday.casefold()
    assert monday.endswith("das 9h às 18h.")
    assert "domingo, " in sunday
    assert sunday.endswith(("não abrimos.", "estamos fechados."))
    assert "das 9h às 13h" in closes


async def test_a_special_day_has_its_own_hours(shop: Shop) -> None:
    tuesday = datetime.now(ZONE).date()
    tuesday += timedelta(days=(1 - tuesday.weekday() - 1) % 7 + 1)
    await shop.rows(
        "insert into special_hours (organization_id, day, opens_at, closes_at, reason) "
        "select id, %(day)s, '10:00', '12:00', 'Inventário' from organizations returning id", day=tuesday,
    )  # fmt: skip
    (told,) = await hold(shop, "que horas vcs abrem terça?")
    assert told.endswith("das 10h às 12h (Inventário).")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("qual o telefone?", "3333"),
        ("vocês tem zap?", "3333"),
        ("onde vcs ficam?", "Rua das Acácias"),
        ("aceita cartao?", "Pix"),
        ("no dinheiro tem desconto?", "Pix"),
        ("vcs buscam em casa?", "leva e traz"),
        ("tem pacote mensal?", "pacote"),
        ("tem estacionamento?", "quatro vagas"),
        ("vcs fazem hotel?", "Banho"),
        ("qual a idade mínima pra banho?", "equipe?"),
        ("vocês aceitam gato bravo?", "equipe"),
        ("vcs atendem coelho?", "Consulta"),
        ("quanto tempo leva a consulta", "30 minutos"),
        ("tem tosa segunda?", ASK_TIME),
        ("tem vaga amanhã?", ASK_SERVICE),
        ("o que tenho marcado?", "nenhum horário marcado"),
        ("quero remarcar", "nenhum horário marcado"),
        ("vc é um robô?", "assistente virtual"),
        ("kkkkk", "é só chamar"),
        ("vlw, bjs", "Por nada"),
        ("meu cachorro chama atenção de todo mundo", UNCLEAR),
        ("meu gato Tom fugiu", UNCLEAR),
        ("meu nome é João e quero marcar banho", ASK_NAME),
        ("Quero marcar banho pra Segunda", ASK_NAME),
        ("banho na casa de vocês", ASK_NAME),
        ("QUERO BANHO PRO MEU CACHORRO AMANHÃ", ASK_NAME),
        ("pode confirmar", "?"),
    ],
)
async def test_what_is_asked_is_answered_and_nothing_is_written(shop: Shop, question: str, told: str) -> None:
    (answer,) = await hold(shop, question)
    assert told in answer
    assert await pets(shop) == []
    assert await booked(shop) == []


@pytest.mark.parametrize(
    "wish",
    [
        "quero banho pro Jack, pug, mas não no dia 8/12 às 10h",
        "banho pro Jack, pug, antes do dia 8/12 10h",
        "quero banho mas não pro Nino, poodle, pro Teo, beagle, dia 18/12 11h",
        "banho pro Bingo, beagle, terça às 10h e tosa pra Pérola, poodle, quarta às 14h",
        "banho pro Jack, pug, dia 10/12 10h, e depois tosa dia 17/12 às 15h",
        "banho pra Fifi, poodle, dia 16/12 10h. Espera, me enganei, 11h",
        "a minha vizinha tem um pug chamado Zé que toma banho aí",
        "Terça às 10h tem vaga? é pro Toby, shih tzu. Mas não marca ainda!",
    ],
)
async def test_what_is_understood_in_part_is_asked_for_as_a_whole(shop: Shop, wish: str) -> None:
    (answer,) = await hold(shop, wish)
    assert ASK_WHOLLY in answer
    assert await pets(shop) == []
    assert await booked(shop) == []


async def test_a_move_to_a_day_of_two_months_is_asked(shop: Shop) -> None:
    today = datetime.now(ZONE).date()
    monday = today + timedelta(days=42 - today.weekday())
    before = monday - timedelta(days=1)
    *_, asked = await hold(
        shop, "minha gata se chama Mia", f"marca banho pra Mia dia {monday:%d/%m} às 15h", f"remarca o banho pra dia {before.day}"
    )
    assert ASK_MONTH in asked


async def test_a_name_that_was_asked_for_is_nothing_but_a_name(shop: Shop) -> None:
    _, *asked, told = await hold(
        shop, "quero marcar um banho", "pode confirmar", "pra mim", "depende do preço", "sim, mas com a Bia", "é o Zé Bolinha"
    )
    assert [ASK_NAME in answer for answer in asked] == [True] * len(asked)
    assert told.endswith(ASK_SPECIES)
    assert await pets(shop) == []
    await hold(shop, "cachorro")
    assert await pets(shop) == [("Zé Bolinha", "dog")]


async def test_a_question_in_the_middle_is_answered_and_the_booking_goes_on(shop: Shop) -> None:
    _, price, name, parking, hours, asked = await hold(
        shop, "quero marcar banho pro thor", "qual o preço?", "é um labrador", "tem estacionamento?", "até que horas vcs abrem sexta?",
        "sexta 9h",
    )  # fmt: skip
    assert "R$ 70,00" in price
    assert price.endswith(f"Para continuar, só me diga de Thor: {ASK_SPECIES}")
    assert name.endswith("Para qual dia?")
    assert parking.endswith("Para qual dia?")
    assert hours.endswith("Para qual dia?")
    assert "das 9h às 18h" in hours
    assert "Fica assim: Banho de Thor" in asked


async def test_what_was_priced_is_what_is_booked(shop: Shop) -> None:
    *_, asked = await hold(shop, "oi queria saber o valor da tosa", "tá, quero marcar", "o nome dela é Nina", "shitzu", "segunda 11h")
    assert "Fica assim: Tosa de Nina" in asked
    assert await pets(shop) == [("Nina", "dog", "Shih Tzu")]


async def test_what_is_said_of_a_registered_pet_is_kept(shop: Shop) -> None:
    await hold(shop, "minha gata se chama Mia", "é uma siamesa de pelo curto", "na verdade é persa")
    assert await pets(shop) == [("Mia", "cat", "Persa", "short")]


async def test_a_condition_is_not_passed_over(shop: Shop) -> None:
    (answer,) = await hold(shop, "queria marcar um banho, mas só se a Bia estiver")
    assert answer.startswith(("Com isso eu não consigo ajudar por aqui.", "Esse assunto eu não consigo resolver por aqui."))


async def test_whom_the_pet_is_to_be_done_by(shop: Shop) -> None:
    *_, asked = await hold(shop, "minha gata se chama Mia", "banho com a Bia segunda 10h")
    assert ", com Bia, R$ 70,00. Posso confirmar?" in asked


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("bloqueia a sexta à tarde", "nada foi bloqueado"),
        ("fecha a agenda de sábado", "nada foi bloqueado"),
        ("dá folga pra Bia na sexta", "nada foi bloqueado"),
        ("cancela os agendamentos de amanhã", "nada foi mudado"),
        ("marca um banho pra Mel amanhã às 10", "nada foi mudado"),
        ("agenda um banho pro Thor amanhã", "nada foi mudado"),
        ("muda o preço do banho pra 80", "preços eu ainda não faço"),
        ("manda mensagem pros clientes sumidos", "nada foi enviado"),
        ("quanto a Bia faturou?", NOT_UNDERSTOOD),
        ("faturamento por dia", NOT_UNDERSTOOD),
        ("quem é meu melhor cliente?", NOT_UNDERSTOOD),
        ("qual meu ticket médio?", NOT_UNDERSTOOD),
        ("qual o horário do banho do Thor?", NOT_UNDERSTOOD),
        ("quantos clientes novos esse mês?", NOT_UNDERSTOOD),
        ("obrigada!", "Por nada"),
    ],
)
async def test_what_aurora_has_no_function_for_is_refused(shop: Shop, order: str, told: str) -> None:
    (answer,) = await hold(shop, order, phone=OWNER)
    assert told in answer
    assert "R$" not in answer
    assert (await shop.rows("select function_calls from ai_interactions"))[-1]["function_calls"] == []


async def test_the_agenda_of_a_day_is_counted_and_the_list_is_where_it_is(shop: Shop, settings: Settings) -> None:
    migrations.apply_demo_day(settings.database_url or "")
    today, past, cancelled = await hold(shop, "agenda de hoje?", "qto faturei ontem", "quantos cancelamentos hoje?", phone=OWNER)
    assert "2 agendados, 4 confirmados," in today
    assert "/agenda" in today
    assert past.startswith("Ontem")
    assert "1 cancelado" in cancelled
    (ahead,) = await hold(shop, "agenda de amanhã?", phone=OWNER)
    assert "agendamento" in ahead
    assert "/agenda" in ahead
    assert "Faturamento" not in ahead
    assert "atendeu" not in ahead, "nobody was attended on a day that is still to come"
