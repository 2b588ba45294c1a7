"""Somebody of the shop answers on the phone: the AI is quiet, comes back, and knows what was said."""

import json
import time

import pytest

from service.messaging.echoes import REASON
from service.turns.queries import mailbox, sweep
from tests.kit.fakes.openai import FakeOpenAI, call
from tests.kit.phones import Number

ANA, BIA = "5511955560001", "5511955560002"
GREETING = "Olá! Seja bem-vindo à Loja do Bicho. Recebemos a sua mensagem e já vamos responder. 🐶"


def asked(openai: FakeOpenAI) -> str:
    """Return what the model was shown last."""
    return json.dumps(openai.requests[-1].json, ensure_ascii=False)


async def test_the_case_says_why_and_nothing_rings(number: Number, openai: FakeOpenAI) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 30)
    await number.echo(ANA)
    (case,) = await number.cases(conversation)
    assert case["reason"] == REASON
    assert await number.shop.rows("select 1 from alerts") == []
    assert await number.shop.work(conversation) == 0
    assert openai.requests == []


async def test_each_word_of_the_persons_makes_the_pause_longer(number: Number) -> None:
    await number.shop.rows("update organization_settings set pause_hours = 2 returning 1")
    conversation = await number.customer(ANA, "oi", at=time.time() - 300)
    until = []
    for ago in (200, 100):
        written = int(time.time() - ago)
        await number.echo(ANA, at=written)
        (case,) = await number.cases(conversation)
        until.append(case["pause_until"].timestamp() - written)
    assert until == [7200.0, 7200.0]


async def test_a_case_that_is_open_is_kept(number: Number, openai: FakeOpenAI) -> None:
    openai.script([call("escalate_to_human", reason="pediu uma pessoa")])
    conversation = await number.customer(ANA, "quero falar com uma pessoa", at=time.time() - 30)
    await number.shop.work(conversation)
    (before,) = await number.cases(conversation)
    await number.shop.rows("update escalations set pause_until = now() + interval '1 minute' returning 1")
    await number.echo(ANA)
    (after,) = await number.cases(conversation)
    assert after["id"] == before["id"]
    assert (after["pause_until"] - before["pause_until"]).total_seconds() > -60


async def test_at_the_pauses_end_the_ai_knows_what_was_said(number: Number, openai: FakeOpenAI) -> None:
    conversation = await number.customer(ANA, "quanto fica o banho do Rex?", at=time.time() - 60)
    await number.echo(ANA, "Pra você faço por R$ 50,00, combinado", at=time.time() - 40)
    await number.echo(ANA, kind="image")
    await number.echo(ANA, kind="reaction")
    await number.customer(ANA, "fechado! até que horas abre?")
    await number.shop.rows("update escalations set pause_until = now() - interval '1 second' returning 1")
    found = await sweep.find_left_behind(number.shop.resources.db, number.shop.resources.settings)
    assert conversation in {row["conversation_id"] for row in found["unanswered"]}
    openai.script(["O valor combinado é R$ 50,00."])
    await number.shop.work(conversation)
    for words in ("[mensagem da equipe da loja] Pra você faço por R$ 50,00, combinado", "[a equipe da loja enviou uma imagem]"):
        assert words in asked(openai)
    assert "👍" not in asked(openai)
    assert "R$ 50,00" in number.sent(ANA)[-1]


@pytest.mark.parametrize("command", ["@robo", "@Robô", " @ROBO. "])
async def test_the_command_gives_it_back(number: Number, openai: FakeOpenAI, command: str) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 60)
    await number.echo(ANA, "Oi, sou a Paula. O Rex pode vir de tarde", at=time.time() - 40)
    await number.customer(ANA, "e quanto custa?")
    id = await number.echo(ANA, command)
    (case,) = await number.cases(conversation)
    assert (await number.status(conversation), case["closed_by"]) == ("active", "shop_phone")
    assert number.queued("conversation.process")[-1][1] == str(conversation)
    openai.script(["Oi! Como posso ajudar?"])
    await number.shop.work(conversation)
    assert len(number.sent(ANA)) == 1
    assert "O Rex pode vir de tarde" in asked(openai)
    assert command.strip() not in asked(openai)
    # Doubled, it takes nobody's conversation away.
    await number.echo(ANA, "Vou ver e te falo")
    await number.echo(ANA, command, id=id)
    assert await number.status(conversation) == "escalated"


@pytest.mark.parametrize("words", ["@robo pode assumir?", "robo", "@roboto", "chama o @robo"])
async def test_what_has_the_command_in_it_is_a_persons_word(number: Number, words: str) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 60)
    await number.echo(ANA, words)
    assert await number.status(conversation) == "escalated"


