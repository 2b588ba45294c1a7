"""Whether it is told that a pet died, or that this was a mistake: a closed grammar, in which every word is accounted for.

A death stands by a plain statement about that very pet, with nothing beside it but when, of what, sorrow and what is asked for after it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from service.language import deaths_words as known
from service.language.counts import NUMBER
from service.language.pet_words import Bubble
from service.language.text import fold

_PET, _OTHER = "§", "¤"  # in the place of names
_PICTURES = re.compile(rf"[^\w\s,.;:!?()/{_PET}{_OTHER}-]")
_PARTS = re.compile(r"(?P<words>[^,.;:!?()]+)(?P<end>[,.;:!?()]*)")
_JOINS = re.compile(r" (?:e|mas) ")
_WEEKDAY = r"segunda|terca|quarta|quinta|sexta|sabado|domingo"
_WHEN = (
    r"(?: (?:ontem|hoje|anteontem|agora|cedo|recentemente|dormindo|em casa|em paz|de repente|de manha|de madrugada|(?:a|de|ontem a) noite"
    r"|(?:es[ts]a|nes[ts]a|n?a|de) (?:manha|tarde|noite|madrugada|semana)(?: passada)?|semana passada|(?:no )?(?:mes|ano) passado"
    rf"|(?:ha|faz|tem) (?:{NUMBER}|pouco|alguns|algumas|uns|umas)(?: (?:dias?|semanas?|mes(?:es)?|anos?|tempo|horas?))?"
    rf"|(?:na |no )?(?:ultim[oa] )?(?:{_WEEKDAY})(?:[ -]feira)?(?: passad[oa])?"
    rf"|(?:no )?dia \d\d?(?:/\d\d?)?|com {NUMBER} (?:anos?|aninhos|meses)"
    r"|de (?:velhice|velho|velha|idade|cancer|infarto|parada cardiaca|cinomose|parvo(?:virose)?|doenca|tumor|insuficiencia renal"
    r"|causas naturais)|atropelad[oa]|envenenad[oa]|(?:no|em) (?:veterinario|hospital|clinica)))*"
)
_KIND = r"(?:cachorr\w+|cao|cadel\w+|dog\w*|gat\w+|pet|bichinh[oa]|filh(?:inh)?[oa]|coelh\w+|hamster|companheir[oa]|amiguinh[oa])"
_FIRST = r"(?:[oa] |meu |minha |nosso |nossa |querid[oa] |amad[oa] )*"
_WHO = rf"(?:{_FIRST}(?:{_KIND} )?(?:[oa] )?{_PET}|{_FIRST}{_OTHER})"
_SOMEBODY = rf"(?:{_WHO}|ele|ela|(?:[oa] )?(?:meu|minha|nosso|nossa) {_KIND})"
_DIED = (
    r"(?:ja |infelizmente )?(?:morreu|faleceu|se foi|nos deixou|nao resistiu|virou (?:uma )?estrelinha|foi (?:pro|para o) ceu"
    r"|(?:descansou|partiu) em paz"
    r"|foi (?:sacrificad|eutanasiad)[oa]|veio a (?:obito|falecer))"
)
_DEATHS = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:(?P<who>{_SOMEBODY}) )?{_DIED}{_WHEN}",
        rf"(?P<who>{_WHO}) esta mort[oa]{_WHEN}",
        rf"(?:eu )?(?:perdi|perdemos) (?P<who>{_SOMEBODY}){_WHEN}",
        rf"(?:eu )?(?:tive|tivemos) (?:que|de) (?:sacrificar|eutanasiar) (?P<who>{_SOMEBODY}){_WHEN}",
        rf"(?:o )?falecimento (?:d[oa] )?(?P<who>{_WHO}){_WHEN}",
        rf"quem (?:morreu|faleceu) foi (?P<who>{_WHO})",
        rf"(?:morreu|faleceu) (?P<who>{_WHO}){_WHEN}",
    )
)
_LIVES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:(?P<who>{_SOMEBODY}) )?nao (?:morreu|faleceu)(?: nao)?",
        rf"(?:(?P<who>{_SOMEBODY}) )?(?:esta|ta) (?:muito )?(?:viv[oa]|vivinh[oa])(?: e bem)?",
        rf"(?:(?P<who>{_SOMEBODY}) )?(?:ainda )?vive",
        r"(?:isso )?(?:foi|eh) (?:um )?(?:engano|erro)(?: (?:meu|nosso|de voces|seu))?(?P<who>)",
        r"(?:eu )?me enganei(?P<who>)",
    )
)
_COURTESY = re.compile(
    r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|infelizmente|poxa|entao|olha|gente|pessoal|sim|nao,|tristemente|desculpa"
    r"|(?:venho|vim|so|queria|quero|gostaria de|preciso) (?:avisar|informar|comunicar|contar|dizer)(?: que| a voces que)?)\b,? ?)*"
)
_AGREED = re.compile(
    rf"(?:(?:sim|s|isso|infelizmente|faleceu|morreu|foi|exato|pois eh|eh|ele|ela|{_PET}|o|a|ja|obrigad[oa]|ta|certo)\b ?|{_PET} ?)+{_WHEN}"
)
_ASKED = re.compile(rf"{_PET}[^.!?]{{0,40}}\b(?:faleceu|morreu)\b[^.!?]{{0,20}}\?")
_NO_MORE = re.compile(r"\bnao (?:[^\W_]+ ){1,3}mais\b")


def died(bubbles: Sequence[Bubble], name: str, others: Sequence[str] = ()) -> bool:
    """Return whether the customer tells that the pet called `name` died, and nothing that may mean something else."""
    return _stands(bubbles, name, others, _DEATHS, known.BESIDE_A_DEATH) or _agreed(bubbles, name, others)


def lives(bubbles: Sequence[Bubble], name: str, others: Sequence[str] = ()) -> bool:
    """Return whether the customer tells that a pet lives: that its death was a mistake."""
    return _stands(bubbles, name, others, _LIVES, known.BESIDE_A_DEATH | known.BESIDE_A_LIFE)


def _stands(bubbles: Sequence[Bubble], name: str, others: Sequence[str], shapes: Sequence[re.Pattern[str]], beside: frozenset[str]) -> bool:
    """Return whether the last messages say one thing of a pet, and all else in them is accounted for."""
    hide, meant = _hider(name, others), not others
    read: list[tuple[bool, bool, bool]] = []  # of each message whether it is one of the last, tells it, and tells nothing else
    for bubble in bubbles:
        words = hide(bubble.words)
        if _PET in words or _OTHER in words:
            meant = _PET in words and _OTHER not in words
        if not bubble.ours:
            told = [(part, _read(part, end, shapes, meant)) for part, end in _clauses(words)]
            whole = _mourns(bubble.text) and all(whose or _is_beside(part, beside) for part, whose in told)
            read.append((bubble.latest, any(whose == "pet" for _, whose in told), whole))
    last = max((n for n, (_, tells, _) in enumerate(read) if tells), default=None)
    return last is not None and all(whole for n, (latest, _, whole) in enumerate(read) if latest or n >= last)


def _read(words: str, end: str, shapes: Sequence[re.Pattern[str]], meant: bool) -> str | None:
    """Return of whom a clause tells one of the shapes, the pet or another; None where it doesn't, or asks."""
    if "?" in end:
        return None
    plain = words[_COURTESY.match(words).end() :].strip()  # type: ignore[union-attr]
    for shape in shapes:
        if found := shape.fullmatch(plain):
            who = found["who"] or ""
            if _PET in who:
                return "pet"
            return "other" if _OTHER in who else "pet" if meant else None
    return None


