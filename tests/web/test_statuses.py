"""What becomes of a message by the statuses that Meta reports of it."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.kit.fakes import meta
from tests.kit.web import PHONE, Web, make_shop, metric


async def _outgoing(web: Web, status: str = "sent", external_id: str | None = "wamid.out") -> dict[str, Any]:
    conversation_id = await web.conversation()
    (row,) = await web.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, content, status, external_id)"
        " select organization_id, id, instance_id, 'outgoing', true, 'Olá!', %(status)s, %(external_id)s from conversations"
        " where id = %(id)s returning *",
        id=conversation_id, status=status, external_id=external_id,
    )  # fmt: skip
    return row


@pytest.mark.parametrize(
    "states", [("sent", "delivered", "read"), ("read", "delivered", "sent"), ("delivered", "sent", "read"), ("read", "failed", "sent")]
)
async def test_a_status_only_moves_forward(web: Web, states: tuple[str, ...]) -> None:
    row = await _outgoing(web)
    for state in states:
        assert (await web.hook(statuses=[meta.status("wamid.out", state, PHONE)])).status_code == 200
    after = await web.message("wamid.out")
    assert after["id"] == row["id"]
    assert (after["status"], after["read_at"] is not None) == ("read", True)
    assert (after["delivered_at"] is not None) == ("delivered" in states)


async def test_all_statuses_at_once_end_at_the_furthest(web: Web) -> None:
    await _outgoing(web)
    states = ["sent", "delivered", "read"] * 5
    responses = await asyncio.gather(*(web.hook(statuses=[meta.status("wamid.out", s, PHONE)]) for s in states))
    assert {r.status_code for r in responses} == {200}
    assert (await web.message("wamid.out"))["status"] == "read"


async def test_a_status_may_come_before_the_sends_own_answer(web: Web) -> None:
    row = await _outgoing(web, "sending", None)
    await web.hook(statuses=[meta.status("wamid.early", "delivered", PHONE, our_id=str(row["id"]))])
    after = await web.message("wamid.early")
    assert (after["id"], after["status"]) == (row["id"], "delivered")
    assert after["sent_at"] is not None
    assert [args[1] for args in web.queued("outbox.deliver")] == [str(row["conversation_id"])]


async def test_a_failure_ends_a_message_and_people_hear_of_it(web: Web) -> None:
    row = await _outgoing(web)
    error = {"code": 131026, "title": "Message undeliverable"}
    for _ in range(2):
        await web.hook(statuses=[meta.status("wamid.out", "failed", PHONE, errors=[error])])
    await web.hook(statuses=[meta.status("wamid.out", "delivered", PHONE)])
    after = await web.message("wamid.out")
    assert (after["status"], after["error_code"]) == ("failed", "131026")
    conversation_id = row["conversation_id"]
    assert len(await web.rows("select 1 from alerts where conversation_id = %(c)s", c=conversation_id)) == 1
    assert len(await web.rows("select 1 from dead_letters where conversation_id = %(c)s", c=conversation_id)) == 1
    assert len(web.queued("escalation.notify")) == 1


@pytest.mark.parametrize("our_id", [None, "not a uuid", str(UUID(int=7)), "\x00"])
async def test_a_status_of_something_unknown_changes_nothing(web: Web, our_id: str | None) -> None:
    await _outgoing(web)
    before = metric("patas_statuses_received_total", state="read", outcome="unknown")
    assert (await web.hook(statuses=[meta.status("wamid.never", "read", PHONE, our_id=our_id)])).status_code == 200
    assert metric("patas_statuses_received_total", state="read", outcome="unknown") == before + 1
    assert (await web.message("wamid.out"))["status"] == "sent"


async def test_a_status_never_reaches_another_shops_message(web: Web) -> None:
    row = await _outgoing(web)
    other = await make_shop(web.other)
    (number,) = await web.rows("select phone_number_id from whatsapp_instances where id = %(id)s", id=other["instance"])
    statuses = [meta.status("wamid.out", "read", PHONE), meta.status("wamid.else", "read", PHONE, our_id=str(row["id"]))]
    await web.hook(statuses=statuses, phone_number_id=number["phone_number_id"])
    assert (await web.message("wamid.out"))["status"] == "sent"


async def test_a_status_never_touches_what_a_customer_wrote(web: Web) -> None:
    await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.in")])
    assert (await web.hook(statuses=[meta.status("wamid.in", "read", PHONE)])).status_code == 200
    assert (await web.message("wamid.in"))["status"] == "received"
