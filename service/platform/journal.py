"""The journal of effects: what a tool did, written in the same statement as the deed, so that a retried turn can't do it twice."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from service.platform.database import Row
from service.platform.documents import Document, JsonObject
from service.platform.errors import Overtaken


@dataclass(frozen=True, slots=True)
class Effect:
    """A tool call about to change something. `key` is the same for the same call in the same turn.

    `lease_token` is the turn's fence; None (LangGraph Studio) is not checked.
    """

    conversation_id: UUID
    turn_id: UUID
    tool_call_id: str
    name: str
    args: JsonObject
    lease_token: UUID | None = None

    @property
    def call_key(self) -> str:
        """Names this very call: small models number their calls from zero in every answer."""
        return f"{self.turn_id}:{self.tool_call_id}"

    @property
    def key(self) -> str:
        return effect_key(self.name, self.args)


class Recorded(Document):
    """An effect as the journal has it: the call, and what its tool returned."""

    effect_key: str
    tool_call_id: str
    name: str
    args: JsonObject
    result: JsonObject
    turn_id: UUID


def effect_key(name: str, args: Mapping[str, Any]) -> str:
    """One key per tool and arguments, whatever their order."""
    return f"{name}:{hashlib.sha256(json.dumps(args, sort_keys=True, default=str).encode()).hexdigest()[:32]}"


# Who makes the changes of the transaction, for the history of bookings.
ACTOR: LiteralString = "select set_config('patas.actor', %(actor)s, true)"

# How often a turn is begun again because the customer wrote on before it had done anything.
MAX_REDRAFTS = 3

# The first part of a larger statement: a row where the turn may still act. It may not under a lost lease, after a person took over, or,
# while it has done nothing yet, when the customer has written again, or changed or deleted what it answers: what it was about to do may no
# longer be wanted. The lock makes
# whoever takes the conversation over wait until the deed is done, and see it.
FENCE: LiteralString = """
fence as materialized (
  select c.id
  from conversations c
  where c.id = %(effect_conversation)s and c.status = 'active'
    and (%(effect_lease)s::uuid is null or (c.lease_token = %(effect_lease)s and (
      c.turn_redrafts >= %(max_redrafts)s
      or exists (select from turn_effects f where f.turn_id = %(effect_turn)s)
      or (not c.turn_revised and not exists (
        select from messages m
        where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null and m.turn_id is null)))))
  for share
)
"""

# A part of a larger statement: `{JOURNAL} select {JOURNAL_COLUMNS}, <result jsonb> from <the deed>`.
JOURNAL: LiteralString = """
insert into turn_effects (organization_id, conversation_id, turn_id, effect_key, tool_call_id, name, args, result)
"""
JOURNAL_COLUMNS: LiteralString = """
patas.organization_id(), %(effect_conversation)s, %(effect_turn)s, %(effect_key)s, %(effect_call)s, %(effect_name)s, %(effect_args)s
"""

# The end of a statement that begins `with {FENCE}` and journals in a part named `effect`, for `result_of`.
OUTCOME: LiteralString = """
select exists (select from fence) as open, (select result from effect) as result
"""


def journal_params(effect: Effect) -> dict[str, object]:
    """Return the parameters that `JOURNAL_COLUMNS` names."""
    return {
        "effect_conversation": effect.conversation_id,
        "effect_turn": effect.turn_id,
        "effect_key": effect.key,
        "effect_call": effect.tool_call_id,
        "effect_name": effect.name,
        "effect_args": Jsonb(effect.args),
        "effect_lease": effect.lease_token,
        "max_redrafts": MAX_REDRAFTS,
    }


def result_of(row: Row) -> Any:
    """Return the `result` that a fenced statement selected. Raises Overtaken where the fence was closed."""
    if not row["open"]:
        raise Overtaken("The turn was overtaken before it did anything.")
    return row["result"]
