"""What stands before anything is looked up, in the words in which it is told."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.agenda import proposals
from service.language.grammar import date_words
from service.language.said import days_in, times_in
from service.platform.database import Database
from service.turns.briefing import Briefing
from service.turns.queries import briefing as briefings
from service.turns.standing import standing_facts, voice_of
from service.turns.telling import Fact, Voice
from tests.kit import documents
from tests.kit.agreement import PROPOSALS
from tests.kit.customers import customer
from tests.kit.speech import told_well

TUESDAY = date(2026, 11, 24)
PLAIN = Voice(today=TUESDAY)


def shop(**more: Any) -> Briefing:
    """Return a shop with everything that stands, on Tuesday, 24 November 2026, at nine."""
    given = {
        "pets": [documents.pet("Rex"), documents.pet("Mia", species="cat", size="small", coat="long")],
        "services": [
            documents.service("Banho", 60, 7000, documents.rate(6000, size="small"), documents.rate(9000, size="large")),
            documents.service("Consulta", 30, 15000, description="Consulta clínica"),
            documents.service("Hotel", 1440, 8000, unit="night", species=["dog"]),
        ],
        "hours": [{"weekday": n, "opens_at": "09:00", "closes_at": "13:00" if n == 6 else "18:00"} for n in range(1, 7)],
        "closures": [{"first": "2026-12-24", "last": "2026-12-26", "reason": "Natal"}],
        "special_hours": [
            {"day": "2026-11-28"},
            {"day": "2026-11-30", "opens_at": "10:00", "closes_at": "12:00", "reason": "inventário"},
        ],
        "appointments": [
            booking("Rex", "Banho", "2026-11-27T13:00:00Z"),
            booking("Mia", "Consulta", "2026-11-25T12:00:00Z", status="confirmed"),
        ],
        **more,
    }  # fmt: skip
    return documents.briefing(**given)


def booking(pet: str, service: str, starts_at: str, **more: Any) -> dict[str, Any]:
    begins = datetime.fromisoformat(starts_at)
    given = {"status": "scheduled", "professional": "Bia", "price_cents": 7000, "ends_at": begins + timedelta(hours=1), **more}
    return {"id": uuid4(), "pet": pet, "service": service, "starts_at": begins, **given}


def told(briefing: Briefing, kind: str, voice: Voice = PLAIN) -> list[str]:
    return [fact.text for fact in standing_facts(briefing, voice) if fact.kind == kind]


@pytest.mark.parametrize("warm", [True, False])
def test_every_wording_states_the_same(warm: bool) -> None:
    briefing = shop()
    voices = [Voice(warm, seed, TUESDAY) for seed in range(6)]
    for wordings in zip(*(standing_facts(briefing, voice) for voice in voices), strict=True):
        assert told_well(list(wordings)), wordings
        assert len({(f.kind, f.must, f.names, f.days, f.times, f.cents) for f in wordings}) == 1
        assert len({read(fact) for fact in wordings}) == 1, wordings


def read(fact: Fact) -> tuple[frozenset[date], frozenset[time]]:
    words = date_words(fact.text)
    days = frozenset(day for said in days_in(words, TUESDAY) for day in said.days)
    return days, frozenset(at for said in times_in(words) for at in said.times)


def test_what_a_fact_is_found_by_stands_in_it() -> None:
    for fact in standing_facts(shop(), PLAIN):
        days, times = read(fact)
        assert fact.times <= times, fact
        assert fact.days <= days or fact.text.startswith(("De ", "Agora ", "Estamos ")), fact


def test_nothing_must_be_told() -> None:
    assert not any(fact.must for fact in standing_facts(shop(), PLAIN))


def test_a_day_out_of_the_ordinary_has_hours_of_its_own() -> None:
    hours = told(shop(), "hours")
    assert "No sábado, 28/11, não abrimos." in hours
    assert "Na segunda-feira, 30/11, abrimos das 10h às 12h (inventário)." in hours
    assert "Na sexta-feira, 27/11, abrimos das 9h às 18h." in hours
    assert "De quinta-feira, 24/12 até sábado, 26/12, não abrimos (Natal)." in hours
    assert any("01/01/2027" in text and "não abrimos" in text for text in hours), "a holiday"
    assert sum("28/11" in text for text in hours) == 1, "and not the week's"


def test_a_shop_may_open_on_holidays() -> None:
    hours = told(shop(settings={"closes_on_holidays": False}), "hours")
    assert not any("01/01/2027" in text for text in hours)


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), "Estamos abertos agora, até as 18h."),
        (datetime(2026, 11, 24, 11, tzinfo=UTC), "Agora estamos fechados. Abrimos hoje, terça-feira, 24/11, às 9h."),
        (datetime(2026, 11, 24, 21, tzinfo=UTC), "Agora estamos fechados. Abrimos amanhã, quarta-feira, 25/11, às 9h."),
        (datetime(2026, 11, 28, 13, tzinfo=UTC), "Agora estamos fechados. Abrimos na segunda-feira, 30/11, às 10h."),
    ],
)
def test_whether_it_is_open_now(now: datetime, text: str) -> None:
    briefing = shop(now=now)
    assert told(briefing, "hours", Voice(today=briefing.local_date))[0] == text


def test_a_shop_that_has_told_nothing_tells_nothing() -> None:
    bare = documents.briefing(organization={"id": UUID(int=1), "name": "Patinhas", "timezone": "America/Sao_Paulo"})
    assert {fact.kind for fact in standing_facts(bare, PLAIN)} == {"appointments", "pets", "shop", "knowledge"}
    assert told(bare, "appointments") == ["Você não tem nenhum horário marcado no momento."]


def test_a_price_is_that_of_the_pet_where_one_is_on_record() -> None:
    facts = standing_facts(shop(), PLAIN)
    assert {"Banho custa a partir de R$ 60,00.", "Banho de Mia custa R$ 60,00 e leva 1 hora."} <= {fact.text for fact in facts}
    assert any(fact.kind == "question" and "porte de Rex" in fact.text for fact in facts)
    assert "Nesta loja não fazemos Hotel para gato." in {fact.text for fact in facts}
    assert not any("Banho de Rex" in fact.text and "custa" in fact.text for fact in facts)


def test_a_session_of_a_package_costs_nothing_more() -> None:
    (priced,) = told(
        shop(services=[], pets=[], appointments=[booking("Rex", "Banho", "2026-11-27T13:00:00Z", package="Quatro banhos")]), "prices"
    )
    assert priced == "Banho de Rex usa 1 sessão do pacote Quatro banhos, sem nada a pagar."


def test_appointments_are_told_each_and_together() -> None:
    both, *each = [fact for fact in standing_facts(shop(), PLAIN) if fact.kind == "appointments" and fact.days]
    assert len(each) == 2
    assert both.days == each[0].days | each[1].days
    assert both.times == each[0].times | each[1].times
    assert "com presença confirmada" in each[1].text


def test_a_stay_is_told_with_its_end() -> None:
    stay = booking("Rex", "Hotel", "2026-11-27T17:00:00Z", ends_at=datetime(2026, 11, 30, 15, tzinfo=UTC), professional="Canil 3")
    facts = standing_facts(shop(appointments=[stay]), PLAIN)
    assert any("de sexta-feira, 27/11, às 14h, até segunda-feira, 30/11, às 12h" in fact.text for fact in facts)
    assert not any("Canil" in fact.text for fact in facts), "a kennel is nobody who attends"


def test_a_large_shop_fits_in_a_message() -> None:
    services = [documents.service(f"Serviço de número {n}", 60, 7000 + n, description="Palavra. " * 300) for n in range(120)]
    visits = [booking("Rex", "Banho", f"2026-12-{n:02d}T13:00:00Z") for n in range(1, 29)]
    facts = standing_facts(shop(services=services, appointments=visits, pets=[documents.pet(f"Pet {n}") for n in range(40)]), PLAIN)
    assert told_well(facts)
    assert max(len(fact.text) for fact in facts) < 3000


def test_an_open_proposal_is_its_question_and_an_expired_one_is_none() -> None:
    kind, items = PROPOSALS["A"]
    open_one = {
        "id": uuid4(), "kind": kind, "items": [item.model_dump(mode="json") for item in items], "result": {},
        "call": {"name": "book_appointment", "args": {}}, "expired": False, "waiting_list_id": None,
    }  # fmt: skip
    question = proposals.ask(kind, items, "America/Sao_Paulo")
    assert told(shop(proposal=open_one), "question")[0] == question
    assert question not in told(shop(proposal={**open_one, "expired": True}), "question")


def test_other_messages_get_other_wordings() -> None:
    conversation = uuid4()
    voices = {
        voice_of(shop(conversation_id=conversation, history=[documents.message(seq=seq)])).seed % 2 for seq in range(1, 20, 2)
    }  # fmt: skip
    assert voices == {0, 1}
    assert voice_of(shop(conversation_id=conversation)) == voice_of(shop(conversation_id=conversation))


async def test_the_database_gives_what_is_told(db: Database, organization_id: UUID) -> None:
    ana = await customer(db, organization_id, "Rex")
    columns = "organization_id, day, opens_at, closes_at, reason"
    special = f"insert into special_hours ({columns}) values (%(o)s, current_date + 3, '10:00', '24:00', 'feira')"
    await db.system((special, {"o": organization_id}))
    found = await briefings.load(db, organization_id, ana.conversation_id)
    assert found
    assert found.settings.closes_on_holidays is True
    assert [(hours.opens_at, hours.reason) for hours in found.special_hours] == [(time(10), "feira")]
    assert any("(feira)" in text for text in told(found, "hours", voice_of(found)))


async def test_a_tub_is_nobody_who_attends(db: Database, organization_id: UUID) -> None:
    ana = await customer(db, organization_id, "Rex")
    await ana.says("marca banho pro Rex segunda às 10h, pode confirmar")
    booked = await ana.call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date="segunda", preferred_time="10h")
    assert booked["appointment"]["professional"]
    await db.system(("update resources set kind = 'tub' where organization_id = %(o)s", {"o": organization_id}))
    found = await briefings.load(db, organization_id, ana.conversation_id)
    assert found
    assert [booking.professional for booking in found.appointments] == [""]
    assert not told(found, "people", voice_of(found))
    listed = await ana.call("my_appointments")
    assert [booking.get("professional") for booking in listed["appointments"]] == [None]
