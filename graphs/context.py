"""The ids that one run is bound to. They come from the claimed turn, never from the model or the customer."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Context(BaseModel):
    """Who this run speaks for. Only ids and facts fixed by the database: repositories and models are bound when the graph is built."""

    model_config = ConfigDict(frozen=True)

    organization_id: UUID
    conversation_id: UUID
    contact_id: UUID
    turn_id: UUID
    lease_token: UUID | None = None
    is_owner: bool = False
    timezone: str = "America/Sao_Paulo"
    correlation_id: str | None = None
