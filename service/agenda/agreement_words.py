"""The words by which customers agree, refuse, ask and hedge, without case and accents. `agreement` is their reader."""

import re
from typing import Final

from service.agenda.proposals import ProposalKind
from service.language.phrases import whole_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Spellings, made one before anything is read.

EMOJI: Final = {
    "👍": " sim ", "👌": " sim ", "✅": " sim ", "✔": " sim ", "☑": " sim ", "🆗": " ok ", "👎": " nao ",
    **dict.fromkeys("🙄😒🤨😤🤔😡🫤", " duvida "),
    # A word of Minas, which "só" (only) is not.
    " sô": " ", "Sô": " ",
}  # fmt: skip
FINE = whole_words(
    "(?:ta|esta|por mim) (?:bom|otimo|certo|ok|joia|valendo|perfeito|ta)",
    "sem duvidas?",
    "(?:manda|pode) ver",
    "de boa|demorou|partiu|isso ai|eh isso",
    "show d[e']? ?bola",
    "pode contar (?:comigo|cmg)",
)
NOT = whole_words("n|ñ|naum|nop|nops")
LONG = re.compile(r"([a-z])\1{2,}")
NO_MATTER = whole_words(
    "nao (?:tem|ha|da|vejo) (?:nenhum )?problemas?(?: nenhum)?|sem problemas?",
    r"nao se preocup\w+|nao precisa (?:nem )?perguntar|nao esquec\w+",
)
CLAUSES = re.compile(r"(?<=[?!])|[.;\n]+(?!\d)|,(?!\d)")

# Words that say yes, alone or among fillers; and for each kind of proposal the verb of what it does.

YES = _words("""
    sim s ss siim simm isso exato exatamente correto certo certinho ok okay okey okok blz beleza bele
    pode podem podi pd
    confirma confirmo confirmar confirmado confirmada confirmados confirmadas confirmadissimo confirmadissima confirme
    fechado fechados fecha fecho fechou combinado combinados
    perfeito perfeitamente otimo claro certeza ctz quero aceito concordo acordo
    bora vamos show top joia positivo uhum unhum aham ahan arra suave
    massa yes yep tranquilo maravilha excelente legal firmeza
""")
VERBS: dict[ProposalKind, frozenset[str]] = {
    "book": _words("""
        agenda agendar agende agendado agendados marca marcar marque marcado marcados
        reserva reservar reserve reservado reservados garante garantir anota bota botar
    """),
    "reschedule": _words("""
        remarca remarcar remarque remarcacao muda mudar mude mudanca troca trocar troque
        transfere transferir passa passar altera alterar agenda agendar marca marcar
    """),
    "cancel": _words("cancela cancelar cancele cancelado cancelamento desmarca desmarcar desmarque"),
    "confirm": _words("vou iremos irei estaremos estarei levo levarei presenca"),
}
# What may stand beside a yes without changing it.
FILLERS = _words("""
    a o as os e é eh de do da dos das no na nos nas ao aos em por para pra pro pros p com q que
    la aqui ai entao ja mesmo msm tb td tudo ta esta estou to tou bom boa bem favor gentileza pf pfv pfvr
    obrigado obrigada obg brigado brigada brigadao valeu vlw agradeco grato grata
    viu gente moca moco querido querida amiga amigo linda flor amor senhora senhor
    vc voce voces vcs mim me eu meu minha meus minhas nosso nossa ele ela eles elas dele dela
    esse essa este nesse nessa neste nesta desse
    horario hora horas dia data vaga agendamento visita reais real
    ser sera fica ficar ficou fico ficamos assim ate aguardo ha ir fazer deixa deixar
    k kk rs rsrs haha hahaha uai oxe oxente eita vixe bah tche visse mano rei ne hein oi ola opa
""")
DATE_WORDS = _words("""
    segunda terca quarta quinta sexta sabado domingo seg qua qui sex sab feira hoje hj amanha depoisdeamanha
    manha tarde noite meia meio h hs hrs min
    janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
""")
DAYS = _words("segunda terca quarta quinta sexta sabado domingo hoje amanha depoisdeamanha")
NUMBERS = {
    "sete": 7, "oito": 8, "nove": 9, "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "quinze": 15,
    "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20,
}  # fmt: skip
# "pode confirmar os dois" agrees to a proposal of two, and asks for more than one of one.
ALL_OF = {2: _words("dois duas ambos ambas"), 3: _words("tres"), 4: _words("quatro")}
ALL = _words("todos todas")
WRITTEN_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{4}-\d\d-\d\d\b|\bde \d{4}\b")
WRITTEN_TIME = re.compile(r"\b(\d{1,2}) ?(?:h(?:s|rs?|oras?)?|:)(\d{2})?")

# Words that make more of a message than a yes.

