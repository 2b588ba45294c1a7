"""The inbox: people read conversations, answer in them, and give them back to the AI."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import structlog

from service.language.text import LONGEST_TEXT, storable
from service.messaging.conversations import Alert, Case, ConversationStatus, GivenUp, Message, Summary
from service.messaging.media.links import link
from service.messaging.media.vault import Vault
from service.messaging.queries import conversations
from service.platform import clock, jobs
from service.platform.access import UNKNOWN
from service.platform.database import Database
from service.platform.errors import BadRequest, Conflict, NotFound
from service.platform.settings import get_settings

log = structlog.get_logger()

REASON = "Uma pessoa da equipe respondeu"
NOT_WITH_A_PERSON: dict[ConversationStatus, str] = {
    "active": "Esta conversa já está com a assistente: não há o que devolver.",
    "closed": "Esta conversa está encerrada: não há o que devolver à assistente.",
}


class Conversation(Summary):
    """A conversation with its newest messages, in order, and its open case."""

    messages: list[Message]
    case: Case | None


async def listed(db: Database, organizations: Sequence[UUID] | None, *, status: str | None, limit: int, offset: int) -> list[Summary]:
    """List the conversations of these organizations (None: of all), the one with the newest customer message first."""
    return await conversations.listed(db, organizations, status=status, limit=limit, offset=offset)


async def dead_letters(db: Database, organizations: Sequence[UUID] | None, *, limit: int, offset: int) -> list[GivenUp]:
    """List what was given up on in these organizations (None: in all), newest first."""
    return await conversations.dead_letters(db, organizations, limit=limit, offset=offset)


async def alerts(db: Database, organizations: Sequence[UUID] | None, *, limit: int, offset: int) -> list[Alert]:
    """List what the teams of these organizations (None: of all) were told, newest first."""
    return await conversations.alerts(db, organizations, limit=limit, offset=offset)


async def read(
    db: Database, organization_id: UUID, conversation_id: UUID, *, vault: Vault, before: int | None = None, limit: int = 100
) -> Conversation:
    """Show a conversation with its newest messages, older than the `seq` in `before`, with links to their files. Raises NotFound."""
    summary, messages, case = await conversations.detail(db, organization_id, conversation_id, before=before, limit=limit)
    if summary is None:
        raise NotFound(UNKNOWN["conversation"])
    return Conversation(**vars(summary), messages=[_with_link(m, vault) for m in messages], case=case)


async def send_as_person(
    db: Database, organization_id: UUID, conversation_id: UUID, content: str, *, author: str, correlation_id: str | None = None
) -> Message:
    """Queue a person's message; the AI goes quiet until hand-back or the end of the pause. Returns the message.

    Raises BadRequest for an empty or overlong text, NotFound, and Conflict where the conversation is closed.
    """
    content = storable(content)
    if not 1 <= len(content) <= LONGEST_TEXT:
        raise BadRequest(f"A mensagem precisa ter de 1 a {LONGEST_TEXT} caracteres.")
    answered = await conversations.write(
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
    if answered is None:
        raise NotFound(UNKNOWN["conversation"])
    if answered.message is None:
        raise Conflict("Esta conversa está encerrada: espere o cliente escrever de novo.")
    log.info("[INBOX] Message queued", conversationId=str(conversation_id), author=author, silencedAi=answered.before == "active")
    jobs.enqueue("outbox.deliver", organization_id, conversation_id, correlation_id=correlation_id)
    return answered.message


async def hand_back(
    db: Database, organization_id: UUID, conversation_id: UUID, note: str | None = None, *, by: str, correlation_id: str | None = None
) -> None:
    """Give a conversation back to the AI, with what it should know. Raises Conflict where no person has it, and says who has."""
    note = storable(note or "") or None
    if not await conversations.hand_back(db, organization_id, conversation_id, by=by, note=note):
        summary, *_ = await conversations.detail(db, organization_id, conversation_id, before=None, limit=1)
        if summary is None:
            raise NotFound(UNKNOWN["conversation"])
        raise Conflict(NOT_WITH_A_PERSON.get(summary.status, NOT_WITH_A_PERSON["active"]))
    log.info("[INBOX] Handed back to the AI", conversationId=str(conversation_id), closedBy=by)
    jobs.enqueue("conversation.process", organization_id, conversation_id, correlation_id=correlation_id)


def _with_link(message: Message, vault: Vault) -> Message:
    if message.media is None or not message.media.is_here:
        return message
    return message.model_copy(update={"media": message.media.model_copy(update={"url": link(vault, message.media.id, clock.now())})})
