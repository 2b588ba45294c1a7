"""Aurora by rules: which function an owner's question means; the functions bring the words.

A question is answered only if every word of it is accounted for; what no function does is refused, with where it can be done.
"""

import re
from collections.abc import Sequence
from datetime import date

from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

from graphs.aurora.facts import HELP, NO_LIST, NOT_UNDERSTOOD, THE_BOARD
from graphs.offline.orders import Topic, accounts_for, refusal, topic_of
from graphs.offline.reading import Answer, Call, apart, day_in, refusal_in, result_of
from graphs.offline.topics import small_talk
from service.language.periods import find_period
from service.language.text import fold
from service.language.words import BOOKING_STATUS
from service.platform.errors import BadRequest
from tools.wording import counted, opening

_ABBREVIATED = re.compile(r"\b(?:qto|qnto|qnt)\b", re.IGNORECASE)


def answer(messages: Sequence[BaseMessage]) -> Answer:
    """Return the next step of a turn: a function to call, or the words for what the functions returned.

    Every question of a burst is answered.
    """
    prompt, messages = apart(messages)
    today = prompt.today
    asked: list[str] = []
    new, results = 0, []
    for message in messages:
        if isinstance(message, HumanMessage):
            asked.append(str(message.text))
            new += 1
        elif isinstance(message, ToolMessage):
            results.append(message)
        elif not getattr(message, "tool_calls", None):
            new, results = 0, []
    words = []
    for index in range(len(asked) - new, len(asked)):
        topic, step = _understand(asked[: index + 1], today)
        if isinstance(step, Call):
            if not results:
                return step
            result = result_of(results.pop(0))
            step = refusal_in(result) if "error" in result else _booked(result) if topic == "agenda" else str(result.get("text"))
        words.append(step)
    return "\n\n".join(dict.fromkeys(words)) or HELP


def _understand(asked: Sequence[str], today: date) -> tuple[Topic | None, Answer]:
    """Return what the last question means, in the light of those before it: its topic, and the call or the words for it."""
    text = _ABBREVIATED.sub("quanto", asked[-1])
    if refused := refusal(text):
        return None, refused
    try:
        topic, period = topic_of(text), find_period(text, today)
        talk = None if topic else small_talk(re.sub(r"\baurora\b", "", text, flags=re.IGNORECASE))
        if topic is None and period and accounts_for(text, None):
            # "e ontem?" goes on with the question before.
            topic = next((t for before in reversed(asked[:-1]) if (t := topic_of(before))), None)
        elif talk:
            return None, "Por nada! Se precisar de mais números, é só chamar. 🐾" if talk == "thanks" else HELP
        if topic == "business_summary" and period and (day_in(text, today) or today) > today and period.last > today:
            topic = "agenda"
        return (topic, _call(topic, text, today)) if topic else (None, NOT_UNDERSTOOD)
    except BadRequest as error:
        return None, str(error)


def _call(topic: Topic, text: str, today: date) -> Call:
    folded = fold(text)
    if topic == "inactive_clients":
        found = re.search(r"\b(\d{1,4}) (dia|semana|mes)", folded)
        return Call(topic, {"days": int(found.group(1)) * {"dia": 1, "semana": 7, "mes": 30}[found.group(2)]} if found else {})
    if topic == "free_slots":
        return Call(topic, {"date": (day_in(text, today) or today).isoformat()})
    if topic == "agenda":
        # What is on the agenda lies ahead: "sexta" is the coming one.
        day = day_in(text, today)
        named = text if find_period(text, today) else "hoje"
        return Call("business_summary", {"period": day.isoformat() if day and day != today else named if day is None else "hoje"})
    return Call(topic, {"period": text} if find_period(text, today) else {})


def _booked(result: dict[str, object]) -> str:
    """Tell how many bookings a period has, by how far they are; who comes no function tells."""
    period, statuses = result["period"], result["bookings_by_status"]
    assert isinstance(period, dict)
    assert isinstance(statuses, dict)
    when = opening(str(period["label"])).rstrip(":")
    total = sum(statuses.values())
    if not total:
        return f"{when}: nenhum agendamento. {THE_BOARD}"
    listed = ", ".join(counted(word, statuses[code]) for code, word in BOOKING_STATUS.items() if statuses.get(code))
    return f"{when}: {counted('agendamento', total)} ({listed}). {NO_LIST}"
