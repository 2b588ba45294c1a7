"""What speaks of being written to no more, or again, is worth a question; what only has the same words is not."""

from pathlib import Path

import pytest
import yaml

from service.language.unwanted import speaks_of

PHRASES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parents[1] / "kit" / "data" / "unwanted.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", PHRASES["stops"])
def test_what_speaks_of_no_more_messages(text: str) -> None:
    assert speaks_of("out", text)
    assert speaks_of("out", f"Oi, bom dia!\n{text.upper()}") or text.endswith("?")


@pytest.mark.parametrize("text", PHRASES["resumes"])
def test_what_speaks_of_messages_again(text: str) -> None:
    assert speaks_of("in", text)


@pytest.mark.parametrize("text", PHRASES["neither"])
def test_what_has_the_words_alone(text: str) -> None:
    assert not speaks_of("out", text)
    assert not speaks_of("in", text)
