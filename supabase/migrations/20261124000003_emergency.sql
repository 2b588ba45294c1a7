-- The emergency rail. Only additions: the version before goes on working beside it.

alter table public.messages add column emergency text;
comment on column public.messages.emergency is 'The kind of acute danger that a customer''s words tell of, recognised when they came in; null: none.';

alter table public.organization_settings add column emergency_text text check (btrim(emergency_text) <> '');
comment on column public.organization_settings.emergency_text is 'What a customer with an emergency is told at once; address and phone are added where missing. Null: the default sentence.';
