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
from service.turns.queries import sweep
from tasks import failures
from tasks.failures import ExactRetries


class Recorder:
    """A broker that only notes what it is told to retry."""

    def __init__(self) -> None:
        self.delays: list[int] = []

    def enqueue(self, _: MessageProxy, *, delay: int) -> None:
        self.delays.append(delay)


@pytest.fixture
async def told(settings: Settings, db: Database, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Provide what is enqueued by what fails here."""
    loop, enqueued = asyncio.get_running_loop(), []
    monkeypatch.setattr(failures, "resources", lambda: SimpleNamespace(db=db))
    monkeypatch.setattr(failures, "run", lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result())
    monkeypatch.setattr(jobs, "enqueue", lambda *args, **_: enqueued.append(args))
    return enqueued


async def fail(actor: str, broker: Recorder) -> MessageProxy:
    """Let a job fail until it is given up."""
    proxy = MessageProxy(Message(queue_name=jobs.QUEUE, actor_name=actor, args=(), kwargs={}, options={}))
    given: Any = broker
    for _ in range(4):
        assert not proxy.failed
        await asyncio.to_thread(ExactRetries().after_process_message, given, proxy, exception=ValueError("broken"))
    return proxy


async def test_the_delays_are_exact_and_then_it_is_buried(told: list[tuple[Any, ...]], db: Database) -> None:
    broker = Recorder()
    proxy = await fail("maintenance.prune", broker)
    assert broker.delays == [2000, 4000, 8000]
    assert proxy.failed
    (letter,) = (await db.system(("select * from dead_letters", {})))[0]
    assert (letter["kind"], letter["error_type"], letter["attempts"]) == ("job", "ValueError", 4)
    assert letter["payload"]["actor_name"] == "maintenance.prune"
    (alert,) = (await db.system(("select * from alerts", {})))[0]
    assert told == [("escalation.notify", alert["id"])]


async def test_a_job_that_fails_again_and_again_is_told_of_once_a_day(told: list[tuple[Any, ...]], db: Database) -> None:
    for _ in range(2):
        await fail("maintenance.prune", Recorder())
    await fail("maintenance.sweep", Recorder())
    assert len((await db.system(("select 1 from dead_letters", {})))[0]) == 3
    assert len((await db.system(("select 1 from alerts", {})))[0]) == len(told) == 2
    await db.system(("update alerts set created_at = created_at - interval '25 hours', notified_at = now()", {}))
    await fail("maintenance.prune", Recorder())
    (alert,) = (await db.system(("select id from alerts where notified_at is null", {})))[0]
    assert told[2:] == [("escalation.notify", alert["id"])]


async def test_an_alert_that_nobody_takes_makes_no_other_and_is_tried_once_a_minute(
    told: list[tuple[Any, ...]], db: Database, settings: Settings
) -> None:
    await db.system(("insert into alerts (kind, title, created_at) values ('test', 't', now() - interval '1 minute')", {}))
    for tried in (1, 0, 0):
        found = await sweep.find_left_behind(db, settings)
        assert len(found["alerts"]) == tried
        await fail("escalation.notify", Recorder())
    assert len((await db.system(("select 1 from alerts", {})))[0]) == 1
    assert (await db.system(("select 1 from dead_letters", {})))[0] == []
    await db.system(("update alerts set tried_at = tried_at - interval '2 minutes'", {}))
    assert len((await sweep.find_left_behind(db, settings))["alerts"]) == 1


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
