"""Whatever a model's server answers is read into what ChatOpenAI can take, or is no answer."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage
from langchain_openai import ChatOpenAI

from graphs import bounds, wire
from graphs.completions import Answer

HELLO = [HumanMessage("oi")]
CHAT: dict[str, Any] = {"messages": []}
RESPONSES: dict[str, Any] = {"input": []}

LEAVES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["{}", '{"a": 1}', "[1]"])
)
JSON: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6
)


def either(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values) | JSON


def loose(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects that have some of the fields, or are none."""
    return st.fixed_dictionaries({}, optional=fields) | JSON


USAGE = loose(
    **{name: either(7, -1, "9") for name in ("prompt_tokens", "completion_tokens", "input_tokens", "output_tokens", "total_tokens")},
    prompt_tokens_details=loose(cached_tokens=either(3), cache_write_tokens=either(2)),
    input_tokens_details=loose(cached_tokens=either(3), cache_write_tokens=either(2)),
)
CALL = loose(id=either("c1", "", None), type=either("function"), function=loose(name=either("x"), arguments=either('{"a": 1}', {"a": 1})))
MESSAGE = loose(
    role=either("assistant"), content=either("oi", [{"type": "text", "text": "oi"}]), tool_calls=st.lists(CALL, max_size=3) | JSON
)
CHOICE = loose(message=MESSAGE, finish_reason=either("stop", "length"))
COMPLETION = loose(choices=st.lists(CHOICE, max_size=2) | JSON, usage=USAGE, error=either(None), id=either("x"), model=either("m"))
PART = loose(type=either("output_text", "refusal"), text=either("oi"), refusal=either("não"), annotations=JSON)
ITEM = loose(
    type=either("message", "function_call", "reasoning", "web_search_call"),
    id=either("fc_1"),
    call_id=either("c1", "", None),
    name=either("x"),
    arguments=either('{"a": 1}', {"a": 1}, None),
    content=st.lists(PART, max_size=2) | JSON,
    encrypted_content=either("gAAAA"),
    phase=either("commentary"),
)
RESPONSE = loose(
    output=st.lists(ITEM, max_size=3) | JSON, usage=USAGE, error=either(None), status=either("completed", "incomplete", "failed")
)


class Always:
    """A client that has one answer."""

    def __init__(self, answer: wire.Json) -> None:
        self.answer = answer
        self.with_raw_response = self.responses = self

    async def create(self, **_: Any) -> Answer:
        return Answer(self.answer)


async def reply(answer: wire.Json, *, responses: bool) -> AIMessage:
    client = Always(answer)
    key: Any = "none"
    model = ChatOpenAI(model="m", api_key=key, async_client=client, root_async_client=client, use_responses_api=responses)
    said = await model.ainvoke(HELLO)
    assert isinstance(said, AIMessage)
    return said


def check(message: AIMessage) -> None:
    ids = [call["id"] for call in (*message.tool_calls, *message.invalid_tool_calls)]
    assert len(set(ids)) == len(ids)
    assert all(isinstance(one, str) and one for one in ids)
    assert all(isinstance(call["args"], dict) and call["name"] for call in message.tool_calls)
    assert isinstance(message.text, str)
    if used := message.usage_metadata:
        details = used["input_token_details"]
        assert 0 <= details["cache_read"] + details["cache_creation"] <= used["input_tokens"]


@given(COMPLETION)
async def test_any_completion_is_read_or_is_none(answer: Any) -> None:
    if (read := wire.completion(answer, CHAT)) is not None:
        check(await reply(json.loads(json.dumps(read)), responses=False))


@given(RESPONSE)
async def test_any_response_is_read_or_is_none(answer: Any) -> None:
    if (read := wire.response(answer, RESPONSES)) is not None:
        check(await reply(read, responses=True))


def called(*calls: dict[str, Any]) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": list(calls)}}]}


def item(**call: Any) -> dict[str, Any]:
    return {"output": [{"type": "function_call", **call}]}


@pytest.mark.parametrize("arguments", [{"name": "Rex", "species": "dog"}, '{"name": "Rex", "species": "dog"}'])
async def test_arguments_may_be_an_object(arguments: Any) -> None:
    chat = wire.completion(called({"id": "c1", "type": "function", "function": {"name": "register_pet", "arguments": arguments}}), CHAT)
    responses = wire.response(item(call_id="c1", name="register_pet", arguments=arguments), RESPONSES)
    for answer in (chat, responses):
        assert answer is not None
        (call,) = (await reply(answer, responses=answer is responses)).tool_calls
        assert (call["name"], call["args"], call["id"]) == ("register_pet", {"name": "Rex", "species": "dog"}, "c1")


