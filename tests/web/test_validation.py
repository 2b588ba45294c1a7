"""What a request's mistakes are called: which field, and why, in Portuguese."""

from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic_core import core_schema

from service.web.validation import KINDS, REASONS
from tests.kit.salon import ANA, BANHO, BIDU
from tests.kit.web import API_TOKEN, Web

SHOP = "organizations/00000000-0000-4000-8000-000000000001"
PACKAGE = {"service_id": str(BANHO), "name": "4 banhos", "sessions": 4, "valid_days": 30, "price_cents": 24000}
WANT = {"pet_id": str(BIDU), "service_id": str(BANHO)}
LITERAL = "precisa ser um destes: 'vaccine' ou 'dewormer'."


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        (f"{SHOP}/packages", PACKAGE | {"sessions": 0}, "sessions: precisa ser no mínimo 1."),
        (f"{SHOP}/packages", PACKAGE | {"sessions": 401}, "sessions: precisa ser no máximo 400."),
        (f"{SHOP}/packages", PACKAGE | {"sessions": "x"}, "sessions: precisa ser um número inteiro."),
        (f"{SHOP}/packages", PACKAGE | {"sessions": 1.5}, "sessions: precisa ser um número inteiro."),
        (f"{SHOP}/packages", PACKAGE | {"name": " "}, "name: não pode ficar vazio."),
        (f"{SHOP}/packages", PACKAGE | {"name": "x" * 121}, "name: pode ter no máximo 120 caracteres."),
        (f"{SHOP}/packages", PACKAGE | {"name": 1}, "name: precisa ser um texto."),
        (f"{SHOP}/packages", PACKAGE | {"service_id": "banho"}, "service_id: precisa ser um identificador (UUID)."),
        (f"{SHOP}/packages", {k: v for k, v in PACKAGE.items() if k != "name"}, "name: é obrigatório."),
        (f"{SHOP}/packages", [], "corpo: precisa ser um objeto."),
        (f"{SHOP}/closures", {"starts_on": "amanhã", "ends_on": "2031-05-05"}, "starts_on: precisa ser um dia, como 2026-12-14."),
        (f"{SHOP}/closures", {"starts_on": 1935964800, "ends_on": "2031-05-05"}, "starts_on: precisa ser um dia, como 2026-12-14."),
        (f"{SHOP}/closures", {"starts_on": "2031-05-05", "ends_on": "2101-01-01"}, "ends_on: precisa ser no máximo 2100-12-31."),
        (f"{SHOP}/special-hours", {"day": "2031-05-05", "hours": {}}, "hours: precisa ser uma lista."),
        (
            f"{SHOP}/special-hours",
            {"day": "2031-05-05", "hours": [{"opens_at": "9h"}]},
            "hours.0.opens_at: precisa ser uma hora, como 14:30.",
        ),
        (f"pets/{BIDU}/treatments", {"kind": "chip", "name": "x"}, f"kind: {LITERAL}"),
        (f"contacts/{ANA}/bookings", {"wants": [], "starts_at": "2031-05-05T10:00:00Z"}, "wants: não pode ficar vazio."),
        (
            f"contacts/{ANA}/bookings",
            {"wants": [WANT], "starts_at": "2031-05-05T10:00:00"},
            "starts_at: precisa dizer o fuso, como em 2026-12-14T10:00:00-03:00.",
        ),
        (f"bookings/{UUID(int=7)}x/received", None, "booking_id: precisa ser um identificador (UUID)."),
    ],
)
async def test_a_mistake_names_its_field_and_reason(web: Web, path: str, body: Any, says: str) -> None:
    response = await web.call("POST", f"/api/{path}", json=body)
    assert (response.status_code, response.json()) == (422, {"error": says})


@pytest.mark.parametrize(
    ("raw", "status", "says"),
    [
        (b"{", 422, "corpo: não é um JSON válido."),
        (b"", 422, "corpo: é obrigatório."),
        (b"[" * 100_000, 400, "O corpo do pedido não pôde ser lido."),
    ],
    ids=["cut", "none", "deep"],
)
async def test_a_body_that_is_none(web: Web, raw: bytes, status: int, says: str) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {API_TOKEN}"}
    response = await web.client.post(f"/api/{SHOP}/packages", content=raw, headers=headers)
    assert (response.status_code, response.json()) == (status, {"error": says})


async def test_a_query_that_is_wrong(web: Web) -> None:
    response = await web.call("GET", "/api/conversations", params={"status": "aberta", "limit": 1})
    assert response.json() == {"error": "status: precisa ser um destes: 'active', 'escalated' ou 'closed'."}
    assert (await web.call("GET", "/api/alerts", params={"limit": 500})).json() == {"error": "limit: precisa ser no máximo 200."}


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("32", "precisa ser um dia, como 2026-12-14."),
        ("1935964800", "precisa ser um dia, como 2026-12-14."),
        ("2026-02-30", "precisa ser um dia, como 2026-12-14."),
        ("hoje", "precisa ser um dia, como 2026-12-14."),
        ("2026-12-14T10:00", "precisa ser só o dia, sem a hora."),
    ],
)
async def test_a_day_that_is_none(web: Web, day: str, says: str) -> None:
    response = await web.call("GET", f"/api/{SHOP}/agenda", params={"day": day})
    assert (response.status_code, response.json()) == (422, {"error": f"day: {says}"})


def test_every_reason_is_of_an_error_that_there_is() -> None:
    kinds = get_args(core_schema.ErrorType)
    assert set(REASONS) <= set(kinds)
    assert set(KINDS) <= {kind.split("_")[0] for kind in kinds}
