"""Hold the house to its rules: sizes that a reader can take in, and tests that stand alone."""

import ast
from pathlib import Path

import pytest

from tests.kit.running import ROOT

PACKAGES = ("graphs", "tools", "service", "tasks", "tests", "evals")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ROOMS = [path for path in FILES if path.relative_to(ROOT).parts[0] not in ("tests", "evals")]
"""What has a room. Words and SQL are data: they may be as long as they need to."""


def is_data(path: Path) -> bool:
    return path.parent.name == "queries" or path.stem.endswith(("_words", "_signs"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in ROOMS if not is_data(path)], ids=name)
def test_a_file_has_one_subject(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", ROOMS, ids=name)
def test_a_function_can_be_read_at_a_glance(path: Path) -> None:
    functions = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {function.name: (function.end_lineno or 0) - function.lineno + 1 for function in functions}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", [path for path in FILES if path.relative_to(ROOT).parts[0] == "tests"], ids=name)
def test_no_test_is_imported(path: Path) -> None:
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom | ast.Import)]
    imported = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    imported += [alias.name for node in nodes for alias in node.names]
    assert [module for module in imported if module.rpartition(".")[2].startswith("test_")] == []
