"""Aurora's tools over the shop's figures: for the owner only."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from langchain_core.tools import BaseTool, tool

from service.language import periods
from service.language.money import format_brl
from service.language.periods import Period
from service.platform.database import Database
from service.platform.errors import BadRequest, Forbidden
from service.shop.queries import figures as analytics
from service.shop.queries.figures import ServiceFigures
from tools import wording
from tools.runtime import Run, now_of, today_of

MAX_ROWS = 50
MAX_DAYS = 3650


def owners_organization(runtime: Run) -> UUID:
    """The organization that the run is bound to; raises Forbidden where it does not speak for an owner."""
    if not runtime.context.is_owner:
        raise Forbidden("Os números da loja são só para o dono.")
    organization_id: UUID = runtime.context.organization_id
    return organization_id


def percent_change(current: int, base: int) -> float | None:
    """Change against `base` in percent, one decimal; None when the base is zero."""
    return round((current - base) * 100 / base, 1) if base else None


def _period(period: Period) -> dict[str, str]:
    return {"label": period.label, "start": period.first.isoformat(), "end": period.last.isoformat()}


def _services(figures: Sequence[ServiceFigures]) -> list[dict[str, Any]]:
    return [{**asdict(f), "revenue": format_brl(f.revenue_cents)} for f in figures]


def _rows(limit: int) -> int:
    return max(1, min(limit, MAX_ROWS))


def analytics_tools(db: Database) -> list[BaseTool]:
    """Tools that read the figures of the owner's shop, and of no other."""

    @tool(parse_docstring=True)
    async def business_summary(runtime: Run, period: str = "hoje") -> dict[str, Any]:
        """Resumo de um período: clientes atendidos, agendamentos por situação, serviços concluídos, faturamento e o período anterior.

        Use para quantos clientes foram atendidos, quantos agendamentos há ou houve, quanto faturou, como foi o dia, a semana ou o mês.
        Faturamento é a soma dos preços dos atendimentos concluídos, pela data do atendimento.

        Args:
            period: o período com as palavras da pergunta, sem calcular datas: "hoje", "anteontem", "sábado", "esta semana",
                "mês passado", "outubro", "últimos 15 dias", "01/11 a 15/11"; para o futuro, "amanhã", "próxima semana".
        """
        organization_id = owners_organization(runtime)
        asked = periods.resolve(period, today_of(runtime))
        previous = periods.before(asked)
        figures = await analytics.summary(db, organization_id, asked, previous, runtime.context.timezone)
        result: dict[str, Any] = {
            "period": _period(asked),
            "clients_served": figures.clients_served,
            "bookings_by_status": figures.bookings_by_status,
            "by_service": _services(figures.by_service),
            "revenue": format_brl(figures.revenue_cents),
            "revenue_cents": figures.revenue_cents,
            "previous": {
                "label": previous.label,
                "clients_served": figures.previous_clients_served,
                "revenue": format_brl(figures.previous_revenue_cents),
                "revenue_cents": figures.previous_revenue_cents,
            },
            "change": {
                "clients_served_percent": percent_change(figures.clients_served, figures.previous_clients_served),
                "revenue_percent": percent_change(figures.revenue_cents, figures.previous_revenue_cents),
            },
        }
        return {"text": wording.summary(result), **result}

    @tool(parse_docstring=True)
    async def top_services(runtime: Run, period: str = "este mês", limit: int = 5) -> dict[str, Any]:
        """Serviços mais realizados em um período, do mais ao menos frequente, com quantidade e faturamento dos concluídos.

        Use para "qual serviço mais sai", "o que mais vendi".

        Args:
            period: o período com as palavras da pergunta, sem calcular datas, como em business_summary.
            limit: quantos serviços mostrar, de 1 a 50.
        """
        organization_id = owners_organization(runtime)
        asked = periods.resolve(period, today_of(runtime))
        figures = await analytics.top_services(db, organization_id, asked, runtime.context.timezone, limit=_rows(limit))
        services = _services(figures)
        return {"text": wording.ranking(asked.label, services), "period": _period(asked), "services": services}

    @tool(parse_docstring=True)
    async def inactive_clients(runtime: Run, days: int = 60, limit: int = 20) -> dict[str, Any]:
        """Clientes que sumiram: já foram atendidos, a última visita foi há mais de tantos dias e não têm agendamento futuro.

        Use para "quem não volta há tempo", "clientes inativos", "quem chamar de volta". Os que sumiram há mais tempo vêm primeiro; total
        conta todos, também os que não couberam na lista.

        Args:
            days: a última visita foi há mais dias do que este número.
            limit: quantos clientes mostrar, de 1 a 50.
        """
        organization_id = owners_organization(runtime)
        if not 1 <= days <= MAX_DAYS:
            raise BadRequest(f"O número de dias deve ficar entre 1 e {MAX_DAYS}.")
        clients, total = await analytics.inactive_clients(
            db, organization_id, days=days, now=now_of(runtime), zone=runtime.context.timezone, limit=_rows(limit)
        )
        listed = [{**asdict(c), "last_visit": f"{c.last_visit:%d/%m/%Y}"} for c in clients]
        return {"text": wording.missing(days, listed, total), "clients": listed, "total": total}

    return [business_summary, top_services, inactive_clients]
