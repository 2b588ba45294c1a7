"""Whose words an echo is: our own send's, a person's on the phone, or the app's."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from service.messaging import inbox
from service.messaging.channels.base import ChannelName
from service.turns.queries import sweep
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.fakes.server import Fault
from tests.kit.phones import KINDS, Number

ANA, BIA, CAIO = "5511955560001", "5511955560002", "5511955560003"
REPLY = "Oi! Como posso ajudar?"
GREETING = "Olá! Seja bem-vindo à Loja do Bicho. Recebemos a sua mensagem e já vamos responder. 🐶"
AWAY = "Agradecemos sua mensagem. Não estamos disponíveis no momento, mas responderemos assim que possível."
SHORT = "Oi! Já te atendemos. 🐾"
QUICK_REPLY = "Nosso endereço é Rua das Acácias, 120, Vila Mariana, ao lado da padaria."
HOUR = 3600.0


async def outcome(number: Number, conversation: UUID, id: str) -> tuple[str, str]:
    """Return the conversation's status and who wrote a message."""
    return await number.status(conversation), (await number.row(id))["author"]


PERSONS, APPS = ("escalated", "shop_phone"), ("active", "shop_app")


# The app's automatic texts


# Seconds after the customer's message, what, and how it came before: to whom and how long after theirs.
@pytest.mark.parametrize(
    ("words", "after", "before", "expected"),
    [
        (GREETING, 0, [], APPS),
        (GREETING, 1, [], APPS),
        (AWAY, 2, [], APPS),
        (AWAY, 3, [], APPS),
        (AWAY, 4, [], PERSONS),
        (AWAY, 4, [(BIA, 1)], APPS),
        (AWAY, 6, [(BIA, 1)], PERSONS),
        (SHORT, 1, [], PERSONS),
        (SHORT, 1, [(BIA, 1)], APPS),
        (SHORT, 3, [(BIA, 1), (CAIO, 2)], APPS),
        (SHORT, 1, [(BIA, 40)], PERSONS),
        (SHORT, 1, [(BIA, 1), (CAIO, 90)], PERSONS),
        ("Oi", 3, [(BIA, 3), (CAIO, 2)], PERSONS),
        ("Oi, aqui é a Paula, tudo bem? Já te respondo", 2, [], PERSONS),
        ("Pode trazer o Rex às 15h, sim!", 45, [], PERSONS),
        (QUICK_REPLY, 15, [(BIA, 20), (CAIO, 8)], PERSONS),
    ],
)
async def test_automatic_texts_and_people(
    open_number: Callable[[ChannelName], Number], words: str, after: int, before: list[tuple[str, int]], expected: tuple[str, str]
) -> None:
    number, now = open_number("evolution"), time.time() - 100
    for phone, late in before:
        await number.customer(phone, "oi", at=now - 5 * HOUR)
        await number.echo(phone, words, at=now - 5 * HOUR + late, id=f"before.{phone}")
    conversation = await number.customer(ANA, "quanto é o banho?", at=now)
    id = await number.echo(ANA, words, at=now + after)
    assert await outcome(number, conversation, id) == expected


async def test_a_long_word_into_a_talk_is_a_persons(number: Number) -> None:
    """Somebody may have been writing it before the customer wrote on."""
    now = time.time() - 100
    conversation = await number.customer(ANA, "quanto é o banho?", at=now - 40)
    await number.customer(ANA, "alô?", at=now)
    id = await number.echo(ANA, GREETING, at=now + 1)
    assert await outcome(number, conversation, id) == PERSONS


async def test_greeting_and_away_text_may_come_together(number: Number) -> None:
    now = time.time() - 100
    conversation = await number.customer(ANA, "oi", at=now)
    for words in (GREETING, AWAY):
        id = await number.echo(ANA, words, at=now + 1)
        assert await outcome(number, conversation, id) == APPS


async def test_an_automatic_text_may_come_in_before_what_it_answers(number: Number) -> None:
    now = time.time() - 100
    id = await number.echo(ANA, GREETING, at=now + 1)
    conversation: UUID = (await number.row(id))["conversation_id"]
    r = number.shop.resources
    await sweep.find_left_behind(r.db, r.settings)
    assert await outcome(number, conversation, id) == PERSONS, "as long as nothing says otherwise"
    await number.customer(ANA, "oi", at=now)
    found = await sweep.find_left_behind(r.db, r.settings)
    assert await outcome(number, conversation, id) == APPS
    assert conversation in {row["conversation_id"] for row in found["unanswered"]}
    (case,) = await number.cases(conversation)
    assert case["closed_by"] == "automatic"
    assert case["resumed_at"] is not None


