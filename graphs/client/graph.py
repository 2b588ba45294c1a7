"""The client subgraph: the agent with its tools, and the way to a person and back."""

from typing import Any

from langgraph.graph import END, START, StateGraph

from graphs.client import prompts
from graphs.client.escalation import build_await_human, build_open_escalation
from graphs.client.settle import (
    answer_old_button,
    build_settle_proposal,
    customers_answer,
    only_old_buttons,
    put_again,
)
from graphs.consent import build_confirm_wish, only_wish
from graphs.context import Context
from graphs.history import customer_waits, waiting_emergency
from graphs.loop import build_agent_node, escalation_call, this_turn
from graphs.models import Models
from graphs.state import State
from graphs.telling import told_to_customer
from graphs.unclaimed import Load
from service.platform.database import Database
from service.platform.settings import Settings
from tools.registry import CLIENT


async def first(state: State) -> str:
    """Return the first node: an emergency is never the model's to answer; what answers a proposal is settled before the model speaks.

    An answer to it that is not plain is asked for again, a button that is over is told so, both in fixed words.
    """
    if waiting_emergency(state["briefing"]):
        return "open_escalation"
    if only_old_buttons(state["briefing"]):
        return "answer_old_button"
    match customers_answer(state["briefing"]):
        case "yes" | "no":
            return "settle_proposal"
        case "unclear":
            return "put_again"
    return "agent"


async def after_agent(state: State) -> str:
    return "open_escalation" if escalation_call(this_turn(state)) else END


async def after_human(state: State) -> str:
    if only_wish(state["briefing"]):
        return "confirm_wish"
    return await first(state) if customer_waits(state["briefing"]) else END


def build_client_graph(db: Database, models: Models, settings: Settings, load: Load) -> Any:
    """Build the subgraph over its collaborators; the router compiles in the checkpointer. `load` finds a briefing where none is brought."""
    firsts = ["agent", "settle_proposal", "put_again", "answer_old_button", "open_escalation"]
    tools = [tool.bind(db) for tool in CLIENT]
    graph = StateGraph(State, context_schema=Context)
    agent = build_agent_node("client", models, tools, prompts, rounds=settings.tool_rounds, tell=told_to_customer)
    graph.add_node("agent", agent)
    graph.add_node("settle_proposal", build_settle_proposal(db))
    graph.add_node("put_again", put_again)
    graph.add_node("answer_old_button", answer_old_button)
    graph.add_node("open_escalation", build_open_escalation(db, settings))
    graph.add_node("await_human", build_await_human(load))
    graph.add_node("confirm_wish", build_confirm_wish(db))
    graph.add_conditional_edges(START, first, firsts)
    graph.add_edge("settle_proposal", "agent")
    graph.add_edge("put_again", END)
    graph.add_edge("answer_old_button", END)
    graph.add_conditional_edges("agent", after_agent, ["open_escalation", END])
    graph.add_edge("open_escalation", "await_human")
    graph.add_conditional_edges("await_human", after_human, [*firsts, "confirm_wish", END])
    graph.add_edge("confirm_wish", END)
    return graph.compile()
