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
from tests.kit.fakes import evolution as fake_evolution
from tests.kit.fakes import meta

CUSTOMER = "5511955550001"
JID = f"{CUSTOMER}@s.whatsapp.net"
IMAGE = {"imageMessage": {"mimetype": "image/jpeg", "caption": "olha a orelha dele"}}
VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Rui\nTEL;type=CELL;waid=5511988880000:+55 11 98888-0000\nEND:VCARD"


def wrapped(*names: str, message: Any) -> Any:
    """Put a message into wrappers, the last one inside."""
    for name in reversed(names):
        message = {name: {"message": message}}
    return message


BAILEYS: list[tuple[str, Any, str, str]] = [
    ("text", {"conversation": "oi"}, "text", "oi"),
    ("a text with a preview", {"extendedTextMessage": {"text": "veja", "matchedText": "https://x.br", "title": "Loja"}}, "text", "veja"),
    ("context first", {"messageContextInfo": {"deviceListMetadata": {}}, "conversation": "oi"}, "text", "oi"),
    ("a group's key beside it", {"senderKeyDistributionMessage": {"groupId": "1"}, "conversation": "oi"}, "text", "oi"),
    ("ephemeral", wrapped("ephemeralMessage", message={"conversation": "some"}), "text", "some"),
    ("view once", wrapped("viewOnceMessageV2", message=IMAGE), "image", "olha a orelha dele"),
    ("view once, third version", wrapped("viewOnceMessageV2Extension", message={"audioMessage": {}}), "audio", ""),
    ("two wrappers", wrapped("ephemeralMessage", "viewOnceMessage", message=IMAGE), "image", "olha a orelha dele"),
    ("five wrappers", wrapped("a", "b", "c", "d", "e", message={"conversation": "fundo"}), "text", "fundo"),
    ("a wrapper that is new", wrapped("hologramMessage", message=IMAGE), "image", "olha a orelha dele"),
    ("from another device", wrapped("deviceSentMessage", message={"conversation": "do tablet"}), "text", "do tablet"),
    ("a mention in a group", wrapped("groupMentionedMessage", message={"conversation": "oi"}), "text", "oi"),
    ("a bot's", wrapped("botInvokeMessage", message={"extendedTextMessage": {"text": "oi"}}), "text", "oi"),
    (
        "a document with a caption",
        wrapped("documentWithCaptionMessage", message={"documentMessage": {"caption": "exame"}}),
        "document",
        "exame",
    ),
    ("an animated sticker", wrapped("lottieStickerMessage", message={"stickerMessage": {}}), "sticker", ""),
    ("an album before its pictures", {"albumMessage": {"expectedImageCount": 3}}, "system", ""),
    ("an album's picture", {"messageContextInfo": {}, **wrapped("associatedChildMessage", message=IMAGE)}, "image", "olha a orelha dele"),
    ("a picture", {"imageMessage": {"mimetype": "image/jpeg"}}, "image", ""),
    ("a video note", {"ptvMessage": {"seconds": 3}}, "video", ""),
    ("a document", {"documentMessage": {"fileName": "vacinas.pdf"}}, "document", "vacinas.pdf"),
    ("a voice note", {"audioMessage": {"ptt": True}, "base64": "AAAA"}, "audio", ""),
    ("a voice note that was transcribed", {"audioMessage": {}, "speechToText": "[audio] quero banho"}, "audio", "quero banho"),
    ("a place", {"locationMessage": {"degreesLatitude": -23.5, "degreesLongitude": -46.6}}, "location", "-23.5, -46.6"),
    ("a named place", {"locationMessage": {"name": "Casa", "address": "Rua A, 1", "degreesLatitude": -23.5}}, "location", "Casa, Rua A, 1"),
    ("a contact", {"contactMessage": {"displayName": "Rui", "vcard": VCARD}}, "contacts", "Rui (5511988880000)"),
    ("contacts", {"contactsArrayMessage": {"contacts": [{"displayName": "Rui"}, {"displayName": "Bia"}]}}, "contacts", "Rui, Bia"),
    ("a reaction", {"reactionMessage": {"text": "👍", "key": {"id": "1"}}}, "reaction", "👍"),
    ("a reaction taken back", {"reactionMessage": {"text": "", "key": {"id": "1"}}}, "reaction", ""),
    ("an encrypted reaction", {"encReactionMessage": {"targetMessageKey": {"id": "1"}, "encPayload": "x"}}, "system", ""),
    ("an encrypted comment", {"encCommentMessage": {"targetMessageKey": {"id": "1"}, "encPayload": "x"}}, "system", ""),
    ("a pin", {"pinInChatMessage": {"key": {"id": "1"}, "type": 1, "senderTimestampMs": "1764000000000"}}, "system", ""),
    ("kept in the chat", {"keepInChatMessage": {"key": {"id": "1"}, "keepType": 1}}, "system", ""),
    ("a setting", {"protocolMessage": {"type": "EPHEMERAL_SETTING", "ephemeralExpiration": 86400}}, "system", ""),
    ("a history notice", {"protocolMessage": {"type": 5, "historySyncNotification": {}}}, "system", ""),
    ("a button", {"buttonsResponseMessage": {"selectedDisplayText": "Sim", "selectedButtonId": "yes"}}, "button", "Sim"),
    ("a template's button", {"templateButtonReplyMessage": {"selectedDisplayText": "Sim", "selectedId": "1"}}, "button", "Sim"),
    ("a list", {"listResponseMessage": {"title": "Banho", "singleSelectReply": {"selectedRowId": "b"}}}, "interactive", "Banho"),
    (
        "a form",
        {"interactiveResponseMessage": {"body": {"text": "Enviado"}, "nativeFlowResponseMessage": {"paramsJson": '{"pet": "Rex"}'}}},
        "interactive",
        "pet: Rex",
    ),
    (
        "a quick reply",
        {"interactiveResponseMessage": {"body": {"text": "Às 15h"}, "nativeFlowResponseMessage": {"paramsJson": '{"id": "x"}'}}},
        "interactive",
        "Às 15h",
    ),
    ("a form that can't be read", {"interactiveResponseMessage": {"nativeFlowResponseMessage": {"paramsJson": "{"}}}, "system", ""),
    ("a poll", {"pollCreationMessageV3": {"name": "Quando?", "options": [{"optionName": "Sexta"}]}}, "text", "Quando?: Sexta"),
    ("a vote", {"pollUpdateMessage": {"vote": {"selectedOptions": ["Sexta", "Sábado"]}}}, "interactive", "Sexta, Sábado"),
    ("a vote that can't be read", {"pollUpdateMessage": {"vote": {"encPayload": "x"}}}, "system", ""),
    (
        "an order",
        {"orderMessage": {"orderTitle": "Ração", "itemCount": 2, "message": "Quero estes", "totalAmount1000": 399800}},
        "order",
        "Quero estes\nPedido: 2 × Ração. Total: R$ 399,80",
    ),
    ("a product", {"productMessage": {"product": {"title": "Coleira"}, "businessOwnerJid": JID}}, "text", "Coleira"),
    ("an event", {"eventMessage": {"name": "Feirinha", "description": "Adoção no sábado"}}, "text", "Adoção no sábado"),
    ("an invitation", {"groupInviteMessage": {"groupName": "Tutores", "caption": "Entra aí"}}, "text", "Entra aí"),
    ("another shop's buttons", {"buttonsMessage": {"contentText": "Escolha", "buttons": []}}, "text", "Escolha"),
    ("a kind that is new, with words", {"hologramMessage": {"content": {"caption": "olha ele"}}}, "text", "olha ele"),
    ("a kind that is new, without", {"hologramMessage": {"url": "https://x"}}, "system", ""),
    ("new, quoting", {"hologramMessage": {"contextInfo": {"quotedMessage": {"conversation": "não é dele"}}}}, "system", ""),
]


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


