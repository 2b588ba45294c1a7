"""One conversation at a time: claim what is unanswered, run the turn, commit, send, until nothing is left."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal
from uuid import UUID, uuid4

import dramatiq
import structlog
from dramatiq.middleware import CurrentMessage

from graphs.client.escalation import HOLDING, emergency_reply
from graphs.context import Context
from graphs.history import waiting_emergency
from graphs.runner import TurnResult, run_turn
from service.messaging import outbox
from service.messaging.channels import abilities
from service.messaging.channels.base import Instance
from service.platform import events, jobs
from service.platform.database import Row
from service.platform.errors import ModelFailed, Overtaken, SendFailed
from service.platform.log import bound
from service.platform.settings import RETRY_DELAYS
from service.platform.telemetry import TURN_SECONDS, TURNS
from service.turns import limits
from service.turns.queries import mailbox
from service.turns.queries.briefing import Briefing
from tasks.resources import Resources, Stopped, resources

log = structlog.get_logger()

# "again": put back, to be claimed anew at once; "stopped": left for a retry or to people; else committed.
Outcome = Literal["drained", "more", "again", "stopped"]

APOLOGY = "Tive um problema para responder agora, mas já avisei a nossa equipe: uma pessoa continua o seu atendimento por aqui. 🐾"
# A worker that dies with a turn leaves no failure behind, only a claim, and so does a model that is asked too much: this many claims
# without an end are a poisoned turn.
MAX_CLAIMS = 10
# Seconds, times the attempts so far, before a model that is asked too much is asked again.
LIMITED_DELAY = 2.0
# Seconds after which a wake-up that came to a stopping worker comes again, to another.
STOPPING_DELAY = 0.5


@dramatiq.actor(actor_name="conversation.process", queue_name=jobs.QUEUE)
async def process(organization_id: str, conversation_id: str, correlation_id: str | None = None) -> None:
    """Wake-up of a conversation; lost, late and doubled ones do no harm."""
    r, shop, conversation = resources(), UUID(organization_id), UUID(conversation_id)
    message = CurrentMessage.get_current_message()
    job_id = message.message_id if message else str(uuid4())
    if r.stopping:
        jobs.enqueue("conversation.process", shop, conversation, delay=STOPPING_DELAY)
    elif r.line.enter(shop, conversation):
        try:
            await answer(r, shop, conversation, job_id=job_id)
        finally:
            for waiting in r.line.leave(shop):
                jobs.enqueue("conversation.process", shop, waiting)


async def answer(r: Resources, organization_id: UUID, conversation_id: UUID, *, job_id: str) -> int:
    """Answer everything that waits in a conversation. Returns how many turns were committed.

    Whoever gets the lease drains the mailbox; everybody else goes home, or comes back when the customer has been quiet long enough.
    """
    turns = 0
    while not r.stopping:
        token = uuid4()
        state = await mailbox.claim(
            r.db, organization_id, conversation_id, token=token, turn_id=uuid4(), lease_seconds=r.settings.lease_seconds,
            quiet_window=r.settings.quiet_window, quiet_cap=r.settings.quiet_cap,
        )  # fmt: skip
        if state is None or not state["leased"]:
            if state and state["status"] == "active" and state["unanswered"] and (state["wait_seconds"] or 0) > 0:
                jobs.enqueue("conversation.process", organization_id, conversation_id, delay=state["wait_seconds"])
            return turns
        briefing: Briefing = state["briefing"]
        context = _context(briefing, organization_id, conversation_id, token)
        with bound(
            jobId=job_id, organizationId=organization_id, instanceId=briefing["instance"]["id"], conversationId=conversation_id,
            turnId=context.turn_id, correlationId=context.correlation_id, simulated=abilities(briefing["instance"]["channel"]).is_simulated,
        ):  # fmt: skip
            outcome = await _turn(r, state, context, token)
        turns += outcome in ("drained", "more")
        if outcome in ("drained", "stopped"):
            return turns
    jobs.enqueue("conversation.process", organization_id, conversation_id)
    return turns


def _context(briefing: Briefing, organization_id: UUID, conversation_id: UUID, token: UUID) -> Context:
    waiting = [row for row in briefing["history"] if row["unanswered"]]
    turn_id = waiting[0]["turn_id"] if waiting else briefing["handback"]["id"]  # type: ignore[index]
    return Context(
        organization_id=organization_id,
        conversation_id=conversation_id,
        contact_id=briefing["contact"]["id"],
        turn_id=turn_id,
        lease_token=token,
        is_owner=briefing["owner"] is not None,
        timezone=briefing["organization"]["timezone"],
        correlation_id=waiting[-1]["correlation_id"] if waiting else None,
    )


async def _turn(r: Resources, state: Row, context: Context, token: UUID) -> Outcome:
    """Run one claimed turn to its commit, or to its retry or dead letter."""
    started = time.perf_counter()
    briefing: Briefing = state["briefing"]
    prefix = "[AURORA]" if context.is_owner else "[CLIENT-AI]"
    _log_start(briefing, context, prefix)
    await events.publish(r.redis, context.conversation_id, "turn")
    try:
        if state["turn_claims"] > MAX_CLAIMS:
            raise RuntimeError(f"{MAX_CLAIMS} attempts ended without an answer or an error.")
        # What was said before a person gave the conversation back was theirs to judge.
        history = [] if briefing["handback"] else briefing["history"]
        # An emergency goes to a person anyway, and is told so in its own words.
        limited = not context.is_owner and not waiting_emergency(briefing)
        if limited and (reason := limits.exceeded(state, history, r.settings)):
            await _set_aside(r, context, token, briefing, reason)
            return "stopped"
        _show_typing(r, state)
        async with _heartbeat(r, context, token):
            result = await r.until_stopped(run_turn(r.graph, r.models, briefing, context, callbacks=r.callbacks))
        _log_response(result, prefix)
        commit = await _commit(r, result, briefing, context, token, prefix)
    except Overtaken as error:
        TURNS.labels("aurora" if context.is_owner else "client", "overtaken").inc()
        log.info("[WORKER] Turn overtaken, beginning again", err=str(error))
        await mailbox.release(r.db, context.organization_id, context.conversation_id, token, redraft=True)
        return "again"
    except Stopped:
        await mailbox.release(r.db, context.organization_id, context.conversation_id, token, redraft=False)
        jobs.enqueue("conversation.process", context.organization_id, context.conversation_id)
        log.info("[WORKER] Turn handed back, the worker stops")
        return "stopped"
    # The turn's boundary: whatever broke it becomes a retry, and then a dead letter that people see.
    except Exception as error:  # noqa: BLE001
        await _failed(r, state, context, token, error)
        return "stopped"
    if result.alert_id:
        jobs.enqueue("escalation.notify", result.alert_id)
    await outbox.deliver(r.db, r.channels, r.redis, r.settings, context.organization_id, context.conversation_id)
    elapsed = time.perf_counter() - started
    TURNS.labels(result.ai_type, "success").inc()
    TURN_SECONDS.labels(result.ai_type).observe(elapsed)
    log.info("✅ Job completed", success=True, isOwner=context.is_owner, processingTime=f"{elapsed:.1f}s")
    return "more" if commit["more"] else "drained"


async def _commit(r: Resources, result: TurnResult, briefing: Briefing, context: Context, token: UUID, prefix: str) -> Row:
    row = await mailbox.commit(
        r.db,
        context.organization_id,
        {
            "conversation_id": context.conversation_id,
            "token": token,
            "turn_id": context.turn_id,
            "claimed_at": briefing["now"],
            "answered": result.answered,
            "content": result.content,
            "correlation_id": context.correlation_id,
            "ai_type": result.ai_type,
            "model": result.model,
            "temperature": result.temperature,
            "prompt_tokens": result.prompt_tokens,
            "completion_tokens": result.completion_tokens,
            "function_calls": result.function_calls,
            "function_results": result.function_results,
            "model_calls": result.model_calls,
            "latency_ms": result.latency_ms,
            "cost_usd": result.cost_usd,
            "owner_number_id": briefing["owner"]["id"] if briefing["owner"] else None,
        },
    )
    if not row["leased"]:
        raise Overtaken("The customer wrote on, or another worker took over; nothing was written.")
    log.info(
        f"{prefix} Data saved to database",
        messagesSaved=row["answered"] + (1 if row["reply_id"] else 0),
        interactionSaved=row["interaction_saved"],
    )
    return row


async def _failed(r: Resources, state: Row, context: Context, token: UUID, error: Exception) -> None:
    ai_type = "aurora" if context.is_owner else "client"
    organization_id, conversation_id = context.organization_id, context.conversation_id
    limited = isinstance(error, ModelFailed) and error.limited
    attempt = state["turn_failures"] + (not limited)
    log.error("[WORKER] Job failed", attempt=attempt, errorType=type(error).__name__, err=str(error), exc_info=error)
    if attempt <= len(RETRY_DELAYS) and state["turn_claims"] <= MAX_CLAIMS:
        TURNS.labels(ai_type, "retry").inc()
        at_least = error.retry_after if isinstance(error, ModelFailed) else 0.0
        if limited:
            at_least = max(at_least, LIMITED_DELAY * state["turn_claims"])
        row = await mailbox.give_back(
            r.db, organization_id, conversation_id, token, list(RETRY_DELAYS), at_least=at_least, counts=not limited
        )
        if row:
            jobs.enqueue("conversation.process", organization_id, conversation_id, delay=row["delay"])
        return
    TURNS.labels(ai_type, "dead").inc()
    briefing: Briefing = state["briefing"]
    urgent = not context.is_owner and waiting_emergency(briefing)
    letter = await mailbox.bury(
        r.db,
        organization_id,
        {
            "conversation_id": conversation_id,
            "token": token,
            "turn_id": context.turn_id,
            "case_key": f"failed:{context.turn_id}",
            "error_type": type(error).__name__,
            "detail": str(error)[:2000],
            "attempts": attempt,
            "ai_type": ai_type,
            "model": r.models.name(briefing["settings"]["ai_config"], ai_type),  # type: ignore[arg-type]
            "reason": "A resposta automática falhou",
            "content": emergency_reply(briefing) if urgent else APOLOGY,
            "title": f"{'Emergência: n' if urgent else 'N'}ão consegui responder {briefing['contact']['name'] or 'um cliente'}",
        },
    )
    if letter:
        log.error("[WORKER] Moved to dead letters", deadLetterId=str(letter["dead_letter_id"]), attempts=attempt)
        jobs.enqueue("escalation.notify", letter["alert_id"])
        await outbox.deliver(r.db, r.channels, r.redis, r.settings, organization_id, conversation_id)


async def _set_aside(r: Resources, context: Context, token: UUID, briefing: Briefing, reason: str) -> None:
    TURNS.labels("client", "limited").inc()
    log.warning("[WORKER] Given to a person", reason=reason)
    case = {
        "conversation_id": context.conversation_id,
        "token": token,
        "turn_id": context.turn_id,
        "case_key": f"limit:{context.turn_id}",
        "reason": reason,
        "content": HOLDING,
        "title": f"{briefing['contact']['name'] or 'Um cliente'} precisa de uma pessoa",
        "detail": reason,
    }
    if alert_id := await mailbox.set_aside(r.db, context.organization_id, case):
        jobs.enqueue("escalation.notify", alert_id)
        await outbox.deliver(r.db, r.channels, r.redis, r.settings, context.organization_id, context.conversation_id)


@asynccontextmanager
async def _heartbeat(r: Resources, context: Context, token: UUID) -> AsyncIterator[None]:
    """Keep the lease while the block runs; the commit finds out by itself when it was lost."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(r.settings.lease_seconds / 3)
            if not await mailbox.extend_lease(r.db, context.organization_id, context.conversation_id, token, r.settings.lease_seconds):
                return

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()


