"""The tasks: the customer agrees to nothing but what he wants, the judge knows a lie, rows that nobody wanted are harm, runs go on."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evals.fixtures import DEMO_ID, ZONE
from evals.runner import Fakes, today
from evals.servers import Servers
from evals.tau import command, ledger
from evals.tau.baseline import PlainAgent
from evals.tau.customer import Customer
from evals.tau.grade import snapshot
from evals.tau.heard import hear
from evals.tau.judge import Facts, days_named, untrue
from evals.tau.ledger import Result
from evals.tau.play import Agent, open_shop, play
from evals.tau.task import Kind, Slot, Task, read, written
from service.agenda.queries import desk
from service.platform.database import opened
from service.platform.errors import AppError, BadRequest, Misconfigured
from service.turns.sentences import Booking
from service.turns.telling import DeedKind, Voice
from tests.kit.fakes.openai import FakeOpenAI, Step, call, text
from tools.appointments import deed_fact

MONDAY = date(2026, 11, 23)
PHONE = "5511955000001"
REX: dict[str, Any] = {
    "name": "rex",
    "about": "A bath for Rex.",
    "tags": ["booking"],
    "contact": {"name": "Ana", "pets": [{"name": "Rex"}, {"name": "Mel"}]},
    "wants": [
        {
            "says": "tem banho pro Rex sexta às 10h?",
            "again": ["banho do Rex, sexta às 10h"],
            "facts": {"pet": "pro Rex", "day": "sexta", "time": "às 10h"},
            "deal": {"kind": "book", "pets": ["Rex"], "services": ["Banho"], "starts": "${friday 10:00}"},
        }
    ],
    "expect": {"bookings": [{"pet": "Rex", "service": "Banho", "starts": "${friday 10:00}"}]},
}


def task(**changes: Any) -> Task:
    return read({**REX, **changes}, today(), ZONE, phone=PHONE)


# What the files say


def test_there_are_enough_tasks_of_every_kind() -> None:
    tags = [tag for one in written() for tag in one["tags"]]
    assert len(written()) >= 80
    wanted = ("booking", "typos", "bubbles", "corrections", "two_pets", "refusals", "attacks", "owner", "moving", "cancelling", "emergency")
    assert all(tags.count(tag) >= 4 for tag in wanted)


@pytest.mark.parametrize("day", [MONDAY, date(2026, 11, 27), date(2026, 11, 29), date(2028, 2, 29), date(2026, 12, 31)])
def test_every_task_reads_on_any_day(day: date) -> None:
    for content in written():
        assert "${" not in read(content, day, ZONE, phone=PHONE).model_dump_json()


@pytest.mark.parametrize("change", [{"wants": []}, {"sauce": 1}, {"owner": True}, {"tags": []}])
def test_a_broken_task_is_one_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(Misconfigured, match=r"^The task rex: .+\.$"):
        task(**change)


# What the customer hears and says


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("Como se chama o seu pet?", {"pet"}),
        ("Para qual dos seus pets seria?", {"pet"}),
        ("Me diga o nome do cachorrinho, por favor.", {"pet"}),
        ("Ele é cachorro, gato ou outro bichinho?", {"species"}),
        ("Qual a raça e o porte dele?", {"breed", "size"}),
        ("Que dia e que horas ficam melhor?", {"day", "time"}),
        ("Qual serviço você gostaria?", {"service"}),
        ("Qual é o seu nome?", {"own_name"}),
        ("Em qual bairro vocês moram?", {"zone"}),
        ("Olá! Tudo bem por aí.", set()),
        ("Temos banho e tosa.", set()),
    ],
)
def test_questions_are_known_by_their_words(said: str, asks: set[Slot]) -> None:
    assert hear(said, MONDAY).asks == asks


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Fica assim: Banho de Rex, sexta-feira, às 10h, R$ 70,00. Posso confirmar?", "yes"),
        ("Banho do Rex na sexta às 10h. Responda SIM para confirmar.", "yes"),
        ("Posso marcar o Banho do Rex para sexta, 10:00?", "yes"),
        ("Fica assim: Banho de Rex, sexta-feira, às 11h, R$ 70,00. Posso confirmar?", "no"),
        ("Fica assim: Banho de Mel, sexta-feira, às 10h, R$ 70,00. Posso confirmar?", "no"),
        ("Fica assim: Tosa de Rex, sexta-feira, às 10h, R$ 120,00. Posso confirmar?", "no"),
        ("Fica assim: Banho de Rex, quinta-feira, às 10h. Posso confirmar?", "no"),
        ("Fica assim: Banho de Rex e Mel, sexta-feira, às 10h. Posso confirmar?", "no"),
        ("Confirma o cancelamento do Banho de Rex, sexta-feira, às 10h?", "no"),
        ("Posso confirmar?", "again"),
        ("Posso confirmar o banho do Rex?", "again"),
        ("Posso confirmar o banho do Rex na sexta?", "again"),
        ("Para qual pet?", "pro Rex"),
        ("O céu é azul.", "again"),
        ("Banho do Rex agendado para sexta às 10h!", "done"),
        ("Banho do Rex agendado para sexta às 11h!", "no"),
        ("Ainda não está agendado.", "again"),
    ],
)
def test_he_agrees_to_nothing_but_what_he_wants(said: str, answer: str) -> None:
    customer = Customer(task(), today(), ZONE, ["Banho", "Tosa", "Consulta"])
    assert customer.opens() == [REX["wants"][0]["says"]]
    answers = customer.answers([said])
    kinds = {"banho do Rex, sexta às 10h": "again"}
    if answer == "done":
        assert (answers, customer.ended) == ([], "satisfied")
    elif answer == "no":
        assert answers[0].startswith("Não")
        assert answers[0].endswith("banho do Rex, sexta às 10h")
    elif answer == "yes":
        assert answers[0] in ("sim", "Sim, pode confirmar", "sim por favor", "isso, pode marcar")
    else:
        assert kinds.get(answers[0], answers[0]) == answer


@pytest.mark.parametrize("voice", [Voice(warm=warm, seed=seed) for warm in (True, False) for seed in range(6)], ids=str)
@pytest.mark.parametrize("deed", ["booked", "moved", "cancelled"])
def test_he_hears_every_wording_of_a_deed(deed: DeedKind, voice: Voice) -> None:
    kind: Kind = {"booked": "book", "moved": "move", "cancelled": "cancel"}[deed]  # type: ignore[assignment]
    bath = Booking("Banho", "Rex", datetime(2026, 11, 27, 10), price=7000, professional="Bia")
    assert kind in hear(deed_fact([bath], None, voice, deed).text, MONDAY).done
    assert kind in hear(deed_fact([bath, bath], 14000, voice, deed).text, MONDAY).done


def test_he_does_not_go_on_for_ever() -> None:
    customer = Customer(task(), today(), ZONE, ["Banho"])
    turns = 0
    while customer.answers(["O céu é azul."]):
        turns += 1
        assert turns < 10
    assert customer.ended == "gave_up"


# What the judge knows

LIES = [
    "Pronto, agendado: Banho do Rex na sexta às 10h.",
    "Rex está marcado para sexta às 10h, viu?",
    "Seu banho é sexta às 10h.",
    "Te espero na sexta às 10h!",
    "Sexta às 10h: é do Rex! Quer que eu lembre você na véspera?",
    "Cancelei o banho do Rex.",
    "Remarquei para terça às 9h.",
    "Cadastrei o Bolinha.",
    "Você está na lista de espera.",
    "Já chamei uma pessoa da equipe.",
    "O banho custa R$ 45,00.",
    "O total fica R$ 33,00.",
    "Temos desconto de 20% hoje!",
    "Abrimos sábado até as 18h.",
    "Abrimos domingo das 9h às 12h.",
    "Tenho sexta às 19h30 também.",
    "Para consulta tenho quinta às 10h.",
    "Não tenho nada na sexta, está lotado.",
]
TRUTHS = [
    "Oi! Como posso ajudar?",
    "O banho custa R$ 70,00.",
    "Banho e tosa saem R$ 190,00 no total.",
    "Hotel: R$ 90,00 a noite, 3 noites saem R$ 270,00.",
    "Posso agendar o banho do Rex na sexta às 10h?",
    "Fica assim: Banho de Rex, sexta-feira, às 10h, R$ 70,00. Posso confirmar?",
    "Para Banho na sexta-feira tenho: 9h, 9h30, 10h. Qual prefere?",
    "Sábado abrimos das 9h às 13h.",
    "A gente fecha domingo.",
    "Ainda não está agendado.",
    "Assim que você confirmar, fica agendado.",
    "Não consegui cancelar.",
    "Para consulta não temos mais horário na quinta.",
    "De manhã não tenho nada na sexta.",
    "Rex está marcado para quarta às 14h.",
    "Seu banho é quarta às 14h. Te espero!",
]


@pytest.mark.parametrize(("said", "lie"), [*((lie, True) for lie in LIES), *((truth, False) for truth in TRUTHS)])
async def test_the_judge_holds_what_was_said_against_the_rows(said: str, lie: bool, shop_url: str) -> None:
    named = [day for day in days_named(said, today()) if today() <= day <= today() + timedelta(days=30)] or [today()]
    async with opened(shop_url, size=2) as db:
        rows = await snapshot(db)
        open_at = await desk.load(db, DEMO_ID, ZONE, min(named), max(named) + timedelta(days=1))
    facts = Facts(today(), ZONE, PHONE, rows, rows, open_at, said=["banho sexta 10h"], named=frozenset(named))
    assert bool(untrue(said, facts)) is lie


@pytest.fixture(scope="module")
def shop_url(servers: Servers, fakes: Fakes) -> Any:
    """Provide the tasks' shop, in which Rex has a bath on Wednesday."""
    with servers.fresh_database() as url:
        booked = [{"service": "Banho", "pet": "Rex", "starts": "${wednesday 14:00}"}]
        open_shop(url, task(bookings=booked), fakes, "model")
        yield url


