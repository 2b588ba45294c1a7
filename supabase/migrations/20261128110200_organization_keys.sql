-- A row points at rows of its own shop alone. A foreign key is checked past row-level security, so the key itself has to name the shop:
-- every one between two tables of a shop is made anew over (organization_id, …), under its old name. New rows are held to it at once; those
-- that are there already are looked at by the next migration, which locks nobody out.

do $$
declare
  parent record;
  key record;
begin
  create temporary table narrow on commit drop as
  select c.conname, c.conrelid::regclass as child, c.confrelid::regclass as parent, a.attname as pointer, p.attname as pointed,
    case c.confdeltype when 'c' then 'on delete cascade' when 'n' then format('on delete set null (%I)', a.attname) else '' end as deletion
  from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  join pg_attribute p on p.attrelid = c.confrelid and p.attnum = c.confkey[1]
  where c.contype = 'f' and c.connamespace = 'public'::regnamespace and cardinality(c.conkey) = 1
    and exists (select from pg_attribute o where o.attrelid = c.conrelid and o.attname = 'organization_id' and not o.attisdropped)
    and exists (select from pg_attribute o where o.attrelid = c.confrelid and o.attname = 'organization_id' and not o.attisdropped);

  for parent in select distinct n.parent as t, n.pointed, r.relname from narrow n join pg_class r on r.oid = n.parent order by r.relname loop
    continue when exists (select from pg_constraint c where c.conrelid = parent.t and c.conname = parent.relname || '_of_shop');
    execute format('alter table %s add constraint %I unique (organization_id, %I)', parent.t, parent.relname || '_of_shop', parent.pointed);
  end loop;
  for key in select * from narrow order by child::text, conname loop
    execute format('alter table %s drop constraint %I', key.child, key.conname);
    execute format('alter table %s add constraint %I foreign key (organization_id, %I) references %s (organization_id, %I) %s not valid',
      key.child, key.conname, key.pointer, key.parent, key.pointed, key.deletion);
  end loop;
end $$;

-- What belongs to no shop points at nothing of one: a key with a null in it is not looked at.
alter table public.dead_letters
  add constraint dead_letters_of_shop check (conversation_id is null or organization_id is not null) not valid;
alter table public.alerts
  add constraint alerts_of_shop check (conversation_id is null or organization_id is not null) not valid;
