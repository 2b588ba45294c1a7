"""The emergency rail: no model, no wait, no limit between an emergency and a person."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from graphs.client.escalation import CONDOLENCE
from service.language import emergency
from service.language.emergency_over import NOTE
from service.messaging.queries import conversations
from service.platform import jobs
from service.turns.queries import sweep
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, call, text
from tests.kit.fakes.server import Fault
from tests.kit.shop import Shop

OpenShop = Callable[..., Awaitable[Shop]]
WORDS = "socorro, minha cachorra foi atropelada"
OWNER = "5511988880001"
HOUR = 3600.0


@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float | None]]:
    seen: list[tuple[str, float | None]] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *_, delay=None, **__: seen.append((name, delay)))
    return seen


async def alerts(shop: Shop) -> list[tuple[Any, ...]]:
    return [(a["kind"], a["title"], a["body"]) for a in await shop.rows("select * from alerts order by created_at")]


ALERT = ("emergency", "Emergência: Ana", emergency.REASONS["accident"])


async def test_an_emergency_waits_for_no_quiet_and_no_model(
    open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta, enqueued: list[tuple[str, float | None]]
) -> None:
    shop = await open_shop(quiet_window=HOUR, quiet_cap=HOUR)
    conversation = await shop.receive("oi")
    assert enqueued == [("conversation.process", HOUR)]
    assert await shop.work(conversation) == 0
    await shop.receive(WORDS)
    assert enqueued[-1] == ("conversation.process", None)
    assert await shop.work(conversation) == 1
    assert openai.requests == []
    (said,) = meta.sends
    assert said.text == emergency.TEXT + "\nEndereço: Rua das Acácias, 120, Vila Mariana, São Paulo\nTelefone: (11) 3333-0001"
    assert await alerts(shop) == [ALERT]
    assert enqueued[-1] == ("escalation.notify", None)
    (case,) = await shop.rows("select reason, c.status from escalations e join conversations c on c.id = e.conversation_id")
    assert case == {"reason": emergency.REASONS["accident"], "status": "escalated"}
    assert await shop.rows("select 1 from messages where direction = 'incoming' and processed_at is null") == []
    assert await shop.rows("select 1 from ai_interactions") == [], "it is none of the customer's turns"


async def test_the_shop_says_it_in_its_own_words(shop: Shop, meta: FakeMeta) -> None:
    words = "Venha já: Rua das Acacias, 120, Vila Mariana, São Paulo. Ligue 11 3333 0001."
    await shop.rows("update organization_settings set emergency_text = %(text)s returning 1", text=words)
    await shop.say(WORDS)
    assert [s.text for s in meta.sends] == [words]


@pytest.mark.parametrize("limit", [{"contact_turns_per_hour": 1}, {}])
async def test_no_limit_sets_it_aside(open_shop: OpenShop, openai: FakeOpenAI, meta: FakeMeta, limit: dict[str, int]) -> None:
    shop = await open_shop(**limit)
    openai.respond(lambda _: text("Olá!"))
    if not limit:
        await shop.rows("update organization_settings set shop_turns_per_day = 1 returning 1")
    await shop.say("oi")
    await shop.say(WORDS)
    assert len(openai.requests) == 1
    assert meta.sends[-1].text.startswith(emergency.TEXT)
    assert await alerts(shop) == [ALERT]


async def test_a_model_in_trouble_does_not_hold_it_up(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: Fault(status=500, body="broken"))
    conversation = await shop.say("oi")
    (row,) = await shop.rows("select retry_at > now() as waits from conversations where id = %(c)s", c=conversation)
    assert row["waits"]
    await shop.say(WORDS)
    assert [s.text.startswith(emergency.TEXT) for s in meta.sends] == [True]


async def test_the_sweeper_finds_it_before_the_quiet_window_ends(open_shop: OpenShop) -> None:
    shop = await open_shop(quiet_window=HOUR, quiet_cap=HOUR)
    calm, urgent = await shop.receive("oi", phone="5511955550002"), await shop.receive(WORDS)
    await shop.rows("update messages set created_at = created_at - interval '1 minute' returning 1")
    await shop.rows("update conversations set retry_at = now() + interval '1 minute' where id = any(%(c)s) returning 1", c=[calm, urgent])
    found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert [row["conversation_id"] for row in found["unanswered"]] == [urgent]


async def escalated(shop: Shop, openai: FakeOpenAI) -> UUID:
    openai.script([call("escalate_to_human", reason="pediu")])
    return await shop.say("quero falar com uma pessoa")


async def test_before_a_person_it_pages_again_and_the_ai_is_silent(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, enqueued: list[tuple[str, float | None]]
) -> None:
    conversation = await escalated(shop, openai)
    enqueued.clear()
    await shop.receive(WORDS, external_id="wamid.1")
    await shop.receive(WORDS, external_id="wamid.1")
    assert enqueued == [("escalation.notify", None)], "once for a message that came twice, and no turn"
    assert (await alerts(shop))[1:] == [ALERT]
    await shop.work(conversation)
    assert len(meta.sends) == 1


async def test_one_case_pages_once_until_somebody_has_answered(
    shop: Shop, openai: FakeOpenAI, enqueued: list[tuple[str, float | None]]
) -> None:
    conversation = await escalated(shop, openai)
    enqueued.clear()
    for words in (WORDS, "ela está sangrando muito", WORDS):
        await shop.receive(words)
    assert enqueued == [("escalation.notify", None)]
    assert (await alerts(shop))[1:] == [ALERT]
    await shop.rows("update alerts set notified_at = now() returning 1")
    person = conversations.write(
        shop.resources.db, shop.organization_id, conversation, message_id=uuid4(), content="Venha!", author="Paula", reason="Paula",
        correlation_id=None, pause_hours=4.0,
    )  # fmt: skip
    assert await person
    enqueued.clear()
    for _ in range(2):
        await shop.receive("ela está convulsionando")
    assert [name for name, _ in enqueued] == ["escalation.notify"], "what comes after an answer is news"
    assert [a[:2] for a in (await alerts(shop))[1:]] == [ALERT[:2]]
    assert len(await shop.rows("select 1 from alerts where notified_at is null")) == 1


async def test_every_case_has_its_own(shop: Shop, openai: FakeOpenAI) -> None:
    for phone in ("5511955550001", "5511955550002"):
        openai.script([call("escalate_to_human", reason="pediu")])
        await shop.say("quero falar com uma pessoa", phone=phone)
        await shop.receive(WORDS, phone=phone)
    assert [a[0] for a in await alerts(shop)] == ["escalation", "emergency"] * 2


async def test_what_nobody_answered_before_the_hand_back_is_still_an_emergency(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await escalated(shop, openai)
    await shop.receive(WORDS)
    await shop.hand_back(conversation)
    await shop.work(conversation)
    assert len(openai.requests) == 1
    assert meta.sends[-1].text.startswith(emergency.TEXT)
    assert (await alerts(shop))[1:] == [ALERT, ALERT]
    openai.script(["Por nada!"])
    await shop.hand_back(conversation)
    await shop.work(conversation)
    assert len(meta.sends) == 2, "it is answered"
    await shop.say("obrigada")
    assert meta.sends[-1].text == "Por nada!"


async def test_the_owner_is_not_on_the_rail(open_shop: OpenShop, openai: FakeOpenAI, enqueued: list[tuple[str, float | None]]) -> None:
    shop = await open_shop(quiet_window=HOUR, quiet_cap=HOUR)
    conversation = await shop.receive(WORDS, phone=OWNER)
    assert enqueued == [("conversation.process", HOUR)]
    assert [m["emergency"] for m in await shop.messages(conversation)] == [None]
    assert await alerts(shop) == []


async def test_a_new_customer_is(shop: Shop, meta: FakeMeta) -> None:
    """A first message makes the contact in the same statement."""
    conversation = await shop.say(WORDS, phone="5511955559999")
    assert [m["emergency"] for m in await shop.messages(conversation)] == ["accident", None]


async def test_a_newcomer_during_the_turn_does_not_hide_it(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """The model is thinking about something else when the emergency comes: its draft is thrown away."""
    conversation = await shop.receive("quanto custa o banho?")

    openai.respond(lambda _: text("R$ 70,00", fault=Fault(delay=0.3)))
    turn = asyncio.create_task(shop.work(conversation))
    await openai.until(lambda: len(openai.requests) == 1)
    await shop.receive(WORDS)
    await turn
    assert [s.text.startswith(emergency.TEXT) for s in meta.sends] == [True]


async def alarmed(shop: Shop) -> UUID:
    return await shop.say("minha cachorra Cebolinha comeu cebola")


@pytest.mark.parametrize("words", ["era só pra saber do banho", "foi engano, ele está bem"])
async def test_the_customer_ends_a_false_alarm(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, enqueued: list[tuple[str, float | None]], words: str
) -> None:
    conversation = await alarmed(shop)
    openai.script(["Que bom! Como posso ajudar?"])
    enqueued.clear()
    await shop.receive(words)
    assert {name for name, _ in enqueued} == {"conversation.process", "escalation.notify"}
    assert await shop.work(conversation) == 1
    assert meta.sends[-1].text == "Que bom! Como posso ajudar?"
    (case,) = await shop.rows("select closed_by, resumed_at is not null as resumed from escalations")
    assert case == {"closed_by": "customer", "resumed": True}
    assert [alert[:2] for alert in await alerts(shop)] == [("emergency", "Emergência: Ana"), ("emergency_over", "Alarme falso: Ana")]
    assert NOTE in str(openai.requests[-1].json["messages"])


async def test_it_stays_with_the_person_who_has_answered(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await alarmed(shop)
    person = conversations.write(
        shop.resources.db, shop.organization_id, conversation, message_id=uuid4(), content="Venha!", author="Paula", reason="Paula",
        correlation_id=None, pause_hours=4.0,
    )  # fmt: skip
    assert await person
    await shop.say("foi engano")
    (row,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation)
    assert row["status"] == "escalated"
    assert openai.requests == []


@pytest.mark.parametrize("words", ["ele está bem", "foi engano, mas ele está tremendo", "era só pra saber o que fazer"])
async def test_what_is_not_wholly_that_stays_with_the_person(shop: Shop, words: str) -> None:
    conversation = await alarmed(shop)
    await shop.say(words)
    (row,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation)
    assert row["status"] == "escalated"


async def test_no_other_case_is_closed_by_it(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await escalated(shop, openai)
    await shop.say("foi engano")
    (row,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation)
    assert row["status"] == "escalated"


async def test_taken_back_in_the_same_breath_it_never_rings(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Que bom! Em que posso ajudar?"])
    await shop.receive("socorro, minha cachorra foi atropelada")
    await shop.say("foi engano, mandei errado")
    assert [s.text for s in meta.sends] == ["Que bom! Em que posso ajudar?"]
    assert await alerts(shop) == []


async def test_a_pet_on_record_is_called_by_its_name(shop: Shop, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("Olá! Qual dia você prefere?"))
    conversation = await shop.say("oi")
    await shop.rows(
        "insert into pets (organization_id, contact_id, name, species)"
        " select organization_id, contact_id, 'Cebola', 'dog' from conversations where id = %(c)s returning 1", c=conversation,
    )  # fmt: skip
    await shop.say("cebola comeu e agora quer banho")
    assert await alerts(shop) == []
    await shop.say("cebola comeu cebola")
    assert await alerts(shop) == [("emergency", "Emergência: Ana", emergency.REASONS["poison"])]


async def test_a_death_is_answered_without_a_cheerful_word(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("escalate_to_human", reason="O pet do cliente faleceu")])
    await shop.say("o rex morreu")
    assert [s.text for s in meta.sends] == [CONDOLENCE]
