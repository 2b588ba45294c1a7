"""What Evolution's webhooks become."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.messaging.channels.baileys import TYPES
from service.messaging.channels.base import Inbound, InstanceKey
from service.messaging.channels.evolution import parse
from tests.kit.fakes import evolution

CUSTOMER = "5511999990001"
JID = f"{CUSTOMER}@s.whatsapp.net"
LID = "123456789012345@lid"


def only(data: Any, **envelope: Any) -> Inbound:
    (delivery,) = parse(evolution.webhook_body(data, **envelope))
    (message,) = delivery.messages
    return message


def test_text() -> None:
    data = evolution.upsert(JID, "Oi, tem banho?", id="3EB0", name="Ana", timestamp=1764000000)
    (delivery,) = parse(evolution.webhook_body(data), instance="loja", secret="segredo")
    assert delivery.key == InstanceKey("evolution", "loja", "segredo")
    assert delivery.messages == (
        Inbound(
            external_id="3EB0",
            phone=CUSTOMER,
            user_id=None,
            address=JID,
            name="Ana",
            message_type="text",
            text="Oi, tem banho?",
            sent_at=datetime.fromtimestamp(1764000000, UTC),
            raw=data,
        ),
    )


def test_the_address_of_the_webhook_wins_over_its_body() -> None:
    (delivery,) = parse(evolution.webhook_body(evolution.upsert(JID, "oi"), instance="alheia"), instance="loja", secret="s")
    assert delivery.key == InstanceKey("evolution", "loja", "s")


@pytest.mark.parametrize(("remote", "other"), [(LID, JID), (JID, LID)])
def test_number_and_lid_in_either_place(remote: str, other: str) -> None:
    message = only(evolution.upsert(remote, "oi", remoteJidAlt=other, addressingMode="lid"))
    assert (message.phone, message.user_id, message.address) == (CUSTOMER, LID, JID)


OWN = "551133330001@s.whatsapp.net"


@pytest.mark.parametrize(
    ("key", "phone"),
    [
        ({"senderPn": JID}, CUSTOMER),
        ({"senderPn": JID, "fromMe": True}, None),
        ({"senderPn": OWN, "fromMe": True}, None),
        ({"senderPn": OWN}, None),
        ({"remoteJidAlt": OWN}, None),
        ({"remoteJidAlt": "551133330001:7@s.whatsapp.net", "fromMe": True}, None),
        ({"remoteJidAlt": JID, "fromMe": True}, CUSTOMER),
        ({"participant": JID}, None),
    ],
)
def test_the_shops_own_number_is_no_name_of_the_customers(key: dict[str, Any], phone: str | None) -> None:
    """The sender of what the shop wrote is the shop: as another name of the customer's it would make them one with everybody else's."""
    message = only(evolution.upsert(LID, "oi", **key))
    assert (message.phone, message.user_id) == (phone, LID)


def test_what_the_shop_writes_to_itself_stays_its_own() -> None:
    assert only(evolution.upsert(OWN, "lembrete", fromMe=True)).phone == "551133330001"


def test_lid_alone() -> None:
    message = only(evolution.upsert(LID, "oi"))
    assert (message.phone, message.user_id, message.address, message.answerable) == (None, LID, LID, True)


def test_device_suffix_is_dropped() -> None:
    message = only(evolution.upsert(f"{CUSTOMER}:17@s.whatsapp.net", "oi"))
    assert (message.phone, message.address) == (CUSTOMER, JID)


@pytest.mark.parametrize("jid", ["120363040000000000@g.us", "status@broadcast", "1700000000@broadcast", "120363000000000000@newsletter"])
def test_crowds_are_not_answerable(jid: str) -> None:
    message = only(evolution.upsert(jid, "oi", participant=JID, remoteJidAlt=JID))
    assert not message.answerable
    assert (message.phone, message.user_id, message.address, message.name) == (None, jid, jid, None)


@pytest.mark.parametrize("participant", ["", None])
def test_empty_participant(participant: str | None) -> None:
    assert only(evolution.upsert(JID, "oi", participant=participant)).answerable


def test_history_is_not_answerable() -> None:
    row = evolution.upsert(JID, "ontem")
    assert not only(row | {"type": "append"}).answerable
    assert not only({"messages": [row], "type": "append"}).answerable
    assert not only([row], event="messages.set").answerable
    (delivery,) = parse(evolution.webhook_body(row) | {"type": "append"})
    assert not delivery.messages[0].answerable
    assert only({"messages": [row], "type": "notify"}).answerable


def test_from_me_has_no_customers_name() -> None:
    message = only(evolution.upsert(JID, "Já te respondo", fromMe=True, name="Marina"))
    assert message.from_me
    assert (message.phone, message.name) == (CUSTOMER, None)


@pytest.mark.parametrize("event", ["messages.upsert", "MESSAGES_UPSERT", "messages_upsert"])
def test_spellings_of_the_event(event: str) -> None:
    assert only(evolution.upsert(JID, "oi"), event=event).text == "oi"


@pytest.mark.parametrize("event", ["send.message", "connection.update", "messages.edited", "", None, 7])
def test_other_events_give_nothing(event: Any) -> None:
    assert parse(evolution.webhook_body(evolution.upsert(JID, "oi", fromMe=True), event=event)) == []


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"messageContextInfo": {"deviceListMetadata": {}}, "conversation": "oi"}, "text", "oi"),
        ({"messageContextInfo": {}, "extendedTextMessage": {"text": "oi"}}, "text", "oi"),
        ({"ephemeralMessage": {"message": {"extendedTextMessage": {"text": "some"}}}}, "text", "some"),
        ({"viewOnceMessageV2": {"message": {"messageContextInfo": {}, "imageMessage": {"caption": "olha"}}}}, "image", "olha"),
        ({"ephemeralMessage": {"message": {"viewOnceMessage": {"message": {"videoMessage": {}}}}}}, "video", ""),
        ({"documentWithCaptionMessage": {"message": {"documentMessage": {"caption": "c", "fileName": "a.pdf"}}}}, "document", "c"),
        ({"documentMessage": {"fileName": "a.pdf"}}, "document", "a.pdf"),
        ({"audioMessage": {"ptt": True}, "base64": "AAAA"}, "audio", ""),
        ({"stickerMessage": {}}, "sticker", ""),
        ({"locationMessage": {"degreesLatitude": -23.5, "degreesLongitude": -46.6}}, "location", "-23.5, -46.6"),
        ({"contactMessage": {"displayName": "Rui"}}, "contacts", "Rui"),
        ({"contactsArrayMessage": {"contacts": [{"displayName": "Rui"}, {"displayName": "Bia"}]}}, "contacts", "Rui, Bia"),
        ({"reactionMessage": {"text": "👍", "key": {"id": "1"}}}, "reaction", "👍"),
        ({"buttonsResponseMessage": {"selectedDisplayText": "Sim"}}, "button", "Sim"),
        ({"templateButtonReplyMessage": {"selectedDisplayText": "Sim"}}, "button", "Sim"),
        ({"listResponseMessage": {"title": "Banho"}}, "interactive", "Banho"),
    ],
)
def test_every_type(content: Any, kind: str, text: str) -> None:
    message = only(evolution.upsert(JID, content))
    assert (message.message_type, message.text) == (kind, text)


def test_quoted_message() -> None:
    assert only(evolution.upsert(JID, "esse") | {"contextInfo": {"stanzaId": "3EB1"}}).quoted_external_id == "3EB1"
    quoting = {"extendedTextMessage": {"text": "esse", "contextInfo": {"stanzaId": "3EB2"}}}
    assert only(evolution.upsert(JID, quoting)).quoted_external_id == "3EB2"


@pytest.mark.parametrize("timestamp", [1764000000, "1764000000", 1764000000.0, {"low": 1764000000, "high": 0, "unsigned": True}])
def test_spellings_of_the_timestamp(timestamp: Any) -> None:
    row = evolution.upsert(JID, "oi") | {"messageTimestamp": timestamp}
    assert only(row).sent_at == datetime.fromtimestamp(1764000000, UTC)


@pytest.mark.parametrize(
    ("said", "state"), [("SERVER_ACK", "sent"), ("DELIVERY_ACK", "delivered"), ("READ", "read"), ("PLAYED", "read"), ("ERROR", "failed")]
)
def test_statuses_of_our_sends(said: str, state: str) -> None:
    (delivery,) = parse(evolution.webhook_body(evolution.update("3EB0", said, JID), event="messages.update"))
    assert [(s.external_id, s.state) for s in delivery.statuses] == [("3EB0", state)]


def test_statuses_that_are_not_ours_or_not_known() -> None:
    rows = [evolution.update("1", "READ", JID, from_me=False), evolution.update("2", "DELETED", JID), evolution.update("", "READ", JID)]
    assert parse(evolution.webhook_body(rows, event="messages.update")) == []


def test_the_sound_part_of_an_odd_body_is_kept() -> None:
    rows = [None, 7, {}, {"key": 1}, {"key": {"id": "1", "remoteJid": "x"}, "message": {"conversation": "?"}}, evolution.upsert(JID, "oi")]
    assert only(rows).text == "oi"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([JID, LID, "x@g.us", "@", ":@lid"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
WORDS = "key id remoteJid remoteJidAlt fromMe message messageTimestamp low contextInfo stanzaId status keyId update"
WRAPPERS = ("ephemeralMessage", "viewOnceMessageV2", "editedMessage", "protocolMessage", "associatedChildMessage")
FIELDS = st.sampled_from([*WORDS.split(), *WRAPPERS, *TYPES])
ITEM = st.recursive(JSON, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=6), max_leaves=12)
EVENTS = st.sampled_from(["messages.upsert", "messages.set", "messages.update", "messages.edited", "messages.delete"])


@given(JSON)
def test_any_json_is_survived(body: object) -> None:
    parse(body, instance="loja", secret="s")


@given(ITEM, EVENTS)
def test_any_data_is_survived(data: object, event: str) -> None:
    parse(evolution.webhook_body(data, event=event))


@given(ITEM, ITEM)
def test_any_message_is_survived(content: object, timestamp: object) -> None:
    row = evolution.upsert(JID, content) | {"messageTimestamp": timestamp}
    for delivery in parse(evolution.webhook_body(row)):
        assert isinstance(delivery.messages[0].text, str)
        assert delivery.messages[0].sent_at.tzinfo is UTC
