"""What a transcriber is: it hears a voice note and says how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from service.platform.errors import ModelFailed

# Seconds of a note that is heard: what is longer is for a person, and would cost minutes of a processor.
LONGEST_NOTE: Final = 300.0
# From which confidence on what was heard is read at all, and from which on a "sim" is taken for one (docs/voice.md has the measurements).
UNDERSTOOD: Final = 0.65
SURE: Final = 0.80


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard, and how surely, from 0 to 1; None where the transcriber does not say."""

    text: str
    confidence: float | None

    @property
    def is_understood(self) -> bool:
        """Tell whether it is read; what a transcriber says without saying how surely is."""
        return bool(self.text.strip()) and (self.confidence is None or self.confidence >= UNDERSTOOD)


class Inaudible(ModelFailed):
    """A note that no other try will make out: it is no sound, too long, or refused; `code` says which."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class Transcriber(Protocol):
    """Hears voice notes. `at_once` is how many at a time in one process."""

    at_once: int

    async def hear(self, audio: bytes, mime: str, names: Sequence[str]) -> Heard:
        """Return what is said in a note; `names` are the shop's own words. Raises ModelFailed, and Inaudible where trying again is idle."""
        ...

    async def prepare(self) -> None:
        """Get ready, so that the first note waits no longer than the others."""
        ...
