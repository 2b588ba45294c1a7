-- Row-level security. The backend role sees the organization that its transaction is bound to and nothing else;
-- signed-in staff read what belongs to their organizations; anonymous visitors read nothing. Staff write through the API.

create function patas.my_organizations() returns setof uuid language sql stable security definer set search_path = '' as $$
  select organization_id from public.organization_members where user_id = auth.uid()
$$;
revoke all on function patas.my_organizations() from public;
grant execute on function patas.my_organizations() to authenticated;

do $$
declare
  t text;
  owner_column text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' and tablename in (
    'organizations', 'organization_members', 'organization_settings', 'whatsapp_instances', 'aurora_owner_numbers', 'contacts',
    'conversations', 'messages', 'pets', 'services', 'resources', 'service_resources', 'business_hours', 'closures', 'bookings',
    'turn_effects', 'escalations', 'ai_interactions', 'aurora_proactive_messages', 'dead_letters', 'alerts')
  loop
    owner_column := case when t = 'organizations' then 'id' else 'organization_id' end;
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from anon, authenticated', t);
    execute format('grant select, insert, update, delete on public.%I to patas_backend', t);
    execute format('grant all on public.%I to service_role', t);
    execute format(
      'create policy backend on public.%I to patas_backend using (%I = (select patas.organization_id())) with check (%I = (select patas.organization_id()))',
      t, owner_column, owner_column);
    execute format(
      'create policy staff_reads on public.%I for select to authenticated using (%I in (select patas.my_organizations()))',
      t, owner_column);
    if t <> 'whatsapp_instances' then
      execute format('grant select on public.%I to authenticated', t);
    end if;
  end loop;
end $$;

-- Staff may see which numbers are connected, never their secrets.
grant select (id, organization_id, channel, name, phone, phone_number_id, instance_name, is_active, created_at)
  on public.whatsapp_instances to authenticated;
grant usage on all sequences in schema public to patas_backend, service_role;
grant usage on schema public to patas_backend, authenticated, service_role;
