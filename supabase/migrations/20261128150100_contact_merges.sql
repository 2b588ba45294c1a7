-- Two customers who are one. A conversation is always locked before its contact, here and wherever a turn writes.

-- Points all rows that point at one row at another instead, whichever tables they are in, but for those of `but`; tells which, as
-- {"table.column": [ids]}.
create function patas.repoint(parent regclass, from_id uuid, to_id uuid, but uuid[] default '{}') returns jsonb language plpgsql as $$
declare
  key record;
  ids jsonb;
  moved jsonb := '{}';
begin
  for key in
    select c.conrelid::regclass::text as child, a.attname::text as pointer
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attname <> 'organization_id'
    where c.contype = 'f' and c.confrelid = parent and c.conrelid not in (parent, 'public.contact_merges'::regclass)
    order by 1, 2
  loop
    execute format(
      'with moved as (update %s set %I = $2 where %I = $1 and id::text <> all ($3::text[]) returning id)'
      ' select coalesce(jsonb_agg(id), ''[]'') from moved', key.child, key.pointer, key.pointer) into ids using from_id, to_id, but;
    if ids <> '[]' then
      moved := moved || jsonb_build_object(key.child || '.' || key.pointer, ids);
    end if;
  end loop;
  return moved;
end $$;

-- Points these rows back, but for what was deleted or given to somebody else since.
create function patas.point_back(moved jsonb, from_id uuid, to_id uuid) returns void language plpgsql as $$
declare
  place record;
  child text;
  pointer text;
begin
  for place in select key, value from jsonb_each(moved) order by key loop
    child := split_part(place.key, '.', 1);
    pointer := split_part(place.key, '.', 2);
    execute format('update %s set %I = $3 where id::text in (select jsonb_array_elements_text($1)) and %I = $2', child, pointer, pointer)
      using place.value, from_id, to_id;
  end loop;
end $$;

-- The thread of a conversation whose messages are not those that it has read: it begins anew, from the rows.
create function patas.forget_thread(conversation uuid) returns void language plpgsql as $$
declare
  t text;
begin
  foreach t in array array['checkpoint_writes', 'checkpoint_blobs', 'checkpoints'] loop
    if to_regclass('checkpoints.' || t) is not null then
      execute format('delete from checkpoints.%I where thread_id = $1', t) using conversation::text;
    end if;
  end loop;
end $$;

-- Of two conversations on one number one. Turns under way in either are overtaken; what they did already is replayed in the one turn that
-- answers all that waits. Of two open questions the newer stands; of two cases one, with the longer pause.
create function patas.join_conversations(into_id uuid, from_id uuid) returns jsonb language plpgsql as $$
declare
  one public.conversations;
  other public.conversations;
  older uuid;
  waits uuid;
  closed uuid;
  turn uuid;
  moved jsonb;
