"""What the shop offers, as one JSON document per service."""

from typing import LiteralString

# Expects the alias `v` for the service. What `service.terms` reads, and what the agenda needs to place it.
SERVICE: LiteralString = """
jsonb_build_object('id', v.id, 'name', v.name, 'description', v.description, 'duration_minutes', v.duration_minutes,
  'price_cents', v.price_cents, 'unit', v.unit, 'check_in', v.check_in_at, 'check_out', v.check_out_at,
  'before', v.buffer_before_minutes, 'after', v.buffer_after_minutes, 'ai_may_book', v.ai_may_book, 'species', v.species,
  'rates', (select coalesce(jsonb_agg(jsonb_build_object('species', t.species, 'size', t.size, 'coat', t.coat, 'accepted', t.accepted,
    'duration_minutes', t.duration_minutes, 'price_cents', t.price_cents)), '[]') from service_rates t where t.service_id = v.id),
  'prerequisite', (select jsonb_build_object('id', n.id, 'name', n.name, 'days', v.prerequisite_days)
    from services n where n.id = v.prerequisite_service_id))
"""