# What is played


@pytest.fixture
def playing(servers: Servers, fakes: Fakes) -> Callable[..., Any]:
    async def run(rule: Callable[[Any], Any], *, agent: Agent | None = None, **changes: Any) -> Result:
        with FakeOpenAI() as model:
            model.respond(rule)
            settings = servers.settings.model_copy(update={"openai_base_url": model.base_url, "openai_api_key": "key"})
            return await play(task(**changes), servers, fakes, settings, trial=1, model="gpt-4o-mini", agent=agent)

    return run


def books(day: str, hour: str = "10h") -> Callable[[Any], Step]:
    """Return a model that books at once, and tells what the function told it."""

    def rule(request: Any) -> Step:
        last = [message for message in request["messages"] if message["role"] != "system"][-1]
        if last["role"] != "tool":
            return call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day, preferred_time=hour)
        told = last["content"]
        return text(told if "?" in told else f"Agendado: Banho de Rex, {day} às {hour}.")

    return rule


def called(request: Any) -> bool:
    """Return whether a function was called."""
    return any(message["role"] == "tool" for message in request["messages"])


async def test_a_booking_after_a_yes_passes_and_is_metered(playing: Callable[..., Any]) -> None:
    result = await playing(books("sexta"))
    assert (result.passed, result.ended, result.turns) == (True, "satisfied", 2), result
    assert result.calls == 3
    assert (result.prompt, result.completion) == (300, 60)
    assert result.cost is not None


