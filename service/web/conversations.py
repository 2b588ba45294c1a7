"""The API for people: conversations, answering in them, handing them back, what failed. Bearer token on every call."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from service.language.text import LONGEST_TEXT
from service.messaging import inbox
from service.messaging.conversations import Alert, GivenUp, Message, Summary
from service.messaging.inbox import Conversation
from service.web.dependencies import ConversationScope, CorrelationId, Db, Who

Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=100_000)]
Place = Annotated[int | None, Query(ge=0, lt=2**63)]

router = APIRouter(prefix="/api", tags=["inbox"])


class Reply(BaseModel):
    """What a person answers."""

    content: str = Field(min_length=1, max_length=LONGEST_TEXT)


class HandBack(BaseModel):
    """What the assistant should know; optional."""

    note: str | None = Field(None, max_length=2000)


@router.get("/conversations")
async def list_conversations(
    who: Who, db: Db, status: Literal["active", "escalated", "closed"] | None = None, limit: Limit = 50, offset: Offset = 0
) -> list[Summary]:
    """List conversations, the latest message first."""
    return await inbox.listed(db, who.visible, status=status, limit=limit, offset=offset)


@router.get("/conversations/{conversation_id}")
async def read_conversation(
    request: Request, conversation: ConversationScope, db: Db, before: Place = None, limit: Limit = 100
) -> Conversation:
    """Show one conversation with its newest messages and its open case; links to files are good for five minutes."""
    vault = request.app.state.files.vault
    return await inbox.read(db, conversation.organization_id, conversation.id, vault=vault, before=before, limit=limit)


@router.post("/conversations/{conversation_id}/messages", status_code=201)
async def answer(conversation: ConversationScope, db: Db, correlation_id: CorrelationId, reply: Reply) -> Message:
    """Answer as a person; the assistant goes quiet until hand-back."""
    return await inbox.send_as_person(
        db, conversation.organization_id, conversation.id, reply.content, author=conversation.by, correlation_id=correlation_id
    )


@router.post("/conversations/{conversation_id}/handback")
async def hand_back(
    conversation: ConversationScope, db: Db, correlation_id: CorrelationId, handback: HandBack | None = None
) -> dict[str, str]:
    """Give the conversation back to the assistant."""
    note = handback.note if handback else None
    await inbox.hand_back(db, conversation.organization_id, conversation.id, note, by=conversation.by, correlation_id=correlation_id)
    return {"status": "active"}


@router.get("/dead-letters")
async def list_dead_letters(who: Who, db: Db, limit: Limit = 50, offset: Offset = 0) -> list[GivenUp]:
    """List what was given up on, newest first."""
    return await inbox.dead_letters(db, who.visible, limit=limit, offset=offset)


@router.get("/alerts")
async def list_alerts(who: Who, db: Db, limit: Limit = 50, offset: Offset = 0) -> list[Alert]:
    """List what the team should know, newest first."""
    return await inbox.alerts(db, who.visible, limit=limit, offset=offset)
