"""The API for people: conversations, answering in them, handing them back, what failed. Bearer token on every call."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from service.messaging import inbox
from service.messaging.inbox import LONGEST
from service.messaging.queries import conversations
from service.platform.access import organization_for
from service.web.who import Who

Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=100_000)]
Place = Annotated[int | None, Query(ge=0, lt=2**63)]

router = APIRouter(prefix="/api", tags=["inbox"])


class Reply(BaseModel):
    """What a person answers."""

    content: str = Field(min_length=1, max_length=LONGEST)


class HandBack(BaseModel):
    """What the assistant should know; optional."""

    note: str | None = Field(None, max_length=2000)


@router.get("/conversations")
async def list_conversations(
    request: Request, who: Who, status: Literal["active", "escalated", "closed"] | None = None, limit: Limit = 50, offset: Offset = 0
) -> list[dict[str, Any]]:
    """Conversations, the latest message first."""
    return await conversations.listed(request.app.state.db, who.visible, status=status, limit=limit, offset=offset)


@router.get("/conversations/{conversation_id}")
async def read_conversation(request: Request, who: Who, conversation_id: UUID, before: Place = None, limit: Limit = 100) -> dict[str, Any]:
    """One conversation with its newest messages and its open case."""
    db = request.app.state.db
    organization_id = await organization_for(db, who, "conversation", conversation_id)
    return await inbox.read(db, organization_id, conversation_id, before=before, limit=limit)


@router.post("/conversations/{conversation_id}/messages", status_code=201)
async def answer(request: Request, who: Who, conversation_id: UUID, reply: Reply) -> dict[str, Any]:
    """Answer as a person; the assistant goes quiet until hand-back."""
    db = request.app.state.db
    organization_id = await organization_for(db, who, "conversation", conversation_id)
    return await inbox.send_as_person(
        db, organization_id, conversation_id, reply.content, author=who.name, correlation_id=request.state.correlation_id
    )


@router.post("/conversations/{conversation_id}/handback")
async def hand_back(request: Request, who: Who, conversation_id: UUID, handback: HandBack | None = None) -> dict[str, str]:
    """Give the conversation back to the assistant."""
    db = request.app.state.db
    organization_id = await organization_for(db, who, "conversation", conversation_id)
    await inbox.hand_back(
        db,
        organization_id,
        conversation_id,
        handback.note if handback else None,
        by=who.name,
        correlation_id=request.state.correlation_id,
    )
    return {"status": "active"}


@router.get("/dead-letters")
async def list_dead_letters(request: Request, who: Who, limit: Limit = 50, offset: Offset = 0) -> list[dict[str, Any]]:
    """What was given up on, newest first."""
    return await conversations.dead_letters(request.app.state.db, who.visible, limit=limit, offset=offset)


@router.get("/alerts")
async def list_alerts(request: Request, who: Who, limit: Limit = 50, offset: Offset = 0) -> list[dict[str, Any]]:
    """What the team should know, newest first."""
    return await conversations.alerts(request.app.state.db, who.visible, limit=limit, offset=offset)
