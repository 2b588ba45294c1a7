"""The one typed settings object, read from the environment (and a `.env` file beside the process).

Nothing else in Patas reads `os.environ`. `.env.example` lists every variable with its default; a test keeps the two equal.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.platform import addresses

# Seconds before each of the three retries of a turn or a send; after the last comes the dead letter.
RETRY_DELAYS = (2.0, 4.0, 8.0)

# A year of hours and a day of seconds: also the most that a shop's own settings mean (`service/platform/queries/bounds.py`).
LONGEST_PAUSE = 8760
LONGEST_QUIET = 86_400

# A name that somebody can be asked for by, without scheme, port and path.
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.IGNORECASE)

ENCODED = "in a password, @ : / ? # are written %40 %3A %2F %3F %23"


def _env(name: str) -> AliasChoices:
    return AliasChoices(name, name.lower())


class Settings(BaseSettings):
    """Every setting of every process. Durations are seconds unless a name says otherwise."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True, env_ignore_empty=True, allow_inf_nan=False
    )

    database_url: str | None = Field(None, description="Postgres 15+; unset: an embedded server under PATAS_DATA_DIR.")
    redis_url: str | None = Field(None, description="Redis 7+; unset: an embedded server under PATAS_DATA_DIR.")
    data_dir: Path = Field(
        Path(".patas"), validation_alias=_env("PATAS_DATA_DIR"), description="Embedded servers' data and the generated API token."
    )
    host: str = Field("127.0.0.1", description="Address the web process listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the web process listens on.")
    hosts: str | None = Field(
        None,
        validation_alias=_env("PATAS_HOSTS"),
        description="Names by which people reach the web process, such as patas.example.com, with commas between.",
    )

    openai_api_key: SecretStr | None = Field(None, description="Key of the OpenAI-compatible endpoint.")
    openai_base_url: str = Field(
        "https://api.openai.com/v1",
        description="Base of the OpenAI-compatible endpoint. Which model is asked there is each shop's ai_config.",
    )
    model_timeout: float = Field(
        30.0, gt=0, le=3600, validation_alias=_env("PATAS_MODEL_TIMEOUT"), description="Seconds one model call may take."
    )
    model_max_tokens: int = Field(
        1024,
        ge=1,
        le=1_000_000,
        validation_alias=_env("PATAS_MODEL_MAX_TOKENS"),
        description="Longest answer that the model is asked for, in tokens; one that reasons gets room to think beside it.",
    )
    fallback_model: str | None = Field(
        None, validation_alias=_env("PATAS_FALLBACK_MODEL"), description="Model that is asked while the shop's can't be had; unset: none."
    )
    fallback_base_url: str | None = Field(
        None, validation_alias=_env("PATAS_FALLBACK_BASE_URL"), description="Base of the fallback's endpoint; unset: the same."
    )
    fallback_api_key: SecretStr | None = Field(
        None, validation_alias=_env("PATAS_FALLBACK_API_KEY"), description="Key of the fallback's endpoint; unset: the same."
    )
    offline_model: bool = Field(
        False,
        validation_alias=_env("PATAS_OFFLINE_MODEL"),
        description="Answer with the rule model. `patas up` sets it where no key is set.",
    )

    whatsapp_app_secret: SecretStr | None = Field(None, description="Meta app secret that signs webhooks.")
    whatsapp_verify_token: SecretStr | None = Field(None, description="Token of Meta's webhook handshake.")
    whatsapp_api_url: str = Field("https://graph.facebook.com/v23.0", description="Base of the Graph API.")
    whatsapp_access_token: SecretStr | None = Field(None, description="Token for sending; an instance's own token wins.")
    channel_timeout: float = Field(
        20.0, gt=0, le=3600, validation_alias=_env("PATAS_CHANNEL_TIMEOUT"), description="Seconds one call to a WhatsApp provider may take."
    )

    api_token: SecretStr | None = Field(
        None, validation_alias=_env("PATAS_API_TOKEN"), description="Bearer token of /api; unset: generated and kept in the data folder."
    )
    supabase_url: str | None = Field(None, description="Supabase project; staff then sign in with its Auth.")
    supabase_service_role_key: SecretStr | None = Field(None, description="Service key of that project.")

    media_key: SecretStr | None = Field(
        None,
        validation_alias=_env("PATAS_MEDIA_KEY"),
        description="Secret that stored media are encrypted with; unset: generated and kept in the data folder. Losing it loses them.",
    )
    media_bucket: str = Field(
        "patas-media",
        pattern=r"^[a-z0-9][a-z0-9._-]{2,62}$",
        validation_alias=_env("PATAS_MEDIA_BUCKET"),
        description="Private bucket of the Supabase project that media lie in; without a project they lie in the data folder.",
    )
    media_retention_days: float = Field(
        90.0,
        gt=0,
        le=36_600,
        validation_alias=_env("PATAS_MEDIA_RETENTION_DAYS"),
        description="Days that media are kept; a shop's own setting wins.",
    )

    voice: Literal["auto", "online", "offline", "off"] = Field(
        "auto",
        validation_alias=_env("PATAS_VOICE"),
        description="Who transcribes voice messages: `auto` is OpenAI where its key is set, else the offline model where installed.",
    )
    voice_base_url: str | None = Field(
        None,
        validation_alias=_env("PATAS_VOICE_BASE_URL"),
        description="Base of an OpenAI-compatible endpoint that transcribes; unset: OPENAI_BASE_URL, by `auto` only if that is OpenAI's.",
    )
    voice_api_key: SecretStr | None = Field(
        None, validation_alias=_env("PATAS_VOICE_API_KEY"), description="Key of that endpoint; unset: OPENAI_API_KEY."
    )
    voice_model: str = Field("gpt-transcribe", validation_alias=_env("PATAS_VOICE_MODEL"), description="Model that transcribes online.")
    voice_wait: float = Field(
        20.0,
        ge=0,
        le=600,
        validation_alias=_env("PATAS_VOICE_WAIT"),
        description="Longest that an answer waits for a voice message to be transcribed.",
    )

    langsmith_tracing: bool = Field(False, description="Send LangSmith traces; needs LANGSMITH_API_KEY.")
    langsmith_api_key: SecretStr | None = Field(None, description="LangSmith key.")
    langsmith_endpoint: str = Field("https://api.smith.langchain.com", description="LangSmith endpoint.")
    langsmith_project: str = Field("patas", description="LangSmith project.")

    simulator: bool = Field(False, validation_alias=_env("PATAS_SIMULATOR"), description="Serve the simulator at /. `patas up` sets it.")
    simulator_open: bool = Field(
        False,
        validation_alias=_env("PATAS_SIMULATOR_OPEN"),
        description="Serve the simulator, which has no sign-in, to other machines too.",
    )
    log_level: str = Field("info", validation_alias=_env("PATAS_LOG_LEVEL"), description="debug, info, warn or error.")
    log_content: bool = Field(
        False, validation_alias=_env("PATAS_LOG_CONTENT"), description="Log phone numbers and message contents unmasked."
    )
    operator_webhook_url: str | None = Field(
        None, validation_alias=_env("PATAS_OPERATOR_WEBHOOK_URL"), description="Receives a JSON POST for every alert."
    )

    worker_processes: int = Field(
        1, ge=1, le=256, validation_alias=_env("PATAS_WORKER_PROCESSES"), description="Dramatiq worker processes."
    )
    worker_threads: int = Field(
        16, ge=1, le=1024, validation_alias=_env("PATAS_WORKER_THREADS"), description="Turns one worker process carries at a time."
    )
    database_pool_size: int = Field(
        10, ge=1, le=1000, validation_alias=_env("PATAS_DATABASE_POOL_SIZE"), description="Connections per process."
    )
    queue_namespace: str = Field(
        "dramatiq", validation_alias=_env("PATAS_QUEUE_NAMESPACE"), description="Key prefix of the queues in Redis."
    )

    quiet_window: float = Field(
        2.0,
        ge=0,
        le=LONGEST_QUIET,
        validation_alias=_env("PATAS_QUIET_WINDOW"),
        description="Seconds of silence before a burst is answered; a shop's own setting wins.",
    )
    quiet_cap: float = Field(
        15.0,
        ge=0,
        le=LONGEST_QUIET,
        validation_alias=_env("PATAS_QUIET_CAP"),
        description="Longest a burst may wait; a shop's own setting wins.",
    )
    lease_seconds: float = Field(
        15.0, gt=0, le=3600, validation_alias=_env("PATAS_LEASE_SECONDS"), description="Life of a conversation's lease without a heartbeat."
    )
    answer_max_age: float = Field(
        6 * 3600.0,
        gt=0,
        le=366 * 86400,
        validation_alias=_env("PATAS_ANSWER_MAX_AGE"),
        description="Inbound older than this is stored, never answered.",
    )
    send_deadline: float = Field(
        600.0,
        gt=0,
        le=7 * 86400,
        validation_alias=_env("PATAS_SEND_DEADLINE"),
        description="A send without an answer or status is settled after this; one that the provider limits is given up.",
    )
    send_unconfirmed: Literal["fail", "resend"] = Field(
        "fail",
        validation_alias=_env("PATAS_SEND_UNCONFIRMED"),
        description="What the deadline does: `fail` asks a person and never repeats, `resend` may repeat what was accepted.",
    )
    sweep_interval: float = Field(
        5.0, gt=0, le=3600, validation_alias=_env("PATAS_SWEEP_INTERVAL"), description="Seconds between two looks for work left behind."
    )
    pause_hours: float = Field(
        12.0,
        gt=0,
        le=LONGEST_PAUSE,
        validation_alias=_env("PATAS_PAUSE_HOURS"),
        description="A person's pause ends by itself after this; a shop's own setting wins.",
    )
    shop_share: float = Field(
        0.75,
        gt=0,
        le=1,
        validation_alias=_env("PATAS_SHOP_SHARE"),
        description="Part of a worker's turns that one shop may have at a time; the rest is kept free for others.",
    )
    contact_turns_per_hour: int = Field(
        30,
        ge=1,
        le=100_000,
        validation_alias=_env("PATAS_CONTACT_TURNS_PER_HOUR"),
        description="Turns that the AI gives one customer within an hour, before a person is called; a shop's own value wins.",
    )
    shutdown_seconds: float = Field(
        10.0,
        ge=0,
        le=3600,
        validation_alias=_env("PATAS_SHUTDOWN_SECONDS"),
        description="Seconds that running turns get to end after SIGTERM, before they are handed back.",
    )
    raw_retention_days: float = Field(
        90.0,
        gt=0,
        le=36_600,
        validation_alias=_env("PATAS_RAW_RETENTION_DAYS"),
        description="Days that raw webhook data is kept with its message.",
    )
    tool_rounds: int = Field(6, ge=1, le=100, validation_alias=_env("PATAS_TOOL_ROUNDS"), description="Model calls with tools in one turn.")

    @field_validator("database_url")
    @classmethod
    def _is_postgres(cls, value: str | None) -> str | None:
        """Refuse what libpq can't read or reads wrongly, in words that don't repeat it: it may hold a password."""
        if value and addresses.postgres_parts(value) is None:
            raise ValueError(f"not an address of Postgres, such as postgresql://user:password@host:5432/name; {ENCODED}")
        return value

    @field_validator("hosts")
    @classmethod
    def _are_names(cls, value: str | None) -> str | None:
        """Refuse what no Host header can be, such as a whole address."""
        if value and not all(_NAME.fullmatch(name.strip()) for name in value.split(",")):
            raise ValueError("not a list of names such as patas.example.com,www.example.com, without https:// and ports")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str | None) -> str | None:
        """Refuse what redis-py can't read or reads wrongly, likewise."""
        if value is not None and addresses.redis_parts(value) is None:
            raise ValueError(f"not an address of Redis, such as redis://:password@host:6379/0; {ENCODED}")
        return value

    @field_validator(
        "openai_base_url",
        "fallback_base_url",
        "voice_base_url",
        "whatsapp_api_url",
        "supabase_url",
        "langsmith_endpoint",
        "operator_webhook_url",
    )
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        """Refuse what no HTTP client can call, likewise."""
        try:
            address = urlsplit(value or "http://unset")
            usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("not an address that begins with http:// or https://")
        return value


@lru_cache
def get_settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
