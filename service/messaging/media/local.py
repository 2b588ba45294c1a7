"""A media store in a folder of this machine, which web and workers share."""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import uuid4

from service.messaging.media.store import StoreFailed

P = ParamSpec("P")
Found = TypeVar("Found")


class LocalStore:
    """Files that only their owner may read. A file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, path: str, content: bytes) -> None:
        """Keep a file. Raises StoreFailed."""
        await self._calling(self._put, path, content)

    async def get(self, path: str) -> bytes | None:
        """Return a file; None where there is none. Raises StoreFailed."""
        return await self._calling(self._get, path)

    async def delete(self, paths: Sequence[str]) -> None:
        """Delete files. Raises StoreFailed."""
        await self._calling(self._delete, paths)

    async def _calling(self, work: Callable[P, Found], *args: P.args, **kwargs: P.kwargs) -> Found:
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except OSError as error:
            raise StoreFailed(f"The folder {self._folder} can't be used ({error.strerror}).") from error

    def _put(self, path: str, content: bytes) -> None:
        target = self._folder / path
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{uuid4().hex}")
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    def _get(self, path: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return (self._folder / path).read_bytes()
        return None

    def _delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            (self._folder / path).unlink(missing_ok=True)
