-- The demo shop's living day, for whoever looks at it for the first time: who is in the house now and who comes later, the next open day,
-- conversations of the last days, a package, vaccines, customers who stopped coming. `seed.sql` comes first; it alone is what tests build on.
--
-- Nothing is done where the shop has a conversation, or a booking from today on: running it again changes nothing.
-- `patas.now` (an instant) and `patas.holidays` (dates with commas between) may be set for the session; without them it is now, and no
-- holiday is known.
do $demo$
declare
  shop constant uuid := '00000000-0000-4000-8000-000000000001';
  simulator constant uuid := '00000000-0000-4000-8000-000000000012';
  package constant uuid := '00000000-0000-4000-8000-000000000061';
  bought constant uuid := '00000000-0000-4000-8000-000000000062';
  zone constant text := (select timezone from public.organizations where id = shop);
  moment constant timestamptz := coalesce(nullif(current_setting('patas.now', true), '')::timestamptz, now());
  today constant date := (moment at time zone zone)::date;
  holidays constant date[] := string_to_array(coalesce(current_setting('patas.holidays', true), ''), ',')::date[];
  -- The half hour around which the day is built, so that it begins at 9h and is over by 23h30: the visits before it are done, the others
  -- are to come.
  pivot constant timestamptz := (today + least(greatest(
    date_trunc('hour', (moment at time zone zone)::time - time '00:00') + case when extract(minute from moment at time zone zone) >= 30 then interval '30 minutes' else interval '0' end,
    interval '11:30'), interval '20:30')) at time zone zone;
  -- What was noted on the board was noted before now, however early it is.
  early constant interval := greatest(pivot - moment, interval '0');
  closes_at constant time := greatest(time '18:00', (pivot at time zone zone)::time + interval '3 hours');
  next_day date;
