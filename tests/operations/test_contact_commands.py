"""`patas contact` as a person runs it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.kit.command import environment, patas

ZOE = """
insert into contacts (organization_id, phone, name) select id, '5511998887788', 'Zoé' from organizations where name = %s
"""


@pytest.fixture
def servers(database_url: str, redis_url: str) -> dict[str, str]:
    """Provide the demo shop, where Zoé is a customer."""
    with psycopg.connect(database_url) as conn:
        conn.execute(ZOE, ["Pet Shop Patinhas"])
    return {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


def zoes(servers: dict[str, str]) -> int:
    with psycopg.connect(servers["DATABASE_URL"]) as conn:
        row = conn.execute("select count(*) from contacts where name = 'Zoé'").fetchone()
        return int(row[0]) if row else 0


@pytest.mark.parametrize("phone", ["5511998887788", "+55 (11) 99888-7788", "11998887788", "551198887788", "011 99888-7788"])
def test_export_prints_one_document_however_the_phone_is_written(phone: str, servers: dict[str, str], tmp_path: Path) -> None:
    shown = patas(tmp_path, "contact", "export", phone, **servers)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["contacts"][0]["name"] == "Zoé", "before any worker has made the checkpoints' tables"


def test_erase_forgets_once(servers: dict[str, str], tmp_path: Path) -> None:
    gone = patas(tmp_path, "contact", "erase", "11 99888-7788", "--yes", **servers)
    assert gone.returncode == 0, gone.stderr
    assert gone.stdout.startswith("Erased from Pet Shop Patinhas")
    assert zoes(servers) == 0
    again = patas(tmp_path, "contact", "erase", "11 99888-7788", "--yes", **servers)
    assert (again.returncode, again.stderr) == (2, "No shop has a customer with this phone.\n")


@pytest.mark.parametrize("command", [["export"], ["erase", "--yes"]])
def test_of_several_shops_one_is_to_be_chosen(command: list[str], servers: dict[str, str], tmp_path: Path) -> None:
    with psycopg.connect(servers["DATABASE_URL"]) as conn:
        conn.execute("insert into organizations (name) values ('Outra Loja')")
        conn.execute(ZOE, ["Outra Loja"])
    asked = patas(tmp_path, "contact", *command, "11998887788", **servers)
    assert asked.returncode == 2
    assert len(asked.stderr.splitlines()) == 1
    assert "Outra Loja (" in asked.stderr
    assert "Pet Shop Patinhas (" in asked.stderr
    assert patas(tmp_path, "contact", *command, "11998887788", "--organization", "Nenhuma", **servers).returncode == 2
    assert zoes(servers) == 2
    assert patas(tmp_path, "contact", *command, "11998887788", "--organization", "outra loja", **servers).returncode == 0
    assert zoes(servers) == (1 if "erase" in command else 2)


def test_without_a_terminal_it_does_not_erase_unasked(servers: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "service.operations.cli", "contact", "erase", "11998887788"],
        env=environment(tmp_path, **servers), cwd=tmp_path, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        _, said = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "--yes" in said
    assert zoes(servers) == 1


@pytest.mark.parametrize(("answer", "code", "left"), [("n\n", 130, 1), ("y\n", 0, 0)])
def test_at_a_terminal_it_asks(answer: str, code: int, left: int, servers: dict[str, str], tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "service.operations.cli", "contact", "erase", "11998887788"],
        env=environment(tmp_path, **servers), cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        os.write(ours, answer.encode())
        said, _ = process.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert "Erase Zoé of Pet Shop Patinhas for ever?" in said
    assert process.returncode == code
    assert zoes(servers) == left
