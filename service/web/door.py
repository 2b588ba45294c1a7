"""The door of the web process: by which names it is called, how long what comes before a body may be, and what every answer carries."""

import re
from collections.abc import Iterable
from uuid import uuid4

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.platform import addresses
from service.platform import log as logs
from service.platform.settings import Settings

LONGEST_URL = 8192
# Bytes of a request's address and headers together; what comes in several pieces the server itself cuts off there.
LONGEST_HEAD = 16 * 1024

# Whoever calls these proves by a signature or a secret who they are, whatever they call us.
PROVEN = "/webhook"

# A page says itself what it loads; nothing else is a page, whatever a browser takes it for.
EVERY_ANSWER = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_HOST = re.compile(r"(?P<name>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.IGNORECASE)


def host_of(headers: Headers) -> str | None:
    """Return the name by which a request calls us, in lower case and without the port; None where it is none."""
    found = _HOST.fullmatch(headers.get("host", ""))
    return found["name"].lower().rstrip(".") if found else None


class Door:
    """Gives every request an id that its log lines, its rows and its answer carry, and refuses who calls us by a foreign name.

    Another site can have its name lead to this machine, and a browser then takes our pages for its own. It can't with an IP address,
    nor with a name without a dot, which nobody owns; every other name is one of `PATAS_HOSTS`.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._names = {settings.host.lower(), *_listed(settings.hosts or "")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        correlation_id = str(uuid4())
        scope.setdefault("state", {})["correlation_id"] = correlation_id

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Correlation-Id"] = correlation_id
                for name, value in EVERY_ANSWER.items():
                    headers.setdefault(name, value)
            await send(message)

        with logs.bound(correlationId=correlation_id):
            await (self._refusal(scope) or self.app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_URL:
            return JSONResponse({"error": f"O endereço passa de {LONGEST_URL} caracteres."}, 414)
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEAD:
            return JSONResponse({"error": f"Os cabeçalhos passam de {LONGEST_HEAD} bytes."}, 431)
        if not scope["path"].startswith(PROVEN) and not self._is_ours(host_of(Headers(scope=scope))):
            return JSONResponse({"error": "Este nome não é desta instalação; inclua-o em PATAS_HOSTS."}, 400)
        return None

    def _is_ours(self, name: str | None) -> bool:
        return name is not None and (name in self._names or "." not in name or addresses.ip(name) is not None)


def _listed(hosts: str) -> Iterable[str]:
    return (name.strip().lower() for name in hosts.split(",") if name.strip())
