"""Statuses that come before the send's answer, and ids that are missing, taken, odd or huge."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from service.messaging.external_ids import LONGEST_ID, kept
from service.messaging.queries import outbox as queries
from service.turns.queries import sweep
from tests.conftest import DEMO_SHOP
from tests.kit.cellphone import JID, Cellphone
from tests.kit.fakes import evolution, meta
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.fakes.server import Fault
from tests.kit.web import Web


async def sending(cellphone: Cellphone, openai: FakeOpenAI) -> tuple[UUID, UUID]:
    """Return a conversation and its answer, which is on its way: the provider has it, and has not answered."""
    openai.script(["Olá!"])
    await cellphone.came("oi")
    (row,) = await cellphone.shop.rows(
        "update messages set status = 'sending', external_id = null, sent_at = null where sent_by_ai returning id, conversation_id"
    )
    return row["conversation_id"], row["id"]


async def status(cellphone: Cellphone, said: str, id: str = "3EB0") -> None:
    await cellphone.hook("messages.update", evolution.update(id, said, JID))


async def answered(cellphone: Cellphone, conversation: UUID, message: UUID, id: str = "3EB0") -> Any:
    """Let the send's answer come; return what the message is then."""
    await queries.settle_sent(cellphone.shop.resources.db, DEMO_SHOP, conversation, message, id)
    (row,) = await cellphone.shop.rows("select * from messages where id = %(id)s", id=message)
    return row


@pytest.mark.parametrize(
    ("said", "state", "times"),
    [
        (["SERVER_ACK"], "sent", (False, False)),
        (["DELIVERY_ACK"], "delivered", (True, False)),
        (["READ"], "read", (False, True)),
        (["READ", "DELIVERY_ACK", "SERVER_ACK"], "read", (True, True)),
    ],
)
async def test_a_status_before_the_sends_answer_counts(
    cellphone: Cellphone, openai: FakeOpenAI, said: list[str], state: str, times: tuple[bool, bool]
) -> None:
    conversation, message = await sending(cellphone, openai)
    for one in said:
        await status(cellphone, one)
        await status(cellphone, one)
    row = await answered(cellphone, conversation, message)
    assert (row["status"], row["external_id"], (row["delivered_at"] is not None, row["read_at"] is not None)) == (state, "3EB0", times)
    assert await cellphone.shop.rows("select 1 from early_news") == []


async def test_a_status_and_the_sends_answer_at_once_lose_nothing(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    conversation, _ = await sending(cellphone, openai)
    rows = await cellphone.shop.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, status)"
        " select organization_id, id, instance_id, 'outgoing', true, true, 'Olá!', 'sending' from conversations, generate_series(1, 20)"
        " where id = %(c)s returning id",
        c=conversation,
    )
    both = [
        told
        for n, row in enumerate(rows)
        for told in (answered(cellphone, conversation, row["id"], f"3EB0{n}"), status(cellphone, "READ", f"3EB0{n}"))
    ]
    await asyncio.gather(*both)
    found = await cellphone.shop.rows("select status, count(*) from messages where external_id like '3EB0%%' group by status")
    assert [tuple(row.values()) for row in found] == [("read", 20)]


