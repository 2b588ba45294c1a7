"""Aurora by rules: which function an owner's question means, and its result in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

from graphs.aurora.prompts import STATUSES
from graphs.offline.reading import Answer, Call, Prompt, listed_times, mentioned, result_of, says
from service.dates import find_day
from service.errors import BadRequest
from tools.names import fold

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
            step = _in_words(results.pop(0), asked[index])
        words.append(step)
    return "\n\n".join(dict.fromkeys(words)) or HELP


def _understand(asked: Sequence[str], today: date) -> Answer:
    """What the last question means, in the light of those before it."""
    try:
        topic = _topic(asked[-1])
        if topic is None and _period(asked[-1], today):
            # "e ontem?" goes on with the question before.
            topic = next((t for text in reversed(asked[:-1]) if (t := _topic(text))), None)
        return _call(topic, asked[-1], today) if topic else HELP
    except BadRequest as error:
        return str(error)


def _in_words(message: ToolMessage, asked: str) -> str:
    result = result_of(message)
    return str(result["error"]) if "error" in result else _WORDS[message.name or ""](result, asked)


def _topic(text: str) -> str | None:
    folded = fold(text)
    if says(folded, "inativ", "sumi", "nao (volt|vem|veio|aparec)", "ha (muito )?tempo", "de volta", "perdid", "reativ"):
        return "inactive_clients"
    if says(folded, "livre", "vaga", "disponi", "encaix", "horario"):
        return "free_slots"
    if says(folded, "ranking", "top", "campe", "mais (vend|procur|sai|saem|realiz|pedid|feit)", "(servico|que)s? .*mais"):
        return "top_services"
    if says(folded, "client", "atend", "agend", "fatur", "receita", "vend", "ganh", "caixa", "moviment", "resum", "como (foi|esta|vai)"):
        return "business_summary"
    return None


def _call(topic: str, text: str, today: date) -> Call:
    folded = fold(text)
    if topic == "inactive_clients":
        found = re.search(r"(\d+) (dia|semana|mes)", folded)
        return Call(topic, {"days": int(found.group(1)) * {"dia": 1, "semana": 7, "mes": 30}[found.group(2)]} if found else {})
    if topic == "free_slots":
        return Call(topic, {"date": (find_day(text, today) or today).isoformat()})
    return Call(topic, _period(text, today))


def _period(text: str, today: date) -> dict[str, str]:
    """The period that a question names, as the functions take it; empty where it names none."""
    folded = fold(text)
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    if found := re.search(r"ultim[oa]s (\d+) dias", folded):
        return _dates(today - timedelta(days=max(1, int(found.group(1))) - 1), today)
    if says(folded, "semana passada"):
        return _dates(monday - timedelta(days=7), monday - timedelta(days=1))
    if says(folded, "mes passado"):
        last = first - timedelta(days=1)
        return _dates(last.replace(day=1), last)
    written = re.findall(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{2}-\d{2}", folded)
    ahead = says(folded, "amanha", "proxim", "que vem", "vou", "vamos", "tenho", "temos", "tera")
    days = [day for part in written if (day := find_day(part, today))]
    if days:
        days = [day if ahead or _has_year(part) else _last_year(day, today) for day, part in zip(days, written, strict=True)]
        return _dates(min(days), max(days))
    for words, period in (("ontem", "yesterday"), ("hoje", "today"), ("semana", "week"), ("mes\\b", "month")):
        if says(folded, words):
            return {"period": period}
    day = find_day(text, today)
    if day and day > today and not ahead:
        # Who looks back means last Friday, and the 3rd of this month or the last.
        day = _month_before(day) if re.search(r"\d", folded) else day - timedelta(days=7)
    return _dates(day, day) if day else {}


def _has_year(written: str) -> bool:
    return "-" in written or written.count("/") == 2


def _last_year(day: date, today: date) -> date:
    """A date without year that the calendar put ahead, as an owner who looks back means it."""
    return day if day <= today else day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _month_before(day: date) -> date:
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _dates(first: date, last: date) -> dict[str, str]:
    return {"start_date": first.isoformat(), "end_date": last.isoformat()}


def _summary(result: Mapping[str, Any], asked: str) -> str:
    label, served, previous = result["period"]["label"], result["clients_served"], result["previous"]
    opening = "Hoje" if label.startswith("hoje") else label[0].upper() + label[1:] + ":"
    said = f"você atendeu {served} {_plural('cliente', served)}!" if served else "você não atendeu nenhum cliente."
    parts = [f"{opening} {said}"]
    if result["by_service"]:
        parts.append("\n".join(f"- {s['count']} {_plural(s['service'].lower(), s['count'])}" for s in result["by_service"]))
    counts = result["bookings_by_status"]
    if "agend" in fold(asked) or not served:
        statuses = ", ".join(f"{counts[code]} {word}" for code, word in STATUSES.items() if counts.get(code))
        parts.append(f"Agendamentos: {statuses or 'nenhum'}")
    parts.append(f"Faturamento: {result['revenue']}")
    earlier = f"{previous['clients_served']} {_plural('cliente', previous['clients_served'])}, {previous['revenue']}"
    parts.append(f"Para comparar, {previous['label']}: {earlier}")
    return "\n\n".join(parts)


def _top(result: Mapping[str, Any], asked: str) -> str:
    label = result["period"]["label"]
    if not result["services"]:
        return f"Não há atendimentos concluídos: {label}."
    lines = [f"{n}. {s['service']}: {s['count']} ({s['revenue']})" for n, s in enumerate(result["services"], start=1)]
    return f"Serviços mais realizados, {label}:\n\n" + "\n".join(lines)


def _inactive(result: Mapping[str, Any], asked: str) -> str:
    if not result["clients"]:
        return "Nenhum cliente sumiu nesse tempo. 🐾"
    lines = [f"- {c['name'] or c['phone'] or 'sem nome'}: última visita em {c['last_visit']}" for c in result["clients"]]
    more = result["total"] - len(lines)
    return f"Sem voltar: {result['total']}.\n\n" + "\n".join(lines) + (f"\n- e mais {more}" if more else "")


def _free(result: Mapping[str, Any], asked: str) -> str:
    day = f"{result['weekday']}, {date.fromisoformat(result['date']):%d/%m/%Y}"
    if not result["open"]:
        return f"A loja não abre: {day}."
    one = mentioned(asked, [s["service"] for s in result["slots"]])
    lines = [f"- {s['service']}: {listed_times(s['times']) or 'nada livre'}" for s in result["slots"] if one in (None, s["service"])]
    return f"Horários livres, {day}:\n\n" + "\n".join(lines)


_WORDS = {"business_summary": _summary, "top_services": _top, "inactive_clients": _inactive, "free_slots": _free}


def _plural(noun: str, count: int) -> str:
    """A noun of one word with its count; service names of several words stay as the shop wrote them."""
    return f"{noun}s" if count != 1 and " " not in noun and noun[-1] in "aeiou" else noun
