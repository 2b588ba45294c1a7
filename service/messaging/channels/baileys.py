"""One WhatsApp message as Baileys hands it on, the library under Evolution: what kind it is and what it says.

WhatsApp grows new wrappers and kinds every few months, so both are told by their shape. A wrapper is whatever holds a `message`; what is of
no known kind and has words is text, and what has none was written by nobody.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.messaging.channels import content, files
from service.messaging.channels.base import Attachment
from service.messaging.channels.content import in_cents
from service.messaging.channels.payload import first, obj, objects, text, whole
from service.platform.documents import JsonObject

# Wrappers within wrappers; people send two.
DEEPEST = 12
# Keys that stand beside the message's own and say nothing of what it is.
BESIDE = frozenset({"messageContextInfo", "senderKeyDistributionMessage", "base64", "mediaUrl", "speechToText", "deviceSentMeta"})

TYPES = {
    "conversation": "text", "extendedTextMessage": "text", "imageMessage": "image", "videoMessage": "video", "ptvMessage": "video",
    "audioMessage": "audio", "documentMessage": "document", "stickerMessage": "sticker", "stickerPackMessage": "sticker",
    "locationMessage": "location",
    "liveLocationMessage": "location", "contactMessage": "contacts", "contactsArrayMessage": "contacts", "reactionMessage": "reaction",
    "buttonsResponseMessage": "button", "templateButtonReplyMessage": "button", "listResponseMessage": "interactive",
    "interactiveResponseMessage": "interactive", "orderMessage": "order", "pollUpdateMessage": "interactive",
}  # fmt: skip

# What there are no words in, or none that anybody wrote: pins, votes that can't be read, settings, an album before its pictures.
NOBODYS = "system"
# What is sent for its own sake, with words or without.
THINGS = frozenset({"image", "video", "audio", "document", "sticker", "location", "contacts", "order", "reaction"})
# WhatsApp's numbers and names of what a protocol message does to another message.
EDITS, REVOKES = frozenset({"14", "MESSAGE_EDIT"}), frozenset({"0", "REVOKE"})

_NUMBER = re.compile(r"^TEL[^:\n]*?(?:waid=(?P<id>\d{5,20})[^:\n]*)?:(?P<number>\+?[\d ()-]{5,30})", re.MULTILINE | re.IGNORECASE)
_SPEECH = re.compile(r"^\s*\[audio\]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message is and says. `quoted` is what it quotes, reacts to, edits or deletes; `button` the id of what was chosen.

    `referral` is the advertisement that it was written from, `parts` how many pictures an album announces, `attachment` the file itself.
    """

    kind: str
    text: str
    quoted: str | None = None
    button: str | None = None
    referral: str | None = None
    parts: int = 0
    attachment: Attachment | None = None


def read(row: JsonObject) -> Said | None:
    """Return what a row of Evolution's says; None where there is no message in it."""
    message = unwrapped(row.get("message"))
    name = next((name for name in message if name in TYPES), next(iter(message), ""))
    if not name:
        return Said(NOBODYS, "") if obj(row.get("message")) else None
    if name == "protocolMessage":
        return revision(obj(message[name]))
    spoken = _SPEECH.sub("", first(obj(row.get("message")).get("speechToText"), message.get("speechToText"))).strip()
    return _said(name, message[name], row, spoken)


def revision(protocol: JsonObject) -> Said:
    """Return what a protocol message does to another one: an edit with its new words, or a deletion; else nobody's."""
    quoted, kind = text(obj(protocol.get("key")).get("id")), first(protocol.get("type"))
    edited = unwrapped(protocol.get("editedMessage"))
    if quoted and edited and (kind in EDITS or not kind):
        name = next((name for name in edited if name in TYPES), next(iter(edited)))
        return Said("edit", _words(name, edited[name]), quoted)
    # Protobuf may leave a zero out.
    if quoted and (kind in REVOKES or protocol.keys() == {"key"}):
        return Said("revoke", "", quoted)
    return Said(NOBODYS, "")


def unwrapped(message: Any) -> dict[str, Any]:
    """Return a message without what is wrapped around it, and without what stands beside it."""
    for _ in range(DEEPEST):
        message = obj(message)
        inner = next((held for name, value in message.items() if name not in BESIDE and (held := obj(obj(value).get("message")))), None)
        if inner is None:
            break
        message = inner
    return {name: value for name, value in obj(message).items() if name not in BESIDE and value is not None}


