"""A model that does what nobody asked for, through the whole turn: nothing is cancelled, moved, waited for or left, nobody opted out."""

from datetime import timedelta

import pytest

from graphs.consent import CONFIRMED
from service.language.optout import QUESTIONS
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, call
from tests.kit.fakes.server import Fault
from tests.kit.proposing import booked, bookings, fill, monday, statuses, with_pets
from tests.kit.shop import Shop

WAITS = (
    "insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day, from_time, until_time)"
    " select organization_id, id, contact_id, '{}', current_date + 3, current_date + 3, '00:00', '23:59' from conversations"
    " where id = %(c)s returning 1"
)


async def waiting(shop: Shop) -> list[str]:
    return [row["status"] for row in await shop.rows("select status from waiting_list")]


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("confirma meu banho de segunda?", "confirmo"), ("bom dia", "ok"), ("oi, tudo certo pra segunda?", "tudo certo"),
        ("segunda eu levo o Rex no banho", "certo"), ("qual o horário do banho do Rex?", "perfeito"), ("pode me lembrar do banho?", "pode"),
        ("não quero cancelar o banho do Rex", "isso mesmo"), ("não cancela o banho do Rex não", "isso"),
    ],
)  # fmt: skip
async def test_nothing_is_cancelled_unasked(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, said: str, then: str) -> None:
    conversation = await booked(shop, openai)
    openai.script([call("cancel_appointment", pet_name="Rex"), "Certo!"])
    await shop.say(said)
    assert "Posso cancelar?" not in meta.sends[-1].text
    openai.script(["Certo!"])
    await shop.say(then)
    assert len(await bookings(shop, conversation)) == 1
    assert await shop.rows("select 1 from proposals where kind = 'cancel'") == []


async def test_nothing_is_moved_unasked(shop: Shop, openai: FakeOpenAI) -> None:
    conversation, tuesday = await booked(shop, openai), monday() + timedelta(days=1)
    openai.script([call("reschedule_appointment", pet_name="Rex", new_date=tuesday.isoformat(), new_time="15:00"), "Certo!"])
    await shop.say(f"terça {tuesday:%d/%m} às 15h eu viajo, confirma o banho do Rex?")
    openai.script(["Certo!"])
    await shop.say("confirmo")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]


async def test_what_is_not_clear_is_asked_and_the_yes_is_the_wish(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await booked(shop, openai)
    openai.script([call("cancel_appointment", pet_name="Rex"), "Vou cancelar."])
    await shop.say("a vizinha perguntou se dá pra cancelar o banho dele")
    assert meta.sends[-1].text.endswith("Você quer cancelar o horário que está marcado?")
    openai.script([call("cancel_appointment", pet_name="Rex"), "Confirma?"])
    await shop.say("sim, por favor")
    assert "Posso cancelar?" in meta.sends[-1].text
    openai.script(["Cancelado."])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []


async def test_nobody_is_put_on_the_waiting_list_unasked(shop: Shop, openai: FakeOpenAI) -> None:
    await with_pets(shop, openai, "Rex")
    await fill(shop, monday())
    for said in (f"não quero lista de espera, tem banho pro Rex dia {monday():%d/%m}?", f"tem banho pro Rex dia {monday():%d/%m}?"):
        openai.script([call("join_waiting_list", service_type="Banho", preferred_date=monday().isoformat(), pet_name="Rex"), "Certo!"])
        await shop.say(said)
    assert await waiting(shop) == []


@pytest.mark.parametrize("said", ["bom dia, tudo bem?", "não quero sair da lista de espera não, viu?", "ainda estou na lista?"])
async def test_nobody_leaves_the_waiting_list_unasked(shop: Shop, openai: FakeOpenAI, said: str) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    await shop.rows(WAITS, c=conversation)
    openai.script([call("leave_waiting_list"), "Certo!"])
    await shop.say(said)
    assert await waiting(shop) == ["waiting"]


@pytest.mark.parametrize(
    "said", ["sair da lista", "quero sair da lista de espera", "Me tira da lista!", "não precisa mais me avisar da vaga"]
)
async def test_who_plainly_leaves_the_waiting_list_needs_no_model(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, said: str) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    await shop.rows(WAITS, c=conversation)
    asked = len(openai.requests)
    await shop.say(said)
    assert (await waiting(shop), len(openai.requests)) == (["left"], asked)
    assert meta.sends[-1].text == CONFIRMED["leave"]
    assert await shop.rows("select 1 from contacts where opted_out_at is not null") == []


async def test_a_turn_that_breaks_off_after_leaving_opts_nobody_out(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    await shop.rows(WAITS, c=conversation)
    await shop.receive("quanto custa o banho?")
    await shop.receive("e me tira da lista de espera")
    openai.script([call("leave_waiting_list"), Fault(reset="before")])
    assert await shop.work(conversation) == 0
    assert await waiting(shop) == ["left"]
    unanswered = "update messages set content = 'me tira da lista' where conversation_id = %(c)s and processed_at is null returning 1"
    await shop.rows(unanswered, c=conversation)
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)
    assert await shop.work(conversation) == 1
    assert meta.sends[-1].text == CONFIRMED["leave"]
    assert await shop.rows("select 1 from contacts where opted_out_at is not null") == []


async def test_nobody_is_asked_whether_to_stop_messages_unasked(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("stop_messages"), "Oi! Como posso ajudar?"])
    await shop.say("bom dia")
    assert QUESTIONS["out"] not in meta.sends[-1].text
    openai.script(["Certo!"])
    await shop.say("ok")
    assert await shop.rows("select 1 from contacts where opted_out_at is not null") == []
    assert await statuses(shop) == []
