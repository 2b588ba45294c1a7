"""Answers without words, and words that were changed or taken back: through the real webhook, the worker, and what is sent."""

from typing import Any
from uuid import UUID

import pytest

from service.messaging import outbox
from tests.conftest import DEMO_SHOP
from tests.kit.cellphone import Cellphone
from tests.kit.fakes import meta
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, call, calls
from tests.kit.proposing import ASK, book, bookings, monday, proposed, reminded, statuses, with_pets
from tests.kit.shop import Shop
from tests.kit.web import PHONE, Web

AGAIN = "Responda SIM para confirmar Banho de Rex, "


def buttons(meta: FakeMeta) -> dict[str, str]:
    """Return the ids of the last message's buttons by the answer that they give."""
    return {button.partition(":")[0]: button for button in meta.sends[-1].buttons}


async def came(web: Web, shop: Shop, *messages: dict[str, Any]) -> int:
    """Let these come in by the webhook; return how many turns the worker then took."""
    assert (await web.hook(messages=list(messages))).status_code == 200
    (row,) = await shop.rows("select id from conversations where status <> 'closed'")
    return await shop.work(row["id"])


def press(button: str, title: str = "Sim", **more: Any) -> dict[str, Any]:
    return meta.message(PHONE, "interactive", {"type": "button_reply", "button_reply": {"id": button, "title": title}}, **more)


def react(to: str, emoji: str | None, **more: Any) -> dict[str, Any]:
    return meta.message(PHONE, "reaction", {"message_id": to, **({"emoji": emoji} if emoji is not None else {})}, **more)


async def test_the_question_has_buttons_that_name_the_proposal(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    (proposal,) = await shop.rows("select id from proposals")
    assert buttons(meta) == {"yes": f"yes:{proposal['id']}", "no": f"no:{proposal['id']}"}
    assert meta.sends[-1].text.endswith(ASK)
    assert [sent.buttons for sent in meta.sends[:-1]] == [()]
    openai.script(["Agendado! 🐾"])
    assert await came(web, shop, press(buttons(meta)["yes"])) == 1
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]
    assert meta.sends[-1].buttons == ()


async def test_no_is_pressed_likewise(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Sem problema!"])
    await came(web, shop, press(buttons(meta)["no"], "Não"))
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["declined"])


async def test_a_button_answers_its_question_whatever_was_said_since(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    yes = buttons(meta)["yes"]
    openai.script(["Quer que eu pergunte à equipe?", "Agendado! 🐾"])
    await shop.say("vocês têm estacionamento?")
    await came(web, shop, press(yes), meta_text("obrigada!"))
    assert len(await bookings(shop, conversation)) == 1


def meta_text(text: str, **more: Any) -> dict[str, Any]:
    return meta.text_message(PHONE, text, **more)


async def test_a_button_beside_another_wish_is_no_yes(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Às 11h então?"])
    await came(web, shop, press(buttons(meta)["yes"]), meta_text("mas às 11h"))
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])


async def test_an_old_button_does_nothing_and_is_told_so(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    old = buttons(meta)["yes"]
    openai.script([book("11:00"), "E assim?"])
    await shop.say("e às 11h?")
    asked = len(openai.requests)
    assert await came(web, shop, press(old)) == 1
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["replaced", "open"])
    assert len(openai.requests) == asked, "the model was not asked"
    assert meta.sends[-1].text.startswith("Esse botão é de uma pergunta que já foi respondida")
    assert "às 11h, R$ 70,00" in meta.sends[-1].text
    openai.script(["Agendado! 🐾"])
    await came(web, shop, press(buttons(meta)["yes"]))
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 11:00")]
    await came(web, shop, press(old))
    assert len(await bookings(shop, conversation)) == 1
    assert meta.sends[-1].text.endswith("Se quiser, me conte por aqui o que você precisa. 🐾")


