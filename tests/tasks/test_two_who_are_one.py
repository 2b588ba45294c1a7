"""Two conversations that turn out to be one customer's, whatever is under way in either: nothing is lost, doubled or told twice."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from service.outreach import kinds
from service.outreach.message import Customer, Occasion
from service.outreach.queries import unasked
from service.platform import clock
from service.platform.database import Database
from tests.conftest import DEMO_SHOP
from tests.kit.fakes.openai import FakeOpenAI, Step, call, text
from tests.kit.identities import LID, PHONE, Customers
from tests.kit.phones import Number
from tests.kit.shop import Shop

# Small talk, which is sent whatever was said.
ANSWER = "Oi! Como posso ajudar?"
BY_LID: dict[str, Any] = {"lid": LID}
BY_PHONE: dict[str, Any] = {"phone": PHONE}
BOTH = BY_LID | BY_PHONE


@pytest.fixture
async def customers(shop: Shop, db: Database, open_number: Callable[..., Number]) -> Customers:
    open_number("evolution")
    return Customers(shop, db)


@pytest.fixture
async def number(customers: Customers) -> Number:
    return Number(customers.shop, "evolution", None)  # type: ignore[arg-type]


async def came(customers: Customers, words: str, **names: Any) -> UUID:
    found: UUID = (await customers.of(await customers.writes("evolution", words, **names)))["conversation_id"]
    return found


def answers(openai: FakeOpenAI, *steps: Step | Callable[[], Step]) -> None:
    """Let the model answer in these steps, one a request and the last ever after; what is no step is called while it thinks."""
    left = list(steps)

    def rule(_: Any) -> Step | None:
        step = left.pop(0) if len(left) > 1 else left[0]
        return step() if callable(step) else step

    openai.respond(rule)


def they_are_one(customers: Customers) -> Callable[[], Step]:
    """Return what lets a message name both, from a fake's thread, before a draft that must not be sent."""
    loop = asyncio.get_running_loop()

    def merge() -> Step:
        asyncio.run_coroutine_threadsafe(customers.writes("evolution", "oi de novo", **BOTH), loop).result(30)
        return text("Claro!")

    return merge


def shown(openai: FakeOpenAI) -> list[str]:
    return [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "user"]


async def sent(customers: Customers) -> list[str]:
    rows = await customers.shop.rows("select content from messages where direction = 'outgoing' and external_id is not null order by seq")
    return [row["content"] for row in rows]


async def undo(customers: Customers) -> None:
    (merge,) = await customers.merges()
    ((row,),) = await customers.db.run(DEMO_SHOP, ("select patas.undo_merge(%(m)s, 'Paula') as it", {"m": merge["id"]}))
    assert row["it"] is not None


@pytest.mark.parametrize("thinks_for", ["lid", "phone"])
async def test_a_turn_under_way_in_either_is_begun_again_for_all_of_it(customers: Customers, openai: FakeOpenAI, thinks_for: str) -> None:
    of = {"lid": await came(customers, "oi", lid=LID), "phone": await came(customers, "olá", phone=PHONE)}
    answers(openai, they_are_one(customers), text(ANSWER))
    done = await customers.shop.work(of[thinks_for])
    done += await customers.shop.work(of["phone"])
    assert done == 1
    assert await sent(customers) == [ANSWER]
    assert shown(openai) == ["oi", "olá", "oi de novo"]
    assert await customers.shop.work(of["lid"]) == 0


async def test_what_a_turn_has_done_is_not_done_again(customers: Customers, openai: FakeOpenAI) -> None:
    await came(customers, "olá", phone=PHONE)
    by_lid = await came(customers, "meu cachorro se chama Tobias", lid=LID)
    answers(openai, call("register_pet", name="Tobias", species="dog"), they_are_one(customers), text(ANSWER), text(ANSWER))
    assert await customers.shop.work(by_lid) == 0
    one = await customers.of((await customers.shop.rows("select external_id from messages where content = 'oi de novo'"))[0]["external_id"])
    assert await customers.shop.work(one["conversation_id"]) == 1
    assert await sent(customers) != []
    assert len(await sent(customers)) == 1
    pets = await customers.shop.rows("select contact_id from pets where name = 'Tobias'")
    assert pets == [{"contact_id": one["contact_id"]}]


