"""The day's board in a real browser: signing in, one booking all the way along it, and back."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from playwright.async_api import Locator, Page, expect
from pydantic import SecretStr

from service.platform.database import Database
from service.platform.settings import Settings
from service.web.app import create_app
from tests.kit.salon import CAIO, another_pet, book, messages, rows, wrote_lately
from tests.kit.serving import serving
from tests.kit.web import API_TOKEN

pytestmark = pytest.mark.browser


@pytest.fixture
async def address(settings: Settings) -> AsyncIterator[str]:
    """Provide the address of a web process."""
    async with serving(create_app(settings.model_copy(update={"api_token": SecretStr(API_TOKEN)}))) as served:
        yield served


async def sign_in(page: Page, address: str) -> None:
    await page.goto(f"{address}/agenda")
    await page.get_by_label("Token de acesso").fill(API_TOKEN)
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.locator("[data-board]")).to_be_visible()


def card(page: Page, booking_id: UUID) -> Locator:
    return page.locator(f'[data-booking="{booking_id}"]')


async def press(page: Page, booking_id: UUID, label: str, step: str) -> None:
    """Press a button of a booking, and see it go."""
    await card(page, booking_id).get_by_role("button", name=label, exact=True).click()
    await expect(card(page, booking_id)).to_have_attribute("data-step", step)


async def todays(db: Database, **other: object) -> UUID:
    """Return a booking of the shop's today that has begun, however late or early it is."""
    booking_id = await book(db, **other)
    sql = """
      update bookings b set starts_at = greatest(b.starts_at, t.begins), ends_at = greatest(b.ends_at, t.begins + interval '1 hour')
      from (select date_trunc('day', now(), 'America/Sao_Paulo') as begins) t where b.id = %(id)s returning 1"""
    await rows(db, sql, id=booking_id)
    return booking_id


async def test_a_booking_along_the_board_and_back(page: Page, address: str, db: Database) -> None:
    await wrote_lately(db, "simulator")
    booking_id = await todays(db)
    await sign_in(page, address)
    await press(page, booking_id, "Receber", "received")
    await press(page, booking_id, "Iniciar", "in_service")
    await press(page, booking_id, "Desfazer", "received")
    await press(page, booking_id, "Iniciar", "in_service")
    await press(page, booking_id, "Pronto", "ready")
    await expect(card(page, booking_id)).to_contain_text("cliente avisado")
    assert await messages(db) == ["Oi, Ana! Tudo pronto com Bidu: já pode vir buscar. 🐾\nPet Shop Patinhas"]
    await press(page, booking_id, "Entregar", "delivered")
    await expect(page.locator("[data-said]")).to_have_text("Bidu: entregue")
    await card(page, booking_id).get_by_text("Mais", exact=True).click()
    await card(page, booking_id).get_by_role("button", name="Histórico").click()
    await expect(page.locator("[data-events] li").first).to_contain_text("Operador")
    await expect(page.locator("[data-events]")).to_contain_text("Situação: de em atendimento para concluído")
    await page.keyboard.press("Escape")
    await press(page, booking_id, "Desfazer", "ready")
    assert await rows(db, "select status, delivered_at from bookings where id = %(id)s", id=booking_id) == [
        {"status": "in_progress", "delivered_at": None}
    ]


async def test_by_keyboard_alone(page: Page, address: str, db: Database) -> None:
    booking_id = await todays(db)
    await sign_in(page, address)
    await card(page, booking_id).get_by_role("button", name="Receber").focus()
    for step in ("received", "in_service", "ready"):
        await page.keyboard.press("Enter")
        await expect(card(page, booking_id)).to_have_attribute("data-step", step)
        await expect(card(page, booking_id).get_by_role("button").first).to_be_focused()


async def test_whoever_comes_second_reads_where_it_is(page: Page, address: str, db: Database) -> None:
    booking_id = await todays(db)
    await sign_in(page, address)
    await expect(card(page, booking_id)).to_be_visible()
    await rows(db, "update bookings set received_at = now() where id = %(id)s returning 1", id=booking_id)
    await card(page, booking_id).get_by_role("button", name="Receber").click()
    await expect(page.get_by_role("alert")).to_have_text("Bidu: Não foi feito, porque o pet já foi recebido e espera o atendimento.")
    await expect(card(page, booking_id)).to_have_attribute("data-step", "received")


async def test_a_cancellation_asks_first(page: Page, address: str, db: Database) -> None:
    booking_id = await todays(db)
    await sign_in(page, address)
    for leave, step in (("Fechar", "waiting"), ("Cancelar agendamento", "cancelled")):
        if step == "waiting":
            await card(page, booking_id).get_by_text("Mais", exact=True).click()
        await card(page, booking_id).get_by_role("button", name="Cancelar…").click()
        await page.get_by_label("Motivo (opcional)").fill("a Bia adoeceu")
        await page.get_by_role("button", name=leave, exact=True).click()
        await expect(card(page, booking_id)).to_have_attribute("data-step", step)
    await expect(card(page, booking_id)).to_contain_text("Cancelado pela loja: a Bia adoeceu")


async def test_a_wrong_token_is_refused_in_words(page: Page, address: str) -> None:
    await page.goto(f"{address}/agenda")
    await page.get_by_label("Token de acesso").fill("errado")
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.get_by_role("alert")).to_have_text("Este token não vale. Confira e entre de novo.")
    await expect(page.locator("[data-board]")).to_be_hidden()


async def test_other_days_and_a_phone(page: Page, address: str, db: Database) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    first, second = await todays(db), await book(db, minutes=24 * 60, resource_id=CAIO, pet_id=await another_pet(db))
    await sign_in(page, address)
    await expect(card(page, first)).to_be_visible()
    await page.get_by_role("button", name="Próximo dia").click()
    await expect(card(page, second)).to_be_visible()
    await expect(card(page, second).get_by_role("button", name="Receber")).to_have_count(0)
    await page.get_by_role("button", name="Hoje").click()
    await expect(card(page, first)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.reload()
    await expect(card(page, first)).to_be_visible()
    await page.get_by_role("button", name="Sair").click()
    await expect(page.get_by_label("Token de acesso")).to_be_visible()
