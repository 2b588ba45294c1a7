"""How the agents' models are asked, by both interfaces, over HTTP: with functions, efforts, successors and the cache."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage, ToolMessage

from graphs.models import Models, tokens
from graphs.prompting import plain, said
from service.platform.errors import ModelFailed
from service.platform.settings import Settings
from service.platform.telemetry import render
from service.turns.briefing import AiConfig
from service.turns.models import Tokens
from tests.kit.fakes.openai import FakeOpenAI, Step, ToolCall, call, calls, text
from tests.kit.fakes.server import Fault

HELLO: list[AnyMessage] = [HumanMessage("oi")]
SHOP_ID = UUID("00000000-0000-4000-8000-000000000001")
TOOL = {
    "type": "function",
    "function": {"name": "list_services", "description": "Lista.", "parameters": {"type": "object", "properties": {}}},
}


@pytest.fixture
def openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


Open = Callable[..., Models]


@pytest.fixture
async def open_models(openai: FakeOpenAI) -> AsyncIterator[Open]:
    opened: list[Models] = []

    def open_one(**more: Any) -> Models:
        given: dict[str, Any] = {"openai_api_key": "key", "openai_base_url": openai.base_url} | more
        opened.append(Models(Settings(_env_file=None, **given)))
        return opened[-1]

    yield open_one
    for models in opened:
        await models.close()


def shop(**ai_config: Any) -> AiConfig:
    return AiConfig.model_validate(ai_config)


def results(reply: AIMessage) -> list[AnyMessage]:
    return [ToolMessage("{}", tool_call_id=c["id"] or "", name=c["name"]) for c in (*reply.tool_calls, *reply.invalid_tool_calls)]


WAYS = [
    ({"reasoning_effort": "none"}, "/v1/chat/completions"),
    ({"reasoning_effort": "low"}, "/v1/responses"),
    ({"api": "responses"}, "/v1/responses"),
    ({"api": "responses", "reasoning_effort": "high"}, "/v1/responses"),
    ({"api": "chat", "reasoning_effort": "high"}, "/v1/chat/completions"),
    ({"model": "gpt-5-mini"}, "/v1/chat/completions"),
    ({"model": "gpt-4o-mini"}, "/v1/chat/completions"),
    ({"model": "llama-3"}, "/v1/chat/completions"),
    ({"model": "llama-3", "api": "responses"}, "/v1/responses"),
]


@pytest.mark.parametrize(("ai_config", "path"), WAYS)
async def test_a_turn_with_functions_over_either_interface(
    open_models: Open, openai: FakeOpenAI, ai_config: dict[str, Any], path: str
) -> None:
    """Two rounds of calls, one of them broken, then the answer; the fake refuses what the real API refuses."""
    broken, models = ToolCall("list_services", "[1]"), open_models()
    openai.script([calls(call("list_services"), broken, text="Um momento"), call("list_services", a=1), text("Temos banho.")])
    window: list[AnyMessage] = [SystemMessage("Regras."), *HELLO]
    for _ in range(2):
        reply = await models.ask(shop(**ai_config), "client", window, tools=[TOOL])
        assert reply.tool_calls[0]["name"] == "list_services"
        window += [reply, *results(reply)]
    reply = await models.ask(shop(**ai_config), "client", window, tools=[TOOL])
    assert reply.content == "Temos banho."
    assert {request.path for request in openai.requests} == {path}
    # The next turn remembers words and calls, not what was thought.
    window = [*map(plain, [*window, reply]), HumanMessage("e tosa?")]
    openai.script(["Tosa também."])
    assert (await models.ask(shop(**ai_config), "client", window, tools=[TOOL])).content == "Tosa também."
    openai.assert_finished()


async def test_what_was_thought_comes_along_within_the_turn_and_nothing_is_kept(open_models: Open, openai: FakeOpenAI) -> None:
    models, config = open_models(), shop(reasoning_effort="medium")
    openai.script([call("list_services"), "Temos banho."])
    first = await models.ask(config, "client", HELLO, tools=[TOOL])
    await models.ask(config, "client", [*HELLO, first, *results(first)], tools=[TOOL])
    asked = [request.json for request in openai.requests]
    assert all(body["store"] is False and body["include"] == ["reasoning.encrypted_content"] for body in asked)
    assert all(body["reasoning"] == {"effort": "medium"} and "temperature" not in body for body in asked)
    assert [item["type"] for item in asked[1]["input"]] == ["message", "reasoning", "function_call", "function_call_output"]
    assert asked[1]["input"][1]["encrypted_content"]
    assert asked[0]["max_output_tokens"] > 1024, "thinking does not eat up the answer"
    kept = plain(first)
    assert isinstance(kept, AIMessage)
    assert (kept.content, kept.tool_calls) == ("", first.tool_calls)


@pytest.mark.parametrize("number", [{"api": "chat"}, {"api": "responses"}])
@pytest.mark.parametrize("given_id", ["call_0", "", "null"])
async def test_ids_of_calls_may_repeat_or_be_nothing(open_models: Open, openai: FakeOpenAI, given_id: str, number: dict[str, Any]) -> None:
    models, window = open_models(), list(HELLO)
    openai.script([Step(tool_calls=(ToolCall("list_services", id=given_id), ToolCall("list_services", id=given_id)))] * 2 + [text("ok")])
    ids: list[str | None] = []
    for _ in range(2):
        reply = await models.ask(shop(**number), "client", window, tools=[TOOL])
        ids += [c["id"] for c in reply.tool_calls]
        window += [reply, *results(reply)]
    assert len({*ids}) == 4
    assert (await models.ask(shop(**number), "client", window)).text == "ok"
    openai.assert_finished()


async def test_an_answer_that_was_cut_off_is_told(open_models: Open, openai: FakeOpenAI) -> None:
    for api in ("chat", "responses"):
        openai.script([Step(text="Temos ba", finish_reason="length")])
        assert (await open_models().ask(shop(api=api), "client", HELLO)).response_metadata["finish_reason"] == "length"


async def test_temperature_goes_only_where_it_is_taken(open_models: Open, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("ok"))
    models = open_models()
    for model, effort, sent in (("gpt-6-luna", None, 0.4), ("gpt-6-luna", "low", None), ("gpt-5", None, None), ("llama-3", None, 0.4)):
        await models.ask(shop(model=model, temperature=0.4, reasoning_effort=effort), "client", HELLO)
        assert openai.requests[-1].json.get("temperature") == sent, model


async def test_a_temperature_that_is_refused_after_all_is_left_out(open_models: Open, openai: FakeOpenAI) -> None:
    error = {"error": {"message": "Unsupported value", "param": "temperature", "code": "unsupported_value"}}
    openai.respond(lambda body: Fault(status=400, body=error) if "temperature" in body else text("ok"))
    models = open_models()
    for _ in range(2):
        assert (await models.ask(shop(), "client", HELLO)).text == "ok"
    assert ["temperature" in request.json for request in openai.requests] == [True, False, False]


async def test_an_unknown_model_gets_nothing_special(open_models: Open, openai: FakeOpenAI) -> None:
    openai.script(["ok"])
    await open_models().ask(shop(model="llama-3"), "client", HELLO, tools=[TOOL], organization_id=SHOP_ID)
    assert {*openai.requests[0].json} == {"model", "stream", "temperature", "max_tokens", "messages", "tools"}


def test_a_comment_beside_the_answer_is_not_said() -> None:
    parts: list[Any] = [{"type": "text", "text": "Vou olhar.", "phase": "commentary"}, {"type": "reasoning"}]
    assert said(AIMessage([*parts, {"type": "text", "text": "Temos banho.", "phase": "final_answer"}])) == "Temos banho."
    assert said(AIMessage(parts)) == "Vou olhar."
    assert said(AIMessage([{"type": "text", "text": "Oi!"}, {"type": "text", "text": "Tudo bem?"}])) == "Oi!\nTudo bem?"


# Successors


@pytest.mark.parametrize(("model", "answers"), [("gpt-6-luna", "gpt-6-sol"), ("gpt-4o-mini", "gpt-6-luna"), ("gpt-9", "gpt-6-luna")])
async def test_a_model_that_is_not_found_is_answered_for_by_its_successor(
    open_models: Open, openai: FakeOpenAI, model: str, answers: str
) -> None:
    openai.gone.add(model)
    openai.respond(lambda body: text(f"sou {body['model']}"))
    models = open_models()
    for _ in range(3):
        reply = await models.ask(shop(model=model), "client", HELLO, tools=[TOOL])
        assert (reply.text, reply.response_metadata["replaces"]) == (f"sou {answers}", model)
    assert [request.json["model"] for request in openai.requests] == [model, *[answers] * 3], "found out once"


async def test_a_successor_is_asked_in_its_own_way(open_models: Open, openai: FakeOpenAI) -> None:
    openai.gone.add("gpt-5-mini")
    openai.script([call("list_services"), "ok"])
    models, config = open_models(), shop(model="gpt-5-mini", reasoning_effort="low")
    first = await models.ask(config, "client", HELLO, tools=[TOOL])
    assert (await models.ask(config, "client", [*HELLO, first, *results(first)], tools=[TOOL])).text == "ok"
    assert [request.path for request in openai.requests] == ["/v1/chat/completions", "/v1/responses", "/v1/responses"]
    assert "reasoning" in [item["type"] for item in openai.requests[-1].json["input"]]


async def test_a_model_that_has_ended_is_not_asked(open_models: Open, openai: FakeOpenAI) -> None:
    openai.script(["ok"])
    reply = await open_models().ask(shop(model="gpt-4.1-nano"), "client", HELLO)
    assert reply.response_metadata["replaces"] == "gpt-4.1-nano"
    assert [request.json["model"] for request in openai.requests] == ["gpt-6-luna"]


async def test_a_successor_that_is_gone_too_is_found_out_once(open_models: Open, openai: FakeOpenAI) -> None:
    openai.gone.add("gpt-6-luna")
    openai.respond(lambda _: text("ok"))
    models = open_models()
    for _ in range(2):
        await models.ask(shop(model="gpt-4.1-nano"), "client", HELLO)
    assert [request.json["model"] for request in openai.requests] == ["gpt-6-luna", "gpt-6-sol", "gpt-6-sol"]


async def test_a_server_of_ones_own_may_still_have_what_has_ended(open_models: Open, openai: FakeOpenAI) -> None:
    openai.gone.update(["gpt-6-luna", "gpt-6-sol"])
    openai.script(["ok"])
    reply = await open_models().ask(shop(model="gpt-4.1-nano"), "client", HELLO)
    assert "replaces" not in reply.response_metadata


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=404, body="<html>"),
        Fault(status=410, body=""),
        Fault(status=400, body={"error": {"code": "model_deprecated"}}),
        Fault(status=400, body={"error": {"code": "model_decommissioned"}}),
        Fault(status=400, body={"error": {"code": "model_not_found"}}),
        Fault(status=403, body={"error": {"type": "model_not_found"}}),
        Fault(status=200, body={"error": {"code": "model_not_found"}}),
    ],
)
async def test_servers_say_in_several_ways_that_a_model_is_not_there(open_models: Open, openai: FakeOpenAI, fault: Fault) -> None:
    openai.script([fault, "ok"])
    assert (await open_models().ask(shop(), "client", HELLO)).response_metadata["model_name"] == "gpt-6-sol"


async def test_where_no_model_is_found_the_fallback_is_asked(open_models: Open, openai: FakeOpenAI) -> None:
    openai.gone.update(["gpt-6-luna", "gpt-6-sol"])
    with pytest.raises(ModelFailed, match="404"):
        await open_models().ask(shop(), "client", HELLO)
    openai.script(["ok"])
    assert (await open_models(fallback_model="reserva").ask(shop(), "client", HELLO)).response_metadata["model_name"] == "reserva"


# The cache


CACHED = Step(text="ok", usage=(5000, 40), cached=4000, written=700)


@pytest.mark.parametrize("api", ["chat", "responses"])
async def test_what_was_cached_and_written_is_told(open_models: Open, openai: FakeOpenAI, api: str) -> None:
    openai.script([CACHED])
    before = {kind: counted("patas_model_tokens_total", kind) for kind in ("prompt", "cached", "written", "output")}
    reply = await open_models().ask(shop(api=api), "aurora", HELLO)
    assert tokens([reply]) == Tokens(prompt=5000, cached=4000, written=700, output=40)
    after = {kind: counted("patas_model_tokens_total", kind) for kind in before}
    assert {kind: after[kind] - before[kind] for kind in before} == {"prompt": 5000, "cached": 4000, "written": 700, "output": 40}
    assert 0 < counted("patas_model_cached_share") < 1


def counted(name: str, kind: str | None = None) -> float:
    """Return the sum of a metric's samples for Aurora."""
    of_kind = f'kind="{kind}"' if kind else ""
    lines = [line for line in render().decode().splitlines() if line.startswith(name) and 'ai_type="aurora"' in line and of_kind in line]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


