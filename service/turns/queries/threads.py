"""A conversation's thread as the agents' checkpointer stored it, read as plain data, without the agents' libraries.

The serialisation is msgpack with extension types `(module, class, data, …)` whose data alone is shown here: nothing is ever
constructed, so a page can show what a row holds without trusting it. The checkpointer's own schema is `checkpoints`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import ormsgpack

from service.platform.database import Database

_EXISTS: LiteralString = "select to_regclass('checkpoints.checkpoints') is not null as there"

# One row per namespace: the parent graph's is empty, a subgraph's names the node that runs it.
_NEWEST: LiteralString = """
select distinct on (checkpoint_ns) checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata
from checkpoints.checkpoints where thread_id = %(thread_id)s
order by checkpoint_ns, checkpoint_id desc
"""

_BLOBS: LiteralString = """
select c.checkpoint_ns, b.channel, b.type, b.blob
from (
  select distinct on (checkpoint_ns) thread_id, checkpoint_ns, checkpoint
  from checkpoints.checkpoints where thread_id = %(thread_id)s
  order by checkpoint_ns, checkpoint_id desc
) c
cross join lateral jsonb_each_text(c.checkpoint -> 'channel_versions') v
join checkpoints.checkpoint_blobs b
  on b.thread_id = c.thread_id and b.checkpoint_ns = c.checkpoint_ns and b.channel = v.key and b.version = v.value
"""

_WRITES: LiteralString = """
select w.checkpoint_ns, w.channel, w.type, w.blob
from checkpoints.checkpoint_writes w
join (
  select distinct on (checkpoint_ns) checkpoint_ns, checkpoint_id
  from checkpoints.checkpoints where thread_id = %(thread_id)s
  order by checkpoint_ns, checkpoint_id desc
) c on c.checkpoint_ns = w.checkpoint_ns and c.checkpoint_id = w.checkpoint_id
where w.thread_id = %(thread_id)s
order by w.checkpoint_ns, w.task_id, w.idx
"""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The newest checkpoint of one namespace: `values` and `interrupts` are plain data; `next` names nodes that wait to run."""

    namespace: str
    id: str
    parent_id: str | None
    at: str | None
    step: int | None
    metadata: dict[str, Any]
    values: dict[str, Any]
    interrupts: list[Any]
    next: list[str]


async def read(db: Database, thread_id: UUID) -> list[Checkpoint]:
    """Read the newest checkpoint of the thread's every namespace, the parent graph's first; empty where nothing was stored yet."""
    if not (await db.system((_EXISTS, {})))[0][0]["there"]:
        return []
    params = {"thread_id": str(thread_id)}
    newest, blobs, writes = await db.system((_NEWEST, params), (_BLOBS, params), (_WRITES, params))
    found = []
    for row in newest:
        namespace, checkpoint = row["checkpoint_ns"], row["checkpoint"]
        values = dict(checkpoint.get("channel_values") or {})
        values.update(
            {b["channel"]: decode(b["type"], b["blob"]) for b in blobs if b["checkpoint_ns"] == namespace and b["type"] != "empty"}
        )
        pending = [(w["channel"], decode(w["type"], w["blob"])) for w in writes if w["checkpoint_ns"] == namespace]
        found.append(
            Checkpoint(
                namespace=namespace,
                id=row["checkpoint_id"],
                parent_id=row["parent_checkpoint_id"],
                at=checkpoint.get("ts"),
                step=row["metadata"].get("step"),
                metadata=row["metadata"],
                values={name: value for name, value in values.items() if not name.startswith(("branch:", "__"))},
                interrupts=[item for channel, value in pending if channel == "__interrupt__" for item in _as_list(value)],
                next=sorted(name.removeprefix("branch:to:") for name in _waiting(checkpoint) if name in values),
            )
        )
    return found


def _waiting(checkpoint: Mapping[str, Any]) -> list[str]:
    """List channels that trigger a node and changed after that node last looked; being emptied counts as a change too."""
    seen = checkpoint.get("versions_seen") or {}
    return [
        channel
        for channel, version in (checkpoint.get("channel_versions") or {}).items()
        if channel.startswith("branch:to:") and str(version) > str((seen.get(channel.removeprefix("branch:to:")) or {}).get(channel, ""))
    ]


def decode(kind: str | None, blob: bytes | None) -> Any:
    """Return the plain data of one stored value; what can't be read is shown as a sentence about it, never raised."""
    if kind in (None, "null", "empty") or blob is None:
        return None
    if kind in ("bytes", "bytearray"):
        return f"{len(blob)} bytes"
    try:
        if kind == "msgpack":
            return ormsgpack.unpackb(blob, ext_hook=_unpacked, option=ormsgpack.OPT_NON_STR_KEYS)
        if kind == "json":
            return json.loads(blob)
    except ValueError as error:
        return f"unreadable {kind}: {error}"
    return f"{len(blob)} bytes of {kind}"


def _unpacked(code: int, data: bytes) -> Any:
    content = ormsgpack.unpackb(data, ext_hook=_unpacked, option=ormsgpack.OPT_NON_STR_KEYS)
    if isinstance(content, list | tuple) and len(content) >= 3 and isinstance(content[1], str):
        return content[2]
    return content


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
