"""The checkpointer: LangGraph's own for Postgres, bound to one organization and fenced by the turn's lease.

Every statement runs under row-level security, which knows whose conversation a thread is: a run sees and writes the threads of the
organization that it is `bound` to, and outside of one there are none.

A worker that stood still and lost its conversation wakes up in the middle of a turn that is long over. What it would write as its thread's
newest state is older than what others have written since: the next turn would begin from there and do things again.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, Self
from uuid import UUID

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg.abc import Params
from psycopg.pq import Format
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from service.platform.database import binding
from service.platform.errors import Overtaken
from service.platform.sqlstates import LEASE_LOST

# In a run's configuration. LangGraph keeps what begins with two underscores out of the checkpoint's metadata.
LEASE = "__lease"

_fence: ContextVar[tuple[str, str] | None] = ContextVar("fence", default=None)
# LangGraph reads a subgraph's state by a configuration of its own making, so that this can't stand in the run's.
_organization: ContextVar[UUID | None] = ContextVar("organization", default=None)


@contextmanager
def bound(organization_id: UUID) -> Iterator[None]:
    """Have whatever is read and written inside be the threads of one organization."""
    token = _organization.set(organization_id)
    try:
        yield
    finally:
        _organization.reset(token)


def configurable(conversation_id: UUID, lease_token: UUID | None) -> dict[str, Any]:
    """Return what a run's configuration says about its thread."""
    return {"thread_id": str(conversation_id)} | ({LEASE: str(lease_token)} if lease_token else {})


class _Bound(psycopg.AsyncCursor[DictRow]):
    """Binds each of its statements to the organization, in the statement's own round trip and transaction."""

    async def execute(self, query: Any, params: Params | None = None, *, prepare: bool | None = None, binary: bool | None = None) -> Self:
        async with self.connection.pipeline():
            await self.connection.execute(*binding(_organization.get()))
            await super().execute(query, params, prepare=prepare, binary=binary)
        return self


class FencedSaver(AsyncPostgresSaver):
    """Writes only while the run's lease stands, checked in the transaction of the write itself. Raises Overtaken.

    LangGraph's saver has all its statements wait for one lock, since it may be given a single connection; over a pool none is needed.
    """

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        super().__init__(pool)
        self._pool = pool

    async def aput(
        self, config: RunnableConfig, checkpoint: Checkpoint, metadata: CheckpointMetadata, new_versions: ChannelVersions
    ) -> RunnableConfig:
        with _fenced(config):
            return await super().aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = "") -> None:
        with _fenced(config):
            await super().aput_writes(config, writes, task_id, task_path)

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[psycopg.AsyncCursor[DictRow]]:
        async with self._pool.connection() as conn:
            if not pipeline:
                async with _Bound(conn, row_factory=dict_row) as reading:
                    reading.format = Format.BINARY
                    yield reading
                return
            try:
                async with conn.pipeline(), conn.cursor(binary=True, row_factory=dict_row) as cursor:
                    await cursor.execute(*binding(_organization.get()))
                    if fence := _fence.get():
                        await cursor.execute("select patas.assert_lease(%s::uuid, %s::uuid)", fence)
                    yield cursor
            except psycopg.Error as error:
                if error.sqlstate == LEASE_LOST:
                    raise Overtaken("Another worker took over before the checkpoint was written.") from error
                raise


@contextmanager
def _fenced(config: RunnableConfig) -> Iterator[None]:
    """Have the writes inside check the lease of this run, where it has one."""
    found = config["configurable"]
    token = _fence.set((found["thread_id"], found[LEASE]) if found.get(LEASE) else None)
    try:
        yield
    finally:
        _fence.reset(token)
