"""Conversations, their messages, and what went wrong in them, as people see them."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, JsonValue

from service.messaging.channels.base import ChannelName
from service.platform.documents import Document

ConversationStatus = Literal["active", "escalated", "closed"]


class Summary(Document):
    """A conversation in a list, with its newest message of either side and the reason of its open case."""

    id: UUID
    organization_id: UUID
    status: ConversationStatus
    channel: ChannelName
    contact_id: UUID
    contact_name: str | None
    contact_phone: str | None
    last_inbound_at: AwareDatetime | None
    created_at: AwareDatetime
    last_message: str | None
    last_message_at: AwareDatetime | None
    escalation_reason: str | None


class Media(Document):
    """A file that came with a message. `url` is a path of this server's, good for five minutes, once the file is here.

    `transcript` is what was heard of a voice note and how surely (`confidence`, from 0 to 1), also where that was too little to be read.
    """

    id: UUID
    kind: Literal["audio", "image", "video", "document"]
    mime: str
    seconds: int | None
    bytes: int | None
    status: Literal["fetch", "hear", "kept", "failed"]
    failure: str | None
    transcript: str | None
    confidence: float | None
    is_here: bool = Field(exclude=True)
    url: str | None = None


class Message(Document):
    """A message as people see it; `seq` is its place in the order of all."""

    id: UUID
    seq: int
    direction: Literal["incoming", "outgoing"]
    from_me: bool
    sent_by_ai: bool
    message_type: str
    content: str
    author: str | None
    status: Literal["received", "queued", "sending", "sent", "delivered", "read", "failed"]
    error_code: str | None
    error_detail: str | None
    created_at: AwareDatetime
    provider_at: AwareDatetime | None
    sent_at: AwareDatetime | None
    delivered_at: AwareDatetime | None
    read_at: AwareDatetime | None
    media: Media | None = None


class Case(Document):
    """The open case of a conversation that a person has; the AI takes it back at `pause_until`."""

    id: UUID
    reason: str
    opened_at: AwareDatetime
    pause_until: AwareDatetime


class GivenUp(Document):
    """A turn, a message or a job that was given up on; `payload` says which."""

    id: UUID
    organization_id: UUID | None
    conversation_id: UUID | None
    kind: Literal["turn", "send", "job"]
    payload: JsonValue
    error_type: str
    error: str
    attempts: int
    created_at: AwareDatetime
    replayed_at: AwareDatetime | None


class Alert(Document):
    """What a team was told, and when."""

    id: UUID
    organization_id: UUID | None
    conversation_id: UUID | None
    kind: str
    title: str
    body: str
    created_at: AwareDatetime
    notified_at: AwareDatetime | None
    seen_at: AwareDatetime | None
