"""Every channel, whichever there are: each piece that a new one needs is named here where it is missing."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import psycopg
import pytest

from service.messaging import outbox
from service.messaging.channels import CHANNELS, abilities, build_channels, build_http
from service.messaging.channels.base import Channel, ChannelName, Instance, Outbound, Template
from service.messaging.queries.outbox import Claimed
from service.platform.settings import Settings
from tests.conftest import DEMO_SHOP
from tests.kit.providers import Provider, open_providers
from tests.kit.web import APP_SECRET, Web

PHONE = "5511955550001"
EXTENDING = Path(__file__).parents[2] / "docs" / "extending.md"
POSTED: list[ChannelName] = [name for name, channel in CHANNELS.items() if channel.webhook]


@pytest.fixture(scope="module")
def providers() -> Iterator[dict[ChannelName, Provider]]:
    with open_providers(APP_SECRET) as opened:
        yield opened


@pytest.fixture
async def channels(settings: Settings, providers: dict[ChannelName, Provider]) -> AsyncIterator[dict[ChannelName, Channel]]:
    changed = settings.model_copy(update={"whatsapp_api_url": providers["cloud_api"].server.url})
    async with build_http(changed) as http:
        yield build_channels(changed, http)


def of(providers: dict[ChannelName, Provider], name: ChannelName) -> Provider:
    assert name in providers, f"tests/kit/providers.py: open_providers has no {name}"
    return providers[name]


async def connect(web: Web, name: ChannelName, columns: dict[str, str]) -> None:
    """Leave the demo shop one number, on this channel."""
    await web.rows("delete from whatsapp_instances returning 1")
    await add(web, name, columns)


async def add(web: Web, name: ChannelName, columns: dict[str, str]) -> None:
    row: dict[str, Any] = {"organization_id": DEMO_SHOP, "channel": name, "name": name, **columns}
    sql = f"insert into whatsapp_instances ({', '.join(row)}) values ({', '.join(f'%({column})s' for column in row)}) returning 1"
    await web.rows(sql, **row)


async def post(web: Web, provider: Provider, *, forged: bool = False) -> int:
    """Let a customer's message come in; return the answer's status."""
    posted = provider.message(PHONE, "oi")
    posted = provider.forged(posted) if forged else posted
    return (await web.client.post(posted.path, content=posted.raw, headers=dict(posted.headers))).status_code


def test_every_name_has_its_channel() -> None:
    assert set(CHANNELS) == set(get_args(ChannelName)), "service/messaging/channels/__init__.py: CHANNELS"


async def test_the_database_knows_every_channel(web: Web) -> None:
    (row,) = await web.rows(
        "select pg_get_constraintdef(oid) as said from pg_constraint where conname = 'whatsapp_instances_channel_check'"
    )
    named = set(re.findall(r"'(\w+)'", row["said"]))
    assert named == set(get_args(ChannelName)), "supabase/migrations: the check of whatsapp_instances.channel"


def test_every_channel_that_posts_has_a_provider_to_test_it_with(providers: dict[ChannelName, Provider]) -> None:
    assert set(providers) == set(POSTED), "tests/kit/providers.py: open_providers"


@pytest.mark.parametrize("name", list(CHANNELS))
def test_what_a_channel_needs_exists(name: ChannelName) -> None:
    for need in abilities(name).needs:
        assert need.columns or need.settings
        assert set(need.settings) <= set(Settings.model_fields), need.otherwise


@pytest.mark.parametrize("name", list(CHANNELS))
async def test_the_columns_that_a_channel_needs_exist(name: ChannelName, web: Web) -> None:
    rows = await web.rows("select column_name from information_schema.columns where table_name = 'whatsapp_instances'")
    assert {column for need in abilities(name).needs for column in need.columns} <= {row["column_name"] for row in rows}


@pytest.mark.parametrize("name", POSTED)
async def test_what_its_provider_posts_is_stored(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    await connect(web, name, of(providers, name).number())
    assert await post(web, of(providers, name)) == 200
    sql = """select m.content, m.processed_at, c.address, k.identity from messages m join conversations c on c.id = m.conversation_id
      join contacts k on k.id = c.contact_id"""
    (row,) = await web.rows(sql)
    assert (row["content"], row["processed_at"]) == ("oi", None)
    if abilities(name).address == "phone":
        assert row["address"].startswith(PHONE)
    else:
        assert not row["identity"].isdigit(), f"service/messaging/channels/{name}.py: such a user_id may be somebody's phone number"


@pytest.mark.parametrize("name", POSTED)
async def test_what_somebody_else_posts_is_not(name: ChannelName, web: Web, providers: dict[ChannelName, Provider]) -> None:
    await connect(web, name, of(providers, name).number())
    assert await post(web, of(providers, name), forged=True) in (401, 403)
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
    columns = provider.number() if provider else {}
    columns = {column: value for column, value in columns.items() if column != "webhook_secret"}
    to, message = Instance(uuid4(), name, **columns), Outbound(uuid4(), PHONE, "Olá!")
    assert await channels[name].send(to, message)
    await channels[name].show_typing(to, "3EB0", PHONE)
    if provider:
        assert [(said.to, said.text) for said in provider.said()] == [(PHONE, "Olá!")]
        assert provider.said()[0].our_id in (None, str(message.id))
        provider.server.clear()


@pytest.mark.parametrize("name", POSTED)
def test_a_status_carries_our_id_where_the_channel_says_so(name: ChannelName, providers: dict[ChannelName, Provider]) -> None:
    webhook, our_id = CHANNELS[name].webhook, str(uuid4())
    assert webhook
    posted = of(providers, name).status("x", PHONE, our_id)
    deliveries = webhook.read(posted.call(), Settings(whatsapp_app_secret=APP_SECRET, _env_file=None)) if posted else []
    told = [status.our_id for delivery in deliveries for status in delivery.statuses]
    assert told == ([our_id if abilities(name).echoes_our_id else None] if posted else [])
    assert posted or not abilities(name).echoes_our_id


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
        send_attempts=1, correlation_id=None, age_seconds=0.0,
    )  # fmt: skip
    assert outbox._outbound(claimed).template is None
    closed = claimed.model_copy(update={"window_open": False})
    assert bool(outbox._outbound(closed).template) is (can.has_window and can.sends_templates)
