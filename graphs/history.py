"""From stored rows to what the model reads."""

import json
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from service.language.emergency import Danger
from service.turns.queries.briefing import Briefing

READABLE = frozenset({"text", "interactive", "button", "edit"})
KINDS = {
    "image": "uma imagem", "audio": "um áudio", "voice": "um áudio", "video": "um vídeo", "document": "um documento",
    "sticker": "uma figurinha", "location": "uma localização", "contacts": "um contato", "order": "um pedido",
}  # fmt: skip

# How the model is told who else wrote.
TEAM = "[mensagem da equipe da loja]"
NOTE = "[nota da equipe, o cliente não vê]"


def is_readable(row: dict[str, Any]) -> bool:
    """Whether there are words in a stored message to answer to."""
    return row["message_type"] in READABLE or bool(row["content"].strip())


def described(row: dict[str, Any]) -> str:
    """A customer's message as text, with a word on what could not be opened."""
    if row["message_type"] in READABLE:
        return str(row["content"])
    return f"[o cliente enviou {KINDS.get(row['message_type'], 'algo')} que ainda não consigo abrir] {row['content']}".strip()


def as_message(row: dict[str, Any]) -> AnyMessage:
    """A stored row as the model reads it; its id is the row's. What the team wrote is the shop's own word, marked as a person's."""
    if row["direction"] == "incoming":
        return HumanMessage(described(row), id=row["id"])
    if row["sent_by_ai"]:
        return AIMessage(row["content"], id=row["ai_message_id"])
    return AIMessage(f"{TEAM} {row['content']}", id=row["id"])


def unseen(briefing: Briefing, seen_seq: int) -> list[dict[str, Any]]:
    """The rows that a thread has not taken in: all of the briefing's for a new one, else those since, except a turn's own reply.

    That one is in the checkpoint, which was written first. What else was said for the AI (that a person comes) may have been said by a
    run that never got to its checkpoint; where it is in the thread already it has the same id.
    """
    return [row for row in briefing["history"] if row["seq"] > seen_seq and not (seen_seq and _is_reply(row))]


def _is_reply(row: dict[str, Any]) -> bool:
    return bool(row["sent_by_ai"]) and row["ai_message_id"] == row["turn_id"]


def unanswered(briefing: Briefing) -> list[dict[str, Any]]:
    """The customer's rows that this turn answers."""
    return [row for row in briefing["history"] if row["unanswered"]]


def newest_seq(briefing: Briefing) -> int:
    return max((row["seq"] for row in briefing["history"]), default=0)


def customer_waits(briefing: Briefing) -> bool:
    """Whether the last word is the customer's and unanswered."""
    rows = briefing["history"]
    return bool(rows) and rows[-1]["direction"] == "incoming" and rows[-1]["unanswered"]


def waiting_emergency(briefing: Briefing) -> Danger | None:
    """The kind of the emergency that waits for an answer, the newest where there are several; None where there is none.

    What a person has written after is in that person's hands.
    """
    for row in reversed(briefing["history"]):
        if row["direction"] == "outgoing" and not row["sent_by_ai"]:
            return None
        if row["unanswered"] and row["emergency"]:
            kind: Danger = row["emergency"]
            return kind
    return None


def replayed(briefing: Briefing, turn_id: str) -> list[AnyMessage]:
    """The journal of a turn that broke off, as the tool calls and results it had got to."""
    messages: list[AnyMessage] = []
    for effect in briefing["effects"]:
        if effect["turn_id"] == turn_id:
            call = {"id": effect["tool_call_id"], "name": effect["name"], "args": effect["args"], "type": "tool_call"}
            messages.append(AIMessage("", tool_calls=[call]))
            content = json.dumps(effect["result"], ensure_ascii=False)
            messages.append(ToolMessage(content, tool_call_id=effect["tool_call_id"], name=effect["name"]))
    return messages
