"""The customer's own data, and their pets. Who the customer is, the run says: no parameter names a person, a phone or a document."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BeforeValidator

from service.language import words as pets
from service.language.days import parse_day
from service.language.spoken import Told, left_out
from service.language.text import fold
from service.language.words import COATS, SIZES, SPECIES
from service.platform.database import Database
from service.platform.errors import BadRequest
from service.shop.queries import customers
from service.shop.queries.customers import PetRecord
from service.turns.sentences import Known, clipped, described, ended, pet_facts
from service.turns.telling import DeedKind, Fact, Voice
from tools.definition import tool
from tools.heard import Heard
from tools.names import one_of
from tools.results import Result
from tools.runtime import Run, briefing_of, effect_of, today_of
from tools.said import Said, Wished
from tools.said_needs import speaks_of_the_record


def code_of(said: Any, words: Mapping[str, str]) -> Any:
    """Return the code that a word stands for, in either gender ("pequena", "Gata"); what stands for none is returned as it came."""
    folded = fold(said).strip() if isinstance(said, str) else None
    return next((code for code, word in words.items() if folded and (folded == code or folded[:-1] == fold(word)[:-1])), said)


# Models that were told the codes answer with the words all the same.
Species = Annotated[pets.Species, BeforeValidator(lambda said: code_of(said, SPECIES))]
Size = Annotated[pets.Size, BeforeValidator(lambda said: code_of(said, SIZES))]
Coat = Annotated[pets.Coat, BeforeValidator(lambda said: code_of(said, COATS))]

LONGEST_NAME = 60
LONGEST_NOTE = 500
KNOWN = "{name} já estava cadastrado e ficou como estava. Para mudar algo, use update_pet."
DIED = (
    "{name} está no cadastro como falecido. Se foi engano, use update_pet com died false; se é outro pet, pergunte com que nome ele deve "
    "ficar para não se confundirem."
)
IS_IT_ANOTHER = "No cadastro já tenho {name}, e consta que faleceu. É outro pet com o mesmo nome?"
WHAT_TO_CHANGE = ("O que você quer corrigir no cadastro?", "O que devo mudar no cadastro?")
SORRY = "Diga que sente muito, com carinho, e não ofereça nada. O pet não recebe mais lembretes nem agendamentos."


class Pet(Told):
    """A pet with what is known of it: in Portuguese words where it was read, in codes where it was just changed."""

    name: str
    species: str
    breed: str | None = left_out()
    birth_date: date | None = left_out()
    size: str | None = left_out()
    coat: str | None = left_out()
    notes: str | None = left_out()
    died_on: date | None = left_out()

    @classmethod
    def in_words(cls, pet: PetRecord) -> Self:
        """Tell a stored pet in Portuguese."""
        return cls(
            name=pet.name,
            species=SPECIES[pet.species],
            breed=pet.breed,
            birth_date=pet.birth_date,
            size=SIZES[pet.size] if pet.size else None,
            coat=COATS[pet.coat] if pet.coat else None,
            notes=pet.notes,
        )

    def known(self, voice: Voice) -> Known:
        """Return it as it is told to the customer."""
        return Known(self.name, described(self.species, self.breed, self.size, self.coat, self.birth_date, voice.today), self.notes)


class NewPet(Told):
    """A pet as it was registered, in codes."""

    name: str
    species: str
    breed: str | None
    birth_date: date | None
    size: str | None = left_out()
    coat: str | None = left_out()
    id: UUID | None = left_out()


class Registered(Result):
    """A pet that is new on record."""

    success: Literal[True] = True
    pet: NewPet

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        pet = self.pet
        about = Known(pet.name, described(pet.species, pet.breed, pet.size, pet.coat, pet.birth_date, voice.today)).words
        text = voice.say(
            warm=(f"Prontinho, {about} já está no cadastro! 🐾", f"Que alegria, {about} agora está no nosso cadastro! 🐾"),
            earnest=(f"Cadastro feito: {about}.", f"{about} está no cadastro."),
        )
        return [Fact.of("deed", text, must=True, names=[pet.name], days=[pet.birth_date])]


class AlreadyRegistered(Result):
    """A pet that was on record before, as it is stored."""

    success: Literal[True] = True
    already_registered: Literal[True] = True
    pet: Pet
    message: str

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return pet_facts([self.pet.known(voice)], voice)


class Pets(Result):
    """The customer's pets."""

    pets: tuple[Pet, ...]

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return pet_facts([pet.known(voice) for pet in self.pets], voice)


