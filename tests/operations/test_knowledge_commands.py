"""`patas knowledge import` as a person runs it, and what makes an entry of a Markdown file."""

from pathlib import Path

import psycopg
import pytest

from service.platform.errors import BadRequest
from service.shop.knowledge import read_markdown
from tests.kit.command import patas

FILE = """\
# Patinhas, o que responder

Só o que está sob um título vira entrada.

## Táxi dog
Buscamos em casa até 5 km.

### Valores
- Ida: R$ 20,00

##  Sorteio ##
Todo mês.
"""


@pytest.fixture
def servers(database_url: str, redis_url: str) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


def entries(servers: dict[str, str]) -> dict[str, str]:
    with psycopg.connect(servers["DATABASE_URL"]) as conn:
        return dict(conn.execute("select title, content from knowledge_entries").fetchall())


def test_headings_become_titles() -> None:
    assert read_markdown(FILE) == [("Táxi dog", "Buscamos em casa até 5 km.\n\n### Valores\n- Ida: R$ 20,00"), ("Sorteio", "Todo mês.")]


@pytest.mark.parametrize(
    "text", ["", "# Um título só\nTexto", "## Vazio\n\n## Cheio\nx", "## \nx", "## A\nx\n## á\ny", f"## A\n{'x' * 4001}"]
)
def test_what_is_no_list_of_entries_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_markdown(text)
    assert len(str(refused.value).splitlines()) == 1


def test_a_file_is_stored_and_stored_again(servers: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "respostas.md"
    file.write_text(FILE, "utf-8")
    before = entries(servers)
    first = patas(tmp_path, "knowledge", "import", str(file), **servers)
    assert (first.returncode, first.stdout) == (0, "Pet Shop Patinhas: 2 added, 0 replaced.\n"), first.stderr
    file.write_text(FILE.replace("Todo mês", "Toda semana").replace("Sorteio", "SORTEIO"), "utf-8-sig")
    again = patas(tmp_path, "knowledge", "import", str(file), **servers)
    assert again.stdout == "Pet Shop Patinhas: 0 added, 2 replaced.\n"
    assert entries(servers) == before | {"Táxi dog": dict(read_markdown(FILE))["Táxi dog"], "SORTEIO": "Toda semana."}


def test_bad_use_is_one_sentence_and_stores_nothing(servers: dict[str, str], tmp_path: Path) -> None:
    before = entries(servers)
    good, twice, binary = tmp_path / "good.md", tmp_path / "twice.md", tmp_path / "binary.md"
    good.write_text(FILE, "utf-8")
    twice.write_text(f"{FILE}\n## taxi DOG\nx", "utf-8")
    binary.write_bytes(b"## \xff\xfe")
    for arguments, word in (
        ([], "FILE"), ([str(tmp_path / "none.md")], "none.md"), ([str(tmp_path)], "can't be read"), ([str(twice)], "taxi DOG"),
        ([str(binary)], "UTF-8"), ([str(good), "--organization", "Nenhuma"], "Nenhuma"),
    ):  # fmt: skip
        refused = patas(tmp_path, "knowledge", "import", *arguments, **servers)
        assert refused.returncode == 2, arguments
        assert word.lower() in refused.stderr.lower()
        assert len(refused.stderr.splitlines()) == 1
    assert entries(servers) == before


def test_of_several_shops_one_is_to_be_chosen(servers: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "respostas.md"
    file.write_text(FILE, "utf-8")
    with psycopg.connect(servers["DATABASE_URL"]) as conn:
        conn.execute("insert into organizations (name) values ('Outra Loja')")
    asked = patas(tmp_path, "knowledge", "import", str(file), **servers)
    assert asked.returncode == 2
    assert "Outra Loja (" in asked.stderr
    assert patas(tmp_path, "knowledge", "import", str(file), "--organization", "outra loja", **servers).stdout.startswith("Outra Loja: 2")