# Somebody wants to think, to ask, to look, or to be told.
_UNSURE = (
    "talvez|duvida|da pra|semana|mes|preco|valor|sei|saber|ver|depois|antes|ainda",
    r"consegue\w*|proxim\w+|barat\w+|entend\w+|explic\w+|depend\w+|retorn\w+|respond\w+|pens\w+",
    "fal(?:o|ar|e|a)|consult(?:ar|o)|olh(?:ar|o|a)|confer(?:ir|e)|avis(?:o|a|e)|tent(?:ar|o)",
    "diz|diga|manda|mandar|passa",
)
# What makes a clause say more than yes, or something else, wherever it stands.
CONTRARY = whole_words(
    "nao|n|nem|nunca|mas|porem|so|se|ou|sem",
    r"outr[oa]s?|prefir\w*|prefer\w*|troc\w*|mud\w*|alter\w*",
    r"cancel\w*|desmarc\w*|remarc\w*|adi(?:ar|a|e|o|amos)|desist\w*",
    r"esper\w*|calma|perai|pera|aguarda|aguarde|quem sabe|ach(?:o|ei)",
    r"mais|menos|verdade|errad\w*|engan\w*|em vez|inves|esquec\w*|tir\w+",
    r"tambem|junto|inclu\w+|adicion\w+|acrescent\w+|aproveit\w+",
    "ambos|ambas|dois|duas|tres|todos|todas",
    "pessoa|atendente|humano",
    "quanto|qual|quais|quando|qdo|como|porque|pq",
    "car[oa]|desconto",
    r"gostaria|queria|pergunt\w*",
    *_UNSURE,
)
# Words in a row that agree by themselves; what follows them in the clause may be anything that turns nothing round.
STRONG = re.compile(
    r"(?:[a-z]+ ){0,2}?"
    r"(?:sim|confirmo|confirmado|confirmada|combinado|fechado|fechou|pode (?:sim|confirmar|marcar|agendar|reservar|fechar)|quero sim)\b"
)
# What people ask beside a yes: what to bring, where to go, how to pay.
PRACTICAL = whole_words(r"lev(?:o|ar)|traz(?:er)?|cheg(?:o|ar)|pix|cartao|pag(?:o|ar)|estaciona\w*|endereco|onde|documento|vacina\w*")
TURN = whole_words("nao|mas|outr[oa]s?|se|ou|mudar|trocar")

# Words of a no. A row of words gives none back (`*+`): the next row knows them too, and a long "não não não" would be tried in every way.

NO = re.compile(
    r"""(?:(?:ah|oi|opa|hum|humm|entao|olha|poxa|desculpa|desculpe)\ )*+
    (?: (?:acho\ que\ |agora\ |hoje\ |quero\ |precisa\ |infelizmente\ )?(?:nao|nn|nem|negativo)
        (?:\ (?:quero|precisa|vou\ querer|vai\ dar|da|obrigad[oa]|nao|mais|agora|vou|posso))*+
      | melhor\ nao
      | nao\ (?:e\ (?:pra|para)\ )?(?:confirm|marc|agend|remarc|cancel|mud|desmarc)\w+
      | nao\ (?:quero|precisa|vou\ querer)\ (?:marcar|agendar|mudar|cancelar|remarcar|confirmar)(?:\ (?:mais|nao))*+
      | (?:vou\ )?deix(?:a|e|ar)(?:\ (?:pra|para)\ la)?
      | desist[oi]
      | esquec[ea]
      | mudei\ de\ ideia
      | deixa\ quieto
      | fica\ (?:pra|para)\ (?:a\ )?proxima )
    (?:\ (?:isso|moca|amiga|querida|gente|viu|ta|por\ favor|pf|pfv|obrigad[oa]|obg|valeu|brigad[oa]|por\ enquanto|dessa\ vez
      |entao|mais|nao))*""",
    re.VERBOSE,
)
CALLS_OFF = re.compile(r"\b(?:cancel|desmarc|desmarqu)\w+|\bnao (?:vou|vamos|posso|podemos|poderei|consigo)\b")
# What is to be cancelled or moved stays.
KEEP = re.compile(
    r"""(?:(?:nao|quero|vou|pode|melhor|prefiro|e\ pra|era\ pra)\ )*
    (?: manter | mantem | mantenha | deixa\ (?:como\ esta\w*|marcado|assim|no\ horario\ original) | nao\ cancela\w* )
    (?:\ (?:o|a|meu|minha|nao|horario|agendamento|consulta|banho|tosa|visita))*""",
    re.VERBOSE,
)
# A presence that is asked for is refused by these, too.
NOT_COMING = re.compile(
    r"""(?:(?:oi|nao|infelizmente|poxa|pode|quero|queria|preciso|gostaria\ de|vou\ ter\ que|pf|n|por\ favor)\ )*
    (?: cancel(?:a|ar|e)
      | desmarc(?:a|ar)
      | desmarque
      | nao\ (?:vou|vamos|posso|podemos|poderei|consigo|conseguirei|vai\ dar)
        (?:\ (?:poder|conseguir))?(?:\ (?:ir|levar|comparecer))* )
    (?:\ (?:o|a|meu|minha|horario|agendamento|amanha|hoje|mais|por\ favor|pf|pfv|obrigad[oa]|ele|ela))*""",
    re.VERBOSE,
)

# Words that ask for a deed outright.

ASKED: dict[ProposalKind, re.Pattern[str]] = {
    "book": whole_words(
        "(?:pode|quero|queria|gostaria de|preciso|vou|vamos|favor) (?:agendar|marcar|reservar|deixar (?:agend|marc|reserv)ado)",
        "agenda|agende|marca|marque|reserva|reserve|pode confirmar",
        "deixa (?:agend|marc|reserv)ado",
    ),
    "cancel": whole_words(
        "(?:pode|quero|queria|gostaria de|preciso|vou|favor|tenho que) (?:cancelar|desmarcar)",
        "cancela|cancele|desmarca|desmarque",
    ),
}
HEDGES = whole_words(
    r"nao|ou|ach[oe]\w*|sera|se|qual|quais|quanto|teria|tem|posso|possivel|verificar|outr[oa]|mas|espera",
    *(group.replace("|duvida", "") for group in _UNSURE),
)
# What asks for more than one visit at one price.
MORE = whole_words(
    r"tod[ao]s?|cada|semanal\w*|semanas|vezes|leva e traz|busc\w+",
    r"gratis|de graca|cortesia|desconto|pacote",
    r"tambem|adiant\w+|antecip\w+",
)
