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

SAYS_YES: Final = "👍👌✅✔☑🆗"
SAYS_NO: Final = "👎"
SAYS_NOTHING: Final = frozenset(
    "🙏😊😀😃😄😁🙂😉😇🥰😍😘🤗🤩☺😅😂🤣😆❤🧡💛💚💙💜🤎🖤🤍💖💕💗💞♥🐶🐱🐾🐕🐩🐈🦮🐰🐇🛁🚿🧼🫧✨🎉🙌👏🤝💪🌹🌸💐🌻🌷☀🏻🏼🏽🏾🏿"
)
SAYS_SORRY: Final = frozenset("😔😢😞🥺😕☹🙁😥")
PUNCTUATION: Final = frozenset(".,;:!()-–—_*~\"'’“”/…\n\t ")

# Spellings, made one before anything is read.

NOT = whole_words("n|naum|nop|nops|nn")
LONG = re.compile(r"([a-z])\1{2,}")
OF_MINAS = re.compile(r"\bsô\b", re.IGNORECASE)  # which "só" (only) is not

# Asked for form's sake: "pode confirmar, tá?"
TAG = re.compile(r"\b(ta|viu|visse) ?\?")

# Words that say yes, alone or beside others; and for each kind of proposal the verbs of what it does.

YES = words("""
    sim s ss siim simm yes yep isso exato exatamente correto certo certinho certeza ctz claro ok okay okey okok blz beleza bele
    pode podem podi pd confirma confirmar confirmado confirmada confirmados confirmadas confirmadissimo confirmadissima confirme confirmo
    fechado fechados fecha fecho fechou combinado combinados perfeito perfeitamente otimo otima quero aceito concordo acordo
    show top joia positivo uhum unhum aham ahan arra suave massa tranquilo maravilha excelente legal firmeza
""")
VERBS: dict[ProposalKind, frozenset[str]] = {
    "book": words("""
        agenda agendar agende agendado agendada agendados marca marcar marque marcado marcada marcados bora vamos
        reserva reservar reserve reservado reservada reservados garante garantir anota bota botar fazer
    """),
    "reschedule": words("""
        remarca remarcar remarque remarcacao muda mudar mude mudanca mudado troca trocar troque bora vamos
        transfere transferir passa passar altera alterar alteracao
    """),
    "cancel": words("cancela cancelar cancele cancelado cancelada cancelamento desmarca desmarcar desmarque desmarcado desmarcada"),
    "confirm": frozenset(),
}
# What a cancelling names its bookings beside; "confirmo a consulta" would rather say that they stand.
CANCELS = VERBS["cancel"]
# Rows of words that say yes and are said of any proposal.
YES_IN_ROWS = whole_words(
    "(?:ta|esta|por mim) (?:tudo )?(?:bom|otimo|certo|ok|joia|valendo|perfeito|combinado|confirmado)",
    "tudo (?:certo|ok|otimo|joia|perfeito|combinado|confirmado)",
    "(?:pode )?mandar? ver|com (?:toda )?certeza|sem duvidas?|(?:eu )?vou querer",
    "claro q(?:ue)? sim|com prazer|de acordo|de boa|pode ser|isso ai|eh isso(?: ai)?|show d[e']? ?bola|demorou",
)
# And those that say it of what is to happen, or of coming: of what is cancelled they would say that it stands.
_TO_COME = either(
    "ate la",
    r"(?:eu |a gente )?(?:vou|vamos|iremos|irei)(?: (?:estar|comparecer|ir|levar))?(?! (?:te |lhe |so |nos )?\w*[aei]r\b)(?: el[ea]s?)?",
    "(?:eu |nos )?(?:estarei|estaremos|levo|levarei|levaremos)(?: el[ea]s?)?|(?:eu )?(?:to|tou|estou) (?:ai|la)|bora",
    "(?:eu )?confirmo (?:que (?:vou|vamos)|(?:a |minha |nossa )?presenca)|presenca confirmada",
    "pode contar (?:comigo|conosco|cmg)|partiu|nos vemos|te vejo",
)
COMING = re.compile(rf"(?<!nao )\b{_TO_COME}(?: la| ai| presentes?| sim)*(?!\w)")
KEPT_FOR_ME = whole_words("(?:pode )?deix(?:a|e|ar) (?:ja )?(?:agendad|marcad|reservad|confirmad|anotad)[oa]s?")

