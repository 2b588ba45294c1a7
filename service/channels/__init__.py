"""The ways to and from WhatsApp: one protocol (`base`), one file per provider, one HTTP client."""

import httpx

from service.channels.base import Channel, ChannelName
from service.channels.cloud_api import CloudApi
from service.channels.evolution import Evolution
from service.channels.http import build_http
from service.channels.simulator import Simulator
from service.settings import Settings

__all__ = ["build_channels", "build_http"]


def build_channels(settings: Settings, http: httpx.AsyncClient) -> dict[ChannelName, Channel]:
    """Every channel by name, over one client."""
    return {"cloud_api": CloudApi(settings, http), "evolution": Evolution(http), "simulator": Simulator()}
