"""Webhook bodies of both providers with something wrong in them; beside it, wherever that is possible, a message that is quite all right.

A body is made of the seed and its number alone, so that one of a hundred thousand can be made again.
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from service.web.app import LARGEST_BODY
from tests.kit.fakes import evolution, meta
from tests.kit.payloads import BAILEYS, CLOUD

SECRET, INSTANCE = "segredo", "loja"
SHOP = "551133330001"
# Where a number stands in JSON that Python's own writer does not write.
HUGE = "\x01huge"

# What stands in the place of a value. Each is made anew: a list may be changed by the next mutation.
ODD: tuple[Callable[[Random], Any], ...] = (
    lambda r: None,
    lambda r: r.random() < 0.5,
    lambda r: r.choice([0, -1, 2**31, 2**63, -(2**63), 10 ** r.randint(20, 400)]),
    lambda r: r.choice([0.5, -1e308, 1e-320, HUGE]),
    lambda r: r.choice(["", " ", "\x00", "\ud800", "\udfff\ud800", "\u200b\u202e", "null", "[]", "{", "1e999", "-0"]),
    lambda r: r.choice(["x", "é", "🐶", "%s", "\\", "'; drop table messages; --"]) * r.choice([1, 100, 20_000]),
    lambda r: [],
    lambda r: {},
    lambda r: [[[]], {}, None, 1, "a"],
    lambda r: _nested(r.randint(2, 300), {"conversation": "fundo"}),
    lambda r: {"key": {"id": "x"}, "message": {"conversation": "outra"}},
)


@dataclass(frozen=True)
class Whole:
    """A message that nothing is wrong with: it must be stored, once, as it is."""

    id: str
    phone: str
    text: str


@dataclass(frozen=True)
class Body:
    """A body as it is posted; `whole` is the message in it that must be stored, where one is."""

    number: int
    channel: Literal["cloud_api", "evolution"]
    raw: bytes
    whole: Whole | None


def body(seed: int, number: int, now: float) -> Body:
    """Make one body; of `now`, in seconds since 1970, only its messages' instants depend."""
    random = Random(f"{seed} {number}")
    whole = Whole(f"fuzz.{seed}.{number}", f"5511{900_000_000 + number}", f"mensagem inteira {number}")
    channel, document, has_whole = random.choice((_of_meta, _of_evolution))(random, whole, now)
    match random.random():
        case lucky if lucky < 0.1:
            document, has_whole = mutated(random, document), False
        case lucky if lucky < 0.2:
            return Body(number, channel, _broken(random, _written(document)), None)
    raw = _written(document)
    return Body(number, channel, raw, whole if has_whole and len(raw) <= LARGEST_BODY else None)


def _of_meta(random: Random, whole: Whole, now: float) -> tuple[Literal["cloud_api"], Any, bool]:
    well = meta.text_message(whole.phone, whole.text, id=whole.id, timestamp=now)
    phone, id = f"5521{random.randrange(900_000_000, 900_001_000)}", f"odd.{random.getrandbits(48)}"
    # What is whole alone, as Meta sends it; then what is odd is put beside it, whatever it has become.
    change = meta.change(messages=[well])
    match random.randrange(6):
        case 0:
            state = random.choice(["sent", "delivered", "read", "failed", "played"])
            change["value"]["statuses"] = _as_rows(mutated(random, meta.status(id, state, phone, timestamp=str(int(now)))))
        case 1:
            written = meta.message(SHOP, "text", {"body": "aqui é a Paula"}, to=phone, id=id, timestamp=now)
            change["value"]["message_echoes"] = _as_rows(mutated(random, written))
        case _:
            _, kind, content, _, _ = random.choice(CLOUD)
            change["value"]["messages"] += _as_rows(
                mutated(random, meta.message(phone, kind, copy.deepcopy(content), id=id, timestamp=now))
            )
            random.shuffle(change["value"]["messages"])
    return "cloud_api", meta.webhook_body(change), True


