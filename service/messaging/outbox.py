"""Sending what was committed: in order per conversation, each message claimed, sent and settled."""

from collections.abc import Mapping
from uuid import UUID

import structlog

from service.messaging.channels.base import Channel, ChannelName, Instance, Outbound, Template
from service.messaging.queries import outbox
from service.platform import events, jobs
from service.platform.database import Database, Row
from service.platform.errors import SendFailed
from service.platform.settings import RETRY_DELAYS, Settings
from service.platform.telemetry import SENDS

log = structlog.get_logger()


async def deliver(
    db: Database,
    channels: Mapping[ChannelName, Channel],
    redis: events.Publisher,
    settings: Settings,
    organization_id: UUID,
    conversation_id: UUID,
) -> int:
    """Send everything that a conversation has in line, until it is empty or a send has to wait. Returns how many were sent."""
    sent = 0
    row = await outbox.claim_next(db, organization_id, conversation_id)
    while row:
        if row["wait_seconds"] > 0:
            jobs.enqueue("outbox.deliver", organization_id, conversation_id, delay=row["wait_seconds"])
            break
        try:
            external_id = await channels[row["channel"]].send(_instance(row), _outbound(row))
        except SendFailed as error:
            SENDS.labels(row["channel"], error.retry).inc()
            await _settle_failure(db, settings, organization_id, conversation_id, row, error)
            await events.publish(redis, conversation_id, "message")
            return sent
        SENDS.labels(row["channel"], "sent").inc()
        next_row = await outbox.settle_sent(db, organization_id, conversation_id, row["id"], external_id)
        log.info(f"{_prefix(row)} Message sent via WhatsApp", to=row["address"], messageSent=True, externalId=external_id)
        sent, row = sent + 1, next_row
    if sent:
        await events.publish(redis, conversation_id, "message")
    return sent


async def _settle_failure(
    db: Database, settings: Settings, organization_id: UUID, conversation_id: UUID, row: Row, error: SendFailed
) -> None:
    failure = {"code": error.code, "detail": str(error)}
    log.error(
        f"{_prefix(row)} Message not sent", to=row["address"], messageSent=False, retry=error.retry, errorCode=error.code, err=str(error)
    )
    limited = error.limit is not None and row["age_seconds"] < settings.send_deadline
    if error.retry == "unknown":
        await outbox.settle_unsure(db, organization_id, row["id"], **failure)
    elif error.retry == "later" and (row["send_attempts"] <= len(RETRY_DELAYS) or limited):
        delay = max(error.delay, RETRY_DELAYS[min(row["send_attempts"], len(RETRY_DELAYS)) - 1])
        await outbox.settle_later(db, organization_id, row["id"], **failure, delay=delay, limit=error.limit if limited else None)
        jobs.enqueue("outbox.deliver", organization_id, conversation_id, delay=delay)
    else:
        alert_id = await outbox.settle_failed(db, organization_id, row["id"], **failure)
        jobs.enqueue("escalation.notify", alert_id)
        jobs.enqueue("outbox.deliver", organization_id, conversation_id)


def _instance(row: Row) -> Instance:
    return Instance(
        id=row["instance_id"],
        channel=row["channel"],
        phone_number_id=row["phone_number_id"],
        instance_name=row["instance_name"],
        api_url=row["api_url"],
        access_token=row["access_token"],
    )


def _outbound(row: Row) -> Outbound:
    """The text, with its template only where WhatsApp's 24 hours are over: a template costs more, and reads like one."""
    template = row["template"] if not row["window_open"] else None
    return Outbound(
        row["id"],
        row["address"],
        row["content"],
        template=Template(template["name"], template["language"], tuple(template["parameters"])) if template else None,
    )


def _prefix(row: Row) -> str:
    if not row["sent_by_ai"]:
        return "[INBOX]"
    return "[AURORA]" if row["author"] == "aurora" else "[CLIENT-AI]"
