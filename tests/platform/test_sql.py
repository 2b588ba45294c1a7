"""SQL stands as texts that a reader can follow, and nothing but constants gets into one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("service/*/queries/*.py"), ROOT / "service/platform/journal.py"])
SQL = re.compile(r"\b(select|insert into|update|delete from|where|with)\b")


def faults(source: str) -> Iterator[str]:
    """Where SQL is glued together, or takes in something else than a constant or a part that the caller gave as one."""
    tree = ast.parse(source)
    given = {
        arg.arg
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for arg in (*function.args.args, *function.args.kwonlyargs)
        if arg.annotation is not None and ast.unparse(arg.annotation) == "LiteralString"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod) and SQL.search(_words(node)):
            yield f"line {node.lineno}: SQL is glued together"
        if isinstance(node, ast.JoinedStr) and SQL.search(_words(node)):
            for part in node.values:
                if isinstance(part, ast.FormattedValue) and not _is_constant(part.value, given):
                    yield f"line {node.lineno}: {ast.unparse(part.value)} gets into SQL"


def _words(node: ast.AST) -> str:
    return " ".join(n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _is_constant(value: ast.expr, given: set[str]) -> bool:
    return isinstance(value, ast.Name) and (value.id.isupper() or value.id in given)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sql_is_one_text_of_constants(module: Path) -> None:
    assert list(faults(module.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        'X = "select 1 from " + TABLE',
        'X = "select %s from t" % name',
        "def f(name: str) -> str:\n    return f\"select 1 from t where name = '{name}'\"",
        'X = f"delete from t where id = {row.id}"',
    ],
)
def test_what_is_glued_or_not_constant_is_found(source: str) -> None:
    assert len(list(faults(source))) == 1
