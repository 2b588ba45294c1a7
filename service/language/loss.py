"""Whether somebody tells of a death: what is answered then must be no cheerful word."""

import re

from service.language.text import fold

# Of a thing, or in a manner of speaking, nobody is mourned.
_NO_DEATH = re.compile(
    r"\b(?:carro|moto|motor|bateria|celular|telefone|computador|internet|conversa|assunto|papo|site|app|sistema|planta\w*|plantinha)"
    r"(?: \S+){0,2}? (?:morreu|faleceu)"
    r"|\b(?:quase|me|que) (?:morr\w+|falec\w+)"
    r"|\bmorreu de (?!velh|idade|cancer|parvo|cinomose|doenca|infart|repente|parada|insuficiencia|leucemia|fiv|felv|tumor"
    r"|hemorragia|envenen|noite)\w+"
    r"|\b(?:se|caso) (?:\S+ ){0,3}?(?:morreu|faleceu)"
)
_DEATH = re.compile(
    r"\b(?:morreu|morreram|faleceu|faleceram|falecimento|obito|nao resistiu|nao aguentou e (?:se foi|partiu)|virou estrelinha"
    r"|foi pro ceu|foi para o ceu|partiu (?:ontem|hoje|essa|esta|de manha|dormindo)|descansou (?:ontem|hoje|em paz|essa|esta)"
    r"|(?:tivemos|tive|tiveram) (?:que|de) (?:sacrificar|eutanasiar)|foi sacrificad[oa])\b"
    r"|\bperd(?:i|emos) (?:o |a )?(?:meu|minha|nosso|nossa) (?:cachorr|cadel|gat|pet|filhot|bichinh|coelh|calopsit|companheir|amor)\w*"
)
_IN_DOUBT = re.compile(r"\b(?:acho|parece|sera|talvez|nao sei se|quase)\b(?: \S+){0,3}? (?:morreu|faleceu|se foi)")


def tells_of_death(text: str) -> bool:
    """Tell whether a text says that somebody died, flatly and not as a manner of speaking."""
    folded = _NO_DEATH.sub(" ", fold(text))
    return bool(_DEATH.search(folded)) and not _IN_DOUBT.search(folded)
