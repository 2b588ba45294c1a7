"""The `patas` command as a person runs it: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.kit.running import ROOT

OURS = ("DATABASE_URL", "REDIS_URL", "PORT", "HOST", "OPENAI_", "WHATSAPP_", "PATAS_", "SUPABASE_", "LANGSMITH_")


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONPATH": str(ROOT), "PATAS_DATA_DIR": str(folder / "data"), "COLUMNS": "200", **more}


def patas(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "service.operations.cli", *arguments]
    return subprocess.run(command, env=environment(folder, **more), cwd=folder, capture_output=True, text=True, timeout=120)
