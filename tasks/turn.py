"""One claimed turn: thought up, committed and sent; given to a person at once; or what its failure makes of it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal
from uuid import UUID

import structlog

from graphs.client.escalation import emergency_reply, holding_reply
from graphs.context import Context
from graphs.history import waiting_emergency
from graphs.runner import TurnResult, run_turn
from service.messaging import outbox
from service.messaging.channels import abilities
from service.messaging.channels.http import judged
from service.platform import events, jobs
from service.platform.errors import AppError, Overtaken, SendFailed
from service.platform.log import bound, said
from service.platform.telemetry import TURN_SECONDS, TURNS
from service.turns import alerts, limits
from service.turns.briefing import AiConfig
from service.turns.failures import MAX_CLAIMS, Again, GiveUp, HandBack, Poisoned, Retry, consequence
from service.turns.queries import mailbox
from service.turns.turn import AiType, Case, Claim, Commit, Committed, Failure, Lease, Replaced, Unreadable
from tasks.resources import Resources

log = structlog.get_logger()

# "again": put back, to be claimed anew at once; "stopped": left for a retry or to people; else committed.
Outcome = Literal["drained", "more", "again", "stopped"]

PREFIXES: dict[AiType, str] = {"client": "[CLIENT-AI]", "aurora": "[AURORA]"}
APOLOGY = "Tive um problema para responder agora, mas já avisei a nossa equipe: uma pessoa continua o seu atendimento por aqui. 🐾"
FAILED = "A resposta automática falhou"
LONGEST_DETAIL = 2000


async def run(r: Resources, claim: Claim, *, job_id: str) -> Outcome:
    """Bring a claimed turn to its commit, or to its retry or dead letter."""
    context = _context(claim)
    with bound(
        jobId=job_id, organizationId=context.organization_id, instanceId=claim.instance.id, conversationId=context.conversation_id,
        turnId=context.turn_id, correlationId=context.correlation_id, simulated=abilities(claim.instance.channel).is_simulated,
    ):  # fmt: skip
        started = time.perf_counter()
        _log_start(claim)
        await events.publish(r.redis, context.conversation_id, "turn")
        try:
            if claim.claims > MAX_CLAIMS:
                raise Poisoned
            if reason := _limit(r, claim):
                await _set_aside(r, claim, reason)
                return "stopped"
            _show_typing(r, claim)
            async with _heartbeat(r, claim.lease):
                result = await r.until_stopped(run_turn(r.graph, r.models, claim.briefing, context, callbacks=r.callbacks))
            _log_response(result)
            committed = await _commit(r, claim, result)
        # The turn's boundary: whatever broke it becomes a retry, and then a dead letter that people see.
        except Exception as error:  # noqa: BLE001
            return await _broken_off(r, claim, error)
        await _deliver(r, claim.lease, result.alert_id)
        await _tell_of_model(r, result.replaced)
        elapsed = time.perf_counter() - started
        TURNS.labels(claim.ai_type, "success").inc()
        TURN_SECONDS.labels(claim.ai_type).observe(elapsed)
        log.info("✅ Job completed", success=True, isOwner=context.is_owner, processingTime=f"{elapsed:.1f}s")
        return "more" if committed.more else "drained"


async def give_up_unread(r: Resources, unreadable: Unreadable) -> None:
    """Bury a turn whose briefing can't be read: trying again would read the same."""
    TURNS.labels("client", "dead").inc()
    log.error("[WORKER] Briefing can't be read", conversationId=str(unreadable.lease.conversation_id), err=unreadable.error)
    model = r.models.name(AiConfig(), "client")
    failure = Failure("Unreadable", unreadable.error[:LONGEST_DETAIL], attempts=1, ai_type="client", model=model)
    pause = timedelta(hours=r.settings.pause_hours)
    case = Case(alert="turn_failed", reason=FAILED, content=APOLOGY, title="Não consegui responder um cliente", pause=pause)
    await _bury(r, unreadable.lease, case, failure)


