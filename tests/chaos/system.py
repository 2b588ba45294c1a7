"""The system under test: two workers, web process and scheduler under a watchdog, Postgres and Redis that are revived when they die."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from service.operations import migrations
from service.operations.embedded import Server, start_postgres, start_redis
from service.operations.processes import spawn
from tests.kit.running import API_TOKEN, APP_SECRET, ROOT, VERIFY_TOKEN, free_port

WORKERS = ("worker-1", "worker-2")
THREADS = 16
# More groomers than anybody wants at once: what is measured here is not the agenda.
ROOM = """
with more as (
  insert into resources (organization_id, name, kind)
  select '00000000-0000-4000-8000-000000000001', 'Tosador ' || n, 'groomer' from generate_series(100, 160) n returning id, organization_id
)
insert into service_resources (organization_id, service_id, resource_id)
select more.organization_id, s.id, more.id from more join services s on s.organization_id = more.organization_id where s.name = 'Banho'
"""


class System:
    """Runs while the block does. Whatever dies is started again, as a supervisor would."""

    def __init__(self, folder: Path, *, openai_url: str, meta_url: str) -> None:
        self.folder = folder
        self.armed = folder / "armed"
        self.armed.mkdir(parents=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.openai_url, self.meta_url = openai_url, meta_url
        self.restarts = 0
        self._lock = threading.RLock()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._over = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.postgres: Server = start_postgres(self.folder / "servers")
        self.redis: Server = start_redis(self.folder / "servers", durable=False)
        migrations.migrate(self.postgres.url)
        migrations.apply_seed(self.postgres.url)
        with psycopg.connect(self.postgres.url, autocommit=True) as conn:
            conn.execute(ROOM)
        for name in ("api", "scheduler", *WORKERS):
            self._start(name)
        self._watchdog.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._watchdog.join()
        for process in self._processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self.redis.stop()
        self.postgres.stop()

    @property
    def env(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "PATAS_DATA_DIR": str(self.folder / "data"),
            "PORT": str(self.port),
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.redis.url,
            "OPENAI_BASE_URL": self.openai_url,
            "OPENAI_API_KEY": "test",
            "WHATSAPP_API_URL": self.meta_url,
            "WHATSAPP_APP_SECRET": APP_SECRET,
            "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "WHATSAPP_ACCESS_TOKEN": "meta-token",
            "PATAS_API_TOKEN": API_TOKEN,
            "PATAS_QUIET_WINDOW": "0.3",
            "PATAS_QUIET_CAP": "2",
            "PATAS_MODEL_TIMEOUT": "2",
            "PATAS_CHANNEL_TIMEOUT": "2",
            "PATAS_LEASE_SECONDS": "6",
            "PATAS_SWEEP_INTERVAL": "2",
            "PATAS_SEND_DEADLINE": "20",
            "PATAS_SHUTDOWN_SECONDS": "1",
            "PATAS_WORKER_THREADS": str(THREADS),
            "CHAOS_ARMED": str(self.armed),
            "dramatiq_worker_timeout": "100",
        }

    # What can be done to it

    def signal(self, name: str, how: signal.Signals) -> None:
        """Signal a process and all that it started."""
        with self._lock:
            os.killpg(self._processes[name].pid, how)

    def terminate(self, name: str) -> None:
        """Ask a process to end; the watchdog starts its successor."""
        with self._lock:
            self._processes[name].terminate()

    def kill_server(self, server: Server) -> None:
        """SIGKILL; the watchdog revives it at the same address."""
        os.killpg(server.process.pid, signal.SIGKILL)

    def cut_connections(self) -> None:
        """End every connection to Postgres and to Redis."""
        with psycopg.connect(self.postgres.url, autocommit=True) as conn:
            conn.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'"
            )
        with Redis.from_url(self.redis.url) as client:
            client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

    def flush_redis(self) -> None:
        try:
            with Redis.from_url(self.redis.url) as client:
                client.flushall()
        except RedisError:
            return

    def arm(self, point: str) -> None:
        (self.armed / f"{point}.fired").unlink(missing_ok=True)
        (self.armed / point).touch()

    def fired(self, point: str) -> bool:
        return (self.armed / f"{point}.fired").exists()

    def disarm(self) -> None:
        shutil.rmtree(self.armed)
        self.armed.mkdir()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    # The watchdog

    def _start(self, name: str) -> None:
        command = [sys.executable, "-m", "service.operations.cli", name]
        if name in WORKERS:
            command = [sys.executable, "-m", "dramatiq", "tests.chaos.worker", "--path", str(ROOT), "--skip-logging"]
            command += ["--processes", "1", "--threads", str(THREADS), "--worker-shutdown-timeout", "10000"]
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = spawn(command, env=self.env, output=log)

    def _watch(self) -> None:
        while not self._over.is_set():
            with self._lock:
                for name, process in self._processes.items():
                    if process.poll() is not None:
                        self.restarts += 1
                        self._start(name)
                if not self.postgres.alive():
                    self.postgres = start_postgres(self.folder / "servers")
                if not self.redis.alive():
                    self.redis = start_redis(self.folder / "servers", durable=False)
            time.sleep(0.1)
