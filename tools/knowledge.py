"""What the shop wrote down to be told."""

from collections.abc import Sequence
from typing import Annotated

from service.language.spoken import Told, left_out
from service.platform.database import Database
from service.shop.queries import knowledge
from service.turns.sentences import UNKNOWN, clipped, ended
from service.turns.telling import DeedKind, Fact, Voice
from tools.definition import tool
from tools.results import Result
from tools.runtime import Run
from tools.said import Said

NOTHING = "A loja não escreveu nada sobre isso. Diga que não tem essa informação e ofereça perguntar à equipe; não responda de cabeça."


class Entry(Told):
    """One of the shop's own answers."""

    title: str
    content: str


class Found(Result):
    """The answers that may fit a question."""

    entries: tuple[Entry, ...]
    message: str | None = left_out()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        if not self.entries:
            return [Fact.of("knowledge", voice.choose(UNKNOWN))]
        return [Fact.of("knowledge", ended(clipped(entry.content)), about=entry.title) for entry in self.entries]


@tool()
async def search_knowledge(db: Database, runtime: Run, question: Annotated[str, Said.ANYTHING]) -> Found:
    """Procura no que a loja escreveu: regras, vacinas exigidas, atraso, estacionamento, produtos, cuidados. Use antes de dizer não sei.

    Args:
        question: a pergunta do cliente.
    """
    found = await knowledge.search(db, runtime.context.organization_id, question)
    entries = tuple(Entry(title=entry.title, content=entry.content) for entry in found)
    return Found(entries=entries, message=None if entries else NOTHING)


TOOLS = (search_knowledge,)
