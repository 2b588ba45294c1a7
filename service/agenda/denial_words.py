"""The words of a no, without case and accents, by what was asked: rows that refuse, and what may stand beside one. `agreement` reads them.

A list here allows. A row is read after the proposal's own details were marked (D a day, T a time, M a part of the day, N a name; W what a
move would leave behind), and gives no word back (`*+`): a long "não não não" would else be tried in every way.
"""

import re

from service.agenda.agreement_words import words
from service.agenda.proposals import ProposalKind
from service.language.phrases import either

REFUSED = " X "

# What is refused or kept, and where.
_THINGS = (
    r"(?: (?:o|a|os|as|esse|essa|este|esta|isso|nada|meu|minha|nosso|nossa|d[oa](?! jeito)|de|d[eo]l[ea]|pr[oa]|para|pra|n[oa]|el[ea]|N|M"
    r"|nenhuma?|agendamento|horario|hora|data|dia|vaga|visita|reserva|mudanca|troca|marcacao|cancelamento{})\b)*+"
)
_THING = _THINGS.format("|D|T")
_NO = r"nao(?: nao)*+"
_DEED: dict[ProposalKind, str] = {
    "book": r"(?:marc|marqu|agend|reserv|anot)\w*?(?:ar|a|e|o|em)\b",
    "reschedule": r"(?:remarc|remarqu|mud|troc|troqu|alter|transf|pass|mex)\w*?(?:ar|er|ir|a|e|o|em)\b",
    "cancel": r"(?:cancel|desmarc|desmarq|mex|tir)\w*?(?:ar|er|a|e|o|em)\b",
}
# What one does not want, need or manage. Asked whether to cancel, "não vou" may mean the visit.
_WANT = (
    r"quer(?:o|emos)|vou querer|vamos querer|precis(?:o|a|amos)|(?:sera|e|seria) necessari[oa]"
    r"|(?:ha|tem) necessidade|ha interesse|me interessa|(?:to|estou) interessad[oa]|vou precisar|vai precisar|carece|pode|tenho interesse"
)
_MANAGE = (
    r"vou poder|vou conseguir|vou|vamos|posso|podemos|poderei|consigo|conseguirei|da|vai dar|deu|vai rolar|rola|compensa|interessa"
    r"|vai ser possivel"
)
_WILL: dict[ProposalKind, str] = {"book": f"{_WANT}|{_MANAGE}", "reschedule": f"{_WANT}|{_MANAGE}", "cancel": _WANT}
_FLAT = r"deus me livre(?: d?e? ?{deed}{thing})?|negativo|nem pensar|de jeito nenhum|de forma alguma|nada disso|jamais"
_GIVE_UP = r"(?:(?:pode|vou|vamos|melhor|e melhor) )?"
_LEFT = either(
    rf"{_GIVE_UP}esquec(?:e|a|er){_THING}", rf"{_GIVE_UP}deix(?:a|ar|e)(?: isso)?(?: (?:pra|para) la| quieto| queto| de lado)",
    "melhor deixar",
    r"mud(?:ei|amos) de (?:ideia|planos?|opiniao)",
)  # fmt: skip
_ANOTHER_TIME = r"(?:(?:a |uma )?(?:proxima|outra)(?: vez| ocasiao| oportunidade| hora)?)"
_DROPPED = either(
    rf"(?:eu )?desist(?:o|i|imos|indo)(?: de {{deed}}{_THING}| d[oa]{_THING})?",
    rf"{_GIVE_UP}deix(?:a|ar|e) passar|vou passar (?:essa|dessa|esta)(?: vez)?",
    rf"(?:{_GIVE_UP}deix(?:a|ar|e)|fica|ficou|vai ficar)(?: isso)? (?:pra|para) {_ANOTHER_TIME}",
)  # fmt: skip
# "Pode manter", "prefiro deixar marcado", "continua de pé".
_HOLD = r"(?:(?:quero|vou|vamos|pode|podem|prefiro|prefere|melhor|e melhor|e pra|era pra|eu|a gente|o|a|N) ){0,4}+"
_MANTER = r"mant(?:er|em|enha|enham|enho|e)"
_STAY = r"(?!fic\w+ (?:ja )?confirmad)(?:deix(?:a|ar|e|em|o)|fic(?:a|ar|ue|o)|continu(?:a|ar|e|o)|segue|permanec(?:e|er|a))"
_AS_IT_IS = r"(?:como (?:ja )?|(?:do jeito|assim) (?:que|q) (?:ja )?)(?:esta|ta|tava|estava|era|combinado)"
_BOOKED = r"(?:(?:ja )?(?:marcad|agendad|confirmad|reservad|anotad)[oa]s?|de pe|na agenda)"
_FORMER = (
    rf"(?:{_AS_IT_IS}|(?:n[oa]|[oa]|d[oae]|as|em|pr[oa]|pra|para|mesm[oa]|dia|horario|hora|data|N| )*?(?:antig[oa]"
    rf"|original|anterior|de antes"
    rf"|que (?:ja )?(?:tava|estava|era)|W(?: (?:as|n?[oa]|d[ae]|W))*))(?: (?:{_AS_IT_IS}|mesmo))*"
)
_KEPT: dict[ProposalKind, str] = {
    "cancel": rf"{_HOLD}(?:{_MANTER}(?:{_THING})(?: {_AS_IT_IS}| {_BOOKED})?"
    rf"|{_STAY}{_THING} (?:{_AS_IT_IS}|{_BOOKED})(?: normal(?:mente)?)?(?: {_AS_IT_IS})?{_THING})",
    "reschedule": rf"(?:prefiro|melhor) (?=[^,]{{0,40}}(?:W|antig|original|anterior|de antes)){_FORMER}"
    rf"|{_HOLD}(?:{_MANTER}(?: {_FORMER}|(?: (?:o|a|meu|minha))?(?: (?:horario|agendamento|N))?(?=END))"
    rf"|{_STAY} {_FORMER})",
}
_THE_DEED = "(?:cancelamento|mudanca|troca|remarcacao|alteracao|agendamento|marcacao|reserva)"
_END = r" ?(?:X|$|mesmo|assim|entao|moca|viu|ta\b)"


