"""The words that may stand beside days and times: those that bound, join and refuse them, and those that say nothing of when.

What is in neither is not understood, whatever it is.
"""

import re
from typing import Literal

MarkName = Literal[
    "not", "except", "from", "after", "before", "until", "between", "on", "but", "yes", "or", "and", "nor", "comma", "at", "to", "stop",
    "any", "gap", "rather", "is",
]  # fmt: skip

_CAN = (
    "posso|podemos|pode|poderia|consigo|conseguimos|conseguiria|da|daria|rola|quero|queremos|queria|serve|vou|vai|estou|estarei"
    "|dar|tenho como|tem (?:como|jeito|chance|condicao)|poder|conseguir|disponivel|ser|ir|levar|vir|livre|to|tou|vai dar"
    "|vou conseguir|vou poder"
)
# What a shop may not have, and how the other choice is then put: "se não tiver vaga, pode ser sábado".
_HAS_NOT = (
    r"(?:(?:e|mas|ou|ai|dai) ){0,2}(?:se|caso) (?:n|nao) (?:tiver(?:em)?|tenha[m]?|houver|haja|der|rolar|role|conseguir(?:em)?"
    r"|puder(?:em)?|encaixar)"
    r"(?: (?:certo|pra|ser|vaga|vagas|horario|horarios|lugar|encaixe|mais|nada|nenhum|nenhuma|jeito|livre|disponivel|ai|la|nesse"
    r"|nessa|nesses"
    r"|esse|essa|dia|hora))*"
)
_THEN = r"(?:,? ?\b(?:entao|dai|ai|eu|quero|pode(?:ria)?(?: ser| marcar)?|serve|vai|marca|bota|poe|coloca|me encaixa|fica|seria|aceito)\b)*"
# The longer phrase first.
MARKS: tuple[tuple[MarkName, str], ...] = (
    ("or", _HAS_NOT + _THEN),
    ("or", r"se nao(?=,? (?:(?:n[ao]|as?|dia) )?(?:\x01|\d))|(?:na falta|(?:nao|n) (?:tendo|havendo|dando))(?: (?:vaga|horario|mais))?"),
    ("until", r"(?:nao|n) (?:pode )?pass(?:ar|ando|e|a|ou) d[aeo]s?(?: dia)?"),
    ("is", r"(?:q|que) (?:e|eh|sera|vai ser|cai)(?: logo| ja)?(?: em| n[oa])?"),
    ("any", "tanto faz(?: [ao] hor(?:a|ario))?|qualquer hor(?:a|ario)|(?:o )?dia (?:todo|inteiro)|sem preferencia"),
    (
        "at",
        "mais ou menos(?: [ao]s?)?|por volta d[aeo]s?|em torno d[aeo]s?|la pelas|la pras|la por|aproximadamente|cerca d[aeo]s?"
        "|pelas|umas|pras|pra as|para as|das|as",
    ),
    (
        "except",
        r"(?<!se )(?:(?:sendo|desde|contanto|basta|so) )?(?:q(?:ue)? )?(?:nao|n) (?:seja|sendo|caia|caindo)(?: em| n[oa]s?)?"
        r"|a nao ser(?: que seja)?|sem ser|menos|exceto|fora(?! de\b)|tirando|salvo|com excecao d[aeo]s?"
        "|(?:em vez|ao inves|no lugar) d[aeo]s?",
    ),
    (
        "not",
        rf"(?:nao|n|nunca)(?: (?:{_CAN})\b)*(?: mais(?! (?:tarde|cedo|d[eo]|que)\b))?(?: nunca| de jeito nenhum| de jeito maneira)?"
        "|(?:e )?nem pensar(?: em)?|nem a pau|nem ferrando|sem (?:chances?|condicao|condicoes|possibilidade)|(?:e )?(?:impossivel"
        "|inviavel)|jamais"
        "|(?:ta )?fora de (?:cogitacao|questao)|de jeito (?:nenhum|maneira)",
    ),
    (
        "from",
        "a partir d[aeo]s?(?: dia)?|a partir|desde(?: [ao]s?)?(?: dia)?|no minimo(?: a partir d[aeo]s?)?(?: [ao]s)?(?: dia)?"
        r"|(?:comecando|contando|iniciando)(?! as?\b)(?: a partir)?(?: d[aeo]s?| em| n[oa])?(?: dia)?",
    ),
    ("after", "depois d[aeo]s?(?: dia)?|depois(?! (?:n[ao]s?|pr[ao]s?|para|em) )|apos(?: [ao]s?)?(?: dia)?"),
    ("before", "antes d[aeo]s?(?: dia)?|antes"),
    (
        "until",
        "ate (?:n?o )?maximo(?: n?[ao]s?)?(?: dia)?|(?:no maximo |(?:n?o )mais tardar )?ate(?: [ao]s?| n[ao])?(?: dia)?|no maximo"
        "|(?:n?o )mais tardar|sem passar d[aeo]s?(?: dia)?",
    ),
    ("between", "entre(?: [ao]s?)?(?: dias?)?"),
    ("on", "em diante|(?:pra|para) (?:a )?(?:frente|cima|la(?! (?:pel|pra|d)[aeo]s?))|adiante"),
    ("but", "mas|porem|so|somente|apenas"),
    # "Não quero mais sexta, quero quinta": what is wanted instead begins anew.
    ("yes", r"(?<=, )(?:eu )?(?:quero|queria|(?:tem|teria) que ser)"),
    ("yes", "pode(?:mos|ria|riam)?(?: ser)?|posso|consigo|conseguimos|serve|rola|sim|isso"),
    ("rather", "prefiro|prefere|preferimos|preferia|melhor"),
    ("or", "ou entao|senao|ou|quanto"),
    ("and", "e tambem|e|mais"),
    ("nor", "nem"),
    ("to", "aos?|a"),
)
SIGNS: tuple[tuple[MarkName, str], ...] = (
    ("or", "/"),
    ("comma", "[,;]| [-\u2013] "),
    ("to", r"[-\u2013]|(?<=[\x01\d])~(?=[\x01\d])"),
    ("stop", r"[.!?]+"),
)