async def test_what_a_person_wrote_after_it_stands(number: Number) -> None:
    now = time.time() - 100
    id = await number.echo(ANA, GREETING, at=now + 1)
    await number.echo(ANA, "Já te respondo!", at=now + 30)
    await number.customer(ANA, "oi", at=now)
    await sweep.find_left_behind(number.shop.resources.db, number.shop.resources.settings)
    assert await number.status((await number.row(id))["conversation_id"]) == "escalated"


# Our own


def echo_first(number: Number, monkeypatch: pytest.MonkeyPatch, phone: str, words: str | None = None, **more: Any) -> None:
    """Let the provider tell of a send before it answers it."""
    accept = number.server._accept

    def told(*args: Any) -> Any:
        answer = accept(*args)
        id = answer["key"]["id"] if "key" in answer else answer["messages"][0]["id"] if "messages" in answer else None
        if id is not None:
            number.echo_now(phone, number.server.sends[-1].text if words is None else words, id=id, **more)
        return answer

    monkeypatch.setattr(number.server, "_accept", told)


async def test_an_echo_before_the_sends_answer_is_our_own(number: Number, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    openai.respond(lambda _: text(REPLY))
    echo_first(number, monkeypatch, ANA)
    conversation = await number.customer(ANA, "oi")
    await number.shop.work(conversation)
    _, reply = await number.shop.messages(conversation)
    assert (reply["status"], reply["sent_by_ai"], reply["external_id"]) == ("sent", True, number.server.sends[-1].id)
    assert await number.status(conversation) == "active"
    assert await number.cases(conversation) == []


async def test_an_echo_after_the_sends_answer_is_our_own(number: Number, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text(REPLY))
    conversation = await number.customer(ANA, "oi")
    await number.shop.work(conversation)
    for _ in range(2):
        await number.echo(ANA, REPLY, id=number.server.sends[-1].id)
    assert len(await number.shop.messages(conversation)) == 2
    assert await number.status(conversation) == "active"


@pytest.mark.parametrize("words", [REPLY, f"  {REPLY}\n"])
async def test_an_echo_settles_a_send_whose_answer_was_lost(number: Number, openai: FakeOpenAI, words: str) -> None:
    openai.respond(lambda _: text(REPLY))
    number.server.fail_when(lambda body: Fault(reset="after") if "text" in body else None)
    conversation = await number.customer(ANA, "oi")
    await number.shop.work(conversation)
    _, reply = await number.shop.messages(conversation)
    assert (reply["status"], reply["external_id"]) == ("sending", None)
    number.server.fail_when(None)
    await number.echo(ANA, words, id=number.server.sends[-1].id)
    _, reply = await number.shop.messages(conversation)
    assert (reply["status"], reply["external_id"], reply["error_code"]) == ("sent", number.server.sends[-1].id, None)
    assert [str(conversation)] == [args[1] for args in number.queued("outbox.deliver")], "what stands behind it goes on"
    assert await number.status(conversation) == "active"


async def test_an_echo_settles_a_send_that_was_given_up(number: Number, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text(REPLY))
    number.server.fail_when(lambda body: Fault(reset="after") if "text" in body else None)
    conversation = await number.customer(ANA, "oi")
    await number.shop.work(conversation)
    await number.shop.rows("update messages set status = 'failed', error_code = 'unsettled' where status = 'sending' returning 1")
    await number.echo(ANA, REPLY, id=number.server.sends[-1].id)
    _, reply = await number.shop.messages(conversation)
    assert reply["status"] == "sent"
    assert await number.status(conversation) == "active"


@pytest.mark.parametrize(("kind", "content"), [("caption", "Olha o Rex!"), ("image", "")])
async def test_a_picture_of_ours_comes_back_with_its_caption_or_none(number: Number, kind: str, content: str) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    await number.shop.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, message_type, content,"
        " status, sending_since, send_attempts) select organization_id, id, instance_id, 'outgoing', true, true, 'image', %(content)s,"
        " 'sending', now(), 1 from conversations where id = %(c)s returning id",
        c=conversation,
        content=content,
    )
    id = await number.echo(ANA, kind=kind)
    _, picture = await number.shop.messages(conversation)
    assert (picture["status"], picture["external_id"]) == ("sent", id)
    assert await number.status(conversation) == "active"


