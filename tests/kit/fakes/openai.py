"""A fake of OpenAI's two interfaces: scripted answers, told by conversation where several run at once.

    fake.script(["Olá!", call("list_services"), text("Temos banho.")])         # consumed in order
    fake.script([...], key="[shop-b]")                                        # for requests with this marker in any message
    fake.respond(lambda request: text("Oi"))                                  # a rule; None leaves it to the scripts
    fake.gone.add("gpt-4o-mini")                                              # a model that is not there

Rules and scripts see a request of the Responses API as chat completions have it; `requests` has it as it came. A request that no step is
left for gets HTTP 500 and stands in `failures`. What the real API refuses (a tool call without its result, a parameter that the model does
not take) gets the real API's 400.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.kit.fakes.openai_wire import Step, ToolCall, as_chat, completion, refused, response
from tests.kit.fakes.server import FakeServer, Fault, parser, reset, serve

MALFORMED = Fault(status=200, body='{"id": "chatcmpl-', headers={"Content-Type": "application/json"})

AnyStep = Step | ToolCall | Fault | str | dict[str, Any]


def text(content: str, **more: Any) -> Step:
    """Let the model say something."""
    return Step(text=content, **more)


def call(name: str, /, **arguments: Any) -> Step:
    """Let the model call one tool."""
    return Step(tool_calls=(ToolCall(name, arguments),))


def calls(*tool_calls: ToolCall | Step, text: str | None = None) -> Step:
    """Let the model call several tools at once."""
    return Step(text=text, tool_calls=tuple(c for item in tool_calls for c in ([item] if isinstance(item, ToolCall) else item.tool_calls)))


def as_step(value: AnyStep) -> Step:
    """Read a step from its short forms: text; a tool call; a fault; an object as scripts in YAML or JSON have it."""
    match value:
        case Step():
            return value
        case str():
            return Step(text=value)
        case ToolCall():
            return Step(tool_calls=(value,))
        case Fault():
            return Step(fault=value)
    value = dict(value)
    if "fault" in value:
        value["fault"] = Fault(**value["fault"])
    value["tool_calls"] = tuple(ToolCall(c["name"], c.get("arguments", {})) for c in value.get("tool_calls", ()))
    if isinstance(value.get("usage"), dict):
        used = value["usage"]
        value["cached"], value["written"] = used.get("cached_tokens", 0), used.get("cache_write_tokens", 0)
        value["usage"] = (used.get("prompt_tokens", 0), used.get("completion_tokens", 0))
    return Step(**value)


class FakeOpenAI(FakeServer):
    """`url` is the server's; `base_url` what OPENAI_BASE_URL takes."""

    def __init__(self, **server: Any) -> None:
        super().__init__(**server)
        self.failures: list[str] = []
        self.gone: set[str] = set()
        self._scripts: dict[str | None, list[Step]] = {}
        self._respond: Callable[[Any], AnyStep | None] | None = None

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def script(self, steps: Iterable[AnyStep], *, key: str | None = None) -> None:
        """Add steps for the requests that contain `key`, or for all that no other script is for."""
        self._scripts.setdefault(key, []).extend(as_step(step) for step in steps)

    def respond(self, rule: Callable[[Any], AnyStep | None] | None) -> None:
        """Ask `rule` first about every request."""
        self._respond = rule

    @property
    def unused(self) -> list[Step]:
        """Steps that nothing asked for."""
        return [step for steps in self._scripts.values() for step in steps]

    def assert_finished(self) -> None:
        """Every step was used, and no request was without one."""
        assert not self.failures, self.failures
        assert not self.unused, f"never asked for: {self.unused}"

    def clear(self) -> None:
        super().clear()
        self.failures.clear()
        self.gone.clear()
        self._scripts.clear()
        self._respond = None

    def record(self) -> dict[str, Any]:
        return super().record() | {"failures": self.failures, "unused": len(self.unused)}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v1/chat/completions", self._complete),
            web.post("/v1/responses", self._complete),
            web.get("/v1/models", self._models),
            web.post("/_fake/script", self._add_script),
        ]

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await self.read(request)
        if body.get("model") in self.gone:
            wrong = f"The model `{body['model']}` does not exist or you do not have access to it."
            return _error(404, wrong, "invalid_request_error", code="model_not_found")
        if found := refused(body):
            wrong, parameter = found
            self.failures.append(wrong)
            return _error(400, wrong, "invalid_request_error", parameter=parameter)
        asked = as_chat(body)
        fault = self.fault_for(asked)
        met = await self.meet(request, fault)
        if met is not None:
            return met
        step = self._next(asked)
        if step is None:
            wrong = f"No scripted answer is left for: {_last(asked)!r}"
            self.failures.append(wrong)
            return _error(500, wrong, "server_error")
        met = await self.meet(request, step.fault)
        if met is not None:
            return met
        if "after" in (fault.reset, step.fault.reset):
            return reset(request)
        if "input" in body:
            return web.json_response(response(body, step))
        answer = completion(body, step)
        return await _stream(request, body, answer) if body.get("stream") else web.json_response(answer)

    def _next(self, body: Any) -> Step | None:
        if self._respond and (found := self._respond(body)) is not None:
            return as_step(found)
        keys = [key for key in self._scripts if key is not None]
        if keys:
            written = "\n".join(_written(message) for message in body["messages"])
            for key in keys:
                if key in written:
                    return self._scripts[key].pop(0) if self._scripts[key] else None
        return self._scripts[None].pop(0) if self._scripts.get(None) else None

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "fake", "object": "model", "owned_by": "tests"}]})

    async def _add_script(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.script(body["steps"], key=body.get("key"))
        return web.Response(status=204)


def _written(message: Any) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def dialogue(body: Any) -> list[Any]:
    """Return a request's messages without what the agent is told: the customer's, the model's, the functions'."""
    return [message for message in body["messages"] if message["role"] != "system"]


def _last(body: Any) -> str:
    return next((_written(message) for message in reversed(dialogue(body)) if _written(message)), "")


def _error(status: int, message: str, kind: str, *, parameter: str | None = None, code: str | None = None) -> web.Response:
    return web.json_response({"error": {"message": message, "type": kind, "param": parameter, "code": code}}, status=status)


async def _stream(request: web.Request, body: Any, answer: dict[str, Any]) -> web.StreamResponse:
    """Return the same answer as server-sent events, in one delta."""
    choice, usage = answer["choices"][0], answer.pop("usage")
    delta = choice["message"] | {"tool_calls": [c | {"index": i} for i, c in enumerate(choice["message"].get("tool_calls", ()))]}
    head = answer | {"object": "chat.completion.chunk"}
    chunks = [
        head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
        head | {"choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]},
    ]
    if (body.get("stream_options") or {}).get("include_usage"):
        chunks.append(head | {"choices": [], "usage": usage})
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    for chunk in chunks:
        await stream.write(f"data: {json.dumps(chunk)}\n\n".encode())
    await stream.write(b"data: [DONE]\n\n")
    return stream


def main() -> None:
    options = parser(__doc__ or "")
    options.add_argument("--script", type=Path, help="JSON file with a list of steps")
    options.add_argument("--reply", help="answer every request with this text once the script is used up")
    options.add_argument("--gone", action="append", default=[], help="a model that is not there; may be repeated")
    options.add_argument("--delay", type=float, default=0.0, help="seconds before such a reply")
    chosen = options.parse_args()
    fake = FakeOpenAI(host=chosen.host, port=chosen.port)
    fake.gone.update(chosen.gone)
    if chosen.script:
        fake.script(json.loads(chosen.script.read_text("utf-8")))
    if chosen.reply is not None:
        reply = Step(text=chosen.reply, fault=Fault(delay=chosen.delay))
        fake.respond(lambda _: None if fake.unused else reply)
    serve(fake)


if __name__ == "__main__":
    main()
