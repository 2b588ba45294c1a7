"""Keep and find what a shop tells its customers when they ask: entries of a title and some words."""

import re
from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation
from pydantic import AwareDatetime

from service.language.text import fold
from service.platform.database import Database, first, typed
from service.platform.documents import Document
from service.platform.errors import Conflict


class KnowledgeEntry(Document):
    """What customers ask about, and the shop's answer. Inactive, it is kept and not told."""

    id: UUID
    title: str
    content: str
    is_active: bool
    created_at: AwareDatetime
    updated_at: AwareDatetime


class Answer(Document):
    """An entry that answers a question, and by how much: `rank` goes from 0 to 1."""

    title: str
    content: str
    rank: float


class ShopName(Document):
    """A shop, as an operator chooses one."""

    id: UUID
    name: str


# How alike a word of the question and a stretch of an entry's word must be, as pg_trgm measures it (0 to 1). Shorter words are alike by
# chance.
ALIKE = 0.6
SHORTEST_MISSPELT = 5
# The part of a question's weight that an entry must answer.
ENOUGH = 0.25
MOST_WORDS = 24

# Words of questions that say nothing of what they are about, beside the stop words that Postgres knows; accents left out.
_EMPTY_WORDS = frozenset(
    """
    ah ai alo ate aqui bem boa bom cade como conseguem consegue consigo da dao deve devo dia e eh esta favor faz fazem fazer fica ficam
    gostaria ha hoje ja la mas mesmo moca moco nao noite oi oie ola obrigada obrigado onde opa pode podem poderia porque posso pra precisa
    precisam preciso pro qual quais qualquer quando quanto quanta quantos quantas quer queria querem quero sabe sabem saber sera sim so sobre
    ta tarde tb tbm tem tenho ter to tudo vai vao vc vcs ver voce voces vou
    """.split()  # noqa: SIM905
)

# "vacinacao": without its accents the stemmer does not know the ending.
_ACTION = re.compile(r"(?<=\w\w)[cç](ao|oes)$")

# An entry's rank is the part of the question that it answers: every word weighs the more the fewer of the shop's entries have it, and
# counts whole in the title, somewhat less in the content, less again where it is only spelt alike. Row-level security reads the shop's
# entries before it asks any of them, so what is compared here is one shop's.
_SEARCH: LiteralString = """
with word as (
  select w.spelling, w.stems
  from (
    select patas.fold(t) as spelling,
      plainto_tsquery('patas.portuguese', t) || plainto_tsquery('pg_catalog.portuguese', t) as stems
    from unnest(%(words)s::text[]) t
  ) w
  where numnode(w.stems) > 0
), entry as materialized (
  select e.id, e.title, e.content, e.document, ts_filter(e.document, '{a}') as titled, count(*) over () as entries,
    array(
      select distinct t
      from regexp_split_to_table(patas.fold(e.title || ' ' || e.content), '[^[:alnum:]]+') t
      where length(t) >= %(shortest)s
    ) as spellings
  from knowledge_entries e
  where e.organization_id = patas.organization_id() and e.is_active
), compared as (
  select e.id, e.title, e.content, e.entries, w.spelling,
    case
      when e.titled @@ w.stems then 1
      when e.document @@ w.stems then 0.8
      when length(w.spelling) >= %(shortest)s then (
        select 0.75 * coalesce(max(alike.by), 0)
        from unnest(e.spellings) t
        cross join lateral (select extensions.word_similarity(w.spelling, t) as by) alike
        where alike.by >= %(alike)s)
      else 0 end as part
  from entry e
  cross join word w
), weighed as (
  select *, ln(1 + entries::float / greatest(1, count(*) filter (where part > 0) over (partition by spelling))) as weight
  from compared
), ranked as (
  select title, content, (sum(weight * part) / sum(weight))::float as rank
  from weighed
  group by id, title, content
)
select title, content, round(rank::numeric, 3)::float as rank
from ranked
where rank >= %(enough)s
order by ranked.rank desc, title
limit %(limit)s
"""

_COLUMNS: LiteralString = "id, title, content, is_active, created_at, updated_at"

_LIST: LiteralString = f"""
select {_COLUMNS}
from knowledge_entries
where organization_id = patas.organization_id()
order by title, id
"""

