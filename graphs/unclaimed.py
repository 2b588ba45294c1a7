"""Runs that no worker has claimed: LangGraph Studio's. What is typed there is taken for the customer's words, and never stored."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import takewhile
from uuid import NAMESPACE_OID, UUID, uuid5

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, RemoveMessage
from langgraph.graph.message import REMOVE_ALL_MESSAGES

from graphs.context import Context
from graphs.history import as_message, newest_seq, unseen
from graphs.state import State, add_to_window
from service.language import emergency
from service.operations.queries.studio import IDENTITY
from service.platform.errors import Misconfigured
from service.turns.briefing import Briefing, Message

Load = Callable[[Context], Awaitable[Briefing]]
"""How the briefing of a run that brings none is found."""


async def refused(context: Context) -> Briefing:
    """Refuse a run without a briefing: production runs nothing but what a worker has claimed. Raises Misconfigured."""
    raise Misconfigured("A run brings the briefing of a claimed turn: without one only LangGraph Studio runs.")


def begun(state: State, context: Context, stored: Briefing) -> State:
    """Begin a turn of LangGraph Studio's: what the thread has not seen of the stored rows goes before what was typed."""
    stored = _of_thread(state, stored)
    rows = unseen(stored, state.get("seen_seq", 0))
    messages = state.get("messages") or []
    typed = _typed(messages, {str(message.id) for message in stored.history} | _held(state, stored))
    window = add_to_window(messages[: len(messages) - len(typed)], [as_message(row) for row in rows])
    briefing = with_spoken(stored, window, typed)
    start = typed[0].id if typed else str(rows[0].id) if rows else None
    return {
        "briefing": briefing,
        "messages": [RemoveMessage(REMOVE_ALL_MESSAGES), *window, *typed],  # type: ignore[list-item]
        "turn_id": str(context.turn_id),
        "turn_start": start,
        "answered": [str(message.id) for message in briefing.unanswered],
        "seen_seq": newest_seq(stored),
        "reply": None,
        "escalation": None,
    }


def with_spoken(stored: Briefing, window: Sequence[AnyMessage], typed: Sequence[AnyMessage]) -> Briefing:
    """Return the briefing with the thread's own words in its history: `window` as said and answered, `typed` as waiting for an answer.

    A yes typed in Studio so follows the question that it answers, and an emergency is one.
    """
    written = {key for message in stored.history for key in (str(message.id), message.ai_message_id)}
    spoken = [m for m in window if isinstance(m, HumanMessage | AIMessage) and m.id not in written and m.text.strip()]
    first = newest_seq(stored) + 1
    lines = [
        _as_stored(message, seq, stored, waits=seq >= first + len(spoken)) for seq, message in enumerate([*spoken, *typed], start=first)
    ]
    return stored.model_copy(update={"history": (*stored.history, *lines)})


def _of_thread(state: State, stored: Briefing) -> Briefing:
    """Leave out of Studio's own conversation the holding replies of other threads: there each thread is a talk of its own."""
    if stored.contact.phone != IDENTITY:
        return stored
    ours = [message for message in stored.history if message.turn_id is None or str(message.turn_id) == state.get("turn_id")]
    return stored.model_copy(update={"history": tuple(ours)})


def _typed(messages: Sequence[AnyMessage], settled: set[str]) -> list[AnyMessage]:
    """Return what was typed since the last answer, a failed turn's included."""
    return [*takewhile(lambda m: isinstance(m, HumanMessage) and str(_uuid(str(m.id))) not in settled, reversed(messages))][::-1]


def _held(state: State, stored: Briefing) -> set[str]:
    """Return what the thread's last turn took in, where it parked: its holding reply is a row, and not in the thread yet."""
    parked = any(message.turn_id and str(message.turn_id) == state.get("turn_id") for message in stored.history if message.sent_by_ai)
    return set(state.get("answered", [])) if parked else set()


def _as_stored(message: AnyMessage, seq: int, briefing: Briefing, *, waits: bool) -> Message:
    incoming = isinstance(message, HumanMessage)
    return Message(
        id=_uuid(str(message.id)),
        seq=seq,
        direction="incoming" if incoming else "outgoing",
        sent_by_ai=not incoming,
        author=None if incoming else "aurora" if briefing.owner else "client",
        ai_message_id=None if incoming else message.id,
        message_type="text",
        content=message.text,
        at=briefing.now,
        external_id=None,
        quoted_external_id=None,
        unanswered=waits,
        emergency=emergency.recognise(message.text, [pet.name for pet in briefing.pets]) if waits and briefing.owner is None else None,
        status="received" if incoming else "read",
        turn_id=None,
        correlation_id=None,
    )


def _uuid(message_id: str) -> UUID:
    """Return a message's id where it is a UUID, as those are that Studio gives; else one made from it."""
    try:
        return UUID(message_id)
    except ValueError:
        return uuid5(NAMESPACE_OID, message_id)
