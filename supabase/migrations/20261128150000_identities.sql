-- Who a customer is, by every name that providers have for them, and what became one customer of two, so that it can be undone. Only
-- additions: contacts that the version before makes get their identities from a trigger.

alter table public.contacts
  add column merged_into uuid,
  add constraint contacts_merged_into_fkey foreign key (organization_id, merged_into)
    references public.contacts (organization_id, id) on delete set null (merged_into);
create index contacts_merged on public.contacts (merged_into) where merged_into is not null;
comment on column public.contacts.merged_into is 'The customer whom this one turned out to be: everything of theirs is there, and so is what is still written to this one.';

create table public.contact_identities (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  contact_id uuid not null,
  scope uuid,
  kind text not null check (kind in ('phone', 'bsuid', 'parent_bsuid', 'lid', 'username', 'chat')),
  value text not null check (value <> ''),
  source text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  superseded_at timestamptz,
  superseded_by uuid,
  constraint contact_identities_of_shop unique (organization_id, id),
  foreign key (organization_id, contact_id) references public.contacts (organization_id, id) on delete cascade,
  foreign key (organization_id, scope) references public.whatsapp_instances (organization_id, id) on delete cascade,
  foreign key (organization_id, superseded_by) references public.contact_identities (organization_id, id) on delete set null (superseded_by),
  check (superseded_by is null or superseded_at is not null)
);
create unique index contact_identities_current on public.contact_identities (organization_id, kind, value, scope) nulls not distinct
  where superseded_at is null and kind <> 'username';
create index contact_identities_past on public.contact_identities (organization_id, kind, value) where superseded_at is not null;
create index contact_identities_contact on public.contact_identities (contact_id);
create index contact_identities_scope on public.contact_identities (scope) where scope is not null;
create index contact_identities_superseded on public.contact_identities (superseded_by) where superseded_by is not null;
comment on column public.contact_identities.scope is 'The shop''s number that it was told to, where it holds for that one alone; null: for the whole shop.';
comment on column public.contact_identities.kind is
  'phone: with country code and ninth digit. bsuid, parent_bsuid, username: Meta''s. lid: WhatsApp''s own, told by Evolution. chat: a group, or another channel''s id. A username is no key: nobody is found by it.';
comment on column public.contact_identities.source is 'Who said so: a channel''s name, or `contact` for what was written into contacts.';
comment on column public.contact_identities.first_seen_at is 'When what first named it was written, by the provider''s clock. last_seen_at is kept to the hour.';
comment on column public.contact_identities.superseded_at is 'Since when it is theirs no more, in the whole seconds of providers. What was written before is theirs all the same.';
select patas.wall('public.contact_identities');

create table public.contact_merges (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  survivor_id uuid not null,
  absorbed_id uuid not null check (absorbed_id <> survivor_id),
  status text not null check (status in ('asked', 'refused', 'merged', 'undone')),
  reason text not null,
  actor text not null,
  moved jsonb not null default '{}',
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by text,
  foreign key (organization_id, survivor_id) references public.contacts (organization_id, id) on delete cascade,
  foreign key (organization_id, absorbed_id) references public.contacts (organization_id, id) on delete cascade
);
create unique index contact_merges_asked on public.contact_merges (least(survivor_id, absorbed_id), greatest(survivor_id, absorbed_id))
  where status = 'asked';
create index contact_merges_organization on public.contact_merges (organization_id, created_at);
create index contact_merges_survivor on public.contact_merges (survivor_id);
create index contact_merges_absorbed on public.contact_merges (absorbed_id);
comment on column public.contact_merges.status is
  'asked: a person is to say whether the two are one. refused: they are not. merged, and undone: since then nothing but a person makes them one.';
comment on column public.contact_merges.reason is 'Why they were made one, or why that has to be asked.';
comment on column public.contact_merges.moved is 'What has to be put back: rows by table and column, what the two were before, and conversations that became one.';
select patas.wall('public.contact_merges');

