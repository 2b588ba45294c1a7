"""Migrations beside a running version."""

import psycopg
import pytest
from psycopg.types.json import Jsonb

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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"model": "gpt-4o-mini", "temperature": 0.7}, {}),
        (
            {"model": "gpt-4o-mini", "temperature": 0.7, "aurora_model": "gpt-4o"},
            {"model": "gpt-6-luna", "temperature": 0.7, "aurora_model": "gpt-6-luna"},
        ),
        ({"model": "gpt-4o-mini", "temperature": 0.2}, {"model": "gpt-4o-mini", "temperature": 0.2}),
    ],
)
def test_a_model_that_nobody_had_chosen_gives_way_to_the_default(settings: Settings, before: object, after: object) -> None:
    written = (migrations.MIGRATIONS / "20261128000001_models.sql").read_text().partition("-- A shop that has chosen no model")[2]
    with psycopg.connect(settings.database_url or "") as conn:
        conn.execute("update organization_settings set ai_config = %s", (Jsonb(before),))
        conn.execute(f"-- {written}".encode())
        assert conn.execute("select ai_config from organization_settings").fetchall() == [(after,)]
