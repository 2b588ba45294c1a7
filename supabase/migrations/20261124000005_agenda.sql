-- The agenda: who is taken when, what was proposed and agreed to, and who changed what. Only additions.

alter table public.organization_settings
  add column horizon_days integer not null default 180 check (horizon_days between 1 and 730),
  add column closes_on_holidays boolean not null default true,
  add column cancel_notice_minutes integer not null default 0 check (cancel_notice_minutes >= 0),
  add column hold_minutes integer not null default 15 check (hold_minutes between 1 and 1440),
  add column named_is_agreed boolean not null default true;
comment on column public.organization_settings.horizon_days is 'How many days ahead the shop takes bookings.';
comment on column public.organization_settings.cancel_notice_minutes is 'A later cancellation or move by the customer needs a person.';
comment on column public.organization_settings.hold_minutes is 'How long a proposal keeps its time for the customer.';
comment on column public.organization_settings.named_is_agreed is 'Whether a customer who names pet, service, day and time has agreed, or is asked once more.';

-- What a day's hours are instead of the week's: an open holiday, a shorter Saturday, a day without opening (no times).
create table public.special_hours (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  day date not null,
  opens_at time,
  closes_at time,
  reason text,
  check ((opens_at is null) = (closes_at is null) and closes_at > opens_at),
  unique (organization_id, day, opens_at)
);

create table public.resource_hours (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  resource_id uuid not null references public.resources on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  starts_at time not null,
  ends_at time not null check (ends_at > starts_at),
  unique (resource_id, weekday, starts_at)
);
create index resource_hours_organization on public.resource_hours (organization_id);
comment on table public.resource_hours is 'When a resource works, inside the shop''s hours. Two rows of a day make a break; no row at all, the shop''s own hours.';

create table public.resource_absences (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  resource_id uuid not null references public.resources on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text
);
create index resource_absences_resource on public.resource_absences (resource_id, ends_at);
create index resource_absences_organization on public.resource_absences (organization_id, ends_at);

alter table public.services
  add column unit text not null default 'visit' check (unit in ('visit', 'day', 'night')),
  add column check_in_at time not null default '14:00',
  add column check_out_at time not null default '12:00',
  add column buffer_before_minutes integer not null default 0 check (buffer_before_minutes between 0 and 240),
  add column buffer_after_minutes integer not null default 0 check (buffer_after_minutes between 0 and 240),
  add column ai_may_book boolean not null default true,
  add column species text[],
  add column prerequisite_service_id uuid references public.services on delete set null,
  add column prerequisite_days integer check (prerequisite_days > 0);
comment on column public.services.unit is 'visit: some minutes; day: day care, opening to closing; night: hotel, check-in to check-out. The price is of one unit.';
comment on column public.services.species is 'The species that are accepted; null: every one.';
comment on column public.services.prerequisite_days is 'The prerequisite must have been completed within so many days; null: ever.';
create index services_prerequisite on public.services (prerequisite_service_id) where prerequisite_service_id is not null;

alter table public.service_resources add column need smallint not null default 1;
comment on column public.service_resources.need is 'A service takes one resource of every need at once: groomers under 1 and tubs under 2 mean a groomer and a tub.';

alter table public.pets
  add column size text check (size in ('mini', 'small', 'medium', 'large', 'giant')),
  add column coat text check (coat in ('short', 'medium', 'long')),
  add column died_on date,
  add column updated_at timestamptz not null default now();
create trigger pets_touch before update on public.pets for each row execute function patas.touch_updated_at();

-- What a service takes and costs for some pets; of several rows that fit, the one with the most columns filled in.
create table public.service_rates (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  service_id uuid not null references public.services on delete cascade,
  species text,
  size text check (size in ('mini', 'small', 'medium', 'large', 'giant')),
  coat text check (coat in ('short', 'medium', 'long')),
  accepted boolean not null default true,
  duration_minutes integer check (duration_minutes between 5 and 1440),
  price_cents integer check (price_cents >= 0),
  unique nulls not distinct (service_id, species, size, coat)
);
create index service_rates_organization on public.service_rates (organization_id);
comment on column public.service_rates.duration_minutes is 'Null: the service''s own, and likewise the price.';

-- Packages: what the shop sells, and what a customer has bought. The balance is what is left after the bookings that use it.
create table public.packages (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  service_id uuid not null references public.services on delete cascade,
  name text not null check (btrim(name) <> ''),
  sessions integer not null check (sessions between 1 and 400),
  valid_days integer not null check (valid_days between 1 and 3660),
  price_cents integer not null check (price_cents >= 0),
  is_active boolean not null default true
);
create index packages_organization on public.packages (organization_id);
create index packages_service on public.packages (service_id);

