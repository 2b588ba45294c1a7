"""Services that go together: a pet is in one place at a time, unless its shop says so (a bath during a stay)."""

from uuid import UUID

from service.platform.database import Database
from service.platform.errors import BadRequest, NotFound
from service.shop.queries import together
from service.shop.queries.together import Pair


async def pairs(db: Database, organization_id: UUID) -> list[Pair]:
    """List the services that a pet may have at the same time."""
    return await together.pairs(db, organization_id)


async def allow(db: Database, organization_id: UUID, one: UUID, other: UUID) -> None:
    """Let a pet have two services at the same time, from now on. Raises BadRequest for one service twice, and NotFound."""
    if one == other:
        twice = "São precisos dois serviços diferentes."
        raise BadRequest(twice, say=twice)
    if not await together.allow(db, organization_id, one, other):
        raise NotFound("Este serviço não existe nesta loja.")


async def forbid(db: Database, organization_id: UUID, one: UUID, other: UUID) -> None:
    """Let a pet have only one of the two at a time; what is booked already stays. Raises NotFound."""
    if not await together.forbid(db, organization_id, one, other):
        raise NotFound("Estes serviços já não acontecem ao mesmo tempo.")
