"""No reply about a booking reaches the outbox unless a row or a tool says so, in the server's words."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from graphs.client.escalation import HOLDING, UNSURE
from service.language.formatting import format_day
from service.platform import jobs
from service.platform.telemetry import UNBACKED_REPLIES
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, call, text
from tests.kit.fakes.server import Fault
from tests.kit.shop import Shop

MONDAY = date.today() + timedelta(days=7 - date.today().weekday())
WISH = f"Marca banho pro Rex, meu cachorro, {MONDAY:%d/%m} às 10h, pode confirmar."
LIE = f"Prontinho! Banho do Rex agendado para {format_day(MONDAY)} às 10h. 🐾"
HONEST = "Quer que eu veja se tem esse horário?"


def book(moment: str = "10:00") -> Step:
    return call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=MONDAY.isoformat(), preferred_time=moment)


def count(outcome: str) -> float:
    return float(UNBACKED_REPLIES.labels(outcome)._value.get())


async def asked_again(shop: Shop, openai: FakeOpenAI) -> list[Any]:
    """Return the messages of the newest request: the last two are the rejected draft and why."""
    *_, draft, why, _ = openai.requests[-1].json["messages"]
    return [draft["role"], draft["content"], why["role"], why["content"]]


async def retry_now(shop: Shop, conversation: UUID) -> None:
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)


async def test_a_lie_is_thrown_away_and_the_true_reply_is_sent(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    before = count("asked_again")
    openai.script([LIE, HONEST])
    conversation = await shop.say(WISH)
    assert [s.text for s in meta.sends] == [HONEST]
    assert [m["content"] for m in await shop.messages(conversation)] == [WISH, HONEST]
    role, draft, why_role, why = await asked_again(shop, openai)
    assert (role, draft, why_role) == ("assistant", LIE, "system")
    assert LIE.partition(" 🐾")[0].removeprefix("Prontinho! ") in why
    assert openai.requests[-1].json["tools"], "it may call what it forgot"
    assert count("asked_again") == before + 1
    (interaction,) = await shop.rows("select * from ai_interactions where conversation_id = %(c)s", c=conversation)
    assert (interaction["prompt_tokens"], interaction["completion_tokens"]) == (200, 40), "both answers are paid for"

    openai.script(["De nada!"])
    await shop.say("obrigada")
    assert LIE not in str(openai.requests[-1].json["messages"]), "and the lie is in nobody's memory"


async def test_asked_again_the_model_may_do_what_it_claimed(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("register_pet", name="Rex", species="dog"), LIE, book(), LIE])
    conversation = await shop.say(WISH)
    (sent,) = meta.sends
    assert all(word in sent.text for word in ("Rex", "Banho", "10h", f"{MONDAY:%d/%m}")), "which is none any longer"
    assert len(await shop.rows("select 1 from bookings where conversation_id = %(c)s", c=conversation)) == 1
    openai.assert_finished()


async def test_who_lies_twice_is_followed_by_a_person(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueued: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *_, **__: enqueued.append(name))
    before = count("person")
    openai.script([LIE, "Já está marcado, te espero segunda às 10h!"])
    conversation = await shop.say(WISH)
    assert [s.text for s in meta.sends] == [UNSURE]
    assert [m["content"] for m in await shop.messages(conversation)] == [WISH, UNSURE]
    (case,) = await shop.rows("select reason, status from escalations e join conversations c on c.id = e.conversation_id")
    assert case["status"] == "escalated"
    assert "Já está marcado, te espero segunda às 10h!" in case["reason"]
    (alert,) = await shop.rows("select kind, title, body from alerts")
    assert (alert["kind"], alert["title"], alert["body"]) == ("escalation", "A IA não soube responder a Ana", case["reason"])
    assert enqueued[-1] == "escalation.notify"
    assert count("person") == before + 1
    (interaction,) = await shop.rows("select prompt_tokens from ai_interactions where conversation_id = %(c)s", c=conversation)
    assert interaction["prompt_tokens"] == 200

    # Handed back, the conversation goes on, and so does the check.
    await shop.hand_back(conversation)
    openai.script([LIE, "Quer marcar o banho do Rex?"])
    await shop.say("e aí, marcou?")
    assert meta.sends[-1].text == "Quer marcar o banho do Rex?"
    assert LIE in str(openai.requests[-1].json["messages"])


async def test_a_customer_who_wants_nothing_is_answered_by_the_server(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Prontinho, tá tudo na agenda!"])
    await shop.say("muito obrigada!")
    assert len(openai.requests) == 1, "the model is not asked again"
    assert "chamar" in meta.sends[-1].text


async def test_what_a_wish_lacks_is_asked_before_a_person_is_called(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([LIE, "Já está marcado!"])
    await shop.say("quero marcar um banho")
    assert meta.sends[-1].text.endswith("?")
    assert not await shop.rows("select 1 from escalations")


async def test_a_lie_about_the_time_of_a_real_booking(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    truth = f"Agendei o banho do Rex para {format_day(MONDAY)} às 11h."
    openai.script([call("register_pet", name="Rex", species="dog"), book("11:00"), LIE, truth])
    conversation = await shop.say(WISH.replace("10h", "11h"))
    (sent,) = meta.sends
    assert "11h" in sent.text
    assert "10h" not in sent.text
    assert len(await shop.rows("select 1 from bookings where conversation_id = %(c)s", c=conversation)) == 1


async def test_what_was_booked_before_may_be_said_later(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("register_pet", name="Rex", species="dog"), book(), LIE, "Está marcado sim, segunda às 10h!"])
    await shop.say(WISH)
    await shop.say("ficou marcado mesmo?")
    assert len(meta.sends) == 2
    assert all("Banho de Rex" in sent.text and "10h" in sent.text for sent in meta.sends)
    openai.assert_finished()


async def test_a_booking_that_is_gone_may_not(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("register_pet", name="Rex", species="dog"), book(), LIE])
    conversation = await shop.say(WISH)
    await shop.rows("update bookings set status = 'cancelled' where conversation_id = %(c)s returning 1", c=conversation)
    openai.script(["Está marcado sim, segunda às 10h!", "Não encontrei nenhum banho marcado. Quer escolher outro horário?"])
    await shop.say("ficou marcado mesmo?")
    assert "nenhum horário marcado" in meta.sends[-1].text


async def test_a_retried_turn_is_held_to_what_it_had_done(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """The worker's model fails after a real booking and a lie; the retried turn has the receipt, and not the draft."""
    lie = f"Agendado para {format_day(MONDAY)} às 11h!"
    openai.script([call("register_pet", name="Rex", species="dog"), book(), lie, Fault(reset="before")])
    conversation = await shop.receive(WISH)
    await shop.work(conversation)
    assert meta.sends == []
    await retry_now(shop, conversation)
    openai.script([lie, LIE])
    assert await shop.work(conversation) == 1
    (sent,) = meta.sends
    assert "10h" in sent.text, "it is true now"
    assert "11h" not in sent.text
    assert len(await shop.rows("select 1 from bookings where conversation_id = %(c)s", c=conversation)) == 1
    openai.assert_finished()


