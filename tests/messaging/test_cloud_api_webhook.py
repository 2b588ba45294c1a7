"""What Meta's webhooks become."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.messaging.channels.base import Inbound, InstanceKey
from service.messaging.channels.cloud_api import parse, verify
from tests.kit.fakes import meta

CUSTOMER = "5511999990001"


def only(body: object) -> Inbound:
    (delivery,) = parse(body)
    (message,) = delivery.messages
    return message


def test_signature_covers_the_raw_bytes() -> None:
    raw = '{"a":  "é"}'.encode()
    signature = meta.sign(raw, "segredo")
    assert verify(raw, signature, "segredo")
    assert not verify(b'{"a":"\\u00e9"}', signature, "segredo")
    assert not verify(raw, signature, "outro")
    assert not verify(raw, signature.upper(), "segredo")


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha1=abc", "sha256=é"])
def test_signature_that_is_none(signature: str | None) -> None:
    assert not verify(b"{}", signature, "segredo")


def test_empty_secret_verifies_nothing() -> None:
    assert not verify(b"{}", meta.sign(b"{}", ""), "")


def test_text() -> None:
    sent = meta.text_message(CUSTOMER, "Oi, tem banho?", id="wamid.1", timestamp=1764000000, context={"id": "wamid.0"})
    (delivery,) = parse(meta.webhook_body(messages=[sent], names={CUSTOMER: "Ana"}))
    assert delivery.key == InstanceKey("cloud_api", meta.PHONE_NUMBER_ID)
    assert delivery.messages == (
        Inbound(
            external_id="wamid.1",
            phone=CUSTOMER,
            user_id=None,
            address=CUSTOMER,
            name="Ana",
            message_type="text",
            text="Oi, tem banho?",
            sent_at=datetime.fromtimestamp(1764000000, UTC),
            quoted_external_id="wamid.0",
            raw=sent,
        ),
    )


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("image", {"id": "1", "caption": "é ele"}, "é ele"),
        ("audio", {"id": "1", "voice": True}, ""),
        ("document", {"id": "1", "filename": "vacinas.pdf"}, "vacinas.pdf"),
        ("document", {"id": "1", "filename": "vacinas.pdf", "caption": "carteira"}, "carteira"),
        ("sticker", {"id": "1"}, ""),
        ("location", {"latitude": -23.5, "longitude": -46.6, "name": "Casa", "address": "Rua A, 1"}, "Casa, Rua A, 1"),
        ("location", {"latitude": -23.5, "longitude": -46.6}, "-23.5, -46.6"),
        ("contacts", [{"name": {"formatted_name": "Rui Sá"}}, {"name": {"first_name": "Bia"}}], "Rui Sá, Bia"),
        ("button", {"text": "Sim", "payload": "YES"}, "Sim"),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "1", "title": "Às 15h"}}, "Às 15h"),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "1", "title": "Banho", "description": "60 min"}}, "Banho (60 min)"),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Enviado", "response_json": "{}"}}, "Enviado"),
        ("reaction", {"message_id": "wamid.0", "emoji": "👍"}, "👍"),
        ("order", {"catalog_id": "1", "text": "dois sacos", "product_items": []}, "dois sacos"),
        ("system", {"body": "Ana mudou de número"}, "Ana mudou de número"),
        ("edit", {"original_message_id": "wamid.0", "message": {"type": "text", "text": {"body": "às 16h"}}}, "às 16h"),
        ("revoke", {"original_message_id": "wamid.0"}, ""),
        ("unsupported", {"type": "video_note"}, ""),
    ],
)
def test_every_type_keeps_its_name_and_its_words(kind: str, content: object, text: str) -> None:
    message = only(meta.webhook_body(messages=[meta.message(CUSTOMER, kind, content)]))
    assert (message.message_type, message.text) == (kind, text)


def test_a_batch_is_one_delivery_per_number() -> None:
    body = meta.webhook_body(
        meta.change(messages=[meta.text_message(CUSTOMER, "1"), meta.text_message("5511999990002", "2")], names={"5511999990002": "Bia"}),
        meta.change(statuses=[meta.status("wamid.9", "read", CUSTOMER)]),
        meta.change(messages=[meta.text_message(CUSTOMER, "3")], phone_number_id="2"),
    )
    body["entry"].append(meta.webhook_body(messages=[meta.text_message(CUSTOMER, "4")])["entry"][0])
    first, second = parse(body)
    assert [m.text for m in first.messages] == ["1", "2", "4"]
    assert [m.name for m in first.messages] == ["Cliente", "Bia", "Cliente"]
    assert [s.external_id for s in first.statuses] == ["wamid.9"]
    assert (second.key.value, [m.text for m in second.messages]) == ("2", ["3"])


def test_user_id_stands_in_for_a_missing_number() -> None:
    sent = {"id": "wamid.1", "timestamp": "1764000000", "type": "text", "text": {"body": "oi"}, "from_user_id": "BR.123"}
    change = meta.change(messages=[sent])
    change["value"]["contacts"] = [{"profile": {"name": "Zé"}, "user_id": "BR.999"}, {"profile": {"name": "Ana"}, "user_id": "BR.123"}]
    message = only(meta.webhook_body(change))
    assert (message.phone, message.user_id, message.address, message.name) == (None, "BR.123", "BR.123", "Ana")


def test_number_and_user_id_together() -> None:
    message = only(meta.webhook_body(messages=[meta.text_message(CUSTOMER, "oi", from_user_id="BR.123")]))
    assert (message.phone, message.user_id, message.address) == (CUSTOMER, "BR.123", CUSTOMER)


def test_echo_is_the_shops_own_word() -> None:
    message = only(meta.webhook_body(echoes=[meta.echo(f"+{CUSTOMER}", "Já te respondo")]))
    assert message.from_me
    assert (message.phone, message.address, message.name, message.text) == (CUSTOMER, CUSTOMER, None, "Já te respondo")


def test_group_is_not_answerable() -> None:
    message = only(meta.webhook_body(messages=[meta.text_message(CUSTOMER, "oi", group_id="Y2FwaV9ncm91cA")]))
    assert not message.answerable
    assert (message.phone, message.address) == (None, "Y2FwaV9ncm91cA")


@pytest.mark.parametrize(
    ("said", "state"), [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("played", "read"), ("failed", "failed")]
)
def test_statuses(said: str, state: str) -> None:
    (delivery,) = parse(meta.webhook_body(statuses=[meta.status("wamid.1", said, CUSTOMER, our_id="nosso")]))
    (status,) = delivery.statuses
    assert (status.external_id, status.state, status.our_id, status.error_code) == ("wamid.1", state, "nosso", None)


def test_failed_status_explains_itself() -> None:
    errors = [{"code": 131047, "title": "Re-engagement message"}]
    (delivery,) = parse(meta.webhook_body(statuses=[meta.status("wamid.1", "failed", CUSTOMER, errors=errors)]))
    assert delivery.statuses[0].error_code == "131047"
    assert "24 horas" in (delivery.statuses[0].error_detail or "")


def test_the_sound_part_of_an_odd_body_is_kept() -> None:
    change = meta.change(messages=[meta.text_message(CUSTOMER, "oi")], statuses=[meta.status("wamid.2", "sent", CUSTOMER)])
    change["value"]["messages"][:0] = [None, 7, {}, {"type": "text"}, {"id": {"y": 1}, "from": CUSTOMER}]
    change["value"]["statuses"][:0] = ["x", {"id": "1", "status": "teleported"}, {"status": "sent"}]
    (delivery,) = parse({"entry": [None, {"changes": "x"}, {"changes": [7, {"value": []}, {"value": {"metadata": 1}}, change]}]})
    assert [m.text for m in delivery.messages] == ["oi"]
    assert [s.external_id for s in delivery.statuses] == ["wamid.2"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("1764000000"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
WORDS = """id from from_user_id to group_id timestamp type text body context interactive button_reply location name address latitude
    contacts formatted_name edit message image caption errors code error_data status biz_opaque_callback_data wa_id user_id profile"""
FIELDS = st.sampled_from(WORDS.split())
KINDS = st.sampled_from(["text", "interactive", "location", "contacts", "edit", "image", "system", "order", ""])
ITEM = st.recursive(JSON | KINDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=6), max_leaves=12)


@given(JSON)
def test_any_json_is_survived(body: object) -> None:
    parse(body)


@given(st.lists(ITEM, max_size=3), st.lists(ITEM, max_size=2), ITEM)
def test_any_content_in_the_right_frame_is_survived(messages: list[object], statuses: list[object], contacts: object) -> None:
    frame = {"metadata": {"phone_number_id": "1"}, "contacts": contacts, "statuses": statuses, "messages": messages}
    echoes = {"metadata": {"phone_number_id": "1"}, "message_echoes": messages}
    for delivery in parse({"entry": [{"changes": [{"value": frame}, {"value": echoes}]}]}):
        for message in delivery.messages:
            assert message.external_id
            assert message.address
            assert message.sent_at.tzinfo is UTC


@given(KINDS, ITEM)
def test_any_part_of_a_message_is_survived(kind: str, part: object) -> None:
    message = only(meta.webhook_body(messages=[meta.message(CUSTOMER, kind or "text", part)]))
    assert isinstance(message.text, str)


def test_deep_and_huge_values_are_survived() -> None:
    deep = json.loads('{"message":{"type":"edit","edit":' * 200 + "1" + "}}" * 200)
    assert only(meta.webhook_body(messages=[meta.message(CUSTOMER, "edit", deep)])).text == ""
    assert parse(meta.webhook_body(messages=[{"id": 10**5000, "from": CUSTOMER}])) == []


def test_a_message_that_names_nobody_is_not_the_others_in_its_body() -> None:
    change = meta.change(messages=[meta.text_message("5511955550001", "oi", id="wamid.1")])
    nobodys = meta.text_message("5511955550001", "e aí?", id="wamid.2")
    del nobodys["from"]
    alone = meta.change(messages=[meta.text_message("5511955550001", "oi", id="wamid.1")])
    del alone["value"]["messages"][0]["from"]
    change["value"]["messages"] = [nobodys, *change["value"]["messages"]]
    assert [m.external_id for delivery in parse(meta.webhook_body(change)) for m in delivery.messages] == ["wamid.1"]
    (delivery,) = parse(meta.webhook_body(alone))
    assert delivery.messages[0].phone == "5511955550001"
