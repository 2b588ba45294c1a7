"""The simulator in a real browser: what is typed arrives, what the worker commits appears without a reload."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect
from redis.asyncio import Redis

from service.platform import events
from service.platform.database import Database
from service.platform.settings import get_settings
from service.web.simulation import Shop
from tests.kit.serving import serving
from tests.kit.simulator import build, make_shop, reply

pytestmark = pytest.mark.browser


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    client = Redis.from_url(get_settings().redis_url or "redis://127.0.0.1:6379/0")
    yield client
    await client.aclose()


@pytest.fixture
async def address(db: Database, redis: Redis) -> AsyncIterator[str]:
    """Provide the address of a web process that serves the simulator."""
    async with serving(build(db, redis), lifespan=False) as served:
        yield served


@pytest.fixture
async def shop(db: Database) -> Shop:
    return await make_shop(db, f"Loja {uuid4().hex[:6]}")


async def open_simulator(page: Page, address: str, shop: Shop) -> None:
    await page.goto(address)
    await page.locator("[data-shops]").evaluate(
        "(select, id) => { select.value = id; select.dispatchEvent(new Event('change')) }", str(shop.instance_id)
    )
    await expect(page.locator("#panel-customer [data-shop]")).to_have_text(shop.name)


async def write(page: Page, role: str, text: str) -> None:
    box = page.locator(f"#panel-{role} [data-composer] textarea")
    await box.fill(text)
    await box.press("Enter")
    await expect(page.locator(f"#panel-{role} .mine .words").last).to_have_text(text)


async def conversation_of(db: Database, shop: Shop) -> str:
    rows = (await db.run(shop.organization_id, ("select id from conversations order by created_at desc limit 1", {})))[0]
    return str(rows[0]["id"])


async def test_a_reply_appears_without_reload(page: Page, address: str, db: Database, redis: Redis, shop: Shop) -> None:
    await open_simulator(page, address, shop)
    await write(page, "customer", "Oi <b>tudo</b> bem?")
    await expect(page.locator("#panel-customer [data-presence]")).to_have_text("digitando…")
    conversation_id = await conversation_of(db, shop)
    await page.evaluate("window.sameDocument = true")
    await reply(db, shop, conversation_id, "Olá, *Rex* tem vaga às 10h")
    await events.publish(redis, conversation_id, "turn")
    theirs = page.locator("#panel-customer .theirs")
    await expect(theirs.locator(".words")).to_have_text("Olá, Rex tem vaga às 10h")
    await expect(theirs.locator("strong")).to_have_text("Rex")
    await expect(page.locator("#panel-customer [data-presence]")).to_have_text("online")
    await expect(page.locator("#panel-owner .bubble")).to_have_count(0)
    await db.run(
        shop.organization_id,
        ("update messages set status = 'delivered' where conversation_id = %(c)s and direction = 'outgoing'", {"c": conversation_id}),
    )
    await events.publish(redis, conversation_id, "message")
    await expect(theirs.locator(".ticks .sr-only")).to_have_text("entregue")
    assert await page.evaluate("window.sameDocument")


async def test_a_lost_hint_is_made_up_for(page: Page, address: str, db: Database, shop: Shop) -> None:
    await open_simulator(page, address, shop)
    await write(page, "owner", "Quantos clientes atendi hoje?")
    await reply(db, shop, await conversation_of(db, shop), "Hoje foram 8")
    await expect(page.locator("#panel-owner .theirs .words")).to_have_text("Hoje foram 8", timeout=20_000)


async def test_the_log_shows_lines_as_text(page: Page, address: str, db: Database, redis: Redis, shop: Shop) -> None:
    await open_simulator(page, address, shop)
    await write(page, "customer", "Oi")
    conversation_id = await conversation_of(db, shop)
    line = '{"level": 30, "time": 1759380086370, "functionName": "<img src=x onerror=alert(1)>", "msg": "[CLIENT-AI] Executing function"}'
    await redis.xadd(events.log_stream_key(conversation_id), {events.LOG_FIELD: line})
    await expect(page.locator("#panel-log .msg")).to_have_text("Executing function", timeout=20_000)
    await expect(page.locator("#panel-log dd")).to_have_text("<img src=x onerror=alert(1)>")
    await expect(page.locator("[data-thread]")).to_have_attribute("href", f"/simulator/threads/{conversation_id}")


async def test_a_person_answers_and_hands_back(page: Page, address: str, db: Database, redis: Redis, shop: Shop) -> None:
    await open_simulator(page, address, shop)
    await write(page, "customer", "Quero falar com uma pessoa")
    conversation_id = await conversation_of(db, shop)
    await db.run(shop.organization_id, ("update conversations set status = 'escalated' where id = %(c)s", {"c": conversation_id}))
    await events.publish(redis, conversation_id, "escalation")
    banner = page.locator("#panel-customer [data-escalated]")
    await expect(banner).to_be_visible()
    await banner.get_by_label("Responder como pessoa da loja").fill("Oi, aqui é a Bia")
    await banner.get_by_role("button", name="Responder", exact=True).click()
    await expect(page.locator("#panel-customer .theirs .words")).to_have_text("Oi, aqui é a Bia")
    await banner.get_by_role("button", name="Devolver à assistente").click()
    await expect(banner).to_be_hidden()


async def test_a_new_customer_starts_afresh_and_is_remembered(page: Page, address: str, shop: Shop) -> None:
    await open_simulator(page, address, shop)
    await write(page, "customer", "Oi")
    number = page.locator("#panel-customer [data-number]")
    first = await number.inner_text()
    await page.get_by_role("button", name="Novo cliente").click()
    await expect(number).not_to_have_text(first)
    await expect(page.locator("#panel-customer .bubble")).to_have_count(0)
    second = await number.inner_text()
    await page.reload()
    await expect(number).to_have_text(second)


async def test_on_a_phone_one_screen_at_a_time(page: Page, address: str, shop: Shop) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await open_simulator(page, address, shop)
    for name, shown in [("Dono", "owner"), ("Bastidores", "log"), ("Cliente", "customer")]:
        await page.locator(".tabs").get_by_role("button", name=name).click()
        for panel in ("customer", "owner", "log"):
            await expect(page.locator(f"#panel-{panel}")).to_be_visible(visible=panel == shown)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