@pytest.mark.parametrize("given_id", ["", None, 7, "c1"])
def test_a_calls_id_is_replaced_where_it_tells_nothing_apart(given_id: Any) -> None:
    function = {"name": "x", "arguments": "{}"}
    asked: dict[str, Any] = {"messages": [{"role": "assistant", "tool_calls": [{"id": "c1", "function": function}]}]}
    chat = wire.completion(called(*[{"id": given_id, "type": "function", "function": function}] * 2), asked)
    assert chat is not None
    ids = [call["id"] for call in chat["choices"][0]["message"]["tool_calls"]]
    responses = wire.response(item(call_id=given_id, name="x"), {"input": [{"type": "function_call", "call_id": "c1"}]})
    assert responses is not None
    ids.append(responses.output[0].call_id)
    assert len({*ids, given_id, "c1"}) == len({given_id, "c1"}) + 3


GIANT = "9" * 5000
UNSOUND = [
    '{"a": NaN}', '{"a": -Infinity}', '{"a": 1e400}', '{"a": 1e300}', '{"a": 99999999999999999999}', f'{{"a": {GIANT}}}', '{"a": [[NaN]]}',
    '{"a": ' * 20 + "1" + "}" * 20, '{"a": ' * 100_000, f'{{"a": "{"x" * bounds.LONGEST_ARGUMENTS}"}}',
]  # fmt: skip


@pytest.mark.parametrize("arguments", UNSOUND, ids=[f"unsound {n}" for n in range(len(UNSOUND))])
@pytest.mark.parametrize("responses", [True, False])
async def test_arguments_that_nothing_could_keep_go_back_to_the_model(arguments: str, responses: bool) -> None:
    chat = wire.completion(called({"id": "c1", "type": "function", "function": {"name": "x", "arguments": arguments}}), CHAT)
    answer = wire.response(item(call_id="c1", name="x", arguments=arguments), RESPONSES) if responses else chat
    assert answer is not None
    message = await reply(answer, responses=responses)
    assert message.tool_calls == []
    assert len(message.invalid_tool_calls) == 1
    assert len(str(message.invalid_tool_calls[0]["args"])) < bounds.LONGEST_ARGUMENTS + 100


@pytest.mark.parametrize("arguments", [{"a": float("nan")}, {"a": float("inf")}, {"a": 10**30}, {"a": [{"b": 1e200}]}])
async def test_an_object_of_such_arguments_does_too(arguments: Any) -> None:
    chat = wire.completion(called({"id": "c1", "type": "function", "function": {"name": "x", "arguments": arguments}}), CHAT)
    assert chat is not None
    assert len((await reply(chat, responses=False)).invalid_tool_calls) == 1


@pytest.mark.parametrize(("count", "taken"), [(bounds.MOST_CALLS, True), (bounds.MOST_CALLS + 1, False), (1000, False)])
def test_more_calls_than_anybody_wishes_are_no_answer(count: int, taken: bool) -> None:
    chat = wire.completion(called(*[{"type": "function", "function": {"name": "x", "arguments": "{}"}}] * count), CHAT)
    responses = wire.response({"output": [{"type": "function_call", "name": "x"}] * count}, RESPONSES)
    assert [chat is not None, responses is not None] == [taken, taken]


@pytest.mark.parametrize(
    ("usage", "read"),
    [
        ({"prompt_tokens": 10**12, "completion_tokens": 5}, (0, 5)),
        ({"prompt_tokens": float("nan"), "completion_tokens": float("inf")}, (0, 0)),
        ({"prompt_tokens": 2**31 - 1, "completion_tokens": 2**31 - 1}, (0, 0)),
        ({"prompt_tokens": "9", "completion_tokens": None, "tokens_per_second": float("nan")}, (0, 0)),
        ({"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": -1}, (7, 5)),
    ],
)
def test_usage_is_counted_or_is_none(usage: Any, read: tuple[int, int]) -> None:
    answer = wire.completion({"choices": [{"message": {"role": "assistant", "content": "oi"}}], "usage": usage}, CHAT)
    assert answer is not None
    told = answer["usage"]
    assert (told["prompt_tokens"], told["completion_tokens"], told["total_tokens"]) == (*read, sum(read))


@pytest.mark.parametrize("odd", ["x" * 65, "a\0b", "a b", "é", "\n"])
def test_ids_and_names_are_ones_that_can_be_kept_and_handed_back(odd: str) -> None:
    call = {"id": odd, "type": "function", "function": {"name": f"do{odd}", "arguments": "{}"}}
    answer = wire.completion(called(call), CHAT)
    assert answer is not None
    (read,) = answer["choices"][0]["message"]["tool_calls"]
    assert read["id"].startswith("call_")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", read["function"]["name"])


@pytest.mark.parametrize("responses", [True, False])
async def test_why_a_model_refuses_is_what_it_says(responses: bool) -> None:
    chat = wire.completion({"choices": [{"message": {"role": "assistant", "content": None, "refusal": "Não posso."}}]}, CHAT)
    part = {"type": "refusal", "refusal": "Não posso."}
    answer = wire.response({"output": [{"type": "message", "content": [part]}]}, RESPONSES) if responses else chat
    assert answer is not None
    assert (await reply(answer, responses=responses)).text == "Não posso."
