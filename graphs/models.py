"""Chat models: OpenAI-compatible through langchain-openai, built once per model and temperature, on one shared HTTP client."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_openai import ChatOpenAI

from graphs.completions import Completions
from service.platform.errors import Misconfigured
from service.platform.settings import Settings
from service.turns.briefing import AiConfig
from service.turns.turn import AiType

DEFAULT_MODELS: dict[AiType, str] = {"client": "gpt-4o-mini", "aurora": "gpt-4o"}

DEFAULT_TEMPERATURE = 0.7

# US dollars per million tokens, prompt and completion; OpenAI's price list, November 2026.
PRICES: dict[str, tuple[Decimal, Decimal]] = {
    "gpt-4o-mini": (Decimal("0.15"), Decimal("0.60")),
    "gpt-4o": (Decimal("2.50"), Decimal("10.00")),
    "gpt-4.1": (Decimal("2.00"), Decimal("8.00")),
    "gpt-4.1-mini": (Decimal("0.40"), Decimal("1.60")),
    "gpt-4.1-nano": (Decimal("0.10"), Decimal("0.40")),
}


def cost_usd(model: str, prompt_tokens: int, completion_tokens: int) -> Decimal | None:
    """Return what a turn cost in US dollars; None for a model whose price is not known."""
    price = PRICES.get(model)
    return None if price is None else (price[0] * prompt_tokens + price[1] * completion_tokens) / 1_000_000


def choice(ai_config: AiConfig, ai_type: AiType) -> tuple[str, float]:
    """Return model name and temperature of a shop's agent. Aurora never answers by the customers' `model`, only by her own."""
    if ai_type == "aurora":
        model, temperature = ai_config.aurora_model, ai_config.aurora_temperature
    else:
        model, temperature = ai_config.client_model or ai_config.model, ai_config.client_temperature
    given = ai_config.temperature if temperature is None else temperature
    return model or DEFAULT_MODELS[ai_type], DEFAULT_TEMPERATURE if given is None else given


class Models:
    """Gives each turn its model. `close` ends the shared HTTP client."""

    def __init__(self, settings: Settings) -> None:
        self.offline = settings.offline_model
        self._settings = settings
        self._completions = Completions(settings)
        self._build = cache(self._new)

    def get(self, ai_config: AiConfig, ai_type: AiType) -> BaseChatModel:
        """Return the model of a shop's agent. Raises Misconfigured where neither a key nor the offline model is set."""
        return self._build(*choice(ai_config, ai_type))

    def answered_by(self, ai_config: AiConfig, ai_type: AiType, answers: Sequence[AIMessage]) -> str:
        """Return what `ai_interactions.model` records: the shop's model, or the fallback where that gave the last answer."""
        fallback = self._settings.fallback_model
        if fallback and answers and answers[-1].response_metadata.get("model_name") == fallback:
            return fallback
        return self.name(ai_config, ai_type)

    def name(self, ai_config: AiConfig, ai_type: AiType) -> str:
        """Return the name of the model that a shop's agent is to be answered by."""
        return "offline" if self.offline else choice(ai_config, ai_type)[0]

    def _new(self, model: str, temperature: float) -> BaseChatModel:
        if self.offline:
            from graphs.offline import OfflineChatModel

            return OfflineChatModel()
        if self._settings.openai_api_key is None:
            raise Misconfigured("OPENAI_API_KEY is not set: set it, or PATAS_OFFLINE_MODEL=1 to answer with the offline model.")
        return ChatOpenAI(
            model=model,
            temperature=temperature,
            max_tokens=self._settings.model_max_tokens,
            api_key=self._settings.openai_api_key,
            base_url=self._settings.openai_base_url,
            async_client=self._completions,
        )

    async def close(self) -> None:
        await self._completions.close()
