"""What a request carries beside the words: where the provider's cache may be met again, and what was thought within the turn."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from service.turns.turn import AiType

BREAKPOINT = {"mode": "explicit"}

# Under what a customer's message carries what it was written to.
OCCASION = "occasion"

# A message that says something beside the answer itself, as the Responses API calls it.
COMMENTARY = "commentary"


def cache_key(organization_id: UUID, ai_type: AiType) -> str:
    """Return what groups the requests that begin alike: a shop's agent's."""
    return f"patas-{ai_type}-{organization_id}"


def with_breakpoints(request: Mapping[str, Any]) -> dict[str, Any]:
    """Mark where the next request will begin like this one: after the rules and the shop, and after what the customer said last.

    What the customer had said last when the turn before was asked is marked too, since the cache is met at marks only. Three is also
    what the provider writes beside its own. The request is of either interface, as it is sent: to LangChain parts cost more than text.
    """
    where, kind = ("input", "input_text") if "input" in request else ("messages", "text")
    items: list[dict[str, Any]] = [*request[where]]
    for at in _marks(items):
        items[at] = _marked(items[at], kind)
    return {**request, where: items}


def _marks(items: Sequence[Mapping[str, Any]]) -> Iterator[int]:
    roles = [item.get("role") for item in items]
    if roles[:1] == ["system"]:
        yield 0
    ends = [at for at, role in enumerate(roles) if role == "user" and roles[at + 1 : at + 2] != ["user"]]
    yield from ends[-2:]


def _marked(message: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return a message whose last part is a mark; one that does not end in text stays as it is."""
    content = message["content"]
    parts = [{"type": kind, "text": content}] if isinstance(content, str) else content
    if not parts or not parts[-1].get("text"):
        return message
    return {**message, "content": [*parts[:-1], {**parts[-1], "prompt_cache_breakpoint": BREAKPOINT}]}


def plain(message: AnyMessage) -> AnyMessage:
    """Return a message as its words and calls alone, as Chat Completions give it: without what was thought on the way to it."""
    if not isinstance(message, AIMessage) or isinstance(message.content, str):
        return message
    return message.model_copy(update={"content": said(message)})


def said(message: AIMessage) -> str:
    """Return the words of an answer; of several parts the answer itself, without comments on it."""
    if isinstance(message.content, str):
        return message.content
    parts = [part for part in message.content if isinstance(part, dict) and part.get("type") == "text"]
    final = [part for part in parts if part.get("phase") != COMMENTARY] or parts
    return "\n".join(str(part.get("text") or "") for part in final)


def without_earlier_calls(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Return a conversation without what was called in earlier turns: it may not stand any longer, and what came of it was told."""
    newest = max((at for at, message in enumerate(messages) if isinstance(message, HumanMessage)), default=0)
    return [message for at, message in enumerate(messages) if at >= newest or not _is_of_a_call(message)]


def _is_of_a_call(message: AnyMessage) -> bool:
    return isinstance(message, ToolMessage) or (isinstance(message, AIMessage) and bool(message.tool_calls or message.invalid_tool_calls))


def as_shown(message: AnyMessage) -> AnyMessage:
    """Return a message as a model is sent it: of a tool's result the sentences (`graphs.telling.result_message`), its JSON beside them;
    before a customer's words what these were written to (`graphs.history.occasion`).
    """
    if isinstance(message, HumanMessage) and (to := message.additional_kwargs.get(OCCASION)):
        return message.model_copy(update={"content": f"{to}\n{message.text}", "additional_kwargs": {}})
    if not isinstance(message, ToolMessage) or not isinstance(message.artifact, str):
        return message
    return message.model_copy(update={"content": message.artifact, "artifact": message.content})
