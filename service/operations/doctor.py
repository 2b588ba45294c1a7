"""`patas doctor`: the resolved settings, and the state of everything Patas depends on and of every shop. Changes and starts nothing."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from psycopg import Error as PostgresError
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import PoolTimeout
from pydantic import SecretStr
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.messaging.channels import CHANNELS
from service.messaging.voice.choice import chosen
from service.operations import embedded, migrations, shops
from service.operations.model_check import Endpoint, ask, endpoints
from service.operations.queries import shops as queries
from service.operations.queries.shops import ShopFacts
from service.platform import addresses, clock
from service.platform.addresses import MASK
from service.platform.database import opened
from service.platform.errors import Misconfigured
from service.platform.redaction import masked_address, redactor
from service.platform.settings import Settings
from service.turns.models import find

# `state` and, flat beside it, what else is known: plain JSON values.
Dependency = dict[str, object]

SUPAVISOR_TRANSACTIONS = "6543"

BROKEN = "rows point at another shop's: mend them, then `alter table … validate constraint …`"

# Addresses whose path says nothing secret.
ENDPOINTS = ("openai_base_url", "fallback_base_url", "whatsapp_api_url", "supabase_url", "langsmith_endpoint")

SICK = ("unreachable", "refused")


class ShopState(TypedDict):
    """A shop, and what it lacks: sentences that say how to mend it."""

    id: str
    name: str
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: every setting by its field name, dependencies by name, and the shops, the oldest first."""

    settings: Mapping[str, object]
    dependencies: Mapping[str, Dependency]
    shops: list[ShopState]

    def healthy(self) -> bool:
        """Whether nothing that was set up is out of reach."""
        return all(found["state"] not in SICK for found in self.dependencies.values())

    def as_json(self) -> dict[str, object]:
        """Return one object: the settings, then `dependencies` and `shops`."""
        return {**self.settings, "dependencies": self.dependencies, "shops": self.shops}

    def as_text(self) -> str:
        """Return the report for a person: one line a setting, one a dependency, one for each thing that a shop lacks."""
        lines = ["Settings", *(f"  {name} = {'' if value is None else value}" for name, value in self.settings.items()), "", "Dependencies"]
        for name, found in self.dependencies.items():
            details = [f"{key}: {_listed(value)}" for key, value in found.items() if key != "state" and value not in (None, [], False)]
            lines.append(f"  {name:<10} {found['state']}" + (f"  ({', '.join(details)})" if details else ""))
        if self.shops:
            lines += ["", "Shops"]
        for shop in self.shops:
            lines.append(f"  {shop['name']} ({shop['id']}): {'has all that it needs.' if not shop['missing'] else 'lacks something.'}")
            lines += [f"    - {sentence}" for sentence in shop["missing"]]
        return "\n".join(lines)


def examine(settings: Settings, *, asking: bool = False, reveal: bool = False) -> Report:
    """Look at everything; with `asking`, make one real call to each configured model, which takes PATAS_MODEL_TIMEOUT at the most.

    The addresses are those of the running embedded servers where none is set (null where none runs). Passwords and secrets are masked;
    `reveal` shows `database_url` and `redis_url` whole. A state is ok, pending, stopped, offline, missing, unset, set (and not asked),
    refused or unreachable.
    """
    database_url, redis_url = embedded.found(settings)
    resolved = settings.model_copy(update={"database_url": database_url, "redis_url": redis_url})
    shown = {name: _shown(name, getattr(resolved, name)) for name in Settings.model_fields}
    if reveal:
        shown |= {"database_url": database_url, "redis_url": redis_url}
    postgres = _postgres(database_url)
    facts = _facts(database_url, postgres)
    dependencies = {
        "postgres": {"embedded": not settings.database_url, **postgres},
        "redis": {"embedded": not settings.redis_url, **_redis(redis_url)},
        **_models(resolved, facts, asking=asking),
        "voice": _voice(settings),
        "media": _media(settings),
        "whatsapp": _needs(settings, *_of_channels()),
        "supabase": _needs(settings, "supabase_url", "supabase_service_role_key"),
        "langsmith": _needs(settings, "langsmith_tracing", "langsmith_api_key"),
    }
    redact = redactor(resolved)
    for found in dependencies.values():
        found.update({key: redact(value) for key, value in found.items() if isinstance(value, str)})
    return Report(shown, dependencies, [_shop(shop, settings) for shop in facts])


def _shown(name: str, value: object) -> object:
    """Return what may be shown of a setting: of an address its harmless parts, of a secret only that it is there."""
    if isinstance(value, SecretStr):
        return MASK if value.get_secret_value() else None
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    if name == "database_url":
        return addresses.postgres(text)
    if name == "redis_url":
        return addresses.redis(text)
    return addresses.http(text, path=name in ENDPOINTS) if "://" in text else masked_address(text)


