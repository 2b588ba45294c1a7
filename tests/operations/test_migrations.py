"""Migrations beside a running version."""

import psycopg
import pytest

from service.operations import migrations
from service.platform.errors import Misconfigured
from service.platform.settings import Settings


def test_a_migration_does_not_wait_for_ever(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a lock makes everybody behind wait: it gives up instead, and what it did is undone."""
    url = settings.database_url or ""
    last = migrations._files(migrations.MIGRATIONS)[-1]
    again = migrations.Migration(
        "29990101000000", "again", "create table patas.half_done (n int); alter table public.conversations add column again int;"
    )
    monkeypatch.setattr(migrations, "_files", lambda _: [last, again])
    monkeypatch.setattr(migrations, "LOCK_MILLISECONDS", 50)
    with psycopg.connect(url) as busy:
        busy.execute("update conversations set updated_at = now()")
        with pytest.raises(Misconfigured, match="lock timeout"):
            migrations.migrate(url)
    assert migrations.pending(url) == ["29990101000000_again"]
    assert migrations.migrate(url) == ["29990101000000_again"]
