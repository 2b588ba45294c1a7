"""`patas token` as a person runs it."""

from pathlib import Path

import psycopg
import pytest

from service.platform.auth import digest_of
from tests.kit.command import patas
from tests.kit.running import free_port


@pytest.fixture
def servers(database_url: str, redis_url: str) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


def test_one_is_made_shown_once_listed_and_revoked(servers: dict[str, str], tmp_path: Path) -> None:
    assert patas(tmp_path, "token", "list", **servers).stdout == "No tokens.\n"
    made = patas(tmp_path, "token", "new", "TV  da recepção", "--scope", "write", **servers)
    token, told = made.stdout.splitlines()
    assert (made.returncode, "Pet Shop Patinhas" in told, "TV da recepção, write" in told) == (0, True, True), made.stderr
    with psycopg.connect(servers["DATABASE_URL"]) as conn:
        (row,) = conn.execute("select id, scope, digest from api_tokens").fetchall()
    assert row[1:] == ("write", digest_of(token))
    listed = patas(tmp_path, "token", "list", **servers).stdout
    assert str(row[0]) in listed
    assert token not in listed
    assert patas(tmp_path, "token", "revoke", str(row[0]), **servers).returncode == 0
    assert "revoked" in patas(tmp_path, "token", "list", **servers).stdout


@pytest.mark.parametrize(
    "arguments", [["new", ""], ["new", "x" * 81], ["new", "TV", "--scope", "all"], ["new", "TV", "--organization", "Outra"]]
)
def test_what_makes_none_is_one_sentence(servers: dict[str, str], tmp_path: Path, arguments: list[str]) -> None:
    done = patas(tmp_path, "token", *arguments, **servers)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_where_there_are_several_shops_one_is_chosen(servers: dict[str, str], tmp_path: Path) -> None:
    with psycopg.connect(servers["DATABASE_URL"], autocommit=True) as conn:
        conn.execute("insert into organizations (name) values ('Outra loja')")
    assert "--organization" in patas(tmp_path, "token", "new", "TV", **servers).stderr
    assert "Of Outra loja" in patas(tmp_path, "token", "new", "TV", "--organization", "outra loja", **servers).stdout


def test_a_token_that_can_be_guessed_is_refused_where_others_may_try(servers: dict[str, str], tmp_path: Path) -> None:
    done = patas(tmp_path, "api", HOST="0.0.0.0", PORT=str(free_port()), PATAS_API_TOKEN="curto", **servers)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "PATAS_API_TOKEN" in done.stderr
    assert "curto" not in done.stderr
