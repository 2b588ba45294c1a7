"""The evals themselves: dialogues can fail, reports say so, a live run asks the real endpoint, LangSmith gets its experiment."""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import psycopg
import pytest
import yaml
from aiohttp import web
from redis import Redis

from evals import __main__ as command
from evals import dialogue as dialogues
from evals import langsmith, report
from evals.dialogue import Dialogue
from evals.fixtures import ZONE
from evals.graders import Check, matches
from evals.runner import Fakes, Outcome, open_fakes, play, today
from evals.script import spoken
from evals.servers import Servers, running
from evals.templates import fill
from service.platform.errors import Misconfigured
from service.platform.settings import Settings, get_settings
from tests.kit.fakes.openai import FakeOpenAI, call, dialogue, text
from tests.kit.fakes.server import FakeServer

MONDAY = date(2026, 11, 23)


def written(name: str) -> dict[str, Any]:
    """Return a dialogue's file as it stands."""
    return yaml.safe_load((dialogues.FOLDER / f"{name}.yaml").read_text("utf-8"))


def changed(name: str, change: Callable[[dict[str, Any]], object]) -> Dialogue:
    """Return a dialogue with something in its file changed."""
    content = written(name)
    change(content)
    return Dialogue.model_validate({"name": name, **fill(content, today(), ZONE)})


# Dialogues


@pytest.mark.parametrize("name", dialogues.names())
def test_every_file_is_a_dialogue_on_any_day(name: str) -> None:
    for day in (MONDAY, date(2026, 11, 28), date(2026, 11, 29), date(2028, 2, 29), date(2026, 12, 31)):
        assert not re.search(r"\$\{(?!result)", dialogues.load(name, day, ZONE).model_dump_json())


@pytest.mark.parametrize(
    ("subject", "change"),
    [
        ("state", lambda d: d["expect"]["rows"][0]["where"].update(pet="Totó")),
        ("state", lambda d: d["expect"]["rows"][0].update(count=2)),
        ("calls", lambda d: d["expect"]["calls"][0]["args"].update(service_type="Tosa")),
        ("calls", lambda d: d["expect"]["calls"][0]["result"].update(success=False)),
        ("calls", lambda d: d["expect"].update(no_calls=["book_appointment"])),
        ("sends", lambda d: d["expect"].update(sent=2)),
        ("replies", lambda d: d["expect"]["replies"][0]["contains"].append("Totó")),
        ("replies", lambda d: d["expect"]["replies"].append({"lacks": ["rex"]})),
        ("request", lambda d: d["expect"]["request"]["offers"].append("business_summary")),
        ("request", lambda d: d["expect"]["request"]["withholds"].append("book_appointment")),
        ("script", lambda d: d["steps"][0]["model"].append({"say": "E mais uma coisa."})),
        ("script", lambda d: d["steps"][0]["model"].pop()),
        ("script", lambda d: d["steps"][0]["model"][-1].update(say="${result.appointment.colour}")),
    ],
)
async def test_a_dialogue_can_fail(subject: str, change: Callable[[Any], object], servers: Servers, fakes: Fakes) -> None:
    assert (await play(changed("booking_rex", lambda _: None), servers, fakes)).passed
    outcome = await play(changed("booking_rex", change), servers, fakes)
    assert subject in {check.subject for check in outcome.failures}


@pytest.mark.parametrize(
    ("name", "kind"), [("waiting_list_declined", "board"), ("waiting_list_declined", "offer"), ("reminder_yes", "remind")]
)
async def test_what_the_shop_does_counts(name: str, kind: str, servers: Servers, fakes: Fakes) -> None:
    def leave_out(content: dict[str, Any]) -> None:
        content["steps"] = [step for step in content["steps"] if kind not in step]

    assert (await play(changed(name, lambda _: None), servers, fakes)).passed
    outcome = await play(changed(name, leave_out), servers, fakes)
    assert "state" in {check.subject for check in outcome.failures}