def _show_typing(r: Resources, state: Row) -> None:
    """Mark the customer's last message as read and show "digitando…", beside the turn. Only a courtesy: its failure is logged."""
    waiting = [row["external_id"] for row in state["briefing"]["history"] if row["unanswered"] and row["external_id"]]
    instance = Instance(**state["instance"])

    async def show() -> None:
        try:
            await r.channels[instance.channel].show_typing(instance, waiting[-1], state["address"])
        except SendFailed as error:
            log.info("[OUTBOX] Typing indicator not shown", err=str(error))

    if waiting and abilities(instance.channel).shows_typing:
        r.in_background(show())


def _log_start(briefing: Briefing, context: Context, prefix: str) -> None:
    waiting = [row for row in briefing["history"] if row["unanswered"]]
    phone = briefing["contact"]["phone"]
    log.info("[WORKER] Processing message", **{"from": phone}, messageContent=" / ".join(row["content"] for row in waiting))
    kind: dict[str, Any] = (
        {"from": phone, "type": "OWNER", "agentType": "aurora"}
        if context.is_owner
        else {"from": phone, "type": "CLIENT", "agentType": "client-ai"}
    )
    log.info(f"{prefix} Processing {'owner' if context.is_owner else 'client'} message", **kind)
    log.info(
        f"{prefix} Context loaded",
        contactId=str(context.contact_id),
        historyMessages=len(briefing["history"]),
        petsCount=len(briefing["pets"]),
    )


def _log_response(result: TurnResult, prefix: str) -> None:
    log.info(
        f"{prefix} Response generated",
        responseLength=len(result.content or ""),
        completionTokens=result.completion_tokens,
        totalTokens=result.prompt_tokens + result.completion_tokens,
    )
