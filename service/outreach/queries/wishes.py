"""Whether a customer may be written to unasked, as they wished it."""

from typing import LiteralString
from uuid import UUID

from service.language.optout import Wish
from service.platform.database import Database

_WISHED: LiteralString = """
update contacts
set opted_out_at = case %(wish)s when 'out' then coalesce(opted_out_at, now()) end, updated_at = now()
where id = %(contact_id)s
"""


async def carry_out(db: Database, organization_id: UUID, contact_id: UUID, wish: Wish) -> None:
    """Note that a customer wants no messages unasked ("out"), since the first time it was said, or wants them again ("in")."""
    await db.run(organization_id, (_WISHED, {"contact_id": contact_id, "wish": wish}))
