-- What a message asks and what one answers without words: buttons, reactions; and what was changed or taken back before it was read.
alter table public.messages
  add column proposal_id uuid references public.proposals on delete set null,
  add column button_id text,
  add column edited_at timestamptz,
  add column revoked_at timestamptz;
comment on column public.messages.proposal_id is 'Outgoing: the proposal whose question this message is.';
comment on column public.messages.button_id is 'Incoming: the id of the reply button that was pressed.';
comment on column public.messages.edited_at is 'Incoming: when its words were changed before they were read; content has the new ones.';
comment on column public.messages.revoked_at is 'Incoming: when the customer deleted it.';

create index messages_proposal on public.messages (proposal_id) where proposal_id is not null;
-- An edit may come in before the message that it changes.
create index messages_changes on public.messages (instance_id, quoted_external_id) where message_type in ('edit', 'revoke');
create index messages_reactions on public.messages (conversation_id, quoted_external_id)
  where message_type = 'reaction' and processed_at is null;
