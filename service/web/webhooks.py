"""What WhatsApp's providers call: verify, store, answer. The answer is given after the commit."""

import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from service.messaging import intake
from service.messaging.channels import cloud_api, evolution
from service.messaging.channels.base import Delivery, InstanceKey
from service.platform.errors import AppError, BadRequest, Forbidden, Unauthorized
from service.platform.telemetry import WEBHOOK_SECONDS, WEBHOOKS

router = APIRouter(tags=["webhooks"])


@router.get("/webhook", response_class=PlainTextResponse)
async def handshake(
    request: Request,
    mode: str = Query("", alias="hub.mode"),
    verify_token: str = Query("", alias="hub.verify_token"),
    challenge: str = Query("", alias="hub.challenge"),
) -> str:
    """Answer Meta's handshake: the challenge comes back where the token is ours."""
    expected = request.app.state.settings.whatsapp_verify_token
    known = expected is not None and hmac.compare_digest(verify_token.encode(), expected.get_secret_value().encode())
    if mode != "subscribe" or not known:
        raise Forbidden("The verify token is not the one in WHATSAPP_VERIFY_TOKEN.")
    return challenge


@router.post("/webhook")
async def cloud_api_webhook(request: Request) -> Response:
    """Take messages, statuses and echoes from Meta's Cloud API, signed with the app secret."""
    secret = request.app.state.settings.whatsapp_app_secret
    with _counted("cloud_api"):
        raw = await request.body()
        if secret is None:
            raise Unauthorized("WHATSAPP_APP_SECRET is not set, so no webhook can be verified.")
        if not cloud_api.verify(raw, request.headers.get("x-hub-signature-256"), secret.get_secret_value()):
            raise Unauthorized("The signature does not match the body.")
        await _store(request, cloud_api.parse(_json(raw)))
    return Response(status_code=200)


@router.post("/webhook/evolution/{instance}/{secret}")
async def evolution_webhook(request: Request, instance: str, secret: str) -> Response:
    """Take the events of an Evolution API instance; the address itself carries the secret."""
    with _counted("evolution"):
        deliveries = evolution.parse(_json(await request.body()), instance=instance, secret=secret)
        if deliveries:
            await _store(request, deliveries)
        else:
            await intake.authorize(request.app.state.db, InstanceKey("evolution", instance, secret))
    return Response(status_code=200)


async def _store(request: Request, deliveries: list[Delivery]) -> None:
    state = request.app.state
    await intake.receive(state.db, deliveries, settings=state.settings, correlation_id=request.state.correlation_id, redis=state.redis)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON.") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


@contextmanager
def _counted(channel: str) -> Iterator[None]:
    """Count a webhook by what became of it, and time the accepted ones."""
    started, outcome = time.perf_counter(), "error"
    try:
        yield
        outcome = "accepted"
        WEBHOOK_SECONDS.labels(channel).observe(time.perf_counter() - started)
    except AppError as error:
        outcome = str(error.status)
        raise
    except HTTPException as error:
        outcome = str(error.status_code)
        raise
    finally:
        WEBHOOKS.labels(channel, outcome).inc()
