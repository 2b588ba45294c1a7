"""Building the transcriber that the settings name."""

import httpx

from service.messaging.voice.choice import chosen
from service.messaging.voice.transcriber import Transcriber
from service.platform.settings import Settings


def build_transcriber(settings: Settings, http: httpx.AsyncClient) -> Transcriber | None:
    """Return who hears voice notes; None where nobody does."""
    match chosen(settings):
        case "online":
            from service.messaging.voice.online import Online

            return Online(settings, http)
        case "offline":
            from service.messaging.voice.offline import Offline

            return Offline(settings)
        case None:
            return None
