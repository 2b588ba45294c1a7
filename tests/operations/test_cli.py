"""The `patas` command as a person runs it: in a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from service.operations import embedded, migrations
from tests.kit.command import environment, patas

COMMANDS = ["up", "api", "worker", "scheduler", "migrate", "seed", "chat", "dead", "contact", "knowledge", "doctor"]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, embedded.Server, embedded.Server]]:
    folder = tmp_path_factory.mktemp("data")
    postgres, cache = embedded.start_postgres(folder, durable=False), embedded.start_redis(folder, durable=False)
    yield folder, postgres, cache
    postgres.stop()
    cache.stop()


def test_help_names_every_command(tmp_path: Path) -> None:
    shown = patas(tmp_path, "--help")
    assert shown.returncode == 0
    for command in COMMANDS:
        assert f" {command} " in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [[name] for name in COMMANDS]
    + [["dead", "list"], ["dead", "show"], ["dead", "replay"], ["contact", "export"], ["contact", "erase"], ["knowledge", "import"]],
)
def test_each_command_has_help(arguments: list[str], tmp_path: Path) -> None:
    shown = patas(tmp_path, *arguments, "--help")
    assert shown.returncode == 0
    assert "Usage" in shown.stdout
    assert not (tmp_path / "data").exists()


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    names = "pydantic psycopg redis dramatiq fastapi"
    code = f"import sys, service.operations.cli; print([m for m in {names.split()} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["bark"], "bark"), (["doctor", "--loud"], "--loud"), (["dead", "show"], "dead_letter_id"), (["dead", "show", "x"], "x")],
)
def test_bad_use_exits_with_two_and_says_what(arguments: list[str], word: str, tmp_path: Path) -> None:
    refused = patas(tmp_path, *arguments)
    assert refused.returncode == 2
    assert word in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"PORT": "many"}, "PORT"),
        ({"PATAS_WORKER_THREADS": "0"}, "PATAS_WORKER_THREADS"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1/0"}, "DATABASE_URL"),
        ({"DATABASE_URL": "nonsense", "REDIS_URL": "redis://127.0.0.1:1/0"}, "DATABASE_URL"),
        ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL"),
        ({"REDIS_URL": "redis://127.0.0.1:many/0"}, "REDIS_URL"),
        ({"OPENAI_BASE_URL": "api.openai.com/v1"}, "OPENAI_BASE_URL"),
        ({"PATAS_DATA_DIR": "/dev/null/x"}, "PATAS_DATA_DIR"),
    ],
)
def test_a_bad_setting_is_one_sentence_that_names_it(more: dict[str, str], word: str, tmp_path: Path) -> None:
    refused = patas(tmp_path, "migrate", **more)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"{word}: ")
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stdout == ""


def test_migrate_and_seed_without_a_server_bring_their_own_and_stop_it(tmp_path: Path) -> None:
    first = patas(tmp_path, "migrate")
    assert first.returncode == 0, first.stderr
    assert "Applied" in first.stdout
    again = patas(tmp_path, "migrate").stdout
    assert again.startswith("Nothing to apply: patas at 127.0.0.1:")
    assert again.endswith(f"(the embedded server in {tmp_path / 'data'}: DATABASE_URL is not set).\n")
    for _ in range(2):
        assert patas(tmp_path, "seed").returncode == 0
    postgres = embedded.start_postgres(tmp_path / "data")
    try:
        with psycopg.connect(postgres.url) as conn:
            assert conn.execute("select count(*) from public.organizations").fetchone() == (1,)
    finally:
        postgres.stop()


def test_the_scheduler_wakes_the_sweeper_again_and_again_and_stops_when_asked(
    servers: tuple[Path, embedded.Server, embedded.Server], tmp_path: Path
) -> None:
    _, postgres, cache = servers
    more = {"DATABASE_URL": postgres.url, "REDIS_URL": cache.url, "PATAS_SWEEP_INTERVAL": "0.05", "PATAS_QUEUE_NAMESPACE": "scheduled"}
    command = [sys.executable, "-m", "service.operations.cli", "scheduler"]
    with (
        redis.Redis.from_url(cache.url) as client,
        subprocess.Popen(command, env=environment(tmp_path, **more), cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process,
    ):
        seen: list[str] = []
        while seen.count("maintenance.sweep") < 3:
            popped = client.blpop(["scheduled:default"], timeout=60)
            assert popped, "nothing was enqueued"
            body = client.hget("scheduled:default.msgs", popped[1])
            assert body
            seen.append(json.loads(body)["actor_name"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert seen.count("maintenance.prune") == seen.count("outreach.remind") == 1


def test_the_scheduler_outlives_a_redis_that_is_down(servers: tuple[Path, embedded.Server, embedded.Server], tmp_path: Path) -> None:
    _, postgres, _ = servers
    more = {"DATABASE_URL": postgres.url, "REDIS_URL": "redis://127.0.0.1:1/0", "PATAS_SWEEP_INTERVAL": "0.05"}
    command = [sys.executable, "-m", "service.operations.cli", "scheduler"]
    with subprocess.Popen(command, env=environment(tmp_path, **more), cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        failures = 0
        for line in process.stdout:
            failures += "unreachable" in json.loads(line)["msg"]
            if failures == 4:
                break
        assert failures == 4
        process.terminate()
        assert process.wait(30) == 0


def first_migrations(folder: Path) -> Path:
    folder.mkdir()
    (folder / "20260102000000_second.sql").write_text("insert into public.pets_seen select '100%'; set search_path to nowhere;")
    (folder / "20260101000000_first.sql").write_text("create table public.pets_seen (name text); set role pg_monitor;")
    return folder


def test_migrations_apply_in_order_once_and_stay_applied_up_to_a_failure(tmp_path: Path) -> None:
    postgres = embedded.start_postgres(tmp_path / "pg", durable=False)
    try:
        folder = first_migrations(tmp_path / "migrations")
        assert migrations.pending(postgres.url, folder) == ["20260101000000_first", "20260102000000_second"]
        assert migrations.migrate(postgres.url, folder) == ["20260101000000_first", "20260102000000_second"]
        assert migrations.migrate(postgres.url, folder) == []
        (folder / "20260103000000_third.sql").write_text("create table public.third (); ")
        (folder / "20260104000000_fourth.sql").write_text("create table public.fourth (); select 1/0;")
        with pytest.raises(migrations.Misconfigured, match="20260104000000_fourth failed: division by zero"):
            migrations.migrate(postgres.url, folder)
        assert migrations.pending(postgres.url, folder) == ["20260104000000_fourth"]
        with psycopg.connect(postgres.url) as conn:
            assert conn.execute("select * from public.pets_seen").fetchall() == [("100%",)]
            assert conn.execute("select to_regclass('public.third')::text, to_regclass('public.fourth')").fetchone() == ("third", None)
            history = conn.execute(
                "select version, name, statements from supabase_migrations.schema_migrations order by version"
            ).fetchall()
        assert [row[:2] for row in history] == [("20260101000000", "first"), ("20260102000000", "second"), ("20260103000000", "third")]
        assert history[0][2] == [(folder / "20260101000000_first.sql").read_text()]
    finally:
        postgres.stop()


def test_many_processes_may_migrate_at_once(tmp_path: Path) -> None:
    postgres, cache = embedded.start_postgres(tmp_path / "pg", durable=False), "redis://127.0.0.1:1/0"
    try:
        command = [sys.executable, "-m", "service.operations.cli", "migrate"]
        env = environment(tmp_path, DATABASE_URL=postgres.url, REDIS_URL=cache)
        started = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        said = [process.communicate(timeout=120)[0] for process in started]
        assert [process.returncode for process in started] == [0, 0, 0]
        applied = [line for text in said for line in text.splitlines() if line.startswith("Applied")]
        assert len(applied) == len(set(applied)) == len(list(migrations.MIGRATIONS.glob("*.sql")))
    finally:
        postgres.stop()


def test_a_migration_with_a_wrong_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1_first.sql").write_text("")
    with pytest.raises(migrations.Misconfigured, match="14 digits"):
        migrations._files(tmp_path)


def test_a_file_of_settings_says_on_which_database_a_command_works(tmp_path: Path) -> None:
    postgres, cache = embedded.start_postgres(tmp_path / "own", durable=False), embedded.start_redis(tmp_path / "own", durable=False)
    (tmp_path / "environment").write_text(f"# as systemd reads it\nDATABASE_URL={postgres.url}\nREDIS_URL='{cache.url}'\nPORT=70000\n")
    try:
        migrated = patas(tmp_path, "--env-file", "environment", "migrate", PORT="8000")
        assert (migrated.returncode, migrated.stderr) == (0, "")
        place = f"patas at {urlsplit(postgres.url).netloc.split('@')[1]} (DATABASE_URL)."
        assert migrated.stdout.splitlines()[-1] == f"Up to date now: {place}"
        assert patas(tmp_path, "--env-file", "environment", "migrate", PORT="8000").stdout == f"Nothing to apply: {place}\n"
        assert str(urlsplit(postgres.url).password) not in migrated.stdout
        assert not (tmp_path / "data").exists()
        assert patas(tmp_path, "--env-file", "environment", "migrate").stderr.startswith("PORT: ")
    finally:
        postgres.stop()
        cache.stop()


def test_a_file_of_settings_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    refused = patas(tmp_path, "--env-file", "nowhere", "migrate")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"--env-file: {tmp_path / 'nowhere'} can't be read (No such file or directory).\n"
