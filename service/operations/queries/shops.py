"""What each shop has of what it needs to be answered for, for the operator: across organizations."""

from datetime import timedelta
from typing import LiteralString, TypedDict
from uuid import UUID

from psycopg import DataError

from service.agenda.queries import desk as agenda
from service.messaging.channels.base import ChannelName
from service.platform import clock
from service.platform.database import Database
from service.platform.queries import access
from service.platform.queries.bounds import BEYOND, LEFT_OUT
from service.turns.briefing import AiConfig, ShopSettings

# So many days of the agenda are looked at, and so much is shown of what is wrong with it.
DAYS_READ = 14
SHOWN = 300


class InstanceFacts(TypedDict):
    """A WhatsApp instance that is in use, and which of its columns are filled; never their contents."""

    name: str
    channel: ChannelName
    filled: list[str]


class ShopFacts(TypedDict):
    """A shop, and how much it has of what it needs.

    `owners_unread` are its owners' numbers that are nobody's. `written` are its free JSON columns as they stand, by name; `unreadable` is why its agenda can't be read, None where it can.
    """

    id: UUID
    name: str
    timezone: str
    zone: str
    state: str
    ai_config: AiConfig
    settings: bool
    written: dict[str, object]
    beyond: list[str]
    left_out: list[str]
    unreadable: str | None
    country: str
    owners: int
    owners_unread: list[str]
    services: int
    services_without_resource: list[str]
    business_hours: int
    instances: list[InstanceFacts]


_FACTS: LiteralString = f"""
select o.id, o.name, o.timezone, o.zone, o.state, o.country, s.organization_id is not null as settings, {BEYOND} as beyond, {LEFT_OUT} as left_out,
  s.ai_config, s.ai_personality,
  (select count(*)::int from aurora_owner_numbers n where n.organization_id = o.id and n.is_active) as owners,
  array(
    select n.phone from aurora_owner_numbers n where n.organization_id = o.id and n.is_active and n.phone_key is null
    order by n.phone) as owners_unread,
  (select count(*)::int from services v where v.organization_id = o.id and v.is_active) as services,
  array(
    select v.name from services v where v.organization_id = o.id and v.is_active and not exists (
      select from service_resources sr join resources r on r.id = sr.resource_id and r.is_active where sr.service_id = v.id)
    order by v.name) as services_without_resource,
  (select count(*)::int from business_hours h where h.organization_id = o.id) as business_hours,
  (select coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'channel', i.channel, 'filled',
      (select jsonb_agg(c.key) from jsonb_each_text(to_jsonb(i)) c where c.value <> '')) order by i.created_at, i.id), '[]')
    from whatsapp_instances i where i.organization_id = o.id and i.is_active) as instances
from organizations o left join organization_settings s on s.organization_id = o.id
order by o.created_at, o.id
"""


async def facts(db: Database) -> list[ShopFacts]:
    """Read every shop's facts, the oldest first. What is wrong with one of them stands in its own."""
    rows = (await db.system((_FACTS, {})))[0]
    return [
        ShopFacts(
            id=row["id"],
            name=row["name"],
            timezone=row["timezone"],
            zone=row["zone"],
            state=row["state"],
            ai_config=ShopSettings.model_validate({"ai_config": row["ai_config"]}).ai_config,
            settings=row["settings"],
            written={column: row[column] for column in ("ai_config", "ai_personality")},
            beyond=row["beyond"],
            left_out=row["left_out"],
            unreadable=await _unreadable(db, row["id"]),
            country=row["country"],
            owners=row["owners"],
            owners_unread=row["owners_unread"],
            services=row["services"],
            services_without_resource=row["services_without_resource"],
            business_hours=row["business_hours"],
            instances=row["instances"],
        )
        for row in rows
    ]


async def _unreadable(db: Database, organization_id: UUID) -> str | None:
    """Read a shop's agenda as every booking of it is, and say what can't be read."""
    try:
        zone = await access.zone_of(db, organization_id)
        today = clock.local(clock.now(), zone).date()
        desk = await agenda.load(db, organization_id, zone, today, today + timedelta(days=DAYS_READ))
        for day in range(DAYS_READ):
            desk.agenda.opening(today + timedelta(days=day))
    except (ValueError, KeyError, OverflowError, DataError) as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())[:SHOWN]}"
    return None