begin
  select * into one from public.conversations where id = into_id;
  select * into other from public.conversations where id = from_id;

  select p.id, p.waiting_list_id into older, waits
  from public.proposals p where p.conversation_id in (into_id, from_id) and p.status = 'open'
  order by p.created_at desc, p.id offset 1;
  update public.proposals set status = 'replaced', settled_at = now() where id = older;
  update public.waiting_list set status = 'waiting' where id = waits and status = 'offered';
  delete from public.allocations where proposal_id = older;

  update public.escalations e set closed_at = now(), closed_by = 'merged', resumed_at = now()
  where e.conversation_id = from_id and e.closed_at is null
    and exists (select from public.escalations o where o.conversation_id = into_id and o.closed_at is null)
  returning e.id into closed;
  update public.escalations e set pause_until = greatest(e.pause_until, c.pause_until)
  from public.escalations c where c.id = closed and e.conversation_id = into_id and e.closed_at is null;

  moved := patas.repoint('public.conversations', from_id, into_id);

  select m.turn_id into turn
  from public.messages m
  where m.conversation_id = into_id and m.direction = 'incoming' and m.processed_at is null
    and exists (select from public.turn_effects f where f.turn_id = m.turn_id)
  order by m.seq limit 1;
  update public.turn_effects f set turn_id = turn
  where f.conversation_id = into_id and f.turn_id <> turn
    and f.turn_id in (select m.turn_id from public.messages m
      where m.conversation_id = into_id and m.direction = 'incoming' and m.processed_at is null)
    and not exists (select from public.turn_effects o where o.turn_id = turn and o.effect_key = f.effect_key);
  update public.messages m set turn_id = turn
  where m.conversation_id = into_id and m.direction = 'incoming' and m.processed_at is null and m.turn_id is not null;

  update public.conversations c
  set status = case when 'escalated' in (one.status, other.status) then 'escalated' else one.status end,
    address = case when coalesce(other.last_inbound_at, '-infinity') > coalesce(one.last_inbound_at, '-infinity') and other.address <> ''
      then other.address else one.address end,
    last_inbound_at = greatest(one.last_inbound_at, other.last_inbound_at), lease_token = null, lease_until = null, retry_at = null,
    turn_claims = 0, turn_failures = 0, turn_redrafts = 0, updated_at = now()
  where c.id = into_id;
  update public.conversations c set status = 'closed', lease_token = null, lease_until = null, updated_at = now() where c.id = from_id;
  perform patas.forget_thread(into_id);
  return jsonb_build_object('into', into_id, 'from', from_id, 'rows', moved, 'case', closed, 'status', other.status, 'address', other.address,
    'last_inbound_at', other.last_inbound_at, 'into_status', one.status, 'into_address', one.address, 'into_last_inbound_at', one.last_inbound_at);
end $$;

-- The open conversations of a contact in which something waits: whoever wakes them need not know why.
create function patas.waiting_conversations(contact uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(c.id order by c.id), '[]')
  from public.conversations c
  where c.contact_id = contact and c.status <> 'closed' and exists (
    select from public.messages m
    where m.conversation_id = c.id and ((m.direction = 'incoming' and m.processed_at is null) or m.status = 'queued'))
$$;

-- Of two pets of one name, of two customers who become one: as `one`, what is about the other pet is about this one from now on, and the
-- other's row stays behind; as `two`, the other gets another name. Returns what was done, to be put back.
create function patas.settle_pets(survivor uuid, absorbed uuid, settled_as text) returns jsonb language plpgsql as $$
declare
  pair record;
  done jsonb := '[]';
  free text;
begin
  for pair in
    select p.id as from_id, q.id as into_id, p.name
    from public.pets p join public.pets q on q.contact_id = survivor and lower(btrim(q.name)) = lower(btrim(p.name))
    where p.contact_id = absorbed order by p.id
  loop
    if settled_as = 'one' then
      done := done || jsonb_build_object('from', pair.from_id, 'into', pair.into_id,
        'rows', patas.repoint('public.pets', pair.from_id, pair.into_id));
    else
      select btrim(pair.name) || ' (' || n || ')' into free
      from generate_series(2, 1000) n
      where not exists (select from public.pets t
        where t.contact_id in (survivor, absorbed) and lower(btrim(t.name)) = lower(btrim(pair.name)) || ' (' || n || ')')
      order by n limit 1;
      update public.pets set name = free where id = pair.from_id;
      done := done || jsonb_build_object('from', pair.from_id, 'name', pair.name, 'named', free);
    end if;
  end loop;
  return done;
end $$;

-- Makes two customers one: all that points at the one who goes points at the one who stays. The stricter opt-out counts. Returns the merge
-- and the conversations to be woken; null where one of the two is merged already. Pets of one name are `settled_as` one or two; where that
-- is not said and there are some, nothing is done and `refused` says so.
create function patas.merge_contacts(survivor uuid, absorbed uuid, why text, by text, settled_as text default null) returns jsonb
language plpgsql as $$
declare
  merge uuid;
  kept public.contacts;
  gone public.contacts;
  pair record;
  moved jsonb;
  pets jsonb;
  joined jsonb := '[]';
