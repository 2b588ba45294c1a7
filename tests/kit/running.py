"""Patas' own processes, as an installation runs them: the web process and the Dramatiq worker, against the fakes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
APP_SECRET = "app-secret-of-the-tests"
VERIFY_TOKEN = "verify-token-of-the-tests"
API_TOKEN = "api-token-of-the-tests"


@dataclass
class Running:
    """The processes by name, and where the web process answers."""

    url: str
    env: Mapping[str, str]
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start `api` or `worker`, its output in a file of that name."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "service.operations.cli", name],
                cwd=ROOT,
                env=dict(self.env),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.processes[name]

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        """Signal a process and its children, and wait for it to end."""
        process = self.processes.pop(name)
        os.killpg(process.pid, how) if how == signal.SIGKILL else process.send_signal(how)
        return process.wait(30)

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text()

    def until_ready(self, seconds: float = 60.0) -> None:
        """Wait for the web process to say that it is ready."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.processes["api"].poll() is None, self.log("api")
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.log("api"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, *, processes: Sequence[str] = ("api", "worker"), **settings: str) -> Iterator[Running]:
    """Run the web process and a worker with these environment variables, until the block ends."""
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
    env = kept | {
        "PYTHONPATH": str(ROOT),
        "PATAS_DATA_DIR": str(folder / "data"),
        "PORT": str(port),
        "WHATSAPP_APP_SECRET": APP_SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
        "WHATSAPP_ACCESS_TOKEN": "meta-token",
        "PATAS_API_TOKEN": API_TOKEN,
        "OPENAI_API_KEY": "test",
        "PATAS_QUIET_WINDOW": "0",
        "PATAS_QUIET_CAP": "0",
        "PATAS_WORKER_THREADS": "4",
        "PATAS_VOICE": "off",
        **settings,
    }
    system = Running(f"http://127.0.0.1:{port}", env, folder)
    try:
        for name in processes:
            system.start(name)
        system.until_ready()
        yield system
    finally:
        for process in system.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in system.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(5)