async def test_pressed_twice_it_books_once(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    yes = buttons(meta)["yes"]
    openai.script(["Agendado! 🐾"])
    await came(web, shop, press(yes), press(yes))
    await came(web, shop, press(yes))
    assert len(await bookings(shop, conversation)) == 1
    assert meta.sends[-1].text.startswith("Esse botão")


async def test_the_button_of_what_ran_out_books_nothing(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    await shop.rows("update proposals set expires_at = now() - interval '1 minute' returning 1")
    openai.script(["O prazo passou, quer ver outro?"])
    await came(web, shop, press(buttons(meta)["yes"]))
    assert await bookings(shop, conversation) == []
    assert (await shop.results())[-1]["expired"] is True


async def test_buttons_of_nobody_are_words(web: Web, shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Como assim?"])
    await came(web, shop, press("menu-1", "Ver preços"))
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])


async def test_what_is_too_long_for_buttons_is_sent_without(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await with_pets(shop, openai, "Rex")
    paying = "Pix, dinheiro e cartão. " + "O cartão pode ser dividido. " * 40
    await shop.rows("update organization_settings set payment_methods = %(paying)s returning 1", paying=paying)
    openai.script([book(), "As formas de pagamento: pix, dinheiro e cartão."])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10:00? quais são as formas de pagamento?")
    assert len(meta.sends[-1].text) > 1024
    assert (meta.sends[-1].text.endswith(ASK), meta.sends[-1].buttons) == (True, ())


# Reactions


@pytest.mark.parametrize("emoji", ["👍", "👍🏽"])
async def test_a_thumb_on_the_question_is_its_yes(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta, emoji: str) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Agendado! 🐾"])
    woken = len(web.queued())
    assert await came(web, shop, react(meta.sends[-1].id, emoji)) == 1
    assert len(await bookings(shop, conversation)) == 1
    assert len(web.queued()) == woken + 1


@pytest.mark.parametrize(("on", "emoji"), [(-1, "❤️"), (-1, "👎"), (-1, ""), (-1, None), (0, "👍")])
async def test_any_other_reaction_is_kept_and_starts_no_turn(
    web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta, on: int, emoji: str | None
) -> None:
    conversation = await proposed(shop, openai)
    woken = len(web.queued())
    assert await came(web, shop, react(meta.sends[on].id, emoji, id="wamid.reaction")) == 0
    row = await web.message("wamid.reaction")
    assert (row["message_type"], row["processed_at"] is None) == ("reaction", False)
    assert (await bookings(shop, conversation), len(web.queued())) == ([], woken)


async def test_a_thumb_that_was_taken_back_before_it_was_read_is_none(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    question = meta.sends[-1].id
    assert await came(web, shop, react(question, "👍"), react(question, None)) == 0
    assert await came(web, shop, react(question, "👍"), react(question, "😮")) == 0
    assert await bookings(shop, conversation) == []


async def test_a_thumb_on_what_is_settled_starts_no_turn(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await proposed(shop, openai)
    question = meta.sends[-1].id
    openai.script(["Agendado! 🐾"])
    await shop.say("sim")
    assert await came(web, shop, react(question, "👍")) == 0


async def test_a_reminders_question_has_buttons_and_a_thumb_confirms(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await reminded(shop, openai)
    await shop.rows("update messages set status = 'queued' where author = 'system' returning 1")
    await outbox.deliver(shop.resources.db, shop.resources.channels, shop.resources.redis, shop.resources.settings, DEMO_SHOP, conversation)
    assert "Responda SIM para confirmar ou NÃO para cancelar." in meta.sends[-1].text
    assert buttons(meta).keys() == {"yes", "no"}
    openai.script(["Combinado! 🐾"])
    assert await came(web, shop, react(meta.sends[-1].id, "👍🏾")) == 1
    (row,) = await shop.rows("select b.status from bookings b where b.conversation_id = %(c)s", c=conversation)
    assert row["status"] == "confirmed"


# Words that are not plain, and those that were changed


@pytest.mark.parametrize("words", ["confirmo em breve", "quero confirmar com ela", "ok deixa", "sim, desde que seja rapidinho"])
async def test_an_unclear_answer_is_asked_for_again_once(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, words: str) -> None:
    conversation = await proposed(shop, openai)
    asked = len(openai.requests)
    await shop.say(words)
    assert len(openai.requests) == asked, "the model was not asked"
    assert meta.sends[-1].text.startswith(AGAIN)
    assert buttons(meta).keys() == {"yes", "no"}
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])
    openai.script(["Qual horário você prefere?"])
    await shop.say(words)
    assert len(openai.requests) == asked + 1, "a second time it is the model's"


async def test_the_second_question_is_answered_like_the_first(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    await shop.say("confirmo em breve")
    openai.script(["Agendado! 🐾"])
    await shop.say("SIM")
    assert len(await bookings(shop, conversation)) == 1


@pytest.mark.parametrize("words", ["sim, dez e meia", "sim, com hidratação", "sim, toda sexta", "sim, com o Caio", "pode ser às 11h?"])
async def test_another_wish_is_the_models(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, words: str) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Qual dia e horário você prefere?"])
    await shop.say(words)
    assert meta.sends[-1].text == "Qual dia e horário você prefere?"
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])


def edit(of: str, text: str, **more: Any) -> dict[str, Any]:
    return meta.message(PHONE, "edit", {"original_message_id": of, "message": {"type": "text", "text": {"body": text}}}, **more)


def revoke(of: str) -> dict[str, Any]:
    return meta.message(PHONE, "revoke", {"original_message_id": of})


@pytest.mark.parametrize("late", [False, True])
async def test_a_yes_that_was_deleted_before_it_was_read_is_none(
    web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta, late: bool
) -> None:
    conversation = await proposed(shop, openai)
    both = [meta_text("sim", id="wamid.yes"), revoke("wamid.yes")]
    assert await came(web, shop, *(reversed(both) if late else both)) == 0
    assert await bookings(shop, conversation) == []
    openai.script(["Temos sim."])
    await came(web, shop, meta_text("vocês têm estacionamento?"))
    said = [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "user"]
    assert "sim" not in said
    assert (await web.message("wamid.yes"))["content"] == "sim", "people still see what it was"


@pytest.mark.parametrize("late", [False, True])
async def test_what_was_edited_before_it_was_read_is_read_anew_and_no_answer(
    web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta, late: bool
) -> None:
    conversation = await proposed(shop, openai)
    both = [meta_text("não sei", id="wamid.edited"), edit("wamid.edited", "sim")]
    assert await came(web, shop, *(reversed(both) if late else both)) == 1
    assert await bookings(shop, conversation) == []
    assert meta.sends[-1].text.startswith(AGAIN)
    openai.script(["Às 11h também temos."])
    await came(web, shop, meta_text("tem outro?", id="wamid.other"), edit("wamid.other", "tem às 11h?"))
    said = [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "user"]
    assert said.count("sim") == 1
    assert sum("11h" in words for words in said) == 1
    assert not any("tem outro" in words for words in said)


async def test_a_message_that_was_read_stays_as_it_was_answered(web: Web, shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Agendado! 🐾"])
    await came(web, shop, meta_text("sim", id="wamid.yes"))
    assert await came(web, shop, edit("wamid.yes", "não"), revoke("wamid.yes")) == 0
    assert len(await bookings(shop, conversation)) == 1


async def test_a_booking_in_one_message_that_was_edited_is_asked(web: Web, shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    named = f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h"
    openai.script([book(), "Confere?"])
    await came(web, shop, meta_text("oi", id="wamid.named"), edit("wamid.named", named))
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])


async def test_an_emergency_that_an_edit_tells_is_one(web: Web, shop: Shop, openai: FakeOpenAI) -> None:
    await came(web, shop, meta_text("oi", id="wamid.edited"), edit("wamid.edited", "meu cachorro comeu veneno de rato"))
    (alert,) = await shop.rows("select kind from alerts")
    assert (alert["kind"], openai.requests) == ("emergency", [])


# Evolution


async def asked(cellphone: Cellphone, openai: FakeOpenAI) -> UUID:
    openai.script([calls(call("register_pet", name="Rex", species="dog")), "Cadastrei!", book(), "Achei um horário."])
    await cellphone.came("oi, meu cachorro é o Rex")
    await cellphone.came(f"tem banho pro Rex dia {monday():%d/%m} às 10:00?")
    (row,) = await cellphone.shop.rows("select id from conversations")
    conversation: UUID = row["id"]
    return conversation


async def test_evolution_gets_plain_text_and_a_thumb_says_yes(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    conversation = await asked(cellphone, openai)
    question = cellphone.fake.sends[-1]
    assert question.text.endswith(ASK)
    key = {"remoteJid": f"{PHONE}@s.whatsapp.net", "fromMe": True, "id": question.id}
    assert await cellphone.came({"reactionMessage": {"key": key, "text": "❤️"}}) == 0
    openai.script(["Agendado! 🐾"])
    assert await cellphone.came({"reactionMessage": {"key": key, "text": "👍🏿"}}) == 1
    assert len(await bookings(cellphone.shop, conversation)) == 1


async def test_a_thumb_of_the_shops_own_is_no_answer(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    conversation = await asked(cellphone, openai)
    key = {"remoteJid": f"{PHONE}@s.whatsapp.net", "fromMe": True, "id": cellphone.fake.sends[-1].id}
    assert await cellphone.came({"reactionMessage": {"key": key, "text": "👍"}}, fromMe=True) == 0
    assert await bookings(cellphone.shop, conversation) == []
