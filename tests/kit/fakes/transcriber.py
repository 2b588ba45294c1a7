"""A fake of an OpenAI-compatible server's `/v1/audio/transcriptions`."""

import math
from typing import Any

from aiohttp import web

from tests.kit.fakes.server import FakeServer, Recorded, reset


class FakeTranscriber(FakeServer):
    """`base_url` is what PATAS_VOICE_BASE_URL takes. Notes are known by their bytes: `says` holds what is heard of each, and how surely.

    `forms` are the fields of the requests, each a list of what was given under a name.
    """

    def __init__(self, **server: Any) -> None:
        super().__init__(**server)
        self.says: dict[bytes, tuple[str, float | None]] = {}
        self.forms: list[dict[str, list[str]]] = []
        self.files: list[tuple[str, str]] = []

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def hears(self, note: bytes, said: str, sure: float | None = 0.95) -> bytes:
        """Let this be heard of a note; return the note."""
        self.says[note] = said, sure
        return note

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/v1/audio/transcriptions", self._transcribe)]

    async def _transcribe(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        self.requests.append(Recorded(request.path, dict(request.headers), None))
        self.forms.append({name: [str(value) for value in form.getall(name)] for name in form if name != "file"})
        self.files.append((file.filename, file.content_type))
        self.changed()
        fault = self.fault_for(None)
        met = await self.meet(request, fault)
        if met is not None:
            return met
        if fault.reset == "after":
            return reset(request)
        said, sure = self.says.get(file.file.read(), ("", 0.1))
        return web.json_response(_answer(said, sure, self.forms[-1]))


def _answer(said: str, sure: float | None, form: dict[str, list[str]]) -> dict[str, Any]:
    """Answer as the model does that was asked: with what it says of its own sureness, where it says anything."""
    if sure is None:
        return {"text": said, "languages": [{"code": "pt"}]}
    if form["response_format"] == ["verbose_json"]:
        segment = {"id": 0, "start": 0.0, "end": 3.0, "text": said, "avg_logprob": math.log(sure), "no_speech_prob": 0.01}
        return {"task": "transcribe", "language": "portuguese", "duration": 3.0, "text": said, "segments": [segment]}
    return {"text": said, "logprobs": [{"token": word, "bytes": [], "logprob": math.log(sure)} for word in said.split()]}
