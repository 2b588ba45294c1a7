-- The time zone by which a shop's days are counted: what it has set, or São Paulo's where nobody knows that. One shop's slip must not keep
-- all others from being reminded, as what is looked for goes across shops; `patas doctor` tells of it. Postgres also takes abbreviations and
-- rules ("BRT3") for zones, which nothing else knows: only names of the IANA's count. Immutable as `timezone(text, …)` is.
create function patas.zone(written text) returns text language plpgsql immutable as $$
begin
  if written !~ '^(UTC|Etc/GMT[+-](1[0-2]|[0-9])|[A-Z][A-Za-z]+(/[A-Za-z_-]+)+)$' then
    return 'America/Sao_Paulo';
  end if;
  perform timestamptz '2000-01-01 00:00Z' at time zone written;
  return written;
exception when invalid_parameter_value then
  return 'America/Sao_Paulo';
end $$;

alter table public.organizations add column zone text not null generated always as (patas.zone(timezone)) stored;
comment on column public.organizations.zone is 'The time zone that counts: `timezone`, or America/Sao_Paulo where that is none.';

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
  if (select (new.starts_at at time zone o.zone)::date from public.organizations o where o.id = new.organization_id)
      not between bought.starts_on and bought.expires_on then
    raise exception 'the package % is not valid on that day', new.package_id using errcode = 'PT402', constraint = 'package_days';
  end if;
  select count(*) into used from public.bookings b where b.package_id = new.package_id and b.id <> new.id and b.status <> 'cancelled';
  if used >= bought.sessions then
    raise exception 'the package % has no session left', new.package_id using errcode = 'PT402', constraint = 'package_sessions';
  end if;
  return null;
end $$;
