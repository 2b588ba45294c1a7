"""What `dramatiq tasks.worker` loads: the broker with its middleware, and the actors."""

from contextlib import suppress

import dramatiq
from dramatiq.middleware import AgeLimit, AsyncIO, Callbacks, CurrentMessage, ShutdownNotifications
from redis import Redis
from redis.exceptions import RedisError

from service.platform import jobs, log
from service.platform.events import log_stream_key
from service.platform.settings import get_settings
from tasks.failures import ExactRetries
from tasks.resources import OpenResources

settings = get_settings()
_redis = Redis.from_url(settings.redis_url or "redis://127.0.0.1:6379/0", socket_timeout=1, socket_connect_timeout=1)


def _tee(conversation_id: str, line: str) -> None:
    # Without Redis the page shows fewer lines; the line itself is on standard output.
    with suppress(RedisError):
        _redis.xadd(log_stream_key(conversation_id), {"line": line}, maxlen=200, approximate=True)


log.configure(settings, tee=_tee)
broker = jobs.new_broker(
    [AgeLimit(), ShutdownNotifications(), Callbacks(), CurrentMessage(), AsyncIO(), OpenResources(settings), ExactRetries()]
)
dramatiq.set_broker(broker)

from tasks import conversation, escalation, maintenance, media, outbox, outreach, waiting_list, watch  # noqa: E402, F401  actors register with the broker set above