async def test_a_failure_before_the_sends_answer_is_seen(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    conversation, message = await sending(cellphone, openai)
    await status(cellphone, "ERROR")
    row = await answered(cellphone, conversation, message)
    assert (row["status"], row["error_code"]) == ("failed", "evolution")
    (letter,) = await cellphone.shop.rows("select kind from dead_letters")
    (alert,) = await cellphone.shop.rows("select kind from alerts")
    assert (letter["kind"], alert["kind"]) == ("send", "send_failed")


async def test_a_status_of_the_echo_is_ours(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    conversation, message = await sending(cellphone, openai)
    await cellphone.hook("messages.upsert", evolution.upsert(JID, "Olá!", id="3EB0", fromMe=True))
    await status(cellphone, "READ")
    row = await answered(cellphone, conversation, message)
    assert (row["status"], row["read_at"] is not None) == ("read", True)
    assert len(await cellphone.shop.rows("select 1 from messages where direction = 'outgoing'")) == 1


async def test_a_status_of_what_is_not_ours_is_forgotten_after_a_day(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    await status(cellphone, "READ", id="alheio")
    db = cellphone.shop.resources.db
    await sweep.prune_effects(db)
    assert len(await cellphone.shop.rows("select 1 from early_news")) == 1
    await cellphone.shop.rows("update early_news set created_at = now() - interval '25 hours' returning 1")
    await sweep.prune_effects(db)
    assert await cellphone.shop.rows("select 1 from early_news") == []


async def test_the_cloud_api_names_ours_and_the_rest_is_another_systems(web: Web) -> None:
    await web.hook(statuses=[meta.status("wamid.alheio", "read", "5511955550001")])
    assert await web.rows("select 1 from early_news") == []


# Ids


def accepted(id: Any) -> Callable[[Any], Fault | None]:
    """Answer every send with this id."""
    answer = Fault(status=201, body=json.dumps({"key": {"id": id}}).encode(), headers={"Content-Type": "application/json"})
    return lambda body: answer if "text" in body else None


@pytest.mark.parametrize(
    ("id", "state"),
    [
        ("3EB0", "sent"), (7, "sent"), ("x" * 20_000, "sent"), ("a\0b", "sent"), ("\0", "sent"), ("\ud800", "sent"), ("🐶" * 300, "sent"),
        (None, "sending"), ("", "sending"), ("  ", "sending"), ({"low": 1}, "sending"), (True, "sending"),
    ],
    ids=["plain", "number", "huge", "nul", "nul alone", "half", "wide", "none", "empty", "blank", "object", "boolean"],
)  # fmt: skip
async def test_an_answer_with_an_odd_id_is_sent_and_one_without_is_unknown(
    cellphone: Cellphone, openai: FakeOpenAI, id: Any, state: str
) -> None:
    openai.script(["Olá!"])
    cellphone.fake.fail_when(accepted(id))
    await cellphone.came("oi")
    (row,) = await cellphone.shop.rows("select status, external_id, error_code from messages where sent_by_ai")
    assert (row["status"], row["external_id"] is not None, row["error_code"]) == (
        state,
        state == "sent",
        None if state == "sent" else "no_id",
    )


async def test_an_id_that_is_taken_blocks_nobody(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("Qual serviço você gostaria?"))
    cellphone.fake.fail_when(accepted("SAME"))
    for words in ("oi", "tudo bem", "olá"):
        assert await cellphone.came(words) == 1
    rows = await cellphone.shop.rows("select status, external_id from messages where sent_by_ai order by seq")
    assert [tuple(row.values()) for row in rows] == [("sent", "SAME"), ("sent", None), ("sent", None)]


async def test_the_customers_own_id_as_an_answer_blocks_nobody(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    openai.script(["Olá!"])
    cellphone.fake.fail_when(accepted("A1"))
    await cellphone.came("oi", id="A1")
    rows = await cellphone.shop.rows("select direction, external_id from messages order by seq")
    assert [tuple(row.values()) for row in rows] == [("incoming", "A1"), ("outgoing", None)]


def test_no_two_ids_become_one() -> None:
    ids = ["a", "a\0", "\0a", "\ud800", "\ud801", "?", "x" * 300, "x" * 301, "x" * LONGEST_ID]
    assert len({kept(id) for id in ids}) == len(ids)
    assert all(len(kept(id)) <= LONGEST_ID for id in ids)
    assert kept("wamid.HBg") == "wamid.HBg"


async def test_two_messages_with_huge_ids_are_two(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    for end in ("1", "2", "2"):
        await cellphone.hook("messages.upsert", evolution.upsert(JID, f"oi {end}", id="x" * 5000 + end))
    rows = await cellphone.shop.rows("select content from messages order by seq")
    assert [row["content"] for row in rows] == ["oi 1", "oi 2"]
