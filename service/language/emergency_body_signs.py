"""Danger told by what a body does: a part or a function, and how it fails. `emergency` is the reader.

A small grammar. What fails is a limb, the heart, the breath, the eyes, a wound that was closed, a life; to each belong the ways in which it
fails, in any inflection and from either side ("as pernas pararam de funcionar", "perdeu o controle das pernas"). Whose it is was read
before (`emergency_reading`): a customer's own heart is in neutral words by now.
"""

from service.language.emergency_signs import Sign
from service.language.phrases import any_of, either

# Some words of the same clause.
_FEW = r"(?:\s+[^\s,]+){0,6}?\s+"
_SOME = r"[^,]{0,40}?"
_NOT = r"(?:nao|n|num|nem|mal|quase (?:nao|nem))"
_HELPS = (
    r"(?:(?:consigo|conseguir|conseguindo|conseguimos|ta|tah|esta|tao|estao|mais|consegue|conseguem|quer|querem|se|da (?:pra|para)"
    r"|parece que) ){0,3}"
)
_SUDDENLY = r"(?:de repente|do nada|de uma hora|de um dia|hoje|agora|desde)"
_PET = either(
    r"bicho", r"el[ea]s?", r"cachorr\w+", r"cadel\w+", r"cao(?:zinho)?", r"dog\w*", r"gat[oa]s?", r"gatinh\w+", r"filhot\w+", r"pets?",
    r"bichinh\w+", r"coelh\w+", r"velh\w+", r"companheir\w+", r"amor(?:zinho)?", r"bebe\w*", r"menin\w+", r"pequen\w+", r"peludinh\w+",
    r"calopsit\w+", r"passarinh\w+", r"hamster\w*", r"papagai\w+", r"periquit\w+", r"porquinh\w+", r"pretinh\w+", r"filh\w+",
)  # fmt: skip

# Whose life it is.
_MINE = rf"(?:(?:[oa] )?(?:meu|minha|nosso|nossa) (?:\S+ )?{_PET}|bicho|el[ea])"

