"""The ways to and from WhatsApp: one protocol (`base`), one file per provider, one HTTP client."""

import httpx

from service.messaging.channels.base import Abilities, Channel, ChannelName
from service.messaging.channels.cloud_api import CloudApi
from service.messaging.channels.evolution import Evolution
from service.messaging.channels.http import build_http
from service.messaging.channels.simulator import Simulator
from service.platform.settings import Settings

__all__ = ["CHANNELS", "abilities", "build_channels", "build_http"]

CHANNELS: dict[ChannelName, type[Channel]] = {"cloud_api": CloudApi, "evolution": Evolution, "simulator": Simulator}


def abilities(name: ChannelName) -> Abilities:
    """Return what a channel can do."""
    return CHANNELS[name].abilities


def build_channels(settings: Settings, http: httpx.AsyncClient) -> dict[ChannelName, Channel]:
    """Build every channel by name, over one client."""
    return {name: channel(settings, http) for name, channel in CHANNELS.items()}
