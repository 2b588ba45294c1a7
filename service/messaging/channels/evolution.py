"""Evolution API v2, the Baileys server that Brazilian shops run: webhook bodies, sending.

Shapes as its source has them (`whatsapp.baileys.service.ts`, 2.3): `key` comes from Baileys untouched, `extendedTextMessage` arrives
as `conversation`, though older versions send it as it is.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import quote

import httpx

from service.messaging.channels.base import (
    Abilities,
    Call,
    Delivery,
    Inbound,
    Instance,
    InstanceKey,
    Need,
    Outbound,
    State,
    Status,
    Webhook,
)
from service.messaging.channels.http import answer, failed_status, post
from service.messaging.channels.payload import decoded, digits, first, instant, obj, objects, text
from service.platform import clock
from service.platform.documents import JsonObject
from service.platform.errors import SendFailed
from service.platform.settings import Settings

# Milliseconds that the typing indicator stays. The call lasts as long; whoever shows it cancels it when the answer is there.
TYPING = 8_000

PERSON = ("@s.whatsapp.net", "@c.us")
CROWD = ("@g.us", "@broadcast", "@newsletter")
WRAPPERS = (
    "ephemeralMessage", "viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension", "documentWithCaptionMessage",
    "deviceSentMessage", "editedMessage",
)  # fmt: skip
# Keys that stand beside the message's own and say nothing of what it is.
BESIDE = frozenset({"messageContextInfo", "senderKeyDistributionMessage", "base64", "mediaUrl", "speechToText"})

TYPES = {
    "conversation": "text", "extendedTextMessage": "text", "imageMessage": "image", "videoMessage": "video", "ptvMessage": "video",
    "audioMessage": "audio", "documentMessage": "document", "stickerMessage": "sticker", "lottieStickerMessage": "sticker",
    "locationMessage": "location", "liveLocationMessage": "location", "contactMessage": "contacts", "contactsArrayMessage": "contacts",
    "reactionMessage": "reaction", "buttonsResponseMessage": "button", "templateButtonReplyMessage": "button",
    "listResponseMessage": "interactive", "interactiveResponseMessage": "interactive", "orderMessage": "order",
    "pollUpdateMessage": "system", "protocolMessage": "system",
}  # fmt: skip

STATES: dict[str, State] = {
    "SERVER_ACK": "sent", "2": "sent", "DELIVERY_ACK": "delivered", "3": "delivered", "READ": "read", "4": "read",
    "PLAYED": "read", "5": "read", "ERROR": "failed", "0": "failed",
}  # fmt: skip


def read(call: Call, settings: Settings) -> list[Delivery]:
    """Read an instance's events; the address carries the secret, which the intake checks. Raises BadRequest where the body is no JSON."""
    key = sender(call.path)
    return parse(decoded(call.raw), instance=key.value, secret=key.secret) or [Delivery(key)]


def sender(path: Mapping[str, str]) -> InstanceKey:
    """Return who calls, by the names in the webhook's address."""
    return InstanceKey("evolution", path["instance"], path["secret"])


def parse(body: Any, *, instance: str | None = None, secret: str | None = None) -> list[Delivery]:
    """Read the messages or statuses of a webhook body. `instance` and `secret` are those of the webhook's address; the address wins.

    `messages.set` and `type: append` are history: kept, never answered. Other events, among them the echo of our own sends
    (`send.message`), give nothing.
    """
    body = obj(body)
    name = instance or text(body.get("instance"))
    data = body.get("data")
    rows = objects(data) if isinstance(data, list) else objects(obj(data).get("messages")) or [obj(data)]
    messages: list[Inbound] = []
    statuses: list[Status] = []
    match text(body.get("event")).lower().replace("_", "."):
        case "messages.upsert" | "messages.set" as event:
            history = event == "messages.set" or "append" in (text(body.get("type")), text(obj(data).get("type")))
            messages = [found for row in rows for found in _inbound(row, history or text(row.get("type")) == "append")]
        case "messages.update":
            statuses = [found for row in rows for found in _status(row)]
    return [Delivery(InstanceKey("evolution", name, secret), tuple(messages), tuple(statuses))] if name and (messages or statuses) else []


def _inbound(row: JsonObject, history: bool) -> Iterator[Inbound]:
    key = obj(row.get("key"))
    external_id, from_me = text(key.get("id")), key.get("fromMe") is True
    jids = [_bare(jid) for name in ("remoteJid", "remoteJidAlt", "senderPn") if (jid := text(key.get(name)))]
    kind, content = _unwrap(row.get("message"))
    if not external_id or not jids or not kind:
        return
    crowd = jids[0].endswith(CROWD)
    number = None if crowd else next((jid for jid in jids if jid.endswith(PERSON) and digits(jid.partition("@")[0])), None)
    user_id = jids[0] if crowd else next((jid for jid in jids if jid.endswith("@lid")), None)
    address = number or user_id
    if address is None:
        return
    yield Inbound(
        external_id=external_id,
        phone=digits(number.partition("@")[0]) if number else None,
        user_id=user_id,
        address=address,
        # The push name of what the shop wrote is the owner's; in a group it is one member's.
        name=None if from_me or crowd else text(row.get("pushName")) or None,
        message_type=TYPES.get(kind, "unsupported"),
        text=_content(kind, content),
        sent_at=instant(row.get("messageTimestamp")),
        from_me=from_me,
        quoted_external_id=_quoted(row, kind, obj(content)) or None,
        answerable=not crowd and not history,
        raw=row,
    )


