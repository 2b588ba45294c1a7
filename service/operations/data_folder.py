"""The data folder's own files: locks that end with their process, and what a server's last start wrote down."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from pydantic import BaseModel

from service.platform.errors import Misconfigured


class State(BaseModel):
    """A server's last start; `started` is the process's creation time in epoch seconds, since a pid alone may be anybody's later."""

    pid: int | None = None
    started: float = 0.0
    port: int | None = None
    url: str | None = None


def prepared(data_dir: Path) -> Path:
    """Return the folder, absolute; make it where it is missing. Raises Misconfigured."""
    data_dir = data_dir.absolute()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"PATAS_DATA_DIR: {data_dir} can't be made ({error.strerror}).") from error
    return data_dir


def lock(path: Path) -> IO[str] | None:
    """Take a lock that holds until the file is closed or the process ends, however it ends; None where another has it."""
    try:
        file = path.open("a")
    except OSError as error:
        raise Misconfigured(f"PATAS_DATA_DIR: {path} can't be written ({error.strerror}).") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def read_state(data_dir: Path, name: str) -> State:
    """Return the state of a server; empty where there is none, or a power cut tore it."""
    with suppress(OSError, ValueError):
        return State.model_validate_json((data_dir / f"{name}.json").read_bytes())
    return State()


def write_state(data_dir: Path, name: str, state: State) -> None:
    draft = data_dir / f".{name}.json.{os.getpid()}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(state.model_dump_json())
    draft.replace(data_dir / f"{name}.json")
