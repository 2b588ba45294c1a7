"""Files are handed out with everything else of a customer, and are gone with them."""

import asyncio
import base64
import json
from pathlib import Path

import pytest

from service.messaging.media import expiry
from service.operations import privacy
from service.platform.settings import Settings
from tests.kit.phones import NOTE, Number
from tests.kit.shop import Shop

PHONE, OTHER = "5511955557788", "5511955557799"


def lying(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "media").rglob("*") if path.is_file()]


async def erase(settings: Settings) -> str:
    person = await asyncio.to_thread(privacy.find_contact, settings, PHONE, None)
    return await asyncio.to_thread(privacy.erase_contact, settings, person)


async def test_an_export_has_the_files(number: Number, shop: Shop) -> None:
    await number.note(PHONE)
    await number.note(OTHER, b"OggS of somebody else")
    await number.fetch()
    await number.note(PHONE)
    exported = json.loads(await asyncio.to_thread(privacy.export_contact, shop.resources.settings, PHONE, None))
    assert [row["content_base64"] for row in exported["media"]] == [base64.b64encode(NOTE).decode(), None]
    assert all("inline" not in row for row in exported["media"])


async def test_erasing_a_customer_erases_their_files_and_nobody_elses(number: Number, shop: Shop) -> None:
    note, other = await number.note(PHONE), await number.note(OTHER)
    await number.fetch()
    row = await number.file(note)
    assert "Files deleted: 1." in await erase(shop.resources.settings)
    assert await shop.resources.files.read(row["organization_id"], row["id"]) is None
    assert len(lying(shop.resources.settings)) == 1
    assert [found["id"] for found in await shop.rows("select id from media")] == [(await number.file(other))["id"]]


async def test_where_the_store_is_away_the_pruner_erases_them(number: Number, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    await number.note(PHONE)
    await number.fetch()
    settings, folder = shop.resources.settings, shop.resources.settings.data_dir / "media"
    folder.rename(folder.with_name("away"))
    folder.write_text("in the way")
    assert "Files: 1, to be deleted within the hour" in await erase(settings)
    folder.unlink()
    folder.with_name("away").rename(folder)
    assert len(lying(settings)) == 1
    assert await expiry.delete_expired(shop.resources.db, shop.resources.files, days=90) == 1
    assert (lying(settings), await shop.rows("select 1 from media")) == ([], [])


async def test_a_file_that_is_being_fetched_is_gone_too(number: Number, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    await number.note(PHONE)
    files, keep = shop.resources.files, shop.resources.files.keep

    async def keep_after_the_erasure(*args: object) -> None:
        await erase(shop.resources.settings)
        await keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "keep", keep_after_the_erasure)
    assert await number.fetch() == [None]
    assert lying(shop.resources.settings) == []
