"""WhatsApp Cloud API (Meta): signature, webhook bodies, sending."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import httpx

from service.language.text import LONGEST_TEXT
from service.messaging.channels import content, files
from service.messaging.channels import meta_people as people
from service.messaging.channels.base import (
    Abilities,
    Attachment,
    Button,
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
    Template,
    Webhook,
)
from service.messaging.channels.cloud_errors import EXPLAINED, LIMITS, TRANSIENT
from service.messaging.channels.http import answer, failed_status, get, post
from service.messaging.channels.meta_people import Who
from service.messaging.channels.payload import decoded, digits, first, instant, obj, objects, text, whole
from service.platform.documents import JsonObject
from service.platform.errors import Forbidden, SendFailed, Unauthorized
from service.platform.settings import Settings

# What is sent for its own sake, with words or without, what is words alone, and what is done to another message or told of the chat.
THINGS = frozenset({"image", "video", "audio", "document", "sticker", "location", "contacts", "order", "reaction"})
SPOKEN = frozenset({"text", "interactive", "button"})
ABOUT_ANOTHER = frozenset({"system", "edit", "revoke", "user_id_update"})
# What WhatsApp does not hand on, but a person sent: by the name that it gives it, or by its word that the message can't be had now, as
# happens to the first one after an advertisement.
KEPT_BACK = frozenset({
    *THINGS, *SPOKEN, "poll_creation", "group_invite", "gif", "link_preview", "product", "list", "media_placeholder", "video_note",
    "view_once", "live_location",
})  # fmt: skip
UNAVAILABLE = "131060"

# What Meta takes as the body of a message with buttons, and of them: three, with titles of 20 characters.
LONGEST_WITH_BUTTONS = 1024

STATES: dict[str, State] = {
    "sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed",
}  # fmt: skip


def verify(raw: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether `X-Hub-Signature-256` is the HMAC-SHA256 of these very bytes, in constant time."""
    expected = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(expected.encode(), (signature or "").encode("utf-8", "replace"))


def shake_hands(call: Call, settings: Settings) -> str:
    """Answer Meta's handshake with its challenge. Raises Forbidden where the verify token is not ours."""
    expected, given = settings.whatsapp_verify_token, call.query.get("hub.verify_token", "")
    known = expected is not None and hmac.compare_digest(given.encode(), expected.get_secret_value().encode())
    if call.query.get("hub.mode") != "subscribe" or not known:
        raise Forbidden("The verify token is not the one in WHATSAPP_VERIFY_TOKEN.")
    return call.query.get("hub.challenge", "")


def read(call: Call, settings: Settings) -> list[Delivery]:
    """Read messages, statuses and echoes, signed with the app secret. Raises Unauthorized, and BadRequest where the body is no JSON."""
    secret = settings.whatsapp_app_secret
    if secret is None:
        raise Unauthorized("WHATSAPP_APP_SECRET is not set, so no webhook can be verified.")
    if not verify(call.raw, call.headers.get("x-hub-signature-256"), secret.get_secret_value()):
        raise Unauthorized("The signature does not match the body.")
    return parse(decoded(call.raw))


def parse(body: Any) -> list[Delivery]:
    """Read every message, status and echo of a webhook body, one delivery per number. What can't be understood is left out."""
    messages: dict[str, list[Inbound]] = {}
    statuses: dict[str, list[Status]] = {}
    for entry in objects(obj(body).get("entry")):
        for change in objects(entry.get("changes")):
            value = obj(change.get("value"))
            number = text(obj(value.get("metadata")).get("phone_number_id"))
            if not number:
                continue
            messages.setdefault(number, []).extend([*_messages(value), *_echoes(value), *people.id_updates(value)])
            statuses.setdefault(number, []).extend(_statuses(value))
    return [
        Delivery(InstanceKey("cloud_api", number), tuple(found), tuple(statuses[number]))
        for number, found in messages.items()
        if found or statuses[number]
    ]


