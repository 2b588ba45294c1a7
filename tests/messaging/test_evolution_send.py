"""Sending through an Evolution server, over real sockets."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from service.messaging.channels import build_channels, build_http
from service.messaging.channels.base import Channel, Instance, Outbound, Template
from service.platform.errors import SendFailed
from service.platform.settings import Settings
from tests.kit.fakes import evolution
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.fakes.server import Fault

JID = "5511999990001@s.whatsapp.net"


@pytest.fixture
def fake() -> Iterator[FakeEvolution]:
    with FakeEvolution(apikey="chave") as server:
        yield server


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    settings = Settings(_env_file=None)
    async with build_http(settings) as http:
        yield build_channels(settings, http)["evolution"]


def instance(fake: FakeEvolution, *, name: str = "loja", key: str = "chave") -> Instance:
    return Instance(uuid4(), "evolution", instance_name=name, api_url=fake.url + "/", access_token=key)


async def refusal(channel: Channel, to: Instance) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await channel.send(to, Outbound(uuid4(), JID, "Olá!"))
    return caught.value


async def test_send(fake: FakeEvolution, channel: Channel) -> None:
    external_id = await channel.send(instance(fake), Outbound(uuid4(), JID, "Olá!", template=Template("oi", "pt_BR")))
    assert fake.sends == [evolution.Sent(external_id or "", "loja", JID, "Olá!")]


async def test_name_of_the_instance_is_escaped(fake: FakeEvolution, channel: Channel) -> None:
    await channel.send(instance(fake, name="Pet & Cia/1"), Outbound(uuid4(), JID, "Olá!"))
    assert fake.sends[0].instance == "Pet & Cia/1"


async def test_read_then_typing(fake: FakeEvolution, channel: Channel) -> None:
    await channel.show_typing(instance(fake), "3EB0", JID)
    assert fake.reads == [{"readMessages": [{"remoteJid": JID, "fromMe": False, "id": "3EB0"}]}]
    assert [(t["number"], t["presence"]) for t in fake.typing] == [(JID, "composing")]


@pytest.mark.parametrize(
    ("fault", "code", "retry"),
    [
        (evolution.NOT_ON_WHATSAPP, "not_on_whatsapp", "never"),
        (evolution.DISCONNECTED, "disconnected", "later"),
        (evolution.error(400, "Error: Timed Out"), "timed_out", "unknown"),
        (evolution.error(404, 'The "loja" instance does not exist'), "404", "never"),
        (evolution.error(500, "boom"), "500", "later"),
        (Fault(status=429, headers={"Retry-After": "3"}), "429", "later"),
        (Fault(status=504), "504", "unknown"),
        (Fault(status=200, body="<html>"), "200", "unknown"),
        (Fault(reset="after"), "connection_lost", "unknown"),
        (Fault(reset="before"), "connection_lost", "unknown"),
    ],
)
async def test_refusals(fake: FakeEvolution, channel: Channel, fault: Fault, code: str, retry: str) -> None:
    fake.fail_next(fault)
    error = await refusal(channel, instance(fake))
    assert (error.code, error.retry) == (code, retry)


async def test_wrong_key(fake: FakeEvolution, channel: Channel) -> None:
    assert (await refusal(channel, instance(fake, key="outra"))).retry == "never"
    assert not fake.sends


async def test_without_an_address(fake: FakeEvolution, channel: Channel) -> None:
    error = await refusal(channel, Instance(uuid4(), "evolution", instance_name="loja"))
    assert (error.code, error.retry) == ("not_configured", "never")
