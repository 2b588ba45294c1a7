"""Sending through the Cloud API, over real sockets."""

import gzip
import json
import socket
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from pydantic import ValidationError

from service.messaging.channels import build_channels, build_http
from service.messaging.channels.base import Channel, Instance, Outbound, Template
from service.platform.errors import SendFailed
from service.platform.settings import Settings
from tests.kit.fakes import meta
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.server import Fault

CUSTOMER = "5511999990001"


@pytest.fixture
def fake() -> Iterator[FakeMeta]:
    with FakeMeta() as server:
        yield server


def settings_for(url: str, timeout: float = 20.0) -> Settings:
    return Settings(_env_file=None, whatsapp_api_url=url, whatsapp_access_token="do-ambiente", channel_timeout=timeout)


@pytest.fixture
async def channel(fake: FakeMeta) -> AsyncIterator[Channel]:
    settings = settings_for(fake.url)
    async with build_http(settings) as http:
        yield build_channels(settings, http)["cloud_api"]


def instance(token: str | None = None) -> Instance:
    return Instance(uuid4(), "cloud_api", phone_number_id=meta.PHONE_NUMBER_ID, access_token=token)


def outbound(text: str = "Olá! 🐶", to: str = CUSTOMER) -> Outbound:
    return Outbound(uuid4(), to, text)


async def refusal(channel: Channel, message: Outbound | None = None) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await channel.send(instance(), message or outbound())
    return caught.value


async def test_send(fake: FakeMeta, channel: Channel) -> None:
    message = outbound()
    external_id = await channel.send(instance("da-loja"), message)
    (sent,) = fake.sends
    assert (sent.id, sent.phone_number_id, sent.to, sent.text) == (external_id, meta.PHONE_NUMBER_ID, CUSTOMER, "Olá! 🐶")
    assert (sent.our_id, sent.token) == (str(message.id), "da-loja")


async def test_settings_token_where_the_instance_has_none(fake: FakeMeta, channel: Channel) -> None:
    await channel.send(instance(), outbound())
    assert fake.sends[0].token == "do-ambiente"


async def test_user_id_goes_as_recipient(fake: FakeMeta, channel: Channel) -> None:
    await channel.send(instance(), outbound(to="BR.123"))
    body = fake.requests[0].json
    assert body["recipient"] == "BR.123"
    assert "to" not in body


async def test_reply_quotes(fake: FakeMeta, channel: Channel) -> None:
    await channel.send(instance(), Outbound(uuid4(), CUSTOMER, "Sim", reply_to="wamid.0"))
    assert fake.requests[0].json["context"] == {"message_id": "wamid.0"}


async def test_a_template_instead_of_the_text(fake: FakeMeta, channel: Channel) -> None:
    template = Template("lembrete", "pt_BR", ("Ana", "Banho de Rex\n e\tTosa     de Mel"))
    await channel.send(instance(), Outbound(uuid4(), CUSTOMER, "Oi, Ana!", template=template))
    body = fake.requests[0].json
    assert body["type"] == "template"
    assert body["template"] == {
        "name": "lembrete",
        "language": {"code": "pt_BR"},
        "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "Banho de Rex e Tosa de Mel"}]}
        ],
    }
    assert "text" not in body
    assert [(sent.template, sent.parameters) for sent in fake.sends] == [("lembrete", ("Ana", "Banho de Rex e Tosa de Mel"))]


async def test_a_template_without_parameters(fake: FakeMeta, channel: Channel) -> None:
    await channel.send(instance(), Outbound(uuid4(), CUSTOMER, "Oi!", template=Template("oi", "pt_BR")))
    assert fake.requests[0].json["template"]["components"] == []


async def test_after_the_window_free_text_is_refused(fake: FakeMeta, channel: Channel) -> None:
    fake.closed.add(CUSTOMER)
    assert (await refusal(channel)).code == "131047"
    assert await channel.send(instance(), Outbound(uuid4(), CUSTOMER, "Oi!", template=Template("oi", "pt_BR")))


async def test_typing_and_read_are_one_call(fake: FakeMeta, channel: Channel) -> None:
    await channel.show_typing(instance(), "wamid.1", CUSTOMER)
    assert fake.typing == [meta.Typing(meta.PHONE_NUMBER_ID, "wamid.1", True)]
    assert len(fake.requests) == 1
    assert not fake.sends


async def test_longest_text(fake: FakeMeta, channel: Channel) -> None:
    await channel.send(instance(), outbound("ã" * 4096))
    error = await refusal(channel, outbound("ã" * 4097))
    assert (error.code, error.retry) == ("too_long", "never")
    assert len(fake.requests) == 1


@pytest.mark.parametrize("code", [190, 368, 100, 131026, 131031, 131047, 131050, 131062])
async def test_codes_never_to_be_repeated(fake: FakeMeta, channel: Channel, code: int) -> None:
    fake.fail_next(meta.error(code))
    error = await refusal(channel)
    assert (error.code, error.retry) == (str(code), "never")
    assert not fake.sends


