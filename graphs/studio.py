"""What `langgraph dev` opens (langgraph.json): the very graph that production runs, without a checkpointer of its own.

The development server brings its own persistence; the business data is the database of the settings.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from graphs.models import Models
from graphs.router import build_graph
from service.operations.embedded import servers
from service.platform.database import opened
from service.platform.settings import get_settings


@asynccontextmanager
async def graph() -> AsyncIterator[Any]:
    """Open the graph over the configured database; without a model key, over the offline model."""
    settings = get_settings()
    if settings.openai_api_key is None:
        settings = settings.model_copy(update={"offline_model": True})
    with servers(settings) as urls:
        models = Models(settings)
        async with opened(urls.database_url) as db:
            yield build_graph(db, models, settings)
        await models.close()
