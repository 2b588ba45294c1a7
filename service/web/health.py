"""Whether the process lives, and whether it can work."""

import asyncio
from collections.abc import Awaitable

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from psycopg import Error as PostgresError
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

router = APIRouter(prefix="/health", tags=["health"])

PATIENCE = 2.0


@router.get("/live")
async def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """Say whether Postgres and Redis answer within two seconds; 503 names the one that does not."""
    state = request.app.state
    postgres, redis = await asyncio.gather(_works(state.db.system(("select 1", {}))), _works(state.redis.ping()))
    checks = {"postgres": postgres, "redis": redis}
    return JSONResponse({"status": "ok" if all(checks.values()) else "unavailable", "checks": checks}, 200 if all(checks.values()) else 503)


async def _works(question: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await question
    except (PostgresError, PoolTimeout, RedisError, OSError, TimeoutError):
        return False
    return True
