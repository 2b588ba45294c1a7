"""Vaccines and dewormers as the shop's people write them down."""

from datetime import date
from uuid import UUID

from service.language.words import TreatmentKind
from service.platform import clock
from service.platform.access import UNKNOWN
from service.platform.database import Database
from service.platform.errors import BadRequest, NotFound
from service.platform.queries import access
from service.shop.queries import treatments
from service.shop.queries.treatments import Treatment


async def of_pet(db: Database, organization_id: UUID, pet_id: UUID) -> list[Treatment]:
    """List what a pet was given or is due, the latest first."""
    return await treatments.of_pet(db, organization_id, pet_id)


async def add(
    db: Database, organization_id: UUID, pet_id: UUID, *, kind: TreatmentKind, name: str, given_on: date | None, due_on: date | None
) -> Treatment:
    """Write down what a pet was given, when it is due again, or both. Raises BadRequest and NotFound."""
    if given_on is None and due_on is None:
        raise BadRequest("Diga quando foi dado ou quando vence.")
    if given_on and given_on > clock.local(clock.now(), await access.zone_of(db, organization_id)).date():
        raise BadRequest("A data em que foi dado ainda não chegou; use o vencimento.")
    if given_on and due_on and due_on <= given_on:
        raise BadRequest("O vencimento precisa vir depois da data em que foi dado.")
    made = await treatments.add(db, organization_id, pet_id, kind=kind, name=name, given_on=given_on, due_on=due_on)
    if made is None:
        raise NotFound(UNKNOWN["pet"])
    return made


async def remove(db: Database, organization_id: UUID, pet_id: UUID, treatment_id: UUID) -> None:
    """Take a mistaken entry out. Raises NotFound."""
    if not await treatments.drop(db, organization_id, pet_id, treatment_id):
        raise NotFound("Este registro não existe.")
