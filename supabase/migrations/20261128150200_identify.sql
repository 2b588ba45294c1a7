-- Whose a message is. All of it runs in the transaction that stores the message, behind the locks of everybody whom it names.

-- Whose a name is, or was at that instant. What holds on this number comes before what holds for the whole shop.
create function patas.identity_of(instance uuid, named_kind text, named text, at timestamptz) returns public.contact_identities
language sql stable as $$
  select i.*
  from public.contact_identities i
  where i.organization_id = patas.organization_id() and i.kind = named_kind and i.value = named and (i.scope is null or i.scope = instance)
    and (i.superseded_at is null or i.superseded_at > at)
  order by i.superseded_at nulls last, i.scope nulls last
  limit 1
$$;

-- Where a name of that kind holds: a phone and a parent's id in the whole shop, all else on the number that it was told to.
create function patas.scope_of(instance uuid, named_kind text) returns uuid language sql immutable parallel safe as $$
  select case when named_kind not in ('phone', 'parent_bsuid') then instance end
$$;

-- Why two customers whom one message names as one are not made one all the same; null where they may be. `past` are kinds of names that
-- the one has no more.
create function patas.keeps_apart(one uuid, other uuid, past text[] default '{}') returns text language sql stable as $$
  select case
    when exists (
      select from public.contact_identities i
      join public.contact_identities o on o.contact_id = other and o.kind = i.kind and o.scope is not distinct from i.scope
      where i.contact_id = one and i.kind in ('phone', 'bsuid', 'parent_bsuid', 'lid') and i.kind <> all (past) and i.superseded_at is null and o.superseded_at is null)
      then 'other_id'
    when exists (
      select from public.pets p join public.pets q on q.contact_id = other and lower(btrim(q.name)) = lower(btrim(p.name))
      where p.contact_id = one) then 'same_pet'
    when exists (
      select from public.contact_merges m
      where m.status in ('undone', 'refused') and (m.survivor_id, m.absorbed_id) in ((one, other), (other, one))) then 'decided'
  end
$$;

-- Asks people, once, whether two customers are one. Returns the alert; null where that was asked or decided before. `words` has the title,
-- and for each reason a sentence with {one} and {other} in it. `disputed` are the other's names that the one has come under.
create function patas.ask_whether_one(one uuid, other uuid, why text, by text, words jsonb, disputed jsonb default '[]') returns uuid
language plpgsql as $$
declare
  asked uuid;
  alert uuid;
begin
  insert into public.contact_merges (organization_id, survivor_id, absorbed_id, status, reason, actor, moved)
  select patas.organization_id(), one, other, 'asked', why, by, jsonb_build_object('disputed', disputed)
  where why <> 'decided' and not exists (
    select from public.contact_merges m
    where m.status <> 'merged' and (m.survivor_id, m.absorbed_id) in ((one, other), (other, one)))
  on conflict do nothing
  returning id into asked;
  if asked is null then
    return null;
  end if;
  insert into public.alerts (organization_id, conversation_id, kind, title, body, subject)
  select patas.organization_id(), (
      select c.id from public.conversations c
      where c.contact_id in (one, other) order by c.status = 'closed', c.last_inbound_at desc nulls last, c.id limit 1),
    'identity', words ->> 'title',
    replace(replace(words ->> why, '{one}', patas.called(one)), '{other}', patas.called(other)), 'identity:' || asked
  returning id into alert;
  return alert;
end $$;

-- How people are told of a customer.
create function patas.called(contact uuid) returns text language sql stable as $$
  select coalesce(k.name, 'sem nome') || coalesce(' (+' || k.phone_key || ')', ' (' || k.whatsapp_user_id || ')', '')
  from public.contacts k where k.id = contact
$$;

-- Takes note of a name that nobody has yet, or that the contact has.
create function patas.learn_identity(contact uuid, instance uuid, named_kind text, named text, at timestamptz, by text) returns void
language plpgsql as $$
begin
  update public.contact_identities i set last_seen_at = greatest(i.last_seen_at, at)
  where i.contact_id = contact and i.kind = named_kind and i.value = named and i.superseded_at is null
    and (i.scope is null or i.scope = instance) and i.last_seen_at < at - interval '1 hour';
  insert into public.contact_identities (organization_id, contact_id, scope, kind, value, source, first_seen_at, last_seen_at)
  select patas.organization_id(), contact, patas.scope_of(instance, named_kind), named_kind, named, by, at, at
  where not exists (
    select from public.contact_identities i
    where i.organization_id = patas.organization_id() and i.kind = named_kind and i.value = named and (i.scope is null or i.scope = instance)
      and i.superseded_at is null and (named_kind <> 'username' or i.contact_id = contact));
  update public.contact_identities i
  set superseded_at = greatest(at, i.first_seen_at), superseded_by = n.id
  from public.contact_identities n
  where named_kind = 'username' and i.contact_id = contact and i.kind = 'username' and i.value <> named and i.scope = instance
    and i.superseded_at is null and n.contact_id = contact and n.kind = 'username' and n.value = named and n.superseded_at is null;
