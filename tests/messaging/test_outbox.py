"""What a channel of any make does to a message in line: whatever breaks, the message is settled."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import httpx
import pytest
from aiohttp import web as aiohttp

from service.messaging import outbox
from service.messaging.channels import build_http
from service.messaging.channels.base import Instance, Outbound
from service.messaging.channels.cloud_api import CloudApi
from service.messaging.channels.http import post
from service.platform.settings import Settings
from tests.kit.fakes.server import FakeServer, Fault, reset
from tests.kit.web import Web

FORM = {"To": "whatsapp:+5511955550001", "Body": "Olá! Banho às 9h & tosa? 🐶"}


class Echo(FakeServer):
    """Answers everything with an id."""

    def routes(self) -> list[aiohttp.RouteDef]:
        return [aiohttp.post("/{path:.*}", self._answer)]

    async def _answer(self, request: aiohttp.Request) -> aiohttp.Response:
        fault = self.fault_for(await self.read(request))
        met = await self.meet(request, fault)
        if met is not None:
            return met
        return reset(request) if fault.reset == "after" else aiohttp.json_response({"id": uuid4().hex})


class Plain(CloudApi):
    """A channel that calls its provider without the help of `http.post`."""

    url = ""

    async def send(self, instance: Instance, message: Outbound) -> str | None:
        response = await self._http.post(self.url, json={"text": message.text})
        response.raise_for_status()
        return response.json().get("id")


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo() as server:
        yield server


@pytest.fixture
async def http(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with build_http(settings) as client:
        yield client


@pytest.mark.parametrize("as_form", [True, False])
async def test_a_form_is_posted_where_the_provider_wants_one(echo: Echo, http: httpx.AsyncClient, as_form: bool) -> None:
    response = await post(http, f"{echo.url}/Messages", FORM, {"Authorization": "Basic Y2hhdmU="}, as_form=as_form)
    (request,) = echo.requests
    assert response.is_success
    assert (request.json, request.headers["Authorization"]) == (FORM, "Basic Y2hhdmU=")
    assert request.headers["Content-Type"] == ("application/x-www-form-urlencoded" if as_form else "application/json")


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault(), "sent", None),
        (Fault(status=200, body={"accepted": True}), "sending", "no_id"),
        (Fault(reset="before"), "sending", "connection_lost"),
        (Fault(status=500), "queued", "500"),
        (Fault(status=400), "failed", "400"),
        (None, "queued", "unreachable"),
    ],
)
async def test_a_channel_that_lets_an_error_of_the_client_through_leaves_no_message_unsettled(
    web: Web, echo: Echo, http: httpx.AsyncClient, fault: Fault | None, status: str, code: str | None
) -> None:
    conversation_id = await web.conversation()
    (row,) = await web.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, content, status)"
        " select organization_id, id, instance_id, 'outgoing', true, 'Olá!', 'queued' from conversations where id = %(id)s returning *",
        id=conversation_id,
    )
    channel = Plain(web.settings, http)
    channel.url = echo.url
    if fault is None:
        echo.stop()
    else:
        echo.fail_next(fault)
    redis = web.app.state.redis
    await outbox.deliver(web.db, {"cloud_api": channel}, redis, web.settings, row["organization_id"], conversation_id)
    (after,) = await web.rows("select status, error_code from messages where id = %(id)s", id=row["id"])
    assert (after["status"], after["error_code"]) == (status, code)
