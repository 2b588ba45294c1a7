"""Aurora's tools over the shop's figures: for the owner only. A metric is a query, a result with its words, and a function."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field

from service.language import periods
from service.language.money import format_brl
from service.language.spoken import Brl, Told
from service.language.words import BOOKING_STATUS
from service.platform.database import Database
from service.platform.errors import BadRequest
from service.shop.queries import figures as queries
from service.shop.queries.figures import ServiceFigures
from tools.definition import tool
from tools.runtime import Run, now_of, today_of
from tools.said import Said
from tools.wording import OwnersResult, counted, opening

MAX_ROWS = 50
MAX_DAYS = 3650
# What is said of several bookings where the word for one does not count.
_SEVERAL: dict[str, str] = {"no_show": "não compareceram"}


class Period(Told):
    """A period in words, with its first and last day."""

    label: str
    start: dt.date
    end: dt.date

    @classmethod
    def of(cls, period: periods.Period) -> Self:
        """Tell a period."""
        return cls(label=period.label, start=period.first, end=period.last)


class ServiceLine(Told):
    """One service of a period: completed bookings, and the sum of their prices in cents."""

    service: str
    count: int
    revenue_cents: int
    revenue: Brl

    @classmethod
    def all(cls, figures: Sequence[ServiceFigures]) -> tuple[Self, ...]:
        """Tell the figures of services."""
        return tuple(cls(service=f.service, count=f.count, revenue_cents=f.revenue_cents, revenue=f.revenue_cents) for f in figures)


class Previous(Told):
    """The same two metrics in the period before."""

    label: str
    clients_served: int
    revenue: Brl
    revenue_cents: int


class Change(Told):
    """The change against the period before in percent; None where that was zero."""

    clients_served_percent: float | None
    revenue_percent: float | None


class BusinessSummary(OwnersResult):
    """A period's clients, services and revenue in cents, beside the period before."""

    period: Period
    clients_served: int
    bookings_by_status: dict[str, int]
    by_service: tuple[ServiceLine, ...]
    revenue: Brl
    revenue_cents: int
    previous: Previous
    change: Change
    is_ahead: bool = Field(default=False, exclude_if=lambda ahead: not ahead)

    @property
    def named(self) -> Sequence[str | None]:
        return [line.service for line in self.by_service]

    @property
    def days(self) -> Sequence[dt.date]:
        return (self.period.start, self.period.end)

    @property
    def amounts(self) -> Sequence[int]:
        return (self.revenue, self.previous.revenue)

    def words(self) -> str:
        return self._planned() if self.is_ahead else self._done()

    def _planned(self) -> str:
        """Return how many bookings a period has that is still to come: nobody was attended in it, and nothing was earned."""
        when = opening(self.period.label).rstrip(":")
        total = sum(self.bookings_by_status.values())
        return f"{when}: {counted('agendamento', total)} ({self._by_status()})." if total else f"{when}: nenhum agendamento."

    def _by_status(self) -> str:
        counts = ((code, word, self.bookings_by_status.get(code, 0)) for code, word in BOOKING_STATUS.items())
        return ", ".join(counted(_SEVERAL.get(code, word) if n > 1 else word, n) for code, word, n in counts if n)

    def _done(self) -> str:
        served, previous, statuses = self.clients_served, self.previous, self.bookings_by_status
        said = f"você atendeu {counted('cliente', served)}!" if served else "você não atendeu nenhum cliente."
        parts = [f"{opening(self.period.label)} {said}"]
        if self.by_service:
            parts.append("\n".join(f"- {counted(s.service.lower(), s.count)}" for s in self.by_service))
        parts.append(f"Faturamento: {format_brl(self.revenue)}")
        if set(statuses) - {"completed"}:
            parts.append(f"Agendamentos por situação: {self._by_status()}")
        parts.append(f"Para comparar, {previous.label}: {counted('cliente', previous.clients_served)}, {format_brl(previous.revenue)}")
        return "\n\n".join(parts)


class Ranking(OwnersResult):
    """The services most often done in a period."""

    period: Period
    services: tuple[ServiceLine, ...]

    @property
    def named(self) -> Sequence[str | None]:
        return [line.service for line in self.services]

    @property
    def days(self) -> Sequence[dt.date]:
        return (self.period.start, self.period.end)

    @property
    def amounts(self) -> Sequence[int]:
        return [line.revenue for line in self.services]

    def words(self) -> str:
        label = self.period.label
        if not self.services:
            return f"{opening(label)} nenhum atendimento concluído."
        lines = [f"{n}. {s.service}: {s.count} ({format_brl(s.revenue)})" for n, s in enumerate(self.services, start=1)]
        return "\n".join([f"Serviços mais realizados, {label}:", "", *lines])


class InactiveClient(Told):
    """A customer who stopped coming: the day of the last visit, written "03/08/2025", and the days since."""

    name: str | None
    phone: str | None
    pets: tuple[str, ...]
    last_visit: str
    days: int


