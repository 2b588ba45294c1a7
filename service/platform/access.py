"""Who may see and change what: the operator everything, a user what belongs to the shops that list them as a member, a token its shop."""

from dataclasses import dataclass
from uuid import UUID

from service.platform.auth import Caller
from service.platform.database import Database
from service.platform.errors import NotFound
from service.platform.queries import access
from service.platform.queries.access import Shop, Subject

UNKNOWN: dict[Subject, str] = {
    "organization": "Esta loja não existe.",
    "conversation": "Esta conversa não existe.",
    "booking": "Este agendamento não existe.",
    "contact": "Este cliente não existe.",
    "pet": "Este pet não existe.",
    "merge": "Esta junção de cadastros não existe.",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody signed in, and the organizations that are theirs to see; None means all of them. `may_act` is whether to change, too."""

    name: str
    organizations: tuple[UUID, ...] | None
    may_act: bool = True

    @property
    def visible(self) -> list[UUID] | None:
        return None if self.organizations is None else list(self.organizations)


async def reader_for(db: Database, caller: Caller) -> Reader:
    """Find out what a caller may see: the operator everything, a token its shop, a user the organizations that list them as a member."""
    if caller.organization_id is not None:
        return Reader(caller.name, (caller.organization_id,), may_act=caller.scope == "write")
    if caller.user_id is None:
        return Reader(caller.name, None)
    return Reader(caller.name, tuple(await access.organizations_of(db, caller.user_id)))


async def organization_for(db: Database, reader: Reader, subject: Subject, subject_id: UUID) -> UUID:
    """Find the organization of a conversation, booking, … that the reader may see. Raises NotFound for any other."""
    organization_id = await access.organization_of(db, subject, subject_id)
    if organization_id is None or (reader.organizations is not None and organization_id not in reader.organizations):
        raise NotFound(UNKNOWN[subject])
    return organization_id


async def organizations(db: Database, reader: Reader) -> list[Shop]:
    """List the shops that the reader may see, by name."""
    return await access.organizations(db, reader.visible)
