"""Whatever a model answers, a turn comes to one clear end: an answer, or a person; Postgres refuses no row of it, the log has nothing."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from graphs import bounds
from service.platform import log
from service.platform.settings import Settings
from service.turns import alerts
from tasks import turn
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, ToolCall, call, text
from tests.kit.fakes.server import Fault
from tests.kit.shop import Shop

INVISIBLE = "\u200b\u2060\u3164\u2800\ufeff \u00ad"


async def ends(shop: Shop) -> tuple[list[str], int]:
    """Return how the conversations stand, and how many dead letters there are."""
    rows = await shop.rows("select status from conversations")
    return [row["status"] for row in rows], len(await shop.rows("select 1 from dead_letters"))


@pytest.mark.parametrize(
    "arguments",
    [
        '{"query": NaN}', '{"query": 1e400}', '{"query": 9' + "9" * 5000 + "}", '{"query": ' * 50 + "1" + "}" * 50,
        {"query": float("nan")}, {"query": 10**40}, {"query": {"query": {"query": -float("inf")}}},
    ],
    ids=["nan", "beyond float", "giant", "deep", "an object with nan", "a giant object", "a deep object"],
)  # fmt: skip
async def test_arguments_that_nothing_takes_go_back_to_the_model(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, arguments: Any) -> None:
    openai.script([Step(tool_calls=(ToolCall("search_knowledge", arguments, raw=True),)), "Olá! Como posso ajudar?"])
    await shop.say("oi")
    assert [s.text for s in meta.sends] == ["Olá! Como posso ajudar?"]
    assert await ends(shop) == (["active"], 0)
    (done,) = await shop.rows("select function_results from ai_interactions")
    assert "JSON" in str(done["function_results"])


async def test_a_number_as_great_as_is_taken_fails_no_tool(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    numbers = {
        (tool["function"]["name"], name)
        for tool in (await asked(shop, openai))["tools"]
        for name, schema in tool["function"]["parameters"]["properties"].items()
        if schema.get("type") in ("integer", "number")
    }
    assert len(numbers) > 3
    for tool, name in sorted(numbers):
        for number in (bounds.GREATEST, -bounds.GREATEST, 1e-300, float(bounds.GREATEST)):
            openai.script([call(tool, **{name: number}), "Certo! Como posso ajudar?"])
            await shop.say(f"quero {name} {number:.0f}")
            await shop.rows("update messages set created_at = created_at - interval '2 hours' returning 1")
            await shop.rows("update ai_interactions set created_at = created_at - interval '2 hours' returning 1")
            assert await ends(shop) == (["active"], 0), (tool, name, number)


async def asked(shop: Shop, openai: FakeOpenAI) -> Any:
    """Let a customer say hello; return what the model was asked, in the form of chat completions."""
    seen: list[Any] = []
    openai.respond(lambda body: seen.append(body) or text("Olá! Como posso ajudar?"))  # type: ignore[func-returns-value]
    await shop.say("oi")
    openai.respond(lambda _: None)
    return seen[0]


async def test_a_thousand_calls_are_no_answer_and_asking_again_helps(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([Step(tool_calls=tuple(ToolCall("list_services") for _ in range(1000)))])
    conversation = await shop.say("oi")
    assert len(openai.requests) == 1, "not one of them is carried out and told of"
    await again(shop, openai, conversation)
    assert [s.text for s in meta.sends] == ["Olá! Como posso ajudar?"]


@pytest.mark.parametrize("step", [Step(text=INVISIBLE), Step(text=""), Step(text=None)], ids=["invisible", "empty", "null"])
async def test_nothing_that_can_be_seen_is_no_answer_either(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, step: Step) -> None:
    openai.script([step])
    conversation = await shop.say("oi")
    assert meta.sends == []
    await again(shop, openai, conversation)
    assert [s.text for s in meta.sends] == ["Olá! Como posso ajudar?"]


async def again(shop: Shop, openai: FakeOpenAI, conversation: Any) -> None:
    """Let the turn be tried again, with an answer."""
    assert await ends(shop) == (["active"], 0)
    openai.script(["Olá! Como posso ajudar?"])
    await shop.rows("update conversations set retry_at = now() returning 1")
    assert await shop.work(conversation) == 1


FILTERS = [
    Step(text="Olá! Como po", finish_reason="content_filter"),
    Step(text=None, finish_reason="content_filter"),
    Step(fault=Fault(status=400, body={"error": {"code": "content_filter", "message": "o Rex"}})),
]


@pytest.mark.parametrize("step", FILTERS, ids=["cut off", "nothing left", "refused"])
async def test_what_a_filter_stops_is_asked_for_once_more(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, step: Step) -> None:
    openai.script([step, "Olá! Como posso ajudar?"])
    await shop.say("oi")
    assert [s.text for s in meta.sends] == ["Olá! Como posso ajudar?"], "at once, not as a failure"
    assert await ends(shop) == (["active"], 0)


@pytest.mark.parametrize("step", FILTERS, ids=["cut off", "nothing left", "refused"])
async def test_what_a_filter_stops_twice_is_answered_by_the_server(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, step: Step) -> None:
    openai.script([step, step])
    await shop.say("vocês acham que ele prefere de manhã?")
    assert len(meta.sends) == 1
    assert "equipe" in meta.sends[0].text
    assert len(openai.requests) == 2, "a third time would not help"
    assert await ends(shop) == (["active"], 0)


async def test_odd_usage_is_recorded_as_nothing(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([Step(text="Olá! Como posso ajudar?", usage=(2**31 - 1, 2**31 - 1))])
    await shop.say("oi")
    assert len(meta.sends) == 1
    (row,) = await shop.rows("select prompt_tokens, completion_tokens, total_tokens from ai_interactions")
    assert set(row.values()) == {0}


LAZY = type(structlog.get_logger())
SECRETS = ("Zuleide", "5511955550001", "Rex Quaresma")


@pytest.fixture
def logged(shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Callable[[], str]]]:
    """Provide what begins to log as it is without any setting, and gives what reads it."""

    def begin() -> Callable[[], str]:
        log.configure(Settings(_env_file=None))
        # A logger keeps the output that it first wrote to.
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in ("graphs", "tools", "service", "tasks") and isinstance(getattr(module, "log", None), LAZY):
                monkeypatch.setattr(module, "log", structlog.get_logger())
        return lambda: capsys.readouterr().out

    yield begin
    log.configure(shop.resources.settings)


async def test_nothing_of_a_customer_is_in_the_log(shop: Shop, openai: FakeOpenAI, logged: Callable[[], Callable[[], str]]) -> None:
    """Of a turn in which everything goes wrong in words that name the customer."""
    read, told = logged(), " ".join(SECRETS)
    openai.script([
        Fault(status=500, body=told), Fault(status=400, body={"error": {"message": told, "code": told}}), Fault(status=200, body=told),
        Step(tool_calls=(ToolCall(told, {"name": told}), ToolCall("register_pet", f'{{"name": "{told}", "x": NaN}}'))),
        f"Está marcado para {told} às 10h.", call("escalate_to_human", reason=told),
    ])  # fmt: skip
    conversation = await shop.say(f"oi, sou {told}", phone=SECRETS[1])
    await shop.rows("update contacts set name = %(name)s returning 1", name=told)
    for _ in range(3):
        await shop.rows("update conversations set retry_at = now() returning 1")
        await shop.work(conversation)
    (alert,) = await shop.rows("select id from alerts")
    await alerts.notify(shop.resources.db, shop.resources.http, shop.resources.settings, alert["id"])
    said = read()
    for message in ("[WORKER] Job failed", "Executing function", "Reply without a receipt", "Conversation escalated", "[ALERT]"):
        assert message in said
    for line in said.splitlines():
        assert not any(secret in line for secret in SECRETS), line


async def test_a_bug_is_logged_by_where_it_is_and_not_by_what_it_says(
    shop: Shop, openai: FakeOpenAI, logged: Callable[[], Callable[[], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        try:
            int(SECRETS[0])
        except ValueError as error:
            raise RuntimeError(SECRETS[1]) from error

    monkeypatch.setattr(turn, "run_turn", broken)
    read = logged()
    await shop.say(f"oi, sou {SECRETS[0]}")
    (line,) = [json.loads(line) for line in read().splitlines() if "Job failed" in line]
    assert (line["errorType"], line["err"].splitlines()[-1]) == ("RuntimeError", "ValueError")
    assert "in broken" in line["err"]
    assert not any(secret in str(line) for secret in SECRETS)