# What may stand beside a yes without changing it.

COURTESY = whole_words(
    "bo[am] (?:dia|tarde|noite|semana|fim de semana|final de semana|feriado)",
    "(?:muito |mt |mto )?(?:obrigad[oa]|obg|brigad[oa]|brigadao|grat[oa]|agradec(?:o|ida|ido|emos))(?: mesmo| viu| a (?:voce|voces|vcs))?",
    "(?:por|pf) (?:favor|gentileza|fineza)|pfv|pfvr|pls|faz favor|faca o favor",
    "pel[oa] (?:lembrete|aviso|contato|atendimento|retorno|carinho|atencao|compreensao|paciencia|ajuda|lembranca|gentileza|informacao)",
    "por (?:avisar|lembrar|informar|perguntar|tudo)|deus (?:te |lhe |os |vos )?abencoe|fica(?:m)? com deus",
    "atenciosamente|att|abs|abracos?|bjs?|beijos?|bjo|ate (?:logo|mais|breve|mais tarde)",
    "tudo bem(?: com (?:voce|voces|vc|vcs))?|que (?:bom|otimo|maravilha|legal|beleza)",
    "meu (?:amor|bem|querido|rei|anjo|amigo)|minha (?:filha|querida|linda|amiga|flor)",
    "nao (?:tem|ha|da|vejo) (?:nenhum )?problemas?(?: nenhum)?|sem problemas?",
    r"nao se preocup\w+|nao precisa (?:nem )?perguntar",
    "(?:me )?(?:desculpa|desculpe)(?: (?:avisar|falar) em cima da hora| (?:[oa]|pel[oa]) (?:incomodo|transtorno|trabalho|demora))?",
)
SAME = re.compile(r"\b(?:isso|esse|essa|sim|pode|quero|certo|ok|eh|[DT]) (?:mesmo|msm|mesma)\b(?! (?:horario|hora|dia|data|lugar))")
ARTICLES = words("o a os as do da dos das no na nos nas")
FUNCTION = words("a o as os e é eh de do da dos das no na nos nas em por para pra pro pros pras p")
FILLERS = FUNCTION | words("""
    la aqui ai entao tudo td ta tou mim eu meu minha meus minhas nosso nossa esse essa este esta nesse nessa neste nesta desse dessa
    valeu vlw viu ne gente moca moco querido querida amiga amigo linda flor amor senhora senhor mano rei tche visse bah uai oxe oxente eita
    vixe oi ola opa oie k kk rs rsrs haha hahaha hehe ha ah
""")
NOUNS = words("horario hora data dia vaga agendamento marcacao visita atendimento servico pet")

# Words that ask for a deed outright, and what else may stand in a message that books by itself.

ASKED: dict[ProposalKind, re.Pattern[str]] = {
    "book": whole_words(
        "(?:pode|quero|queria|gostaria de|preciso|vou querer|vamos|favor) (?:agendar|marcar|reservar|deixar (?:agend|marc|reserv)ado)",
        "agenda|agende|marca|marque|reserva|reserve",
        "deixa (?:agend|marc|reserv)ado",
    ),
    "cancel": whole_words(
        "(?:pode|quero|queria|gostaria de|preciso|vou querer|favor) (?:cancelar|desmarcar)",
        "cancela|cancele|desmarca|desmarque",
    ),
}
WISH = whole_words("(?:eu )?(?:queria|gostaria de|preciso|vou querer)")
KEEPS_IT = whole_words("deixa (?:agend|marc|reserv)ado")
IN_A_REQUEST = words(
    "agora um uma me cachorro cachorra cachorrinho cachorrinha cao gato gata gatinho gatinha dog doguinho pet bichinho bebe"
)

# Words of a no. A row of words gives none back (`*+`): the next row knows them too, and a long "não não não" would be tried in every way.

_OPENING = r"(?:(?:ah|oi|opa|hum|humm|entao|olha|poxa|infelizmente)\ )*+"


def _closing(kind: ProposalKind) -> str:
    more = "" if kind == "confirm" else r"|mais|vou|vamos|quero|precisa|T"
    return rf"(?:\ (?:isso|moca|amiga|querida|gente|viu|ta|por\ enquanto|dessa\ vez|entao|nao|D{more}))*"


# A bare no, or one with the verb of the deed; what the verb is depends on what was asked. "Não precisa confirmar" and, of a reminder, "não
# precisa" may mean that there was no need to ask.
_REFUSED = r"(?:\ (?:quero|precisa|vou\ querer|vou|vai\ dar|da|nao|mais|agora|D|T|posso))*+"
_DENIED: dict[ProposalKind, str] = {
    "book": rf"\ confirm\w+|{_REFUSED}(?:\ (?:eh?\ (?:pra|para)\ )?(?:marc|agend|reserv)\w+)?",
    "reschedule": rf"\ confirm\w+|{_REFUSED}(?:\ (?:eh?\ (?:pra|para)\ )?(?:remarc|mud|troc|alter|transf|pass)\w+)?",
    # "Não vou", asked whether to cancel, may mean the visit.
    "cancel": rf"(?:\ (?:quero|precisa|nao|mais|agora|D|T))*+(?:\ (?:eh?\ (?:pra|para)\ )?(?:cancel|desmarc|desmarq)\w+)?",
    "confirm": r"(?:\ (?:nao|D|posso|da|vai\ dar))*+",
}
# Leaving it: the time offered goes back, or what stands stays. Of a reminder it might mean either, so there it is none.
_LEFT = r"(?:melhor\ nao|(?:vou\ )?deix(?:a|e|ar)(?:\ (?:pra|para)\ la|\ quieto)?|esquec[ea]|mudei\ de\ ideia)"
_GIVEN_UP: dict[ProposalKind, str] = {
    "book": rf"|{_LEFT}|desist[oi]|fica\ (?:pra|para)\ (?:a\ )?proxima", "reschedule": rf"|{_LEFT}|desist[oi]", "cancel": rf"|{_LEFT}",
    "confirm": "",
}  # fmt: skip


def _no(kind: ProposalKind) -> re.Pattern[str]:
    begins = "" if kind == "confirm" else r"(?:agora\ |quero\ |D\ )?"
    return re.compile(rf"{_OPENING}(?:{begins}(?:nao|negativo)(?:{_DENIED[kind]}){_GIVEN_UP[kind]}){_closing(kind)}", re.VERBOSE)


NO: dict[ProposalKind, re.Pattern[str]] = {kind: _no(kind) for kind in _DENIED}
# What is to be cancelled or moved stays.
KEEP = re.compile(
    r"""(?:(?:quero|vou|pode|melhor|prefiro|e\ pra|era\ pra|a|o|N)\ )*+
    (?: manter | mantem | mantenha | deix(?:a|ar|e)\ (?:como\ esta\w*|marcad[oa]|no\ horario\ original) | continua\ (?:de\ pe|marcad[oa]) )
    (?:\ (?:o|a|meu|minha|nao|horario|agendamento|N|D|T))*""",
    re.VERBOSE,
)
# A presence that is asked for is refused by these, too.
NOT_COMING = re.compile(
    r"""(?:(?:oi|infelizmente|poxa|pode|quero|queria|preciso|gostaria\ de|vou\ ter\ que|D)\ )*+
    (?: cancel(?:a|ar|e)
      | desmarc(?:a|ar)
      | desmarque
      | (?:nao\ )?nao\ (?:vou|vamos|posso|podemos|poderei|consigo|conseguirei|vai\ dar)
        (?:\ (?:poder|conseguir))?(?:\ (?:ir|levar|comparecer))* )
    (?:\ (?:o|a|de|do|da|pro|pra|meu|minha|horario|agendamento|N|D|T|mais|ele|ela))*""",
    re.VERBOSE,
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
