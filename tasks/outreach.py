"""Writing to customers unasked."""

import dramatiq

from service.outreach import reminders
from service.platform import clock, jobs
from tasks.resources import resources


@dramatiq.actor(actor_name="outreach.remind", queue_name=jobs.QUEUE)
async def remind() -> None:
    """Write the reminders and follow-ups that are due. Waking twice, or in two workers at once, does no harm."""
    r = resources()
    await reminders.remind(r.db, r.redis, clock.now())
