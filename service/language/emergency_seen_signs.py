"""Danger told by what is seen of it: a bird below its perch, smoke, an eye that runs out, a body that lies stiff, a bait.

`emergency` is the reader.

Birds and small pets have words of their own, for they fall silent rather than cry; their cage is half of what is said of them. Of fire and
baits the scene is told, and the animal's state beside it.
"""

from service.language.emergency_signs import Sign
from service.language.phrases import any_of, either

_NOT = r"(?:nao|n|num|nem|mal)"
_SENTENCE = r"[^.!?;]"

# -- Birds and small pets --------------------------------------------------------------------------------------------------------------
_CAGE = r"(?:fundo|chao|canto|cantinho|piso|forro) d[aoe] (?:gaiol\w+|viveiro|terrario|toca|cercado|serragem|ninho)"
_UNWELL = either(
    r"arrepiad\w+", r"embolad\w+", r"encoruj\w+", r"bol(?:a|inha)\b(?! de)", r"fungando", r"nem liga", r"tod[oa] fof[oa]",
    r"sem forcas?", r"mol(?:e|inh[oa])", r"jogad[oa]", r"encolhid\w+", r"caid\w+",
    r"olh\w+ fechad\w+", r"fechando os olh\w+", r"penas? (?:\S+ )?(?:arrepiad|eric|fof)\w+", r"bico abert\w+", r"respir\w+", r"ofeg\w+",
    r"dur(?:inh)?[oa]", r"gelad\w+", r"fri[oa]", r"tremendo", r"de lado", r"tombad\w+", r"apatic\w+", r"prostrad\w+", r"sangu\w+",
    rf"{_NOT} (?:\S+ )?(?:se )?(?:mexe|come|sobe|levanta|reage|abre|canta nem)\w*",
)  # fmt: skip
_CAGED = (
    rf"\b{_CAGE}\b{_SENTENCE}{{0,60}}\b{_UNWELL}\b",
    rf"\b{_UNWELL}\b{_SENTENCE}{{0,60}}\b{_CAGE}\b",
    rf"\bpenas? (?:\S+ )?(?:estufad|arrepiad|eric|fof)\w+{_SENTENCE}{{0,40}}\b(?:sem comer|nao come|fundo|quiet\w+|parad\w+"
    rf"|olh\w+ fech\w+)\b",
    rf"\b(?:fundo|quiet\w+|parad\w+|nao come){_SENTENCE}{{0,40}}\bpenas? (?:\S+ )?(?:estufad|arrepiad|eric|fof)\w+",
    r"\bencoruj(?:ad[oa]|ou|ando)\b",
    r"\b(?:jabuti|tartarug|cagad|iguana|lagart)\w*\b[^.!?;]{0,50}\b(?:nao recolh\w+|mol(?:e|inh[oa])|boca aberta|espum\w+"
    r"|de barriga pra cima)\b",
    rf"\b{_NOT} (?:\S+ ){{0,3}}?(?:sob|segur|agarr|par|fic|pous|equilibr|empoleir|mant)\w*(?: (?:mais|em pe|direito|se|a))* n?o poleiro"
    rf"(?! (?:nov|del?|da ))",
    r"\b(?:ca(?:iu|indo|i)|despencou|despencando) (?:dur[oa] |de cabeca )?d[oe] poleiro\b(?!,? (?:de sono|dormindo))",
    r"\babr\w+ e fech\w+ o bic\w+\b(?!,? (?:quando|pra|para|imita|toda vez|brinc|cant|pedindo))",
    r"\b(?:respir\w+ (?:mexendo |balancando )?(?:com )?[oa] (?:rab|caud)\w+|(?:rab|caud)\w+ (?:\S+ ){0,3}?(?:pra|para|quando"
    r"|ao) respir\w+)",
    r"\b(?:nao|n|nem) (?:\S+ )?(?:voa|bate as asas|abre a asa|canta) (?:mais )?(?:nem|e (?:ta|esta|so|nao)) (?:\S+ ){0,2}?(?:come|anda|sobe"
    r"|mexe|arrepiad|caid|dorm|parad)\w*",
    rf"\barrepiad[oa]s?\b{_SENTENCE}{{0,40}}\b(?:sem forca|olh\w+ fech\w+|dormindo o dia|nao come|sem comer|encolhid|vomit|bico)\w*",
)  # fmt: skip
_WITHOUT_STRENGTH = (
    r"(?<!\bto )(?<!\btou )(?<!\bestou )(?<!\bvou )\bsem (?:nenhuma )?forcas? (?:pra|para|de|nem) (?:\S+ )?(?:se )?(?:ficar|levant|and"
    r"|sub|com|abr"
    r"|respir|mant|segur|mex|reag|sust|beber|mam|chor|lat|mi)\w*",
)  # fmt: skip

