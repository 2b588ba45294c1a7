"""Structured logs: one pino-compatible JSON object a line on standard output.

`level` is pino's number (30 is info), `time` epoch milliseconds, `msg` the sentence. Phone numbers and what people wrote are masked
unless PATAS_LOG_CONTENT says otherwise; conversations of the simulator are fiction and never masked. Passwords and keys always are. Of an
error there is where it happened and of which kind it is: what it says may quote whatever it stumbled over.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.processors import ExceptionRenderer
from structlog.stdlib import ProcessorFormatter

from service.platform.errors import AppError
from service.platform.redaction import redactor
from service.platform.settings import Settings

Event = MutableMapping[str, Any]

LEVELS = {"debug": 20, "info": 30, "warning": 40, "warn": 40, "error": 50, "exception": 50, "critical": 60}
NUMBERS = frozenset({"from", "to", "phone"})
MOST_CAUSES = 5
CONTENTS = frozenset({"messageContent", "content", "args", "result"})


def mask_number(value: object) -> str:
    """All but the country and area code and the last four digits hidden."""
    text = str(value)
    return text if len(text) <= 8 else f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"


def said(error: BaseException) -> str:
    """Return what a log may say of an error: the sentence of a failure that we expect of us or of a server, of any other its kind."""
    if isinstance(error, AppError) and error.status >= 500:
        return str(error)
    return _kind(error)


def _kind(error: BaseException) -> str:
    """Return an error's kind, with Postgres' code where it has one."""
    code = getattr(error, "sqlstate", None)
    return f"{type(error).__qualname__} ({code})" if code else type(error).__qualname__


def _traced(exc_info: Any) -> str:
    """Return where an error happened and of which kind it is, and likewise what it came of, the latest first."""
    error: BaseException | None = exc_info[1]
    parts: list[str] = []
    while error is not None and len(parts) < MOST_CAUSES:
        parts.append("".join([*traceback.format_tb(error.__traceback__), f"{_kind(error)}\n"]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "which came of:\n".join(parts)


def _mask(_: Any, __: str, event: Event) -> Event:
    if not event.get("simulated"):
        for key in NUMBERS & event.keys():
            event[key] = mask_number(event[key]) if event[key] else event[key]
        for key in CONTENTS & event.keys():
            event[key] = "[masked]"
    return event


def _pino(_: Any, method: str, event: Event) -> Event:
    record: dict[str, Any] = {"level": LEVELS.get(event.pop("level", method), 30), "time": int(time.time() * 1000)}
    message = event.pop("event", "")
    event.pop("simulated", None)
    exception = event.pop("exception", None)
    record.update(event)
    if exception:
        record["err"] = exception
    record["msg"] = message
    return record


def _dumps(event: Event, **_: Any) -> str:
    return json.dumps(event, default=str, ensure_ascii=False)


def configure(settings: Settings, *, tee: Callable[[str, str], None] | None = None) -> None:
    """Set up logging for this process, the standard library's included.

    `tee(conversation_id, line)` receives the lines of simulator conversations, so that the page can show them.
    """

    redact = redactor(settings)

    def copy_simulated(_: Any, __: str, event: Event) -> Event:
        if tee and event.get("simulated") and event.get("conversationId"):
            tee(str(event["conversationId"]), redact(_dumps(_pino(None, "info", dict(event)))))
        return event

    def redacted(_: Any, __: str, line: Any) -> str:
        return redact(line)

    traced = structlog.processors.format_exc_info if settings.log_content else ExceptionRenderer(_traced)
    shared: list[Any] = [merge_contextvars, structlog.stdlib.add_log_level, traced]
    masking: list[Any] = [] if settings.log_content else [_mask]
    final: list[Any] = [copy_simulated, *masking, _pino, structlog.processors.JSONRenderer(serializer=_dumps), redacted]
    threshold = getattr(logging, settings.log_level.upper().replace("WARN", "WARNING").replace("WARNINGING", "WARNING"), logging.INFO)
    structlog.configure(
        processors=[*shared, *final],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, *final]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(threshold, logging.WARNING))


def bound(**fields: Any) -> AbstractContextManager[None]:
    """Fields that every line inside the block carries."""
    return bound_contextvars(
        **{key: value if isinstance(value, bool) else str(value) for key, value in fields.items() if value is not None}
    )
