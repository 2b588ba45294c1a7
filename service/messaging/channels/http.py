"""The HTTP client that all channels share: httpx's interface on aiohttp's engine, and one reading of what a failed call means.

httpx's own engine costs 1 to 3 ms of CPU a call, more with every open connection; aiohttp's 0.3 ms, which is why it sits below.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

import aiohttp
import httpx
from yarl import URL

from service.platform.errors import SendFailed
from service.platform.settings import Settings

CONNECT_TIMEOUT = 5.0
# Bytes of an answer: the largest file that is fetched, 16 MiB, written in base64, and what stands around it.
LARGEST_ANSWER = 24 * 1024 * 1024
# Seconds an idle connection is kept: less than providers do, for a send on a connection just closed is one of unknown outcome.
KEEPALIVE = 15.0


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Carry httpx requests over one aiohttp session, opened with the first request on the loop that runs it."""

    def __init__(self, *, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and read its answer whole. Raises httpx.ConnectError or ConnectTimeout only where nothing was sent."""
        limits = request.extensions.get("timeout", {})
        try:
            async with self._open().request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=[(name.decode("ascii"), value.decode("latin-1")) for name, value in request.headers.raw],
                data=await request.aread(),
                timeout=aiohttp.ClientTimeout(total=limits.get("read"), connect=limits.get("connect")),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent", "Content-Type"),
                allow_redirects=False,
            ) as response:
                return httpx.Response(response.status, headers=list(response.raw_headers), content=await _body(response))
        except aiohttp.ConnectionTimeoutError as error:
            raise httpx.ConnectTimeout(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise httpx.ConnectError(str(error)) from error
        except aiohttp.InvalidURL as error:
            raise httpx.UnsupportedProtocol(str(error)) from error
        except TimeoutError as error:
            raise httpx.ReadTimeout("no answer in time") from error
        except (aiohttp.ClientError, OSError) as error:
            raise httpx.ReadError(str(error) or type(error).__name__) from error

    async def aclose(self) -> None:
        """Close the session, if one was opened."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # httpx's TLS context brings its own root certificates; the system's may be missing.
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEPALIVE, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)
        return self._session


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """Return an answer's body. Raises aiohttp.ClientPayloadError where it has no end that we would wait for."""
    body = bytearray()
    async for part in response.content.iter_any():
        body += part
        if len(body) > LARGEST_ANSWER:
            raise aiohttp.ClientPayloadError(f"an answer of more than {LARGEST_ANSWER} bytes")
    return bytes(body)


def build_http(settings: Settings) -> httpx.AsyncClient:
    """Open the process's client towards the providers; the caller closes it. A call lasts `PATAS_CHANNEL_TIMEOUT` seconds at most."""
    timeout = settings.channel_timeout
    return httpx.AsyncClient(
        # Every turn that a worker carries may show typing and send at the same time.
        transport=AiohttpTransport(connections=2 * settings.worker_threads),
        timeout=httpx.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout)),
    )


@contextmanager
def judged() -> Iterator[None]:
    """Turn httpx's errors into SendFailed: "later" where nothing can have arrived, "unknown" where the answer was lost."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise SendFailed("O servidor do WhatsApp não pôde ser alcançado.", code="unreachable", retry="later") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise SendFailed("O endereço do servidor do WhatsApp não é válido.", code="bad_address", retry="never") from error
    except httpx.TimeoutException as error:
        raise SendFailed("O servidor do WhatsApp não respondeu a tempo.", code="timeout", retry="unknown") from error
    except httpx.HTTPStatusError as error:
        raise failed_status(error.response, f"O servidor do WhatsApp respondeu com o erro {error.response.status_code}.") from error
    except httpx.HTTPError as error:
        raise SendFailed("A conexão com o servidor do WhatsApp caiu antes da resposta.", code="connection_lost", retry="unknown") from error


async def post(
    http: httpx.AsyncClient, url: str, payload: Mapping[str, object], headers: dict[str, str], *, as_form: bool = False
) -> httpx.Response:
    """POST JSON, or a form. Raises SendFailed as `judged` says."""
    with judged():
        return await (http.post(url, data=payload, headers=headers) if as_form else http.post(url, json=payload, headers=headers))


async def get(http: httpx.AsyncClient, url: str, headers: dict[str, str]) -> httpx.Response:
    """GET an address. Raises SendFailed as `judged` says."""
    with judged():
        return await http.get(url, headers=headers)


def answer(response: httpx.Response) -> Any:
    """Return the JSON of an answer, None where it is not JSON."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def failed_status(response: httpx.Response, message: str) -> SendFailed:
    """Judge by the HTTP status alone, where the body says nothing: a gateway that gave up waiting may have passed the message on."""
    code = str(response.status_code)
    if response.is_success or response.status_code == 504:
        return SendFailed("O servidor do WhatsApp deu uma resposta que não se entende.", code=code, retry="unknown")
    if response.status_code in (408, 425, 429) or response.status_code >= 500:
        limit: Literal["number"] | None = "number" if response.status_code == 429 else None
        return SendFailed(message, code=code, retry="later", delay=_retry_after(response), limit=limit)
    return SendFailed(message, code=code, retry="never")


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return min(float(value), 3600.0) if value.isascii() and value.isdigit() else 0.0
