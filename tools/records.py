"""What the shop has on record for the customer: packages and what is left of them, vaccines and dewormers."""

from datetime import date
from typing import Any

from langchain_core.tools import BaseTool, tool

from service.language.formatting import format_day
from service.language.words import TREATMENTS
from service.platform.database import Database
from service.shop.queries import customers, packages, treatments
from tools.names import all_of
from tools.runtime import Run, today_of


def record_tools(db: Database) -> list[BaseTool]:
    """Tools that read the records of the customer who is writing."""

    @tool
    async def list_my_packages(runtime: Run) -> dict[str, Any]:
        """Lista os pacotes do cliente: quantas sessões restam e até quando valem. Ao agendar, a sessão é usada sozinha."""
        bought = await packages.bought(db, runtime.context.organization_id, runtime.context.contact_id)
        return {
            "packages": [
                {
                    "name": package.name,
                    "service": package.service.name,
                    "pet": package.pet.name if package.pet else None,
                    "sessions_left": package.left,
                    "sessions": package.sessions,
                    "valid_until": format_day(package.expires_on),
                    "usable": package.usable,
                }
                for package in bought
            ]
        }

    @tool
    async def list_treatments(runtime: Run, pet_name: str | None = None) -> dict[str, Any]:
        """Mostra as vacinas e os vermífugos dos pets do cliente: quando foram dados e quando vencem. Não dê conselho de saúde sobre eles.

        Args:
            pet_name: nome do pet, se o cliente disse.
        """
        organization_id = runtime.context.organization_id
        pets = await customers.pets(db, organization_id, runtime.context.contact_id)
        asked = all_of(pet_name, pets, "pet") if pet_name else pets
        today = today_of(runtime)
        return {
            "pets": [
                {
                    "pet": pet.name,
                    "treatments": [
                        {
                            "kind": TREATMENTS[treatment.kind],
                            "name": treatment.name,
                            "given_on": _day(treatment.given_on),
                            "due_on": _day(treatment.due_on),
                            "overdue": bool(treatment.due_on and treatment.due_on < today),
                        }
                        for treatment in await treatments.of_pet(db, organization_id, pet.id)
                    ],
                }
                for pet in asked
            ]
        }

    return [list_my_packages, list_treatments]


def _day(day: date | None) -> str | None:
    return format_day(day) if day else None