def _said(name: str, part: Any, row: JsonObject, spoken: str) -> Said:
    kind, words = TYPES.get(name), _words(name, part) or (spoken if TYPES.get(name) == "audio" else "")
    if kind is None or (not words.strip() and kind not in THINGS):
        # A thing of a kind that is new: a picture with its caption, too, is read as its words.
        kind = "text" if words.strip() else NOBODYS
    part = obj(part)
    return Said(
        kind,
        words,
        quoted=_quoted(name, part, row) or None,
        button=_button(part) or None,
        referral=_referral(_contexts(part, row)) or None,
        parts=_announced(part) if name == "albumMessage" else 0,
        attachment=_attachment(part, row) if kind in files.KINDS else None,
    )


def without_file(row: JsonObject) -> JsonObject:
    """Return a row of Evolution's without the file that may have come along in it."""
    message = obj(row.get("message"))
    return {
        name: {key: part for key, part in message.items() if key != "base64"} if name == "message" and message else value
        for name, value in row.items()
        if name != "base64"
    }


def _attachment(part: JsonObject, row: JsonObject) -> Attachment:
    written = first(obj(row.get("message")).get("base64"), row.get("base64"))
    return Attachment(text(part.get("mimetype")), whole(part.get("seconds")), files.from_base64(written))


def _contexts(part: JsonObject, row: JsonObject) -> list[JsonObject]:
    return [obj(row.get("contextInfo")), obj(part.get("contextInfo"))]


def _quoted(name: str, part: JsonObject, row: JsonObject) -> str:
    if name == "reactionMessage":
        return text(obj(part.get("key")).get("id"))
    return first(*(context.get("stanzaId") for context in _contexts(part, row)))


def _referral(contexts: list[JsonObject]) -> str:
    """Return the advertisement that a chat began with."""
    told = (content.advertisement(ad.get("title"), ad.get("body")) for context in contexts if (ad := obj(context.get("externalAdReply"))))
    return next(filter(None, told), "")


def _announced(album: JsonObject) -> int:
    counted = (whole(album.get(name)) or 0 for name in ("expectedImageCount", "expectedVideoCount"))
    return min(sum(counted), content.MOST_LINES)


def _button(part: JsonObject) -> str:
    """Return the id of what was chosen: a button's, a list's row's, or a quick reply's, which is text within text."""
    own = first(part.get("selectedButtonId"), part.get("selectedId"), obj(part.get("singleSelectReply")).get("selectedRowId"))
    return own or text(_parameters(part).get("id"))


def _parameters(part: JsonObject) -> JsonObject:
    try:
        return obj(json.loads(text(obj(part.get("nativeFlowResponseMessage")).get("paramsJson")) or "null"))
    except (ValueError, RecursionError):
        return {}


def _words(name: str, part: Any) -> str:
    """Return what a person would read."""
    if isinstance(part, str):
        return part if name in TYPES or name in content.WORDS else ""
    part = obj(part)
    match TYPES.get(name):
        case "location":
            return content.place(part.get("name"), part.get("address"), part.get("degreesLatitude"), part.get("degreesLongitude"))
        case "contacts":
            cards = objects(part.get("contacts")) or [part]
            return content.people((text(card.get("displayName")), list(_numbers(card.get("vcard")))) for card in cards)
        case "order":
            return _order(part)
        case "interactive":
            return _chosen(part)
        case None:
            return _poll(part) or content.any_words(part)
        case _:
            return first(part.get("text"), part.get("caption"), part.get("selectedDisplayText"), part.get("title"), part.get("fileName"))


def _numbers(card: Any) -> Iterator[str]:
    for found in _NUMBER.finditer(text(card)[:10_000]):
        yield found["id"] or found["number"].strip()


def _order(part: JsonObject) -> str:
    """Return an order, of which WhatsApp tells the title, how many items it has and what they come to, in thousandths."""
    total, currency = in_cents(part.get("totalAmount1000"), 1000), text(part.get("totalCurrencyCode"))
    title, items = text(part.get("orderTitle")), whole(part.get("itemCount"))
    return content.announced_order(title, items, total, text(part.get("message")), currency=currency)


def _chosen(part: JsonObject) -> str:
    """Return what was filled in or chosen."""
    votes = obj(part.get("vote")).get("selectedOptions")
    if isinstance(votes, list):
        return ", ".join(filter(None, map(text, votes[: content.MOST_LINES])))
    shown = content.chosen(first(part.get("title"), obj(part.get("body")).get("text")), text(part.get("description")))
    return content.filled_in(shown, _parameters(part))


def _poll(part: JsonObject) -> str:
    options = [text(option.get("optionName")) for option in objects(part.get("options"))]
    return content.poll(text(part.get("name")), options) if any(options) else ""
