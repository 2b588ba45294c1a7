"""The loop of model and tools that both subgraphs share."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from langchain_core.messages import AIMessage, AnyMessage, RemoveMessage, SystemMessage, ToolCall, ToolMessage
from langchain_core.messages.ai import add_usage
from langchain_core.messages.utils import count_tokens_approximately
from langchain_core.tools import BaseTool
from langgraph.prebuilt import ToolRuntime
from langgraph.runtime import Runtime
from pydantic import ValidationError

from graphs.completions import FILTERED
from graphs.context import Context
from graphs.models import Models
from graphs.state import State
from graphs.telling import result_message, without_notes
from service.language.text import LONGEST_TEXT, seen, storable
from service.platform.documents import JsonObject
from service.platform.errors import AppError, BadRequest, ModelFailed
from service.platform.journal import effect_key
from service.platform.telemetry import UNBACKED_REPLIES
from service.turns.briefing import Briefing
from service.turns.choice import choice
from service.turns.compose import Told, compose, looks_like_code, without_facts
from service.turns.turn import AiType
from tools import registry
from tools.arguments import WRONG_ARGUMENTS, described, read
from tools.escalation import ESCALATE, Called
from tools.heard import Heard
from tools.results import Refused

log = structlog.get_logger()

# The id of the node's own call for a person, where no reply had its receipt.
UNBACKED = "unbacked"

ASK_AGAIN = """\
Conferência automática: esta mensagem ainda não foi enviada, porque não há nada nela que se possa enviar:
{reasons}
Se falta chamar uma função, chame agora, pelo mecanismo de funções e não escrita na mensagem. Depois escreva de novo a mensagem inteira, só
com o que as funções devolveram, sem mencionar esta conferência. Não diga que algo foi feito se nenhuma função o fez."""
WRITTEN_CALL = "Uma função não se chama escrevendo o nome dela, um JSON ou código na mensagem."
NOTHING_SAID = "A mensagem não responde ao que foi perguntado."
TOO_LONG = "A mensagem é longa demais."
NOT_LET_THROUGH = "O filtro de conteúdo não deixou a mensagem passar. Escreva outra, curta e sem repetir as palavras do cliente."

PREFIX: dict[AiType, str] = {"client": "[CLIENT-AI]", "aurora": "[AURORA]"}
# Rounds of calls that found nothing new, after which the model is not asked again.
MOST_STALE = 2
# The same where the turn has proposed something, which only waits for the customer's yes.
MOST_STALE_ASKED = 1
# Dropped sentences that the model, and a person who is called, is told of, and characters of each.
MOST_REASONS, LONGEST_REASON = 5, 200

Ask = Callable[[list[AnyMessage], list[AnyMessage], State], Awaitable[AIMessage]]
Execute = Callable[[AIMessage, State, Runtime[Context], dict[str, JsonObject], Heard], Awaitable[tuple[list[AnyMessage], set[str]]]]
# What a reply may tell: by the window's messages, those of the running turn, and the briefing.
Tell = Callable[[Sequence[AnyMessage], Sequence[AnyMessage], Briefing], Told]


class Prompts(Protocol):
    """What an agent is told: `instructions` before its conversation, the same for as long as possible, and `moment` after it.

    A provider computes only once what requests begin with alike, so whatever changes from one to the next stands at their end.
    """

    def instructions(self, briefing: Briefing) -> str: ...
    def moment(self, briefing: Briefing) -> str: ...


class Node(Protocol):
    """A graph's node: reads the state, returns what it adds to it."""

    async def __call__(self, state: State, runtime: Runtime[Context]) -> dict[str, Any]: ...


def this_turn(state: State) -> list[AnyMessage]:
    """Return the messages that the running turn added to the window: all of it where the turn is longer than the window."""
    messages, start = state.get("messages") or [], state.get("turn_start")
    if start is None:
        return []
    return messages[next((i for i, message in enumerate(messages) if message.id == start), 0) :]


def drafts(state: State, briefing: Briefing) -> list[AnyMessage]:
    """Return the removal of what an earlier attempt of the running turn said and called; what people wrote stays."""
    written = {key for message in briefing.history for key in (str(message.id), message.ai_message_id)}
    return [
        RemoveMessage(str(m.id))  # type: ignore[misc]
        for m in this_turn(state)
        if isinstance(m, AIMessage | ToolMessage) and m.id not in written
    ]


