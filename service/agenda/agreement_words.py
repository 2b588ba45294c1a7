"""The words of an answer, without case and accents: all that a yes or a no may be made of. `agreement` is their reader.

A list here allows. What stands in none of them makes an answer one that is asked again.
"""

import re
from typing import Final

from service.agenda.proposals import ProposalKind
from service.language.phrases import either, whole_words


def words(text: str) -> frozenset[str]:
    """Return words that are written with spaces between them."""
    return frozenset(text.split())


# Signs. Whatever else is no letter, figure or punctuation counts as a word too many.

SAYS_OK: Final = "👍👌✅✔☑🆗"
SAYS_NO: Final = "👎"
SAYS_NOTHING: Final = frozenset(
    "😎🤙✌🤞🥳🤭😋😌☺🫶🐈🐕🐾🦴🐩🐇🐰🧴💦💧🌈⭐🌟🎀🐹🐦🦜🐻🦊🐤🫡💯🔝😹😸😺😻💟❣💞👊🤜🤛👋🗓📅⏰✂🚗🏃‍🙏😊😀😃😄😁🙂😉😇🥰😍😘🤗🤩☺😅😂🤣😆❤🧡💛💚💙💜🤎🖤🤍💖💕💗💞♥🐶🐱🐾🐕🐩🐈🦮🐰🐇🛁🚿🧼🫧✨🎉🙌👏🤝💪🌹🌸💐🌻🌷☀🏻🏼🏽🏾🏿"
)
SAYS_SORRY: Final = frozenset("😔😢😞🥺😕☹🙁😥")
PUNCTUATION: Final = frozenset(".,;:!()-–—_*~\"'’“”/…\n\t ")

# Spellings, made one before anything is read.

NOT = whole_words("n|naum|nop|nops|nn|(?:na){1,3}nao|num(?= (?:quero|vou|vai|posso|consigo|da|precisa|pode|cancela|desmarca|marca)\\b)")
LONG = re.compile(r"([a-z])\1{2,}|(?<=[a-z])([aeioukmh])\2+\b")
OF_MINAS = re.compile(r"\bsô\b", re.IGNORECASE)  # which "só" (only) is not

# Asked for form's sake: "pode confirmar, tá?"
TAG = re.compile(r"\b(ta|viu|visse|ta bom|(?:oi|ola|opa|oie|bom dia|boa tarde|boa noite|moca)[,!. ]*(?:tudo|td) (?:bem|bom|bao)) ?\?")
WHY_NOT_INDEED = re.compile(r"\b(?:e )?(?:pq|por ?que) nao ?\?")
# "Pó marcá", as they say in Minas.
MAY = re.compile(r"\bpo (?=(?:marc|agend|confirm|fech|remarc|mud|cancel|desmarc|deix|reserv|troc)\w*)")
WITH = re.compile(r"\bc +(?=[ao] )")
# Slips of the thumb in the two words that are said most.
CONFIRMS = re.compile(r"\b(?:comfirm|cofirm|confim|confrim|confrm|confirn)(?=(?:a|o|e|ar|ad[oa])\b)")
PODE = whole_words("pod|pde|poed|opde|podde|podi|poder(?= ser\\b)")
# As it is spoken.
DEIXA = re.compile(r"\bdexa(?=r?\b)")
SPELLINGS = (
    (LONG, lambda long: long[1] or long[2]), (NOT, "nao"), (TAG, r"\1"), (WHY_NOT_INDEED, " "), (MAY, "pode "), (WITH, "com "),
    (CONFIRMS, "confirm"), (PODE, "pode"), (DEIXA, "deixa"),
)  # fmt: skip

# Words that say yes, alone or beside others; and for each kind of proposal the verbs of what it does.

