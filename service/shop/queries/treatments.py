"""Vaccines and dewormers: when they were given, when the next is due."""

from datetime import date
from typing import LiteralString
from uuid import UUID

from pydantic import AwareDatetime

from service.language.words import TreatmentKind
from service.platform.database import Database, first, typed
from service.platform.documents import Document


class Treatment(Document):
    """A vaccine or dewormer: when it was given, when the next is due, or both."""

    id: UUID
    kind: TreatmentKind
    name: str
    given_on: date | None
    due_on: date | None
    created_at: AwareDatetime


_LIST: LiteralString = """
select id, kind, name, given_on, due_on, created_at
from pet_treatments
where pet_id = %(pet_id)s
order by coalesce(given_on, due_on) desc, created_at desc, id
"""

_ADD: LiteralString = """
insert into pet_treatments (organization_id, pet_id, kind, name, given_on, due_on)
select p.organization_id, p.id, %(kind)s, %(name)s, %(given_on)s, %(due_on)s
from pets p
where p.id = %(pet_id)s
returning id, kind, name, given_on, due_on, created_at
"""


async def of_pet(db: Database, organization_id: UUID, pet_id: UUID) -> list[Treatment]:
    """List what a pet was given or is due, the latest first."""
    return typed(Treatment, (await db.run(organization_id, (_LIST, {"pet_id": pet_id})))[0])


async def add(
    db: Database, organization_id: UUID, pet_id: UUID, *, kind: TreatmentKind, name: str, given_on: date | None, due_on: date | None
) -> Treatment | None:
    """Write a treatment down; None where there is no such pet."""
    params = {"pet_id": pet_id, "kind": kind, "name": name, "given_on": given_on, "due_on": due_on}
    return first(Treatment, (await db.run(organization_id, (_ADD, params)))[0])


async def drop(db: Database, organization_id: UUID, pet_id: UUID, treatment_id: UUID) -> bool:
    """Take a treatment out; False where the pet has no such treatment."""
    sql: LiteralString = "delete from pet_treatments where id = %(id)s and pet_id = %(pet_id)s returning id"
    return bool((await db.run(organization_id, (sql, {"id": treatment_id, "pet_id": pet_id})))[0])