def _messages(value: JsonObject) -> Iterator[Inbound]:
    contacts, messages = objects(value.get("contacts")), objects(value.get("messages"))
    for message in messages:
        yield from _inbound(message, people.sender(message, contacts, alone=len(messages) == 1))


def _echoes(value: JsonObject) -> Iterator[Inbound]:
    for message in objects(value.get("message_echoes")):
        yield from _inbound(message, people.recipient(message), from_me=True)


def _inbound(message: JsonObject, who: Who, *, from_me: bool = False) -> Iterator[Inbound]:
    who, becomes = people.changed(message, who)
    phone = None if who.group else digits(who.number)
    user_id = who.group or who.user_id or ("" if phone else who.number)
    external_id = text(message.get("id"))
    if not external_id or not (phone or user_id):
        return
    message_type = first(message.get("type")) or "unsupported"
    words = _content(message_type, message)
    chosen = obj(message.get("interactive"))
    yield Inbound(
        external_id=external_id,
        phone=phone,
        user_id=user_id or None,
        address=phone or user_id,
        name=(not who.group and who.name) or None,
        message_type="unsupported" if _is_kept_back(message_type, message) else _kind(message_type, words),
        text=words,
        sent_at=instant(message.get("timestamp")),
        from_me=from_me,
        quoted_external_id=_quoted(message_type, message) or None,
        button_id=first(
            obj(chosen.get("button_reply")).get("id"), obj(chosen.get("list_reply")).get("id"), obj(message.get("button")).get("payload")
        )
        or None,
        referral=_referral(message) or None,
        attachment=_attachment(message_type, message),
        answerable=not who.group,
        parent_user_id=(not who.group and who.parent_user_id) or None,
        username=(not who.group and who.username) or None,
        becomes=becomes,
        raw=message,
    )


def _attachment(message_type: str, message: JsonObject) -> Attachment | None:
    part = obj(message.get(message_type))
    return Attachment(text(part.get("mime_type"))) if message_type in files.KINDS and text(part.get("id")) else None


def _kind(message_type: str, words: str) -> str:
    """Return the kind of a message: of none that is known it is text where it has words, and else nobody's."""
    said = bool(words.strip())
    if message_type in THINGS or message_type in ABOUT_ANOTHER or (said and message_type in SPOKEN):
        return message_type
    return "text" if said else "system"


def _is_kept_back(message_type: str, message: JsonObject) -> bool:
    """Tell whether a person sent something that WhatsApp does not hand on; pins, votes and settings come so as well."""
    if message_type not in ("unsupported", "unknown", "errors"):
        return False
    named = text(obj(message.get("unsupported")).get("type"))
    return named in KEPT_BACK or any(text(error.get("code")) == UNAVAILABLE for error in objects(message.get("errors")))


def _referral(message: JsonObject) -> str:
    """Return what a message was written from: an advertisement, or a product of the catalogue."""
    referral = obj(message.get("referral"))
    product = text(obj(obj(message.get("context")).get("referred_product")).get("product_retailer_id"))
    return content.advertisement(referral.get("headline"), referral.get("body")) or (f"o produto “{product}”" if product else "")


def _content(message_type: str, message: JsonObject) -> str:
    """Return what a person would read: body, caption, chosen button, place, names, items, answers."""
    part = obj(message.get(message_type))
    match message_type:
        case "text" | "system":
            return text(part.get("body"))
        case "interactive":
            chosen = obj(part.get(text(part.get("type")))) or obj(part.get("button_reply")) or obj(part.get("list_reply"))
            shown = content.chosen(first(chosen.get("title"), chosen.get("body")), text(chosen.get("description")))
            return content.filled_in(shown, chosen.get("response_json"))
        case "location":
            return content.place(part.get("name"), part.get("address"), part.get("latitude"), part.get("longitude"))
        case "contacts":
            return content.people(_card(contact) for contact in objects(message.get("contacts")))
        case "order":
            return _order(part)
        case "edit":
            edited = obj(part.get("message"))
            edited_type = text(edited.get("type"))
            return _content(edited_type, edited) if edited_type != "edit" else ""
        case "button" | "image" | "video" | "audio" | "document" | "sticker" | "reaction":
            return first(part.get("caption"), part.get("text"), part.get("emoji"), part.get("filename"))
        case _:
            return content.any_words(part)


