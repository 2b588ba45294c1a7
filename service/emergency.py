"""Recognising that an animal is in acute danger, from a customer's words alone and before any model reads them.

Rules over folded text (`service.text.fold`), clause by clause: a sign of danger, unless the clause speaks of the past, of a possibility, of a
product or says that it is not so. A false alarm costs a person a look; a miss may cost an animal: in doubt it is one. How well it does is
measured by `tests/test_emergency.py` and written down in docs/agenda-and-safety.md. What is said to the customer names no diagnosis, no
medicine and no dose; it only calls people.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import phonenumbers

from service.text import fold

Kind = Literal["poison", "seizure", "bleeding", "breathing", "accident", "collapse", "birth", "other"]

# What the team reads. The customer is told no name for it.
REASONS: dict[Kind, str] = {
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

    kind: Kind
    words: re.Pattern[str]
    weak: bool = False


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


# Between two words that belong together there may be some others, but no end of the clause.
_GAP = r"(?:\s+\S+){0,5}?\s+"

_SWALLOWED = _any(r"com(?:eu|eram|endo)", r"engol\w+", r"inger\w+", r"tomou", r"tomaram", r"bebeu", r"beberam", r"devor\w+")
_ATE = _any(
    _SWALLOWED, r"lamb(?:eu|endo|eram)", r"mastig\w+", r"mord(?:eu|endo)", r"abocanh\w+", r"mexeu (?:no|na|com)", r"pegou", r"roeu",
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
    r"plantas?", r"cogumelos?", r"sapos?", r"pilhas?", r"baterias?",
)  # fmt: skip
# Harm only who swallows them.
_OBJECTS = _any(
    r"agulhas?", r"anz(?:ol|ois)", r"linha", r"prego\w*", r"caco\w* de vidro", r"vidro", r"moedas?", r"parafuso\w*", r"pedra\w*", r"brinquedo\w*", r"bol(?:a|inha)s?",
    r"meias?", r"sacola\w*", r"plastico\w*", r"caroco\w*", r"espiga\w*", r"ossos?(?: de (?:frango|galinha))",
)  # fmt: skip

# Of these it is enough that they come first ("achou um chocolate e comeu").
_TOXIC = _any(
    r"venenos?", r"chumbinhos?", r"raticidas?", r"chocolates?", r"uvas?", r"cebolas?", r"agua sanitaria", r"desinfetante", r"lirios?"
)

_BLOOD = _any(r"sangrando", r"sangramento", r"sangrar\b", r"hemorragia", r"sangue", r"ensanguentad\w+", r"sangra\b")

SIGNS: tuple[Sign, ...] = (
    *(Sign(kind, re.compile(pattern))  # type: ignore[arg-type]
    for kind, pattern in (
        ("poison", rf"\b{_ATE}{_GAP}(?:\S+\s+){{0,2}}?{_POISONS}\b"),
        ("poison", rf"\b{_ATE}\s+{_POISONS}\b"),
        ("poison", rf"\b{_SWALLOWED}{_GAP}{_OBJECTS}\b"),
        ("poison", rf"\b{_TOXIC}{_GAP}{_ATE}\b"),
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
        ("breathing", r"\b(?:puxar|puxando|buscar|buscando|faltando)\s+(?:\S+\s+)?(?:ar|folego)\b|\b(?:ficando|ficou|ta|esta) (?:toda? )?(?:rox|azulad|cianotic)[oa]\b"),
        ("breathing", r"\b(?:forca|esforco) (?:pra|para) respirar\b|\b(?:pres|parad|entalad|enganchad)[oa] na (?:garganta|goela)\b"),
        ("breathing", r"\bfalta de ar\b|\bsem ar\b|\bpuxando o? ?ar\b|\bbuscando ar\b"),
        ("breathing", r"\bengasg\w*|\bsufoc\w*|\basfixi\w*|\bentalad\w+|\bentalou\b"),
        ("breathing", r"\b(?:lingua|gengivas?|boca|focinho|mucosas?)\b.{0,25}\b(?:rox\w+|azul\w*|azulad\w+|branc\w+|palid\w+|cinza\w*)\b"),
        ("accident", r"\batropel\w*"),
        ("accident", r"\b(?:carro|moto|caminhao|onibus|bicicleta|roda)\b.{0,25}\b(?:bateu|pegou|passou (?:por cima|em cima)|acertou|esmag\w+)\b"),
        ("accident", r"\b(?:bateu|passou por cima|passou em cima)\b.{0,30}\b(?:carro|moto)\b|\bbat(?:eram|i|eu) com (?:o|a|um|uma) (?:carro|moto)\s+(?:em|n[oa]|nel[ea])\b|\bpassei (?:por cima|em cima)\b|\bdei re\b.{0,20}\b(?:em cima|nel[ea]|no|na)\b"),
        ("accident", r"\b(?:caiu|despencou|pulou|se jogou|cair)\s+(?:\S+\s+){0,4}?(?:janela|sacada|varanda|predio|andar|laje|telhado|terraco|barranco|penhasco)\b|\b(?:caiu|despencou|rolou)\s+(?:\S+\s+){0,4}?(?:muro|escadas?|escadaria|piscina|poco)\b"),
        ("accident", r"\b(?:picad\w+|picou|pic\w+|mordid\w+|mordeu|mordeu?a?m?|atac\w+|ferro\w+)\s+(?:\S+\s+){0,4}?(?:cobra|serpente|jararaca|cascavel|escorpi\w+|aranha|abelhas?|marimbondos?|vespas?|lagarta|taturana)\b"),
        ("accident", r"\b(?:cobra|serpente|jararaca|cascavel|escorpi\w+|aranha|abelhas?|marimbondos?|vespas?|lagarta|taturana)\s+(?:\S+\s+){0,4}?(?:picou|picaram|mordeu|atac\w+|ferro\w+|pegou)\b"),
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
        ("collapse", r"\bdesmai\w*|\binconscient\w*|\bdesacordad\w*|\bapagou (?:do nada|de repente|e )|\bdesfalec\w*"),
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
        ("birth", r"\bbolsa (?:estourou|rompeu)\b|\bnenhum filhote (?:nasceu|saiu)\b"),
        ("birth", r"\b(?:parindo|parto|trabalho de parto|dando cria|contracoes|contracao)\b.{0,60}\b(?:nao (?:sai|nasce|saiu|nasceu|vem|consegue)|horas|parou|dificil|pres[oa]|nada|sangue|verde)\b"),
        ("other", r"\b(?:inch(?:ou|ad[oa]|ando))\s+(?:\S+\s+){0,4}?(?:rosto|cara|focinho|boca|garganta|pescoco|olhos?|todo|toda|do nada)\b|\b(?:rosto|cara|focinho|carinha)\b.{0,20}\binch\w+"),
        ("other", r"\b(?:vomit\w+)\b.{0,30}\b(?:sem parar|nao para|n para|o dia todo|toda hora|direto|varias vezes|10 vezes)\b"),
        ("other", r"\bme ajuda(?:m|em)?\b.{0,40}\b(?:morr\w+|urgente|rapido|mal)\b"),
        ("other", r"\b(?:passando|esta|ta|tah|muito)\s+(?:muito\s+)?mal\b"),
    )),
    Sign("other", re.compile(r"\b(?:e|eh|esta|ta|numa|em|temos uma|caso de)\s+(?:uma\s+)?emergencia\b|\bsocorro\b"), weak=True),
)  # fmt: skip

# Speech that takes the danger out of a clause.
_NOT_NOW = re.compile(
    _any(
        r"\b(?:ano|mes|semana) passad[oa]\b", r"\bano retrasado\b", r"\b(?:ha|faz|tem|uns)\s+(?:\S+\s+)?(?:anos?|mes(?:es)?|semanas?)\b", r"\banos? atras\b",
        r"\bmeses atras\b", r"\bquando (?:era|ela era|ele era)\b", r"\bera filhote\b", r"\bhistorico\b", r"\bja (?:teve|tinha|foi|sofreu)\b",
        r"\b(?:melhorou|recuperou|sarou)\b", r"\bja passou\b|\bpassou (?:a crise|o susto|a dor)\b|\bpassou\s*$", r"\b(?:ta|esta) (?:bem|otim[oa]|melhor)\b(?! (?!agora|gracas|sim|obrigad|viu|e\b|ja)\w)", r"\bgardenal\b", r"\bfenobarbital\b", r"\bcontrolad[oa]\b",
        r"\btoma (?:remedio|medicacao)\b", r"\bas vezes\b", r"\bde vez em quando\b", r"\bsempre (?:teve|foi)\b", r"\bdorme (?:pesado|bem|muito|tanto)\b", r"\boutro dia\b", r"\bda (?:ultima|outra) vez\b",
    )
)  # fmt: skip
_ONLY_ASKING = re.compile(
    _any(
        r"^(?:\S+\s+){0,3}?se (?:el[ea]|o |a |um |meu |minha |acontec\w+|comer|der)", r"\bcaso (?:el[ea]|aconteca|coma|precise)\b", r"\bfaz mal\b", r"\bfazem mal\b",
        r"\bpode (?:comer|dar|tomar|causar)\b", r"\bposso dar\b", r"\bpodem comer\b", r"\be perigoso\b", r"\bperigos[oa]?s?\b.{0,20}\?", r"\bcomo (?:evitar|prevenir|saber|faco pra evitar)\b",
        r"\b(?:evitar|prevenir|prevencao|proteger|risco de|medo de|com medo)\b", r"\bvoces? (?:vendem?|tem|fazem|atendem?|trabalham)\b", r"\bvcs? (?:vendem?|tem|fazem|atendem?|trabalham)\b",
        r"\b(?:vende|vendem|comprar|quanto custa|qual o (?:preco|valor)|preco d\w+|valor d\w+|quanto (?:fica|sai|e|ta))\b", r"\bplantao\b", r"\batende[m]? (?:emergencia|urgencia)\b",
        r"\bcurso\b", r"\bsera que faz\b",
    )
)  # fmt: skip
# Speech that no question and no history takes the danger out of ("quanto é a consulta meu cachorro tá convulsionando").
_HAPPENING = re.compile(
    _any(
        r"\b(?:ta|tah|esta|comecou a|acabou de|acaba de)\s+(?:\S+\s+){0,2}?(?:convuls|sangr|morr|vomit|trem|engasg|sufoc|desmai|espum|agoniz|debat)\w*",
        r"\b(?:foi|acabou de ser) atropelad[oa]\b", r"\batropelaram\b", r"\b(?:nao|n) (?:para|consegue|ta conseguindo|respira|reage|levanta)\b",
    )
)  # fmt: skip
_LAUGHING = re.compile(r"k{3,}|\b(?:rs)+\b|\b(?:ha){2,}h?\b")
_NOT_SO = re.compile(
    _any(
        r"\b(?:nao|n|nunca|nem)\s+(?:\S+\s+){0,2}?(?:comeu|engoliu|engasgou|convuls\w+|sangrou|sangrando|sangra|desmaiou|caiu|foi atropelad\w+|se machucou|teve nada|e (?:uma )?emergencia|e nada)\b",
        r"\bsem (?:sangue|sangramento|sangrar)\b", r"\bquase (?:foi )?(?:atropel\w+|caiu|engasg\w+)\b", r"\bnada grave\b", r"\bparou de sangrar\b",
    )
)  # fmt: skip
# Things of a shop's daily life that contain a sign's words.
_HARMLESS = re.compile(
    _any(
        r"\b(?:exame|exames|coleta|teste|tipagem|banco|doador\w*|doacao|bolsa) (?:\S+\s+)?(?:de|do) sangue\b", r"\bdoa\w* sangue\b", r"\bmata[- ]?pulgas?\b", r"\bcio\b(?:\s+\S+){0,3}?\s+sangr\w+(?: um pouco| um pouquinho)?", r"\b(?:sangr\w+|sangue)\s+(?:\S+\s+){0,3}?cio\b", r"\b(?:morrendo|mort[oa]|mol\w+) de (?!dor\b)\w+",
        r"\btrem\w+ de (?:frio|medo|alegria|ansiedade|felicidade)\b", r"\b(?:levanta|acorda)\w* (?:cedo|tarde)\b", r"\bcorte (?:ficou|de cabelo|do pelo|da tosa)\b",
        r"\bme matando de \w+", r"\b(?:remedio|comprimido|capsula|tablete|pipeta)s? (?:de|pra|para|contra) (?:pulga|verme|carrapato)\w*", r"\bveneno (?:de|pra|para) (?:pulga|carrapato|formiga|barata)\w*",
        r"\bcaiu (?:muito |bastante |o |a )?(?:pelo|pelos|dente|dentes|a ficha|o sistema|a internet|a ligacao|a conta)\b", r"\bapagou (?:a luz|a conversa|a mensagem|o numero)\b",
        r"\btosa\b.{0,20}\b(?:da|do) (?:barriga|pata)\w*", r"\bsangue (?:bom|frio|novo)\b",
        r"\b(?:agua|luz|chuveiro|secador|lampada|banheira|resistencia|maquina|aparelho)\b.{0,15}\bqueim\w+",
    )
)  # fmt: skip

_CLAUSE = re.compile(r"[.!?;\n]+|,\s+(?=mas\b|so que\b|agora\b|hoje\b)|\bmas\b|\bso que\b|\bagora\b")


def recognise(text: str) -> Kind | None:
    """The kind of acute danger that a message tells of; None where it tells of none."""
    looked_at = text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"
    folded = _NOT_SO.sub(" ", _HARMLESS.sub(" ", fold(looked_at.replace("\n", " . "))))
    not_serious = bool(_ONLY_ASKING.search(folded) or _LAUGHING.search(folded))
    for clause in _CLAUSE.split(folded):
        if (_NOT_NOW.search(clause) or _ONLY_ASKING.search(clause)) and not _HAPPENING.search(clause):
            continue
        for sign in SIGNS:
            if sign.words.search(clause) and not (sign.weak and not_serious):
                return sign.kind
    return None


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
