"""Starting processes that end with their parent, and servers that refuse to run as root."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import FrameType
from typing import IO

from service.platform.errors import Misconfigured

SERVER_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Account:
    """A user that a server runs as."""

    uid: int
    gid: int


def spawn(
    arguments: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    account: Account | None = None,
    pass_fds: Sequence[int] = (),
    stdin: IO[bytes] | int | None = subprocess.DEVNULL,
    output: IO[bytes] | None = None,
    on_parent_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that a terminal's Ctrl-C reaches only us.

    On Linux it gets `on_parent_death` when we die, however we die. The kernel means the calling *thread*: call this from one that
    lives as long as the process. `output` takes standard output and error; None leaves them ours.
    """
    return subprocess.Popen(
        [str(a) for a in arguments],
        env=dict(env),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        pass_fds=pass_fds,
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=_dying_with(os.getpid(), on_parent_death),
    )


def _dying_with(parent: int, wanted: signal.Signals) -> Callable[[], None]:
    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(wanted), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def end(process: subprocess.Popen[bytes], how: signal.Signals, *, patience: float, harder: signal.Signals = signal.SIGKILL) -> None:
    """Stop a process and reap it: `how` first, `harder` after `patience` seconds, SIGKILL at last. Harmless on a dead one."""
    for step in (how, harder, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(step)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what a dead process that `spawn` started has left behind in its session."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Provide an event that SIGINT, SIGTERM and SIGHUP set. Repeated ones change nothing: make and the terminal both pass on a Ctrl-C."""
    event = threading.Event()

    def ask(_: int, __: FrameType | None) -> None:
        event.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_in_foreground(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a process and pass stop signals on to it; returns its exit code, 0 where it was asked to stop."""
    with stop_signals() as stop:
        process = spawn(arguments, env=env)
        try:
            while process.poll() is None and not stop.wait(0.2):
                pass
            return 0 if stop.is_set() else process.wait()
        finally:
            end(process, signal.SIGTERM, patience=15)
            kill_group(process)


def server_account(folder: Path) -> Account | None:
    """Choose the account for a server over `folder`: None (ours), or, where we are root, the folder's owner or `nobody`.

    Raises Misconfigured where the folder belongs to somebody else, or root has nobody to hand over to.
    """
    owner = folder.stat() if folder.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise Misconfigured(f"PATAS_DATA_DIR: {folder} belongs to another user; run Patas as that user or choose another folder.")
        return None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("nobody", "daemon"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Misconfigured("The embedded servers don't run as root and there is no user `nobody`; set DATABASE_URL and REDIS_URL.")


@contextmanager
def visible(folder: Path, account: Account | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Provide a path by which a process of `account` reaches `folder`, and the descriptors to pass to it.

    Another account may be unable to enter a parent folder, such as /root. A descriptor inherited from us leads past the parents, so
    nobody's permission bits need changing.
    """
    if account is None or sys.platform != "linux":
        yield str(folder), ()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}", (descriptor,)
    finally:
        os.close(descriptor)


def packaged(distribution: str, pattern: str, account: Account | None) -> Path:
    """Find a program of an installed package, by a glob under site-packages, where `account` can execute it.

    Where another account can't reach our packages, below /root for instance, that is in a copy, which holds nothing but the package's
    files and is shared by all data folders. Raises Misconfigured.
    """
    package = metadata.distribution(distribution)
    site = Path(str(package.locate_file("")))
    program = next(site.glob(pattern), None)
    if program is None:
        raise Misconfigured(f"The package {distribution} has no server for this system; set DATABASE_URL and REDIS_URL.")
    if account is None or _executes(program, account):
        return program
    version = f"{distribution}-{package.version}"
    for place in (Path("/var/lib/patas"), Path(tempfile.gettempdir()) / "patas-servers"):
        if not _own_folder(place):
            continue
        copy = place / version / program.relative_to(site)
        if not copy.exists():
            _copy(site, program.relative_to(site).parts[0], place, version)
        if _executes(copy, account):
            return copy
    raise Misconfigured(f"{program} can't be run as another user than root; run Patas as a normal user, or set DATABASE_URL and REDIS_URL.")


def _copy(site: Path, package: str, place: Path, version: str) -> None:
    """Copy a package and its bundled libraries to `place`/`version`: whole or not at all."""
    draft = Path(tempfile.mkdtemp(prefix=f".{version}-", dir=place))
    for folder in (package, f"{package}.libs"):
        if (site / folder).exists():
            shutil.copytree(site / folder, draft / folder, ignore=shutil.ignore_patterns("include", "*.py", "__pycache__"))
    _open_to_readers(draft)
    try:
        draft.rename(place / version)
    except OSError:  # another process was quicker
        shutil.rmtree(draft)


def _executes(program: Path, account: Account) -> bool:
    try:
        trial = subprocess.run([program, "--version"], user=account.uid, group=account.gid, extra_groups=[], cwd="/", capture_output=True)
    except PermissionError:
        return False
    return trial.returncode == 0


def _own_folder(place: Path) -> bool:
    """Whether `place` is a folder of root's that nobody else writes to; made where it is missing."""
    try:
        if not place.exists():
            place.mkdir()
            place.chmod(0o755)
        state = place.lstat()
    except OSError:
        return False
    return place.is_dir() and not place.is_symlink() and state.st_uid == 0 and not state.st_mode & 0o022


def _open_to_readers(tree: Path) -> None:
    """Let everybody read and execute a copy, whatever the umask was when the original was installed."""
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
