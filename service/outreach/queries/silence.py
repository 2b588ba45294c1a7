"""Numbers on which nobody writes."""

from datetime import date
from typing import LiteralString
from uuid import UUID

from service.platform.database import Database, readable
from service.platform.documents import Document

# Whose customers wrote at this hour in each of the last weeks, and today nobody has.
_SILENT: LiteralString = """
with at as (
  select n as weeks, now() - make_interval(days => 7 * n) as until from generate_series(0, %(weeks)s) n
), came as (
  select m.instance_id, at.weeks, count(*) as messages
  from at
  join messages m on m.created_at > at.until - make_interval(hours => %(hours)s) and m.created_at <= at.until
  where m.direction = 'incoming'
  group by m.instance_id, at.weeks
)
select i.id, i.organization_id, i.name, o.state, (now() at time zone o.timezone)::date as today
from whatsapp_instances i
join organizations o on o.id = i.organization_id
join came on came.instance_id = i.id
where i.is_active and i.channel <> 'simulator'
group by i.id, i.organization_id, i.name, o.state, o.timezone
having count(*) filter (where weeks > 0 and messages >= %(least)s) = %(weeks)s and count(*) filter (where weeks = 0) = 0
"""

# Until somebody writes, once a day.
_TOLD_SILENT: LiteralString = """
insert into alerts (organization_id, kind, title, body, subject)
values (%(organization_id)s, 'number_silent', %(title)s, %(body)s, %(subject)s)
on conflict (subject) do nothing
returning id
"""


class Silent(Document):
    """A number on which nobody writes, though at this hour customers always do; `today` is the shop's day, `state` where it is."""

    id: UUID
    organization_id: UUID
    name: str
    state: str | None
    today: date


async def silent(db: Database, *, hours: int, weeks: int, least: int) -> list[Silent]:
    """Return the numbers without a message in the last `hours`, where in those hours of each of the last `weeks` at least `least` came."""
    return readable(Silent, (await db.system((_SILENT, {"hours": hours, "weeks": weeks, "least": least})))[0])


async def tell_silent(db: Database, number: Silent, *, title: str, body: str) -> UUID | None:
    """Keep the alert of a silent number; return it, None where there is one today already."""
    params = {"organization_id": number.organization_id, "title": title, "body": body, "subject": f"silent:{number.id}:{number.today}"}
    rows = (await db.run(number.organization_id, (_TOLD_SILENT, params)))[0]
    return rows[0]["id"] if rows else None
