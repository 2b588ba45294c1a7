"""Customers who speak: what they say is in a note, which the fake transcriber hears as a test tells it to."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from tasks.media import hear_all
from tests.kit.fakes.transcriber import FakeTranscriber
from tests.kit.phones import Number

PHONE = "5511955550001"


@dataclass
class Voices:
    """A number, and who hears its notes."""

    number: Number
    transcriber: FakeTranscriber

    async def note(self, said: str, sure: float | None = 0.95, *, phone: str = PHONE, from_me: bool = False) -> str:
        """Let a note come in; nothing is fetched or heard yet. Return its id."""
        return await self.number.note(phone, self.transcriber.hears(f"OggS{uuid4().hex}".encode(), said, sure), from_me=from_me)

    async def hear(self) -> None:
        """Fetch what is to be fetched, and hear what is to be heard, as the worker does."""
        await self.number.fetch()
        r = self.number.shop.resources
        for row in await self.number.shop.rows("select id, organization_id from media where status = 'hear' order by created_at, id"):
            await hear_all(r, row["organization_id"], row["id"])

    async def conversation(self, phone: str = PHONE) -> UUID:
        of = (
            "select c.id from conversations c join contacts k on k.id = c.contact_id join whatsapp_instances i on i.id = c.instance_id"
            " where k.phone = %(phone)s and i.channel = %(channel)s and c.status <> 'closed'"
        )
        (row,) = await self.number.shop.rows(of, phone=phone, channel=self.number.channel)
        found: UUID = row["id"]
        return found

    async def speak(self, said: str, sure: float | None = 0.95, *, phone: str = PHONE) -> UUID:
        """Let somebody speak and be answered; return the conversation."""
        await self.note(said, sure, phone=phone)
        await self.hear()
        conversation = await self.conversation(phone)
        await self.number.shop.work(conversation)
        return conversation

    def sent(self, phone: str = PHONE) -> list[str]:
        """Return what they got, in order."""
        return self.number.sent(phone)
