"""Files of messages: fetched from their provider, and heard where they are voice notes."""

from uuid import UUID

import dramatiq

from service.messaging.media import fetching
from service.messaging.voice import hearing
from service.platform import jobs
from service.platform.log import bound
from tasks.resources import Resources, resources


@dramatiq.actor(actor_name="media.fetch", queue_name=jobs.QUEUE)
async def fetch(organization_id: str, media_id: str) -> None:
    """Fetch one file. A wake-up that is lost, late or doubled does no harm."""
    r = resources()
    with bound(organizationId=organization_id, mediaId=media_id):
        await fetching.fetch(r.db, r.channels, r.files, UUID(organization_id), UUID(media_id))


@dramatiq.actor(actor_name="voice.hear", queue_name=jobs.QUEUE)
async def hear(organization_id: str, media_id: str) -> None:
    """Transcribe one voice note, and then what else waits."""
    await hear_all(resources(), UUID(organization_id), UUID(media_id))


async def hear_all(r: Resources, organization_id: UUID, media_id: UUID) -> None:
    """Hear a note and those that have come meanwhile. Where as many are being heard as can be, whoever hears them takes this one after."""
    if r.transcriber is None:
        await hearing.give_up(r.db, organization_id, media_id)
        return
    if r.stopping or r.hearing >= r.transcriber.at_once:
        return
    r.hearing += 1
    try:
        waiting: tuple[UUID, UUID] | None = organization_id, media_id
        while waiting and not r.stopping:
            with bound(organizationId=str(waiting[0]), mediaId=str(waiting[1])):
                await hearing.hear(r.db, r.redis, r.files, r.transcriber, *waiting)
            waiting = await hearing.next_waiting(r.db)
    finally:
        r.hearing -= 1