def _refusals(kind: ProposalKind) -> re.Pattern[str]:
    will, deed = _WILL[kind], _DEED[kind]
    # "Não muda o horário" may go on with "só o dia".
    thing = _THING if kind != "reschedule" else _THING.replace("|agendamento|horario|hora|data|dia", "|agendamento")
    rows = [
        rf"nao(?: precisa| quero)? (?:faz|faca|fazer)(?: mais)?(?: [oa]| ess[ea]| nenhuma?)* {_THE_DEED}(?: nenhuma?| nao)*",
        # "Melhor não mexer", "não quero mais marcar nada", "nem precisa mais".
        rf"(?:(?:(?:acho |achei )?melhor|prefiro|preferi|resolvi|decidi|optei por|achei por bem|podem?(?= nao {deed})) )?{_NO}(?: mais)?(?:"
        rf" (?:{will})\b)?(?: mais)?(?: (?:(?:ser )?(?:preciso )?(?:e "
        rf"|era )?(?:pra |para )?)"
        rf"{deed}{thing})?(?: mais)?(?: nao)*+(?! (?:o|a) (?:dia|hora|horario|data)\b)",
        rf"nem (?:{will})\b(?: mais)?(?: {deed}{thing})?(?: mais)?(?: nao)*+",
        # "Pode não", "precisa mais não", "cancela não".
        rf"(?:(?:{will}) )?{deed}{thing} nao(?: nao)*+",
        rf"(?:{will})(?: mais)? nao(?: nao)*+",
        rf"podem? nem {deed}{thing}",
        r"(?:isso|agora) nao(?: nao)*+|nao(?: quero)?(?: mais)? (?:isso|agora)",
        r"(?:ess[ea]|est[ea])(?: (?:horario|dia|data|hora))? nao(?: nao)*+",
        _FLAT.format(deed=deed, thing=thing),
        _LEFT,
    ]
    if kind == "cancel":
        rows.insert(0, r"(?:quero |vou )?desist(?:e|ir) d(?:o|esse|este) cancelamento")
        rows.insert(0, r"(?:eu )?desist(?:o|i|imos) de (?:cancel|desmarc)\w+|nao (?:faz|faca) isso(?: nao)?")
        rows.insert(
            0,
            r"(?:(?:podem?|quero|vou|preciso|gostaria de) )?"
            r"(?:cancel(?:a|ar|e)|desmarc(?:a|ar)|desmarque|desfaz|desfazer|anular?|suspender?)(?: sim)?"
            rf" (?:o|esse|este|meu)(?: pedido d[eo])? cancelamento{thing}",
        )
        rows.insert(0, rf"ainda quer(?:o|emos){_THING}")
        # Who comes wants nothing cancelled.
        rows.insert(
            0,
            r"(?:(?:eu|a gente|nos) )?(?:(?:estarei|estaremos|(?:vou|vamos) estar) (?:ai|la|presentes?)"
            r"|(?:vou|vamos|iremos|irei) comparecer)"
            r"(?: sim)?(?: T| D)*",
        )
    else:
        rows = [r"(?:podem? )?nao confirm\w+|confirm\w+ nao", _DROPPED.format(deed=deed), *rows]
    if kind in _KEPT:
        rows.insert(0, _KEPT[kind].replace("END", _END))
    # "Não vou esquecer" refuses nothing.
    return re.compile(rf"(?<!nao )\b(?:{'|'.join(rows)})\b(?! \w+[aeio]r\b)")


