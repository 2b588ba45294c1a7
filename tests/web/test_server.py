"""What a request may take of the server itself, over sockets."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from service.web import server
from service.web.door import LONGEST_HEAD
from tests.kit.serving import serving
from tests.kit.web import Web


@pytest.fixture
async def port(web: Web) -> AsyncIterator[int]:
    async with serving(web.app, lifespan=False) as address:
        yield int(address.rpartition(":")[2])


async def said(port: int, *parts: bytes) -> bytes:
    """Send bytes and then nothing more; return all that the server says until it hangs up."""
    async with asyncio.timeout(30):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for part in parts:
            writer.write(part)
            await writer.drain()
        answer = await reader.read()
        writer.close()
        return answer


GET = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
POST = b"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"


async def test_a_whole_request_is_answered(port: int) -> None:
    answer = await said(port, GET, b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"\r\nserver:" not in answer.lower()


@pytest.mark.parametrize(
    "head",
    [
        GET + b"X: " + b"x" * LONGEST_HEAD + b"\r\n\r\n",
        GET + b"".join(b"X-%d: y\r\n" % n for n in range(LONGEST_HEAD)) + b"\r\n",
        GET + b"X: " + b"x" * 64 * LONGEST_HEAD,
        b"GET /" + b"x" * 64 * LONGEST_HEAD,
    ],
    ids=["one header", "many headers", "a header without end", "an address without end"],
)
async def test_what_comes_before_the_body_has_an_end(port: int, head: bytes) -> None:
    try:
        answer = await said(port, head)
    except ConnectionError:
        return  # it was closed while we were still sending
    assert answer == b"" or answer.split()[1] in (b"400", b"431")


@pytest.mark.parametrize(
    "parts",
    [(), (b"GET / HT",), (POST, b"{")],
    ids=["nothing", "half a head", "half a body"],
)
async def test_who_does_not_come_to_an_end_is_hung_up_on(port: int, monkeypatch: pytest.MonkeyPatch, parts: tuple[bytes, ...]) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 0.05)
    assert (await said(port, *parts)).startswith(b"HTTP/1.1 408")


async def test_a_body_that_nobody_waits_for_ends_too(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is refused before the body is read can't hold the connection by not ending it."""
    monkeypatch.setattr(server, "REQUEST_SECONDS", 1.0)
    answer = await said(port, POST.replace(b"/webhook", b"/webhook/evolution/loja/wrong"), b"{")
    assert answer.startswith(b"HTTP/1.1 401")


async def test_who_waits_for_an_answer_is_not_hung_up_on(web: Web, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[server.Protocol] = []
    connected = server.Protocol.connection_made

    def remember(self: server.Protocol, transport: asyncio.BaseTransport) -> None:
        made.append(self)
        connected(self, transport)

    monkeypatch.setattr(server.Protocol, "connection_made", remember)
    asked, answer = asyncio.Event(), asyncio.Event()

    @web.app.get("/slow")
    async def slow() -> str:
        asked.set()
        await answer.wait()
        return "ok"

    async with asyncio.timeout(30):
        waiting = asyncio.create_task(said(port, GET.replace(b"/health/live", b"/slow"), b"\r\n"))
        await asked.wait()
        assert [protocol._deadline for protocol in made] == [None]
        answer.set()
        assert b'"ok"' in await waiting
