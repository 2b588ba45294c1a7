"""Webhooks of the Cloud API, as Meta and people who wish us ill make them."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import structlog
from fastapi import APIRouter
from hypothesis import given
from hypothesis import strategies as st

from service.messaging import intake
from service.messaging.channels.base import Call, Delivery, Webhook
from service.platform import log
from service.platform.settings import Settings
from service.web import webhooks
from tests.kit.fakes import evolution, meta
from tests.kit.fuzz import FUZZ, JSON, TEXT
from tests.kit.providers import HOST
from tests.kit.web import APP_SECRET, CLOUD_API, PHONE, VERIFY_TOKEN, Web, make_shop, metric, scope

MEBIBYTE = 1024 * 1024


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


async def test_a_reader_is_told_the_whole_address(web: Web) -> None:
    calls: list[Call] = []

    def read(call: Call, settings: Settings) -> list[Delivery]:
        calls.append(call)
        return []

    router = APIRouter()
    webhooks._add(router, "evolution", Webhook("/webhook/signed/{number}", read))
    web.app.include_router(router)
    await web.client.post("/webhook/signed/um%20dois?para=n%C3%B3s", headers={"X-Forwarded-Host": "somebody-elses"})
    assert [call.url for call in calls] == [f"{HOST}/webhook/signed/um%20dois?para=n%C3%B3s"]


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


@pytest.mark.parametrize("path", ["/webhook", "/webhook/evolution/loja/{secret}"])
@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_over_a_mebibyte_is_refused(web: Web, path: str, declared: bool) -> None:
    shop = await make_shop(web.other)
    body: Any = b" " * (MEBIBYTE + 1) if declared else _chunks(2 * MEBIBYTE)
    assert (await web.client.post(path.format(secret=shop["evolution"]), content=body)).status_code == 413


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

    await web.app(scope("/webhook"), receive, send)
    assert sent[0]["status"] == 413
    assert read <= MEBIBYTE + 128 * 1024


@pytest.mark.parametrize("length", [b"\xb2", b"9" * 5000, b"-1", b"abc", b""])
async def test_a_nonsensical_content_length_is_no_failure_of_ours(web: Web, length: bytes) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await web.app(scope("/webhook", (b"content-length", length)), receive, send)
    assert sent[0]["status"] in (400, 401, 413)


async def test_a_caller_that_hangs_up_is_no_failure_of_ours(web: Web, capfd: pytest.CaptureFixture[str]) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await web.app(scope("/webhook"), receive, send)
    assert [m["status"] for m in sent if "status" in m] in ([], [400])
    assert "Traceback" not in "".join(capfd.readouterr())


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


async def test_a_body_brings_no_more_than_a_provider_sends(web: Web) -> None:
    def body(count: int) -> Any:
        return meta.webhook_body(statuses=[meta.status(f"wamid.{n}", "sent", PHONE) for n in range(count)])

    before = web.db.round_trips
    assert (await web.hook(body(intake.MOST_IN_A_BODY + 1))).status_code == 413
    assert web.db.round_trips == before, "none of it is looked up"
    assert (await web.hook(body(intake.MOST_IN_A_BODY))).status_code == 200
    assert web.db.round_trips == before + intake.MOST_IN_A_BODY // intake.MOST_AT_ONCE


async def test_a_large_body_is_stored_in_order_and_wakes_each_once(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 2)
    said = ["um", "dois", "três", "quatro", "cinco"]
    messages = [meta.text_message(PHONE, word, id=f"wamid.{n}") for n, word in enumerate(said)]
    statuses = [meta.status("wamid.x", "sent", PHONE)] * 3
    assert (await web.hook(messages=messages, statuses=statuses)).status_code == 200
    rows = await web.rows("select content from messages where external_id like 'wamid._' order by seq")
    assert [row["content"] for row in rows] == said


# Nothing from outside gives a 500

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


async def test_an_evolution_delivery_takes_one_round_trip_once_its_sender_is_known(web: Web) -> None:
    shop = await make_shop(web.other)
    before = web.db.round_trips
    for trips in (2, 3):
        body = evolution.webhook_body(evolution.upsert(f"{PHONE}@s.whatsapp.net", "oi"))
        assert (await web.client.post(f"/webhook/evolution/loja/{shop['evolution']}", json=body)).status_code == 200
        assert web.db.round_trips == before + trips


async def test_the_commit_comes_before_the_answer(web: Web) -> None:
    committed: list[int] = []
    raw, headers = meta.signed(meta.webhook_body(messages=[meta.text_message(PHONE, "oi", id="wamid.first")]), APP_SECRET)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            # On another connection: only what is committed is seen.
            committed.append(len(await web.rows("select 1 from messages where external_id = 'wamid.first'")))

    await web.app(scope("/webhook", *((k.lower().encode(), v.encode()) for k, v in headers.items())), receive, send)
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


@pytest.mark.parametrize("kind", ["image", "audio", "video", "document", "sticker", "location", "contacts", "order"])
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
