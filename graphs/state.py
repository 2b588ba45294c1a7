"""The one conversation state, shared by the router and both subgraphs."""

from typing import Annotated, cast

from langchain_core.messages import AnyMessage, HumanMessage
from langgraph.channels import UntrackedValue
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict

from graphs.prompting import plain
from service.turns.briefing import Briefing

WINDOW = 48
KEPT = 24


def add_to_window(left: list[AnyMessage], right: list[AnyMessage]) -> list[AnyMessage]:
    """Merge like LangGraph's `add_messages`; once there are more than `WINDOW` messages, keep only the newest `KEPT`.

    Cut so seldom, the window mostly begins as it did the turn before, and a provider need not compute its beginning again. The cut falls
    before a customer's message, so a tool call is never parted from its result, and a turn never loses its beginning to its own length.
    Of a message its words and calls are kept: what was thought on the way is for its own turn.
    """
    merged = cast(list[AnyMessage], add_messages(left, [plain(m) for m in right]))  # type: ignore[arg-type]
    if len(merged) <= WINDOW:
        return merged
    starts = [i for i, message in enumerate(merged) if isinstance(message, HumanMessage) and i >= len(merged) - KEPT]
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
