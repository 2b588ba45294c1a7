-- A pet is in one place at a time, unless the shop says that two of its services go together: a bath during a stay.

create table public.services_together (
  organization_id uuid not null references public.organizations on delete cascade,
  service_id uuid not null,
  with_service_id uuid not null check (with_service_id <> service_id),
  primary key (service_id, with_service_id),
  foreign key (organization_id, service_id) references public.services (organization_id, id) on delete cascade,
  foreign key (organization_id, with_service_id) references public.services (organization_id, id) on delete cascade
);
create unique index services_together_pair on public.services_together
  (least(service_id, with_service_id), greatest(service_id, with_service_id));
create index services_together_with on public.services_together (with_service_id);
create index services_together_organization on public.services_together (organization_id);
comment on table public.services_together is 'Two services that a pet may have at the same time, in either order. Every other two exclude each other.';
select patas.wall('public.services_together');

create function patas.go_together(one uuid, other uuid) returns boolean language sql stable as $$
  select exists (select from public.services_together t where (t.service_id, t.with_service_id) in ((one, other), (other, one)))
$$;

-- Whoever writes a booking. The pet's row is locked, so that of two who write at once the second sees what the first has written. Bookings
-- that are over are not looked at: the pet has left. An exclusion constraint can't ask which services go together; it is named like one.
create function patas.one_place() returns trigger language plpgsql as $$
declare
  other uuid;
begin
  perform from public.pets p where p.id = new.pet_id for no key update;
  select b.id into other from public.bookings b
  where b.pet_id = new.pet_id and b.id <> new.id and b.status in ('scheduled', 'confirmed', 'in_progress')
    and b.starts_at < new.ends_at and b.ends_at > new.starts_at and not patas.go_together(b.service_id, new.service_id)
  limit 1;
  if found then
    raise exception 'the pet % is in the booking % at that time', new.pet_id, other
      using errcode = 'exclusion_violation', constraint = 'bookings_one_place', table = 'bookings', schema = 'public';
  end if;
  return null;
end $$;
create trigger bookings_one_place_new after insert on public.bookings for each row
  when (new.pet_id is not null and new.status in ('scheduled', 'confirmed', 'in_progress')) execute function patas.one_place();
create trigger bookings_one_place after update on public.bookings for each row
  when (new.pet_id is not null and new.status in ('scheduled', 'confirmed', 'in_progress')
    and (old.pet_id, old.service_id, old.starts_at, old.ends_at, old.status in ('scheduled', 'confirmed', 'in_progress'))
      is distinct from (new.pet_id, new.service_id, new.starts_at, new.ends_at, true))
  execute function patas.one_place();
