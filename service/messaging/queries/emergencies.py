"""What every way of hearing of an emergency asks of the database alike."""

from typing import LiteralString

# Of a `contact`: dangers that are what a pet of theirs is called. `pets_words` are folded.
PET_CALLED_SO: LiteralString = """select from pets p
      where p.contact_id = contact.id
        and translate(lower(split_part(p.name, ' ', 1)), 'áàâãäéêíóôõúç', 'aaaaaeeiooouc') = any(%(pets_words)s::text[])"""

# An alert that is `known` by its subject pages again only once somebody has answered: what comes then is news.
PAGED_AGAIN: LiteralString = """on conflict (subject) do update
  set body = excluded.body, created_at = now(), notified_at = null, seen_at = null, tried_at = null
  where exists (
    select from messages m
    where m.conversation_id = known.conversation_id and m.direction = 'outgoing' and not m.sent_by_ai and m.created_at > known.created_at)"""