CONFIRMS_IT = words("""
    confirma confirmar confirmado confirmada confirmados confirmadas confirmadissimo confirmadissima confirmadinho confirme confirmo
""")
# These answer the question.
ANSWERS = CONFIRMS_IT | words("""
    sim s ss siim simm yes yep isso exato exatamente correto certeza ctz claro pode podem podi pd fechado fechados fecha fecho fechou
    combinado combinados quero aceito concordo acordo positivo arra fechadissimo fechadinho obvio logico evidente jae
    fechar autorizo autorizado autorizada liberado topo topamos aprovado aprovada
""")
# These may also say no more than that it was read, and those that it is liked; `assents` tells what makes a yes of them.
HAS_READ = words("""
    certo certinho certissimo ok okay okey okok okk blz blza beleza bele belezura oki okei tranquilo firmeza sussa suave joia tri bao yeah
    uhum unhum aham ahan
""")
LIKES_IT = words("perfeito perfeitamente otimo otima show top massa maravilha excelente")
IS_NICE = frozenset({"legal"})
YES = ANSWERS | HAS_READ | LIKES_IT | IS_NICE
# Asked whether to cancel, these answer nothing: they may be said of the visit that stands.
NOT_TO_CANCEL = CONFIRMS_IT | words("quero aceito")
# After an "ah" these say that it was understood: "ah sim".
AFTER_AH = words("sim s ss isso claro exato uhum aham")
AH = words("ah hum humm hm oh")
VERBS: dict[ProposalKind, frozenset[str]] = {
    "book": words("""
        agenda agendar agende agendado agendada agendados marca marcar marque marcado marcada marcados bora vamos anotar
        reserva reservar reserve reservado reservada reservados garante garantir anota bota botar fazer
        poe ponha encaixa encaixar encaixe coloca coloque colocar bote anote
    """),
    "reschedule": words("""
        remarcado remarcada mudada trocado trocada alterado alterada transferido transferida
        remarca remarcar remarque remarcacao muda mudar mude mudanca mudado troca trocar troque bora vamos
        transfere transferir passa passar altera alterar alteracao
    """),
    "cancel": words("cancela cancelar cancele cancelado cancelada cancelamento desmarca desmarcar desmarque desmarcado desmarcada"),
    "confirm": frozenset({"bora"}),
}
# What a cancelling names its bookings beside; "confirmo a consulta" would rather say that they stand.
CANCELS = VERBS["cancel"]
# Rows of words that say yes and are said of any proposal.
YES_IN_ROWS = whole_words(
    "(?:pode )?(?:mandar?|manda) (?:ver|bala|brasa)|(?:pode )?toca(?:r)? (?:a )?ficha|(?:pode )?met(?:e|er) (?:bala|bronca|ficha)",
    "com (?:toda )?certeza(?: absoluta)?|sem (?:sombra de )?duvidas?|claro q(?:ue)? (?:sim|pode|quero|podem)",
    "com (?:muito )?prazer|de acordo|de boas?|pode ser|isso ai",
    "isso mesmo|e isso (?:ai|mesmo)|eh isso ai",
    "obvio|logico(?: que sim)?|sim senhora?|positivo e operante|ja e(?! \\w)|(?:eu )?dou o ok",
)
# Rows that say that it is well, which may be said of something else: with a name beside them they need a day or a time.
_WELL = "(?:ta|esta|por mim|pra mim|para mim)(?: (?:ta|esta|e))?"
# And rows that close a bargain, which nobody does who gives something up.
BARGAIN = whole_words(
    "bate(?:r)? o martelo|(?:eu )?vou querer|pode apostar|negocio fechado|fech\\w+ negocio|demorou",
    "(?:eu )?(?:to|tou|estou) dentro|(?:e )?so (?:marcar|agendar|confirmar|fechar)",
    # "Assim" is what was proposed.
    f"{_WELL} (?:tudo |td )?(?:bom|bem|bao|otimo|certo|ok|joia|perfeito|beleza|blz) (?:demais )?assim",
)
_GOOD = "(?:bom|bem|otimo|perfeito|excelente|maravilhoso|legal)"
_FOR_ME = "(?:(?:pra|para) (?:mim|gente|nos|a gente))"
_ALL_WELL = (
    (
        f"{_WELL} (?:tudo |td )?(?:bom|bem|bao|otimo|certo|certinho|ok|joia|valendo|perfeito|combinado|beleza"
        f"|blz)(?: demais)?(?: {_FOR_ME})?|(?:ta|esta) (?:agend|marc|reserv|anot)ad[oa] entao"
    ),
    "show d[e']? ?bola|sem problemas?(?: nenhum)?",
    "(?:tudo|td) (?:certo|ok|perfeito|combinado|confirmado)|(?:tri|muito|mt|bom) (?:bom|legal|demais)",
)
# Of a cancellation: not that all is well or confirmed, but that it suits.
SUITS_TO_CANCEL = whole_words(
    "(?:(?:por|pra|para) mim )?(?:ta|esta) (?:bom|bem|bao|ok|joia|beleza|blz)(?: (?:demais|assim))?",
    "(?:por|pra|para) mim (?:tudo |td )?(?:bom|bem|bao|ok|beleza|blz)|sem problemas?(?: nenhum)?",
)
SUITS = whole_words(
    *_ALL_WELL,
    (
        f"(?:fica|ficou|ficara|vai ficar|vai ser|sera|cai|assim ta|assim esta|assim fica)(?: (?:muito|ate|bem))?"
        f" {_GOOD}(?: (?:demais|assim|sim))*(?: {_FOR_ME})?"
    ),
    f"(?:(?:fica|ficou|e) )?(?:bem |muito |ate )?melhor (?:ainda|assim|{_FOR_ME})(?: {_FOR_ME})?",
    f"(?:{_FOR_ME} |por mim |assim |me )?serve(?: sim| bem| {_FOR_ME})?|(?:{_FOR_ME} )?(?:da|consigo) sim|bom {_FOR_ME}",
    f"da certo(?: {_FOR_ME})?",
    f"ess[ea] (?:horario|dia|data|hora) (?:e|eh|ta|esta|fica) (?:muito |bem )?{_GOOD}(?: {_FOR_ME})?",
    "D (?:ta|esta|e|fica) (?:bem |muito )?melhor",
    "fica (?:pra |para )?(?:a )?D",
    "fica (?:combinado|fechado|certo)|assim mesmo|(?:e )?n?ess[ea](?: (?:horario|dia|data|hora))? (?:mesm[oa]|msm)",
)
# And those that say it of what is to happen, or of coming: of what is cancelled they would say that it stands.
_TO_COME = either(
    "ate la",
    r"(?:eu |a gente )?(?:vou|vamos|iremos|irei)(?: (?:estar|comparecer|ir|levar))?(?! (?:te |lhe |so |nos )?\w*[aei]r\b)(?: el[ea]s?)?",
    "(?:eu |nos )?(?:estarei|estaremos|levo|levarei|levaremos)(?: el[ea]s?)?|(?:eu )?(?:to|tou|estou) (?:ai|la)(?: com el[ea])?",
    "(?:el[ea]s? )?(?:estarao?|va[io] estar|vai) (?:ai|la|sim|presentes?)|a gente (?:leva|chega|vai)(?: el[ea]s?)?",
    "(?:eu )?confirmo (?:que (?:vou|vamos)|(?:a |minha |nossa )?presenca)|presenca confirmada",
    "pode contar(?: (?:comigo|conosco|cmg)|(?= *(?:[.,!]|$)))|(?:ta|esta) confirmado|partiu|nos vemos|te vejo",
    "(?:tamo|tamos|estamos|estaremos|estarei) (?:ai|la)",
    "(?:eu )?mesm[oa] levo(?: el[ea])?",
)
# Of a booking alone: a move would be refused by it.
AS_PROPOSED = whole_words(
    r"nao precisa mud\w+ nada(?: nao)?",
    "(?:do jeito|assim|conforme|como)(?: que)? (?:voces?|vcs?|a senhora|o senhor) (?:falou|falaram|disse|colocou|propos)",
)
# And of a booking: who brings the pet agrees.
BRINGS = whole_words(
    "(?:(?:eu|nos|a gente) )?(?:levo|levarei|levaremos|(?:vou|vamos) levar)(?: el[ea]s?)?(?: sim)?",
    "(?:estarei|estaremos) (?:ai|la)|(?:confirmo (?:a |minha |nossa )?presenca|presenca confirmada)|pode contar (?:comigo|conosco|cmg)",
)
# Of a booking or a move, at the end of a clause: let us.
LET_US = re.compile(r"\b(?:vamos|vamo|bora|simbora|partiu)(?: (?:sim|la|nessa))?(?= *(?:[,.!;\n]|$))")
# Asked whether to cancel: it may be the coming that is confirmed.
CONFIRMING = whole_words(
    "(?:(?:ja|podem?|quero|vou|vamos) ){0,3}+confirm(?:a|ar|ado|e|o)(?: (?:sim|mesmo|ai))*(?! (?:sim|mesmo|ai)\\b)",
)
COMING = re.compile(rf"(?<!nao )\b{_TO_COME}(?: la| ai| presentes?| sim)*(?!\w| nao\b)")
KEPT_FOR_ME = whole_words("(?:pode )?(?:deix(?:a|e|ar)|fica|ficou) (?:ja )?(?:agendad|marcad|reservad|confirmad|anotad)[oa]s?|fica assim")