async def test_an_echo_of_the_inboxes_answer_is_no_second_one(number: Number, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = await number.customer(ANA, "oi")
    words = "Oi Ana, sou a Paula"
    await inbox.send_as_person(number.shop.resources.db, number.shop.organization_id, conversation, words, author="Paula")
    echo_first(number, monkeypatch, ANA)
    await number.deliver(conversation)
    assert [(m["author"], m["status"]) for m in await number.shop.messages(conversation)] == [(None, "received"), ("Paula", "sent")]


async def test_other_words_while_a_send_is_under_way_are_a_persons(
    number: Number, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    openai.respond(lambda _: text(REPLY))
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    accept = number.server._accept

    def told(*args: Any) -> Any:
        number.echo_now(ANA, "Oi, sou a Paula", id="echo.of.paula")
        return accept(*args)

    monkeypatch.setattr(number.server, "_accept", told)
    await number.shop.work(conversation)
    assert await outcome(number, conversation, "echo.of.paula") == PERSONS


async def test_a_template_comes_back_in_whatapps_words(
    open_number: Callable[[ChannelName], Number], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = open_number("cloud_api")
    for phone, words in ((ANA, "Olá, Ana! O Rex  tem banho sexta às 10h."), (BIA, "Lembrete da sua loja.")):
        conversation = await number.customer(phone, "oi")
        await number.shop.rows(
            "with c as (update conversations set last_inbound_at = now() - interval '3 days' where id = %(c)s returning *)"
            " insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id,"
            " author, status, template) select organization_id, id, instance_id, 'outgoing', true, true, 'Lembrete: sexta', 'outreach:1',"
            """ 'system', 'queued', '{"name": "lembrete", "language": "pt_BR", "parameters": ["Ana", "Rex", "sexta às 10h"]}' from c"""
            " returning id",
            c=conversation,
        )
        with monkeypatch.context() as patch:
            echo_first(number, patch, phone, words)
            await number.deliver(conversation)
        assert number.server.sends[-1].template == "lembrete"  # type: ignore[union-attr]
        _, sent = await number.shop.messages(conversation)
        assert (sent["status"], sent["content"]) == ("sent", "Lembrete: sexta")
        assert await number.status(conversation) == "active", "also where only the answer tells that it is ours"
        assert [case["closed_by"] for case in await number.cases(conversation)] == ([] if phone == ANA else ["own_message"])


# What pauses


@pytest.mark.parametrize("kind", [*KINDS])
async def test_only_what_says_something_silences_the_ai(number: Number, kind: str) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    id = await number.echo(ANA, kind=kind)
    says = kind in ("image", "caption", "audio", "document", "location")
    assert await number.status(conversation) == ("escalated" if says else "active")
    row = await number.row(id)
    assert row["author"] == ("shop_phone" if says or row["message_type"] == "edit" else "shop_app")


@pytest.mark.parametrize("envelope", [{"type": "append"}, {"event": "messages.set"}])
async def test_history_never_silences_the_ai(open_number: Callable[[ChannelName], Number], envelope: dict[str, Any]) -> None:
    number = open_number("evolution")
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    id = await number.echo(ANA, **envelope)
    assert await outcome(number, conversation, id) == ("active", "shop_phone")


async def test_what_is_old_never_silences_the_ai(number: Number) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    id = await number.echo(ANA, at=time.time() - 7 * HOUR)
    assert await outcome(number, conversation, id) == ("active", "shop_phone")


async def test_what_comes_late_silences_the_ai_from_when_it_was_written(number: Number) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - HOUR)
    written = time.time() - HOUR / 2
    await number.echo(ANA, at=written)
    (case,) = await number.cases(conversation)
    assert case["pause_until"].timestamp() == int(written) + number.shop.resources.settings.pause_hours * HOUR


async def test_what_comes_after_the_ais_answer_or_the_pauses_end_does_not(number: Number, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text(REPLY))
    conversation = await number.customer(ANA, "oi", at=time.time() - HOUR)
    await number.shop.work(conversation)
    await number.echo(ANA, at=time.time() - HOUR / 2)
    assert await number.status(conversation) == "active"
    await number.shop.rows("update organization_settings set pause_hours = 0.25 returning 1")
    conversation = await number.customer(BIA, "oi", at=time.time() - HOUR)
    await number.echo(BIA, at=time.time() - HOUR / 2)
    assert await number.status(conversation) == "active"


async def test_what_was_written_before_a_hand_back_does_not_take_it_back(number: Number) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    await number.echo(ANA, "Oi!", at=time.time() - 20)
    await number.shop.hand_back(conversation)
    await number.echo(ANA, "Já te passo", at=time.time() - 10)
    assert await number.status(conversation) == "active"


async def test_an_owners_talk_with_aurora_goes_on(number: Number, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("Oi! Em que posso ajudar?"))
    owner = "551188880001"
    conversation = await number.customer(owner, "oi", at=time.time() - 30)
    await number.echo(owner, "Chefe, acabou o xampu")
    assert await number.status(conversation) == "active"
    await number.shop.work(conversation)
    assert len(number.sent(owner)) == 1


async def test_the_shop_may_write_first(number: Number) -> None:
    id = await number.echo(ANA, "Oi Ana, o Rex esqueceu a coleira aqui")
    assert await outcome(number, (await number.row(id))["conversation_id"], id) == PERSONS


async def test_an_echo_takes_one_round_trip(number: Number) -> None:
    await number.customer(ANA, "oi")
    before = number.shop.resources.db.round_trips
    await number.echo(ANA)
    assert number.shop.resources.db.round_trips == before + 1
