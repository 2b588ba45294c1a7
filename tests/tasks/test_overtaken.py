"""A draft is worth sending only while nobody has written, answered or taken over in the meantime."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.messaging.queries import conversations
from service.platform.journal import MAX_REDRAFTS, Effect
from service.turns.queries import escalations, mailbox
from service.turns.turn import Case
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, call, text
from tests.kit.meanwhile import sql, thinking, write
from tests.kit.shop import Shop

REX = {"name": "Rex", "species": "dog"}


def said(openai: FakeOpenAI) -> list[tuple[str, str]]:
    """Return the last request's conversation, without the prompt."""
    return [(m["role"], m["content"]) for m in openai.requests[-1].json["messages"] if m["role"] != "system"]


async def test_who_writes_on_gets_one_answer_to_both(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("quanto custa o banho?")
    both = text("O banho custa R$ 70,00. A tosa custa R$ 120,00.")
    openai.respond(thinking((lambda: write(shop, conversation, "e a tosa?"), text("O banho custa R$ 70,00.")), (None, both)))
    assert await shop.work(conversation) == 1
    (sent,) = meta.sends
    assert "R$ 70,00" in sent.text
    assert "R$ 120,00" in sent.text
    assert said(openai) == [("user", "quanto custa o banho?"), ("user", "e a tosa?")], "the stale draft is not in the conversation"
    (interaction,) = await shop.rows("select turn_id from ai_interactions")
    turns = await shop.rows(
        "select distinct turn_id, processed_at is null as open from messages where conversation_id = %(c)s and direction = 'incoming'",
        c=conversation,
    )
    assert turns == [{"turn_id": interaction["turn_id"], "open": False}]

    openai.respond(lambda _: text("De nada!"))
    await shop.say("obrigada")
    assert said(openai)[-2:] == [("assistant", sent.text), ("user", "obrigada")]


async def test_a_correction_stops_what_was_about_to_be_done(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("cadastra o Rex, meu cachorro")
    openai.respond(
        thinking(
            (lambda: write(shop, conversation, "não, o nome é Thor"), call("register_pet", **REX)),
            (None, call("register_pet", name="Thor", species="dog")),
            (None, text("Thor cadastrado!")),
        )
    )
    assert await shop.work(conversation) == 1
    assert [
        p["name"]
        for p in await shop.rows("select name from pets p join conversations c using (contact_id) where c.id = %(c)s", c=conversation)
    ] == ["Thor"]
    (sent,) = meta.sends
    assert "Thor" in sent.text
    assert "Rex" not in sent.text


async def test_after_a_deed_the_newcomer_is_the_next_turn(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("cadastra o Rex, meu cachorro")
    openai.respond(
        thinking(
            (None, call("register_pet", **REX)),
            (lambda: write(shop, conversation, "e quanto é o banho?"), text("Rex cadastrado!")),
            (None, text("O banho custa R$ 70,00.")),
        )
    )
    assert await shop.work(conversation) == 2
    deed, price = (s.text for s in meta.sends)
    assert "Rex" in deed
    assert "R$ 70,00" not in deed
    assert "R$ 70,00" in price
    assert "Rex" not in price


async def test_who_never_stops_writing_is_answered(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("oi")
    *drafts, last, after = ["Oi!", "Olá!", "Oi! Tudo bem?", "Oi! Como posso ajudar?", "Olá! Como posso ajudar?"]
    assert len(drafts) == MAX_REDRAFTS
    overtaken = [(lambda: write(shop, conversation, "oi?"), text(draft)) for draft in (*drafts, last)]
    openai.respond(thinking(*overtaken, (None, text(after))))
    assert await shop.work(conversation) == 2
    assert [s.text for s in meta.sends] == [last, after]
    (left,) = await shop.rows("select turn_redrafts from conversations where id = %(c)s", c=conversation)
    assert left["turn_redrafts"] == 0


async def test_a_draft_lost_in_a_crash_is_redone_with_what_came_since(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph finished and its checkpoint is written, then the worker dies before the commit."""
    openai.script(["Olá!", "Olá! Qual dia você prefere?"])
    conversation = await shop.receive("oi")
    commit = mailbox.commit

    async def die(*_: object) -> None:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(mailbox, "commit", die)
    await shop.work(conversation)
    monkeypatch.setattr(mailbox, "commit", commit)
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)
    await shop.receive("quero um banho")
    assert await shop.work(conversation) == 1
    assert [s.text for s in meta.sends] == ["Olá! Qual dia você prefere?"]
    assert said(openai) == [("user", "oi"), ("user", "quero um banho")]


@pytest.mark.parametrize(
    "overtaking",
    [
        "update conversations set lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' where id = %s",
        "update conversations set status = 'escalated' where id = %s",
    ],
)
async def test_nothing_is_done_after_somebody_else_took_over(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, overtaking: str) -> None:
    conversation = await shop.receive("cadastra o Rex, meu cachorro")
    openai.respond(thinking((lambda: sql(shop, overtaking, conversation), call("register_pet", **REX))))
    assert await shop.work(conversation) == 0
    assert meta.sends == []
    assert await shop.rows("select 1 from turn_effects") == []
    (left,) = await shop.rows("select turn_failures from conversations where id = %(c)s", c=conversation)
    assert left["turn_failures"] == 0


@pytest.mark.parametrize("step", [text("Qual dia você prefere?"), call("register_pet", **REX)])
async def test_a_worker_that_lost_its_conversation_leaves_the_thread_alone(
    open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI, meta: FakeMeta, step: Step
) -> None:
    """It stood still; another one has answered this message and a later one; then it goes on where it was."""
    stalled = await open_shop()
    conversation = await stalled.receive("cadastra o Rex, meu cachorro")
    thinks, goes_on = threading.Event(), threading.Event()

    def think(_: Any) -> Step:
        thinks.set()
        assert goes_on.wait(30)
        return step

    openai.respond(think)
    turn = asyncio.create_task(stalled.work(conversation))
    await asyncio.to_thread(thinks.wait, 30)
    sql(stalled, "update conversations set lease_until = now() - interval '1 second' where id = %s", conversation)
    with FakeOpenAI() as second:
        quick = await open_shop(openai_base_url=second.base_url)
        second.respond(lambda _: text("Qual dia você prefere?"))
        await quick.work(conversation)
        await quick.say("quero um banho")
        goes_on.set()
        assert await turn == 0
        await quick.say("obrigada")
        assert [m["role"] for m in second.requests[-1].json["messages"]] == ["system", *["user", "assistant"] * 2, "user", "system"]
    assert len(meta.sends) == 3


async def test_a_call_for_a_person_may_have_the_same_id_twice(shop: Shop) -> None:
    """Small models number their calls from zero in every answer."""
    conversation = await shop.receive("quero falar com uma pessoa")
    case = Case(alert="escalation", reason="pediu", content="Já chamei.", title="Ana pede uma pessoa", pause=timedelta(minutes=1))
    for _ in range(2):
        effect = Effect(conversation, uuid4(), "call_0", "escalate_to_human", {"reason": "pediu"})
        assert await escalations.open_case(shop.resources.db, shop.organization_id, effect, case)
        assert await conversations.hand_back(shop.resources.db, shop.organization_id, conversation, by="Paula", note=None)
    assert len(await shop.rows("select 1 from escalations")) == 2


async def test_a_burst_longer_than_the_window_is_one_turn(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    for n in range(60):
        conversation = await shop.receive(f"mensagem {n}")
    openai.script([call("escalate_to_human", reason="muitas mensagens")])
    assert await shop.work(conversation) == 1
    (row,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation)
    assert row["status"] == "escalated"
    assert await shop.rows("select 1 from messages where direction = 'incoming' and processed_at is null") == []