# A please that is the whole answer to what may be done: "posso confirmar?", "por favor!".
PLEASE_DO = re.compile(
    r"[\s.,!]*(?:(?:por|pf) (?:favor|gentileza)|pf|pfv|pfvr)"
    r"(?:[\s.,!]+(?:(?:muito )?obrigad[oa]|obg|brigad[oa]|grat[oa]|valeu|querid[oa]|moc[oa]))*[\s.,!]*"
)
# Words that are said most: a slip of the thumb in one of them is that word.
MOST_SAID: dict[ProposalKind, frozenset[str]] = {
    "book": words("sim pode quero isso claro confirmo confirma confirmado confirmar fechado combinado marca marcar agenda agendar"),
    "reschedule": words("sim pode quero isso claro confirmo confirma confirmado confirmar fechado combinado muda mudar remarca remarcar"),
    "cancel": words("sim pode isso cancela cancelar desmarca desmarcar"),
    "confirm": words("sim claro confirmo confirmado confirmada"),
}
# Slips that are words, or by which another word is oftener meant.
NO_SLIPS = words(
    "sum poder marcas agendas confirmas mudas cancelas desmarcas remarcas som conforma conforme conformo queto tipo pude pise pisa"
)

# What may stand beside a yes without changing it.

_KIND_OF = (
    "(?:atencao|paciencia|gentileza|ajuda|compreensao|lembrete|aviso|contato|atendimento|retorno|carinho|lembranca"
    "|informacao|resposta|rapidez|cuidado|preferencia|disponibilidade|oportunidade|agilidade|presteza)"
)
_SPAN = "(?:dia|tarde|noite|semana|fim de semana|final de semana|fds|feriado|descanso|trabalho|servico|resto de (?:dia|semana|tarde))"
_FOR_YOU = "(?: (?:pra|para|a) (?:voces?|vcs?|ti|tod[oa]s|senhora?|a senhora|o senhor|gente))?"
_THANKS = (
    "(?:obrigad[oa]s?|obrigadao|obrigadinh[oa]|obg|obgd[oa]?|obgda|brigad[oa]|brigadao|brigadinh[oa]|grat[oa]"
    "|gratidao|agradec(?:o|ida|ido|emos|idas?)|thanks)"
)
_ADDRESS = (
    "(?:meu (?:amor|bem|querido|rei|anjo|amigo|filho|fi|jovem|chapa|parceiro|caro|patrao)"
    "|minha (?:filha|fia|querida|linda|amiga|flor|rainha|princesa|rosa|nega|vida|joia|senhora))"
)
_SORRY = (
    "(?:me |nos )?(?:desculp(?:a|e|as|em|inha)|perdao|perdoa|perdoe|mil desculpas|foi mal|sorry)"
    "(?: (?:avisar|falar) em cima da hora| (?:(?:pel)?[oa]|por|qualquer) (?:incomodo|transtorno|trabalho|demora"
    "|atraso|inconveniente|bagunca|confusao|coisa|sumico)"
    "(?: (?:em|pra|para|de) (?:responder|retornar))?| (?:demorar|a demora|o atraso)(?: (?:em|pra|para) (?:responder|retornar))?)*"
)
# Thanks for nothing in particular, a please, a blessing, what they call us: no goodbye, no apology, no praise.
_PLAINLY_POLITE = (
    (
        f"(?:desde ja )?(?:fico |ficamos |sou |estou )?(?:muito |muit[oa]s |mt |mto |mui )?{_THANKS}(?: (?:mesmo|viu"
        f"|demais|muito|desde ja|de"
        f" coracao))*(?: a (?:voce|voces|vcs|senhora))?"
    ),
    "(?:por|pf) (?:favor|favorzinho|gentileza|fineza|obsequio)|pf|pfv|pfvr|pfvzinho|por favo|pls|plis|faz favor|faca o favor|queira",
    (
        "(?:que )?(?:deus|jesus) (?:te |lhe |os |vos |a |o )?(?:abencoe|pague|acompanhe|guarde|proteja|ilumine)(?:"
        " (?:voces?|vcs?|a senhora|sempre|muito))?"
    ),
    _ADDRESS,
    "tmj|tamo junto|tamos juntos|estamos juntos|e nois",
)
PLAINLY_POLITE = whole_words(*_PLAINLY_POLITE)
_COURTESIES = (
    "fi(?:ca|que)(?:m)? com deus|pelo amor(?: de deus)?",
    f"{_THANKS} por (?:trocar|mudar|marcar|remarcar|agendar|encaixar|cancelar|desmarcar)",
    f"bo[am] {_SPAN}{_FOR_YOU}",
    (
        f"(?:(?:que )?(?:voces?|vcs?|a senhora|o senhor) )?tenham? (?:um |uma )?(?:bo[am]|otim[oa]|excelente|lind[oa]"
        f"|abencoad[oa]|maravilhos[oa]|feliz|tranquil[oa]) {_SPAN}{_FOR_YOU}"
    ),
    f"(?:um |uma )?(?:bo[am]|otim[oa]|excelente|lind[oa]|abencoad[oa]|maravilhos[oa]) {_SPAN}{_FOR_YOU}",
    (
        f"(?:agradeco|agradecemos|obrigad[oa])(?: muito)?(?: desde ja)? (?:(?:pel|por )?[oa]|sua|tua|a sua|pela sua|toda"
        f" a) (?:sua )?{_KIND_OF}(?: de sempre| de voces| de vcs| com el[ea]| dada| prestada| e (?:a |pela |o |pelo )?{_KIND_OF})*"
    ),
    "(?:eu )?(?:ja )?(?:anotei|(?:ta|esta|deixei) anotad[oa])(?: (?:aqui|na agenda|no calendario|na minha agenda))*",
    "nao vejo a hora|(?:que |eita )?coisa (?:boa|linda|maravilhosa)|que delicia",
    "demorei(?: ne| muito| um pouco| demais| pra responder| k)*(?: mas)?",
    (
        "sem (?:medo|erro|susto|stress|falta)|de uma vez|a vontade|tranquilamente|(?:da|de) (?:minha|nossa) parte|do meu lado"
        "|pra (?:gente|nos|a gente)"
    ),
    *_PLAINLY_POLITE,
    f"pel[oa] (?:sua )?{_KIND_OF}(?: de sempre| de voces| de vcs| com el[ea])?",
    "por (?:avisar|lembrar|informar|perguntar|responder|tudo)",
    "se deus quiser|gracas a deus|com a graca de deus|com fe em deus|amem|vai com deus",
    (
        "atenciosamente|att|atte|abs|abracos?|abracao|(?:um |um grande |uns )?(?:abracos?|beijos?)|bjs?|beijos?|beijao"
        "|bjos?|ate (?:logo|mais|breve|mais tarde)|cordialmente|prezad[oa]s?"
    ),
    (
        "(?<!por mim )(?<!pra mim )(?:tudo|td) (?:bem|bom|bao)(?: (?:com (?:voces?|vcs?)|por ai|ai))?|(?:tudo"
        "|td) certo (?:por ai|com (?:voces?"
        "|vcs?))|que (?:bom|otimo|maravilha|legal|beleza)|como vai"
    ),
    "nao (?:tem|ha|da|vejo) (?:nenhum )?problemas?(?: nenhum| algum)?|nao tem erro",
    r"nao se preocup\w+|nao precisa (?:nem )?perguntar",
    "antes que (?:lote|encha|acabe)(?: tudo)?",
    (
        "(?:demorei|demorou) (?:pra|para|a|em) (?:responder|ver|retornar)|(?:eu )?(?:so |somente )?(?:vi|li|pude ver"
        "|consegui (?:ver|responder|olhar))(?: (?:a|sua|tua|essa))*(?: (?:mensagem|msg))? (?:so )?agora(?: pouco)?"
    ),
    (
        "so agora (?:que )?(?:eu )?(?:vi|li|consegui (?:ver|responder|olhar))(?: (?:a|sua) (?:mensagem|msg))?|(?:eu"
        " )?nao tinha visto(?: (?:a|sua) (?:mensagem|msg))?(?: antes)?"
    ),
    "(?:(?:e )?que )?(?:eu )?(?:tava|estava|estive|tive) (?:(?:no|na|em|num) (?:trabalho|servico|trampo|reuniao"
    "|medico|aula|transito|correria|rua|escola|faculdade|mercado|onibus)"
    "|trabalhando|dirigindo|ocupad[oa]|dormindo|almocando|cozinhando|sem (?:internet|sinal|bateria|celular))",
)
COURTESY = whole_words(*_COURTESIES, _SORRY)
OF_A_REMINDER = whole_words(*_COURTESIES)
SAME = re.compile(
    r"\b(?:isso|n?ess[ea]|n?est[ea]|n?ess[ea] (?:horario|dia|hora|data)|sim|quero|certo|ok|eh|[DTP]) (?:mesmo|msm|mesma)\b"
    r"(?! (?:horario|hora|dia|data|lugar))"
)
ARTICLES = words("o a os as do da dos das no na nos nas")
FUNCTION = words("a o as os e é eh de do da dos das no na nos nas em por para pra pro pros pras p")
# Words that need another one after them: without it an answer is broken off. "Para" alone says to stop.
NEEDS_MORE = FUNCTION - {"e", "é", "eh"} | words("nesse nessa neste nesta desse dessa deste desta um uma me")
# Signs that part nothing: "*Rex*", "(27/11)".
PARTS_NOTHING = frozenset("*_~\"'’“”()")
FILLERS = FUNCTION | words("""
    la aqui ai entao ta mim eu meu minha meus minhas nosso nossa esse essa este esta nesse nessa neste nesta desse dessa
    valeu vlw viu ne gente moca moco querido querida amiga amigo linda flor amor senhora senhor mano rei tche visse bah uai oxe oxente eita
    vixe oi ola opa oie k kk rs rsrs haha hahaha hehe ha ah ae aew oiee oies pessoal galera meninas mor anjo fia fio chefe patrao parceiro
    parceira lindona fofa amada amado jovem menina menino dona doutora doutor cara nossa eba oba ue ixi vish ufa aleluia opaa kaka rss
    hehehe hihi ei aii ora memo demais assim lindo adorei mulher homem miga migo direto direitinho hein hem amei
""")
# Beside an assent that may say no more than that it was read: whom it is said to, and how.
BESIDE_WEAK = words("""
    entao viu ta visse moca moco querido querida amiga amigo linda flor amor senhora senhor mano rei tche bah uai oxe oxente eita vixe
    eba oba gente pessoal mulher homem miga migo menina menino chefe patrao valeu vlw mesmo demais k kk rs rsrs rss haha hahaha hehe opa
""")
NOUNS = words("horario hora data dia vaga agendamento marcacao visita atendimento servico pet")
# What else may follow such a word, where it may stand at all.
THINGS = words("""
    meu minha meus minhas nosso nossa esse essa este esta gente senhora senhor moca moco dona doutora doutor menina menino pessoal
    cachorro cachorra cachorrinho cachorrinha cao gato gata gatinho gatinha dog doguinho bichinho bebe ele ela reserva tomar
    cancelamento remarcacao mudanca alteracao troca
""")
ME = words("mim gente nos")
FOR = words("pra para pro por p")
# "Confirma no dia", "na hora": then; "confirma a data" may ask which. "Nesse dia", "o horário" are the proposal's.
THEN = {"dia": words("esse este nesse neste desse deste meu"), "hora": words("essa esta nessa nesta dessa desta minha")}
THEN["data"] = THEN["hora"]
I_CONFIRM = words("confirmo confirmamos")
# Asked whether to cancel, these would rather say that the visit stands, but beside the deed itself.
RATHER_STANDS = words("""
    ta tou esta tudo td fica confirmada confirmadas confirmados combinado combinados fechado fechados fecha fecho
    fechou fechar fechadissimo fechadinho
    confirmadissimo confirmadissima confirmadinho certissimo certinho liberado garantido
""")

