"""Chat models: OpenAI-compatible through langchain-openai, built once for each way of asking, on one shared HTTP client.

A shop's model that has ended, or that its server does not have, is answered for by its successor in the same call; one whose server does
not answer by the fallback model, where one is set.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import structlog
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from graphs.completions import FILTERED, Connections, Endpoint, Filtered, ModelGone, ParameterRefused, Role, Unavailable
from graphs.prompting import as_shown, cache_key, plain, said, without_earlier_calls
from service.platform import clock
from service.platform.errors import Misconfigured, ModelFailed
from service.platform.settings import Settings
from service.platform.telemetry import MODEL_TOKENS
from service.turns.briefing import AiConfig
from service.turns.choice import Choice, choice, named
from service.turns.models import MODELS, Effort, Tokens, ended, find, succession, successor
from service.turns.turn import AiType

log = structlog.get_logger()

Tool = Mapping[str, Any]

# What a reasoning model may think, in tokens, beside the answer that it is asked for.
ROOM: Mapping[Effort, int] = {"minimal": 1024, "low": 4096, "medium": 8192, "high": 16_384, "xhigh": 32_768, "max": 65_536}

# Of an answer's `response_metadata`: the model that was asked, where, and the shop's, where that one answered in its place.
ANSWERED_BY, ENDPOINT, REPLACES = "model_name", "endpoint", "replaces"

# Why an answer ended. Whatever else a server says of it tells us nothing.
ENDS = frozenset({"stop", "tool_calls", "length", FILTERED})

# For so long a model that was not found is not asked for again while its successor answers.
GONE_SECONDS = 600.0

# So many ways of asking are kept ready: shops differ in model, temperature and effort.
READY = 256


class Models:
    """Gives each turn its answers. `close` ends the shared HTTP client."""

    def __init__(self, settings: Settings) -> None:
        self.offline = settings.offline_model
        self._settings = settings
        self._connections = Connections(settings)
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
        own_key = settings.fallback_api_key.get_secret_value() if settings.fallback_api_key else key
        self._endpoints = {
            "primary": Endpoint("primary", settings.openai_base_url, key, self._connections),
            "fallback": Endpoint("fallback", settings.fallback_base_url or settings.openai_base_url, own_key, self._connections),
        }
        self._built = lru_cache(READY)(self._new)
        # What this process has learned: models that were not found where their successor was, and models that take no temperature.
        self._gone: dict[str, float] = {}
        self._without_temperature: set[str] = set()

    async def ask(
        self,
        ai_config: AiConfig,
        ai_type: AiType,
        messages: Sequence[AnyMessage],
        *,
        tools: Sequence[Tool] = (),
        must_call: bool = False,
        organization_id: UUID | None = None,
    ) -> AIMessage:
        """Return the answer of a shop's agent, which may call `tools`, or must. `response_metadata` says who gave it.

        Raises ModelFailed, and Misconfigured where neither a key nor the offline model is set.
        """
        request = _Request(ai_type, messages, tools, must_call, organization_id)
        if self.offline:
            return await self._offline(request)
        if self._settings.openai_api_key is None:
            raise Misconfigured("OPENAI_API_KEY is not set: set it, or PATAS_OFFLINE_MODEL=1 to answer with the offline model.")
        try:
            return await self._succeeded(ai_config, request)
        except Unavailable as error:
            if (fallback := self._settings.fallback_model) is None:
                raise
            log.warning("[MODEL] Asking the fallback model", model=fallback, err=str(error))
            try:
                return await self._asked("fallback", choice(ai_config, ai_type, model=fallback), request)
            except ModelFailed as second:
                log.warning("[MODEL] The fallback model failed too", err=str(second))
                raise error from second

    def name(self, ai_config: AiConfig, ai_type: AiType) -> str:
        """Return the name of the model that a shop's agent is to be answered by."""
        return "offline" if self.offline else successor(named(ai_config, ai_type), clock.now().date())

    async def close(self) -> None:
        await self._connections.close()

    async def _succeeded(self, ai_config: AiConfig, request: "_Request") -> AIMessage:
        """Ask the shop's model, and those that follow it where it is gone: first the ones that are not known to be.

        An end that has come is the provider's: a server of one's own may still have the model, and is asked for it last.
        """
        wanted, today = named(ai_config, request.ai_type), clock.now().date()
        missing: dict[str, ModelGone] = {}
        for name in sorted(succession(wanted), key=lambda name: (ended(name, today), self._is_gone(name))):
            try:
                answer = await self._asked("primary", choice(ai_config, request.ai_type, model=name), request)
            except ModelGone as error:
                missing[name] = error
                continue
            self._gone.pop(name, None)
            for other in {*missing, wanted} - {name}:
                self._is_replaced(other, name)
            if name != wanted:
                answer.response_metadata[REPLACES] = wanted
            return answer
        raise next(iter(missing.values()))

    def _is_replaced(self, model: str, by: str) -> None:
        if not self._is_gone(model):
            self._gone[model] = time.monotonic() + GONE_SECONDS
            log.warning("[MODEL] Gone, its successor answers", model=model, successor=by)

    def _is_gone(self, name: str) -> bool:
        return self._gone.get(name, 0.0) > time.monotonic()

    async def _asked(self, role: Role, chosen: Choice, request: "_Request") -> AIMessage:
        """Ask one model. A temperature that it does not take after all is left out from then on."""
        if chosen.model in self._without_temperature:
            chosen = Choice(chosen.model, chosen.api, None, chosen.effort)
        try:
            answer = await self._invoked(role, chosen, request)
        except ParameterRefused as error:
            if error.parameter != "temperature" or chosen.temperature is None:
                raise
            log.warning("[MODEL] Takes no temperature", model=chosen.model)
            self._without_temperature.add(chosen.model)
            return await self._asked(role, chosen, request)
        _finished(answer, role, chosen)
        _counted(answer, chosen.model, request.ai_type)
        return answer

    async def _invoked(self, role: Role, chosen: Choice, request: "_Request") -> AIMessage:
        extra = request.functions()
        # What was thought can be read by the model that thought it alone.
        messages = [as_shown(m if _by(m, role, chosen) else plain(m)) for m in without_earlier_calls(request.messages)]
        if self._endpoints[role].is_openai and request.organization_id:
            extra["prompt_cache_key"] = cache_key(request.organization_id, request.ai_type)
        try:
            return _answer(await self._built(role, chosen).ainvoke(messages, **extra))
        except Filtered as error:
            log.warning("[MODEL] Request filtered", model=chosen.model, err=str(error))
            return AIMessage("", response_metadata={"finish_reason": FILTERED})

    async def _offline(self, request: "_Request") -> AIMessage:
        from graphs.offline import OfflineChatModel

        model = OfflineChatModel().bind_tools(request.tools) if request.tools else OfflineChatModel()
        return _answer(await model.ainvoke(list(request.messages)))

    def _new(self, role: Role, chosen: Choice) -> BaseChatModel:
        endpoint, longest = self._endpoints[role], self._settings.model_max_tokens
        if chosen.reasons and chosen.effort:
            longest += ROOM[chosen.effort]
        # Servers of one's own may know the older name only; ChatOpenAI sends the newer.
        older = chosen.api == "chat" and find(chosen.model) is None and not endpoint.is_openai
        length: dict[str, Any] = {"extra_body": {"max_tokens": longest}} if older else {"max_tokens": longest}
        if chosen.api == "responses":
            # Nothing is kept there: what the model thinks within a turn comes along, encrypted.
            length |= {"store": False} | ({"include": ["reasoning.encrypted_content"]} if chosen.reasons else {})
        return ChatOpenAI(
            model=chosen.model,
            temperature=chosen.temperature,
            reasoning_effort=chosen.effort,
            use_responses_api=chosen.api == "responses",
            disable_streaming=True,
            api_key=SecretStr("sent by the endpoint itself"),
            async_client=endpoint.chat,
            root_async_client=endpoint,
            **length,
        )


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked, whoever answers."""

    ai_type: AiType
    messages: Sequence[AnyMessage]
    tools: Sequence[Tool]
    must_call: bool
    organization_id: UUID | None

    def functions(self) -> dict[str, Any]:
        """Return what a request says of functions. `bind_tools` would go through all of them with every call."""
        return {"tools": self.tools, **({"tool_choice": "required"} if self.must_call else {})} if self.tools else {}


def tokens(answers: Sequence[AIMessage]) -> Tokens:
    """Return what answers took together."""
    used = [answer.usage_metadata for answer in answers if answer.usage_metadata]
    details = [usage.get("input_token_details") or {} for usage in used]
    return Tokens(
        prompt=sum(usage["input_tokens"] for usage in used),
        cached=sum(detail.get("cache_read") or 0 for detail in details),
        written=sum(detail.get("cache_creation") or 0 for detail in details),
        output=sum(usage["output_tokens"] for usage in used),
    )


def _by(message: AnyMessage, role: Role, chosen: Choice) -> bool:
    if chosen.api != "responses" or not isinstance(message, AIMessage):
        return False
    told = message.response_metadata
    return (told.get(ENDPOINT), told.get(ANSWERED_BY)) == (role, chosen.model)


def _answer(answer: object) -> AIMessage:
    if not isinstance(answer, AIMessage):
        raise ModelFailed("The model answered with something that is no message.")
    return answer


def _finished(answer: AIMessage, role: Role, chosen: Choice) -> None:
    """Keep of an answer what a turn needs: its words, where it is the last, and how it came about."""
    told = answer.response_metadata
    reason = told.get("finish_reason")
    if told.get("status") == "incomplete":
        reason = FILTERED if (told.get("incomplete_details") or {}).get("reason") == FILTERED else "length"
    ended_by = reason if isinstance(reason, str) and reason in ENDS else None
    answer.response_metadata = {ANSWERED_BY: chosen.model, ENDPOINT: role, "model_provider": "openai", "finish_reason": ended_by}
    # What the conversation tells messages apart by is ours, whatever a server calls its answers.
    answer.id = f"run-{uuid4()}"
    if not (answer.tool_calls or answer.invalid_tool_calls):
        answer.content = said(answer)


def _counted(answer: AIMessage, model: str, ai_type: AiType) -> None:
    took, label = tokens([answer]), model if model in MODELS else "other"
    counts = {"prompt": took.prompt, "cached": took.cached, "written": took.written, "output": took.output}
    for kind, count in counts.items():
        MODEL_TOKENS.labels(ai_type, label, kind).inc(count)
