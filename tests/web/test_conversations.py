"""The inbox API: who may see and write what, and what writing does."""

import asyncio
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.fakes.server import Fault
from tests.kit.fakes.supabase import FakeSupabase
from tests.kit.fuzz import FUZZ
from tests.kit.staff import USER_TOKEN, sign_in
from tests.kit.web import Web, make_shop

# An id that nothing has, the same in every process that runs the tests.
NOBODY = UUID(int=7)

# Who may come in


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/conversations"),
        ("GET", f"/api/conversations/{NOBODY}"),
        ("POST", f"/api/conversations/{NOBODY}/messages"),
        ("POST", f"/api/conversations/{NOBODY}/handback"),
        ("GET", "/api/dead-letters"),
        ("GET", "/api/alerts"),
    ],
)
@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "Bearer \xe9", "Bearer api-token-of-the-tests2"]
)
async def test_without_the_token_nobody_comes_in(web: Web, method: str, path: str, header: str | None) -> None:
    headers = [] if header is None else [(b"authorization", header.encode("latin-1"))]
    response = await web.client.request(method, path, headers=headers, json={"content": "oi"} if method == "POST" else None)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


async def test_every_address_under_api_asks_for_a_token(web: Web) -> None:
    described = (await web.call("GET", "/openapi.json")).json()["paths"]
    calls = [(method, path) for path, methods in described.items() if path.startswith("/api") for method in methods]
    assert len(calls) >= 6
    for method, path in calls:
        response = await web.client.request(method, path.replace("{conversation_id}", str(uuid4())), json={"content": "oi"})
        assert response.status_code == 401, (method, path)


async def test_an_unknown_conversation_is_not_found(web: Web) -> None:
    path = f"/api/conversations/{uuid4()}"
    assert (await web.call("GET", path)).status_code == 404
    assert (await web.call("POST", f"{path}/messages", json={"content": "oi"})).status_code == 404
    assert (await web.call("POST", f"{path}/handback")).status_code == 404


async def test_the_operator_sees_every_shop(web: Web) -> None:
    mine, other = await web.conversation(), await make_shop(web.other)
    listed = {row["id"] for row in (await web.call("GET", "/api/conversations")).json()}
    assert {str(mine), str(other["conversation"])} <= listed


