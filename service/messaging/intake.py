"""Intake: what a webhook brought becomes rows, once, and wakes the conversations that now wait for an answer."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import structlog
from psycopg.types.json import Jsonb

from service.language import emergency, emergency_over
from service.language.optout import wish
from service.language.text import shortened
from service.messaging import echoes, identities
from service.messaging.answers import is_thumb_up
from service.messaging.channels import abilities
from service.messaging.channels.base import ChannelName, Delivery, Inbound, InstanceKey, NewNames, Status
from service.messaging.channels.payload import UNKNOWN
from service.messaging.external_ids import LONGEST_ID, kept
from service.messaging.media.noting import noted
from service.messaging.queries import intake
from service.messaging.queries.echoes import Echo, NewEcho
from service.messaging.queries.intake import NewMessage, Route, Stored
from service.messaging.queries.statuses import NewStatus, Settled
from service.platform import clock, events, jobs
from service.platform.database import Database
from service.platform.errors import TooLarge, Unauthorized
from service.platform.settings import Settings
from service.platform.telemetry import MESSAGES, STATUSES, UNKNOWN_NUMBERS

log = structlog.get_logger()

# About another message or about the chat itself: there is nothing to answer. A 👍 on a question that is open is an answer all the same.
NOT_ANSWERED = frozenset({"reaction", "system", "edit", "revoke", "user_id_update"})
REVISIONS = frozenset({"edit", "revoke"})
DEEPEST_RAW = 40
# A provider sends no more at once; and of so many each is stored in one transaction, so that others get their turn in between.
MOST_IN_A_BODY = 1000
MOST_AT_ONCE = 100
NO_INSTANCE = "No active instance has this address."

Text = TypeVar("Text", str, str | None)


@dataclass(frozen=True, slots=True)
class Woken:
    """A conversation that got something to answer."""

    organization_id: UUID
    conversation_id: UUID


async def require_known(db: Database, key: InstanceKey) -> None:
    """Raise Unauthorized where no active instance has this key."""
    if not await intake.is_known(db, _route(key)):
        raise Unauthorized(NO_INSTANCE)


async def receive(
    db: Database,
    deliveries: Sequence[Delivery],
    *,
    settings: Settings,
    correlation_id: str | None,
    redis: events.Publisher | None = None,
) -> list[Woken]:
    """Store what came in, one round trip per number, and after the commit wake what waits; live pages hear of it through `redis`.

    Of one number `MOST_AT_ONCE` are stored all or none. Raises TooLarge for more than `MOST_IN_A_BODY`, and then stores nothing. Duplicates
    store nothing. A number that no active instance has is logged, counted and skipped; where its key carries a secret,
    raises Unauthorized, for a delivery of nothing too. Raises psycopg.OperationalError when the database can't be reached: then
    nothing of that number is stored.
    """
    if sum(len(delivery.messages) + len(delivery.statuses) for delivery in deliveries) > MOST_IN_A_BODY:
        raise TooLarge(f"A body may bring {MOST_IN_A_BODY} messages and statuses.")
    woken: list[Woken] = []
    for delivery in (part for whole in deliveries for part in _parts(whole)):
        channel = delivery.key.channel
        messages = [_message(m, settings, correlation_id) for m in delivery.messages if _is_somebodys(m)]
        # The provider's order is kept per person; statuses are ordered so that two deliveries never wait for each other's rows.
        statuses = [_status(s, channel) for s in sorted(delivery.statuses, key=lambda s: s.external_id)]
        route = _route(delivery.key)
        outcome = await intake.store(db, route, messages, statuses)
        instance, stored, settled = outcome.instance, outcome.stored, outcome.settled
        if instance is None:
            if delivery.key.secret is not None:
                raise Unauthorized(NO_INSTANCE)
            UNKNOWN_NUMBERS.labels(channel).inc()
            log.warning("[WEBHOOK] Unknown number", channel=channel, number=route.value)
            continue
        _count(channel, messages, stored, delivery.statuses, settled)
        organization_id = instance.organization_id
        new = [row for row in stored if row]
        quiet_window = settings.quiet_window if instance.quiet_window is None else instance.quiet_window
        urgent = {row.conversation_id for row in new if row.waits and row.emergency}
        for conversation_id in _each(row.conversation_id for row in new if row.waits and row.status == "active"):
            delay = None if conversation_id in urgent else quiet_window
            jobs.enqueue("conversation.process", organization_id, conversation_id, correlation_id=correlation_id, delay=delay)
            woken.append(Woken(organization_id, conversation_id))
        for alert_id in (row.alert_id for row in new if row.alert_id):
            jobs.enqueue("escalation.notify", alert_id)
        for file in outcome.files:
            jobs.enqueue("media.fetch", file.organization_id, file.id)
        _follow_up(organization_id, [row for row in settled if row], correlation_id)
        _follow_up_echoes(organization_id, outcome.echoes, correlation_id)
        identities.follow_up(organization_id, outcome.resolved, correlation_id)
        if redis:
            for conversation_id in _each(row.conversation_id for row in stored if row):
                await events.publish(redis, conversation_id, "message")
            ours = [echo.conversation_id for echo in outcome.echoes if echo.outcome == "ours"]
            for conversation_id in _each([*(row.conversation_id for row in settled if row and row.moved), *ours]):
                await events.publish(redis, conversation_id, "status")
    return woken


def _parts(delivery: Delivery) -> Iterator[Delivery]:
    """Yield a delivery in parts that are stored at once, in order; as it is where it is no larger."""
    if len(delivery.messages) + len(delivery.statuses) <= MOST_AT_ONCE:
        yield delivery
        return
    for start in range(0, len(delivery.messages), MOST_AT_ONCE):
        yield replace(delivery, messages=delivery.messages[start : start + MOST_AT_ONCE], statuses=())
    for start in range(0, len(delivery.statuses), MOST_AT_ONCE):
        yield replace(delivery, messages=(), statuses=delivery.statuses[start : start + MOST_AT_ONCE])


def _route(key: InstanceKey) -> Route:
    return Route(key.channel, abilities(key.channel).key, _bounded(key.value, LONGEST_ID), _bounded(key.secret, LONGEST_ID))


def _follow_up(organization_id: UUID, settled: Sequence[Settled], correlation_id: str | None) -> None:
    """Wake what a status sets free: the next message in line, and the alert of a failure."""
    for conversation_id in _each(row.conversation_id for row in settled if row.freed):
        jobs.enqueue("outbox.deliver", organization_id, conversation_id, correlation_id=correlation_id)
    for alert_id in _each(row.alert_id for row in settled if row.alert_id):
        jobs.enqueue("escalation.notify", alert_id)


def _is_somebodys(message: Inbound) -> bool:
    """Tell whether it can be known whose a message is, by itself or by the one that it changes."""
    return bool(message.phone or message.user_id or message.address) or not message.sender_known


def _follow_up_echoes(organization_id: UUID, found: Sequence[Echo], correlation_id: str | None) -> None:
    """Wake what an echo sets free: the message after our own, the AI where a person has given a conversation back, and an alert."""
    for echo in found:
        log.info("[WEBHOOK] Echo", conversationId=str(echo.conversation_id), outcome=echo.outcome)
        if echo.outcome == "ours":
            jobs.enqueue("outbox.deliver", organization_id, echo.conversation_id, correlation_id=correlation_id)
        elif echo.outcome == "handed_back":
            jobs.enqueue("conversation.process", organization_id, echo.conversation_id, correlation_id=correlation_id)
        if echo.alert_id:
            jobs.enqueue("escalation.notify", echo.alert_id)


def _message(message: Inbound, settings: Settings, correlation_id: str | None) -> NewMessage:
    # No clock but ours: an instant in the future, or beyond what a time zone can show, becomes now.
    sent_at = min(message.sent_at, clock.now())
    fresh = clock.now() - sent_at <= timedelta(seconds=settings.answer_max_age)
    phone = _bounded(message.phone, LONGEST_ID)
    user_id = _bounded(message.user_id, LONGEST_ID)
    if not (phone and any(c.isdigit() for c in phone)):
        phone, user_id = None, user_id or _bounded(message.address, LONGEST_ID)
    becomes = message.becomes or NewNames()
    # Rules, people and the model read no more than this; `raw` keeps the rest.
    content = shortened(_bounded(message.text))
    customers = message.answerable and fresh and not message.from_me
    answerable = customers and message.message_type not in NOT_ANSWERED
    kind = emergency.recognise(content) if answerable or (customers and message.message_type == "edit") else None
    return NewMessage(
        external_id=kept(message.external_id),
        phone=phone,
        user_id=user_id or None,
        parent_user_id=_bounded(message.parent_user_id, LONGEST_ID) or None,
        username=_bounded(message.username, LONGEST_ID) or None,
        named_at=clock.now() if sent_at == UNKNOWN else sent_at,
        words=Jsonb(identities.WORDS),
        changes=message.becomes is not None,
        new_phone=_bounded(becomes.phone, LONGEST_ID) or None,
        new_user_id=_bounded(becomes.user_id, LONGEST_ID) or None,
        new_parent_user_id=_bounded(becomes.parent_user_id, LONGEST_ID) or None,
        address=_bounded(message.address, LONGEST_ID),
        # What the shop's own phone says of itself is not the customer's name.
        name=None if message.from_me else _bounded(message.name, LONGEST_ID) or None,
        message_type=_bounded(message.message_type, LONGEST_ID) or "unsupported",
        content=content,
        sent_at=sent_at,
        from_me=message.from_me,
        quoted_external_id=kept(message.quoted_external_id) if message.quoted_external_id else None,
        button_id=_bounded(message.button_id, LONGEST_ID) if customers else None,
        referral=_bounded(message.referral) if customers else None,
        parts=message.parts or None,
        revises=message.message_type in REVISIONS and bool(message.quoted_external_id),
        sender_known=message.sender_known,
        agrees=customers and message.message_type == "reaction" and is_thumb_up(content),
        answerable=answerable,
        emergency=kind,
        emergency_reason=emergency.REASONS[kind] if kind else None,
        pets_words=emergency.if_called(content) if kind else [],
        takes_back=answerable and emergency_over.takes_back(content),
        over_note=emergency_over.NOTE,
        over_reason=emergency_over.REASON,
        wish=wish(content) if answerable else None,
        wish_waiting=wish(content, waits=True) if answerable else None,
        correlation_id=correlation_id,
        raw=Jsonb(_storable(message.raw)),
        author=echoes.author(message.message_type, content) if message.from_me else None,
        echo=_echo(message, content, settings, fresh=fresh) if message.from_me else None,
        file=noted(message, settings, fresh=fresh),
    )


def _echo(message: Inbound, content: str, settings: Settings, *, fresh: bool) -> NewEcho:
    current = message.answerable and fresh
    command = echoes.is_command(message.message_type, content)
    return NewEcho(
        takes_over=current and not command and echoes.is_said(message.message_type, content),
        hands_back=current and command,
        reason=echoes.REASON,
        emergencies=Jsonb(emergency.REASONS),
        pause_hours=settings.pause_hours,
    )


def _status(status: Status, channel: ChannelName) -> NewStatus:
    return NewStatus(
        external_id=kept(status.external_id),
        our_id=_uuid(status.our_id),
        state=status.state,
        at=clock.now() if status.at == UNKNOWN else min(status.at, clock.now()),
        # Where our own id comes back, what is not known by it is another system's.
        may_be_early=not abilities(channel).echoes_our_id,
        error_code=_bounded(status.error_code, LONGEST_ID),
        error_detail=_bounded(status.error_detail, 2000),
    )


def _count(
    channel: str,
    messages: Sequence[NewMessage],
    stored: Sequence[Stored | None],
    statuses: Sequence[Status],
    settled: Sequence[Settled | None],
) -> None:
    for message, row in zip(messages, stored, strict=True):
        MESSAGES.labels(channel, "duplicate" if row is None else "answerable" if message.answerable else "not_answerable").inc()
    for status, done in zip(sorted(statuses, key=lambda s: s.external_id), settled, strict=True):
        STATUSES.labels(status.state, "known" if done else "unknown").inc()


def _each(ids: Iterable[UUID]) -> list[UUID]:
    """Return each once, in order of appearance."""
    return list(dict.fromkeys(ids))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _bounded(text: Text, longest: int | None = None) -> Text:
    """Return the text without what Postgres can't hold: NUL and halves of surrogate pairs."""
    return text if text is None else text.replace("\0", "").encode("utf-8", "replace").decode()[:longest]


def _storable(value: Any, depth: int = 0) -> Any:
    """Return the same JSON without what jsonb refuses; what is nested beyond reason is left out."""
    if isinstance(value, str):
        return _bounded(value)
    if isinstance(value, dict):
        return {_bounded(str(k)): _storable(v, depth + 1) for k, v in value.items()} if depth < DEEPEST_RAW else None
    if isinstance(value, list | tuple):
        return [_storable(v, depth + 1) for v in value] if depth < DEEPEST_RAW else None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
