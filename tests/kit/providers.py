"""Every channel's provider at the wire: its fake server, a number with it, what it posts to us, and what it was sent.

A channel without a provider (the simulator) is not here. `tests/messaging/test_channels.py` says what is missing for a new one.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from pydantic import SecretStr

from service.messaging.channels.base import Call, ChannelName, State
from tests.kit.fakes import evolution, meta
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.server import FakeServer

# Where the tests' web process is called; who signs addresses signs this and the path.
HOST = "http://patas"

# What Meta sends beside a type that is no text.
CONTENTS: dict[str, dict[str, Any]] = {
    "audio": {"id": "media-1", "mime_type": "audio/ogg; codecs=opus", "voice": True},
    "image": {"id": "media-2", "mime_type": "image/jpeg"},
    "sticker": {"id": "media-3", "mime_type": "image/webp"},
    "location": {"latitude": -23.58, "longitude": -46.63},
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text that a provider was sent; `to` is the address's number or id alone."""

    to: str
    text: str
    our_id: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A call of our webhook."""

    path: str
    raw: bytes
    headers: Mapping[str, str]
    parts: Mapping[str, str]

    def call(self) -> Call:
        """As the channel's reader gets it."""
        return Call(f"{HOST}{self.path}", self.raw, {name.lower(): value for name, value in self.headers.items()}, self.parts, {})


class Provider(ABC):
    """A channel's provider, whose calls are known by `secret`. The server's address is known once it has started.

    `states` are all the words by which it tells what became of a message, and what each means to us; none where it tells nothing.
    `user_id` is an address of somebody whose phone number it does not tell, made to look as much like a number as its ids ever do.
    """

    server: FakeServer
    states: ClassVar[Mapping[str, State]] = {}
    user_id: ClassVar[str]

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def settings(self) -> dict[str, str | SecretStr]:
        """Return the settings of the installation that the channel needs: secrets by which it knows a call, addresses."""
        return {}

    @abstractmethod
    def number(self) -> dict[str, str]:
        """Return the columns of an instance with this provider, beside its channel and name."""

    @abstractmethod
    def message(
        self, phone: str, text: str, *, at: float | None = None, kind: str = "text", sender: str | None = None, number: str | None = None
    ) -> Posted:
        """Return a customer's message; `sender` is an address other than the phone's, `number` the value of the key of another instance."""

    def status(self, external_id: str, phone: str, our_id: str, told: str) -> Posted:
        """Return what became of a message of ours, `told` in a word of `states`, with our id where the provider knows it."""
        raise NotImplementedError(f"{type(self).__name__} has states, but no status")

    @abstractmethod
    def forged(self, posted: Posted) -> Posted:
        """Return the same call by somebody who does not know the secret."""

    @abstractmethod
    def said(self) -> list[Said]:
        """Return what the provider was sent, in order."""


class Meta(Provider):
    states: ClassVar[Mapping[str, State]] = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}
    user_id = "BR.44556677889900"

    def __init__(self, secret: str) -> None:
        super().__init__(secret)
        self.server: FakeMeta = FakeMeta()

    def settings(self) -> dict[str, str | SecretStr]:
        return {
            "whatsapp_api_url": self.server.url, "whatsapp_app_secret": SecretStr(self.secret),
            "whatsapp_access_token": SecretStr("chave"), "whatsapp_verify_token": SecretStr("aperto de mão"),
        }  # fmt: skip

    def number(self) -> dict[str, str]:
        return {"phone_number_id": meta.PHONE_NUMBER_ID, "access_token": "chave"}

    def message(
        self, phone: str, text: str, *, at: float | None = None, kind: str = "text", sender: str | None = None, number: str | None = None
    ) -> Posted:
        content = {"body": text} if kind == "text" else CONTENTS[kind]
        found = meta.message(sender or phone, kind, content, timestamp=at)
        return self._posted(meta.webhook_body(messages=[found], phone_number_id=number or self.number()["phone_number_id"]))

    def status(self, external_id: str, phone: str, our_id: str, told: str) -> Posted:
        errors = [{"code": 131026, "title": "Message undeliverable"}] if told == "failed" else []
        found = meta.status(external_id, told, phone, our_id=our_id, errors=errors)
        return self._posted(meta.webhook_body(statuses=[found], phone_number_id=self.number()["phone_number_id"]))

    def forged(self, posted: Posted) -> Posted:
        return Posted(posted.path, posted.raw, {"X-Hub-Signature-256": meta.sign(posted.raw, "not the secret")}, posted.parts)

    def said(self) -> list[Said]:
        return [Said(sent.to, sent.text, sent.our_id) for sent in self.server.sends]

    def _posted(self, body: Any) -> Posted:
        raw, headers = meta.signed(body, self.secret)
        return Posted("/webhook", raw, headers, {})


class Evolution(Provider):
    states: ClassVar[Mapping[str, State]] = {
        "SERVER_ACK": "sent", "2": "sent", "DELIVERY_ACK": "delivered", "3": "delivered", "READ": "read", "4": "read", "PLAYED": "read",
        "5": "read", "ERROR": "failed", "0": "failed",
    }  # fmt: skip
    user_id = "44556677889900@lid"
    instance = "celular-da-loja"

    def __init__(self, secret: str) -> None:
        super().__init__(secret)
        self.server: FakeEvolution = FakeEvolution()

    def number(self) -> dict[str, str]:
        return {"instance_name": self.instance, "webhook_secret": self.secret, "api_url": self.server.url, "access_token": "chave"}

    def message(
        self, phone: str, text: str, *, at: float | None = None, kind: str = "text", sender: str | None = None, number: str | None = None
    ) -> Posted:
        data = evolution.upsert(sender or f"{phone}@s.whatsapp.net", text, timestamp=at)
        return self._posted(evolution.webhook_body(data, instance=number or self.instance), self.secret)

    def status(self, external_id: str, phone: str, our_id: str, told: str) -> Posted:
        data = evolution.update(external_id, told, f"{phone}@s.whatsapp.net")
        return self._posted(evolution.webhook_body(data, event="messages.update", instance=self.instance), self.secret)

    def forged(self, posted: Posted) -> Posted:
        return self._posted(json.loads(posted.raw), "not the secret")

    def said(self) -> list[Said]:
        return [Said(sent.number.partition("@")[0], sent.text) for sent in self.server.sends]

    def _posted(self, body: Any, secret: str) -> Posted:
        path = f"/webhook/evolution/{quote(body['instance'])}/{quote(secret)}"
        return Posted(path, json.dumps(body).encode(), {}, {"instance": body["instance"], "secret": secret})


PROVIDERS: dict[ChannelName, type[Provider]] = {"cloud_api": Meta, "evolution": Evolution}


@contextmanager
def open_providers(secret: str) -> Iterator[dict[ChannelName, Provider]]:
    """Start every provider's server."""
    providers = {name: provider(secret) for name, provider in PROVIDERS.items()}
    with ExitStack() as servers:
        for provider in providers.values():
            servers.enter_context(provider.server)
        yield providers


def settings_of(providers: Iterable[Provider]) -> dict[str, str | SecretStr]:
    """Return the settings that these providers' channels need, to change the tests' settings by."""
    return {name: value for provider in providers for name, value in provider.settings().items()}
