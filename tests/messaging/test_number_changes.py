"""A customer with a new phone or a new id, as Meta tells of it: they are followed, and nobody else is taken for them."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from service.messaging.channels import cloud_api
from service.platform.database import Database
from tests.kit.fakes import meta as wire
from tests.kit.identities import BSUID, LID, PARENT, PHONE, Customers
from tests.kit.phones import Number
from tests.kit.shop import Shop

NEW_PHONE, NEW_ID = "5521977770002", "BR.22222222222222222222"


@pytest.fixture
async def customers(shop: Shop, db: Database, open_number: Callable[..., Number]) -> Customers:
    open_number("evolution")
    return Customers(shop, db)


def notice(*, at: float | None = None, id: str | None = None, **system: str) -> Any:
    """Build a system message as Meta sends it: `from_` and `from_user_id` are the message's own, without a list of contacts."""
    sender = {"from": system.pop("from_", ""), "from_user_id": system.pop("from_user_id", "")}
    kind = system.pop("type", "user_changed_number")
    message = wire.message("", "system", {"body": "User Ana changed from … to …", "type": kind} | system, id=id, timestamp=at) | sender
    body = wire.webhook_body(messages=[{key: value for key, value in message.items() if value}])
    del body["entry"][0]["changes"][0]["value"]["contacts"]
    return body


def update(*, previous: str, current: str, wa_id: str = "", at: float | None = None) -> Any:
    """Build the webhook that tells of a new id by itself."""
    body = wire.webhook_body(messages=[])
    change = body["entry"][0]["changes"][0]
    found = {
        "wa_id": wa_id,
        "detail": "User ID updated",
        "user_id": {"previous": previous, "current": current},
        "timestamp": str(int(at or time.time())),
    }
    change["field"] = "user_id_update"
    change["value"] |= {"user_id_update": [{key: value for key, value in found.items() if value}]}
    return body


async def names(customers: Customers, contact: Any) -> list[tuple[Any, ...]]:
    rows = await customers.shop.rows(
        "select i.kind, i.value, n.value as by from contact_identities i left join contact_identities n on n.id = i.superseded_by"
        " where i.contact_id = %(k)s order by i.superseded_at is null, i.kind, i.value",
        k=contact,
    )
    return [tuple(row.values()) for row in rows]


async def test_a_new_number_is_followed(customers: Customers) -> None:
    """With all that they have; what they had been known by is theirs no more."""
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, parent=PARENT, at=time.time() - 600))
    await customers.post("cloud_api", notice(from_=PHONE, wa_id=NEW_PHONE))
    assert await names(customers, first["contact_id"]) == [
        ("bsuid", BSUID, NEW_PHONE), ("parent_bsuid", PARENT, NEW_PHONE), ("phone", PHONE, NEW_PHONE), ("phone", NEW_PHONE, None),
    ]  # fmt: skip
    now = await customers.of(await customers.writes("cloud_api", phone=NEW_PHONE, bsuid=NEW_ID))
    assert (now["contact_id"], now["conversation_id"]) == (first["contact_id"], first["conversation_id"])
    assert (now["phone_key"], now["whatsapp_user_id"], now["address"]) == (NEW_PHONE, NEW_ID, NEW_PHONE)
    stranger = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid="BR.3", name="Bia"))
    assert (stranger["contact_id"] != first["contact_id"], stranger["phone_key"]) == (True, PHONE)
    assert await customers.merges() + await customers.merges("asked") == []


async def test_answers_go_to_the_new_number_at_once_on_every_number_of_the_shop(customers: Customers) -> None:
    for channel in ("cloud_api", "evolution"):
        await customers.writes(channel, phone=PHONE, at=time.time() - 600)
    await customers.post("cloud_api", notice(from_=PHONE, wa_id=NEW_PHONE))
    rows = await customers.shop.rows(
        "select address from conversations c join contacts k on k.id = c.contact_id where k.phone_key = %(p)s order by address", p=NEW_PHONE
    )
    assert [row["address"] for row in rows] == [NEW_PHONE, f"{NEW_PHONE}@s.whatsapp.net"]


async def test_what_was_written_before_and_comes_late_is_theirs(customers: Customers) -> None:
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, at=time.time() - 900))
    await customers.post("cloud_api", notice(from_=PHONE, wa_id=NEW_PHONE, user_id=NEW_ID, at=time.time() - 300))
    late = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, at=time.time() - 600))
    assert (late["contact_id"], late["address"], late["phone_key"]) == (first["contact_id"], NEW_PHONE, NEW_PHONE)


@pytest.mark.parametrize(
    "by", [{"phone": NEW_PHONE, "bsuid": NEW_ID}, {"phone": NEW_PHONE}, {"bsuid": NEW_ID}], ids=["both", "phone", "id"]
)
async def test_who_wrote_from_the_new_number_before_we_were_told_was_they(customers: Customers, by: dict[str, Any]) -> None:
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, at=time.time() - 900))
    early = await customers.writes("cloud_api", "já é o novo", at=time.time() - 100, **by)
    assert (await customers.of(early))["contact_id"] != first["contact_id"]
    await customers.post("cloud_api", notice(from_=PHONE, wa_id=NEW_PHONE, user_id=NEW_ID, at=time.time() - 300))
    now = await customers.of(early)
    assert (now["contact_id"], now["conversation_id"], now["phone_key"]) == (first["contact_id"], first["conversation_id"], NEW_PHONE)
    assert [merge["reason"] for merge in await customers.merges()] == ["changed"]


