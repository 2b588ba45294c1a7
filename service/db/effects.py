"""The journal of effects: what a tool did, written in the same statement as the deed, so that a retried turn can't do it twice."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb


@dataclass(frozen=True, slots=True)
class Effect:
    """A tool call about to change something. `key` is the same for the same call in the same turn."""

    conversation_id: UUID
    turn_id: UUID
    tool_call_id: str
    name: str
    args: Mapping[str, Any]

    @property
    def key(self) -> str:
        return effect_key(self.name, self.args)


def effect_key(name: str, args: Mapping[str, Any]) -> str:
    """One key per tool and arguments, whatever their order."""
    return f"{name}:{hashlib.sha256(json.dumps(args, sort_keys=True, default=str).encode()).hexdigest()[:32]}"


# A part of a larger statement: `{JOURNAL} select {JOURNAL_COLUMNS}, <result jsonb> from <the deed>`.
JOURNAL: LiteralString = (
    "insert into turn_effects (organization_id, conversation_id, turn_id, effect_key, tool_call_id, name, args, result)"
)
JOURNAL_COLUMNS: LiteralString = (
    "patas.organization_id(), %(effect_conversation)s, %(effect_turn)s, %(effect_key)s, %(effect_call)s, %(effect_name)s, %(effect_args)s"
)


def journal_params(effect: Effect) -> dict[str, Any]:
    """The parameters that `JOURNAL_COLUMNS` names."""
    return {
        "effect_conversation": effect.conversation_id,
        "effect_turn": effect.turn_id,
        "effect_key": effect.key,
        "effect_call": effect.tool_call_id,
        "effect_name": effect.name,
        "effect_args": Jsonb(dict(effect.args)),
    }
