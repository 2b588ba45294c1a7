"""The simulator: a channel without a network. What is sent is accepted at once; the page reads it from the database."""

from uuid import uuid4

from service.messaging.channels.base import Instance, Outbound


class Simulator:
    """Stands in for a provider where people try the product by hand."""

    async def send(self, instance: Instance, message: Outbound) -> str:
        return f"sim.{uuid4()}"

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        return None