# Words that ask for a deed outright, and what else may stand in a message that books by itself.

# "Manda marcar", "já pode marcar", "bota o nome do Rex".
HURRY = whole_words(
    "(?:pode )?mandar?(?= (?:marcar|agendar|confirmar|remarcar|mudar|trocar|cancelar|desmarcar)\\b)",
    (
        "ja(?= (?:pode|podem|deixa|marca|agenda|fecha)\\b)|(?<=pode )ja|(?<=marca )logo|(?<=marcar )logo|(?<=confirmar )ja"
        "|(?<=agenda )logo|(?<=confirma"
        " )logo|(?<=fecha )logo|o nome(?= d[oae] )"
    ),
)
# "Pode né": whoever says no more than that would rather be told.
SEEKS_AGREEMENT = re.compile(r"(?:pode(?: ser)?|sim|ok|ta(?: bom)?|uhum)[ ,]+ne[ .!]*")
# What is only booked where it is free is no condition: "tem vaga sexta 10h? se tiver pode marcar".
_FREE = r"(?:se|caso) (?:tiver|houver)(?: vaga| horario| livre| disponivel)*,? ?(?:ai )?"
_THEN_BOOK = r"(?=(?:ja )?(?:pode )?(?:marc|agend|reserv))"
IF_FREE = re.compile(
    rf"\b(?:tem|teria|ha) (?:vaga|horario) ([^?]{{1,80}})\? ?(?:e )?{_FREE}{_THEN_BOOK}|\b{_FREE}{_THEN_BOOK}"
    r"|\b(?:se|caso) (?:tiver|houver) (?:vaga|horario) (?=\S)"
)
_MAY = "(?:pode(?:m)?|quero|queria|gostaria de|preciso|vou querer|vamos|favor|vim|podes)"
SET_DOWN = words("marcado marcada agendado agendada reservado reservada anotado anotada confirmado confirmada certo")
_SET_DOWN = "(?:agend|marc|reserv|anot)ad[oa]"
ASKED: dict[ProposalKind, re.Pattern[str]] = {
    "book": whole_words(
        f"{_MAY} (?:agendar|marcar|reservar|encaixar|anotar|colocar|botar|por|deixar (?:ja )?{_SET_DOWN})",
        (
            "(?:confirma|confirme|confirmar) (?:um|uma)|fecha|feche|agenda|agende|marca|marque|reserva|reserve|encaixa"
            "|encaixe|anota|anote|coloca|coloque|bota|bote|poe|ponha"
        ),
        f"deixa (?:ja )?{_SET_DOWN}",
        "(?:me )?(?:ve|arruma|arranja)(?: ai)? (?:um|uma|o|a)(?! (?:horario|vaga))",
        "(?:solicito|peco|gostaria de solicitar|venho solicitar|quero solicitar) (?:o |um |a |uma )?(?:agendamento|marcacao|reserva)?",
        r"\A\W*(?:agendar|marcar|reservar)|\A\W*(?:agendamento|marcacao|reserva)(?= ?[:-]| de )",
    ),
    "cancel": whole_words(
        "(?:pode|quero|queria|gostaria de|preciso|vou querer|favor) (?:cancelar|desmarcar)",
        "cancela|cancele|desmarca|desmarque",
    ),
}
_ITS_NOUN = "(?:cancelamento|remarcacao|mudanca|alteracao)"
# Its noun where it is only spoken of: "confirmo o cancelamento".
_THE = "(?: [oa]| ess[ea]| est[ea]| meu| minha)*"
NAMES_DEED = re.compile(rf"\bconfirm(?:o|a|ar|ad[oa]|e)(?: sim| ai| ja)*{_THE} {_ITS_NOUN}\b|\b{_ITS_NOUN} (?:ta |esta )?confirmad[oa]\b")
# And where it is done by it: "pode fazer a mudança".
BY_ITS_NOUN = re.compile(
    rf"\b(?:podem? )?(?:faz|fazer|faca|efetuar|efetue|realizar|realize)(?: sim| ai| ja)*{_THE}"
    rf" (?=(?:{_ITS_NOUN}|agendamento|marcacao|troca)\b)"
)
# Beside a verb of the deed its noun may be what the verb is done to: "cancela o cancelamento" keeps the visit.
DEED_NOUNS = words("cancelamento remarcacao mudanca alteracao")
# Who names the deed may go on to say something of it: "cancelar é caro".
_WANTED = ("pode", "podem", "quero", "queria", "vou", "vamos", "preciso", "precisar", "que", "de")
SPEAKS_OF_IT = re.compile("".join(rf"(?<!\b{word} )" for word in _WANTED) + r"\b(?:cancelar|desmarcar)\b|\bcancelamento\b")
WISH = whole_words(
    (
        "(?:eu )?(?:queria|gostaria de|(?:(?:to|tou|estou|ta|esta) )?precis(?:o|a|ando)(?: de)?|vou querer|venho"
        "|solicito|solicitar|peco|vim)"
    ),
    "(?:me )?(?:ve|arruma|arranja)(?= (?:ai )?(?:um|uma|o|a)\\b)",
)
NO_NEED = whole_words(
    "(?:nem|nao) precisa (?:nem )?(?:me |de )?(?:confirmar|perguntar|responder|avisar|ligar)(?: (?:comigo|nada))?(?: nao)?",
    "sem (?:me |precisar )?(?:perguntar|confirmar|responder)",
)
KEEPS_IT = whole_words(f"(?:(?:pode )?(?:ja )?)deix(?:a|ar|e) (?:ja )?{_SET_DOWN}")
# Who it is that writes, and whose the pet is.
I_AM = r"\b(?:(?:aqui )?quem fala e|aqui e|aqui fala|sou|me chamo|meu nome e)(?: [ao])?((?: (?:{}))+)\b"
OWNER = whole_words("(?:tutora?|don[oa]|mae|pai|mamae|papai|humana) d[oa]")
ONLY = r"\bso (?:o |um |a |uma )?(?=(?:{})\b)"
IN_A_REQUEST = words("""
    agora um uma me favor tomar cachorro cachorra cachorrinho cachorrinha cao gato gata gatinho gatinha dog doguinho pet bichinho bebe
    ele ela agendamento marcacao reserva coloca coloque colocar bota bote botar poe ponha encaixa encaixe encaixar anota anote anotar data
""")

