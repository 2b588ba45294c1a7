"""Retries of jobs whose failure no row remembers: exactly 2, 4 and 8 s apart, then a dead letter and an alert.

Turns and sends keep their attempts in Postgres and are retried by their own code with the same delays.
"""

import traceback
from typing import Any

import structlog
from dramatiq import Broker, MessageProxy, Middleware

from service.platform import jobs
from service.platform.settings import RETRY_DELAYS
from service.turns.queries import alerts
from service.turns.queries.alerts import JobCall
from tasks.resources import resources, run

log = structlog.get_logger()


class ExactRetries(Middleware):
    """Re-enqueue a failed message after the next of `RETRY_DELAYS`; bury it after the last."""

    def after_process_message(
        self, broker: Broker, message: MessageProxy, *, result: Any = None, exception: BaseException | None = None
    ) -> None:
        if exception is None:
            return
        attempt = message.options.get("retries", 0) + 1
        error = "".join(traceback.format_exception_only(exception)).strip()
        log.error("[WORKER] Job failed", jobId=message.message_id, actor=message.actor_name, attempt=attempt, exc_info=exception)
        if attempt <= len(RETRY_DELAYS):
            message.options["retries"] = attempt
            broker.enqueue(message, delay=round(RETRY_DELAYS[attempt - 1] * 1000))  # type: ignore[arg-type]  # as Dramatiq's own Retries does
            return
        message.fail()
        if message.actor_name == "escalation.notify":
            return  # the alert is a row that nobody was told of: the sweeper tries it again, and nobody is told of that
        job = JobCall(message.actor_name, message.args, message.kwargs)
        alert_id = run(alerts.bury_job(resources().db, job, error_type=type(exception).__name__, error=error, attempts=attempt))
        if alert_id:
            jobs.enqueue("escalation.notify", alert_id)