def _of_evolution(random: Random, whole: Whole, now: float) -> tuple[Literal["evolution"], Any, bool]:
    well = evolution.upsert(f"{whole.phone}@s.whatsapp.net", whole.text, id=whole.id, timestamp=now)
    chats = ("5521{}@s.whatsapp.net", "{}@lid", "{}@g.us", "5521{}:7@s.whatsapp.net")
    who = random.choice(chats).format(random.randrange(900_000_000, 900_001_000))
    _, message, _, _ = random.choice(BAILEYS)
    row = evolution.upsert(who, copy.deepcopy(message), id=f"ODD{random.getrandbits(48)}", timestamp=now, fromMe=random.random() < 0.2)
    match random.randrange(8):
        case 0:
            data = evolution.update(f"ODD{random.getrandbits(20)}", random.choice(["READ", "ERROR", "SERVER_ACK", "?"]), who)
            return "evolution", evolution.webhook_body(mutated(random, data), event="messages.update"), False
        case 1:
            key = {"remoteJid": who, "fromMe": random.random() < 0.5, "id": f"ODD{random.getrandbits(20)}"}
            data = {"key": key, "type": 14, "editedMessage": {"conversation": "mudei"}, "timestampMs": str(int(now * 1000))}
            return "evolution", evolution.webhook_body(mutated(random, data), event="messages.edited"), False
        case 2:
            data = {"remoteJid": who, "fromMe": False, "id": f"ODD{random.getrandbits(20)}"}
            return "evolution", evolution.webhook_body(mutated(random, data), event="messages.delete"), False
        case 3:
            event = random.choice(["connection.update", "presence.update", "call", "contacts.upsert", "messages.set", "MESSAGES_UPSERT"])
            has_whole = event == "MESSAGES_UPSERT"
            return "evolution", evolution.webhook_body([well, *_as_rows(mutated(random, row))], event=event), has_whole
    rows = [*_as_rows(mutated(random, row)), well]
    random.shuffle(rows)
    return "evolution", evolution.webhook_body(rows), True


def _as_rows(odd: Any) -> list[Any]:
    return odd if isinstance(odd, list) else [odd]


def mutated(random: Random, document: Any) -> Any:
    """Return a document with one to four things wrong somewhere in it."""
    for _ in range(random.choice([1, 1, 2, 4])):
        places = list(_places(document))
        if not places:
            return random.choice(ODD)(random)
        holder, key = random.choice(places)
        match random.randrange(6):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[random.choice([str(key).upper(), f"{key}Message", "", "\x00", "conversation"])] = holder.pop(key)
            case 2:
                other, its = random.choice(places)
                holder[key] = copy.deepcopy(other[its])
            case 3:
                holder[key] = [holder[key]] * random.choice([1, 2, 50])
            case 4:
                holder[key] = {random.choice(["message", "ephemeralMessage", "editedMessage", "x"]): {"message": holder[key]}}
            case _:
                holder[key] = random.choice(ODD)(random)
    return document


def _places(document: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a value: what holds it, and under which key. Deeper than people nest, nothing is looked for."""
    if depth > 30 or not isinstance(document, dict | list):
        return
    for key, value in list(document.items() if isinstance(document, dict) else enumerate(document)):
        yield document, key
        yield from _places(value, depth + 1)


def _nested(depth: int, inside: Any) -> Any:
    for n in range(depth):
        inside = {"message": inside} if n % 2 else [inside]
    return inside


def _written(document: Any) -> bytes:
    return json.dumps(document).encode().replace(json.dumps(HUGE).encode(), b"1e999")


def _broken(random: Random, raw: bytes) -> bytes:
    """Return bytes that were damaged on their way."""
    at = random.randrange(len(raw))
    match random.randrange(5):
        case 0:
            return raw[:at]
        case 1:
            return raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :]
        case 2:
            return raw[:at] + random.randbytes(random.randint(1, 40)) + raw[at:]
        case 3:
            return raw[:at] + b"[" * 5_000 + raw[at:]
    return raw.replace(b'"', b"NaN", random.randint(1, 3))
