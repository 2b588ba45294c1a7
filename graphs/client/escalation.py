"""Handing a conversation to a person, and taking it back."""

from datetime import timedelta
from typing import Any

import structlog
from langchain_core.messages import AIMessage, AnyMessage, ToolCall
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from graphs.context import Context
from graphs.history import NOTE, as_message, newest_seq, replayed, unseen, waiting_emergency
from graphs.loop import UNBACKED, escalation_call, this_turn
from graphs.state import State
from graphs.unclaimed import Load
from service.language import emergency
from service.language.loss import tells_of_death
from service.platform.database import Database
from service.platform.errors import ModelFailed
from service.platform.journal import Effect
from service.platform.settings import Settings
from service.turns.briefing import Briefing
from service.turns.queries import escalations
from service.turns.turn import Case
from tools.escalation import ESCALATE

log = structlog.get_logger()

HOLDING = "Certo! Já chamei uma pessoa da nossa equipe, que continua o atendimento por aqui. 🐾"

# Said where somebody has died, or is lost.
CONDOLENCE = "Sinto muito, de verdade. 🤍 Já chamei uma pessoa da nossa equipe, que continua com você por aqui."
MOURNED = timedelta(days=1)

# Said where no reply of the model's was backed by what its tools returned.
UNSURE = "Quero te passar a informação certa, então chamei uma pessoa da nossa equipe, que continua por aqui. 🐾"


def holding_reply(briefing: Briefing, otherwise: str = HOLDING) -> str:
    """Return what a customer for whom a person is called is told: no cheerful word where a death was told of within the last day."""
    recent = (m.content for m in briefing.history if m.direction == "incoming" and m.at > briefing.now - MOURNED)
    return CONDOLENCE if any(map(tells_of_death, recent)) else otherwise


def emergency_reply(briefing: Briefing) -> str:
    """Return what a customer with an emergency is told at once."""
    shop = briefing.organization
    return emergency.reply(briefing.settings.emergency_text, {"address": shop.address, "phone": shop.phone})


def emergency_call(kind: emergency.Danger) -> ToolCall:
    """Return what stands for the model's call where the model was not asked."""
    return ToolCall(name=ESCALATE, args={"reason": emergency.REASONS[kind]}, id="emergency")


def build_open_escalation(db: Database, settings: Settings) -> Any:
    """Build the node that opens the case: row, silence, holding reply and alert in one statement."""

    async def open_escalation(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        context, briefing = runtime.context, state["briefing"]
        kind = waiting_emergency(briefing)
        call = emergency_call(kind) if kind else escalation_call(this_turn(state))
        if call is None:
            raise ModelFailed("An escalation without a reason.")
        reason = str(call["args"]["reason"])
        name = briefing.contact.name or "Um cliente"
        unsure = call["id"] == UNBACKED
        said = emergency_reply(briefing) if kind else holding_reply(briefing, UNSURE if unsure else HOLDING)
        title = f"Emergência: {name}" if kind else f"A IA não soube responder a {name}" if unsure else f"{name} pede uma pessoa"
        effect = Effect(
            conversation_id=context.conversation_id,
            turn_id=context.turn_id,
            tool_call_id=str(call["id"]),
            name=call["name"],
            args=call["args"],
            lease_token=context.lease_token,
        )
        pause = briefing.settings.pause(settings.pause_hours)
        case = Case(alert="emergency" if kind else "escalation", reason=reason, content=said, title=title, pause=pause)
        alert_id = await escalations.open_case(db, context.organization_id, effect, case, context.correlation_id)
        log.info("[CLIENT-AI] Conversation escalated", kind=case.alert)
        return {
            "messages": [AIMessage(said, id=escalations.holding_id(effect))],
            "reply": None,
            "escalation": {"reason": reason, "alert_id": str(alert_id) if alert_id else None},
        }

    return open_escalation


def build_await_human(load: Load) -> Any:
    """Build the node that parks the thread until a person hands the conversation back. It does nothing before the interrupt."""

    async def await_human(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        handback = interrupt({"escalation": state["escalation"]})
        context = runtime.context
        # `graphs.runner` resumes with the claimed turn's briefing; somebody in LangGraph Studio resumes with whatever they typed.
        given = handback.get("briefing") if isinstance(handback, dict) else None
        briefing = Briefing.model_validate(given) if given else await load(context)
        said: list[AnyMessage] = [as_message(message) for message in unseen(briefing, state["seen_seq"])]
        if briefing.handback and (note := briefing.handback.note):
            said.append(AIMessage(f"{NOTE} {note}", id=f"note-{context.turn_id}"))
        said += replayed(briefing, context.turn_id)
        return {
            "briefing": briefing,
            "messages": said,
            "turn_id": str(context.turn_id),
            "turn_start": said[0].id if said else None,
            "answered": [str(message.id) for message in briefing.unanswered],
            "seen_seq": newest_seq(briefing),
            "reply": None,
            "escalation": None,
        }

    return await_human
