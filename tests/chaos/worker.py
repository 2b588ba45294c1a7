"""A worker as it is deployed, that kills itself at named points: what `dramatiq tests.chaos.worker` loads.

A point is armed by a file of its name in the folder that CHAOS_ARMED names; whoever passes it first takes the file along and dies by
SIGKILL, its Dramatiq master with it. Production code knows nothing of this.
"""

import functools
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from graphs.checkpoints import FencedSaver
from graphs.completions import Interface
from service.agenda.queries import proposals
from service.messaging.channels.cloud_api import CloudApi
from service.shop.queries import customers
from service.turns.queries import escalations, mailbox
from tasks.worker import broker

ARMED = Path(os.environ["CHAOS_ARMED"])

__all__ = ["broker"]


def pass_point(name: str) -> None:
    """Die here, where the point is armed."""
    try:
        (ARMED / name).rename(ARMED / f"{name}.fired")
    except FileNotFoundError:
        return
    os.killpg(0, signal.SIGKILL)


def around(owner: Any, name: str, *, before: str | None = None, after: str | None = None) -> None:
    """Put points before and after a coroutine function."""
    inner: Callable[..., Awaitable[Any]] = getattr(owner, name)

    @functools.wraps(inner)
    async def passing(*args: Any, **kwargs: Any) -> Any:
        if before:
            pass_point(before)
        result = await inner(*args, **kwargs)
        if after:
            pass_point(after)
        return result

    setattr(owner, name, passing)


around(mailbox, "claim", before="before_claim", after="after_claim")
around(Interface, "create", before="during_model")
around(customers, "register_pet", after="after_pet")
around(proposals, "propose", after="after_proposal")
around(proposals, "book_at_once", after="after_booking")
around(proposals, "accept", after="after_consent")
around(proposals, "decline", after="after_refusal")
around(escalations, "open_case", after="after_case")
around(FencedSaver, "aput", after="after_checkpoint")
around(mailbox, "commit", before="before_commit", after="after_commit")
around(CloudApi, "send", before="before_send", after="after_send")
