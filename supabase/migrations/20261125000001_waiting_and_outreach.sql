-- The waiting list, what the shop writes unasked, and the settings of both. Only additions.

alter table public.organization_settings
  alter column hold_minutes set default 30,
  add column waiting_offer_minutes integer not null default 60 check (waiting_offer_minutes between 5 and 1440),
  add column reminder_hours integer[] not null default '{24,2}' check (0 < all (reminder_hours)),
  add column vaccine_reminder_days integer[] not null default '{7,0}' check (0 <= all (vaccine_reminder_days)),
  add column follow_up_hours integer default 24 check (follow_up_hours > 0),
  add column no_show_follow_up_hours integer default 3 check (no_show_follow_up_hours > 0),
  add column quiet_from time not null default '20:00',
  add column quiet_until time not null default '08:00',
  add column templates jsonb not null default '{}',
  add column payment_methods text,
  add column about text;
comment on column public.organization_settings.waiting_offer_minutes is 'How long a freed time is kept for the one on the waiting list to whom it was offered.';
comment on column public.organization_settings.reminder_hours is 'Hours before an appointment at which its customer is reminded; empty: never.';
comment on column public.organization_settings.vaccine_reminder_days is 'Days before a vaccine or dewormer is due at which its customer is told; empty: never.';
comment on column public.organization_settings.follow_up_hours is 'Hours after a finished visit at which the customer is asked how it went; null: never. Likewise after a no-show.';
comment on column public.organization_settings.quiet_from is 'From then to quiet_until, in the shop''s zone, nothing is written to customers unasked; equal times: no such hours.';
comment on column public.organization_settings.templates is 'WhatsApp''s approved templates by kind of outreach, {"reminder": {"name": …, "language": "pt_BR"}}: what may be sent when the customer''s 24 hours are over.';
comment on column public.organization_settings.payment_methods is 'What customers are told about paying.';
comment on column public.organization_settings.about is 'Whatever else customers may be told about the shop: parking, how to get there.';

alter table public.messages add column template jsonb;
comment on column public.messages.template is 'Name, language and parameters of the template that says the same when WhatsApp takes no free text any more.';

-- Who waits for a time that was not free. Kept in the order of `created_at`; a freed time is offered to the first whom it fits.
create table public.waiting_list (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  visit jsonb not null,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  from_time time not null default '00:00',
  until_time time not null default '23:59' check (until_time > from_time),
  status text not null default 'waiting' check (status in ('waiting', 'offered', 'booked', 'declined', 'missed', 'left', 'expired')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index waiting_list_open on public.waiting_list (organization_id, created_at) where status in ('waiting', 'offered');
create index waiting_list_contact on public.waiting_list (contact_id);
create index waiting_list_conversation on public.waiting_list (conversation_id);
comment on column public.waiting_list.visit is 'What is wanted, as `service.visits.Visit` is stored: pets, services and the rest of the request.';
comment on column public.waiting_list.from_time is 'The visit must begin between both, in the shop''s zone.';
create trigger waiting_list_touch before update on public.waiting_list for each row execute function patas.touch_updated_at();

alter table public.proposals
  add column waiting_list_id uuid references public.waiting_list on delete set null;
create index proposals_newest on public.proposals (conversation_id, created_at desc);
create index proposals_waiting_list on public.proposals (waiting_list_id) where waiting_list_id is not null;

-- What the shop wrote to a customer unasked, or decided not to: once for each occasion.
create table public.outreach (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  kind text not null check (kind in ('reminder', 'vaccine', 'follow_up', 'no_show', 'ready', 'waiting_list')),
  subject_id uuid not null,
  occasion text not null,
  status text not null check (status in ('queued', 'skipped')),
  reason text,
  message_id uuid references public.messages on delete set null,
  created_at timestamptz not null default now(),
  unique (organization_id, kind, subject_id, occasion)
);
create index outreach_contact on public.outreach (contact_id);
create index outreach_message on public.outreach (message_id);
comment on column public.outreach.subject_id is 'The booking, treatment or waiting-list entry that it is about.';
comment on column public.outreach.occasion is 'Which of several about the subject: of a reminder its hours and the appointment''s start.';
comment on column public.outreach.reason is 'Why nothing was written.';


do $$
declare
  t text;
begin
  foreach t in array array['waiting_list', 'outreach']
  loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from anon, authenticated', t);
    execute format('grant select, insert, update, delete on public.%I to patas_backend', t);
    execute format('grant all on public.%I to service_role', t);
    execute format(
      'create policy backend on public.%I to patas_backend using (organization_id = (select patas.organization_id()))'
      ' with check (organization_id = (select patas.organization_id()))', t);
    execute format(
      'create policy staff_reads on public.%I for select to authenticated using (organization_id in (select patas.my_organizations()))', t);
    execute format('grant select on public.%I to authenticated', t);
  end loop;
end $$;