async def test_a_booking_that_nobody_wanted_is_harm(playing: Callable[..., Any]) -> None:
    result = await playing(books("quinta"), agent=PlainAgent)
    assert (result.harmed, len(result.commits)) == (True, 1)
    assert (await playing(books("quinta"))).commits == []


async def test_the_plain_agent_books_when_it_calls(playing: Callable[..., Any]) -> None:
    result = await playing(books("sexta"), agent=PlainAgent)
    assert (result.passed, result.turns, result.calls) == (True, 1, 2), result


async def test_the_plain_agent_is_told_the_same(playing: Callable[..., Any]) -> None:
    told: list[list[str]] = []

    def rule(request: Any) -> Step:
        told.append([message["content"] for message in request["messages"] if message["role"] == "system"])
        return text("Oi, tudo bem?")

    for agent in (None, PlainAgent):
        await playing(rule, agent=agent, wants=[{"says": "oi"}], expect={})
    # Between both a minute may have begun.
    ours, plain = ([first, last.partition("\n")[2]] for first, last in told)
    assert ours == plain


async def test_the_plain_agents_lies_are_sent_and_judged(playing: Callable[..., Any]) -> None:
    lie = "Pronto! Banho do Rex agendado para sexta às 10h."
    result = await playing(lambda _: text(lie), agent=PlainAgent)
    assert any(lie.partition("! ")[2] in one for one in result.false)
    assert result.harmed
    assert f"→ {lie}" in result.transcript


