"""Links to files, for people's browsers: signed, and good for five minutes. They need no token, which an audio player could not send."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from service.messaging.media.store import Files
from service.messaging.media.vault import Vault
from service.messaging.queries import media
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import Forbidden, NotFound

GOOD_FOR = timedelta(minutes=5)
REFUSED = "Este link não vale mais: abra a conversa de novo."
UNKNOWN = "Este arquivo não existe mais."


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is shown."""

    content: bytes
    kind: str
    mime: str


def link(vault: Vault, media_id: UUID, now: datetime) -> str:
    """Return the path by which a file can be had from now on for `GOOD_FOR`."""
    until = int((now + GOOD_FOR).timestamp())
    return f"/media/{media_id}?until={until}&signature={vault.signature(_signed(media_id, until))}"


async def opened(db: Database, files: Files, media_id: UUID, *, until: int, signature: str) -> File:
    """Return the file that a link names. Raises Forbidden where it is not ours or has run out, NotFound, and StoreFailed."""
    if not files.vault.is_signed(_signed(media_id, until), signature) or until < clock.now().timestamp():
        raise Forbidden(REFUSED)
    found = await media.find(db, media_id)
    content = await files.read(found.organization_id, media_id) if found else None
    if found is None or content is None:
        raise NotFound(UNKNOWN)
    return File(content, found.kind, found.mime)


def _signed(media_id: UUID, until: int) -> str:
    return f"{media_id} {until}"
