-- A package that does not cover a booking says which of its rules is broken, as the error's constraint. The code stays what it was.

create or replace function patas.use_package() returns trigger language plpgsql as $$
declare
  bought public.contact_packages;
  used integer;
begin
  select * into bought from public.contact_packages p where p.id = new.package_id for no key update;
  if bought.contact_id <> new.contact_id or bought.service_id <> new.service_id or bought.pet_id <> new.pet_id then
    raise exception 'the package % is not for this customer, pet and service', new.package_id
      using errcode = 'PT402', constraint = 'package_holder';
  end if;
  if (select (new.starts_at at time zone o.timezone)::date from public.organizations o where o.id = new.organization_id)
      not between bought.starts_on and bought.expires_on then
    raise exception 'the package % is not valid on that day', new.package_id using errcode = 'PT402', constraint = 'package_days';
  end if;
  select count(*) into used from public.bookings b where b.package_id = new.package_id and b.id <> new.id and b.status <> 'cancelled';
  if used >= bought.sessions then
    raise exception 'the package % has no session left', new.package_id using errcode = 'PT402', constraint = 'package_sessions';
  end if;
  return null;
end $$;
