"""A proxy in front of Postgres that counts round trips: each time the server answers after the client has sent something."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """`url` is the database's through the proxy; `round_trips` counts since the last `reset`."""

    def __init__(self, database_url: str) -> None:
        self.round_trips = 0
        self.url = ""
        self._target = urlsplit(database_url)

    def reset(self) -> None:
        self.round_trips = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(self._target.hostname, self._target.port)
        asked = False

        async def outward() -> None:
            nonlocal asked
            while data := await reader.read(65536):
                asked = True
                there_writer.write(data)
                await there_writer.drain()
            there_writer.close()

        async def back() -> None:
            nonlocal asked
            while data := await there_reader.read(65536):
                if asked:
                    self.round_trips += 1
                    asked = False
                writer.write(data)
                await writer.drain()
            writer.close()

        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(outward(), back())


@asynccontextmanager
async def counted(database_url: str) -> AsyncIterator[Wire]:
    """Run a counting proxy on loopback for the length of the block."""
    wire = Wire(database_url)
    server = await asyncio.start_server(wire._serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    user = wire._target.netloc.rpartition("@")[0]
    wire.url = urlunsplit(wire._target._replace(netloc=f"{user}@127.0.0.1:{port}" if user else f"127.0.0.1:{port}"))
    try:
        yield wire
    finally:
        server.close()
