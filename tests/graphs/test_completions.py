"""What becomes of a model's trouble, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from graphs import bounds
from graphs.breaker import FAILURES
from graphs.completions import Connections, Endpoint
from graphs.models import Models
from service.platform import clock
from service.platform.errors import ModelFailed
from service.platform.settings import Settings
from service.turns.briefing import AiConfig
from tests.kit.fakes.openai import MALFORMED, FakeOpenAI, Step, ToolCall, text
from tests.kit.fakes.server import Fault

SHOP = AiConfig(model="gpt-6-luna", temperature=0.5)
HELLO = [HumanMessage("oi")]


@pytest.fixture
def primary() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
def fallback() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


Open = Callable[..., Models]


@pytest.fixture
async def open_models(primary: FakeOpenAI) -> AsyncIterator[Open]:
    opened: list[Models] = []

    def open_one(**more: Any) -> Models:
        given: dict[str, Any] = {"openai_api_key": "key", "openai_base_url": primary.base_url, "model_timeout": 0.5} | more
        opened.append(Models(Settings(_env_file=None, **given)))
        return opened[-1]

    yield open_one
    for models in opened:
        await models.close()


def completion(**changes: Any) -> Fault:
    return Fault(status=200, body={"id": "x", "object": "chat.completion", "model": "m", "choices": []} | changes)


TROUBLE = [
    ("timeout", Fault(delay=5)),
    ("reset", Fault(reset="before")),
    ("lost", Step(text="oi", fault=Fault(reset="after"))),
    ("500", Fault(status=500, body="broken")),
    ("429", Fault(status=429, body="{}")),
    ("400", Fault(status=400, body="{}")),
    ("half a JSON", MALFORMED),
    ("text", Fault(status=200, body="<html>")),
    ("null", Fault(status=200, body=b"null")),
    ("list", Fault(status=200, body=b"[]")),
    ("empty object", Fault(status=200, body=b"{}")),
    ("an error with 200", Fault(status=200, body={"error": {"message": "no"}})),
    ("no choices", completion()),
    ("choices are text", completion(choices=["oi"])),
    ("no message", completion(choices=[{"index": 0}])),
    ("an empty message", completion(choices=[{"index": 0, "message": {}}])),
]


@pytest.mark.parametrize(("trouble", "step"), TROUBLE, ids=[name for name, _ in TROUBLE])
async def test_all_trouble_is_one_kind_of_error(open_models: Open, primary: FakeOpenAI, trouble: str, step: Any) -> None:
    models = open_models()
    primary.script([step, "Olá!"])
    with pytest.raises(ModelFailed):
        await models.ask(SHOP, "client", HELLO)
    assert len(primary.requests) == 1, "repeated by the turn, not here"
    assert (await models.ask(SHOP, "client", HELLO)).text == "Olá!"


SECRET = "o Rex da Ana, 5511955550001"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Fault(status=500, body=SECRET), "500"),
        (Fault(status=429, body={"error": {"code": "rate_limit_exceeded", "message": SECRET}}), "rate_limit_exceeded"),
        (Fault(status=400, body={"error": {"code": SECRET, "message": SECRET}}), "400"),
        (Fault(status=400, body={"error": {"param": SECRET, "code": "unsupported", "message": SECRET}}), "unsupported"),
        (Fault(status=404, body={"error": {"code": "model_not_found", "message": SECRET}}), "model_not_found"),
        (Fault(status=200, body={"error": {"code": "model_not_found", "message": SECRET}}), "no such model"),
        (Fault(status=200, body=SECRET), "no completion"),
        (completion(choices=[{"message": {"content": SECRET}}]), "no completion"),
    ],
)
async def test_what_a_server_says_stands_beside_what_we_say_of_it(open_models: Open, primary: FakeOpenAI, step: Any, said: str) -> None:
    """Servers repeat what they were asked: it is for who looks into the failure, and a log has the sentence alone."""
    primary.respond(lambda _: step)
    with pytest.raises(ModelFailed) as failed:
        await open_models().ask(AiConfig(model="m"), "client", HELLO)
    assert said in str(failed.value)
    assert SECRET not in str(failed.value)
    assert SECRET in failed.value.detail


async def test_an_answer_has_an_end(open_models: Open, primary: FakeOpenAI) -> None:
    primary.script([Fault(status=200, body=b" " * (bounds.LARGEST_ANSWER + 1)), "Olá!"])
    models = open_models(model_timeout=30)
    with pytest.raises(ModelFailed, match="more than"):
        await models.ask(SHOP, "client", HELLO)
    assert (await models.ask(SHOP, "client", HELLO)).text == "Olá!"


@pytest.mark.parametrize("arguments", ["[1]", "null", '"x"', '{"a": ', ""])
async def test_broken_arguments_do_not_break_the_answer(open_models: Open, primary: FakeOpenAI, arguments: str) -> None:
    primary.script([Step(tool_calls=(ToolCall("list_services", arguments),))])
    reply = await open_models().ask(SHOP, "client", HELLO)
    assert reply.tool_calls or reply.invalid_tool_calls
    assert all(isinstance(call["args"], dict) for call in reply.tool_calls)


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [("7", 7, 7), ("7200", 60, 60), ("soon", 0, 0), (format_datetime(clock.now() + timedelta(hours=1), usegmt=True), 60, 60)],
    ids=["seconds", "hours", "no number", "a date"],
)
async def test_retry_after_is_obeyed_by_everybody(open_models: Open, primary: FakeOpenAI, header: str, low: float, high: float) -> None:
    models = open_models()
    primary.script([Fault(status=429, body="{}", headers={"Retry-After": header})])
    with pytest.raises(ModelFailed) as first:
        await models.ask(SHOP, "client", HELLO)
    assert low <= first.value.retry_after <= high
    assert first.value.limited
    if low:
        with pytest.raises(ModelFailed) as second:
            await models.ask(SHOP, "client", HELLO)
        assert 0 < second.value.retry_after <= high
        assert second.value.limited, "none of the other's fault either"
        assert len(primary.requests) == 1, "nobody asks before"


async def test_a_dead_server_is_left_alone(open_models: Open, primary: FakeOpenAI) -> None:
    models = open_models()
    primary.respond(lambda _: Fault(status=500, body="broken"))
    for _ in range(FAILURES + 3):
        with pytest.raises(ModelFailed):
            await models.ask(SHOP, "client", HELLO)
    assert len(primary.requests) == FAILURES


async def test_a_refused_request_is_no_dead_server(open_models: Open, primary: FakeOpenAI) -> None:
    models = open_models()
    primary.respond(lambda _: Fault(status=400, body="{}"))
    for _ in range(FAILURES + 3):
        with pytest.raises(ModelFailed):
            await models.ask(SHOP, "client", HELLO)
    assert len(primary.requests) == FAILURES + 3


async def test_the_fallback_answers_and_is_named(open_models: Open, primary: FakeOpenAI, fallback: FakeOpenAI) -> None:
    models = open_models(fallback_model="reserva", fallback_base_url=fallback.base_url, fallback_api_key="other")
    primary.respond(lambda _: Fault(status=500, body="broken"))
    fallback.respond(lambda _: text("Olá da reserva"))
    for _ in range(FAILURES + 2):
        reply = await models.ask(SHOP, "client", HELLO)
        assert reply.text == "Olá da reserva"
    assert len(primary.requests) == FAILURES, "then it is asked at once"
    assert fallback.requests[0].json["model"] == "reserva"
    assert fallback.requests[0].headers["Authorization"] == "Bearer other"
    assert reply.response_metadata["model_name"] == "reserva"


async def test_where_both_fail_it_is_the_primarys_error(open_models: Open, primary: FakeOpenAI, fallback: FakeOpenAI) -> None:
    models = open_models(fallback_model="reserva", fallback_base_url=fallback.base_url)
    primary.respond(lambda _: Fault(status=500, body="first"))
    fallback.respond(lambda _: Fault(status=400, body="second"))
    with pytest.raises(ModelFailed) as failed:
        await models.ask(SHOP, "client", HELLO)
    assert failed.value.detail == "first"


async def test_a_refused_request_does_not_go_to_the_fallback(open_models: Open, primary: FakeOpenAI, fallback: FakeOpenAI) -> None:
    models = open_models(fallback_model="reserva", fallback_base_url=fallback.base_url)
    primary.respond(lambda _: Fault(status=400, body="{}"))
    with pytest.raises(ModelFailed):
        await models.ask(SHOP, "client", HELLO)
    assert fallback.requests == []


async def test_a_call_given_up_leaves_the_breaker_usable(primary: FakeOpenAI) -> None:
    given: dict[str, Any] = {"openai_api_key": "key", "openai_base_url": primary.base_url}
    connections = Connections(Settings(_env_file=None, **given))
    chat = Endpoint("primary", primary.base_url, "key", connections).chat
    primary.script([Fault(delay=30), "Olá!"])
    call = asyncio.create_task(chat.create(model="m", messages=[{"role": "user", "content": "oi"}]))
    await primary.until(lambda: len(primary.requests) == 1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await chat.create(model="m", messages=[{"role": "user", "content": "oi"}])).parse()
    await connections.close()


async def test_the_longest_answer_is_asked_for(open_models: Open, primary: FakeOpenAI) -> None:
    primary.script(["Olá!"])
    await open_models(model_max_tokens=77).ask(SHOP, "client", HELLO)
    assert primary.requests[0].json["max_completion_tokens"] == 77
