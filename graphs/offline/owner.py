"""Aurora by rules: which function an owner's question means; the functions bring the words."""

import re
from collections.abc import Sequence
from datetime import date

from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

from graphs.offline.reading import Answer, Call, Prompt, result_of, says
from service.language.days import find_day
from service.language.periods import find_period
from service.language.text import fold
from service.platform.errors import BadRequest

HELP = (
    "Posso te contar: quantos clientes você atendeu e quanto faturou (hoje, ontem, na semana, no mês ou em outras datas), "
    "os serviços que mais saem, os clientes que sumiram e os horários livres de um dia. O que você quer saber?"
)


def answer(messages: Sequence[BaseMessage]) -> Answer:
    """The next step of a turn: a function to call, or the words for what the functions returned. Every question of a burst is answered."""
    today = Prompt(str(messages[0].text)).today
    asked: list[str] = []
    new, results = 0, []
    for message in messages[1:]:
        if isinstance(message, HumanMessage):
            asked.append(str(message.text))
            new += 1
        elif isinstance(message, ToolMessage):
            results.append(message)
        elif not getattr(message, "tool_calls", None):
            new, results = 0, []
    words = []
    for index in range(len(asked) - new, len(asked)):
        step = _understand(asked[: index + 1], today)
        if isinstance(step, Call):
            if not results:
                return step
            result = result_of(results.pop(0))
            step = str(result.get("error") or result.get("text"))
        words.append(step)
    return "\n\n".join(dict.fromkeys(words)) or HELP


def _understand(asked: Sequence[str], today: date) -> Answer:
    """What the last question means, in the light of those before it."""
    try:
        topic = _topic(asked[-1])
        if topic is None and find_period(asked[-1], today):
            # "e ontem?" goes on with the question before.
            topic = next((t for text in reversed(asked[:-1]) if (t := _topic(text))), None)
        return _call(topic, asked[-1], today) if topic else HELP
    except BadRequest as error:
        return str(error)


def _topic(text: str) -> str | None:
    folded = fold(text)
    if says(folded, "inativ", "sumi", "nao (volt|vem|veio|aparec)", "ha (muito )?tempo", "de volta", "perdid", "reativ"):
        return "inactive_clients"
    if says(folded, "livre", "vaga", "disponi", "encaix", "horario"):
        return "free_slots"
    if says(folded, "ranking", "top", "campe", "mais (vend|procur|sai|saem|realiz|pedid|feit)", "(servico|que)s? .{0,80}mais"):
        return "top_services"
    if says(folded, "client", "atend", "agend", "fatur", "receita", "vend", "ganh", "caixa", "moviment", "resum", "como (foi|esta|vai)"):
        return "business_summary"
    return None


def _call(topic: str, text: str, today: date) -> Call:
    folded = fold(text)
    if topic == "inactive_clients":
        found = re.search(r"\b(\d{1,4}) (dia|semana|mes)", folded)
        return Call(topic, {"days": int(found.group(1)) * {"dia": 1, "semana": 7, "mes": 30}[found.group(2)]} if found else {})
    if topic == "free_slots":
        return Call(topic, {"date": (find_day(text, today) or today).isoformat()})
    return Call(topic, {"period": text} if find_period(text, today) else {})