def _quoted(row: JsonObject, kind: str, content: JsonObject) -> str:
    """Return the id of the message that one quotes, or reacts to."""
    if kind == "reactionMessage":
        return text(obj(content.get("key")).get("id"))
    return first(obj(row.get("contextInfo")).get("stanzaId"), obj(content.get("contextInfo")).get("stanzaId"))


def _bare(jid: str) -> str:
    """Turn one device of a person, `5511999999999:12@s.whatsapp.net`, into the person."""
    user, at, server = jid.partition("@")
    return user.partition(":")[0] + at + server


def _unwrap(message: Any) -> tuple[str, Any]:
    """Take kind and content of a message out of its wrappers; the kind is empty where there is none."""
    for _ in range(len(WRAPPERS)):
        message = obj(message)
        inner = next((obj(message[name]).get("message") for name in WRAPPERS if name in message), None)
        if inner is None:
            break
        message = inner
    message = {name: value for name, value in obj(message).items() if name not in BESIDE and value is not None}
    kind = next((name for name in message if name in TYPES), next(iter(message), ""))
    return kind, message.get(kind)


def _content(kind: str, content: Any) -> str:
    """Return what a person would read."""
    if kind == "conversation":
        return text(content)
    part = obj(content)
    match TYPES.get(kind):
        case "location":
            place = ", ".join(filter(None, (text(part.get("name")), text(part.get("address")))))
            return place or ", ".join(str(part[k]) for k in ("degreesLatitude", "degreesLongitude") if isinstance(part.get(k), int | float))
        case "contacts":
            names = [text(contact.get("displayName")) for contact in objects(part.get("contacts"))]
            return ", ".join(filter(None, names)) or text(part.get("displayName"))
        case _:
            return first(
                part.get("text"),
                part.get("caption"),
                part.get("selectedDisplayText"),
                part.get("title"),
                obj(part.get("body")).get("text"),
                part.get("fileName"),
            )


def _status(row: JsonObject) -> Iterator[Status]:
    key = obj(row.get("key")) or row
    external_id = first(row.get("keyId"), obj(row.get("key")).get("id"))
    state = STATES.get(first(row.get("status"), obj(row.get("update")).get("status")))
    if external_id and state and key.get("fromMe") is True:
        failed = {"error_code": "evolution", "error_detail": "O WhatsApp não aceitou a mensagem."} if state == "failed" else {}
        # The body has no instant of the change itself.
        yield Status(external_id, state, clock.now(), **failed)


class Evolution:
    """Sends through the shop's own Evolution server."""

    abilities: ClassVar[Abilities] = Abilities(
        key="instance_name",
        address="phone",
        has_window=False,
        sends_templates=False,
        sends_buttons=False,
        shows_typing=True,
        echoes_our_id=False,
        needs=(
            Need("can't send: set the instance's api_url to the address of its Evolution API", columns=("api_url",)),
            Need("can't send: set the instance's access_token to its Evolution apikey", columns=("access_token",)),
            Need("can't receive: set the instance's webhook_secret to a random text", columns=("webhook_secret",)),
        ),
    )
    webhook: ClassVar[Webhook | None] = Webhook("/webhook/evolution/{instance}/{secret}", read, sender=sender)

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        self._http = http

    async def send(self, instance: Instance, message: Outbound) -> str | None:
        """Send a text. Raises SendFailed."""
        payload: dict[str, object] = {"number": message.to, "text": message.text}
        if message.reply_to:
            payload["quoted"] = {"key": {"id": message.reply_to}}
        found = await self._call(instance, "message/sendText", payload)
        return text(obj(obj(found).get("key")).get("id")) or None

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        """Mark as read, then show typing for 8 s. Cancel it when the answer is there."""
        read = {"readMessages": [{"remoteJid": to, "fromMe": False, "id": external_id}]}
        await self._call(instance, "chat/markMessageAsRead", read)
        await self._call(instance, "chat/sendPresence", {"number": to, "delay": TYPING, "presence": "composing"})

    async def _call(self, instance: Instance, action: str, payload: Mapping[str, object]) -> Any:
        if not instance.api_url or not instance.instance_name:
            raise SendFailed("O endereço do servidor Evolution não está configurado.", code="not_configured", retry="never")
        url = f"{instance.api_url.rstrip('/')}/{action}/{quote(instance.instance_name, safe='')}"
        headers = {"apikey": instance.access_token} if instance.access_token else {}
        response = await post(self._http, url, payload, headers)
        found = answer(response)
        if response.is_success and isinstance(found, dict):
            return found
        raise _refusal(response, found)


def _refusal(response: httpx.Response, found: Any) -> SendFailed:
    """Tell from Evolution's words what was wrong, the number, the request or the connection: it answers 400 to nearly everything."""
    reason = obj(obj(found).get("response")).get("message") or obj(found).get("message")
    if any(row.get("exists") is False for row in objects(reason)):
        return SendFailed("Este número não tem WhatsApp.", code="not_on_whatsapp", retry="never")
    said = ", ".join(text(part) for part in reason if text(part)) if isinstance(reason, list) else text(reason)
    if "connection closed" in said.lower():
        return SendFailed("O celular da loja está desconectado do WhatsApp.", code="disconnected", retry="later")
    if "timed out" in said.lower():
        return SendFailed("O WhatsApp não confirmou a mensagem a tempo.", code="timed_out", retry="unknown")
    return failed_status(response, f"O servidor Evolution recusou a mensagem (erro {response.status_code}): {said or 'sem detalhes'}")
