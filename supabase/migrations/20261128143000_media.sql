-- What customers send beside words: fetched from the provider once, kept as an encrypted file, and, where it is a voice note, heard.
-- Only additions: the version before goes on working beside it.

create table public.media (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  instance_id uuid not null,
  message_id uuid,
  kind text not null check (kind in ('audio', 'image', 'video', 'document')),
  mime text not null default '',
  seconds integer,
  bytes integer,
  inline bytea,
  status text not null default 'fetch' check (status in ('fetch', 'hear', 'kept', 'failed')),
  is_heard boolean not null default false,
  attempts smallint not null default 0,
  due_at timestamptz not null default now(),
  failure text,
  transcript text,
  confidence real,
  created_at timestamptz not null default now(),
  fetched_at timestamptz,
  heard_at timestamptz,
  unique (message_id),
  foreign key (organization_id, instance_id) references public.whatsapp_instances (organization_id, id) on delete cascade,
  foreign key (organization_id, message_id) references public.messages (organization_id, id) on delete set null (message_id)
);
create index media_organization on public.media (organization_id);
create index media_instance on public.media (instance_id);
create index media_due on public.media (due_at) where status in ('fetch', 'hear');
create index media_age on public.media (created_at);
create index media_gone on public.media (id) where message_id is null;
comment on table public.media is 'A file that came with a message. The file lies in the media store under organization_id/id, encrypted.';
comment on column public.media.message_id is 'Null: the message is gone, and the file is to be deleted.';
comment on column public.media.inline is 'The file itself, encrypted, where it came along with the webhook; until it is stored.';
comment on column public.media.status is
  'fetch: to be had from the provider; hear: a voice note to be transcribed; kept: done; failed: given up on, for `failure`.';
comment on column public.media.is_heard is 'Whether it is a voice note that is transcribed; a customer''s is waited for by the turn that answers it.';
comment on column public.media.due_at is 'When it is tried next; in the future, too, while a worker is at it.';
comment on column public.media.transcript is 'What was heard, also where it was too unsure to become the message''s content.';
comment on column public.media.confidence is 'From 0 to 1, as the transcriber says; null where it does not.';
select patas.wall('public.media');
-- Staff see what there is, never the file's bytes.
revoke select on public.media from authenticated;
grant select (id, organization_id, instance_id, message_id, kind, mime, seconds, bytes, status, is_heard, failure, transcript, confidence,
  created_at, fetched_at, heard_at) on public.media to authenticated;

alter table public.whatsapp_instances add column media_paused_until timestamptz;
comment on column public.whatsapp_instances.media_paused_until is 'The provider hands out no media of this number before: it asked for it, or failed too often.';

alter table public.organization_settings
  add column media_retention_days integer check (media_retention_days > 0);
comment on column public.organization_settings.media_retention_days is 'Days that files are kept; null: PATAS_MEDIA_RETENTION_DAYS.';
