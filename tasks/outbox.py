"""Sending outside of a turn: a person's answer, a retry, what the sweeper found."""

from uuid import UUID

import dramatiq

from service.messaging import outbox
from service.platform import jobs
from service.platform.log import bound
from tasks.resources import resources


@dramatiq.actor(actor_name="outbox.deliver", queue_name=jobs.QUEUE)
async def deliver(organization_id: str, conversation_id: str, correlation_id: str | None = None) -> None:
    """Send what a conversation has in line."""
    r = resources()
    with bound(organizationId=organization_id, conversationId=conversation_id, correlationId=correlation_id):
        await outbox.deliver(r.db, r.channels, r.redis, r.settings, UUID(organization_id), UUID(conversation_id))
