"""What a request to the model begins with: a provider computes only once what it has seen before (DESIGN §5)."""

import json
from datetime import timedelta
from itertools import takewhile
from typing import Any

from graphs.aurora import prompts as aurora
from graphs.client import prompts as client
from graphs.loop import Prompts
from service.turns.queries import briefing as briefings
from tests.kit.fakes.openai import FakeOpenAI, call, text
from tests.kit.shop import Shop

OTHER = "5511955550002"
FRIDAY = {"service_type": "Banho", "preferred_date": "sexta"}


def shared(earlier: Any, later: Any) -> float:
    """Return how much of a request's messages is the beginning of another's, from 0 to 1."""
    before, after = (json.dumps(request.json["messages"], ensure_ascii=False).encode() for request in (earlier, later))
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))) / len(before)


async def test_the_next_turn_begins_as_the_one_before(shop: Shop, openai: FakeOpenAI) -> None:
    openai.script([call("check_availability", **FRIDAY), text("Oi! Qual horário prefere?"), text("Por nada!")])
    await shop.say("oi, tem horário de banho na sexta?")
    await shop.say("obrigada!")
    looked, answered, thanked = openai.requests
    assert shared(looked, answered) >= 0.75
    assert shared(answered, thanked) >= 0.75


async def test_two_customers_of_a_shop_share_their_beginning(shop: Shop, openai: FakeOpenAI) -> None:
    openai.script([call("check_availability", **FRIDAY), text("Oi!"), text("Olá!")])
    await shop.say("oi, tem horário de banho na sexta?")
    await shop.say("bom dia", phone=OTHER)
    looked, answered, other = openai.requests
    assert shared(looked, other) >= 0.7
    assert shared(answered, other) >= 0.7
    assert [r.json["tools"] for r in openai.requests] == [looked.json["tools"]] * 3


async def test_a_minute_changes_only_the_end(shop: Shop, openai: FakeOpenAI) -> None:
    openai.script(["Oi!"])
    conversation = await shop.say("oi")
    briefing = await briefings.load(shop.resources.db, shop.organization_id, conversation)
    assert briefing is not None
    later = briefing.model_copy(update={"now": briefing.now + timedelta(minutes=1)})
    agents: tuple[Prompts, ...] = (client, aurora)
    for prompts in agents:
        assert prompts.instructions(later) == prompts.instructions(briefing)
        assert prompts.moment(later) != prompts.moment(briefing)
