-- Looks at the rows that were there before a key named the shop. One that points at another shop's row stops nothing: the key stays
-- unvalidated, which `patas doctor` tells until the row is mended, and holds for whatever is written from now on.

do $$
declare
  key record;
begin
  for key in
    select c.conname, c.conrelid::regclass as child from pg_constraint c
    where c.connamespace = 'public'::regnamespace and not c.convalidated
    order by 2, 1
  loop
    begin
      execute format('alter table %s validate constraint %I', key.child, key.conname);
    exception when foreign_key_violation or check_violation then
      raise warning '% of % is broken by rows that are there already: %', key.conname, key.child, sqlerrm;
    end;
  end loop;
end $$;
