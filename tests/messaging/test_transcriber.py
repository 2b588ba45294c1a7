"""What an OpenAI-compatible transcriber is asked, what its answers mean, and who transcribes at all."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from service.messaging.channels.http import build_http
from service.messaging.voice import choice
from service.messaging.voice.online import Online
from service.messaging.voice.transcriber import SURE, UNDERSTOOD, Heard, Inaudible
from service.platform.errors import ModelFailed
from service.platform.settings import Settings
from tests.kit.fakes.server import Fault
from tests.kit.fakes.transcriber import FakeTranscriber

NOTE = b"OggS note"
NAMES = ["Pandora", "Banho e tosa"]


@pytest.fixture
def server() -> Iterator[FakeTranscriber]:
    with FakeTranscriber() as fake:
        yield fake


@pytest.fixture
async def http(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with build_http(settings) as client:
        yield client


def online(settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient, **changes: Any) -> Online:
    return Online(settings.model_copy(update={"voice_base_url": server.base_url, **changes}), http)


@pytest.mark.parametrize(
    ("model", "asked"),
    [
        ("gpt-transcribe", {"languages[]": ["pt"], "keywords[]": NAMES, "response_format": ["json"]}),
        ("gpt-4o-mini-transcribe", {"language": ["pt"], "include[]": ["logprobs"], "response_format": ["json"]}),
        ("whisper-1", {"language": ["pt"], "response_format": ["verbose_json"], "temperature": ["0"]}),
        ("some-server/whisper-large", {"language": ["pt"], "response_format": ["verbose_json"], "temperature": ["0"]}),
    ],
)
async def test_each_model_is_asked_as_it_wants(
    settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient, model: str, asked: dict[str, list[str]]
) -> None:
    server.hears(NOTE, "oi", 0.9)
    heard = await online(settings, server, http, voice_model=model).hear(NOTE, "audio/ogg", NAMES)
    assert (heard.text, round(heard.confidence or 0, 3)) == ("oi", 0.9)
    prompt = "Mensagem de voz para um pet shop. Pandora, Banho e tosa."
    assert server.forms == [{"model": [model], "prompt": [prompt], **asked}]


async def test_without_names_nothing_is_hinted(settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient) -> None:
    await online(settings, server, http).hear(NOTE, "audio/mpeg", [])
    assert server.forms == [{"model": ["gpt-transcribe"], "languages[]": ["pt"], "response_format": ["json"]}]
    assert server.files == [("note.mp3", "audio/mpeg")]


async def test_the_models_key_goes_to_the_models_server_alone(settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient) -> None:
    keys = {"openai_api_key": SecretStr("model-key"), "voice_api_key": None}
    await online(settings, server, http, **keys).hear(NOTE, "audio/ogg", [])
    await online(settings, server, http, **keys, voice_base_url=None, openai_base_url=server.base_url).hear(NOTE, "audio/ogg", [])
    await online(settings, server, http, **{**keys, "voice_api_key": SecretStr("own")}).hear(NOTE, "audio/ogg", [])
    assert [request.headers.get("Authorization") for request in server.requests] == [None, "Bearer model-key", "Bearer own"]


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        ({"text": "oi"}, Heard("oi", None)),
        ({"text": " oi ", "logprobs": []}, Heard("oi", None)),
        ({"text": "oi", "logprobs": [{"logprob": 0.0}, {"logprob": "x"}, {"logprob": 3}]}, Heard("oi", 1.0)),
        ({"text": "oi", "segments": [{"avg_logprob": 0, "start": 0, "end": 2}, "x", {"avg_logprob": None}]}, Heard("oi", 1.0)),
        ({"text": "oi", "logprobs": {"a": 1}, "segments": "x"}, Heard("oi", None)),
        ({"text": ""}, Heard("", None)),
    ],
    ids=["nothing of sureness", "no tokens", "odd tokens", "odd segments", "odd shapes", "nothing heard"],
)
async def test_what_an_answer_says(
    settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient, answer: dict[str, Any], heard: Heard
) -> None:
    server.fail_next(Fault(status=200, body=answer))
    assert await online(settings, server, http).hear(NOTE, "audio/ogg", []) == heard


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", "null", '{"text": 3}', "[" * 100_000], ids=["empty", "html", "list", "null", "number", "deep"]
)
async def test_what_is_no_transcript(settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient, body: str) -> None:
    server.fail_next(Fault(status=200, body=body, headers={"Content-Type": "application/json"}))
    with pytest.raises(ModelFailed, match="no transcript"):
        await online(settings, server, http).hear(NOTE, "audio/ogg", [])


@pytest.mark.parametrize("status", [400, 413, 415, 401, 404, 429, 500])
async def test_what_a_refusal_means(settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient, status: int) -> None:
    final = status in (400, 413, 415)
    server.fail_next(Fault(status=status, body=json.dumps({"error": {"message": "the customer's words"}}), headers={"Retry-After": "900"}))
    with pytest.raises(ModelFailed) as raised:
        await online(settings, server, http).hear(NOTE, "audio/ogg", [])
    assert isinstance(raised.value, Inaudible) is final
    assert "words" not in str(raised.value)
    assert raised.value.retry_after == (0.0 if final else 60.0)


async def test_a_sound_that_no_server_takes_is_not_sent(settings: Settings, server: FakeTranscriber, http: httpx.AsyncClient) -> None:
    with pytest.raises(Inaudible):
        await online(settings, server, http).hear(NOTE, "audio/amr", [])
    assert server.requests == []


@pytest.mark.parametrize(
    ("heard", "understood"),
    [
        (Heard("oi", None), True), (Heard("oi", UNDERSTOOD), True), (Heard("oi", UNDERSTOOD - 0.01), False), (Heard(" ", 1.0), False),
        (Heard("", None), False),
    ],
)  # fmt: skip
def test_what_is_understood(heard: Heard, understood: bool) -> None:
    assert heard.is_understood is understood
    assert UNDERSTOOD < SURE


KEY = SecretStr("key")
OPENAI, OTHER = "https://api.openai.com/v1", "http://127.0.0.1:8080/v1"


@pytest.mark.parametrize(
    ("changes", "installed", "who"),
    [
        ({}, False, None),
        ({}, True, "offline"),
        ({"openai_api_key": KEY}, True, "online"),
        ({"openai_api_key": KEY, "openai_base_url": OTHER}, True, "offline"),
        ({"openai_api_key": KEY, "openai_base_url": OTHER}, False, None),
        ({"voice_base_url": OTHER}, True, "online"),
        ({"voice": "offline", "openai_api_key": KEY}, True, "offline"),
        ({"voice": "offline", "openai_api_key": KEY}, False, None),
        ({"voice": "online", "openai_api_key": KEY, "openai_base_url": OTHER}, False, "online"),
        ({"voice": "online"}, True, None),
        ({"voice": "off", "openai_api_key": KEY}, True, None),
    ],
    ids=str,
)
def test_who_transcribes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], installed: bool, who: str | None
) -> None:
    monkeypatch.setattr(choice, "is_installed", lambda: installed)
    fresh = {"voice": "auto", "openai_api_key": None, "openai_base_url": OPENAI, "voice_base_url": None, "voice_api_key": None}
    assert choice.chosen(settings.model_copy(update=fresh | changes)) == who
