-- Row-level security for whoever owns the tables as well. Past it goes `patas_system` alone, and whoever is a member of it.

grant usage on schema patas, public, checkpoints to patas_system;
grant usage on schema checkpoints to patas_backend;

-- Puts up the walls of a table with an `organization_id`: a migration that makes one calls it.
create function patas.wall(walled regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', walled);
  execute format('alter table %s force row level security', walled);
  execute format('revoke all on %s from anon, authenticated', walled);
  execute format('grant select, insert, update, delete on %s to patas_backend, patas_system', walled);
  execute format('grant all on %s to service_role', walled);
  execute format('grant select on %s to authenticated', walled);
  execute format('create policy system on %s to patas_system using (true) with check (true)', walled);
  execute format(
    'create policy backend on %s to patas_backend using (organization_id = (select patas.organization_id()))'
    ' with check (organization_id = (select patas.organization_id()))', walled);
  execute format(
    'create policy staff_reads on %s for select to authenticated using (organization_id in (select patas.my_organizations()))', walled);
end $$;
revoke all on function patas.wall(regclass) from public;

do $$
declare
  t regclass;
begin
  for t in
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'system')
      and (c.oid = 'public.organizations'::regclass
        or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped))
    order by c.relname
  loop
    execute format('create policy system on %s to patas_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %s to patas_system', t);
    execute format('alter table %s force row level security', t);
  end loop;
end $$;
grant usage on all sequences in schema public to patas_system;

-- A thread is a conversation, and belongs to the shop that the conversation belongs to. LangGraph makes the tables when a worker starts,
-- and calls this afterwards.
create function patas.wall_checkpoints() returns void language plpgsql as $$
declare
  t regclass;
begin
  for t in
    select to_regclass('checkpoints.' || name)
    from unnest(array['checkpoints', 'checkpoint_blobs', 'checkpoint_writes']) name
  loop
    continue when t is null or (select c.relforcerowsecurity from pg_class c where c.oid = t);
    execute format('grant select, insert, update, delete on %s to patas_backend, patas_system', t);
    execute format('create policy system on %s to patas_system using (true) with check (true)', t);
    execute format(
      'create policy backend on %s to patas_backend using (exists ('
      'select from public.conversations c where c.id = thread_id::uuid and c.organization_id = (select patas.organization_id())))', t);
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
  end loop;
end $$;
select patas.wall_checkpoints();
