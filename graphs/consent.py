"""Opt-outs and opt-ins are confirmed in fixed words, without the model; what the contact's row says was set at intake."""

from typing import Any

from langchain_core.messages import AIMessage

from graphs.state import State
from service.language.optout import Wish, wish
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
    wishes = [wish(message.content) for message in briefing.unanswered]
    return wishes[-1] if wishes and all(wishes) and briefing.owner is None else None


async def confirm_wish(state: State) -> dict[str, Any]:
    """Confirm it, in fixed words."""
    asked = only_wish(state["briefing"])
    reply = CONFIRMED[asked] if asked else None
    return {"messages": [AIMessage(reply)] if reply else [], "reply": reply}
