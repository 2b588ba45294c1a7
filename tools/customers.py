"""The customer's own data."""

from datetime import date
from typing import Any

from langchain_core.tools import BaseTool, tool

from service import dates
from service.db import customers
from service.db.pool import Database
from service.errors import BadRequest
from service.pets import Species
from tools.runtime import Run, effect_of, today_of


def years_before(today: date, years: float) -> date:
    """The birth date that an age in years stands for: the same day so many whole years ago, less the odd months."""
    months = today.year * 12 + today.month - 1 - round(years * 12)
    year, month = divmod(months, 12)
    day = min(today.day, 28) if month == 1 else min(today.day, 30 if month in (3, 5, 8, 10) else 31)
    return date(year, month + 1, day)


def customer_tools(db: Database) -> list[BaseTool]:
    """Tools that keep the pets of the customer who is writing."""

    @tool
    async def register_pet(
        name: str,
        runtime: Run,
        species: Species = "dog",
        breed: str | None = None,
        age: float | None = None,
        birth_date: str | None = None,
    ) -> dict[str, Any]:
        """Cadastra um pet do cliente que está escrevendo. Use assim que souber o nome e a espécie; não invente raça nem idade.

        Args:
            name: nome do pet.
            species: dog (cachorro), cat (gato), bird, rabbit, rodent, reptile, fish ou other.
            breed: raça, se o cliente disse.
            age: idade em anos, se o cliente disse; meio ano é 0.5.
            birth_date: data de nascimento, AAAA-MM-DD, só se o cliente disse a data em vez da idade.
        """
        if not name.strip():
            raise BadRequest("Qual é o nome do pet?")
        if age is not None and not 0 <= age <= 120:
            raise BadRequest("Não entendi a idade do pet. Quantos anos ele tem?")
        today = today_of(runtime)
        # Customers say an age; a date beside it is more likely the model's guess than theirs.
        born = years_before(today, age) if age is not None else dates.parse_day(birth_date, today) if birth_date else None
        if born and born > today:
            raise BadRequest("A data de nascimento do pet está no futuro. Qual é a data certa?")
        pet = {"name": name.strip(), "species": species, "breed": breed or None, "birth_date": born.isoformat() if born else None}
        done = await customers.register_pet(
            db,
            runtime.context.organization_id,
            effect_of(runtime),
            contact_id=runtime.context.contact_id,
            name=name.strip(),
            species=species,
            breed=breed or None,
            birth_date=born,
            result={"success": True, "pet": pet},
        )
        if done:
            return done
        return {"success": True, "already_registered": True, "pet": pet, "message": f"{pet['name']} já estava cadastrado."}

    return [register_pet]
