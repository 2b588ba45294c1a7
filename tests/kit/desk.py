"""A customer at the counter: tools are called as a turn calls them, on the real database, without a model."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from langchain_core.tools import BaseTool
from langgraph.prebuilt import ToolRuntime

from graphs.context import Context
from service.platform.database import Database, Row
from service.platform.errors import AppError
from service.turns.queries import briefing as briefings
from tests.kit.speech import read_and_told, told_well
from tools.registry import CLIENT
from tools.results import Refused

OPEN = """
insert into conversations (organization_id, instance_id, contact_id)
select %(o)s, (select id from whatsapp_instances where organization_id = %(o)s limit 1), %(k)s returning id
"""


@dataclass(frozen=True)
class Desk:
    """One customer of one shop, and the tools that serve them."""

    db: Database
    tools: Sequence[BaseTool]
    organization_id: UUID
    contact_id: UUID
    conversation_id: UUID
    turn_id: UUID = field(default_factory=uuid4)

    async def call(self, name: str, /, **args: Any) -> dict[str, Any]:
        """Call a tool and return its answer; a refusal is its sentence under `error`, as the model gets it."""
        tool = next(tool for tool in self.tools if tool.name == name)
        context = Context(
            organization_id=self.organization_id, contact_id=self.contact_id, conversation_id=self.conversation_id, turn_id=self.turn_id
        )
        briefing = await briefings.load(self.db, self.organization_id, self.conversation_id)
        state = {"briefing": briefing, "call": {"name": name, "args": args}}
        runtime: Any = ToolRuntime(
            state=state, context=context, config={}, stream_writer=lambda _: None, tool_call_id=str(uuid4()), store=None
        )
        try:
            answer: dict[str, Any] = await tool.ainvoke({**args, "runtime": runtime})
        except AppError as refused:
            if refused.status >= 500:
                raise
            answer = Refused.of(refused).as_json()
        assert told_well(read_and_told(name, json.dumps(answer))), answer
        return answer

    def next_turn(self) -> "Desk":
        return replace(self, turn_id=uuid4())

    async def rows(self, sql: Any, **params: Any) -> list[Row]:
        return (await self.db.system((sql, {"o": self.organization_id, "k": self.contact_id, **params})))[0]

    async def has_pet(self, name: str, **columns: Any) -> UUID:
        """Give the customer this pet."""
        values = {"name": name, "species": "dog", "size": None, "coat": None, "notes": None, "died_on": None, **columns}
        (row,) = await self.rows(
            "insert into pets (organization_id, contact_id, name, species, size, coat, notes, died_on)"
            " values (%(o)s, %(k)s, %(name)s, %(species)s, %(size)s, %(coat)s, %(notes)s, %(died_on)s) returning id",
            **values,
        )
        found: UUID = row["id"]
        return found

    async def pet(self, name: str) -> Row:
        (row,) = await self.rows("select * from pets where contact_id = %(k)s and name = %(name)s", name=name)
        return row


@pytest.fixture
async def desk(db: Database, organization_id: UUID) -> Desk:
    """Provide a new customer of the demo shop."""
    (rows,) = await db.system(
        ("insert into contacts (organization_id, phone, name) values (%(o)s, '5511955550001', 'Rita') returning id", {"o": organization_id})
    )
    contact_id = rows[0]["id"]
    (rows,) = await db.system((OPEN, {"o": organization_id, "k": contact_id}))
    return Desk(db, [tool.bind(db) for tool in CLIENT], organization_id, contact_id, rows[0]["id"])
