"""The offline transcriber with its real weights. Run by `make voice`, not with the other tests: it needs `./patas voice install`."""

import asyncio
import io
import wave
from pathlib import Path

import pytest

from service.messaging.voice.offline import Offline, decoded, folder
from service.messaging.voice.transcriber import LONGEST_NOTE, Inaudible
from service.platform.settings import Settings

NOTES = Path(__file__).parent / "notes"


def silence(seconds: float, rate: int = 8000) -> bytes:
    """Return a sound of nothing."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(bytes(2 * int(seconds * rate)))
    return file.getvalue()


async def test_an_emergency_is_heard(settings: Settings) -> None:
    transcriber = Offline(settings)
    note = (NOTES / "poison_street.ogg").read_bytes()
    first, second = await asyncio.gather(*(transcriber.hear(note, "audio/ogg", ["Rex", "Banho"]) for _ in range(2)))
    assert first == second
    assert "comeu veneno de rato" in first.text.lower()
    assert first.is_understood
    assert (folder(settings) / "model.bin").exists()


async def test_silence_says_nothing(settings: Settings) -> None:
    assert not (await Offline(settings).hear(silence(3), "audio/wav", ["Rex"])).is_understood


@pytest.mark.parametrize(
    "sound",
    [b"", b"OggS", b"\0" * 5000, b"<html>not a sound</html>", (NOTES / "yes.ogg").read_bytes()[:200], silence(0)],
    ids=["nothing", "a beginning", "zeros", "a page", "half of one", "no length"],
)
def test_what_is_no_sound_is_said(sound: bytes) -> None:
    with pytest.raises(Inaudible) as raised:
        decoded(sound)
    assert raised.value.code == "no_sound"


def test_a_note_that_goes_on_is_not_heard_to_its_end() -> None:
    with pytest.raises(Inaudible) as raised:
        decoded(silence(LONGEST_NOTE + 2))
    assert raised.value.code == "too_long"
    assert len(decoded(silence(LONGEST_NOTE - 2))) == (LONGEST_NOTE - 2) * 16_000