_SHOP: LiteralString = "select id from organizations where id = patas.organization_id()"

_ADD: LiteralString = f"""
insert into knowledge_entries (organization_id, title, content, is_active)
select o.id, %(title)s, %(content)s, %(is_active)s
from organizations o
where o.id = patas.organization_id()
returning {_COLUMNS}
"""

_UPDATE: LiteralString = f"""
update knowledge_entries set title = %(title)s, content = %(content)s, is_active = %(is_active)s
where id = %(id)s and organization_id = patas.organization_id()
returning {_COLUMNS}
"""

_REMOVE: LiteralString = """
delete from knowledge_entries
where id = %(id)s and organization_id = patas.organization_id()
returning id
"""

_PUT: LiteralString = """
insert into knowledge_entries (organization_id, title, content)
select patas.organization_id(), e.title, e.content
from unnest(%(titles)s::text[], %(contents)s::text[]) as e (title, content)
on conflict (organization_id, patas.fold(btrim(title))) do update
set title = excluded.title, content = excluded.content, is_active = true
returning xmax = 0 as added
"""

TAKEN = "Já existe uma entrada com este título."


def telling_words(question: str) -> list[str]:
    """Pick the words of a question that may say what it is about, each once, in lower case."""
    words = {fold(word): word for word in re.findall(r"[^\W_]+", question.casefold())}
    return [_ACTION.sub(_with_cedilla, word) for folded, word in words.items() if folded not in _EMPTY_WORDS][:MOST_WORDS]


def _with_cedilla(ending: re.Match[str]) -> str:
    return "ção" if ending[1] == "ao" else "ções"


async def search(db: Database, organization_id: UUID, query: str, limit: int = 3) -> list[Answer]:
    """Find the shop's entries that answer a question best, best first.

    Any of the words may match, by its stem or, misspelt, by its letters; accents and case do not matter. Empty where nothing is near
    enough. One round trip.
    """
    words = telling_words(query)
    if not words:
        return []
    params = {"words": words, "alike": ALIKE, "shortest": SHORTEST_MISSPELT, "enough": ENOUGH, "limit": limit}
    return typed(Answer, (await db.run(organization_id, (_SEARCH, params)))[0])


async def listed(db: Database, organization_id: UUID) -> list[KnowledgeEntry] | None:
    """List all entries of a shop, by title; None where there is no such shop."""
    shop, entries = await db.run(organization_id, (_SHOP, {}), (_LIST, {}))
    return typed(KnowledgeEntry, entries) if shop else None


async def add(db: Database, organization_id: UUID, *, title: str, content: str, is_active: bool = True) -> KnowledgeEntry | None:
    """Store an entry; None where there is no such shop. Raises Conflict where another entry has the title."""
    try:
        rows = (await db.run(organization_id, (_ADD, {"title": title, "content": content, "is_active": is_active})))[0]
    except UniqueViolation as error:
        raise Conflict(TAKEN) from error
    return first(KnowledgeEntry, rows)


async def update(
    db: Database, organization_id: UUID, entry_id: UUID, *, title: str, content: str, is_active: bool
) -> KnowledgeEntry | None:
    """Replace an entry; None where the shop has no such. Raises Conflict where another entry has the title."""
    params = {"id": entry_id, "title": title, "content": content, "is_active": is_active}
    try:
        rows = (await db.run(organization_id, (_UPDATE, params)))[0]
    except UniqueViolation as error:
        raise Conflict(TAKEN) from error
    return first(KnowledgeEntry, rows)


async def remove(db: Database, organization_id: UUID, entry_id: UUID) -> bool:
    """Delete an entry; False where the shop has no such."""
    return bool((await db.run(organization_id, (_REMOVE, {"id": entry_id})))[0])


async def put(db: Database, organization_id: UUID, entries: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Store titles with their contents, each title once; those that exist get the new content. Returns how many were added and replaced."""
    params = {"titles": [title for title, _ in entries], "contents": [content for _, content in entries]}
    rows = (await db.run(organization_id, (_PUT, params)))[0]
    added = sum(row["added"] for row in rows)
    return added, len(rows) - added


async def shops(db: Database) -> list[ShopName]:
    """List every shop, by name."""
    sql: LiteralString = "select id, name from organizations order by name, id"
    return typed(ShopName, (await db.system((sql, {})))[0])
