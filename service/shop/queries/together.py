"""Which services a pet may have at the same time."""

from typing import LiteralString
from uuid import UUID

from service.platform.database import Database, typed
from service.platform.documents import Document


class Named(Document):
    id: UUID
    name: str


class Pair(Document):
    """Two services that go together, in either order."""

    service: Named
    together_with: Named


_PAIRS: LiteralString = """
select jsonb_build_object('id', a.id, 'name', a.name) as service, jsonb_build_object('id', b.id, 'name', b.name) as together_with
from services_together t
join services a on a.id = t.service_id
join services b on b.id = t.with_service_id
where t.organization_id = patas.organization_id()
order by a.name, b.name, a.id, b.id
"""

# Said twice it stays as it was said first. Both have to be the shop's.
_ALLOW: LiteralString = """
with made as (
  insert into services_together (organization_id, service_id, with_service_id)
  select a.organization_id, a.id, b.id
  from services a, services b
  where a.id = %(one)s and b.id = %(other)s
  on conflict do nothing
)
select id from services where id in (%(one)s, %(other)s)
"""

_FORBID: LiteralString = """
delete from services_together
where (service_id, with_service_id) in ((%(one)s, %(other)s), (%(other)s, %(one)s))
returning service_id
"""


async def pairs(db: Database, organization_id: UUID) -> list[Pair]:
    """List the services that go together, by name."""
    return typed(Pair, (await db.run(organization_id, (_PAIRS, {})))[0])


async def allow(db: Database, organization_id: UUID, one: UUID, other: UUID) -> bool:
    """Let a pet have two services at the same time; False where the shop does not have both."""
    return len((await db.run(organization_id, (_ALLOW, {"one": one, "other": other})))[0]) == 2


async def forbid(db: Database, organization_id: UUID, one: UUID, other: UUID) -> bool:
    """Let a pet have only one of the two at a time; False where that was so already."""
    return bool((await db.run(organization_id, (_FORBID, {"one": one, "other": other})))[0])
