"""Answers without words: the reply buttons under a question, and a 👍 on it. Both name the very question that they answer."""

from typing import Final, Literal
from uuid import UUID

from service.messaging.channels.base import Button

Answer = Literal["yes", "no"]

_TITLES: Final[dict[Answer, str]] = {"yes": "Sim", "no": "Não"}
# Tones of skin, and the mark that asks for a picture: the same hand.
_SHADES: Final = dict.fromkeys([*range(0x1F3FB, 0x1F400), 0xFE0E, 0xFE0F])


def buttons(proposal_id: UUID) -> tuple[Button, ...]:
    """Return the buttons under the question of a proposal."""
    return tuple(Button(f"{answer}:{proposal_id}", title) for answer, title in _TITLES.items())


def pressed(button_id: str) -> tuple[Answer, UUID] | None:
    """Return which answer to which proposal a button gives; None where it is none of ours."""
    said, _, proposal_id = button_id.partition(":")
    for answer in _TITLES:
        if said == answer:
            try:
                return answer, UUID(proposal_id)
            except ValueError:
                return None
    return None


def is_thumb_up(emoji: str) -> bool:
    """Return whether a reaction is 👍, of whatever skin; no other says yes."""
    return emoji.strip().translate(_SHADES) == "👍"
