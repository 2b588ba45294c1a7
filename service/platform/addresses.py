"""What may be shown of an address, and of a driver's error about one: parts that are known to be harmless, never the rest.

A password with an @ or a / that was not encoded makes drivers read an address wrongly, and name a part of it as the host. So nothing is
looked for that must be hidden: a part is shown where it is what it should be, and an address with any other part is not shown at all.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from psycopg import Error as PostgresError
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from redis.connection import parse_url

MASK = "***"

# What of a Postgres address beside host, port, user and name is shown.
OPTIONS = ("sslmode", "target_session_attrs", "connect_timeout")

# Several hosts stand in a list; one may be the folder of a socket.
_HOST = re.compile(r"[\w.,:/\[\]-]*", re.ASCII)
_PORT = re.compile(r"[\d,]*", re.ASCII)
_NAME = re.compile(r"[\w. -]*")
_USER = re.compile(r"[\w.@ -]*")
_NUMBER = re.compile(r"/?\d*/?", re.ASCII)
_PATH = re.compile(r"[\w./~-]*", re.ASCII)

# What drivers say of a server that can't be had, where it holds nothing of the address.
REASONS = (
    "connection refused", "connection reset", "connection timeout expired", "timeout expired", "connection timed out",
    "network is unreachable", "no route to host", "password authentication failed", "no password supplied", "authentication required",
    "invalid username-password pair", "name or service not known", "temporary failure in name resolution", "failed to resolve host",
    "too many clients", "connection slots", "max number of clients reached", "server closed the connection",
    "connection closed by server", "terminating connection", "the database system is starting up",
    "the database system is shutting down", "no such file or directory", "permission denied", "does not exist", "certificate", "ssl",
    "timeout",
)  # fmt: skip


def ip(host: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a host is, in brackets or not; None where it is a name."""
    with suppress(ValueError):
        return ip_address(host.removeprefix("[").removesuffix("]"))
    return None


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine and nobody else can reach it."""
    number = ip(host)
    return number.is_loopback if number else host == "localhost"


def reason(error: BaseException) -> str:
    """Say in a few known words why a server can't be had; the kind of error where none of them fits.

    What Postgres says once it is connected stands as it is: the address is no part of that.
    """
    if isinstance(error, PostgresError) and error.diag.message_primary:
        return error.diag.message_primary
    said = str(error).lower()
    return next((words for words in REASONS if words in said), type(error).__name__)


def postgres_parts(address: str) -> Mapping[str, str] | None:
    """Return the parts of a Postgres address by libpq's names; None where it can't be read, or a part can't be what it was read as."""
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    except ProgrammingError:
        return None
    plain = {"host": _HOST, "port": _PORT, "dbname": _NAME, "user": _USER}
    return parts if all(pattern.fullmatch(parts.get(name, "")) for name, pattern in plain.items()) else None


def redis_parts(address: str) -> SplitResult | None:
    """Return the parts of a Redis address; None likewise."""
    try:
        parse_url(address)
    except ValueError:
        return None
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return parts if _PATH.fullmatch(parts.path) else None
    plain = _HOST.fullmatch(_server(parts)) and _NUMBER.fullmatch(parts.path) and not parts.fragment
    return parts if plain else None


def postgres(address: str) -> str:
    """Return what may be shown of a Postgres address, as a URL, however it was written."""
    if (parts := postgres_parts(address)) is None:
        return f"postgresql://{MASK}"
    login = parts.get("user", "") + (f":{MASK}" if "password" in parts else "")
    server = parts.get("host", "") + (f":{parts['port']}" if "port" in parts else "")
    options = urlencode({name: parts[name] for name in OPTIONS if name in parts and _NAME.fullmatch(parts[name])})
    return f"postgresql://{login}{'@' if login else ''}{server}/{parts.get('dbname', '')}" + (f"?{options}" if options else "")


def postgres_place(address: str) -> str:
    """Return a database's name and where its server is, such as "patas at 127.0.0.1:5432"."""
    if (parts := postgres_parts(address)) is None:
        return MASK
    server = parts.get("host") or parts.get("hostaddr") or "the local socket"
    return f"{parts.get('dbname') or parts.get('user') or 'default'} at {server}:{parts.get('port', '5432')}"


def redis(address: str) -> str:
    """Return what may be shown of a Redis address."""
    if (parts := redis_parts(address)) is None:
        return f"redis://{MASK}"
    return f"{parts.scheme}://{_login(parts)}{_server(parts)}{parts.path}" + (f"?{MASK}" if parts.query else "")


def http(address: str, *, path: bool) -> str:
    """Return scheme, host and port of an HTTP address, with `path` also that: a webhook's is a secret, a model endpoint's is not."""
    parts = urlsplit(address)
    if not _HOST.fullmatch(_server(parts)) or "@" in parts.path + parts.query + parts.fragment:
        return f"{parts.scheme}://{MASK}"
    shown = parts.path if not parts.path.strip("/") or (path and _PATH.fullmatch(parts.path)) else f"/{MASK}"
    return f"{parts.scheme}://{_login(parts)}{_server(parts)}{shown}" + (f"?{MASK}" if parts.query else "")


def secrets(name: str, address: str) -> Iterator[str]:
    """Yield what the address in the setting `name` holds that must not be shown, so that it is masked wherever a text repeats it."""
    if name == "database_url":
        parts = postgres_parts(address) or {}
        yield from (parts[key] for key in ("password", "sslpassword") if key in parts)
        return
    split = urlsplit(address)
    yield from filter(None, [split.password if split.password is not None else split.username])
    yield from (value for key, value in parse_qsl(split.query) if key in ("password", "token", "key", "secret"))
    if name == "operator_webhook_url":
        yield split.path


def _login(parts: SplitResult) -> str:
    """Return user and mask; a user without a password may be a password at the wrong place, and is not shown."""
    if parts.password is not None:
        return f"{parts.username or ''}:{MASK}@"
    return f"{MASK}@" if parts.username is not None else ""


def _server(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]
