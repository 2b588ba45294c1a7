"""What `langgraph dev` opens (langgraph.json): the very graph that production runs, without a checkpointer of its own.

The development server brings its own persistence; the business data is the database of the settings. A run that brings no context speaks
in a conversation of Studio's own with the demo shop. Only here: a worker's ids come from the turn that it has claimed.
"""

import asyncio
import atexit
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field, create_model, model_validator

from graphs.context import Context
from graphs.models import Models
from graphs.router import build_graph
from service.operations import migrations
from service.operations.embedded import running, servers
from service.operations.queries import studio
from service.platform.database import opened
from service.platform.settings import Settings, get_settings
from service.turns.briefing import Briefing

IDS = ("organization_id", "conversation_id", "contact_id")

# One thread for whatever waits (the server's event loop may not) and for as long as the process lives, since embedded servers end with the
# thread that started them.
_keeper = ThreadPoolExecutor(1, "patas-servers")
_open = ExitStack()
atexit.register(_open.close)


class Named(Context):
    """The context of a run that names its conversation; each run without a turn's id is a turn of its own."""

    turn_id: UUID = Field(default_factory=uuid4)


@asynccontextmanager
async def graph() -> AsyncIterator[Any]:
    """Build the graph over the configured database; without a model key, over the offline model."""
    settings = await asyncio.get_running_loop().run_in_executor(_keeper, _resolved)
    models = Models(settings)
    try:
        async with opened(settings.database_url or "") as db:

            async def load(context: Context) -> Briefing:
                return await studio.load(db, context.organization_id, context.conversation_id)

            own = await studio.conversations(db)
            yield build_graph(db, models, settings, context_schema=context_of(own) if own else Named, load=load)
    finally:
        await models.close()


def context_of(own: studio.Own) -> type[Context]:
    """Return the schema of a run's context that speaks as Studio's customer where the run brings no ids, as the owner if it says so."""
    customer = own.customer

    def fill(given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        brought = {name: str(given[name]) for name in IDS if given.get(name)}
        if brought and len(brought) < len(IDS):
            raise ValueError(f"A run brings {', '.join(IDS)} together, or none of them.")
        # Studio's form sends the schema's defaults along.
        if brought and brought != {name: str(customer[name]) for name in IDS}:  # type: ignore[literal-required]
            return given
        speaker = own.owner if given.get("is_owner") else customer
        if speaker is None:
            raise ValueError("The simulator's shop has no owner's number.")
        return {**given, **speaker}

    return create_model(
        "Context",
        __base__=Named,
        __validators__={"fill": model_validator(mode="before")(fill)},
        **{name: (Context.model_fields[name].annotation, customer[name]) for name in IDS},  # type: ignore[literal-required, call-overload]
    )


def _resolved() -> Settings:
    """Return the settings with the addresses of servers that answer: those that run already, or our own, with schema and demo shop."""
    settings = get_settings()
    urls = running(settings)
    if urls is None:
        urls = _open.enter_context(servers(settings))
        if not settings.database_url:
            migrations.prepare(urls.database_url)
    migrations.require(urls.database_url)
    offline = settings.offline_model or settings.openai_api_key is None
    return settings.model_copy(update={"database_url": urls.database_url, "redis_url": urls.redis_url, "offline_model": offline})
