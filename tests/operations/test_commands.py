"""Every command where nothing is ready for it: it prepares what it needs, or says in one sentence what to do. Never a traceback."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from service.operations import embedded
from service.platform.settings import Settings
from tests.kit.command import command_names, environment, patas
from tests.kit.running import free_port

NOBODY = "00000000-0000-4000-8000-00000000dead"
ARGUMENTS = {
    "dead show": [NOBODY],
    "dead replay": [NOBODY],
    "contact export": ["5511999990000"],
    "contact erase": ["--yes", "5511999990000"],
    "knowledge import": ["faq.md"],
    "token new": ["TV"],
    "token revoke": [NOBODY],
}
# Concerned with the checkout alone, not with any data: tests/operations/test_voice_command.py has it.
ELSEWHERE = ("voice install",)
NAMES = [name for name in command_names() if name not in ELSEWHERE]
# What each does on an empty data folder: prepares what it needs; shows what is there; runs until it is stopped; or says what to do first.
PREPARING, SHOWING, RUNNING = ("migrate", "seed"), ("doctor",), ("up", "scheduler")
ASKING = [name for name in NAMES if name not in (*PREPARING, *SHOWING, *RUNNING)]


def line_of(name: str) -> list[str]:
    return [*name.split(), *ARGUMENTS.get(name, [])]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faq.md").write_text("## Estacionamento\nTemos vagas.\n")
    return tmp_path


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Servers without any table."""
    folder = tmp_path_factory.mktemp("servers")
    postgres, cache = embedded.start_postgres(folder, durable=False), embedded.start_redis(folder, durable=False)
    yield {"DATABASE_URL": postgres.url, "REDIS_URL": cache.url}
    postgres.stop()
    cache.stop()


def says_one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the sentence of a command that could not do its work."""
    assert done.returncode == 2, done.stderr
    (sentence,) = done.stderr.splitlines()
    assert sentence.endswith(".")
    assert done.stdout == ""
    return sentence


@pytest.mark.parametrize("name", ASKING)
def test_on_an_empty_folder_it_says_what_to_do_and_makes_nothing(name: str, folder: Path) -> None:
    assert "run `patas" in (said := says_one_sentence(patas(folder, *line_of(name)))) or "start it with `patas up`" in said
    assert not (folder / "data").exists()


@pytest.mark.parametrize("name", PREPARING)
def test_on_an_empty_folder_it_prepares_what_it_needs(name: str, folder: Path) -> None:
    done = patas(folder, *line_of(name))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [["doctor"], ["doctor", "--json"], ["doctor", "--json", "--reveal"], ["doctor", "--ask"]])
def test_on_an_empty_folder_it_shows_what_is_there(arguments: list[str], folder: Path) -> None:
    done = patas(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (folder / "data").exists()


@pytest.mark.parametrize(("name", "ready"), [("scheduler", "[SCHEDULER] Started"), ("up", "Patas is at http")])
def test_on_an_empty_folder_it_runs_until_it_is_stopped(name: str, ready: str, folder: Path) -> None:
    command = [sys.executable, "-u", "-m", "service.operations.cli", name]
    env = environment(folder, PORT=str(free_port()))
    with subprocess.Popen(command, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if ready in line:
                process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, said
    assert any(ready in line for line in said), said
    assert "Traceback" not in "".join(said)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in (*PREPARING, *SHOWING, *RUNNING)])
def test_without_the_schema_it_names_the_command_that_makes_it(name: str, folder: Path, bare: dict[str, str]) -> None:
    assert "run `patas migrate` first" in says_one_sentence(patas(folder, *line_of(name), **bare))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("doctor", "scheduler")])
def test_without_an_answer_from_postgres_it_names_the_variable_and_no_password(name: str, folder: Path) -> None:
    given = {"DATABASE_URL": "postgresql://patas:hush-hush@127.0.0.1:1/patas", "REDIS_URL": "redis://:hush-hush@127.0.0.1:1/0"}
    said = says_one_sentence(patas(folder, *line_of(name), PORT=str(free_port()), **given))
    assert said.startswith("DATABASE_URL: ")
    assert "hush" not in said


def damage_nothing_but_the_folder(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "junk").touch()


def leave_half_an_initdb(data: Path) -> None:
    (data / "postgres.new").mkdir()
    (data / "postgres.new" / "junk").touch()


def tear_the_states(data: Path) -> None:
    (data / "postgres.json").write_text('{"url": 5}')
    (data / "redis.json").write_text('{"url": "nonsense", "pid": "none", "port":')


def put_files_where_folders_belong(data: Path) -> None:
    (data / "redis").touch()


def make_a_cluster_of_nothing(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "PG_VERSION").write_text("18\n")


DAMAGES = [damage_nothing_but_the_folder, leave_half_an_initdb, tear_the_states, put_files_where_folders_belong, make_a_cluster_of_nothing]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_half_made_data_folder_is_mended_or_named(damage: Callable[[Path], None], folder: Path) -> None:
    (folder / "data").mkdir()
    damage(folder / "data")
    for arguments in (["migrate"], ["dead", "list"], ["doctor"]):
        done = patas(folder, *arguments)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or str(folder / "data") in says_one_sentence(done)


def test_a_data_folder_that_is_a_file_is_named(folder: Path) -> None:
    (folder / "data").touch()
    for name in (*PREPARING, "up", "scheduler"):
        assert says_one_sentence(patas(folder, name, PORT=str(free_port()))).startswith("PATAS_DATA_DIR: ")
    assert patas(folder, "doctor").returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_may_not_be_written_is_named(folder: Path) -> None:
    (folder / "data").mkdir(mode=0o500)
    assert says_one_sentence(patas(folder, "seed")).startswith("PATAS_DATA_DIR: ")


def test_a_worker_that_cant_open_what_it_needs_ends_instead_of_standing_idle(settings: Settings, folder: Path) -> None:
    with psycopg.connect(settings.database_url or "") as conn:
        conn.execute("drop schema checkpoints cascade")
    done = patas(folder, "worker", DATABASE_URL=settings.database_url or "", REDIS_URL=settings.redis_url or "", OPENAI_API_KEY="test")
    assert done.returncode != 0
    assert "[WORKER] Can't start" in done.stderr
    assert "checkpoint_migrations" in done.stderr


def test_the_version_is_the_projects(folder: Path) -> None:
    done = patas(folder, "--version")
    assert (done.returncode, done.stdout) == (0, "patas 0.1.0\n")
