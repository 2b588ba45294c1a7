"""One conversation at a time: whoever gets its lease claims what is unanswered and answers it, until nothing is left."""

from uuid import UUID, uuid4

import dramatiq
from dramatiq.middleware import CurrentMessage

from service.platform import jobs
from service.turns.queries import mailbox
from service.turns.turn import Busy, Claim, Unreadable
from tasks import turn
from tasks.resources import Resources, resources

# Seconds after which a wake-up that came to a stopping worker comes again, to another.
STOPPING_DELAY = 0.5


@dramatiq.actor(actor_name="conversation.process", queue_name=jobs.QUEUE)
async def process(organization_id: str, conversation_id: str, correlation_id: str | None = None) -> None:
    """Wake a conversation up; a wake-up that is lost, late or doubled does no harm."""
    r, shop, conversation = resources(), UUID(organization_id), UUID(conversation_id)
    message = CurrentMessage.get_current_message()
    job_id = message.message_id if message else str(uuid4())
    if r.stopping:
        jobs.enqueue("conversation.process", shop, conversation, delay=STOPPING_DELAY)
    elif r.line.enter(shop, conversation):
        try:
            await answer(r, shop, conversation, job_id=job_id)
        finally:
            for waiting in r.line.leave(shop):
                jobs.enqueue("conversation.process", shop, waiting)


async def answer(r: Resources, organization_id: UUID, conversation_id: UUID, *, job_id: str) -> int:
    """Answer everything that waits in a conversation. Returns how many turns were committed.

    Whoever gets the lease drains the mailbox; everybody else goes home, or comes back when the customer has been quiet long enough.
    """
    committed = 0
    while not r.stopping:
        claimed = await _claim(r, organization_id, conversation_id)
        if isinstance(claimed, Unreadable):
            await turn.give_up_unread(r, claimed)
            return committed
        if not isinstance(claimed, Claim):
            if claimed and claimed.retry_in:
                jobs.enqueue("conversation.process", organization_id, conversation_id, delay=claimed.retry_in)
            return committed
        outcome = await turn.run(r, claimed, job_id=job_id)
        committed += outcome in ("drained", "more")
        if outcome in ("drained", "stopped"):
            return committed
    jobs.enqueue("conversation.process", organization_id, conversation_id)
    return committed


async def _claim(r: Resources, organization_id: UUID, conversation_id: UUID) -> Claim | Unreadable | Busy | None:
    return await mailbox.claim(
        r.db, organization_id, conversation_id, token=uuid4(), turn_id=uuid4(), lease_seconds=r.settings.lease_seconds,
        quiet_window=r.settings.quiet_window, quiet_cap=r.settings.quiet_cap, voice_wait=r.settings.voice_wait,
    )  # fmt: skip