# -- Limbs and the frame -------------------------------------------------------------------------------------------------------------
_LIMB = either(
    r"pern\w+", r"patas?", r"patinhas?", r"patonas?", r"bracos?", r"bracinhos?", r"membros?", r"traseir[oa]s?", r"traseirinh[oa]",
    r"quadril", r"quadris", r"ancas?", r"coluna", r"pescoco", r"parte (?:de|d[oe]) (?:tras|baixo)",
    r"(?:metade|lado) (?:de tras|direit[oa]|esquerd[oa])", r"lado (?:direito|esquerdo)", r"asas?", r"asinhas?",
)  # fmt: skip
_WORKS = r"(?:funcion|mex|mov|respond|obedec|apoi|sustent|firm|acompanh|aguent|segur|estic|dobr|ergu|levant|encost|pis)\w*|and(?:ar|am|a)\b"
_LIMB_FAILS = either(
    rf"par(?:ou|aram|ando|am) de (?:se )?(?:{_WORKS})",
    rf"{_NOT} {_HELPS}(?:{_WORKS}|vao? (?:mais|pra frente|junto)|sent\w+|tem (?:mais )?(?:forca|movimento|reacao|firmeza))",
    r"(?:falh|ced|amolec|bambe|paralis|adormec|trav|esmorec|fraquej|desmont|afroux)(?:ou|aram|eu|eram|ando|endo)\b",
    r"sem (?:movimento|forca|sensibilidade|vida|reacao|comando|firmeza)",
    r"mol(?:e|es|inh[oa]s?|eng[oa]s?)",
    r"(?:mort|inert|paralisad|dormente|dormentes)[oae]?s?\b",
    r"vira(?:ndo|ram|da|das|do|dos) (?:pra|para) (?:tras|dentro|o lado errado)",
)  # fmt: skip
_LOSES = r"perd(?:eu|endo|eram|e)\b(?: (?:d[oe] nada|de repente|todo|toda|quase|completamente))? (?:[oa]s? )?"
_FRAME = (
    rf"\b{_LIMB}{_FEW}(?:{_LIMB_FAILS})",
    rf"\b{_LIMB}\s+(?:{_LIMB_FAILS})",
    rf"\b{_LOSES}(?:tod[oa]s? [oa]s? )?(?:controle|movimentos?|comando|forcas?|sensibilidade|equilibrio|firmeza|coordenacao|reflexos?)\b"
    rf"(?! (?:d?[oa]s? (?:bateri|maquin|motor|secador|jato|agua|chuveir|agenda|control)|n[oa]s? (?:mes|banheir|banc|tos)))",
    rf"\b(?:{_NOT}|sem) {_HELPS}(?:sent\w+|comand\w+|control\w+|coorden\w+|mov\w+|arrast\w+)(?: mais)? (?:[oa]s? |d?[oa]s )?{_LIMB}",
    rf"\b(?:d[ao] (?:cintura|meio|pescoco|quadril|costas?|lombo|barriga)) (?:pra|para) (?:baixo|tras)\b{_SOME}\b(?:nao|n|nada|sem|mort"
    rf"|mol|paralis)",
    rf"\b(?:metade|um lado|lado todo) d[oe] corpo\b{_SOME}\b(?:nao|n|nada|sem|mort|mol|paralis)\w*",
    r"\bcabec\w+\b[^,]{0,20}\b(?:pend\w+|caindo|tomb\w+|nao (?:firma|levanta|sustenta|para)|(?:nao|n|nem) (?:\S+ )?(?:levant|ergu|firm"
    r"|sustent)\w+)\b",
    rf"\b(?:nem|nao|n|mal) {_HELPS}(?:levant|ergu|firm|sustent|segur)\w+ (?:mais )?a (?:cabeca|cabecinha)\b",
    rf"\b(?:ficou|ficando|esta|ta|tah) (?:tod[oa] )?(?:ceg|surd|paralitic|paralisad)[oa]\b[^,]{{0,15}}\b{_SUDDENLY}",
    rf"\b{_SUDDENLY}\b[^,]{{0,30}}\bficou (?:tod[oa] )?(?:ceg|surd|paralitic|paralisad)[oa]\b",
    rf"\b(?:parou de|nao ta|nao esta|nao) enxerg\w+\b[^,]{{0,20}}\b{_SUDDENLY}",
    rf"\b{_SUDDENLY}\b[^,]{{0,20}}\b(?:parou de|nao ta|nao) (?:mais )?(?:enxerg|anda)\w*",
    r"\b(?:parou|pararam) de (?:andar|levantar|se mexer|reagir|responder)\b",
    r"\b(?:se )?esborrach\w+\b|\brastej\w+\b|\bso (?:se )?arrast(?:a|ando)\b",
    rf"\b(?:trav|par|falh|bambe|amolec|ced|paralis|sum)(?:ou|aram|eu|eram|iram)(?: de vez)? as? {_LIMB}",
    r"\b(?:igual|que nem|parec\w+|feito|como|tipo) (?:(?:um|uma|a|ta|esta|que ta) )?(?:\S+ )?beb(?:ad|um)\w*",
    r"\btranc\w+ as (?:pern|pat)\w+",
    r"\bcabec\w+\b[^.]{0,25}\b(?:rolando|rodando|caindo|tombando)\b",
    r"\b(?:nao|nem|n) (?:tem|ta com|esta com) (?:mais )?forcas? (?:pra|para|nem|de|n[oa]s|alguma|nenhuma)\b",
    # As a formal letter has it.
    r"\bperda (?:subita |total |parcial )?d[eoa]s? (?:consciencia|movimentos?|forcas?|sentidos|equilibrio|visao)\b",
    r"\brigidez (?:muscular|total|generalizada|n[oa]s?|e)\b",
    r"\b(?:dispne|cianos|taquicardi|bradicardi|sincope)\w*",
    rf"\bnao (?:consigo|conseguimos|estou conseguindo|to conseguindo) (?:acordar|reanimar|fazer|despertar) (?:{_MINE}|[oa] (?!\w+"
    rf"(?: \w+)? (?:link|site|pix|pagamento))\w+)\b(?! pag\w+)",
    r"\b(?:corpo|corpinho)\b(?: [^\s,]+){0,4}? (?:mol(?:e|inh[oa]|eng[oa])|dur(?:inh)?[oa]|frouxo|bambo)\b",
    r"\b(?:nao|nem) sei se (?:\S+ ){0,3}?(?:viv[oa]|mort[oa]|respir\w+)\b",
    rf"\b{_LIMB}\b[^,]{{0,20}}\b(?:ao contrario|(?:pra|para) o lado errado|fora do lugar|pendurad\w+|dependurad\w+|balancando"
    rf"|so pela pele|desloc\w+)\b",
    rf"\b(?:nao|n|nem) {_HELPS}(?:encost|apoi|pis|poe|bot|estic|firm|sustent)\w*(?: mais)?(?: com)? a (?:pat|patinh|pern|perninh|mao"
    rf"|maozinh)\w*"
    r"(?: \S+){0,3}? (?:no chao|e (?:grit|chor|gem)\w+|de dor)",
    rf"\b(?:quebr|rach|trinc|desloc|fratur|esmigalh|esfol)(?:ou|aram|ando|ei) (?:[oa]s? |um |uma |alguma? )(?:{_LIMB}|cost?ela|cascos?"
    rf"|bico|rabo|bacia"
    r"|femur|ossos?|ombro|mandibula|dente todo|clavicula|coisa)\b",
    r"\b(?:inert|inanimad|desfalecid|paralitic|tetraplegic)[oae]s?\b",
    r"\b(?:vir|entort|torc|retorc)(?:ou|ando|eu|endo) (?:tod[oa] )?o pescoco\b(?! (?:pra|para) (?:mim|ver|olhar))",
    r"\bpescoco (?:\S+ )?(?:virad|tort|torcid|retorcid|quebrad)[oa]\b",
    r"\brol(?:a|ando) (?:sem parar|no proprio corpo|sobre si|pro mesmo lado)\b",
    r"\b(?:esbarr|tromb|bat|trope[cç])\w+ (?:em tudo|(?:contra |n)(?:[oa]s? )?(?:paredes?|moveis|coisas|porta|cantos?))\b",
    r"\b(?:nao|n|nem) (?:me |nos )?(?:ta |esta )?(?:mais )?(?:enxerg|reconhec)\w+ mais\b",
    r"\b(?:nao|nem|n) (?:ta |esta )?(?:mais )?se (?:segur|equilibr|sustent|firm|aprum)\w+\b(?! (?:de|com|pra|para|quando))",
    r"\bcaindo (?:sozinh[oa]|a toa|toda hora|o tempo todo|sem parar|pra tras)\b",
)  # fmt: skip

