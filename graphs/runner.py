"""The only code that runs the graph: `run_turn` for a claimed turn, whether it answers a message or resumes after a person.

Durability is `exit`: a run writes its checkpoint once, at its end or where it parks. What a killed run had already done is in the
journal (`turn_effects`), and the retried turn takes it from there (docs/decisions/0003).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from langchain_core.messages import AIMessage, ToolMessage
from langgraph.types import Command

from graphs.checkpoints import bound, configurable
from graphs.client.settle import asked_again
from graphs.context import Context
from graphs.loop import this_turn
from graphs.models import ANSWERED_BY, REPLACES, Models, tokens
from graphs.state import State
from service.turns.briefing import Briefing
from service.turns.choice import choice
from service.turns.models import cost_usd
from service.turns.turn import AiType, Interaction, Replaced

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn came to. `content` is the reply still to be written, None where there is none (or the case's own was written).

    `answered` are the customer's messages that it has taken in, `alert_id` names the alert of a case that it opened, `replaced` a model
    that is gone, `question` the proposal of an earlier turn that the reply asks again.
    """

    content: str | None
    answered: list[UUID]
    interaction: Interaction
    alert_id: UUID | None = None
    replaced: Replaced | None = None
    question: UUID | None = None


async def run_turn(graph: Any, models: Models, briefing: Briefing, context: Context, *, callbacks: list[Any] | None = None) -> TurnResult:
    """Run one turn to its end or to the point where it waits for a person."""
    started = time.perf_counter()
    thread = configurable(context.conversation_id, context.lease_token)
    config = {"configurable": thread, "recursion_limit": 60, "callbacks": callbacks or []}
    with bound(context.organization_id):
        state = await _run(graph, briefing, context, config)
    return _result(state, models, briefing, "aurora" if context.is_owner else "client", round((time.perf_counter() - started) * 1000))


async def _run(graph: Any, briefing: Briefing, context: Context, config: dict[str, Any]) -> State:
    """Run the graph and return the state that it has come to, where it parked that of the subgraph which waits."""
    given: Any = {"briefing": briefing}
    if briefing.handback and (interrupt_id := await _parked_at(graph, config)):
        # What a run is resumed with may be checkpointed, unlike its input's briefing: plain JSON, whatever becomes of the types.
        given = Command(resume={interrupt_id: {"briefing": briefing.model_dump(mode="json")}})
    output = await graph.ainvoke(given, config, context=context, durability="exit", version="v2")
    state: State = output.value
    if output.interrupts:
        # The parked subgraph's messages reach the parent only when it ends.
        state = (await graph.aget_state(config, subgraphs=True)).tasks[0].state.values
    return state


async def _parked_at(graph: Any, config: dict[str, Any]) -> str | None:
    """Return the id of the interrupt that the thread waits at. None when it is not parked, or parked on a path that no longer exists."""
    snapshot = await graph.aget_state(config)
    return snapshot.interrupts[0].id if snapshot.interrupts else None


def _result(state: State, models: Models, briefing: Briefing, ai_type: AiType, latency_ms: int) -> TurnResult:
    ai_config = briefing.settings.ai_config
    turn = this_turn(state)
    spoken = [m for m in turn if isinstance(m, AIMessage) and m.response_metadata]
    model = _answered_by(spoken) or models.name(ai_config, ai_type)
    took = tokens(spoken)
    interaction = Interaction(
        ai_type=ai_type,
        model=model,
        temperature=choice(ai_config, ai_type, model=model).temperature,
        prompt_tokens=took.prompt,
        cached_tokens=took.cached,
        cache_write_tokens=took.written,
        completion_tokens=took.output,
        model_calls=len(spoken),
        function_calls=[
            {"id": c["id"], "name": c["name"], "args": c["args"]} for m in turn if isinstance(m, AIMessage) for c in m.tool_calls
        ],
        function_results=[{"id": m.tool_call_id, "name": m.name, "result": m.text} for m in turn if isinstance(m, ToolMessage)],
        latency_ms=latency_ms,
        cost_usd=_cost(spoken),
    )
    escalation = state.get("escalation")
    alert_id = escalation["alert_id"] if escalation else None
    return TurnResult(
        content=state.get("reply"),
        answered=[UUID(message_id) for message_id in state["answered"]],
        interaction=interaction,
        alert_id=UUID(alert_id) if alert_id else None,
        replaced=next((Replaced(told[REPLACES], told[ANSWERED_BY]) for m in spoken if REPLACES in (told := m.response_metadata)), None),
        question=asked_again(state.get("reply"), briefing),
    )


def _answered_by(spoken: Sequence[AIMessage]) -> str | None:
    """Return the model that gave the last answer."""
    return spoken[-1].response_metadata.get(ANSWERED_BY) if spoken else None


def _cost(spoken: Sequence[AIMessage]) -> Decimal | None:
    """Return what the answers cost together, each at its model's price; None where one has none."""
    costs = [cost_usd(_answered_by([m]) or "", tokens([m])) for m in spoken]
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(costs) else None
