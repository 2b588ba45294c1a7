"""From stored rows to what the model reads."""

import json
from collections.abc import Sequence
from itertools import islice
from uuid import UUID

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, RemoveMessage, ToolCall, ToolMessage

from graphs.prompting import OCCASION
from graphs.state import State
from service.language.emergency import Danger
from service.language.emergency_over import takes_back
from service.turns.briefing import Briefing, Message

READABLE = frozenset({"text", "interactive", "button", "edit"})
KINDS = {
    "image": "uma imagem", "audio": "um áudio", "voice": "um áudio", "video": "um vídeo", "document": "um documento",
    "sticker": "uma figurinha", "location": "uma localização", "contacts": "um contato", "order": "um pedido",
}  # fmt: skip

# Whose words say all that is in them.
IN_WORDS = frozenset({"location", "contacts", "order"})

_NO_BRACKETS = str.maketrans("[]", "()")

# How the model is told that words were heard, and who else wrote.
SPOKEN = "[por áudio; uma palavra pode ter sido mal ouvida]"
TEAM = "[mensagem da equipe da loja]"
NOTE = "[nota da equipe, o cliente não vê]"


def is_words(message: Message) -> bool:
    """Tell whether a stored message is words, written or spoken, and no thing that is sent."""
    return message.message_type in READABLE or (message.is_spoken and not message.is_unheard)


def is_readable(message: Message) -> bool:
    """Tell whether there are words in a stored message to answer to."""
    return message.message_type in READABLE or bool(message.content.strip())


def described(message: Message) -> str:
    """Return a customer's message as text, with a word on what could not be opened."""
    if is_words(message):
        return message.content
    if message.message_type == "reaction":
        return f"[o cliente reagiu com {message.content}]" if message.content.strip() else "[o cliente retirou uma reação]"
    if message.message_type in IN_WORDS and message.content.strip():
        return f"[o cliente enviou {KINDS[message.message_type]}] {message.content}"
    return f"[o cliente enviou {KINDS.get(message.message_type, 'algo')} que ainda não consigo abrir] {message.content}".strip()


def occasion(message: Message) -> str | None:
    """Return what the model is told beside a customer's words, which are none of theirs: what they quote, what they came by, that they
    were spoken.
    """
    return "\n".join(filter(None, (_written_to(message), SPOKEN if message.is_spoken and not message.is_unheard else None))) or None


def _written_to(message: Message) -> str | None:
    quoted = message.quoted.content.translate(_NO_BRACKETS) if message.quoted else ""
    if message.quoted and quoted.strip():
        return f"[em resposta {'à mensagem' if message.quoted.from_us else 'à própria mensagem'} “{' '.join(quoted.split())}”]"
    return f"[antes de escrever, o cliente viu {message.referral.translate(_NO_BRACKETS)}]" if message.referral else None


def as_message(message: Message) -> AnyMessage:
    """Return a stored message as the model reads it, under its row's id. What the team wrote is the shop's word, marked as a person's.

    What it was written to stands beside the customer's words, for the model alone (`graphs.prompting.as_shown`).
    """
    if message.direction == "incoming":
        to = occasion(message)
        return HumanMessage(described(message), id=str(message.id), additional_kwargs={OCCASION: to} if to else {})
    if message.sent_by_ai:
        return AIMessage(message.content, id=message.ai_message_id)
    sent = KINDS.get(message.message_type, "algo")
    said = f"{TEAM} {message.content}" if message.content.strip() else f"[a equipe da loja enviou {sent}]"
    return AIMessage(said, id=str(message.id))


def unseen(briefing: Briefing, seen_seq: int) -> Sequence[Message]:
    """Return the messages that a thread has not taken in: all of the briefing's for a new one, else those since, except a turn's own reply.
    What the AI was to say and was never sent was not said.

    That one is in the checkpoint, which was written first. What else was said for the AI (that a person comes) may have been said by a
    run that never got to its checkpoint; where it is in the thread already it has the same id.
    """
    new = (message for message in briefing.history if message.seq > seen_seq and not (seen_seq and _is_reply(message)))
    return [message for message in new if not (message.sent_by_ai and message.status == "failed")]


def unsaid(state: State, briefing: Briefing) -> list[AnyMessage]:
    """Return the removal of the last turn's reply, where it was never sent since a person was faster.

    One whose delivery failed otherwise may have arrived: it is not said a second time, and people know of it.
    """
    reply = state.get("reply")
    if not reply or state["turn_id"] == str(briefing.replied):
        return []
    said = (m for m in reversed(state["messages"]) if isinstance(m, AIMessage) and not m.tool_calls and m.text == reply)
    return [RemoveMessage(str(m.id)) for m in islice(said, 1)]  # type: ignore[misc]


def reread(briefing: Briefing, window: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Return what a thread took in and the customer has changed since, before it was answered: the new words, and what was deleted."""
    known = {message.id: message.text for message in window if isinstance(message, HumanMessage)}
    gone: list[AnyMessage] = [RemoveMessage(str(id)) for id in briefing.withdrawn if str(id) in known]  # type: ignore[misc]
    return [*gone, *(m for m in map(as_message, briefing.unanswered) if m.id in known and m.text != known[m.id])]


def _is_reply(message: Message) -> bool:
    return message.sent_by_ai and message.ai_message_id == str(message.turn_id)


def newest_seq(briefing: Briefing) -> int:
    """Return the `messages.seq` up to which a thread has taken everything in, once it has taken in the briefing."""
    return max((message.seq for message in briefing.history), default=0)


def customer_waits(briefing: Briefing) -> bool:
    """Tell whether the last word is the customer's and unanswered."""
    return bool(briefing.history) and briefing.history[-1].unanswered


def waiting_emergency(briefing: Briefing) -> Danger | None:
    """Return the kind of the emergency that waits for an answer, the newest where there are several; None where there is none.

    What a person has written after is in that person's hands; what the customer has taken back since is none.
    """
    for message in reversed(briefing.history):
        if message.direction == "outgoing" and not message.sent_by_ai:
            return None
        if message.unanswered and message.is_sure and takes_back(message.content):
            return None
        if message.unanswered and message.emergency:
            return message.emergency
    return None


def replayed(briefing: Briefing, turn_id: UUID) -> list[AnyMessage]:
    """Return the journal of a turn that broke off, as the tool calls and results it had got to."""
    messages: list[AnyMessage] = []
    for effect in briefing.effects:
        if effect.turn_id == turn_id:
            messages.append(AIMessage("", tool_calls=[ToolCall(name=effect.name, args=effect.args, id=effect.tool_call_id)]))
            content = json.dumps(effect.result, ensure_ascii=False)
            messages.append(ToolMessage(content, tool_call_id=effect.tool_call_id, name=effect.name))
    return messages
