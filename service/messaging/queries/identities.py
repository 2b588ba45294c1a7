"""Whose a message is: found, made or merged in the database, in the transaction and the round trip that store the message."""

from typing import LiteralString
from uuid import UUID

from service.messaging.queries.statuses import INSTANCE
from service.platform.documents import Document

# What is new, and was not erased: of what is there already nothing is learned.
NEW: LiteralString = f"""
instance as (
  {INSTANCE}
    and not exists (select from messages m where m.instance_id = whatsapp_instances.id and m.external_id = %(external_id)s)
    and not exists (
      select from erased_messages e
      where e.instance_id = whatsapp_instances.id and e.digest = sha256(convert_to(%(external_id)s::text, 'UTF8')))
)"""

# An edit's or a deletion's is who wrote the message that it names. What follows in the transaction reads whose it is from its settings.
RESOLVE: LiteralString = f"""
with {NEW}, about as (
  select c.contact_id
  from instance i
  join messages m on m.instance_id = i.id and m.external_id = %(quoted_external_id)s
  join conversations c on c.id = m.conversation_id
  where %(revises)s and m.direction = case when %(from_me)s then 'outgoing' else 'incoming' end
), found as (
  select coalesce(
    (select jsonb_build_object('contact_id', contact_id) from about),
    (select case
        when %(changes)s then patas.follow_change(i.id, %(phone)s, %(user_id)s, %(new_phone)s, %(new_user_id)s, %(new_parent_user_id)s,
          %(username)s, %(name)s, %(named_at)s, i.channel, %(words)s)
        else patas.identify(i.id, %(phone)s, %(user_id)s, %(parent_user_id)s, %(username)s, %(name)s, %(named_at)s, i.channel, %(words)s) end
      from instance i
      where %(sender_known)s),
    '{{}}') as it
)
select it -> 'woken' as woken, it -> 'alerts' as alerts,
  set_config('patas.contact_id', coalesce(it ->> 'contact_id', ''), true),
  set_config('patas.address', coalesce(it ->> 'address', ''), true)
from found
"""

# The contact and the address that the last message's sender was found to have.
CONTACT: LiteralString = "nullif(current_setting('patas.contact_id', true), '')::uuid"
ADDRESS: LiteralString = "nullif(current_setting('patas.address', true), '')"


class Resolved(Document):
    """What finding a sender came to: conversations in which something waits since two became one, and alerts that ask people."""

    woken: list[UUID] | None
    alerts: list[UUID] | None
