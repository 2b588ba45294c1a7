"""The shop's own answers: people write them through the API, or all at once from a Markdown file."""

import asyncio
import re
from pathlib import Path
from uuid import UUID

import structlog

from service.language.text import fold, storable
from service.platform.database import Database, opened
from service.platform.errors import BadRequest, NotFound
from service.platform.settings import Settings
from service.shop.queries import knowledge
from service.shop.queries.knowledge import KnowledgeEntry, ShopName

log = structlog.get_logger()

LONGEST_TITLE = 120
LONGEST_CONTENT = 4000
NO_SHOP = "Esta loja não existe."
NO_ENTRY = "Esta entrada não existe."

_HEADING = re.compile(r"^##[ \t]+(.*?)[ \t#]*$", re.MULTILINE)


async def listed(db: Database, organization_id: UUID) -> list[KnowledgeEntry]:
    """List a shop's entries, by title. Raises NotFound."""
    entries = await knowledge.listed(db, organization_id)
    if entries is None:
        raise NotFound(NO_SHOP)
    return entries


async def add(db: Database, organization_id: UUID, *, title: str, content: str, is_active: bool, by: str) -> KnowledgeEntry:
    """Add an entry. Raises BadRequest for an empty or overlong text, NotFound, and Conflict where another entry has the title."""
    title, content = checked(title, content)
    entry = await knowledge.add(db, organization_id, title=title, content=content, is_active=is_active)
    if entry is None:
        raise NotFound(NO_SHOP)
    log.info("[KNOWLEDGE] Entry added", organizationId=str(organization_id), entryId=str(entry.id), author=by)
    return entry


async def change(
    db: Database, organization_id: UUID, entry_id: UUID, *, title: str, content: str, is_active: bool, by: str
) -> KnowledgeEntry:  # fmt: skip
    """Replace an entry. Raises as `add` does."""
    title, content = checked(title, content)
    entry = await knowledge.update(db, organization_id, entry_id, title=title, content=content, is_active=is_active)
    if entry is None:
        raise NotFound(NO_ENTRY)
    log.info("[KNOWLEDGE] Entry changed", organizationId=str(organization_id), entryId=str(entry_id), author=by)
    return entry


async def remove(db: Database, organization_id: UUID, entry_id: UUID, *, by: str) -> None:
    """Delete an entry. Raises NotFound."""
    if not await knowledge.remove(db, organization_id, entry_id):
        raise NotFound(NO_ENTRY)
    log.info("[KNOWLEDGE] Entry removed", organizationId=str(organization_id), entryId=str(entry_id), author=by)


def checked(title: str, content: str) -> tuple[str, str]:
    """Return title and content as they are stored; raises BadRequest with a sentence where one is empty or too long."""
    title, content = " ".join(storable(title).split()), storable(content)
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise BadRequest(f"O título precisa ter de 1 a {LONGEST_TITLE} caracteres.")
    if not 1 <= len(content) <= LONGEST_CONTENT:
        raise BadRequest(f"O texto de “{title}” precisa ter de 1 a {LONGEST_CONTENT} caracteres.")
    return title, content


def read_markdown(text: str) -> list[tuple[str, str]]:
    """Read the `## headings` of a file as titles, with what stands under each; what comes before the first is left out.

    Raises BadRequest where there is none, where one comes twice, and as `checked` does.
    """
    _, *parts = _HEADING.split(text)
    entries = [checked(title, content) for title, content in zip(parts[::2], parts[1::2], strict=True)]
    if not entries:
        raise BadRequest("The file has no `## heading`: each becomes the title of an entry.")
    seen: set[str] = set()
    for title, _ in entries:
        if fold(title) in seen:
            raise BadRequest(f"The heading “{title}” comes twice.")
        seen.add(fold(title))
    return entries


def import_file(settings: Settings, file: Path, organization: str | None) -> str:
    """Store a file's entries for `patas knowledge import`, those of a known title anew, and say how many.

    Raises BadRequest for a file that can't be read or used and where a shop must be chosen, NotFound where the chosen one does not exist.
    """
    try:
        entries = read_markdown(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadRequest(f"{file} can't be read: {reason}.") from error

    async def run() -> str:
        async with opened(settings.database_url or "", size=1) as db:
            shop = await chosen_shop(db, organization)
            added, replaced = await knowledge.put(db, shop.id, entries)
            return f"{shop.name}: {added} added, {replaced} replaced."

    return asyncio.run(run())


async def chosen_shop(db: Database, organization: str | None) -> ShopName:
    """Return the shop of a name or id, or the only one. Raises NotFound, and BadRequest where one must be chosen."""
    shops = await knowledge.shops(db)
    if organization is not None:
        shops = [shop for shop in shops if organization.lower() == str(shop.id) or fold(organization) == fold(shop.name)]
    if not shops:
        raise NotFound(f"There is no shop {organization}." if organization else "There is no shop yet.")
    if len(shops) > 1:
        names = ", ".join(f"{shop.name} ({shop.id})" for shop in shops)
        raise BadRequest(f"Choose a shop with --organization: {names}.")
    return shops[0]
