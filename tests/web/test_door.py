"""Who is let in by which name, what only this machine is shown, and what every answer carries."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from service.web.door import EVERY_ANSWER, LONGEST_URL
from tests.kit.fakes import meta
from tests.kit.web import API_TOKEN, PHONE, VERIFY_TOKEN, Web

Open = Callable[..., Awaitable[Web]]
HERE = {"Host": "127.0.0.1:8000"}
PUBLIC = {"Host": "patas.example.com"}
BEARER = {"Authorization": f"Bearer {API_TOKEN}"}
PASSWORD = {"Authorization": "Basic " + b64encode(f"eu:{API_TOKEN}".encode()).decode()}
PRIVATE = ("/metrics", "/docs", "/openapi.json")


# By which name


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "192.168.0.9:8000", "api", "loja.example.com", "LOJA.example.com."]
)
async def test_our_names_open(open_web: Open, host: str) -> None:
    web = await open_web(hosts="outra.example.com, loja.example.com")
    assert (await web.client.get("/agenda", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "loja.example.com.evil.example", "xloja.example.com", "127.0.0.1.evil.example", "a@localhost", "localhost/x", "", "é"],
)
@pytest.mark.parametrize("path", ["/agenda", "/", "/api/conversations", "/static/api.js", "/health/live", "/metrics", "/nowhere"])
async def test_no_other_does(open_web: Open, host: str, path: str) -> None:
    web = await open_web(hosts="loja.example.com", simulator=True)
    response = await web.client.get(path, headers=[(b"host", host.encode()), (b"authorization", BEARER["Authorization"].encode())])
    assert response.status_code == 400
    assert "PATAS_HOSTS" in response.json()["error"]


async def test_whoever_proves_who_they_are_may_call_us_as_they_like(web: Web) -> None:
    """A tunnel's name is another with every start, and Meta's signature tells who calls."""
    raw, headers = meta.signed(meta.webhook_body(messages=[meta.text_message(PHONE, "oi")]), "app-secret-of-the-tests")
    assert (await web.client.post("/webhook", content=raw, headers=headers | PUBLIC)).status_code == 200
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "42"}
    assert (await web.client.get("/webhook", params=query, headers=PUBLIC)).text == "42"


@pytest.mark.parametrize("target", ["/agenda?x=" + "x" * LONGEST_URL, "/" + "x" * LONGEST_URL, "/webhook?x=" + "x" * LONGEST_URL])
async def test_an_address_has_an_end(web: Web, target: str) -> None:
    assert (await web.client.get(target)).status_code == 414


# What only this machine is shown


@pytest.mark.parametrize("path", PRIVATE)
async def test_this_machine_needs_no_token(web: Web, path: str) -> None:
    assert (await web.client.get(path, headers=HERE)).status_code == 200


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"host": "0.0.0.0"}, HERE),
        ({"hosts": "patas.example.com"}, PUBLIC),
        ({}, {"Host": "192.168.0.9"}),
        ({}, HERE | {"X-Forwarded-For": "127.0.0.1"}),
        ({}, HERE | {"Forwarded": "for=203.0.113.7"}),
    ],
    ids=["listening to all", "by a public name", "by an address", "through a proxy", "through another"],
)
async def test_others_need_one(open_web: Open, path: str, changes: dict[str, Any], headers: dict[str, str]) -> None:
    web = await open_web(**changes)
    refused = await web.client.get(path, headers=headers)
    assert refused.status_code == 401
    assert "patas_webhooks" not in refused.text
    assert (await web.client.get(path, headers=headers | {"Authorization": "Bearer other"})).status_code == 401
    assert (await web.client.get(path, headers=headers | BEARER)).status_code == 200


async def test_nobody_who_calls_from_elsewhere_is_this_machine(web: Web) -> None:
    transport = httpx.ASGITransport(web.app, client=("203.0.113.7", 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert [(await client.get(path)).status_code for path in PRIVATE] == [401, 401, 401]


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
async def test_a_browser_asks_for_the_token(open_web: Open, path: str) -> None:
    web = await open_web(host="0.0.0.0")
    assert (await web.client.get(path)).headers["www-authenticate"].startswith("Basic ")
    assert (await web.client.get(path, headers=PASSWORD)).status_code == 200
    assert (await web.client.get(path, headers={"Authorization": "Basic !"})).status_code == 401
    assert (await web.client.get("/api/conversations", headers=PASSWORD)).status_code == 401, (
        "what acts is called with a bearer token alone"
    )


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({"simulator": True}, HERE, 200),
        ({"simulator": False}, HERE, 404),
        ({"simulator": True, "host": "0.0.0.0"}, HERE, 404),
        ({"simulator": True, "hosts": "patas.example.com"}, PUBLIC, 404),
        ({"simulator": True, "host": "0.0.0.0", "simulator_open": True}, HERE, 200),
        ({"simulator": False, "host": "0.0.0.0", "simulator_open": True}, HERE, 404),
    ],
    ids=["here", "off", "listening to all", "by a public name", "asked for twice", "asked for once"],
)
async def test_the_simulator_is_for_this_machine_or_asked_for_twice(open_web: Open, changes: Any, headers: Any, status: int) -> None:
    web = await open_web(**changes)
    assert (await web.client.get("/", headers=headers)).status_code == status
    assert ('href="/">Simulador' in (await web.client.get("/agenda", headers=headers)).text) == (status == 200)


# What every answer carries


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/agenda", 200), ("GET", "/", 200), ("GET", "/docs", 200), ("GET", "/openapi.json", 200), ("GET", "/static/api.js", 200),
        ("GET", "/health/live", 200), ("GET", "/api/conversations", 401), ("GET", "/nowhere", 404), ("PUT", "/agenda", 405),
        ("POST", "/webhook", 401), ("POST", "/api/conversations", 405), ("GET", "/broken", 500), ("POST", "/webhook?large", 413),
    ],
)  # fmt: skip
async def test_every_answer_says_what_a_browser_may_do_with_it(open_web: Open, method: str, path: str, status: int) -> None:
    web = await open_web(simulator=True)
    broken = APIRouter()

    @broken.get("/broken")
    async def fail() -> None:
        raise RuntimeError("of ours")

    web.app.include_router(broken)
    body = b" " * (2**20 + 1) if "large" in path else b""
    response = await web.client.request(method, path, headers=HERE, content=body)
    assert response.status_code == status
    assert set(EVERY_ANSWER) - {name for name in EVERY_ANSWER if name in response.headers} == set()
    assert response.headers["x-correlation-id"]
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response.headers["content-security-policy"]
    is_page = response.headers.get("content-type", "").startswith("text/html")
    assert policy.get("script-src") == ("'self'" if is_page else None)


async def test_a_page_has_no_words_of_its_own_to_run(open_web: Open) -> None:
    """The policy would refuse them: the page would be broken, and a browser alone could tell."""
    web = await open_web(simulator=True)
    for path in ("/", "/agenda", "/docs"):
        text = (await web.client.get(path, headers=HERE)).text
        assert "<style" not in text
        assert " style=" not in text
        assert all(script.startswith((" type=", " defer", ' src="/')) for script in text.split("<script")[1:])
