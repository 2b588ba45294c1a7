-- The tables of the product. Money is integer cents, instants are timestamptz, ids are uuid.
-- Names and values of the specification are kept; where it is silent columns are added.

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null check (btrim(name) <> ''),
  timezone text not null default 'America/Sao_Paulo',
  state text not null default 'SP',
  address text,
  phone text,
  created_at timestamptz not null default now()
);

create table public.organization_members (
  organization_id uuid not null references public.organizations on delete cascade,
  user_id uuid not null,
  role text not null default 'staff' check (role in ('owner', 'staff')),
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index organization_members_user on public.organization_members (user_id);

create table public.organization_settings (
  organization_id uuid primary key references public.organizations on delete cascade,
  ai_config jsonb not null default '{"model": "gpt-4o-mini", "temperature": 0.7}',
  ai_personality jsonb not null default '{"name": "Luna", "tone": "simpático e objetivo", "business_type": "pet shop"}',
  quiet_window_seconds numeric check (quiet_window_seconds >= 0),
  quiet_cap_seconds numeric check (quiet_cap_seconds >= 0),
  pause_hours numeric check (pause_hours > 0),
  lead_time_minutes integer not null default 0 check (lead_time_minutes >= 0),
  slot_step_minutes integer not null default 30 check (slot_step_minutes between 5 and 240),
  updated_at timestamptz not null default now()
);

create table public.whatsapp_instances (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  channel text not null check (channel in ('cloud_api', 'evolution', 'simulator')),
  name text not null,
  phone text,
  phone_number_id text unique,
  instance_name text,
  webhook_secret text,
  api_url text,
  access_token text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  check (channel <> 'cloud_api' or phone_number_id is not null),
  check (channel <> 'evolution' or (instance_name is not null and webhook_secret is not null))
);
create unique index whatsapp_instances_evolution on public.whatsapp_instances (instance_name, webhook_secret) where channel = 'evolution';
create index whatsapp_instances_organization on public.whatsapp_instances (organization_id);

create table public.aurora_owner_numbers (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  phone text not null,
  phone_key text generated always as (patas.phone_key(phone)) stored,
  user_id uuid,
  name text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (organization_id, phone_key)
);

create table public.contacts (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  phone text,
  phone_key text,
  whatsapp_user_id text,
  identity text generated always as (coalesce(phone_key, whatsapp_user_id)) stored,
  name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint contacts_identity unique (organization_id, identity)
);
create index contacts_whatsapp_user on public.contacts (organization_id, whatsapp_user_id) where whatsapp_user_id is not null;

-- What WhatsApp sends always has the country code and says so by setting the key; everybody else just writes a phone.
create function patas.set_phone_key() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.phone_key := coalesce(new.phone_key, patas.phone_key(new.phone));
  elsif new.phone is distinct from old.phone and new.phone_key is not distinct from old.phone_key then
    new.phone_key := patas.phone_key(new.phone);
  end if;
  return new;
end $$;
create trigger contacts_phone_key before insert or update of phone on public.contacts for each row execute function patas.set_phone_key();

create table public.conversations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  instance_id uuid not null references public.whatsapp_instances on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  status text not null default 'active' check (status in ('active', 'escalated', 'closed')),
  address text not null default '',
  last_inbound_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  turn_claims integer not null default 0,
  turn_failures integer not null default 0,
  retry_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column public.conversations.address is 'Where replies go: exactly what the provider sent as the sender.';
comment on column public.conversations.lease_token is 'Fence of the worker that runs this conversation''s turn.';
create unique index conversations_open on public.conversations (instance_id, contact_id) where status <> 'closed';
create index conversations_contact on public.conversations (contact_id);
create index conversations_recent on public.conversations (organization_id, status, last_inbound_at desc);

create table public.messages (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  organization_id uuid not null references public.organizations on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  instance_id uuid not null references public.whatsapp_instances on delete cascade,
  direction text not null check (direction in ('incoming', 'outgoing')),
  from_me boolean not null default false,
  sent_by_ai boolean not null default false,
  message_type text not null default 'text',
  content text not null default '',
  external_id text,
  quoted_external_id text,
  ai_message_id text,
  author text,
  status text not null default 'received'
    check (status in ('received', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed')),
  error_code text,
  error_detail text,
  send_attempts integer not null default 0,
  next_attempt_at timestamptz,
  sending_since timestamptz,
  turn_id uuid,
  processed_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  provider_at timestamptz,
  correlation_id text,
  raw jsonb,
  created_at timestamptz not null default now(),
  constraint messages_external unique (instance_id, external_id),
  constraint messages_ai unique (conversation_id, ai_message_id),
  check ((direction = 'incoming') = (status = 'received'))
);
comment on column public.messages.external_id is 'The provider''s id: of what came in, or of what was accepted for sending.';
comment on column public.messages.processed_at is 'Incoming: when a turn answered it, or when it was decided that none will.';
comment on column public.messages.provider_at is 'When the provider says it was written.';
create index messages_history on public.messages (conversation_id, seq desc);
create index messages_unprocessed on public.messages (conversation_id) where direction = 'incoming' and processed_at is null;
create index messages_outbox on public.messages (conversation_id, seq) where status in ('queued', 'sending');

create table public.pets (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  name text not null check (btrim(name) <> ''),
  species text not null default 'dog' check (species in ('dog', 'cat', 'bird', 'rabbit', 'rodent', 'reptile', 'fish', 'other')),
  breed text,
  birth_date date,
  notes text,
  created_at timestamptz not null default now()
);
create unique index pets_one_name on public.pets (contact_id, lower(btrim(name)));

create table public.services (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  name text not null check (btrim(name) <> ''),
  description text,
  duration_minutes integer not null check (duration_minutes between 5 and 1440),
  price_cents integer not null check (price_cents >= 0),
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index services_one_name on public.services (organization_id, lower(btrim(name)));

create table public.resources (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  name text not null,
  kind text not null check (kind in ('groomer', 'vet', 'room', 'tub', 'place')),
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);
create index resources_organization on public.resources (organization_id);

create table public.service_resources (
  organization_id uuid not null references public.organizations on delete cascade,
  service_id uuid not null references public.services on delete cascade,
  resource_id uuid not null references public.resources on delete cascade,
  primary key (service_id, resource_id)
);
create index service_resources_resource on public.service_resources (resource_id);

create table public.business_hours (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  opens_at time not null,
  closes_at time not null check (closes_at > opens_at),
  unique (organization_id, weekday, opens_at)
);
comment on column public.business_hours.weekday is 'ISO: 1 is Monday, 7 is Sunday. Several rows make a lunch break; none, a closed day.';

create table public.closures (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  reason text
);
create index closures_organization on public.closures (organization_id, starts_on);

create table public.bookings (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  pet_id uuid references public.pets on delete set null,
  service_id uuid not null references public.services,
  resource_id uuid not null references public.resources,
  conversation_id uuid references public.conversations on delete set null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  status text not null default 'scheduled'
    check (status in ('scheduled', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show')),
  price_cents integer not null check (price_cents >= 0),
  notes text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint bookings_no_overlap exclude using gist (resource_id with =, tstzrange(starts_at, ends_at, '[)') with &&)
    where (status not in ('cancelled', 'no_show'))
);
create index bookings_day on public.bookings (organization_id, starts_at);
create index bookings_contact on public.bookings (contact_id, starts_at);
create index bookings_pet on public.bookings (pet_id);
create index bookings_service on public.bookings (service_id);
create index bookings_conversation on public.bookings (conversation_id);
create trigger bookings_touch before update on public.bookings for each row execute function patas.touch_updated_at();

-- What a turn already did, written in the effect's own transaction: a retried turn replays it instead of doing it again.
create table public.turn_effects (
  id bigint generated always as identity primary key,
  organization_id uuid not null references public.organizations on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  turn_id uuid not null,
  effect_key text not null,
  tool_call_id text not null,
  name text not null,
  args jsonb not null,
  result jsonb not null,
  created_at timestamptz not null default now(),
  unique (turn_id, effect_key)
);
create index turn_effects_conversation on public.turn_effects (conversation_id);

create table public.escalations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  case_key text not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  pause_until timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  note text,
  resumed_at timestamptz,
  unique (conversation_id, case_key)
);
comment on column public.escalations.case_key is 'The tool call that asked for a person, or what else opened the case.';
create unique index escalations_one_open on public.escalations (conversation_id) where closed_at is null;
create index escalations_unresumed on public.escalations (conversation_id) where closed_at is not null and resumed_at is null;

create table public.ai_interactions (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  turn_id uuid not null unique,
  ai_type text not null check (ai_type in ('client', 'aurora')),
  model text not null,
  temperature numeric,
  prompt_tokens integer not null default 0,
  completion_tokens integer not null default 0,
  total_tokens integer not null default 0,
  function_calls jsonb not null default '[]',
  function_results jsonb not null default '[]',
  status text not null check (status in ('success', 'error')),
  error text,
  model_calls integer not null default 0,
  latency_ms integer,
  cost_usd numeric(12, 6),
  created_at timestamptz not null default now()
);
comment on column public.ai_interactions.cost_usd is 'US dollars; null where the model''s price is not known.';
create index ai_interactions_conversation on public.ai_interactions (conversation_id, created_at);
create index ai_interactions_organization on public.ai_interactions (organization_id, created_at);

create table public.aurora_proactive_messages (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  owner_number_id uuid references public.aurora_owner_numbers on delete set null,
  conversation_id uuid references public.conversations on delete cascade,
  message_id uuid references public.messages on delete cascade,
  turn_id uuid unique,
  message_type text not null default 'answer',
  content text not null,
  created_at timestamptz not null default now()
);
create index aurora_proactive_messages_organization on public.aurora_proactive_messages (organization_id, created_at);
create index aurora_proactive_messages_conversation on public.aurora_proactive_messages (conversation_id);
create index aurora_proactive_messages_message on public.aurora_proactive_messages (message_id);
create index aurora_proactive_messages_owner on public.aurora_proactive_messages (owner_number_id);

create table public.dead_letters (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid references public.organizations on delete cascade,
  conversation_id uuid references public.conversations on delete cascade,
  kind text not null check (kind in ('turn', 'send', 'job')),
  payload jsonb not null default '{}',
  error_type text not null,
  error text not null,
  attempts integer not null,
  created_at timestamptz not null default now(),
  replayed_at timestamptz
);
create index dead_letters_organization on public.dead_letters (organization_id, created_at);
create index dead_letters_conversation on public.dead_letters (conversation_id);

create table public.alerts (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid references public.organizations on delete cascade,
  conversation_id uuid references public.conversations on delete cascade,
  kind text not null,
  title text not null,
  body text not null default '',
  notified_at timestamptz,
  seen_at timestamptz,
  created_at timestamptz not null default now()
);
create index alerts_organization on public.alerts (organization_id, created_at);
create index alerts_conversation on public.alerts (conversation_id);
create index alerts_unnotified on public.alerts (created_at) where notified_at is null;
