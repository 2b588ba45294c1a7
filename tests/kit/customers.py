"""A customer of the demo shop in front of the real tools: what was said are rows, what the tools read is the real briefing."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from langgraph.prebuilt import ToolRuntime

from service.platform.database import Database
from service.platform.errors import BadRequest
from service.turns.queries import briefing as briefings
from tools.registry import AURORA, CLIENT

ZONE = "America/Sao_Paulo"

_CONTACT = "insert into contacts (organization_id, phone, name) values (%(o)s, %(phone)s, 'Ana') returning id"
_PET = """
insert into pets (organization_id, contact_id, name, species, size, coat)
values (%(o)s, %(contact)s, %(name)s, %(species)s, %(size)s, %(coat)s) returning id
"""
_CONVERSATION = """
insert into conversations (organization_id, instance_id, contact_id, address)
select %(o)s, id, %(contact)s, %(phone)s from whatsapp_instances where organization_id = %(o)s and channel = 'cloud_api' returning id
"""
_ANSWERED = "update messages set processed_at = now() where conversation_id = %(c)s and direction = 'incoming'"
_MESSAGE = """
insert into messages (organization_id, conversation_id, instance_id, direction, content, provider_at)
select organization_id, id, instance_id, 'incoming', %(content)s, now() from conversations where id = %(c)s
"""


@dataclass
class Customer:
    """Somebody with a phone, pets and a conversation."""

    db: Database
    organization_id: UUID
    contact_id: UUID
    conversation_id: UUID
    pets: dict[str, UUID] = field(default_factory=dict)

    async def says(self, text: str) -> None:
        """Write a new message, the only one that waits for an answer."""
        params = {"c": self.conversation_id, "content": text}
        await self.db.system((_ANSWERED, params), (_MESSAGE, params))

    async def has(self, name: str, *, species: str = "dog", size: str | None = None, coat: str | None = None) -> None:
        """Register a pet of theirs."""
        params = {"o": self.organization_id, "contact": self.contact_id, "name": name, "species": species, "size": size, "coat": coat}
        self.pets[name] = (await self.db.system((_PET, params)))[0][0]["id"]

    async def call(self, tool: str, /, *, is_owner: bool = False, **args: Any) -> dict[str, Any]:
        """Call a tool and return its answer; an expected refusal as the model would read it."""
        found = next(t for t in (*CLIENT, *AURORA) if t.name == tool).bind(self.db)
        context = SimpleNamespace(
            organization_id=self.organization_id, conversation_id=self.conversation_id, contact_id=self.contact_id, turn_id=uuid4(),
            lease_token=None, is_owner=is_owner, timezone=ZONE,
        )  # fmt: skip
        briefing = await briefings.load(self.db, self.organization_id, self.conversation_id)
        runtime: Any = ToolRuntime(
            state={"briefing": briefing, "messages": [], "call": {"name": tool, "args": args}},
            context=context, config={}, stream_writer=lambda _: None, tool_call_id=f"call_{uuid4().hex}", store=None,
        )  # fmt: skip
        try:
            result: dict[str, Any] = await found.ainvoke({**args, "runtime": runtime})
        except BadRequest as error:
            return {"success": False, "error": str(error)}
        return json.loads(json.dumps(result, default=str))


async def customer(db: Database, organization_id: UUID, *pets: str) -> Customer:
    """Make a new customer with these pets."""
    phone = f"5511{uuid4().int % 10**9:09d}"
    contact = (await db.system((_CONTACT, {"o": organization_id, "phone": phone})))[0][0]["id"]
    conversation = (await db.system((_CONVERSATION, {"o": organization_id, "contact": contact, "phone": phone})))[0][0]["id"]
    found = Customer(db, organization_id, contact, conversation)
    for name in pets:
        await found.has(name)
    return found