def _context(claim: Claim) -> Context:
    return Context(
        organization_id=claim.lease.organization_id,
        conversation_id=claim.lease.conversation_id,
        contact_id=claim.briefing.contact.id,
        turn_id=claim.lease.turn_id,
        lease_token=claim.lease.token,
        is_owner=claim.briefing.owner is not None,
        timezone=claim.briefing.zone,
        correlation_id=claim.correlation_id,
    )


def _limit(r: Resources, claim: Claim) -> str | None:
    """Say why this turn is not for the AI; None where it is. An owner's always is, and an emergency goes to a person in its own words."""
    briefing = claim.briefing
    if briefing.owner or waiting_emergency(briefing):
        return None
    # What was said before a person gave the conversation back was theirs to judge.
    return limits.exceeded(claim.usage, () if briefing.handback else briefing.history, r.settings)


async def _commit(r: Resources, claim: Claim, result: TurnResult) -> Committed:
    briefing = claim.briefing
    turn = Commit(
        answered=result.answered,
        content=result.content,
        interaction=result.interaction,
        claimed_at=briefing.now,
        correlation_id=claim.correlation_id,
        owner_number_id=briefing.owner.id if briefing.owner else None,
        question=result.question,
    )
    committed = await mailbox.commit(r.db, claim.lease, turn)
    if committed is None:
        raise Overtaken("The customer wrote on, or another worker took over; nothing was written.")
    log.info(
        f"{PREFIXES[claim.ai_type]} Data saved to database",
        messagesSaved=committed.answered + (1 if committed.reply_id else 0),
        interactionSaved=committed.interaction_saved,
    )
    return committed


async def _broken_off(r: Resources, claim: Claim, error: Exception) -> Outcome:
    """Do with a turn what its failure makes of it."""
    lease = claim.lease
    becomes = consequence(error, claims=claim.claims, failures=claim.failures)
    match becomes:
        case Again():
            TURNS.labels(claim.ai_type, "overtaken").inc()
            log.info("[WORKER] Turn overtaken, beginning again", err=str(error))
            await mailbox.release(r.db, lease, redraft=True)
            return "again"
        case HandBack():
            await mailbox.release(r.db, lease, redraft=False)
            jobs.enqueue("conversation.process", lease.organization_id, lease.conversation_id)
            log.info("[WORKER] Turn handed back, the worker stops")
        case Retry(seconds, counts):
            _log_failure(error, claim.failures + counts)
            TURNS.labels(claim.ai_type, "retry").inc()
            if await mailbox.give_back(r.db, lease, delay=seconds, counts=counts):
                jobs.enqueue("conversation.process", lease.organization_id, lease.conversation_id, delay=seconds)
        case GiveUp(attempts):
            _log_failure(error, attempts)
            TURNS.labels(claim.ai_type, "dead").inc()
            await _give_up(r, claim, error, attempts)
    return "stopped"


async def _give_up(r: Resources, claim: Claim, error: Exception, attempts: int) -> None:
    briefing = claim.briefing
    urgent = briefing.owner is None and waiting_emergency(briefing)
    case = Case(
        alert="turn_failed",
        reason=FAILED,
        content=emergency_reply(briefing) if urgent else holding_reply(briefing, APOLOGY),
        title=f"{'Emergência: n' if urgent else 'N'}ão consegui responder {briefing.contact.name or 'um cliente'}",
        pause=briefing.settings.pause(r.settings.pause_hours),
    )
    model = r.models.name(briefing.settings.ai_config, claim.ai_type)
    await _bury(r, claim.lease, case, Failure(type(error).__name__, _explained(error), attempts, claim.ai_type, model))


async def _bury(r: Resources, lease: Lease, case: Case, failure: Failure) -> None:
    if buried := await mailbox.bury(r.db, lease, case, failure):
        log.error("[WORKER] Moved to dead letters", deadLetterId=str(buried.dead_letter_id), attempts=failure.attempts)
        await _deliver(r, lease, buried.alert_id)


