"""Files of messages: fetched from their provider, and heard where they are voice notes."""

from uuid import UUID

import dramatiq

from service.messaging.media import fetching
from service.platform import jobs
from service.platform.log import bound
from tasks.resources import resources


@dramatiq.actor(actor_name="media.fetch", queue_name=jobs.QUEUE)
async def fetch(organization_id: str, media_id: str) -> None:
    """Fetch one file. A wake-up that is lost, late or doubled does no harm."""
    r = resources()
    with bound(organizationId=organization_id, mediaId=media_id):
        await fetching.fetch(r.db, r.channels, r.files, UUID(organization_id), UUID(media_id))