class Updated(Result):
    """A pet as it is after a change."""

    success: Literal[True] = True
    pet: Pet
    noted: str | None = left_out()
    message: str | None = left_out()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        pet = self.pet
        if pet.died_on:
            text = voice.say(
                warm=(f"Sinto muito pela perda de {pet.name}. 💛 Já anotei aqui, e não vamos mais enviar lembretes.",
                      f"Sentimos muito por {pet.name}. 💛 Está anotado, e não enviaremos mais lembretes."),
                earnest=(f"Sentimos muito pela perda de {pet.name}. Está anotado, e não enviaremos mais lembretes.",),
            )  # fmt: skip
            return [replace(Fact.of("deed", text, must=True, names=[pet.name]), condoles=True)]
        about = pet.known(voice).words
        if self.noted:
            note = ended(clipped(self.noted))
            wordings = (f"Anotei no cadastro de {pet.name}: {note}", f"Pronto, está anotado no cadastro de {pet.name}: {note}")
        else:
            wordings = (f"Anotado no cadastro: {about}.", f"Pronto, atualizei o cadastro de {about}.")
        text = voice.choose(wordings)
        return [Fact.of("deed", text, must=True, names=[pet.name], days=[pet.birth_date]), *pet.known(voice).notes_facts]


class MyData(Result):
    """What the shop has of the customer: whether reminders are sent, how many pets there are."""

    name: str | None
    phone: str | None
    reminders: bool
    pets: int

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        pets = f"{self.pets} {'pets' if self.pets > 1 else 'pet'}" if self.pets else "nenhum pet"
        known = [f"nome {self.name}" if self.name else "nome ainda não informado", f"telefone {self.phone}" if self.phone else "", pets]
        reminders = "lembretes ligados" if self.reminders else "lembretes desligados"
        text = f"{voice.choose(('No seu cadastro tenho:', 'O que tenho no seu cadastro:'))} {', '.join(filter(None, known))}, {reminders}."
        return [Fact.of("customer", text, names=[self.name])]


class Renamed(Result):
    """The customer's own name as it is now."""

    success: Literal[True] = True
    name: str

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        text = voice.choose((f"Pronto, no cadastro agora está {self.name}.", f"Anotado: no cadastro o seu nome agora é {self.name}."))
        return [Fact.of("deed", text, must=True, names=[self.name])]


