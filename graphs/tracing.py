"""LangSmith traces, when the operator asked for them."""

from typing import Any

from langchain_core.tracers import LangChainTracer
from langsmith import Client, configure

from service.platform.settings import Settings


def build_callbacks(settings: Settings) -> list[Any]:
    """Return the callbacks of every run: LangSmith's tracer where tracing is on and a key is set, else none.

    LangChain also looks at the environment by itself, and without a key would send conversations all the same: here that is switched off.
    """
    wanted = bool(settings.langsmith_tracing and settings.langsmith_api_key)
    configure(enabled=wanted)
    if not wanted or settings.langsmith_api_key is None:
        return []
    client = Client(api_url=settings.langsmith_endpoint, api_key=settings.langsmith_api_key.get_secret_value())
    return [LangChainTracer(project_name=settings.langsmith_project, client=client)]
