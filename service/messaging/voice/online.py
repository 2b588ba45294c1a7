"""Transcribing with an OpenAI-compatible server's `/audio/transcriptions`."""

import math
from collections.abc import Sequence
from typing import Any

import httpx
import structlog

from service.messaging.channels.payload import obj, objects, text
from service.messaging.voice.transcriber import Heard, Inaudible
from service.platform.errors import ModelFailed
from service.platform.settings import Settings

log = structlog.get_logger()

# What a file must be called for the server to know its type.
ENDINGS = {
    "audio/ogg": "ogg", "audio/opus": "ogg", "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/mp4": "m4a", "audio/m4a": "m4a",
    "audio/x-m4a": "m4a", "audio/aac": "m4a", "audio/wav": "wav", "audio/x-wav": "wav", "audio/webm": "webm", "audio/flac": "flac",
}  # fmt: skip
# Statuses that say of this very note that it can't be heard.
REFUSED = frozenset({400, 413, 415, 422})
LONGEST_WAIT = 60.0
MOST_TOKENS = 20_000


class Online:
    """One multipart POST a note, over the worker's own HTTP client."""

    at_once = 8

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        key = settings.voice_api_key or (None if settings.voice_base_url else settings.openai_api_key)
        self._url = f"{(settings.voice_base_url or settings.openai_base_url).rstrip('/')}/audio/transcriptions"
        self._headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
        self._model = settings.voice_model
        self._timeout = settings.model_timeout
        self._http = http

    async def prepare(self) -> None:
        """Do nothing: the server is ready."""

    async def hear(self, audio: bytes, mime: str, names: Sequence[str]) -> Heard:
        """Ask the server. Raises ModelFailed, and Inaudible where it refuses the note."""
        if (ending := ENDINGS.get(mime)) is None:
            raise Inaudible("No server takes this type of sound.", "bad_type")
        form = {"model": self._model, **_asked(self._model, names)}
        try:
            response = await self._http.post(
                self._url, data=form, files={"file": (f"note.{ending}", audio, mime)}, headers=self._headers, timeout=self._timeout
            )
        except httpx.HTTPError as error:
            raise ModelFailed(f"The transcriber could not be reached ({type(error).__name__}).") from error
        if response.status_code in REFUSED:
            raise Inaudible(f"The transcriber refused the note ({response.status_code}).", "refused")
        if not response.is_success:
            wait = response.headers.get("retry-after", "")
            seconds = min(float(wait), LONGEST_WAIT) if wait.isascii() and wait.isdigit() else 0.0
            raise ModelFailed(f"The transcriber answered {response.status_code}.", retry_after=seconds, limited=response.status_code == 429)
        return _read(response)


def _asked(model: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what a model takes beside the note: the language, the shop's words, and that it says how sure it is, where it can."""
    words = ", ".join(names)
    prompt = {"prompt": f"Mensagem de voz para um pet shop. {words}."} if words else {}
    if model.startswith("gpt-transcribe"):
        return {"response_format": "json", "languages[]": ["pt"], **prompt, **({"keywords[]": list(names)} if names else {})}
    if model.startswith("gpt-4o"):
        return {"response_format": "json", "language": "pt", "include[]": ["logprobs"], **prompt}
    return {"response_format": "verbose_json", "language": "pt", "temperature": "0", **prompt}


def _read(response: httpx.Response) -> Heard:
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        raise ModelFailed("The transcriber answered something that is no transcript.")
    return Heard(text(answer["text"]).strip(), _confidence(answer))


def _confidence(answer: dict[str, Any]) -> float | None:
    """Return how sure the server is: of its tokens, or of its segments by their length. None where it says nothing of it."""
    tokens = [(part.get("logprob"), 1.0) for part in objects(answer.get("logprobs"))[:MOST_TOKENS]]
    segments = [
        (part.get("avg_logprob"), max(_number(part.get("end")) - _number(part.get("start")), 0.1))
        for part in map(obj, objects(answer.get("segments"))[:MOST_TOKENS])
    ]
    told = [(_number(value), weight) for value, weight in tokens or segments if isinstance(value, int | float)]
    told = [(value, weight) for value, weight in told if math.isfinite(value) and value <= 0]
    if not told:
        return None
    return math.exp(sum(value * weight for value, weight in told) / sum(weight for _, weight in told))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) else 0.0
