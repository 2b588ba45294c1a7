-- What a shop tells its customers when they ask: entries of a title and some words, found by Portuguese full text. Only additions.

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- Portuguese without accents. Stop words go first: "não" is one, "nao" is not on Postgres' list. Whatever is named here is named with
-- its schema, so that neither the server's search_path nor a caller's decides what an entry is found by.
create text search dictionary patas.portuguese_stop (template = pg_catalog.simple, stopwords = portuguese, accept = false);
create text search configuration patas.portuguese (copy = pg_catalog.portuguese);
alter text search configuration patas.portuguese
  alter mapping for hword, hword_part, word with patas.portuguese_stop, extensions.unaccent, pg_catalog.portuguese_stem;

-- Lower case without accents. Immutable, as an index needs it, since the dictionary is named and part of the extension.
create function patas.fold(words text) returns text language sql immutable strict parallel safe as $$
  select pg_catalog.lower(extensions.unaccent('extensions.unaccent'::pg_catalog.regdictionary, words))
$$;

-- The stems of both spellings: the stemmer knows "vacinações" for a kind of "vacina" by its accents alone, and people leave them out.
create function patas.stems(words text) returns tsvector language sql immutable strict parallel safe as $$
  select pg_catalog.to_tsvector('patas.portuguese'::pg_catalog.regconfig, words)
    operator(pg_catalog.||) pg_catalog.to_tsvector('pg_catalog.portuguese'::pg_catalog.regconfig, words)
$$;

create table public.knowledge_entries (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  title text not null check (btrim(title) <> ''),
  content text not null check (btrim(content) <> ''),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  document tsvector not null generated always as (setweight(patas.stems(title), 'A') || setweight(patas.stems(content), 'B')) stored
);
create unique index knowledge_entries_one_title on public.knowledge_entries (organization_id, patas.fold(btrim(title)));
-- For whoever reads past row-level security. Bound to a shop its few entries are read first: a policy comes before `@@` and `%>`.
create index knowledge_entries_document on public.knowledge_entries using gin (document);
create index knowledge_entries_spelling on public.knowledge_entries using gin (patas.fold(title || ' ' || content) extensions.gin_trgm_ops);
comment on column public.knowledge_entries.is_active is 'Whether the assistant may find it.';
comment on column public.knowledge_entries.document is 'Stems to be searched; those of the title weigh more.';
create trigger knowledge_entries_touch before update on public.knowledge_entries for each row execute function patas.touch_updated_at();

alter table public.knowledge_entries enable row level security;
revoke all on public.knowledge_entries from anon, authenticated;
grant select, insert, update, delete on public.knowledge_entries to patas_backend;
grant all on public.knowledge_entries to service_role;
create policy backend on public.knowledge_entries to patas_backend
  using (organization_id = (select patas.organization_id())) with check (organization_id = (select patas.organization_id()));
create policy staff_reads on public.knowledge_entries for select to authenticated using (organization_id in (select patas.my_organizations()));
grant select on public.knowledge_entries to authenticated;
