"""What the shop offers."""

from typing import Any

from langchain_core.tools import BaseTool, tool

from service.money import format_brl
from tools.runtime import Run, briefing_of


def catalog_tools() -> list[BaseTool]:
    """Tools over the shop's services; the briefing already holds them."""

    @tool
    async def list_services(runtime: Run) -> dict[str, Any]:
        """Lista os serviços que a loja oferece, com preço e duração em minutos. Use quando perguntarem o que a loja faz ou quanto custa."""
        return {
            "services": [
                {
                    "name": s["name"],
                    "description": s["description"],
                    "price": format_brl(s["price_cents"]),
                    "duration_minutes": s["duration_minutes"],
                }
                for s in briefing_of(runtime)["services"]
            ]
        }

    return [list_services]
