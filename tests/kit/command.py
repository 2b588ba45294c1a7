"""The `patas` command as a person runs it: in a process of its own, with nothing set but what a test says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from service.operations.cli import app
from tests.kit.running import ROOT

OURS = ("DATABASE_URL", "REDIS_URL", "PORT", "HOST", "OPENAI_", "WHATSAPP_", "PATAS_", "SUPABASE_", "LANGSMITH_")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return this process's environment without any setting of Patas, over the data folder `folder`/data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONPATH": str(ROOT), "PATAS_DATA_DIR": str(folder / "data"), "COLUMNS": "200", **more}


def patas(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run `patas` in `folder` to its end, with nobody at the keyboard."""
    command = [sys.executable, "-m", "service.operations.cli", *arguments]
    return subprocess.run(
        command, env=environment(folder, **more), cwd=folder, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )


def command_names() -> list[str]:
    """Every command that `patas` has, such as "dead list"."""
    return list(_names(get_command(app), ""))


def _names(command: object, prefix: str) -> Iterator[str]:
    below = getattr(command, "commands", None)
    if not below:
        yield prefix.strip()
        return
    for name, part in below.items():
        yield from _names(part, f"{prefix} {name}")