create table public.contact_packages (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  pet_id uuid references public.pets on delete set null,
  service_id uuid not null references public.services on delete cascade,
  name text not null,
  sessions integer not null check (sessions > 0),
  price_cents integer not null check (price_cents >= 0),
  starts_on date not null,
  expires_on date not null check (expires_on >= starts_on),
  created_at timestamptz not null default now()
);
create index contact_packages_contact on public.contact_packages (contact_id);
create index contact_packages_organization on public.contact_packages (organization_id);
create index contact_packages_pet on public.contact_packages (pet_id);
create index contact_packages_service on public.contact_packages (service_id);
comment on column public.contact_packages.pet_id is 'Null: for any pet of the customer.';

create table public.pickup_zones (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  name text not null check (btrim(name) <> ''),
  fee_cents integer not null check (fee_cents >= 0),
  is_active boolean not null default true
);
create unique index pickup_zones_one_name on public.pickup_zones (organization_id, lower(btrim(name)));

create table public.pet_treatments (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  pet_id uuid not null references public.pets on delete cascade,
  kind text not null check (kind in ('vaccine', 'dewormer')),
  name text not null check (btrim(name) <> ''),
  given_on date,
  due_on date,
  created_at timestamptz not null default now(),
  check (given_on is not null or due_on is not null)
);
create index pet_treatments_pet on public.pet_treatments (pet_id);
create index pet_treatments_due on public.pet_treatments (organization_id, due_on) where due_on is not null;

alter table public.bookings
  add column also_resource_ids uuid[] not null default '{}',
  add column plan_id uuid,
  add column package_id uuid references public.contact_packages on delete set null,
  add column pickup_zone text,
  add column pickup_fee_cents integer not null default 0 check (pickup_fee_cents >= 0),
  add column received_at timestamptz,
  add column ready_at timestamptz,
  add column delivered_at timestamptz;
comment on column public.bookings.also_resource_ids is 'What the booking occupies beside its resource: a tub, a room.';
comment on column public.bookings.plan_id is 'Bookings agreed to as one: several pets, several services, a weekly series.';
comment on column public.bookings.price_cents is 'Of the service, pick-up not included; a session of a package counts its share of the package''s price.';
create index bookings_plan on public.bookings (plan_id) where plan_id is not null;
create index bookings_package on public.bookings (package_id) where package_id is not null;

-- What the customer is asked to agree to, word for word what will be committed. One open proposal per conversation.
create table public.proposals (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  conversation_id uuid not null references public.conversations on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  kind text not null check (kind in ('book', 'reschedule', 'cancel', 'confirm')),
  items jsonb not null,
  result jsonb not null,
  call jsonb not null,
  status text not null default 'open' check (status in ('open', 'accepted', 'declined', 'replaced', 'expired')),
  turn_id uuid,
  asked_after bigint not null default 0,
  expires_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  created_at timestamptz not null default now()
);
create unique index proposals_one_open on public.proposals (conversation_id) where status = 'open';
create index proposals_organization on public.proposals (organization_id, created_at);
create index proposals_contact on public.proposals (contact_id);
create index proposals_expiring on public.proposals (expires_at) where status = 'open';
comment on column public.proposals.items is 'What is committed: for each booking its id, pet, service, resources, instants and price.';
comment on column public.proposals.call is 'The tool call that made it, `name` and `args`: its result is told to the model under that name.';
comment on column public.proposals.asked_after is 'The newest message of the conversation when it was made: only a later one can agree to it.';
comment on column public.proposals.settled_by is 'The turn that accepted or declined it.';

-- Who is taken when. Rows are written by `patas.allocate` alone: for bookings by a trigger, for holds with their expiry.
create table public.allocations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  resource_id uuid not null references public.resources on delete cascade,
  booking_id uuid not null,
  proposal_id uuid references public.proposals on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  expires_at timestamptz,
  check ((proposal_id is null) = (expires_at is null)),
  -- The hold of a move may overlap the booking that it moves, and nothing else.
  constraint allocations_no_overlap exclude using gist
    (resource_id with =, tstzrange(starts_at, ends_at, '[)') with &&, booking_id with <>)
);
comment on column public.allocations.booking_id is 'The booking that it is, or that a hold is to become. Buffers are included in the stretch.';
create index allocations_window on public.allocations (organization_id, ends_at, starts_at);
create index allocations_booking on public.allocations (booking_id);
create index allocations_proposal on public.allocations (proposal_id) where proposal_id is not null;

-- Raises with the given code where something that must hold does not, so that a whole transaction is undone.
create function patas.require(holds boolean, code text, message text) returns void language plpgsql as $$
begin
  if holds is not true then
    raise exception '%', message using errcode = code;
  end if;
end $$;

-- Occupies resources for a booking, or for what may become one. Of two who want the same the second waits for the first: the locks are
-- taken in one order, since two inserts that check the constraint at once can deadlock. Holds that ran out give way here.
create function patas.allocate(
  organization uuid, booking uuid, proposal uuid, resources uuid[], since timestamptz, until timestamptz, expires timestamptz
) returns void language plpgsql as $$
begin
  perform from public.resources r where r.id = any(resources) order by r.id for no key update;
  delete from public.allocations a
  where a.resource_id = any(resources) and a.expires_at <= now() and tstzrange(a.starts_at, a.ends_at, '[)') && tstzrange(since, until, '[)');
  insert into public.allocations (organization_id, resource_id, booking_id, proposal_id, starts_at, ends_at, expires_at)
  select organization, r, booking, proposal, since, until, expires from unnest(resources) r;
