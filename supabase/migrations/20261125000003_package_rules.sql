-- A package is used by its customer, for its pet and service, and within its days, whoever writes the booking.

create or replace function patas.use_package() returns trigger language plpgsql as $$
declare
  bought public.contact_packages;
  used integer;
begin
  select * into bought from public.contact_packages p where p.id = new.package_id for no key update;
  if bought.contact_id <> new.contact_id or bought.service_id <> new.service_id or bought.pet_id <> new.pet_id then
    raise exception 'the package % is not for this customer, pet and service', new.package_id using errcode = 'PT402';
  end if;
  if (select (new.starts_at at time zone o.timezone)::date from public.organizations o where o.id = new.organization_id)
      not between bought.starts_on and bought.expires_on then
    raise exception 'the package % is not valid on that day', new.package_id using errcode = 'PT402';
  end if;
  select count(*) into used from public.bookings b where b.package_id = new.package_id and b.id <> new.id and b.status <> 'cancelled';
  if used >= bought.sessions then
    raise exception 'the package % has no session left', new.package_id using errcode = 'PT402';
  end if;
  return null;
end $$;

drop trigger bookings_use_package on public.bookings;
create trigger bookings_use_package after update on public.bookings for each row
  when (new.package_id is not null and new.status <> 'cancelled' and (old.package_id is distinct from new.package_id or old.status = 'cancelled'
    or old.starts_at <> new.starts_at or old.service_id <> new.service_id))
  execute function patas.use_package();

-- Follow-ups look for visits that ended lately.
create index bookings_ended on public.bookings (organization_id, ends_at);
