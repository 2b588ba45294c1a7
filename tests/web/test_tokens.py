"""Tokens of a shop, and wrong ones."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from service.platform.attempts import MOST_FAILURES
from service.platform.auth import RANDOM_BYTES, digest_of, new_token
from service.platform.queries import tokens
from service.platform.queries.tokens import Scope
from tests.kit.fakes.supabase import FakeSupabase
from tests.kit.staff import USER_TOKEN, sign_in
from tests.kit.web import Web, make_shop

Open = Callable[..., Awaitable[Web]]


async def issue(web: Web, organization_id: UUID, scope: Scope = "write") -> str:
    token = new_token()
    await tokens.add(web.other, organization_id, name="TV da recepção", scope=scope, digest=digest_of(token))
    return token


def test_a_token_can_not_be_guessed() -> None:
    assert RANDOM_BYTES * 8 >= 128
    assert len({new_token() for _ in range(100)}) == 100


async def test_it_opens_its_own_shop_and_no_other(web: Web, organization_id: UUID) -> None:
    mine, other = await web.conversation(), await make_shop(web.other)
    token = await issue(web, organization_id)
    listed = (await web.call("GET", "/api/conversations", token)).json()
    assert str(mine) in {row["id"] for row in listed}
    assert {row["organization_id"] for row in listed} == {str(organization_id)}
    assert (await web.call("GET", f"/api/conversations/{other['conversation']}", token)).status_code == 404
    answered = await web.call("POST", f"/api/conversations/{mine}/messages", token, json={"content": "Oi!"})
    assert (answered.status_code, answered.json()["author"]) == (201, "TV da recepção")


async def test_one_that_only_looks_changes_nothing(web: Web, organization_id: UUID) -> None:
    token = await issue(web, organization_id, "read")
    described = (await web.call("GET", "/openapi.json")).json()["paths"]
    calls = [(method, path) for path, methods in described.items() if path.startswith("/api/") for method in methods]
    acting = [(method, path) for method, path in calls if method != "get"]
    assert len(acting) > 25
    for method, path in acting:
        address = "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))
        response = await web.call(method.upper(), address, token, json={})
        assert (response.status_code, method, path) == (403, method, path), response.text
    assert (await web.call("GET", "/api/conversations", token)).status_code == 200
    assert (await web.call("GET", f"/api/organizations/{organization_id}/knowledge", token)).status_code == 200


@pytest.mark.parametrize("scope", ["read", "write"])
async def test_the_installations_figures_are_the_operators(web: Web, organization_id: UUID, scope: Scope) -> None:
    token = await issue(web, organization_id, scope)
    assert (await web.call("GET", "/metrics", token)).status_code == 403
    assert (await web.call("GET", "/openapi.json", token)).status_code == 200


async def test_what_is_kept_of_it_opens_nothing(web: Web, organization_id: UUID) -> None:
    token = await issue(web, organization_id)
    (row,) = await web.rows("select * from api_tokens")
    assert token not in str(row)
    for other in (row["digest"].hex(), f"patas_{row['digest'].hex()}", token[:-1], token + "x"):
        assert (await web.call("GET", "/api/conversations", other)).status_code == 401


async def test_a_revoked_one_opens_nothing(web: Web, organization_id: UUID) -> None:
    token = await issue(web, organization_id)
    (found,) = await tokens.listed(web.other)
    assert await tokens.revoke(web.other, found.id)
    assert (await web.call("GET", "/api/conversations", token)).status_code == 401
    assert not await tokens.revoke(web.other, uuid4())


async def test_wrong_ones_are_limited_and_right_ones_are_not(web: Web, organization_id: UUID) -> None:
    token = await issue(web, organization_id)
    seen = [(await web.call("GET", "/api/conversations", f"patas_{n}")).status_code for n in range(MOST_FAILURES + 2)]
    assert seen == [401] * (MOST_FAILURES - 1) + [429] * 3
    refused = await web.call("GET", "/api/conversations", "guess")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert (await web.call("GET", "/docs", "guess")).status_code == 429
    assert (await web.call("GET", "/api/conversations", None)).status_code == 401, "none at all is no guess"
    assert (await web.call("GET", "/api/conversations", token)).status_code == 200
    assert (await web.call("GET", "/api/conversations")).status_code == 200


async def test_after_too_many_supabase_is_asked_no_more(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> None:
    await sign_in(staffed, supabase, organization_id)
    for n in range(MOST_FAILURES):
        await staffed.call("GET", "/api/conversations", f"forged.{n}")
    asked = len(supabase.requests)
    assert (await staffed.call("GET", "/api/conversations", USER_TOKEN)).status_code == 429
    assert len(supabase.requests) == asked
