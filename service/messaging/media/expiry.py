"""Deleting files: those that were kept long enough, and those whose message is gone."""

from service.messaging.media.store import Files
from service.messaging.queries import media
from service.platform.database import Database

BATCH = 500


async def delete_expired(db: Database, files: Files, *, days: float) -> int:
    """Delete what is to be deleted, the file first, so that none is left without its row. Returns how many. Raises StoreFailed."""
    deleted = 0
    while found := await media.expired(db, days=days, batch=BATCH):
        await files.forget([(file.organization_id, file.id) for file in found])
        await media.forget(db, [file.id for file in found])
        deleted += len(found)
    return deleted
