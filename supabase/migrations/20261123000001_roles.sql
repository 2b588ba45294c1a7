-- Roles, helper functions and schemas that everything else names.
-- On Supabase the roles `anon`, `authenticated`, `service_role` and `auth.uid()` exist already; on plain Postgres this shim creates them.

do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'anon') then create role anon nologin; end if;
  if not exists (select 1 from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
  if not exists (select 1 from pg_roles where rolname = 'service_role') then create role service_role nologin bypassrls; end if;
  -- The backend works under this role, bound to one organization per transaction.
  if not exists (select 1 from pg_roles where rolname = 'patas_backend') then create role patas_backend nologin; end if;
  if not pg_has_role(current_user, 'patas_backend', case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
    execute format('grant patas_backend to %I', current_user);
  end if;
  if not exists (select 1 from pg_namespace where nspname = 'auth') then
    create schema auth;
    grant usage on schema auth to anon, authenticated, service_role;
    create function auth.uid() returns uuid language sql stable as $f$
      select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid
    $f$;
  end if;
end $$;

create schema if not exists extensions;
create extension if not exists btree_gist with schema extensions;
grant usage on schema extensions to public;

create schema patas;
grant usage on schema patas to patas_backend, authenticated, service_role;

-- LangGraph's tables live here, made by its own set-up when a worker starts.
create schema checkpoints;

-- The organization that the running transaction is bound to; null outside of one.
create function patas.organization_id() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('patas.organization_id', true), '')::uuid
$$;

-- One spelling for every way of writing a number: digits with country code and, for Brazilian mobiles, the ninth digit.
-- A leading + says that the country code is there; without it, 10 or 11 digits that look Brazilian get 55.
create function patas.phone_key(raw text) returns text language sql immutable strict parallel safe as $$
  select case
    when n ~ '^55[1-9]{2}[6-9]\d{7}$' then substr(n, 1, 4) || '9' || substr(n, 5)
    else nullif(n, '')
  end
  from (
    select case
      when btrim(raw) like '+%' then digits
      when digits ~ '^0[1-9]{2}(9\d{8}|[2-9]\d{7})$' then '55' || substr(digits, 2)
      when digits ~ '^[1-9]{2}(9\d{8}|[2-9]\d{7})$' then '55' || digits
      else digits
    end as n
    from (select regexp_replace(raw, '\D', '', 'g') as digits) d
  ) k
$$;

create function patas.touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;
