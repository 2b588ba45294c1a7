"""Opt-outs and opt-ins are carried out and confirmed in fixed words, without the model: where the whole of what was said is one, or the
plain yes to the question about it. What is said among other words goes to the model, which has a tool that asks.
"""

from typing import Any

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from graphs.context import Context
from graphs.state import State
from service.language.optout import Wish, agreed, wish
from service.outreach.queries import wishes
from service.platform.database import Database
from service.turns.briefing import Briefing

CONFIRMED: dict[Wish, str] = {
    "out": (
        "Pronto, você não vai mais receber lembretes nem novidades nossas por aqui. "
        "Se precisar de algo, é só escrever; para voltar a receber, mande VOLTAR."
    ),
    "in": "Pronto, você volta a receber nossos lembretes e novidades por aqui. Para parar de novo, é só mandar PARAR.",
}


def only_wish(briefing: Briefing) -> Wish | None:
    """Return the customer's last opt-out or opt-in, where all that waits for an answer is one; an owner's words never are."""
    waiting = briefing.unanswered
    if not waiting or briefing.owner is not None:
        return None
    said = [wish(message.content, waits=briefing.contact.waits) for message in waiting]
    return said[-1] if all(said) else _answered(briefing)


def _answered(briefing: Briefing) -> Wish | None:
    """Return what the customer agrees to, whose last words before were the question and are known to have been sent."""
    first = briefing.unanswered[0]
    before = [message for message in briefing.history if message.seq < first.seq and message.direction == "outgoing"]
    if not before or not before[-1].sent_by_ai or before[-1].status in ("queued", "failed"):
        return None
    return agreed(before[-1].content, briefing.said)


def build_confirm_wish(db: Database) -> Any:
    """Build the node that carries a wish out, where the intake has not done so already, and confirms it in fixed words."""

    async def confirm_wish(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        asked = only_wish(state["briefing"])
        if asked is None:
            return {"messages": [], "reply": None}
        context = runtime.context
        await wishes.carry_out(db, context.organization_id, context.contact_id, asked)
        return {"messages": [AIMessage(CONFIRMED[asked])], "reply": CONFIRMED[asked]}

    return confirm_wish
