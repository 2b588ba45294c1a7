"""What every kind of message on the wire becomes: its kind and its words, by its shape.

The shapes are those that Meta's webhooks, Baileys and Evolution are seen to send; the values are made up.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from service.messaging.channels import cloud_api, evolution
from service.messaging.channels.base import Inbound
from service.messaging.channels.payload import UNKNOWN, instant
from service.messaging.intake import NOT_ANSWERED
from tests.kit.cellphone import Cellphone
from tests.kit.fakes import evolution as fake_evolution
from tests.kit.fakes import meta
from tests.kit.payloads import BAILEYS, CLOUD, CUSTOMER, IMAGE, wrapped

JID = f"{CUSTOMER}@s.whatsapp.net"


def only_baileys(message: Any) -> Inbound:
    (delivery,) = evolution.parse(fake_evolution.webhook_body(fake_evolution.upsert(JID, message)))
    (found,) = delivery.messages
    return found


@pytest.mark.parametrize(("message", "kind", "words"), [row[1:] for row in BAILEYS], ids=[row[0] for row in BAILEYS])
def test_what_baileys_sends(message: Any, kind: str, words: str) -> None:
    found = only_baileys(message)
    assert (found.message_type, found.text) == (kind, words)
    assert kind != "system" or kind in NOT_ANSWERED


EDITED = {"conversation": "quero banho sábado"}
REVISIONS: list[tuple[str, Any, str, str]] = [
    (
        "an edit",
        {"protocolMessage": {"key": {"id": "E1"}, "type": 14, "editedMessage": EDITED}},
        "edit",
        "quero banho sábado",
    ),
    (
        "an edit by name",
        {"protocolMessage": {"key": {"id": "E1"}, "type": "MESSAGE_EDIT", "editedMessage": {"extendedTextMessage": {"text": "às 16h"}}}},
        "edit",
        "às 16h",
    ),
    (
        "a wrapped edit",
        wrapped("editedMessage", message={"protocolMessage": {"key": {"id": "E1"}, "type": 14, "editedMessage": EDITED}}),
        "edit",
        "quero banho sábado",
    ),
    (
        "an edited caption",
        {"protocolMessage": {"key": {"id": "E1"}, "type": 14, "editedMessage": IMAGE}},
        "edit",
        "olha a orelha dele",
    ),
    ("a deletion", {"protocolMessage": {"key": {"id": "E1"}, "type": "REVOKE"}}, "revoke", ""),
    ("a deletion by its number", {"protocolMessage": {"key": {"id": "E1"}, "type": 0}}, "revoke", ""),
    ("a deletion whose zero is left out", {"protocolMessage": {"key": {"id": "E1"}}}, "revoke", ""),
]


@pytest.mark.parametrize(("message", "kind", "words"), [row[1:] for row in REVISIONS], ids=[row[0] for row in REVISIONS])
def test_an_edit_or_a_deletion_names_its_message(message: Any, kind: str, words: str) -> None:
    (delivery,) = evolution.parse(fake_evolution.webhook_body(fake_evolution.upsert(JID, message)))
    (found,) = delivery.messages
    assert (found.message_type, found.text, found.quoted_external_id) == (kind, words, "E1")


KEY = {"remoteJid": JID, "fromMe": False, "id": "E1"}


@pytest.mark.parametrize(
    ("event", "data", "kind", "words"),
    [
        ("messages.edited", {"key": KEY, "type": 14, "editedMessage": EDITED}, "edit", "quero banho sábado"),
        ("messages.edited", {"key": KEY, "type": "MESSAGE_EDIT", "editedMessage": EDITED}, "edit", "quero banho sábado"),
        ("messages.edited", {"key": KEY, "type": 0}, "revoke", ""),
        ("messages.delete", {**KEY, "status": "DELETED"}, "revoke", ""),
        ("messages.delete", {"key": KEY}, "revoke", ""),
    ],
)
def test_what_evolution_tells_of_an_edit_as_an_event_of_its_own_comes_in_once(event: str, data: Any, kind: str, words: str) -> None:
    body = fake_evolution.webhook_body(data, event=event)
    ((first,), (again,)) = (evolution.parse(body)[0].messages for _ in range(2))
    assert (first.message_type, first.text, first.quoted_external_id, first.phone) == (kind, words, "E1", CUSTOMER)
    assert first.external_id == again.external_id != "E1"


@pytest.mark.parametrize("data", [{"key": KEY, "type": 5}, {"key": {"id": "E1"}, "type": 14}, {"type": 14, "editedMessage": EDITED}, {}])
def test_what_changes_no_message_is_none(data: Any) -> None:
    assert evolution.parse(fake_evolution.webhook_body(data, event="messages.edited")) == []


@pytest.mark.parametrize(("kind", "part", "became", "words"), [row[1:] for row in CLOUD], ids=[row[0] for row in CLOUD])
def test_what_meta_sends(kind: str, part: Any, became: str, words: str) -> None:
    (delivery,) = cloud_api.parse(meta.webhook_body(messages=[meta.message(CUSTOMER, kind, part)]))
    (found,) = delivery.messages
    assert (found.message_type, found.text) == (became, words)


def test_what_can_not_be_had_now_was_said_by_a_person() -> None:
    errors = [{"code": 131060, "title": "This message is currently unavailable"}]
    found = only_meta(meta.message(CUSTOMER, "unsupported", {"type": "unknown"}, errors=errors))
    assert found.message_type == "unsupported"
    assert only_meta(meta.message(CUSTOMER, "unknown", None, errors=[{"code": 131051}])).message_type == "system"


def only_meta(message: Any) -> Inbound:
    (delivery,) = cloud_api.parse(meta.webhook_body(messages=[message]))
    (found,) = delivery.messages
    return found


@pytest.mark.parametrize(
    ("message", "button"),
    [
        ({"buttonsResponseMessage": {"selectedDisplayText": "Sim", "selectedButtonId": "yes"}}, "yes"),
        ({"templateButtonReplyMessage": {"selectedDisplayText": "Sim", "selectedId": "1"}}, "1"),
        ({"listResponseMessage": {"title": "Banho", "singleSelectReply": {"selectedRowId": "b"}}}, "b"),
        ({"interactiveResponseMessage": {"body": {"text": "Oi"}, "nativeFlowResponseMessage": {"paramsJson": '{"id": "q"}'}}}, "q"),
        ({"conversation": "oi"}, None),
    ],
)
def test_what_was_chosen_keeps_its_value(message: Any, button: str | None) -> None:
    assert only_baileys(message).button_id == button


@pytest.mark.parametrize(
    ("kind", "part", "button"),
    [
        ("interactive", {"type": "button_reply", "button_reply": {"id": "x", "title": "Às 15h"}}, "x"),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "b", "title": "Banho"}}, "b"),
        ("button", {"text": "Quero", "payload": "promo-7"}, "promo-7"),
    ],
)
def test_what_was_chosen_on_the_cloud_api_keeps_its_value(kind: str, part: Any, button: str) -> None:
    assert only_meta(meta.message(CUSTOMER, kind, part)).button_id == button


AD = {"title": "Banho grátis", "body": "Na primeira visita", "sourceUrl": "https://x.br"}


@pytest.mark.parametrize(
    "message", [{"extendedTextMessage": {"text": "oi", "contextInfo": {"externalAdReply": AD}}}, {"conversation": "oi"}]
)
def test_evolutions_advertisement_is_not_the_customers_words(message: Any) -> None:
    row = fake_evolution.upsert(JID, message) | {"contextInfo": {"externalAdReply": AD}}
    (delivery,) = evolution.parse(fake_evolution.webhook_body(row))
    (found,) = delivery.messages
    assert (found.text, found.referral) == ("oi", "o anúncio “Banho grátis: Na primeira visita”")


def test_a_products_question_names_it() -> None:
    product = {"referred_product": {"catalog_id": "1", "product_retailer_id": "coleira-p"}}
    found = only_meta(meta.text_message(CUSTOMER, "tem na cor azul?", context=product))
    assert (found.text, found.referral) == ("tem na cor azul?", "o produto “coleira-p”")


async def test_every_one_is_kept_and_waits_for_an_answer_or_not(cellphone: Cellphone) -> None:
    right = {}
    for n, (name, message, kind, words) in enumerate(BAILEYS):
        await cellphone.hook("messages.upsert", fake_evolution.upsert(JID, message, id=f"E{n}"))
        right[f"E{n}"] = (name, kind, words, kind not in NOT_ANSWERED)
    for n, (name, type_, part, kind, words) in enumerate(CLOUD):
        assert (await cellphone.web.hook(messages=[meta.message(CUSTOMER, type_, part, id=f"C{n}")])).status_code == 200
        right[f"C{n}"] = (name, kind, words, kind not in NOT_ANSWERED)
    rows = await cellphone.shop.rows("select external_id, message_type, content, processed_at is null as waits from messages")
    found = {row["external_id"]: (right[row["external_id"]][0], row["message_type"], row["content"], row["waits"]) for row in rows}
    assert found == right
    assert len(right) > 100


@pytest.mark.parametrize(
    "written",
    [1764000000, "1764000000", 1764000000.7, "1764000000.7", 1764000000000, "1764000000000", 1764000000000000, 1764000000 * 10**9,
     {"low": 1764000000, "high": 0, "unsigned": True}, {"low": 1764000000 - 2**32, "high": 0}, "2025-11-24T16:00:00Z",
     "2025-11-24T13:00:00-03:00"],
)  # fmt: skip
def test_an_instant_in_any_unit(written: Any) -> None:
    assert instant(written) == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("written", [None, "", "ontem", True, {}, [], {"low": "x"}, float("nan"), float("inf"), 10**39, "9" * 400])
def test_an_instant_that_cannot_be_read_is_old(written: Any) -> None:
    assert instant(written) == UNKNOWN
