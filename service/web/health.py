"""Whether the process lives, and whether it can work."""

import asyncio
from collections.abc import Awaitable
from typing import LiteralString

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from psycopg import Error as PostgresError
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

from service.platform.database import Database

router = APIRouter(prefix="/health", tags=["health"])

PATIENCE = 2.0

# A server in recovery, or one that is set to read only, answers and takes nothing.
_WRITES: LiteralString = "select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writes"


@router.get("/live")
async def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """Say whether Postgres takes what is written and Redis answers, within two seconds; 503 names the one that does not."""
    state = request.app.state
    postgres, redis = await asyncio.gather(_works(_writes(state.db)), _works(state.redis.ping()))
    checks = {"postgres": postgres, "redis": redis}
    return JSONResponse({"status": "ok" if all(checks.values()) else "unavailable", "checks": checks}, 200 if all(checks.values()) else 503)


async def _writes(db: Database) -> bool:
    [[row]] = await db.system((_WRITES, {}))
    return bool(row["writes"])


async def _works(question: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return bool(await question)
    except (PostgresError, PoolTimeout, RedisError, OSError, TimeoutError):
        return False
