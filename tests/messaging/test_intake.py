"""How much of a message rules, people and the model see."""

import pytest

from service.language import emergency
from service.language.text import LEFT_OUT, LONGEST_MESSAGE
from service.messaging import intake
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.shop import Shop

# As much as WhatsApp lets customers write.
LONGEST_THERE_IS = 65_536


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Provide what the rules of the intake are shown."""
    shown: list[str] = []
    for module, name in ((emergency, "recognise"), (intake, "wish")):
        rule = getattr(module, name)
        monkeypatch.setattr(module, name, lambda words, rule=rule, **more: shown.append(words) or rule(words, **more))  # type: ignore[func-returns-value]
    return shown


@pytest.mark.parametrize("unit", ["às 3 ", "1", "não ", "a\u0301\u0323", "👍 ", "\n"])
async def test_nothing_sees_more_of_a_message_than_is_read(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, seen: list[str], unit: str
) -> None:
    openai.respond(lambda _: text("Olá!"))
    whole = ("oi " + unit * LONGEST_THERE_IS)[: LONGEST_THERE_IS - 4] + " fim"
    await shop.say(whole)
    (row,) = await shop.rows("select content from messages where direction = 'incoming'")
    asked = "".join(m["content"] for m in openai.requests[0].json["messages"] if m["role"] == "user")
    assert len(seen) >= 3
    assert max(map(len, seen)) <= LONGEST_MESSAGE
    assert len(row["content"]) <= LONGEST_MESSAGE
    assert row["content"].startswith("oi ")
    assert row["content"].endswith(" fim")
    assert asked.count(LEFT_OUT.strip()) == 1
    assert len(asked) < 2 * LONGEST_MESSAGE


async def test_an_ordinary_message_is_kept_whole(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, seen: list[str]) -> None:
    openai.respond(lambda _: text("Olá!"))
    whole = ("  Olá,\n\n" + "quero um banho às 3.  " * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
    await shop.say(whole)
    (row,) = await shop.rows("select content from messages where direction = 'incoming'")
    assert row["content"] == whole
    assert seen == [whole, whole, whole]


async def test_an_emergency_at_the_end_of_a_long_message_is_seen(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await shop.say("minha história é longa. " * 1000 + "meu gato foi atropelado")
    assert openai.requests == []
    assert meta.sends[0].text.startswith(emergency.TEXT)
