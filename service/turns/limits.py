"""When the AI stops answering by itself: too many turns for one customer or one shop, or a machine at the other end."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from service.platform.settings import Settings

# So many messages with the same words, each answered, within so long: people do not talk like that, other shops' bots do.
ECHOES = 4
ECHO_SPAN = timedelta(minutes=15)


def exceeded(state: Mapping[str, Any], history: Sequence[Mapping[str, Any]], settings: Settings) -> str | None:
    """Why a claimed turn goes to a person instead of the AI, as the team reads it; None where it does not.

    `state` is the claim's (`contact_turns` since an hour ago or the last hand-back, `shop_turns` of 24 hours where the shop has a limit),
    `history` the conversation's rows in order.
    """
    per_contact = state["contact_turns_per_hour"] or settings.contact_turns_per_hour
    if state["contact_turns"] >= per_contact:
        return f"Este cliente já recebeu {per_contact} respostas automáticas na última hora"
    if state["shop_turns_per_day"] and state["shop_turns"] >= state["shop_turns_per_day"]:
        return f"A loja chegou ao seu limite de {state['shop_turns_per_day']} respostas automáticas em 24 horas"
    if talks_in_circles(history):
        return "Este contato repete a mesma mensagem a cada resposta: parece outro atendimento automático"
    return None


def talks_in_circles(history: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the last `ECHOES` messages of the other side say the same, each after an answer of the AI, within `ECHO_SPAN`."""
    said: list[Mapping[str, Any]] = []
    answered = True  # between two of them the AI must have spoken
    for row in reversed(history):
        if row["direction"] == "outgoing":
            if not row["sent_by_ai"]:
                return False
            answered = True
        elif not answered or _words(row) != _words((said or [row])[0]):
            return False
        else:
            said.append(row)
            answered = False
        if len(said) == ECHOES:
            first, last = (datetime.fromisoformat(str(said[n]["at"])) for n in (-1, 0))
            return last - first <= ECHO_SPAN
    return False


def _words(row: Mapping[str, Any]) -> str:
    """What was said, or what kind of thing came without words: who sends one voice message after the other needs a person, too."""
    return " ".join(str(row["content"]).casefold().split()) or f"<{row['message_type']}>"
