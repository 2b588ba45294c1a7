"""The simulator page with everything behind it: web process, queue, worker, offline model, rows in Postgres."""

from pathlib import Path

import psycopg
import pytest
from playwright.async_api import Page, expect

from tests.kit.running import running

pytestmark = pytest.mark.browser

PATIENCE = 60_000


async def test_both_phones_are_answered_by_the_worker(page: Page, tmp_path: Path, database_url: str, redis_url: str) -> None:
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "PATAS_SIMULATOR": "1", "PATAS_OFFLINE_MODEL": "1"}
    with running(tmp_path, **settings) as system:
        await page.goto(system.url)
        customer, owner = page.locator("#panel-customer"), page.locator("#panel-owner")

        await customer.get_by_placeholder("Mensagem").fill("Tenho um Golden Retriever de 3 anos chamado Rex")
        await customer.get_by_placeholder("Mensagem").press("Enter")
        await expect(customer.locator(".theirs .words")).to_contain_text("Golden Retriever, 3 anos", timeout=PATIENCE)
        await expect(page.locator("#panel-log")).to_contain_text("Job completed", timeout=PATIENCE)

        await owner.get_by_placeholder("Pergunte à Aurora").fill("Quanto faturei na semana passada?")
        await owner.get_by_placeholder("Pergunte à Aurora").press("Enter")
        await expect(owner.locator(".theirs .words")).to_contain_text("Faturamento: R$", timeout=PATIENCE)

        await customer.get_by_placeholder("Mensagem").fill("quero falar com uma pessoa")
        await customer.get_by_placeholder("Mensagem").press("Enter")
        await customer.get_by_role("button", name="Devolver à assistente").click(timeout=PATIENCE)
        await expect(customer.locator("[data-escalated]")).to_be_hidden()

        link = await page.locator("[data-thread]").get_attribute("href")
        await page.goto(f"{system.url}{link}")
        await expect(page.get_by_text("register_pet").first).to_be_visible()
    with psycopg.connect(database_url) as conn:
        assert conn.execute("select species, breed from pets where name = 'Rex'").fetchall() == [("dog", "Golden Retriever")]
        assert conn.execute("select distinct ai_type, model from ai_interactions order by 1").fetchall() == [
            ("aurora", "offline"),
            ("client", "offline"),
        ]
