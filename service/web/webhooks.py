"""What providers call: one route for each channel's webhook. Know the sender, read, store, answer; the answer is given after the commit."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from service.messaging import intake
from service.messaging.channels import CHANNELS
from service.messaging.channels.base import Call, ChannelName, Webhook
from service.platform.errors import AppError
from service.platform.telemetry import WEBHOOK_SECONDS, WEBHOOKS


def build_router() -> APIRouter:
    """Build the routes of every channel that has a webhook."""
    router = APIRouter(tags=["webhooks"])
    for name, channel in CHANNELS.items():
        if channel.webhook:
            _add(router, name, channel.webhook)
    return router


def _add(router: APIRouter, name: ChannelName, webhook: Webhook) -> None:
    async def receive(request: Request) -> Response:
        state = request.app.state
        with _counted(name):
            if webhook.sender:
                await state.senders.admit(state.db, webhook.sender(request.path_params))
            deliveries = webhook.read(await _call(request), state.settings)
            await intake.receive(
                state.db, deliveries, settings=state.settings, correlation_id=request.state.correlation_id, redis=state.redis
            )
        return Response(status_code=200)

    path, parameters = webhook.path, {"parameters": [_parameter(part) for part in re.findall(r"{(\w+)}", webhook.path)]}
    router.add_api_route(
        path, receive, methods=["POST"], name=f"{name}_webhook", description=webhook.read.__doc__, openapi_extra=parameters
    )
    if shake_hands := webhook.shake_hands:

        async def handshake(request: Request) -> Response:
            return PlainTextResponse(shake_hands(await _call(request), request.app.state.settings))

        router.add_api_route(
            path, handshake, methods=["GET"], name=f"{name}_handshake", description=shake_hands.__doc__, openapi_extra=parameters
        )


def _parameter(name: str) -> dict[str, object]:
    """Describe a variable part of a path for the OpenAPI document."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


async def _call(request: Request) -> Call:
    # As it was called, for who signs it: Starlette's own address has the path without its escapes.
    url = str(request.url.replace(path=request.scope["raw_path"].decode("latin-1")))
    return Call(url, await request.body(), request.headers, request.path_params, request.query_params)


@contextmanager
def _counted(channel: ChannelName) -> Iterator[None]:
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


router = build_router()
