"""Watching the shops' numbers."""

from uuid import UUID

import dramatiq

from service.messaging import watch
from service.messaging.channels.base import KeepsHistory
from service.messaging.queries import watch as queries
from service.operations.scheduler import WATCH_INTERVAL
from service.outreach import silence
from service.platform import jobs
from service.platform.log import bound
from tasks.resources import resources


@dramatiq.actor(actor_name="watch.all", queue_name=jobs.QUEUE)
async def watch_all() -> None:
    """Have every number looked at whose provider can be asked, each by itself; tell of those that are silent."""
    r = resources()
    for number in await queries.active(r.db):
        if isinstance(r.channels[number.channel], KeepsHistory):
            jobs.enqueue("watch.look_at", number.organization_id, number.id, max_age=WATCH_INTERVAL)
    for alert in await silence.hear(r.db):
        jobs.enqueue("escalation.notify", alert)


@dramatiq.actor(actor_name="watch.look_at", queue_name=jobs.QUEUE)
async def look_at(organization_id: str, instance_id: str) -> None:
    """Take in what a number's webhook never brought, and tell people where it is not connected."""
    r = resources()
    with bound(organizationId=organization_id, instanceId=instance_id):
        number = await queries.watched(r.db, UUID(organization_id), UUID(instance_id))
        channel = r.channels[number.channel] if number else None
        if number and isinstance(channel, KeepsHistory):
            found = await watch.look_at(r.db, channel, number, settings=r.settings, redis=r.redis)
            for alert in found.alerts:
                jobs.enqueue("escalation.notify", alert)
