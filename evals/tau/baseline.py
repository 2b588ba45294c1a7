"""The plain agent that ours is compared with: LangChain's `create_agent` over the same tools, prompts, model and database.

It has none of our guards: nothing settles the customer's answer, no reply is checked, no emergency is seen before the model, no wish to
get no more messages is answered in fixed words. Its tools write at once: what ours would only propose is agreed to in the same call, since
nobody but our own node turns a customer's yes into a booking, and a plain agent books when it calls. A call for a person opens the case and
says so, as ours does.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, LiteralString

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRequest
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import set_config_context
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.runtime import Runtime

from graphs.aurora import prompts as aurora
from graphs.client import prompts as client
from graphs.client.escalation import build_open_escalation
from graphs.context import Context
from graphs.history import as_message, newest_seq, unseen
from graphs.loop import Prompts, escalation_call
from service.agenda.queries import proposals
from service.agenda.visits import Item
from service.platform.database import Database
from service.platform.errors import AppError
from service.turns.briefing import AiConfig, Briefing
from service.turns.turn import AiType
from tasks.resources import Resources
from tools.arguments import described
from tools.definition import Tool
from tools.registry import AURORA, CLIENT
from tools.results import Refused
from tools.runtime import Run, effect_of

_OPEN: LiteralString = """
select id, kind, items, result from proposals where conversation_id = %(conversation_id)s and status = 'open'
order by created_at desc limit 1"""


class Moment(AgentMiddleware):
    """Says last what ours says last: the minute, the customer, what waits for an answer."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    async def awrap_model_call(self, request: ModelRequest, handler: Any) -> Any:
        """Ask the model with the moment at the end of the conversation."""
        return await handler(request.override(messages=[*request.messages, SystemMessage(self._words)]))


class Model(BaseChatModel):
    """The shop's model as LangChain's agent takes one: asked the way ours is asked, over the same connections."""

    models: Any
    ai_config: AiConfig
    ai_type: AiType
    specs: tuple[dict[str, Any], ...] = ()

    @property
    def _llm_type(self) -> str:
        return "patas-plain"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Runnable[LanguageModelInput, AIMessage]:
        """Return the same model with these tools at hand, described as ours describe them."""
        return self.model_copy(update={"specs": tuple(described(tool) for tool in tools)})

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError("The agent asks asynchronously.")

    async def _agenerate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        # It is this model that is watched, not the one behind it, or each call would count twice.
        with set_config_context(RunnableConfig(callbacks=[])) as unwatched:
            asked = asyncio.create_task(self.models.ask(self.ai_config, self.ai_type, messages, tools=self.specs), context=unwatched)
            reply = await asked
        return ChatResult(generations=[ChatGeneration(message=reply)])


class PlainAgent:
    """Stands where our graph does: it has what `graphs.runner` asks of one."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._open_case = build_open_escalation(resources.db, resources.settings)
        self._memory = InMemorySaver()
        self._seen = 0

    async def aget_state(self, config: Any, **_: Any) -> Any:
        """Return a thread that is never parked."""
        return SimpleNamespace(interrupts=())

    async def ainvoke(self, given: Any, config: Any, *, context: Context, **_: Any) -> Any:
        """Answer one turn."""
        briefing: Briefing = given["briefing"]
        thread = {**config, "configurable": {"thread_id": str(context.conversation_id)}}
        new: list[AnyMessage] = [as_message(message) for message in unseen(briefing, self._seen)]
        output = await self._agent(briefing, context).ainvoke({"messages": new}, thread, context=context)
        self._seen = newest_seq(briefing)
        said: list[AnyMessage] = output["messages"]
        start = next(at for at, message in enumerate(said) if message.id == new[0].id)
        state: dict[str, Any] = {
            "briefing": briefing, "messages": said, "turn_id": str(context.turn_id), "turn_start": new[0].id,
            "answered": [str(message.id) for message in briefing.unanswered], "escalation": None, "reply": said[-1].text.strip() or None,
        }  # fmt: skip
        if not context.is_owner and escalation_call(said[start:]):
            state |= {key: value for key, value in (await self._open_case(state, Runtime(context=context))).items() if key != "messages"}
        return SimpleNamespace(value=state, interrupts=())

    def _agent(self, briefing: Briefing, context: Context) -> Any:
        tools: Sequence[Tool] = AURORA if context.is_owner else CLIENT
        prompts: Prompts = aurora if context.is_owner else client
        return create_agent(
            Model(models=self._resources.models, ai_config=briefing.settings.ai_config, ai_type="aurora" if context.is_owner else "client"),
            [_writing_at_once(tool, self._resources.db, briefing) for tool in tools],
            system_prompt=prompts.instructions(briefing),
            middleware=[Moment(prompts.moment(briefing))],
            context_schema=Context,
            checkpointer=self._memory,
        )


def _writing_at_once(tool: Tool, db: Database, briefing: Briefing) -> BaseTool:
    """Return a tool for ToolNode: refusals come as results, and what it proposes is done."""
    bound = tool.bind(db)

    async def call(runtime: Run, **arguments: Any) -> dict[str, Any]:
        state = {"briefing": briefing, "call": {"name": tool.name, "args": arguments}}
        own = replace(runtime, state=state)
        try:
            result: dict[str, Any] = await bound.ainvoke({**arguments, "runtime": own})
            return await _agreed(db, own) if result.get("awaiting_confirmation") else result
        except AppError as error:
            if error.status >= 500:
                raise
            return Refused(error=str(error)).as_json()

    return StructuredTool(name=tool.name, description=bound.description, args_schema=tool.arguments, coroutine=call)


async def _agreed(db: Database, runtime: Run) -> dict[str, Any]:
    """Make what was just proposed true."""
    context: Context = runtime.context
    proposed = (await db.run(context.organization_id, (_OPEN, {"conversation_id": context.conversation_id})))[0][0]
    await proposals.accept(
        db, context.organization_id, effect_of(runtime), proposal_id=proposed["id"], kind=proposed["kind"], contact_id=context.contact_id,
        items=[Item.model_validate(item) for item in proposed["items"]], result=proposed["result"],
    )  # fmt: skip
    result: dict[str, Any] = proposed["result"]
    return result