# -- Fire and smoke -------------------------------------------------------------------------------------------------------------------
_FIRE = (
    r"(?:fogo|incendi\w+|fumac\w+(?! (?:toss|cusp|vomit|engasg|ta\b|esta\b|fic|desmai)\w*)|fuligem|curto[- ]circuito|explos\w+|explodiu"
    r"|gas de cozinha|(?:vazamento|chei[ao]|cheiro|encheu) de gas|vaz(?:ou|ando|amento) (?:de |o )?gas|extintor)"
)
_HOT = (
    r"(?:ferro|secador|chapinha|soprador|asfalto|vela|isqueiro|escapamento|forno|fogao|panela|chaleira|oleo|brasa|churrasqueira"
    r"|aquecedor|cafe)"
)
_HARMED = either(
    r"toss\w+", r"cusp\w+", r"zonz[oa]", r"tont[oa]", r"mol(?:e|inh[oa])", r"ofeg\w+", r"arfando", r"engasg\w+", r"desmai\w+", r"chiando",
    r"caid[oa]", r"rox[oa]", r"babando", r"olh\w+ (?:\S+ )?(?:vermelh|fech|inch)\w+", r"nao (?:consegue|respira|levanta|reage|acorda)\w*",
    r"vomit\w+", r"gritando", r"pel\w+ queimad\w+", r"grogue", r"bamb[oa]", r"(?:trancad|pres|fechad)[oa] (?:la )?(?:dentro"
    r"|n[oa])", r"pel[oe] (?:\S+ ){0,2}?(?:saiu|soltou|saindo|soltando)",
    r"bolhas?", r"focinh\w+ (?:\S+ )?pret\w+", r"pux\w+ o (?:peito|ar)", r"pegou n[oa]s? (?:cachorr|gat|cadel"
    r"|filhot)\w+", r"estranh[oa]", r"esquisit[oa]",
)  # fmt: skip
_BURNT = (
    rf"\b{_FIRE}\b{_SENTENCE}{{0,80}}\b{_HARMED}\b",
    rf"\b{_HARMED}\b{_SENTENCE}{{0,50}}\b(?:depois|desde|com|d[aoe]|por causa d[ao]) (?:\S+ ){{0,2}}?{_FIRE}\b",
    r"\b(?:respir|inal|aspir|engol|pux)(?:ou|aram|iu|iram|ando) (?:\S+ ){0,3}?(?:fumac\w+|fuligem|gas|vapor|monoxido|veneno|spray)\b",
    r"\b(?:toss|cusp|escarr|vomit)\w+ (?:\S+ ){0,2}?(?:pret[oa]|escur[oa]|cinzent[oa]|carvao|fuligem)\b",
    rf"\b{_HOT}\b{_SENTENCE}{{0,60}}\b(?:bolhas?|pele (?:\S+ )?(?:saiu|soltou|saindo|soltando))\b",
    rf"\b{_HOT}\b{_SENTENCE}{{0,25}}\bca(?:iu|indo) (?:n|em cima d|por cima d)[oa]s? (?:costas?|lombo|pat|cabec|gat|cachorr|cadel"
    rf"|filhot)\w*",
    rf"\b{_HOT} queim(?:ou|aram|ei) (?:[oa]s? |tod[oa] |um pedaco d[oa] ){{0,2}}(?:n?el[ea]|bicho|costas?|lombo|barrig|pat|orelh|pele"
    rf"|rab|focinh|pesco|cachorr"
    r"|gat|cadel|filhot)\w*",
    r"\bchamusc(?:ou|ad[oa]|aram)\b",
)  # fmt: skip