# -- The heart and the breath --------------------------------------------------------------------------------------------------------
_HEART = either(r"corac(?:ao|aozinho)", r"batimentos?(?: cardiacos?)?", r"batidas?(?: d[oe] coracao\w*)?", r"pulso", r"pulsacao")
_BREATH = either(r"respiracao", r"folego", r"pulm(?:ao|oes|aozinho)", r"peit(?:o|inho)", r"torax", r"costelas?")
_WANES = (
    r"some\b|frac\w+|fraqu\w+|lent\w+|devagar\w*|irregular\w*|descompassad\w+|sum(?:iu|indo|iram)|falh\w+|par(?:ou|ando|aram|ad[oa])"
    r"(?! de (?:chi|cocar))"
    r"|acab(?:ou|ando)|diminuindo|enfraquec\w+|apagando|dispar\w+|quase nad\w+"
)
_VITAL = (
    rf"\b{_HEART}(?:\s+[^\s,]+){{0,6}}?\s+(?:{_WANES})\b",
    rf"\b{_HEART}\s+(?:{_WANES})\b",
    rf"\b{_HEART}\b{_SOME}\b{_NOT} {_HELPS}(?:bat\w+|sint\w+|ouv\w+|escut\w+|aparec\w+|tem)\b",
    rf"\b(?:{_NOT}|sem) {_HELPS}(?:bat\w+|sint\w+|sent\w+|ou[cv]\w+|escut\w+|ach\w+|tem|encontr\w+|perceb\w+)(?: mais)? (?:[oa]s? "
    rf"|mais )?{_HEART}",
    r"\b(?:nao|n|nem) (?:escut|ouc|sint|perceb)o (?:mais )?(?:nada )?(?:(?:d?el[ea] )?(?:bat\w+|respir\w+|puxar))",
    r"\b(?:tent|quer|luta|busca)\w* (?:(?:pra|para) )?(?:peg|pux|busc|tom|ach)\w+ (?:o )?(?:ar|folego)\b",
    r"\bpeixe (?:fora|for a) d.? ?agua\b[^.]{0,30}\b(?:ar|respir\w+|boca)\b",
    r"\b(?:lingua|gengiva|boca|focinh\w+)\b[^,]{0,15}\b(?:fic(?:ar|ando|ou)|vir(?:ou|ando)) (?:tod[oa] )?(?:pret|rox|azul|branc|cinz"
    r"|escur)\w+",
    r"\bparad[ao]\b[^.]{0,15}\bcoracao\b|\breanim(?:ei|ou|amos|aram|ar|ando)\b",
    r"\babr\w+ (?:a |o |muito a )?(?:boca|boquinha|bico) (?:pra|para) (?:respir|pux|peg|busc)\w+",
    rf"\bsem (?:{_HEART}|respiracao|respirar)\b(?! (?:direito|de tanto))",
    rf"\b{_BREATH}{_FEW}(?:frac\w+|fraqu\w+|lent\w+|devagar\w*|sum(?:iu|indo|iram)|par(?:ou|ando|aram|ad[oa])(?! de (?:chi|cocar))"
    rf"|quase nad\w+|acab(?:ou|ando)|falh\w+)\b",
    rf"\b{_BREATH}\b{_SOME}\b{_NOT} {_HELPS}(?:mex\w+|sob\w+|ench\w+|vem|sai|entra|movim\w+|aparec\w+|infl\w+)\b",
    rf"\b(?:mal|quase nao|quase n|quase nem|nem) {_HELPS}(?:respir(?:a|ando|ar)|pux(?:a|ando|ar)|toma) ?(?:mais )?(?:[oa] )?(?:ar|folego"
    rf"|respiracao)?\b",
    r"(?<!ainda )\b(?:nao|n|nem) (?:ta |esta )?(?:mais )?abr(?:e|indo) (?:mais )?(?:os|o) olh\w+",
    r"\brespir\w+ (?:\S+ ){0,3}?(?:forca|esforco|sofrimento)\b",
    r"\b(?:nao|n|nem) (?:consegue|ta conseguindo|conseguiu) (?:mais )?engolir\b",
    r"\b(?:algo|alguma coisa|uma coisa|um negocio|um osso|osso|pedaco \S+ \S+|espinha) (?:\S+ ){0,2}?na (?:garganta|goela)\b",
    r"\b(?:fiz|fazendo|fizemos) massagem (?:cardiaca|no peito|no coracao)\b|\bteve uma parada\b(?! (?:n[oa]|d[eoa]|pra|para)\b)",
    rf"\b(?:par|falh|enfraquec|dispar)(?:ou|ando|eu|endo) (?:[oa]s? )(?:{_HEART}|respiracao|pulmao)",
    r"\bmal (?:ta |esta |ele |ela )?(?:mexendo|mex\w*|reagindo|respondendo|abrindo|levantando|se mexe\w*|abre [oa]s? olh\w+|para em pe"
    r"|fica em pe|levanta|reage|respond\w+)\b",
    r"\b(?:so|dando|da|deu|os|um|o|uns) (?:[oa]s? )?(?:(?:seus?|ultim[oa]s?|poucos) )*suspir\w+\b",
    r"\brespir\w+ (?:so )?(?:de vez em quando|bem pouc\w+|pouquinh\w+|muito pouc\w+|quase nada)\b",
)
# A cat that pants, as a dog may.
_OPEN = r"(?:boca|boquinha) (?:(?:toda|bem|meio|sempre) )?(?:abert|escancarad|arreganhad)[oa]"
_LIKE_A_DOG = r"(?:igual|que nem|q nem|feito|tipo|parecendo|como)(?: (?:a|um|uma))? (?:cachorr\w+|cao)"
_PANTING = (
    rf"\b(?:ofeg|arf|respir)\w+\b[^,]{{0,25}}\b{_OPEN}",
    rf"\b{_OPEN}\b[^,]{{0,30}}\b(?:ofeg|arf|respir|puxand|buscand)\w+",
    rf"\b(?:lingua|boca|ofeg\w+|arf\w+|respir\w+)\b[^,]{{0,25}},? {_LIKE_A_DOG}",
    r"\b(?:gat|felin|coelh|calopsit|periquit|papagai|hamster)\w+\b[^,]{0,25}\blingua (?:pra|para|de) fora\b[^,]{0,30}\b(?:ofeg|arf"
    r"|respir|cans|bab)\w+",
)  # fmt: skip