# "Não quero banho nenhum", of its service and its pet alone: who wants no Friday wants another day.
WANTS_NONE = (
    r"\bnao(?: (?:quero|vou querer|preciso|precisa|vou precisar))(?: mais)?(?: d[eo])?(?: nenhum| nenhuma| o| a| dar| fazer)*"
    r" (?:{}|nada(?: marcado| agendado)?|horario nenhum)(?: nenhuma?| mais| nao| (?:d[eo]|pr[ao]|n[oa]) (?:{})| nel[ea])*+"
    r"(?= *(?:[.,;!?\n]|$))"
)

# A no to a reminder. Nothing else is one, not even "não cancela" or "não precisa": that may mean that there was no need to ask.

NOT_AT_ALL = re.compile(
    r"(?:(?:ah|oi|opa|hum|humm|entao|olha|poxa|infelizmente)\ )*+"
    r"(?:nao|negativo)(?:\ nao)*+(?:\ (?:posso|da|vai\ dar)(?:\ (?:nao|D))*+)?"
    r"(?:\ (?:moca|amiga|querida|gente|viu|ta|dessa\ vez|nao))*",
    re.VERBOSE,
)
# They would put something right: "não, esse".
POINTS_AT = words("esse essa este esta aqui ai la mim eu meu minha meus minhas nosso nossa isso")
# A presence that is asked for is refused by these, too.
_CANT = r"(?:vou|vamos|posso|podemos|poderei|poderemos|consigo|conseguimos|conseguirei|conseguiremos)"
_GO = r"(?:\ (?:ir|levar|comparecer|el[ea]|[oa]\ N|mais|ai|la|nao))*+"
NOT_COMING = re.compile(
    rf"""(?:(?:oi|infelizmente|poxa|pode|quero|queria|preciso|gostaria\ de|vou\ ter\ que|D)\ )*+
    (?: cancel(?:a|ar|e)
      | desmarc(?:a|ar)
      | desmarque
      | (?:(?:eu|a\ gente)\ )?(?:nao\ )?nao\ (?:{_CANT}|vai\ dar)(?:\ mais)?(?:\ (?:poder|conseguir))?{_GO}
      | (?:(?:eu|a\ gente)\ )?nao\ (?:irei|iremos)(?:\ (?:poder|conseguir))?{_GO}
      | (?:(?:eu|a\ gente)\ )?nao\ (?:(?:comparecer|levar)(?:ei|emos)|(?:estarei|estaremos)\ (?:ai|la)){_GO}
      | (?:(?:eu|a\ gente)\ )?nao\ (?:tenho|temos|vou\ ter|vamos\ ter|tem)\ (?:mais\ )?como\ (?:ir|levar|comparecer){_GO}
      | (?:(?:[oa]\ )?N|el[ea]|a\ gente)\ nao\ vai(?:\ (?:mais|poder\ ir|conseguir\ ir|ir))*+
      | (?:vou|vamos|posso|consigo)\ nao )
    (?:\ (?:o|a|de|do|da|pro|pra|pra\ mim|n[oa]|meu|minha|horario|agendamento|N|D|mais|ele|ela))*""",
    re.VERBOSE,
)
# Asked whether to cancel: that they do not come is no no, and no yes either. "Não vou cancelar" is another matter.
WILL_NOT_COME = re.compile(
    r"\b(?:(?:que|pq|porque|pois) )?(?:eu |a gente )?(?:nao ){0,3}nao (?:vou|vamos|vai|posso|podemos|poderei"
    r"|consigo|conseguirei|da|deu|tem como)\b"
    r"(?: (?:mais|poder|conseguir|dar|pra|para|ir|levar|comparecer|estar|chegar|el[ea]|o|a|n[oa]|nesse|esse|D|T|M|N"
    r"|dia|horario|mesmo|msm|nao"
    r"|infelizmente|ai|la)\b)*+(?! \w*r\b)(?! (?:cancel|desmarc|desmarq)\w*)"
)
# Beside the deed: that it is needed no more. By itself it may be the cancelling that is not needed.
NO_MORE_NEED = re.compile(r"(?:(?:^|\b(?:que|pq|porque|pois) )(?:eu )?)nao (?:(?:vou|vai) (?:mais )?precisar|preciso)(?: mais| nao)*+$")
# And that they will come back to it.
AFTERWARDS = whole_words(
    "(?:e )?(?:depois|outra hora|mais pra frente)(?: eu| a gente)? (?:entro em contato|remarco|remarcamos|marco de novo)"
    "(?: quando (?:puder|der))?(?= *(?:[.,;!]|$))"
)
# Other ways to say the deed itself.
TAKES_OFF = whole_words(
    (
        "(?:vou|vamos|tenho|terei|teremos|temos|vou ter|vamos ter) (?:que|de) (?:cancelar|desmarcar)(?: mesmo| msm)?"
        "|(?:vou|vamos) (?:precisar )?(?:cancelar|desmarcar)(?: mesmo| msm)?"
    ),
    "(?:precis[oa]|vou precisar|queria|gostaria de) (?:cancelar|desmarcar)",
    "(?:cancela|cancelar|desmarcar|desmarca) (?:mesmo|msm)|podem? (?:tirar|retirar)(?: el[ea])?(?! [a-z])",
    (
        "(?:pode |podem )?(?:tir[ae]r?|retir[ae]r?|remov[ae]r?|remover|exclu[ai]r?)(?: (?:el[ea]|isso|o|a|d[oa]|N|D|T"
        "|horario|agendamento))* d[ao] agenda"
    ),
)
# Why the old time does not suit.
WHY_IT_MOVES = re.compile(
    r"\b(?:(?:que|pq|porque|pois) )?(?:n[oa] |as )?W(?: (?:as )?W)*(?: (?:eu|a gente|ja|mesmo))* (?:(?:ja )?(?:tenho"
    r"|trabalho|estudo|viajo|vou (?:viajar|trabalhar))\b(?: (?:medico|consulta|prova|aula|compromisso"
    r"|reuniao|trabalho))?|nao (?:ia|iria|vou"
    r"|vai|posso|podia|poderia|consigo|dava|daria|da|rola"
    r"|tem como)\b(?: (?:dar|conseguir|poder|ir|levar|mesmo|msm|pra mim|pra gente|nao|el[ea]))*+)"
    r"(?!(?: (?:pra|para|mais|de|que))* \w+r\b)"
)
# What it moves from: "passa de segunda pra terça".
MOVES_FROM = re.compile(r"\bd[aeo] W(?: (?:as )?W)*(?= (?:pra|para|pro) (?:a |o |as )?[DT]\b)")
# Why a bath is due: it changes nothing of it.
NEEDS_IT = re.compile(
    r"\b(?:(?:que|pq|porque|pois) )?(?:(?:o |a |esse |essa )?(?:bichinho|bichinha|bicho|coitad[oa]|danad[oa]"
    r"|cachorr[oa]|gat[oa]|dog|el[ea]) )?(?:ja )?"
    r"(?:(?:ta|tah|esta|anda|ficou|fica)(?: (?:muito|um|uma|bem|tod[oa]|tao|so|meio|puro|pura))* "
    r"(?:fedend[oa]|fedid[oa]|fedidinh[oa]|fedorent[oa]|sujo|suja|sujinh[oa]|imund[oa]|podre|enlamead[oa]|peludo"
    r"|peluda|cabelud[oa]|precisando|pret[oa] de suj[oa]|mau cheiro|fedor|fedentina|inhaca|cheiro ruim|gamba"
    r"|catinga|lama|nojo|encardid[oa])"
    r"|(?:rolou|se sujou|se jogou|deitou|brincou|pulou|se esfregou|se enfiou|entrou|correu) (?:tod[oa] )?(?:n[oa]|d[eao]|num|numa) "
    r"(?:lama|barro|terra|areia|grama|poca|chuva|carnica|lixo|quintal))"
    r"(?: (?:demais|muito|hoje|ontem|de novo|mesmo|que so|tod[oa]))*(?! \w*(?:do|da) )\b"
)

