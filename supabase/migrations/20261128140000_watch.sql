-- Numbers that are watched: since when the phone is not connected, and how much came in at other times.

alter table public.whatsapp_instances add column down_since timestamptz;
comment on column public.whatsapp_instances.down_since is 'Since when the provider says that the number is not connected, or says nothing; null while it is.';

-- Messages are only added: what came in between two instants lies together, and this costs a new one next to nothing.
create index messages_by_time on public.messages using brin (created_at) with (pages_per_range = 32);
