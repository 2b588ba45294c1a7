-- Which kinds of unasked messages there are stands in one place, the registry (service/outreach/kinds.py); here only the form of a
-- kind's name is held, so that a new kind needs no migration. What a shop switches on or off has a place for every kind.

alter table public.outreach
  drop constraint outreach_kind_check,
  add constraint outreach_kind_check check (kind ~ '^[a-z][a-z_]{0,39}$');

alter table public.organization_settings
  add column outreach_kinds jsonb not null default '{}'
    check (jsonb_typeof(outreach_kinds) = 'object' and not jsonb_path_exists(outreach_kinds, '$.* ? (@.type() != "boolean")'));
comment on column public.organization_settings.outreach_kinds is
  'Kinds of unasked messages that the shop switched on or off, {"follow_up": false}; a kind that is not named is written as the registry says. Only "ready", which the team sets off, has no switch.';
