"""The budget of database round trips of one message, counted at the wire."""

from service.platform.settings import Settings
from tests.bench.fakes import Fakes
from tests.bench.round_trips import count_round_trips


async def test_a_turn_with_one_tool_call_stays_within_six(settings: Settings) -> None:
    with Fakes(model_latency=0.0) as fakes:
        trips = await count_round_trips(settings.database_url or "", settings.redis_url or "", fakes)
    assert trips["intake"] == 1
    assert trips["intake"] + trips["turn"] <= 6
    assert trips["checkpoints"] > 0, "the proxy sees what it should"
