"""Webhooks, as Meta, Evolution and people who wish us ill call them."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.messaging import intake
from service.platform import jobs, log
from service.platform.database import Database, opened
from service.platform.settings import get_settings
from tests.kit.fakes import evolution, meta
from tests.kit.web import APP_SECRET, CLOUD_API, VERIFY_TOKEN, Web, make_shop, metric

MEBIBYTE = 1024 * 1024
PHONE = "5511955550001"
FUZZ = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


# The door


async def test_the_handshake_gives_the_challenge_back(web: Web) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444<b>"}
    response = await web.client.get("/webhook", params=query)
    assert (response.status_code, response.text) == (200, "1158201444<b>")
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("wrong", [{"hub.verify_token": "other"}, {"hub.verify_token": "é"}, {"hub.mode": "unsubscribe"}])
async def test_the_handshake_with_anything_wrong_is_forbidden(web: Web, wrong: dict[str, str]) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "42"} | wrong
    response = await web.client.get("/webhook", params=query)
    assert response.status_code == 403
    assert VERIFY_TOKEN not in response.text


async def test_the_handshake_without_a_token_set_is_forbidden(open_web: Callable[..., Awaitable[Web]]) -> None:
    web = await open_web(whatsapp_verify_token=None)
    assert (await web.client.get("/webhook", params={"hub.mode": "subscribe", "hub.challenge": "42"})).status_code == 403


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha256=00", "é", "md5=1"])
async def test_a_bad_signature_stores_nothing(web: Web, signature: str | None) -> None:
    raw, _ = meta.signed(meta.webhook_body(messages=[meta.text_message(PHONE, "oi", id="wamid.bad")]), APP_SECRET)
    headers = [] if signature is None else [(b"x-hub-signature-256", signature.encode("latin-1"))]
    response = await web.client.post("/webhook", content=raw, headers=headers)
    assert response.status_code == 401
    assert await web.rows("select 1 from messages where external_id = 'wamid.bad'") == []


async def test_the_signature_is_of_the_very_bytes(web: Web) -> None:
    raw, headers = meta.signed(meta.webhook_body(messages=[meta.text_message(PHONE, "oi")]), APP_SECRET)
    assert (await web.client.post("/webhook", content=raw + b" ", headers=headers)).status_code == 401
    assert (await web.hook(messages=[meta.text_message(PHONE, "oi")], secret="another")).status_code == 401


async def test_without_a_secret_nothing_is_believed(open_web: Callable[..., Awaitable[Web]]) -> None:
    web = await open_web(whatsapp_app_secret=None)
    assert (await web.hook(messages=[meta.text_message(PHONE, "oi")], secret="")).status_code == 401


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"not json", b'{"a":' + b"9" * 5000 + b"}", b"[" * 100_000, b'{"a":' * 100_000, b"\x00"],
    ids=["empty", "cut", "not utf-8", "words", "long number", "deep list", "deep object", "nul"],
)
async def test_malformed_json_is_a_bad_request(web: Web, raw: bytes) -> None:
    assert (await web.raw(raw)).status_code == 400


async def test_nesting_that_parses_is_stored_without_its_depths(web: Web) -> None:
    deep: Any = "x"
    for _ in range(300):
        deep = [deep]
    message = meta.text_message(PHONE, "oi", id="wamid.deep", extra=deep)
    assert (await web.hook(messages=[message])).status_code == 200
    assert (await web.message("wamid.deep"))["raw"]["id"] == "wamid.deep"


async def _chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 64 * 1024):
        yield b" " * (64 * 1024)


@pytest.mark.parametrize("path", ["/webhook", "/webhook/evolution/loja/secret"])
@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_over_a_mebibyte_is_refused(web: Web, path: str, declared: bool) -> None:
    body: Any = b" " * (MEBIBYTE + 1) if declared else _chunks(2 * MEBIBYTE)
    assert (await web.client.post(path, content=body)).status_code == 413


async def test_a_refused_body_is_not_read_to_its_end(web: Web) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 64 * MEBIBYTE:
            read += 64 * 1024
            yield b" " * (64 * 1024)

    # The test client reads a body whole before it calls, so this goes to the application itself.
    sent: list[Any] = []
    source = endless()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": await anext(source), "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    await web.app(_scope("/webhook"), receive, send)
    assert sent[0]["status"] == 413
    assert read <= MEBIBYTE + 128 * 1024


@pytest.mark.parametrize("length", [b"\xb2", b"9" * 5000, b"-1", b"abc", b""])
async def test_a_nonsensical_content_length_is_no_failure_of_ours(web: Web, length: bytes) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await web.app(_scope("/webhook", (b"content-length", length)), receive, send)
    assert sent[0]["status"] in (400, 401, 413)


async def test_a_caller_that_hangs_up_is_no_failure_of_ours(web: Web, capfd: pytest.CaptureFixture[str]) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await web.app(_scope("/webhook"), receive, send)
    assert [m["status"] for m in sent if "status" in m] in ([], [400])
    assert "Traceback" not in "".join(capfd.readouterr())


def _scope(path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"patas"), *headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip


async def test_an_unknown_number_is_accepted_and_counted(web: Web) -> None:
    before = metric("patas_unknown_numbers_total", channel="cloud_api")
    response = await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.lost")], phone_number_id="999")
    assert response.status_code == 200
    assert metric("patas_unknown_numbers_total", channel="cloud_api") == before + 1
    assert await web.rows("select 1 from messages where external_id = 'wamid.lost'") == []
    assert web.queued() == []


@pytest.mark.parametrize("number", ["\ud800", "\x00", "9" * 100_000, "'; drop table messages; --"])
async def test_a_strange_number_is_an_unknown_one(web: Web, number: str) -> None:
    assert (await web.hook(messages=[meta.text_message(PHONE, "oi")], phone_number_id=number)).status_code == 200


async def test_an_inactive_number_is_an_unknown_one(web: Web) -> None:
    await web.rows("update whatsapp_instances set is_active = false where id = %(id)s returning id", id=CLOUD_API)
    assert (await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.off")])).status_code == 200
    assert await web.rows("select 1 from messages where external_id = 'wamid.off'") == []


# Nothing from outside gives a 500

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
TEXT = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(["\x00", "\ud800", PHONE, "+55 11 95555-0001", "", " "])
STAMP = st.integers(-(10**13), 10**13).map(str) | st.sampled_from(["253402300799", "99999999999", "-1", "", "1e9"]) | JSON
MESSAGE = st.fixed_dictionaries(
    {"from": TEXT | JSON, "id": TEXT | JSON, "timestamp": STAMP, "type": st.sampled_from(["text", "image", "reaction", "x"]) | TEXT | JSON},
    optional={"text": st.fixed_dictionaries({"body": TEXT | JSON}) | JSON, "context": JSON, "group_id": TEXT, "extra": JSON},
)
STATUS = st.fixed_dictionaries(
    {"id": TEXT | JSON, "status": st.sampled_from(["sent", "delivered", "read", "failed"]) | JSON, "timestamp": STAMP},
    optional={"biz_opaque_callback_data": TEXT | JSON, "errors": JSON},
)


@FUZZ
@given(body=JSON)
async def test_any_signed_json_is_taken_or_refused(web: Web, body: Any) -> None:
    assert (await web.raw(json.dumps(body).encode())).status_code in (200, 400)


@FUZZ
@given(messages=st.lists(MESSAGE, max_size=3), statuses=st.lists(STATUS, max_size=3), names=JSON)
async def test_any_message_and_status_is_taken(web: Web, messages: list[Any], statuses: list[Any], names: Any) -> None:
    value = {"metadata": {"phone_number_id": meta.PHONE_NUMBER_ID}, "messages": messages, "statuses": statuses, "contacts": names}
    body = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    response = await web.raw(json.dumps(body).encode())
    assert response.status_code == (200 if _finite(body) else 400), response.text


def _finite(body: Any) -> bool:
    try:
        json.dumps(body, allow_nan=False)
    except ValueError:
        return False
    return True


# What is stored


async def test_every_message_and_status_of_a_batch(web: Web) -> None:
    other = await make_shop(web.other)
    (number,) = await web.rows("select phone_number_id from whatsapp_instances where id = %(id)s", id=other["instance"])
    body = meta.webhook_body(
        meta.change(messages=[meta.text_message(PHONE, "um", id="wamid.1"), meta.text_message(PHONE, "dois", id="wamid.2")]),
        meta.change(messages=[meta.text_message("5511955550002", "três", id="wamid.3")], statuses=[meta.status("wamid.x", "sent", PHONE)]),
        meta.change(messages=[meta.text_message(PHONE, "quatro", id="wamid.4")], phone_number_id=number["phone_number_id"]),
        meta.change(echoes=[meta.echo(PHONE, "cinco", id="wamid.5")]),
    )
    assert (await web.hook(body)).status_code == 200
    rows = await web.rows("select external_id, content, organization_id from messages where external_id like 'wamid._' order by seq")
    assert {r["external_id"]: r["content"] for r in rows} == {
        "wamid.1": "um", "wamid.2": "dois", "wamid.3": "três", "wamid.4": "quatro", "wamid.5": "cinco",
    }  # fmt: skip
    assert [r["external_id"] for r in rows if r["organization_id"] == other["organization"]] == ["wamid.4"]
    assert len(web.queued()) == 3, "one wake-up per conversation"


async def test_one_round_trip_per_delivery(web: Web) -> None:
    before = web.db.round_trips
    sent = [meta.text_message(PHONE, "um"), meta.text_message("5511955550002", "dois")]
    await web.hook(messages=sent, statuses=[meta.status("wamid.x", "sent", PHONE)])
    assert web.db.round_trips == before + 1


async def test_an_evolution_delivery_takes_one_round_trip_too(web: Web) -> None:
    shop = await make_shop(web.other)
    before = web.db.round_trips
    body = evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "oi"))
    assert (await web.client.post(f"/webhook/evolution/loja/{shop['evolution']}", json=body)).status_code == 200
    assert web.db.round_trips == before + 1


async def test_the_commit_comes_before_the_answer(web: Web) -> None:
    committed: list[int] = []
    raw, headers = meta.signed(meta.webhook_body(messages=[meta.text_message(PHONE, "oi", id="wamid.first")]), APP_SECRET)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            # On another connection: only what is committed is seen.
            committed.append(len(await web.rows("select 1 from messages where external_id = 'wamid.first'")))

    await web.app(_scope("/webhook", *((k.lower().encode(), v.encode()) for k, v in headers.items())), receive, send)
    assert committed == [1]


async def test_twenty_parallel_posts_of_one_body_store_and_wake_once(web: Web) -> None:
    body = meta.webhook_body(messages=[meta.text_message(PHONE, "oi", id="wamid.same"), meta.text_message("5511955550002", "olá")])
    responses = await asyncio.gather(*(web.hook(body) for _ in range(20)))
    assert Counter(r.status_code for r in responses) == {200: 20}
    rows = await web.rows("select conversation_id from messages where raw->>'id' = any(%(ids)s)", ids=[
        m["id"] for m in body["entry"][0]["changes"][0]["value"]["messages"]
    ])  # fmt: skip
    assert len(rows) == 2
    assert sorted(args[1] for args in web.queued()) == sorted(str(r["conversation_id"]) for r in rows)


async def test_both_spellings_of_a_number_at_once_are_one_contact(web: Web) -> None:
    # The old spelling of a mobile lacks the ninth digit.
    spellings = ["5511995550001", "551195550001"] * 6
    responses = await asyncio.gather(*(web.hook(messages=[meta.text_message(s, "oi")]) for s in spellings))
    assert {r.status_code for r in responses} == {200}
    contacts = await web.rows("select id from contacts where phone_key = '5511995550001'")
    assert len(contacts) == 1
    conversations = await web.rows("select id from conversations where contact_id = %(id)s", id=contacts[0]["id"])
    assert len(conversations) == 1
    (count,) = await web.rows("select count(*) from messages where conversation_id = %(id)s", id=conversations[0]["id"])
    assert count["count"] == 12


async def test_replies_go_to_the_spelling_that_was_used_last(web: Web) -> None:
    await web.hook(messages=[meta.text_message("5511995550001", "oi")])
    await web.hook(messages=[meta.text_message("551195550001", "oi")])
    (row,) = await web.rows("select address from conversations c join contacts k on k.id = contact_id where phone_key = '5511995550001'")
    assert row["address"] == "551195550001"


async def test_an_escalated_conversation_is_used_again_and_stays_silent(web: Web) -> None:
    conversation_id = await web.conversation()
    assert len(web.queued()) == 1
    await web.rows("update conversations set status = 'escalated' where id = %(id)s returning id", id=conversation_id)
    assert await web.conversation() == conversation_id
    assert len(web.queued()) == 1, "nobody is woken for what a person answers"


async def test_a_closed_conversation_is_followed_by_a_new_one(web: Web) -> None:
    conversation_id = await web.conversation()
    await web.rows("update conversations set status = 'closed' where id = %(id)s returning id", id=conversation_id)
    assert await web.conversation() != conversation_id


@pytest.mark.parametrize(
    "message",
    [
        meta.text_message(PHONE, "oi", id="wamid.quiet", group_id="120363@g.us"),
        meta.text_message(PHONE, "oi", id="wamid.quiet", timestamp=1_600_000_000),
        meta.message(PHONE, "reaction", {"message_id": "wamid.0", "emoji": "🐶"}, id="wamid.quiet"),
        meta.message(PHONE, "system", {"body": "mudou de número"}, id="wamid.quiet"),
    ],
    ids=["group", "stale", "reaction", "system"],
)
async def test_what_is_not_answered_is_kept_all_the_same(web: Web, message: dict[str, Any]) -> None:
    assert (await web.hook(messages=[message])).status_code == 200
    row = await web.message("wamid.quiet")
    assert row["processed_at"] is not None
    assert (row["direction"], row["message_type"]) == ("incoming", message["type"])
    assert web.queued() == []


@pytest.mark.parametrize("kind", ["image", "audio", "video", "document", "sticker", "location", "contacts", "interactive", "order"])
async def test_every_other_type_is_stored_with_it_and_answered(web: Web, kind: str) -> None:
    assert (await web.hook(messages=[meta.message(PHONE, kind, {"id": "1"}, id="wamid.kind")])).status_code == 200
    row = await web.message("wamid.kind")
    assert (row["message_type"], row["processed_at"]) == (kind, None)
    assert web.queued() == [[str(row["organization_id"]), str(row["conversation_id"])]]


async def test_what_the_shop_wrote_on_its_phone_is_its_own_word(web: Web) -> None:
    conversation_id = await web.conversation()
    await web.hook(echoes=[meta.echo(PHONE, "Já chegou?", id="wamid.echo")])
    row = await web.message("wamid.echo")
    assert row["conversation_id"] == conversation_id
    assert (row["direction"], row["from_me"], row["sent_by_ai"], row["author"]) == ("outgoing", True, False, "shop_phone")
    assert row["processed_at"] is not None
    assert len(web.queued()) == 1


async def test_the_correlation_id_is_in_answer_and_row(web: Web) -> None:
    response = await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.traced")])
    correlation_id = response.headers["x-correlation-id"]
    assert (await web.message("wamid.traced"))["correlation_id"] == correlation_id


async def test_an_unknown_numbers_log_line_is_traced(web: Web, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    # A logger keeps the standard output that it first wrote to.
    log.configure(web.settings)
    monkeypatch.setattr(intake, "log", structlog.get_logger())
    response = await web.hook(messages=[meta.text_message(PHONE, "oi")], phone_number_id="999")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "Unknown number" in line]
    assert [line["correlationId"] for line in lines] == [response.headers["x-correlation-id"]]


# Statuses


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


@pytest.mark.parametrize("our_id", [None, "not a uuid", str(uuid4()), "\x00"])
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


# Evolution


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


# Servers that are down


async def test_with_redis_down_a_webhook_is_stored_and_accepted(
    open_web: Callable[..., Awaitable[Web]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    get_settings.cache_clear()
    jobs.get_broker.cache_clear()
    web = await open_web(redis_url="redis://127.0.0.1:1/0")
    assert (await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.kept")])).status_code == 200
    assert (await web.message("wamid.kept"))["processed_at"] is None, "the sweeper finds it"


async def test_with_postgres_gone_a_webhook_is_told_to_come_back(web: Web) -> None:
    database = (web.settings.database_url or "").rpartition("/")[2]
    async with _elsewhere(web) as other:
        await other.system((f'alter database "{database}" allow_connections false', {}))
        try:
            await other.system(("select pg_terminate_backend(pid) from pg_stat_activity where datname = %(d)s", {"d": database}))
            response = await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.down")])
            assert response.status_code == 503
            assert response.headers["retry-after"]
            assert database not in response.text
        finally:
            await other.system((f'alter database "{database}" allow_connections true', {}))


def _elsewhere(web: Web) -> Any:
    return opened((web.settings.database_url or "").rpartition("/")[0] + "/postgres", size=1)


async def test_a_delivery_is_stored_whole_or_not_at_all(web: Web, db: Database) -> None:
    """A fault in the middle of a delivery leaves none of its messages, so the provider's second attempt brings all of them."""
    await db.system(
        ("create function boom() returns trigger language plpgsql as $$ begin if new.content = 'boom' then raise exception "
         "using errcode = '57P01'; end if; return new; end $$", {}),
        ("create trigger boom before insert on messages for each row execute function boom()", {}),
    )  # fmt: skip
    body = meta.webhook_body(messages=[meta.text_message(PHONE, "um", id="wamid.a"), meta.text_message(PHONE, "boom", id="wamid.b")])
    assert (await web.hook(body)).status_code == 503
    assert await web.rows("select 1 from messages where external_id in ('wamid.a', 'wamid.b')") == []
    await db.system(("drop trigger boom on messages", {}))
    assert (await web.hook(body)).status_code == 200
    assert len(await web.rows("select 1 from messages where external_id in ('wamid.a', 'wamid.b')")) == 2
