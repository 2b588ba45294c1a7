"""Which model a shop's agent is answered by, and how that is asked: from what the shop wrote and the table of models."""

from dataclasses import dataclass

from service.turns.briefing import AiConfig
from service.turns.models import DEFAULT_MODEL, EFFORTS, Api, Effort, Model, find
from service.turns.turn import AiType

DEFAULT_MODELS: dict[AiType, str] = {"client": DEFAULT_MODEL, "aurora": DEFAULT_MODEL}

# Where a shop asks for none: what the evals were measured with (docs/decisions/0018).
DEFAULT_EFFORTS: dict[AiType, Effort] = {"client": "none", "aurora": "none"}

DEFAULT_TEMPERATURE = 0.7


@dataclass(frozen=True, slots=True)
class Choice:
    """A model and what it is asked with; what is None is not sent."""

    model: str
    api: Api = "chat"
    temperature: float | None = None
    effort: Effort | None = None

    @property
    def reasons(self) -> bool:
        """Tell whether it thinks before it answers."""
        return self.effort not in (None, "none")


def named(ai_config: AiConfig, ai_type: AiType) -> str:
    """Return the model that a shop's agent is to be answered by. Aurora never answers by the customers' `model`, only by her own."""
    own = ai_config.aurora_model if ai_type == "aurora" else ai_config.client_model or ai_config.model
    return own or DEFAULT_MODELS[ai_type]


def choice(ai_config: AiConfig, ai_type: AiType, *, model: str | None = None) -> Choice:
    """Return how a shop's agent is asked; with `model`, how that one is, which answers in the place of the shop's.

    Interface and effort are as the shop wants them where the model can, else what is nearest: functions come first. A model that is not
    known is taken at the shop's word, and as plain chat completions where it only stands in.
    """
    name = model or named(ai_config, ai_type)
    own = ai_config.aurora_temperature if ai_type == "aurora" else ai_config.client_temperature
    wished = ai_config.temperature if own is None else own
    temperature = DEFAULT_TEMPERATURE if wished is None else wished
    effort = (ai_config.aurora_reasoning_effort if ai_type == "aurora" else ai_config.client_reasoning_effort) or ai_config.reasoning_effort
    api = None if ai_config.api == "auto" else ai_config.api
    known = find(name)
    if known is None:
        given = Choice(name, api or "chat", temperature, effort) if name == named(ai_config, ai_type) else Choice(name, "chat", temperature)
        return given if not given.reasons else Choice(name, given.api, None, effort)
    effort = _nearest(effort or DEFAULT_EFFORTS[ai_type], known)
    if api == "chat" and not known.reasons_in_chat:
        effort = "none"
    reasons = effort not in (None, "none")
    right: Api = "responses" if reasons and not known.reasons_in_chat else "chat"
    return Choice(name, api or right, temperature if known.temperature and not reasons else None, effort)


def _nearest(effort: Effort, model: Model) -> Effort | None:
    """Return the effort that a model has in the place of the one asked for: the next that is more, or else its most."""
    if not model.efforts:
        return None
    return next((has for has in model.efforts if EFFORTS.index(has) >= EFFORTS.index(effort)), model.efforts[-1])
