"""Whether a note about a pet is what the customer said of it: whole clauses, in their words, with what they deny denied.

A note may leave out small words and whom it is about, and may have another ending of a word. It may leave out nothing else: "quase morde"
is not "morde", nor does "o cachorro da vizinha morde" say so of the customer's.
"""

import re
from collections.abc import Iterator, Sequence

from service.language.pet_words import Bubble, with_copula
from service.language.text import fold

_PET, _OTHER = "§", "¤"
_CUT = re.compile(r"([,;:!?()]|\.(?!\d))+| (?=nem )| (?:e|mas) ")
_WHEN = re.compile(r"(?:se|quando|caso|enquanto|sempre que|toda vez)\b")
_WHY = re.compile(r" (?:porque|pq|pois|por causa|desde)\b.*")
_OWN = re.compile(r"^(?:[oa] )?(?:meu|minha|nosso|nossa) (?:cachorr\w+|cao|cadel\w+|dog\w*|gat\w+|pet|bichinh[oa]|coelh\w+)\b")
_NOT = frozenset({"nao", "n", "sem", "nem", "nunca"})
# Small words, which change nothing where they are left out or put in.
_SMALL = frozenset(
    re.findall(
        r"\S+",
        "que com eh de do da dos das em no na nos nas a o as os um uma ao aos por para pra pro ele ela dele dela pet tem esta ta § e "
        "muito muita bem bastante super demais tambem tbm",
    )
)
_NOTING = frozenset(
    re.findall(
        r"\S+",
        """
        anota anote anotar anotem ai cadastro ficha favor por so queria quero gostaria avisar aviso avisando lembrar lembra lembrem informar
        saber saibam equipe pode podem poderia colocar coloca poe oi ola bom boa dia tarde noite obrigado obrigada pf pfv viu infelizmente
        """,
    )
)
_ASKS_TO_NOTE = re.compile(r"\b(?:anot\w+|coloca\w*|poe|lembr\w+|avis\w+)\b")


def is_told(note: str, bubbles: Sequence[Bubble], name: str, others: Sequence[str] = ()) -> bool:
    """Return whether a note about the pet called `name` is made of clauses that the customer said of it."""
    wanted = [_content(clause, frozenset()) for clause, _ in _clauses(_hidden(with_copula(note), name, others))]
    words = {word for clause in wanted for word in clause}
    covered: set[str] = set()
    for clause in _said(bubbles, name, others):
        said, needed = _content(clause, frozenset()), _content(clause, _NOTING)
        if needed and all(_found(word, words) for word in needed):
            covered |= {word for word in words if _found(word, said)}
    return words == covered


def _said(bubbles: Sequence[Bubble], name: str, others: Sequence[str]) -> Iterator[str]:
    """Yield each clause of the customer's that is about the pet, and no question."""
    current = "" if others else _PET
    for bubble in bubbles:
        words = _hidden(bubble.words, name, others)
        if bubble.ours:
            current = _PET if _PET in words and _OTHER not in words else _OTHER if _OTHER in words else current
            continue
        for clause, asks in _clauses(words):
            names = re.findall(f"[{_PET}{_OTHER}]", clause)
            current = names[0] if names else current
            if current == _PET and (not asks or _ASKS_TO_NOTE.search(clause)):
                yield _WHY.sub("", _OWN.sub("", clause))


def _clauses(words: str) -> Iterator[tuple[str, bool]]:
    """Yield clauses, each with whether it ends as a question; a condition belongs to what follows it."""
    begin = 0
    held = ""
    for cut in [*_CUT.finditer(words), None]:
        clause = words[begin : cut.start() if cut else len(words)].strip()
        begin = cut.end() if cut else begin
        if _WHEN.match(clause) and cut and cut.group().strip() == ",":
            held = f"{clause} "
        elif clause:
            yield held + clause, bool(cut and "?" in cut.group())
            held = ""


def _content(clause: str, beside: frozenset[str]) -> set[str]:
    """Return the words of a clause that say something, those after a "não" marked as denied."""
    found: set[str] = set()
    denied = ""
    for word in re.findall(rf"[^\W_]+|{_OTHER}", clause):
        if word in _NOT:
            denied = "-"
        elif word not in _SMALL and word not in beside:
            found.add(denied + word)
    return found | ({denied} if denied and not any(word.startswith("-") for word in found) else set())


def _found(word: str, said: set[str]) -> bool:
    """Return whether a word was said, perhaps with another ending."""
    if word in said:
        return True
    stem = word[: max(4 + word.startswith("-"), len(word) - 2)]
    return not word[-1:].isdigit() and any(other.startswith(stem) and abs(len(other) - len(word)) <= 4 for other in said)


def _hidden(words: str, name: str, others: Sequence[str]) -> str:
    """Put signs in the place of the pets' names."""
    for one, sign in ((name, _PET), *((other, _OTHER) for other in others)):
        words = re.sub(rf"(?<!\w){re.escape(fold(one))}(?!\w)", sign, words)
    return words