@pytest.mark.parametrize(
    ("code", "status", "delay"), [(130429, 429, 4), (131056, 400, 16), (131000, 500, 0), (131016, 503, 4), (2, 500, 0)]
)
async def test_codes_that_pass(fake: FakeMeta, channel: Channel, code: int, status: int, delay: float) -> None:
    fake.fail_next(meta.error(code, status=status))
    error = await refusal(channel)
    assert (error.code, error.retry, error.delay) == (str(code), "later", delay)


@pytest.mark.parametrize(
    ("status", "retry"), [(500, "later"), (502, "later"), (503, "later"), (504, "unknown"), (429, "later"), (403, "never")]
)
async def test_statuses_without_a_graph_error(fake: FakeMeta, channel: Channel, status: int, retry: str) -> None:
    fake.fail_next(Fault(status=status, body="<html>gateway</html>"))
    error = await refusal(channel)
    assert (error.code, error.retry) == (str(status), retry)


async def test_a_code_on_a_503_wins(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(meta.error(131047, status=503))
    assert (await refusal(channel)).retry == "never"


async def test_retry_after(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(Fault(status=429, headers={"Retry-After": "7"}), Fault(status=429, headers={"Retry-After": "tomorrow"}))
    assert [(await refusal(channel)).delay for _ in range(2)] == [7.0, 0.0]


async def test_transient_flag(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(meta.error(99999))
    assert (await refusal(channel)).retry == "never"
    fault = meta.error(99999)
    fault.body["error"]["is_transient"] = True
    fake.fail_next(fault)
    assert (await refusal(channel)).retry == "later"


async def test_success_that_is_no_json_is_of_unknown_outcome(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(Fault(status=200, body="<html>"))
    assert (await refusal(channel)).retry == "unknown"


async def test_success_without_an_id(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(Fault(status=200, body={"messaging_product": "whatsapp"}))
    assert await channel.send(instance(), outbound()) is None


async def test_answer_lost_after_it_was_accepted(fake: FakeMeta, channel: Channel) -> None:
    message = outbound()
    fake.fail_next(Fault(reset="after"))
    assert (await refusal(channel, message)).retry == "unknown"
    assert [sent.our_id for sent in fake.sends] == [str(message.id)]
    assert len(fake.requests) == 1, "a lost answer is never repeated below"


async def test_connection_dropped_before_it_was_accepted(fake: FakeMeta, channel: Channel) -> None:
    await channel.send(instance(), outbound())
    fake.fail_next(Fault(reset="before"))
    assert (await refusal(channel)).retry == "unknown"
    assert len(fake.sends) == 1


async def test_no_answer_in_time(fake: FakeMeta) -> None:
    settings = settings_for(fake.url, timeout=0.2)
    fake.fail_next(Fault(delay=60))
    async with build_http(settings) as http:
        error = await refusal(build_channels(settings, http)["cloud_api"])
    assert (error.code, error.retry) == ("timeout", "unknown")


async def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = settings_for(f"http://127.0.0.1:{taken.getsockname()[1]}")
        async with build_http(settings) as http:
            error = await refusal(build_channels(settings, http)["cloud_api"])
    assert (error.code, error.retry) == ("unreachable", "later")


def test_an_address_without_scheme_is_refused_when_settings_are_read() -> None:
    with pytest.raises(ValidationError, match="http://"):
        settings_for("graph.facebook.com/v23.0")


async def test_base_with_a_version(fake: FakeMeta) -> None:
    settings = settings_for(f"{fake.url}/v23.0/")
    async with build_http(settings) as http:
        assert await build_channels(settings, http)["cloud_api"].send(instance(), outbound())
    assert fake.requests[0].path == f"/v23.0/{meta.PHONE_NUMBER_ID}/messages"


async def test_compressed_answers_are_read(fake: FakeMeta, channel: Channel) -> None:
    body = gzip.compress(json.dumps({"messages": [{"id": "wamid.gz"}]}).encode())
    fake.fail_next(Fault(status=200, body=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}))
    assert await channel.send(instance(), outbound()) == "wamid.gz"


async def test_broken_compression_is_of_unknown_outcome(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(Fault(status=200, body=b"no gzip", headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}))
    assert (await refusal(channel)).retry == "unknown"


async def test_no_secret_in_the_errors(fake: FakeMeta, channel: Channel) -> None:
    fake.fail_next(meta.error(190))
    with pytest.raises(SendFailed) as caught:
        await channel.send(instance("chave-secreta"), outbound())
    assert "chave-secreta" not in str(caught.value) + repr(instance("chave-secreta"))


async def test_simulator_accepts_at_once(fake: FakeMeta) -> None:
    settings = settings_for(fake.url)
    async with build_http(settings) as http:
        simulator = build_channels(settings, http)["simulator"]
        ids = {await simulator.send(Instance(uuid4(), "simulator"), outbound()) for _ in range(2)}
        await simulator.show_typing(Instance(uuid4(), "simulator"), "sim.1", CUSTOMER)
    assert len(ids) == 2
    assert all(external_id and external_id.startswith("sim.") for external_id in ids)
    assert not fake.requests
