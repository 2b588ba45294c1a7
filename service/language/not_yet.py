"""Whether a customer forbids that anything be booked yet: "não marca nada ainda", "marca não, só consulta", "é só pra saber".

Forbidden is a booking by a verb of it that is denied as a whole, with nothing between the two but what leaves it whole ("ainda não é pra
marcar"); what only sounds like it begins another way ("não esquece de marcar") or is denied in part ("não marca sexta"). A wish said after
it takes it back. Who wants only to know forbids it, too, where no word of booking stands beside that.
"""

import re

from service.language.phrases import any_of, either
from service.language.text import fold, undrawn

_WEEKDAY = r"(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)"
_NOT = r"(?<!por que )(?<!porque )(?<!pq )(?<!ficar )\b(?:nao|n|num|nunca|nem|sem|nada(?: de)?)"
# What a booking is ordered, wished or spoken of by.
_ORDERED = (
    r"(?:(?<!\ba )(?<!\bna )(?<!\bda )(?<!\bsua )(?<!\btem )(?<!\buma )"
    r"(?:marca|agenda|reserva|encaixa)|marquem?|agendem?|reservem?|encaixem?)"
)
_BOOK = either(_ORDERED, r"(?:marc|agend|reserv|encaix)(?:ar|ando|o)")
# "Não fecha ainda", but not "a loja não fecha pro almoço".
_SETTLE = r"(?:fech|confirm)(?:ar?|em?|ando|o)(?=\s*$| (?:nada|ainda|agora|isso|nao|negocio|por enquanto)\b)"
_ASKED_SO = r"(?:pode|podem|vai|vamos|precisa)"
_BETWEEN = (
    r"(?: (?:eh?|era|pra|para|de|que|precisa[mr]?|preciso|precise|quero|queria|quer|pretendo|vou|vamos|vai|pode|podem|to|tou|estou|ainda"
    r"|agora|hoje|hj|ja|eu|a gente|me|voces?|vcs?|mais|nada|melhor|ser|necessario|por enquanto|chega a|tem que))*"
)
# A part that is refused: another day, somebody, an hour.
_PART = (
    rf"(?! (?:com|pr[oa]s?|para|n[oa]s?|em|de|as|muito|tao|{_WEEKDAY}|dia|hoje|amanha|tarde|cedo)\b(?!.{{0,60}}\b(?:ainda|agora|nada)\b))"
)
# "Não marca a tosa, só o banho": of two things one is refused.
_ONE_THING = re.compile(rf"\b{_BOOK} (?:mais )?(?:a|o|as|os) \w+$")
_BUT_ANOTHER = re.compile(r"^(?:so|somente|apenas|mas so|e sim)(?: mesmo)? (?:a|o|as|os) \w+")
_FORBIDS = any_of(
    rf"{_NOT}{_BETWEEN} (?:{_BOOK}\b|{_SETTLE}){_PART}",
    rf"\b(?:{_BOOK}|fecha|fechar|confirma|confirmar)\b(?: (?:nada|isso|ainda|agora|ai|mais))* nao(?=\s*$| (?:viu|ta|moca|ainda|por|nao)\b)",
)
_ASKS_WHETHER = re.compile(rf"\bnao {_ASKED_SO}\b")
_ONLY_TO_KNOW = any_of(
    r"\b(?:so|apenas|somente)(?: (?:quero|queria|gostaria|pra|para|de|vou|vim|to|tou|estou|mesmo|uma))*"
    r" (?:saber|sabe|consultar|consultando|perguntar|perguntando|ver|vendo|olhar|olhando|pesquisar|pesquisando|orcamento|cotacao"
    r"|informacao|curiosidade)\b",
    r"\bsem compromisso\b(?! (?:n[oa]|de|com)\b)",
)
_BOOKS = re.compile(rf"\b(?:{_BOOK}|fechar?|confirmar?)\b")
_KNOWING = r"(?:saber|ver|consultar|perguntar|olhar|pesquisar|entender|pensar|que)"
_WANTS = rf"\b(?:quero|queria|queremos|gostaria|preciso|prefiro)\b(?! (?:so |de )?{_KNOWING}\b)"
_ASKS = any_of(rf"\b{_ORDERED}\b", rf"\b(?:pode|podem|bora|vamos) (?:ja |entao )?(?:{_BOOK}|fechar|confirmar)\b", _WANTS)
_LEAVES_OPEN = re.compile(r"\b(?:nao|n|nem|sem|so|se|caso|talvez|antes|depois|quando|sera|ontem)\b")

_CLAUSE = re.compile(r"[^,.;:!?\n]+[,.;:!?\n]*")
# Folded, "é" is "e", too: "não é pra marcar".
_JOINED = re.compile(r" (?:mas|porem|so que|(?<!\bnao )e(?! (?:pra|para|so)\b)) ")


def books(text: str) -> bool | None:
    """Return whether a message wants a booking, or forbids one, whichever it says last; None where it says neither in so many words."""
    said: bool | None = None
    clauses = [part for clause in _CLAUSE.findall(_folded(text)) for part in _JOINED.split(f" {clause.strip()} ")]
    for number, clause in enumerate(clauses):
        words, asks = clause.rstrip(" ,.;:!?\n"), "?" in clause
        if _FORBIDS.search(words) and not (asks and _ASKS_WHETHER.search(words)):
            # What is said beside of the other thing, whoever proposes reads.
            said = None if _ONE_THING.search(words) and any(map(_BUT_ANOTHER.match, map(str.strip, clauses[number + 1 :]))) else False
        elif not asks and _ASKS.search(words) and not _LEAVES_OPEN.search(words):
            said = True
    if said is None and any(map(_ONLY_TO_KNOW.search, clauses)):
        return None if any(map(_BOOKS.search, clauses)) else False
    return said


def _folded(text: str) -> str:
    return "\n".join(undrawn(fold(line)) for line in text.splitlines())
