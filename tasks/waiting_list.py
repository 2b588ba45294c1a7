"""Offering what was freed to those who wait."""

import dramatiq

from service.outreach import waiting_list
from service.platform import clock, jobs
from tasks.resources import resources


@dramatiq.actor(actor_name="waiting_list.offer", queue_name=jobs.QUEUE)
async def offer() -> None:
    """Offer freed times to who waits. Waking twice, or in two workers at once, does no harm."""
    r = resources()
    await waiting_list.offer_freed_times(r.db, r.redis, clock.now())
