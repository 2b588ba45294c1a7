-- What the conversation runtime needs to be killed at any instant. Only additions: the version before goes on working beside it.

alter table public.conversations
  add column turn_redrafts integer not null default 0,
  add column woken_at timestamptz;
comment on column public.conversations.turn_redrafts is 'How often the running turn was begun again because the customer wrote meanwhile.';
comment on column public.conversations.woken_at is 'When the sweeper last enqueued a wake-up for it.';

alter table public.whatsapp_instances add column sends_paused_until timestamptz;
comment on column public.whatsapp_instances.sends_paused_until is 'The provider refused this number''s throughput: no worker sends before.';

alter table public.organization_settings
  add column contact_turns_per_hour integer check (contact_turns_per_hour > 0),
  add column shop_turns_per_day integer check (shop_turns_per_day > 0);
comment on column public.organization_settings.contact_turns_per_hour is 'Turns that the AI gives one customer within an hour; then a person is called. Null: the installation''s.';
comment on column public.organization_settings.shop_turns_per_day is 'Turns that the AI gives the whole shop within 24 hours; then a person is called. Null: no limit.';

create index conversations_leased on public.conversations (lease_until) where lease_until is not null;
create index messages_with_raw on public.messages (created_at) where raw is not null;

-- The checkpointer's fence: raises where the turn that writes has lost its conversation. Whoever takes it over waits for the write.
create function patas.assert_lease(conversation uuid, token uuid) returns void language plpgsql as $$
begin
  perform from public.conversations c where c.id = conversation and c.lease_token = token for share;
  if not found then
    raise exception 'the lease of conversation % is lost', conversation using errcode = 'PT409';
  end if;
end $$;