# -- The eyes, fits ------------------------------------------------------------------------------------------------------------------
_EYES = r"olh(?:o|os|inho|inhos|ar)"
_FITS = (
    rf"\b(?:re)?vir(?:ou|ando|aram) (?:[oa]s? |tod[oa]s? [oa]s? |ate os )?{_EYES}\b(?! (?:pra|para) (?:mim|nos|gente|tras de|voce))",
    rf"\b{_EYES}\b(?:\s+[^\s,]+){{0,3}}?\s+(?:(?:se )?(?:re)?vir(?:ou|ando|aram|ad[oa]s?)|foi pra tras|foram pra tras)\b",
    r"\b(?:pedal|rem|nad)(?:ar|ando|a|ou|ava) (?:(?:com )?as pat\w+ )?(?:no ar|deitad\w+|no chao|de lado|sem parar|dormindo)\b",
    r"\bmord(?:eu|endo) a (?:propria )?lingua\b",
    r"\b(?:sao|foram|teve|deu|tendo) (?:ja )?(?:duas|tres|quatro|cinco|seis|varias|muitas|\d+) (?:crises|convulsoes"
    r"|ataques)\b(?! de (?:riso|tosse|espirro))",
    r"\b(?:outra|nova|mais uma|aquela|segunda|terceira|quarta|mesma|\d+a?) crise\b(?! (?:de|economic|financeir|no|na|d[oa]) ?)",
    r"\b(?:mais um|outro|aquele|segundo|terceiro|mesmo) (?:ataque|episodio|troco|piripaque)\b",
    rf"\b{_EYES} (?:del[ea] )?(?:ta|esta|ficou|tao) (?:tod[oa] |meio |quase )?(?:fora|saltad[oa]s?|solt[oa]s?|pendurad[oa]s?|furad[oa]s?"
    rf"|estourad[oa]s?)\b",
    rf"\bcom [oa]s? {_EYES} (?:tod[oa] |quase )?(?:fora|saltad[oa]s?|solt[oa]s?|pendurad[oa]s?|furad[oa]s?|estourad[oa]s?)\b",
    rf"\b(?:branco|parte branca) d[oe]s? {_EYES}\b",
    rf"\b{_EYES}\b[^,]{{0,20}}\b(?:balanc|danc|pulando|girando|tremulando|de um lado pr)\w*",
    r"\b(?:caiu|despencou|desabou|tombou|desmontou)\b[^,]{0,15}\b(?:dur(?:inh)?[oa]|tes[oa]|rigid[oa]|esticad[oa]|travad[oa]|moll?e"
    r"|molinh[oa]|feito pedra)\b",
    r"\b(?:se|todo|toda) (?:bat|debat|contorc|retorc|sacud|chacoalh|estrebuch)(?:endo|eu|ia|indo|ando) (?:tod[oa]|no chao|inteir[oa]"
    r"|sem parar|muito)",
)  # fmt: skip

