-- What a person, or the WhatsApp app by itself, writes on the shop's phone. Only additions: the version before goes on working beside it.

alter table public.messages add column at_once boolean;
comment on column public.messages.author is
  'Outgoing: who wrote it. ''shop_phone'' is a person at the shop''s phone, ''shop_app'' what came from there and is no word of a person''s to the customer.';
comment on column public.messages.at_once is
  'Outgoing, written on the shop''s phone: whether it came within seconds of a customer''s message, as the app''s automatic texts do; null: nobody looked.';

-- The same words, written on the same number's phone before.
create index messages_on_the_phone on public.messages (instance_id, md5(content)) where at_once is not null;
