"""The inbox: people read conversations, answer in them, and give them back to the AI."""

from typing import Any
from uuid import UUID, uuid4

import structlog

from service.language.text import storable
from service.messaging.queries import conversations
from service.platform import jobs
from service.platform.access import UNKNOWN
from service.platform.database import Database, Row
from service.platform.errors import BadRequest, Conflict, NotFound
from service.platform.settings import get_settings

log = structlog.get_logger()

LONGEST = 4096
REASON = "Uma pessoa da equipe respondeu"


async def read(
    db: Database, organization_id: UUID, conversation_id: UUID, *, before: int | None = None, limit: int = 100
) -> dict[str, Any]:
    """A conversation with its newest `messages` (older than the `seq` in `before`), in order, and its open `case`. Raises NotFound."""
    summary, messages, case = await conversations.detail(db, organization_id, conversation_id, before=before, limit=limit)
    if summary is None:
        raise NotFound(UNKNOWN["conversation"])
    return {**summary, "messages": messages, "case": case}


async def send_as_person(
    db: Database, organization_id: UUID, conversation_id: UUID, content: str, *, author: str, correlation_id: str | None = None
) -> Row:
    """Queue a person's message; the AI goes quiet until hand-back or the end of the pause. Returns the message.

    Raises BadRequest for an empty or overlong text, NotFound, and Conflict where the conversation is closed.
    """
    content = storable(content)
    if not 1 <= len(content) <= LONGEST:
        raise BadRequest(f"A mensagem precisa ter de 1 a {LONGEST} caracteres.")
    row = await conversations.write(
        db,
        organization_id,
        conversation_id,
        message_id=uuid4(),
        content=content,
        author=author,
        reason=REASON,
        pause_hours=get_settings().pause_hours,
        correlation_id=correlation_id,
    )
    if row is None:
        raise NotFound(UNKNOWN["conversation"])
    before = row.pop("conversation_status")
    if row["id"] is None:
        raise Conflict("Esta conversa está encerrada: espere o cliente escrever de novo.")
    log.info("[INBOX] Message queued", conversationId=str(conversation_id), author=author, silencedAi=before == "active")
    jobs.enqueue("outbox.deliver", organization_id, conversation_id, correlation_id=correlation_id)
    return row


async def hand_back(
    db: Database, organization_id: UUID, conversation_id: UUID, note: str | None = None, *, by: str, correlation_id: str | None = None
) -> None:
    """Give a conversation back to the AI, with what it should know. Raises Conflict when no person has it."""
    note = storable(note or "") or None
    if not await conversations.hand_back(db, organization_id, conversation_id, by=by, note=note):
        raise Conflict("Esta conversa não está com uma pessoa: não há o que devolver à assistente.")
    log.info("[INBOX] Handed back to the AI", conversationId=str(conversation_id), closedBy=by)
    jobs.enqueue("conversation.process", organization_id, conversation_id, correlation_id=correlation_id)
