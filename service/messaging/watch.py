"""Watching the shops' numbers: what the provider has and its webhook never brought, and phones that are not connected.

Evolution drops some messages as doubles of others, and while nobody can be reached it does not try again: what it has stored is compared
with what came in. A message that is found goes the way of every other (`intake.receive`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from service.messaging import intake
from service.messaging.channels.base import Delivery, Inbound, InstanceKey, KeepsHistory
from service.messaging.external_ids import kept
from service.messaging.queries import watch as queries
from service.messaging.queries.watch import Watched
from service.platform import clock, events
from service.platform.database import Database
from service.platform.errors import SendFailed
from service.platform.settings import Settings

log = structlog.get_logger()

# How far back is looked: what is older nobody waits for any longer. The newest half hour is compared whole in any case.
HORIZON, ALWAYS = timedelta(hours=24), timedelta(minutes=30)
# A page has a hundred messages.
MOST_PAGES = 30
# Seconds that a number may be away before people hear of it: less than the time between two looks.
PATIENCE = 120.0
DISCONNECTED = "O celular da loja está desconectado do servidor Evolution: nada chega e nada sai. Leia o QR code de novo no Evolution."
UNREACHABLE = (
    "O servidor Evolution não responde: nada chega e nada sai. Verifique se ele está no ar e se o endereço e a chave estão certos."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a number came to: messages that had not come in, and alerts that people must hear of."""

    messages: int = 0
    alerts: tuple[UUID, ...] = ()


async def look_at(
    db: Database, channel: KeepsHistory, number: Watched, *, settings: Settings, redis: events.Publisher | None = None
) -> Found:
    """Ask a number's provider whether it is connected and what was written, and take in what is missing."""
    try:
        connected = await channel.is_connected(number.instance)
        problem = None if connected else DISCONNECTED
        written = await _written(db, channel, number)
    except SendFailed as error:
        log.warning("[WATCH] Provider does not answer", instanceId=str(number.id), code=error.code)
        problem, written = UNREACHABLE, []
    if problem:
        alert = await queries.down(db, number.organization_id, number.id, body=problem, patience=PATIENCE)
    else:
        alert = await queries.up(db, number.organization_id, number.id)
    late = await _take_in(db, number, written, settings=settings, redis=redis)
    return Found(len(written), (*([alert] if alert else []), *late))


async def _written(db: Database, channel: KeepsHistory, number: Watched) -> list[Inbound]:
    """Return what was written and never came in, the oldest first. What a person of the shop has answered since is not for the AI."""
    now = clock.now()
    since = max(number.created_at, now - HORIZON)
    missing: list[Inbound] = []
    answered: dict[str, datetime] = {}
    for page in range(1, MOST_PAGES + 1):
        written = await channel.written(number.instance, page=page)
        if written is None:
            break
        known = await queries.known(db, number.organization_id, number.id, [kept(message.external_id) for message in written])
        for message in written:
            if message.from_me and not known.get(kept(message.external_id), False):
                answered[message.address] = max(message.sent_at, answered.get(message.address, message.sent_at))
        new = [message for message in written if kept(message.external_id) not in known and message.sent_at >= since]
        missing += new
        oldest = min((message.sent_at for message in written), default=now)
        if oldest < since or not (new or oldest > now - ALWAYS):
            break
    return [_left_to_people(message, answered) for message in sorted(missing, key=lambda message: message.sent_at)]


def _left_to_people(message: Inbound, answered: Mapping[str, datetime]) -> Inbound:
    by_a_person = not message.from_me and message.address in answered and answered[message.address] >= message.sent_at
    return replace(message, answerable=False) if by_a_person else message


async def _take_in(
    db: Database, number: Watched, written: Sequence[Inbound], *, settings: Settings, redis: events.Publisher | None
) -> list[UUID]:
    """Store what was missing, as the webhook would have; return the alerts of what came too late for the AI."""
    if not written:
        return []
    log.warning("[WATCH] Messages that never came in", instanceId=str(number.id), messages=len(written))
    key = InstanceKey(number.channel, number.instance_name or "", number.webhook_secret)
    await intake.receive(db, [Delivery(key, tuple(written))], settings=settings, correlation_id=None, redis=redis)
    oldest = clock.now() - timedelta(seconds=settings.answer_max_age)
    late = [kept(m.external_id) for m in written if m.answerable and not m.from_me and m.sent_at < oldest]
    return await queries.tell_late(db, number.organization_id, number.id, late) if late else []
