"""What a sentence of a reply says with its times and names: whether it offers, where something ends, whom it names."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from service.language.claims import Sentence
from service.language.formatting import format_day, format_time
from service.language.said import SaidTime
from service.language.text import ending_at
from service.turns.evidence import Moment

OFFERED = re.compile(
    r"\b(?<!voce )(?<!vc )(?:tenho|temos|consigo|conseguimos)\b(?! (?:anotad|registrad|agendad|marcad|aqui que|que|certeza|como))"
    r"|\b(?:ha|tem) (?:as|vagas?|horarios?|disponibilidade|sim)\b|\b(?:vagas?|(?<!ficou )livres?)\b"
    r"|\b(?:disponive(?:l|is)|disponibilidade|encaix\w+|oferec\w+|opc(?:ao|oes))\b"
)
CLOSED = re.compile(r"\bfechad[oa]s?\b|\bja (?:fech|tera fech)\w+")
OPENING = re.compile(r"\b(?:abr\w+|fech\w+|funcionam\w*|expediente|horario de (?:atendimento|funcionamento)|atendemos)\b")
_EDGE = re.compile(r"\b(?:ate|das|entre|a partir|desde)(?: d?[ae]s?)? ?$")
_TO = re.compile(r" (?:ate )?(?:as |a |e )?(?:as )?")


def among(said: SaidTime, days: tuple[date | None, ...], moments: set[Moment]) -> bool:
    """Tell whether one of the moments may be meant; a time without day goes with every day."""
    if days == (None,):
        return any(t in said.times for _, t in moments)
    return any((day, t) in moments for t in said.times for day in (*days, None))


def edge(sentence: Sentence, said: SaidTime) -> bool:
    """Tell whether a time is where something begins or ends ("das 9h às 18h", "até as 18h"), not a start that is offered."""

    def begins(one: SaidTime) -> bool:
        return sentence.words.startswith(("das ", "entre "), one.start) or ending_at(_EDGE, sentence.words, one.start) is not None

    before = bisect_right(sentence.times, said.start, key=lambda other: other.end)
    last = sentence.times[before - 1] if before else None
    return begins(said) or bool(last and begins(last) and _TO.fullmatch(sentence.words[last.end : said.start]))


def moment_words(said: SaidTime, days: tuple[date | None, ...]) -> str:
    """Write a time with its day, as the subject of a reason."""
    day = days[0]
    return f"O horário {format_time(said.times[-1])}{f' de {format_day(day)}' if day else ''}"


def named(words: str, names: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return where names stand in plain words, the longest of overlapping ones, in order."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(words))
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(name)}s?\b", words):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match.group())
                found.append((match.start(), match.end(), name))
    return sorted(found)