async def test_a_package_ends_and_a_booking_was_made_when_the_dialogue_says(servers: Servers, fakes: Fakes) -> None:
    def ends_in_three_days(content: dict[str, Any]) -> None:
        content["shops"]["demo"]["contacts"][0]["packages"][0]["expires"] = "${today+3d}"
        content["expect"]["rows"].append({"table": "contact_packages", "where": {"expires_on": "${today+3d}"}})

    def made_too_late_for_a_reminder(content: dict[str, Any]) -> None:
        content["shops"]["demo"]["bookings"][0]["made"] = content["shops"]["demo"]["bookings"][0]["starts"]

    outcome = await play(changed("packages_left", ends_in_three_days), servers, fakes)
    assert outcome.passed, outcome.failures
    outcome = await play(changed("reminder_yes", made_too_late_for_a_reminder), servers, fakes)
    assert "state" in {check.subject for check in outcome.failures}


async def test_a_move_that_the_board_refuses_ends_the_dialogue(servers: Servers, fakes: Fakes) -> None:
    outcome = await play(changed("ready_on_the_board", lambda d: d["steps"][1].update(board=["ready"])), servers, fakes)
    assert [check.detail for check in outcome.failures][:1] == ["Não foi feito, porque o pet ainda não chegou."]


async def test_a_text_is_spoken_from_the_tools_results(servers: Servers, fakes: Fakes) -> None:
    def one_bath_less(content: dict[str, Any]) -> None:
        content["shops"]["demo"]["bookings"].pop(0)

    outcome = await play(changed("aurora_today", one_bath_less), servers, fakes)
    assert {"replies", "calls", "state"} <= {check.subject for check in outcome.failures}
    assert any("2 banhos" in line for line in outcome.transcript)


async def test_nothing_is_left_behind(servers: Servers, fakes: Fakes) -> None:
    await play(changed("burst", lambda _: None), servers, fakes)
    with psycopg.connect(servers.settings.database_url or "") as conn:
        assert conn.execute("select count(*) from pg_database where datname like 'patas_eval\\_%'").fetchone() == (0,)


def test_a_run_forgets_its_queue_and_template(postgres_url: str, redis_url: str) -> None:
    settings = Settings(database_url=postgres_url, redis_url=redis_url, _env_file=None)
    with running(settings) as opened:
        with open_fakes() as own:
            asyncio.run(play(changed("audio", lambda _: None), opened, own))
        template = opened.template
        with Redis.from_url(redis_url) as client:
            assert client.keys(f"{opened.settings.queue_namespace}*")
    with Redis.from_url(redis_url) as client:
        assert not client.keys("patas-evals-*")
    with psycopg.connect(postgres_url) as conn:
        assert conn.execute("select count(*) from pg_database where datname = %s", [template]).fetchone() == (0,)


async def test_a_live_run_asks_the_real_endpoint_and_skips_wording(servers: Servers, fakes: Fakes) -> None:
    friday = fill("${friday}", today(), ZONE)

    def model(request: Any) -> Any:
        if dialogue(request)[-1]["role"] == "tool":
            return text("Banho do Rex marcado para as 10:00.")
        return call("book_appointment", pet_name="rex", service_type="banho", preferred_date="sexta-feira", preferred_time="10h")

    with FakeOpenAI() as real:
        real.respond(model)
        settings = servers.settings.model_copy(update={"openai_api_key": "key", "openai_base_url": real.base_url})
        elsewhere = Servers(Settings.model_validate(settings.model_dump()), servers.template)
        outcome = await play(changed("booking_rex", lambda _: None), elsewhere, fakes, live=True)
        assert outcome.passed, outcome.failures
        assert len(real.requests) == 2
        assert fakes.openai.requests == []
        wrong = await play(
            changed("booking_rex", lambda d: d["expect"]["rows"][0]["where"].update(starts_at=f"{friday}T11:00:00-03:00")),
            elsewhere,
            fakes,
            live=True,
        )
        assert {check.subject for check in wrong.failures} == {"state"}


# What they are made of


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("${today}", "2026-11-23"),
        ("${monday}", "2026-11-30"),
        ("${friday+7d|br}", "04/12/2026"),
        ("${tomorrow|short}", "24/11"),
        ("${friday|words}", "sexta-feira, 27/11/2026"),
        ("${friday 15:00}", "2026-11-27T15:00:00-03:00"),
        ("às ${today-3y} e ${yesterday}", "às 2023-11-23 e 2026-11-22"),
        ("dia ${saturday|day}", "dia 28"),
        ("${holiday|br}: ${holiday|name}", "25/12/2026: Natal"),
        ("${friday|name}", "${friday|name}"),
        ("${result.total}", "${result.total}"),
    ],
)
def test_days(template: str, expected: str) -> None:
    assert fill({"a": [template]}, MONDAY, ZONE) == {"a": [expected]}


