"""A server that hangs or is gone: the pages say so, keep what was typed, and find back by themselves."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Locator, Page, expect

from service.platform.database import Database
from tests.kit.running import API_TOKEN, Running, running
from tests.kit.salon import book, rows

pytestmark = pytest.mark.browser

PATIENCE = 60_000
TEXT = "Tem horário amanhã?"
NOT_TAKEN = "O servidor não respondeu. O que você escreveu continua aqui: tente de novo."


@pytest.fixture
def system(tmp_path: Path, database_url: str, redis_url: str) -> Iterator[Running]:
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "PATAS_SIMULATOR": "1", "PATAS_OFFLINE_MODEL": "1"}
    with running(tmp_path, processes=["api"], **settings) as started:
        yield started
        freeze(started, signal.SIGCONT)


def freeze(system: Running, how: signal.Signals = signal.SIGSTOP) -> None:
    """Stop the web process where it is, or let it go on."""
    os.killpg(system.processes["api"].pid, how)


def link(page: Page) -> Locator:
    return page.locator("[data-link]")


async def sent(db: Database) -> int:
    """Count how often the text has arrived."""
    return len(await rows(db, "select 1 from messages where content = %(text)s", text=TEXT))


async def begun(db: Database) -> UUID:
    """Make a booking of today that begins this very moment."""
    booking_id = await book(db)
    sql = "update bookings set starts_at = now(), ends_at = now() + interval '1 hour' where id = %(id)s returning 1"
    await rows(db, sql, id=booking_id)
    return booking_id


async def test_the_simulator_keeps_a_message_that_is_not_taken(page: Page, system: Running, db: Database) -> None:
    await page.goto(system.url)
    await expect(link(page)).to_have_text("conectado", timeout=PATIENCE)
    await expect(page.get_by_role("note")).to_contain_text("Quem responde é o modelo offline")
    customer = page.locator("#panel-customer")
    box, problem = customer.get_by_placeholder("Mensagem"), customer.get_by_role("alert")
    await box.fill("Oi")
    await box.press("Enter")
    await expect(customer.locator(".mine")).to_have_count(1)
    await expect(box).to_have_value("")

    freeze(system)
    await box.fill(TEXT)
    await box.press("Enter")
    await expect(problem).to_have_text(NOT_TAKEN, timeout=PATIENCE)
    await expect(box).to_have_value(TEXT)
    await expect(link(page)).to_have_text("sem conexão", timeout=PATIENCE)
    await box.press("Enter")
    await expect(problem).to_have_text(NOT_TAKEN, timeout=PATIENCE)

    # The server may have had the text in its ear all the while: sent again and again, it is one message.
    freeze(system, signal.SIGCONT)
    await expect(customer.locator(".mine .words").last).to_have_text(TEXT, timeout=PATIENCE)
    await expect(link(page)).to_have_text("conectado", timeout=PATIENCE)
    await expect(box).to_have_value("")
    await expect(problem).to_be_hidden()
    assert await sent(db) == 1

    system.stop("api", signal.SIGKILL)
    await expect(link(page)).to_have_text("sem conexão", timeout=PATIENCE)
    system.start("api")
    system.until_ready()
    await expect(link(page)).to_have_text("conectado", timeout=PATIENCE)


async def test_the_board_says_that_a_step_was_not_taken(page: Page, system: Running, db: Database) -> None:
    booking_id = await begun(db)
    await page.goto(f"{system.url}/agenda")
    await expect(page.get_by_role("note")).to_contain_text("Quem responde é o modelo offline")
    freeze(system)
    await page.get_by_label("Token de acesso").fill(API_TOKEN)
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.get_by_role("alert")).to_have_text("O servidor não respondeu.", timeout=PATIENCE)
    await expect(page.get_by_label("Token de acesso")).to_have_value(API_TOKEN)
    freeze(system, signal.SIGCONT)

    card = page.locator(f'[data-booking="{booking_id}"]')
    await expect(card).to_be_visible(timeout=PATIENCE)
    await expect(link(page)).to_contain_text("conectado")
    freeze(system)
    await card.get_by_role("button", name="Receber").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "Bidu: O servidor não respondeu. Não sabemos se foi feito: tente de novo.", timeout=PATIENCE
    )
    await expect(card.get_by_role("button", name="Receber")).to_be_enabled()
    await expect(link(page)).to_have_text("sem conexão")
    freeze(system, signal.SIGCONT)
    await expect(link(page)).to_contain_text("conectado", timeout=PATIENCE)


async def test_a_cancellation_that_is_not_taken_keeps_its_reason(page: Page, system: Running, db: Database) -> None:
    booking_id = await begun(db)
    await page.goto(f"{system.url}/agenda")
    await page.get_by_label("Token de acesso").fill(API_TOKEN)
    await page.get_by_role("button", name="Entrar").click()
    card = page.locator(f'[data-booking="{booking_id}"]')
    await card.get_by_text("Mais", exact=True).click()
    await card.get_by_role("button", name="Cancelar…").click()
    freeze(system)
    await page.get_by_label("Motivo (opcional)").fill("a Bia adoeceu")
    await page.get_by_role("button", name="Cancelar agendamento").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("alert")).to_contain_text("O servidor não respondeu.", timeout=PATIENCE)
    await expect(page.get_by_label("Motivo (opcional)")).to_have_value("a Bia adoeceu")
    freeze(system, signal.SIGCONT)
    await expect(link(page)).to_contain_text("conectado", timeout=PATIENCE)