async def test_the_model_knows_both_histories_and_after_an_undo_each_its_own(customers: Customers, openai: FakeOpenAI) -> None:
    for words, names in (("bom dia", BY_LID), ("boa tarde", BY_PHONE)):
        answers(openai, text(ANSWER))
        conversation = await came(customers, words, **names)
        assert await customers.shop.work(conversation) == 1
    answers(openai, text(ANSWER))
    conversation = await came(customers, "oi, tudo bem?", **BOTH)
    assert await customers.shop.work(conversation) == 1
    assert shown(openai) == ["bom dia", "boa tarde", "oi, tudo bem?"]
    await undo(customers)
    for words, names, before in (
        ("olá de novo", BY_LID, ["bom dia"]),
        ("oi de novo", BY_PHONE, ["boa tarde", "oi, tudo bem?"]),
    ):
        answers(openai, text(ANSWER))
        assert await customers.shop.work(await came(customers, words, **names)) == 1
        assert shown(openai) == [*before, words]


async def test_a_person_who_has_one_of_them_has_the_one_customer_and_after_an_undo_hers_again(
    customers: Customers, openai: FakeOpenAI
) -> None:
    shop = customers.shop
    by_lid = await came(customers, "oi", lid=LID)
    answers(openai, call("escalate_to_human", reason="quer uma pessoa"))
    await came(customers, "quero falar com uma pessoa", lid=LID)
    await shop.work(by_lid)
    by_phone = await came(customers, "olá", phone=PHONE)
    await came(customers, "oi de novo", **BOTH)
    status = "select status from conversations where id = %(c)s"
    cases = "select count(*)::int as n from escalations where conversation_id = %(c)s and closed_at is null"
    assert [(await shop.rows(sql, c=by_phone))[0] for sql in (status, cases)] == [{"status": "escalated"}, {"n": 1}]
    openai.requests.clear()
    assert await shop.work(by_phone) == 0
    assert openai.requests == []
    await undo(customers)
    assert [(await shop.rows(sql, c=by_lid))[0] for sql in (status, cases)] == [{"status": "escalated"}, {"n": 1}]
    assert [(await shop.rows(sql, c=by_phone))[0] for sql in (status, cases)] == [{"status": "active"}, {"n": 0}]


async def test_of_two_cases_one_is_left_and_both_are_back_after_an_undo(customers: Customers, openai: FakeOpenAI) -> None:
    shop = customers.shop
    of = [await came(customers, "oi", **names) for names in (BY_LID, BY_PHONE)]
    for conversation in of:
        await shop.rows(
            "with c as (update conversations set status = 'escalated' where id = %(c)s returning id, organization_id)"
            " insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)"
            " select organization_id, id, id::text, 'r', now() + interval '1 hour' from c returning 1",
            c=conversation,
        )
    await came(customers, "oi de novo", **BOTH)
    open_cases = "select conversation_id as c from escalations where closed_at is null and conversation_id = any(%(of)s)"
    assert await shop.rows(open_cases, of=of) == [{"c": of[1]}]
    await undo(customers)
    assert {row["c"] for row in await shop.rows(open_cases, of=of)} == set(of)


