"""What an animal was given as its medicine: "tomou o antipulgas ontem", "comeu o comprimido na salsicha", "lambeu a pomada da orelha".

A medicine that is the animal's own, given as it should be, is nothing that it swallowed. One of somebody else's, too much of it, or one
that was found is. What is read as given is a closed list of ways to give; in doubt it stays what it is.
"""

import re

from service.language.emergency_swallowed_words import MEDICINE
from service.language.phrases import either

GIVEN = "aquilo"

_REACH = 100  # characters after it in which it is told how much it was

# Given by somebody, or taken as one takes it.
_GAVE = either(
    r"tom(?:ou|aram|ando|a|ei|e|ar|ava)", r"dei", r"deu", r"demos", r"deram", r"dou", r"dar", r"dando", r"passei", r"passou", r"passamos",
    r"passaram", r"apliquei", r"aplicou", r"aplicaram", r"aplicamos", r"coloquei", r"colocou", r"botei", r"us(?:ei|ou|a|ando|o|amos)",
    r"pinguei", r"pingou", r"receb\w+", r"fiz", r"pus",
)  # fmt: skip
_A_PETS = (
    r"(?:(?:remedi(?:o|nho)|comprimid(?:o|inho)|tablete|pipeta|coleira|petisco|capsula|spray|talco|gotinha|medicacao|produto|dose)s? )?"
    r"(?:(?:de|do|da|pra|para|contra|anti) ?)?(?:anti[- ]?)?"
    r"(?:pulgas?|carrapatos?|vermes?|vermifug\w+|bravecto|nexgard\w*|nex gard|simparic\w*|capstar|advocate|frontline|revolution|drontal"
    r"|credeli|comfortis|seresto|scalibor|carrapaticida|antiparasitari[oa]|pipeta)"
)
# What a pill is hidden in.
_FOOD = either(
    r"salsich\w+", r"pate", r"queij\w+", r"petisc\w+", r"biscoit\w+", r"bifinho", r"rac(?:ao|aozinha)", r"comid\w+", r"sache",
    r"pao(?:zinho)?",
    r"carn\w+", r"frango", r"requeijao", r"manteiga", r"banana", r"iogurte", r"mortadela", r"presunto", r"peito de peru", r"figado", r"ovo",
    r"mel", r"bisnag\w+ de carne", r"lanchinho", r"agrado", r"danoninho", r"doce de leite", r"goiabada",
)  # fmt: skip
_PIECE = r"(?:(?:o|a|um|uma|seu|sua|aquele|pedac\w+ d[eoa]|bolinha d[eoa]|meio d[oa]) )*"
_IN_FOOD = rf"(?:(?:n|dentro d|no meio d|com |junto com |junto d|misturad\w+ (?:n|com ))[oa]?(?:um|uma)? ?{_PIECE}{_FOOD}\b)"
_ONE = r"(?:o|a|os|as|um|uma|seu|sua|esse|essa|aquele|aquela|1|meio|meia|primeir[oa]|segund[oa]|ultim[oa])"
_WHEN = r"(?:hoje|hj|ontem|agora|ja|so|sempre|todo dia|de manha|cedo|direitinho|certinho|tambem)"
# What makes a product none: somebody else's, too much of it, taken and not given, another animal's.
_AMISS = re.compile(
    r"\b(?:d[oa]s? (?:meus?|minhas?|nossos?|nossas?|vo|avo|mae|pai|marido|espos[oa]|sogr[oa]|filh[oa]|vizinh[oa]|tia|tio)|de gente"
    r"|human[oa]s?|pessoas?|dormir|a mais|dobr\w+|dupl[oa]|tripl\w+|errad[oa]|engano|sem querer|inteir[oa]s?|vencid[oa]s?|em vez"
    r"|mais do que"
    r"|tubo|bisnaga|frasco|pote|bebe|assadura|jog(?:ou|aram|ad[oa])"
    rf"|pressao(?! del[ea])|crianca|rua|calcada|lixo|quintal|portao|estranh[oa]|desconhecid[oa]|del[ea] (?:pr[oa]|ao?) (?:(?:meu"
    rf"|minha) )?(?:cachorr|gat|cadel|filhot|dog|bicho)\w*"
    rf"|escondid\w+(?! {_IN_FOOD})"
    r"|tod[oa]s?(?! dia)|cartelas?|a caixa|varios|varias|muitos|(?:duas|tres|\d+) vezes|2x|chao|jogad[oa]|achou"
    r"|d[eo] (?:cachorr[oa]|cao|caes|boi|cavalo|gato|outr[oa])|d[oa]s? outr[oa]s?)\b"
)
_AS_MEANT = re.compile(r"\b(?:direitinho|certinho|numa boa|de boa|receit\w+|prescrev\w+)\b")
_REST = r"(?=(?P<rest>[^.,!?;]{0,80}))"
# A medicine is given by name, never "comeu": that is what a pet does that found it. What is made for pets may be eaten, too.
_MEDICINE_GIVEN = re.compile(rf"\b(?P<verb>{_GAVE})(?P<gap>(?: {_WHEN})*(?: {_ONE})?) {MEDICINE}\b{_REST}")
_PETS_COUNTED = re.compile(rf"\b(?P<verb>{_GAVE})(?: {_WHEN})* (?:dois|duas|tres|[23]) {_A_PETS}(?!\w){_REST}")
_PETS_GIVEN = re.compile(rf"\b(?P<verb>{_GAVE}|comeu|engoliu|mastigou)(?P<gap>(?: {_WHEN})*(?: {_ONE})?) {_A_PETS}(?!\w){_REST}")
# In food, or as one always does: then "comeu", too.
_PILL = (
    r"(?:(?:remed(?:io|inho)|comprimid(?:o|inho)|capsula|medicac(?:ao|oes)|vermifug\w+|antibiotico|antialergico|vitamina|tablete)s?"
    rf"(?: (?:de|do|da|pra|contra|anti) (?!meu|minha)\S+)?|{_A_PETS})"
)
_SWALLOWS = r"(?:com(?:e|eu|eram|em)|engol(?:e|iu|iram)|tom(?:a|ou)|mastig(?:a|ou)|aceit(?:a|ou))"
_FREELY = r"(?:o|a|os|as|um|uma|seu|sua|bem|ate|direitinho|qualquer|tod[oa] tipo de|quase|numa boa|sempre|metade d[oa])"
_IN_ITS_FOOD = re.compile(rf"\b(?P<verb>{_SWALLOWS})(?: {_FREELY})* {_PILL} (?:(?:que (?:eu )?)?escond\w+ )?{_IN_FOOD}{_REST}")
_FOOD_WITH_IT = re.compile(
    rf"\b(?P<verb>{_SWALLOWS}) {_PIECE}{_FOOD} (?:com|e) (?:(?:o|a|um|uma|seu|sua|meio) )*{_PILL}(?![\w-])(?: (?:dentro|junto"
    rf"|escondid\w+))?{_REST}"
)
_HIDDEN_BY_US = re.compile(
    rf"\b(?P<verb>(?:escond|coloqu|mistur|bot|p)(?:i|ei|us|emos|amos|o|eu)) (?:{_FREELY} )*{_PILL} {_IN_FOOD}{_REST}"
)
_HABIT = re.compile(rf"\b(?P<verb>come|engole|toma|mastiga|aceita)(?: {_FREELY})* {_PILL}(?![\w-]){_REST}")
# A salve that was put on it, and where.
_SORE = either(
    r"machucad\w+", r"ferid\w+", r"corte", r"cirurgia", r"pont(?:o|os|inhos)", r"pat\w+", r"orelh\w+", r"ouvid\w+", r"olh\w+", r"pele",
    r"alergia",
    r"casquinha", r"micose", r"sarna", r"dermatite", r"focinho", r"rab\w+", r"barrig\w+", r"cost\w+", r"dobrinhas?", r"coceira",
    r"cotovelo",
)  # fmt: skip
_WE_PUT = r"(?:passei|passamos|coloquei|colocamos|botei|pus|apliquei|a vet\w* (?:passou|receitou|mandou))"
_SALVE_LICKED = re.compile(
    rf"\b(?P<verb>lamb(?:eu|e|endo|iscou))(?: (?:um pouc\w+|um pouquinho))?(?: (?:d?[oa]|a))? (?:pomad\w+|creme|spray|remedinho|gel)"
    rf"(?: que (?:eu )?{_WE_PUT})? (?:d|n)[oa]s? {_SORE}\b{_REST}"
)
_CONTRACEPTIVE_GIVEN = re.compile(
    rf"\b(?P<verb>{_GAVE})(?: {_WHEN})*(?: {_ONE})? (?:(?:injecao|vacina) (?:de |do |da )?)?anticoncepcional\b{_REST}"
)
_GIVEN = (
    _IN_ITS_FOOD, _FOOD_WITH_IT, _HIDDEN_BY_US, _PETS_GIVEN, _PETS_COUNTED, _MEDICINE_GIVEN, _CONTRACEPTIVE_GIVEN, _HABIT, _SALVE_LICKED,
)  # fmt: skip
# How many there were is told after it: "tomou dipirona... acho que foi uns 5 comprimidos".
_TOO_MANY = re.compile(
    r"\b(?:foi|foram|era|eram|ter sido)(?: (?:uns|umas|quase|pelo menos|mais de))* (?:[3-9]|\d\d+|tres|quatro|cinco|seis|sete|oito|nove|dez"
    r"|vari[oa]s|muit[oa]s) (?:comprimid|capsul|drage|cartel)\w*"
)
# Whoever throws food with a medicine in it gives none.
_THROWN = re.compile(r"\b(?:jog|tac|atir|arremess|larg)(?:ou|aram|ad[oa])\b")


def without_medicine(folded: str) -> str:
    """Return folded words with what was given as a medicine in a neutral one."""
    for pattern in _GIVEN:
        folded = pattern.sub(_given, folded)
    return folded


def _given(match: re.Match[str]) -> str:
    amiss = _AMISS.search(match[0] + match["rest"]) and not _AS_MEANT.search(match["rest"])
    too_many = _TOO_MANY.search(match.string, match.end(), match.end() + _REACH)
    return match[0] if amiss or too_many or _THROWN.search(match.string) else f"{match['verb']} {GIVEN}"
