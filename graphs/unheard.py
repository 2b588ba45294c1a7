"""Voice notes that nobody could make out: the customer is asked to write, beside whatever else is answered."""

from typing import Any, Final, Literal

from langchain_core.messages import AIMessage

from graphs.state import State
from service.turns.briefing import Briefing

WHY: Final[dict[Literal["late", "failed", "unclear"], str]] = {
    "unclear": "Não consegui entender o seu áudio. Pode escrever para mim, por favor?",
    "failed": "Não consegui ouvir o seu áudio. Pode escrever para mim, por favor?",
    "late": "Ainda não consegui ouvir o seu áudio. Se puder, escreva o que você precisa, que eu já respondo.",
}


def ask_to_write(briefing: Briefing) -> str | None:
    """Return what is said of the voice notes that this turn answers without knowing their words; None where there are none.

    Where nobody hears voice notes at all, a note is a thing that can't be opened, like others.
    """
    notes = [message.voice for message in briefing.unanswered if message.is_unheard and message.voice and message.voice.is_heard]
    if any(note.status == "kept" for note in notes):
        return WHY["unclear"]
    if any(note.status == "failed" for note in notes):
        return WHY["failed"]
    return WHY["late"] if notes else None


def lacks_words(state: State) -> bool:
    """Tell whether a reply must say that a note was not heard."""
    return bool(state.get("reply")) and ask_to_write(state["briefing"]) is not None


async def mention_unheard(state: State) -> dict[str, Any]:
    """Say it before the reply, so that a question stays the last thing that is read."""
    reply, asks = state.get("reply"), ask_to_write(state["briefing"])
    if not reply or asks is None:
        return {}
    said = next((m for m in reversed(state["messages"]) if isinstance(m, AIMessage) and not m.tool_calls and m.text == reply), None)
    whole = f"{asks}\n\n{reply}"
    return {"messages": [said.model_copy(update={"content": whole})] if said else [], "reply": whole}
