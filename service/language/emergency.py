"""Recognising that an animal is in acute danger, from a customer's words alone and before any model reads them.

Rules over folded text (`service.language.text.fold`). One sign of danger is enough; of the hints, which are harmless alone ("babando", "bamba"), it takes
two of different sorts. Neither counts where the words speak of the past, of a possibility, of a product, of a person or in jest. A false alarm costs a person a look; a miss may cost an animal: in doubt it is one. How well it does is
measured by `tests/language/test_emergency.py` and written down in docs/agenda-and-safety.md. What is said to the customer names no diagnosis, no
medicine and no dose; it only calls people.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import phonenumbers

from service.language.text import fold

Danger = Literal["poison", "seizure", "bleeding", "breathing", "accident", "collapse", "birth", "other"]

# What the team reads. The customer is told no name for it.
REASONS: dict[Danger, str] = {
    "poison": "Emergência: possível envenenamento",
    "seizure": "Emergência: possível convulsão",
    "bleeding": "Emergência: sangramento ou ferimento",
    "breathing": "Emergência: dificuldade para respirar",
    "accident": "Emergência: acidente ou ataque",
    "collapse": "Emergência: pet caído ou sem reação",
    "birth": "Emergência: parto com dificuldade",
    "other": "Emergência: pet passando mal",
}

# Said where the shop has no words of its own; nobody can tell here whether its doors are open.
TEXT = (
    "🚨 Entendi que é uma emergência e já chamei uma pessoa da nossa equipe. Traga o seu pet agora para atendimento. "
    "Se estivermos fechados ou longe de você, vá à clínica veterinária 24 horas mais próxima."
)

# Characters looked at, at either end of a message: the rules' time grows faster than a text does.
ENDS = 1000


@dataclass(frozen=True, slots=True)
class Sign:
    """What people say when a certain thing happens. A `weak` one says only that something does: a question or a joke takes it away."""

    kind: Danger
    words: re.Pattern[str]
    weak: bool = False


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


# Between two words that belong together there may be some others, but no end of the clause.
_GAP = r"(?:\s+[^\s,]+){0,5}?\s+"

# Who swallows, licks or bites what.
_SWALLOWED = _any(r"com(?:eu|eram|endo)", r"engol\w+", r"inger\w+", r"tomou", r"tomaram", r"bebeu", r"beberam", r"devor\w+")
_ATE = _any(
    _SWALLOWED, r"lamb(?:eu|endo|eram)", r"mastig\w+", r"mord(?:eu|endo)", r"abocanh\w+", r"mex(?:eu|er) (?:no|na|com|num|numa)", r"pegou", r"acabou com", r"destruiu", r"rasgou", r"abriu", r"roeu",
    r"cheir(?:ou|aram|ando)", r"roubou", r"(?:entrou|teve) (?:em )?contato com", r"inal(?:ou|aram|ando)",
)  # fmt: skip
_POISONS = _any(
    r"venenos?", r"chumbinhos?", r"raticidas?", r"mata[- ]?rat\w*", r"formicidas?", r"inseticidas?", r"agrotoxicos?", r"chocolates?", r"bombo[mn]s?", r"cacau",
    r"uvas?", r"uva[- ]passas?", r"passas", r"cebolas?", r"alho", r"xilitol", r"chicletes?", r"macadamias?", r"abacate", r"bebida alcoolica", r"cerveja",
    r"alcool", r"cafe", r"maconha", r"paracetamol", r"tylenol", r"ibuprofeno", r"advil", r"dorflex", r"dipirona", r"diclofenaco", r"aspirina", r"rivotril",
    r"clonazepam", r"anticoncepciona\w+", r"antidepressiv\w+", r"(?:meus?|minhas?|um|os|uns|uma|cartela\w* de|caixa\w* de|remedio\w* d[aeo]\w*)? ?remedios?(?! (?:de|pra|para|contra) (?:pulga|verme|carrapato)\w*)",
    r"comprimidos?", r"capsulas?", r"cartela\w*", r"pomada", r"agua sanitaria", r"candida", r"qboa", r"cloro", r"desinfetante\w*", r"detergente", r"amaciante",
    r"sabao", r"soda(?: caustica)?", r"creolina", r"produtos? (?:de|da) limpeza", r"pinho sol", r"naftalina", r"anticongelante", r"gasolina", r"querosene",
    r"thinner", r"tinta", r"cola", r"comigo[- ]ninguem[- ]pode", r"espirradeira", r"lirios?", r"antur\w+", r"copo[- ]de[- ]leite", r"azaleia\w*", r"mamona",
    r"plantas?", r"cogumelos?", r"sapos?", r"pilhas?", r"baterias?", r"aguarras", r"removedor", r"acetona", r"alvejante", r"adubo", r"fertilizante", r"repelente",
    r"iscas?", r"cigarros?", r"vape", r"nicotina", r"insulina", r"baiacu", r"permetrina", r"carrapaticida", r"antipulgas?", r"costela de adao", r"jiboia",
    r"espada de sao jorge", r"coroa de cristo", r"bico de papagaio", r"hortensia", r"mandioca brava", r"massa (?:crua|de pao)", r"fermento",
    r"nimesulida", r"cataflam", r"losartana", r"puran", r"fluoxetina", r"sertralina", r"drogas?", r"radiador", r"aditivo", r"fluido\w*", r"oleo (?:de|do) (?:motor|carro)", r"diesel", r"fumaca", r"gas", r"bolinhas? (?:azu|rosa|verde|vermelha)\w*", r"carambola", r"bolas? de naftalina",
)  # fmt: skip
# Harm only who swallows them.
_OBJECTS = _any(
    r"agulhas?", r"anz(?:ol|ois)", r"linha", r"prego\w*", r"caco\w* de vidro", r"vidro", r"moedas?", r"parafuso\w*", r"pedra\w*", r"brinquedo\w*", r"bol(?:a|inha)s?",
    r"meias?", r"sacola\w*", r"plastico\w*", r"caroco\w*", r"espiga\w*", r"borracha", r"tecido", r"pano", r"cordas?", r"fio(?: dental)?", r"barbante", r"elasticos?", r"tampa\w*", r"rolha", r"bota(?:o|oes)", r"brincos?", r"anel", r"calcinha",
    r"absorvente", r"algodao", r"esponja", r"imas?", r"pecas?", r"lego", r"palitos?", r"espinh\w+", r"chupeta", r"isopor", r"luva", r"fraldas?", r"grampos?", r"clipes?", r"bolas? de gude", r"couro", r"ossos?(?: de (?:frango|galinha))",
)  # fmt: skip

# Of these it is enough that they come first ("achou um chocolate e comeu").
_TOXIC = _any(
    r"venenos?", r"chumbinhos?", r"raticidas?", r"iscas?", r"chocolates?", r"uvas?", r"cebolas?", r"agua sanitaria", r"desinfetante", r"lirios?", r"xilitol",
    r"comigo[- ]ninguem[- ]pode", r"antur\w+", r"azaleia\w*", r"espirradeira", r"copo[- ]de[- ]leite", r"plantas?", r"cartelas?", r"comprimidos?", r"remedios?",
)  # fmt: skip
# Left behind by a pet that helped itself.
_GNAWED = _any(
    r"mordid[oa]s?",
    r"roid[oa]s?",
    r"comid[oa]s?",
    r"mastigad[oa]s?",
    r"rasgad[oa]s?",
    r"faltando",
    r"sumi(?:u|ram)",
    r"vazi[oa]s?",
    r"(?:pela|na) metade",
    r"espalhad[oa]s?",
    r"destruid[oa]s?",
)
# For people; given to an animal it is a poisoning.
_HUMAN_MEDICINE = _any(
    r"paracetamol",
    r"tylenol",
    r"ibuprofeno",
    r"advil",
    r"aspirina",
    r"aas",
    r"diclofenaco",
    r"cataflam",
    r"nimesulida",
    r"dorflex",
    r"rivotril",
)
_AGAINST_FLEAS = _any(
    r"anti[- ]?pulgas?",
    r"(?:remedio|pipeta|coleira|talco|produto|veneno)s? (?:de|pra|para|contra|anti) ?(?:pulga|carrapato)\w*",
    r"mata[- ]?(?:pulga|carrapato)s?",
    r"carrapaticida",
    r"permetrina",
    r"butox",
    r"pipeta",
)
_VENOMOUS = _any(
    r"cobras?",
    r"serpentes?",
    r"jararacas?",
    r"cascave(?:l|is)",
    r"coral",
    r"surucucu",
    r"escorpi\w+",
    r"aranhas?",
    r"armadeira",
    r"caranguejeira",
    r"viuva negra",
    r"mandruva",
    r"abelhas?",
    r"enxame",
    r"marimbondos?",
    r"vespas?",
    r"lagartas?",
    r"taturanas?",
    r"lacraias?",
    r"sapos?",
)
_BELLY = _any(r"barriga", r"barrigao", r"bucho", r"buxo", r"panca", r"abdomen", r"abdome", r"estomago")
_HIND = _any(
    r"(?:as |os |pernas? |patas? |patinhas? |perninhas? |parte |membros? )?(?:de |da |do )?tras",
    r"traseir[oa]s?",
    r"quarto traseiro",
    r"quadril",
    r"ancas?",
    r"pernas?",
    r"perninhas?",
    r"patas?",
    r"patinhas?",
)
_YOUNG = _any(r"filhot\w+", r"bebes?", r"gatinh[oa]s?", r"cachorrinh[oa]s?")

_BLOOD = _any(r"sangrando", r"sangramento", r"sangrar\b", r"hemorragia", r"sangue", r"ensanguentad\w+", r"sangra\b")

SIGNS: tuple[Sign, ...] = (
    *(Sign(kind, re.compile(pattern))  # type: ignore[arg-type]
    for kind, pattern in (
        ("poison", rf"\b{_ATE}{_GAP}(?:\S+\s+){{0,2}}?{_POISONS}\b"),
        ("poison", rf"\b{_ATE}\s+{_POISONS}\b"),
        ("poison", rf"\b{_SWALLOWED}{_GAP}{_OBJECTS}\b"),
        ("poison", r"\bengol(?:iu|indo) (?:um|uma|uns|umas|meu|minha)\b(?! (?:comprimid|remedi|capsul|petisc|vermifug|bifinh))"),
        ("poison", rf"\b{_TOXIC}(?:\s+\S+){{0,6}}?\s+{_ATE}\b"),
        ("poison", r"\b(?:envenen|intoxic)\w*"),
        ("poison", r"\b(?:deram|jogaram|colocaram|botaram)\s+(?:\S+\s+){0,3}?(?:veneno|chumbinho)"),
        ("seizure", r"\bconvuls\w*|\bconvulc\w*|\bconvus\w*"),
        ("seizure", r"\b(?:ataque|crise)s?\s+(?:de\s+)?epil\w*"),
        ("seizure", r"\b(?:tendo|teve|deu|dando)\s+(?:tipo\s+)?(?:um|uns|uma|outro|outra)?\s*(?:ataque|crise|troco)\b"),
        ("seizure", r"\bespasm\w*|\bendurec(?:eu|endo)\b|\b(?:tendo|teve|deu|dando)\s+(?:\S+\s+){0,2}?(?:treco|troco|piripaque)\b"),
        ("seizure", r"\bse debatendo\b|\bdebatendo (?:todo|toda|muito|no chao)"),
        ("seizure", r"\bespumando\b|\bespuma (?:branca|na boca|pela boca)\b|\b(?:saindo|soltando|babando|cuspindo)\s+(?:\S+\s+)?espuma\b"),
        ("seizure", r"\b(?:todo|toda|inteir[oa]) (?:se )?tremendo\b"),
        ("seizure", r"\btrem(?:e|endo)\b.{0,25}\b(?:todo|toda|inteir[oa]|sem parar|nao para|muito|demais|chao)\b"),
        ("seizure", r"\b(?:revirando|virando|revirou|virou)\s+(?:os\s+)?olh(?:o|os|inho|inhos)\b|\bolhos? (?:revirad|virad)\w*"),
        ("bleeding", rf"\b{_BLOOD}.{{0,30}}\b(?:muito|muita|sem parar|nao para|n para|nao estanc\w+|demais|bastante|direto|pra todo lado|jorrando|pel[oa]|n[oa]|d[oa]|todo|toda)\b"),
        ("bleeding", rf"\b(?:muito|muita|tanto|perdendo|perdeu|vomit\w+|cuspi\w+|tossi\w+|saindo|saiu|escorrendo|jorrando|pingando|cheio de|coberto de|cheia de|poca de|urin\w+|mijand\w+|xixi com|fezes com|coco com|diarreia com|cagando|defec\w+|evacu\w+)\s+(?:\S+\s+){{0,2}}?{_BLOOD}"),
        ("bleeding", r"\b(?:ta|esta|tah|comecou a|continua|segue|chegou|veio|apareceu|machucad[oa])\s+(?:\S+\s+){0,2}?(?:sangrando|sangrar|ensanguentad\w+)\b"),
        ("bleeding", r"\bsangramento\b|\bensanguentad\w+|\bhemorragia\b|\b(?:nao|n|num) para de sangrar\b"),
        ("bleeding", r"\b(?:corte|ferida|rasgo|talho|buraco|machucado)\s+(?:\S+\s+){0,3}?(?:fund[oa]|enorme|grande|abert[oa]|feio|feia|profund[oa])\b"),
        ("breathing", r"\b(?:nao|n|num|sem)\s+(?:\S+\s+){0,3}?(?:respir\w+)\b"),
        ("breathing", r"\brespir\w+\b.{0,20}\b(?:dificil|dificuldade|mal|fundo|estranh\w+|ofegante|rapid\w+|pela boca|boca aberta|cansad\w+|chiando|forcad\w+|ruim|fraco|parando|parou)\b"),
        ("breathing", r"\b(?:parou|parando) de respirar\b|\bdificuldade (?:\S+\s+){0,2}?(?:respirar|pra respirar|respiratoria)"),
        ("breathing", r"\b(?:puxar|puxando|buscar|buscando|faltando)\s+(?:\S+\s+)?(?:ar|folego)\b|\b(?:ficando|ficou|ta|esta|nasceu) (?:tod[oa] )?(?:rox|roxinh|azulad|cianotic)[oa]\b"),
        ("breathing", r"\b(?:forca|esforco) (?:pra|para) respirar\b|\b(?:pres|parad|entalad|enganchad)[oa] na (?:garganta|goela)\b"),
        ("breathing", r"\bfalta de ar\b|\bsem ar\b|\bpuxando o? ?ar\b|\bbuscando ar\b"),
        ("breathing", r"\bengasg\w*|\bsufoc\w*|\basfixi\w*|\bentalad\w+|\bentalou\b"),
        ("breathing", r"\b(?:lingua|gengivas?|boca|focinho|mucosas?)\b.{0,25}\b(?:rox\w+|azul\w*|azulad\w+|branc\w+|palid\w+|cinza\w*)\b"),
        ("accident", r"\batropel\w*"),
        ("accident", r"\b(?:carro|moto|caminhao|onibus|bicicleta|roda)\b.{0,25}\b(?:bateu(?! n[oa] (?:meu |minha |nosso |seu )?(?:portao|muro|carro|poste|parede|loja|moto))|pegou|passou (?:por cima|em cima)|acertou|esmag\w+)\b"),
        ("accident", r"\b(?:bateu|passou por cima|passou em cima)\b.{0,30}\b(?:carro|moto)\b|\bbat(?:eram|i|eu) com (?:o|a|um|uma) (?:carro|moto)\s+(?:em|n[oa]|nel[ea])\b|\bpassei (?:por cima|em cima)\b|\bdei re\b.{0,20}\b(?:em cima|nel[ea]|no|na)\b"),
        ("accident", r"\b(?:caiu|despencou|pulou|se jogou|cair)\s+(?:\S+\s+){0,4}?(?:janela|sacada|varanda|predio|andar|laje|telhado|terraco|barranco|penhasco)\b|\b(?:caiu|despencou|rolou)\s+(?:\S+\s+){0,4}?(?:muro|escadas?|escadaria|piscina|poco)\b"),
        ("accident", rf"\b(?:pic|mordid|mordeu|morderam|atac|ferro)\w*\s+(?:\S+\s+){{0,4}}?{_VENOMOUS}\b"),
        ("accident", rf"\b{_VENOMOUS}\s+(?:\S+\s+){{0,4}}?(?:picou|picaram|mordeu|atac\w+|ferro\w+|pegou)\b"),
        ("accident", r"\b(?:levou|tomou|deu|leva)\s+(?:\S+\s+){0,2}?(?:choque|tiro|facada|paulada|pancada|coice|mordida\w*)\b"),
        ("accident", r"\beletrocut\w*|\bmordeu o fio\b|\bfio (?:de luz|eletrico|da tomada)\b"),
        ("accident", r"\b(?:queimou|queimad[oa]|queimadura\w*|escald\w+|se queimou)\b"),
        ("accident", r"\bafog\w+|\bcaiu na piscina\b"),
        ("accident", r"\b(?:brig\w+|atac\w+|mord\w+|estracalh\w+|peg(?:ou|aram))\b.{0,40}\b(?:pitbull|pit bull|rottweiler|outro (?:cachorro|gato|cao|cachorra)|cachorro (?:grande|da rua|do vizinho)|cachorros)\b"),
        ("accident", r"\b(?:mord\w+|peg(?:ou|aram)|atac\w+)\s+(?:\S+\s+){0,4}?(?:pescoco|garganta)\b"),
        ("accident", r"\b(?:outro (?:cachorro|gato|cao)|pitbull|pit bull|rottweiler|cachorro do vizinho|cachorros)\b.{0,30}\b(?:mord\w+|atac\w+|pegou|pegaram|estracalh\w+)\b"),
        ("accident", r"\b(?:pata|perna|osso|coluna|bacia|maxilar|mandibula)\b.{0,25}\b(?:quebrad\w+|quebrou|exposto|exposta|pendurad\w+|torta|balancando|fraturad\w+)\b|\bquebrou a (?:pata|perna|coluna|bacia)\b|\bfratura\w*"),
        ("accident", r"\b(?:olho|olhinho)\b.{0,25}\b(?:saiu|saltou|pulou|pra fora|para fora|fora do lugar|furou|furad\w+|estour\w+|pendurad\w+)\b"),
        ("accident", r"\b(?:tripas?|intestinos?|orgaos?|visceras?|barriga)\b.{0,20}\b(?:pra fora|para fora|saindo|aberta|rasgad\w+)\b|\babriu (?:a barriga|os pontos|a cirurgia)\b|\bpontos? (?:abriu|abriram|estourou|estouraram)\b"),
        ("collapse", r"\b(?:cambalea\w+|tombando|andando torto|desorientad[oa]|agoniza\w*)\b|\b(?:ficou|esta|ta|tah) (?:tod[oa] )?dur(?:inh)?[oa]\b"),
        ("collapse", r"\bdesmai(?!ei\b)\w*|\binconscient\w*|\bdesacordad\w*|\bapagou (?:do nada|de repente|e )|\bdesfalec\w*"),
        ("collapse", r"\bsem (?:se mexer|reagir|reacao|consciencia)\b|\b(?:caida?o?|deitad[oa]|parad[oa])\b.{0,30}\bsem forca\w*\b"),
        ("collapse", r"\b(?:esta|ta|tah) (?:se )?apagando\b"),
        ("collapse", r"\b(?:nao|n|num|nem|sem)\s+(?:\S+\s+){0,2}?(?:reage|reaja|reagindo|responde|acorda|acordando|levanta|levantar|se mexe|mexe|mexendo|para em pe|ficar? (?:em|de) pe|anda(?! (?:de|na|no|com|muito|bem)\b)|andar(?! (?:de|na|no|com|muito|bem)\b)|mexe as patas|abre os olhos|consegue levantar|ta se mexendo)\b"),
        ("collapse", r"\b(?:caiu|caida?o?|cain\w+)\s+(?:\S+\s+){0,3}?(?:dur[oa]|mole|de lado|do nada|no chao|tesa?o?)\b|\bdur[oa] no chao\b"),
        ("collapse", r"\b(?:todo|toda|muito|muita|completamente|bem|ficou|esta|ta|tah)\s+(?:mole|molinh[oa]|(?:muito )?fraquinh[oa]|desfalecid[oa]|gelad[oa]|fri[oa] e|sem forca\w*)\b"),
        ("collapse", r"\b(?:paralis\w+|travou (?:as|a) (?:pernas?|patas?|traseira)|arrastando (?:as|a) (?:pernas?|patas?|traseira|patinhas))\b"),
        ("collapse", r"\b(?:pernas?|patas?|patinhas?)\s+(?:\S+\s+){0,2}?(?:parou|pararam|nao mexem?|nao funciona\w*|travou|travaram)\b|\bperdeu (?:o movimento|a forca|os movimentos)\b"),
        ("collapse", r"\b(?:esta|ta|tah|acho que|quase|vai)\s+(?:\S+\s+){0,3}?morr(?:endo|er)\b(?!\s+de\s+(?:saudade|fome|rir|amor|preguica|sono|calor|medo|vontade|ciume|vergonha))"),
        ("collapse", r"\b(?:insolacao|hipertermia|golpe de calor|superaquec\w+)\b|\b(?:trancad[oa]|preso|presa|esquec\w+ (?:el[ea]|o cachorro|a cachorra|(?:o |a )?meu|(?:o |a )?minha))\s+(?:\S+\s+){0,3}?carro\b"),
        ("collapse", r"\b(?:barriga|abdomen|estomago)\b.{0,30}\b(?:inch\w+|dur[oa]|estufad\w+|enorme|crescendo|balao|distendid\w+)\b|\btent(?:a|ando|ou) vomitar\b|\btorcao\b"),
        ("other", r"\b(?:nao|n|sem)\s+(?:\S+\s+)?(?:conseg\w+)\s+(?:\S+\s+){0,2}?(?:xixi|urinar|mijar)\b|\b(?:nao|n|sem)\s+(?:\S+\s+){0,2}?(?:xixi|urin\w+|mij\w+)\s+(?:\S+\s+)?(?:desde|ha|faz|tem|hoje|ontem)\b|\b(?:tenta|tentando|forca|forcando)\s+(?:\S+\s+){0,3}?(?:xixi|urinar|mijar)\b"),
        ("birth", r"\b(?:filhote|bebe|gatinho|cachorrinho|placenta)\w*\b.{0,40}\b(?:pres[oa]|entalad[oa]|nao (?:sai|nasce|saiu|nasceu)|atravessad[oa]|morto|sem vida|saindo)\b"),
        ("birth", r"\bbolsa (?:\S+ )?(?:estourou|rompeu)\b|\b(?:nada|nenhum) (?:de|do) filhot\w+|\bnenhum filhote (?:nasceu|saiu)\b"),
        ("birth", r"\b(?:parindo|parto|trabalho de parto|dando cria|contracoes|contracao)\b.{0,60}\b(?:nao (?:sai|nasce|saiu|nasceu|vem|consegue)|horas|parou|dificil|pres[oa]|nada|sangue|verde)\b"),
        ("other", r"\b(?:inch(?:ou|ad[oa]|ando))\s+(?:\S+\s+){0,4}?(?:rosto|cara|focinho|boca|garganta|pescoco|olhos?|todo|toda|do nada)\b|\b(?:rosto|cara|focinho|carinha)\b.{0,20}\binch\w+"),
        ("other", r"\b(?:vomit\w+)\b.{0,30}\b(?:sem parar|nao para|n para|o dia todo|toda hora|direto|varias vezes|10 vezes)\b"),
        ("other", r"\bme ajuda(?:m|em)?\b.{0,40}\b(?:morr\w+|urgente|rapido|mal)\b"),
        ("other", r"\b(?:passando|passou(?! mal (?:com|de) )|esta|ta|tah|muito)\s+(?:muito\s+)?mal\b"),
        # A poison that lay about, a medicine for people, a dose too many, a dog's flea product on a cat.
        ("poison", rf"\b{_TOXIC}\s+(?:\S+\s+){{0,9}}?{_GNAWED}\b"),
        ("poison", rf"\b(?:achou|encontrou|alcancou|avancou n[oa]|foi n[oa])\s+(?:\S+\s+){{0,2}}?{_any('venenos?', 'chumbinho', 'raticida', 'chocolates?', 'cartela')}\b"),
        ("poison", rf"\b(?:dei|deu|demos|deram|tomou|mandou dar)\s+(?:\S+\s+){{0,4}}?{_HUMAN_MEDICINE}\b"),
        ("poison", r"\b(?:overdose|superdos\w+|dose (?:dupla|errada|dobrada|a mais|alta)|dosagem errada|err(?:ei|ou|amos) (?:a|na) (?:dose|dosagem))\b"),
        ("poison", r"\b(?:insulina|remedio|comprimido|dose|gotas)\b.{0,40}\b(?:duas vezes|2 vezes|2x|dobrad[oa]|em dobro|o dobro|a mais|por engano|errad[oa])"),
        ("poison", r"\binsulina\b.{0,60}\b(?:nao comeu|sem comer|trem\w+|bamb[oa]|mole|molinh[oa]|caindo|tont[oa]|estranh[oa])\b"),
        ("poison", rf"\b(?:lamb(?:eu|endo)|(?:passei|passou|apliquei|pinguei|coloquei|botei|usei|usaram|passaram|passamos)\s)(?:\s*\S+\s+){{0,3}}?{_AGAINST_FLEAS}(?:\s+\S+){{0,3}}?\s+(?:d[oe]|pr[oa]|para|pra) (?:cachorro|cao|caes)\b"),
        ("poison", r"\b(?:linha|fio|barbante|fita|corda)\b.{0,25}\b(?:pendurad[oa]|saindo|pra fora|aparecendo)\b|\banz(?:ol|ois)\b.{0,25}\b(?:boca|beico|lingua|pata|garganta|pres[oa])\b|\bespinh\w+ (?:n[oa]|pel[oa]) (?:cara|boca|focinho) tod[oa]\b"),
        # Fits told by what is seen.
        ("seizure", r"\b(?:batendo|remando|pedalando|esticando|mexendo) (?:com )?(?:as|os|todas as) (?:pern|pat|bra)\w+(?:\s+\S+)?\s+(?:sem|no|de lado|deitad|dur)\w*|\bestrebuch\w+|\bcontorc\w+|\bmordendo a (?:propria )?lingua\b|\bbatendo a cabeca\b|\btremelique\w*|\b(?:corpo|pernas?|perninhas?|patas?|patinhas?)\s+(?:\S+\s+)?(?:dur[oa]s?|rigid[oa]s?|esticad[oa]s?|travad[oa]s?)\b"),
        ("seizure", r"\b(?:ataques?|crises?)\b.{0,40}\b(?:dur[oa]|bab\w+|mij\w+|treme\w*|espum\w+|cai\w*|volta)\b|\bolh(?:o|os|inhos)\b.{0,15}\b(?:mexendo sozinh\w+|tremendo|pra tras|parados?|vidrad\w+)\b"),
        ("seizure", r"\btrem\w+ (?:sem parar|muito|demais|igual vara)\b|\btrem\w+\b.{0,20}\b(?:dur[oa]|rigid[oa]|mole|bab\w+)\b"),
        # Blood in any verb, open flesh.
        ("bleeding", rf"\b(?:bot\w+|jorr\w+|ping(?:a|ou|ando)|esguich\w+|esva\w+|golf\w+|larg\w+|soltando|deixando|rastro de|lavad[oa] (?:de|em)|banhad[oa] (?:de|em)|sujo de)\s+(?:\S+\s+){{0,2}}?{_BLOOD}"),
        ("bleeding", r"\b(?:da|dando|deu) (?:pra|para) ver\s+(?:\S+\s+){0,2}?(?:carne|osso|coisa|tripa\w*|musculo|tudo por dentro)\b|\b(?:em |na )carne viva\b|\b(?:pele|couro|carne)\b.{0,20}\b(?:abert[oa]|pendurad[oa]|saindo|soltando|rasgad[oa]|arrancad[oa]|expost[oa]|aparecendo)\b"),
        ("bleeding", r"\b(?:talho|rasgo|buraco|furo|corte)s? (?:n[oa]|d[oa])s? (?:barriga|pescoco|peito|cabeca|costas?|lombo|coxa|garganta|pata|perna|cara)\b|\barranc(?:ou|aram)\s+(?:\S+\s+){0,3}?(?:pedaco|orelha|unha|rabo|dedo|pele|olho)\b"),
        ("bleeding", r"\b(?:rasg|dilacer|estracalh|arrebent|abri|fur|cort)(?:ou|aram|iu|iram)\s+(?:\S+\s+)?(?:pescoco|barriga|orelha|pele|pata|cara|peito|lombo|costas|garganta|lingua)\b(?! (?:de|d[oa]) (?:pelucia|ursinho|brinquedo|boneco))|\b(?:xixi|urina|mijo) (?:\S+ )?(?:vermelh|marrom|pret|escur|cor de (?:coca|vinho|sangue))\w*"),
        ("bleeding", r"\b(?:utero|reto|intestino|penis|pinto|pipi|bola vermelha|carne|algo|alguma coisa)\b.{0,20}\b(?:pra fora|para fora|saindo|nao volta|saiu)\b|\bprolaps\w+|\bbicheira\b|\bcheio de (?:larvas?|bichos?)\b"),
        # Air: a cat or a bird with an open mouth, a body that pumps, noises, something that is stuck.
        ("breathing", r"\bbico (?:aberto|abrindo|abre)\b|\b(?:gat|felin|calopsit|papagai|periquit|coelh|hamster|furao)\w+\b.{0,40}\b(?:de |com a |da )boca aberta\b|\b(?:rab|barrig|peit)\w+ (?:subindo e descendo|bombeando|batendo)\b"),
        ("breathing", r"\b(?:ofeg|arf)\w+ (?:muito|demais|sem parar|direto|horrores|e nao para|forte|pra caramba)\b|\b(?:muito|tao|demais) (?:ofegante|ofegand\w+)\b|\b(?:peito|costel\w+|barriga|flanco\w*)\b.{0,20}\b(?:afund\w+|forca)\b.{0,20}\brespir\w+|\b(?:lut\w+|esfor\w+|custando|dificil|cans\w+|sofrendo) (?:muito )?(?:pra|para|de|ao) respirar\b|\bnao para de (?:ofegar|arfar|tossir)\b"),
        ("breathing", r"\b(?:barulho|ronco|chiado|chiando|assobio)\b.{0,30}\b(?:ar|respir\w+|garganta|peito)\b|\b(?:afogando|sem) (?:o )?folego\b|\b(?:atravessad|encravad|agarrad|presa?|travad|parad)[oa]? n[oa] (?:garganta|goela|ceu da boca)\b"),
        ("breathing", r"\b(?:gengivas?|mucosas?|lingua)\b.{0,25}\b(?:clar\w+|sem cor|arroxead\w+|pret\w+ de repente|esbranquicad\w+)\b"),
        # Crushed, squeezed, run over, dropped, hanged, speared, beaten, burnt, under water.
        ("accident", r"\bpisad[oa]\b|\b(?:derrub|derram|entorn)\w+\b.{0,30}\b(?:nel[ea]|em cima d\w+|n[oa]s? (?:costas?|lombo|pata|patinha|cara|cabeca|gat\w+|cachor\w+|filhot\w+))\b|\b(?:prens|esmag|imprens|pisote|espanc|empal|enforc|eletrocut|perfur)(?:ou|ad[oa]|aram|ando|ei)\b|\bespetad[oa]\b|\b(?:pis(?:ei|ou|aram)|sent(?:ei|ou)|deit(?:ei|ou)) (?:em cima )?(?:n?el[ea]\b|(?:n|d)[oa] (?:filhot|gat|cachor|hamster|coelh|patinh)\w+)"),
        ("accident", rf"\b(?:marcha re|portao|portao automatico|porta|porteira|armario|estante|geladeira|tv|muro|galho|arvore|tijolo|telha)\b.{{0,25}}\b(?:em cima|caiu n?el[ea]|n[oa] (?:cabeca|pata|patinha|rabo|{_YOUNG}))\b"),
        ("accident", r"\b(?:caiu|despencou|pulou|saltou|voou)\s+(?:\S+\s+){0,3}?(?:arvore|cacamba|caminhonete|carroceria|moto|carro andando|carro em movimento|altura|viaduto|ponte|janelao|cobertura|\d+ metros)\b|\b(?:caiu|caido|mergulhou)\s+(?:\S+\s+){0,2}?(?:n[oa]|num|numa|dentro d[oa]) (?:tanque|balde|rio|lago|fossa|bueiro|caixa d.agua|agua|cisterna|poco|mar)\b"),
        ("accident", r"\bbateu (?:com )?a cabeca\b|\b(?:batida|pancada|trauma|paulada|chute|pedrada|martelada|chumbo|tiro)\s+(?:\S+\s+)?n[oa] (?:cabeca|barriga|olho|cara|costela|lombo)\b|\b(?:levou|tomou|deram|deu)\s+(?:\S+\s+){0,2}?(?:chute|pedrada|machadada|facao|tiro|porrada|surra)\b"),
        ("accident", rf"\b(?:picada|ferroada|ferrao|mordida|bote)s?\s+(?:\S+\s+){{0,2}}?{_VENOMOUS}\b|\bferroadas?\b|\b(?:dois|2) fur(?:inh)?os\b|\b{_VENOMOUS}\s+(?:\S+\s+){{0,2}}?(?:bote|deu)\b"),
        ("accident", r"\b(?:agua|oleo|leite|panela|cafe|sopa|gordura|chaleira|ferro|brasa|fogo|churrasqueira|alcool)\b.{0,25}\b(?:quente|fervendo|fervente|pelando|fogo|aces[ao])\b.{0,30}\b(?:nel[ea]|em cima|n[oa] (?:lombo|costas?|pata|patinha|cara|gat\w+|cachor\w+|filhot\w+|meu|minha))\b|\bpegou fogo\b.{0,20}\b(?:nel[ea]|pelo|rabo)\b"),
        ("accident", r"\b(?:mord(?:ida|idas|eu|eram|ido)|brig(?:a|ou|aram)|avancou|atac(?:ou|aram|ad[oa]))\b.{0,60}\b(?:furad[oa]|furos?|rasg\w+|abert[oa]|carne|pedaco|fund[oa]|profund[oa]|sangu\w+|sangr\w+)\b|\bmarcas? de dentes?\b|\b(?:foi|sendo) (?:mordid|atacad)[oa]\b"),
        # Down, limp, cold, without balance, without the hind legs, without a heartbeat; overheated; bloated.
        ("collapse", r"\b(?:arriou|arreou|desabou|tombou|apagou|desmoronou)\b(?! (?:no sofa|na cama|a|o|de sono|depois))|\b(?:ca(?:i|indo|iu)|tomba\w*|pendendo) (?:pros?|pr[oa]|para os?|de|dos) lados?\b|\b(?:nao|n|num) (?:se |consegue se )?(?:sustenta|equilibra|aguenta em pe|fica em pe|fica de pe|firma)\w*\b|\bsem equilibrio\b"),
        ("collapse", r"\b(?:caid[oa]|deitad[oa]|esta|ta|tah|virad[oa]|jogad[oa]) (?:de (?:lado|barriga pra cima|pernas pro ar|papo pra cima)|pra cima)\b.{0,40}\b(?:sem|nao|n|mole|pern\w+|pat\w+|bab\w+|gel\w+|respir\w+|olh\w+|bico)\b|\bcaid[oa] de (?:lado|barriga pra cima)\b|\basas? caidas?\b"),
        ("collapse", rf"\b(?:nao|n|num|sem)\s+(?:\S+\s+)?(?:mexe\w*|movimenta\w*|sente|firma\w*|apoia\w*)\s+(?:mais )?(?:n?as |a |o |da |das )?{_HIND}\b|\barrast(?:a|ou|ando)\s+(?:\S+\s+){{0,2}}?{_HIND}\b|\b{_HIND}\b.{{0,20}}\b(?:paralisad\w+|bamb[oa]s?|sem forca|mortas?|arrast\w+|gelad[oa]s?|fri[oa]s|nao obedece\w*)\b"),
        ("collapse", r"\bcoracao\b.{0,25}\b(?:parou|parando|fraco|fraquinho|disparado|nao bate)\b|\bsem pulso\b|\b(?:nao|n) (?:da|deu) sinal\b|\bsem sina(?:l|is) de vida\b|\bquase (?:sem vida|morto|morta)\b|\bentre a vida e a morte\b|\bem coma\b|\b(?:acho|parece) (?:q |que )?(?:el[ea] )?(?:morreu|mort[oa]|ja foi)\b|\bnas ultimas\b|\bnao vai aguentar\b|\b(?:vou|to|estou) perde(?:r|ndo) (?:el[ea]|meu|minha)\b|\binfart\w+|\bavc\b|\bderrame\b|\bparada (?:cardiaca|respiratoria)\b|\bhipoglicemi\w+|\bhipotermi\w+|\bestado grave\b|\bnao (?:me |nos )?reconhece\b|\bamanheceu (?:\S+ )?(?:mole|molinh[oa]|gelad[oa]|caid[oa]|dur[oa]|prostrad[oa])\b|\bestirad[oa]\b"),
        ("collapse", r"\b(?:corpo|barriga|pele|el[ea]|ta|esta) (?:pelando|fervendo|pegando fogo)\b|\b4[0-3](?:[.,]\d)? ?(?:graus|º|°)|\bfebre de 4[0-3]\b|\b(?:sol|calor|quente|fechado)\b.{0,60}\b(?:caiu|arriou|mole|molinh[oa]|ofeg\w+|cambale\w+|rox[oa]|desmai\w+|apag\w+)\b"),
        ("collapse", rf"\b{_BELLY}\b.{{0,30}}\b(?:inch\w+|dur[oa]|dur[oa]na|estufad\w+|esticad\w+|tambor|enorme|balao|bola|bexiga|pedra|distendid\w+|cheia de ar|alta|crescendo)\b|\b(?:inch\w+|estufad\w+|estufou) (?:a |o |d[aeo] )?{_BELLY}\b|\bempanzinad\w+|\btimpanism\w+"),
        ("collapse", r"\b(?:tent\w+|forca\w*|ansia|faz que vai|quer)\s+(?:\S+\s+){0,2}?(?:vomit\w+|golfar|regurgitar|botar pra fora|por pra fora|vomito)\b.{0,20}\b(?:nao|n|nada|num|so (?:sai )?(?:baba|espuma|saliva)|sem parar|consegue)\b|\btent\w+ (?:botar|por|colocar) (?:tudo )?pra fora\b"),
        # Nothing comes, however often it tries.
        ("other", r"\b(?:nem|nenhuma|so|umas|apenas)\s+(?:\S+\s+){0,2}?(?:got(?:a|as|inha|inhas)|ping(?:o|os|inho|inhos))\b(?:\s+(?:de|d[oe])\s+(?:xixi|urina|mijo|sangue))?(?!.{0,15}\b(?:remedio|colirio|dipirona|perfume)\b)"),
        ("other", r"\b(?:nao|n|num|sem|nem)\s+(?:(?:ta|esta|tah|consegue|conseguindo|quer|sai|saiu|ha|mais)\s+){0,2}?(?:(?:fazendo|fazer|faz|fez|sai|saindo)\s+(?:o\s+)?)?(?:xixi|urina|urinar|urinou|urinando|mija|mijar|mijou|mijando)\b(?!\s+(?:n[oa]|fora|em|certo|direito|dentro|de|pel[oa])\b)"),
        ("other", r"\b(?:agach\w+|caixa de areia|caixinha|areia|posicao de xixi|bexiga|xixi)\b.{0,45}\b(?:e nada|nao sai|n sai|sai nada|nada sai|gritando|chorando|gemendo|miando de dor|entupid\w+|trancad\w+|bloquead\w+)\b|\b(?:uretra|canal|bexiga|xixi|pipi|penis)\b.{0,20}\b(?:entupi\w+|obstru\w+|trancad\w+|trancou|bloque\w+|cheia|dura)\b|\bobstru(?:id[oa]|iu)\b"),
        ("other", r"\bgat\w+\s+(?:\S+\s+){0,2}?(?:bloque|obstru|entup)\w+|\b(?:chora|grita|geme|mia|berra)\w*\b.{0,25}\b(?:caixa de areia|caixinha|areia|caixa)\b(?! de transporte)|\b(?:urinar|fazer xixi|xixi|mijar)\b.{0,20}\b(?:e|mas) nao (?:sai|consegue|vem)\b"),
        # A birth or an egg that does not go on; the fits of a nursing mother.
        ("birth", r"\b(?:pata|patinha|perninha|cabeca|cabecinha|rabo|rabinho|bumbum|pezinho|bolsa)\w*\b.{0,25}\b(?:filhot\w+|pra fora|para fora|pendurad\w+|aparecendo)\b.{0,40}\b(?:nao sai|n sai|nao nasce|pres[oa]|entalad[oa]|faz|ha|nada|empac\w+|travou|trancad[oa])\b"),
        ("birth", r"\b(?:parindo|parir|parto|dar cria|dando cria|dar a luz|nasc\w+|filhot\w+|contrac\w+|forca)\b.{0,60}\b(?:desde (?:ontem|cedo|hoje|hj|de|as|a|madrugada|manha)|(?:e|mas) nada|empac\w+|trancad[oa]|travou|parou de (?:fazer forca|nascer)|(?:liquido|secrecao|agua|coisa) (?:verde|preta?|escur\w+|fedid\w+|marrom))\b"),
        ("birth", r"\bovo\b.{0,25}\b(?:entalad\w+|pres[oa]|atravessad\w+|trancad\w+|nao sai|n sai|quebrad\w+ dentro)\b|\b(?:nao|n|num) (?:consegue|ta conseguindo|esta conseguindo) (?:botar|por|parir|dar cria|colocar o ovo)\b"),
        ("birth", r"\b(?:teve cria|pariu|deu cria|amamenta\w*|dando de mamar|mamando)\b.{0,80}\b(?:trem\w+|dur[oa]|convuls\w+|cambale\w+|rigid[oa]|febre|nao levanta)\b"),
        # Pain out loud, swelling within minutes, a reaction to a jab.
        ("other", r"\b(?:grit|urr|berr|uiv|chor|gem|mi)\w+ (?:muito )?(?:de|com) (?:muita )?dor\w*\b|\bmuita dor\b|\binch\w+ (?:muito )?(?:rapido|depressa|de repente|do nada|de uma hora|na hora|cada vez mais)\b|\banafila\w+|\b(?:choque|reacao) (?:alergic[oa]|anafilatic[oa])\b|\bempolad[oa] (?:tod[oa]|inteir[oa])\b"),
        ("other", r"\b(?:boca|cara|lingua|olhos?|garganta|focinho|pescoco)\s+(?:\S+\s+)?inchad[oa]s?\b"),
    )),
    Sign("other", re.compile(r"\b(?:e|eh|esta|ta|numa|em|temos uma|caso de)\s+(?:uma\s+)?emergencia\b|\bsocorro\b"), weak=True),
)  # fmt: skip

# Harmless alone, danger in company: two of different sorts are an emergency.
HINTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # From the mouth.
        r"\bbaba(?:ndo|va)?\b|\bsaliva(?:ndo)?\b|\bvomit(?:ou|ando|a|o)\b|\bgolfando\b|\bansia\b|\btossindo\b",
        # Trembling, stiff.
        r"\btrem(?:e|endo|edeira\w*|elique\w*|er)\b|\b(?:rigid|travad|dur|durinh)[oa]s?\b",
        # Without balance or wits.
        r"\bbamb[oa]s?\b|\btort[oa]\b|\btont[oa]\b|\btonte\w+|\babobad[oa]\b|\brodando\b|\bse (?:urinando|mijando|mijou|urinou)\b|\bzonz[oa]\b|\bem circulos?\b|\bperdid[oa]\b|\bgrogue\b|\bolhos? (?:parad|vidrad|fech)\w+",
        # Without strength.
        r"\bprostrad[oa]\b|\bfrac[oa]\b|\bfraquinh[oa]\b|\bmole\b|\bmolinh[oa]\b|\bapatic[oa]\b|\bjogad[oa]\b|\bcaid(?:o|a|inh[oa])\b|\bgelad[oa]\b|\bescondid[oa]\b|\bamanheceu quiet\w+|\bquietinh[oa]\b|\bamuad[oa]\b|\bnao (?:come|comeu|quer comer)\b.{0,15}\b(?:ha|faz|desde|nada|nem)\b|\bfundo da gaiola\b|\bchao da gaiola\b|\barrepiad[oa]\b|\bembolad[oa]\b|\bnao (?:come nem bebe|bebe|quer agua)\b",
        # In pain or fear.
        r"\bgem(?:e|endo)\b|\bgrit(?:a|ando)\b|\bchorando\b|\bmiando\b|\brangendo\b|\burrando\b|\binquiet[oa]\b|\bpata levantada\b|\bmanc(?:a|ando)\b|\bnao deixa encostar\b|\bn deixa encostar\b|\bnao (?:apoia|encosta|pisa)\b|\bum lado pro outro\b",
        # Breath.
        r"\bofeg\w+|\barf(?:a|ando)\b|\bchiando\b|\broncando\b|\brespirando (?!bem|normal|melhor)|\bcoracao (?:acelerado|batendo)\b",
        # Swollen, wounded.
        r"\binch(?:ou|ad[oa]|ando)\b|\bsangr(?:ou|ando)\b|\bsangue\b|\bferid[oa]\b|\bmachuc(?:ou|ad[oa])\b|\bcort(?:ou|e fundo)\b|\bcoco preto\b|\bfezes pretas\b",
        # What may have done it.
        rf"\b{_VENOMOUS}\b|\b(?:veneno|chumbinho|lirio|{_AGAINST_FLEAS}|comigo[- ]ninguem[- ]pode|xilitol|insulina|agua sanitaria|produto de limpeza)\b",
        r"\bca(?:iu|ido|ida) d[aoe] (?:mesa|colo|sofa|cama|cadeira|bancada|alto|armario|escada|rede|gaiola|mao)\b|\bbateu (?:no|na|em)\b|\bbrig(?:ou|a|ando)\b|\bchoque\b|\b(?:muito|no) sol\b",
        # Cries for help.
        r"\bsocorro\b|\bme ajud\w+|\bpelo amor de deus\b|\bdesesper\w+|\b(?:oq|o que|o q|que) (?:eu )?(?:faco|fazer)\b|\bmuito preocupad[oa]\b|\bde repente\b|\bdo nada\b|\bnunca (?:vi|fez)\b",
    )
)  # fmt: skip

# Speech that takes the danger out of what is said. Of the past, or well again: a whole sentence.
_NOT_NOW = re.compile(
    _any(
        r"\b(?:ano|mes|semana|natal|carnaval|verao) passad[oa]\b", r"\bano retrasado\b", r"\b(?:ha|faz|fez|fazendo|uns|ja tem)\s+(?:\S+\s+)?(?:anos?|mes(?:es)?|semanas?)\b", r"\btem\s+\S+\s+(?:anos?|mes(?:es)?|semanas?) que\b", r"\banos? atras\b",
        r"\b(?:meses|semanas|dias) atras\b", r"\bquando (?:era|ela era|ele era|filhote|pequen[oa]|novinh[oa])\b", r"\bera (?:filhote|pequen[oa])\b", r"\bdesde (?:filhote|pequen[oa]|entao|que nasceu|(?:19|20)\d\d)\b", r"\b(?:em|de) (?:19|20)\d\d\b", r"\bhistorico\b", r"\bja (?:teve(?! \d)|tinha(?! \w+d[oa]\b)|foi|sofreu)\b", r"\b(?:se recuperando|em recuperacao|pos[- ]operatorio|ja (?:tratad|operad|curad)[oa]|ja operou|amputad[oa])\b",
        r"\b(?:melhorou|recuperou|sarou)\b", r"\bja passou\b|\bpassou (?:a crise|o susto|a dor)\b|\bpassou\s*$", r"\b(?:ta|esta) (?:super |muito |ja )?(?:bem|otim[oa]|melhor)\b(?! (?!agora|gracas|sim|obrigad|viu|e\b|ja|depois)\w)", r"\b(?:ta|esta|ficou) (?:bem|otim[oa]|recuperad[oa]|nov[oa]) (?:depois|apos)\b", r"\bgardenal\b", r"\bfenobarbital\b", r"\bcontrolad[oa]\b",
        r"\btoma (?:remedio|medicacao)\b", r"\bas vezes\b", r"\bde vez em quando\b", r"\bsempre (?:teve|foi)\b", r"\bdorme (?:pesado|bem|muito|tanto)\b", r"\boutro dia\b", r"\b(?:da|na) (?:ultima|outra) vez\b", r"\buma vez (?:ele|ela|comeu|engoliu|caiu)\b", r"\bantigamente\b", r"\bna epoca\b", r"\bate hoje\b", r"\bdeu tudo certo\b", r"\bde nascenca\b", r"\bno mes\b", r"\bpor mes\b",
        # Told of others.
        r"\b(?:vi|li|ouvi|assisti|passou|deu|saiu|mandaram)\s+(?:\S+\s+)?(?:no|na|num|numa|em|um|uma) (?:jornal|tv|televisao|reportagem|internet|noticia\w*|video\w*|filme|insta\w*|face\w*|tiktok|post|grupo|serie)\b", r"\b(?:reportagem|noticia|novela)\b",
        r"\b(?:vizinh|amig|prim|irma|colega|conhecid|sogr|cunhad)\w*\b.{0,60}\b(?:morreu|faleceu|perdeu)\b", r"\b(?:morreu|faleceu|partiu)\b.{0,40}\b(?:crema\w+|obrigad\w+|vizinh\w+)\b",
    )
)  # fmt: skip
# A question, a wish to prevent, a price: what stands between two commas.
_ONLY_ASKING = re.compile(
    _any(
        r"^(?:\S+\s+){0,3}?se (?:um dia|algum dia|el[ea]|o |a |um |meu |minha |acontec\w+|comer|der)", r"^(?:\S+\s+)?se\s+(?:\S+\s+){0,2}?\w+[aei]r\b", r"\b(?:faco|fazer|acontece|levo|faz) se\b", r"\bcaso (?:el[ea]|aconteca|coma|precise)\b", r"\bfaz(?:em)? (?:tao |muito )?mal\b", r"\bfaz mesmo mal\b", r"\bfaz mal\b",
        r"\bpodem? (?:comer|dar|tomar|causar|beber)\b", r"\bposso dar\b", r"\be perigoso\b", r"\bperigos[oa]?s?\b.{0,20}\?", r"\be toxic[oa]\b", r"\bcomo (?:evitar|prevenir|saber|faco pra evitar)\b",
        r"\b(?:evitar|prevenir|preven\w+|proteger|protecao|risco de|medo|receio|pavor)\b", r"\b(?:voces?|vcs?|ces) (?:vendem?|tem|fazem|atendem?|trabalham|conhecem|aceitam|aplicam|usam)\b",
        r"\b(?:vende|vendem|comprar|comprei|quanto custa|quanto tempo|qual o (?:preco|valor)|preco d\w+|valor d\w+|quanto (?:fica|sai|e|ta)|orcamento)\b", r"\bplantao\b", r"\batende[m]? (?:emergencia|urgencia)\b",
        r"\b(?:cobre|cobrem|cobertura|convenio|plano de saude)\b", r"\bcurso\b", r"\bsera que faz\b", r"\b(?:tem|tinha) (?:algum |alguma )?(?:\S+\s+)?(?:que|q) nao\b", r"\bquando (?:voces|vcs|vc)\b",
    )
)  # fmt: skip
# ... but a thing that happened stays one, whatever is asked in the same breath ("vcs tem vet hoje meu cachorro comeu chumbinho").
_HAPPENED = re.compile(
    r"(?<!\bse )(?<!\bque )\b(?:el[ea]|(?:meu|minha|o|a|nosso|nossa)\s+(?:\S+\s+)?\S+)\s+(?:(?:so|acabou de|ja|foi e)\s+)?"
    r"(?:comeu|engoliu|bebeu|lambeu|mordeu|mastigou|roeu|caiu|desmaiou|engasgou|convulsionou|vomitou|parou|levou|teve uma? (?:convuls|crise|ataque)\w*|foi (?:picad|mordid|atropelad|atacad)\w+|"
    r"(?:ta|esta|tah) (?!com (?:medo|receio)|de |no |na )|nao (?:respira|levanta|acorda|reage|mexe|consegue))"
)  # fmt: skip
# Speech that no question and no history takes the danger out of ("quanto é a consulta meu cachorro tá convulsionando").
_HAPPENING = re.compile(
    _any(
        r"\b(?:ta|tah|esta|comecou a|acabou de|acaba de)\s+(?:\S+\s+){0,2}?(?:convuls|sangr|morr|vomit|trem|engasg|sufoc|desmai|espum|agoniz|debat)\w*",
        r"\b(?:foi|acabou de ser) atropelad[oa] (?:agora|hoje|hj|aqui|na|no|e|por)\b", r"\batropelaram\b", r"\b(?:nao|n) (?:para|consegue|ta conseguindo|respira|reage|levanta)\b",
    )
)  # fmt: skip
# In jest, or what happens every time: it takes away what can be said in jest, or happens to a healthy animal.
_JEST = re.compile(
    r"k{2,}|\b(?:rs)+\b|\b(?:h[aeu]){2,}h?\b|[😂🤣😅😆😁😹😜🤪😝]|\bdrama\b|\bdramatic\w+|\bexagerad\w+|\bteatr\w+|\bfresc(?:ura|o|a)\b|\bmanh(?:a|os[oa]) (?:pura|demais)\b"
)
_EVERY_TIME = re.compile(
    r"\b(?:toda vez|sempre) (?:q|que)\b|\bquando (?:anda de|ve|vai|ouve|escuta|chega|saio|tem|eu saio|brinca)\b|\b(?:fogos|rojao|rojoes|trovao|trovoada|trovoes)\b"
)
_MAY_BE_JEST: frozenset[Danger] = frozenset({"seizure", "breathing", "collapse", "other"})
_NOT_SO = re.compile(
    _any(
        r"\b(?:nao|n|nunca|nem)\s+(?:\S+\s+){0,2}?(?:comeu|engoliu|engasgou|convuls\w+|sangrou|sangrando|sangra|desmaiou|caiu|foi atropelad\w+|se machucou|teve nada|e (?:uma )?emergencia|e nada)\b(?!\s+(?:nada|mais|direito|hoje|hj|desde|e|agora))",
        r"\b(?:nao|n) (?:e|eh|seja|era) (?:uma )?(?:emergencia|urgencia|grave|nada)\b",
        r"\bsem (?:sangue|sangramento|sangrar)\b", r"\bquase (?:foi )?(?:atropel\w+|caiu|engasg\w+)\b", r"\bnada grave\b", r"\bparou de sangrar\b", r"\bnunca (?:teve|tev|deu|tinha)\s+(?:\S+\s+)?\S+",
        r"\b(?:q|que) nao (?:\S+\s+){0,2}?(?:intoxi|engol|envenen|sufo|engasg|machu)\w*",
    )
)  # fmt: skip
# Who writes, and the people around them: what they feel is no patient's.
_FELT = _any(
    r"falta de ar",
    r"sem ar",
    r"(?:passando |muito )?mal",
    r"alergi\w+",
    r"picad[oa]",
    r"mol[ea]",
    r"morrendo",
    r"desmaiando",
    r"rox[oa]",
    r"em choque",
    r"trem\w+",
    r"engasg\w+",
    r"sufoc\w+",
    r"sem folego",
    r"mordid[oa]",
    r"atropelad[oa]",
    r"internad[oa]",
)
_PEOPLE = _any(
    r"filh[oa]s?",
    r"marido",
    r"espos[oa]",
    r"mae",
    r"pai",
    r"avo",
    r"vo",
    r"namorad[oa]",
    r"vizinh[oa]",
    r"irma[o]?",
    r"sogr[oa]",
    r"amig[oa]",
    r"crianca",
    r"bebe",
    r"funcionari[oa]",
)
# Things of a shop's daily life that contain a sign's words.
_HARMLESS = re.compile(
    _any(
        rf"\b(?:(?:eu|e eu|ja)\s+)?(?:to|tou|estou|tava|fiquei|fico|estava|eu fico|eu)\s+(?:\S+\s+)?{_FELT}", rf"\b(?:meu|minha|a|o|uma|um) {_PEOPLE},?(?:\s+(?:e|eh|ta|esta|fica|ficou|tem|teve|foi|com|muito|quase|asma|rinite|bronquite|alergic[oa],?|asmatic[oa],?))+\s+{_FELT}(?:,? (?:e )?(?:fica|tem|passa) (?:com )?{_FELT})?",
        r"\b(?:remedio|tratamento|exame|retorno|acompanhamento|laudo|receita|cirurgia|consulta|depois|vacina|preventiv[oa])s? (?:\S+ )?(?:de|da|do|pra|para|contra) (?:convuls|epilep|torcao|envenen|intoxic|atropel|fratura|paralis|desmaio)\w*",
        r"\b(?:engoliu|tomou) (?:o|a|os) (?:comprimido|remedio|vermifugo|capsula|vermes?)s? (?:\S+ )?(?:direitinho|certinho|bem|numa boa|facil|de boa)\b", r"\b(?:dona|maria do|sou a|e a|aqui e a|da|um|o) socorro\b", r"\bclinica de emergencia\b",
        r"\b(?:me|nos) (?:engasg|sufoc|trem|desmai|mat)\w*", r"\b(?:coleira|guia|peitoral|roup\w+|focinheira|enforcador|fralda)\b.{0,20}\b(?:sufoca|enforca|aperta|engasga)\b", r"\b(?:finge|fingindo|fingiu) (?:q|que) (?:\S+\s*){1,4}", r"\bquase desmai\w+ (?:com o|de)\b",
        r"\b(?:mord|atac|peg)\w+ (?:\S+\s+)?(?:crianca\w*|pessoas?|gente|entregador|carteiro|tosador\w*)\b", r"\b(?:chama|nome e|nome dele e|nome dela e|apelido e) \S+", r"\b(?:desmai|apag)\w+ de (?:sono|preguica|cansa\w+)\b", r"\bmol(?:e|inh[oa]) de \w+", r"\b(?:artificial|artificiais|de plastico|de pelucia)\b", r"\bjogad[oa] n[oa] (?:sofa|cama)\b",
        r"\b(?:exame|exames|coleta|teste|tipagem|banco|doador\w*|doacao|bolsa) (?:\S+\s+)?(?:de|do) sangue\b", r"\bdoa\w* sangue\b", r"\bmata[- ]?pulgas?\b(?! d[eo] (?:cao|cachorro))", r"\bcio\b(?:\s+\S+){0,3}?\s+sangr\w+(?: um pouco| um pouquinho)?", r"\b(?:sangr\w+|sangue)\s+(?:\S+\s+){0,3}?cio\b", r"\b(?:morrendo|mort[oa]|mol\w+) de (?!dor\b)\w+",
        r"\btrem\w+ de (?:frio|medo|alegria|ansiedade|felicidade)\b", r"\b(?:levanta|acorda)\w* (?:cedo|tarde)\b", r"\bcorte (?:ficou|de cabelo|do pelo|da tosa|de unha\w*)\b",
        r"\bme matando de \w+", r"\b(?:remedio|comprimido|capsula|tablete|pipeta)s? (?:de|pra|para|contra) (?:pulga|verme|carrapato)\w*(?! d[eo] (?:cao|cachorro))", r"\bveneno (?:de|pra|para) (?:pulga|carrapato|formiga|barata)\w*(?! d[eo] (?:cao|cachorro))",
        r"\bcaiu (?:muito |bastante |o |a )?(?:pelo|pelos|dente|dentes|a ficha|o sistema|a internet|a ligacao|a conta)\b", r"\bapagou (?:a luz|a conversa|a mensagem|o numero)\b",
        r"\blingua (?:azul\w*|rox\w+|preta)\b.{0,20}\bchow\b", r"\btosa\b.{0,20}\b(?:da|do) (?:barriga|pata)\w*", r"\bsangue (?:bom|frio|novo)\b",
        r"\b(?:agua|luz|chuveiro|secador|lampada|banheira|resistencia|maquina|aparelho)\b.{0,15}\bqueim\w+",
    )
)  # fmt: skip

_SENTENCE = re.compile(
    r"[.!?;\n\u2600-\u27bf\U0001f000-\U0001faff]+|,\s+(?=mas\b|so que\b|agora\b|hoje\b|hj\b)|\bmas\b|\bso que\b|\bagora\b"
)


def recognise(text: str) -> Danger | None:
    """The kind of acute danger that a message tells of; None where it tells of none."""
    looked_at = text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"
    folded = _NOT_SO.sub(" ", _HARMLESS.sub(" ", fold(looked_at.replace("\n", " . "))))
    jest = bool(_JEST.search(folded))
    not_serious = jest or bool(_ONLY_ASKING.search(folded))
    hints: set[re.Pattern[str]] = set()
    for sentence in _SENTENCE.split(folded):
        if not (said := _told(sentence)):
            continue
        light = jest or bool(_EVERY_TIME.search(said) and not _HAPPENING.search(said) and not _HAPPENED.search(said))
        for sign in SIGNS:
            if not (sign.weak and not_serious) and not (light and sign.kind in _MAY_BE_JEST) and sign.words.search(said):
                return sign.kind
        if not light:
            hints.update(hint for hint in HINTS if hint.search(said))
    return "other" if len(hints) > 1 else None


def _told(sentence: str) -> str:
    """What of a sentence tells of something that happens now: without what is only asked; nothing, where it is about the past."""
    if _HAPPENING.search(sentence):
        return sentence
    if _NOT_NOW.search(sentence):
        return ""
    return ",".join(piece for piece in sentence.split(",") if _HAPPENED.search(piece) or not _ONLY_ASKING.search(piece.lstrip()))


def reply(text: str | None, shop: Mapping[str, Any]) -> str:
    """What the customer is told at once: the shop's own words or `TEXT`, with its `address` and `phone` where they do not say them."""
    said = text or TEXT
    lines = [said]
    if (address := shop["address"]) and fold(address) not in fold(said):
        lines.append(f"Endereço: {address}")
    if (phone := shop["phone"]) and _digits(phone)[-8:] not in _digits(said):
        lines.append(f"Telefone: {_dialled(phone)}")
    return "\n".join(lines)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _dialled(phone: str) -> str:
    """A number as people in Brazil dial it; as it was written where it is none."""
    digits = _digits(phone)
    try:
        number = phonenumbers.parse(f"+{digits}" if len(digits) > 11 else digits, "BR")
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_valid_number(number):
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
