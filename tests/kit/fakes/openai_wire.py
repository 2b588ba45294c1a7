"""What OpenAI's two interfaces send and refuse: the shapes of an answer, and a request of either as chat completions have it."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.kit.fakes.server import Fault


@dataclass(frozen=True)
class ToolCall:
    """A tool call of the model. `arguments` as text goes out as it is, well-formed or not; with `raw` an object does, too.

    `id` is None for one of the API's own; anything else goes out as it is.
    """

    name: str
    arguments: dict[str, Any] | str | None = field(default_factory=dict)
    raw: bool = False
    id: Any = None

    def written(self) -> Any:
        return self.arguments if self.raw or isinstance(self.arguments, str) else json.dumps(self.arguments, ensure_ascii=False)

    def call_id(self) -> Any:
        return f"call_{uuid4().hex[:24]}" if self.id is None else self.id if self.id != "null" else None


@dataclass(frozen=True)
class Step:
    """One answer of the model, or what goes wrong instead of it. `usage` is prompt and completion tokens.

    Of the prompt's tokens `cached` were in the cache and `written` put there.
    """

    text: str | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    usage: tuple[int, int] = (100, 20)
    cached: int = 0
    written: int = 0
    finish_reason: str | None = None
    fault: Fault = field(default_factory=Fault)


def as_chat(body: dict[str, Any]) -> dict[str, Any]:
    """Return a request of either interface with its `messages` and `tools` as chat completions have them."""
    if "input" not in body:
        return body
    messages: list[dict[str, Any]] = []
    for item in _items(body):
        kind = item.get("type", "message")
        if kind == "message":
            messages.append({"role": item["role"], "content": _joined(item["content"])})
        elif kind == "function_call":
            call = {"id": item["call_id"], "type": "function", "function": {"name": item["name"], "arguments": item["arguments"]}}
            if not (messages and messages[-1]["role"] == "assistant" and messages[-1].get("tool_calls")):
                messages.append({"role": "assistant", "content": None, "tool_calls": []})
            messages[-1]["tool_calls"].append(call)
        elif kind == "function_call_output":
            messages.append({"role": "tool", "tool_call_id": item["call_id"], "content": item["output"]})
    tools = [{"type": "function", "function": {k: v for k, v in t.items() if k != "type"}} for t in body.get("tools") or ()]
    return {**body, "messages": messages, **({"tools": tools} if tools else {})}


def _items(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a request's input; a mere text is what the user says."""
    given = body["input"]
    return [{"type": "message", "role": "user", "content": given}] if isinstance(given, str) else given


