"""What keeps one customer, one shop, one provider or one deploy from troubling everybody else."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from service.messaging import outbox
from service.platform import jobs
from service.turns import limits
from service.turns.queries import sweep
from tasks import conversation as actors
from tests.kit.fakes.meta import FakeMeta, error
from tests.kit.fakes.openai import FakeOpenAI, Step, call, dialogue, text
from tests.kit.fakes.server import Fault
from tests.kit.shop import Shop

OpenShop = Callable[..., Awaitable[Shop]]
SENDS = "text"


async def deliver(shop: Shop, conversation: UUID) -> int:
    r = shop.resources
    return await outbox.deliver(r.db, r.channels, r.redis, r.settings, shop.organization_id, conversation)


@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float | None]]:
    seen: list[tuple[str, float | None]] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *_, delay=None, **__: seen.append((name, delay)))
    return seen


async def test_the_providers_limit_of_a_number_holds_every_conversation(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, enqueued: list[tuple[str, float | None]]
) -> None:
    openai.respond(lambda _: text("Olá!"))
    meta.fail_when(lambda body: error(130429, status=429) if SENDS in body else None)
    first = await shop.say("oi")
    meta.fail_when(None)
    enqueued.clear()
    second = await shop.say("oi", phone="5511955550002")
    assert meta.sends == [], "another conversation's message waits too, in every worker"
    (delay,) = [delay for name, delay in enqueued if name == "outbox.deliver"]
    assert 0 < (delay or 0) <= 4
    await shop.rows("update whatsapp_instances set sends_paused_until = now() returning 1")
    await shop.rows("update messages set next_attempt_at = now() where next_attempt_at is not null returning 1")
    assert [await deliver(shop, c) for c in (second, first)] == [1, 1]
    (row,) = await shop.rows("select send_attempts from messages where conversation_id = %(c)s and status = 'sent'", c=first)
    assert row["send_attempts"] == 1, "a limit is no attempt of the message's"


async def test_the_providers_limit_of_a_pair_holds_one_conversation(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: text("Olá!"))
    meta.fail_when(lambda body: error(131056) if body.get("to") == "5511955550001" and SENDS in body else None)
    await shop.say("oi")
    await shop.say("oi", phone="5511955550002")
    assert [s.to for s in meta.sends] == ["5511955550002"]


async def test_a_limit_that_never_ends_becomes_visible(open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    shop = await open_shop(send_deadline=60.0)
    openai.respond(lambda _: text("Olá!"))
    meta.fail_when(lambda body: error(131056) if SENDS in body else None)
    conversation = await shop.say("oi")
    for attempt in range(8):
        await shop.rows("update messages set next_attempt_at = now() where status = 'queued' returning 1")
        if attempt == 4:
            await shop.rows("update messages set created_at = now() - interval '2 minutes' where status = 'queued' returning 1")
        await deliver(shop, conversation)
    assert len(await shop.rows("select 1 from messages where status = 'failed' and error_code = '131056'")) == 1
    assert [a["kind"] for a in await shop.rows("select kind from alerts")] == ["send_failed"]


@pytest.mark.parametrize(("policy", "status", "sends"), [("fail", "failed", 1), ("resend", "sent", 2)])
async def test_what_the_deadline_does_is_a_setting(
    open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta, policy: str, status: str, sends: int
) -> None:
    shop = await open_shop(send_unconfirmed=policy)
    openai.respond(lambda _: text("Olá!"))
    conversation = await shop.receive("oi")
    meta.fail_when(lambda body: Fault(reset="after") if SENDS in body else None)
    await shop.work(conversation)
    meta.fail_when(None)
    await shop.rows("update messages set sending_since = now() - interval '1 hour' where status = 'sending' returning 1")
    found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert [r["conversation_id"] for r in found["unsent"]] == [conversation]
    await deliver(shop, conversation)
    (row,) = await shop.rows("select status from messages where direction = 'outgoing'")
    assert (row["status"], len(meta.sends)) == (status, sends)


async def test_a_customer_who_had_too_many_turns_gets_a_person(open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    shop = await open_shop(contact_turns_per_hour=2)
    answers = {"oi": "Oi! Como posso ajudar?", "quero um banho": "Para qual dia?", "quero marcar": "Qual serviço você gostaria?"}
    openai.respond(lambda body: text(answers[next(m["content"] for m in reversed(dialogue(body)) if m["content"] in answers)]))
    for words in answers:
        conversation = await shop.say(words)
    assert [s.text for s in meta.sends[:2]] == [answers["oi"], answers["quero um banho"]]
    assert "pessoa" in meta.sends[2].text
    (case,) = await shop.rows("select reason, c.status from escalations e join conversations c on c.id = e.conversation_id")
    assert case["status"] == "escalated"
    assert "2 respostas" in case["reason"]
    assert [a["kind"] for a in await shop.rows("select kind from alerts")] == ["limit"]

    await shop.hand_back(conversation)
    assert await shop.work(conversation) == 1, "what was waiting is answered after the hand-back"
    assert "quero marcar" in str(openai.requests[-1].json["messages"])
    assert [s.text for s in meta.sends[3:]] == [answers["quero marcar"]]


async def test_a_shop_may_have_a_limit_of_its_own(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: text("Olá!"))
    await shop.rows("update organization_settings set shop_turns_per_day = 1 returning 1")
    await shop.say("oi")
    await shop.say("oi", phone="5511955550002")
    assert meta.sends[0].text == "Olá!"
    (case,) = await shop.rows("select reason from escalations")
    assert "24 horas" in case["reason"]


async def test_two_bots_do_not_talk_for_ever(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: text("Como posso ajudar?"))
    for _ in range(limits.ECHOES + 3):
        await shop.say("Olá, tudo bem?")
    assert len(meta.sends) == limits.ECHOES, "three answers, and that a person was called"
    (conversation,) = await shop.rows("select id, status from conversations")
    assert conversation["status"] == "escalated"
    await shop.hand_back(conversation["id"])
    assert await shop.work(conversation["id"]) == 1
    assert meta.sends[-1].text == "Como posso ajudar?", "a person has looked at it"


async def test_a_flood_stands_in_line(open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a flooding shop no more than its share is worked on; another shop's message does not wait for the rest."""
    shop = await open_shop(worker_threads=4, shop_share=0.5)
    other = UUID(int=7)
    monkeypatch.setattr(actors, "resources", lambda: shop.resources)
    running: list[UUID] = []
    gate = asyncio.Event()

    async def answer(_: object, organization: UUID, conversation: UUID, **__: object) -> int:
        running.append(conversation)
        await gate.wait()
        return 1

    monkeypatch.setattr(actors, "answer", answer)
    woken: list[UUID] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, shop, conversation, **_: woken.append(conversation))
    process = actors.process.fn.__wrapped__  # type: ignore[attr-defined]
    flood = [asyncio.create_task(process(str(shop.organization_id), str(UUID(int=n)))) for n in range(10)]
    late = asyncio.create_task(process(str(other), str(UUID(int=99))))
    await asyncio.sleep(0)
    assert running == [UUID(int=0), UUID(int=1), UUID(int=99)]
    gate.set()
    await asyncio.gather(*flood, late)
    assert woken == [UUID(int=n) for n in range(2, 10)], "who ends wakes who waits"