# -- Eyes ------------------------------------------------------------------------------------------------------------------------------
_EYE = r"olh(?:o|os|inho|inhos|ao)"
_SHARP = (
    r"(?:espinh\w+|galh\w+|gravet\w+|arame|farpa|pregos?|unhas?|cacos?|lascas?|paus?|anzol|vidros?|gancho|faca|ferpa|palito|estilhac\w+)"
)
_EYES = (
    rf"\b{_EYE}(?: \w+){{0,4}}? (?:vaz(?:ou|ando|ad[oa])"
    r"|murch(?:ou|ando|o|ou)|esvazi(?:ou|ando)|afund(?:ou|ando|ad[oa])|estour(?:ou|ad[oa])|rasg(?:ou|ad[oa])|solt(?:ou|ando)"
    r"|perfurad[oa])\b",
    rf"\b{_SHARP}\b{_SENTENCE}{{0,20}}\b(?:n|dentro d|pel)?o {_EYE}\b",
    rf"\b{_EYE}\b{_SENTENCE}{{0,20}}\b(?:n[oa]|num|numa|com) (?:[oa] |um |uma )?{_SHARP}\b",
    rf"\b(?:unhad|pancad|pedrad|bicad|patad|mordid|facad|espetad|paulad|bolad|arranha)\w+ (?:\S+ ){{0,4}}?no {_EYE}\b",
    rf"\b{_EYE}\b{_SENTENCE}{{0,40}}\b(?:sa(?:i|iu|indo)|escorr(?:e|eu|endo)|vaz(?:a|ou|ando)|pingando) (?:\S+ ){{0,3}}?(?:sangue"
    rf"|gelatin\w+"
    r"|geleia|gosma|de dentro|agua grossa)\b",
    rf"\b(?:fur|perfur|espet|rasg|vaz|cort)(?:ou|aram|ei|ad[oa]|ando) (?:[oa]s? |um |d?el[ea] )?{_EYE}\b",
    r"\b(?:estour|perfur|fur|rasg|vaz|perd)(?:ou|aram|eu|ei) (?:d[oe] )?(?:a menina d[oe]s? olh\w+|a vista)\b",
    r"\bperdeu (?:o|um) olho\b(?! d[eoa])",
    rf"\b(?:crav|espet|enfi|finc|enterr)\w+ (?:\S+ ){{0,5}}?n[oa] (?:{_EYE}|vista)\b",
    r"\bvista(?: d[oa])?(?: (?:meu|minha))?(?: \w+)? (?:fur|vaz|perfur)(?:ou|ada|ando)\b",
    rf"\b(?:sangue|gelatin\w+|geleia|gosma) (?:\S+ ){{0,2}}?d[oe]s? {_EYE}\b",
)  # fmt: skip

# -- Lying stiff -----------------------------------------------------------------------------------------------------------------------
_LYING = r"(?:esticad|estirad|estatelad|estendid|caid|deitad|jogad|largad)[oa]s?"
_STIFF = r"(?:dur(?:inh)?|rigid|tes|enrijecid)[oa]s?"
_STIFFLY = (
    rf"\b{_LYING}\b[^.!?;]{{0,35}}\b{_STIFF}\b(?! de (?:frio|lama|barro))",
    rf"\b{_STIFF}\b[^.!?;]{{0,20}}\b(?:pern|pat|pesco|corpo)\w* (?:tod[oa]s? )?(?:esticad|estirad|rigid)\w+",
    r"\b(?:so|apenas|mal) (?:\S+ )?(?:mex|pisc|mov)(?:e|a|endo|ando|ia) (?:com )?(?:[oa]s? |um )?(?:olh|peit|pont|cabec)\w+",
    r"\b(?:nao|n) (?:se )?mexe (?:mais )?(?:nada|um musculo|alem)\b",
    r"\b(?:acho|achei|encontr\w+|ta|tah|esta|ficou|caiu)(?: \S+){0,3}? tod[oa] (?:tes|rigid)[oa]\b",
    r"\b(?:boca|mandibula|maxilar|queixo) (?:\S+ )?(?:travad|trancad|cerrad)[oa]\b",
    r"\b(?:nao|n|nem) (?:\S+ )?dobr\w+ (?:mais )?(?:as? |nenhuma )?(?:pern|pat|brac)\w+",
    r"\bso (?:[oa]s? )?olh\w+ (?:\S+ )?(?:acompanh|mex|pisc|mov)\w+",
    rf"\b{_STIFF}\b[^.!?;]{{0,20}}\bdentes? (?:a|pra|de|para) (?:mostra|fora)",
    r"\bempalhad[oa]\b",
    rf"\b{_STIFF} (?:igual|feito|que nem|como) (?:a )?(?:um |uma )?(?:tabua|pau|pedra|madeira)\b",
)  # fmt: skip

