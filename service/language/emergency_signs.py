"""What people say when an animal is in danger: whole signs. `emergency` is their reader.

All are patterns over folded text. A text is looked at in pieces of a bounded length, so that none of them can take long.
"""

import re
from dataclasses import dataclass
from typing import Literal

from service.language.emergency_swallowed_words import (
    AGAINST_FLEAS,
    BRANDED,
    EATS,
    GNAWED,
    HUMAN_MEDICINE,
    LEFT_ABOUT,
    OBJECTS,
    POISONS,
    SPILLED,
    SWALLOWED,
    TOXIC,
    VENOMOUS,
)
from service.language.phrases import any_of, either

Danger = Literal["poison", "seizure", "bleeding", "breathing", "accident", "collapse", "birth", "other"]


@dataclass(frozen=True, slots=True)
class Sign:
    """What people say when a certain thing happens. A `weak` one says only that something does: a question or a joke takes it away."""

    kind: Danger
    words: re.Pattern[str]
    weak: bool = False


def _sign(kind: Danger, *phrases: str, weak: bool = False) -> Sign:
    return Sign(kind, any_of(*phrases), weak)


# Between two words that belong together there may be some others, but no end of the clause, and no other wish ("comeu bem e quer banho").
_SAME_CLAUSE = (
    r"(?!(?:quer\w*|gostaria|posso|podem?|precis\w+|marc\w+|agend\w+|banho|tosa|consulta)\b"
    r"|e\s+(?!(?:o|a|os|as|um|uma|uns|umas|ate|mais|depois)\b))"
)
_GAP = rf"(?:\s+{_SAME_CLAUSE}[^\s,]+){{0,5}}?\s+"

_BELLY = either(r"barriga", r"barrigao", r"bucho", r"buxo", r"panca", r"abdomen", r"abdome", r"estomago")
_HIND = either(
    r"(?:as |os |pernas? |patas? |patinhas? |perninhas? |parte |membros? )?(?:de |da |do )?tras", r"traseir[oa]s?", r"quarto traseiro",
    r"quadril", r"ancas?", r"pernas?", r"perninhas?", r"patas?", r"patinhas?",
)  # fmt: skip
_YOUNG = either(r"filhot\w+", r"bebes?", r"gatinh[oa]s?", r"cachorrinh[oa]s?")
_BLOOD = either(r"sangrando", r"sangramento", r"sangrar\b", r"hemorragia", r"sangue", r"ensanguentad\w+", r"sangra\b")