# -- A wound that opens, what comes out, what it leaves ------------------------------------------------------------------------------
_CLOSED = either(
    r"(?:pont(?:os|inho|inhos)|ponto(?= d[ao] (?:cirurg|castrac|barrig|cesar)))(?! d[oae]s? (?:cartao|programa|fidelidade|clube|loja"
    r"|promocao|app|coleta|apoio|venda|entrega|onibus|adocao|doacao))", r"costura(?! d[oa] (?:roup|lac|caminh|coleir))",
    r"sutura", r"cicatriz", r"hernia", r"curativ\w+", r"incisao", r"(?:cirurgia|castracao|operacao|cesarea)",
    r"(?:corte|ferid[oa]|machucado)(?! da tosa)",
)  # fmt: skip
_OPENS = (
    r"(?:abr(?:iu|iram|indo)|estour(?:ou|aram)|arrebent(?:ou|aram)|romp(?:eu|eram)|solt(?:ou|aram|ando)|rasg(?:ou|aram)"
    r"|descostur\w+|se desfez)"
)
_INSIDE = either(
    r"coisas?", r"negoc\w+", r"trem", r"pedac\w+", r"carne\w*", r"gordura\w*", r"algo", r"bol[ao]\w*", r"trip\w+", r"intestin\w+",
    r"orga\w+",
    r"pele", r"pelanca", r"tudo", r"bucho", r"miudos", r"por dentro",
)  # fmt: skip
_LEAKS = r"(?:sa(?:iu|indo|iram|i)|vaz(?:ou|ando)|escorr(?:eu|endo)|ping(?:ou|ando)|brot(?:ou|ando)|pul(?:ou|ando)|aparec(?:eu|endo))"
_HURT = either(
    r"cort(?:ou|aram|ad[oa]|ei|e)", r"cac[oa]s?", r"vidr\w+", r"machuc\w+", r"ferid\w+", r"ferim\w+", r"orelh\w+", r"nariz", r"focinh\w+",
    r"unhas?",
    r"pat(?:a|inha)s?", r"almofad\w+", r"rab\w+", r"rasg\w+", r"mord\w+", r"arame", r"lata", r"prego", r"faca", r"lingua", r"boca",
)  # fmt: skip
_LEFT = either(
    r"poc(?:a|as|ona)(?! d(?:e|a|o|') ?(?:xixi|agua|lama|mijo|chuva|barro|urina|vomito|baba|pel\w+))",
    r"(?:chao|piso|casa|cozinha|sala|quintal|calcada|pano|toalha|lencol|sofa|cama)\b(?: \S+){0,2}? vermelh\w+", r"encharc\w+",
)  # fmt: skip
_OPENED = (
    rf"\b{_CLOSED}(?:\s+[^\s,]+){{0,3}}?\s+(?:se )?{_OPENS}\b(?! (?:vaga|horario|agenda|inscric|pra troca|para troca))",
    rf"\b{_OPENS} (?:tod[oa]s? )?(?:[oa]s? )?{_CLOSED}\b(?! (?:vaga|horario|agenda))",
    r"\b(?:barriga|barriguinha|peito|pescoco|pele|couro)(?: [^\s,]+){0,2}? (?:se )?(?:abr|rasg|romp|estour|solt)(?:iu|ou|eu)\b(?! "
    r"(?:casp|pel)\w+)",
    r"\b(?:apareceu|aparecendo|saiu|saindo|da pra ver|vejo|pedac\w+ d[oea]s?) (?:\S+ ){0,3}?(?:intestin|trip|visc|orgao)\w*\b(?! "
    r"(?:de boi|bovin|desidrat))",
    r"\b(?:infeccion|apodrec|necros|gangren)\w+[^.]{0,40}\b(?:abriu|aberta?|pus|podre|fed\w+|febre)\b",
    r"\bdescostur\w+ (?:tod[oa] )?(?:a |o )?(?:barriga|pele|corte|gata?|el[ea])\b",
    rf"\b(?:tem|ta com|esta com|com|ficou|vejo|vi|da pra ver) (?:um |uma |uns |umas |[oa]s? )?{_INSIDE}\b(?: [^\s,]+){{0,2}} (?:pra"
    rf"|para) fora\b",
    r"\bcurativ\w+\b[^.]{0,30}\b(?:espirr|jorr|ping|esguich|encharc|escorr|vaz)\w+",
    rf"\b(?<!\bto )(?<!estou ){_LEAKS} (?:\S+ ){{0,2}}?{_INSIDE}\b(?: \S+){{0,3}}? (?:pra|para|de|pro lado de) (?:fora|dentro)\b",
    rf"\b(?<!\bto )(?<!estou ){_LEAKS} (?:\S+ ){{0,5}}?(?:pel[oa]s?|d[oa]s?|n[oa]s?) {_CLOSED}\b",
    rf"\b{_CLOSED}\b[^.]{{0,30}}\b{_LEAKS} (?:\S+ ){{0,2}}?(?:{_INSIDE}|liquido|agua|pus|secrecao|sangue)\b",
    rf"\b{_HURT}\b.{{0,60}}\b{_LEFT}",
    rf"\b{_LEFT}.{{0,60}}\b{_HURT}\b",
    r"\b(?:ensop|encharc|mel|suj|lav|banh|chei|cobert|empoc|manch|empap)\w+ (?:de|com|em) (?:\S+ )?sangue\b(?! (?:falso|de mentira"
    r"|cenogr|artific))",
    r"\b(?:calombo|bolha|galo|caroco|hematoma|inchaco|bola)\b[^.]{0,25}\b(?:com|de) sangue\b",
    r"\b(?:vagina|vulva|pepeca|periquita|perereca|utero|prepucio)\b[^.]{0,30}\b(?:pus|secrecao|corrimento|sangue|fedid\w+)\b",
    r"\b(?:inch\w+|febre|prostrad\w+)\b[^.]{0,30}\b(?:saindo|escorrendo|vazando) (?:\S+ )?pus\b",
    r"\b(?:saindo|escorrendo|vazando) (?:\S+ )?pus\b[^.]{0,30}\binch",
    r"\bpus\b[^.]{0,30}\b(?:febre|prostrad\w+|frac\w+|caid\w+|vagina|vulva)\b",
    r"\b(?:vomit|cag|diarre|coc|xix|toss|baba|saliv|catarr)\w*\b[^,.]{0,40}\b(?:com|de) (?:\S+ )?sangue\b",
    r"\b(?:manchas? rox\w+|tod[oa] rox\w+|tudo roxo)\b[^,]{0,20}\b(?:barriga|pele|corpo|axila|virilha)",
    r"\barranqu\w+ (?:\S+ ){0,3}?(?:unha|pedaco|pele|orelha|rabo|dedo)\w*",
    r"\b(?:nao|n|nem|num) (?:\S+ )?(?:estanc|coagul)\w+",
    rf"\b{_HURT}\b[^.]{{0,25}}\b(?:nao|n) para de (?:pingar|sair|escorrer|jorrar)",
    rf"\b{_HURT}\b[^.]{{0,25}}\b(?:pingando|jorrando|esguichando|escorrendo)\b(?! (?:agua|xixi|baba))",
)  # fmt: skip