_BEGINS = r"(?:trem|bab|vomit|cambale|ca|espum|grit|saliv|trope)(?:er|ar|ir|car)"
_AFTER_WHAT = (
    r"\b(?:vomit|golf)\w+ (?:\S+ )?espuma\b",
    r"\b(?:focinh|cara|carinh|rost|boc|pescoc|olh)\w* (?:\S+ )?(?:enorme|gigante|desse tamanho|monstruos[oa])\b[^.!?;]{0,30}\b(?:depois"
    r"|desde|de repente"
    r"|do nada|vacina|picad\w+|agora|rapido)\b",
    r"\bpis(?:ou|aram) (?:sem querer |com forca )?n[oa]s? (?:pern|pat|cabec|barrig|costel|pesco)\w+ d[oae]",
    r"\b(?:pern|pat|asa|rab|pesco)\w*\b[^.!?;]{0,30}\b(?:lado|jeito) contrario\b",
    rf"\bcomec\w+ a {_BEGINS}(?: \S+)? e (?:a )?{_BEGINS}\b",
    rf"\bcomec\w+ a {_BEGINS}\b[^.!?;]{{0,30}}\b(?:depois|assim que|logo que) (?:d?el[ea]|d[oa]|que|tom|passei|com)\w*",
)  # fmt: skip

# -- Baits -----------------------------------------------------------------------------------------------------------------------------
_THREW = r"(?:jog|tac|atir|arremess|bot|coloc|deix|larg|espalh|lanc)(?:ou|aram)|deram|deu|puseram|pos"
_MEAT = either(
    r"(?:bol(?:as?|inh\w+|os?)|pedac\w+|nac\w+|bifes?|almondeg\w+|restos?|petiscos?) (?:de |d[ao] )?(?:carne|figado|frango|salsich\w+"
    r"|linguic\w+"
    r"|mortadel\w+|pao|comida|osso)", r"carne(?: moida)?", r"salsich\w+", r"linguic\w+", r"mortadel\w+", r"almondeg\w+", r"figado",
    r"comida",
)  # fmt: skip
_SOMETHING = r"(?:alguma coisa|algo|coisa|coisas|umas coisas|uma coisa|um negocio|um troco|um trem)"
_BY_STRANGERS = (
    r"(?:(?:por cima d[oe]|pelo|sobre o|por baixo d[oe]|n[oa]|d[oa]|pela|em|no meu|pro meu|pr[oa]s?) (?:(?:meu|minha|nosso|o|a"
    r"|dos?) )?(?:muro"
    r"|quintal|portao|terreiro|grade|janela|cerca|garagem|terreno|canil|area|calcada|rua|cachorr\w+|gat[oa]s?|bich\w+))"
)
_BAIT = (
    rf"\b(?:{_THREW}) (?:\S+ ){{0,2}}?(?:{_MEAT}|{_SOMETHING})(?: \S+){{0,3}}? {_BY_STRANGERS}\b(?! (?:da loja|errad))",
    rf"\b(?:{_THREW}) (?:\S+ ){{0,2}}?{_MEAT}(?: \S+){{0,4}}? com (?:\S+ )?(?:coisa|algo|alguma coisa|um po|pozinho|veneno|vidro|agulha"
    rf"|prego"
    r"|granul\w+|remedio|troco|negocio)\b",
    r"\b(?:jog|tac|arremess|atir)(?:ou|aram) (?:\S+ ){0,2}?(?:bol(?:as?|inh\w+|os?)|pedac\w+) de (?:carne|figado|comida|pao|salsich\w+)",
    rf"\b(?:{_THREW}) {_SOMETHING} (?:ruim |estranh\w+ )?(?:n[oa]s?|dentro d[oa]) (?:comida|racao|agua|pote|potinho|leite|carne|vasilha)",
    rf"\b(?:acho|certeza|desconfio|parece|suspeit\w+|deve) (?:\S+ ){{0,2}}?(?:{_THREW}) {_SOMETHING} (?:ruim )?(?:pr[oa]|para|a el[ea]"
    rf"|pel[oa])",
    rf"\b{_MEAT}\b{_SENTENCE}{{0,20}}\bcom (?:\S+ ){{0,2}}?(?:granulados?|granulos?|graozinhos?|graos|pozinho|po (?:branco|cinza|preto"
    rf"|azul|rosa)"
    r"|bolinhas (?:azuis|rosas?|pretas?|verdes?)|agulhas?|pregos?|vidro|anzol)\b",
    r"\bcom(?:eu|eram|endo|ido)\b[^.!?;]{0,40}\bcom (?:coisa (?:ruim|estranha|dentro)|alguma coisa (?:ruim|dentro|estranha)|veneno)\b",
    r"\b(?:bab|saliv|vomit|golf)\w+ (?:\S+ )?(?:verde|verdes|azul|rosa|granul\w+)\b",
)  # fmt: skip

SEEN: tuple[Sign, ...] = (
    Sign("poison", any_of(*_BAIT)),
    Sign("breathing", any_of(*_BURNT)),
    Sign("accident", any_of(*_EYES)),
    Sign("collapse", any_of(*_CAGED, *_WITHOUT_STRENGTH, *_STIFFLY, *_AFTER_WHAT)),
)