async def _set_aside(r: Resources, claim: Claim, reason: str) -> None:
    TURNS.labels("client", "limited").inc()
    log.warning("[WORKER] Given to a person", reason=reason)
    case = Case(
        alert="limit",
        reason=reason,
        content=holding_reply(claim.briefing),
        title=f"{claim.briefing.contact.name or 'Um cliente'} precisa de uma pessoa",
        pause=claim.briefing.settings.pause(r.settings.pause_hours),
    )
    if alert_id := await mailbox.set_aside(r.db, claim.lease, case):
        await _deliver(r, claim.lease, alert_id)


async def _deliver(r: Resources, lease: Lease, alert_id: UUID | None) -> None:
    """Send what the turn has written, and have people told."""
    if alert_id:
        jobs.enqueue("escalation.notify", alert_id)
    await outbox.deliver(r.db, r.channels, r.redis, r.settings, lease.organization_id, lease.conversation_id)


async def _tell_of_model(r: Resources, replaced: Replaced | None) -> None:
    """Have the operator told of a model that is gone: once, whoever notices it."""
    if replaced and replaced.model not in r.told_gone:
        if alert_id := await alerts.model_gone(r.db, replaced):
            jobs.enqueue("escalation.notify", alert_id)
        r.told_gone.add(replaced.model)


@asynccontextmanager
async def _heartbeat(r: Resources, lease: Lease) -> AsyncIterator[None]:
    """Keep the lease while the block runs; the commit finds out by itself when it was lost."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(r.settings.lease_seconds / 3)
            if not await mailbox.extend_lease(r.db, lease, r.settings.lease_seconds):
                return

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()


def _show_typing(r: Resources, claim: Claim) -> None:
    """Mark the customer's last message as read and show "digitando…", beside the turn. Only a courtesy: its failure is logged."""
    waiting = [message.external_id for message in claim.briefing.unanswered if message.external_id]

    async def show() -> None:
        try:
            with judged():
                await r.channels[claim.instance.channel].show_typing(claim.instance, waiting[-1], claim.address)
        except SendFailed as error:
            log.info("[OUTBOX] Typing indicator not shown", err=str(error))

    if waiting and abilities(claim.instance.channel).shows_typing:
        r.in_background(show())


def _log_start(claim: Claim) -> None:
    briefing, prefix, is_owner = claim.briefing, PREFIXES[claim.ai_type], claim.briefing.owner is not None
    sender = {"from": briefing.contact.phone}
    log.info("[WORKER] Processing message", **sender, messageContent=" / ".join(message.content for message in briefing.unanswered))
    agent = {"type": "OWNER", "agentType": "aurora"} if is_owner else {"type": "CLIENT", "agentType": "client-ai"}
    log.info(f"{prefix} Processing {'owner' if is_owner else 'client'} message", **sender, **agent)
    log.info(
        f"{prefix} Context loaded",
        contactId=str(briefing.contact.id),
        historyMessages=len(briefing.history),
        petsCount=len(briefing.pets),
    )


def _log_response(result: TurnResult) -> None:
    done = result.interaction
    log.info(
        f"{PREFIXES[done.ai_type]} Response generated",
        responseLength=len(result.content or ""),
        completionTokens=done.completion_tokens,
        totalTokens=done.prompt_tokens + done.completion_tokens,
    )


def _log_failure(error: Exception, attempt: int) -> None:
    log.error("[WORKER] Job failed", attempt=attempt, errorType=type(error).__name__, err=said(error), exc_info=error)


def _explained(error: Exception) -> str:
    """Return what people who look into a failure read of it: also what another server said."""
    detail = error.detail if isinstance(error, AppError) else ""
    return f"{error} {detail}".strip()[:LONGEST_DETAIL]
