"""Every channel, whichever there are: each piece that a new one needs is named here where it is missing."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Literal, get_args
from uuid import uuid4

import psycopg
import pytest

from service.messaging import outbox
from service.messaging.channels import CHANNELS, abilities, build_channels, build_http
from service.messaging.channels.base import Channel, ChannelName, Instance, Outbound, Template
from service.messaging.queries.outbox import Claimed
from service.platform.errors import SendFailed
from service.platform.settings import Settings
from tests.conftest import DEMO_SHOP
from tests.kit.fakes.server import Fault
from tests.kit.providers import PROVIDERS, Posted, Provider, open_providers, settings_of
from tests.kit.web import APP_SECRET, Web

PHONE = "5511955550001"
EXTENDING = Path(__file__).parents[2] / "docs" / "extending.md"
STATES = [(name, told) for name, provider in PROVIDERS.items() for told in provider.states]
POSTED: list[ChannelName] = [name for name, channel in CHANNELS.items() if channel.webhook]


@pytest.fixture(scope="module")
def providers() -> Iterator[dict[ChannelName, Provider]]:
    with open_providers(APP_SECRET) as opened:
        yield opened


@pytest.fixture
async def channels(settings: Settings, providers: dict[ChannelName, Provider]) -> AsyncIterator[dict[ChannelName, Channel]]:
    changed = settings.model_copy(update=settings_of(providers.values()))
    async with build_http(changed) as http:
        yield build_channels(changed, http)


def of(providers: dict[ChannelName, Provider], name: ChannelName) -> Provider:
    assert name in providers, f"tests/kit/providers.py: PROVIDERS has no {name}"
    return providers[name]


async def connect(web: Web, name: ChannelName, columns: dict[str, str]) -> None:
    """Leave the demo shop one number, on this channel."""
    await web.rows("delete from whatsapp_instances returning 1")
    await add(web, name, columns)


async def add(web: Web, name: ChannelName, columns: dict[str, str]) -> None:
    row: dict[str, Any] = {"organization_id": DEMO_SHOP, "channel": name, "name": name, **columns}
    sql = f"insert into whatsapp_instances ({', '.join(row)}) values ({', '.join(f'%({column})s' for column in row)}) returning 1"
    await web.rows(sql, **row)


async def post(web: Web, posted: Posted) -> int:
    """Let a call come in; return the answer's status."""
    return (await web.client.post(posted.path, content=posted.raw, headers=dict(posted.headers))).status_code


def number(provider: Provider, name: ChannelName) -> Instance:
    """Return the provider's number as a channel gets it."""
    return Instance(uuid4(), name, **{column: value for column, value in provider.number().items() if column != "webhook_secret"})


def test_every_name_has_its_channel() -> None:
    assert set(CHANNELS) == set(get_args(ChannelName)), "service/messaging/channels/__init__.py: CHANNELS"


async def test_the_database_knows_every_channel(web: Web) -> None:
    (row,) = await web.rows(
        "select pg_get_constraintdef(oid) as said from pg_constraint where conname = 'whatsapp_instances_channel_check'"
    )
    named = set(re.findall(r"'(\w+)'", row["said"]))
    assert named == set(get_args(ChannelName)), "supabase/migrations: the check of whatsapp_instances.channel"


def test_every_channel_that_posts_has_a_provider_to_test_it_with() -> None:
    assert set(PROVIDERS) == set(POSTED), "tests/kit/providers.py: PROVIDERS"


@pytest.mark.parametrize("name", list(CHANNELS))
def test_what_a_channel_needs_exists(name: ChannelName) -> None:
    for need in abilities(name).needs:
        assert need.columns or need.settings
        assert set(need.settings) <= set(Settings.model_fields), need.otherwise


