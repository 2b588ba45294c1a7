"""What LangGraph Studio shows of a thread and of a run's context."""

from pydantic import TypeAdapter

from graphs.context import Context
from graphs.state import State


def test_the_state_and_the_context_have_a_schema() -> None:
    assert {"messages", "answered", "escalation", "briefing"} <= set(TypeAdapter(State).json_schema()["properties"])
    assert {"organization_id", "conversation_id", "contact_id", "turn_id"} <= set(TypeAdapter(Context).json_schema()["properties"])
