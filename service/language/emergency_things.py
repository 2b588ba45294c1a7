"""What befalls things, purses and people's own plans in words of danger: "o carro atropelou meu portão", "tá duro de grana".

A sign of danger is an animal's, or nobody's that was named: what is done to a thing is put in a neutral word before it is looked for. What
things there are is a closed list; whatever else is run over, bitten or stiff may be an animal. Nothing is taken out where an animal stands
in the same clause, or ails.
"""

import re

from service.language.emergency_given import GIVEN
from service.language.emergency_hint_signs import CRIES, HINTS
from service.language.emergency_swallowed_words import EATS, OBJECTS, SWALLOWED
from service.language.phrases import any_of, either

_VEHICLE = r"(?:carro|moto|caminhao|caminhonete|onibus|van|uber|taxi|trator|bicicleta|bike|motoqueiro|motoboy|motorista)"
_THING = either(
    _VEHICLE, r"portao", r"portaozinho", r"muro", r"poste", r"lixeiras?", r"lixo", r"cones?", r"placas?", r"cerca", r"grade", r"garagem",
    r"mala", r"mochila", r"vasos?", r"parede", r"arvore", r"semaforo", r"calcada", r"meio[- ]fio", r"vitrine", r"barraca", r"hidrante",
    r"retrovisor", r"para-?choque", r"caixa d[eo] correio", r"guarita", r"cancela", r"orelhao",
)  # fmt: skip
_THE = r"(?:(?:[oa]s?|uma?|meus?|minhas?|noss[oa]|seu|sua|n[oa]s?|numa?|d[oa]s?|em|contra|com|de) )*"
_THERE_ENDS = r"\b(?=(?P<rest>[^.,!?;]{0,60}))(?=(?P<after>.{0,120}))"
_DROVE = r"(?:bateu|bateram|pegou|acertou|amassou|derrubou|esmagou|arrancou|passou (?:por|em) cima|atropel(?:ou|aram))"
# Run over, or driven into; who has an animal in the clause is heard by `emergency_reading`.
STRUCK = re.compile(rf"\b(?:atropel(?:ou|aram|ei|amos)|{_VEHICLE}(?: [^\s,.]+){{0,2}}? {_DROVE}) {_THE}{_THING}{_THERE_ENDS}")

# Hard up, hard to do.
_HARD_UP = re.compile(
    r"\b(?:ta|tah|esta|ficou|anda|fica) (?:muito |bem |meio |tao |mais )*dur[oa] (?:d[eo] )?"
    r"(?:grana|dinheiro|bolso|pagar|bancar|acordar|acreditar|entender|aguentar|trabalhar|achar|conseguir|marcar|esperar|estacionar)\b"
)
# Bitten is somebody who has fingers.
_BIT_US = re.compile(
    r"\b(?:mord(?:eu|e|iscou|endo) (?:[oa]s? )?(?:meus?|minhas?|noss[oa]s?) (?:dedos?|maos?|bracos?|pes?|canela|calca|roupa))\b"
)
_SHOCKED_US = re.compile(r"\bme (?:deu|levou) (?:\S+ )?(?:choque|susto)\b")

# Wires of what has no current worth a word; of any other where all that is told of it is that it no longer works.
_WEAK_WIRE = r"(?:fones?(?: de ouvido)?|headset|headphone|mouse|teclado|controle|usb|internet|antena)"
_DEVICE = (
    rf"(?:{_WEAK_WIRE}|carregador|notebook|computador|tv|televisao|celular|video ?game|som|caixinha|roteador|secador|chapinha|ventilador"
    r"|abajur|aspirador|tablet|impressora|camera|lampada|luminaria)"
)
_OUT_OF_ORDER = (
    r"(?:estrag\w+|quebrou|pifou|nao (?:liga|funciona|carrega|presta)\w*|parou de (?:funcionar|carregar)|(?:vou|tive) (?:ter )?que comprar)"
)
_WIRE = re.compile(
    rf"\b(?:mord(?:eu|iscou|endo)|mastigou) (?:(?:[oa]s?|uma?|tod[oa]s?) )*(?:fio|cabo)s? d[aeo]s? (?:(?:meu|minha|noss[oa]) )?"
    rf"(?:{_WEAK_WIRE}\b|{_DEVICE}\b(?=[^.!?;]{{0,40}}\b{_OUT_OF_ORDER}))(?P<rest>)(?=(?P<after>.{{0,200}}))"
)
_PESTS = r"(?:formig\w+|barat\w+|ratos?|ratazanas?|cupi\w+|mato|pulgas?|carrapatos?|inset\w+|mosquit\w+|caramuj\w+|lesmas?|pombos?)"
_POISONED_PESTS = re.compile(rf"\b(?:envenen|intoxic)\w+ (?:(?:[oa]s?|uns|umas|d[aeo]s?|tod[oa]s?) )*{_PESTS}\b(?=(?P<after>.{{0,200}}))")
# What was swallowed and is out again.
_CAME_OUT = re.compile(
    rf"\b{SWALLOWED}(?: [^\s,.]+){{0,2}}? {OBJECTS},?"
    r"(?: (?:mas|e|que|so|ontem|anteontem|inteir[oa]|del[ea]|minha|meu|semana|mes|passad[oa])){0,4}"
    r" ja (?:saiu|eliminou|expeliu|(?:botou|colocou|pos) pra fora)(?: \S+){0,3}? (?:coco|cocozinho|fezes|caca)\b(?=(?P<after>.{0,200}))"
)
_CRY_OVER_ITS_OWN = re.compile(
    r"\bsocorro,? (?:gente |moc[oa] |pessoal )?(?:eu )?(?:(?:nao|n) (?:sei|consigo|to conseguindo) (?:como )?"
    r"(?:usar|mexer|abrir|entrar|pagar|acessar|instalar|baixar|entender|digitar|mandar)"
    r"|(?:to|tou|estou|vou|vamos) (?:muito |super |mega |bem |uns? )*(?:atrasad[oa]|atrasar|perdid[oa] n[oa])|esqueci (?:d[eo]|[oa])"
    r"|que (?:preco|calor|fila|transito|chuva))\b"
)
_THEIRS = re.compile(r"\b[nd]?el[ea]s?\b")
_AILS = tuple(hint for hint in HINTS if hint is not CRIES)
_TASTED = any_of(rf"\b{EATS}\b", r"\bpass(?:ou|ando) mal\b", r"\bchoque\b")


def without_things(folded: str, animals: re.Pattern[str]) -> str:
    """Return folded words with what befell things and people in a neutral one. `animals` finds those that are spoken of."""
    for pattern in (_HARD_UP, _BIT_US, _SHOCKED_US):
        folded = pattern.sub(GIVEN, folded)
    for pattern in (_WIRE, _POISONED_PESTS, _CAME_OUT):
        folded = pattern.sub(_unless_it_ails, folded)
    return folded if animals.search(folded) or _THEIRS.search(folded) or _ails(folded) else _CRY_OVER_ITS_OWN.sub(GIVEN, folded)


def _unless_it_ails(told: re.Match[str]) -> str:
    return told[0] if _ails(told["after"]) else GIVEN


def _ails(words: str) -> bool:
    return _TASTED.search(words) is not None or any(hint.search(words) for hint in _AILS)