TURN: list[AnyMessage] = [
    SystemMessage("Regras e loja."),
    HumanMessage("oi"),
    AIMessage("Olá!"),
    HumanMessage("quero um banho"),
    HumanMessage("pro Rex"),
    SystemMessage("Agora são 10:00."),
]


def marked(body: dict[str, Any]) -> list[str]:
    parts = [part for m in body.get("messages") or body["input"] if isinstance(m["content"], list) for part in m["content"]]
    return [part["text"] for part in parts if part.get("prompt_cache_breakpoint") == {"mode": "explicit"}]


@pytest.mark.parametrize("ai_config", [{}, {"reasoning_effort": "low"}, {"model": "gpt-4o-mini"}])
@pytest.mark.parametrize("host", ["api.openai.com", "eu.api.openai.com", "openai.example", "api.openai.com.example"])
async def test_cache_key_and_breakpoints_are_for_openais_servers_alone(
    monkeypatch: pytest.MonkeyPatch, openai: FakeOpenAI, host: str, ai_config: dict[str, Any]
) -> None:
    monkeypatch.setenv("http_proxy", openai.url)
    monkeypatch.setenv("no_proxy", "")
    models = Models(Settings(_env_file=None, openai_api_key="key", openai_base_url=f"http://{host}/v1"))
    openai.respond(lambda _: text("ok"))
    await models.ask(shop(**ai_config), "client", TURN, tools=[TOOL], organization_id=SHOP_ID)
    await models.close()
    body = openai.requests[0].json
    is_openai = host in ("api.openai.com", "eu.api.openai.com")
    assert body.get("prompt_cache_key") == (f"patas-client-{SHOP_ID}" if is_openai else None)
    # Models before GPT-5.6 know the key only.
    assert marked(body) == (["Regras e loja.", "oi", "pro Rex"] if is_openai and "model" not in ai_config else [])


