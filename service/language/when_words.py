"""The words that may stand beside days and times: those that bound, join and refuse them, and those that say nothing of when.

What is in neither is not understood, whatever it is.
"""

import re
from typing import Literal

MarkName = Literal[
    "not", "except", "from", "after", "before", "until", "between", "on", "but", "yes", "or", "and", "nor", "comma", "at", "to", "stop",
    "any", "gap", "rather",
]  # fmt: skip

_CAN = (
    "posso|podemos|pode|poderia|consigo|conseguimos|conseguiria|da|daria|rola|quero|queremos|queria|serve|vou|vai|estou|estarei"
    "|tenho como|tem como|poder|conseguir|disponivel|ser|ir|levar|vir|livre"
)
# The longer phrase first.
MARKS: tuple[tuple[MarkName, str], ...] = (
    ("any", "tanto faz(?: [ao] hor(?:a|ario))?|qualquer hor(?:a|ario)|(?:o )?dia (?:todo|inteiro)|sem preferencia"),
    ("at", "mais ou menos(?: [ao]s?)?|por volta d[aeo]s?|em torno d[aeo]s?|la pelas|la pras|pelas|umas|pras|pra as|para as|das|as"),
    ("except", "a nao ser(?: que seja)?|sem ser|menos|exceto|fora|tirando|salvo|com excecao d[aeo]s?"),
    ("not", rf"(?:nao|n|nunca)(?: (?:{_CAN})\b)*"),
    ("from", "a partir d[aeo]s?(?: dia)?|a partir|desde(?: [ao]s?)?(?: dia)?"),
    ("after", "depois d[aeo]s?(?: dia)?|depois|apos(?: [ao]s?)?(?: dia)?"),
    ("before", "antes d[aeo]s?(?: dia)?|antes"),
    ("until", "(?:no maximo )?ate(?: [ao]s?| n[ao])?(?: dia)?|no maximo"),
    ("between", "entre(?: [ao]s?)?(?: dias?)?"),
    ("on", "em diante|(?:pra|para) (?:a )?frente|adiante"),
    ("but", "mas|porem|so|somente|apenas"),
    ("yes", "pode(?:mos|ria|riam)?(?: ser)?|posso|consigo|conseguimos|serve|rola|sim|isso"),
    ("rather", "prefiro|prefere|preferimos|preferia|melhor"),
    ("or", "ou entao|ou|quanto"),
    ("and", "e tambem|e|mais"),
    ("nor", "nem"),
    ("to", "aos?|a"),
)
SIGNS: tuple[tuple[MarkName, str], ...] = (("or", "/"), ("comma", "[,;]| [-\u2013] "), ("to", "[-\u2013]"), ("stop", r"[.!?]+"))

# What says nothing of when. A word that is no part of a day or a time, and not here, makes the whole not understood.
PHRASES = (
    "bom dia|boa (?:tarde|noite)|por (?:favor|gentileza)|se (?:possivel|puder|der)|de preferencia|na parte|no periodo|pela parte"
    "|na semana|em ponto|no horario|nos horarios|de cada vez|na verdade|por mim|pra mim|para mim"
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
        banho tosa consulta
        """,
    )
)  # fmt: skip
# What these words mean with others is no part of a day: "mais tarde" is no afternoon.
# "Não tem sexta?" wishes for it.
NOT_KNOWN = (
    r"mais (?:tarde|cedo)|pelo menos|nem pensar|muito tarde|ate tarde|\d{1,2}-(?:0?\d|1[0-2])"
    r"|(?:nao|n|nunca) (?:tem|tinha|teria|ha|haveria|precis\w+|gostaria|prefiro|fica|ficaria|seria|marca\w*|agenda\w*|reserva\w*|coloca\w*"
    r"|encaixa\w*|tanto|mesmo|ainda|e|so|somente|apenas)"
)