-- What kind a provider's id of a person is, by its form.
create function patas.identity_kind(named text) returns text language sql immutable parallel safe as $$
  select case
    when named like '%@lid' then 'lid'
    when named ~ '^[A-Z]{2}\.ENT\.[0-9A-Za-z]+$' then 'parent_bsuid'
    when named ~ '^[A-Z]{2}\.[0-9A-Za-z]+$' then 'bsuid'
    else 'chat'
  end
$$;

-- Whoever writes a contact's columns: they are identities, too. What they were before is theirs no more.
create function patas.keep_identities() returns trigger language plpgsql as $$
begin
  insert into public.contact_identities (organization_id, contact_id, kind, value, source)
  select new.organization_id, new.id, named.kind, named.value, 'contact'
  from (values ('phone', new.phone_key), (patas.identity_kind(new.whatsapp_user_id), new.whatsapp_user_id)) named (kind, value)
  where named.value <> '' and not exists (
    select from public.contact_identities i
    where i.contact_id = new.id and i.kind = named.kind and i.value = named.value and i.superseded_at is null);
  if tg_op = 'UPDATE' then
    update public.contact_identities i
    set superseded_at = date_trunc('second', now()), superseded_by = (
      select n.id from public.contact_identities n
      where n.contact_id = new.id and n.kind = i.kind and n.superseded_at is null
        and n.value in (new.phone_key, new.whatsapp_user_id) limit 1)
    where i.contact_id = new.id and i.superseded_at is null and (
      (i.kind = 'phone' and i.value = old.phone_key and new.phone_key is distinct from old.phone_key)
      or (i.kind = patas.identity_kind(old.whatsapp_user_id) and i.value = old.whatsapp_user_id
        and new.whatsapp_user_id is distinct from old.whatsapp_user_id));
  end if;
  return null;
end $$;

-- The contacts that there are. A provider's id is known on the number on which they wrote, or in the whole shop where those were several.
-- Two may have the same id: one was made by it, the other learned it with the phone, and whoever has the phone keeps it.
insert into public.contact_identities (organization_id, contact_id, kind, value, source, first_seen_at, last_seen_at)
select organization_id, id, 'phone', phone_key, 'contact', created_at, updated_at from public.contacts where phone_key <> '';
insert into public.contact_identities (organization_id, contact_id, scope, kind, value, source, first_seen_at, last_seen_at)
select distinct on (k.organization_id, k.whatsapp_user_id) k.organization_id, k.id, seen.on_one, patas.identity_kind(k.whatsapp_user_id),
  k.whatsapp_user_id, 'contact', k.created_at, k.updated_at
from public.contacts k
cross join lateral (
  select case when count(distinct c.instance_id) = 1 then (array_agg(c.instance_id))[1] end as on_one
  from public.conversations c where c.contact_id = k.id
) seen
where k.whatsapp_user_id <> ''
order by k.organization_id, k.whatsapp_user_id, k.phone_key is null, k.created_at, k.id;
insert into public.contact_merges (organization_id, survivor_id, absorbed_id, status, reason, actor)
select i.organization_id, i.contact_id, k.id, 'asked', 'same_id', 'system'
from public.contacts k
join public.contact_identities i on i.organization_id = k.organization_id and i.value = k.whatsapp_user_id and i.contact_id <> k.id;

create trigger contacts_keep_identities after insert or update of phone, phone_key, whatsapp_user_id on public.contacts
  for each row execute function patas.keep_identities();

-- What is written to somebody who turned out to be somebody else goes to the one who is left. The lock makes it wait for a merge under way.
create function patas.follow_merge() returns trigger language plpgsql as $$
declare
  survivor uuid;
begin
  loop
    select k.merged_into into survivor from public.contacts k where k.id = new.contact_id for key share;
    exit when survivor is null;
    new.contact_id := survivor;
  end loop;
  return new;
end $$;
do $$
declare
  t text;
begin
  foreach t in array array['conversations', 'pets', 'bookings', 'contact_packages', 'proposals', 'waiting_list', 'outreach'] loop
    execute format('create trigger %I before insert on public.%I for each row execute function patas.follow_merge()', t || '_follow_merge', t);
  end loop;
end $$;
