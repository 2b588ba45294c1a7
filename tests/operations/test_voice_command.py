"""`patas voice install`, with a stand-in for uv, which would change what the tests run on."""

from pathlib import Path

import pytest

from service.messaging.voice import choice, offline
from service.operations import voice
from service.platform.errors import Misconfigured
from service.platform.settings import Settings
from tests.kit.command import patas


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a checkout with a uv that writes down how it is called, and ends as the file `code` says."""
    root, programs = tmp_path / "patas", tmp_path / "bin"
    (root / ".venv").mkdir(parents=True)
    (root / "uv.lock").touch()
    programs.mkdir()
    (programs / "uv").write_text('#!/bin/sh\necho "$(pwd) $*" > called\nexit $(cat code 2>/dev/null || echo 0)\n')
    (programs / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr(voice, "put_together", lambda settings: root)
    return root


def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    is_there = choice.is_installed
    monkeypatch.setattr(choice, "find_spec", lambda name: object())
    is_there.cache_clear()


@pytest.mark.parametrize(
    ("setting", "said"),
    [("auto", "transcribed on this machine"), ("offline", "transcribed on this machine"), ("off", "PATAS_VOICE is off")],
)
def test_it_installs_what_is_locked_and_remembers(
    settings: Settings, checkout: Path, monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    installed(monkeypatch)
    assert said in voice.install(settings.model_copy(update={"voice": setting, "openai_api_key": None}), checkout)
    assert (checkout / "called").read_text() == f"{checkout} sync --quiet --locked --extra voice\n"
    assert (checkout / ".venv" / ".voice").exists(), "so that make keeps it"
    choice.is_installed.cache_clear()


def test_what_uv_can_not_do_is_said(settings: Settings, checkout: Path) -> None:
    (checkout / "code").write_text("2")
    with pytest.raises(Misconfigured, match="what uv says stands above"):
        voice.install(settings, checkout)
    assert not (checkout / ".venv" / ".voice").exists()


def test_without_a_checkout_it_says_so(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="is none, or uv is not there"):
        voice.install(settings, tmp_path)


def test_weights_that_are_not_what_they_should_be_are_refused(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package, name in offline.HALVES:
        data = tmp_path / package / "data"
        data.mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
        for file in (name, *offline.BESIDE):
            (data / file).write_bytes(b"something else")
    monkeypatch.setattr(offline, "files", lambda package: tmp_path / package)
    with pytest.raises(Misconfigured, match="not what they should be"):
        offline.put_together(settings)
    assert not (offline.folder(settings) / "model.bin").exists()


def test_without_the_packages_it_says_what_to_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "HALVES", (("no_such_package", "model.bin.part1"),))
    with pytest.raises(Misconfigured, match="patas voice install"):
        offline.put_together(settings)


def test_the_command_is_there(tmp_path: Path) -> None:
    assert "offline" in patas(tmp_path, "voice", "install", "--help").stdout
