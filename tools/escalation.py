"""Asking for a person."""

from typing import Any

from langchain_core.tools import BaseTool, tool

ESCALATE = "escalate_to_human"


def escalation_tools() -> list[BaseTool]:
    """The tool that hands the conversation to a person. What it leads to is the client graph's business (`graphs/client/escalation.py`)."""

    @tool(parse_docstring=True)
    async def escalate_to_human(reason: str) -> dict[str, Any]:
        """Passa a conversa para uma pessoa da equipe. Use quando o cliente pedir uma pessoa, reclamar, relatar emergência ou problema de
        saúde do pet, ou pedir algo que você não consegue resolver com as outras funções.

        Args:
            reason: o motivo, em uma frase, para a equipe.
        """
        return {"success": True, "reason": reason}

    return [escalate_to_human]
