"""What the thread page reads out of the checkpointer's tables is what the graph says of itself."""

from graphs.checkpoints import bound
from service.turns.queries import threads
from tests.kit.fakes.openai import FakeOpenAI, call, text
from tests.kit.shop import Shop


async def test_a_finished_and_a_parked_thread(shop: Shop, openai: FakeOpenAI) -> None:
    openai.script([text("Olá!"), call("escalate_to_human", reason="pediu uma pessoa")])
    conversation_id = await shop.say("oi")
    (parent,) = await threads.read(shop.resources.db, conversation_id)
    assert (parent.namespace, parent.next, parent.interrupts) == ("", [], [])
    assert [m["content"] for m in parent.values["messages"]] == ["oi", "Olá!"]

    await shop.say("quero uma pessoa")
    parent, client = await threads.read(shop.resources.db, conversation_id)
    config = {"configurable": {"thread_id": str(conversation_id)}}
    with bound(shop.organization_id):
        snapshot = await shop.resources.graph.aget_state(config, subgraphs=True)
    assert parent.next == list(snapshot.next)
    assert client.next == list(snapshot.tasks[0].state.next) == ["await_human"]
    assert client.interrupts[0]["value"]["escalation"]["reason"] == "pediu uma pessoa"
