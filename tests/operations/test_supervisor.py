"""`patas up` as a process of its own, with real servers; its three children are stand-ins that note their pids."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from service.operations import embedded, supervisor
from service.platform.errors import Conflict, Misconfigured
from service.platform.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import os, subprocess, sys, socketserver, threading
from pathlib import Path
name, notes = sys.argv[1], Path(sys.argv[2])
if name == "worker":  # a master with a worker below it, as dramatiq has
    below = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    (notes / f"below-{below.pid}").touch()
draft = notes / f".{name}-{os.getpid()}"
draft.write_text("\\n".join(f"{k}={v}" for k, v in os.environ.items()))
draft.rename(notes / draft.name[1:])
if name == "api":
    socketserver.TCPServer.allow_reuse_address = True
    socketserver.TCPServer(("127.0.0.1", int(os.environ["PORT"])), socketserver.BaseRequestHandler).serve_forever()
threading.Event().wait()
"""

UP = """
import json, sys
from service.operations import supervisor
from service.platform.errors import AppError
from service.platform.settings import get_settings
commands = json.loads(sys.argv[1])
try:
    supervisor.run(get_settings(), lambda line: print(line, flush=True), commands=commands)
except AppError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


class Installation:
    """A data folder, a port, and the `up` processes started over them."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "notes"
        self.notes.mkdir()
        self.data = folder / "data"
        self.output = folder / "output"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.started: list[subprocess.Popen[str]] = []

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=None, database_url=None, redis_url=None, data_dir=self.data, port=self.port)

    def up(self, **more: str) -> subprocess.Popen[str]:
        unset = ("DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "PATAS_API_TOKEN", "PATAS_SIMULATOR", "PATAS_OFFLINE_MODEL")
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        environment |= {"PYTHONPATH": str(ROOT), "PATAS_DATA_DIR": str(self.data), "PORT": str(self.port), "HOST": "127.0.0.1", **more}
        commands = {name: [sys.executable, "-c", CHILD, name, str(self.notes)] for name in ("api", "worker", "scheduler")}
        with self.output.open("w") as output:
            arguments = [sys.executable, "-c", UP, json.dumps(commands)]
            process = subprocess.Popen(
                arguments, env=environment, stdout=output, stderr=subprocess.PIPE, text=True, cwd=self.notes, start_new_session=True
            )
        self.started.append(process)
        return process

    def ready(self) -> None:
        until(lambda: f"Patas is at http://127.0.0.1:{self.port}" in self.said() or self.started[-1].poll() is not None)
        assert self.started[-1].poll() is None, self.started[-1].communicate()
        until(lambda: all(self.pids(name) for name in ("api", "worker", "scheduler")))

    def said(self) -> str:
        return self.output.read_text()

    def pids(self, name: str) -> list[int]:
        """Return the pids that children of this name ever noted and that live."""
        noted = [int(note.name.removeprefix(f"{name}-")) for note in self.notes.glob(f"{name}-*")]
        return [pid for pid in noted if alive(pid)]

    def environment(self, name: str) -> dict[str, str]:
        (pid,) = self.pids(name)
        return dict(line.split("=", 1) for line in (self.notes / f"{name}-{pid}").read_text().splitlines() if "=" in line)

    def leftovers(self) -> list[int]:
        return [pid for name in ("api", "worker", "scheduler", "below") for pid in self.pids(name)]


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(holds: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        if process.stderr:
            process.stderr.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stops_cleanly_and_leaves_no_process_behind(installation: Installation, how: signal.Signals) -> None:
    up = installation.up()
    installation.ready()
    assert len(installation.leftovers()) == 4
    up.send_signal(how)
    up.send_signal(how)  # a terminal and make both pass it on
    assert up.wait(60) == 0
    assert installation.leftovers() == []
    assert embedded.running(installation.settings) is None


def test_first_start_prepares_and_the_second_finds_its_data(installation: Installation) -> None:
    up = installation.up()
    installation.ready()
    said = installation.said()
    assert "Applied migration" in said
    assert "demo shop" in said
    assert "OFFLINE MODEL" in said
    token = (installation.data / "api_token").read_text().strip()
    assert said.count(token) == 1
    urls = embedded.running(installation.settings)
    assert urls
    for name in ("api", "worker", "scheduler"):
        environment = installation.environment(name)
        assert environment["DATABASE_URL"] == urls.database_url
        assert environment["REDIS_URL"] == urls.redis_url
        assert environment["PATAS_SIMULATOR"] == environment["PATAS_OFFLINE_MODEL"] == "1"
    with psycopg.connect(urls.database_url) as conn:
        conn.execute("update public.organizations set name = 'Renomeada'")
    up.terminate()
    assert up.wait(60) == 0

    installation.up(OPENAI_API_KEY="k", PATAS_SIMULATOR="0")
    installation.ready()
    assert token not in installation.said()
    assert "Applied" not in installation.said()
    assert "OFFLINE" not in installation.said()
    assert installation.environment("api")["PATAS_SIMULATOR"] == "0"
    assert "PATAS_OFFLINE_MODEL" not in installation.environment("worker")
    urls = embedded.running(installation.settings)
    assert urls
    with psycopg.connect(urls.database_url) as conn:
        assert conn.execute("select name from public.organizations").fetchall() == [("Renomeada",)]


@pytest.mark.parametrize(
    ("changes", "served", "told"),
    [
        ({}, "1", False),
        ({"host": "0.0.0.0"}, None, False),
        ({"host": "0.0.0.0", "simulator": True}, None, True),
        ({"host": "0.0.0.0", "simulator": True, "simulator_open": True}, None, False),
    ],
    ids=["here", "elsewhere", "asked for once", "asked for twice"],
)
def test_only_on_this_machine_the_simulator_comes_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], served: str | None, told: bool
) -> None:
    monkeypatch.delenv("PATAS_SIMULATOR", raising=False)
    said: list[str] = []
    settings = Settings(_env_file=None, data_dir=tmp_path, **changes)
    environment = supervisor.child_environment(settings, embedded.Urls("postgresql://h/d", "redis://h"), said.append)
    assert environment.get("PATAS_SIMULATOR") == served
    assert any("PATAS_SIMULATOR_OPEN" in line for line in said) == told


