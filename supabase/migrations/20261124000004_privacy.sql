-- Consent, and the right to be forgotten. Only additions: the version before goes on working beside it.

alter table public.contacts add column opted_out_at timestamptz;
comment on column public.contacts.opted_out_at is
  'Since when the customer wants no message that they did not ask for (reminders, offers, follow-ups). Null: they may be written to.';

-- Providers deliver twice, and a phone that connects anew sends its past: what was erased must not be stored again.
create table public.erased_messages (
  organization_id uuid not null references public.organizations on delete cascade,
  instance_id uuid not null references public.whatsapp_instances on delete cascade,
  digest bytea not null,
  erased_at timestamptz not null default now(),
  primary key (instance_id, digest)
);
comment on column public.erased_messages.digest is 'SHA-256 of messages.external_id: WhatsApp''s ids have the phone number in them.';
create index erased_messages_organization on public.erased_messages (organization_id);

alter table public.erased_messages enable row level security;
revoke all on public.erased_messages from anon, authenticated;
grant select, insert, update, delete on public.erased_messages to patas_backend;
grant all on public.erased_messages to service_role;
create policy backend on public.erased_messages to patas_backend
  using (organization_id = (select patas.organization_id())) with check (organization_id = (select patas.organization_id()));
create policy staff_reads on public.erased_messages for select to authenticated using (organization_id in (select patas.my_organizations()));
grant select on public.erased_messages to authenticated;