# -- Wheels ---------------------------------------------------------------------------------------------------------------------------
_WHEELS = either(
    r"carr(?:o|ao|inho|oca)", r"motos?", r"motinha", r"caminha\w+", r"caminhon\w+", r"onibus", r"biciclet\w+", r"bike", r"rodas?",
    r"pneus?",
    r"trator", r"kombi", r"patinete", r"skate", r"ambulancia", r"picape", r"jipe", r"trem", r"metro", r"quadriciclo",
)  # fmt: skip
_RIDER = r"(?:motoqueir\w+|ciclist\w+|(?:cara|doido|sujeito|homem|menino) (?:de|com a|numa) (?:moto|bike|biciclet\w+|carro))"
_ITS = rf"(?:n?(?:[oa]s?|um|uma|meu|minha|d?el[ea]) )*(?:{_PET}|{_LIMB}|rab\w+|cabec\w+|barrig\w+|corp\w+)"
_RUN_OVER = (
    rf"\bpass(?:ou|aram|ei|amos|ando)\b(?:\s+[^\s,]+){{0,3}}?\s+{_WHEELS}(?:\s+[^\s,]+){{0,2}}?\s+(?:em|por) cima\b",
    rf"\bbat(?:eu|eram|i|emos) n(?:el[ea]|[oa] (?:meu |minha )?{_PET}) (?:de|com) (?:[oa] |um |uma )?{_WHEELS}\b",
    rf"\b{_WHEELS} passou n[oa]s? {_ITS}",
    rf"\b{_WHEELS}\b[^,]{{0,25}}\b(?:em|por) cima d(?:[oa]s? )?(?:minha |meu )?{_ITS}\b",
    rf"\bpass(?:ou|aram|ei|amos) (?:\S+ ){{0,3}}?(?:em|por) cima d(?:[oa]s? )?(?:minha |meu )?(?:el[ea]|{_ITS})\b",
    rf"\b(?:peg|pega|colhid|atingid|arrastad|derrubad|acertad|esmagad|prensad|jogad)[oa]? (?:\S+ )?(?:por|pel[oa]s?) (?:um |uma "
    rf"|[oa] )?{_WHEELS}",
    rf"\b(?:porta(?:o|ozinho)?|porteira|janela|vidro|elevador|tampa|gaveta|gancho|muro|telha|tronco|ventilador|escada|mesa|moto|vaso)\b"
    rf"(?: \S+){{0,3}}?"
    rf" (?:fech|bat|ca|prend|desab|desc|imprens)(?:ou|eu|iu) (?:n|em cima d|por cima d)(?:[oa]s? |um |uma )?(?:minha |meu )?(?:{_ITS}"
    rf"|pescoc\w+|focinh\w+|pezinh\w+)",
    r"\b(?:pat|patinh|pern|perninh|rab|cabec|pescoc|lingu|ded|dent|coleira|mandibul|boc|orelh|as)\w*(?: [^\s,]+){0,3}? (?:pres|entalad"
    r"|enganchad|agarrad|enroscad|esmagad)[oa]s?"
    r" (?:n[oa]s?|em|num|numa|debaixo)\b(?! (?:lac|fit|gravat|foto|xuxinh|elastiquinh)\w*)",
    r"\bdeix\w+ cair (?:\S+ ){1,5}?(?:nel[ea]|em cima d\w+|na (?:cabeca|pata|patinha) d\w+)\b",
    rf"\bd(?:ei|eu|eram) (?:a |marcha |uma )?re (?:nel[ea]|em cima|n[oa] (?:meu |minha )?{_PET})",
    r"\b(?:galho|ferro|pregos?|vergalhao|pau|espeto|arame|graveto|estaca|faca|flecha|espinho|anzol|vidro|caco)\b(?: \S+){0,2}? "
    r"(?:atravess|perfur|entr|espet|enfi|fur|crav)(?:ou|ad[oa])"
    r" (?:n?[oa]s?|el[ea]|todo|toda)\b",
    r"\bvidro moido\b",
    rf"\b{_RIDER} (?:peg|acert|colh|derrub|arrast|atingi)(?:ou|aram|iu|eu) [oa] (?!pacote|encomenda|rac|produto|pedido|entrega|caixa"
    rf"|comand|sacol)",
    rf"\b(?:{_WHEELS}|{_RIDER}) (?:\S+ ){{0,3}}?(?:peg|acert|colh|derrub|arrast|atingi|lev)(?:ou|aram|iu|eu)(?: em cheio)? {_ITS}\b",
    rf"\b{_WHEELS}\b[^.]{{0,30}}\bpass(?:ou|aram) (?:por|em) cima\b(?! d[ao] (?:hora|horario|calcada|meio|celular))",
    r"\b(?:caiu|cairam|pulou|entrou|encostou|pisou|sentou|deitou) (?:\S+ ){0,2}?(?:dentro d[oa]|n[oa]|em|num|numa|em cima d[oa]) "
    r"(?:panela|oleo|agua (?:quente|fervendo)"
    r"|fogao|forno|churrasqueira|brasas?|fogueira|ferro (?:quente|de passar)|chapa|frigideira|lareira|chaleira|cimento|piche|cal\b)",
    rf"\b(?:enfi|met|prend|agarr|enganch|engat|ental|cort|bot|coloc|ficou pres)\w* (?:[oa] |com [oa] )?{_ITS}(?: \S+){{0,2}}?"
    r" (?:n[oa]|num|numa|em) (?:ventilador"
    rf"|liquidificador|elevador"
    r"|escada rolante|portao|porta|roda|corrente|engrenagem|helice|cortador|moedor|ralador|serra|aspirador|esteira|grade|ralo|maquina"
    r"|arame|cerca|armadilha|ratoeira)",
    r"\b(?:dei|dar|dando|deu|dava) (?:a |marcha )?re\b.{0,40}\b(?:nao|n|nem) (?:vi|viu|percebi|notei)\b",
    rf"\b(?:bateu|bati|bateram) (?:de |com (?:o |a )?){_WHEELS} n",
    rf"\b{_WHEELS}\b[^,]{{0,20}}\b(?:bateu|trombou|bateram) n(?:el[ea]|[oa] (?:meu |minha )?{_PET})\b",
)  # fmt: skip

