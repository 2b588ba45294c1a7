"""A reply that was thought up and not committed stands only where it is still the answer."""

from uuid import uuid4

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from graphs.router import still_answers
from graphs.state import State
from service.turns.briefing import Briefing, Message
from tests.kit.documents import briefing, message

TURN = uuid4()
DID = {"effect_key": "book", "tool_call_id": "call-1", "name": "book_appointment", "args": {}, "result": {}, "turn_id": TURN}


def thread(*messages: AnyMessage, answered: Message) -> State:
    asked = HumanMessage(answered.content, id=str(answered.id))
    said: list[AnyMessage] = [asked, *messages]
    return {"turn_id": str(TURN), "turn_start": asked.id, "answered": [str(answered.id)], "messages": said, "reply": "70 reais"}


def claimed(*messages: Message, acted: bool) -> Briefing:
    return briefing(history=[m.model_dump() for m in messages], effects=[DID] if acted else [])


def test_it_stands_where_nothing_has_come_since() -> None:
    asked = message("quanto custa?")
    assert still_answers(thread(AIMessage("70 reais"), answered=asked), claimed(asked, acted=False))


def test_it_falls_where_the_customer_wrote_on_before_anything_was_done() -> None:
    asked, more = message("quanto custa?"), message("e marca pra sexta", seq=2)
    assert not still_answers(thread(AIMessage("70 reais"), answered=asked), claimed(asked, more, acted=False))


def test_what_was_done_and_said_stands_and_what_came_since_is_the_next_turns() -> None:
    asked, more = message("marca pra sexta"), message("e a tosa?", seq=2)
    done = ToolMessage("{}", tool_call_id="call-1", name="book_appointment")
    assert still_answers(thread(done, AIMessage("Agendado!"), answered=asked), claimed(asked, more, acted=True))


def test_an_overtaken_draft_does_not_stand_for_what_a_later_attempt_did() -> None:
    asked, more = message("quanto custa?"), message("marca pra sexta", seq=2)
    assert not still_answers(thread(AIMessage("70 reais"), answered=asked), claimed(asked, more, acted=True))
