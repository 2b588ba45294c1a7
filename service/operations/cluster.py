"""Making the embedded Postgres's data: a password-protected, UTF-8 cluster with one database."""

import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree

from service.operations.processes import SERVER_ENVIRONMENT, Account, end, spawn, visible
from service.platform.errors import Misconfigured


def make(binaries: Path, folder: Path, account: Account | None, password: str, *, database: str, durable: bool) -> None:
    """initdb beside the final place and move it there when it is whole, so that an interrupted one is simply made anew.

    Raises Misconfigured.
    """
    draft = folder.with_name("postgres.new")
    rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    with visible(draft, account) as (path, descriptors), tempfile.TemporaryFile() as secret:
        secret.write(password.encode())
        secret.flush()
        if account:
            os.chown(draft, account.uid, account.gid)
            os.fchown(secret.fileno(), account.uid, account.gid)
        ctype = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        initdb: list[Path | str] = [binaries / "initdb", "-D", path, "-U", "postgres", "--no-instructions"]
        initdb += ["--encoding=UTF8", f"--locale={ctype}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        initdb += ["--auth=scram-sha-256", f"--pwfile=/dev/fd/{secret.fileno()}"]
        create: list[Path | str] = [binaries / "postgres", "--single", "-D", path, "postgres"]
        if not durable:
            initdb.append("--no-sync")
            create[2:2] = ["-F"]
        _run(initdb, account, (*descriptors, secret.fileno()), b"")
        _run(create, account, descriptors, f"create database {database}\n".encode())
    draft.rename(folder)


def _run(arguments: Sequence[Path | str], account: Account | None, descriptors: tuple[int, ...], text: bytes) -> None:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as given:
        given.write(text)
        given.seek(0)
        process = spawn(arguments, env=SERVER_ENVIRONMENT, account=account, pass_fds=descriptors, stdin=given, output=output)
        try:
            code = process.wait()
        finally:
            end(process, signal.SIGTERM, patience=5)
        if code:
            output.seek(0)
            reason = output.read().decode(errors="replace").strip().splitlines() or [f"exit code {code}"]
            raise Misconfigured(f"The embedded Postgres can't be set up ({reason[-1]}); set DATABASE_URL to use a server of your own.")
