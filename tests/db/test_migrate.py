"""Migrations beside a running version."""

import psycopg
import pytest

from service.db import migrate
from service.errors import Misconfigured
from service.settings import Settings


def test_a_migration_does_not_wait_for_ever(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a lock makes everybody behind wait: it gives up instead, and what it did is undone."""
    url = settings.database_url or ""
    last = migrate._files(migrate.MIGRATIONS)[-1]
    again = migrate.Migration(
        "29990101000000", "again", "create table patas.half_done (n int); alter table public.conversations add column again int;"
    )
    monkeypatch.setattr(migrate, "_files", lambda _: [last, again])
    monkeypatch.setattr(migrate, "LOCK_MILLISECONDS", 50)
    with psycopg.connect(url) as busy:
        busy.execute("update conversations set updated_at = now()")
        with pytest.raises(Misconfigured, match="lock timeout"):
            migrate.migrate(url)
    assert migrate.pending(url) == ["29990101000000_again"]
    assert migrate.migrate(url) == ["29990101000000_again"]