def test_a_child_that_dies_is_started_again_with_nothing_of_it_left(installation: Installation) -> None:
    installation.up()
    installation.ready()
    (master,), (below,) = installation.pids("worker"), installation.pids("below")
    os.kill(master, signal.SIGKILL)
    until(lambda: installation.pids("worker") and not alive(below))
    assert not alive(master)
    assert "worker ended with SIGKILL" in installation.said()
    assert len(installation.leftovers()) == 4


def test_a_server_that_dies_is_started_again_at_its_address(installation: Installation) -> None:
    up = installation.up()
    installation.ready()
    urls = embedded.running(installation.settings)
    (server,) = [child for child in psutil.Process(up.pid).children() if child.name() == "postgres"]
    server.kill()
    until(lambda: "Postgres had died" in installation.said())
    assert embedded.running(installation.settings) == urls


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_killed_outright_it_takes_its_children_along_and_starts_again(installation: Installation) -> None:
    up = installation.up()
    installation.ready()
    children = installation.pids("api") + installation.pids("worker") + installation.pids("scheduler")
    up.kill()
    up.wait()
    installation.up()
    installation.ready()
    until(lambda: not any(alive(pid) for pid in children))
    assert embedded.running(installation.settings)


def test_a_used_port_is_one_sentence_and_nothing_starts(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        up = installation.up()
        _, error = up.communicate(timeout=60)
    assert up.returncode == 2
    assert error.splitlines() == [f"PORT: {installation.port} is already in use on 127.0.0.1; set PORT to a free one."]
    assert not (installation.data / "postgres").exists()
    assert installation.leftovers() == []


def test_a_second_up_on_the_same_folder_is_one_sentence(installation: Installation) -> None:
    first = installation.up()
    installation.ready()
    second = installation.up()
    _, error = second.communicate(timeout=60)
    assert second.returncode == 2
    assert error.count("\n") == 1
    assert "already running" in error
    assert str(installation.data) in error
    assert first.poll() is None
    assert len(installation.leftovers()) == 4


def test_a_child_that_keeps_dying_waits_longer_each_time() -> None:
    said: list[str] = []
    child = supervisor.Child("api", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), said.append)
    now = 0.0
    for _ in range(3):
        child.tend(now)
        assert child.process
        child.process.wait()
        child.tend(now)
        assert child.process is None
        child.tend(child.due - 0.01)
        assert child.process is None
        now = child.due
    assert said == [f"api ended with code 3; starting it again in {wait} s." for wait in ("0.5", "1", "2")]


def test_a_child_that_lived_long_comes_back_soon() -> None:
    said: list[str] = []
    child = supervisor.Child("api", [sys.executable, "-c", ""], dict(os.environ), said.append, wait=16.0)
    child.tend(0.0)
    assert child.process
    child.process.wait()
    child.tend(supervisor.STEADY_AFTER + 1)
    assert said == ["api ended with code 0; starting it again in 0.5 s."]


def test_a_bad_host_is_named(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, host="203.0.113.7", port=18999)
    with pytest.raises(Misconfigured, match="HOST: can't listen"):
        supervisor.refuse_used_port(settings)


def test_the_port_wait_ends(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = Settings(_env_file=None, data_dir=tmp_path, host="127.0.0.1", port=other.getsockname()[1])
        with pytest.raises(Conflict, match="PORT: "):
            supervisor.refuse_used_port(settings, patience=0)