async def test_a_member_sees_their_shop_and_no_other(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> None:
    mine, other = await staffed.conversation(), await make_shop(staffed.other)
    await sign_in(staffed, supabase, organization_id)
    listed = (await staffed.call("GET", "/api/conversations", USER_TOKEN)).json()
    assert str(mine) in {row["id"] for row in listed}
    assert {row["organization_id"] for row in listed} == {str(organization_id)}
    assert (await staffed.call("GET", f"/api/conversations/{mine}", USER_TOKEN)).status_code == 200
    theirs = f"/api/conversations/{other['conversation']}"
    assert (await staffed.call("GET", theirs, USER_TOKEN)).status_code == 404
    assert (await staffed.call("POST", f"{theirs}/messages", USER_TOKEN, json={"content": "oi"})).status_code == 404
    assert (await staffed.call("POST", f"{theirs}/handback", USER_TOKEN)).status_code == 404
    assert await staffed.rows("select 1 from messages where conversation_id = %(c)s", c=other["conversation"]) == []
    request = supabase.requests[-1]
    assert request.path == "/auth/v1/user"
    assert request.headers["Authorization"] == f"Bearer {USER_TOKEN}"
    assert {name.lower(): value for name, value in request.headers.items()}["apikey"] == "service-key-of-the-tests"


async def test_a_member_sees_only_their_shops_failures(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> None:
    other = await make_shop(staffed.other)
    for organization in (organization_id, other["organization"], None):
        await staffed.rows("insert into alerts (organization_id, kind, title) values (%(o)s, 'test', 't') returning 1", o=organization)
        await staffed.rows(
            "insert into dead_letters (organization_id, kind, error_type, error, attempts) values (%(o)s, 'job', 'e', 'e', 1) returning 1",
            o=organization,
        )
    await sign_in(staffed, supabase, organization_id)
    for path in ("/api/alerts", "/api/dead-letters"):
        assert {row["organization_id"] for row in (await staffed.call("GET", path, USER_TOKEN)).json()} == {str(organization_id)}
        assert len((await staffed.call("GET", path)).json()) == 3


async def test_a_user_of_no_shop_sees_nothing(staffed: Web, supabase: FakeSupabase) -> None:
    mine = await staffed.conversation()
    await sign_in(staffed, supabase)
    for path in ("/api/conversations", "/api/alerts", "/api/dead-letters"):
        assert (await staffed.call("GET", path, USER_TOKEN)).json() == []
    assert (await staffed.call("GET", f"/api/conversations/{mine}", USER_TOKEN)).status_code == 404


async def test_a_members_message_carries_their_name(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> None:
    conversation_id = await staffed.conversation()
    await sign_in(staffed, supabase, organization_id)
    response = await staffed.call("POST", f"/api/conversations/{conversation_id}/messages", USER_TOKEN, json={"content": "Sou a Bia"})
    assert (response.status_code, response.json()["author"]) == (201, "bia@loja.test")


@pytest.mark.parametrize("token", ["forged", "a.b.c", "é", "x" * 5000])
async def test_a_token_that_supabase_never_issued_is_refused(staffed: Web, supabase: FakeSupabase, token: str) -> None:
    headers = [(b"authorization", b"Bearer " + token.encode())]
    assert (await staffed.client.get("/api/conversations", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500, body={"msg": "boom"}),
        Fault(status=500, body="<html>"),
        Fault(status=503, body={"msg": "away"}),
        Fault(status=502, body="<html>"),
        Fault(status=429, body={"msg": "slow down"}),
        Fault(status=200, body="<html>"),
        Fault(status=200, body={"surprise": True}),
        Fault(reset="before"),
    ],
    ids=["500", "500 page", "503", "502 page", "429", "200 page", "200 stranger", "reset"],
)
async def test_a_supabase_that_fails_is_told_apart_from_a_bad_token(staffed: Web, supabase: FakeSupabase, fault: Fault) -> None:
    await sign_in(staffed, supabase)
    supabase.fail_next(*[fault] * 3)
    response = await staffed.call("GET", "/api/conversations", USER_TOKEN)
    assert response.status_code == 503
    assert "service-key" not in response.text


async def test_with_supabase_down_the_operator_still_works(staffed: Web, supabase: FakeSupabase) -> None:
    supabase.stop()
    assert (await staffed.call("GET", "/api/conversations", USER_TOKEN)).status_code == 503
    assert (await staffed.call("GET", "/api/conversations")).status_code == 200


# What may be asked


async def test_messages_are_read_in_pages(web: Web) -> None:
    for text in ("um", "dois", "três"):
        conversation_id = await web.conversation(text=text)
    newest = (await web.call("GET", f"/api/conversations/{conversation_id}", params={"limit": 2})).json()["messages"]
    assert [m["content"] for m in newest] == ["dois", "três"]
    older = (await web.call("GET", f"/api/conversations/{conversation_id}", params={"before": newest[0]["seq"]})).json()["messages"]
    assert [m["content"] for m in older] == ["um"]


@pytest.mark.parametrize("before", ["9223372036854775808", "-1", "9" * 400, "x", ""])
async def test_a_page_that_can_not_be_is_refused(web: Web, before: str) -> None:
    response = await web.call("GET", f"/api/conversations/{await web.conversation()}", params={"before": before})
    assert response.status_code == 422
    assert response.json()["error"].startswith("before")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"content": ""}', 422),
        (b'{"content": "   "}', 400),
        (b'{"content": "\\u0000"}', 400),
        (b'{"content": null}', 422),
        (b'{"content": 1}', 422),
        (b'{"content": "\\ud800"}', 422),
        (b"{}", 422),
        (b"[]", 422),
        (b"", 422),
        (b"{", 422),
        (b"[" * 100_000, 400),
        (b'{"content": "' + b"x" * 4097 + b'"}', 422),
        (b'{"content": "' + b"x" * 2**20 + b'"}', 413),
    ],
    ids=["empty", "blank", "nul", "null", "number", "surrogate", "nothing", "list", "no body", "cut", "deep", "long", "huge"],
)
async def test_a_text_that_can_not_be_sent_is_refused(web: Web, body: bytes, status: int) -> None:
    conversation_id = await web.conversation()
    headers = {"Content-Type": "application/json"}
    response = await web.client.post(
        f"/api/conversations/{conversation_id}/messages", content=body, headers=headers | {"Authorization": "Bearer api-token-of-the-tests"}
    )
    assert response.status_code == status, response.text
    # The server itself cuts off what is too large, in its own words.
    assert status == 413 or response.json()["error"]
    assert web.queued("outbox.deliver") == []
    (row,) = await web.rows("select status from conversations where id = %(c)s", c=conversation_id)
    assert row["status"] == "active"


async def test_the_longest_text_is_queued(web: Web) -> None:
    conversation_id = await web.conversation()
    response = await web.call("POST", f"/api/conversations/{conversation_id}/messages", json={"content": "á" * 4096})
    assert (response.status_code, len(response.json()["content"])) == (201, 4096)


PATHS = st.lists(st.text(max_size=12), max_size=4).map(lambda parts: "/api/" + "/".join(parts))


@FUZZ
@given(
    path=st.sampled_from(["/api/conversations", f"/api/conversations/{NOBODY}", "/api/alerts", "/api/dead-letters"]) | PATHS,
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]),
    names=st.lists(
        st.tuples(st.sampled_from(["limit", "offset", "status", "before", "x"]), st.text() | st.integers().map(str)), max_size=3
    ),
)
async def test_no_address_and_no_query_gives_a_500(web: Web, path: str, method: str, names: list[tuple[str, str]]) -> None:
    target = f"{quote(path.encode('utf-8', 'replace'), safe='/')}?{urlencode(names, errors='replace')}"
    response = await web.call(method, target)
    assert response.status_code < 500, response.text


# What writing does


