"""An application at an address of this machine, for browsers."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from service.web.server import SERVING


@asynccontextmanager
async def serving(app: FastAPI, *, lifespan: bool = True) -> AsyncIterator[str]:
    """Serve an application until the block ends; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        options = SERVING | {"log_level": "warning", "lifespan": "on" if lifespan else "off", "timeout_graceful_shutdown": 1}
        config = uvicorn.Config(app, **options)
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await task
