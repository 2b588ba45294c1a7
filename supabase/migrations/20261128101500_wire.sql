-- What comes over the wire beside a message's own words: how many belong together, by which advertisement they came, and what was told of
-- a message before it was known here. Only additions: the version before goes on working beside it.
alter table public.messages
  add column parts smallint,
  add column referral text;
comment on column public.messages.parts is 'Incoming: of an album, which is sent before its pictures, how many of them follow.';
comment on column public.messages.referral is 'Incoming: the advertisement or product that it was written from; not the customer''s words.';
comment on column public.messages.revoked_at is 'When it was deleted: by the customer who wrote it, or, of an outgoing one, on the shop''s phone.';
comment on column public.messages.button_id is 'Incoming: the id of the button or the list''s row that was chosen.';
create index messages_albums on public.messages (conversation_id) where parts is not null;

alter table public.conversations add column turn_revised boolean not null default false;
comment on column public.conversations.turn_revised is
  'Whether the customer changed or deleted what was not answered yet, since a turn last took it up: what that turn is about to say or do may be about what nobody says any more.';

-- Providers tell things in any order: that a message was read before they answer its send, that it was edited before they bring it.
create table public.early_news (
  organization_id uuid not null references public.organizations on delete cascade,
  instance_id uuid not null references public.whatsapp_instances on delete cascade,
  external_id text not null,
  kind text not null check (kind in ('delivered', 'read', 'failed', 'edit', 'revoke')),
  at timestamptz not null,
  content text,
  emergency text,
  error_code text,
  error_detail text,
  created_at timestamptz not null default now(),
  primary key (instance_id, external_id, kind)
);
comment on table public.early_news is 'What was told of a message that is not known here yet. It counts as soon as it is, and is forgotten after a day.';
create index early_news_organization on public.early_news (organization_id);
create index early_news_age on public.early_news (created_at);

alter table public.early_news enable row level security;
revoke all on public.early_news from anon, authenticated;
grant select, insert, update, delete on public.early_news to patas_backend;
grant all on public.early_news to service_role;
create policy backend on public.early_news to patas_backend
  using (organization_id = (select patas.organization_id())) with check (organization_id = (select patas.organization_id()));
create policy staff_reads on public.early_news for select to authenticated using (organization_id in (select patas.my_organizations()));
grant select on public.early_news to authenticated;