CLOUD: list[tuple[str, str, Any, str, str]] = [
    ("a form", "interactive", {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": '{"pet": "Rex", "hora": "10:00"}'}},
     "interactive", "pet: Rex; hora: 10:00"),
    ("a form with lists", "interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": '{"s": ["Banho", "Tosa"], "novo": true}'}},
     "interactive", "s: Banho, Tosa; novo: sim"),
    ("a form's token", "interactive", {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": '{"flow_token": "x"}'}},
     "interactive", "Sent"),
    ("a form that can't be read", "interactive", {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": "["}},
     "interactive", "Sent"),
    ("no words", "interactive", {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}}, "system", ""),
    ("an order", "order", {"text": "pra hoje", "product_items": [
        {"product_retailer_id": "racao-10kg", "quantity": 2, "item_price": 199.9, "currency": "BRL"},
        {"product_retailer_id": "coleira", "quantity": 1, "item_price": 35, "currency": "BRL"},
    ]}, "order", "pra hoje\nPedido: 2 × racao-10kg (R$ 199,90); 1 × coleira (R$ 35,00). Total: R$ 434,80"),
    ("an order without prices", "order", {"product_items": [{"product_retailer_id": "x", "quantity": 3}]}, "order", "Pedido: 3 × x"),
    ("a contact with its number", "contacts", [{"name": {"formatted_name": "Rui"}, "phones": [{"wa_id": "5511988880000"}]}],
     "contacts", "Rui (5511988880000)"),
    ("a first message", "request_welcome", {}, "system", ""),
    ("a new kind with words", "hologram", {"caption": "olha ele"}, "text", "olha ele"),
    ("a new kind without", "hologram", {"id": "1"}, "system", ""),
    ("what WhatsApp does not hand on", "unsupported", {}, "unsupported", ""),
    ("a text without words", "text", {"body": ""}, "system", ""),
    ("a new user id", "user_id_update", {"body": "mudou"}, "user_id_update", "mudou"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "part", "became", "words"), [row[1:] for row in CLOUD], ids=[row[0] for row in CLOUD])
def test_what_meta_sends(kind: str, part: Any, became: str, words: str) -> None:
    (delivery,) = cloud_api.parse(meta.webhook_body(messages=[meta.message(CUSTOMER, kind, part)]))
    (found,) = delivery.messages
    assert (found.message_type, found.text) == (became, words)


@pytest.mark.parametrize(
    "written",
    [1764000000, "1764000000", 1764000000.7, 1764000000000, "1764000000000", 1764000000000000, 1764000000 * 10**9,
     {"low": 1764000000, "high": 0, "unsigned": True}, {"low": 1764000000 - 2**32, "high": 0}, "2025-11-24T16:00:00Z",
     "2025-11-24T13:00:00-03:00"],
)  # fmt: skip
def test_an_instant_in_any_unit(written: Any) -> None:
    assert instant(written) == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("written", [None, "", "ontem", True, {}, [], {"low": "x"}, float("nan"), float("inf"), 10**39, "9" * 400])
def test_an_instant_that_cannot_be_read_is_old(written: Any) -> None:
    assert instant(written) == UNKNOWN