end $$;

-- Finds whose a message is by all that it names its sender by, a phone first; makes a contact where it is nobody's.
--
-- Who goes by another name of the same kind is not taken for the sender: a number may have been passed on. Of those who are left the first
-- is; the others become one with that one where nothing speaks against it, since the provider has said that they are one. About all
-- others people are asked. Returns the contact, `woken` conversations and `alerts`; `address` where what the message names is theirs no more.
create function patas.identify(
  instance uuid, phone text, user_id text, parent_user_id text, username text, called text, at timestamptz, by text, words jsonb
) returns jsonb language plpgsql as $$
declare
  kinds text[];
  names text[];
  holders uuid[];
  known uuid[];
  fitting uuid[];
  chosen uuid;
  other uuid;
  why text;
  alert uuid;
  merged jsonb;
  woken jsonb := '[]';
  alerts jsonb := '[]';
begin
  select array_agg(n.kind order by n.place), array_agg(n.named order by n.place) into kinds, names
  from (
    select distinct on (x.kind) x.*
    from (values (1, 'phone', patas.phone_key('+' || phone)), (2, patas.identity_kind(user_id), user_id),
      (3, 'parent_bsuid', parent_user_id)) x (place, kind, named)
    where x.named <> '' order by x.kind, x.place
  ) n;
  if kinds is null then
    return null;
  end if;

  -- Whoever merges one of them meanwhile is waited for, and then it is seen anew whose the names are.
  loop
    select array_agg((patas.identity_of(instance, n.kind, n.named, at)).contact_id order by n.place) into holders
    from unnest(kinds, names) with ordinality n (kind, named, place);
    exit when known is not null and known = array_remove(holders, null);
    known := array_remove(holders, null);
    exit when known = '{}';
    perform from public.conversations c where c.contact_id = any(known) and c.status <> 'closed' order by c.id for no key update;
    perform from public.contacts k where k.id = any(known) order by k.id for key share;
  end loop;
  known := array(select f from unnest(known) with ordinality u (f, place) group by f order by min(place));

  fitting := array(
    select f
    from unnest(known) with ordinality u (f, place)
    where not exists (
      select from unnest(kinds, names, holders) n (kind, named, holder)
      join public.contact_identities i on i.contact_id = f and i.kind = n.kind and i.value <> n.named and i.superseded_at is null
        and i.scope is not distinct from patas.scope_of(instance, n.kind)
      where n.holder is distinct from f)
    order by place);
  chosen := fitting[1];
  if chosen is null then
    insert into public.contacts (organization_id, name) values (patas.organization_id(), called) returning id into chosen;
  end if;

  foreach other in array known loop
    continue when other = chosen;
    why := case when other = any(fitting) then patas.keeps_apart(chosen, other) else 'passed_on' end;
    merged := case when why is null then patas.merge_contacts(chosen, other, 'named_together', by) end;
    woken := woken || coalesce(merged -> 'woken', '[]');
    if why is not null then
      alert := patas.ask_whether_one(chosen, other, why, by, words, case when why = 'passed_on' then (
        select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.named))
        from unnest(kinds, names, holders) n (kind, named, holder) where n.holder = other) else '[]' end);
      alerts := case when alert is null then alerts else alerts || to_jsonb(alert) end;
    end if;
  end loop;

  for i in 1 .. cardinality(kinds) loop
    if holders[i] is null or holders[i] = chosen then
      if not exists (select from public.contact_identities p
          where p.contact_id = chosen and p.kind = kinds[i] and p.value = names[i] and p.superseded_at > at) then
        perform patas.learn_identity(chosen, instance, kinds[i], names[i], at, by);
      end if;
    end if;
  end loop;
  if username <> '' then
    perform patas.learn_identity(chosen, instance, 'username', username, at, by);
  end if;
  perform patas.fill_in(chosen, phone, user_id, called);
  return jsonb_build_object('contact_id', chosen, 'woken', woken, 'alerts', alerts, 'address', (
    select k.phone from public.contacts k
    where k.id = chosen and kinds[1] = 'phone' and exists (
      select from public.contact_identities i
      where i.contact_id = chosen and i.kind = 'phone' and i.value = names[1] and i.superseded_at is not null)
      and not exists (
        select from public.contact_identities i
        where i.contact_id = chosen and i.kind = 'phone' and i.value = names[1] and i.superseded_at is null)));