SIGNS: tuple[Sign, ...] = (
    _sign(
        "poison",
        rf"\b{EATS}{_GAP}(?:{_SAME_CLAUSE}\S+\s+){{0,2}}?{POISONS}\b",
        rf"\b{EATS}\s+{POISONS}\b",
        rf"\b{SWALLOWED}{_GAP}{OBJECTS}\b",
        # What is known to be harmless is read before (`emergency_reading`); everything else that is swallowed may be stuck.
        r"\bengol(?:iu|indo) (?:um|uma|uns|umas|meu|minha|o|a|os|as)\b(?! (?:choro|racao|comida|sapo|orgulho|seco)\b)",
        rf"\b{TOXIC},?(?:\s+\S+){{0,6}}?\s+{EATS}\b",
        # Not in the present or the imperfect: a habit of somebody's.
        r"\b(?:envenen|intoxic)(?!a(?:m|vam?)?\b)\w*",
        # In the mouth without a word of how it came there.
        rf"\b(?:{BRANDED}|venenos?|chumbinho|raticida|inseticida|carrapaticida|permetrina|agua sanitaria|cloro|creolina|desinfetante"
        rf"|detergente|soda"
        r"|sapo|pilha|bateria|agulha|anzol|produto de limpeza)(?: \S+){0,2}? (?:n[oa]|pela|dentro da) (?:boca|goela|garganta|lingua"
        r"|focinho|olhos?)\b",
        r"\b(?:deram|jogaram|colocaram|botaram)\s+(?:\S+\s+){0,3}?(?:veneno|chumbinho)",
        (
            r"\b(?:dei|deu|demos|deram)\s+(?:\S+\s+){0,3}?(?:chocolates?|bombo[mn]s?|uvas?|uva[- ]passas?|passas|cebolas?|xilitol"
            r"|chicletes?"
            r"|macadamias?|cerveja|alcool|maconha|veneno|chumbinho)(?! (?:propri|de alfarroba|canin|para (?:cao|caes|cachorro)s?\b"
            r"|pet\b))"
            r"(?:\s+\S+){0,3}?\s+(?:pr[oa]s?|para [oa]s?|ao|aos|para|pra|a)\s+(?:(?:meu|minha|nosso|nossa|o|a) )?"
            r"(?:bicho|el[ea]s?|cachorr\w+|cadela|cao|dog\w*|gat[oa]s?|gatinh\w+|filhot\w+|pet)\b"
        ),
    ),
    _sign(
        "seizure",
        r"\bconvuls\w*",
        r"\bconvulc\w*",
        r"\bconvus\w*",
        r"\b(?:ataque|crise)s?\s+(?:de\s+)?epil\w*",
        r"\b(?:tendo|teve|deu|dando)\s+(?:tipo\s+)?(?:um|uns|uma|outro|outra|aquele|aquela|o|a)?\s*(?:ataque|crise|troco)\b",
        r"\bespasm\w*",
        r"\bendurec(?:eu|endo)\b",
        r"\b(?:tendo|teve|deu|dando)\s+(?:\S+\s+){0,2}?(?:treco|troco|piripaque)\b",
        r"\bse debatendo\b",
        r"\b(?:crise|convulsao|ataque|tremedeira|espasmos?) (?:(?:del[ea]|ainda) )?(?:nao|n) (?:passa|para|acaba|cessa)\w*",
        r"\b(?:continua|continuou|segue|ta|tah|esta) se (?:batendo|contorcendo|retorcendo)\b",
        r"\bcomec\w+ (?:a |do nada a )?se (?:debat|contorc|retorc|bat)er\b",
        r"\bdebatendo (?:todo|toda|muito|no chao)",
        r"\bespumando\b",
        r"\bespuma (?:branca|na boca|pela boca)\b",
        r"\b(?:saindo|soltando|babando|cuspindo)\s+(?:\S+\s+)?espuma\b",
        r"\b(?:todo|toda|inteir[oa]) (?:se )?tremendo\b",
        r"\btrem(?:e|endo)\b.{0,25}\b(?:todo|toda|inteir[oa]|sem parar|nao para|muito|demais|chao)\b",
        r"\b(?:revirando|virando|revirou|virou)\s+(?:os\s+)?olh(?:o|os|inho|inhos)\b",
        r"\bolhos? (?:revir|vir)(?:ad|and)\w*",
        r"\bcrise\b.{0,40}\b(?:lingua (?:pra|para|de) fora|olhos?)\b",
    ),
    _sign(
        "bleeding",
        (
            rf"\b{_BLOOD}.{{0,30}}\b(?:muito|muita|sem parar|nao para|n para|nao estanc\w+|demais|bastante|direto|pra todo lado|jorrando"
            r"|pel[oa]|n[oa]|d[oa]|todo|toda)\b"
        ),
        (
            r"\b(?:muito|muita|tanto|perdendo|perdeu|vomit\w+|cuspi\w+|tossi\w+|saindo|saiu|escorrendo|jorrando|pingando|cheio de"
            r"|coberto de|cheia de|poca de|urin\w+|mijand\w+|xixi com|fezes com|coco com|diarreia com|cagando|defec\w+|evacu\w+)"
            rf"\s+(?:\S+\s+){{0,2}}?{_BLOOD}"
        ),
        (
            r"\b(?:ta|esta|tah|tao|estao|comecou a|continua|segue|chegou|veio|apareceu|machucad[oa])\s+(?:\S+\s+){0,2}?(?:sangrando|sangrar"
            r"|ensanguentad\w+)\b"
        ),
        r"\bsangramento\b",
        r"\b(?:esta|ta|tah) (?:muito|todo|toda|bem) (?:machucad|ferid)[oa]\b",
        r"\b(?:coco|xixi|fezes|vomito|urina|diarreia) (?:\S+ ){0,1}?so (?:\S+ )?sangue\b",
        r"\b(?:ta|esta|tah) (?:\S+ )?jorrando\b",
        r"\bensanguentad\w+",
        r"\bhemorragia\b",
        r"\b(?:nao|n|num) (?:para|parou) de (?:sangrar|sair (?:\S+ )?sangue|escorrer|pingar)\b",
        (
            r"\b(?:corte|ferida|rasgo|talho|buraco|machucado)\s+(?:\S+\s+){0,4}?(?:nao fecha|fund[oa]|enorme|grande|abert[oa]|feio"
            r"|feia|profund[oa])\b"
        ),
    ),
    _sign(
        "breathing",
        r"\b(?:nao|n|num|sem)\s+(?:\S+\s+){0,3}?(?:respir\w+)\b",
        (
            r"\brespir\w+\b.{0,20}\b(?:dificil|dificuldade|mal|fundo|estranh\w+|ofegante|rapid\w+|pela boca|boca aberta|cansad\w+"
            r"|chiando|forcad\w+|ruim|fraco|parando|parou)\b"
        ),
        r"\b(?:parou|parando) de respirar\b",
        r"\b(?:nao|n|nem) (?:consegue |ta conseguindo |quer )?(?:mais )?fech\w+ (?:mais )?(?:a boca|o bico|a mandibula)\b",
        r"\bdificuldade (?:\S+\s+){0,2}?(?:respirar|pra respirar|respiratoria)",
        r"\b(?:puxar|puxando|buscar|buscando|faltando)\s+(?:\S+\s+)?(?:ar|folego)\b",
        r"\b(?:ficando|ficou|ta|esta|nasceu) (?:tod[oa] )?(?:rox|roxinh|azulad|cianotic)[oa]\b",
        r"\b(?:forca|esforco) (?:pra|para) respirar\b",
        r"\b(?:pres|parad|entalad|enganchad)[oa] na (?:garganta|goela)\b",
        r"\bfalta de ar\b",
        r"\bpior(?:ando|ou|a)? (?:(?:muito|a|da|de|na) ){0,2}respiracao\b|\brespiracao (?:\S+ ){0,3}?pior\w*",
        r"\brespiracao (?:\S+ ){0,4}?(?:curt|pesad|ofegant|acelerad|frac|falh|estranh|rapid|dificil)\w*",
        r"\bsem ar\b",
        r"\bpuxando o? ?ar\b",
        r"\bbuscando ar\b",
        r"\bengasg\w*",
        r"\bsufoc\w*",
        r"\basfixi\w*",
        r"\bentalad\w+",
        r"\bentalou\b",
        r"\b(?:lingua|gengivas?|boca|focinho|mucosas?)\b.{0,25}\b(?:rox\w+|azul\w*|azulad\w+|branc\w+|palid\w+|cinza\w*|acinzent\w+)\b",
    ),
    _sign(
        "accident",
        r"\batropel\w*",
        (
            r"\b(?:carro|moto|caminhao|onibus|bicicleta|roda)\b.{0,25}\b(?:bateu(?! n[oa] (?:meu |minha |nosso |seu )?(?:portao|muro"
            r"|carro|poste|parede|loja|moto))|pegou|passou (?:por cima|em cima)|acert(?:ou|ar)|esmag\w+)\b"
        ),
        r"\b(?:bateu|passou por cima|passou em cima|passaram por cima)\b.{0,30}\b(?:carro|moto|bicicleta|bike|caminhao|onibus)\b",
        r"\bbat(?:eram|i|eu) com (?:o|a|um|uma) (?:carro|moto)\s+(?:em|n[oa]|nel[ea])\b",
        r"\bpassei (?:por cima|em cima)\b",
        r"\bdei re\b.{0,20}\b(?:em cima|nel[ea]|no|na)\b",
        (
            r"\b(?:caiu|despencou|pulou|se jogou|cair)\s+(?:\S+\s+){0,4}?(?:janela|sacada|varanda|predio|andar|laje|telhado|terraco"
            r"|barranco|penhasco)\b"
        ),
        r"\b(?:caiu|despencou|rolou)\s+(?:\S+\s+){0,4}?(?:muro|escadas?|escadaria|piscina|poco)\b",
        rf"\b(?:pic|mordid|mordeu|morderam|atac|ferro)\w*\s+(?:\S+\s+){{0,4}}?{VENOMOUS}\b",
        rf"\b{VENOMOUS}\s+(?:\S+\s+){{0,4}}?(?:picou|picaram|mordeu|atac\w+|ferro\w+|pegou)\b",
        r"\b(?:levou|tomou|deu|leva)\s+(?:\S+\s+){0,2}?(?:choque|tiro|facada|paulada|pancada|coice|mordida\w*)\b",
        r"\beletrocut\w*",
        r"\b(?:bala|tiro|flecha|rojao|raio|pedra) (?:\S+ )?(?:acert|peg|ating)(?:ou|iu) (?:n?el[ea]|n?[oa] (?:(?:meu|minha) )?(?:bicho"
        r"|cachorr|gat|cadel))",
        r"\b(?:peg|bat|acert|cort|atac|atir|jog)(?:ou|eu|aram|eram) (?:n?el[ea]|n?[oa] (?:(?:meu|minha) )?(?:bicho|cachorr\w+|cadela"
        r"|gat\w+))"
        r"(?: \S+){0,3}? (?:com|de) (?:um |uma |o |a )?(?:facao|faca|pau|pedra|ferro|barra|machado|foice|arma|madeira|tijolo|vassoura"
        r"|enxada|canivete)\b",
        r"\babr(?:iu|iram) a (?:cabeca|testa|orelha|coxa|coluna)\b",
        r"\b(?:fur|esfaque)(?:ou|aram) (?:el[ea]|bicho|(?:o |a )?(?:meu |minha |nosso |nossa )?(?:cachorr|cadel|gat|filhot"
        r"|dog)\w*)\b"
        r"(?! (?:pra|para|na hora d[eoa]) (?:tirar|colher|coletar|fazer|exame|vacin|tosa|unha))",
        r"\b(?:mord(?:eu|iscou|endo)|mastigou) (?:o |a |um |uma )?(?:fio|extensao|tomada|cabo)\b",
        r"\bgrudad[oa] n[oa] (?:choque|fio|tomada|cerca)\b",
        r"\b(?:esfaque|apedrej|balead|alvejad|apunhal|baiona)\w*",
        r"\b(?:fur|espet|perfur|rasg|arranh|machuc|cutuc)(?:ou|aram|ei) (?:o|um|os) olh\w+",
        r"\bmachuc(?:ou|ad[oa]|aram) (?:muito |feio |bem |[oan][oa]? )*(?:barriga|cabeca|pescoco|costas|coluna|peito)\b",
        r"\b(?:ossos?|tend(?:ao|oes)|musculos?|nervos?)(?: \S+)? (?:aparecendo|expost\w+|a mostra|pra fora|para fora|saindo)\b",
        r"\bfio (?:de luz|eletrico|da tomada)\b",
        r"\b(?:queimou|queimad[oa]s?|queimadura\w*|escald\w+|se queimou)\b",
        r"\bafog\w+",
        r"\bcaiu na piscina\b",
        (
            r"\b(?:brig\w+|atac\w+|mord\w+|estracalh\w+|peg(?:ou|aram))\b.{0,40}\b(?:pitbull|pit bull|rottweiler|outro (?:cachorro|gato"
            r"|cao|cachorra)|cachorro (?:grande|da rua|do vizinho)|cachorros)\b"
        ),
        r"\b(?:mord\w+|peg(?:ou|aram)|atac\w+)\s+(?:\S+\s+){0,4}?(?:pescoco|garganta)\b",
        (
            r"\b(?:outro (?:cachorro|gato|cao)|pitbull|pit bull|rottweiler|cachorro do vizinho|cachorros)\b.{0,30}\b(?:mord\w+|atac\w+"
            r"|pegou|pegaram|estracalh\w+)\b"
        ),
        (
            r"\b(?:pata|perna|osso|coluna|bacia|maxilar|mandibula)\b.{0,25}\b(?:quebrad\w+|quebrou|exposto|exposta|pendurad\w+|torta"
            r"|balancando|fraturad\w+)\b"
        ),
        r"\bquebrou a (?:pata|perna|coluna|bacia)\b",
        r"\bfratura\w*",
        r"\b(?:olho|olhinho)\b.{0,25}\b(?:saiu|saltou|pulou|pra fora|para fora|fora do lugar|furou|furad\w+|estour\w+|pendurad\w+)\b",
        r"\b(?:tripas?|intestinos?|orgaos?|visceras?|barriga)\b.{0,20}\b(?:pra fora|para fora|saindo|aberta|rasgad\w+)\b",
        r"\babriu (?:a barriga|os pontos|a cirurgia)\b",
        r"\bpontos? (?:abriu|abriram|estourou|estouraram)\b",
    ),
    _sign(
        "collapse",
        r"\b(?:cambalea\w+|tombando|andando torto|desorientad[oa]|agoniza\w*)\b",
        r"\b(?:ficou|esta|ta|tah) (?:tod[oa] )?dur(?:inh)?[oa]\b",
        r"\bdesmai(?!ei\b)\w*",
        r"\binconscient\w*",
        r"\bperd(?:eu|endo) os sentidos\b",
        r"\b(?:esta|ta|tah) (?:muito|bem|super) (?:ruim|mal)\b",
        r"\bdesacordad\w*",
        r"\bapagou (?:do nada|de repente|e )",
        r"\bdesfalec\w*",
        r"\bsem (?:se mexer|reagir|reacao|consciencia)\b",
        r"\b(?:caida?o?|deitad[oa]|parad[oa])\b.{0,30}\bsem forca\w*\b",
        r"\b(?:esta|ta|tah) (?:se )?apagando\b",
        (
            r"\b(?:nao|n|num|nem|sem)\s+(?:\S+\s+){0,2}?(?:reage|reaja|reagindo|responde|acorda|acordando|levanta|levantar|se mexe|mexe"
            r"|mexendo|para em pe|ficar? (?:em|de) pe|anda(?! (?:de|na|no|com|muito|bem)\b)|andar(?! (?:de|na|no|com|muito|bem)\b)"
            r"|mexe as patas|abre os olhos|consegue levantar|ta se mexendo)\b"
        ),
        r"\b(?:caiu|caida?o?|cain\w+)\s+(?:\S+\s+){0,3}?(?:dur[oa]|mole|de lado|do nada|no chao|tesa?o?)\b",
        r"\bdur[oa] no chao\b",
        (
            r"\b(?:todo|toda|muito|muita|completamente|bem|ficou|esta|ta|tah)\s+(?:mole|molinh[oa]|moleng\w+|(?:muito )?fraquinh[oa]"
            r"|desfalecid[oa]|gelad[oa]|fri[oa] e|sem forca\w*)\b"
        ),
        r"\b(?:paralis\w+|travou (?:as|a) (?:pernas?|patas?|traseira)|arrastando (?:as|a) (?:pernas?|patas?|traseira|patinhas))\b",
        r"\b(?:pernas?|patas?|patinhas?)\s+(?:\S+\s+){0,2}?(?:(?:parou|pararam)(?! de)|nao mexem?|nao funciona\w*|travou|travaram)\b",
        r"\bperdeu (?:o movimento|a forca|os movimentos)\b",
        (
            r"\b(?:esta|ta|tah|acho que|quase|vai)\s+(?:\S+\s+){0,3}?morr(?:endo|er)\b(?!\s+de\s+(?:saudade|fome|rir|amor|preguica|sono"
            r"|calor|medo|vontade|ciume|vergonha))"
        ),
        r"\b(?:insolacao|hipertermia|golpe de calor|superaquec\w+)\b",
        (
            r"\b(?:trancad[oa]|preso|presa|esquec\w+ (?:el[ea]|o cachorro|a cachorra|(?:o |a )?meu|(?:o |a )?minha))"
            r"\s+(?:\S+\s+){0,3}?carro\b"
        ),
        r"\b(?:barriga|abdomen|estomago)\b.{0,30}\b(?:inch\w+|dur[oa]|estufad\w+|enorme|crescendo|balao|distendid\w+)\b",
        r"\btent(?:a|ando|ou) vomitar\b",
        r"\btorcao\b",
        # A rabbit that stops is in danger.
        r"\b(?:nao|n) come nem (?:faz|fez|bebe|caga|bebeu)\b",
    ),
    _sign(
        "other",
        r"\b(?:nao|n|sem)\s+(?:\S+\s+)?(?:conseg\w+)\s+(?:\S+\s+){0,2}?(?:xixi|urinar|mijar)\b",
        r"\b(?:nao|n|sem)\s+(?:\S+\s+){0,2}?(?:xixi|urin\w+|mij\w+)\s+(?:\S+\s+)?(?:desde|ha|faz|tem|hoje|ontem)\b",
        r"\b(?:tenta|tentando|forca|forcando)\s+(?:\S+\s+){0,3}?(?:xixi|urinar|mijar)\b",
    ),
    _sign(
        "birth",
        (
            r"\b(?:filhot|bebe|gatinho|cachorrinho|placenta)\w*\b.{0,40}\b(?:pres[oa]|entalad[oa]|nao (?:sai|nasce|saiu|nasceu)"
            r"|atravessad[oa]|morto|sem vida|saindo)\b"
        ),
        r"\btrabalho de parto (?:ontem|anteontem|desde|ha|faz|tem|hoje cedo|de madrugada)\b",
        r"\bbolsa (?:\S+ ){0,3}?(?:estourou|rompeu)\b",
        r"\b(?:nao|nem|n) (?:nasc\w+|saiu|sai|vem|veio|desce\w*) (?:\S+ ){0,2}?(?:filhot|gatinh|cachorrinh|bebe)\w*",
        (
            r"\b(?:os outros|as outras|o resto|o proximo|o segundo|a segunda|mais nenhum|os demais) (?:\S+ ){0,2}?(?:nao|n) (?:vem"
            r"|ve[m]?|veio|vieram|nasc\w+|sai\w*)\b"
        ),
        (
            r"\b(?:cadela|cachorra|gata|prenh\w+|gravid\w+|gestante|parto|parir|parindo|cria|filhot\w+)\b.{0,60}\b(?:agua|liquido"
            r"|secrecao"
            r"|corrimento|gosma|meleca|coisa) (?:\S+ )?(?:verd\w+|pret[oa]|escur\w+|marrom|fedid\w+|fedorent\w+)\b"
        ),
        (
            r"\b(?:agua|liquido|secrecao|corrimento|gosma|meleca|coisa) (?:\S+ )?(?:verd\w+|pret[oa]|escur\w+|marrom|fedid\w+"
            r"|fedorent\w+)\b"
            r".{0,60}\b(?:prenh\w+|gravid\w+|gestante|parto|parir|parindo|cria|filhot\w+|nasc\w+)\b"
        ),
        r"\b(?:nada|nenhum) (?:de|do) filhot\w+",
        r"\bnenhum filhote (?:nasceu|saiu)\b",
        (
            r"\b(?:parindo|parto|trabalho de parto|dando cria|contracoes|contracao)\b.{0,60}\b(?:nao (?:sai|nasce|saiu|nasceu|vem"
            r"|consegue)|horas|nenhum|parou|dificil|pres[oa]|nada|sangue|verde)\b"
        ),
    ),
    _sign(
        "other",
        r"\b(?:inch(?:ou|ad[oa]|ando))\s+(?:\S+\s+){0,4}?(?:rosto|cara|focinho|boca|garganta|pescoco|olhos?|todo|toda|do nada)\b",
        r"\b(?:rosto|cara|focinho|carinha)\b.{0,20}\binch\w+",
        r"(?<!\bto com o )(?<!\bestou com o )\bcorpo (?:\S+ )?inchad[oa]\b"
        r"|\b(?:ta|tah|esta|ficou|chegou) (?:tod[oa]|inteir[oa]) inchad[oa]\b",
        r"\b(?:vomit\w+)\b.{0,30}\b(?:sem parar|nao para|n para|o dia todo|toda hora|direto|varias vezes|10 vezes)\b",
        r"\bme ajuda(?:m|em)?\b.{0,40}\b(?:morr\w+|urgente|rapido|mal)\b",
        r"\b(?:passando|passou(?! mal (?:com|de) )|esta|ta|tah|muito)\s+(?:muito\s+)?mal\b",
    ),
    # A poison that lay about, a medicine for people, a dose too many, a dog's flea product on a cat.
    _sign(
        "poison",
        rf"\b{TOXIC}\s+(?:\S+\s+){{0,9}}?{GNAWED}\b",
        rf"\b{SPILLED}\s+(?:\S+\s+){{0,3}}?(?:abert[oa]|derramad[oa]|virad[oa]|vazando)\b",
        rf"\b(?:achou|encontrou|alcancou|avancou n[oa]|foi n[oa])\s+(?:\S+\s+){{0,4}}?{LEFT_ABOUT}\b",
        rf"\b(?:dei|deu|demos|deram|tomou|mandou dar)\s+(?:\S+\s+){{0,4}}?{HUMAN_MEDICINE}\b",
        (
            r"\b(?:overdose|superdos\w+|dose (?:dupla|errada|dobrada|a mais|alta)|dosagem errada|err(?:ei|ou|amos) (?:a|na) (?:dose"
            r"|dosagem))\b"
        ),
        (
            r"\b(?:insulina|remedio|comprimido|dose|gotas)\b.{0,40}\b(?:duas vezes|2 vezes|2x|dobrad[oa]|em dobro|o dobro|a mais"
            r"|por engano|errad[oa])"
        ),
        r"\b(?:dei|deu|demos|deram|tomou)\s+(?:\S+\s+){0,3}?(?:dipirona|remedio|comprimido|gotas?)s? (?:(?:de gente|human\w+"
        r"|de adulto) )?(?:demais|a mais)\b",
        r"\b(?:comeu|engoliu|mastigou|tomou) (?:dois|duas|tres|quatro|cinco|seis|varios|varias|todos|todas|\d+) de uma vez\b",
        # What befell it after what was given.
        r"\baquilo\b.{0,60}\b(?:ta|tah|esta|ficou|comecou a) (?:tod[oa] |muito )?(?:trem|cambale|convuls|espum|babar|estrebuch|bamb"
        r"|dur[oa])\w*",
        r"\b(?:jog|derram|espirr|borrif|entorn|vir|ca|pass|taqu|tac)(?:ou|aram|ei|iu|eu) (?:\S+ ){0,3}?(?:agua sanitaria|cloro"
        r"|soda(?: caustica)?|acido|creolina"
        r"|gasolina|querosene|thinner|veneno|inseticida|desinfetante|candida|agua fervendo|oleo quente) "
        r"(?:n[oa]s? (?:(?:meu|minha) )?(?:olh|pel|corp|cost|gat|cachorr|cadel|rost|car|filhot|bicho)\w*|nel[ea]|em cima)",
        r"\b(?:[2-9]\d|1\d\d) gotas\b(?! d[eo] (?:florais?|oleo|perfume))",
        # A flea product for one, licked by another.
        r"\blamb(?:eu|endo|eram) (?:o |a )?(?:bravecto|frontline|advocate|advantage|revolution|pipeta|antipulgas"
        r"|remedio) (?:\S+ ){0,3}?n[oa]s? "
        r"(?:cachorr\w+|cadela|cao|gat\w+|outr[oa]|irma[o]?|dog\w*)\b",
        r"\b(?:dobro|triplo|quadruplo) (?:d[ae] (?:dose|dosagem|quantidade)|d[oe] remedio)",
        # A person's, given on purpose.
        r"\b(?:dei|deu|demos|deram) (?:(?:o|os|um|uns|uma|meio|dois|duas|tres|\d) )*(?:meus? )?(?:remedio|comprimido|capsula|gota)s? "
        r"(?:del[ea] |meus? |de gente |d[oa]s? (?:meu|minha) (?:mae|pai|avo|vo|marido|espos[oa]|filh[oa]|sogr[oa]|tia|tio"
        r"|irma[o]?) )(?:\S+ ){0,2}?"
        r"(?:pr[oa]s?|para [oa]s?|ao?) (?:(?:meu|minha) )?(?:bicho|cachorr\w+|cadela|gat\w+|filhot\w+|dog\w*|cao)\b",
        r"\binsulina\b.{0,60}\b(?:nao comeu|sem comer|trem\w+|bamb[oa]|mole|molinh[oa]|moleng\w+|caindo|tont[oa]|estranh[oa])\b",
        (
            r"\b(?:lamb(?:eu|endo)|(?:passei|passou|apliquei|pinguei|coloquei|botei|usei|usaram|passaram"
            rf"|passamos)\s)(?:\s*\S+\s+){{0,3}}?{AGAINST_FLEAS}(?:\s+\S+){{0,3}}?\s+(?:d[oe]|pr[oa]|para|pra) (?:cachorro|cao|caes)\b"
        ),
        r"\b(?:linha|fio|barbante|fita|corda)\b.{0,25}\b(?:pendurad[oa]|saindo|pra fora|aparecendo)\b",
        r"\banz(?:ol|ois)\b.{0,25}\b(?:boca|beico|lingua|pata|garganta|pres[oa])\b",
        r"\bespinh\w+ (?:n[oa]|pel[oa]) (?:cara|boca|focinho) tod[oa]\b",
    ),
    # Fits told by what is seen.
    _sign(
        "seizure",
        (
            r"\b(?:batendo|remando|pedalando|esticando|mexendo) (?:com )?(?:as|os|todas as) (?:pern|pat|bra)\w+(?:\s+\S+)?\s+(?:sem|no"
            r"|de lado|deitad|dur)\w*"
        ),
        r"\bestrebuch\w+",
        r"\bdentes? (?:cerrad|travad|trincad)\w+",
        r"\bbatendo n[oa]s? paredes?\b",
        r"\bcontorc\w+",
        r"\bmordendo a (?:propria )?lingua\b",
        r"\bbatendo a cabeca\b",
        r"\btremelique\w*",
        r"\btod[oa] dur(?:inh)?[oa]\b.{0,30}\b(?:xixi|mij\w+|bab\w+|trem\w+|espum\w+|urin\w+)\b",
        r"\b(?:corpo|pernas?|perninhas?|patas?|patinhas?)\s+(?:\S+\s+)?(?:dur[oa]s?|rigid[oa]s?|esticad[oa]s?|travad[oa]s?)\b",
        r"\b(?:ataques?|crises?)\b.{0,40}\b(?:dur[oa]|bab\w+|mij\w+|treme\w*|espum\w+|cai\w*|volta)\b",
        r"\bolh(?:o|os|inhos)\b.{0,15}\b(?:mexendo sozinh\w+|tremendo|pra tras|parados?|vidrad\w+)\b",
        r"\btrem\w+ (?:sem parar|muito|demais|igual vara)\b",
        r"\btrem\w+\b.{0,20}\b(?:dur[oa]|rigid[oa]|mole|bab\w+)\b",
    ),
    # Blood in any verb, open flesh.
    _sign(
        "bleeding",
        (
            r"\b(?:bot\w+|espirr\w+|jorr\w+|ping(?:a|ou|ando)|esguich\w+|esva\w+|golf\w+|larg\w+|soltando|deixando|rastro de"
            r"|lavad[oa] (?:de|em)"
            rf"|banhad[oa] (?:de|em)|sujo de)\s+(?:\S+\s+){{0,2}}?{_BLOOD}"
        ),
        r"\b(?:da|dando|deu) (?:pra|para) ver\s+(?:\S+\s+){0,2}?(?:carne|osso|coisa|tripa\w*|musculo|tudo por dentro)\b",
        r"\b(?:em |na )carne viva\b",
        r"\b(?:pele|couro|carne)\b.{0,20}\b(?:abert[oa]|pendurad[oa]|saindo|soltando|rasgad[oa]|arrancad[oa]|expost[oa]|aparecendo)\b",
        (
            r"\b(?:talho|rasgo|buraco|furo|corte)s? (?:n[oa]|d[oa])s? (?:barriga|pescoco|peito|cabeca|costas?|lombo|coxa|garganta|pata"
            r"|perna|cara)\b"
        ),
        r"\b(?:orelha|rabo|lingua|dedo|labio|beico|palpebra)(?: d?el[ea])? (?:ta|tah|esta|ficou) (?:\S+ )?(?:pendurad[oa]|soltando"
        r"|rasgad[oa]|caindo)\b",
        r"\barranc(?:ou|aram)\s+(?:\S+\s+){0,3}?(?:pedaco|orelha|unha|rabo|dedo|pele|olho)\b",
        (
            r"\b(?:rasg|dilacer|estracalh|arrebent|abri|fur|cort)(?:ou|aram|iu|iram)\s+(?:\S+\s+)?(?:pescoco|barriga|orelha|pele|pata"
            r"|cara|peito|lombo|costas|garganta|lingua)\b(?! (?:de|d[oa]) (?:pelucia|ursinho|brinquedo|boneco))"
        ),
        r"\b(?:xixi|urina|mijo) (?:(?:d?el[ea]|ta|tah|esta|saiu|saindo|veio|ficou|meio|bem|muito) ){0,4}(?:\S+ )?"
        r"(?:vermelh|marrom|pret|escur|cor de (?:coca|vinho|sangue))\w*",
        r"\b(?:penis|pinto|pipi)\b.{0,30}\b(?:nao volta|inch\w+|rox[oa]|sec[oa]|pres[oa]|machucad[oa])\b",
        (
            r"\b(?:utero|reto|intestino|bola vermelha|carne|algo|alguma coisa)\b.{0,20}\b(?:pra fora|para fora|saindo"
            r"|nao volta|saiu)\b"
        ),
        r"\b(?:saiu|saindo|apareceu|tem) (?:\S+ ){0,2}?bola vermelha\b",
        r"\bprolaps\w+",
        r"\b(?:sa(?:iu|indo|i)|apareceu|tem|pendurad[oa]) (?:\S+ ){0,3}?(?:vermelh\w+|rosad\w+|carne|tripa\w*|bola) (?:\S+ )?(?:d|n"
        r"|pel)[oa] "
        r"(?:bunda|bumbum|anus|cu|fiofo|vulva|vagina|reto|pepeca|periquita)\b",
        r"\bpus n?d?o utero\b|\butero (?:\S+ ){0,2}?(?:de |com )pus\b|\b(?:ta|tah|esta) com (?:\S+ )?piometr\w+",
        r"\bbicheira\b",
        r"\bchei[oa]s? de larvas?\b|\bcheio de bichos?\b",
    ),
    # Air: a cat or a bird with an open mouth, a body that pumps, noises, something that is stuck.
    _sign(
        "breathing",
        r"\bbico (?:aberto|abrindo|abre)\b",
        r"\b(?:gat|felin)\w+ (?:\S+ ){0,2}?(?:ofeg|arf)\w+",
        r"\b(?:gat|felin|calopsit|papagai|periquit|coelh|hamster|furao)\w+\b.{0,40}\b(?:de |com a |da )boca aberta\b",
        r"\b(?:rab|barrig|peit)\w+ (?:subindo e descendo|bombeando|batendo)\b",
        r"\b(?:ofeg|arf)\w+ (?:muito|demais|sem parar|direto|horrores|e nao para|forte|pra caramba)\b",
        r"\b(?:muito|tao|demais) (?:ofegante|ofegand\w+)\b",
        r"\b(?:peito|costel\w+|barriga|flanco\w*)\b.{0,20}\b(?:afund\w+|forca)\b.{0,20}\brespir\w+",
        r"\b(?:lut\w+|esfor\w+|custando|dificil|cans\w+|sofrendo) (?:muito )?(?:pra|para|de|ao) respirar\b",
        r"\bnao para de (?:ofegar|arfar|tossir)\b",
        r"\b(?:barulho|ronco|chiado|chiando|assobio)\b.{0,30}\b(?:ar|respir\w+|garganta|peito)\b",
        r"\b(?:afogando|sem) (?:o )?folego\b",
        r"\b(?:atravessad|encravad|agarrad|presa?|travad|parad)[oa]? n[oa] (?:garganta|goela|ceu da boca)\b",
        r"\b(?:gengivas?|mucosas?|lingua)\b.{0,25}\b(?:clar\w+|sem cor|arroxead\w+|pret\w+ de repente|esbranquicad\w+)\b",
    ),
    # Crushed, squeezed, run over, dropped, hanged, speared, beaten, burnt, under water.
    _sign(
        "accident",
        r"\bpisad[oa]\b",
        (
            r"\b(?:derrub|derram|entorn)\w+\b.{0,30}\b(?:nel[ea]|em cima d\w+|n[oa]s? (?:costas?|lombo|pata|patinha|cara|cabeca|gat\w+"
            r"|cachor\w+|filhot\w+))\b"
        ),
        r"\b(?:prens|esmag|imprens|pisote|espanc|empal|enforc|eletrocut|perfur)(?:ou|ad[oa]|aram|ando|ei)\b",
        r"\bespetad[oa]\b",
        r"\bpendurad[oa] (?:pel[oa]|n[oa]|d[oa]) (?:coleira|guia|pescoco|corda|peitoral|corrente)\b",
        (
            r"\b(?:pis(?:ei|ou|aram)|sent(?:ei|ou)|deit(?:ei|ou)) (?:em cima )?(?:n?el[ea]\b|(?:n|d)[oa] (?:filhot|gat|cachor|hamster"
            r"|coelh|patinh)\w+)"
        ),
        (
            r"\b(?:marcha re|portao|portao automatico|porta|porteira|armario|estante|geladeira|tv|muro|galho|arvore|tijolo|telha)\b"
            rf".{{0,25}}\b(?:em cima|caiu n?el[ea]|n[oa] (?:cabeca|pata|patinha|rabo|{_YOUNG}))\b"
        ),
        (
            r"\b(?:caiu|despencou|pulou|saltou|voou)\s+(?:\S+\s+){0,3}?(?:arvore|cacamba|caminhonete|carroceria|moto|carro andando"
            r"|carro em movimento|altura|viaduto|ponte|janelao|cobertura|\d+ metros)\b"
        ),
        (
            r"\b(?:caiu|caido|mergulhou)\s+(?:\S+\s+){0,2}?(?:n[oa]|num|numa|dentro d[oa]) (?:tanque|balde|rio|lago|fossa|bueiro"
            r"|caixa d.agua|agua|cisterna|poco|mar)\b"
        ),
        r"\bbateu (?:com )?a cabeca\b",
        (
            r"\b(?:batida|pancada|trauma|paulada|chute|pedrada|martelada|chumbo|tiro)\s+(?:\S+\s+)?n[oa] (?:cabeca|barriga|olho|cara"
            r"|costela|lombo)\b"
        ),
        r"\b(?:levou|tomou|deram|deu)\s+(?:\S+\s+){0,2}?(?:chute|pedrada|machadada|facao|tiro|porrada|surra)\b",
        rf"\b(?:picada|ferroada|ferrao|mordida|bote)s?\s+(?:\S+\s+){{0,2}}?{VENOMOUS}\b",
        r"\bferroadas?\b",
        r"\b(?:dois|2) fur(?:inh)?os\b",
        rf"\b{VENOMOUS}\s+(?:\S+\s+){{0,2}}?(?:bote|deu)\b",
        (
            r"\b(?:agua|oleo|leite|panela|cafe|sopa|gordura|chaleira|ferro|brasa|fogo|churrasqueira|alcool)\b.{0,25}\b(?:quente|fervendo"
            r"|fervente|pelando|fogo|aces[ao])\b.{0,30}\b(?:nel[ea]|em cima|n[oa] (?:lombo|costas?|pata|patinha|cara|gat\w+|cachor\w+"
            r"|filhot\w+|meu|minha))\b"
        ),
        r"\bpegou fogo\b.{0,20}\b(?:nel[ea]|pelo|rabo)\b",
        (
            r"\b(?:mord(?:ida|idas|eu|eram|ido)|brig(?:a|ou|aram)|avancou|atac(?:ou|aram|ad[oa]))\b.{0,60}\b(?:furad[oa]|furos?|rasg\w+"
            r"|abert[oa]|carne|pedaco|fund[oa]|profund[oa]|sangu\w+|sangr\w+)\b"
        ),
        r"\bmarcas? de dentes?\b",
        (
            r"\b(?:maquina de lavar|lavadora|secadora|forno|microondas|freezer|liquidificador)\b.{0,30}\b(?:ligad[oa]|dentro|ficou"
            r"|pres[oa])\b"
        ),
        r"\b(?:foi|sendo|ser) picad[oa]\b",
        r"\b(?:pata|patinha|cara|focinho|boca|pescoco|olho|barriga)\b.{0,15}\b(?:tripl|dobr)(?:ou|icou) de tamanho",
        r"\b(?:foi|sendo|acab(?:ou|a) de ser) (?:mordid|atacad|picad)[oa]\b",
    ),
    # Down, limp, cold, without balance, without the hind legs, without a heartbeat; overheated; bloated.
    _sign(
        "collapse",
        r"\b(?:arriou|arreou|desabou|tombou|apagou|desmoronou)\b(?! (?:no sofa|na cama|a|o|de sono|depois))",
        r"\b(?:ca(?:i|indo|iu)|tomba\w*|pendendo) (?:pros?|pr[oa]|para os?|de|dos) lados?\b",
        r"\b(?:nao|n|num) (?:se |consegue se )?(?:sustenta|equilibra|aguenta em pe|fica em pe|fica de pe|firma)\w*\b",
        r"\bsem equilibrio\b",
        (
            r"\b(?:caid[oa]|deitad[oa]|esta|ta|tah|virad[oa]|jogad[oa]) (?:de (?:lado|barriga pra cima|pernas pro ar|papo pra cima)"
            r"|pra cima)\b.{0,40}\b(?:sem|nao|n|mole|pern\w+|pat\w+|bab\w+|gel\w+|respir\w+|olh\w+|bico)\b"
        ),
        r"\bcaid[oa] de (?:lado|barriga pra cima)\b",
        r"\basas? caidas?\b",
        (
            r"\b(?:nao|n|num|sem)\s+(?:\S+\s+)?(?:mexe\w*|movimenta\w*|sent(?:e|indo)|firma\w*|apoia\w*)\s+(?:mais )?(?:n?as |a |o |da "
            rf"|das )?{_HIND}\b"
        ),
        rf"\barrast(?:a|ou|ando)\s+(?:\S+\s+){{0,2}}?{_HIND}\b",
        rf"\b{_HIND}\b.{{0,20}}\b(?:paralisad\w+|bamb[oa]s?|sem forca|mortas?|arrast\w+|gelad[oa]s?|fri[oa]s|nao obedece\w*)\b",
        r"\bcoracao\b.{0,25}\b(?:parou|parando|fraco|fraquinho|disparado|nao bate)\b",
        r"\bsem pulso\b",
        r"\b(?:nao|n) (?:da|deu) sinal\b",
        r"\bsem sina(?:l|is) de vida\b",
        r"\bquase (?:sem vida|morto|morta)\b",
        r"\bentre a vida e a morte\b",
        r"\bem coma\b",
        r"\b(?:acho|parece) (?:q |que )?(?:el[ea] )?(?:morreu|mort[oa]|ja foi)\b",
        r"\bnas ultimas\b",
        r"\bnao vai aguentar\b(?! (?:de|tant[oa]|esperar|ficar|ver|ate (?:o|a|chegar)|mais d[eo]) ?)",
        r"\b(?:vou|to|estou) perde(?:r|ndo) (?:el[ea]|meu|minha)\b",
        r"\binfart\w+",
        r"\bavc\b",
        r"\bderrame\b",
        r"\bparada (?:cardiaca|respiratoria)\b",
        r"\bhipoglicemi\w+",
        r"\bhipotermi\w+",
        r"\bestado grave\b",
        r"\bnao (?:me |nos )?reconhece\b",
        r"\bgelad(?:inh)?[oa]\b.{0,25}\b(?:mama|mexe|reage|acorda|levanta|come)\b",
        r"\bamanheceu (?:\S+ )?(?:mole|molinh[oa]|moleng\w+|gelad[oa]|caid[oa]|dur[oa]|prostrad[oa])\b",
        r"\bestirad[oa]\b",
        r"\b(?:corpo|barriga|pele|el[ea]|ta|esta) (?:pelando|fervendo|pegando fogo)\b",
        r"\b4[0-3](?:[.,]\d)? ?(?:graus|º|°)",
        r"\bfebre de 4[0-3]\b",
        (
            r"\b(?:sol|calor|quente|fechado)\b.{0,60}\b(?:caiu|arriou|mole|molinh[oa]|moleng\w+|ofeg\w+|cambale\w+|rox[oa]"
            r"|desmai\w+|apag\w+)\b"
        ),
        (
            rf"\b{_BELLY}\b.{{0,30}}\b(?:inch\w+|dur[oa]|dur[oa]na|estufad\w+|esticad\w+|tambor|enorme|balao|bola|bexiga|pedra"
            r"|distendid\w+|cheia de ar|alta|crescendo)\b"
        ),
        rf"\b(?:inch\w+|estufad\w+|estufou) (?:a |o |d[aeo] )?{_BELLY}\b",
        r"\b(?:esta|ta|tah) (?:\S+ ){0,3}?sem forcas?\b",
        r"\bempanzinad\w+",
        r"\btimpanism\w+",
        (
            r"\b(?:tent\w+|forca\w*|ansia|faz que vai|quer)\s+(?:\S+\s+){0,2}?(?:vomit\w+|golfar|regurgitar|botar pra fora|por pra fora"
            r"|vomito)\b.{0,20}\b(?:nao|n|nada|num|so (?:sai )?(?:baba|espuma|saliva)|sem parar|consegue)\b"
        ),
        r"\btent\w+ (?:botar|por|colocar) (?:tudo )?pra fora\b",
    ),
    # Nothing comes, however often it tries.
    _sign(
        "other",
        (
            r"\b(?:nem|nenhuma|so|umas|apenas)\s+(?:\S+\s+){0,2}?(?:got(?:a|as|inha|inhas)|ping(?:o|os|inho|inhos))\b(?:\s+(?:de|d[oe])"
            r"\s+(?:xixi|urina|mijo|sangue))?(?!.{0,15}\b(?:remedio|colirio|dipirona|perfume)\b)"
        ),
        (
            r"\b(?:nao|n|num|sem|nem)\s+(?:(?:ta|esta|tah|consegue|conseguindo|quer|sai|saiu|ha|mais)\s+){0,2}?(?:(?:fazendo|fazer|faz"
            r"|fez|sai|saindo)\s+(?:o\s+)?)?(?:xixi|urina|urinar|urinou|urinando|mija|mijar|mijou|mijando)\b(?!\s+(?:n[oa]|fora|em|certo"
            r"|direito|dentro|de|pel[oa])\b)"
        ),
        (
            r"\b(?:agach\w+|caixa de areia|caixinha|areia|posicao de xixi|bexiga|xixi)\b.{0,45}\b(?:e nada|nao sai|n sai|sai nada"
            r"|nada sai|gritando|chorando|gemendo|miando de dor|entupid\w+|trancad\w+|bloquead\w+)\b"
        ),
        r"\b(?:uretra|canal|bexiga|xixi|pipi|penis)\b.{0,20}\b(?:entupi\w+|obstru\w+|trancad\w+|trancou|bloque\w+|cheia|dura)\b",
        r"\bobstru(?:id[oa]|iu)\b",
        r"\b(?:banheiro|caixinha|areia|tapete) toda hora\b.{0,25}\b(?:nao|n|nada|sem)\b",
        r"\bgat\w+\s+(?:\S+\s+){0,2}?(?:bloque|obstru|entup)\w+",
        r"\b(?:chora|grita|geme|mia|berra)\w*\b.{0,25}\b(?:caixa de areia|caixinha|areia|caixa)\b(?! de transporte)",
        r"\b(?:urinar|fazer xixi|xixi|mijar)\b.{0,20}\b(?:e|mas) nao (?:sai|consegue|vem)\b",
    ),
    # A birth or an egg that does not go on; the fits of a nursing mother.
    _sign(
        "birth",
        (
            r"\b(?:pata|patinha|perninha|cabeca|cabecinha|rabo|rabinho|bumbum|pezinho|bolsa)\w*\b.{0,25}\b(?:filhot\w+|pra fora"
            r"|para fora|pendurad\w+|aparecendo)\b.{0,40}\b(?:nao sai|n sai|nao nasce|pres[oa]|entalad[oa]|faz|ha|nada|empac\w+|travou"
            r"|trancad[oa])\b"
        ),
        (
            r"\b(?:parindo|parir|parto|dar cria|dando cria|dar a luz|nasc\w+|filhot\w+|contrac\w+|forca)\b.{0,60}\b(?:desde (?:ontem"
            r"|cedo|hoje|hj|de|as|a|madrugada|manha)|(?:e|mas) nada|empac\w+|trancad[oa]|travou|parou de (?:fazer forca|nascer)"
            r"|(?:liquido|secrecao|agua|coisa) (?:verde|preta?|escur\w+|fedid\w+|marrom))\b"
        ),
        r"\bovo\b.{0,25}\b(?:entalad\w+|pres[oa]|atravessad\w+|trancad\w+|nao sai|n sai|quebrad\w+ dentro)\b",
        r"\b(?:nao|n|num) (?:consegue|ta conseguindo|esta conseguindo) (?:botar|por|parir|dar cria|colocar o ovo)\b",
        (
            r"\b(?:teve cria|pariu|deu cria|amamenta\w*|dando de mamar|mamando)\b.{0,80}\b(?:trem\w+|dur[oa]|convuls\w+|cambale\w+"
            r"|rigid[oa]|febre|nao levanta)\b"
        ),
    ),
    # Pain out loud, swelling within minutes, a reaction to a jab.
    _sign(
        "other",
        r"\b(?:grit|urr|berr|uiv|chor|gem|mi)\w+ (?:muito )?(?:de|com) (?:muita )?dor\w*\b",
        r"\bmuita dor\b",
        r"\binch\w+ (?:muito )?(?:rapido|depressa|de repente|do nada|de uma hora|na hora|cada vez mais)\b",
        r"\banafila\w+",
        r"\b(?:choque|reacao) (?:alergic[oa]|anafilatic[oa])\b",
        r"\bdeformad[oa]\b.{0,15}\binch\w+",
        r"\b(?:cara|rosto|focinho|boca|pata|patinha|carinha) (?:\S+ ){0,2}?(?:deformad|desfigurad)[oa]\b",
        r"\bvacin\w+\b.{0,40}\b(?:minutos|agora|logo|em seguida|na hora|meia hora)\b.{0,30}\b(?:caiu|vomit\w+|inch\w+|mole|desmai\w+"
        r"|trem\w+|convuls\w+|empol\w+)",
        r"\bempolad[oa] (?:tod[oa]|inteir[oa])\b|(?<!\bfiquei )(?<!\bto )(?<!\bestou )\b(?:tod[oa]|inteir[oa]) empolad[oa]\b",
        r"\b(?:boca|cara|lingua|olhos?|garganta|focinho|pescoco)\s+(?:\S+\s+)?inchad[oa]s?\b",
    ),
    _sign(
        "seizure",
        r"\b(?:ta|tah|esta) tendo (?:uma|outra|mais uma)(?: (?:agora|de novo|aqui))*\s*$",
        weak=True,
    ),
    _sign(
        "other",
        r"\b(?:e|eh|esta|ta|numa|em|temos uma)\s+(?:uma\s+|um caso de\s+)?emergencia\b",
        r"\bsocorro\b",
        weak=True,
    ),
)

# A whole message of nothing else.
ALONE = re.compile(
    rf"\W*(?:(?:acho que |acho |deve ter sido |so pode ser |certeza que )?(?:foi|e|eh|era) )?(?:o |um )?"
    rf"(?:venenos?(?: de (?:rato|barata|formiga))?|raticida|{BRANDED})\W*|\W*(?:acho que |deve ter sido |so pode ser )?(?:foi|e"
    rf"|eh) chumbinho\W*"
)
