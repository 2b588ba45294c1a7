"""Telling people: the alert is a row that the team sees; the operator's webhook hears of it once."""

from dataclasses import asdict
from uuid import UUID

import httpx
import structlog

from service.platform.database import Database
from service.platform.settings import Settings
from service.turns.models import find
from service.turns.queries import alerts
from service.turns.turn import Replaced

log = structlog.get_logger()


async def notify(db: Database, http: httpx.AsyncClient, settings: Settings, alert_id: UUID) -> None:
    """Post an alert to the operator's webhook, where there is one, and mark it notified.

    Raises httpx.HTTPError when the webhook does not take it; the job is then retried.
    """
    alert = await alerts.get(db, alert_id)
    if alert is None or alert.notified_at:
        return
    # A shop's alerts name its customers; the installation's own name none.
    title = alert.title if alert.organization_id is None else "Raised"
    log.warning(f"[ALERT] {title}", kind=alert.kind, alertId=str(alert_id), organizationId=str(alert.organization_id))
    if settings.operator_webhook_url:
        body = {key: str(value) if value is not None else None for key, value in asdict(alert).items()}
        (await http.post(settings.operator_webhook_url, json=body, timeout=10)).raise_for_status()
    await alerts.mark_notified(db, alert)


async def model_gone(db: Database, replaced: Replaced) -> UUID | None:
    """Tell the operator that a model is gone and which one answers; return the alert's id, None where it has been told before."""
    title = f"O modelo {replaced.model} não existe mais: {replaced.successor} responde no lugar"
    known = find(replaced.successor)
    price = f" (por milhão de tokens: US$ {known.price.fresh} de entrada, US$ {known.price.output} de saída)" if known else ""
    body = (
        f"As lojas que usam {replaced.model} são atendidas por {replaced.successor}{price}. Troque o modelo em "
        "organization_settings.ai_config; `patas doctor` mostra quais são."
    )
    return await alerts.model_gone(db, replaced.model, title=title, body=body)