begin
  perform from public.conversations c where c.contact_id in (survivor, absorbed) order by c.id for update;
  perform from public.contacts k where k.id in (survivor, absorbed) order by k.id for update;
  select * into kept from public.contacts k where k.id = survivor and k.merged_into is null;
  select * into gone from public.contacts k where k.id = absorbed and k.merged_into is null;
  if kept.id is null or gone.id is null or kept.id = gone.id then
    return null;
  end if;
  if settled_as is null and exists (
    select from public.pets p join public.pets q on q.contact_id = survivor and lower(btrim(q.name)) = lower(btrim(p.name))
    where p.contact_id = absorbed) then
    return jsonb_build_object('refused', 'same_pet');
  end if;
  pets := patas.settle_pets(survivor, absorbed, settled_as);

  for pair in
    select s.id as into_id, c.id as from_id
    from public.conversations c
    join public.conversations s on s.instance_id = c.instance_id and s.contact_id = survivor and s.status <> 'closed'
    where c.contact_id = absorbed and c.status <> 'closed'
    order by c.id
  loop
    joined := joined || patas.join_conversations(pair.into_id, pair.from_id);
  end loop;
  update public.conversations c set lease_token = null, lease_until = null where c.contact_id = absorbed and c.lease_token is not null;
  moved := patas.repoint('public.contacts', absorbed, survivor, array(
    select (p ->> 'from')::uuid from jsonb_array_elements(pets) p where p ? 'into'));

  update public.contacts k
  set phone = null, phone_key = null, whatsapp_user_id = null, merged_into = survivor, updated_at = now()
  where k.id = absorbed;
  update public.contacts k
  set phone = coalesce(kept.phone, gone.phone), phone_key = case when kept.phone is null then gone.phone_key else kept.phone_key end,
    whatsapp_user_id = coalesce(kept.whatsapp_user_id, gone.whatsapp_user_id), name = coalesce(kept.name, gone.name),
    opted_out_at = least(kept.opted_out_at, gone.opted_out_at), updated_at = now()
  where k.id = survivor;

  with answered as (
    delete from public.contact_merges m
    where m.status = 'asked' and (m.survivor_id, m.absorbed_id) in ((survivor, absorbed), (absorbed, survivor))
    returning m.id
  )
  update public.alerts a set seen_at = coalesce(a.seen_at, now()) from answered where a.subject = 'identity:' || answered.id;
  insert into public.contact_merges (organization_id, survivor_id, absorbed_id, status, reason, actor, moved)
  values (kept.organization_id, survivor, absorbed, 'merged', why, by, jsonb_build_object('rows', moved, 'joined', joined, 'pets', pets,
    'survivor', to_jsonb(kept), 'absorbed', to_jsonb(gone), 'opted_out_at', least(kept.opted_out_at, gone.opted_out_at)))
  returning id into merge;
  return jsonb_build_object('merge_id', merge, 'woken', patas.waiting_conversations(survivor));
end $$;

-- Takes a merge back: what was moved goes back, and what was made since stays with the one who was left. A conversation that was joined is
-- there again as it was, its case with it; a question that gave way stays settled. Returns the conversations to be woken; null where the
-- merge is not in force, or one of the two has been merged on since.
create function patas.undo_merge(merge uuid, by text) returns jsonb language plpgsql as $$
declare
  m public.contact_merges;
  kept public.contacts;
  gone public.contacts;
  was jsonb;
  pair jsonb;
