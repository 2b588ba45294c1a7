"""What is noted of a message's file as it comes in: whether it is fetched, and whether it is heard."""

from functools import lru_cache
from uuid import uuid4

from service.messaging.channels import files as kinds
from service.messaging.channels.base import Inbound
from service.messaging.media.fetching import sealed_name
from service.messaging.media.vault import Vault
from service.messaging.queries.media import NewFile
from service.messaging.voice.choice import chosen
from service.platform.errors import Misconfigured
from service.platform.secrets import media_secret
from service.platform.settings import Settings

# Seconds of a column that holds whole numbers; what plays for longer than a day is told wrongly.
LONGEST_TOLD = 86_400


def noted(message: Inbound, settings: Settings, *, fresh: bool) -> NewFile | None:
    """Return the file of a message as it is noted; None where there is none, or none that is fetched: of a group, or long ago.

    A voice note is heard unless its words came along.
    """
    told = message.attachment
    if told is None or message.message_type not in kinds.KINDS or not (fresh and message.answerable):
        return None
    media_id = uuid4()
    small = told.content is not None and len(told.content) <= kinds.LARGEST[message.message_type]
    return NewFile(
        file_id=media_id,
        kind=message.message_type,
        mime=kinds.mime_of(told.mime)[:100].replace("\0", ""),
        seconds=told.seconds if told.seconds is not None and 0 <= told.seconds <= LONGEST_TOLD else None,
        inline=_sealed(told.content, sealed_name(media_id), settings) if told.content and small else None,
        is_heard=message.message_type == "audio" and not message.text.strip() and chosen(settings) is not None,
    )


def _sealed(content: bytes, name: str, settings: Settings) -> bytes | None:
    """Seal what came along; None where there is no key to be had: then it is asked for again, and whoever fetches it says so."""
    try:
        return _vault(media_secret(settings)).sealed(content, name)
    except Misconfigured:
        return None


@lru_cache
def _vault(secret: str) -> Vault:
    return Vault(lambda: secret)