# Who speaks next, where an answer is neither yes nor no: signs that something else is wanted, which the model can answer.
WISHES = whole_words(
    r"com|mas|porem|so|se|ou|nem|sem|tambem|junto|mais|menos|outr[oa]s?|tod[oa]s?|cada|antes|depois|quinzena\w*|semana\w*|mensal\w*",
    r"mud\w+|troc\w+|remarc\w+|cancel\w+|desmarc\w+|inclu\w+|adicion\w+|acrescent\w+|prefir\w+|prefer\w+|gostaria|queria|preciso",
    "quanto|qual|quais|quando|onde|como|porque|pq|quem|pessoa|atendente|humano|desconto",
)
UNDECIDED = whole_words("com (?:el[ea]s?|meu|minha|o pai|a mae)|(?:mais tarde|depois|em breve|daqui a pouco|ja ja)")
# What may ask to be told or to be given something else, though every word of it could stand in a yes.
MAY_ASK_TO_BE_TOLD = whole_words(
    "me confirma",
    "confirma(?:r|me)? (?:pra|para) mim [oa]s? (?:horario|hora|data|dia|visita|agendamento)",
    "confirma(?:r|me)? [oa]s? (?:horario|hora|data|dia|visita|agendamento) (?:pra|para) mim",
)
MAY_ASK_FOR_ANOTHER = whole_words(r"(?:mud|troc|alter|transf|pass|remarc|marc|agend)\w* (?:o |a |de )?(?:horario|hora|data|dia)(?! [DT])")
# Customers are called by these as rarely as they are meant by them.
NO_NAMES = words("nao nem sem mas talvez outro outra nunca depois quase antes amanha hoje agora")
