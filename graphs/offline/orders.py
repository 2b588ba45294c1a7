"""Words of owners: what Aurora is told to do and can't, and which words belong to each thing that she is asked."""

import re
from dataclasses import dataclass
from typing import Literal

from graphs.aurora.facts import NOT_BLOCKED, NOT_BOOKED, NOT_CHANGED, NOT_SENT
from graphs.offline.reading import says
from service.language.text import fold

Topic = Literal["inactive_clients", "free_slots", "top_services", "business_summary", "agenda"]

_DAY = r"(?:agenda|segunda|terca|quarta|quinta|sexta|sabado|domingo|dia|horario|hoje|amanha|loja|tarde|manha)"
_VISIT = r"(?:banho|tosa|consulta|agendamento|horario|visita|cliente|pet|d[oa] [a-z]+|pr[oa] [a-z]+|hoje|amanha)\w*"
_CHANGE = (
    r"(?:cadastr|registr|cri|adicion|inclu|alter|atualiz|mud|troc|aument|baix|apag|exclu|remov|tir|coloc|ajust)(?:a|ar|e|i|ir|o)\b"
    r"|promocao|desconto"
)
# What owners tell Aurora to do, and what she answers: she has no function that changes anything.
_ORDERS: tuple[tuple[str, str], ...] = (
    (
        rf"bloque\w+|(?:fech(?:a|ar|e|ue)|tranca|trava) (?:a |o |as |os |nossa |minha )?{_DAY}"
        r"|(?:da|dar|de|coloca|colocar|poe|registra|registrar|marca|marcar) (?:a )?(?:folga|ferias)|folga (?:pra|para|d[ao])"
        r"|nao (?:vamos|vou|vai) (?:abrir|atender|trabalhar)",
        NOT_BLOCKED,
    ),
    (rf"(?:{_CHANGE})(?=.{{0,80}}\b(?:precos?|valor|cadastro|servicos?)\b)", NOT_CHANGED),
    (
        rf"(?:cancel|desmarc|remarc|marc|reserv|mud|troc|adi|transfer|encaix|confirm)(?:a|ar|e|ue) (?:\S+ ){{0,3}}?{_VISIT}"
        r"|(?:cancel|desmarc|remarc)(?:a|ar|e|ue)\b|agend(?:ar|e)\b"
        r"|agenda (?:(?:um|uma|o|a) )?(?:banho|tosa|consulta|visita|horario|pet|cliente|pr[oa])\w*",
        NOT_BOOKED,
    ),
    (r"(?:mand|envi|escrev|avis|respond|cham|lembr)(?:a|ar|e|ie)\b", NOT_SENT),
    (_CHANGE, NOT_CHANGED),
)
_BEFORE_AN_ORDER = (
    r"^(?:(?:oi|ola|opa|aurora|bom dia|boa tarde|boa noite|por favor|pfv?|pode|podes|consegue|quero|queria|preciso|da pra|vc|voce|me|ai|e"
    r"|entao|agora|ja|tambem|que vc|que voce|gostaria de|tem como)[ ,!]+)*"
)
_FIGURES = re.compile(r"\b(?:quant[oa]s?|qual|quais)\b")


@dataclass(frozen=True, slots=True)
class Question:
    """What a topic is known by, as beginnings of folded words, and which words it accounts for beside those of time and the small ones."""

    stems: tuple[str, ...]
    words: str