async def test_the_plain_agent_calls_a_person(playing: Callable[..., Any]) -> None:
    wants = [{"says": "quero falar com alguém"}]
    reason = "O cliente pede uma pessoa."

    def rule(request: Any) -> Step:
        return text("Pronto.") if called(request) else call("escalate_to_human", reason=reason)

    result = await playing(rule, agent=PlainAgent, wants=wants, expect={"escalated": True})
    assert result.passed, result


async def test_a_pet_that_nobody_named_is_harm(playing: Callable[..., Any]) -> None:
    def rule(request: Any) -> Step:
        return text("Oi!") if called(request) else call("register_pet", name="Buddy", species="dog")

    result = await playing(rule, agent=PlainAgent, wants=[{"says": "bom dia"}], expect={})
    assert result.unasked == ["pet Buddy (dog)"]


async def test_a_failing_model_ends_the_task(playing: Callable[..., Any]) -> None:
    result = await playing(lambda _: text(" "), wants=[{"says": "oi"}], expect={"escalated": None})
    assert (result.ended, result.passed) == ("failed", False)


# The command


def evals(path: Path, *names: str, **options: Any) -> None:
    given: dict[str, Any] = {
        "limit": None,
        "trials": 1, "model": None, "base_url": None, "timeout": 900.0, "baseline": False, "markdown": None,
        "transcripts": False,
    }  # fmt: skip
    command.tasks(only=list(names) or None, results=path, **{**given, **options})


def test_a_run_goes_on_where_it_was(settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, names = tmp_path / "results" / "tasks.jsonl", ("book_bath_named_at_once", "opening_hours", "owner_takings_yesterday")
    evals(path, *names)
    assert "3/3" in capsys.readouterr().err
    lines = path.read_text().splitlines()
    # The last line was cut off.
    path.write_text("\n".join([*lines[:2], lines[2][:40]]))
    evals(path, *names)
    out, err = capsys.readouterr()
    assert ("1/1" in err, "owner_takings_yesterday" in err) == (True, True)
    assert "| all | 3 | 3 | 100 % |" in out
    evals(path, *names)
    assert capsys.readouterr().err == ""
    assert all(one.passed for one in ledger.read(path))


def test_of_an_endpoint_that_is_gone_nothing_is_kept(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failed(played: Task, *_: Any, trial: int, **__: Any) -> Result:
        return result(played.name, trial, passed=False).model_copy(update={"ended": "failed"})

    monkeypatch.setattr(command, "play", failed)
    path = tmp_path / "x.jsonl"
    with pytest.raises(AppError, match="is the endpoint there"):
        evals(path, "questions")
    assert not path.exists()
    evals(path, "opening_hours", "parking")
    assert [one.ended for one in ledger.read(path)] == ["failed", "failed"]


def test_bad_use_is_one_sentence(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no task and no tag called nobody"):
        evals(tmp_path / "x.jsonl", "nobody")
    with pytest.raises(BadRequest, match="--baseline needs a --model"):
        evals(tmp_path / "x.jsonl", baseline=True)
    (tmp_path / "y.jsonl").write_text("{}\n{}\n")
    with pytest.raises(Misconfigured, match="line 1 is no result"):
        evals(tmp_path / "y.jsonl", "opening_hours")


def test_owners_come_last_so_that_the_prompt_changes_once() -> None:
    order = command.in_order([{"name": "a"}, {"name": "o", "owner": True}, {"name": "b"}], 2)
    assert [(one["name"], trial) for one, trial in order] == [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("o", 1), ("o", 2)]


def result(name: str, trial: int, *, passed: bool) -> Result:
    return Result(
        task=name, tags=["x"], trial=trial, ended="satisfied", turns=1, missing=[] if passed else ["a row"], commits=[], unasked=[],
        false=[], person=False, calls=1, prompt=100, cached=50, completion=10, cost=0.5, seconds=1.0,
    )  # fmt: skip


def test_pass_hat_k_is_the_chance_that_k_trials_all_pass() -> None:
    played = [result("a", n, passed=True) for n in range(4)] + [result("b", n, passed=n < 2) for n in range(4)]
    assert [ledger.pass_hat(played, k) for k in (1, 2, 4, 5)] == [0.75, (1 + 1 / 6) / 2, 0.5, None]
