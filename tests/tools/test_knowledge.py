"""What the shop wrote down, as the model gets it."""

from service.shop.queries import knowledge
from tests.kit.desk import Desk


async def test_what_the_shop_wrote_is_told(desk: Desk) -> None:
    found = await desk.call("search_knowledge", question="vcs tem estasionamento?")
    assert [entry["title"] for entry in found["entries"]] == ["Estacionamento"]
    assert "quatro vagas" in found["entries"][0]["content"]


async def test_what_it_did_not_write_is_not_made_up(desk: Desk) -> None:
    found = await desk.call("search_knowledge", question="vocês vendem passagem de avião?")
    assert found["entries"] == []
    assert "não responda de cabeça" in found["message"]


async def test_another_shops_words_are_not_told(desk: Desk) -> None:
    (row,) = await desk.rows("insert into organizations (name) values ('Outra') returning id")
    await knowledge.add(desk.db, row["id"], title="Piscina", content="Natação aos sábados.")
    assert (await desk.call("search_knowledge", question="tem piscina, natação?"))["entries"] == []