@pytest.mark.parametrize(
    ("expected", "actual", "is_match"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1, "c": None}, {"a": 1}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": 1}, None, False),
        ("Sabado", "sábado", True),
        ([{"n": 1}], [{"n": 1, "m": 2}], True),
        ([{"n": 1}], [{"n": 1}, {"n": 2}], False),
        ("2026-11-27T15:00:00-03:00", datetime(2026, 11, 27, 18, tzinfo=UTC), True),
        ("2026-11-27T15:00:00-03:00", datetime(2026, 11, 27, 15, tzinfo=UTC), False),
        ("2026-11-27", date(2026, 11, 27), True),
        ({"day": "2026-11-27"}, "sexta", True),
        ({"day": "2026-11-27"}, "sábado", False),
        ({"day": "2026-11-27"}, "um dia", False),
        ({"time": "15:00"}, "3 da tarde", True),
        ({"time": "15:00"}, "3", True),
        ({"time": "15:00"}, "3 da manhã", False),
        ({"contains": "não"}, "NAO sei", True),
        ({"lacks": "09:00"}, ["09:30", "10:00"], True),
        ({"lacks": "09:00"}, ["09:00"], False),
        ({"any_of": ["a", "b"]}, "B", True),
        ({"empty": False}, [], False),
        ({"regex": "^x+$"}, "xxx", True),
    ],
)
def test_matching(expected: Any, actual: Any, is_match: bool) -> None:
    assert matches(expected, actual, MONDAY) is is_match


def test_a_spoken_text_takes_the_newest_result_that_fits() -> None:
    results = [{"n": 2}, {"pets": [{"name": "Rex"}], "n": 1}]
    assert spoken("${result.pets.0.name} ${result.n} ${result.pets.9.name}", results) == "Rex 2 ${result.pets.9.name}"


@pytest.mark.parametrize("content", ["steps: [", "about: x", "about: x\nsteps: [{says: oi, sais: x}]", "- 1"])
def test_a_broken_file_is_one_sentence(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(content)
    with pytest.raises(Misconfigured, match=r"^x\.yaml is not a dialogue: .+\.$") as raised:
        dialogues.load("x", MONDAY, ZONE, tmp_path)
    assert "\n" not in str(raised.value)


# The command


@pytest.fixture
def evals(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process; return exit code, standard output and standard error."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        get_settings.cache_clear()
        monkeypatch.setattr(sys, "argv", ["evals", *arguments])
        with pytest.raises(SystemExit) as ended:
            command.main()
        return (ended.value.code or 0, *capsys.readouterr())  # type: ignore[return-value]

    return run


def test_a_good_run_exits_with_0_and_writes_reports(evals: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    junit, markdown = tmp_path / "evals.xml", tmp_path / "evals.md"
    code, out, err = evals("--only", "audio", "--only", "aurora_week", "--junit", str(junit), "--markdown", str(markdown))
    assert (code, err) == (0, "")
    assert "2 of 2 dialogues passed" in out
    assert "{" not in out, "no log lines between the lines of the table"
    suite = ElementTree.parse(junit).getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "0")
    assert [case.get("name") for case in suite.iter("testcase")] == ["audio", "aurora_week"]
    assert "| pass | audio |" in markdown.read_text()


def test_a_failing_run_exits_with_1_and_says_what(evals: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    content = written("audio")
    content["steps"][0]["expect"]["sent"] = 0
    (tmp_path / "deaf.yaml").write_text(yaml.safe_dump(content))
    code, out, _ = evals("--folder", str(tmp_path), "--junit", str(tmp_path / "evals.xml"), "--markdown", str(tmp_path / "evals.md"))
    assert code == 1
    assert "FAIL  deaf" in out
    assert "step 1, sends: 1 messages sent to 5511955550001 instead of 0" in out
    failure = ElementTree.parse(tmp_path / "evals.xml").getroot().find("testsuite/testcase/failure")
    assert failure is not None
    assert "instead of 0" in str(failure.get("message"))
    assert "## Failures" in (tmp_path / "evals.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--only", "nobody"], "There is no dialogue called nobody; --list shows those that exist."),
        (["--live"], "OPENAI_API_KEY is not set: --live talks to a real model."),
        (["--junit", "/no/such/folder/x.xml"], "/no/such/folder/x.xml can't be written: its folder does not exist."),
        (["--junit", "/"], "Invalid value for '--junit': file '/' is a directory."),
        (["--loud"], "No such option: --loud"),
    ],
)
def test_bad_use_is_one_sentence_and_exit_code_2(evals: Callable[..., tuple[int, str, str]], arguments: list[str], sentence: str) -> None:
    code, out, err = evals(*arguments)
    assert (code, out) == (2, "")
    assert err.strip().startswith(sentence)
    assert len(err.strip().splitlines()) == 1


