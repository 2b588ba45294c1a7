"""Danger told by how much, how often and after what: vomiting that does not end, thirst, a reaction, what is stuck, yellow or maggoty.

`emergency` is the reader. What happens to a healthy animal, too, is danger by its measure: a count, "tudo que bebe", days without water.
"""

from service.language.emergency_signs import Sign
from service.language.phrases import any_of, either

_PET = either(
    r"el[ea]", r"bicho", r"(?:meu|minha|nosso|nossa) (?:\S+ )?\w+", r"[oa] (?:cachorr|gat|cadel|filhot|dog|pet|bichinh|coelh)\w*",
)  # fmt: skip
_IS = r"(?:ta|tah|esta|ficou|ficando)"
_NOT = r"(?:nao|n|num|nem|sem)"
_FULLY = r"(?:(?:tod[oa]|bem|muito|meio|super|so|ja|com) ){0,3}"
_MANY = r"(?:tres|quatro|cinco|seis|sete|oito|nove|dez|doze|quinze|vinte|muitas|varias|trocentas|mil|inumeras|[3-9]|\d\d+)"
_LONG = r"(?:desde|ha|faz|tem|fazem)"

# -- Again and again --------------------------------------------------------------------------------------------------------------------
_VOMITS = r"(?:vomit(?:a|ou|ando|ar|o|os)|golf(?:a|ou|ando)|bot(?:a|ou|ando) (?:tudo|os bofes|as tripas|a alma) (?:pra|para) fora)"
_OFTEN = (
    rf"\b{_VOMITS}\b(?: [^\s,.]+){{0,4}}? {_MANY} vezes\b",
    rf"\b{_MANY} (?:vomitos|vomitadas|vezes que (?:ele |ela )?vomit\w+)\b",
    rf"\b{_NOT} (?:para|parou|ta parando|esta parando) de (?:vomitar|golfar|babar|espumar|gritar|gemer|urrar|convulsionar|se debater)\b",
    rf"\b{_VOMITS} (?:ate (?:a )?agua|tudo(?: o)? (?:que|q)|(?:o )?(?:que|q) (?:come|bebe|toma)|qualquer coisa que)\b",
    rf"\b{_NOT} (?:\S+ )?(?:segur|par)\w* (?:mais )?nada (?:n[oa] (?:estomago|barriga))\b",
    r"\b(?:vomitando|golfando|vomita) (?:muito|demais|bastante|tudo|horrores|pra caramba|desde|sem)\b",
    r"\bvomit\w+ (?:com |tem |tinha )?(?:cheiro|gosto|cara|cor) de (?:coco|fezes|bosta|merda)\b|\bvomit\w+ feca\w+",
    # Comes and stays.
    rf"\b{_IS} (?:com )?(?:vomito e diarreia|diarreia e vomito|vomitando e com diarreia)\b[^.]{{0,30}}"
    rf"\b(?:{_LONG}|{_NOT} para|muito|sem parar)\b",
)
_DRY = (
    rf"\b{_NOT} (?:ta |esta |quer |consegue )?(?:beb\w+|tom\w+) (?:nem |mais )?(?:agua|nada)(?: \S+){{0,2}}? {_LONG} (?!(?:uma?|1) hora)",
    r"\b(?:dias?|horas) (?:\S+ ){0,2}?sem (?:comer (?:nada )?(?:e |ou |nem ){1,2})?(?:sem |nem )?(?:beber|agua)\b",
    rf"\b{_NOT} (?:ta |esta |quer )?com\w+ (?:nada )?(?:e |nem ){{1,2}}(?:nao |nem |n ){{0,2}}(?:beb\w+|agua)\b(?: \S+){{0,2}}? {_LONG}\b",
)

