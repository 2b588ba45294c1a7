"""Webhooks of the Evolution API, which carry their secret in the address."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given

from service.language import emergency
from service.messaging.channels import CHANNELS
from service.messaging.channels.base import ChannelName, InstanceKey
from service.platform.errors import Unauthorized
from service.web.senders import KEPT, Senders
from tests.kit.fakes import evolution
from tests.kit.fuzz import FUZZ, JSON, TEXT
from tests.kit.web import PHONE, Web, make_shop, scope


@pytest.mark.parametrize(("instance", "secret"), [("loja", "wrong"), ("other", None), ("loja%00", None), ("loja", "%00"), ("loja", "%FF")])
@pytest.mark.parametrize("body", [{}, evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "oi", id="EVO"))])
async def test_evolution_with_a_wrong_address_is_refused(web: Web, instance: str, secret: str | None, body: Any) -> None:
    shop = await make_shop(web.other)
    response = await web.client.post(f"/webhook/evolution/{instance}/{secret or shop['evolution']}", json=body)
    # A NUL is dropped on the way to the database; what is left of the name may be the right one.
    assert response.status_code == 401 or instance == "loja%00"
    if response.status_code == 401:
        assert await web.rows("select 1 from messages where external_id = 'EVO'") == []


async def test_evolution_with_the_right_address_is_stored(web: Web) -> None:
    shop = await make_shop(web.other)
    body = evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "oi", id="EVO"))
    for _ in range(2):
        assert (await web.client.post(f"/webhook/evolution/loja/{shop['evolution']}", json=body)).status_code == 200
    row = await web.message("EVO")
    assert (row["organization_id"], row["content"], row["processed_at"]) == (shop["organization"], "oi", None)
    assert web.queued() == [[str(shop["organization"]), str(row["conversation_id"])]]


async def test_the_address_and_not_the_body_says_whose_instance_it_is(web: Web) -> None:
    mine, theirs = await make_shop(web.other), await make_shop(web.other)
    await web.rows("update whatsapp_instances set instance_name = 'deles' where id = %(id)s returning id", id=theirs["evolution"])
    body = evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "oi", id="EVO"), instance="deles")
    await web.client.post(f"/webhook/evolution/loja/{mine['evolution']}", json=body)
    assert (await web.message("EVO"))["organization_id"] == mine["organization"]


@pytest.mark.parametrize(
    ("jid", "key"),
    [("120363@g.us", {"participant": f"{PHONE}@s.whatsapp.net"}), ("status@broadcast", {}), (f"{PHONE}@s.whatsapp.net", {"fromMe": True})],
    ids=["group", "broadcast", "from me"],
)
async def test_evolutions_groups_broadcasts_and_own_words_are_kept_unanswered(web: Web, jid: str, key: dict[str, Any]) -> None:
    shop = await make_shop(web.other)
    body = evolution.webhook_body(evolution.upsert(jid, "oi", id="EVO", **key))
    assert (await web.client.post(f"/webhook/evolution/loja/{shop['evolution']}", json=body)).status_code == 200
    row = await web.message("EVO")
    assert row["processed_at"] is not None
    assert row["from_me"] is key.get("fromMe", False)
    assert web.queued() == []


@FUZZ
@given(body=JSON, path=TEXT)
async def test_any_evolution_body_and_address_is_answered(web: Web, body: Any, path: str) -> None:
    address = f"/webhook/evolution/{quote(path.encode('utf-8', 'replace'), safe='')}/s"
    response = await web.client.post(address, content=json.dumps(body).encode())
    assert response.status_code in (401, 404)


STRANGERS = (
    b"{",
    b"[" * 500_000,
    json.dumps(evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "socorro " * 500))).encode(),
)


@pytest.mark.parametrize("raw", STRANGERS, ids=["no JSON", "deep", "a message"])
async def test_nothing_that_a_stranger_sends_is_read(web: Web, raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(json, "loads", read)
    monkeypatch.setattr(emergency, "recognise", read)
    taken = 0

    async def body() -> AsyncIterator[dict[str, Any]]:
        nonlocal taken
        taken += 1
        yield {"type": "http.request", "body": raw, "more_body": False}

    before, sent, source = web.db.round_trips, [], body()

    async def send(message: Any) -> None:
        sent.append(message)

    await web.app(scope("/webhook/evolution/loja/wrong"), lambda: anext(source), send)
    assert sent[0]["status"] == 401
    assert web.db.round_trips == before + 1, "one look-up, whatever it holds"
    assert taken == 0, "not even taken off the wire"


async def test_a_secret_that_is_taken_back_opens_nothing_though_it_was_known_a_moment_ago(web: Web) -> None:
    shop = await make_shop(web.other)
    address = f"/webhook/evolution/loja/{shop['evolution']}"
    assert (await web.client.post(address, json={})).status_code == 200
    await web.rows("update whatsapp_instances set webhook_secret = 'other' where id = %(id)s returning id", id=shop["evolution"])
    body = evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "oi", id="EVO"))
    assert (await web.client.post(address, json=body)).status_code == 401
    assert await web.rows("select 1 from messages where external_id = 'EVO'") == []


async def test_who_is_known_is_looked_up_again_after_a_while(web: Web) -> None:
    clock, shop = [0.0], await make_shop(web.other)
    senders, key = Senders(lambda: clock[0]), InstanceKey("evolution", "loja", str(shop["evolution"]))
    before = web.db.round_trips
    for now, trips in ((0.0, 1), (KEPT - 1, 1), (KEPT + 1, 2)):
        clock[0] = now
        await senders.admit(web.db, key)
        assert web.db.round_trips == before + trips
    await web.rows("update whatsapp_instances set is_active = false where id = %(id)s returning id", id=shop["evolution"])
    clock[0] = 3 * KEPT
    for _ in range(2):
        with pytest.raises(Unauthorized):
            await senders.admit(web.db, key)


@pytest.mark.parametrize("name", [name for name, channel in CHANNELS.items() if channel.webhook and "{secret}" in channel.webhook.path])
def test_whoever_has_the_secret_in_the_address_is_known_by_it(name: ChannelName) -> None:
    webhook = CHANNELS[name].webhook
    assert webhook
    assert webhook.sender
    parts = {part: f"a {part}" for part in re.findall(r"{(\w+)}", webhook.path)}
    key = webhook.sender(parts)
    assert (key.channel, key.secret) == (name, "a secret")
