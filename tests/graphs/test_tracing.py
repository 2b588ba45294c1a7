"""Who decides on traces: our settings, not LangChain's own look at the environment."""

import pytest
from langchain_core.tracers import LangChainTracer
from langsmith import utils
from pydantic import SecretStr

from graphs.tracing import build_callbacks
from service.platform.settings import Settings


def test_without_a_key_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.delenv("LANGSMITH_API_KEY", raising=False)
    utils.get_env_var.cache_clear()  # type: ignore[attr-defined]
    assert build_callbacks(Settings()) == []
    assert not utils.tracing_is_enabled()
    utils.get_env_var.cache_clear()  # type: ignore[attr-defined]


def test_with_a_key_our_tracer_is_the_one() -> None:
    (tracer,) = build_callbacks(Settings(langsmith_tracing=True, langsmith_api_key=SecretStr("key")))
    assert isinstance(tracer, LangChainTracer)
    assert utils.tracing_is_enabled()
    build_callbacks(Settings(langsmith_tracing=False))
