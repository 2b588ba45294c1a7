"""The sweeper and the broom."""

import dramatiq
import structlog
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from service.messaging.media import expiry
from service.platform import events, jobs
from service.turns.queries import sweep as maintenance
from tasks.resources import resources

log = structlog.get_logger()


@dramatiq.actor(actor_name="maintenance.sweep", queue_name=jobs.QUEUE)
async def sweep() -> None:
    """Wake everything that a crash, a Redis flush or a deploy left behind. Waking twice does no harm."""
    r = resources()
    found = await maintenance.find_left_behind(r.db, r.settings)
    for row in found["unanswered"]:
        jobs.enqueue("conversation.process", row["organization_id"], row["conversation_id"])
    for row in found["unsent"]:
        jobs.enqueue("outbox.deliver", row["organization_id"], row["conversation_id"])
    for row in found["files"]:
        jobs.enqueue("media.fetch" if row["status"] == "fetch" else "voice.hear", row["organization_id"], row["id"])
    for row in found["unsettled"]:
        await events.publish(r.redis, row["conversation_id"], "status")
    for row in found["alerts"]:
        jobs.enqueue("escalation.notify", row["id"])
    if any(found.values()):
        log.warning("[SWEEPER] Work left behind was woken", **{kind: len(rows) for kind, rows in found.items()})


@dramatiq.actor(actor_name="maintenance.prune", queue_name=jobs.QUEUE)
async def prune() -> None:
    """Keep only the newest checkpoint of each thread, the journal of recent turns, and raw data as long as the settings say."""
    r = resources()
    threads = await maintenance.threads_with_history(r.db)
    if threads:
        await AsyncPostgresSaver(r.checkpoints).aprune(threads, strategy="keep_latest")
        log.info("[SWEEPER] Checkpoints pruned", threads=len(threads))
    await maintenance.prune_effects(r.db)
    if forgotten := await maintenance.forget_raw(r.db, days=r.settings.raw_retention_days):
        log.info("[SWEEPER] Raw data forgotten", messages=forgotten)
    if deleted := await expiry.delete_expired(r.db, r.files, days=r.settings.media_retention_days):
        log.info("[SWEEPER] Media deleted", files=deleted)
