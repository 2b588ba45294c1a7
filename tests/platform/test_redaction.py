"""Passwords and keys stay out of texts, wherever they stand in them."""

import json
import logging

import pytest
import structlog

from service.platform import log
from service.platform.redaction import masked_address, redactor
from service.platform.settings import Settings


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("postgresql://postgres:pw@127.0.0.1:5/x", "postgresql://postgres:***@127.0.0.1:5/x"),
        ("redis://:a/b@h/0", "redis://:***@h/0"),
        ("postgresql://u:p@ss@h/x", "postgresql://u:***@h/x"),
        ("https://token@h/v1", "https://***@h/v1"),
        ("https://h/hook?token=abc&room=1", "https://h/hook?token=***&room=1"),
        ("host=h user=u password='a b' dbname=d", "host=h user=u password=*** dbname=d"),
        ("see https://a.b:80/c?x=1 and me@x.y", "see https://a.b:80/c?x=1 and me@x.y"),
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
    ],
)
def test_an_address_keeps_all_but_its_password(text: str, masked: str) -> None:
    assert masked_address(text) == masked
    assert json.loads(masked_address(json.dumps({"err": text}))) == {"err": masked}


@pytest.mark.parametrize("secret", ["hush hush", "hush%hush", 'hush"hush', "hush\\hush", "húsh/húsh"])
def test_a_secret_of_the_settings_is_masked_in_every_spelling(secret: str) -> None:
    settings = Settings(_env_file=None, openai_api_key=secret)
    for text in (secret, f"before {secret} after", json.dumps({"err": secret}, ensure_ascii=False), json.dumps({"err": secret})):
        assert "sh" not in redactor(settings)(text)


def test_no_log_line_has_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(
        _env_file=None,
        database_url="postgresql://u:hush%40one@h/x",
        redis_url="redis://:hush-two@h/0",
        whatsapp_access_token="hush-three",
        log_content=True,
    )
    try:
        log.configure(settings)
        lines = structlog.get_logger()
        lines.error(
            "connecting to postgresql://u:hush%40one@h/x", err='the password was "hush@one"', nested={"url": ["redis://:hush-two@h/0"]}
        )
        logging.getLogger("driver").error("refused: Bearer hush-three")
        try:
            raise ValueError(settings.redis_url)
        except ValueError as error:
            lines.error("failed", exc_info=error)
    finally:
        log.configure(Settings(_env_file=None))
    said = capsys.readouterr().out
    assert len([json.loads(line) for line in said.splitlines()]) == 3
    assert said.count("***") >= 5
    assert "hush" not in said