async def test_a_number_that_was_somebodys_before_is_asked_about(customers: Customers) -> None:
    """The number may have been passed on, and the change may be to one's own second number: neither is guessed."""
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, at=time.time() - 900))
    other = await customers.of(await customers.writes("cloud_api", phone=NEW_PHONE, at=time.time() - 800))
    await customers.post("cloud_api", notice(from_=PHONE, wa_id=NEW_PHONE, at=time.time() - 300))
    assert [row["reason"] for row in await customers.merges("asked")] == ["changed"]
    (alert,) = await customers.shop.rows("select body from alerts where kind = 'identity'")
    assert PHONE in alert["body"]
    assert NEW_PHONE in alert["body"]
    for phone, who in ((PHONE, first), (NEW_PHONE, other)):
        assert (await customers.of(await customers.writes("cloud_api", phone=phone)))["contact_id"] == who["contact_id"]


ROTATIONS: dict[str, Callable[[], Any]] = {
    "in the words": lambda: notice(type="user_changed_user_id", user_id=NEW_ID, body=f"User Ana changed from {BSUID} to {NEW_ID}"),
    "in the message": lambda: notice(type="user_changed_user_id", from_user_id=BSUID, user_id=NEW_ID),
    "by the phone": lambda: notice(type="user_changed_user_id", from_=PHONE, wa_id=PHONE, user_id=NEW_ID),
    "by the phone alone": lambda: notice(type="user_changed_user_id", wa_id=PHONE, user_id=NEW_ID),
    "as a webhook of its own": lambda: update(previous=BSUID, current=NEW_ID),
    "as one, with the phone": lambda: update(previous=BSUID, current=NEW_ID, wa_id=PHONE),
}


@pytest.mark.parametrize("told", list(ROTATIONS))
async def test_a_new_id_is_followed(customers: Customers, told: str) -> None:
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, at=time.time() - 600))
    await customers.post("cloud_api", ROTATIONS[told]())
    assert await names(customers, first["contact_id"]) == [("bsuid", BSUID, NEW_ID), ("bsuid", NEW_ID, None), ("phone", PHONE, None)]
    for by in ({"bsuid": NEW_ID}, {"bsuid": NEW_ID, "phone": PHONE}):
        now = await customers.of(await customers.writes("cloud_api", **by))  # type: ignore[arg-type]
        assert (now["contact_id"], now["whatsapp_user_id"]) == (first["contact_id"], NEW_ID)
    assert await customers.merges("asked") == []


async def test_a_new_id_that_comes_with_a_new_phone_gives_up_the_old_one(customers: Customers) -> None:
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, at=time.time() - 600))
    await customers.post("cloud_api", update(previous=BSUID, current=NEW_ID, wa_id=NEW_PHONE))
    assert (await customers.of(await customers.writes("cloud_api", phone=NEW_PHONE, bsuid=NEW_ID)))["contact_id"] == first["contact_id"]
    assert (await customers.of(await customers.writes("cloud_api", phone=PHONE)))["contact_id"] != first["contact_id"]


async def test_a_change_that_is_told_twice_is_one(customers: Customers) -> None:
    """As system message and as webhook, each delivered twice."""
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, at=time.time() - 600))
    at = time.time() - 60
    told = notice(from_=PHONE, wa_id=NEW_PHONE, user_id=NEW_ID, at=at, id="wamid.changed")
    for body in (told, update(previous=BSUID, current=NEW_ID, wa_id=NEW_PHONE, at=at), told, update(previous=BSUID, current=NEW_ID, at=at)):
        await customers.post("cloud_api", body)
    assert [name for name in await names(customers, first["contact_id"]) if name[2] is None] == [
        ("bsuid", NEW_ID, None),
        ("phone", NEW_PHONE, None),
    ]
    assert await customers.merges() + await customers.merges("asked") == []


async def test_of_whom_nothing_is_known_is_a_customer_by_the_new_name(customers: Customers) -> None:
    await customers.post("cloud_api", notice(from_="5511900000001", wa_id=NEW_PHONE, id="wamid.unknown"))
    assert (await customers.of("wamid.unknown"))["phone_key"] == NEW_PHONE


@pytest.mark.parametrize("words", ["", f"User x changed from {LID} to y", f"changed from {BSUID} to {NEW_ID} and then some", "x" * 10**5])
def test_words_that_are_not_wholly_a_change_name_nobody(words: str) -> None:
    body = notice(type="user_changed_user_id", user_id=NEW_ID, body=words, id=f"wamid.{uuid4().hex}")
    (delivery,) = cloud_api.parse(body)
    assert delivery.messages[0].user_id == NEW_ID


async def test_a_name_can_not_make_somebody_anybody_else(customers: Customers) -> None:
    """What stands at the end is Meta's; the profile name before it is the customer's own."""
    victim = await customers.of(await customers.writes("cloud_api", bsuid="BR.777", at=time.time() - 600))
    mine = await customers.of(await customers.writes("cloud_api", bsuid=BSUID, at=time.time() - 600))
    words = f"User x changed from BR.777 to {NEW_ID} changed from {BSUID} to {NEW_ID}"
    await customers.post("cloud_api", notice(type="user_changed_user_id", user_id=NEW_ID, body=words))
    now = await customers.of(await customers.writes("cloud_api", bsuid=NEW_ID))
    assert now["contact_id"] == mine["contact_id"] != victim["contact_id"]
