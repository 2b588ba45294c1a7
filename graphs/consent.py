"""Opt-outs and opt-ins are carried out and confirmed in fixed words, without the model, and so is the waiting list left: where the whole of
what was said is that, or the plain yes to the question about it. What would be one but for its question mark is asked, without the model,
too. What is said among other words goes to the model, which has tools.
"""

from typing import Any, Literal

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from graphs.context import Context
from graphs.state import State
from service.language.acts import says_only
from service.language.optout import QUESTIONS, Wish, agreed, questioned, wish
from service.outreach.queries import waiting_list, wishes
from service.platform.database import Database
from service.platform.journal import Effect
from service.turns.briefing import Briefing
from tools.acts import whose_list
from tools.waiting_list import Left, leave_waiting_list

Plain = Wish | Literal["leave"]
Asked = Literal["out?", "in?"]

CONFIRMED: dict[Plain, str] = {
    "out": (
        "Pronto, você não vai mais receber lembretes nem novidades nossas por aqui. "
        "Se precisar de algo, é só escrever; para voltar a receber, mande VOLTAR."
    ),
    "in": "Pronto, você volta a receber nossos lembretes e novidades por aqui. Para parar de novo, é só mandar PARAR.",
    "leave": "Pronto, tirei você da lista de espera. Quando quiser marcar, é só escrever por aqui.",
}
ASKED: dict[Wish, Asked] = {"out": "out?", "in": "in?"}
REPLIES: dict[Asked, str] = {ASKED[of]: question for of, question in QUESTIONS.items()}


def only_wish(briefing: Briefing) -> Plain | Asked | None:
    """Return the customer's last opt-out or opt-in, or that they wait no longer, where all that waits for an answer is that; or that they
    ask about it: "sair?".

    An owner's words never are. "Sair da lista" means the waiting list to whom is on it, or was until this turn took them off.
    """
    unread = briefing.unanswered
    if not unread or briefing.owner is not None:
        return None
    waits = briefing.contact.waits or any(effect.name == leave_waiting_list.name for effect in briefing.effects)
    said = [wish(message.content, waits=waits) for message in unread]
    if all(said):
        return said[-1]
    if waits and says_only("leave", briefing.said, whose_list(briefing)):
        return "leave"
    if answered := _answered(briefing):
        return answered
    asked = [questioned(message.content, waits=waits) for message in unread]
    if not all(known or ask for known, ask in zip(said, asked, strict=True)):
        return None
    plain, doubtful = [known for known in said if known], [ask for ask in asked if ask]
    return plain[-1] if plain else ASKED[doubtful[-1]]


def _answered(briefing: Briefing) -> Wish | Asked | None:
    """Return what the customer agrees to, whose last words before were the question and are known to have been sent."""
    first = briefing.unanswered[0]
    before = [message for message in briefing.history if message.seq < first.seq and message.direction == "outgoing"]
    if not before or not before[-1].sent_by_ai or before[-1].status in ("queued", "failed"):
        return None
    wanted = agreed(before[-1].content, briefing.said)
    # What may have been misheard is asked again.
    return ASKED[wanted] if wanted and not all(message.is_sure for message in briefing.unanswered) else wanted


def build_confirm_wish(db: Database) -> Any:
    """Build the node that carries a wish out, where the intake has not done so already, and confirms it, or asks, in fixed words."""

    async def confirm_wish(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        asked = only_wish(state["briefing"])
        if asked is None:
            return {"messages": [], "reply": None}
        context = runtime.context
        if asked == "out?" or asked == "in?":
            return {"messages": [AIMessage(REPLIES[asked])], "reply": REPLIES[asked]}
        if asked == "leave":
            await _leave(db, context)
        else:
            await wishes.carry_out(db, context.organization_id, context.contact_id, asked)
        return {"messages": [AIMessage(CONFIRMED[asked])], "reply": CONFIRMED[asked]}

    return confirm_wish


async def _leave(db: Database, context: Context) -> None:
    effect = Effect(
        conversation_id=context.conversation_id,
        turn_id=context.turn_id,
        tool_call_id=f"left-{context.turn_id}",
        name=leave_waiting_list.name,
        args={},
        lease_token=context.lease_token,
    )
    await waiting_list.leave(db, context.organization_id, effect, contact_id=context.contact_id, result=Left().as_json())
