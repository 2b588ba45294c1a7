"""`patas contact`: what is stored about a customer, read out or erased, as the LGPD gives everybody the right to."""

import asyncio
import base64
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from service.language.text import fold
from service.messaging.channels import build_http
from service.messaging.media.store import Files, StoreFailed, build_files
from service.messaging.media.vault import Unreadable
from service.messaging.queries import media
from service.operations.queries import privacy
from service.operations.queries.privacy import Erased, Person
from service.platform import clock
from service.platform.database import Database, Row, opened
from service.platform.errors import BadRequest, Conflict, NotFound
from service.platform.settings import Settings
from service.turns.queries import threads

INSTEAD = "[apagado a pedido de um cliente]"
SHORTEST_NAME = 3
LOCAL_DIGITS = 8


def export_contact(settings: Settings, phone: str, organization: str | None) -> str:
    """Return everything stored about the customer with this phone, as one JSON document, their files in base64.

    Raises as `find_contact` does.
    """

    async def run() -> str:
        async with opened(settings.database_url or "", size=1) as db:
            person = _only(await privacy.find(db, phone), organization)
            tables = await privacy.export(db, person.organization_id, person.contacts)
            async with build_http(settings) as http:
                await _add_content(build_files(settings, http), tables["media"])
            checkpoints = {c["id"]: [asdict(found) for found in await threads.read(db, c["id"])] for c in tables["conversations"]}
        document = {
            "exported_at": clock.now().isoformat(),
            "organization": {"id": person.organization_id, "name": person.organization},
            **tables,
            "checkpoints": checkpoints,
        }
        return json.dumps(document, default=str, ensure_ascii=False, indent=2)

    return asyncio.run(run())


def find_contact(settings: Settings, phone: str, organization: str | None) -> Person:
    """Find the customer with this phone. Raises NotFound, and BadRequest where the phone is known to several shops and none was chosen."""

    async def run() -> Person:
        async with opened(settings.database_url or "", size=1) as db:
            return _only(await privacy.find(db, phone), organization)

    return asyncio.run(run())


def erase_contact(settings: Settings, person: Person) -> str:
    """Erase a customer whom `find_contact` found, files too, and say what is gone.

    Raises Conflict for an owner's number, which is part of the shop.
    """
    if person.is_owner:
        raise Conflict(f"This is an owner's number of {person.organization}: switch it off in aurora_owner_numbers before erasing it.")

    async def run() -> tuple[Erased, str]:
        async with opened(settings.database_url or "", size=1) as db, build_http(settings) as http:
            gone = await privacy.erase(db, person, mention=mention(person.names, person.phones), instead=INSTEAD)
            return gone, await _delete_files(db, build_files(settings, http), person, gone)

    gone, files = asyncio.run(run())
    return (
        f"Erased from {person.organization}: conversations {gone.conversations}, messages {gone.messages}, pets {gone.pets}. "
        f"Bookings cancelled: {gone.cancelled}; kept as figures without a person: {gone.bookings}. {files}"
    )


async def _delete_files(db: Database, files: Files, person: Person, gone: Erased) -> str:
    """Delete the files of whom was erased, and say so. What can't be deleted now, the pruner deletes: the rows stay until then."""
    try:
        await files.forget([(person.organization_id, file) for file in gone.files])
    except StoreFailed as error:
        return f"Files: {len(gone.files)}, to be deleted within the hour, since the media store can't be used just now: {error}"
    await media.forget(db, gone.files)
    return f"Files deleted: {len(gone.files)}."


async def _add_content(files: Files, rows: Iterable[Row]) -> None:
    """Add to each file's row what is in it; null where that can't be had."""
    for row in rows:
        try:
            content = await files.read(UUID(row["organization_id"]), UUID(row["id"])) if row["fetched_at"] else None
        except (StoreFailed, Unreadable):
            content = None
        row["content_base64"] = base64.b64encode(content).decode() if content is not None else None


def mention(names: Iterable[str], phones: Iterable[str]) -> str:
    """Build a regular expression of texts that name the person: a whole name, or the phone with or without its prefixes and separators."""
    written = {spelling for name in names if len(name) >= SHORTEST_NAME for spelling in (name, json.dumps(name, ensure_ascii=False)[1:-1])}
    bounded = [rf"(^|[^[:alnum:]]){re.escape(name)}($|[^[:alnum:]])" for name in sorted(written)]
    digits = [r"[-. ()]*".join(phone[-LOCAL_DIGITS:]) for phone in phones]
    return "|".join([*bounded, *digits])


def _only(found: list[Person], organization: str | None) -> Person:
    if not found:
        raise NotFound("No shop has a customer with this phone.")
    if organization is not None:
        found = [p for p in found if organization.lower() == str(p.organization_id) or fold(organization) == fold(p.organization)]
        if not found:
            raise NotFound(f"{organization} has no customer with this phone.")
    if len(found) > 1:
        shops = ", ".join(f"{person.organization} ({person.organization_id})" for person in found)
        raise BadRequest(f"Several shops have a customer with this phone, choose one with --organization: {shops}.")
    return found[0]
