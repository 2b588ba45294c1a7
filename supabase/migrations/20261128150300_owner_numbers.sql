-- An owner's number is read in the shop's country, wholly or not at all: what was typed without its country's code must not be somebody
-- else's, in another country, who then talks with Aurora.
alter table public.organizations add column country text not null default 'BR' check (country ~ '^[A-Z]{2}$');
comment on column public.organizations.country is 'ISO 3166: where its owners'' numbers are that are written without + and a country''s code.';

-- The key of a number that somebody typed: as it says with a +; without one, a Brazilian number of a Brazilian shop, with area code. Anything
-- else is nobody's, and `patas doctor` tells how to write it.
create function patas.owner_key(typed text, country text) returns text language sql immutable parallel safe as $$
  select case
    when btrim(typed) !~ '^\+?[0-9() ./-]+$' then null
    when btrim(typed) like '+%' then patas.phone_key('+' || digits)
    when country = 'BR' then patas.phone_key('+55' || substring(digits from
      '^(?:55|0)?((?:1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])(?:9\d{8}|[2-9]\d{7}))$'))
  end
  from (select regexp_replace(typed, '\D', '', 'g') as digits) d
$$;

-- The column keeps its name and is no longer generated: which country it is, another row knows.
alter table public.aurora_owner_numbers alter column phone_key drop expression;
create function patas.set_owner_key() returns trigger language plpgsql as $$
begin
  new.phone_key := patas.owner_key(new.phone, (select o.country from public.organizations o where o.id = new.organization_id));
  return new;
end $$;
create trigger aurora_owner_numbers_key before insert or update on public.aurora_owner_numbers
  for each row execute function patas.set_owner_key();
create function patas.reread_owners() returns trigger language plpgsql as $$
begin
  update public.aurora_owner_numbers n set phone = n.phone where n.organization_id = new.id;
  return null;
end $$;
create trigger organizations_reread_owners after update of country on public.organizations
  for each row when (old.country <> new.country) execute function patas.reread_owners();
update public.aurora_owner_numbers n set phone = n.phone;
