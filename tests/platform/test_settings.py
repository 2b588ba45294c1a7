"""`.env.example` says what the settings say."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices, ValidationError

from service.platform.settings import LONGEST_PAUSE, Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / ".env.example"


def documented() -> dict[str, tuple[str, str]]:
    """Variable to (description, default) in the example file."""
    found = re.findall(r"^# (.+)\n# ([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    return {variable: (description, default) for description, variable, default in found}


def variable(name: str) -> str:
    alias = Settings.model_fields[name].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else name.upper()


def test_the_example_lists_every_variable_once_and_no_other() -> None:
    listed = re.findall(r"^# ?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(variable(name) for name in Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_has_the_description_and_the_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    description, default = documented()[variable(name)]
    assert description == Settings.model_fields[name].description
    monkeypatch.delenv(variable(name), raising=False)
    without = getattr(Settings(_env_file=None), name)
    if default:
        monkeypatch.setenv(variable(name), default)
        assert getattr(Settings(_env_file=None), name) == without
    else:
        assert without is None


def test_the_file_as_it_stands_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)


@pytest.mark.parametrize(("name", "value"), [("PORT", "abc"), ("PORT", "0"), ("PATAS_WORKER_THREADS", "0"), ("PATAS_SWEEP_INTERVAL", "-1")])
def test_a_value_that_makes_no_sense_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=f"(?i){name}"):
        Settings(_env_file=None)


@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "1e300", "1000000000000"])
@pytest.mark.parametrize("name", [name for name, field in Settings.model_fields.items() if field.annotation in (int, float)])
def test_every_number_has_an_end(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(ValidationError, match=f"(?i){variable(name)}"):
        Settings(_env_file=None)


def test_a_pause_may_last_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATAS_PAUSE_HOURS", str(LONGEST_PAUSE))
    assert Settings(_env_file=None).pause_hours == 8760


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:se@gr3do@localhost:5999/x"),
        ("DATABASE_URL", "postgresql://u:se/gr3do@localhost:5999/x"),
        ("DATABASE_URL", "postgresql://u:12/gr3do@localhost:5999/x"),
        ("DATABASE_URL", "password=seg r3do host=localhost"),
        ("REDIS_URL", "redis://localhost/gr3do"),
        ("REDIS_URL", "redis://:12/gr3do@localhost"),
        ("REDIS_URL", "redis://:12#gr3do@localhost"),
    ],
)
def test_an_address_that_would_be_read_wrongly_is_refused_in_words_that_do_not_repeat_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None)
    (error,) = refused.value.errors(include_input=False)
    assert "%40" in error["msg"]
    assert "r3do" not in error["msg"]


@pytest.mark.parametrize("value", ["https://patas.example.com", "patas.example.com:443", "patas.example.com/", "a b", ",", "*.example.com"])
def test_a_name_is_only_a_name(value: str) -> None:
    with pytest.raises(ValidationError, match="hosts"):
        Settings(_env_file=None, hosts=value)
    assert Settings(_env_file=None, hosts="patas.example.com, outra").hosts
