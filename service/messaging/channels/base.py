"""What every WhatsApp channel speaks: messages in, messages out, one protocol. Each provider has one file beside this one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

ChannelName = Literal["cloud_api", "evolution", "simulator"]

LONGEST_TEXT = 4096
"""Characters that a WhatsApp text may have, as Meta's Cloud API counts them."""


@dataclass(frozen=True, slots=True)
class InstanceKey:
    """How a webhook names the shop's number: `value` is the phone number id, the Evolution instance's name, or our own id.

    `secret` is the part of the webhook's address that only the provider knows (Evolution); None elsewhere.
    """

    channel: ChannelName
    value: str
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message as it came in, or (`from_me`) as the shop itself wrote it on its phone.

    `phone` is the other party's number exactly as the provider wrote it (digits with country code), None where only a
    `user_id` (business-scoped id, LID or group id) is known; `address` is where replies go. `text` is what a person would read: body,
    caption or chosen button. `sent_at` is aware UTC. `answerable` is False for groups, broadcasts and history.
    """

    external_id: str
    phone: str | None
    user_id: str | None
    address: str
    name: str | None
    message_type: str
    text: str
    sent_at: datetime
    from_me: bool = False
    quoted_external_id: str | None = None
    answerable: bool = True
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message that we sent. `our_id` is our row's id where the provider echoes it."""

    external_id: str
    state: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    our_id: str | None = None
    error_code: str | None = None
    error_detail: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Messages and statuses of one number out of one webhook body."""

    key: InstanceKey
    messages: tuple[Inbound, ...] = ()
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A connected number, with what is needed to send through it."""

    id: UUID
    channel: ChannelName
    phone_number_id: str | None = None
    instance_name: str | None = None
    api_url: str | None = None
    access_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A message that the provider has approved; `parameters` fill its placeholders in order."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outbound:
    """One text to send. `id` is our row's id, handed to the provider where it echoes one; `reply_to` the customer's last external id.

    `template` is set where the provider may take no free text any more: a provider that has templates sends that one instead.
    """

    id: UUID
    to: str
    text: str
    reply_to: str | None = None
    template: Template | None = None


class Channel(Protocol):
    """A provider. Both calls raise `SendFailed`, whose `retry` says what may be done."""

    async def send(self, instance: Instance, message: Outbound) -> str | None:
        """Send and return the provider's id; None where the answer carried none."""
        ...

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        """Mark the customer's message as read and show that an answer is being written. Best effort."""
        ...
