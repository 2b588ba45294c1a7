"""Being written to unasked, or not."""

from collections.abc import Sequence
from typing import Annotated, Literal

from service.language.optout import QUESTIONS, Wish
from service.platform.database import Database
from service.turns.telling import DeedKind, Fact, Voice
from tools.definition import tool
from tools.results import Result
from tools.runtime import Run
from tools.said import Said, Wished


class AskedWish(Result):
    """Nothing is done yet: the customer's own yes to the question does it."""

    success: Literal[False] = False
    ask: str

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return [Fact.of("question", self.ask, must=True)]


@tool(rests_on=Wished.MESSAGES)
async def stop_messages(db: Database, runtime: Run, resume: Annotated[bool, Said.ANYTHING] = False) -> AskedWish:
    """Pergunta ao cliente se ele quer parar de receber lembretes e novidades, quando ele diz isso no meio de outra coisa.

    Args:
        resume: true se ele quer voltar a receber.
    """
    # The answer is read by graphs/consent.py; the model has no say in it.
    wished: Wish = "in" if resume else "out"
    return AskedWish(ask=QUESTIONS[wished])


TOOLS = (stop_messages,)
