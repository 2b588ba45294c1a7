"""A fake provider: an aiohttp server on its own thread and loop, its record of requests, and its faults.

In a test: `with FakeMeta() as meta: ... meta.url`. As a process: `python -m tests.kit.fakes.meta --port 0` prints the address; from
there, or from any process, `GET /_fake` gives the record as JSON and `DELETE /_fake` clears it.
"""

import argparse
import asyncio
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from aiohttp import web


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request.

    `delay` seconds pass first. `reset` then drops the connection, "before" the request takes effect or "after" it; else, where `status`
    is set, that answer is given with `headers` and `body`: an object as JSON, text and bytes as they are. A mere delay ends in the
    usual answer.
    """

    status: int | None = None
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    reset: Literal["before", "after"] | None = None


@dataclass(frozen=True)
class Recorded:
    """One request as it came in; `json` holds a form's fields where it was one."""

    path: str
    headers: dict[str, str]
    json: Any


class FakeServer:
    """Base of the fakes. A subclass adds its routes in `routes`, and keeps what it saw in lists that `record` names."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.requests: list[Recorded] = []
        self._host, self._port = host, port
        self._changed = threading.Condition()
        self._faults: list[Fault] = []
        self._file_faults: list[Fault] = []
        self._rule: Callable[[Any], Fault | None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def routes(self) -> list[web.RouteDef]:
        raise NotImplementedError

    def record(self) -> dict[str, Any]:
        """Return what `GET /_fake` answers."""
        return {"requests": [vars(r) for r in self.requests]}

    def clear(self) -> None:
        """Forget requests and faults."""
        self.requests.clear()
        self._faults.clear()
        self._file_faults.clear()
        self._rule = None

    # Faults

    def fail_next(self, *faults: Fault) -> None:
        """Give the next requests one fault each; then all is well again."""
        self._faults.extend(faults)

    def fail_next_files(self, *faults: Fault) -> None:
        """Give the next requests for a file one fault each, where the fake has files; faults of before are forgotten."""
        self._file_faults[:] = faults

    async def meet_file(self, request: web.Request) -> web.Response | None:
        """Record a request for a file, and let its fault happen."""
        self.requests.append(Recorded(request.path, dict(request.headers), None))
        self.changed()
        return await self.meet(request, self._file_faults.pop(0) if self._file_faults else Fault())

    def fail_when(self, rule: Callable[[Any], Fault | None] | None) -> None:
        """Ask `rule` about the JSON of every request; None from it means no fault."""
        self._rule = rule

    def fault_for(self, body: Any) -> Fault:
        """Return the fault that a request meets; an empty one for none."""
        if self._faults:
            return self._faults.pop(0)
        return (self._rule(body) if self._rule else None) or Fault()

    # Waiting

    def changed(self) -> None:
        """Wake whoever waits for something to have been recorded."""
        with self._changed:
            self._changed.notify_all()

    def wait_until(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Block until a condition on the record holds. Raises AssertionError after `timeout` seconds."""
        with self._changed:
            assert self._changed.wait_for(condition, timeout), f"{type(self).__name__} did not see it within {timeout:g} s"

    async def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """`wait_until` for coroutines."""
        await asyncio.to_thread(self.wait_until, condition, seconds)

    # Life

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self._port}"

    def start(self) -> Self:
        ready: list[BaseException | None] = []
        done = threading.Event()

        def run() -> None:
            loop = self._loop = asyncio.new_event_loop()
            runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
            try:
                loop.run_until_complete(self._listen(runner))
                ready.append(None)
            except OSError as error:
                ready.append(error)
                return
            finally:
                done.set()
            loop.run_forever()
            loop.run_until_complete(runner.cleanup())
            loop.close()

        self._thread = threading.Thread(target=run, name=type(self).__name__, daemon=True)
        self._thread.start()
        done.wait()
        if ready[0]:
            raise ready[0]
        return self

    def stop(self) -> None:
        if self._loop and self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=16 * 2**20)
        app.add_routes([web.get("/_fake", self._show), web.delete("/_fake", self._forget), *self.routes()])
        return app

    async def _listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        await web.TCPSite(runner, self._host, self._port).start()
        self._port = runner.addresses[0][1]

    async def _show(self, request: web.Request) -> web.Response:
        return web.json_response(self.record())

    async def _forget(self, request: web.Request) -> web.Response:
        self.clear()
        return web.Response(status=204)

    async def read(self, request: web.Request) -> Any:
        """Return the JSON of a request, or the fields of a form, recorded."""
        is_form = request.content_type == "application/x-www-form-urlencoded"
        body = dict(await request.post()) if is_form else await request.json()
        self.requests.append(Recorded(request.path, dict(request.headers), body))
        self.changed()
        return body

    async def meet(self, request: web.Request, fault: Fault) -> web.Response | None:
        """Let a fault happen; None where the request still takes effect."""
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.reset == "before":
            return reset(request)
        return answer(fault) if fault.status is not None else None


def answer(fault: Fault) -> web.Response:
    """Return the answer that a fault gives."""
    if isinstance(fault.body, bytes):
        return web.Response(status=fault.status or 200, body=fault.body, headers=fault.headers)
    if isinstance(fault.body, str):
        return web.Response(status=fault.status or 200, text=fault.body, headers=fault.headers)
    return web.json_response(fault.body, status=fault.status or 200, headers=fault.headers)


def reset(request: web.Request) -> web.Response:
    """Drop the connection with a TCP reset; the returned answer goes nowhere."""
    transport = request.transport
    if transport is not None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


def parser(description: str) -> argparse.ArgumentParser:
    """Return the options that every fake has as a command."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=0, help="0: any free port")
    return options


def serve(fake: FakeServer) -> None:
    """Run until SIGINT or SIGTERM; prints the address first."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with fake:
        sys.stdout.write(fake.url + "\n")
        sys.stdout.flush()
        stopped.wait()