# -- A life that ends, in gentle words -----------------------------------------------------------------------------------------------
_ELSEWHERE = r"(?! (?:d[aoe]s?\b|daqui|da[iq]|pra|para|pro|com|que horas|hoje|amanha|cedo|agora|as \d|ja|no|na|sem))"
_LEAVES = r"(?:(?:esta|ta|tah|acho que|parece que|vai|ja|quase|aos poucos) )*"
_DYING = (
    rf"\b{_MINE}\b(?: \S+){{0,2}}? (?<!ja ta )(?:indo(?: se)? embora|se indo|indo){_ELSEWHERE}\s*(?:$|,|e\b|aos|me\b|por favor|devagar"
    rf"|embora{_ELSEWHERE})",
    rf"\b(?:esta|ta|tah) (?:indo embora|indo|partindo|se (?:indo|despedindo|entregando|apagando)),? {_MINE}\b",
    rf"\b{_MINE} {_LEAVES}(?:partindo|se despedindo|se entregando|descansando pra sempre|agonizando|definhando)\b(?! (?:d[aoe]\b(?! "
    rf"(?:gente|nos|vida|mim|familia|todo))|pra|para (?!sempre)))",
    rf"\b(?:e|eh|chegou|chegando|no|perto d?o|seria) (?:o )?(?:fim|finalzinho|final) (?:del[ea]|d[oa] (?:bicho|(?:meu|minha) "
    rf"(?:\S+ )?{_PET}))\b",
    r"\b(?:chegou|chegando|e|eh) (?:a )?(?:hora|vez) (?:del[ea]|d[oa] (?:bicho|meu|minha)) (?:de )?(?:partir|ir|se ir|descansar|morrer)\b",
    rf"\b{_MINE} (?:\S+ )?nao (?:passa|vai passar|chega|vai chegar|dura|vai durar|sobrevive) (?:de |a |ate )?(?:hoje|amanha|(?:ess|d?est"
    rf"|d?ess)[ae] noite|a noite|mais)\b",
    rf"\bnao (?:passa|vai passar|dura|vai durar) (?:de |ate )?(?:hoje|amanha|(?:est|ess|dest|dess)a noite) (?:[oa] )?(?:{_MINE})",
    r"\bnao (?:vai|ta|esta) (?:resist|sobreviv|aguent)(?:ir|indo|er|endo|ar|ando)\b(?! (?:d?[oa]s?|ess[ae]|tant[oa]|ficar|esperar|de"
    r"|com|sem) )",
    rf"\b{_MINE} nao volta mais\b(?! (?:n[oa]|a[ií]|com|pra|para|de) ?)|\bacho que nao volta mais\b",
    r"\b(?:deit|escond|encolh|isol|procur|foi|quer)\w*\b[^,.]{0,30}\b(?:pra|para) morrer\b",
    rf"\b(?:vendo|assistindo|vejo) (?:o |a )?{_MINE} (?:partir|morrer|ir embora|se ir|sofrer|apagar|se apagar)\b",
    r"\bperdendo a (?:luta|batalha|guerra)\b",
    r"\bacho que (?:ja )?(?:chegou )?(?:a hora|o dia|o momento) (?:del[ea]|d[oa] (?:bicho|meu|minha)(?: \S+)?)(?: (?:ja )?chegou)?\s*"
    r"(?:$|,)",
    r"\b(?:foi|indo|vai) (?:se )?apagando\b(?! [oa]s? )",
    rf"\b(?:ta|esta|tah) querendo (?:partir|morrer|desistir|ir embora{_ELSEWHERE})(?! d[oa])\b",
    r"(?<!\bto )(?<!\bestou )\b(?:vida )?por um fio(?! de)\b",
    r"\b(?:ultimos|derradeiros) (?:momentos|minutos|suspiros|instantes|dias)(?: de vida)?\b(?! d[aoe] (?:promo|desconto|pacote|mes|ano"
    r"|ferias|inscri))",
    r"\b(?:desistindo|desistiu) (?:de viver|da vida)\b",
    r"\b(?:vida|vidinha|luz|alma) (?:del[ea] )?(?:\S+ )?(?:indo embora|se esvaindo|acabando|se apagando|escapando)\b",
    rf"\b(?:perdendo|perder) (?:o |a )?{_MINE}\b(?! (?:de vista|n[oa] rua|n[oa] parque))",
)  # fmt: skip

