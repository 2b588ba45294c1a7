"""A yes that comes late: something was said between a proposal's question and the customer's words that agree."""

import pytest

from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.proposing import ASK, bookings, monday, proposed, reminded, statuses
from tests.kit.shop import Shop

AGAIN = "Responda SIM para confirmar Banho de Rex"


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ("obrigada", "De nada!"),
        ("quanto tempo dura o banho?", "Leva 1 hora."),
        ("e qual é o endereço de vocês?", "Fica na Rua das Acácias."),
    ],
)
@pytest.mark.parametrize("late", ["sim", "pode confirmar", "ok, combinado", "isso, confirmo em breve"])
async def test_the_question_is_put_again(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, between: str, said: str, late: str) -> None:
    conversation = await proposed(shop, openai)
    openai.script([said])
    await shop.say(between)
    openai.respond(lambda _: text("Perfeito!"))
    await shop.say(late)
    assert meta.sends[-1].text.startswith(AGAIN)
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]


@pytest.mark.parametrize("reply", ["Perfeito!", "Ok!", "Ótimo, Ana! 💛", "Perfeito, Ana! Te esperamos!", "Combinado! Até mais!"])
async def test_nothing_that_sounds_like_done_answers_an_open_question(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, reply: str) -> None:
    """The model asked something itself, so that the yes is not the proposal's."""
    conversation = await proposed(shop, openai)
    openai.script(["Por nada! Posso ajudar em mais alguma coisa?"])
    await shop.say("obrigada")
    openai.respond(lambda _: text(reply))
    await shop.say("sim")
    assert meta.sends[-1].text.endswith(ASK)
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])


async def test_a_late_no_is_asked_for_again(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await proposed(shop, openai)
    openai.script(["De nada!"])
    await shop.say("obrigada")
    await shop.say("não")
    assert meta.sends[-1].text.startswith(AGAIN)
    openai.script(["Tudo bem!"])
    await shop.say("não")
    assert await statuses(shop) == ["declined"]


async def test_a_reminder_is_asked_again_likewise(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await reminded(shop, openai)
    openai.script(["De nada!"])
    await shop.say("obrigada!")
    await shop.say("sim")
    assert (await shop.messages(conversation))[-1]["content"].startswith("Responda SIM para confirmar a presença")


async def test_a_yes_to_what_the_model_asked_is_the_models(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Quer que eu pergunte à equipe?", "Qual é a sua dúvida?", "Pode me explicar melhor?"])
    await shop.say("vocês usam shampoo vegano?")
    await shop.say("sim")
    assert not meta.sends[-1].text.startswith(AGAIN)
    assert await bookings(shop, conversation) == []
