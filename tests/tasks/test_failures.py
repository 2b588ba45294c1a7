"""Jobs that no row stands behind: retried exactly 2, 4 and 8 seconds apart, then buried and alerted."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest
from dramatiq import Message, MessageProxy
from redis import Redis

from service.platform import jobs
from service.platform.database import Database
from service.platform.settings import Settings
from tasks import failures
from tasks.failures import ExactRetries


class Recorder:
    """A broker that only notes what it is told to retry."""

    def __init__(self) -> None:
        self.delays: list[int] = []

    def enqueue(self, _: MessageProxy, *, delay: int) -> None:
        self.delays.append(delay)


async def test_the_delays_are_exact_and_then_it_is_buried(settings: Settings, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, alerts = asyncio.get_running_loop(), []
    monkeypatch.setattr(failures, "resources", lambda: SimpleNamespace(db=db))
    monkeypatch.setattr(failures, "run", lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result())
    monkeypatch.setattr(jobs, "enqueue", lambda *args, **_: alerts.append(args))
    broker: Any = Recorder()
    message: Message[Any] = Message(queue_name=jobs.QUEUE, actor_name="maintenance.prune", args=(), kwargs={}, options={})
    proxy = MessageProxy(message)
    for _ in range(4):
        assert not proxy.failed
        await asyncio.to_thread(ExactRetries().after_process_message, broker, proxy, exception=ValueError("broken"))
    assert broker.delays == [2000, 4000, 8000]
    assert proxy.failed
    (letter,) = (await db.system(("select * from dead_letters", {})))[0]
    assert (letter["kind"], letter["error_type"], letter["attempts"]) == ("job", "ValueError", 4)
    assert letter["payload"]["actor_name"] == "maintenance.prune"
    (alert,) = (await db.system(("select * from alerts", {})))[0]
    assert alerts == [("escalation.notify", alert["id"])]


def test_success_leaves_no_trace() -> None:
    broker: Any = Recorder()
    message: Message[Any] = Message(queue_name=jobs.QUEUE, actor_name="maintenance.sweep", args=(), kwargs={}, options={})
    ExactRetries().after_process_message(broker, MessageProxy(message), result=None)
    assert broker.delays == []


def test_a_message_carries_ids_and_its_age_limit(settings: Settings) -> None:
    assert jobs.enqueue("maintenance.sweep", max_age=5.0)
    with Redis.from_url(settings.redis_url or "") as client:
        (stored,) = (json.loads(m) for m in client.hvals(f"{settings.queue_namespace}:{jobs.QUEUE}.msgs"))
    assert stored["options"]["max_age"] == 5000
    assert stored["args"] == []
