"""The clock of the installation: enqueues sweeper, reminders, watch and pruner at their times. All state is Postgres's, so two may run."""

import time
from dataclasses import dataclass

import structlog

from service.operations.processes import stop_signals
from service.platform import jobs
from service.platform.settings import Settings

log = structlog.get_logger()

PRUNE_INTERVAL = 3600.0
OFFER_INTERVAL = 15.0
REMIND_INTERVAL = 60.0
WATCH_INTERVAL = 300.0


@dataclass(slots=True)
class Entry:
    """An actor by name, and the seconds between two runs; `due` is on the monotonic clock."""

    actor: str
    interval: float
    due: float = 0.0


def run(settings: Settings) -> None:
    """Enqueue what is due until SIGTERM or SIGINT. With Redis down it goes on, and says so."""
    entries = [
        Entry("maintenance.sweep", settings.sweep_interval),
        Entry("outreach.remind", REMIND_INTERVAL),
        Entry("waiting_list.offer", OFFER_INTERVAL),
        Entry("watch.all", WATCH_INTERVAL),
        Entry("maintenance.prune", PRUNE_INTERVAL),
    ]
    with stop_signals() as stop:
        log.info("[SCHEDULER] Started", sweepInterval=settings.sweep_interval)
        while not stop.wait(_enqueue_due(entries, time.monotonic())):
            pass


def _enqueue_due(entries: list[Entry], now: float) -> float:
    """Enqueue the entries that are due; returns the seconds until the next one is."""
    for entry in entries:
        if entry.due <= now:
            # False where Redis is down: jobs has logged it, and the next round tries again.
            jobs.enqueue(entry.actor, max_age=entry.interval)  # with no worker up they must not pile up
            entry.due = now + entry.interval
    return max(0.0, min(entry.due for entry in entries) - now)