end $$;

-- Fills in what a contact's own columns lack, of what is known to be theirs. An id that is somebody's on another number stands in that
-- one's columns alone.
create function patas.fill_in(contact uuid, given_phone text, user_id text, called text) returns void language sql as $$
  update public.contacts k
  set name = coalesce(k.name, called),
    phone = case when own.phone then given_phone else k.phone end,
    phone_key = case when own.phone then patas.phone_key('+' || given_phone) else k.phone_key end,
    whatsapp_user_id = case when own.alias then user_id else k.whatsapp_user_id end,
    updated_at = now()
  from (
    select coalesce(bool_or(i.kind = 'phone' and i.value = patas.phone_key('+' || given_phone)), false) as phone,
      coalesce(bool_or(i.kind <> 'phone' and i.kind <> 'username' and i.value = user_id), false) as alias
    from public.contact_identities i where i.contact_id = contact and i.superseded_at is null
  ) known
  cross join lateral (
    select known.phone and k.phone_key is null as phone,
      known.alias and k.whatsapp_user_id is null and not exists (
        select from public.contacts o where o.organization_id = k.organization_id and o.identity = user_id and o.id <> contact) as alias
    from public.contacts k where k.id = contact
  ) own
  where k.id = contact and (own.phone or own.alias or (k.name is null and called is not null))
$$;

-- Follows somebody who goes by another phone or id since `at`, as the provider says: what they had is theirs no more, what they have is. With
-- a phone their ids change, too. Whoever has written under the new name since then, and never before, was they. Who had it before them is
-- somebody else, or they themselves: that is asked, and until then nothing changes.
create function patas.follow_change(
  instance uuid, old_phone text, old_user_id text, new_phone text, new_user_id text, new_parent text, username text, called text, at timestamptz,
  by text, words jsonb
) returns jsonb language plpgsql as $$
declare
  who uuid;
  seen uuid;
  others uuid[];
  before uuid[];
  other uuid;
  was text;
  moved boolean;
  past text[];
  why text;
  alert uuid;
  merged jsonb;
  woken jsonb := '[]';
