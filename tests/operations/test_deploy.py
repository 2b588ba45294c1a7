"""What `deploy/` has, tried by its own commands: neither a container engine nor systemd is needed for that."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
import yaml
from psycopg import sql

from service.operations import embedded
from tests.kit.command import environment
from tests.kit.running import ROOT, free_port

DEPLOY = ROOT / "deploy"
HOME = "/opt/patas"
READY = {"worker": "[WORKER] Ready", "scheduler": "[SCHEDULER] Started"}
PROCESSES = ("api", "worker", "scheduler")
# Steps of the image that change the system they run on.
NOT_RUN = ("pip install --no-cache-dir uv", "useradd ")


@pytest.fixture
def given(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Provide an environment with servers that have no schema yet, as a new installation has it."""
    postgres, cache = (
        embedded.start_postgres(tmp_path / "servers", durable=False),
        embedded.start_redis(tmp_path / "servers", durable=False),
    )
    yield environment(
        tmp_path, DATABASE_URL=postgres.url, REDIS_URL=cache.url, PORT=str(free_port()), HOST="127.0.0.1", OPENAI_API_KEY="test"
    ) | {"PYTHONPATH": ""}
    postgres.stop()
    cache.stop()


def stand(commands: Mapping[str, list[str]], env: Mapping[str, str], folder: Path, *, patience: Mapping[str, float]) -> None:
    """Migrate, start the three processes, wait until each is ready, and stop them with SIGTERM within the seconds that they are given."""
    subprocess.run(commands["migrate"], env=env, cwd=folder, check=True, timeout=120)
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in PROCESSES:
            with (folder / f"{name}.log").open("wb") as log:
                started[name] = subprocess.Popen(commands[name], env=env, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        for name, process in started.items():
            until_ready(name, process, folder / f"{name}.log", env["PORT"])
        for name, process in started.items():
            process.send_signal(signal.SIGTERM)
            # uvicorn ends in good order and then by the signal itself.
            assert process.wait(patience[name]) in (0, -signal.SIGTERM), (folder / f"{name}.log").read_text()
    finally:
        for process in started.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def until_ready(name: str, process: "subprocess.Popen[bytes]", log: Path, port: str) -> None:
    """Wait until a process says that it is ready: the web process over HTTP, the others in their log."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        if name in READY and READY[name] in log.read_text():
            return
        try:
            if name == "api" and httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def units() -> dict[str, ConfigParser]:
    """Return the service units by the process that they run."""
    found: dict[str, ConfigParser] = {}
    for path in (DEPLOY / "systemd").glob("patas-*.service"):
        unit = ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read(path)
        found[path.stem.removeprefix("patas-")] = unit
    return found


def test_the_units_start_stand_and_stop(given: dict[str, str], tmp_path: Path) -> None:
    found = units()
    assert set(found) == {*PROCESSES, "migrate"}
    commands = {name: shlex.split(unit["Service"]["ExecStart"].replace(HOME, str(ROOT))) for name, unit in found.items()}
    stand(commands, given, tmp_path, patience={name: float(found[name]["Service"]["TimeoutStopSec"]) for name in PROCESSES})


def test_a_unit_without_a_schema_fails_so_that_systemd_tries_again(given: dict[str, str], tmp_path: Path) -> None:
    found = units()
    for name in ("api", "worker"):
        command = shlex.split(found[name]["Service"]["ExecStart"].replace(HOME, str(ROOT)))
        assert subprocess.run(command, env=given, cwd=tmp_path, capture_output=True, timeout=60).returncode == 2
        assert found[name]["Service"]["Restart"] == "always"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for path in (DEPLOY / "systemd").iterdir():
        (tmp_path / path.name).write_text(path.read_text().replace(HOME, str(ROOT)))
    files = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def steps() -> list[tuple[str, str]]:
    """Return the Containerfile's instructions in order."""
    lines = [line for line in (DEPLOY / "Containerfile").read_text().splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def one(instruction: str) -> str:
    (value,) = [value for name, value in steps() if name == instruction]
    return value


def build(image: Path) -> None:
    """Do what COPY and RUN say, into a folder."""
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    for name, value in steps():
        if name == "COPY":
            *sources, target = value.split()
            for source in sources:
                place = image / target if (ROOT / source).is_dir() else image / target / source
                (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, place)
        elif name == "RUN" and not value.startswith(NOT_RUN):
            # The cache of this machine's uv instead of the package index, as far as it reaches.
            command = [uv if word == "uv" else word for word in shlex.split(value) if word != "--no-cache"]
            subprocess.run(command, cwd=image, check=True, timeout=300, capture_output=True, env={**os.environ, "VIRTUAL_ENV": ""})


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return found


def test_the_image_holds_all_that_the_compose_file_runs(given: dict[str, str], tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.mkdir()
    build(image)
    entry = [word.replace(HOME, str(image)) for word in yaml.safe_load(one("ENTRYPOINT"))]
    assert yaml.safe_load(one("CMD")) == compose()["api"]["command"]
    commands = {name: [*entry, *compose()[name]["command"]] for name in (*PROCESSES, "migrate")}
    patience = {name: float(compose()[name]["stop_grace_period"].removesuffix("s")) for name in PROCESSES}
    stand(commands, given, tmp_path, patience=patience)


def test_the_health_check_of_the_compose_file_tells_a_web_process_that_answers(tmp_path: Path) -> None:
    check = [word.replace(HOME, str(ROOT)) for word in compose()["api"]["healthcheck"]["test"][1:]]
    port = free_port()
    dead = [word.replace(":8000", f":{port}") for word in check]
    assert dead != check
    assert subprocess.run(dead, capture_output=True, timeout=30).returncode != 0


def test_the_compose_file_migrates_first_and_has_one_process_of_each_kind() -> None:
    services = compose()
    assert set(services) == {"postgres", "redis", "migrate", *PROCESSES}
    for name in PROCESSES:
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_every_command_of_the_guide_gives_compose_the_file_with_its_password() -> None:
    guide = (ROOT / "docs" / "deploying.md").read_text()
    commands = re.findall(r"docker compose [^\n`]*", guide)
    assert len(commands) > 5
    assert [command for command in commands if not command.startswith("docker compose --env-file .env -f deploy/compose.yaml ")] == []
    wanted = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    assert {name for name in wanted if f'{name}=$(openssl rand -hex 24)" >> .env' in guide} == wanted


@pytest.mark.parametrize("password", ["a/b@c:d", "p%40#?&' =", "0a1b"])
def test_a_password_of_any_characters_reaches_postgres(password: str, given: dict[str, str], tmp_path: Path) -> None:
    with psycopg.connect(given["DATABASE_URL"], autocommit=True) as conn:
        conn.execute(sql.SQL("alter role postgres password {}").format(password))
    server = urlsplit(given["DATABASE_URL"])
    filled = {
        name: re.sub(r"\$\{POSTGRES_PASSWORD[^}]*\}", lambda _: password, value).replace("postgres:5432", f"127.0.0.1:{server.port}")
        for name, value in compose()["migrate"]["environment"].items()
    }
    done = subprocess.run(
        [ROOT / ".venv/bin/patas", *compose()["migrate"]["command"]],
        env={**given, **filled, "REDIS_URL": given["REDIS_URL"]}, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"Up to date now: patas at 127.0.0.1:{server.port} (DATABASE_URL).\n")


@pytest.mark.skipif(
    shutil.which("docker") is None or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode != 0,
    reason="docker compose is not installed here",
)
def test_compose_reads_the_file() -> None:
    done = subprocess.run(
        ["docker", "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"],
        env={**os.environ, "POSTGRES_PASSWORD": "test"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
