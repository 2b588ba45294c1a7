"""What a model's server answered, made what langchain-openai relies on, or nothing at all.

Servers that call themselves compatible number their calls from zero in every answer, leave ids empty, give arguments as an object and
usage as they like. What can be read is read, within bounds (`graphs.bounds`); what is no answer is None, and the turn asks again.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from graphs import bounds

Json = dict[str, Any]

# Of a call's usage: the names of the totals, and of the parts that langchain-openai knows.
_CHAT_USAGE = ("prompt_tokens", "completion_tokens")
_RESPONSES_USAGE = ("input_tokens", "output_tokens")
_INPUT_PARTS = ("cached_tokens", "cache_write_tokens")
_OUTPUT_PARTS = ("reasoning_tokens",)


class View(dict[str, Any]):
    """Plain JSON with the face of openai's models, which langchain-openai reads responses by: nothing is checked twice."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def model_dump(self, **_: Any) -> Json:
        return {key: value for key, value in self.items() if value is not None}


def completion(answer: object, request: Mapping[str, Any]) -> Json | None:
    """Return a chat completion with a message in it; None where there is none."""
    if not isinstance(answer, dict) or answer.get("error") or not isinstance(choices := answer.get("choices"), list) or not choices:
        return None
    known = {call.get("id") for message in request["messages"] for call in message.get("tool_calls") or ()}
    if (read := _choice(choices[0], known)) is None:
        return None
    return {"id": answer.get("id"), "model": answer.get("model"), "choices": [read], "usage": _usage(answer.get("usage"), _CHAT_USAGE)}


def response(answer: object, request: Mapping[str, Any]) -> View | None:
    """Return a response of the Responses API; None where there is none, or the server says that it failed."""
    if not isinstance(answer, dict) or answer.get("error") or not isinstance(output := answer.get("output"), list):
        return None
    if answer.get("status") not in (None, "completed", "incomplete"):
        return None
    known = {item.get("call_id") for item in request["input"] if item.get("type") == "function_call"}
    try:
        items = [item for given in output if (item := _item(given, known))]
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    if sum(item.type == "function_call" for item in items) > bounds.MOST_CALLS:
        return None
    usage = _usage(answer.get("usage"), _RESPONSES_USAGE)
    return View(
        # What the state tells messages apart by: some servers give every answer the same.
        id=f"resp_{uuid4().hex}",
        model=answer.get("model"),
        status=answer.get("status"),
        incomplete_details=_why_incomplete(answer.get("incomplete_details")),
        error=None,
        output=items,
        usage=View(usage) if usage else None,
        service_tier=None,
        output_text="",
    )


def _choice(choice: object, known: set[Any]) -> Json | None:
    if not isinstance(choice, dict) or not isinstance(message := choice.get("message"), dict) or not message.get("role"):
        return None
    # What a model refuses to say it says why, beside an empty content.
    content = _text(message.get("content")) or _text(message.get("refusal"))
    try:
        given = message.get("tool_calls") or ()
        calls = [_call(call, known) for call in given] if len(given) <= bounds.MOST_CALLS else None
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    if calls is None:
        return None
    read: Json = {"role": "assistant", "content": content, **({"tool_calls": calls} if calls else {})}
    return {"index": 0, "message": read, "finish_reason": choice.get("finish_reason")}


def _call(call: Json, known: set[Any]) -> Json:
    function = call["function"]
    return {
        "id": _own_id(call.get("id"), known),
        "type": "function",
        "function": {"name": bounds.name(function["name"]), "arguments": bounds.arguments(function.get("arguments"))},
    }


def _item(item: Json, known: set[Any]) -> View | None:
    """Return an item of a response's output; None for those that no reader here knows."""
    match item.get("type"):
        case "message":
            parts = [part for given in item.get("content") or () if (part := _part(given))]
            return View(type="message", id=item.get("id"), content=parts, **_present(item, "phase"))
        case "function_call":
            called = _own_id(item.get("call_id"), known)
            name, arguments = bounds.name(item["name"]), bounds.arguments(item.get("arguments"))
            return View(type="function_call", call_id=called, name=name, arguments=arguments, **_present(item, "id"))
        case "reasoning":
            return View(type="reasoning", id=item.get("id"), summary=[], **_present(item, "encrypted_content"))
    return None


def _part(part: Json) -> View | None:
    """Return what a part says; also of what the model refuses to say, since its reason is all that there is."""
    for kind, key in (("output_text", "text"), ("refusal", "refusal")):
        if part.get("type") == kind and isinstance(part.get(key), str):
            return View(type="output_text", text=part[key][: bounds.LONGEST_SAID], annotations=[])
    return None


def _why_incomplete(details: object) -> Json | None:
    reason = details.get("reason") if isinstance(details, dict) else None
    return {"reason": reason} if isinstance(reason, str) else None


def _present(item: Json, key: str) -> Json:
    return {key: item[key]} if isinstance(item.get(key), str) else {}


def _text(content: object) -> str:
    """Return the text of content, which may come in parts."""
    if isinstance(content, str):
        return content[: bounds.LONGEST_SAID]
    parts: Iterable[object] = content if isinstance(content, list) else ()
    return "".join(str(part.get("text") or "") for part in parts if isinstance(part, dict))[: bounds.LONGEST_SAID]


def _own_id(given: object, known: set[Any]) -> str:
    """Return a call's id, or one of our own where it has none that can be kept or another call of the conversation has the same."""
    own = str(given) if bounds.is_id(given) and given not in known else f"call_{uuid4().hex}"
    known.add(own)
    return own


def _usage(usage: object, totals: tuple[str, str]) -> Json | None:
    """Return what a call took, as whole numbers that agree with each other; None where the server does not say."""
    if not isinstance(usage, dict):
        return None
    prompt, output = (bounds.tokens(usage.get(name)) for name in totals)
    read: Json = {totals[0]: prompt, totals[1]: output, "total_tokens": prompt + output}
    for total, names in ((totals[0], _INPUT_PARTS), (totals[1], _OUTPUT_PARTS)):
        details, left = usage.get(f"{total}_details"), read[total]
        read[f"{total}_details"] = parts = {}
        for name in names:
            parts[name] = min(bounds.tokens(details.get(name)) if isinstance(details, dict) else 0, left)
            left -= parts[name]
    return read
