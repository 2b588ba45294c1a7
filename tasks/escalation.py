"""Telling the team and the operator."""

from uuid import UUID

import dramatiq

from service.platform import jobs
from service.turns import alerts
from tasks.resources import resources


@dramatiq.actor(actor_name="escalation.notify", queue_name=jobs.QUEUE)
async def notify(alert_id: str) -> None:
    """Carry one alert to the operator's webhook."""
    r = resources()
    await alerts.notify(r.db, r.http, r.settings, UUID(alert_id))
