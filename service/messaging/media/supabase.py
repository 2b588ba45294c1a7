"""A media store in a private bucket of Supabase Storage, which is made where there is none."""

from collections.abc import Awaitable, Sequence
from typing import TypeVar

import httpx
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError
from storage3.types import FileOptions

from service.messaging.media.store import StoreFailed

Found = TypeVar("Found")

# What Supabase says in its answer's body, whose own status is 400: that something is not there, or is there already.
MISSING, TAKEN = "404", "409"
# An answer that is none of Supabase's, too, such as a proxy's.
NO_ANSWER = (StorageApiError, httpx.HTTPError, LookupError, TypeError, ValueError)
# It deletes no more at once.
MOST_AT_ONCE = 1000


class SupabaseStore:
    """Objects of one bucket, over the process's own HTTP client. What is stored is sealed, so no link of Supabase's is ever handed out."""

    def __init__(self, url: str, key: str, bucket: str, http: httpx.AsyncClient) -> None:
        headers = {"apikey": key, "Authorization": f"Bearer {key}"}
        self._client = AsyncStorageClient(f"{url.rstrip('/')}/storage/v1/", headers, http_client=http)
        self._name = bucket
        self._is_private = False

    async def put(self, path: str, content: bytes) -> None:
        """Keep an object. Raises StoreFailed, also where everybody may read the bucket."""
        await self._require_private()
        options: FileOptions = {"content-type": "application/octet-stream", "upsert": "true", "cache-control": "0"}
        await _asked(self._client.from_(self._name).upload(path, content, options))

    async def get(self, path: str) -> bytes | None:
        """Return an object; None where there is none. Raises StoreFailed."""
        try:
            return await self._client.from_(self._name).download(path)
        except NO_ANSWER as error:
            if _says(error, MISSING):
                return None
            raise _failed(error) from error

    async def delete(self, paths: Sequence[str]) -> None:
        """Delete objects. Raises StoreFailed."""
        for start in range(0, len(paths), MOST_AT_ONCE):
            await _asked(self._client.from_(self._name).remove(list(paths[start : start + MOST_AT_ONCE])))

    async def _require_private(self) -> None:
        """Make the bucket where there is none; refuse one that the world can read."""
        if self._is_private:
            return
        try:
            bucket = await self._client.get_bucket(self._name)
        except NO_ANSWER as error:
            if not _says(error, MISSING):
                raise _failed(error) from error
            await self._make()
        else:
            if bucket.public:
                raise StoreFailed(f"The bucket {self._name} is public: make it private in Supabase, or name another in PATAS_MEDIA_BUCKET.")
        self._is_private = True

    async def _make(self) -> None:
        try:
            await self._client.create_bucket(self._name, options={"public": False})
        except NO_ANSWER as error:
            # Another process was faster.
            if not _says(error, TAKEN):
                raise _failed(error) from error


async def _asked(call: Awaitable[Found]) -> Found:
    try:
        return await call
    except NO_ANSWER as error:
        raise _failed(error) from error


def _says(error: Exception, status: str) -> bool:
    return isinstance(error, StorageApiError) and str(error.status) == status


def _failed(error: Exception) -> StoreFailed:
    said = f"it answered {error.status}" if isinstance(error, StorageApiError) else type(error).__name__
    return StoreFailed(f"Supabase Storage gave no usable answer ({said}).")