begin
  loop
    who := coalesce(
      (patas.identity_of(instance, 'phone', patas.phone_key('+' || old_phone), at)).contact_id,
      (patas.identity_of(instance, patas.identity_kind(old_user_id), old_user_id, at)).contact_id);
    if who is null then
      return patas.identify(instance, new_phone, new_user_id, new_parent, username, called, at, by, words);
    end if;
    others := array(
      select distinct (patas.identity_of(instance, n.kind, n.named, 'infinity')).contact_id
      from (values ('phone', patas.phone_key('+' || new_phone)), (patas.identity_kind(new_user_id), new_user_id),
        ('parent_bsuid', new_parent)) n (kind, named)
      where n.named <> '' order by 1);
    others := array_remove(array_remove(others, null), who);
    exit when who = seen and others = before;
    seen := who;
    before := others;
    perform from public.conversations c where c.contact_id = any(others || who) and c.status <> 'closed' order by c.id for no key update;
    perform from public.contacts k where k.id = any(others || who) order by k.id for key share;
  end loop;

  select coalesce(patas.phone_key('+' || old_phone), k.phone_key) into was from public.contacts k where k.id = who;
  moved := coalesce(patas.phone_key('+' || new_phone) <> was, false);
  past := array_remove(array[
    case when moved then 'phone' end,
    case when moved or new_user_id <> '' then 'bsuid' end,
    case when moved or new_parent <> '' then 'parent_bsuid' end], null);
  foreach other in array others loop
    why := coalesce(
      case when exists (select from public.contact_identities i where i.contact_id = other and i.first_seen_at < at) then 'changed' end,
      patas.keeps_apart(who, other, past));
    if why is not null then
      alert := patas.ask_whether_one(who, other, why, by, words);
      return jsonb_build_object('contact_id', who, 'woken', '[]'::jsonb, 'alerts', to_jsonb(array_remove(array[alert], null)));
    end if;
  end loop;

  update public.contact_identities i set superseded_at = greatest(at, i.first_seen_at)
  where i.contact_id = who and i.kind = any(past) and (i.scope is null or i.scope = instance) and i.superseded_at is null
    and i.value not in (coalesce(patas.phone_key('+' || new_phone), ''), coalesce(new_user_id, ''), coalesce(new_parent, ''))
    and (i.kind <> 'phone' or i.value = was);
  -- In one statement: what a contact's columns still say is kept as an identity.
  update public.contacts k
  set phone = case when not moved or k.phone_key <> was then k.phone end,
    phone_key = case when not moved or k.phone_key <> was then k.phone_key end,
    whatsapp_user_id = case when k.whatsapp_user_id = new_user_id or patas.identity_kind(k.whatsapp_user_id) <> all (past)
      then k.whatsapp_user_id end
  where k.id = who;
  foreach other in array others loop
    merged := patas.merge_contacts(who, other, 'changed', by);
    woken := woken || coalesce(merged -> 'woken', '[]');
  end loop;
  perform patas.learn_identity(who, instance, n.kind, n.named, at, by)
  from (values ('phone', patas.phone_key('+' || new_phone)), (patas.identity_kind(new_user_id), new_user_id),
    ('parent_bsuid', new_parent)) n (kind, named)
  where n.named <> '';
  update public.contact_identities i set superseded_by = (
    select n.id from public.contact_identities n
    where n.contact_id = who and n.superseded_at is null and n.value in (patas.phone_key('+' || new_phone), new_user_id, new_parent)
    order by n.kind = i.kind desc, n.kind = 'phone' desc limit 1)
  where i.contact_id = who and i.superseded_at is not null and i.superseded_by is null and i.kind = any(past);
  perform patas.fill_in(who, new_phone, new_user_id, called);

  -- Where answers go, on whichever of the shop's numbers: a jid has its number before the @.
  update public.conversations c
  set address = case when c.instance_id = instance then coalesce(nullif(new_phone, ''), new_user_id)
    else new_phone || substr(c.address, length(split_part(c.address, '@', 1)) + 1) end
  where c.contact_id = who and c.status <> 'closed' and (c.instance_id = instance
    or (moved and patas.phone_key('+' || split_part(c.address, '@', 1)) = was));
  return jsonb_build_object(
    'contact_id', who, 'woken', woken, 'alerts', '[]'::jsonb, 'address', coalesce(nullif(new_phone, ''), new_user_id));
end $$;

-- Takes the answer that two are different people. What the one came under, and the other had, is the one's then: a number that was passed on.
-- Returns whether that was asked.
create function patas.refuse_merge(merge uuid, by_whom text) returns boolean language plpgsql as $$
declare
  m public.contact_merges;
  it record;
begin
  select * into m from public.contact_merges c where c.id = merge;
  perform from public.conversations c where c.contact_id in (m.survivor_id, m.absorbed_id) order by c.id for no key update;
  perform from public.contacts k where k.id in (m.survivor_id, m.absorbed_id) order by k.id for no key update;
  update public.contact_merges c set status = 'refused', settled_at = now(), settled_by = by_whom
  where c.id = merge and c.status = 'asked'
  returning * into m;
  if not found then
    return false;
  end if;
  update public.alerts a set seen_at = coalesce(a.seen_at, now()) where a.subject = 'identity:' || merge;
  for it in
    select i.id, i.kind, i.value, i.scope
    from jsonb_to_recordset(m.moved -> 'disputed') d (kind text, value text)
    join public.contact_identities i on i.contact_id = m.absorbed_id and i.kind = d.kind and i.value = d.value and i.superseded_at is null
  loop
    update public.contact_identities i set superseded_at = date_trunc('second', now()) where i.id = it.id;
    with theirs as (
      insert into public.contact_identities (organization_id, contact_id, scope, kind, value, source)
      values (m.organization_id, m.survivor_id, it.scope, it.kind, it.value, 'person') returning id
    )
    update public.contact_identities i set superseded_by = theirs.id from theirs where i.id = it.id;
    update public.contacts k
    set phone = case when k.phone_key is distinct from it.value then k.phone end,
      phone_key = case when k.phone_key is distinct from it.value then k.phone_key end,
      whatsapp_user_id = case when k.whatsapp_user_id is distinct from it.value then k.whatsapp_user_id end, updated_at = now()
    where k.id = m.absorbed_id;
    update public.conversations c set address = ''
    where c.contact_id = m.absorbed_id and (c.address = it.value or patas.phone_key('+' || split_part(c.address, '@', 1)) = it.value);
    perform patas.fill_in(m.survivor_id, case when it.kind = 'phone' then it.value end, case when it.kind <> 'phone' then it.value end, null);
  end loop;
  return true;
end $$;
