"""`patas doctor`: the resolved settings, and the state of everything Patas depends on. Changes and starts nothing."""

from typing import Any

from pydantic import SecretStr
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.operations import embedded, migrations
from service.platform.errors import Misconfigured
from service.platform.settings import Settings

MASK = "***"

Report = dict[str, Any]


def examine(settings: Settings) -> Report:
    """Every setting by its field name, then `dependencies`: name to `state` and details.

    `database_url` and `redis_url` are in clear and those of the running embedded servers where none is set (null where none runs);
    secrets are masked. A state is ok, pending, stopped, offline, missing, unset or unreachable.
    """
    database_url, redis_url = embedded.found(settings)
    report: Report = {name: _shown(getattr(settings, name)) for name in Settings.model_fields}
    report |= {"database_url": database_url, "redis_url": redis_url}
    report["dependencies"] = {
        "postgres": {"embedded": not settings.database_url, **_postgres(database_url)},
        "redis": {"embedded": not settings.redis_url, **_redis(redis_url)},
        "model": _model(settings),
        "whatsapp": _needs(settings, "whatsapp_app_secret", "whatsapp_verify_token", "whatsapp_access_token"),
        "supabase": _needs(settings, "supabase_url", "supabase_service_role_key"),
        "langsmith": _needs(settings, "langsmith_tracing", "langsmith_api_key"),
    }
    return report


def healthy(report: Report) -> bool:
    """Whether nothing that was set up is out of reach."""
    return all(dependency["state"] != "unreachable" for dependency in report["dependencies"].values())


def as_text(report: Report) -> str:
    """The report for a person: one line a setting, one line a dependency."""
    settings = [f"  {name} = {'' if value is None else value}" for name, value in report.items() if name != "dependencies"]
    dependencies = []
    for name, found in report["dependencies"].items():
        details = ", ".join(f"{key}: {_listed(value)}" for key, value in found.items() if key != "state" and value not in (None, [], False))
        dependencies.append(f"  {name:<10} {found['state']}" + (f"  ({details})" if details else ""))
    return "\n".join(["Settings", *settings, "", "Dependencies", *dependencies])


def _shown(value: object) -> object:
    if isinstance(value, SecretStr):
        return MASK if value.get_secret_value() else None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _listed(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _postgres(url: str | None) -> Report:
    if not url:
        return {"state": "stopped"}
    try:
        waiting = migrations.pending(url)
        return {"state": "pending" if waiting else "ok", "version": migrations.server_version(url), "pending_migrations": waiting}
    except Misconfigured as error:
        return {"state": "unreachable", "error": str(error)}


def _redis(url: str | None) -> Report:
    if not url:
        return {"state": "stopped"}
    try:
        with Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3, retry=Retry(NoBackoff(), 0)) as client:
            information = client.info("server")
            return {"state": "ok", "version": information.get("valkey_version") or information.get("redis_version")}
    except (RedisError, ValueError) as error:
        return {"state": "unreachable", "error": str(error)}


def _model(settings: Settings) -> Report:
    if settings.offline_model:
        return {"state": "offline", "hint": "PATAS_OFFLINE_MODEL is set"}
    if settings.openai_api_key:
        return {"state": "ok", "endpoint": settings.openai_base_url}
    return {"state": "missing", "hint": "OPENAI_API_KEY is not set; `patas up` then uses the offline model"}


def _needs(settings: Settings, *names: str) -> Report:
    missing = [name.upper() for name in names if not getattr(settings, name)]
    state = "ok" if not missing else "unset" if len(missing) == len(names) else "missing"
    return {"state": state, "missing": missing}