def years_before(today: date, years: float) -> date:
    """Return the birth date that an age in years stands for: today's day of the month so many months ago, or that month's last day."""
    year, month = divmod(today.year * 12 + today.month - 1 - round(years * 12), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def born_on(today: date, age: float | None, birth_date: str | None) -> date | None:
    """Return the birth date that was told, as an age in years or a date. Raises BadRequest for one that can't be."""
    if age is not None and not 0 <= age <= 120:
        raise BadRequest("Não entendi a idade do pet. Quantos anos ele tem?", say=("Quantos anos o pet tem?", "Qual é a idade do pet?"))
    # Customers say an age; a date beside it is more likely the model's guess than theirs.
    born = years_before(today, age) if age is not None else parse_day(birth_date, today) if birth_date else None
    if born and born > today:
        raise BadRequest(
            "A data de nascimento do pet está no futuro. Qual é a data certa?",
            say=("Qual é a data de nascimento certa do pet?", "Em que data o pet nasceu?"),
        )
    return born


def plain_name(name: str, question: str) -> str:
    """Return a name as it is stored, on one line; raises BadRequest with the question where there is none, or a sentence instead of one."""
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise BadRequest(question, say=question)
    if len(name) > LONGEST_NAME:
        raise BadRequest(f"Um nome tem no máximo {LONGEST_NAME} letras. {question}", say=question)
    return name


@tool(writes=True, rests_on=Wished.TOLD, deed="registered")
async def register_pet(
    db: Database,
    runtime: Run,
    name: Annotated[str, Said.PET_NAME],
    species: Annotated[Species, Said.SPECIES],
    breed: Annotated[str | None, Said.BREED] = None,
    age: Annotated[float | None, Said.AGE] = None,
    birth_date: Annotated[str | None, Said.BIRTH_DATE] = None,
    size: Annotated[Size | None, Said.SIZE] = None,
    coat: Annotated[Coat | None, Said.COAT] = None,
) -> Registered | AlreadyRegistered:
    """Cadastra um pet novo do cliente, com o que ele disse.

    Args:
        name: nome do pet.
        species: espécie.
        breed: raça.
        age: idade em anos; 6 meses é 0.5.
        birth_date: AAAA-MM-DD, se ele disse a data.
        size: porte.
        coat: pelo.
    """
    name = plain_name(name, "Qual é o nome do pet?")
    born = born_on(today_of(runtime), age, birth_date)
    new = Registered(pet=NewPet(name=name, species=species, breed=breed or None, birth_date=born, size=size, coat=coat))
    done = await customers.register_pet(
        db,
        runtime.context.organization_id,
        effect_of(runtime),
        contact_id=runtime.context.contact_id,
        name=name,
        species=species,
        breed=breed or None,
        birth_date=born,
        size=size,
        coat=coat,
        result=new.as_json(),
    )
    if done:
        return Registered.model_validate(done)
    known = await customers.pets(db, runtime.context.organization_id, runtime.context.contact_id, with_dead=True)
    same = [pet for pet in known if pet.name.lower() == name.lower()]
    if any(pet.died_on for pet in same):
        raise BadRequest(DIED.format(name=name), say=IS_IT_ANOTHER.format(name=name))
    stored = Pet.in_words(same[0]) if same else Pet(name=name, species=SPECIES[species])
    return AlreadyRegistered(pet=stored, message=KNOWN.format(name=name))


@tool()
async def my_pets(db: Database, runtime: Run) -> Pets:
    """O cadastro dos pets do cliente: espécie, raça, nascimento, porte, pelo, anotações."""
    rows = await customers.pets(db, runtime.context.organization_id, runtime.context.contact_id)
    return Pets(pets=tuple(map(Pet.in_words, rows)))


@tool(writes=True, rests_on=Wished.TOLD, deed="registered")
async def update_pet(
    db: Database,
    runtime: Run,
    pet_name: Annotated[str, Said.PET_TOLD_OF],
    new_name: Annotated[str | None, Said.NEW_NAME] = None,
    species: Annotated[Species | None, Said.SPECIES] = None,
    breed: Annotated[str | None, Said.BREED] = None,
    age: Annotated[float | None, Said.AGE] = None,
    birth_date: Annotated[str | None, Said.BIRTH_DATE] = None,
    size: Annotated[Size | None, Said.SIZE] = None,
    coat: Annotated[Coat | None, Said.COAT] = None,
    notes: Annotated[str | None, Said.NOTES] = None,
    died: Annotated[bool | None, Said.DIED] = None,
) -> Updated:
    """Corrige ou completa o cadastro de um pet, só com o que o cliente disse.

    Args:
        pet_name: o pet.
        new_name: o nome certo.
        species: espécie.
        breed: raça.
        age: idade em anos.
        birth_date: AAAA-MM-DD.
        size: porte.
        coat: pelo.
        notes: o que a equipe deve saber, como alergia ou medo.
        died: true se o pet morreu; false se foi engano.
    """
    given: dict[str, Any] = {"species": species, "breed": breed or None, "size": size, "coat": coat, "died": died}
    given["name"] = plain_name(new_name, "Qual é o nome certo do pet?") if new_name else None
    given["birth_date"] = born_on(today_of(runtime), age, birth_date)
    given["notes"] = _note(notes)
    if all(value is None for value in given.values()):
        raise BadRequest(
            "Nada foi dito para mudar. Pergunte o que o cliente quer corrigir.",
            say=WHAT_TO_CHANGE if speaks_of_the_record(Heard(briefing_of(runtime))) else (),
        )
    organization_id, contact_id = runtime.context.organization_id, runtime.context.contact_id
    # Who died is found only to be set right.
    known = await customers.pets(db, organization_id, contact_id, with_dead=died is not None)
    pet = one_of(pet_name, known, "pet")
    done = await customers.update_pet(
        db,
        organization_id,
        effect_of(runtime),
        contact_id=contact_id,
        pet_id=pet.id,
        today=today_of(runtime),
        **given,
        more={**(_after_a_death(runtime, pet.name) if died else {}), **({"noted": given["notes"]} if _is_only_noted(given) else {})},
    )
    if done is None:
        gone = f"{pet.name} não está mais no cadastro."
        raise BadRequest(gone, say=gone)
    return Updated.model_validate(done)


@tool()
async def my_data(db: Database, runtime: Run) -> MyData:
    """O cadastro de quem escreve: nome, telefone, pets, lembretes."""
    found = await customers.contact(db, runtime.context.organization_id, runtime.context.contact_id)
    if found is None:
        raise BadRequest("O cadastro deste cliente não existe mais.")
    return MyData(name=found.name, phone=found.phone, reminders=found.reminders, pets=found.pets)


@tool(writes=True, rests_on=Wished.TOLD)
async def update_my_data(db: Database, runtime: Run, name: Annotated[str, Said.OWN_NAME]) -> Renamed:
    """Muda o nome de quem escreve.

    Args:
        name: como o cliente se chama.
    """
    name = plain_name(name, "Qual é o seu nome?")
    done = await customers.rename(db, runtime.context.organization_id, effect_of(runtime), contact_id=runtime.context.contact_id, name=name)
    if done is None:
        raise BadRequest("O cadastro deste cliente não existe mais.")
    return Renamed.model_validate(done)


def _note(notes: str | None) -> str | None:
    note = (notes or "").replace("\0", "").strip()
    if len(note) > LONGEST_NOTE:
        raise BadRequest(f"A anotação tem no máximo {LONGEST_NOTE} letras: resuma.")
    return note or None


def _is_only_noted(given: Mapping[str, Any]) -> bool:
    """Tell whether a note is all that is changed: then it is told by itself."""
    return bool(given["notes"]) and not any(value is not None for name, value in given.items() if name != "notes")


def _after_a_death(runtime: Run, name: str) -> dict[str, Any]:
    coming = sum(appointment.pet == name for appointment in briefing_of(runtime).appointments)
    booked = f" Há {coming} agendamento(s) futuro(s) deste pet: cuide para que sejam cancelados." if coming else ""
    return {"message": SORRY + booked}


TOOLS = (register_pet, update_pet, update_my_data, my_data, my_pets)
