"""The HTTP server: what a request may take, before anything of ours sees it."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from service.web.door import LONGEST_HEAD

# Seconds from a connection, or a request's first byte, to its last. What it may be in size, the application says (`LARGEST_BODY`).
REQUEST_SECONDS = 15.0

UNFINISHED = (h11.IDLE, h11.SEND_BODY)
TOO_SLOW = h11.Response(status_code=408, headers=[(b"content-length", b"0"), (b"connection", b"close")], reason=b"Request Timeout")


class Protocol(H11Protocol):
    """HTTP/1.1 that hangs up on who doesn't come to the end of a request."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # asyncio's own transports are of the narrower kind
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state in UNFINISHED:
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        """Say why where no answer has begun, and close; whoever reads the body in the application is told that the caller has gone."""
        self._deadline = None
        if self.transport.is_closing():
            return
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.write(self.conn.send(TOO_SLOW) or b"")
        self.transport.close()


# What uvicorn is told, by whoever runs it.
SERVING: dict[str, Any] = {
    "http": Protocol,
    "ws": "none",
    "h11_max_incomplete_event_size": LONGEST_HEAD,
    "server_header": False,
    "access_log": False,
    "timeout_graceful_shutdown": 3,  # an open live page would otherwise hold us for ever
}