class Inactive(OwnersResult):
    """Customers who stopped coming; `total` also counts those that are not listed. `away` is after how many days they count."""

    clients: tuple[InactiveClient, ...]
    total: int
    away: int = 0

    @property
    def named(self) -> Sequence[str | None]:
        return [client.name for client in self.clients]

    def words(self) -> str:
        if not self.clients:
            return f"Ninguém está sem voltar há mais de {counted('dia', self.away)}. 🐾"
        lines = [f"- {c.name or c.phone or 'sem nome'}: última visita em {c.last_visit}" for c in self.clients]
        more = [f"- e mais {self.total - len(lines)}"] if self.total > len(lines) else []
        return "\n".join([f"Sem voltar há mais de {counted('dia', self.away)}: {self.total}.", "", *lines, *more])


def percent_change(current: int, base: int) -> float | None:
    """Return the change against `base` in percent, with one decimal; None when the base is zero."""
    return round((current - base) * 100 / base, 1) if base else None


@tool(owners_only=True)
async def business_summary(db: Database, runtime: Run, period: Annotated[str, Said.PERIOD] = "hoje") -> BusinessSummary:
    """Resumo de um período: clientes atendidos, agendamentos por situação, serviços concluídos, faturamento e o período anterior.

    Use para quantos clientes foram atendidos, quantos agendamentos há ou houve, quanto faturou, como foi o dia, a semana ou o mês.
    Faturamento é a soma dos preços dos atendimentos concluídos, pela data do atendimento.

    Args:
        period: o período com as palavras da pergunta, sem calcular datas: "hoje", "anteontem", "sábado", "esta semana",
            "mês passado", "outubro", "últimos 15 dias", "01/11 a 15/11"; para o futuro, "amanhã", "próxima semana".
    """
    asked = periods.resolve(period, today_of(runtime))
    previous = periods.before(asked)
    found = await queries.summary(db, runtime.context.organization_id, asked, previous, runtime.context.timezone)
    return BusinessSummary(
        period=Period.of(asked),
        clients_served=found.clients_served,
        bookings_by_status=found.bookings_by_status,
        by_service=ServiceLine.all(found.by_service),
        revenue=found.revenue_cents,
        revenue_cents=found.revenue_cents,
        previous=Previous(
            label=previous.label,
            clients_served=found.previous_clients_served,
            revenue=found.previous_revenue_cents,
            revenue_cents=found.previous_revenue_cents,
        ),
        change=Change(
            clients_served_percent=percent_change(found.clients_served, found.previous_clients_served),
            revenue_percent=percent_change(found.revenue_cents, found.previous_revenue_cents),
        ),
        is_ahead=asked.first > today_of(runtime),
    )


@tool(owners_only=True)
async def top_services(
    db: Database, runtime: Run, period: Annotated[str, Said.PERIOD] = "este mês", limit: Annotated[int, Said.COUNT] = 5
) -> Ranking:
    """Serviços mais realizados em um período, do mais ao menos frequente, com quantidade e faturamento dos concluídos.

    Use para "qual serviço mais sai", "o que mais vendi".

    Args:
        period: o período com as palavras da pergunta, sem calcular datas, como em business_summary.
        limit: quantos serviços mostrar, de 1 a 50.
    """
    asked = periods.resolve(period, today_of(runtime))
    found = await queries.top_services(db, runtime.context.organization_id, asked, runtime.context.timezone, limit=_rows(limit))
    return Ranking(period=Period.of(asked), services=ServiceLine.all(found))


@tool(owners_only=True)
async def inactive_clients(
    db: Database, runtime: Run, days: Annotated[int, Said.COUNT] = 60, limit: Annotated[int, Said.COUNT] = 20
) -> Inactive:
    """Clientes que sumiram: já foram atendidos, a última visita foi há mais de tantos dias e não têm agendamento futuro.

    Use para "quem não volta há tempo", "clientes inativos", "quem chamar de volta". Os que sumiram há mais tempo vêm primeiro; total
    conta todos, também os que não couberam na lista.

    Args:
        days: a última visita foi há mais dias do que este número.
        limit: quantos clientes mostrar, de 1 a 50.
    """
    if not 1 <= days <= MAX_DAYS:
        raise BadRequest(f"O número de dias deve ficar entre 1 e {MAX_DAYS}.")
    clients, total = await queries.inactive_clients(
        db, runtime.context.organization_id, days=days, now=now_of(runtime), zone=runtime.context.timezone, limit=_rows(limit)
    )
    listed = (
        InactiveClient(name=c.name, phone=c.phone, pets=tuple(c.pets), last_visit=f"{c.last_visit:%d/%m/%Y}", days=c.days) for c in clients
    )
    return Inactive(clients=tuple(listed), total=total, away=days)


def _rows(limit: int) -> int:
    return max(1, min(limit, MAX_ROWS))


TOOLS = (business_summary, top_services, inactive_clients)
