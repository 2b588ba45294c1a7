"""When a pet was born, as it is told of that pet: "o Thor nasceu dia 10/03/2024", or the answer to our question."""

import re
from collections.abc import Sequence

from service.language.pet_words import Bubble
from service.language.text import fold

_CLAUSES = re.compile(r"[,;!?()] ?|\. ")
_ASKED = re.compile(r"\b(?:nasc\w*|aniversario)\b")
_BORN = re.compile(r"(?P<who>[^,:]{0,60}?)\b(?:nasceu|nascid[oa]|nascimento|data de nascimento)\b")
# What answers it, and tells of nothing but that: "adotei em 2022" does.
_ANSWER = re.compile(
    r"(?:(?:oi|sim|ele|ela|foi|eh|acho|que|nasceu|nascid[oa]|no|na|em|dia|de|do|ano|mes|la|por|volta|a|o|entre|e|uns|umas?|faz|hoje|ontem"
    r"|janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|\d+)\b[ /.-]*)+"
)
_OF_IT = re.compile(r"(?:(?:ele|ela|eh|que|e|data|de|del[ea]|a|o|meu|minha|cachorr\w+|gat\w+)\b ?)*")


def births_of(bubbles: Sequence[Bubble], name: str, others: Sequence[str] = (), *, alone: bool = False) -> list[str]:
    """Return the words in which it is told when the pet called `name` was born; without a name they are of it where no other is."""
    found: list[str] = []
    own, spoken = re.compile(rf"\b{re.escape(fold(name))}\b"), alone
    of_others = [re.compile(rf"\b{re.escape(fold(other))}\b") for other in others]
    asked = False
    for bubble in bubbles:
        has_others = any(pattern.search(bubble.words) for pattern in of_others)
        spoken = (spoken or bool(own.search(bubble.words))) and not has_others
        if bubble.ours:
            asked = bool(_ASKED.search(bubble.words))
            continue
        if asked and spoken:
            found += [clause for clause in _CLAUSES.split(bubble.words) if _ANSWER.fullmatch(clause)]
        asked = False
        for born in _BORN.finditer(bubble.words):
            who = own.sub("o", born["who"]).strip()
            named = bool(own.search(born["who"])) or (spoken and not has_others)
            if named and _OF_IT.fullmatch(who):
                found.append(re.split(r"[;!?]|\. ", bubble.words[born.end() :], maxsplit=1)[0])
    return found