REFUSALS: dict[ProposalKind, re.Pattern[str]] = {kind: _refusals(kind) for kind in _DEED}

# Why somebody does not want it. Beside a no it changes nothing.
_RELATIVE = r"(?:minha|meu|a|o) (?:mae|pai|marido|esposa|mulher|filh[oa]|irma[o]?|vo|avo|sogr[oa]|vizinh[oa]|namorad[oa]|ti[oa])"
_TODAY_OR_HERE = r"(?: (?:em casa|aqui em casa|aqui|no quintal|hoje|hj|ontem|mesmo))*"
WHY_NOT = re.compile(
    either(
        (
            r"\b(?:ta|esta|ficou|achei|acho|e|eh)(?: (?:muito|meio|bem|tao|um pouco|bastante|mt|mto))? (?:car[oa]|salgad[oa]"
            r"|puxad[oa]|pesad[oa])"
            r"(?: (?:demais|pra mim|pra gente|para mim|pro meu bolso))*|\b(?:muito|meio|bem|tao|mt|mto) car[oa]|\bcar[oa] demais"
        ),
        r"\bnao (?:da|vai dar|posso|consigo|rola) (?:n[oa]|pra|as|em|nesse dia)?(?: ?(?:D|T|as))+(?: (?:pra mim|pra gente))?",
        (
            r"\b(?:n[oa] )?(?:D|T)(?: as T| T)*(?: (?:eu|a gente|pra mim|ja))* nao (?:da|vai dar|posso|consigo|rola|vou|vou"
            r" poder|vou conseguir|tem como)"
            r"(?: (?:pra mim|pra gente|ir|levar|mesmo|nao))*+(?! (?:cancel|desmarc))"
        ),
        (
            r"\b(?:eu |a gente )?(?:vou|vamos|tenho que|preciso) (?:trabalhar|viajar|sair|estar (?:fora|viajando|trabalhando"
            r"|ocupad[oa]))(?: (?:n[oa] )?D| nesse dia)?"
        ),
        r"\b(?:(?:el[ea]|o N|a N) )(?:ta|esta) (?:doente|doentinh[oa]|gripad[oa]|resfriad[oa]|no cio|operad[oa])",
        (
            r"\b(?:(?:esse|este|nesse) mes )?(?:eu )?(?:to|tou|estou|ando|fiquei)(?: meio| muito)? (?:sem (?:grana|dinheiro"
            r"|tempo|condicoes|carro)"
            r"|apertad[oa]|quebrad[oa]|lis[oa]|dur[oa])(?: (?:(?:esse|este|nesse) mes|no momento|agora))?"
        ),
        (
            rf"(?<!nao )(?<!X )\b(?:(?:eu|a gente|{_RELATIVE}) )?(?:ja (?:deu|dei|demos)|va[io] dar|vamos dar|vou dar) "
            rf"(?:um |o )?(?:banho|N)(?: n?el[ea])?{_TODAY_OR_HERE}"
        ),
        (
            rf"\b(?:(?:eu|a gente|{_RELATIVE}) )?ja (?:levou|levei|levamos)(?: el[ea])? (?:em outro|noutro|num outro)"
            r" (?:lugar|pet ?shop)(?: ontem| hoje)?"
        ),
        (
            r"\b(?:ja )?(?:arrumei|achei|consegui|marquei|resolvi|arranjei)(?: (?:vaga|horario))?(?: (?:em|n)o?u?t?r?o?"
            r" ?outro lugar| aqui perto)"
        ),
        (
            r"\b(?:(?:me )?(?:surgiu|tive|apareceu|aconteceu|deu)) (?:um |uns |uma )?(?:imprevistos?|problemas?|contratempos?"
            r"|compromissos?)(?: aqui| em casa)*"
        ),
        r"\b(?:(?:eu|a gente) )?(?:vou|vamos|vai|estarei|to|tou|estou) (?:viajar|viajando|estar viajando)(?: D| n[oa] D| nesse dia)*",
        (
            r"\b(?:(?:n[oa] )?(?:D|T)(?: T| as T)? |nesse (?:dia|horario) )?(?:eu )?(?:ja )?(?:trabalho|estudo|viajo"
            r"|tenho (?:consulta|medico|prova|aula|compromisso|reuniao|trabalho))(?: (?:n[oa] )?D| nesse (?:dia|horario))?"
        ),
    )
    + r"\b(?!(?: (?:pra|para|mais|de|que))* \w+r\b)"
)
# The same as the reason of a cancellation: "cancela que tá caro".
WHY_IT_GOES = re.compile(rf"(?:\b(?:que|pq|porque|pois) )?(?:{WHY_NOT.pattern})")
# Why the old time will do.
WHY_NOT_MOVE = re.compile(
    rf"(?<!X )(?<!nao )\b(?:(?:eu|a gente) )?(?:vou|vamos|vai|consigo|da pra|posso)(?: conseguir)? (?:ir|levar)(?:"
    rf" el[ea]| [oa] N)?(?: sim)?(?: {_FORMER})?\b(?! [DTM])"
    rf"|(?<!X )(?<!nao )\b(?:vou|vamos|vai) {_FORMER}\b(?! [DTM])"
)
WHY_NOT_MOVE = re.compile(
    rf"{WHY_NOT_MOVE.pattern}|\b(?:eu )?consegui (?:trocar (?:o |meu |o meu )?plantao|folga)(?: no (?:servico|trabalho))?"
    r"(?: com (?:a|o|uma|um) colega)?\b"
)
# Why a visit stands after all.
WHY_IT_STANDS = re.compile(
    r"(?<!X )(?<!nao )"
    + either(
        r"\b(?:eu )?consegui (?:(?:uma )?carona|folga|ir|levar|resolver|quem leve|alguem (?:pra|para) levar)",
        (
            r"\b(?:(?:eu|a gente|nos) )?(?:vou|vamos|vai|consigo|iremos|da pra|posso)(?: conseguir)? ?(?:levar|ir"
            r"|comparecer)?(?: el[ea])?(?: (?:sim|la|ai))+"
        ),
        (
            r"\b(?:(?:eu|a gente|nos) )?(?:vou|vamos|vai|consigo|da pra|posso)(?: conseguir)? (?:levar|ir|comparecer)(?:"
            r" el[ea]| [oa] N)?(?: sim| mesmo)*"
        ),
        r"\b(?:eu|a gente|nos) (?:vou|vamos|vai)(?= ?$)",
        r"\b(?:el[ea]|[oa] N) (?:ta |esta )?precisa(?:ndo)?(?: muito)? d[eo](?: N)?\b",
        r"\bdeu certo(?: aqui)?",
    )
    + r"\b(?! \w*r\b)"
)
# Said beside a refusal in one clause.
SOFT = words("""
    ah oi opa ola hum humm olha olhe poxa puxa infelizmente entao oxe oxente uai vixe vish eita ixi nossa bah tche sabe moca moco amiga
    amigo querida querido gente pessoal viu ta tah ok mesmo msm senhora senhor mano cara ne k kk rs haha eu ai aqui sim assim
    momento aff ue ora filha minha meu filho pera perai opa deixa deixe
""") - {"sim", "ok"}
SOFT_ROWS = re.compile(
    r"\b(?:(?<!passar )(?:dess?ta?|dessa|desta|essa) vez|por (?:enquanto|ora|hora|agora)"
    r"|no momento|pens(?:ei|amos|ando) (?:bem|melhor)(?: aqui)?"
    r"|nao (?:e|era|foi) (?:bem )?isso(?: nao)?|na verdade|na vdd|quer saber|acho que|pra mim|por mim|(?:esse|este) mes"
    r"|(?:eu )?me (?:enganei|confundi|expressei mal)|foi (?:sem querer|engano|um engano)|(?:claro|logico|obvio) que(?= nao\b)"
    # When it is that nothing is wished: "hoje não vou querer marcar".
    r"|(?:hoje|hj|agora)(?= (?:eu )?(?:nao )+(?:vou )?quer(?:o|er)\b)|(?<=marcar )(?:hoje|hj|agora)(?= *(?:$|nao\b))"
    r"|(?<=agendar )(?:hoje|hj|agora)(?= *(?:$|nao\b)))(?!\w)"
)
