"""What a load balancer, Prometheus and an operator ask the web process."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest
from psycopg import OperationalError

from service.web import health
from tests.kit.fakes import meta
from tests.kit.running import ROOT
from tests.kit.web import PHONE, Web

AGENTS_STACK = ("langgraph", "langchain_core", "langchain_openai", "openai", "graphs", "tools", "tasks")


async def test_ready_when_both_servers_answer(web: Web) -> None:
    assert (await web.client.get("/health/live")).json() == {"status": "ok"}
    response = await web.client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "checks": {"postgres": True, "redis": True}})


async def test_not_ready_names_what_is_missing(open_web: Callable[..., Awaitable[Web]]) -> None:
    web = await open_web(redis_url="redis://127.0.0.1:1/0")
    response = await web.client.get("/health/ready")
    assert (response.status_code, response.json()["checks"]) == (503, {"postgres": True, "redis": False})
    await web.db.close()
    response = await web.client.get("/health/ready")
    assert (response.status_code, response.json()["checks"]) == (503, {"postgres": False, "redis": False})
    assert (await web.client.get("/health/live")).status_code == 200


@pytest.mark.parametrize("how", ["alter database {} set default_transaction_read_only = on", None])
async def test_a_server_that_takes_nothing_is_not_ready(web: Web, how: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    database = (web.settings.database_url or "").rpartition("/")[2]
    if how is None:
        # Only a stand-by is in recovery, and there is none here: what it would say stands in the place of what this server says.
        monkeypatch.setattr(health, "_WRITES", health._WRITES.replace("pg_is_in_recovery()", "true"))
    else:
        await web.other.system((how.format(f'"{database}"'), {}))
        await web.other.system(
            ("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = %(d)s", {"d": database})
        )
    await until_answered(web)
    response = await web.client.get("/health/ready")
    assert (response.status_code, response.json()["checks"]) == (503, {"postgres": False, "redis": True})
    if how:
        refused = await web.hook(messages=[meta.text_message(PHONE, "oi")])
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5"), "the provider comes again"


async def until_answered(web: Web) -> None:
    """Ask until no connection is left that was cut off."""
    while True:
        try:
            await asyncio.gather(*(web.db.system(("select 1", {})) for _ in range(5)))
        except OperationalError:
            continue
        return


async def test_metrics_count_what_came_in(web: Web) -> None:
    await web.conversation()
    response = await web.call("GET", "/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    assert 'patas_webhooks_total{channel="cloud_api",outcome="accepted"}' in response.text


def test_the_web_process_never_loads_the_agents_stack() -> None:
    """Not even lazily at start: it must come up fast and small, and never hold a model's key."""
    code = (
        "import json, sys; from service.web.app import create_app; from service.platform.settings import Settings; "
        "create_app(Settings(database_url='postgresql://127.0.0.1:1/x', redis_url='redis://127.0.0.1:1')); "
        "print('loaded:' + json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    loaded = json.loads(done.stdout.rpartition("loaded:")[2])
    assert "fastapi" in loaded
    assert not set(AGENTS_STACK) & set(loaded)
