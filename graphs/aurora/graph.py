"""The Aurora subgraph: the agent with its tools over the shop's figures."""

from typing import Any

from langgraph.graph import END, START, StateGraph

from graphs.aurora import prompts
from graphs.aurora.facts import NOT_UNDERSTOOD
from graphs.context import Context
from graphs.loop import build_agent_node
from graphs.models import Models
from graphs.state import State
from graphs.telling import told_to_owner
from service.platform.database import Database
from service.platform.settings import Settings
from tools.registry import AURORA


def build_aurora_graph(db: Database, models: Models, settings: Settings) -> Any:
    """Build the subgraph over its collaborators; the router compiles in the checkpointer."""
    tools = [tool.bind(db) for tool in AURORA]
    graph = StateGraph(State, context_schema=Context)
    agent = build_agent_node("aurora", models, tools, prompts, rounds=settings.tool_rounds, tell=told_to_owner, else_say=NOT_UNDERSTOOD)
    graph.add_node("agent", agent)
    graph.add_edge(START, "agent")
    graph.add_edge("agent", END)
    return graph.compile()