def _card(contact: JsonObject) -> tuple[str, list[str]]:
    name = obj(contact.get("name"))
    numbers = [first(phone.get("wa_id"), phone.get("phone")) for phone in objects(contact.get("phones"))]
    return first(name.get("formatted_name"), name.get("first_name")), numbers


def _order(part: JsonObject) -> str:
    items = objects(part.get("product_items"))
    ordered = [
        content.Ordered(
            content.quantity(item.get("quantity")), text(item.get("product_retailer_id")), content.in_cents(item.get("item_price"))
        )
        for item in items
    ]
    currency = next((text(item.get("currency")) for item in items), "")
    return content.order(ordered, text(part.get("text")), currency=currency)


def _quoted(message_type: str, message: JsonObject) -> str:
    part = obj(message.get(message_type))
    return first(obj(message.get("context")).get("id"), part.get("message_id"), part.get("original_message_id"))


def _statuses(value: JsonObject) -> Iterator[Status]:
    for status in objects(value.get("statuses")):
        external_id, state = text(status.get("id")), STATES.get(text(status.get("status")))
        if not external_id or state is None:
            continue
        error = next(iter(objects(status.get("errors"))), {})
        code = text(error.get("code"))
        yield Status(
            external_id=external_id,
            state=state,
            at=instant(status.get("timestamp")),
            our_id=text(status.get("biz_opaque_callback_data")) or None,
            error_code=code or None,
            error_detail=_explain(error) if error else None,
        )


class CloudApi:
    """Sends through the Graph API."""

    abilities: ClassVar[Abilities] = Abilities(
        key="phone_number_id",
        address="phone",
        has_window=True,
        sends_templates=True,
        sends_buttons=True,
        shows_typing=True,
        echoes_our_id=True,
        needs=(
            Need(
                "can't send: set WHATSAPP_ACCESS_TOKEN, or the instance's own access_token",
                columns=("access_token",),
                settings=("whatsapp_access_token",),
            ),
            Need("can't receive: set WHATSAPP_APP_SECRET to the Meta app's secret", settings=("whatsapp_app_secret",)),
            Need("can't be connected in Meta's console: set WHATSAPP_VERIFY_TOKEN", settings=("whatsapp_verify_token",)),
        ),
    )
    webhook: ClassVar[Webhook | None] = Webhook("/webhook", read, shake_hands)

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        self._http = http
        self._base = settings.whatsapp_api_url.rstrip("/")
        self._token = settings.whatsapp_access_token

    async def send(self, instance: Instance, message: Outbound) -> str | None:
        """Send a text of at most `LONGEST_TEXT` characters, with its buttons where it is short enough, or its template where there is one.

        Raises SendFailed; a 131056 asks for 16 s, since the next must outlast a burst.
        """
        if len(message.text) > LONGEST_TEXT:
            raise SendFailed(f"A mensagem passa de {LONGEST_TEXT} caracteres.", code="too_long", retry="never")
        payload: dict[str, object] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            # A phone number goes in `to`, a business-scoped user id in `recipient`.
            "to" if digits(message.to) else "recipient": message.to,
            **_content_of(message),
            "biz_opaque_callback_data": str(message.id),
        }
        if message.reply_to:
            payload["context"] = {"message_id": message.reply_to}
        sent = objects(obj(await self._call(instance, payload)).get("messages"))
        return first(sent[0].get("id")) or None if sent else None

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        """Mark as read and show typing, for 25 s or until the answer: one call."""
        payload = {"messaging_product": "whatsapp", "status": "read", "message_id": external_id, "typing_indicator": {"type": "text"}}
        await self._call(instance, payload)

    async def fetch(self, instance: Instance, raw: JsonObject) -> Fetched:
        """Ask for the file's address, which is good for five minutes, and get it there. Raises SendFailed."""
        kind = text(raw.get("type"))
        media_id, headers = text(obj(raw.get(kind)).get("id")), self._headers(instance)
        response = await get(self._http, f"{self._base}/{quote(media_id, safe='')}", headers)
        told = obj(answer(response))
        if not response.is_success:
            raise _refusal(response, obj(told.get("error")))
        files.require_size(kind, whole(told.get("file_size")) or 0)
        address = text(told.get("url"))
        if not self._is_theirs(address):
            raise SendFailed("O WhatsApp deu um endereço que não se entende.", code="bad_address", retry="never")
        response = await get(self._http, address, headers)
        if not response.is_success:
            raise failed_status(response, f"O WhatsApp não entregou o arquivo (erro {response.status_code}).")
        return Fetched(first(told.get("mime_type"), response.headers.get("content-type")), response.content)

    def _is_theirs(self, address: str) -> bool:
        """Tell whether the token may go to an address: over TLS, or where the Graph API itself is."""
        given, own = urlsplit(address), urlsplit(self._base)
        return given.scheme == "https" or (given.scheme, given.netloc) == (own.scheme, own.netloc)

    def _headers(self, instance: Instance) -> dict[str, str]:
        token = instance.access_token or (self._token.get_secret_value() if self._token else None)
        return {"Authorization": f"Bearer {token}"} if token else {}

    async def _call(self, instance: Instance, payload: Mapping[str, object]) -> Any:
        response = await post(self._http, f"{self._base}/{instance.phone_number_id}/messages", payload, self._headers(instance))
        found = answer(response)
        if response.is_success and isinstance(found, dict):
            return found
        raise _refusal(response, obj(obj(found).get("error")))