# -- After what was given ---------------------------------------------------------------------------------------------------------------
_REACTS = (
    r"(?:empol|inch|convuls|desmai|sufoc|ca(?:iu|indo)\b|saliv|espum|bolinhas?\b|urticaria|estrebuch|(?:tod[oa] )?mol(?:e|inh[oa]) e\b"
    r"|trem\w+ (?:muito|tod[oa]|sem parar)|vomit(?:ando|ou))\w*"
)
_AFTER = (
    rf"\b(?:depois|desde|apos|logo|assim que|tomou|aplic\w+)(?: que)?"
    rf"(?: (?:tomou|tomar|aplic\w+|deu|d?e|d?a|uma?|essa|hoje|ontem)){{0,5}} (?:vacin\w*|v ?8|v ?10|antirrabica)"
    rf"\b[^.!?;]{{0,40}}?\b(?:{_IS}|comec\w+|apareceu|{_PET}) (?:\S+ ){{0,3}}?{_REACTS}",
    rf"\baquilo\b[^.!?;]{{0,60}}\b(?:{_IS}|comec\w+) (?:\S+ ){{0,3}}?(?:saliv|espum|babando|babar|empol|convuls|desmai|cambale)\w*",
)  # fmt: skip

# -- What is stuck, and how one falls ----------------------------------------------------------------------------------------------------
_DRIPS = (
    r"\b(?:so|apenas) (?:(?:sai|vem|faz|ta) )?(?:ping(?:a|ando|ou|os?|inhos?)|(?:umas? )?gotinhas?|gotas?)\b"
    r"(?! (?:d[eo] )?(?:remedio|colirio|dipirona|perfume|sangue))",
)
_ACROSS = (
    r"\b(?:osso|espinha|palito|pau|graveto|galho|anzol|agulha|algo|alguma coisa|um negocio|uma coisa|caroco|pedaco)(?: \S+){0,2}?"
    r" (?:atravessad|encravad|enganchad|fincad|cravad)[oa]\b",
)
_CAUGHT = (
    r"(?:^|[,.] ?|\b(?:el[ea]|bicho) )(?:(?:se )?(?:prendeu|enganchou|agarrou)|(?:ficou|ta|esta) (?:pres|enganchad|agarrad|entalad)[oa])"
    r" (?:n[oa]|num|numa|em|pel[oa]|debaixo d[oa]) (?:elevador|portao|porta|grade|cerca|ventilador|escada rolante|roda|arame|ralo"
    r"|maquina|armadilha|ratoeira|motor|carro|vao|buraco)\b(?!,? (?:e )?(?:ja|mas ja)\b)",
)
_FALLS = (
    r"\bdeu (?:um |uma |uns )?(?:negocio|troco|trem|coisa|coiso)(?: (?:ruim|estranh[oa]|esquisit[oa]|feio))? nel[ea]\b(?! (?:pra|para|de))",
    r"\bca(?:i|indo|iu) (?:(?:toda hora|sempre|de lado|pro lado|no chao|,) ){0,3}(?:quando|ao|se|assim que|toda vez que) "
    r"(?:el[ea] )?(?:tent\w+ )?(?:and(?:a|ar)|levant(?:a|ar)|ficar? em pe)\b",
    rf"\b{_IS} apagad[oa] (?:aqui )?n[oa] (?:chao|piso|quintal|rua|calcada|cozinha|garagem|banheiro|area)\b"
    r"(?!.{0,20}\b(?:dorm|ronc|sono))",
)

