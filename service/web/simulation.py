"""The simulator: two phones that write to a shop exactly as WhatsApp would, and what the page shows of them."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from pydantic import JsonValue

from service.language.text import LONGEST_TEXT
from service.messaging.channels.base import Delivery, Inbound, InstanceKey
from service.messaging.conversations import ConversationStatus
from service.platform import clock, events
from service.platform.database import Database
from service.platform.documents import Document, JsonObject
from service.platform.errors import BadRequest, NotFound
from service.turns.queries import threads
from service.web.queries import simulation as queries
from service.web.queries.simulation import PhoneMessage, Shop, Tick

LIMIT = 100


class PhoneView(Document):
    """One phone as the page draws it: its conversation, messages and the states of those that it has already."""

    conversation_id: UUID | None
    status: ConversationStatus
    typing: bool
    reason: str | None
    messages: list[PhoneMessage]
    ticks: list[Tick]


async def shops(db: Database) -> list[Shop]:
    """List the shops that have a simulator instance, by name."""
    return await queries.shops(db)


async def shop_of(db: Database, instance_id: UUID) -> Shop:
    """Return the shop of one simulator instance; raises NotFound."""
    for shop in await shops(db):
        if shop.instance_id == instance_id:
            return shop
    raise NotFound("Este simulador não existe.")


async def organization_of(db: Database, conversation_id: UUID) -> UUID:
    """Return the organization of a simulator conversation; raises NotFound for any other, so that no real customer is ever shown here."""
    organization_id = await queries.organization_of(db, conversation_id)
    if organization_id is None:
        raise NotFound("Esta conversa não é do simulador.")
    return organization_id


def delivery(shop: Shop, *, phone: str, name: str | None, text: str, message_id: UUID | None = None) -> Delivery:
    """Make what a webhook would have brought: one text of this number, now. The same `message_id` again is the same message.

    Raises BadRequest for an empty or overlong text or a bad number.
    """
    number, text = digits(phone), text.strip()
    if not text:
        raise BadRequest("Escreva alguma coisa.")
    if len(text) > LONGEST_TEXT:
        raise BadRequest(f"A mensagem passa de {LONGEST_TEXT} caracteres.")
    message = Inbound(
        external_id=f"sim.in.{(message_id or uuid4()).hex}",
        phone=number,
        user_id=None,
        address=number,
        name=(name or "").strip()[:80] or None,
        message_type="text",
        text=text,
        sent_at=clock.now(),
    )
    return Delivery(key=InstanceKey("simulator", str(shop.instance_id)), messages=(message,))


def digits(phone: str) -> str:
    """Return a number as WhatsApp writes it, digits with country code; raises BadRequest."""
    number = "".join(c for c in phone if c in "0123456789")
    if len(number) in (10, 11):
        number = f"55{number}"
    if not 12 <= len(number) <= 15:
        raise BadRequest("O número precisa de código do país e DDD, por exemplo 5511912345678.")
    return number


async def view(db: Database, shop: Shop, phone: str, *, after: int = 0) -> PhoneView:
    """Return one phone as the page draws it: its conversation, messages whose `seq` is beyond `after`, states of the ones it has."""
    state, messages, ticks = await queries.phone(db, shop.organization_id, shop.instance_id, digits(phone), after=after, limit=LIMIT)
    return PhoneView(
        conversation_id=state.id if state else None,
        status=state.status if state else "active",
        typing=state is not None and state.typing,
        reason=state.reason if state else None,
        messages=messages,
        ticks=ticks,
    )


class LogEntry(Document):
    """A log line as the panel shows it: `time` is epoch milliseconds, `fields` are those beside the named ones."""

    id: str
    time: JsonValue
    level: JsonValue
    msg: JsonValue
    fields: JsonObject


def log_entry(line: events.LogLine) -> LogEntry:
    """Return a log line as the panel shows it: `time` (epoch milliseconds), `level`, `msg`, and its other fields."""
    try:
        record = json.loads(line.line)
    except ValueError:
        record = {"msg": line.line}
    if not isinstance(record, dict):
        record = {"msg": str(record)}
    main = {key: record.pop(key, None) for key in ("time", "level", "msg")}
    return LogEntry(id=line.id, **main, fields=record)


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A message of the thread: `role` is LangChain's type (human, ai, tool, system)."""

    role: str
    text: str
    calls: list[tuple[str, str]]
    name: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """A checkpoint with its messages taken apart; `rest` holds the other channels as JSON."""

    checkpoint: threads.Checkpoint
    messages: list[ThreadMessage]
    rest: dict[str, str]
    interrupts: list[str]


async def thread(db: Database, conversation_id: UUID) -> list[ThreadPart]:
    """Return the conversation's checkpointed thread, the parent graph first."""
    return [_part(checkpoint) for checkpoint in await threads.read(db, conversation_id)]


def _part(checkpoint: threads.Checkpoint) -> ThreadPart:
    messages = checkpoint.values.get("messages")
    listed = messages if isinstance(messages, list | tuple) else []
    rest = {name: _json(value) for name, value in sorted(checkpoint.values.items()) if name != "messages"}
    return ThreadPart(checkpoint, [_message(m) for m in listed], rest, [_json(item) for item in checkpoint.interrupts])


def _message(raw: Any) -> ThreadMessage:
    if not isinstance(raw, dict):
        return ThreadMessage("?", _json(raw), [], None, None)
    calls = [(str(c.get("name")), _json(c.get("args"))) for c in raw.get("tool_calls") or [] if isinstance(c, dict)]
    content = raw.get("content")
    text = content if isinstance(content, str) else _json(content)
    return ThreadMessage(str(raw.get("type", "?")), text, calls, raw.get("name"), raw.get("id"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
