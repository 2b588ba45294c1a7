"""The API of vaccines and dewormers. Bearer token on every call."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from service.shop import treatments
from service.web.dependencies import Db, PetScope
from service.web.shapes import Date, Name

router = APIRouter(prefix="/api/pets/{pet_id}/treatments", tags=["agenda"])


class NewTreatment(BaseModel):
    kind: Literal["vaccine", "dewormer"]
    name: Name
    given_on: Date | None = None
    due_on: Date | None = None


class Treatment(NewTreatment):
    id: UUID
    created_at: datetime


@router.get("", response_model=list[Treatment])
async def list_treatments(pet: PetScope, db: Db) -> object:
    """List the vaccines and dewormers of a pet, the latest first."""
    return await treatments.of_pet(db, pet.organization_id, pet.id)


@router.post("", response_model=Treatment, status_code=201)
async def add_treatment(pet: PetScope, db: Db, new: NewTreatment) -> object:
    """Write down what was given, when it is due again, or both."""
    return await treatments.add(db, pet.organization_id, pet.id, **new.model_dump())


@router.delete("/{treatment_id}", status_code=204)
async def remove_treatment(pet: PetScope, db: Db, treatment_id: UUID) -> None:
    """Take a mistaken entry out."""
    await treatments.remove(db, pet.organization_id, pet.id, treatment_id)