async def test_the_command_alone_does_nothing_where_the_ai_has_it(number: Number) -> None:
    conversation = await number.customer(ANA, "oi", at=time.time() - 60)
    await number.echo(ANA, "@robo")
    assert await number.status(conversation) == "active"
    assert await number.cases(conversation) == []


async def test_whom_the_person_answered_last_the_ai_leaves_in_peace(number: Number, openai: FakeOpenAI) -> None:
    conversation = await number.customer(ANA, "oi, tem horário?", at=time.time() - 60)
    await number.echo(ANA, "Tem sim, te espero às 15h!", at=time.time() - 40)
    await number.echo(ANA, "@robo")
    await number.shop.work(conversation)
    assert openai.requests == []
    assert number.sent(ANA) == []
    openai.script(["De nada!"])
    await number.customer(ANA, "obrigada")
    await number.shop.work(conversation)
    assert number.sent(ANA) == ["De nada!"]
    assert "te espero às 15h" in asked(openai)


@pytest.mark.parametrize("written", [True, False], ids=["dropped", "never written"])
async def test_what_the_ai_never_said_it_does_not_think_it_said(
    number: Number, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    openai.script(["Tudo ótimo por aqui!"])
    conversation = await number.customer(ANA, "oi, tudo bem?", at=time.time() - 60)
    commit = mailbox.commit

    async def and_a_person_writes(*args: object) -> object:
        if not written:
            await number.echo(ANA, "Oi, sou a Paula")
        done = await commit(*args)  # type: ignore[arg-type]
        if written:
            await number.echo(ANA, "Oi, sou a Paula")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(mailbox, "commit", and_a_person_writes)
        await number.shop.work(conversation)
    assert number.sent(ANA) == []
    await number.customer(ANA, "obrigada")
    await number.echo(ANA, "@robo")
    openai.script(["De nada!"])
    await number.shop.work(conversation)
    assert number.sent(ANA) == ["De nada!"]
    assert "Tudo ótimo por aqui!" not in asked(openai)
    assert "sou a Paula" in asked(openai)


async def test_what_was_said_stays_said(number: Number, openai: FakeOpenAI) -> None:
    openai.script(["Tudo ótimo por aqui!", "De nada!"])
    conversation = await number.customer(ANA, "oi, tudo bem?")
    await number.shop.work(conversation)
    await number.customer(ANA, "obrigada")
    await number.shop.work(conversation)
    assert "Tudo ótimo por aqui!" in asked(openai)


async def test_the_apps_greeting_is_no_person(number: Number, openai: FakeOpenAI) -> None:
    openai.script(["Oi! Como posso ajudar?"])
    now = time.time() - 60
    conversation = await number.customer(ANA, "oi", at=now)
    await number.echo(ANA, GREETING, at=now + 1)
    await number.shop.work(conversation)
    assert number.sent(ANA) == ["Oi! Como posso ajudar?"]
    assert "Seja bem-vindo" not in asked(openai)


async def test_the_apps_greeting_silences_no_emergency(number: Number, openai: FakeOpenAI) -> None:
    now = time.time() - 60
    conversation = await number.customer(ANA, "socorro, meu cachorro comeu veneno de rato", at=now)
    await number.echo(ANA, GREETING, at=now + 1)
    await number.shop.work(conversation)
    assert len(number.sent(ANA)) == 1
    assert openai.requests == []
    assert [alert["kind"] for alert in await number.shop.rows("select kind from alerts")] == ["emergency"]
    await number.echo(ANA, GREETING, at=now + 1)
    await number.customer(ANA, "alarme falso, foi engano, ele está bem")
    (case,) = await number.cases(conversation)
    assert case["closed_by"] == "customer", "an automatic text is no person who has it in hand"


async def test_an_emergency_that_crosses_the_persons_words_rings(number: Number) -> None:
    """She can't have read it."""
    now = time.time() - 60
    conversation = await number.customer(ANA, "socorro, meu cachorro comeu veneno de rato", at=now)
    await number.echo(ANA, "Bom dia! Seu pedido chegou", at=now - 10)
    (alert,) = await number.shop.rows("select id, kind, title from alerts")
    assert (alert["kind"], alert["title"].split(":")[0]) == ("emergency", "Emergência")
    assert number.queued("escalation.notify") == [[str(alert["id"])]]
    assert await number.status(conversation) == "escalated"


async def test_the_persons_words_take_the_emergency_in_hand(number: Number) -> None:
    conversation = await number.customer(ANA, "socorro, meu cachorro comeu veneno de rato", at=time.time() - 60)
    await number.echo(ANA, "Corre pra cá, estamos te esperando")
    await number.shop.work(conversation)
    assert number.sent(ANA) == []
    assert await number.status(conversation) == "escalated"
    assert await number.shop.rows("select 1 from alerts") == []
