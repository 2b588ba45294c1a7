"""What every channel speaks and what each must say of itself. Each provider has one file beside this one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal, Protocol, runtime_checkable
from uuid import UUID

import httpx

from service.platform.documents import JsonObject
from service.platform.settings import Settings

ChannelName = Literal["cloud_api", "evolution", "simulator"]

# By which column of `whatsapp_instances` webhooks name an instance; `instance_name` counts only together with `webhook_secret`.
KeyColumn = Literal["phone_number_id", "instance_name", "id"]


@dataclass(frozen=True, slots=True)
class InstanceKey:
    """How a webhook names the shop's number: `value` is the phone number id, the Evolution instance's name, or our own id.

    `secret` is the part of the webhook's address that only the provider knows (Evolution); None elsewhere.
    """

    channel: ChannelName
    value: str
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class NewNames:
    """By what a customer goes since the provider said so: what has changed, and what has not where it says that as well."""

    phone: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a message came with: what it is said to be, and itself where it came along (`content`).

    Everything else that the provider hands it out for stands in the message's `raw`. `seconds` is how long it plays, where that is told.
    """

    mime: str
    seconds: int | None = None
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as the provider handed it out."""

    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message as it came in, or (`from_me`) as the shop itself wrote it on its phone.

    `phone` is the other party's number exactly as the provider wrote it (digits with country code), None where only a
    `user_id` (business-scoped id, LID or group id) is known; `parent_user_id` and `username` are what Meta adds to it. Whoever one message
    names by several of them is one person. `address` is where replies go. `text` is what a person would read: body,
    caption, chosen button or the emoji of a reaction. `quoted_external_id` is the message that it quotes, reacts to, edits or deletes;
    `button_id` the id of the button or the list's row that was chosen; `referral` the advertisement or product that it was written from;
    `parts` how many pictures follow, of an album that announces them; `attachment` the file that it is. `sent_at` is aware UTC.
    `answerable` is False for groups, broadcasts and history. `becomes` is of a message that tells of a change: then `phone` and `user_id`
    are what they were before. An edit or a deletion whose `sender_known` is False says of itself only which message it names, and is the
    customer's who wrote that one.
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
    button_id: str | None = None
    referral: str | None = None
    parts: int = 0
    attachment: Attachment | None = None
    answerable: bool = True
    sender_known: bool = True
    parent_user_id: str | None = None
    username: str | None = None
    becomes: NewNames | None = None
    raw: JsonObject = field(default_factory=dict)


State = Literal["sent", "delivered", "read", "failed"]


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message that we sent. `our_id` is our row's id where the provider echoes it."""

    external_id: str
    state: State
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
    """A message that the provider has approved; `parameters` fill its placeholders in order.

    `name` is what the shop's settings say: its name on the Cloud API, elsewhere whatever the provider knows it by.
    """

    name: str
    language: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A reply button: what it is called, in at most 20 characters, and the `id` by which we know that it was pressed."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One text to send. `id` is our row's id, handed to the provider where it echoes one; `reply_to` the customer's last external id.

    `template` is set where the provider may take no free text any more: a provider that has templates sends that one instead. `buttons`
    stand under a question; the text says how to answer without them, so a channel may leave them out.
    """

    id: UUID
    to: str
    text: str
    reply_to: str | None = None
    template: Template | None = None
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a number needs before it works: one of these columns of its row, or one of these fields of `Settings`.

    `otherwise` says what fails without it and how to mend that, to go on after the number's name: "can't send: set …".
    """

    otherwise: str
    columns: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do and what its numbers need. Whoever would ask for a channel's name asks here instead.

    `address` is what a reply goes to: a "phone" number, which can be written to first, or an "id" that only the customer's own
    message tells. `has_window`: free text is taken only within 24 hours of the customer's last message. `sends_templates`: approved
    templates are taken at any time. `sends_buttons`: a question is sent with reply buttons. `shows_typing`:
    `show_typing` does something, and is called while an answer is thought about. `echoes_our_id`: statuses carry `Outbound.id`, so that
    they settle a send whose answer was lost. `is_simulated`: nobody outside is reached, and what is said is fiction.
    """

    key: KeyColumn
    address: Literal["phone", "id"]
    has_window: bool
    sends_templates: bool
    sends_buttons: bool
    shows_typing: bool
    echoes_our_id: bool
    is_simulated: bool = False
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A provider's call of our webhook as it came in; `headers` by lower-case name, `path` by the names in the webhook's path.

    `url` is the whole address as our server saw it. Some providers sign theirs: a proxy that ends TLS may have made `https` of it `http`.
    """

    url: str
    raw: bytes
    headers: Mapping[str, str]
    path: Mapping[str, str]
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a provider posts what happened, and how that is read.

    `path` names its variable parts in braces. `read` verifies the call and returns what it brought; where that is nothing, a delivery
    of nothing makes the intake check the key all the same. `shake_hands` answers the GET by which a provider makes sure that the
    address is ours. Both raise an AppError to refuse. `sender` is who calls, by the names in the path alone, where the path has the
    secret: who is not known by it is refused before the body is read.
    """

    path: str
    read: Callable[[Call, Settings], list[Delivery]]
    shake_hands: Callable[[Call, Settings], str] | None = None
    sender: Callable[[Mapping[str, str]], InstanceKey] | None = None


class Channel(Protocol):
    """A provider. What it is asked for raises `SendFailed`, whose `retry` says what may be done."""

    abilities: ClassVar[Abilities]
    webhook: ClassVar[Webhook | None]

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None: ...

    async def send(self, instance: Instance, message: Outbound) -> str | None:
        """Send and return the provider's id; None where the answer carried none: then nobody knows whether it was accepted."""
        ...

    async def show_typing(self, instance: Instance, external_id: str, to: str) -> None:
        """Mark the customer's message as read and show that an answer is being written. Best effort."""
        ...

    async def fetch(self, instance: Instance, raw: JsonObject) -> Fetched:
        """Get the file of a message, of which `raw` is what the webhook brought. With `limit` the number is locked out for a while."""
        ...


@runtime_checkable
class KeepsHistory(Protocol):
    """A provider that can be asked what its webhook should have brought. Both raise `SendFailed` where it does not answer."""

    async def is_connected(self, instance: Instance) -> bool:
        """Tell whether the number's phone is connected."""
        ...

    async def written(self, instance: Instance, *, page: int) -> Sequence[Inbound] | None:
        """Return a page of what was written in all chats, by either side, the newest first and counted from 1; None after the last."""
        ...
