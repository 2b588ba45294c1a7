-- The demo shop: one organization with fixed ids and two weeks of past bookings relative to today. Running it again changes nothing.

insert into public.organizations (id, name, timezone, state, address, phone)
values ('00000000-0000-4000-8000-000000000001', 'Pet Shop Patinhas', 'America/Sao_Paulo', 'SP', 'Rua das Acácias, 120, Vila Mariana, São Paulo', '551133330001')
on conflict do nothing;

insert into public.organization_settings (organization_id, ai_config, ai_personality, payment_methods)
values ('00000000-0000-4000-8000-000000000001',
  '{"model": "gpt-6-luna", "temperature": 0.7, "aurora_model": "gpt-6-luna"}',
  '{"name": "Luna", "tone": "simpático, direto e acolhedor", "business_type": "pet shop e clínica veterinária"}',
  'Pix, dinheiro, cartão de débito e cartão de crédito em até 3 vezes sem juros.')
on conflict do nothing;

insert into public.whatsapp_instances (id, organization_id, channel, name, phone, phone_number_id)
values
  ('00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000001', 'cloud_api', 'WhatsApp da loja', '551133330001', '100000000000001'),
  ('00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-000000000001', 'simulator', 'Simulador', null, null)
on conflict do nothing;

insert into public.aurora_owner_numbers (id, organization_id, phone, name)
values ('00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000001', '5511988880001', 'Marina')
on conflict do nothing;

insert into public.services (id, organization_id, name, description, duration_minutes, price_cents)
values
  ('00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000001', 'Banho', 'Banho com secagem, corte de unhas e limpeza de ouvidos', 60, 7000),
  ('00000000-0000-4000-8000-000000000032', '00000000-0000-4000-8000-000000000001', 'Tosa', 'Tosa na máquina ou na tesoura, com banho', 90, 12000),
  ('00000000-0000-4000-8000-000000000033', '00000000-0000-4000-8000-000000000001', 'Consulta', 'Consulta clínica com a veterinária', 30, 15000)
on conflict do nothing;

insert into public.resources (id, organization_id, name, kind)
values
  ('00000000-0000-4000-8000-000000000041', '00000000-0000-4000-8000-000000000001', 'Bia', 'groomer'),
  ('00000000-0000-4000-8000-000000000042', '00000000-0000-4000-8000-000000000001', 'Caio', 'groomer'),
  ('00000000-0000-4000-8000-000000000043', '00000000-0000-4000-8000-000000000001', 'Dra. Helena', 'vet')
on conflict do nothing;

insert into public.service_resources (organization_id, service_id, resource_id)
values
  ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000041'),
  ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000042'),
  ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000032', '00000000-0000-4000-8000-000000000041'),
  ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000032', '00000000-0000-4000-8000-000000000042'),
  ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000033', '00000000-0000-4000-8000-000000000043')
on conflict do nothing;

-- Monday to Friday 9h to 18h, Saturday 9h to 13h, closed on Sunday.
insert into public.business_hours (organization_id, weekday, opens_at, closes_at)
select '00000000-0000-4000-8000-000000000001', d, '09:00', case when d = 6 then time '13:00' else time '18:00' end
from generate_series(1, 6) d
on conflict do nothing;

insert into public.knowledge_entries (id, organization_id, title, content)
values
  ('00000000-0000-4000-8000-000000000051', '00000000-0000-4000-8000-000000000001', 'Estacionamento',
    'Temos quatro vagas gratuitas na frente da loja. Com elas ocupadas, há um estacionamento pago na esquina, a 50 metros.'),
  ('00000000-0000-4000-8000-000000000052', '00000000-0000-4000-8000-000000000001', 'Vacinas para creche e hotel',
    'O pet precisa da carteira de vacinação em dia: V8 ou V10 e antirrábica (gatos: V4 e antirrábica), e antipulgas dado no último mês. Traga a carteira no dia.'),
  ('00000000-0000-4000-8000-000000000053', '00000000-0000-4000-8000-000000000001', 'Atrasos',
    'Esperamos até 15 minutos. Depois disso o horário pode ser dado a outro cliente, e encaixamos o pet no mesmo dia se houver lugar.'),
  ('00000000-0000-4000-8000-000000000054', '00000000-0000-4000-8000-000000000001', 'Xampus e produtos',
    'Usamos xampu neutro hipoalergênico. Quem prefere pode trazer o produto do próprio pet, sem mudança de preço.')