async def test_a_models_limit_is_no_failure_of_the_turn(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, enqueued: list[tuple[str, float | None]]
) -> None:
    openai.fail_next(*[Fault(status=429, body="{}")] * 5)
    openai.respond(lambda _: text("Olá!"))
    conversation = await shop.receive("oi")
    enqueued.clear()
    for attempt in range(1, 6):
        assert await shop.work(conversation) == 0
        (row,) = await shop.rows("select turn_failures, turn_claims from conversations where id = %(c)s", c=conversation)
        assert row == {"turn_failures": 0, "turn_claims": attempt}
        await shop.rows("update conversations set retry_at = now() where id = %(c)s returning 1", c=conversation)
    assert enqueued == [("conversation.process", delay) for delay in (2.0, 4.0, 6.0, 8.0, 10.0)]
    assert await shop.work(conversation) == 1
    assert [s.text for s in meta.sends] == ["Olá!"]


async def test_a_stopping_worker_gives_back_what_it_thinks_about(
    open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta, enqueued: list[tuple[str, float | None]]
) -> None:
    stopping, other = await open_shop(shutdown_seconds=0.0), await open_shop()
    openai.script([call("register_pet", name="Rex", species="dog"), Step(text="nunca enviado", fault=Fault(delay=60))])
    conversation = await stopping.receive("cadastra o Rex, meu cachorro")
    turn = asyncio.create_task(stopping.work(conversation))
    await openai.until(lambda: len(openai.requests) == 2)
    enqueued.clear()
    await stopping.resources.stop()
    assert await turn == 0
    assert ("conversation.process", None) in enqueued
    (row,) = await other.rows("select lease_token, turn_failures, turn_claims from conversations where id = %(c)s", c=conversation)
    assert row == {"lease_token": None, "turn_failures": 0, "turn_claims": 0}
    assert await stopping.work(conversation) == 0, "nothing new is begun"
    openai.script(["Rex cadastrado!"])
    assert await other.work(conversation) == 1
    (said,) = meta.sends
    assert "Rex (cachorro)" in said.text
    assert "cadastro" in said.text
    assert (
        len(
            await other.rows(
                "select 1 from pets where name = 'Rex' and contact_id = (select contact_id from conversations where id = %(c)s)",
                c=conversation,
            )
        )
        == 1
    )


async def test_raw_data_is_kept_as_long_as_the_settings_say(shop: Shop) -> None:
    old, new = await shop.receive("antiga"), await shop.receive("nova", phone="5511955550002")
    await shop.rows(
        "update messages set raw = '{}', created_at = now() - interval '91 days' where conversation_id = %(c)s returning 1", c=old
    )
    await shop.rows("update messages set raw = '{}' where conversation_id = %(c)s returning 1", c=new)
    assert await sweep.forget_raw(shop.resources.db, days=90) == 1
    kept = await shop.rows("select conversation_id, content from messages where raw is not null")
    assert kept == [{"conversation_id": new, "content": "nova"}]
