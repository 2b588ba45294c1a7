"""Sending what was committed: in order per conversation, each message claimed, sent and settled."""

from collections.abc import Mapping
from uuid import UUID

import structlog

from service.messaging import answers
from service.messaging.channels import abilities
from service.messaging.channels.base import Channel, ChannelName, Instance, Outbound
from service.messaging.channels.http import judged
from service.messaging.external_ids import kept
from service.messaging.queries import outbox
from service.messaging.queries.outbox import Claimed, Waiting
from service.platform import events, jobs
from service.platform.database import Database
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
    claimed = await outbox.claim_next(db, organization_id, conversation_id)
    while claimed:
        if isinstance(claimed, Waiting):
            jobs.enqueue("outbox.deliver", organization_id, conversation_id, delay=claimed.wait_seconds)
            break
        try:
            # A channel may call its provider with httpx itself: whatever breaks, the message is settled.
            with judged():
                external_id = await channels[claimed.channel].send(_instance(claimed), _outbound(claimed))
            if not external_id:
                raise SendFailed("O WhatsApp aceitou a mensagem sem dizer qual é.", code="no_id", retry="unknown")
        except SendFailed as error:
            SENDS.labels(claimed.channel, error.retry).inc()
            await _settle_failure(db, settings, organization_id, conversation_id, claimed, error)
            await events.publish(redis, conversation_id, "message")
            return sent
        SENDS.labels(claimed.channel, "sent").inc()
        following = await outbox.settle_sent(db, organization_id, conversation_id, claimed.id, kept(external_id))
        log.info(f"{_prefix(claimed)} Message sent via WhatsApp", to=claimed.address, messageSent=True, externalId=external_id)
        sent, claimed = sent + 1, following
    if sent:
        await events.publish(redis, conversation_id, "message")
    return sent


async def _settle_failure(
    db: Database, settings: Settings, organization_id: UUID, conversation_id: UUID, claimed: Claimed, error: SendFailed
) -> None:
    failure = {"code": error.code, "detail": str(error)}
    log.error(
        f"{_prefix(claimed)} Message not sent",
        to=claimed.address,
        messageSent=False,
        retry=error.retry,
        errorCode=error.code,
        err=str(error),
    )
    limited = error.limit is not None and claimed.age_seconds < settings.send_deadline
    if error.retry == "unknown":
        await outbox.settle_unsure(db, organization_id, claimed.id, **failure)
    elif error.retry == "later" and (claimed.send_attempts <= len(RETRY_DELAYS) or limited):
        delay = max(error.delay, RETRY_DELAYS[min(claimed.send_attempts, len(RETRY_DELAYS)) - 1])
        await outbox.settle_later(db, organization_id, claimed.id, **failure, delay=delay, limit=error.limit if limited else None)
        jobs.enqueue("outbox.deliver", organization_id, conversation_id, delay=delay)
    else:
        alert_id = await outbox.settle_failed(db, organization_id, claimed.id, **failure)
        jobs.enqueue("escalation.notify", alert_id)
        jobs.enqueue("outbox.deliver", organization_id, conversation_id)


def _instance(claimed: Claimed) -> Instance:
    return Instance(
        id=claimed.instance_id,
        channel=claimed.channel,
        phone_number_id=claimed.phone_number_id,
        instance_name=claimed.instance_name,
        api_url=claimed.api_url,
        access_token=claimed.access_token,
    )


def _outbound(claimed: Claimed) -> Outbound:
    """Put together what is sent: the template only where the channel takes free text no more, for it costs more and reads like one."""
    can = abilities(claimed.channel)
    template = claimed.template if can.has_window and can.sends_templates and not claimed.window_open else None
    buttons = answers.buttons(claimed.question) if claimed.question and can.sends_buttons else ()
    return Outbound(claimed.id, claimed.address, claimed.content, template=template, buttons=buttons)


def _prefix(claimed: Claimed) -> str:
    if not claimed.sent_by_ai:
        return "[INBOX]"
    return "[AURORA]" if claimed.author == "aurora" else "[CLIENT-AI]"
