"""What changed in a booking, as people say it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.language.formatting import format_moment, format_time
from service.language.money import format_brl
from service.language.words import BOOKING_STATUS
from service.platform import clock

STEPS = {"received_at": "Recebido", "ready_at": "Pronto", "delivered_at": "Entregue"}
COLUMNS = {
    "status": "Situação",
    "starts_at": "Início",
    "ends_at": "Fim",
    "service_id": "Serviço",
    "pet_id": "Pet",
    "resource_id": "Com",
    "also_resource_ids": "Ocupa também",
    "price_cents": "Preço",
    "package_id": "Pacote",
    "pickup_zone": "Leva e traz",
    "pickup_fee_cents": "Taxa do leva e traz",
}
GONE = "alguém que não está mais no cadastro"


def sentences(change: Mapping[str, tuple[Any, Any]], names: Mapping[str, str], zone: str) -> list[str]:
    """Write one sentence for each column of a change ({column: [before, after]}).

    `names` are of resources, services, pets and packages by id.
    """
    steps = [_step(column, change[column][1], zone) for column in STEPS if column in change]
    return steps + [_changed(column, *change[column], names, zone) for column in COLUMNS if column in change]


def _step(column: str, after: str | None, zone: str) -> str:
    return f"{STEPS[column]} às {format_time(_local(after, zone).time())}" if after else f"Desfeito: {STEPS[column].lower()}"


def _changed(column: str, before: Any, after: Any, names: Mapping[str, str], zone: str) -> str:
    called = COLUMNS[column]
    if before in (None, []):
        return f"{called}: {_shown(column, after, names, zone)}"
    if after in (None, []):
        return f"{called}: sem {_shown(column, before, names, zone)}"
    return f"{called}: de {_shown(column, before, names, zone)} para {_shown(column, after, names, zone)}"


def _shown(column: str, value: Any, names: Mapping[str, str], zone: str) -> str:
    if column == "status":
        return BOOKING_STATUS[value]
    if column in ("starts_at", "ends_at"):
        return format_moment(_local(value, zone))
    if column in ("price_cents", "pickup_fee_cents"):
        return format_brl(value)
    if column == "pickup_zone":
        return str(value)
    return ", ".join(names.get(item, GONE) for item in (value if isinstance(value, list) else [value]))


def _local(instant: str, zone: str) -> datetime:
    return clock.local(datetime.fromisoformat(instant), zone)
