"""What the shop wrote down to be told."""

from typing import Any

from langchain_core.tools import BaseTool, tool

from service.platform.database import Database
from service.shop.queries import knowledge
from tools.runtime import Run

NOTHING = "A loja não escreveu nada sobre isso. Diga que não tem essa informação e ofereça perguntar à equipe; não responda de cabeça."


def knowledge_tools(db: Database) -> list[BaseTool]:
    """Tools over the shop's own answers."""

    @tool(parse_docstring=True)
    async def search_knowledge(question: str, runtime: Run) -> dict[str, Any]:
        """Procura no que a loja escreveu: regras (vacinas exigidas, cancelamento, atraso), estacionamento, produtos usados, cuidados.

        Use sempre que a pergunta não for de preço, horário ou cadastro, antes de dizer que não sabe. Responda só com o que voltar; pode não
        servir para a pergunta.

        Args:
            question: a pergunta do cliente, ou as palavras principais dela.
        """
        found = await knowledge.search(db, runtime.context.organization_id, question)
        entries = [{"title": entry.title, "content": entry.content} for entry in found]
        return {"entries": entries} if entries else {"entries": [], "message": NOTHING}

    return [search_knowledge]
