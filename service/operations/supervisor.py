"""`patas up`: servers, schema, demo shop, and the three processes of Patas, kept alive together and stopped together."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.operations import migrations
from service.operations.embedded import OwnedServers, Urls, alone, owned_servers
from service.operations.processes import end, kill_group, spawn, stop_signals
from service.platform import secrets
from service.platform.addresses import is_loopback
from service.platform.errors import Conflict, Misconfigured
from service.platform.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COMMANDS: Mapping[str, Sequence[str]] = {
    name: [sys.executable, "-m", "service.operations.cli", name] for name in ("api", "worker", "scheduler")
}

TICK_SECONDS = 0.2
STOP_SECONDS = 30.0
PORT_SECONDS = 3.0  # the web process of a supervisor killed a moment ago is still going
# Wait before a restart: doubles with each early death, and is forgotten once a child has lived for a minute.
FIRST_WAIT, LONGEST_WAIT, STEADY_AFTER = 0.5, 30.0, 60.0

Say = Callable[[str], None]


@dataclass(slots=True)
class Child:
    """One of our processes, started again whenever it ends."""

    name: str
    arguments: Sequence[str]
    env: Mapping[str, str]
    say: Say
    process: subprocess.Popen[bytes] | None = None
    due: float = 0.0
    started: float = 0.0
    wait: float = field(default=FIRST_WAIT)

    def tend(self, now: float) -> None:
        """Start it when it is due; note its death and set the time of its return. `now` is on the monotonic clock."""
        if self.process is None:
            if now >= self.due:
                self.process = spawn(self.arguments, env=self.env)
                self.started = now
        elif (code := self.process.poll()) is not None:
            kill_group(self.process)  # a master killed outright leaves its workers behind
            if now - self.started > STEADY_AFTER:
                self.wait = FIRST_WAIT
            self.say(f"{self.name} ended with {_reason(code)}; starting it again in {self.wait:g} s.")
            self.process, self.due = None, now + self.wait
            self.wait = min(self.wait * 2, LONGEST_WAIT)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


def run(settings: Settings, say: Say, *, commands: Mapping[str, Sequence[str]] = COMMANDS) -> None:
    """Run Patas until SIGINT, SIGTERM or SIGHUP, then stop all of it. `say` gets the lines meant for the person at the terminal.

    Raises Conflict where the port or the data folder is taken, Misconfigured where a server or the schema can't be had; nothing is
    left running then.
    """
    with stop_signals() as stop, alone(settings.data_dir):
        refuse_used_port(settings)
        with owned_servers(settings) as servers:
            if not stop.is_set():
                _run(settings, servers, stop, say, commands)


def _run(settings: Settings, servers: OwnedServers, stop: threading.Event, say: Say, commands: Mapping[str, Sequence[str]]) -> None:
    migrations.prepare(servers.urls.database_url, say)
    _announce_token(settings, say)
    env = child_environment(settings, servers.urls, say)
    children = [Child(name, arguments, env, say) for name, arguments in commands.items()]
    try:
        _tend(children, servers, settings, stop, say)
    finally:
        say("Stopping.")
        _stop(children)


def refuse_used_port(settings: Settings, *, patience: float = PORT_SECONDS) -> None:
    """Raise Conflict where PORT stays in use for `patience` seconds, Misconfigured where it or HOST can't be listened on at all."""
    deadline = time.monotonic() + patience
    while not _port_is_free(settings):
        if time.monotonic() > deadline:
            raise Conflict(f"PORT: {settings.port} is already in use on {settings.host}; set PORT to a free one.")
        time.sleep(0.1)


def _port_is_free(settings: Settings) -> bool:
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise Misconfigured(f"HOST: {settings.host} is not an address.") from error
    except PermissionError as error:
        raise Misconfigured(f"PORT: {settings.port} needs more rights than this user has; set PORT to one above 1023.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise Misconfigured(f"HOST: can't listen on {settings.host} ({error.strerror}).") from error
    return True


def _metrics_folder(settings: Settings) -> Path:
    """Make an empty folder in which the children share their metrics, so that /metrics shows the worker's too."""
    folder = settings.data_dir.absolute() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def child_environment(settings: Settings, urls: Urls, say: Say) -> dict[str, str]:
    """Return what the children run with: our environment, the servers' addresses, and what `up` adds where nobody decided otherwise."""
    env = dict(os.environ)  # handed on, not read
    env |= {
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "PATAS_DATA_DIR": str(settings.data_dir.absolute()),
        "HOST": settings.host,
        "PORT": str(settings.port),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH", "")])),
        "PYTHONUNBUFFERED": "1",
        "PROMETHEUS_MULTIPROC_DIR": str(_metrics_folder(settings)),
    }
    here = is_loopback(settings.host)
    if here and "simulator" not in settings.model_fields_set:
        env["PATAS_SIMULATOR"] = "1"
    if settings.simulator and not (here or settings.simulator_open):
        say("The simulator has no sign-in and is not served to other machines: PATAS_SIMULATOR_OPEN=1 serves it all the same.")
    if settings.offline_model or ("offline_model" not in settings.model_fields_set and not settings.openai_api_key):
        env["PATAS_OFFLINE_MODEL"] = "1"
        say("No OPENAI_API_KEY: the OFFLINE MODEL answers, a few fixed rules for trying things out.")
    return env


def _announce_token(settings: Settings, say: Say) -> None:
    path = secrets.api_token_path(settings)
    known = bool(settings.api_token) or path.exists()
    token = secrets.api_token(settings)
    if not known:
        say(f"Bearer token of /api, kept in {path}: {token}")


def _tend(children: Sequence[Child], servers: OwnedServers, settings: Settings, stop: threading.Event, say: Say) -> None:
    announced = False
    while not stop.is_set():
        for name in servers.revive(settings.data_dir):
            say(f"{name} had died and runs again.")
        for child in children:
            child.tend(time.monotonic())
        if not announced and all(child.alive() for child in children) and _listens(settings):
            say(f"Patas is at {address(settings)} (Ctrl-C stops it).")
            announced = True
        stop.wait(TICK_SECONDS)


def address(settings: Settings) -> str:
    """Return the address to open in a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    return f"http://{host}:{settings.port}"


def _listens(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    try:
        socket.create_connection((host, settings.port), timeout=1).close()
    except OSError:
        return False
    return True


def _stop(children: Sequence[Child]) -> None:
    processes = [child.process for child in children if child.process]
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            end(process, signal.SIGKILL, patience=5)
        kill_group(process)


def _reason(code: int) -> str:
    return f"code {code}" if code >= 0 else signal.Signals(-code).name
