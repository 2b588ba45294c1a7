"""A pause lasts what the shop says, else PATAS_PAUSE_HOURS, whatever made the AI call a person."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from service.platform.settings import RETRY_DELAYS
from tests.kit.fakes.openai import FakeOpenAI, call, text
from tests.kit.fakes.server import Fault
from tests.kit.shop import Shop


async def hours(shop: Shop) -> float:
    """How long the only case's pause lasts."""
    (case,) = await shop.rows("select round(extract(epoch from pause_until - opened_at) / 3600, 2)::float as hours from escalations")
    lasting: float = case["hours"]
    return lasting


async def fail(shop: Shop, openai: FakeOpenAI) -> None:
    """Break a turn until it is given up."""
    openai.respond(lambda _: Fault(status=500, body="broken"))
    conversation: UUID = await shop.receive("oi")
    for _ in RETRY_DELAYS:
        await shop.work(conversation)
        await shop.rows("update conversations set retry_at = now() where id = %(c)s returning 1", c=conversation)
    await shop.work(conversation)


async def exceed(shop: Shop, openai: FakeOpenAI) -> None:
    """Ask for a second turn of a shop that has one a day."""
    await shop.rows("update organization_settings set shop_turns_per_day = 1 returning 1")
    openai.respond(lambda _: text("Olá!"))
    await shop.say("oi")
    await shop.say("tudo bem?")


async def ask(shop: Shop, openai: FakeOpenAI) -> None:
    """Ask for a person, as a customer."""
    openai.script([call("escalate_to_human", reason="pediu uma pessoa")])
    await shop.say("quero uma pessoa")


@pytest.mark.parametrize("escalate", [fail, exceed, ask])
@pytest.mark.parametrize(("own", "expected"), [(None, 5.0), (1.5, 1.5), (float("inf"), 8760.0)])
async def test_a_pause_lasts_as_long_as_is_set(
    open_shop: Callable[..., Awaitable[Shop]],
    openai: FakeOpenAI,
    escalate: Callable[[Shop, FakeOpenAI], Awaitable[None]],
    own: float | None,
    expected: float,
) -> None:
    shop = await open_shop(pause_hours=5.0)
    await shop.rows("update organization_settings set pause_hours = %(own)s returning 1", own=own)
    await escalate(shop, openai)
    assert await hours(shop) == expected