begin
  if exists (select from public.conversations where organization_id = shop)
    or exists (select from public.bookings where organization_id = shop and starts_at >= today::timestamp at time zone zone) then
    return;
  end if;
  perform set_config('patas.actor', 'client_agent', true);

  select d::date into strict next_day from generate_series(today + 1, today + 14, interval '1 day') d
  where extract(isodow from d) < 7 and not d::date = any(holidays) order by d limit 1;

  -- On a closed day, a short one, or in the evening the shop is open for once.
  insert into public.special_hours (organization_id, day, opens_at, closes_at, reason)
  select shop, today, '09:00', closes_at, 'Plantão'
  where extract(isodow from today) > 5 or today = any(holidays) or closes_at > '18:00';

  insert into public.packages (id, organization_id, service_id, name, sessions, valid_days, price_cents)
  values (package, shop, '00000000-0000-4000-8000-000000000031', 'Pacote de 4 banhos', 4, 60, 24000);

  insert into public.pickup_zones (id, organization_id, name, fee_cents)
  values
    ('00000000-0000-4000-8000-000000000063', shop, 'Vila Mariana', 0),
    ('00000000-0000-4000-8000-000000000064', shop, 'Moema', 2000);

  -- Two who come today for the first time, and five who have not come for months.
  insert into public.contacts (id, organization_id, phone, name, created_at)
  select ('00000000-0000-4000-8000-0000000001' || n)::uuid, shop, '55119777700' || n,
    (array['Marcos Vidal', 'Nádia Reis', 'Otávio Braga', 'Patrícia Gomes', 'Quésia Ramos', 'Rafael Teles', 'Sílvia Nogueira'])[n - 12],
    moment - make_interval(days => 10 * n)
  from generate_series(13, 19) n;

  insert into public.pets (id, organization_id, contact_id, name, species, breed, birth_date)
  select ('00000000-0000-4000-8000-0000000002' || n)::uuid, shop, ('00000000-0000-4000-8000-0000000001' || n)::uuid,
    (array['Zeca', 'Kiara', 'Tobias', 'Jade', 'Mingau', 'Duque', 'Belinha'])[n - 12], case when n = 17 then 'cat' else 'dog' end,
    (array['Dachshund', 'Maltês', 'Boxer', 'Poodle', 'Angorá', 'Rottweiler', 'Yorkshire'])[n - 12], today - n * 130
  from generate_series(13, 19) n;

  insert into public.contact_packages (id, organization_id, contact_id, pet_id, service_id, name, sessions, price_cents, starts_on, expires_on, created_at)
  values (bought, shop, '00000000-0000-4000-8000-000000000102', '00000000-0000-4000-8000-000000000202', '00000000-0000-4000-8000-000000000031',
    'Pacote de 4 banhos', 4, 24000, today - 20, today + 40, moment - interval '20 days');
  update public.bookings set package_id = bought, price_cents = 6000 where id in (
    select id from public.bookings
    where pet_id = '00000000-0000-4000-8000-000000000202' and service_id = '00000000-0000-4000-8000-000000000031' and status = 'completed'
      and starts_at >= (today - 14)::timestamp at time zone zone
    order by starts_at desc limit 2);

  insert into public.pet_treatments (organization_id, pet_id, kind, name, given_on, due_on, created_at)
  select shop, ('00000000-0000-4000-8000-0000000002' || who)::uuid, kind, name, today + due - every, today + due, moment - make_interval(days => every - due)
  from (values
    ('02', 'vaccine', 'V10', 5, 365), ('03', 'vaccine', 'Antirrábica', -12, 365), ('08', 'vaccine', 'V4', 20, 365), ('05', 'vaccine', 'V8', 0, 365),
    ('01', 'dewormer', 'Vermífugo', -6, 90), ('10', 'dewormer', 'Vermífugo', 30, 90), ('13', 'vaccine', 'Antirrábica', 60, 365)
  ) as t (who, kind, name, due, every);

  -- Today, in hours from the pivot. `at` has the board's steps: received, ready, delivered.
  insert into public.bookings (id, organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents,
    received_at, ready_at, delivered_at, package_id, pickup_zone, pickup_fee_cents, notes, created_at)
  select md5('demo today ' || v.who)::uuid, shop, ('00000000-0000-4000-8000-0000000001' || v.who)::uuid,
    ('00000000-0000-4000-8000-0000000002' || v.who)::uuid, s.id, r.id, t.starts_at, t.starts_at + make_interval(mins => s.duration_minutes), v.status,
    case when v.who = '02' then 6000 else s.price_cents end,
    case when v.step >= 1 then least(t.starts_at, pivot - interval '5 minutes') - interval '5 minutes' - early end,
    case when v.step >= 2 then t.starts_at + make_interval(mins => s.duration_minutes - 10) - early end,
    case when v.step >= 3 then t.starts_at + make_interval(mins => s.duration_minutes + 10) - early end,
    case when v.who = '02' then bought end, case when v.who = '01' then 'Vila Mariana' end, 0, v.notes, least(moment, t.starts_at) - interval '2 days'
  from (values
    -- (customer and pet, service, with whom, hours from the pivot, status, step, notes)
    ('05', 'Banho', 'Bia', -2.5, 'completed', 3, null), ('02', 'Banho', 'Bia', -1.5, 'in_progress', 2, 'Laço azul, por favor.'),
    ('11', 'Tosa', 'Bia', -0.5, 'in_progress', 1, 'Tosa higiênica, sem cortar as orelhas.'), ('10', 'Banho', 'Bia', 1, 'confirmed', 0, null),
    ('08', 'Banho', 'Bia', 2, 'scheduled', 0, null), ('09', 'Tosa', 'Caio', -2.5, 'completed', 3, null), ('06', 'Banho', 'Caio', -1, 'no_show', 0, null),
    ('12', 'Banho', 'Caio', 0, 'confirmed', 1, 'Tem medo do secador.'), ('01', 'Banho', 'Caio', 1, 'confirmed', 0, null),
    ('14', 'Banho', 'Caio', 2, 'scheduled', 0, null), ('07', 'Consulta', 'Dra. Helena', -2, 'completed', 3, null),
    ('04', 'Consulta', 'Dra. Helena', -1, 'completed', 3, null), ('03', 'Consulta', 'Dra. Helena', 0.5, 'confirmed', 0, 'Antirrábica vencida: aplicar.'),
    ('13', 'Consulta', 'Dra. Helena', 1.5, 'cancelled', 0, null)
  ) as v (who, service, resource, hours, status, step, notes)
  join public.services s on s.organization_id = shop and s.name = v.service
  join public.resources r on r.organization_id = shop and r.name = v.resource
  cross join lateral (select pivot + v.hours * interval '1 hour' as starts_at) t;

  -- The next open day, a Saturday as well.
  insert into public.bookings (id, organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents, created_at)
  select md5('demo next ' || v.who)::uuid, shop, ('00000000-0000-4000-8000-0000000001' || v.who)::uuid,
    ('00000000-0000-4000-8000-0000000002' || v.who)::uuid, s.id, r.id, t.starts_at, t.starts_at + make_interval(mins => s.duration_minutes), v.status,
    s.price_cents, moment - interval '3 days'
  from (values
    ('05', 'Consulta', 'Dra. Helena', time '10:00', 'confirmed'), ('06', 'Banho', 'Bia', '09:00', 'scheduled'),
    ('09', 'Banho', 'Caio', '09:00', 'confirmed'), ('13', 'Consulta', 'Dra. Helena', '11:00', 'scheduled'),
    ('04', 'Tosa', 'Caio', '11:00', 'scheduled'), ('12', 'Banho', 'Bia', '11:30', 'scheduled')
  ) as v (who, service, resource, hour, status)
  join public.services s on s.organization_id = shop and s.name = v.service
  join public.resources r on r.organization_id = shop and r.name = v.resource
  cross join lateral (select (next_day + v.hour) at time zone zone as starts_at) t;

  -- Long ago: one visit each of those who stopped coming, on the Wednesday of that week.
  insert into public.bookings (id, organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents, created_at)
  select md5('demo long ago ' || n)::uuid, shop, ('00000000-0000-4000-8000-0000000001' || n)::uuid, ('00000000-0000-4000-8000-0000000002' || n)::uuid,
    s.id, '00000000-0000-4000-8000-000000000041', t.starts_at, t.starts_at + interval '1 hour', 'completed', s.price_cents, t.starts_at - interval '3 days'
  from generate_series(15, 19) n
  join public.services s on s.organization_id = shop and s.name = 'Banho'
  cross join lateral (select (date_trunc('week', (today - (n - 11) * 18)::timestamp) + interval '2 days 12 hours') at time zone zone as starts_at) t;

  -- Reminders go by when a booking was put at its time.
  update public.booking_events e set at = b.created_at from public.bookings b
  where b.id = e.booking_id and b.organization_id = shop and e.change -> 'starts_at' -> 0 = 'null';

  -- Everybody with a visit has written on the simulator; what they said stands below.
  insert into public.conversations (id, organization_id, instance_id, contact_id, address, status)
  select ('00000000-0000-4000-8000-0000000003' || lpad(n::text, 2, '0'))::uuid, shop, simulator, k.id, k.phone, case when n = 7 then 'escalated' else 'active' end
  from generate_series(1, 14) n
  join public.contacts k on k.id = ('00000000-0000-4000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid;

  -- (customer, hours and minutes before now, who: customer, assistant or a person of the team, what)
  insert into public.messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, external_id, ai_message_id, author,
    status, processed_at, sent_at, delivered_at, read_at, provider_at, created_at)
  select shop, ('00000000-0000-4000-8000-0000000003' || v.who)::uuid, simulator, case v.voice when 'c' then 'incoming' else 'outgoing' end, v.voice <> 'c',
    v.voice = 'a', v.said, 'sim.demo.' || v.who || '.' || v.n, case v.voice when 'a' then 'demo.' || v.n end,
    case v.voice when 'a' then 'client' when 't' then 'Bia' end, case v.voice when 'c' then 'received' else 'read' end,
    -- The last of the customer who waits for a person is not answered yet.
    case when v.voice = 'c' and v.n <> 28 then t.at end, case when v.voice <> 'c' then t.at end, case when v.voice <> 'c' then t.at end,
    case when v.voice <> 'c' then t.at end, t.at, t.at
  from (values
    (1, '06', interval '3 days 4 hours', 'c', 'Bom dia! Vocês dão banho em bulldog? O Fred tem a pele sensível'),
    (2, '06', '3 days 3 hours 59 minutes', 'a', 'Bom dia, Fábio! Damos sim. Usamos xampu neutro hipoalergênico, e você também pode trazer o do Fred, sem mudança de preço. Quer marcar?'),
    (3, '06', '3 days 3 hours 50 minutes', 'c', 'Quero'),
    (4, '09', '2 days 6 hours', 'c', 'oi, quanto é a tosa?'),
    (5, '09', '2 days 5 hours 59 minutes', 'a', 'Oi, Íris! A Tosa custa R$ 120,00 e leva uma hora e meia, com banho. Quer que eu veja um horário para a Pipoca?'),
    (6, '09', '2 days 5 hours 55 minutes', 'c', 'quero sim, e já deixa um banho pro outro dia'),
    (7, '09', '2 days 5 hours 54 minutes', 'a', 'Combinado, Íris! Os dois estão na agenda, e eu te lembro na véspera. 🐾'),
    (30, '05', '2 days 5 hours', 'a', 'Oi, Elisa! Como a Nina ficou depois da última visita? 🐾'),
    (31, '05', '2 days 4 hours 10 minutes', 'c', 'ficou linda e cheirosa, obrigada!!'),
    (32, '08', '2 days 3 hours', 'a', 'Oi, Hugo! Como o Simba ficou depois da última visita? 🐾'),
    (33, '08', '2 days 2 hours 30 minutes', 'c', 'Ótimo! Hoje mesmo já voltou a comer'),
    (34, '11', '2 days 2 hours 20 minutes', 'c', 'vcs fazem tosa higiênica na Lola?'),
    (35, '11', '2 days 2 hours 19 minutes', 'a', 'Fazemos, Karen! É só pedir na chegada, sem mudança de preço.'),
    (8, '13', '2 days 2 hours', 'c', 'Oi! Precisei desmarcar a consulta do Zeca, dá pra marcar pra outro dia às 11h?'),
    (9, '13', '2 days 1 hour 59 minutes', 'a', 'Claro, Marcos! Cancelei essa e marquei a outra às 11h, como você pediu. 🐾'),
    (10, '04', '1 day 7 hours', 'c', 'boa tarde, a Luna pode tomar banho depois da vacina?'),
    (11, '04', '1 day 6 hours 59 minutes', 'a', 'Boa tarde, Diego! Isso quem te responde bem é a Dra. Helena. Vou chamar alguém da equipe. 🐾'),
    (12, '04', '1 day 6 hours 40 minutes', 't', 'Oi, Diego, aqui é a Bia! A Dra. Helena pede uns dias de intervalo. Deixei a tosa da Luna para depois, tá?'),
    (13, '04', '1 day 6 hours 35 minutes', 'c', 'perfeito, obrigado!'),
    (14, '02', '1 day 3 hours', 'c', 'quantos banhos ainda tenho no pacote da Mel?'),
    (15, '02', '1 day 2 hours 59 minutes', 'a', 'Oi, Bruno! Com o próximo banho, a Mel ainda fica com 1 no pacote.'),
    (16, '10', '1 day 1 hour', 'c', 'O Bob confirmado amanhã então'),
    (17, '10', '1 day 59 minutes', 'a', 'Confirmado, João! Esperamos o Bob. 🐾'),
    (18, '01', '5 hours', 'c', 'vocês buscam o Bidu hoje, né?'),
    (19, '01', '4 hours 59 minutes', 'a', 'Isso, Ana! O leva e traz na Vila Mariana é grátis e está anotado no banho do Bidu.'),
    (20, '12', '3 hours 10 minutes', 'c', 'O Max morre de medo de secador, avisa a equipe?'),
    (21, '12', '3 hours 9 minutes', 'a', 'Pode deixar, Léo! A equipe já sabe.'),
    (22, '14', '2 hours', 'c', 'Oi, é a primeira vez da Kiara aí. Precisa levar alguma coisa?'),
    (23, '14', '1 hour 59 minutes', 'a', 'Oi, Nádia! Para o banho, só a Kiara. Até já! 🐾'),
    (24, '07', '50 minutes', 'c', 'Oi, passei o cartão aí e apareceu cobrado duas vezes'),
    (25, '07', '49 minutes', 'c', 'consegue ver pra mim?'),
    (26, '07', '48 minutes', 'a', 'Certo! Já chamei uma pessoa da nossa equipe, que continua o atendimento por aqui. 🐾'),
    (27, '03', '12 minutes', 'c', 'Já estamos a caminho, o Thor e eu! Chegamos em uns 20 minutinhos'),
    (29, '03', '11 minutes', 'a', 'Que bom, Carla! Esperamos vocês dois. 🐾'),
    (28, '07', '9 minutes', 'c', 'alguém conseguiu olhar?')
  ) as v (n, who, ago, voice, said)
  cross join lateral (select moment - v.ago as at) t
  order by t.at;

  update public.conversations c set
    last_inbound_at = m.last_in, created_at = m.first, updated_at = m.last
  from (
    select conversation_id, max(created_at) filter (where direction = 'incoming') as last_in, min(created_at) as first, max(created_at) as last
    from public.messages where organization_id = shop group by conversation_id) m
  where c.id = m.conversation_id;

  insert into public.escalations (organization_id, conversation_id, case_key, reason, opened_at, pause_until)
  values (shop, '00000000-0000-4000-8000-000000000307', 'demo', 'Cliente diz que o cartão foi cobrado duas vezes.', moment - interval '48 minutes',
    moment + interval '23 hours');
  insert into public.alerts (organization_id, conversation_id, kind, title, body, notified_at, created_at)
  values (shop, '00000000-0000-4000-8000-000000000307', 'escalation', 'Gabi Torres pede uma pessoa', 'Cliente diz que o cartão foi cobrado duas vezes.',
    moment - interval '48 minutes', moment - interval '48 minutes');

  -- Whoever came in the last days was asked how it went, whoever did not was asked why, and nobody is asked again now.
  insert into public.outreach (organization_id, contact_id, kind, subject_id, occasion, status, created_at)
  select distinct on (contact_id) shop, contact_id, 'follow_up', id, 'visit', 'queued', moment - interval '1 day'
  from public.bookings where organization_id = shop and status = 'completed' and starts_at >= (today - 6)::timestamp at time zone zone
  order by contact_id, starts_at desc;
  insert into public.outreach (organization_id, contact_id, kind, subject_id, occasion, status, created_at)
  select shop, contact_id, 'no_show', id, 'visit', 'queued', ends_at + interval '3 hours'
  from public.bookings where organization_id = shop and status = 'no_show' and starts_at < today::timestamp at time zone zone;
  perform set_config('patas.actor', '', true);
end $demo$;