async def test_a_persons_message_is_queued_and_the_assistant_is_silent(web: Web) -> None:
    conversation_id = await web.conversation()
    response = await web.call("POST", f"/api/conversations/{conversation_id}/messages", json={"content": "  Aqui é a Bia.\x00 "})
    assert response.status_code == 201
    message = response.json()
    assert (message["content"], message["direction"], message["status"], message["sent_by_ai"]) == (
        "Aqui é a Bia.", "outgoing", "queued", False,
    )  # fmt: skip
    assert [args[1] for args in web.queued("outbox.deliver")] == [str(conversation_id)]
    seen = (await web.call("GET", f"/api/conversations/{conversation_id}")).json()
    assert (seen["status"], seen["escalation_reason"]) == ("escalated", seen["case"]["reason"])
    (case,) = await web.rows("select *, pause_until > now() as paused from escalations where conversation_id = %(c)s", c=conversation_id)
    assert (case["case_key"], case["closed_at"], case["paused"]) == (f"person:{message['id']}", None, True)
    (row,) = await web.rows("select correlation_id from messages where id = %(id)s", id=message["id"])
    assert row["correlation_id"] == response.headers["x-correlation-id"]


async def test_many_people_at_once_open_one_case(web: Web) -> None:
    conversation_id = await web.conversation()
    calls = (web.call("POST", f"/api/conversations/{conversation_id}/messages", json={"content": str(n)}) for n in range(10))
    assert {r.status_code for r in await asyncio.gather(*calls)} == {201}
    assert len(await web.rows("select 1 from escalations where conversation_id = %(c)s", c=conversation_id)) == 1
    (count,) = await web.rows("select count(*) from messages where conversation_id = %(c)s and direction = 'outgoing'", c=conversation_id)
    assert count["count"] == 10


async def test_another_message_lengthens_the_pause(web: Web) -> None:
    conversation_id = await web.conversation()
    path = f"/api/conversations/{conversation_id}/messages"
    await web.call("POST", path, json={"content": "um"})
    await web.rows("update escalations set pause_until = now() where conversation_id = %(c)s returning 1", c=conversation_id)
    await web.call("POST", path, json={"content": "dois"})
    rows = await web.rows("select pause_until > now() as paused from escalations where conversation_id = %(c)s", c=conversation_id)
    assert [r["paused"] for r in rows] == [True]


async def test_writing_while_a_hand_back_goes_on_ends_in_one_of_both_states(web: Web) -> None:
    """Whoever comes second sees what the first did: never a silent conversation without a case, nor a case in an active one."""
    conversation_id = await web.conversation()
    path = f"/api/conversations/{conversation_id}"
    for round in range(8):
        await web.call("POST", f"{path}/messages", json={"content": "oi"})
        await asyncio.gather(
            *(web.call("POST", f"{path}/handback") for _ in range(4)),
            web.call("POST", f"{path}/messages", json={"content": f"mais {round}"}),
            web.call("POST", f"{path}/messages", json={"content": f"e mais {round}"}),
        )
        (row,) = await web.rows(
            "select status, (select count(*) from escalations e where e.conversation_id = c.id and closed_at is null) as open"
            " from conversations c where id = %(c)s",
            c=conversation_id,
        )
        assert (row["status"], row["open"]) in (("active", 0), ("escalated", 1))


async def test_a_closed_conversation_takes_no_message(web: Web) -> None:
    conversation_id = await web.conversation()
    await web.rows("update conversations set status = 'closed' where id = %(c)s returning 1", c=conversation_id)
    response = await web.call("POST", f"/api/conversations/{conversation_id}/messages", json={"content": "oi"})
    assert response.status_code == 409
    assert web.queued("outbox.deliver") == []


async def test_what_nobody_holds_can_not_be_handed_back(web: Web) -> None:
    conversation_id = await web.conversation()
    assert (await web.call("POST", f"/api/conversations/{conversation_id}/handback")).status_code == 409
    assert len(web.queued()) == 1


async def test_a_hand_back_closes_the_case_and_wakes_the_assistant(web: Web) -> None:
    conversation_id = await web.conversation()
    path = f"/api/conversations/{conversation_id}"
    await web.call("POST", f"{path}/messages", json={"content": "Combinado às 15h"})
    before = len(web.queued())
    response = await web.call("POST", f"{path}/handback", json={"note": " Cliente prefere a Bia "})
    assert (response.status_code, response.json()) == (200, {"status": "active"})
    assert len(web.queued()) == before + 1
    (case,) = await web.rows(
        "select closed_at, closed_by, note, resumed_at from escalations where conversation_id = %(c)s", c=conversation_id
    )
    assert case["closed_at"] is not None
    assert (case["closed_by"], case["note"], case["resumed_at"]) == ("operator", "Cliente prefere a Bia", None)
    assert (await web.call("POST", f"{path}/handback")).status_code == 409


@pytest.mark.parametrize("body", [{"note": "x" * 2001}, {"note": 1}, []])
async def test_a_note_that_can_not_be_is_refused(web: Web, body: Any) -> None:
    conversation_id = await web.conversation()
    assert (await web.call("POST", f"/api/conversations/{conversation_id}/handback", json=body)).status_code == 422
