-- Tokens by which a shop's own programs and screens call the API. What they are called with is shown once and not kept, only its SHA-256:
-- it is 256 random bits, so that nothing slower is needed to keep it from being found out.
create table public.api_tokens (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  name text not null check (btrim(name) <> ''),
  scope text not null check (scope in ('read', 'write')),
  digest bytea not null unique check (length(digest) = 32),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index api_tokens_organization on public.api_tokens (organization_id);
comment on column public.api_tokens.scope is 'read: look at everything of the shop; write: act in it as well.';

alter table public.api_tokens enable row level security;
revoke all on public.api_tokens from anon, authenticated;
grant select, insert, update, delete on public.api_tokens to patas_backend;
grant all on public.api_tokens to service_role;
create policy backend on public.api_tokens to patas_backend
  using (organization_id = (select patas.organization_id())) with check (organization_id = (select patas.organization_id()));
create policy staff_reads on public.api_tokens for select to authenticated using (organization_id in (select patas.my_organizations()));
-- Staff may see which tokens there are, never their digests.
grant select (id, organization_id, name, scope, created_at, revoked_at) on public.api_tokens to authenticated;

-- An alert that people have not heard of yet is tried again now and then, not with every sweep.
alter table public.alerts add column tried_at timestamptz;