@pytest.mark.parametrize("name", POSTED)
def test_its_provider_has_what_a_channel_needs(name: ChannelName) -> None:
    provider = PROVIDERS[name](APP_SECRET)
    assert set(provider.settings()) <= set(Settings.model_fields)
    for need in abilities(name).needs:
        has = provider.number().keys() & set(need.columns) or provider.settings().keys() & set(need.settings)
        assert has, f"tests/kit/providers.py: number() or settings(): {need.otherwise}"


@pytest.mark.parametrize("name", list(CHANNELS))
async def test_the_columns_that_a_channel_needs_exist(name: ChannelName, web: Web) -> None:
    rows = await web.rows("select column_name from information_schema.columns where table_name = 'whatsapp_instances'")
    assert {column for need in abilities(name).needs for column in need.columns} <= {row["column_name"] for row in rows}


@pytest.mark.parametrize("name", POSTED)
async def test_what_its_provider_posts_is_stored(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    await connect(web, name, of(providers, name).number())
    assert await post(web, of(providers, name).message(PHONE, "oi")) == 200
    sql = """select m.content, m.processed_at, c.address, k.identity from messages m join conversations c on c.id = m.conversation_id
      join contacts k on k.id = c.contact_id"""
    (row,) = await web.rows(sql)
    assert (row["content"], row["processed_at"]) == ("oi", None)
    if abilities(name).address == "phone":
        assert row["address"].startswith(PHONE)
    else:
        assert not row["identity"].isdigit(), f"service/messaging/channels/{name}.py: such a user_id may be somebody's phone number"


@pytest.mark.parametrize("name", POSTED)
async def test_an_id_is_never_taken_for_a_phone_number(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    provider = of(providers, name)
    await connect(web, name, provider.number())
    assert await post(web, provider.message(PHONE, "oi", sender=provider.user_id)) == 200
    (row,) = await web.rows("select c.address, k.phone, k.identity from conversations c join contacts k on k.id = c.contact_id")
    assert row["phone"] is None, f"service/messaging/channels/{name}.py: the phone of {provider.user_id}"
    assert not row["identity"].isdigit(), f"service/messaging/channels/{name}.py: such a user_id may be somebody's phone number"
    assert provider.user_id in row["address"], f"service/messaging/channels/{name}.py: a reply goes to somebody else"


@pytest.mark.parametrize("name", POSTED)
async def test_what_somebody_else_posts_is_not(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    await connect(web, name, of(providers, name).number())
    posted = of(providers, name).message(PHONE, "oi")
    assert await post(web, of(providers, name).forged(posted)) in (401, 403)
    assert await web.rows("select 1 from messages") == []


@pytest.mark.parametrize("name", POSTED)
async def test_two_numbers_never_have_one_key(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    await connect(web, name, of(providers, name).number())
    with pytest.raises(psycopg.errors.UniqueViolation):
        await add(web, name, of(providers, name).number())


@pytest.mark.parametrize("name", POSTED)
async def test_a_number_without_its_key_is_refused(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    key = ["instance_name", "webhook_secret"] if abilities(name).key == "instance_name" else [abilities(name).key]
    for column in key:
        with pytest.raises(psycopg.errors.CheckViolation):
            await connect(web, name, {c: value for c, value in of(providers, name).number().items() if c != column})


@pytest.mark.parametrize("name", list(CHANNELS))
async def test_a_text_is_sent_and_typing_shown(
    name: ChannelName, providers: dict[ChannelName, Provider], channels: dict[ChannelName, Channel]
) -> None:
    provider = providers.get(name)
    to, message = number(provider, name) if provider else Instance(uuid4(), name), Outbound(uuid4(), PHONE, "Olá!")
    assert await channels[name].send(to, message)
    await channels[name].show_typing(to, "3EB0", PHONE)
    if provider:
        assert [(said.to, said.text) for said in provider.said()] == [(PHONE, "Olá!")]
        assert provider.said()[0].our_id in (None, str(message.id))
        provider.server.clear()


@pytest.mark.parametrize("reset", [None, "before", "after"])
@pytest.mark.parametrize("name", POSTED)
async def test_what_a_broken_connection_means(name: ChannelName, reset: Literal["before", "after"] | None, settings: Settings) -> None:
    provider = PROVIDERS[name](APP_SECRET)
    with provider.server:
        changed, to = settings.model_copy(update=provider.settings()), number(provider, name)
        provider.server.fail_next(Fault(reset=reset))
        if reset is None:
            provider.server.stop()
        async with build_http(changed) as http:
            with pytest.raises(SendFailed) as failed:
                await CHANNELS[name](changed, http).send(to, Outbound(uuid4(), PHONE, "Olá!"))
    assert failed.value.retry == ("unknown" if reset else "later"), f"service/messaging/channels/{name}.py: http.post knows it"
    assert len(provider.said()) == (reset == "after")


@pytest.mark.parametrize(("name", "told"), STATES)
async def test_what_its_provider_tells_of_a_message_moves_its_row(
    name: ChannelName, told: str, web: Web, providers: dict[ChannelName, Provider]
) -> None:
    provider = of(providers, name)
    await connect(web, name, provider.number())
    await post(web, provider.message(PHONE, "oi"))
    (row,) = await web.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, content, status, external_id)"
        " select organization_id, id, instance_id, 'outgoing', true, 'Olá!', 'sending', 'ours' from conversations returning id"
    )
    assert await post(web, provider.status("ours", PHONE, str(row["id"]), told)) == 200
    (after,) = await web.rows("select status, error_detail from messages where id = %(id)s", id=row["id"])
    assert after["status"] == provider.states[told], f"service/messaging/channels/{name}.py: {told}"
    assert bool(after["error_detail"]) is (after["status"] == "failed"), f"service/messaging/channels/{name}.py: the status's error_detail"


@pytest.mark.parametrize("name", POSTED)
def test_a_status_carries_our_id_where_the_channel_says_so(
    name: ChannelName, settings: Settings, providers: dict[ChannelName, Provider]
) -> None:
    webhook, our_id, provider = CHANNELS[name].webhook, str(uuid4()), of(providers, name)
    assert webhook
    posted = [provider.status("x", PHONE, our_id, told) for told in provider.states]
    deliveries = [d for one in posted for d in webhook.read(one.call(), settings.model_copy(update=provider.settings()))]
    told = {status.our_id for delivery in deliveries for status in delivery.statuses}
    assert told <= {our_id if abilities(name).echoes_our_id else None}
    assert provider.states or not abilities(name).echoes_our_id


@pytest.mark.parametrize("name", list(CHANNELS))
def test_the_guide_tells_what_each_channel_can_do(name: ChannelName) -> None:
    can = abilities(name)
    words = [can.key, can.address, *(getattr(can, ability) for ability in ("has_window", "sends_templates", "sends_buttons"))]
    cells = [word if isinstance(word, str) else "yes" if word else "no" for word in (*words, can.shows_typing, can.echoes_our_id)]
    assert f"| `{name}` | {' | '.join(cells)} |" in EXTENDING.read_text("utf-8"), "docs/extending.md: the table of channels"


@pytest.mark.parametrize("name", list(CHANNELS))
def test_a_template_leaves_only_where_it_must_and_may(name: ChannelName) -> None:
    can = abilities(name)
    claimed = Claimed(
        id=uuid4(), instance_id=uuid4(), channel=name, phone_number_id=None, instance_name=None, api_url=None, access_token=None,
        address=PHONE, content="Oi", template=Template("lembrete", "pt_BR", ("Ana",)), window_open=True, sent_by_ai=True, author="system",
        question=None, send_attempts=1, correlation_id=None, age_seconds=0.0,
    )  # fmt: skip
    assert outbox._outbound(claimed).template is None
    closed = claimed.model_copy(update={"window_open": False})
    assert bool(outbox._outbound(closed).template) is (can.has_window and can.sends_templates)
