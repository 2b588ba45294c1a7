"""The API's description in a browser that reaches nothing but this machine."""

import hashlib
import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from service.platform.settings import Settings
from service.web.app import create_app
from service.web.pages import WEB
from tests.kit.chromium import FLAGS, browser_path
from tests.kit.serving import serving

VENDORED = WEB / "static/vendor/swagger-ui"
NO_NAMES = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture
async def address(settings: Settings) -> AsyncIterator[str]:
    async with serving(create_app(settings)) as served:
        yield served


@pytest.fixture
async def lonely() -> AsyncIterator[tuple[Page, list[str]]]:
    """Provide a page that can look up no name and reach no address beside this machine's, and what it asked for elsewhere."""
    elsewhere: list[str] = []

    async def only_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            await route.continue_()
        else:
            elsewhere.append(route.request.url)
            await route.abort()

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), headless=True, args=[*FLAGS, NO_NAMES])
        opened = await browser.new_page()
        await opened.route("**/*", only_here)
        yield opened, elsewhere
        await browser.close()


@pytest.mark.browser
async def test_the_operations_are_shown_without_the_internet(lonely: tuple[Page, list[str]], address: str) -> None:
    page, elsewhere = lonely
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = await page.goto(f"{address}/docs")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    operation = page.locator(".opblock", has=page.locator('[data-path="/api/bookings/{booking_id}/received"]'))
    await operation.locator(".opblock-summary-control").click()
    await expect(operation).to_contain_text("Note that the pet has arrived.")
    await operation.get_by_role("button", name="Try it out").click()
    await operation.get_by_placeholder("booking_id").fill("00000000-0000-4000-8000-000000000000")
    await operation.get_by_role("button", name="Execute").click()
    await expect(operation.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("401")
    await expect(page.get_by_role("navigation", name="Páginas").get_by_role("link", name="Agenda")).to_have_attribute("href", "/agenda")
    assert elsewhere == []
    assert [text for text in complaints if "401" not in text] == []


def test_what_is_vendored_is_what_its_note_says() -> None:
    noted = dict(re.findall(r"^\| (swagger-ui\S+) \| ([0-9a-f]{64}) \|$", (VENDORED / "README.md").read_text(), re.MULTILINE))
    assert {name: hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() for name in noted} == noted
    assert set(noted) == {"swagger-ui.css", "swagger-ui-bundle.js"}