# -- What is seen of the body -----------------------------------------------------------------------------------------------------------
_CUTTER = r"(?:arame|vidros?|lata|cac[oa]s?|prego|telha|cerca|faca|ferro|estilete|lamina|garrafa|espelho|tesoura|navalha|gilete)"
_CUT = (
    r"\bcort(?:ou|aram|ei|ad[oa])(?: [^\s,.]+){0,4}? (?:fundo|funda|profund\w+)\b",
    rf"\b(?:se )?(?:cort|rasg)(?:ou|aram|ad[oa]) (?:tod[oa] )?(?:n[oa]s?|num|numa) {_CUTTER}\b",
    rf"\b{_CUTTER}\b(?: \S+){{0,2}}? (?:cort|rasg)(?:ou|aram) (?:(?:bem|muito|feio|fundo|tod[oa]) ){{0,3}}"
    r"[oa]s? (?:pat|pern|barrig|pesco|pele|lingu|cachor|gat|focin|rab|orelh)\w*",
    r"\b(?:larvas?|tapurus?|vermes?|berne\w*|bicho de mosca)\b(?: \S+){0,3}? n[oa]s? "
    r"(?:ferid|machucad|pele|pat|orelh|ouvid|corte|cabec|cost|olh|bumbum|cirurgi|boca|pesco|rab)\w*",
    r"\bmiiase\b",
)
_COLOUR = (
    r"\b(?:gengiv|mucos|pele\b|branco d[oe]s? olh)\w*\b[^,.]{0,20}\bamarel\w+",
    r"\bamarel\w+[^.]{0,20}\b(?:gengiv|mucos|branco d[oe]s? olh)\w*",
    rf"\b{_IS} (?:com )?[oa]s? olh\w+ amarel\w+|\bolh\w+ (?:del[ea] )?(?:ta|tao|estao|ficou|ficaram|ficando) {_FULLY}amarel\w+",
    rf"\b(?:el[ea]|bicho) {_IS} {_FULLY}amarel(?:o|a|inh\w+)\b(?! (?:de|d[oa]|com)\b)",
    r"\bolh\w+ (?:d?el[ea] )?(?:(?:ta|tao|esta|ficou|com) )?(?:tod[oa] |bem |meio )?(?:estufad|saltad|pulad)[oa]s?\b",
    rf"\b(?:pata|patinha|perna|pele|focinho|orelha)(?: del[ea])? {_IS} {_FULLY}(?:preta|rox\w+|necros\w+)\b[^.!?;]{{0,25}}"
    r"\b(?:picad\w+|aranha|cobra|mord\w+|inch\w+)",
)
_BREATH = (
    r"\brespir\w+ (?:\S+ ){0,2}?(?:com|pel|so (?:com|pel))a? ?a? (?:barriga|abdomen)\b",
    r"\brespir\w+\b[^,.]{0,30}\b(?:muito|bem|super|tao) (?:rapid|acelerad)\w+",
)

# -- Help that is asked for, and poison that somebody gave --------------------------------------------------------------------------------
_NOW = r"(?:urgente\w*|com urgencia|agora|ja\b|imediata\w*|rapido|o quanto antes|pra ontem|correndo)"
_HURRY = (
    rf"\bprecisa (?:de )?(?:(?:ser|ir|passar) )?"
    rf"(?:atendid[oa]|socorrid[oa]|vist[oa]|medicad[oa]|atendimento|cuidados|socorro|ajuda|vet\w*|medico) (?:\S+ )?{_NOW}",
    rf"\bprecis(?:o|amos|ando) (?:muito )?(?:de )?(?:um |uma |algum |o |a )?"
    rf"(?:vet|veterinari[oa]|doutora?|medic[oa] veterinari[oa]|socorro) {_NOW}",
    r"\b(?:el[ea]|bicho|(?:meu|minha) \w+) (?:ta|tah|esta) (?:muito |bem )?(?:mal|ruim) (?:demais|mesmo|pra caramba|de verdade)\b",
)
_GIVEN_BY_OTHERS = (
    r"\b(?:deu|jogou|jogaram|tacou|tacaram|botou|colocou|puseram|pos|picaram|largaram|largou|misturou|misturaram) (?:\S+ ){0,2}?"
    r"(?:venenos?|chumbinho|raticida) (?:pr[oa]|para|pra|n[oa]|a[op]?) ?(?:el[ea]s?\b|(?:[oa] )?(?:meu|minha|nosso|nossa)|bicho"
    r"|[oa]? ?(?:cachorr|gat|cadel|filhot)\w*|comida|racao|agua|pote|potinho)",
    r"\bess[ea] (?:tambem )?(?:comeu|lambeu|engoliu) (?:d[oa] mesm[oa]|a mesma coisa|tambem)\b",
)

DEGREE: tuple[Sign, ...] = (
    Sign("poison", any_of(*_GIVEN_BY_OTHERS)),
    Sign("bleeding", any_of(*_CUT)),
    Sign("breathing", any_of(*_BREATH)),
    Sign("accident", any_of(*_CAUGHT)),
    Sign("collapse", any_of(*_FALLS)),
    Sign("other", any_of(*_OFTEN, *_DRY, *_AFTER, *_DRIPS, *_ACROSS, *_COLOUR, *_HURRY)),
)
