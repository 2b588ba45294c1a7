"""Asking for a person."""

from collections.abc import Sequence
from typing import Annotated, Literal

from service.platform.database import Database
from service.turns.telling import DeedKind, Fact, Voice
from tools.definition import tool
from tools.results import Result
from tools.runtime import Run
from tools.said import Said, Wished


class Called(Result):
    """A person is called."""

    success: Literal[True] = True
    reason: str

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        """Tell nothing: the case that is opened has its own words for the customer (graphs/client/escalation.py)."""
        return ()


@tool(writes=True, rests_on=Wished.PERSON)
async def escalate_to_human(db: Database, runtime: Run, reason: Annotated[str, Said.ANYTHING]) -> Called:
    """Passa a conversa para a equipe: pedido de uma pessoa, reclamação, emergência ou doença do pet, o que as outras não resolvem.

    Args:
        reason: o motivo, em uma frase.
    """
    # What it leads to is the client graph's business (graphs/client/escalation.py).
    return Called(reason=reason)


TOOLS = (escalate_to_human,)
ESCALATE = escalate_to_human.name
