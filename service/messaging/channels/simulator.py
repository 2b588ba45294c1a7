"""The simulator: a channel without a network. What is sent is accepted at once; the page reads it from the database."""

from typing import ClassVar
from uuid import uuid4

import httpx

from service.messaging.channels.base import Abilities, Fetched, Instance, Outbound, Webhook
from service.platform.documents import JsonObject
from service.platform.errors import SendFailed
from service.platform.settings import Settings


class Simulator:
    """Stands in for a provider where people try the product by hand. Its page calls the intake itself, so it has no webhook."""

    abilities: ClassVar[Abilities] = Abilities(
        key="id",
        address="phone",
        has_window=False,
        sends_templates=False,
        sends_buttons=False,
        shows_typing=False,
        echoes_our_id=False,
        is_simulated=True,
    )
    webhook: ClassVar[Webhook | None] = None

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        """Take what every channel is given; nothing of it is needed."""

    async def send(self, instance: Instance, message: Outbound) -> str:
        """Accept a message."""
        return f"sim.{uuid4()}"

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        """Do nothing: the page shows turns by itself."""

    async def fetch(self, instance: Instance, raw: JsonObject) -> Fetched:
        """Refuse: nobody sends files here."""
        raise SendFailed("O simulador não recebe arquivos.", code="no_media", retry="never")
