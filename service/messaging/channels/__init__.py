"""The ways to and from WhatsApp: one protocol (`base`), one file per provider, one HTTP client."""

import httpx

from service.messaging.channels.base import Channel, ChannelName
from service.messaging.channels.cloud_api import CloudApi
from service.messaging.channels.evolution import Evolution
from service.messaging.channels.http import build_http
from service.messaging.channels.simulator import Simulator
from service.platform.settings import Settings

__all__ = ["build_channels", "build_http"]


def build_channels(settings: Settings, http: httpx.AsyncClient) -> dict[ChannelName, Channel]:
    """Every channel by name, over one client."""
    return {"cloud_api": CloudApi(settings, http), "evolution": Evolution(http), "simulator": Simulator()}
