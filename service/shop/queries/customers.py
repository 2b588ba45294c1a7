"""Read and change contacts and their pets."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from service.agenda.catalog import Pet
from service.platform.database import Database, Row, first, typed
from service.platform.documents import Document, JsonObject
from service.platform.errors import Conflict
from service.platform.journal import FENCE, JOURNAL, JOURNAL_COLUMNS, OUTCOME, Effect, journal_params, result_of


class Contact(Document):
    """A contact: whether they get `reminders`, and how many `pets` they have."""

    name: str | None
    phone: str | None
    reminders: bool
    pets: int


_REGISTER: LiteralString = f"""
with {FENCE}, pet as (
  insert into pets (organization_id, contact_id, name, species, breed, birth_date, size, coat)
  select patas.organization_id(), %(contact_id)s, %(name)s, %(species)s, %(breed)s, %(birth_date)s, %(size)s, %(coat)s
  from fence
  on conflict (contact_id, lower(btrim(name))) do nothing
  returning id
), effect as (
  {JOURNAL}
  select {JOURNAL_COLUMNS}, jsonb_set(%(result)s, '{{pet,id}}', to_jsonb(pet.id))
  from pet
  returning result
)
{OUTCOME}
"""

_PETS: LiteralString = """
select id, name, species, breed, birth_date, size, coat, notes, died_on from pets
where contact_id = %(contact_id)s and (died_on is null or %(with_dead)s)
order by created_at, name
"""

_UPDATE: LiteralString = f"""
with {FENCE}, pet as (
  update pets p set
    name = coalesce(%(name)s, p.name), species = coalesce(%(species)s, p.species), breed = coalesce(%(breed)s, p.breed),
    birth_date = coalesce(%(birth_date)s, p.birth_date), size = coalesce(%(size)s, p.size), coat = coalesce(%(coat)s, p.coat),
    notes = case when strpos(p.notes, %(notes)s::text) > 0 then p.notes else nullif(concat_ws(E'\\n', p.notes, %(notes)s::text), '') end,
    died_on = case %(died)s::boolean when true then coalesce(p.died_on, %(today)s) when false then null else p.died_on end
  from fence
  where p.id = %(pet_id)s and p.contact_id = %(contact_id)s
  returning p.*
), effect as (
  {JOURNAL}
  select {JOURNAL_COLUMNS},
    jsonb_build_object('success', true, 'pet', jsonb_strip_nulls(jsonb_build_object(
      'name', pet.name, 'species', pet.species, 'breed', pet.breed, 'birth_date', pet.birth_date,
      'size', pet.size, 'coat', pet.coat, 'notes', pet.notes, 'died_on', pet.died_on))) || %(more)s
  from pet
  returning result
)
{OUTCOME}
"""

_RENAME: LiteralString = f"""
with {FENCE}, contact as (
  update contacts k set name = %(name)s, updated_at = now()
  from fence
  where k.id = %(contact_id)s
  returning k.name
), effect as (
  {JOURNAL}
  select {JOURNAL_COLUMNS}, jsonb_build_object('success', true, 'name', contact.name)
  from contact
  returning result
)
{OUTCOME}
"""

_CONTACT: LiteralString = """
select k.name, coalesce(k.phone, k.whatsapp_user_id) as phone, k.opted_out_at is null as reminders,
  (select count(*)::int from pets p where p.contact_id = k.id and p.died_on is null) as pets
from contacts k where k.id = %(contact_id)s
"""


class PetRecord(Pet):
    """A pet with what the team has noted; `died_on` is None while it lives."""

    notes: str | None
    died_on: date | None


async def register_pet(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, name: str, species: str, breed: str | None,
    birth_date: date | None, size: str | None = None, coat: str | None = None, result: Mapping[str, object],
) -> JsonObject | None:  # fmt: skip
    """Register a pet and journal `result` with its id. None when the customer has a pet of that name already. One round trip.

    Raises Overtaken.
    """
    params = {
        **journal_params(effect), "contact_id": contact_id, "name": name, "species": species, "breed": breed, "birth_date": birth_date,
        "size": size, "coat": coat, "result": Jsonb(result),
    }  # fmt: skip
    return _result((await db.run(organization_id, (_REGISTER, params)))[0])


async def pets(db: Database, organization_id: UUID, contact_id: UUID, *, with_dead: bool = False) -> list[PetRecord]:
    """List a customer's pets, oldest entry first; those that died only where they are asked for."""
    return typed(PetRecord, (await db.run(organization_id, (_PETS, {"contact_id": contact_id, "with_dead": with_dead})))[0])


async def update_pet(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, pet_id: UUID, today: date, name: str | None = None,
    species: str | None = None, breed: str | None = None, birth_date: date | None = None, size: str | None = None, coat: str | None = None,
    notes: str | None = None, died: bool | None = None, more: Mapping[str, object] = MappingProxyType({}),
) -> JsonObject | None:  # fmt: skip
    """Change what is given of a customer's pet, and journal the pet as it is then with what `more` the caller is to be told. Notes are
    added to those there are; `died` on `today`, or not after all. None where the customer has no such pet. One round trip.

    Raises Conflict where another pet of theirs has the new name, and Overtaken.
    """
    params = {
        **journal_params(effect), "contact_id": contact_id, "pet_id": pet_id, "today": today, "name": name, "species": species,
        "breed": breed, "birth_date": birth_date, "size": size, "coat": coat, "notes": notes, "died": died, "more": Jsonb(dict(more)),
    }  # fmt: skip
    try:
        rows = (await db.run(organization_id, (_UPDATE, params)))[0]
    except UniqueViolation as error:
        if error.diag.constraint_name != "pets_one_name":
            raise
        raise Conflict(f"O cliente já tem outro pet chamado {name}. Pergunte com que nome este deve ficar.") from error
    return _result(rows)


async def rename(db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, name: str) -> JsonObject | None:
    """Change a contact's own name, and journal it. None where there is no such contact. One round trip. Raises Overtaken."""
    rows = (await db.run(organization_id, (_RENAME, {**journal_params(effect), "contact_id": contact_id, "name": name})))[0]
    return _result(rows)


async def contact(db: Database, organization_id: UUID, contact_id: UUID) -> Contact | None:
    """Read what there is of a contact; None where there is no such contact."""
    return first(Contact, (await db.run(organization_id, (_CONTACT, {"contact_id": contact_id})))[0])


def _result(rows: Sequence[Row]) -> JsonObject | None:
    result: JsonObject | None = result_of(rows[0])
    return result
