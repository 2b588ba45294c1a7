"""What the assistant may tell customers, as people keep it through the API."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from service.shop.queries import knowledge
from tests.kit.fakes.supabase import FakeSupabase
from tests.kit.staff import USER_TOKEN, sign_in
from tests.kit.web import Web, make_shop

WIFI = {"title": "Wi-Fi", "content": "A senha está no balcão."}


def path(organization_id: UUID, entry: Any = "") -> str:
    return f"/api/organizations/{organization_id}/knowledge{f'/{entry}' if entry else ''}"


async def test_an_entry_from_its_first_word_to_its_last(web: Web, organization_id: UUID) -> None:
    made = await web.call("POST", path(organization_id), json=WIFI)
    assert made.status_code == 201
    entry = made.json()
    assert {"title": "Wi-Fi", "content": "A senha está no balcão.", "is_active": True}.items() <= entry.items()
    assert entry in (await web.call("GET", path(organization_id))).json()
    assert await knowledge.search(web.other, organization_id, "qual a senha do wifi?")

    changed = await web.call("PUT", path(organization_id, entry["id"]), json={**WIFI, "content": " Rede aberta.\0 ", "is_active": False})
    assert (changed.status_code, changed.json()["content"], changed.json()["is_active"]) == (200, "Rede aberta.", False)
    assert await knowledge.search(web.other, organization_id, "qual a senha do wifi?") == []

    gone = await web.call("DELETE", path(organization_id, entry["id"]))
    assert (gone.status_code, gone.content) == (204, b"")
    for method, body in (("DELETE", None), ("PUT", WIFI)):
        assert (await web.call(method, path(organization_id, entry["id"]), json=body)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {}, {"title": "x"}, {"title": "", "content": "x"}, {"title": "  ", "content": "x"}, {"title": "x", "content": "\0 "},
        {"title": "x" * 121, "content": "x"}, {"title": "x", "content": "x" * 4001}, {"title": 1, "content": "x"}, [],
    ],
)  # fmt: skip
async def test_what_can_not_be_an_entry_is_refused(web: Web, organization_id: UUID, body: Any) -> None:
    before = (await web.call("GET", path(organization_id))).json()
    refused = await web.call("POST", path(organization_id), json=body)
    assert refused.status_code in (400, 422)
    assert refused.json()["error"]
    assert (await web.call("GET", path(organization_id))).json() == before


async def test_a_title_comes_once(web: Web, organization_id: UUID) -> None:
    assert (await web.call("POST", path(organization_id), json=WIFI)).status_code == 201
    assert (await web.call("POST", path(organization_id), json={**WIFI, "title": "WI-FI"})).status_code == 409
    other = (await web.call("POST", path(organization_id), json={**WIFI, "title": "Rede"})).json()
    assert (await web.call("PUT", path(organization_id, other["id"]), json=WIFI)).status_code == 409


async def test_a_shop_that_does_not_exist(web: Web) -> None:
    nowhere = uuid4()
    assert (await web.call("GET", path(nowhere))).status_code == 404
    assert (await web.call("POST", path(nowhere), json=WIFI)).status_code == 404
    assert (await web.call("PUT", path(nowhere, uuid4()), json=WIFI)).status_code == 404
    assert (await web.call("DELETE", path(nowhere, uuid4()))).status_code == 404


async def test_an_entry_is_reached_only_under_its_own_shop(web: Web, organization_id: UUID) -> None:
    other = (await make_shop(web.other))["organization"]
    entry = (await web.call("POST", path(other), json=WIFI)).json()
    assert (await web.call("PUT", path(organization_id, entry["id"]), json=WIFI)).status_code == 404
    assert (await web.call("DELETE", path(organization_id, entry["id"]))).status_code == 404
    assert (await web.call("GET", path(other))).json() == [entry]


async def test_a_member_keeps_their_own_shops_entries(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> None:
    web = staffed
    other = (await make_shop(web.other))["organization"]
    theirs = (await web.call("POST", path(other), json=WIFI)).json()
    await sign_in(web, supabase, organization_id)
    assert (await web.call("POST", path(organization_id), USER_TOKEN, json=WIFI)).status_code == 201
    assert (await web.call("GET", path(organization_id), USER_TOKEN)).status_code == 200
    for method, where in (
        ("GET", path(other)),
        ("POST", path(other)),
        ("PUT", path(other, theirs["id"])),
        ("DELETE", path(other, theirs["id"])),
    ):
        assert (await web.call(method, where, USER_TOKEN, json=WIFI)).status_code == 404
    assert (await web.call("GET", path(other))).json() == [theirs]
