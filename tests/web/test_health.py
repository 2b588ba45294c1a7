"""What a load balancer, Prometheus and an operator ask the web process."""

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable

from tests.kit.running import ROOT
from tests.kit.web import Web

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


async def test_metrics_count_what_came_in(web: Web) -> None:
    await web.conversation()
    response = await web.client.get("/metrics")
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
