"""Where files lie: one protocol, with Supabase Storage or a folder of this machine behind it. What a store is given is sealed already."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import httpx

from service.messaging.media.vault import Vault
from service.platform.errors import AppError
from service.platform.secrets import media_secret
from service.platform.settings import Settings


class StoreFailed(AppError):
    """A media store can't be used just now."""

    status = 503


class Store(Protocol):
    """Keeps bytes under paths such as `organization/file`. Every method raises StoreFailed where the store does not do it."""

    async def put(self, path: str, content: bytes) -> None:
        """Keep a file; one that is there under this path is replaced."""
        ...

    async def get(self, path: str) -> bytes | None:
        """Return a file; None where there is none."""
        ...

    async def delete(self, paths: Sequence[str]) -> None:
        """Delete files for good; what is not there is deleted already."""
        ...


class Files:
    """The files of all shops, each sealed for its shop and id. Everything raises Misconfigured where there is no key to be had."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self.vault = vault
        self._store = store

    async def keep(self, organization_id: UUID, media_id: UUID, content: bytes) -> None:
        """Store a file. Raises StoreFailed."""
        path = path_of(organization_id, media_id)
        await self._store.put(path, self.vault.sealed(content, path))

    async def read(self, organization_id: UUID, media_id: UUID) -> bytes | None:
        """Return a file; None where there is none. Raises StoreFailed, and Unreadable where our key does not open it."""
        path = path_of(organization_id, media_id)
        sealed = await self._store.get(path)
        return None if sealed is None else self.vault.opened(sealed, path)

    async def forget(self, files: Sequence[tuple[UUID, UUID]]) -> None:
        """Delete files, each named by its shop and id. Raises StoreFailed."""
        if files:
            await self._store.delete([path_of(*file) for file in files])


def path_of(organization_id: UUID, media_id: UUID) -> str:
    """Return where a file lies; it is sealed for this very path."""
    return f"{organization_id}/{media_id}"


def build_files(settings: Settings, http: httpx.AsyncClient) -> Files:
    """Build the store that the settings name: Supabase's where there is a project, else a folder."""
    vault = Vault(lambda: media_secret(settings))
    if settings.supabase_url and settings.supabase_service_role_key:
        from service.messaging.media.supabase import SupabaseStore

        key = settings.supabase_service_role_key.get_secret_value()
        return Files(SupabaseStore(settings.supabase_url, key, settings.media_bucket, http), vault)
    from service.messaging.media.local import LocalStore

    return Files(LocalStore(settings.data_dir.absolute() / "media"), vault)
