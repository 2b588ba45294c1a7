-- Who works across shops: sweeping, routing, operating. A file of its own, since a dump has no roles: whoever restores one runs this first.

do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'patas_system') then create role patas_system nologin; end if;
  if not pg_has_role(current_user, 'patas_system', 'usage') then
    execute format('grant patas_system to %I', current_user);
  end if;
end $$;
