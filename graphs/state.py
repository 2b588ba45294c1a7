"""The one conversation state, shared by the router and both subgraphs."""

from typing import Annotated, cast

from langchain_core.messages import AnyMessage, HumanMessage
from langgraph.channels import UntrackedValue
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict

from service.turns.briefing import Briefing

WINDOW = 40


def add_to_window(left: list[AnyMessage], right: list[AnyMessage]) -> list[AnyMessage]:
    """Merge like LangGraph's `add_messages`, keeping only the newest messages.

    The cut falls before a customer's message, so a tool call is never parted from its result, and a turn never loses its beginning
    to its own length.
    """
    merged = cast(list[AnyMessage], add_messages(left, right))  # type: ignore[arg-type]
    if len(merged) <= WINDOW:
        return merged
    starts = [i for i, message in enumerate(merged) if isinstance(message, HumanMessage) and i >= len(merged) - WINDOW]
    return merged[starts[0] :] if starts else merged


class Escalation(TypedDict):
    """The case that a run has opened, and the alert about it; None where the case was open already."""

    reason: str
    alert_id: str | None


class State(TypedDict, total=False):
    """What a thread remembers. `briefing` lives for one run only and is never checkpointed.

    `turn_id` is the turn that wrote this state; `turn_start` the id of its first message; `answered` the rows it has taken in;
    `seen_seq` the newest `messages.seq` that the window has taken in; `escalation` the open case, if any;
    `reply` the turn's finished answer.
    """

    messages: Annotated[list[AnyMessage], add_to_window]
    turn_id: str
    turn_start: str | None
    answered: list[str]
    seen_seq: int
    escalation: Escalation | None
    reply: str | None
    briefing: Annotated[Briefing, UntrackedValue]