async def test_openais_servers_get_the_newer_name_of_the_length_for_any_model(monkeypatch: pytest.MonkeyPatch, openai: FakeOpenAI) -> None:
    monkeypatch.setenv("http_proxy", openai.url)
    monkeypatch.setenv("no_proxy", "")
    models = Models(Settings(_env_file=None, openai_api_key="key", openai_base_url="http://api.openai.com/v1"))
    openai.script(["ok"])
    await models.ask(shop(model="gpt-7"), "client", HELLO)
    await models.close()
    assert {*openai.requests[0].json} == {"model", "stream", "temperature", "max_completion_tokens", "messages"}


async def test_the_fallback_elsewhere_gets_no_part_of_it(monkeypatch: pytest.MonkeyPatch, openai: FakeOpenAI) -> None:
    monkeypatch.setenv("http_proxy", openai.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    given: dict[str, Any] = {"openai_api_key": "key", "openai_base_url": "http://api.openai.com/v1"}
    models = Models(Settings(_env_file=None, fallback_model="reserva", fallback_base_url=openai.base_url, **given))
    openai.respond(lambda body: text("ok") if body["model"] == "reserva" else Fault(status=500))
    await models.ask(shop(reasoning_effort="low"), "client", TURN, organization_id=SHOP_ID)
    await models.close()
    assert "prompt_cache_key" in openai.requests[0].json
    assert {*openai.requests[1].json} == {"model", "stream", "temperature", "max_tokens", "messages"}
    assert marked(openai.requests[1].json) == []
