"""The rules read the client agent's prompt by its words: where those change, this says so."""

from uuid import UUID

from langchain_core.messages import SystemMessage

from graphs.aurora import prompts as aurora
from graphs.client import prompts as client
from graphs.loop import Prompts
from graphs.offline.reading import Prompt, apart
from service.operations import migrations
from service.platform import clock
from service.platform.database import Database
from service.platform.settings import Settings
from service.turns.briefing import Briefing
from service.turns.queries import briefing as briefings

# Fábio has a pet, and a booking on the next open day.
BOOKED = """
select c.id from conversations c join contacts k on k.id = c.contact_id
where k.name = 'Fábio Nunes' and exists (select from bookings b where b.contact_id = k.id and b.starts_at > now())
"""


def read(prompts: Prompts, briefing: Briefing) -> Prompt:
    return apart([SystemMessage(prompts.instructions(briefing)), SystemMessage(prompts.moment(briefing))])[0]


async def test_the_rules_find_everything_that_they_look_for_in_the_prompt(
    db: Database, settings: Settings, database_url: str, organization_id: UUID
) -> None:
    migrations.apply_demo_day(database_url)
    ((conversation,),) = await db.system((BOOKED, {}))
    briefing = await briefings.load(db, organization_id, conversation["id"])
    assert briefing is not None
    prompt = read(client, briefing)
    today = clock.local(clock.now(), "America/Sao_Paulo").date()
    why = "graphs/offline/reading.py reads the prompt by these words: change both"
    assert prompt.today == today, why
    assert prompt.introduction == ("Luna", "Pet Shop Patinhas"), why
    assert [item.rpartition(": ")[0] for item in prompt.items("Serviços")] == ["Banho", "Consulta", "Tosa"], why
    assert [item.rpartition(" (")[0] for item in prompt.items("Pets do cliente")] == ["Fred"], why
    assert [item.partition(",")[0] for item in prompt.items("Agendamentos do cliente")] == ["Banho de Fred"], why
    empty = read(client, briefing.model_copy(update={"pets": [], "appointments": [], "services": []}))
    assert [empty.items(heading) for heading in ("Serviços", "Pets do cliente", "Agendamentos do cliente")] == [[], [], []], why
    assert read(aurora, briefing).today == today, why