# -- Cold, and not eating --------------------------------------------------------------------------------------------------------------
_COLD = r"(?:fri(?:os?|as?|inh[oa]s?)|gelad(?:os?|as?|inh[oa]s?)|gelando|esfriando)"
_LIES = (
    r"(?:deitad|caid|encolhid|jogad|largad|parad|quiet|quietinh|imovel|estatelad|mol|dur|durinh|molinh|prostrad|estirad|enrolad"
    r"|apatic|roxinh|rox|tremul)[oae]?"
)
_STILL = r"(?:\s+(?!n[oa]s?\b|num|chao|piso|ar\b|sofa|cama|quer|fica|banho)[^\s,]+){0,4}?,?\s+"
_PREY = (
    r"(?:coelh\w+|porquinh\w+ da india|porquinh\w+|chinchil\w+|hamster\w*|gerbil\w*|calopsit\w+|periquit\w+|papagai\w+|passarinh\w+"
    r"|canari\w+|furao)"
)
_FASTS = (
    r"(?:parou de comer|nao (?:ta |esta )?(?:come(?:u|ndo)?|quer comer|aceita comida)|sem comer|nao faz coco|parou de fazer coco)"
    r"(?! (?:(?:mais )?(?:(?:a|o|as|os|ess[ae]|aquel[ae]|muit\w+|bem|direito|de) )?(?:rac|fen|verdur|legum|cenour|folh|alfac|fru|semente"
    r"|marca|coco|petisc)\w*"
    r"|ess[ae]|aquel[ae]))"
)
_FADING = (
    rf"\b{_LIES}{_STILL}(?:e |ta |esta |tod[oa] |muito |meio )*{_COLD}\b(?! (?:de medo|quer|n[oa]))",
    rf"\b(?:esta|ta|tah|ficou|ficando|el[ea]|corpo|corpinho|orelhas?|patinhas?|focinho)(?: \S+)? {_COLD}{_STILL}{_LIES}\b",
    rf"\b{_PREY}\b[^.]{{0,40}}\b{_FASTS}",
    rf"\b{_COLD}\b[^.]{{0,20}}\b(?:nao|n|nem|sem) (?:ta |tao |estao |quer\w* )?mam\w+",
    r"\b4[0-3](?:[.,]\d| e mei[oa])? (?:graus )?de febre\b",
    r"\bouric\w+\b[^.]{0,40}\bespinh\w+|\bespinh\w+ d[eo] ouric\w+",
    r"\btemperatura (?:(?:corporal|del[ea]|ta|esta|de|em|baix\w+|caiu|pra|so|abaixo) ){0,4}3[0-6]\b",
    rf"\b(?:corpo|corpinho) (?:\S+ ){{0,4}}?{_COLD}\b",
    rf"\b{_FASTS} e (?:\S+ ){{0,2}}?{_LIES}\b",
)  # fmt: skip

# -- Getting worse, where it is all that is said --------------------------------------------------------------------------------------
_CALLS = r"(?:(?:e|mas|agora|gente|moc[oa]|oi|ai|socorro|por favor|pelo amor de deus|meu deus|doutora?) )*"
_WORSE = either(
    r"(?:(?:so |ja |ta |tah |esta |cada vez |a cada hora )*)(?:piorando|piorou|pior(?:a|ou) (?:cada vez )?mais)",
    r"(?:ta|tah|esta|ficou|ficando) (?:(?:ficando|cada vez|bem|muito|ainda|so) )*pior",
    r"(?:ta |esta )?so (?:piora|piorando)", r"piora a cada (?:hora|minuto|instante)",
    r"(?:nao|n|num|nem|nada) (?:(?:ta|tah|esta|de|ficou) )?(?:melhor(?:a|ou|ando|ar))",
)  # fmt: skip
_AND_MORE = (
    r"(?: (?:muito|demais|de novo|rapido|cada vez mais|mais|agora|hoje|hj|viu|gente|moc[oa]|bastante|nada|ainda|por favor|socorro"
    r"|me ajud\w+|corre|aqui"
    r"|desde \w+|a cada (?:hora|minuto)|de vez|depressa|d[ae] (?:ontem|noite|manha|madrugada|hora) (?:pra|para) ca|da noite pro dia"
    r"|de ontem (?:pra|para) (?:hoje|agora)))*"
)
_GETS_WORSE = rf"(?:^|,)\s*{_CALLS}(?:(?:{_MINE}|(?:o|a) {_PET})(?: \w+)? )?{_WORSE}{_AND_MORE}\s*(?:$|,)"

BODY: tuple[Sign, ...] = (
    Sign("other", any_of(_GETS_WORSE)),
    Sign("seizure", any_of(*_FITS)),
    Sign("bleeding", any_of(*_OPENED)),
    Sign("breathing", any_of(*_PANTING)),
    Sign("accident", any_of(*_RUN_OVER)),
    Sign(
        "birth",
        any_of(
            r"\b(?:ha|faz|tem|mais de|desde) (?:\S+ ){0,3}?(?:horas?|ontem|cedo|manha|madrugada)\b(?: \S+){0,3}? (?:trabalho de parto"
            r"|parindo|parto)\b",
            r"\b(?:fazendo|faz|fez) (?:muita )?forca\b[^.]{0,30}\b(?:(?:nao|n|nada) (?:de )?nasc|nao vem)\w*",
            r"\btent(?:ando|a|ou) (?:\S+ )?(?:parir|dar cria|dar a luz)\b",
            r"\b(?:nao|n) (?:consegue|ta conseguindo|conseguiu) (?:ter|parir|expuls\w+|botar|soltar) [oa]s? (?:filhot|bebe|gatinh|cria"
            r"|ultim|ovo|outr|placent)\w*",
            r"\bfilhot\w+\b[^.]{0,30}\b(?:meio (?:pra|para) fora|pela metade|metade (?:pra|para|de) fora|so (?:a|o|as) (?:cabec|pat"
            r"|bolsa|rab|pern)\w+)",
        ),
    ),
    Sign("collapse", any_of(*_FRAME, *_VITAL, *_DYING, *_FADING)),
)