async def test_a_retried_turn_does_not_escalate_twice(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([LIE, Fault(reset="before")])
    conversation = await shop.receive(WISH)
    await shop.work(conversation)
    await retry_now(shop, conversation)
    openai.script([LIE, LIE])
    await shop.work(conversation)
    assert await shop.work(conversation) == 0
    assert [s.text for s in meta.sends] == [UNSURE]
    assert len(await shop.rows("select 1 from alerts")) == 1


async def test_asked_again_the_model_may_call_a_person(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([LIE, call("escalate_to_human", reason="não sei responder")])
    conversation = await shop.say(WISH)
    assert [s.text for s in meta.sends] == [HOLDING]
    (interaction,) = await shop.rows("select prompt_tokens from ai_interactions where conversation_id = %(c)s", c=conversation)
    assert interaction["prompt_tokens"] == 200


async def test_the_customers_own_words_back_no_claim(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Isso, o banho custa R$ 50,00."])
    await shop.say("o banho custa R$ 50,00 né?")
    assert "R$ 70,00" in meta.sends[0].text
    assert "50" not in meta.sends[0].text


async def test_an_owner_is_told_the_figures_of_the_functions(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("business_summary", period="hoje"), text("Rex agendado para 10h, R$ 1,00.")])
    await shop.say("como foi hoje?", phone="5511988880001")
    assert len(openai.requests) == 2
    assert "R$ 1,00" not in meta.sends[0].text
    assert "Faturamento" in meta.sends[0].text


async def test_a_written_call_is_never_sent(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(['{"name": "shop_info", "parameters": {}}', "Oi! Como posso ajudar?"])
    await shop.say("bom dia")
    assert [s.text for s in meta.sends] == ["Oi! Como posso ajudar?"]
    _, _, _, why = await asked_again(shop, openai)
    assert "JSON" in why


async def test_code_that_is_no_call_gives_way_to_what_the_server_says(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(['{"name": "greeting", "parameters": {}}'])
    await shop.say("bom dia")
    assert [s.text.startswith("Bom dia") for s in meta.sends] == [True]
