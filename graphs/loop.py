"""The agent ⇄ tools loop that both subgraphs share."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog
from langchain_core.messages import AIMessage, AnyMessage, SystemMessage, ToolMessage
from langchain_core.messages.ai import add_usage
from langchain_core.messages.utils import count_tokens_approximately
from langchain_core.tools import BaseTool
from langgraph.prebuilt import ToolRuntime
from langgraph.runtime import Runtime
from pydantic import ValidationError

from graphs.context import Context
from graphs.models import AiType, Models, choice
from graphs.state import State
from service.db.briefing import Briefing
from service.db.effects import effect_key
from service.errors import AppError, ModelFailed

log = structlog.get_logger()

PREFIX: dict[AiType, str] = {"client": "[CLIENT-AI]", "aurora": "[AURORA]"}


class Node(Protocol):
    """A graph's node: reads the state, returns what it adds to it."""

    async def __call__(self, state: State, runtime: Runtime[Context]) -> dict[str, Any]: ...


def this_turn(state: State) -> list[AnyMessage]:
    """The messages that the running turn added to the window."""
    messages = state["messages"]
    for index, message in enumerate(messages):
        if message.id == state.get("turn_start"):
            return messages[index:]
    return []


def build_agent_node(
    ai_type: AiType,
    models: Models,
    tools: Sequence[BaseTool],
    system_prompt: Callable[[Briefing], str],
    *,
    rounds: int,
    figures_need_tools: bool = False,
) -> Node:
    """The node that asks the model. After `rounds` model calls in one turn it must answer without tools.

    With `figures_need_tools` an answer with figures in a turn that called no tool is thrown away, and the model must call one:
    small models like to make figures up.
    """

    with_tools: dict[tuple[str, float], Any] = {}

    async def agent(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        briefing = state["briefing"]
        ai_config = briefing["settings"]["ai_config"]
        calls_so_far = sum(isinstance(m, AIMessage) for m in this_turn(state))
        name, temperature = chosen = choice(ai_config, ai_type)
        model = models.get(ai_config, ai_type)
        if chosen not in with_tools:
            with_tools[chosen] = model.bind_tools(tools)
        asking = with_tools[chosen] if calls_so_far < rounds else model
        prompt = [SystemMessage(system_prompt(briefing)), *state["messages"]]
        log.info(
            f"{PREFIX[ai_type]} Calling OpenAI",
            model="offline" if models.offline else name,
            temperature=temperature,
            promptTokens=count_tokens_approximately(prompt),
        )
        reply = await asking.ainvoke(prompt)
        if figures_need_tools and _makes_figures_up(reply, state):
            log.warning(f"{PREFIX[ai_type]} Figures without a source, asking again")
            first = reply
            reply = await model.bind_tools(tools, tool_choice="required").ainvoke(prompt)
            reply.usage_metadata = add_usage(first.usage_metadata, reply.usage_metadata)
            if _makes_figures_up(reply, state):
                raise ModelFailed("The model gave figures that no function returned.")
        if not isinstance(reply, AIMessage) or not (reply.text.strip() or reply.tool_calls or reply.invalid_tool_calls):
            raise ModelFailed("The model answered with nothing.")
        finished = not (reply.tool_calls or reply.invalid_tool_calls)
        return {"messages": [reply], "reply": reply.text.strip() if finished else None}

    return agent


def _makes_figures_up(reply: AIMessage, state: State) -> bool:
    if reply.tool_calls or reply.invalid_tool_calls or any(isinstance(m, ToolMessage) for m in this_turn(state)):
        return False
    return any(character.isdigit() for character in reply.text)


def build_tools_node(ai_type: AiType, tools: Sequence[BaseTool]) -> Node:
    """The node that executes tool calls one after another, so that a pet registered by the first is there for the second.

    What an expected refusal or a wrong argument says goes back to the model. A call that this turn has already carried out
    (it is being retried) is answered from the journal.
    """
    by_name = {tool.name: tool for tool in tools}

    async def run_tools(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        last = state["messages"][-1]
        assert isinstance(last, AIMessage)
        done = {e["effect_key"]: e["result"] for e in state["briefing"]["effects"] if e["turn_id"] == str(runtime.context.turn_id)}
        results: list[AnyMessage] = []
        for call in last.tool_calls:
            log.info(f"{PREFIX[ai_type]} Executing function", functionName=call["name"], args=call["args"])
            tool = by_name.get(call["name"])
            if tool is None:
                content: dict[str, Any] = {"success": False, "error": f"A função {call['name']} não existe. Use: {', '.join(by_name)}."}
            else:
                content = done.get(effect_key(call["name"], call["args"])) or await _execute(tool, call, state, runtime)
            results.append(_result(call["id"], call["name"], content))
        for broken in last.invalid_tool_calls:
            error = {"success": False, "error": "Os argumentos não são um JSON válido. Chame de novo com JSON correto."}
            results.append(_result(broken["id"], broken["name"], error))
        return {"messages": results}

    return run_tools


def _result(call_id: str | None, name: str | None, content: dict[str, Any]) -> ToolMessage:
    return ToolMessage(content=json.dumps(content, ensure_ascii=False, default=str), tool_call_id=call_id or "", name=name)


async def _execute(tool: BaseTool, call: Any, state: State, runtime: Runtime[Context]) -> dict[str, Any]:
    injected = {}
    if "runtime" in tool.get_input_schema().__annotations__:
        injected["runtime"] = ToolRuntime(
            state=state,
            context=runtime.context,
            config={},
            stream_writer=runtime.stream_writer,
            tool_call_id=call["id"],
            store=runtime.store,
        )
    try:
        result: dict[str, Any] = await tool.ainvoke({**call["args"], **injected})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return {"success": False, "error": f"Argumentos errados: {wrong}"}
    except AppError as error:
        if error.status >= 500:
            raise
        return {"success": False, "error": str(error)}
    return result


def wants_tools(state: State) -> bool:
    """Whether the model's last message asks for tools."""
    last = state["messages"][-1]
    return isinstance(last, AIMessage) and bool(last.tool_calls or last.invalid_tool_calls)
