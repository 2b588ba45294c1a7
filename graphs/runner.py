"""The only code that runs the graph: `run_turn` for a claimed turn, whether it answers a message or resumes after a person.

Durability is `exit`: a run writes its checkpoint once, at its end or where it parks. What a killed run had already done is in the
journal (`turn_effects`), and the retried turn takes it from there (docs/decisions/0003).
"""

import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import structlog
from langchain_core.messages import AIMessage, ToolMessage
from langgraph.types import Command

from graphs.checkpoints import configurable
from graphs.context import Context
from graphs.loop import this_turn
from graphs.models import AiType, Models, choice, cost_usd
from service.turns.queries.briefing import Briefing

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn came to. `content` is the reply still to be written, None where there is none (or the case's own was written).

    Tokens are sums over the turn's model calls; `latency_ms` is the whole graph's; `cost_usd` None where the price is not known.
    """

    ai_type: AiType
    content: str | None
    answered: list[str]
    model: str
    temperature: float
    alert_id: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    model_calls: int = 0
    function_calls: list[dict[str, Any]] = field(default_factory=list)
    function_results: list[dict[str, Any]] = field(default_factory=list)
    latency_ms: int = 0
    cost_usd: Decimal | None = None


async def run_turn(graph: Any, models: Models, briefing: Briefing, context: Context, *, callbacks: list[Any] | None = None) -> TurnResult:
    """Run one turn to its end or to the point where it waits for a person."""
    started = time.perf_counter()
    thread = configurable(context.conversation_id, context.lease_token)
    config = {"configurable": thread, "recursion_limit": 60, "callbacks": callbacks or []}
    given: Any = {"briefing": briefing}
    if briefing["handback"] and (interrupt_id := await _parked_at(graph, config)):
        given = Command(resume={interrupt_id: {"briefing": briefing}})
    output = await graph.ainvoke(given, config, context=context, durability="exit", version="v2")
    state = output.value
    if output.interrupts:
        # The parked subgraph's messages reach the parent only when it ends.
        state = (await graph.aget_state(config, subgraphs=True)).tasks[0].state.values
    return _result(state, models, briefing, "aurora" if context.is_owner else "client", round((time.perf_counter() - started) * 1000))


async def _parked_at(graph: Any, config: dict[str, Any]) -> str | None:
    """The id of the interrupt that the thread waits at. None when it is not parked, or parked on a path that no longer exists."""
    snapshot = await graph.aget_state(config)
    return snapshot.interrupts[0].id if snapshot.interrupts else None


def _result(state: dict[str, Any], models: Models, briefing: Briefing, ai_type: AiType, latency_ms: int) -> TurnResult:
    ai_config = briefing["settings"]["ai_config"]
    turn = this_turn(state)  # type: ignore[arg-type]
    spoken = [m for m in turn if isinstance(m, AIMessage) and m.response_metadata]
    model, temperature = models.answered_by(ai_config, ai_type, spoken), choice(ai_config, ai_type)[1]
    prompt_tokens = sum(m.usage_metadata["input_tokens"] for m in spoken if m.usage_metadata)
    completion_tokens = sum(m.usage_metadata["output_tokens"] for m in spoken if m.usage_metadata)
    return TurnResult(
        ai_type=ai_type,
        content=state.get("reply"),
        answered=state["answered"],
        model=model,
        temperature=temperature,
        alert_id=(state.get("escalation") or {}).get("alert_id"),
        prompt_tokens=prompt_tokens,
        completion_tokens=completion_tokens,
        model_calls=len(spoken),
        function_calls=[
            {"id": c["id"], "name": c["name"], "args": c["args"]} for m in turn if isinstance(m, AIMessage) for c in m.tool_calls
        ],
        function_results=[{"id": m.tool_call_id, "name": m.name, "result": m.content} for m in turn if isinstance(m, ToolMessage)],
        latency_ms=latency_ms,
        cost_usd=cost_usd(model, prompt_tokens, completion_tokens),
    )
