"""`patas doctor`: what it shows, what it keeps to itself, whom it asks, and what it says about each shop."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from service.operations.doctor import examine
from service.operations.model_check import ending
from service.platform.settings import Settings
from service.turns.briefing import AiConfig
from tests.kit.command import patas
from tests.kit.fakes.openai import FakeOpenAI, call, text
from tests.kit.fakes.server import Fault
from tests.kit.running import free_port

SECRETS = {
    "OPENAI_API_KEY": "hush-1-key",
    "WHATSAPP_APP_SECRET": "hush-2-key",
    "PATAS_API_TOKEN": "hush-3-key",
    "SUPABASE_SERVICE_ROLE_KEY": "hush-4-key",
    "PATAS_FALLBACK_MODEL": "other",
    "PATAS_FALLBACK_BASE_URL": "https://someone:hush-5-key@models.example/v1",
    "PATAS_OPERATOR_WEBHOOK_URL": "https://hooks.slack.com/services/T0/B0/hush-6-key",
}


@pytest.fixture
def openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
def given(settings: Settings) -> dict[str, str]:
    return {"DATABASE_URL": settings.database_url or "", "REDIS_URL": settings.redis_url or ""}


def password(settings: Settings) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(settings.database_url or "")["password"])


def test_all_settings_are_shown_and_the_secrets_masked(settings: Settings, given: dict[str, str], tmp_path: Any) -> None:
    shown = patas(tmp_path, "doctor", "--json", PORT="8123", **given, **SECRETS)
    assert shown.returncode == 0, shown.stderr
    report = json.loads(shown.stdout)
    assert {*report} == {*Settings.model_fields, "dependencies", "shops"}
    assert report["port"] == 8123
    assert report["openai_api_key"] == report["whatsapp_app_secret"] == report["api_token"] == "***"
    assert report["langsmith_api_key"] is None
    assert report["database_url"] == (settings.database_url or "").replace(password(settings), "***")
    assert report["fallback_base_url"] == "https://someone:***@models.example/v1"
    found = report["dependencies"]
    assert (found["postgres"]["state"], found["redis"]["state"]) == ("ok", "ok")
    assert found["whatsapp"] == {"state": "missing", "missing": ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_VERIFY_TOKEN"]}
    assert found["langsmith"]["state"] == "unset"
    people = patas(tmp_path, "doctor", **given, **SECRETS)
    for said in (shown.stdout, people.stdout):
        assert "hush" not in said
        assert password(settings) not in said


def test_reveal_shows_the_two_addresses_whole_and_nothing_else(settings: Settings, given: dict[str, str], tmp_path: Any) -> None:
    masked = json.loads(patas(tmp_path, "doctor", "--json", **given, **SECRETS).stdout)
    whole = json.loads(patas(tmp_path, "doctor", "--json", "--reveal", **given, **SECRETS).stdout)
    assert (whole["database_url"], whole["redis_url"]) == (settings.database_url, settings.redis_url)
    assert {name for name in whole if whole[name] != masked[name]} == {"database_url", "redis_url"}
    refused = patas(tmp_path, "doctor", "--reveal", **given)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--json" in refused.stderr


def test_an_error_of_a_driver_repeats_no_password(tmp_path: Any) -> None:
    given = {"DATABASE_URL": "postgresql://u:hush-hush@127.0.0.1:1/x", "REDIS_URL": "redis://:hush-hush@127.0.0.1:1/0"}
    for arguments in (["doctor"], ["doctor", "--json"]):
        shown = patas(tmp_path, *arguments, **given)
        assert shown.returncode == 1
        assert shown.stdout.count("unreachable") == 2
        assert "hush" not in shown.stdout + shown.stderr


@pytest.mark.parametrize(
    ("variable", "address"),
    [
        ("DATABASE_URL", "postgresql://u:x@hush@localhost:5999/x"),
        ("DATABASE_URL", "password=x\\ hush host=127.0.0.1 port=1"),
        ("DATABASE_URL", "host=127.0.0.1 port=1 sslpassword='x hush' password='x\\'hush'"),
        ("REDIS_URL", "redis://hush@127.0.0.1:1"),
        ("REDIS_URL", "redis://127.0.0.1:1/hush"),
        ("REDIS_URL", "redis://127.0.0.1:1/0?password=hush"),
    ],
)
def test_a_secret_at_an_odd_place_is_not_shown(variable: str, address: str, tmp_path: Any) -> None:
    given = {"DATABASE_URL": "postgresql://127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1/0", variable: address}
    for arguments in (["doctor"], ["doctor", "--json"], ["migrate"]):
        shown = patas(tmp_path, *arguments, **given)
        assert shown.returncode in (1, 2)
        assert "hush" not in shown.stdout + shown.stderr


def test_a_stopped_installation_is_no_failure_and_nothing_is_started(tmp_path: Any) -> None:
    stopped = patas(tmp_path, "doctor", "--json")
    assert stopped.returncode == 0
    report = json.loads(stopped.stdout)
    assert (report["database_url"], report["redis_url"], report["shops"]) == (None, None, [])
    assert report["dependencies"]["postgres"]["state"] == report["dependencies"]["redis"]["state"] == "stopped"
    assert not (tmp_path / "data").exists()


def with_model(settings: Settings, **more: Any) -> Settings:
    return Settings.model_validate({**settings.model_dump(), "openai_api_key": "hush-1-key", **more})


def test_without_ask_nobody_is_asked_and_it_says_so(settings: Settings, openai: FakeOpenAI) -> None:
    report = examine(with_model(settings, openai_base_url=openai.base_url))
    assert report.dependencies["model"]["state"] == "set"
    assert "--ask" in str(report.dependencies["model"]["hint"])
    assert openai.requests == []
    assert examine(settings).dependencies["model"]["state"] == "missing"
    assert examine(with_model(settings, offline_model=True), asking=True).dependencies["model"]["state"] == "offline"


def test_ask_makes_one_call_with_the_shops_model_and_says_what_came(settings: Settings, openai: FakeOpenAI) -> None:
    openai.script([text("ok")])
    report = examine(with_model(settings, openai_base_url=openai.base_url), asking=True)
    assert (report.dependencies["model"]["state"], report.dependencies["model"]["answer"]) == ("ok", "ok")
    assert report.healthy()
    (request,) = openai.requests
    assert (request.json["model"], request.json["reasoning_effort"]) == ("gpt-6-luna", "none")
    assert request.headers["Authorization"] == "Bearer hush-1-key"
    openai.assert_finished()


def configure(settings: Settings, ai_config: str) -> None:
    with psycopg.connect(settings.database_url or "") as conn:
        conn.execute("update organization_settings set ai_config = %s", (ai_config,))


@pytest.mark.parametrize(
    ("ai_config", "path", "model"),
    [
        ('{"model": "gpt-6-luna", "reasoning_effort": "low"}', "/v1/responses", "gpt-6-luna"),
        ('{"api": "responses"}', "/v1/responses", "gpt-6-luna"),
        ('{"client_model": "gpt-4.1-nano"}', "/v1/chat/completions", "gpt-6-luna"),
        ('{"model": "llama-3"}', "/v1/chat/completions", "llama-3"),
        ('"broken"', "/v1/chat/completions", "gpt-6-luna"),
    ],
)
def test_ask_asks_as_the_agents_do(settings: Settings, openai: FakeOpenAI, ai_config: str, path: str, model: str) -> None:
    configure(settings, ai_config)
    openai.script([text("ok")])
    found = examine(with_model(settings, openai_base_url=openai.base_url), asking=True).dependencies["model"]
    assert (found["state"], found["answer"], found["model"]) == ("ok", "ok", model)
    assert [(request.path, request.json["model"], bool(request.json["tools"])) for request in openai.requests] == [(path, model, True)]
    openai.assert_finished()


def test_a_call_of_the_function_is_an_answer_too(settings: Settings, openai: FakeOpenAI) -> None:
    for ai_config in ("{}", '{"reasoning_effort": "low"}'):
        configure(settings, ai_config)
        openai.script([call("nothing")])
        assert examine(with_model(settings, openai_base_url=openai.base_url), asking=True).dependencies["model"]["state"] == "ok"


def test_ask_says_that_the_model_is_not_there(settings: Settings, openai: FakeOpenAI) -> None:
    openai.gone.add("gpt-6-luna")
    found = examine(with_model(settings, openai_base_url=openai.base_url), asking=True).dependencies["model"]
    assert found["state"] == "refused"
    assert "model_not_found" in str(found["error"])


@pytest.mark.parametrize(
    ("today", "ai_config", "said"),
    [
        (date(2026, 10, 15), AiConfig(model="gpt-4o-mini", aurora_model="gpt-4o"), []),
        (date(2026, 10, 16), AiConfig(model="gpt-4o-mini", aurora_model="gpt-4o"), ["gpt-4o-mini, ends on 14", "gpt-4o, ends on 14"]),
        (date(2027, 1, 14), AiConfig(model="gpt-4o-mini"), ["gpt-4o-mini, has ended"]),
        (date(2027, 1, 14), AiConfig(model="gpt-4o", aurora_model="gpt-4o"), ["client agent and Aurora, gpt-4o, has ended"]),
        (date(2027, 1, 14), AiConfig(), []),
        (date(2027, 1, 14), AiConfig(model="llama-3"), []),
    ],
)
def test_models_that_end_within_ninety_days_are_told(today: date, ai_config: AiConfig, said: list[str]) -> None:
    sentences = list(ending(ai_config, today))
    assert len(sentences) == len(said)
    assert all(words in sentence for words, sentence in zip(said, sentences, strict=True))


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [
        (Fault(status=401, body='{"error": "wrong key hush-1-key"}'), "refused", "HTTP 401"),
        (Fault(status=503, body="overloaded"), "unreachable", "HTTP 503: overloaded"),
        (Fault(status=200, body="<html>a proxy</html>"), "refused", "no completion"),
        (Fault(delay=30), "unreachable", "no answer within 0.5 s"),
    ],
)
def test_ask_says_what_went_wrong(settings: Settings, openai: FakeOpenAI, fault: Fault, state: str, words: str) -> None:
    openai.respond(lambda _: fault)
    report = examine(with_model(settings, openai_base_url=openai.base_url, model_timeout=0.5 if fault.delay else 20.0), asking=True)
    model = report.dependencies["model"]
    assert (model["state"], report.healthy()) == (state, False)
    assert words in str(model["error"])
    assert "hush" not in report.as_text()


def test_ask_asks_the_fallback_too(settings: Settings, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("ok"))
    dead = f"http://127.0.0.1:{free_port()}/v1"
    report = examine(with_model(settings, openai_base_url=dead, fallback_model="other", fallback_base_url=openai.base_url), asking=True)
    assert (report.dependencies["model"]["state"], report.dependencies["fallback"]["state"]) == ("unreachable", "ok")
    assert [request.json["model"] for request in openai.requests] == ["other"]


def test_ask_without_a_shop_asks_for_the_list_of_models(settings: Settings, openai: FakeOpenAI) -> None:
    empty = {"database_url": "postgresql://127.0.0.1:1/x", "openai_base_url": openai.base_url}
    assert examine(with_model(settings, **empty), asking=True).dependencies["model"]["answer"] == "1 models"


# What is broken in the demo shop, and the words that the doctor finds for it.
BROKEN = {
    "update organizations set timezone = 'America/Sampa'": "organizations.timezone",
    "update organizations set state = 'XX'": "national holidays",
    "delete from organization_settings": "organization_settings",
    "update organization_settings set pause_hours = 'Infinity'": "organization_settings.pause_hours is over 8760",
    "update organization_settings set quiet_cap_seconds = 1e9": "organization_settings.quiet_cap_seconds is over 86400",
    "update aurora_owner_numbers set is_active = false": "aurora_owner_numbers",
    "update aurora_owner_numbers set phone = '98888-0001'": "with area code, and so nobody's: write it with +",
    "with o as (update organizations set country = 'PT') "
    "update aurora_owner_numbers set phone = '912 345 678'": "write it as +351912345678",
    "update services set is_active = false": "no active service",
    "update resources set is_active = false where kind = 'vet'": "“Consulta”",
    "delete from business_hours": "business_hours",
    """update organization_settings set ai_config = '{"model": "gpt-4.1-nano"}'""": "gpt-4.1-nano, has ended on 23 October 2026",
    "update whatsapp_instances set is_active = false": "no active WhatsApp instance",
    "insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret, access_token) "
    "select id, 'evolution', 'Evo', 'evo', 's', 't' from organizations": "“Evo” can't send: set the instance's api_url",
    "insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret, api_url) "
    "select id, 'evolution', 'Evo', 'evo', '', 'http://x' from organizations": "“Evo” can't receive",
}


@pytest.fixture
def connected(settings: Settings) -> Settings:
    """Provide the demo shop with everything that WhatsApp needs."""
    whole = {"whatsapp_app_secret": "a", "whatsapp_verify_token": "b", "whatsapp_access_token": "c"}
    return Settings.model_validate({**settings.model_dump(), **whole})


def test_a_shop_that_has_everything_lacks_nothing(connected: Settings) -> None:
    report = examine(connected)
    assert [(shop["name"], shop["missing"]) for shop in report.shops] == [("Pet Shop Patinhas", [])]
    assert "has all that it needs" in report.as_text()


@pytest.mark.parametrize(("statement", "words"), BROKEN.items())
def test_what_a_shop_lacks_is_said_with_how_to_mend_it(connected: Settings, statement: Any, words: str) -> None:
    with psycopg.connect(connected.database_url or "") as conn:
        conn.execute(statement)
    report = examine(connected)
    missing = report.shops[0]["missing"]
    assert any(words in sentence for sentence in missing), missing
    assert all(sentence in report.as_text() for sentence in missing)


def test_tokens_that_are_not_set_are_missed_at_the_number(settings: Settings) -> None:
    (shop,) = examine(settings).shops
    variables = ("WHATSAPP_ACCESS_TOKEN", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN")
    assert len(shop["missing"]) == 3
    assert all(variable in sentence for variable, sentence in zip(variables, shop["missing"], strict=True))