def _clauses(words: str) -> Iterator[tuple[str, str]]:
    for part in _PARTS.finditer(words):
        pieces = [piece.strip() for piece in _JOINS.split(part["words"])]
        for n, piece in enumerate(pieces):
            if piece:
                yield piece, part["end"] if n == len(pieces) - 1 else ""


def _is_beside(words: str, beside: frozenset[str]) -> bool:
    return all(word in beside or word in (_PET, _OTHER) or word.isdigit() for word in re.findall(r"[^\W_]+|[§¤]", _NO_MORE.sub("", words)))


def _mourns(text: str) -> bool:
    """Return whether no picture in a text says anything but sorrow."""
    return all(unicodedata.category(letter) != "So" or letter in known.MOURNING for letter in text)


def _agreed(bubbles: Sequence[Bubble], name: str, others: Sequence[str]) -> bool:
    """Return whether the customer said yes to our asking whether the pet died."""
    hide = _hider(name, others)
    at = next((n for n, bubble in enumerate(bubbles) if bubble.latest), 0)
    if not at or not bubbles[at - 1].ours or not _ASKED.search(hide(bubbles[at - 1].words)):
        return False
    parts = [part for bubble in bubbles[at:] if not bubble.ours for part, _ in _clauses(hide(bubble.words))]
    plain = all(_mourns(bubble.text) and "?" not in bubble.words for bubble in bubbles[at:])
    return (
        bool(parts)
        and plain
        and bool(_AGREED.fullmatch(parts[0]))
        and all(_AGREED.fullmatch(part) or _is_beside(part, known.BESIDE_A_DEATH) for part in parts)
    )


def _hider(name: str, others: Sequence[str]) -> Callable[[str], str]:
    """Return what puts signs in the place of the pets' names."""
    patterns = [(re.compile(rf"(?<!\w){re.escape(fold(one))}(?!\w)"), sign) for one, sign in ((name, _PET), *((o, _OTHER) for o in others))]

    def hide(words: str) -> str:
        for pattern, sign in patterns:
            words = pattern.sub(sign, words)
        return " ".join(_PICTURES.sub(" ", words).split())

    return hide
