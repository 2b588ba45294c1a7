"""How a tool learns for whom it works: from the run's context, never from the model."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from langgraph.prebuilt import ToolRuntime

from service.platform import clock
from service.platform.journal import Effect
from service.turns.briefing import Briefing

Run = ToolRuntime[Any, Any]
"""The run that a tool is part of; as a parameter it is hidden from the model."""


def briefing_of(runtime: Run) -> Briefing:
    """Return what the turn knows about its conversation."""
    return cast(Briefing, runtime.state["briefing"])


def effect_of(runtime: Run) -> Effect:
    """Return the journal entry of the call that is being executed. Raises TypeError for a tool that is not declared to write."""
    call: Mapping[str, Any] | None = runtime.state["call"]
    if call is None:
        raise TypeError("A tool that journals what it does is declared with writes=True.")
    return Effect(
        conversation_id=runtime.context.conversation_id,
        turn_id=runtime.context.turn_id,
        tool_call_id=str(runtime.tool_call_id),
        name=call["name"],
        args=call["args"],
        lease_token=runtime.context.lease_token,
    )


def now_of(runtime: Run) -> datetime:
    """Return the instant that the turn takes for now: the database's clock at the claim, aware UTC."""
    return briefing_of(runtime).now


def today_of(runtime: Run) -> date:
    """Return the shop's date at that instant."""
    return clock.local(now_of(runtime), runtime.context.timezone).date()
