"""Aurora's tools as the model sees them: arguments in, Portuguese figures out, and only for the owner."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from langgraph.prebuilt import ToolRuntime

from service.platform.database import Database
from service.platform.errors import BadRequest, Forbidden
from tests.kit.documents import briefing
from tests.kit.figures import Shop
from tools import analytics
from tools.analytics import percent_change
from tools.arguments import described
from tools.definition import Tool
from tools.registry import AURORA

# A Friday, 22h30 in São Paulo, already Saturday in UTC.
NOW = datetime(2025, 10, 4, 1, 30, tzinfo=UTC)
TODAY = date(2025, 10, 3)


@pytest.fixture
async def shop(db: Database) -> Shop:
    return await Shop(db, "America/Sao_Paulo").open()


async def call(db: Database, name: str, organization_id: UUID, /, *, is_owner: bool = True, **args: Any) -> dict[str, Any]:
    tool = next(t for t in analytics.TOOLS if t.name == name).bind(db)
    context = SimpleNamespace(organization_id=organization_id, is_owner=is_owner, timezone="America/Sao_Paulo")
    runtime: Any = ToolRuntime(
        state={"briefing": briefing(now=NOW), "messages": []},
        context=context, config={}, stream_writer=lambda _: None, tool_call_id="call_1", store=None,
    )  # fmt: skip
    result: dict[str, Any] = await tool.ainvoke({**args, "runtime": runtime})
    return result


def hour(day: date, at: int) -> datetime:
    return datetime(day.year, day.month, day.day, at)


async def test_the_summary_of_a_day(db: Database, shop: Shop) -> None:
    bath, trim = await shop.service("Banho"), await shop.service("Tosa")
    ana, bruno = await shop.contact("Ana"), await shop.contact("Bruno")
    await shop.booking(ana, bath, hour(TODAY, 9), price_cents=70000)
    await shop.booking(bruno, bath, hour(TODAY, 10), price_cents=7050)
    await shop.booking(bruno, trim, hour(TODAY, 23), price_cents=100000)
    for at in (15, 16):
        await shop.booking(ana, trim, hour(TODAY, at), "no_show", price_cents=99999)
    await shop.booking(ana, bath, hour(TODAY - timedelta(days=1), 9), price_cents=118000)

    assert await call(db, "business_summary", shop.id) == {
        "text": "Hoje você atendeu 2 clientes!\n\n- 2 banhos\n- 1 tosa\n\nFaturamento: R$ 1.770,50\n\n"
        "Agendamentos por situação: 3 concluídos, 2 não compareceram\n\n"
        "Para comparar, dia anterior (quinta-feira, 02/10/2025): 1 cliente, R$ 1.180,00",
        "period": {"label": "hoje (sexta-feira, 03/10/2025)", "start": "2025-10-03", "end": "2025-10-03"},
        "clients_served": 2,
        "bookings_by_status": {"completed": 3, "no_show": 2},
        "by_service": [
            {"service": "Banho", "count": 2, "revenue": "R$ 770,50", "revenue_cents": 77050},
            {"service": "Tosa", "count": 1, "revenue": "R$ 1.000,00", "revenue_cents": 100000},
        ],
        "revenue": "R$ 1.770,50",
        "revenue_cents": 177050,
        "previous": {
            "label": "dia anterior (quinta-feira, 02/10/2025)",
            "clients_served": 1,
            "revenue": "R$ 1.180,00",
            "revenue_cents": 118000,
        },
        "change": {"clients_served_percent": 100.0, "revenue_percent": 50.0},
    }


async def test_no_base_no_percentage(db: Database, shop: Shop) -> None:
    await shop.booking(await shop.contact(), await shop.service("Banho"), hour(TODAY, 9))
    answer = await call(db, "business_summary", shop.id, period="today")
    assert answer["change"] == {"clients_served_percent": None, "revenue_percent": None}


def test_percentages() -> None:
    assert [percent_change(*pair) for pair in [(3, 2), (2, 3), (0, 5), (5, 5), (5, 0)]] == [50.0, -33.3, -100.0, 0.0, None]


async def test_a_summary_of_any_dates(db: Database, shop: Shop) -> None:
    await shop.booking(await shop.contact(), await shop.service("Banho"), hour(date(2025, 8, 31), 9))
    answer = await call(db, "business_summary", shop.id, period="de 01/08 a 31/08")
    assert (answer["period"]["start"], answer["period"]["end"], answer["clients_served"]) == ("2025-08-01", "2025-08-31", 1)


async def test_top_services_are_this_months_unless_asked_otherwise(db: Database, shop: Shop) -> None:
    bath, trim, visit, contact = (
        await shop.service("Banho"),
        await shop.service("Tosa"),
        await shop.service("Consulta"),
        await shop.contact(),
    )
    for service, day, at in [(trim, 1, 9), (trim, 2, 9), (bath, 3, 9), (visit, 3, 10)]:
        await shop.booking(contact, service, hour(date(2025, 10, day), at), price_cents=20000 if service == visit else 7000)

    answer = await call(db, "top_services", shop.id, limit=2)

    assert answer["period"]["label"] == "este mês (01/10/2025 a 03/10/2025)"
    assert answer["services"] == [
        {"service": "Tosa", "count": 2, "revenue": "R$ 140,00", "revenue_cents": 14000},
        {"service": "Consulta", "count": 1, "revenue": "R$ 200,00", "revenue_cents": 20000},
    ]
    assert len((await call(db, "top_services", shop.id, period="today", limit=-4))["services"]) == 1


async def test_inactive_clients(db: Database, shop: Shop) -> None:
    contact = await shop.contact("Carla", phone="5511977770003")
    await shop.pet(contact, "Thor")
    await shop.booking(contact, await shop.service("Banho"), hour(TODAY - timedelta(days=61), 9))

    assert await call(db, "inactive_clients", shop.id) == {
        "text": "Sem voltar há mais de 60 dias: 1.\n\n- Carla: última visita em 03/08/2025",
        "clients": [{"name": "Carla", "phone": "5511977770003", "pets": ["Thor"], "last_visit": "03/08/2025", "days": 61}],
        "total": 1,
        "away": 60,
    }
    assert await call(db, "inactive_clients", shop.id, days=61) == {
        "text": "Ninguém está sem voltar há mais de 61 dias. 🐾",
        "clients": [],
        "total": 0,
        "away": 61,
    }


@pytest.mark.parametrize("days", [0, -1, 10**12])
async def test_days_that_make_no_sense_are_refused(db: Database, shop: Shop, days: int) -> None:
    with pytest.raises(BadRequest, match="número de dias"):
        await call(db, "inactive_clients", shop.id, days=days)


async def test_wrong_periods_are_refused(db: Database, shop: Shop) -> None:
    with pytest.raises(BadRequest, match="Não entendi o período"):
        await call(db, "business_summary", shop.id, period="fortnight")
    with pytest.raises(BadRequest, match="data final"):
        await call(db, "top_services", shop.id, period="02/10/2025 a 01/10/2025")


@pytest.mark.parametrize("name", [tool.name for tool in analytics.TOOLS])
async def test_customers_are_refused_before_anything_is_read(db: Database, shop: Shop, name: str) -> None:
    start = db.round_trips
    with pytest.raises(Forbidden):
        await call(db, name, shop.id, is_owner=False)
    assert db.round_trips == start


# What would say whose figures: a shop, a person, or an id of any kind.
WHOSE = re.compile(r"(?:^|_)(?:ids?|uuid|organization|shop|loja|empresa|contact|client|customer|cliente|owner|dono|phone|telefone)(?:_|$)")


@pytest.mark.parametrize("tool", AURORA, ids=lambda tool: str(tool.name))
def test_the_model_chooses_dates_and_limits_never_the_shop(tool: Tool) -> None:
    assert [name for name in tool.takes if WHOSE.search(name)] == [], "whose figures they are the run says, never the model"
    assert "uuid" not in json.dumps(described(tool.bind(cast(Database, None))))


async def test_a_shop_that_the_model_names_is_ignored(db: Database, shop: Shop) -> None:
    await shop.booking(await shop.contact(), await shop.service("Banho"), hour(TODAY, 9))
    assert (await call(db, "business_summary", uuid4(), organization_id=str(shop.id)))["clients_served"] == 0
