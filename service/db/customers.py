"""Contacts and their pets."""

from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from service.db.effects import FENCE, JOURNAL, JOURNAL_COLUMNS, Effect, journal_params, result_of
from service.db.pool import Database, Row

_REGISTER: LiteralString = (
    """
with """
    + FENCE
    + """, pet as (
  insert into pets (organization_id, contact_id, name, species, breed, birth_date)
  select patas.organization_id(), %(contact_id)s, %(name)s, %(species)s, %(breed)s, %(birth_date)s from fence
  on conflict (contact_id, lower(btrim(name))) do nothing
  returning id
), effect as (
  """
    + JOURNAL
    + " select "
    + JOURNAL_COLUMNS
    + """, jsonb_set(%(result)s, '{pet,id}', to_jsonb(pet.id)) from pet
  returning result
)
select exists (select from fence) as open, (select result from effect) as result
"""
)

_PETS: LiteralString = "select id, name, species, breed, birth_date from pets where contact_id = %(contact_id)s order by created_at, name"


async def register_pet(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, name: str, species: str, breed: str | None,
    birth_date: date | None, result: dict[str, Any],
) -> dict[str, Any] | None:  # fmt: skip
    """Register a pet and journal `result` with its id. None when the customer has a pet of that name already. One round trip.

    Raises Overtaken.
    """
    params = {
        **journal_params(effect), "contact_id": contact_id, "name": name, "species": species, "breed": breed, "birth_date": birth_date,
        "result": Jsonb(result),
    }  # fmt: skip
    rows = (await db.run(organization_id, (_REGISTER, params)))[0]
    return result_of(rows[0])


async def pets(db: Database, organization_id: UUID, contact_id: UUID) -> list[Row]:
    """A customer's pets, oldest entry first."""
    return (await db.run(organization_id, (_PETS, {"contact_id": contact_id})))[0]