def build_agent_node(
    ai_type: AiType,
    models: Models,
    tools: Sequence[BaseTool],
    prompts: Prompts,
    *,
    rounds: int,
    tell: Tell,
    else_say: str | None = None,
) -> Node:
    """Build the node that asks the model, executes the tools that it calls, and asks again until it answers or calls for a person.

    After `rounds` model calls in one turn it must answer without tools. What is sent of its answer is small talk and the facts that `tell`
    collects (`service.turns.compose`, docs/decisions/0022). Where nothing is left of it, where it takes for done what this turn did not do
    beside what it did, or where it looks like a call that was written out, the model is shown it with the reason and asked once more, tools
    and all. After a second such answer what is left is sent, else `else_say`; where there is none the node calls for a person itself.

    One node, not an agent and a tools node: nothing is checkpointed between the two (docs/decisions/0007).
    """
    ask, execute = _build_ask(ai_type, models, tools, rounds=rounds), _build_execute(ai_type, tools)
    return _Agent(ai_type, prompts, ask, execute, tell, [tool.name for tool in tools], else_say)


@dataclass(frozen=True)
class _Agent:
    """The node, over what it was built of."""

    ai_type: AiType
    prompts: Prompts
    ask: Ask
    execute: Execute
    tell: Tell
    names: Sequence[str]
    else_say: str | None

    async def __call__(self, state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        """Return what the agent adds to the state."""
        first = SystemMessage(self.prompts.instructions(state["briefing"]))
        last = SystemMessage(self.prompts.moment(state["briefing"]))
        turn = this_turn(state)
        added: list[AnyMessage] = []
        # What the model is shown of this turn: `added`, and where a reply was rejected, that reply and why.
        shown: list[AnyMessage] = []
        asked_again, thrown_away, stale = False, None, 0
        against: list[str] = []
        done, heard = _done(state, runtime), Heard(state["briefing"])
        before = _succeeded(turn)

        def told() -> Told:
            return self.tell([*state["messages"], *added], [*turn, *added], state["briefing"])

        while True:
            reply = await self.ask([first, *state["messages"], *shown, last], [*turn, *shown], state)
            reply.usage_metadata = add_usage(thrown_away, reply.usage_metadata)
            thrown_away = None
            if not (reply.tool_calls or reply.invalid_tool_calls):
                text, reasons = _sendable(reply, told(), self.names, last=asked_again)
                if text is None and asked_again:
                    text = self.else_say
                if text is not None:
                    return {"messages": [*added, reply.model_copy(update={"content": text})], "reply": text}
                against += [why for why in reasons if why not in against]
                follows = "calling a person" if asked_again else "asking again"
                # How many, not which: they quote the reply, and that the customer.
                log.warning(f"{PREFIX[self.ai_type]} Reply without a receipt, {follows}", reasons=len(reasons))
                UNBACKED_REPLIES.labels("person" if asked_again else "asked_again").inc()
                if asked_again:
                    return {"messages": [*added, *_call_for_a_person(reply, against)], "reply": None}
                asked_again, thrown_away = True, reply.usage_metadata
                shown += _rejected(reply, reasons)
                continue
            results, made = await self.execute(reply, state, runtime, done, heard)
            known = told() if before else None
            if known and made and made <= before and (text := _from_facts(known)):
                # What was called once more is known, and the model makes nothing of it.
                return {"messages": [*added, reply.model_copy(update={"content": text, "tool_calls": []})], "reply": text}
            before = made
            added += [reply, *results]
            shown += [reply, *results]
            if escalation_call(added):
                return {"messages": added, "reply": None}
            stale = stale + 1 if known and _finds_nothing_new(told(), known) else 0
            if stale >= (MOST_STALE_ASKED if known and known.asks else MOST_STALE) and (text := _from_facts(told())):
                return {"messages": [*added, AIMessage(text)], "reply": text}


def _finds_nothing_new(told: Told, known: Told) -> bool:
    """Tell whether a turn has no fact that was not known before its last round of calls.

    What only says that something lacks is none, and beside a proposal neither is what need not be told.
    """
    refused = [fact for fact in told.turn if fact.kind in ("question", "refusal")]
    lacks = {fact.text for fact in refused if not (fact.days or fact.times) or (known.asks and not fact.must)}
    return {fact.text for fact in told.turn} <= lacks | {fact.text for fact in (*known.turn, *known.standing)}


def _from_facts(told: Told) -> str | None:
    """Return what the server says of a turn by itself; None where it has nothing to say."""
    return compose("", told).text or told.missing


def _rejected(reply: AIMessage, reasons: Sequence[str]) -> list[AnyMessage]:
    """Return what the model is shown of a reply that is not sent, and why."""
    said: list[AnyMessage] = [AIMessage(reply.text[:LONGEST_TEXT])] if seen(reply.text) else []
    return [*said, SystemMessage(ASK_AGAIN.format(reasons="\n".join(f"- {why}" for why in reasons)))]


def _sendable(reply: AIMessage, told: Told, names: Sequence[str], *, last: bool) -> tuple[str | None, list[str]]:
    """Return what is sent of a reply, or None and why not. What was done is told, even if the model comes to no answer at all (`last`).

    What only repeats a result as data, or itself, has nothing more to say than what the results are told in.
    """
    endless, said = _is_endless(reply), without_notes(reply.text)
    if endless or looks_like_code(without_facts(said, told), names):
        # A model that repeats itself before it has looked anything up does better when it is asked again.
        asks_again = not told.turn if endless else any(name in said for name in names)
        text = None if asks_again and not last else compose("", told).text
        wrong = NOT_LET_THROUGH if _is_filtered(reply) else TOO_LONG if endless else WRITTEN_CALL
        return text or (told.missing if last else None), [wrong]
    made = compose(said, told)
    unfounded = list(dict.fromkeys([*made.promised, *made.dropped]))[:MOST_REASONS]
    reasons = [f"“{sentence[:LONGEST_REASON]}” não veio de nenhuma função." for sentence in unfounded] or [NOTHING_SAID]
    text = made.text or (told.missing if last else None)
    return (None if made.promised and not last else text), reasons


def _is_endless(reply: AIMessage) -> bool:
    """Tell whether an answer was cut off, or is beyond what WhatsApp takes: a model that repeats itself, or a filter."""
    return reply.response_metadata.get("finish_reason") == "length" or _is_filtered(reply) or len(reply.text) > LONGEST_TEXT


def _is_filtered(reply: AIMessage) -> bool:
    return reply.response_metadata.get("finish_reason") == FILTERED


def _call_for_a_person(reply: AIMessage, reasons: Sequence[str]) -> list[AnyMessage]:
    """Return the call for a person in the place of a reply without a receipt, and the call's result."""
    reason = f"A IA não conseguiu responder com o que as funções devolveram. {' '.join(reasons)}"
    call = ToolCall(name=ESCALATE, args={"reason": reason}, id=UNBACKED)
    asking = AIMessage("", tool_calls=[call], response_metadata=reply.response_metadata, usage_metadata=reply.usage_metadata)
    return [asking, _result(UNBACKED, ESCALATE, Called(reason=reason).as_json())]


def _build_ask(ai_type: AiType, models: Models, tools: Sequence[BaseTool], *, rounds: int) -> Ask:
    specs = [described(tool) for tool in tools]

    async def ask(prompt: list[AnyMessage], turn: list[AnyMessage], state: State) -> AIMessage:
        ai_config, shop = state["briefing"].settings.ai_config, state["briefing"].organization.id
        model = models.name(ai_config, ai_type)
        may_call = sum(isinstance(m, AIMessage) for m in turn) < rounds
        log.info(
            f"{PREFIX[ai_type]} Calling OpenAI",
            model=model,
            temperature=choice(ai_config, ai_type, model=model).temperature,
            promptTokens=count_tokens_approximately(prompt),
        )
        reply = _storable(await models.ask(ai_config, ai_type, prompt, tools=specs if may_call else (), organization_id=shop))
        if not (seen(reply.text) or reply.tool_calls or reply.invalid_tool_calls or _is_filtered(reply)):
            raise ModelFailed("The model answered with nothing.")
        if not may_call and (reply.tool_calls or reply.invalid_tool_calls):
            raise ModelFailed("The model called a function that it was not offered.")
        return reply

    return ask


def _storable(reply: AIMessage) -> AIMessage:
    """Return a reply without what Postgres can't hold, in its words and in its calls."""

    def cleaned(value: Any) -> Any:
        if isinstance(value, str):
            return storable(value)
        if isinstance(value, dict):
            return {storable(key): cleaned(inner) for key, inner in value.items()}
        return [cleaned(inner) for inner in value] if isinstance(value, list) else value

    calls = [{**call, "args": cleaned(call["args"])} for call in reply.tool_calls]
    return reply.model_copy(update={"content": cleaned(reply.content), "tool_calls": calls})


def _build_execute(ai_type: AiType, tools: Sequence[BaseTool]) -> Execute:
    """Build what executes a reply's tool calls one after another, so that a pet registered by the first is there for the second.

    What an expected refusal or a wrong argument says goes back to the model. A call that this turn has already carried out, in this attempt
    or one before, is answered as it was then: `done` has these by their keys, and gets what is carried out. What comes with the results are
    the keys of what was called, of what was refused the refusals.
    """
    by_name = {tool.name: tool for tool in tools}

    async def execute(
        reply: AIMessage, state: State, runtime: Runtime[Context], done: dict[str, JsonObject], heard: Heard
    ) -> tuple[list[AnyMessage], set[str]]:
        results: list[AnyMessage] = []
        made: set[str] = set()
        for call in reply.tool_calls:
            tool = by_name.get(call["name"])
            log.info(f"{PREFIX[ai_type]} Executing function", functionName=tool.name if tool else "unknown", args=call["args"])
            if tool is None:
                key, content = call["name"], _refused(f"A função {call['name']} não existe. Use: {', '.join(by_name)}.")
            else:
                key, content = await _carry_out(tool, call, state, runtime, done, heard)
            made.add(key)
            results.append(result_message(call["id"], call["name"], content, state["briefing"]))
        for broken in reply.invalid_tool_calls:
            error = _refused("Os argumentos não são um JSON válido. Chame de novo com JSON correto.")
            results.append(_result(broken["id"], broken["name"], error))
            made.add(str(broken["args"]))
        return results, made

    return execute


async def _carry_out(
    tool: BaseTool, call: ToolCall, state: State, runtime: Runtime[Context], done: dict[str, JsonObject], heard: Heard
) -> tuple[str, JsonObject]:
    """Execute a call with what of its arguments was said; return its key as well."""
    try:
        stands = registry.grounded(tool.name, read(tool, call["args"]), heard)
    except BadRequest as unsaid:
        return f"{tool.name}: {unsaid}", Refused.of(unsaid).as_json()
    call = {**call, "args": stands.args}
    key = effect_key(call["name"], call["args"])
    content = done.get(key) or await _execute(tool, {**call["args"], "runtime": _tool_runtime(call, state, runtime)})
    if registry.writes(tool.name) and content.get("success") is True:
        done[key] = content
    return key, {**content, "left_out": " ".join(stands.left_out)} if stands.left_out else content


def _done(state: State, runtime: Runtime[Context]) -> dict[str, JsonObject]:
    """Return what earlier attempts of the running turn have done, from the journal: each call's result by the call's key."""
    return {effect.effect_key: effect.result for effect in state["briefing"].effects if effect.turn_id == runtime.context.turn_id}


def _succeeded(turn: Sequence[AnyMessage]) -> set[str]:
    """Return the keys of what the turn has done before the model is asked."""
    done = {m.tool_call_id for m in turn if isinstance(m, ToolMessage) and json.loads(m.text).get("success") is True}
    calls = (call for m in turn if isinstance(m, AIMessage) for call in m.tool_calls)
    return {effect_key(call["name"], call["args"]) for call in calls if call["id"] in done}


def _refused(error: str) -> dict[str, Any]:
    return Refused(error=error).as_json()


def _result(call_id: str | None, name: str | None, content: dict[str, Any]) -> ToolMessage:
    return ToolMessage(content=json.dumps(content, ensure_ascii=False), tool_call_id=call_id or "", name=name)


def _tool_runtime(call: ToolCall, state: State, runtime: Runtime[Context]) -> ToolRuntime[Any, Any]:
    return ToolRuntime(
        state={**state, "call": call},
        context=runtime.context,
        config={},
        stream_writer=runtime.stream_writer,
        tool_call_id=call["id"],
        store=runtime.store,
    )


async def _execute(tool: BaseTool, args: dict[str, Any]) -> dict[str, Any]:
    try:
        result: dict[str, Any] = await tool.ainvoke(args)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return _refused(f"{WRONG_ARGUMENTS}: {wrong}")
    except AppError as error:
        if error.status >= 500:
            raise
        return Refused.of(error).as_json()
    return result


def escalation_call(turn: Sequence[AnyMessage]) -> ToolCall | None:
    """Return a turn's well-formed request for a person, if it made one that was not refused."""
    refused = {m.tool_call_id for m in turn if isinstance(m, ToolMessage) and m.name == ESCALATE and '"success": false' in m.text}
    calls = (call for message in turn if isinstance(message, AIMessage) for call in message.tool_calls)
    asked = (call for call in calls if call["name"] == ESCALATE and call["args"].get("reason"))
    return next((call for call in asked if call["id"] not in refused), None)