on conflict do nothing;

insert into public.contacts (id, organization_id, phone, name)
select ('00000000-0000-4000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid, '00000000-0000-4000-8000-000000000001',
  '55119777700' || lpad(n::text, 2, '0'),
  (array['Ana Souza', 'Bruno Lima', 'Carla Dias', 'Diego Rocha', 'Elisa Prado', 'Fábio Nunes', 'Gabi Torres', 'Hugo Alves', 'Íris Melo', 'João Pires', 'Karen Luz', 'Léo Castro'])[n]
from generate_series(1, 12) n
on conflict do nothing;

insert into public.pets (id, organization_id, contact_id, name, species, breed, birth_date)
select ('00000000-0000-4000-8000-0000000002' || lpad(n::text, 2, '0'))::uuid, '00000000-0000-4000-8000-000000000001',
  ('00000000-0000-4000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid,
  (array['Bidu', 'Mel', 'Thor', 'Luna', 'Nina', 'Fred', 'Amora', 'Simba', 'Pipoca', 'Bob', 'Lola', 'Max'])[n],
  case when n in (4, 8) then 'cat' else 'dog' end,
  (array['Beagle', 'Poodle', 'Labrador', 'Siamês', 'Shih Tzu', 'Bulldog Francês', 'Spitz Alemão', 'Persa', 'SRD', 'Golden Retriever', 'Lhasa Apso', 'Pastor Alemão'])[n],
  current_date - (n * 200)
from generate_series(1, 12) n
on conflict do nothing;

-- Each open day of the last two weeks: five baths, two trims and three consultations, most of them completed.
insert into public.bookings (id, organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents, created_at)
select
  md5('demo ' || day || ' ' || slot.n)::uuid,
  '00000000-0000-4000-8000-000000000001',
  ('00000000-0000-4000-8000-0000000001' || lpad(who::text, 2, '0'))::uuid,
  ('00000000-0000-4000-8000-0000000002' || lpad(who::text, 2, '0'))::uuid,
  s.id, slot.resource_id, starts_at, starts_at + make_interval(mins => s.duration_minutes),
  case when slot.n = 10 then 'no_show' when slot.n = 7 and extract(day from day)::int % 4 = 0 then 'cancelled' else 'completed' end,
  s.price_cents, starts_at - interval '2 days'
from generate_series((now() at time zone 'America/Sao_Paulo')::date - 14, (now() at time zone 'America/Sao_Paulo')::date - 1, interval '1 day') as day
cross join (values
  (1, 'Banho', '00000000-0000-4000-8000-000000000041'::uuid, time '09:00'), (2, 'Banho', '00000000-0000-4000-8000-000000000042', '09:00'),
  (3, 'Tosa', '00000000-0000-4000-8000-000000000041', '10:00'), (4, 'Consulta', '00000000-0000-4000-8000-000000000043', '09:30'),
  (5, 'Banho', '00000000-0000-4000-8000-000000000042', '11:00'), (6, 'Consulta', '00000000-0000-4000-8000-000000000043', '10:30'),
  (7, 'Banho', '00000000-0000-4000-8000-000000000041', '14:00'), (8, 'Tosa', '00000000-0000-4000-8000-000000000042', '14:00'),
  (9, 'Consulta', '00000000-0000-4000-8000-000000000043', '15:00'), (10, 'Banho', '00000000-0000-4000-8000-000000000041', '16:00')
) as slot (n, service, resource_id, hour)
cross join lateral (select (day::date + slot.hour) at time zone 'America/Sao_Paulo' as starts_at, 1 + (slot.n + extract(doy from day)::int) % 10 as who) t
join public.services s on s.organization_id = '00000000-0000-4000-8000-000000000001' and s.name = slot.service
join public.business_hours h on h.organization_id = s.organization_id and h.weekday = extract(isodow from day) and slot.hour >= h.opens_at
  and slot.hour + make_interval(mins => s.duration_minutes) <= h.closes_at
where not exists (select 1 from public.bookings where organization_id = '00000000-0000-4000-8000-000000000001')
on conflict do nothing;