def _joined(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def effort_of(body: dict[str, Any]) -> str:
    """Return the effort of a request to a model that reasons; "none" for the others."""
    if not str(body.get("model", "")).startswith("gpt-6"):
        return "none"
    said = body.get("reasoning_effort") or (body.get("reasoning") or {}).get("effort")
    return str(said or "medium")


def refused(body: dict[str, Any]) -> tuple[str, str | None] | None:
    """Return why the real API would refuse a request, and the parameter that it names."""
    if str(body.get("model", "")).startswith("gpt-6") and (wrong := _parameters(body)):
        return wrong
    wrong_history = _input(_items(body)) if "input" in body else _messages(body["messages"])
    return (wrong_history, None) if wrong_history else None


def _parameters(body: dict[str, Any]) -> tuple[str, str] | None:
    reasons = effort_of(body) != "none"
    if reasons and body.get("tools") and "input" not in body:
        return (
            f"Function tools with reasoning_effort are not supported for {body['model']} in /v1/chat/completions. "
            "To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
            "reasoning_effort",
        )
    if reasons and body.get("temperature") is not None:
        return "Unsupported parameter: 'temperature' is not supported with this model.", "temperature"
    if "max_tokens" in body:
        return "Unsupported parameter: 'max_tokens' is not supported with this model.", "max_tokens"
    return None


def _messages(messages: Iterable[dict[str, Any]]) -> str | None:
    """Every tool call needs its result, right after it, and no result stands alone."""
    pending: set[str] = set()
    for message in messages:
        if message["role"] == "tool":
            if message.get("tool_call_id") not in pending:
                return "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
            pending.discard(message["tool_call_id"])
            continue
        if pending:
            break
        pending = {c["id"] for c in message.get("tool_calls") or ()}
    if pending:
        return (
            f"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id': {sorted(pending)}"
        )
    return None


def _input(items: list[dict[str, Any]]) -> str | None:
    """Every call needs its result; what the API thought comes with its call, encrypted, since it keeps nothing."""
    called: set[str] = set()
    answered: set[str] = set()
    thoughts: set[str] = set()
    for at, item in enumerate(items):
        match item.get("type"):
            case "function_call":
                called.add(item["call_id"])
                if (thought := _thought(item)) and thought not in thoughts:
                    return f"Item '{item['id']}' of type 'function_call' was provided without its required 'reasoning' item: '{thought}'."
            case "function_call_output":
                if item["call_id"] not in called:
                    return f"No tool call found for function call output with call_id {item['call_id']}."
                answered.add(item["call_id"])
            case "reasoning":
                thoughts.add(item["id"])
                if not item.get("encrypted_content"):
                    return f"Item with id '{item['id']}' not found. Items are not persisted when `store` is set to false."
                if at + 1 == len(items) or items[at + 1].get("type") not in ("function_call", "message"):
                    return f"Item '{item['id']}' of type 'reasoning' was provided without its required following item."
    if called - answered:
        return f"No tool output found for function call {sorted(called - answered)[0]}."
    return None


def _thought(call: dict[str, Any]) -> str | None:
    """Return the reasoning that a call came of: the fake's ids of the two end alike."""
    own = str(call.get("id") or "")
    return f"rs_{own.removeprefix('fc_').split('.')[0]}" if "." in own else None


def completion(body: dict[str, Any], step: Step) -> dict[str, Any]:
    """Return a step as a chat completion."""
    message: dict[str, Any] = {"role": "assistant", "content": step.text, "refusal": None}
    if step.tool_calls:
        message["tool_calls"] = [
            {"id": c.call_id(), "type": "function", "function": {"name": c.name, "arguments": c.written()}} for c in step.tool_calls
        ]
    reason = step.finish_reason or ("tool_calls" if step.tool_calls else "stop")
    prompt, output = step.usage
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": body.get("model", "fake"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": output,
            "total_tokens": prompt + output,
            "prompt_tokens_details": {"cached_tokens": step.cached, "cache_write_tokens": step.written, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        },
    }


def response(body: dict[str, Any], step: Step) -> dict[str, Any]:
    """Return a step as a response: where the model reasons, after what it thought."""
    output: list[dict[str, Any]] = []
    turn = uuid4().hex[:24]
    if reasons := effort_of(body) != "none":
        thought: dict[str, Any] = {"id": f"rs_{turn}", "type": "reasoning", "summary": [], "status": None, "content": None}
        if "reasoning.encrypted_content" in (body.get("include") or ()):
            thought["encrypted_content"] = f"gAAAA{turn}"
        output.append(thought)
    if step.text is not None:
        part = {"type": "output_text", "text": step.text, "annotations": [], "logprobs": []}
        output.append({"id": f"msg_{turn}", "type": "message", "role": "assistant", "status": "completed", "content": [part]})
    for number, c in enumerate(step.tool_calls):
        item = {"type": "function_call", "call_id": c.call_id(), "name": c.name, "arguments": c.written(), "status": "completed"}
        output.append({"id": f"fc_{turn}.{number}" if reasons else f"fc_{turn}{number}", **item})
    prompt, written = step.usage
    cut = step.finish_reason == "length"
    return {
        "id": f"resp_{turn}",
        "object": "response",
        "created_at": int(time.time()),
        "model": body.get("model", "fake"),
        "status": "incomplete" if cut else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
        "error": None,
        "output": output,
        "store": body.get("store", True),
        "service_tier": "default",
        "usage": {
            "input_tokens": prompt,
            "output_tokens": written,
            "total_tokens": prompt + written,
            "input_tokens_details": {"cached_tokens": step.cached, "cache_write_tokens": step.written},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }
