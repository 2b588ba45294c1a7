"""The words by which customers ask for something to be done (`service.language.acts`), folded. What is in no list is not understood."""

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


_NOT = r"(?:nao|n|num)"
_WEEKDAY = r"hoje|hj|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo"
_DAY = rf"(?:{_WEEKDAY}|dia \d|\d)"
_HERE_ENDS = rf"(?=\s*(?:$|[.,;!?\n])| (?:mais|(?:(?:na|no|nessa|nesse|nesta|neste|as?|pra|para|de|dia|essa|esse) )?{_DAY}|_))"
_COMING = r"(?:ir|levar|leva|levalo|levala|vir|trazer|comparecer|aparecer)"
_CAN = (
    r"vou|vo|vamos|irei|iremos|poderei|poderemos|conseguirei|conseguiremos|posso|podemos|consigo|conseguimos|tenho como|temos como"
    r"|vai (?:dar|rolar|ter como)|tem como"
)
_PLACE = r"(?:vaga|horario|hora|encaixe|desistencia|brecha|lugar|disponibilidade)"
_SOME = r"(?:uma?|algum|alguma|alguem|mais|outr[oa])"
_FREED = (
    r"abr[aei]r?|surgir|surja|aparecer|apareca|liberar|libere|liberarem|vagar|vague|desistir(?:em)?|desista|desmarcar(?:em)?|cancelar(?:em)?|sobrar|sobre"
    rf"|(?:tiver|houver|der|rolar|tem|tiverem)(?= (?:{_SOME} )*{_PLACE})"
)
_ME = r"(?:eu|me|mim|a gente|pra mim|aqui|por aqui)"
# What is read as one word, in the order in which it is looked for.
_PHRASES: dict[str, tuple[str, ...]] = {
    "_iffree": (
        rf"\b(?:se|quando|qdo|caso|assim que|so se)(?: {_SOME})?(?: (?:vaga|horario|cliente|pessoa))? (?:{_FREED})\b",
        r"\b(?:qualquer|em caso de|havendo|se houver) (?:desistencia|vaga|encaixe|brecha)\b",
    ),
    "_list": (r"\b(?:lista|fila) d[ea]s? espera\b",),
    "": (
        r"\bacho que\b",
        r"\bse (?:puder|poder|der|for possivel|possivel|nao for incomodo|tiver como|conseguir)(?: ser)?\b",
    ),
    # Where else they went, and who may have the place instead.
    " ": (
        r"\b(?:n?outro|em outro) (?:lugar|pet ?shop|canto)\b",
        r"\bpodem? (?:passar|dar|liberar)(?: a vaga)? (?:pr[oa]|par[ao](?: [oa])?) (?:proxim[oa]|outra pessoa|outro cliente)"
        r"(?: da (?:fila|lista))?\b",
    ),
    "_can": (
        r"\b(?:(?:queria|quero|gostaria de|preciso|precisava) (?:saber|ver) se (?:eu )?|sera que (?:eu )?)"
        r"(?:da|daria|posso|consigo|tem como|teria como|e possivel|seria possivel)\b",
        r"\b(?:tem como|teria como|haveria como|tem jeito de|eh? possivel|seria possivel|tem (?:a )?possibilidade de)\b",
    ),
    "_must": (
        r"\b(?:tenho|temos|vou ter|vamos ter|terei|teremos|teria|vai ter) (?:que|q|de)\b",
        r"\b(?:quero|queria|gostaria|preciso) que\b",
    ),
    "proxima": (r"\b(?:que|q) vem\b", r"\boutra (?=semana|segunda|terca|quarta|quinta|sexta)"),
    "_instead": (r"\b(?:em|ao) (?:vez|inves|lugar) d[aeo]s?\b|\bno lugar d[aeo]s?\b|\binves d[aeo]s?\b",),
    "_other": (r"\boutr[oa]s? (?:horarios?|horas?|dias?|datas?)\b",),
    "_cant": (
        rf"\b{_NOT} (?:{_CAN})(?: mais)?(?: (?:poder|conseguir))?(?: mais)?(?: (?:pra|para))?(?: eu| a gente| nos)?(?: {_COMING})+\b",
        rf"\b{_NOT} (?:vou|vo|vamos) (?:mais )?(?:poder|conseguir)(?: mais)?{_HERE_ENDS}",
        rf"\b{_NOT} (?:vai|vao|vem) mais{_HERE_ENDS}",
        rf"\b{_NOT} (?:posso|podemos|consigo|conseguimos|poderei|vai (?:dar|rolar)|vou|vo|vamos|irei|iremos|da)(?: mais)?{_HERE_ENDS}",
    ),
    "_stop": (r"\b(?:para|pare|parem|chega|basta|um tempo) (?:de|com|d[ao]s|nas)\b",),
    "_undecided": (r"\b(?:nao|n) (?:sei|decidi|tenho certeza)\b|\btalvez\b|\bvou (?:ver|pensar)\b",),
    "_because": (r"\b(?:porque|pq|pois|ja que|por causa|por motivos?|devido)\b",),
    # Some day, and not now: "posso remarcar depois?"
    "_sometime": (r"(?<=ar )depois(?=\s*(?:$|[?.!,;\n]))",),
    "_away": (r"\b(?:pra|para) la\b",),
    # "Tira o Rex de sexta".
    "_off": (rf"\b(?:re)?(?:tir|mov)(?:ar|em?|a|er|am)\b(?= (?:[oa]s? |meu |minha )?[^\W_]+(?: [^\W_]+)? d[eo] (?:{_WEEKDAY}|dia \d))",),
    "_tellme": (rf"\b(?:me|nos|mim|a gente) avis(?:a|e|em|ar|am)\b|\bavis(?:a|e|em|ar) {_ME}\b",),
    "_callme": (r"\b(?:me|nos) (?:chama[mr]?|chamem?|fala[mr]?|falem?|liga[mr]?|liguem?|da um toque)(?: (?:aqui|um alo))?\b",),
}
PHRASES = tuple((re.compile(pattern), name) for name, patterns in _PHRASES.items() for pattern in patterns)

SMALL = words(
    """a o as os um uma uns umas de da do das dos d em na no nas nos ao aos com e eu ele ela eles elas dele dela deles delas meu
    minha meus minhas nosso nossa seu sua esse essa esses essas este esta isso isto aquele aquela la aqui ai entao so apenas mesmo
    mesma agora ja oi oie oii ola opa hey bom boa dia tarde noite tudo bem td por favor pf pfv pfvr porfavor obrigado obrigada obg
    obgd obrigadao brigado brigada valeu vlw grato grata gentileza moca moco amiga amigo querida querido gente pessoal desculpa
    desculpe perdao licenca ta ok okay viu ne ah ahh aff eh e hein poxa putz nossa infelizmente sim s ss todos todas ambos ambas
    dois duas tb tbm tambem tambm aliais alias bjs beijo abraco abracos rs rsrs kk kkk kkkk vai por pelo pela um vez favorzinho
    qual tal senhor senhora k _away"""
)
WHEN = words(
    """segunda terca quarta quinta sexta sabado domingo segundas feira hoje hj amanha depois manha tarde noite tardinha cedo hora
    horas h hs hr hrs min minutos meia meio dia dias semana semanas mes proxima proximo pra para pras pros pro as ate apos
    partir antes entre ou mais janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro feriado
    fim final fds mesmo mesma horario zero tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze vinte trinta
    # pelo pela pelas pelos"""
)
# What names a day or an hour.
DAYLIKE = words(
    """segunda terca quarta quinta sexta sabado domingo hoje hj amanha dia semana manha cedo tarde noite mes meia duas
    tres quatro cinco seis sete oito nove dez onze doze # _other"""
)
VISIT = words(
    """banho banhos banhinho tosa tosas banhoetosa consulta consultas consultinha hotel hotelzinho hospedagem estadia diaria diarias
    creche vacina vacinas vacinacao retorno corte unha unhas hidratacao escovacao horario agendamento agendamentos agenda marcacao
    reserva visita sessao atendimento compromisso veterinario veterinaria vet servico servicos"""
)
THEIRS = words(
    """pet pets cachorro cachorra cachorrinho cachorrinha dog doguinho cao gato gata gatinho gatinha bichinho bichinha filhote
    marcado marcada"""
)
LEAD = words(
    """quero queria queriamos gostaria gostariamos preciso precisava precisaria precisando precisamos precisar necessito posso
    podemos pode podem poderia poderiam podia consegue conseguem consigo conseguiria conseguir da daria dar vou vamos vim prefiro
    melhor me mim nos vc vcs voce voces ajuda ajudar fazer faz solicito desejo _can _must acho isso claro pedir pede bora"""
)
WISHES = words("quero queria gostaria preciso precisava solicito desejo pode podem poderia _can _must fazer pedir")
# What is told beside a wish, and changes nothing of it.
REASONS = words(
    """surgiu apareceu imprevisto imprevistos viajar viajo viagem viajando trabalho trabalhar doente gripado gripada resfriado
    resfriada chovendo chuva compromisso reuniao medico resolvi resolvemos consegui conseguimos precisei atrasado atrasada acabou
    infelizmente emergencia familia problema probleminha problemas tive teve tenho to estou vou vamos vo ocupado ocupada quebrou
    carro sinto muito _cant _because plantao prova escola faculdade ja pena certo beleza blz imprevistozinho encaixe marquei"""
)
# What asks whether another time is free.
AVAILABLE = words("""tem teria pode poderia ser seria serve rola da daria tudo bem quero prefiro melhor vaga livre disponivel _other""")

CANCELS = words(
    """cancela cancelar cancele cancelem cancelo cancelamos cancelaa cancelae cancelarmos canselar cansela desmarca desmarcar
    desmarque desmarquem desmarco desmarcamos dismarca dismarcar desmarka desmarkar desagendar desagenda"""
)
CANCELLING = words("cancelamento")
TAKES_OFF = words(
    """tira tirar tire tirem retira retirar retire retirem remove remover remova removam exclui excluir exclua excluam apaga apagar
    apague deleta deletar _off"""
)
ENTRY = words("agenda horario agendamento marcacao reserva")
FORGETS = words("esquece esqueca esquecam esquecer")
LETS = words("deixa deixar deixe deixem")
LETTING = words("pode podem melhor")
GIVES_UP = words("desisto desisti desistir desistimos desistindo")
ANY_MORE = words("quero queremos querer preciso precisamos precisar precisa vou vamos vai")
MOVES = words(
    """remarca remarcar remarque remarquem remarco remarcamos remarka remarkar reagenda reagendar reagende reagendem reagendamos adia
    adiar adie adiem adiamos adianta adiantar adiante antecipa antecipar antecipe posterga postergar transfere transferir
    transfira muda mudar mude mudem mudamos troca trocar troque troquem trocamos altera alterar altere alterem"""
)
MOVING = words("remarcacao reagendamento mudanca troca adiamento")
SHIFTS = words("passa passar passe passem joga jogar jogue empurra empurrar empurre puxa puxar puxe")
PUTS = words("coloca colocar coloque bota botar bote poe por ponha deixa deixar deixe fica ficar marca marcar marque")
TO = words("pra para pro pras pros")

LIST = words("_list")
ANY_LIST = words("_list lista espera fila")
ENTERS = words(
    """poe ponha por pode podem coloca colocar coloque coloquem bota botar bote inclui incluir inclua inscreve insere inserir
    adiciona adicionar adicione entra entrar entro fico ficar fica anota anotar anote quero queria gostaria aceito prefiro deixa
    deixar deixe aguardo aguardar espero esperar cadastra registra poderia"""
)
PUTS_ON = words("poe ponha coloca colocar coloque bota botar bote inclui incluir inclua inscreve entra entrar anota anotar")
TELLS = words("_tellme _callme avisa avise avisem manda mande mandar mandem")
IF_FREE = words("_iffree")
WAITS = words("espero esperar aguardo aguardar aguardando aguardo fico ficar")
FREE_PLACE = words("vaga vagas desistencia encaixe brecha horario lugar disponibilidade")
LEAVES = words("sair saio saia sai") | TAKES_OFF | GIVES_UP | CANCELS
NO_LONGER = words("quero queremos preciso precisa precisamos vou vamos vai precisam")
WAITED_FOR = ANY_LIST | FREE_PLACE | words("esperar aguardar avisar avisarem avise avisem avisa _tellme _callme _iffree")
FOR_NO_LONGER = words("me mim nos ficar estar nenhum nenhuma nada mais participar entrar resolvi receber aviso avisos sobre marcar")

# A clause of these takes back what was asked for before it.
KEEPS = words(
    """deixa deixe deixar mantem mantenha manter mantenho mantemos esquece esqueca esquecam brincadeira brinks desconsidera
    desconsidere ignora ignore"""
)
KEEPING = words(
    """nao melhor pensando quieto assim como esta marcado marcada vou ir mudei ideia pode precisa quero quieta pra la jeito ser sim
    confirmado confirmo entao"""
)
NEGATES = words("nao n nem nunca jamais sem")

ASSENTS = words("sim s ss simm isso quero pode podem claro aham uhum positivo exato exatamente coloca poe bora favor manda")
BESIDE_ASSENT = words("ser mesmo certeza com por gostaria aceito me ai la sim pra mim ja acho que")
TOO = words("tambem tambm tb tbm igualmente outro outra")

# What speaks of an act, understood or not.
SPEAKS: dict[str, re.Pattern[str]] = {
    "cancel": re.compile(
        r"\b(?:cancel|cansel|desmarc|dismarc|desist)\w*|\b(?:_cant|esquece|esqueca|esquecam)\b|\bdeix\w+ [^,]{0,40}_away\b"
        r"|\b_off\b|\b(?:re)?tir\w+ [^,]{1,40}\b(?:agenda|horario)\b"
    ),
    "move": re.compile(
        r"\b(?:remar[ck]|reagend|adi[ae]|antecip|transf|mud[ae]|troc|alter)\w*|\b(?:_cant|_instead|_other|mais cedo|mais tarde)\b"
    ),
    "wait": re.compile(r"\b(?:_list|_iffree|espera\w*|vaga|fila)\b"),
    "leave": re.compile(r"\b(?:_list|lista|espera|fila|vaga)\b"),
}
# What we ask about in a question of ours: the first that is found.
ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("leave", re.compile(r"\b(?:sair|tir[aeo]r?|saia|remov\w+)\b[^?]{0,60}(?:_list|\blista\b)")),
    ("wait", re.compile(r"_list|_iffree|\bespera\w* (?:uma )?vaga\b")),
    ("cancel", re.compile(r"\b(?:cancel(?:ar?|e|amento)|desmar(?:car?|que))\b")),
    ("move", re.compile(r"\b(?:remar(?:car?|que)|reagend(?:ar?|e)|mudar?|mude|trocar?|troque|adi(?:ar?|e)|transfer(?:ir|e)|passar?)\b")),
)
