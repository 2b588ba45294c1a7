"""The queue: work is enqueued by name, so nothing here knows the actors, and a message carries ids only.

Redis may lose what is in it: every piece of work is also a row in Postgres that the sweeper finds.
"""

from functools import lru_cache

import structlog
from dramatiq import Message, Middleware
from dramatiq.brokers.redis import RedisBroker
from redis import Redis
from redis.exceptions import RedisError

from service.platform import addresses
from service.platform.errors import Misconfigured
from service.platform.settings import get_settings

log = structlog.get_logger()

QUEUE = "default"


@lru_cache
def get_broker() -> RedisBroker:
    """Return the process's broker, without middleware: enough to enqueue. Workers build their own (`tasks.worker`)."""
    return new_broker([])


def new_broker(middleware: list[Middleware]) -> RedisBroker:
    """Return a Redis broker as all our processes use it.

    A worker killed outright must not keep its messages for minutes: maintenance runs with every call and a silent worker
    counts as dead after five seconds.
    """
    settings = get_settings()
    client = Redis.from_url(
        settings.redis_url or "redis://127.0.0.1:6379/0",
        max_connections=settings.worker_threads * 2 + 32,
        socket_timeout=5,
        socket_connect_timeout=1,
    )
    return RedisBroker(
        client=client,
        middleware=middleware,
        namespace=settings.queue_namespace,
        maintenance_chance=1_000_000,
        heartbeat_timeout=5_000,
    )


def require_redis() -> None:
    """Raise Misconfigured where Redis does not answer: for whoever is about to promise that something was enqueued."""
    try:
        get_broker().client.ping()
    except RedisError as error:
        raise Misconfigured(f"REDIS_URL: the Redis server can't be used ({addresses.reason(error)}).") from error


def enqueue(actor_name: str, *args: object, delay: float | None = None, max_age: float | None = None, **kwargs: object) -> bool:
    """Put a message for an actor on the queue. False (and a log line) where Redis can't be reached.

    `delay` is seconds; a message that nobody took within `max_age` seconds is dropped.
    """
    message: Message = Message(
        queue_name=QUEUE,
        actor_name=actor_name,
        args=tuple(str(a) if a is not None else None for a in args),
        kwargs={k: str(v) if v is not None else None for k, v in kwargs.items()},
        options={} if max_age is None else {"max_age": round(max_age * 1000)},
    )
    broker = get_broker()
    broker.declare_queue(QUEUE)
    try:
        broker.enqueue(message, delay=None if delay is None else round(delay * 1000))
    except RedisError as error:
        log.error("[QUEUE] Redis unreachable, the sweeper will find the work", actor=actor_name, error=str(error))
        return False
    return True
