"""What the shop has on record for the customer: packages and what is left of them, vaccines and dewormers."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self

from service.language.spoken import DayInWords, Told
from service.language.words import TREATMENTS
from service.platform.database import Database
from service.shop.queries import customers, packages, treatments
from service.turns.sentences import NO_PETS, of_pet
from service.turns.telling import DeedKind, Fact, Voice, capital
from tools.definition import tool
from tools.names import all_of
from tools.results import Result
from tools.runtime import Run, today_of
from tools.said import Said


class OwnPackage(Told):
    """A package that the customer has bought; `pet` where it is good for one only."""

    name: str
    service: str
    pet: str | None
    sessions_left: int
    sessions: int
    valid_until: DayInWords
    usable: bool

    def told(self, voice: Voice) -> Fact:
        """Tell what is left of it, and until when."""
        what = f"Pacote {self.name} ({of_pet(self.service, self.pet)})"
        left = f"{'resta' if self.sessions_left == 1 else 'restam'} {self.sessions_left} de {self.sessions} sessões"
        left = left if self.sessions_left else f"já sem sessões, de {self.sessions}"
        until = f"válido até {voice.day(self.valid_until)}"
        return Fact.of("prices", f"{what}: {left}, {until}.", names=[self.name, self.service, self.pet], days=[self.valid_until])


class Packages(Result):
    """The customer's packages."""

    packages: tuple[OwnPackage, ...]

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        if not self.packages:
            none = ("Você não tem nenhum pacote no momento.", "No momento não há pacote em seu nome.")
            return [Fact.of("prices", voice.choose(none))]
        return [package.told(voice) for package in self.packages]


class Treatment(Told):
    """A vaccine or a dewormer, and whether it should have been given again by now."""

    kind: str
    name: str
    given_on: DayInWords | None
    due_on: DayInWords | None
    overdue: bool

    def told(self, pet: str, voice: Voice) -> str:
        """Write when it was given, and when it is to be given again."""
        given = f"última dose em {self.given_on:%d/%m/%Y}" if self.given_on else ""
        due = f"{'venceu' if self.overdue else 'próxima dose'} em {self.due_on:%d/%m/%Y}" if self.due_on else ""
        return f"{capital(self.kind)} {self.name} de {pet}: {'; '.join(filter(None, [given, due])) or 'sem data no cadastro'}."

    @classmethod
    def of(cls, given: treatments.Treatment, today: date) -> Self:
        """Tell a stored treatment."""
        overdue = bool(given.due_on and given.due_on < today)
        return cls(kind=TREATMENTS[given.kind], name=given.name, given_on=given.given_on, due_on=given.due_on, overdue=overdue)


class TreatedPet(Told):
    """A pet, and what it was given."""

    pet: str
    treatments: tuple[Treatment, ...]

    def told(self, voice: Voice) -> list[Fact]:
        """Tell each thing that it was given, and when again."""
        if not self.treatments:
            none = (f"Não tenho vacina nem vermífugo de {self.pet} no cadastro.", f"De {self.pet} não há vacina nem vermífugo no cadastro.")
            return [Fact.of("pets", voice.choose(none), names=[self.pet])]
        return [
            Fact.of("pets", treatment.told(self.pet, voice), names=[self.pet, treatment.name], days=[treatment.given_on, treatment.due_on])
            for treatment in self.treatments
        ]


class Treatments(Result):
    """Vaccines and dewormers of the customer's pets."""

    pets: tuple[TreatedPet, ...]

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        if not self.pets:
            return [Fact.of("pets", voice.choose(NO_PETS))]
        return [fact for pet in self.pets for fact in pet.told(voice)]


@tool()
async def my_packages(db: Database, runtime: Run) -> Packages:
    """Os pacotes do cliente: sessões que restam e validade."""
    bought = await packages.bought(db, runtime.context.organization_id, runtime.context.contact_id)
    return Packages(
        packages=tuple(
            OwnPackage(
                name=package.name,
                service=package.service.name,
                pet=package.pet.name if package.pet else None,
                sessions_left=package.left,
                sessions=package.sessions,
                valid_until=package.expires_on,
                usable=package.usable,
            )
            for package in bought
        )
    )


@tool()
async def my_treatments(db: Database, runtime: Run, pet_name: Annotated[str | None, Said.PET] = None) -> Treatments:
    """Vacinas e vermífugos dos pets do cliente: quando foram dados e quando vencem.

    Args:
        pet_name: pet.
    """
    organization_id, today = runtime.context.organization_id, today_of(runtime)
    pets = await customers.pets(db, organization_id, runtime.context.contact_id)
    asked = all_of(pet_name, pets, "pet") if pet_name else pets
    given = [(pet.name, await treatments.of_pet(db, organization_id, pet.id)) for pet in asked]
    return Treatments(pets=tuple(TreatedPet(pet=name, treatments=tuple(Treatment.of(row, today) for row in rows)) for name, rows in given))


TOOLS = (my_packages, my_treatments)
