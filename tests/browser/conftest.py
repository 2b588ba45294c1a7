"""A real browser for the tests that need one; where none can be found they are left out, loudly, and in CI that is a failure."""

import os
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.kit.chromium import FLAGS, browser_path

left_out = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if browser_path():
        return
    without = [item for item in items if item.get_closest_marker("browser")]
    config.stash[left_out] = len(without)
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(left_out, 0):
        terminalreporter.section("NO BROWSER FOUND", sep="!", red=True, bold=True)
        terminalreporter.line(f"{count} browser test(s) were LEFT OUT: install chromium to run them.", red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash.get(left_out, 0) and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=browser_path(), headless=True, args=FLAGS)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Provide a fresh visitor at a desktop's size; a script error on the page fails the test."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="pt-BR")
    opened = await context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    await context.close()
    assert not errors
