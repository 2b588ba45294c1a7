"""A shop's model in a whole turn: gone, ended, thinking, cached; what is answered, recorded and told."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
from psycopg.types.json import Jsonb

from service.turns import alerts
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, ToolCall, call, text
from tests.kit.shop import Shop

REGISTER = {"name": "Rex", "species": "dog"}


async def use(shop: Shop, **ai_config: Any) -> None:
    await shop.rows("update organization_settings set ai_config = %(config)s returning 1", config=Jsonb(ai_config))


async def interactions(shop: Shop) -> list[Any]:
    return await shop.rows("select * from ai_interactions order by created_at")


async def test_a_model_that_is_not_found_costs_no_message_and_is_told_once(
    open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI, meta: FakeMeta
) -> None:
    """The demo shop as it is seeded; the second worker is another, or the same after a restart."""
    openai.gone.add("gpt-6-luna")
    openai.respond(lambda _: text("Oi!"))
    first, second = await open_shop(), await open_shop()
    for shop, phone in ((first, "5511955550001"), (first, "5511955550002"), (second, "5511955550003"), (second, "551188880001")):
        await shop.say("oi", phone=phone)
    assert [s.text for s in meta.sends] == ["Oi!"] * 4
    assert [(i["model"], i["status"]) for i in await interactions(first)] == [("gpt-6-sol", "success")] * 4
    assert not await first.rows("select 1 from dead_letters")
    (alert,) = await first.rows("select kind, title, organization_id, notified_at from alerts")
    assert (alert["kind"], alert["organization_id"]) == ("model_gone", None)
    assert "gpt-6-luna" in alert["title"]
    assert "gpt-6-sol" in alert["title"]


async def test_the_operators_webhook_hears_of_a_model_once(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.gone.add("gpt-6-luna")
    openai.respond(lambda _: text("Oi!"))
    await shop.say("oi")
    (alert,) = await shop.rows("select id from alerts")
    heard: list[bytes] = []

    def take(request: httpx.Request) -> httpx.Response:
        heard.append(request.content)
        return httpx.Response(200)

    settings = shop.resources.settings.model_copy(update={"operator_webhook_url": "http://operator.example"})
    async with httpx.AsyncClient(transport=httpx.MockTransport(take)) as http:
        for _ in range(2):
            await alerts.notify(shop.resources.db, http, settings, alert["id"])
    assert len(heard) == 1
    assert b"gpt-6-luna" in heard[0]
    assert b"US$ 10.00" in heard[0]


async def test_a_model_that_has_ended_is_answered_for_by_its_successor(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await use(shop, model="gpt-4.1-nano")
    openai.script([call("list_services"), "Temos banho."])
    await shop.say("o que vocês fazem?")
    (sent,) = meta.sends
    assert "- Banho: R$ 70,00" in sent.text, "what was looked up"
    assert {request.json["model"] for request in openai.requests} == {"gpt-6-luna"}
    (row,) = await interactions(shop)
    assert row["model"] == "gpt-6-luna"
    assert len(await shop.rows("select 1 from alerts where kind = 'model_gone'")) == 1


async def test_a_turn_that_thinks_goes_by_responses_and_keeps_no_thoughts(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await use(shop, reasoning_effort="low")
    openai.script([call("register_pet", **REGISTER), "Cadastrei o Rex!", "Olá! Como posso ajudar?"])
    conversation = await shop.say("Tenho um cachorro, o Rex")
    await shop.say("oi, tudo bem?")
    registered, greeted = meta.sends
    assert "Rex" in registered.text
    assert greeted.text == "Olá! Como posso ajudar?"
    assert {request.path for request in openai.requests} == {"/v1/responses"}
    first, second, later = (request.json["input"] for request in openai.requests)
    assert "encrypted_content" not in str(first)
    assert "encrypted_content" in str(second), "within the turn it goes on from what it thought"
    assert "encrypted_content" not in str(later)
    assert "register_pet" in str(later)
    kept = await shop.rows("select count(*) from checkpoints.checkpoint_blobs where position('gAAAA'::bytea in blob) > 0")
    assert kept[0]["count"] == 0
    rows = await interactions(shop)
    assert [(r["temperature"], r["model_calls"]) for r in rows] == [(None, 2), (None, 1)]
    assert await shop.rows("select 1 from pets where name = 'Rex'")
    assert conversation


@pytest.mark.parametrize("api", ["chat", "responses"])
async def test_cached_and_written_tokens_are_recorded_and_paid_for(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, api: str) -> None:
    await use(shop, api=api)
    openai.script(
        [
            Step(tool_calls=(ToolCall("list_services"),), usage=(4317, 30), written=4000),
            Step(text="Temos banho.", usage=(4600, 25), cached=4000, written=577),
        ]
    )
    await shop.say("o que vocês fazem?")
    (row,) = await interactions(shop)
    assert (row["prompt_tokens"], row["cached_tokens"], row["cache_write_tokens"], row["completion_tokens"]) == (8917, 4000, 4577, 55)
    assert row["total_tokens"] == 8972
    # 340 tokens read, 4,000 cached, 4,577 written, 55 put out.
    assert row["cost_usd"] == Decimal("0.000673625")


async def test_what_a_turn_costs_is_not_rounded_away(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([Step(text="Oi!", usage=(3, 0), cached=3)])
    await shop.say("oi")
    (row,) = await interactions(shop)
    assert row["cost_usd"] == Decimal("0.00000003")


@pytest.mark.parametrize("api", ["chat", "responses"])
async def test_arguments_may_be_an_object_and_ids_may_be_nothing(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, api: str) -> None:
    await use(shop, api=api)
    twice = tuple(ToolCall("register_pet", {"name": name, "species": "dog"}, raw=True, id="null") for name in ("Rex", "Thor"))
    openai.script([Step(tool_calls=twice), "Cadastrei o Rex e o Thor!"])
    await shop.say("Tenho dois cachorros, o Rex e o Thor")
    assert {row["name"] for row in await shop.rows("select name from pets where name in ('Rex', 'Thor')")} == {"Rex", "Thor"}
    (sent,) = meta.sends
    assert "Rex" in sent.text
    assert "Thor" in sent.text
    openai.assert_finished()
