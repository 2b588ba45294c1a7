"""Both media stores keep the same contract, and neither holds what anybody but this installation could read."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from service.messaging.channels.http import build_http
from service.messaging.media.store import Files, StoreFailed, build_files
from service.messaging.media.vault import Unreadable
from service.platform.errors import Misconfigured
from service.platform.settings import Settings
from tests.kit.fakes.server import Fault
from tests.kit.fakes.supabase import FakeSupabase

SHOP, OTHER, ID, SECOND = (UUID(int=n) for n in (1, 2, 3, 4))
NOTE = b"OggS" + bytes(range(256)) * 40
BUCKET = "patas-media"


@pytest.fixture
def supabase() -> Iterator[FakeSupabase]:
    with FakeSupabase() as fake:
        fake.key = "service-key"
        yield fake


@pytest.fixture
async def http(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with build_http(settings) as client:
        yield client


def of(settings: Settings, supabase: FakeSupabase, name: str, **changes: Any) -> Settings:
    """Return the settings of an installation with this store."""
    project = {"supabase_url": supabase.url, "supabase_service_role_key": SecretStr("service-key")}
    return settings.model_copy(update=(project if name == "supabase" else {}) | changes)


@pytest.fixture(params=["supabase", "local"])
def chosen(request: pytest.FixtureRequest, settings: Settings, supabase: FakeSupabase) -> Settings:
    return of(settings, supabase, request.param)


@pytest.fixture
def files(chosen: Settings, http: httpx.AsyncClient) -> Files:
    return build_files(chosen, http)


def lying(settings: Settings, supabase: FakeSupabase) -> dict[str, bytes]:
    """Return what lies in the store, by its path."""
    if settings.supabase_url:
        return {path.partition("/")[2]: content for path, content in supabase.objects.items()}
    folder = settings.data_dir / "media"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_what_is_kept_is_read_and_what_is_not_is_not_there(files: Files) -> None:
    await files.keep(SHOP, ID, NOTE)
    assert await files.read(SHOP, ID) == NOTE
    assert await files.read(SHOP, SECOND) is None
    assert await files.read(OTHER, ID) is None


async def test_a_file_is_replaced(files: Files) -> None:
    await files.keep(SHOP, ID, NOTE)
    await files.keep(SHOP, ID, b"new")
    assert await files.read(SHOP, ID) == b"new"


async def test_what_is_forgotten_is_gone_and_nothing_else(files: Files, chosen: Settings, supabase: FakeSupabase) -> None:
    await files.keep(SHOP, ID, NOTE)
    await files.keep(SHOP, SECOND, NOTE)
    await files.keep(OTHER, ID, NOTE)
    await files.forget([(SHOP, ID), (SHOP, UUID(int=9))])
    assert await files.read(SHOP, ID) is None
    assert await files.read(SHOP, SECOND) == NOTE == await files.read(OTHER, ID)
    assert len(lying(chosen, supabase)) == 2
    await files.forget([(SHOP, ID)])


async def test_what_lies_there_is_sealed(files: Files, chosen: Settings, supabase: FakeSupabase) -> None:
    await files.keep(SHOP, ID, NOTE)
    await files.keep(SHOP, SECOND, NOTE)
    one, two = lying(chosen, supabase).values()
    assert NOTE[:16] not in one + two
    assert one != two, "the same file is not known again"


async def test_a_file_opens_for_its_shop_and_id_alone(files: Files, chosen: Settings, supabase: FakeSupabase) -> None:
    await files.keep(SHOP, ID, NOTE)
    await files.keep(OTHER, ID, b"theirs")
    if chosen.supabase_url:
        supabase.objects[f"{BUCKET}/{SHOP}/{ID}"] = supabase.objects[f"{BUCKET}/{OTHER}/{ID}"]
    else:
        folder = chosen.data_dir / "media"
        (folder / f"{SHOP}/{ID}").write_bytes((folder / f"{OTHER}/{ID}").read_bytes())
    with pytest.raises(Unreadable, match="PATAS_MEDIA_KEY"):
        await files.read(SHOP, ID)


async def test_another_installations_key_opens_nothing(files: Files, chosen: Settings, http: httpx.AsyncClient) -> None:
    await files.keep(SHOP, ID, NOTE)
    other = build_files(chosen.model_copy(update={"media_key": SecretStr("another-key-of-another-place")}), http)
    with pytest.raises(Unreadable):
        await other.read(SHOP, ID)


async def test_a_key_that_can_be_guessed_is_refused(chosen: Settings, http: httpx.AsyncClient) -> None:
    files = build_files(chosen.model_copy(update={"media_key": SecretStr("short")}), http)
    with pytest.raises(Misconfigured, match="PATAS_MEDIA_KEY: fewer than 22"):
        await files.keep(SHOP, ID, NOTE)


# Each store's own


async def test_the_folder_is_its_owners_alone(settings: Settings, supabase: FakeSupabase, http: httpx.AsyncClient) -> None:
    await build_files(of(settings, supabase, "local"), http).keep(SHOP, ID, NOTE)
    file = settings.data_dir / "media" / str(SHOP) / str(ID)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert ((settings.data_dir / "media_key").stat().st_mode & 0o777) == 0o600


async def test_a_folder_that_can_not_be_used_is_said(
    settings: Settings, supabase: FakeSupabase, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    files = build_files(of(settings, supabase, "local"), http)
    settings.data_dir.mkdir()
    (settings.data_dir / "media").write_text("a file in the way")
    with pytest.raises(StoreFailed, match="media can't be used"):
        await files.keep(SHOP, ID, NOTE)


async def test_the_bucket_is_made_private_and_looked_at_once(settings: Settings, supabase: FakeSupabase, http: httpx.AsyncClient) -> None:
    files = build_files(of(settings, supabase, "supabase"), http)
    await files.keep(SHOP, ID, NOTE)
    await files.keep(SHOP, SECOND, NOTE)
    assert supabase.buckets == {BUCKET: False}
    assert [request.path for request in supabase.requests].count(f"/storage/v1/bucket/{BUCKET}") == 1


async def test_a_bucket_that_everybody_can_read_gets_nothing(settings: Settings, supabase: FakeSupabase, http: httpx.AsyncClient) -> None:
    supabase.buckets[BUCKET] = True
    files = build_files(of(settings, supabase, "supabase"), http)
    with pytest.raises(StoreFailed, match="is public"):
        await files.keep(SHOP, ID, NOTE)
    assert supabase.objects == {}


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500, body={"message": "down"}),
        Fault(status=429, body={"statusCode": "429", "error": "x", "message": "slow"}),
        Fault(status=502, body="<html>"),
        Fault(status=200, body="<html>"),
        Fault(reset="before"),
    ],
    ids=["500", "429", "proxy", "no answer of theirs", "reset"],
)
async def test_what_supabase_fails_with_is_one_error(
    settings: Settings, supabase: FakeSupabase, http: httpx.AsyncClient, fault: Fault
) -> None:
    files = build_files(of(settings, supabase, "supabase"), http)
    await files.keep(SHOP, ID, NOTE)
    supabase.fail_when(lambda _: fault)
    with pytest.raises(StoreFailed, match="Supabase Storage gave no usable answer"):
        await files.keep(SHOP, ID, NOTE)
    with pytest.raises(StoreFailed):
        await files.forget([(SHOP, ID)])
    supabase.fail_when(None)
    assert await files.read(SHOP, ID) == NOTE


async def test_a_key_that_supabase_does_not_know_is_one_error(settings: Settings, supabase: FakeSupabase, http: httpx.AsyncClient) -> None:
    supabase.key = "another"
    files = build_files(of(settings, supabase, "supabase"), http)
    with pytest.raises(StoreFailed, match="403"):
        await files.keep(SHOP, ID, NOTE)
    with pytest.raises(StoreFailed, match="403"):
        await files.read(SHOP, ID)
