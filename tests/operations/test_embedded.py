"""The embedded servers, for real: started, stopped, killed, shared, and started again over the same data."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from pydantic import SecretStr

from service.operations import embedded
from service.operations.data_folder import read_state
from service.platform import secrets
from service.platform.errors import Conflict, Misconfigured
from service.platform.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database_url=None, redis_url=None, data_dir=tmp_path / "data")


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[embedded.Server]:
    server = embedded.start_postgres(tmp_path / "data", durable=False)
    yield server
    server.stop()


def show(url: str, name: str) -> str:
    with psycopg.connect(url) as conn:
        row = conn.execute("select current_setting(%s)", [name]).fetchone()
    assert row
    return row[0]


def test_postgres_has_a_utf8_database_of_ours(postgres: embedded.Server) -> None:
    with psycopg.connect(postgres.url) as conn:
        row = conn.execute(
            "select datname, pg_encoding_to_char(encoding), datlocale, lower('ÁÉÇ') from pg_database where datname = current_database()"
        ).fetchone()
    assert row == ("patas", "UTF8", "C.UTF-8", "áéç")
    assert show(postgres.url, "listen_addresses") == "127.0.0.1"
    assert show(postgres.url, "fsync") == "off"


def test_a_wrong_password_is_refused(postgres: embedded.Server, tmp_path: Path) -> None:
    password = (tmp_path / "data" / "secret").read_text().strip()
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url.replace(password, "x"))


def test_redis_asks_for_a_password(tmp_path: Path) -> None:
    server = embedded.start_redis(tmp_path, durable=False)
    try:
        port = read_state(tmp_path, "redis").port or 0
        with redis.Redis(port=port) as client, pytest.raises(redis.AuthenticationError):
            client.ping()
        assert (tmp_path / "secret").read_text().strip() not in " ".join(psutil.Process(server.pid).cmdline())
    finally:
        server.stop()


def test_the_default_waits_for_the_disk_and_keeps_what_was_written(tmp_path: Path) -> None:
    postgres, cache = embedded.start_postgres(tmp_path), embedded.start_redis(tmp_path)
    assert show(postgres.url, "fsync") == "on"
    assert show(postgres.url, "synchronous_commit") == "on"
    with psycopg.connect(postgres.url) as conn:
        conn.execute("create table kept as select 42 as answer")
    with redis.Redis.from_url(cache.url) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        client.set("kept", "42")
    first = postgres.url, cache.url
    for server in (postgres, cache):
        server.stop()
        server.stop()
        assert not psutil.pid_exists(server.pid)

    postgres, cache = embedded.start_postgres(tmp_path), embedded.start_redis(tmp_path)
    try:
        assert (postgres.url, cache.url) == first
        with psycopg.connect(postgres.url) as conn:
            assert conn.execute("select answer from kept").fetchone() == (42,)
        with redis.Redis.from_url(cache.url) as client:
            assert client.get("kept") == b"42"
    finally:
        postgres.stop()
        cache.stop()


def test_committed_rows_survive_a_server_killed_outright(tmp_path: Path) -> None:
    server = embedded.start_postgres(tmp_path)
    with psycopg.connect(server.url) as conn:
        conn.execute("create table kept as select 42 as answer")
    os.kill(server.pid, signal.SIGKILL)
    server.process.wait()
    assert (tmp_path / "postgres" / "postmaster.pid").exists()

    server = embedded.start_postgres(tmp_path)
    try:
        with psycopg.connect(server.url) as conn:
            assert conn.execute("select answer from kept").fetchone() == (42,)
    finally:
        server.stop()


def test_a_stale_pid_of_an_innocent_process_is_left_alone(tmp_path: Path) -> None:
    embedded.start_postgres(tmp_path, durable=False).stop()
    with subprocess.Popen(["sleep", "600"]) as innocent:
        try:
            (tmp_path / "postgres" / "postmaster.pid").write_text(f"{innocent.pid}\n{tmp_path}\n1\n5432\n\n127.0.0.1\n\nready\n")
            state = (tmp_path / "postgres.json").read_text()
            (tmp_path / "postgres.json").write_text(state.replace(str(read_state(tmp_path, "postgres").pid), str(innocent.pid)))
            server = embedded.start_postgres(tmp_path, durable=False)
            server.stop()
            assert innocent.poll() is None
        finally:
            innocent.kill()


def test_an_interrupted_first_start_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    embedded.start_postgres(tmp_path, durable=False).stop()
    assert (tmp_path / "postgres" / "base").is_dir()
    assert not (tmp_path / "postgres.new").exists()


def test_data_of_another_major_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Misconfigured, match="made by Postgres 9"):
        embedded.start_postgres(tmp_path)


def test_two_folders_have_two_servers(tmp_path: Path) -> None:
    one, two = embedded.start_redis(tmp_path / "a", durable=False), embedded.start_redis(tmp_path / "b", durable=False)
    one.stop()
    assert two.alive()
    two.stop()
    assert one.url != two.url


def test_given_addresses_win_and_start_nothing(tmp_path: Path) -> None:
    given = Settings(_env_file=None, database_url="postgresql://elsewhere/x", redis_url="redis://elsewhere/0", data_dir=tmp_path / "data")
    with embedded.servers(given) as urls:
        assert urls == embedded.Urls("postgresql://elsewhere/x", "redis://elsewhere/0")
    assert not (tmp_path / "data").exists()


def test_only_the_missing_server_is_started(tmp_path: Path) -> None:
    given = Settings(_env_file=None, database_url="postgresql://elsewhere/x", redis_url=None, data_dir=tmp_path)
    with embedded.servers(given) as urls:
        assert urls.database_url == "postgresql://elsewhere/x"
        with redis.Redis.from_url(urls.redis_url) as client:
            assert client.ping()
    assert not (tmp_path / "postgres").exists()


def test_a_second_command_attaches_and_leaves_the_servers_running(settings: Settings) -> None:
    assert embedded.running(settings) is None
    with embedded.servers(settings) as owner:
        assert embedded.running(settings) == owner
        with embedded.servers(settings) as guest:
            assert guest == owner
        psycopg.connect(owner.database_url).close()
        with pytest.raises(Conflict, match="Another Patas process"), embedded.owned_servers(settings, patience=0):
            pass
    assert embedded.running(settings) is None


def test_dead_servers_are_revived_at_the_same_address(settings: Settings) -> None:
    with embedded.owned_servers(settings) as owned:
        for server in owned.started.values():
            os.kill(server.pid, signal.SIGKILL)
            server.process.wait()
        assert owned.revive(settings.data_dir) == ["Postgres", "Redis"]
        assert owned.revive(settings.data_dir) == []
        assert embedded.running(settings) == owned.urls


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_servers_do_not_outlive_an_owner_killed_outright(settings: Settings) -> None:
    code = (
        "import sys, time; from pathlib import Path; from service.operations import embedded; d = Path(sys.argv[1]);"
        "a, b = embedded.start_postgres(d), embedded.start_redis(d); print(a.pid, b.pid, flush=True); time.sleep(600)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", code, str(settings.data_dir)]
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        pids = [int(pid) for pid in owner.stdout.readline().split()]
        owner.kill()
    assert len(pids) == 2
    with embedded.servers(settings) as urls:  # at once: also while they are still going
        psycopg.connect(urls.database_url).close()
    until(lambda: not any(psutil.pid_exists(pid) for pid in pids))


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who must hand over to another user")
def test_root_serves_from_a_home_that_nobody_else_may_enter(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    before = {folder: folder.stat().st_mode for folder in (home, *home.parents)}
    server = embedded.start_postgres(home / "clone" / ".patas", durable=False)
    try:
        assert psutil.Process(server.pid).uids().effective != 0
        assert (home / "clone" / ".patas" / "postgres" / "PG_VERSION").exists()
    finally:
        server.stop()
    assert before == {folder: folder.stat().st_mode for folder in (home, *home.parents)}


def test_the_api_token_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, api_token=None, data_dir=tmp_path / "data")
    token = secrets.api_token(settings)
    assert len(token) >= 32
    assert secrets.api_token(settings) == token
    assert stat.S_IMODE(secrets.api_token_path(settings).stat().st_mode) == 0o600
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["api_token"]
    given = Settings(_env_file=None, api_token="given", data_dir=tmp_path / "other")
    assert secrets.api_token(given) == "given"


@pytest.mark.parametrize(
    ("host", "taken"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.168.0.9", False)]
)
def test_a_token_that_can_be_guessed_is_for_this_machine_alone(tmp_path: Path, host: str, taken: bool) -> None:
    long = Settings(_env_file=None, api_token="x" * secrets.SHORTEST_TOKEN, data_dir=tmp_path, host=host)
    short = long.model_copy(update={"api_token": SecretStr("x" * (secrets.SHORTEST_TOKEN - 1))})
    assert secrets.api_token(long)
    if taken:
        assert secrets.api_token(short)
    else:
        with pytest.raises(Misconfigured, match="PATAS_API_TOKEN"):
            secrets.api_token(short)
    assert not (tmp_path / "other").exists()
