"""Evolution API v2, the Baileys server that Brazilian shops run: webhook bodies, sending.

Shapes as its source has them (`whatsapp.baileys.service.ts`, 2.3): `key` comes from Baileys untouched, `extendedTextMessage` arrives
as `conversation`, though older versions send it as it is.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

import httpx

from service.messaging.channels import baileys, files
from service.messaging.channels.baileys import Said
from service.messaging.channels.base import (
    Abilities,
    Call,
    Delivery,
    Fetched,
    Inbound,
    Instance,
    InstanceKey,
    Need,
    Outbound,
    State,
    Status,
    Webhook,
)
from service.messaging.channels.http import answer, failed_status, get, post
from service.messaging.channels.payload import UNKNOWN, decoded, digits, first, instant, obj, objects, text, whole
from service.platform import clock
from service.platform.documents import JsonObject
from service.platform.errors import SendFailed
from service.platform.settings import Settings

# Milliseconds that the typing indicator stays. The call lasts as long; whoever shows it cancels it when the answer is there.
TYPING = 8_000

# Messages of a page of history; `offset` is what Evolution calls that.
PAGE = 100

PERSON = ("@s.whatsapp.net", "@c.us")
CROWD = ("@g.us", "@broadcast", "@newsletter")
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
            own = _bare(text(body.get("sender")))
            messages = [found for row in rows for found in _inbound(row, history or text(row.get("type")) == "append", own)]
        case "messages.edited":
            messages = [found for row in rows for found in _revised(row, baileys.revision(row), seen_by_sender=True)]
        case "messages.delete":
            messages = [found for row in rows for found in _revised(row, Said("revoke", "", text((obj(row.get("key")) or row).get("id"))))]
        case "messages.update":
            statuses = [found for row in rows for found in _status(row)]
    return [Delivery(InstanceKey("evolution", name, secret), tuple(messages), tuple(statuses))] if name and (messages or statuses) else []


def _inbound(row: JsonObject, history: bool, own: str = "") -> Iterator[Inbound]:
    key = obj(row.get("key"))
    external_id, who, said = text(key.get("id")), _who(key, own), baileys.read(row)
    if not external_id or who is None or said is None:
        return
    from_me = key.get("fromMe") is True
    yield Inbound(
        external_id=external_id,
        phone=who.phone,
        user_id=who.user_id,
        address=who.address,
        # The push name of what the shop wrote is the owner's; in a group it is one member's.
        name=None if from_me or who.is_crowd else text(row.get("pushName")) or None,
        message_type=said.kind,
        text=said.text,
        sent_at=instant(row.get("messageTimestamp")),
        from_me=from_me,
        quoted_external_id=said.quoted,
        button_id=said.button,
        referral=said.referral,
        parts=said.parts,
        attachment=said.attachment,
        answerable=not who.is_crowd and not history,
        raw=baileys.without_file(row),
    )


def _revised(row: JsonObject, said: Said, *, seen_by_sender: bool = False) -> Iterator[Inbound]:
    """Yield what an edit or a deletion that comes as an event of its own does to a message. It is told once, mostly without an instant.

    An edit's key is as its sender sees the chat: to the customer a message is his own, and the other party is the shop. Whose it then is,
    only the message that it names can tell.
    """
    key = obj(row.get("key")) or row
    who, is_own = _who(key), key.get("fromMe") is True
    sender_known = not (seen_by_sender and is_own)
    if not said.quoted or (sender_known and who is None):
        return
    told = instant(row.get("timestampMs"))
    digest = hashlib.sha256(f"{whole(row.get('timestampMs'))} {said.text}".encode("utf-8", "replace")).hexdigest()[:16]
    yield Inbound(
        external_id=f"{said.quoted}:{said.kind}:{digest}",
        phone=who.phone if who and sender_known else None,
        user_id=who.user_id if who and sender_known else None,
        address=who.address if who and sender_known else "",
        name=None,
        message_type=said.kind,
        text=said.text,
        sent_at=clock.now() if told == UNKNOWN else told,
        from_me=is_own and sender_known,
        quoted_external_id=said.quoted,
        answerable=not (who and who.is_crowd),
        sender_known=sender_known,
        raw=row,
    )


@dataclass(frozen=True, slots=True)
class _Who:
    """The other party of a chat, as its key names it."""

    phone: str | None
    user_id: str | None
    address: str
    is_crowd: bool


def _who(key: JsonObject, own: str = "") -> _Who | None:
    """Read who the other party is. `remoteJidAlt` and `senderPn` are other names of whoever `remoteJid` is.

    Of what the shop wrote the sender is the shop: neither `senderPn` nor its `own` number is another name of the customer's.
    """
    others = ["remoteJidAlt"] if key.get("fromMe") is True else ["remoteJidAlt", "senderPn"]
    chat = _bare(text(key.get("remoteJid")))
    jids = [jid for jid in (chat, *(_bare(text(key.get(name))) for name in others)) if jid and (jid == chat or jid != own)]
    if not jids:
        return None
    crowd = jids[0].endswith(CROWD)
    number = None if crowd else next((jid for jid in jids if jid.endswith(PERSON) and digits(jid.partition("@")[0])), None)
    user_id = jids[0] if crowd else next((jid for jid in jids if jid.endswith("@lid")), None)
    address = number or user_id
    return _Who(digits(number.partition("@")[0]) if number else None, user_id, address, crowd) if address else None


def _bare(jid: str) -> str:
    """Turn one device of a person, `5511999999999:12@s.whatsapp.net`, into the person."""
    user, at, server = jid.partition("@")
    return user.partition(":")[0] + at + server


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
        return first(obj(obj(found).get("key")).get("id")) or None

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        """Mark as read, then show typing for 8 s. Cancel it when the answer is there."""
        read = {"readMessages": [{"remoteJid": to, "fromMe": False, "id": external_id}]}
        await self._call(instance, "chat/markMessageAsRead", read)
        await self._call(instance, "chat/sendPresence", {"number": to, "delay": TYPING, "presence": "composing"})

    async def is_connected(self, instance: Instance) -> bool:
        """Tell whether the phone is connected. Raises SendFailed where the server does not say."""
        url, headers = self._address(instance, "instance/connectionState")
        response = await get(self._http, url, headers)
        found = answer(response)
        if not (response.is_success and isinstance(found, dict)):
            raise _refusal(response, found)
        return text((obj(found.get("instance")) or found).get("state")) == "open"

    async def written(self, instance: Instance, *, page: int) -> list[Inbound] | None:
        """Return a page of what the server has stored of all chats, the newest first; None after the last. Raises SendFailed."""
        answered = await self._call(instance, "chat/findMessages", {"where": {}, "page": page, "offset": PAGE})
        found = obj(answered.get("messages"))
        rows = objects(found.get("records"))
        # Versions that know no pages give the same rows each time.
        is_last = not rows or (page > 1 and (whole(found.get("currentPage")) or 1) < page)
        return None if is_last else [one for row in rows[:PAGE] for one in _inbound(row, history=False)]

    async def fetch(self, instance: Instance, raw: JsonObject) -> Fetched:
        """Get a file that the server takes from WhatsApp and decrypts: by the whole message, for it may not have kept it."""
        found = await self._call(instance, "chat/getBase64FromMediaMessage", {"message": raw, "convertToMp4": False})
        content = files.from_base64(found.get("base64"))
        if content is None:
            raise SendFailed("O servidor Evolution não entregou o arquivo.", code="no_media", retry="later")
        return Fetched(text(found.get("mimetype")), content)

    async def _call(self, instance: Instance, action: str, payload: Mapping[str, object]) -> Any:
        url, headers = self._address(instance, action)
        response = await post(self._http, url, payload, headers)
        found = answer(response)
        if response.is_success and isinstance(found, dict):
            return found
        raise _refusal(response, found)

    def _address(self, instance: Instance, action: str) -> tuple[str, dict[str, str]]:
        """Return the address of an action, and the headers that it takes."""
        if not instance.api_url or not instance.instance_name:
            raise SendFailed("O endereço do servidor Evolution não está configurado.", code="not_configured", retry="never")
        url = f"{instance.api_url.rstrip('/')}/{action}/{quote(instance.instance_name, safe='')}"
        return url, {"apikey": instance.access_token} if instance.access_token else {}


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