end $$;

-- Whatever writes a booking, its resources are occupied by it, buffers included; a cancelled one frees them.
create function patas.occupy() returns trigger language plpgsql as $$
declare
  buffers record;
begin
  delete from public.allocations where booking_id = new.id;
  if new.status not in ('cancelled', 'no_show') then
    select make_interval(mins => s.buffer_before_minutes) as before, make_interval(mins => s.buffer_after_minutes) as after
    into buffers from public.services s where s.id = new.service_id;
    perform patas.allocate(
      new.organization_id, new.id, null, array[new.resource_id] || new.also_resource_ids,
      new.starts_at - coalesce(buffers.before, interval '0'), new.ends_at + coalesce(buffers.after, interval '0'), null);
  end if;
  return null;
end $$;
create function patas.vacate() returns trigger language plpgsql as $$
begin
  delete from public.allocations where booking_id = old.id;
  return null;
end $$;
create trigger bookings_occupy_new after insert on public.bookings for each row execute function patas.occupy();
create trigger bookings_occupy after update on public.bookings for each row
  when ((old.starts_at, old.ends_at, old.resource_id, old.also_resource_ids, old.service_id, old.status in ('cancelled', 'no_show'))
    is distinct from (new.starts_at, new.ends_at, new.resource_id, new.also_resource_ids, new.service_id, new.status in ('cancelled', 'no_show')))
  execute function patas.occupy();
create trigger bookings_vacate after delete on public.bookings for each row execute function patas.vacate();

insert into public.allocations (organization_id, resource_id, booking_id, starts_at, ends_at)
select organization_id, resource_id, id, starts_at, ends_at from public.bookings where status not in ('cancelled', 'no_show');

-- A package can't be used oftener than it has sessions, nor after it ended. A cancelled booking gives its session back by being cancelled.
create function patas.use_package() returns trigger language plpgsql as $$
declare
  bought public.contact_packages;
  used integer;
begin
  select * into bought from public.contact_packages p where p.id = new.package_id for no key update;
  select count(*) into used from public.bookings b where b.package_id = new.package_id and b.id <> new.id and b.status <> 'cancelled';
  if used >= bought.sessions then
    raise exception 'the package % has no session left', new.package_id using errcode = 'PT402';
  end if;
  return null;
end $$;
create trigger bookings_use_package_new after insert on public.bookings for each row
  when (new.package_id is not null and new.status <> 'cancelled') execute function patas.use_package();
create trigger bookings_use_package after update on public.bookings for each row
  when (new.package_id is not null and new.status <> 'cancelled' and (old.package_id is distinct from new.package_id or old.status = 'cancelled'))
  execute function patas.use_package();

-- Every change of a booking, with who made it: `patas.actor` of the transaction, or the database's user.
create table public.booking_events (
  id bigint generated always as identity primary key,
  organization_id uuid not null references public.organizations on delete cascade,
  booking_id uuid not null references public.bookings on delete cascade,
  actor text not null,
  change jsonb not null,
  at timestamptz not null default now()
);
create index booking_events_booking on public.booking_events (booking_id, id);
create index booking_events_organization on public.booking_events (organization_id);
comment on column public.booking_events.change is 'Column to [before, after]; before is null for a new booking.';

create function patas.record_change() returns trigger language plpgsql as $$
declare
  changed jsonb;
begin
  select jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)) into changed
  from jsonb_each(to_jsonb(new)) n left join jsonb_each(case when tg_op = 'UPDATE' then to_jsonb(old) end) o on o.key = n.key
  where n.key in ('starts_at', 'ends_at', 'resource_id', 'also_resource_ids', 'service_id', 'pet_id', 'status', 'price_cents', 'package_id',
      'pickup_zone', 'pickup_fee_cents', 'received_at', 'ready_at', 'delivered_at')
    and n.value is distinct from o.value and not (tg_op = 'INSERT' and n.value in ('null', '[]', '0'));
  if changed is not null then
    insert into public.booking_events (organization_id, booking_id, actor, change)
    values (new.organization_id, new.id, coalesce(nullif(current_setting('patas.actor', true), ''), session_user), changed);
  end if;
  return null;
end $$;
create trigger bookings_record after insert or update on public.bookings for each row execute function patas.record_change();

do $$
declare
  t text;
begin
  foreach t in array array['special_hours', 'resource_hours', 'resource_absences', 'service_rates', 'packages', 'contact_packages',
    'pickup_zones', 'pet_treatments', 'proposals', 'allocations', 'booking_events']
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
grant usage on all sequences in schema public to patas_backend, service_role;
