"""Webhooks while Redis or Postgres is away, or fails in the middle."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from service.platform import jobs
from service.platform.database import Database, opened
from service.platform.settings import get_settings
from tests.kit.fakes import meta
from tests.kit.web import PHONE, Web


async def test_with_redis_down_a_webhook_is_stored_and_accepted(
    open_web: Callable[..., Awaitable[Web]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    get_settings.cache_clear()
    jobs.get_broker.cache_clear()
    web = await open_web(redis_url="redis://127.0.0.1:1/0")
    assert (await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.kept")])).status_code == 200
    assert (await web.message("wamid.kept"))["processed_at"] is None, "the sweeper finds it"


async def test_with_postgres_gone_a_webhook_is_told_to_come_back(web: Web) -> None:
    database = (web.settings.database_url or "").rpartition("/")[2]
    async with _elsewhere(web) as other:
        await other.system((f'alter database "{database}" allow_connections false', {}))
        try:
            await other.system(("select pg_terminate_backend(pid) from pg_stat_activity where datname = %(d)s", {"d": database}))
            response = await web.hook(messages=[meta.text_message(PHONE, "oi", id="wamid.down")])
            assert response.status_code == 503
            assert response.headers["retry-after"]
            assert database not in response.text
        finally:
            await other.system((f'alter database "{database}" allow_connections true', {}))


def _elsewhere(web: Web) -> Any:
    return opened((web.settings.database_url or "").rpartition("/")[0] + "/postgres", size=1)


async def test_a_delivery_is_stored_whole_or_not_at_all(web: Web, db: Database) -> None:
    """A fault in the middle of a delivery leaves none of its messages, so the provider's second attempt brings all of them."""
    await db.system(
        ("create function boom() returns trigger language plpgsql as $$ begin if new.content = 'boom' then raise exception "
         "using errcode = '57P01'; end if; return new; end $$", {}),
        ("create trigger boom before insert on messages for each row execute function boom()", {}),
    )  # fmt: skip
    body = meta.webhook_body(messages=[meta.text_message(PHONE, "um", id="wamid.a"), meta.text_message(PHONE, "boom", id="wamid.b")])
    assert (await web.hook(body)).status_code == 503
    assert await web.rows("select 1 from messages where external_id in ('wamid.a', 'wamid.b')") == []
    await db.system(("drop trigger boom on messages", {}))
    assert (await web.hook(body)).status_code == 200
    assert len(await web.rows("select 1 from messages where external_id in ('wamid.a', 'wamid.b')")) == 2