# In the order in which they are looked for. A new metric of Aurora's gets its name in `Topic` and its entry here.
QUESTIONS: dict[Topic, Question] = {
    "inactive_clients": Question(
        ("inativ", "sumi", "nao (volt|vem|veio|aparec)", "ha (muito )?tempo", "de volta", "perdid", "reativ"),
        r"client\w*|inativ\w*|sumi\w*|nao|volt\w*|vem|veio|aparec\w*|tempo|muito|perdid\w*|reativ\w*|visit\w*"
        r"|chamar|parad\w*|vez",
    ),
    "free_slots": Question(
        ("livre", "vaga", "disponi", "encaix", "horario"),
        r"livre\w*|vaga\w*|disponi\w*|encaix\w*|horarios?|horas?|agenda|banhos?|tosas?|consultas?|servicos?"
        r"|abert\w*|sobr\w*|resta\w*",
    ),
    "top_services": Question(
        ("ranking", "top", "campe", "mais (vend|procur|sai|saem|realiz|pedid|feit)", "(servico|que)s? .{0,80}mais"),
        r"ranking|top|campe\w*|vend\w*|procur\w*|sai|saem|saiu|realiz\w*|pedid\w*|feit\w*|servicos?|popular\w*|mais",
    ),
    "agenda": Question(
        (
            "agenda\\b", "quem (?:vem|vai vir|esta marcad|ta marcad|eu atendo)", "o que (?:tem|temos|tenho)\\b",
            "quais (?:os )?(?:agendamentos|clientes|pets)\\b", "proximos? (?:client|atend|agend)",
        ),
        r"agenda|agendad\w+|agendament\w+|vem|vir|marcad\w+|client\w*|atend\w*|horarios?|confirmad\w+|pets?|programa\w*|lista"
        r"|visit\w*|compromisso\w*|cheg\w+|proxim\w+",
    ),
    "business_summary": Question(
        (
            "quant[oa]s (?:banhos|tosas|consultas|servicos|cancelamentos|faltas|visitas)\\b",
            "quant[oa]s? (?:client\\w+ )?(?:cancelaram|faltaram)\\b", "client", "atend", "agend", "fatur", "receita", "vend", "ganh",
            "caixa", "moviment", "resum", "como (foi|esta|vai)",
        ),
        r"client\w*|atend\w*|agend\w*|fatur\w*|receita\w*|vend\w*|ganh\w*|caixa|moviment\w*|resum\w*|entr\w+"
        r"|dinheiro|pets?|banhos?|tosas?|consultas?|servicos?|conclu\w+|cancel(?:ad\w+|ament\w+|aram)|falt\w+|confirmad\w+|marcad\w+"
        r"|visit\w+|rend\w+|negocio\w*|compar\w+",
    ),
}  # fmt: skip
_SMALL_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        hoje ontem anteontem amanha semana semanas mes meses ano dia dias segunda terca quarta quinta sexta sabado domingo feira
        passado passada passados ultimo ultima ultimos ultimas proximo proxima anterior atual agora ate fim final inicio comeco
        janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro de do da dos das no na nos nas
        em a o as os ao e este esta esse essa neste nesta nesse nessa que vem hj desde entre depois todo toda inteiro inteira
        quando um uma uns umas eu me mim meu minha meus minhas nosso nossa nossos nossas gente voce vc por favor pf pfv qual
        quais quanto quantos quantas quanta quem como foi foram estao ta vai vao ha tem tinha teve tive tivemos temos tenho
        terei para pra pro com mais menos tudo total ja ainda so mesmo ai aurora oi ola bom boa tarde noite saber ver mostra
        mostrar mostre diz dizer fala falar manda passa lista listar quero queria pode posso numero numeros eh sao ser sido deu
        fiz fizemos loja aqui geral resumo resumao resumido la entao obrigada obrigado valeu rapidinho deste desta desse dessa
        """,
    )
)
# Figures that no function has apart: by day, by service, for each.
_SPLIT = re.compile(r"\b(?:por|cada) (?:dia|semana|mes|hora|servico|cliente|pet|funcionari\w+|pessoa|bairro|atendimento)\b")


def refusal(text: str) -> str | None:
    """Return what an order is answered with: that it is not done here, and where it is; None where a text is no order."""
    folded = fold(text)
    if _FIGURES.search(folded):
        return None
    return next((words for order, words in _ORDERS if re.search(f"{_BEFORE_AN_ORDER}(?:{order})", folded)), None)


def topic_of(text: str) -> Topic | None:
    """Return the topic of a question, where its words are all accounted for."""
    folded = fold(text)
    topic = next((topic for topic, question in QUESTIONS.items() if says(folded, *question.stems)), None)
    return topic if topic and accounts_for(text, topic) else None


def accounts_for(text: str, topic: Topic | None) -> bool:
    """Return whether every word of a question belongs to the topic, to a period or to none in particular."""
    folded = fold(text)
    own = re.compile(QUESTIONS[topic].words) if topic else None
    unread = [w for w in re.findall(r"[a-z]+", folded) if len(w) > 1 and w not in _SMALL_WORDS and not (own and own.fullmatch(w))]
    return not unread and not _SPLIT.search(folded)
