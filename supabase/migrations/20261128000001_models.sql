-- What a turn's prompts had in the provider's cache, and what was put there: both are part of prompt_tokens and have prices of their own.
alter table public.ai_interactions
  add column cached_tokens integer not null default 0,
  add column cache_write_tokens integer not null default 0;
comment on column public.ai_interactions.prompt_tokens is 'All of the prompts, what was cached or written to the cache included.';

-- Millionths of a dollar are too coarse for the cached tokens of a small model: a turn's parts were rounded away.
alter table public.ai_interactions alter column cost_usd type numeric;

-- An alert that is raised once for its subject, such as a model that is gone.
alter table public.alerts add column subject text unique;

-- A shop that has chosen no model is answered by the installation's; these two are what nobody had chosen.
alter table public.organization_settings alter column ai_config set default '{}';
update public.organization_settings set ai_config = '{}' where ai_config = '{"model": "gpt-4o-mini", "temperature": 0.7}';
update public.organization_settings set ai_config = '{"model": "gpt-6-luna", "temperature": 0.7, "aurora_model": "gpt-6-luna"}'
where organization_id = '00000000-0000-4000-8000-000000000001'
  and ai_config = '{"model": "gpt-4o-mini", "temperature": 0.7, "aurora_model": "gpt-4o"}';