def _content_of(message: Outbound) -> dict[str, object]:
    """Write out what is sent: the template where there is one, else the text, with its buttons where both fit."""
    if message.template:
        return _template(message.template)
    if message.buttons and len(message.text) <= LONGEST_WITH_BUTTONS:
        return _with_buttons(message.text, message.buttons)
    return {"type": "text", "text": {"body": message.text, "preview_url": False}}


def _with_buttons(body: str, buttons: Sequence[Button]) -> dict[str, object]:
    replies = [{"type": "reply", "reply": {"id": button.id, "title": button.title}} for button in buttons]
    return {"type": "interactive", "interactive": {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}}


def _template(template: Template) -> dict[str, object]:
    """Write out a template with its body's parameters, in which Meta takes no line breaks, tabs or long runs of spaces."""
    parameters = [{"type": "text", "text": " ".join(parameter.split())} for parameter in template.parameters]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    return {"type": "template", "template": {"name": template.name, "language": {"code": template.language}, "components": components}}


def _refusal(response: httpx.Response, error: JsonObject) -> SendFailed:
    code = text(error.get("code"))
    if not code:
        return failed_status(response, f"O WhatsApp respondeu com o erro {response.status_code}.")
    by_status = failed_status(response, _explain(error))
    if code in TRANSIENT or error.get("is_transient") is True:
        delay = max(by_status.delay, TRANSIENT.get(code, 0.0))
        return SendFailed(_explain(error), code=code, retry="later", delay=delay, limit=LIMITS.get(code, by_status.limit))
    return SendFailed(_explain(error), code=code, retry="never" if code in EXPLAINED else by_status.retry, delay=by_status.delay)


def _explain(error: JsonObject) -> str:
    """Put a provider's error in one sentence for the shop."""
    code = text(error.get("code"))
    detail = first(obj(error.get("error_data")).get("details"), error.get("message"), error.get("title")) or "sem detalhes"
    return EXPLAINED.get(code) or f"O WhatsApp recusou a mensagem (código {code or 'desconhecido'}): {detail}"
