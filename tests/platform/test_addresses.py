"""What is shown of an address: its harmless parts, and nothing else, however it was written."""

import psycopg
import pytest
from psycopg_pool import PoolTimeout
from redis.exceptions import ConnectionError as RedisConnectionError

from service.platform import addresses


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://u:hush@h:5432/x", "postgresql://u:***@h:5432/x"),
        ("postgresql://u:hu%40sh@h/x", "postgresql://u:***@h/x"),
        ("postgresql://h/x?user=u&password=hush&sslmode=require&options=-chush", "postgresql://u:***@h/x?sslmode=require"),
        (r"password=hu\ sh host=h port=5999", "postgresql://:***@h:5999/"),
        ("host=h password='hu sh' dbname=x user=u", "postgresql://u:***@h/x"),
        ("postgresql://u:hu@sh@h:5999/x", "postgresql://***"),
        ("postgresql://u:hu/sh@h:5999/x", "postgresql://***"),
        ("postgresql://u:12/hush@h:5999/x", "postgresql://***"),
        ("hush", "postgresql://***"),
        ("postgresql://h1:1,h2:2/x", "postgresql://h1,h2:1,2/x"),
        ("", "postgresql:///"),
    ],
)
def test_of_a_postgres_address(address: str, shown: str) -> None:
    assert addresses.postgres(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("rediss://u:hush@h/2", "rediss://u:***@h/2"),
        ("redis://hush@h", "redis://***@h"),
        ("redis://h/hush", "redis://***"),
        ("redis://h/0?password=hush", "redis://h/0?***"),
        ("redis://:12/hush@h/0", "redis://***"),
        ("unix://hush@/run/redis.sock?db=0", "unix://***@/run/redis.sock?***"),
        ("hush", "redis://***"),
    ],
)
def test_of_a_redis_address(address: str, shown: str) -> None:
    assert addresses.redis(address) == shown


@pytest.mark.parametrize(
    ("address", "path", "shown"),
    [
        ("https://api.openai.com/v1", True, "https://api.openai.com/v1"),
        ("http://127.0.0.1:1234", False, "http://127.0.0.1:1234"),
        ("https://hooks.slack.com/services/T0/B0/hush", False, "https://hooks.slack.com/***"),
        ("https://someone:hush@h/v1?key=hush", True, "https://someone:***@h/v1?***"),
        ("https://hush@h/v1", True, "https://***@h/v1"),
        ("https://u:12/hush@h/v1", True, "https://***"),
    ],
)
def test_of_an_http_address(address: str, path: bool, shown: str) -> None:
    assert addresses.http(address, path=path) == shown


def test_the_place_of_a_database_is_its_name_and_its_server() -> None:
    assert addresses.postgres_place("postgresql://u:hush@h:6543/x") == "x at h:6543"
    assert addresses.postgres_place("password=hush user=u") == "u at the local socket:5432"
    assert addresses.postgres_place("postgresql://u:hu@sh@h/x") == "***"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (psycopg.OperationalError("[Errno -2] Name or service not known: 'hush@h'"), "name or service not known"),
        (RedisConnectionError("Error 111 connecting to hush:1. Connection refused."), "connection refused"),
        (PoolTimeout("pool initialization incomplete after 15 sec: hush"), "PoolTimeout"),
    ],
)
def test_of_an_error_only_known_words_are_said(error: Exception, said: str) -> None:
    assert addresses.reason(error) == said
