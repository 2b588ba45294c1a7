"""Webhooks of the Evolution API, which carry their secret in the address."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given

from tests.kit.fakes import evolution
from tests.kit.fuzz import FUZZ, JSON, TEXT
from tests.kit.web import PHONE, Web, make_shop


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
    assert response.status_code in (400, 401, 404)
