"""What dialogues are played against."""

from collections.abc import Iterator

import pytest

from evals.runner import Fakes, open_fakes
from evals.servers import Servers, running
from service.platform.settings import Settings


@pytest.fixture(scope="module")
def servers(postgres_url: str, redis_server_url: str) -> Iterator[Servers]:
    with running(Settings(database_url=postgres_url, redis_url=redis_server_url, _env_file=None)) as opened:
        yield opened


@pytest.fixture(scope="module")
def fakes() -> Iterator[Fakes]:
    with open_fakes() as opened:
        yield opened