# How a customer speaks to the shop, and what courtesy adds: no condition, though it may sound like one.
_PRAISE = (
    "bem|anjo|amor|querid[oa]|filh[oa]|fi[ao]|linda|lindeza|flor|amig[oa]|amad[oa]|jovem|rei|rainha|princesa|vida|joia|tesouro|coracao|nega"
    "|patrao|parceir[oa]|chefe"
)
_YOU = "(?:(?:vc|voce|vcs|voces|tu|a senhora|o senhor|a sra|o sr|a moca|ai) )?"
_TROUBLE = (
    "(?:(?:muito|mto|mt|tanto|dar|nenhum|pedir|um) )*(?:incomod(?:o|ar)|abus(?:o|ar)|atrapalhar|trabalho|problema|transtorno"
    "|pedir (?:muito|demais))"
    "(?: demais| muito)?"
)
COURTESIES = (
    rf"(?:(?:o|oh|viu|ta|ne) )?(?:meu|minha) (?:{_PRAISE})|viu(?: so)?|ne"
    r"|(?:se|caso) (?:ainda )?(?:(?:vcs?|voces?) )?(?:tiver(?:em)?|houver|tenha|haja) (?:vagas?|horarios?|lugar|encaixe|como"
    r"|disponibilidade|possibilidade)"
    r"|(?:desde|contanto|sendo|basta) q(?:ue)? (?:seja|for|caia)(?= (?:(?:de|n[ao]|as?|em|pela|entre|ate) )*(?:\x01|\d))"
    rf"|se {_YOU}(?:possivel|puder(?:em)?|pudesse(?:m)?|der(?: pra ser)?|quiser(?:em)?|conseguir(?:em)?|for possivel|der certo"
    rf"|nao (?:se )?importar(?:em)?"
    rf"|nao (?:se )?incomodar|nao for {_TROUBLE}|nao der (?:muito |mto )?trabalho|nao (?:tiver|houver) problema"
    rf"|for da vontade de deus|nao atrapalhar)(?: (?:pra|para) (?:vc|voce|vcs"
    rf"|voces|ti|a senhora))?"
    "|(?:e )?(?:se|querendo|permitindo) deus(?: (?:quiser|permitir|abencoar|ajudar))?|deus (?:quiser|permitir|querendo|permitindo)"
    "|gracas a deus|com (?:a )?(?:fe|graca|ajuda) (?:em|de) (?:deus|nosso senhor)|pel[oa] amor de deus|ave maria|nossa senhora"
    "|(?:que )?deus (?:te|lhe|os|vos) (?:abencoe|pague|ajude|guarde)|fi(?:ca|que|quem) com deus|amem"
    "|(?:desde ja|muito|mto) (?:obrigad[oa]|grat[oa]|agradecid[oa])|(?:desde ja )?(?:eu )?agradeco(?: desde ja| muito| (?:a"
    "|pela) (?:atencao|gentileza|ajuda|paciencia|compreensao))?"
    "|(?:desde )?ja agradeco"
    "|tenha(?:m)? (?:um|uma) (?:bom|boa|otim[oa]|excelente|lindo|linda) (?:dia|tarde|noite|semana|fim de semana|final de semana)"
    "|(?:e )?(?:se )?(?:tudo der|der tudo) certo|(?:vcs?|voces?|ai) (?:(?:q|que) )?(?:sabem?|mandam?|decidem?|escolhem?)|bom trabalho"
    r"|boa semana|bo[mn] (?:fim|final) de semana|feliz natal(?!\w)"
    "|(?:me )?(?:desculp[ae]|perdoe?)(?: [oa] (?:incomodo|transtorno|demora|horario))?"
)
# What says that one is free, or that any of what was said will do.
_FREE = (
    r"(?:(?:eu|nos|a gente) )?(?:(?:to|tou|estou|estarei|vou estar|fico|estamos|tamo) (?:sempre )?"
    "(?:livres?|disponive(?:l|is)|de boas?|tranquil[oa]s?|sossegad[oa]s?|a toa|desocupad[oa]s?|de folga|em casa)"
    "|(?:ta|esta|ficam?) (?:otim[oa]s?|perfeit[oa]s?|bom|bem|bao|certo|ok|bala|show|joia|beleza|massa|tri|valendo|suave|tranquilo"
    "|de boa))"
    "(?: (?:pra|para|por) mim)?"
)
_REST = (
    r"(?:(?:n?o|de) resto|n?[oa]s (?:outr[oa]s|demais)|tod[oa]s [oa]s (?:outr[oa]s|demais)|qualquer outr[oa]|no mais)"
    r"(?: (?:dias?|horarios?|horas?|da semana))*"
    r"(?: (?:(?:e|eh|ta|to|esta|estao|fica|ficam)? ?(?:tudo |td )?(?:bem|ok|certo|tranquilo|de boa|livre|liberado|bom|otimo)"
    r"|pode(?:m)?(?: ser)?|da|dao|serve(?:m)?"
    r"|rola|consigo|posso|topo|sem problemas?))"
)
_NIGHTS = r"(?:\d{1,2}|uma|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|quinze) (?:noites?|noitinhas|diarias?|pernoites?)"
PHRASES = (
    # What is asked of a shop's hours bounds no wish.
    r"(?:ate|desde|a partir d[aeo]|de) q(?:ue|uais)? ?horas?|ate quando|"
    r"(?:saber|ver|perguntar) se(?= (?:(?:vcs|voces|ai|ainda) )?(?:tem|teria|ha|da|dava|daria|e possivel|consigo|posso|podem)\b)|"
    r"se (?:tiver|der)(?=,? (?:senao|se nao|ou)\b)|bo[mn] dia|boa (?:tarde|noite)|por (?:favor|gentileza)|de preferencia|na parte"
    r"|no periodo|pela parte"
    r"|na semana(?! (?:d[aeo]|antes|depois|seguinte|passada|retrasada|q|que)\b)|em ponto|no horario|nos horarios|de cada vez"
    r"|na (?:verdade|vdd)|por mim|pra mim|para mim"
    "|da (?:pra|para)(?: ser)?|tem como(?: ser)?"
    r"|(?:(?:(?:se|caso) (?:nao|n) (?:der|tiver|conseguir(?:em)?|rolar)),? )?(?:me (?:avisa|fala|liga|chama|diz|diga|avise)"
    r"|(?:avisa|fala)(?: ai| comigo))"
    f"|{COURTESIES}|{_FREE}"
    r"|(?:tem|teria|ha|haveria|ve|veja) (?:algum |alguma |um |uma )?outr[oa] (?:dia|data|hora|horario)(?: livre| disponivel)?"
    r"(?= ?(?:[?.!]|$))"
    r"|(?:n?o )?ultim[oa] (?:horario|hora|vaga)(?: (?:livre|disponivel|vag[oa]))?(?= (?:d[aeo]|n[ao]|por favor|pf)\b|$|[,.?!])"
    r"|(?:mais )?(?:um |uma )?outr[oa] (?=(?:banho|tosa|consulta)\b)|mais uma? (?=(?:banho|tosa|consulta)\b)"
    r"|(?:^|(?<=[,.!?] ))(?:se|caso) (?:tiver|houver)(?= (?:(?:vaga|horario|pra|para|n[ao]|as|de|dia) )*[\x01\d])"
    r"|(?:quinzenal|semanal|mensal)(?:mente)?,? (?:comecando|iniciando|a partir)(?: d[aeo]| em| n[ao])?(?= \x01)"
    r"|acho (?:que )?(?=[^,.!?]{1,30} (?:(?:e|eh|fica|seria) )?melhor\b)"
    r"|ja (?=(?:pode|posso|da|daria)\b)"
    r"|mudei de (?:ideia|plano|planos)|d[oe] (?:corrente|presente)(?: mes)?|o (?:q|que) (?:vcs? |voces? )?acham?"
    r"|pode deixar|o que (?:nao )?for mais facil|(?:por|durante) \d{1,2} (?:semanas|vezes)\b(?! antes| depois)"
    r"|(?:(?:o|a|no|na) (?:q|que)|oq|oque) (?:tiver(?:em)?|der|puder(?:em)?|for|ficar|estiver|tive|encaixar|sobrar|aparecer"
    r"|preferir(?:em)?|quiser(?:em)?)"
    r"(?: (?:mais|menos))?(?: (?:vazi[oa]|livre|vag[oa]|tranquil[oa]|facil|cheio|lotado|perto|disponivel|melhor|vaga|horario))?"
    r"(?: (?:pra|para) (?:vc|voce|vcs|voces|ti|a senhora|o senhor|loja))?"
    r"|qualquer (?:um|uma)(?: (?:dos|das) (?:dois|duas|tres|dias))?(?: (?:deles|delas|desses|dessas))?(?: (?:serve|da|ta (?:bom"
    r"|otimo)|pode|me serve))?"
    r"|qualquer coisa serve|(?:ta|esta) (?:bom|otimo|perfeito)|pode marcar|por obsequio|sem falta|sem problemas?|tudo (?:certo|ok"
    r"|tranquilo)"
    r"|(?:to|tou|estou) de ferias(?=,? (?:qualquer|pode|tanto faz|livre|entao))|tanto faz(?= (?:um|uma|qualquer|qual)\b)"
    rf"|(?:seria|e) possivel|tudo bem|{_REST}|(?:fora|tirando|exceto|menos|salvo|alem d)(?: |(?<=d))(?:isso|isto|esse dia|essa|esse"
    rf"|esses|ess[ea]s dias)"
    r"|falta(?:m|ndo)?(?= \x01)"
    rf"|(?:n?[ao] )?mesm[ao] (?:hora|horario)|mais nada|nada mais|{_NIGHTS}"
    r"|passar (?:n[ao]|pel[ao]) (?:vet|veterinari[oa])"
    # "Marca depois na quarta" bounds nothing.
    r"|depois(?= (?:n[ao]s?|pr[ao]s?|para|em) (?:dia )?(?:\x01|\d))"
)
WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        o os um uma de do da dos em no na nos nas pra pro pros para p que eu me meu minha ele ela
        oi ola ei ah opa s ok okay certo claro beleza blz obrigado obrigada obg brigado brigada valeu pf pfv pfvr favor
        quero queria queremos gostaria preciso precisa precisamos preferencia seria fica ficaria
        tem teria tiver tanto feira feiras dia dias data horario horarios hora horas parte periodo proxima proximo
        essa esse esta este nessa nesse nesta neste dessa desse desta deste agora ainda mesmo la ai entao tambem tb tbm tbem
        marcar marca marque agendar agenda agende reservar reserva reserve colocar coloca encaixar encaixa vaga vagas livre disponivel
        banho tosa consulta poe bota deixa ser tudo certinho obsequio folga msm moca moco querida querido linda amor flor amiga amigo mano
        marcado bora vamos grata grato fechado combinado vc voce vcs voces uai oxe tche bah visse gente senhora senhor tipo ta td q vlw
        """,
    )
)  # fmt: skip
_AT = r"(?:(?:as?|n[ao]s?|pr[ao]s?|pelas|umas|(?:depois|antes) d[ao]s?|ate(?: [ao]s?)?) )?"
# What these words mean with others is no part of a day: "mais tarde" is no afternoon.
# "Não tem sexta?" wishes for it.
NOT_KNOWN = (
    # Somebody is to be called then.
    rf"(?:me )?(?:avis[ae]|lig[ae]|cham[ae]|fal[ae]|respond[ae])(?= {_AT}(?:\x01|\d))"
    r"|(?:[on]o? )?dia (?:antes|depois|apos|seguinte|anterior|posterior)"
    r"|[dn][ao] (?:proxim[ao]|outr[ao]|seguinte)\b(?! (?:semana|quinzena|mes|feira|vez|dia|\x01))"
    r"|(?:meia|uma?|uns|umas|dois|duas|\d{1,2}) (?:hora|dia|semana|mes)(?:s|es)? (?:antes|depois|apos)"
    r"|(?:nao|n) (?:n?ess[ae]s?|n?est[ae]s?)\b(?! \x01)|mais (?:tarde|cedo)|pelo menos|(?:pra|para|por) la d[aeo]s?|muito tarde"
    r"|ate tarde|\d{1,2}-(?:0?\d|1[0-2])"
    r"|(?:nao|n) (?:abrem?|funcionam?|atendem?)\b"
    r"|(?:nao|n|nunca) (?:tem(?! (?:como|jeito|chance|condicao)\b(?= *(?:$|[,.!])))|tinha|teria|ha|haveria|precis\w+|gostaria"
    r"|prefiro|fica|ficaria"
    r"|seria|marca\w*|agenda\w*|reserva\w*"
    r"|coloca\w*"
    r"|encaixa\w*|poe|bota\w*|deixa\w*|tudo|tanto|mesmo|ainda|e|so|somente|apenas)"
)

# What else may stand beside a day or time in a customer's message: who writes, for whom, what for, and the words around every wish.
# A verb in the past, another appointment, a condition or a reference to something before is none of these.
AROUND = WORDS | frozenset(
    re.findall(
        r"\w+",
        """
        aberta aberto abertos abraco abracos abre abrem abrir abrira aceitar acrescentar adia adiantar adiar adicionar
        adoraria adulto agenda agendada agendado agendamento agendamentos agendar agende agendo agora agradeco ah ahaha
        aham ai ainda ajudar alguem ali altera alterar amiga amigo animais animal ao aos aqui atende atendem atendente
        atender atendimento avaliacao avisa avisar banhinho banhos beagle beijo beijos beleza bem bichinho bicho bjs blz
        boa bom bons bora brigada brigadao brigado busca buscam buscar busquem c cachorra cachorrinha cachorrinho
        cachorro cachorros cadastra cadastrar cadela cadelinha caes calopsita cancela cancelado cancelamento cancelamentos cancelar cancele
        cao
        cartao celular certinho certo chama chamam claro cliente clientes cobra cobrado cobram coelha coelho coloca
        colocar com combinado como confirma confirmado confirmar confirme confirmo conseguem conseguir consultas contato
        corte creche credito custa custam custaria custo da dao dar dariam das data datas de debito deixa deixar deixe
        deixo dela delas dele deles dentes desculpa desculpe desmarca desmarcar desmarque diaria diarias dinheiro
        disponibilidade disponiveis disponivel do dog dogs doguinho dois dos duas duvida eai eh ei ela elas ele eles em
        encaixar encaixe endereco escolhe escolhem escolher entrega entregam entregar escovacao espera esperar essa essas esse esses esta
        estas este estes estou eu exato excelente faco fala falar fale favor favorzinho faz fazem fazer fecha fechado fechados
        fecham fechar feira femea fica ficam ficar fico fila filhote fizer flor fone for forma formas funciona funcionam
        funcionamento gata gatas gatinha gatinho gato gatos gente gentileza golden gostaria grata grato ha haha hahaha
        hamster haver hehe hehehe heim hein hey hidratacao higienica hm hmm horario horarios hospedagem hospedar hospedo
        hotel hotelzinho hum humano husky idade inclui incluir informacao informacoes ir isso isto joia kk kkk kkkk
        kkkkk la labrador lata legal leva levar levo lhe licenca ligar lista livre livres localizacao loja lulu macho
        maltes manda mandar maravilha marca marcada marcadas marcado marcados marcar marque massa me mensal meu meus mim
        minha minhas moca moco muda mudar mude na nas ne no nos nova novo numero oba obg obgd obrigada
        obrigado obsequio oi oie oii ok okay okey ola olha ond onde opa orcamento otimo ouvido p pacote pacotes paga
        pagamento pagar pago para parcela parcelado parcelam parcelar passar pega pegar pela pelagem pelo perfeito
        perguntar pessoal pet pets petshop pf pfv pfvr pinscher pix plano planos podem poder poderia poderiam poe poodle
        por porte possivel pra pras precisa precisar preciso preco precos pro pronto pros proxima proximo pug qnt qnto
        qto qtos quais qual quanta quantas quanto quantos quem quer querem queremos querer queria querida querido quero
        raca rapidinho rapido registra registrar remarca remarcar remarque reserva reservado reservar retorno rs rsrs
        rsrsrs sabe sabem saber sao sera seria servico servicos shih shop show spitz srd ta tabela tamanho tambem taxi
        tb tbem tbm tchau te telefone temos tenho ter teu ti tipo to toda todo top tosas tosinha tou trago tranquilo
        transfere transferir transporte traz trazer troca trocar tu tua tudo tzu uai ue uhum uma umas unha unhas uns
        urgente vacina vacinas vaga vagas vai valeu valor valores vamos vc vcs ve veja vem ver vir vira viu vixe voltar vlw
        voce voces vou whats whatsapp york yorkshire zap
        antecipa antecipar antecipe joga jogar pensando pensei pensava tava estava querendo dava tomar
        algo algum alguma ambas ambos aparar consegue cortar entra entrada entrar lavar qero qro tosar
        """,
    )
)  # fmt: skip
# Of these the words that give an hour, or a part of the day, to something else than a beginning: when a pet is ready or fetched.
OTHER_HOURS = frozenset(
    re.findall(
        r"\w+",
        """
        pronto busca buscam buscar busquem pega pegar entra entrada entrar entrega entregam entregar voltar ligar falar mandar
        """,
    )
)
# And those that give it to the shop: "abre às 8?"; "abre de tarde?" is of when one might come.
SHOPS_HOURS = frozenset(
    re.findall(r"\w+", "abre abrem abrir abrira aberta aberto fecha fecham fechar fechados funciona funcionam funcionamento")
)
# What says that its sentence is the wish, where another sentence names a day, too.
WISHES = (
    r"quero|queria|queremos|queriamos|gostaria|preciso|prefiro|preferia|pode(?:ria)?|posso|consigo|conseguimos|conseguiria|rola|seria|serve"
    r"|(?:deixa|fica) (?:pra|para)|(?:tem|teria|tinha) que ser|precisa(?:va|ria)? ser"
    r"|so|somente|apenas|livre|disponivel|(?:tem|teria|tiver|ha) (?:vaga|horario|como)"
    r"|da (?:pra|para)|tem como|ta (?:bom|otimo|perfeito)"
    r"|marc(?:a|ar|ue)|agend(?:a|ar|e)|reserv(?:a|ar|e)|coloca|encaixa|poe|bota|entao"
)
# What begins a reason: whatever it tells of is no day or time that is wished for.
REASONS = (
    r"(?:q|que) (?:eu|aqui|ele|ela|eles|elas|o|a|os|as|meu|minha|meus|minhas|la|ai|hoje|depois|antes|nos|e|eh|foi|vou|tenho"
    r"|trabalho|saio|entro"
    r"|chego|to|tou)"
    r"|pq|pqe|porque|porq|pois|ja que|visto que|uma vez que|por (?:causa|conta) d[aeo]s?|(?<=[,.!?] )(?:e|eh) (?:q|que)"
)
# What begins a sentence that only says why, or what for, and names no day or time: "pra ele ficar cheiroso", "são minhas folgas".
EXPLAINS = (
    r"(?:(?:e|ai|assim) )?(?:(?:(?:pra|para|pro) (?:(?:el[ea]s?|eu|nos|gente|a gente|[oa]s? \w+) )?(?:nao )?\w+[aei]r)"
    r"|(?:(?:el[ea]s?|(?:[oa] |ess[ea] )?(?:bichinh[oa]|bich[oa]|coitad[oa]|danad[oa]|cachorr[oa]|gat[oa]|dog|menin[oa])) )"
    r"(?:(?:ja|so|que) )?(?:ta|tah|tao|esta|estao|anda|andam|ficou|ficaram|precisam?|vive|vivem|merecem?|ama|adoram?|gostam?)"
    r"|(?:e|eh|sao) (?:[oa]s? )?(?:(?:meu|minha|noss[oa])s? \w+|\w+(?: \w+)? d(?:el[ea]s?|[oa] \w+))"
    r"|(?:eu )?(?:to|tou|estou|estarei|vou estar|fico) (?:(?:de|em) (?:folga|ferias|boa|home(?: office)?|casa))"
    r"|(?:eu |a gente )?(?:moro|moramos) (?:em|n[ao]|aqui)|(?:o )?(?:meu )?(?:telefone|endereco)|da ultima vez|el[ea] (?:e|eh|tem \d)"
    r"|(?:ess[ea]s?|est[ea]s?) (?:e|eh|sao) (?:[oa]s? )?(?:meu|minha|noss[oa])s?)\b"
)
# What points back to a day or time that was told of: "só recebo dia 30, então daí pra frente".
POINTS_BACK: tuple[tuple[MarkName, str], ...] = (
    ("from", r"(?:dai|dali|de la|d(?:esse|este) dia|d(?:essa|esta) hora) (?:(?:pra|para) (?:a )?(?:frente|la)|em diante)"),
    (
        "after",
        r"(?:depois|apos) (?:disto|disso|isto|isso|d?(?:esse|este) dia|d?(?:essa|esta) hora|del[ea])|(?<=\bser )depois(?= *(?:$|[,.!?]))",
    ),
    ("before", r"antes (?:disto|disso|d(?:esse|este) dia|d(?:essa|esta) hora|del[ea])|(?<=\bser )antes(?= *(?:$|[,.!?]))"),
)
# Who tells what is to come, not what was: "sexta ele operou, só depois disso" is of another Friday.
TO_COME = (
    r"(?:recebo|volto|saio|chego|viajo|pego|trabalho|entro|termino|largo|acabo|tenho|vou)|\w+ (?:tem|chega|sai|volta|viaja|recebe|larga)"
    r"|(?:a gente|nos) (?:pega|pegamos|vai|vamos|volta|voltamos|sai|saimos|chega|chegamos|viaja|viajamos|recebe|recebemos)"
)
# What begins a condition.
CONDITION = r"(?:se|caso|quando|qdo|qd|enquanto|contanto|desde que|depois que|assim que|a menos que)"
CONDITIONS = rf"(?:(?:e|mas|so|ai|entao|dai) )*{CONDITION}"
# "Segunda, não, pera, terça": what came before is taken back.
CORRECTS = (
    r"(?:nao[ ,.]+)?(?:minto|digo|perai|pera(?: ai)?|espera(?: ai)?|quer dizer|alias|ou melhor|ops|nao(?=,)"
    r"|esquec[ea](?: (?:isso|tudo|esse|essa))?|quis dizer|me enganei|errei|corrigindo|me confundi|perdao|desculp[ae]|foi mal"
    r"|melhor dizendo|quero dizer|queria dizer|me corrijo)"
)
# What takes back one day or time for another, and else says what is liked more: "às 10, melhor às 11", "semana que vem, melhor na terça".
CORRECTS_ONE = r"(?:eu )?(?:acho (?:que )?)?(?:(?:fica|e|eh) )?(?:melhor|prefiro)"
# What takes back what was said of the same kind.
CORRECTS_TRULY = r"(?:na|n) (?:verdade|vdd)|vdd|na real|pensando (?:bem|melhor)"