def _listed(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shop(shop: ShopFacts, settings: Settings) -> ShopState:
    return ShopState(id=str(shop["id"]), name=shop["name"], missing=shops.missing(shop, settings))


def _facts(url: str | None, postgres: Dependency) -> list[ShopFacts]:
    """Read the shops where the schema is whole; what went wrong stands in `postgres`."""
    if url is None or postgres["state"] != "ok":
        return []

    async def read() -> list[ShopFacts]:
        async with opened(url, size=1) as db:
            return await queries.facts(db)

    try:
        return asyncio.run(read())
    except (PostgresError, PoolTimeout) as error:
        postgres |= {"state": "unreachable", "error": f"{addresses.postgres_place(url)}: {addresses.reason(error)}"}
        return []


def _postgres(url: str | None) -> Dependency:
    if not url:
        return {"state": "stopped", "hint": "`patas up` starts it"}
    try:
        waiting = migrations.pending(url)
        state: Dependency = {"state": "pending" if waiting else "ok", "version": migrations.server_version(url)}
        broken = [] if waiting else migrations.broken_keys(url)
        hint = "run `patas migrate`" if waiting else BROKEN if broken else None
        if conninfo_to_dict(url).get("port") == SUPAVISOR_TRANSACTIONS:
            hint = "port 6543 is Supavisor's transaction mode: use 5432, its session mode"
        return {**state, "pending_migrations": waiting, "broken_keys": broken, "hint": hint}
    except Misconfigured as error:
        return {"state": "unreachable", "error": str(error)}


def _redis(url: str | None) -> Dependency:
    if not url:
        return {"state": "stopped", "hint": "`patas up` starts it"}
    try:
        with Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3, retry=Retry(NoBackoff(), 0)) as client:
            information = client.info("server")
            return {"state": "ok", "version": information.get("valkey_version") or information.get("redis_version")}
    except RedisError as error:
        return {"state": "unreachable", "error": f"{addresses.redis(url)}: {addresses.reason(error)}"}


def _models(settings: Settings, facts: list[ShopFacts], *, asking: bool) -> dict[str, Dependency]:
    """Return the shops' model and the one that is asked in its place."""
    if settings.offline_model:
        return {"model": {"state": "offline", "hint": "PATAS_OFFLINE_MODEL is set: nobody is asked"}, "fallback": {"state": "unset"}}
    primary, fallback = endpoints(settings, next((shop["ai_config"] for shop in facts), None), clock.now().date())
    lacking: Dependency = {"state": "missing", "hint": "OPENAI_API_KEY is not set; `patas up` then uses the offline model"}
    return {
        "model": _model(primary, settings, asking=asking) if primary else lacking,
        "fallback": _model(fallback, settings, asking=asking) if fallback else {"state": "unset"},
    }


def _model(endpoint: Endpoint, settings: Settings, *, asking: bool) -> Dependency:
    known: Dependency = {"endpoint": addresses.http(endpoint.base_url, path=True), "model": endpoint.model}
    if endpoint.choice:
        known |= {"api": endpoint.choice.api, "reasoning_effort": endpoint.choice.effort}
        if (table := find(endpoint.choice.model)) and table.ends:
            known["ends"] = table.ends.isoformat()
    if not asking:
        return {"state": "set", **known, "hint": "not asked; `patas doctor --ask` makes one call"}
    outcome = ask(endpoint, timeout=settings.model_timeout)
    return {"state": outcome.state, **known, "seconds": outcome.seconds, "answer" if outcome.state == "ok" else "error": outcome.said}


def _voice(settings: Settings) -> Dependency:
    """Return who transcribes voice messages."""
    match chosen(settings):
        case "online":
            endpoint = addresses.http(settings.voice_base_url or settings.openai_base_url, path=True)
            return {"state": "set", "endpoint": endpoint, "model": settings.voice_model}
        case "offline":
            return {"state": "offline", "model": "whisper-base", "hint": "on this machine"}
        case None:
            how = "`patas voice install`, or PATAS_VOICE_BASE_URL: until then customers are asked to write"
            return {"state": "missing" if settings.voice in ("online", "offline") else "unset", "hint": how}


def _media(settings: Settings) -> Dependency:
    """Return where media lie, and whose key they are sealed with."""
    key = "PATAS_MEDIA_KEY" if settings.media_key else "generated, in the data folder"
    if settings.supabase_url and settings.supabase_service_role_key:
        return {"state": "set", "store": "Supabase Storage", "bucket": settings.media_bucket, "key": key}
    return {"state": "ok", "store": str(settings.data_dir.absolute() / "media"), "key": key}


def _of_channels() -> list[str]:
    """List the settings that some channel needs."""
    return [name for channel in CHANNELS.values() for need in channel.abilities.needs for name in need.settings]


def _needs(settings: Settings, *names: str) -> Dependency:
    missing = [name.upper() for name in names if not getattr(settings, name)]
    state = "ok" if not missing else "unset" if len(missing) == len(names) else "missing"
    return {"state": state, "missing": missing}