async def test_of_two_open_questions_the_newer_stands(customers: Customers) -> None:
    shop = customers.shop
    of = [await came(customers, "oi", **names) for names in (BY_LID, BY_PHONE)]
    for conversation in of:
        await shop.rows(
            "insert into proposals (organization_id, conversation_id, contact_id, kind, items, result, call, expires_at)"
            " select organization_id, id, contact_id, 'book', '[]', '{}', '{}', now() + interval '1 hour' from conversations"
            " where id = %(c)s returning 1", c=conversation,
        )  # fmt: skip
    (older,) = await shop.rows("select id from proposals where conversation_id = %(c)s", c=of[0])
    (resource,) = await shop.rows("select id from resources where organization_id = %(o)s limit 1", o=DEMO_SHOP)
    await shop.rows(
        "insert into allocations (organization_id, resource_id, booking_id, proposal_id, starts_at, ends_at, expires_at) values"
        " (%(o)s, %(r)s, gen_random_uuid(), %(p)s, now() + interval '700 days', now() + interval '701 days', now() + interval '1 hour')"
        " returning 1", o=DEMO_SHOP, r=resource["id"], p=older["id"],
    )  # fmt: skip
    await came(customers, "oi de novo", **BOTH)
    found = await shop.rows("select status from proposals where conversation_id = %(c)s order by created_at", c=of[1])
    assert [row["status"] for row in found] == ["replaced", "open"]
    assert await shop.rows("select 1 from allocations where proposal_id = %(p)s", p=older["id"]) == [], "what it held is free"


async def test_what_was_in_line_for_one_is_sent_to_the_other(customers: Customers, number: Number) -> None:
    by_lid = await came(customers, "oi", lid=LID)
    await came(customers, "olá", phone=PHONE)
    await customers.shop.rows("update messages set processed_at = now() where direction = 'incoming' returning 1")
    await customers.shop.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, content, status)"
        " select organization_id, id, instance_id, 'outgoing', true, 'Já te respondo', 'queued' from conversations where id = %(c)s"
        " returning 1", c=by_lid,
    )  # fmt: skip
    one = await came(customers, "oi de novo", **BOTH)
    assert [str(DEMO_SHOP), str(one)] in number.queued("outbox.deliver")
    await number.deliver(one)
    assert await sent(customers) == ["Já te respondo"]


async def test_a_reminder_on_its_way_is_written_to_the_one_who_is_left(customers: Customers) -> None:
    """What was due was looked up before: it is nobody's then, and the next round finds the survivor."""
    by_lid = (await customers.of(await customers.writes("evolution", lid=LID)))["contact_id"]
    by_phone = (await customers.of(await customers.writes("evolution", phone=PHONE)))["contact_id"]
    await customers.writes("evolution", **BOTH)
    (subject,) = await customers.shop.rows("select gen_random_uuid() as id")
    notice = kinds.ready(Customer("Ana", "Loja"), ["Rex"], is_driven_home=False)

    async def write(contact: UUID) -> str:
        written = await unasked.write(
            customers.db, DEMO_SHOP, kind="ready", occasions=[Occasion(subject["id"], "ready")], contact_id=contact, notice=notice,
            now=clock.now(),
        )  # fmt: skip
        return written.status

    assert [await write(by_lid), await write(by_phone)] == ["skipped", "queued"]


async def test_nothing_is_written_unasked_to_a_number_that_may_be_somebody_elses_now(customers: Customers) -> None:
    had = (await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid="BR.111")))["contact_id"]
    await customers.shop.rows("update organization_settings set quiet_from = '00:00', quiet_until = '00:00' returning 1")

    async def write() -> tuple[str, str | None]:
        (subject,) = await customers.shop.rows("select gen_random_uuid() as id")
        notice = kinds.ready(Customer("Ana", "Loja"), ["Rex"], is_driven_home=False)
        written = await unasked.write(
            customers.db,
            DEMO_SHOP,
            kind="follow_up",
            occasions=[Occasion(subject["id"], "x")],
            contact_id=had,
            notice=notice,
            now=clock.now(),
        )
        return written.status, written.reason

    assert await write() == ("queued", None)
    await customers.writes("cloud_api", phone=PHONE, bsuid="BR.222")
    assert await write() == ("held", "doubted")
