"""The fakes themselves: what other tests lean on has to hold."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

from tests.kit.fakes.openai import MALFORMED, FakeOpenAI, ToolCall, call, calls, text
from tests.kit.fakes.server import Fault

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fake() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as server:
        yield server


def chat(fake: FakeOpenAI, **more: Any) -> ChatOpenAI:
    return ChatOpenAI(model="gpt-4o-mini", api_key="chave", base_url=fake.base_url, max_retries=0, **more)


def usage(message: AIMessage) -> tuple[int, int]:
    used = message.usage_metadata
    assert used is not None
    return used["input_tokens"], used["output_tokens"]


@tool
def list_services() -> str:
    """List."""
    return ""


async def test_script_through_the_real_client(fake: FakeOpenAI) -> None:
    fake.script(
        [calls(call("list_services"), ToolCall("list_services", "{not json"), text="Um momento"), text("Temos banho.", usage=(7, 3))]
    )
    model = chat(fake).bind_tools([list_services])
    asked = [HumanMessage("Quais serviços?")]
    first = await model.ainvoke(asked)
    assert (first.content, [c["name"] for c in first.tool_calls], len(first.invalid_tool_calls)) == ("Um momento", ["list_services"], 1)
    second = await model.ainvoke(asked)
    assert (second.content, usage(second)) == ("Temos banho.", (7, 3))
    assert [r.json["messages"][-1]["content"] for r in fake.requests] == ["Quais serviços?"] * 2
    fake.assert_finished()


async def test_responses_through_the_real_client(fake: FakeOpenAI) -> None:
    fake.script([calls(call("list_services", a=1), text="Um momento"), text("Temos banho.", usage=(9, 3), cached=4, written=2)])
    model = ChatOpenAI(
        model="gpt-6-luna", api_key="chave", base_url=fake.base_url, max_retries=0, reasoning_effort="low", use_responses_api=True,
        store=False, include=["reasoning.encrypted_content"],
    ).bind_tools([list_services])  # fmt: skip
    first = await model.ainvoke([HumanMessage("Quais serviços?")])
    assert (first.text, first.tool_calls[0]["args"]) == ("Um momento", {"a": 1})
    second = await model.ainvoke([HumanMessage("Quais serviços?"), first, ToolMessage("", tool_call_id=first.tool_calls[0]["id"] or "")])
    assert (second.text, usage(second)) == ("Temos banho.", (9, 3))
    assert second.usage_metadata is not None
    assert second.usage_metadata["input_token_details"] == {"cache_read": 4, "cache_creation": 2}
    fake.assert_finished()


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("not supported for gpt-6-luna in /v1/chat/completions", {"use_responses_api": False}),
        ("'temperature' is not supported", {"use_responses_api": True, "temperature": 0.5, "reasoning_effort": "low"}),
        ("does not exist", {"model": "gone"}),
    ],
)
async def test_what_the_real_api_refuses_is_refused(fake: FakeOpenAI, words: str, more: dict[str, Any]) -> None:
    fake.gone.add("gone")
    given = {"model": "gpt-6-luna", "api_key": "chave", "base_url": fake.base_url, "max_retries": 0} | more
    with pytest.raises(Exception, match=words):
        await ChatOpenAI(**given).bind_tools([list_services]).ainvoke("oi")


async def test_a_call_without_the_thought_that_led_to_it_is_refused(fake: FakeOpenAI) -> None:
    """Nothing is stored: what was thought comes back encrypted, or the real API does not know it."""
    fake.script([call("list_services"), "nunca dito"])
    given: dict[str, Any] = {"model": "gpt-6-luna", "api_key": "chave", "base_url": fake.base_url, "max_retries": 0}
    model = ChatOpenAI(**given, reasoning_effort="low", use_responses_api=True, store=False).bind_tools([list_services])
    first = await model.ainvoke("oi")
    with pytest.raises(Exception, match="without its required 'reasoning' item"):
        await model.ainvoke([HumanMessage("oi"), first, ToolMessage("", tool_call_id=first.tool_calls[0]["id"] or "")])


async def test_tool_call_ids_are_unique(fake: FakeOpenAI) -> None:
    fake.script([calls(call("list_services"), call("list_services")), call("list_services")])
    ids = [c["id"] for _ in range(2) for c in (await chat(fake).ainvoke("oi")).tool_calls]
    assert len(set(ids)) == 3


async def test_streaming(fake: FakeOpenAI) -> None:
    fake.script([calls(call("list_services", a=1), text="Um momento")])
    whole = None
    async for chunk in chat(fake, stream_usage=True).astream("oi"):
        whole = chunk if whole is None else whole + chunk
    assert whole is not None
    assert (whole.content, whole.tool_calls[0]["args"], usage(whole)[0]) == ("Um momento", {"a": 1}, 100)


async def test_out_of_script(fake: FakeOpenAI) -> None:
    with pytest.raises(Exception, match="No scripted answer is left"):
        await chat(fake).ainvoke("e agora?")
    assert "e agora?" in fake.failures[0]
    with pytest.raises(AssertionError):
        fake.assert_finished()


async def test_steps_left_over(fake: FakeOpenAI) -> None:
    fake.script(["nunca dito"])
    with pytest.raises(AssertionError, match="nunca dito"):
        fake.assert_finished()


async def test_keyed_scripts_and_rule(fake: FakeOpenAI) -> None:
    fake.script(["do A"], key="[A]")
    fake.script(["do B"], key="[B]")
    fake.script(["de ninguém"])
    fake.respond(lambda request: text("regra") if request["messages"][-1]["content"] == "regra" else None)
    said = [(await chat(fake).ainvoke(words)).content for words in ("oi [B]", "regra", "oi", "oi [A]")]
    assert said == ["do B", "regra", "de ninguém", "do A"]
    fake.assert_finished()


@pytest.mark.parametrize("fault", [Fault(status=429, body={"error": {"message": "calma"}}), Fault(reset="before"), MALFORMED])
async def test_faults(fake: FakeOpenAI, fault: Fault) -> None:
    fake.script([fault, "agora sim"])
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the client makes of it, it is no answer
        await chat(fake).ainvoke("oi")
    assert (await chat(fake).ainvoke("oi")).content == "agora sim"


async def test_a_history_with_an_open_tool_call_is_refused(fake: FakeOpenAI) -> None:
    fake.script([call("list_services"), "nunca dito"])
    asked = await chat(fake).ainvoke("oi")
    with pytest.raises(Exception, match="must be followed by tool messages"):
        await chat(fake).ainvoke([HumanMessage("oi"), asked, HumanMessage("e aí?")])
    assert fake.failures


@pytest.mark.parametrize("name", ["openai", "meta", "evolution"])
def test_as_a_command(name: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.kit.fakes.{name}", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with httpx.Client() as http:
            assert (http.get(f"{url}/_fake")).json()["requests"] == []
            if name == "openai":
                http.post(f"{url}/_fake/script", json={"steps": [{"tool_calls": [{"name": "x", "arguments": {"a": 1}}]}]})
                asked = {"model": "m", "messages": [{"role": "user", "content": "oi"}]}
                answered = (http.post(f"{url}/v1/chat/completions", json=asked)).json()
                assert json.loads(answered["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]) == {"a": 1}
                assert len((http.get(f"{url}/_fake")).json()["requests"]) == 1
                http.delete(f"{url}/_fake")
                assert (http.get(f"{url}/_fake")).json()["requests"] == []
    finally:
        process.terminate()
        assert process.wait(10) == 0
