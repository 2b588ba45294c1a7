"""Hints for live pages: what happened to a conversation, over Redis. The truth stays in Postgres; a lost hint costs a slower refresh."""

from collections.abc import AsyncGenerator, Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

LOG_FIELD = "line"
LOG_LENGTH = 200


class Publisher(Protocol):
    """The part of an async Redis client that publishing needs."""

    def publish(self, channel: Any, message: Any, **kwargs: Any) -> Awaitable[Any]: ...


@dataclass(frozen=True, slots=True)
class Hint:
    """Something changed in a conversation (`kind`: message, turn, escalation, log, or `ready` once hints flow); look it up."""

    conversation_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One JSON log line of a conversation; `id` is its place in the stream."""

    id: str
    line: str


def channel_key(conversation_id: UUID | str) -> str:
    """Return the pub/sub channel of a conversation's hints."""
    return f"patas:conversation:{conversation_id}"


def log_stream_key(conversation_id: UUID | str) -> str:
    """Return the stream that keeps the newest log lines of a simulator conversation (field `LOG_FIELD`, at most about `LOG_LENGTH`)."""
    return f"patas:log:{conversation_id}"


async def publish(redis: Publisher, conversation_id: UUID | str, kind: str) -> None:
    """Tell live pages that something changed. Best effort: an unreachable Redis costs a log line, never the caller's work."""
    try:
        await redis.publish(channel_key(conversation_id), kind)
    except RedisError as error:
        log.warning("[EVENTS] Hint lost", conversationId=str(conversation_id), kind=kind, error=str(error))


async def subscribe(redis: Redis, conversation_ids: Sequence[UUID]) -> AsyncGenerator[Hint]:
    """Hints of these conversations, new log lines among them (kind `log`), until the caller stops or Redis fails (`RedisError`)."""
    streams = {log_stream_key(c): c for c in conversation_ids}
    places = dict.fromkeys(streams, "0")
    for key in streams:
        newest: Any = await redis.xrevrange(key, count=1)
        if newest:
            places[key] = _text(newest[0][0])
    async with redis.pubsub(ignore_subscribe_messages=True) as pubsub:
        await pubsub.subscribe(*map(channel_key, conversation_ids))
        for conversation_id in conversation_ids:
            yield Hint(conversation_id, "ready")
        while True:
            message = await pubsub.get_message(timeout=0.4)
            if message:
                yield Hint(UUID(_text(message["channel"]).rsplit(":", 1)[1]), _text(message["data"]))
                continue
            for key in streams:
                written: Any = await redis.xrange(key, min=f"({places[key]}")
                if written:
                    places[key] = _text(written[-1][0])
                    yield Hint(streams[key], "log")


async def read_log(redis: Redis, conversation_id: UUID, after: str | None = None) -> list[LogLine]:
    """Return the kept log lines of a conversation, oldest first; `after` is the id of the last one already seen."""
    entries: Any = await redis.xrange(log_stream_key(conversation_id), min=f"({after}" if after else "-")
    return [LogLine(_text(entry_id), _text(_field(fields))) for entry_id, fields in entries]


def _field(fields: dict[Any, Any]) -> str | bytes:
    return fields.get(LOG_FIELD) or fields.get(LOG_FIELD.encode()) or b"{}"


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