def test_listing_and_help(evals: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = evals("--list")
    assert (code, len(out.splitlines())) == (0, len(dialogues.names()))
    code, out, _ = evals("--help")
    assert code == 0
    assert "--live" in out


def test_a_live_run_of_the_command(evals: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeOpenAI() as real:
        real.script([text("Olá! Qual é o nome do seu pet?")])
        monkeypatch.setenv("OPENAI_API_KEY", "key")
        monkeypatch.setenv("OPENAI_BASE_URL", real.base_url)
        code, out, err = evals("--live", "--only", "first_contact")
        real.assert_finished()
    assert (code, "1 of 1 dialogues passed" in out) == (0, True)
    assert err.startswith("pass  first_contact")


# LangSmith


class FakeLangSmith(FakeServer):
    """The endpoints that an experiment and a trace need; keeps datasets and examples."""

    def __init__(self) -> None:
        super().__init__()
        self.datasets: list[dict[str, Any]] = []
        self.examples: list[dict[str, Any]] = []
        self.sessions: list[dict[str, Any]] = []
        self.runs: list[dict[str, Any]] = []
        self.feedback: list[dict[str, Any]] = []
        self.keys: set[str | None] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/info", self._info),
            web.get("/datasets", self._datasets),
            web.post("/datasets", self._create_dataset),
            web.get("/examples", self._examples),
            web.post("/examples/bulk", self._create_examples),
            web.post("/sessions", self._create_session),
            web.post("/runs", self._create_run),
            web.post("/runs/batch", self._create_runs),
            web.post("/feedback", self._create_feedback),
        ]

    async def _info(self, request: web.Request) -> web.Response:
        limits = {"size_limit": 100, "size_limit_bytes": 20_000_000, "scale_up_nthreads_limit": 1, "scale_up_qsize_trigger": 1000}
        limits |= {"scale_down_nempty_trigger": 4, "use_multipart_endpoint": False}
        return web.json_response({"version": "0.12.0", "batch_ingest_config": limits})

    async def _datasets(self, request: web.Request) -> web.Response:
        return web.json_response([d for d in self.datasets if d["name"] == request.query.get("name", d["name"])])

    async def _create_dataset(self, request: web.Request) -> web.Response:
        self.datasets.append({**await self._body(request), "id": str(uuid4()), "created_at": datetime.now(UTC).isoformat()})
        return web.json_response(self.datasets[-1])

    async def _examples(self, request: web.Request) -> web.Response:
        return web.json_response(self.examples)

    async def _create_examples(self, request: web.Request) -> web.Response:
        self.examples += await self._body(request)
        return web.json_response(self.examples)

    async def _create_session(self, request: web.Request) -> web.Response:
        self.sessions.append({**await self._body(request), "tenant_id": str(uuid4()), "start_time": datetime.now(UTC).isoformat()})
        return web.json_response(self.sessions[-1])

    async def _create_run(self, request: web.Request) -> web.Response:
        self.runs.append(await self._body(request))
        return web.json_response({}, status=202)

    async def _create_runs(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        self.runs += [*body.get("post", []), *body.get("patch", [])]
        return web.json_response({}, status=202)

    async def _create_feedback(self, request: web.Request) -> web.Response:
        self.feedback.append(await self._body(request))
        return web.json_response(self.feedback[-1])

    async def _body(self, request: web.Request) -> Any:
        self.keys.add(request.headers.get("x-api-key"))
        return json.loads(await request.read())


@pytest.fixture
def smith() -> Iterator[FakeLangSmith]:
    with FakeLangSmith() as fake:
        yield fake


def traced(settings: Settings, smith: FakeLangSmith) -> Settings:
    changes = {
        "langsmith_tracing": True,
        "langsmith_api_key": "smith-key",
        "langsmith_endpoint": smith.url,
        "langsmith_project": "patas-test",
    }
    return Settings.model_validate({**settings.model_dump(), **changes})


def outcome(name: str, *checks: Check) -> Outcome:
    return Outcome(name, f"About {name}.", list(checks), ["551: oi", "→ 551: Olá!"], datetime.now(UTC), 0.5)


def test_a_run_becomes_an_experiment(servers: Servers, smith: FakeLangSmith) -> None:
    settings = traced(servers.settings, smith)
    good = outcome("good", Check("state", "the end", True), Check("calls", "the end", True))
    bad = outcome("bad", Check("state", "the end", True), Check("state", "the end", False, "no such row"))
    first = langsmith.record(settings, [good], live=False)
    second = langsmith.record(settings, [good, bad], live=True)

    assert [dataset["name"] for dataset in smith.datasets] == [langsmith.DATASET]
    assert [example["inputs"]["dialogue"] for example in smith.examples] == ["good", "bad"], "each dialogue is one example, once"
    assert [session["name"] for session in smith.sessions] == [first, second]
    assert {session["reference_dataset_id"] for session in smith.sessions} == {smith.datasets[0]["id"]}
    example = {e["inputs"]["dialogue"]: e["id"] for e in smith.examples}
    runs = {run["id"]: run for run in smith.runs}
    assert sorted((run["name"], run["session_name"]) for run in runs.values()) == sorted(
        [("good", first), ("good", second), ("bad", second)]
    )
    assert all(run["reference_example_id"] == example[run["name"]] for run in runs.values())
    scores = {(runs[f["run_id"]]["name"], f["key"]): f["score"] for f in smith.feedback}
    assert scores == {
        ("good", "passed"): 1.0,
        ("good", "state"): 1.0,
        ("good", "calls"): 1.0,
        ("bad", "passed"): 0.0,
        ("bad", "state"): 0.5,
    }
    assert smith.keys == {"smith-key"}


def test_a_key_is_what_switches_langsmith_on(
    evals: Callable[..., tuple[int, str, str]], smith: FakeLangSmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGSMITH_API_KEY", raising=False)
    # LangChain itself would trace on this word alone, key or no key.
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", smith.url)
    assert evals("--only", "booking_rex")[0] == 0
    assert smith.requests == []

    monkeypatch.setenv("LANGSMITH_API_KEY", "smith-key")
    code, out, _ = evals("--only", "booking_rex")
    assert code == 0
    assert f"Recorded in LangSmith as {smith.sessions[0]['name']}." in out
    assert {"booking_rex", "ChatOpenAI", "book_appointment"} <= {run.get("name") for run in smith.runs}

    smith.clear()
    monkeypatch.setenv("LANGSMITH_TRACING", "false")
    assert evals("--only", "booking_rex")[0] == 0
    assert smith.requests == []


def test_an_unreachable_langsmith_is_one_sentence(servers: Servers) -> None:
    with FakeLangSmith() as gone:
        settings = traced(servers.settings, gone)
    with pytest.raises(langsmith.NotRecorded, match=r"^LangSmith did not take the experiment"):
        langsmith.record(settings, [outcome("good")], live=False)


async def test_a_turn_is_traced(servers: Servers, fakes: Fakes, smith: FakeLangSmith) -> None:
    traced_servers = Servers(traced(servers.settings, smith), servers.template)
    assert (await play(changed("booking_rex", lambda _: None), traced_servers, fakes)).passed
    names = {run.get("name") for run in smith.runs}
    assert {"client", "agent", "ChatOpenAI", "book_appointment"} <= names
    assert {run["session_name"] for run in smith.runs if run.get("session_name")} == {"patas-test"}


def test_the_table_counts_what_was_checked() -> None:
    bad = outcome("bad", Check("state", "the end", True), Check("replies", "step 1", False, "to 551: []"))
    lines = report.as_text([bad]).splitlines()
    assert lines[1].split() == ["FAIL", "bad", "1/1", "–", "0/1", "–", "500", "ms"]
    assert "  step 1, replies: to 551: []" in lines
    assert ElementTree.fromstring(report.as_junit([outcome("odd", Check("state", "x", False, "\x00\x1b<&"))])) is not None