begin
  select * into m from public.contact_merges c where c.id = merge;
  perform from public.conversations c where c.contact_id in (m.survivor_id, m.absorbed_id) order by c.id for update;
  perform from public.contacts k where k.id in (m.survivor_id, m.absorbed_id) order by k.id for update;
  select * into m from public.contact_merges c where c.id = merge and c.status = 'merged' for update;
  select * into kept from public.contacts k where k.id = m.survivor_id and k.merged_into is null;
  select * into gone from public.contacts k where k.id = m.absorbed_id and k.merged_into = m.survivor_id;
  if m.id is null or kept.id is null or gone.id is null then
    return null;
  end if;

  update public.contacts k set merged_into = null where k.id = gone.id;
  for pair in select value from jsonb_array_elements(m.moved -> 'joined') loop
    perform patas.part_conversations(pair);
  end loop;
  perform patas.point_back(m.moved -> 'rows', kept.id, gone.id);
  for pair in select value from jsonb_array_elements(m.moved -> 'pets') loop
    perform patas.point_back(coalesce(pair -> 'rows', '{}'), (pair ->> 'into')::uuid, (pair ->> 'from')::uuid);
    update public.pets p set name = pair ->> 'name' where p.id = (pair ->> 'from')::uuid and p.name = pair ->> 'named';
  end loop;
  for pair in select value from jsonb_array_elements(m.moved -> 'joined') loop
    update public.conversations c
    set updated_at = now(), status = case when pair ->> 'status' = 'escalated' and exists (
      select from public.escalations e where e.conversation_id = c.id and e.closed_at is null) then 'escalated' else 'active' end
    where c.id = (pair ->> 'from')::uuid and c.contact_id = gone.id;
  end loop;

  -- What was learned since stays. An opt-out since then may have been either's.
  was := m.moved -> 'survivor';
  update public.contacts k
  set phone = case when kept.phone_key = m.moved -> 'absorbed' ->> 'phone_key' then was ->> 'phone' else kept.phone end,
    phone_key = case when kept.phone_key = m.moved -> 'absorbed' ->> 'phone_key' then was ->> 'phone_key' else kept.phone_key end,
    whatsapp_user_id = case when kept.whatsapp_user_id = m.moved -> 'absorbed' ->> 'whatsapp_user_id'
      then was ->> 'whatsapp_user_id' else kept.whatsapp_user_id end,
    name = case when was ->> 'name' is null and kept.name = m.moved -> 'absorbed' ->> 'name' then null else kept.name end,
    opted_out_at = case when kept.opted_out_at is not distinct from (m.moved ->> 'opted_out_at')::timestamptz
      then (was ->> 'opted_out_at')::timestamptz else kept.opted_out_at end,
    updated_at = now()
  where k.id = kept.id;
  was := m.moved -> 'absorbed';
  update public.contacts k
  set phone = was ->> 'phone', phone_key = was ->> 'phone_key', whatsapp_user_id = was ->> 'whatsapp_user_id',
    opted_out_at = case when kept.opted_out_at is not distinct from (m.moved ->> 'opted_out_at')::timestamptz
      then gone.opted_out_at else coalesce(gone.opted_out_at, kept.opted_out_at) end,
    updated_at = now()
  where k.id = gone.id;
  update public.contact_merges c set status = 'undone', settled_at = now(), settled_by = by where c.id = merge;
  return jsonb_build_object('woken', patas.waiting_conversations(kept.id) || patas.waiting_conversations(gone.id));
end $$;

-- Takes a joined conversation apart again. What waits in either is answered anew, by a turn of its own.
create function patas.part_conversations(joined jsonb) returns void language plpgsql as $$
declare
  into_id uuid := (joined ->> 'into')::uuid;
  from_id uuid := (joined ->> 'from')::uuid;
  newest timestamptz;
begin
  perform patas.point_back(joined -> 'rows', into_id, from_id);
  update public.messages m set turn_id = null
  where m.conversation_id = from_id and m.direction = 'incoming' and m.processed_at is null
    and not exists (select from public.turn_effects f where f.turn_id = m.turn_id and f.conversation_id = from_id);
  update public.escalations e set closed_at = null, closed_by = null, resumed_at = null
  where e.id = (joined ->> 'case')::uuid and e.closed_by = 'merged' and e.conversation_id = from_id;
  select max(least(coalesce(m.provider_at, m.created_at), m.created_at)) into newest
  from public.messages m where m.conversation_id = into_id and m.direction = 'incoming';
  update public.conversations c
  set status = case when c.status = 'escalated' and joined ->> 'into_status' = 'active' and not exists (
      select from public.escalations e where e.conversation_id = into_id and e.closed_at is null) then 'active' else c.status end,
    address = case when c.address = joined ->> 'address' then joined ->> 'into_address' else c.address end,
    last_inbound_at = coalesce(newest, (joined ->> 'into_last_inbound_at')::timestamptz),
    lease_token = null, lease_until = null, updated_at = now()
  where c.id = into_id;
  perform patas.forget_thread(into_id);
end $$;
