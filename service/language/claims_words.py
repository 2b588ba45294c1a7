"""The words by which a text says that something was done, promised, left open or denied. `claims` is their reader.

All are patterns over folded words in which `is` is written "eh". Between two words that belong together stand at most so many characters:
without a bound their time would grow with the square of a text.
"""

import re
from typing import Literal

from service.language.phrases import whole_words

ClaimKind = Literal["booked", "moved", "cancelled", "confirmed", "registered", "waiting", "held", "released"]

_ANY = ".{0,200}"
_SAME_CLAUSE = "[^,]{0,200}"


# Sentences and clauses.

ABBREVIATION = re.compile(r"\b(?:Dra?|Sra?|Av|R|Prof|Tel|n|nº|obs|ex)\.$", re.IGNORECASE)
LONGEST_ABBREVIATION = 8
INTERJECTION = re.compile(
    r"(?:muito bem|combinado|fechado|feito|pront\w+|tudo (?:certo|pronto|ok)|anotado|maravilha|show|otimo|sim|isso|certo"
    r"|(?:ta|esta|eh|tem) sim)\W*"
)
# A comma before a day, a time, a price or a name goes on with its clause.
CLAUSE = re.compile(
    r"\s*[;:()!–—]\s*|\s-\s"
    r"|,\s+(?!(?:as|das|dia|no|na|a|hoje|amanha|com|r\$|seg\w*|ter\w*|qua\w*|qui\w*|sex\w*|sab\w*|dom\w*|do|da|de)\b|\d)"
    r"|\b(?:mas|porem|so que|entretanto)\b|\be (?=ja\b)"
)
# "... , tudo bem?" asks nothing.
TAG = re.compile(
    r"(?:ok|ta ok|certo|ta certo|tudo bem|ta bom|ta|blz|beleza|combinado|viu|fechado|pode ser|tudo certo|ne|sim|e ai|certinho)\W*\?"
)
PLEASANTRY = whole_words(
    "mais alguma coisa", "algo mais", "alguma duvida", "posso (?:te |lhe )?ajudar", "em que mais", "outra coisa", "mais alguem",
)  # fmt: skip

# What makes a deed none.

NOT = whole_words("nao", "nada", r"nenhum\w*", "nunca", "nem", "sem", "ninguem")
NOT_REALLY = re.compile(
    r"\bnao (?:se preocup\w+|precisa (?:se preocupar|fazer mais nada)|tem problema|esquec\w+|ha de que|deix\w+ de)\b"
    r"|\bsem (?:problemas?|falta|custo|duvidas?|erro)\b|\b(?:por|de|que) nada\b|\bnao so\b"
)
NOT_JUST_BEFORE = re.compile(r"\b(?:nao|nem|nunca|nada|se)(?: \w+){0,2} $")
_TELL_ME = r"me (?:diz|diga|fal[ae]|avis[ae]|confirm[ae]|pass[ae]|mand[ae]|inform[ae]"
# What makes a participle no deed: a condition, a wish, a plan.
OPEN = whole_words(
    "posso", "podemos", "pode", "podia", "poderia",
    r"quer(?:em|es|ia)?", r"gostaria\w*", r"deseja\w*", r"prefere\w*",
    "vou", "vamos", "irei", "iremos", "vai", "vao",
    "se", "caso", "quando", "assim que", "depois que", "depois de", "apos", "antes de",
    "so", "somente", "apenas",
    r"pr?a(?:ra)? (?:deixar|ficar|ser|que|ter|estar)", r"precis\w+",
    r"seria\w*", r"ficaria\w*", r"ficara\w*", "sera", r"deve\w*",
    "deixar", "deixe", "ser", "estar", "estiver", "for", "tenha", "tem que", "seja", "fique", "esteja",
    r"falta\w*", r"aguard\w+", rf"{_TELL_ME})",
)  # fmt: skip
CONDITION = whole_words("depois que", "assim que", "apos", "somente", "mediante", "quando", "se", "caso", "so")
IN_THAT_CASE = re.compile(rf"(?:^|[,!] )(?:assim que|depois que|apos|quando|se|caso)\b{_ANY}\b(?:fica|eh) $")
# The words that the pattern before ends in.
IN_THAT_CASE_ENDS = ("fica ", "eh ")
NO_DEED = re.compile(
    r"\b(?:com|por|sem|mediante) (?:hora|horario|agendamento) (?:marcad|agendad)\w+|\bhora marcada\b|\bcomo (?:combinado|agendado)\b"
)

# Deeds.

_OF_NO_PET = r"(?! (?:o |a |seu |sua |esse |essa )?(?:pedido|recado|interesse|solicitac\w+|preferencia|observac\w+|reclamac\w+))"
_I_DID = r"\b(?:consegui|conseguimos|acabei de|acabamos de|terminei de) "
# First person, perfect: done, whatever else the sentence is.
DID: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    ("booked", re.compile(rf"\b(?:agendei|marquei|reservei|garanti|encaixei)\b|{_I_DID}(?:agendar|marcar|reservar|garantir|encaixar)\b")),
    ("booked", re.compile(rf"\b(?:coloquei|pus|botei|inclui|adicionei)\b{_ANY}\bna agenda\b")),
    ("held", re.compile(rf"\b(?:separei|segurei|bloqueei|guardei)\b{_ANY}\b(?:horario|vaga|lugar|data|dia)\b")),
    ("released", re.compile(rf"\b(?:liberei|soltei)\b{_ANY}\b(?:horario|vaga|lugar|data)\b")),
    ("moved", re.compile(r"\b(?:remarquei|reagendei|transferi|adiei|antecipei|adiantei|mudei|alterei|troquei|passei)\b")),
    ("moved", re.compile(rf"{_I_DID}(?:remarcar|reagendar|transferir|adiar|antecipar|mudar)\b")),
    ("cancelled", re.compile(rf"\b(?:cancelei|desmarquei)\b|{_I_DID}(?:cancelar|desmarcar)\b")),
    ("cancelled", re.compile(r"\bdei baixa\b|\bnao (?:esta|consta|tem|fica) mais (?:marcad|agendad|reservad|na agenda|no sistema)")),
    ("cancelled", re.compile(rf"\b(?:tirei|retirei|removi|exclui|apaguei)\b{_ANY}\b(?:agenda|horario|agendamento)\b")),
    ("confirmed", re.compile(r"\bconfirmei\b")),
    ("registered", re.compile(rf"\b(?:cadastrei|registrei|atualizei)\b{_OF_NO_PET}|{_I_DID}(?:cadastrar|registrar)\b{_OF_NO_PET}")),
    ("waiting", re.compile(rf"\b(?:coloquei|inclui|adicionei|deixei|anotei|pus|botei)\b{_ANY}\b(?:lista|fila) de espera\b")),
)
# "Agendamos" may be what a shop does in general; with a time it is a deed.
WE_DID: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    ("booked", re.compile(r"\b(?:agendamos|marcamos|reservamos|encaixamos)\b")),
    ("moved", re.compile(r"\b(?:remarcamos|reagendamos|transferimos|mudamos)\b")),
    ("cancelled", re.compile(r"\b(?:cancelamos|desmarcamos)\b")),
)
# Between a noun and what became of it: "agendamento do Rex já foi ...".
_WAS = r"(?: d[aeo]s? \w+| ja| foi| esta| ficou){0,8} "
_MADE = r"(?:feit|realizad|concluid|efetuad|criad|registrad)[oa]s?"
DONE: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    ("booked", re.compile(rf"\b(?:agendad|marcad|reservad|garantid|encaixad)[oa]s?\b|\b(?:agendamento|reserva)s?{_WAS}{_MADE}\b")),
    ("booked", re.compile(rf"\b(?:esta|estao|ta|tao|entrou|entraram|ficou|ficaram)\b{_SAME_CLAUSE}\bna (?:nossa )?agenda\b")),
    ("released", re.compile(rf"\b(?:horario|vaga|lugar|data)\b{_SAME_CLAUSE}\bliberad[oa]s?\b")),
    ("moved", re.compile(rf"\b(?:mudanca|alteracao|troca|remarcacao|reagendamento)s?(?:{_WAS}| ){_MADE}\b")),
    ("moved", re.compile(r"\b(?:remarcad|reagendad|transferid|adiad|antecipad|alterad|mudad|trocad)[oa]s?\b")),
    ("cancelled", re.compile(rf"\b(?:cancelad|desmarcad)[oa]s?\b|\bcancelamento{_WAS}(?:{_MADE}|confirmado)\b")),
    ("confirmed", re.compile(r"(?<!cancelamento )(?<!cadastro )\bconfirmad[oa]s?\b")),
    ("registered", re.compile(r"\b(?:esta|ficou|entrou) (?:agora )?(?:no|em) (?:nosso )?(?:sistema|cadastro)\b")),
    ("registered", re.compile(rf"\bcadastrad[oa]s?\b|\bcadastro{_WAS}(?:{_MADE}|atualizado|pronto|confirmado)\b")),
    ("registered", re.compile(rf"(?<!agendamento )(?<!cadastro )\bregistrad[oa]s?\b{_OF_NO_PET}")),
    ("waiting", re.compile(rf"\b(?:entrou|esta|ficou|foi|incluid[oa]|ja)\b{_SAME_CLAUSE}\b(?:lista|fila) de espera\b")),
)
# "Mudei" may be a visit, a pet's data, or neither.
UNSPECIFIC = re.compile(r"(?:mudei|alterei|troquei|passei|alterad|mudad|trocad)")
RECORD = whole_words("cadastro", "nome", "raca", "idade", "telefone", "peso")
VISIT = whole_words("horario", "agendamento", "data")
PRESENCE = re.compile(rf"\bconfirmei\b|\bpresenca\b{_SAME_CLAUSE}\bconfirmada\b")

# Deeds by implication.

DAY_BEGINS = r"(?:hoje|amanha|depois de|seg|ter|qua|qui|sex|sab|dom)"
_NOT_AN_ANSWER = r"(?:sua?|confirmac\w+|resposta|retorno)"
# A promise of a visit says that it is booked.
PROMISE = re.compile(
    rf"\b(?:espero|esperamos|aguardo|aguardamos|esperando|aguardando)\b(?! (?:a |o )?{_NOT_AN_ANSWER})"
    r"|\b(?:eh|esta|estao) esperad[oa]s?\b|\b(?:nos vemos|a gente se ve|conto com voce|contamos com)\b"
    rf"|^\W*(?:\w+[,!] )?(?:entao )?ate (?:a |o )?(?={DAY_BEGINS}|dia|\d)"
)
SETTLED = re.compile(
    r"^\W*(?:combinado|fechado|anotado|feito|pront\w+|(?:(?:esta|ta) )?tudo (?:certo|pronto)|(?:esta )?tudo ok"
    r"|(?:ta|esta) sim|ficou|fica) ?(?:entao)?\b"
)
# "Ficou para sexta", "agora é quinta às 15h", "sexta às 10h é do Rex".
FIXED = re.compile(
    rf"\b(?:ficou|ficaram)(?: \w+)? (?:para|pra|n[oa]) (?=(?:a |o )?{DAY_BEGINS}|dia|\d|as )"
    rf"|\bagora (?:eh|fica|ficou|esta) (?:para |pra |n[oa] )?(?={DAY_BEGINS}|dia|\d|as )"
    r"|\b(?:eh|ja eh) (?:todo |toda )?(?:seu|sua|dele|dela|de voces)\b(?! (?:\w+ )?(?:preferencia|escolha|melhor|vez))"
)
# What is said of something that has come about, without a day: "está tudo anotado", "nos vemos em breve", "até lá".
AS_DONE = re.compile(
    rf"\b(?:espero|esperamos|aguardo|aguardamos) (?:voce|voces|vcs?|[oa]s?)\b(?! {_NOT_AN_ANSWER})|\bnos vemos\b"
    r"|\ba gente se ve\b|^\W*(?:entao )?ate la\b"
    r"|\b(?:esta|ta|ficou|fica) (?:ja )?(?:tudo )?(?:anotad|resolvid|pront|feit|garantid|combinad|fechad|encaminhad|acertad)[oa]s?\b"
    r"|^\W*(?:prontinho|feito|resolvido|fechado|tudo (?:certo|pronto|resolvido|anotado))\W*$"
)
_IT_IS = (
    r"(?:eh|esta|continua|segue|permanece|sera|vai ser|ficou|fica)\b"
    r"(?! (?:livre|disponive\w+|aberto|em|por|r\$|(?:de )?\d+ reais))"
)


def standing(visits: list[str], who: list[str]) -> re.Pattern[str]:
    """Return the pattern of what is said of an appointment that stands. `visits` and `who` are the words that visits and pets go by."""
    visit = "|".join(("agendamento", "horario", "atendimento", "visita", *map(re.escape, visits)))
    whose = "|".join(("voce", "vc", *map(re.escape, who)))
    return re.compile(
        rf"\b(?:seu|sua|o|a) (?:proxim[oa] )?(?:{visit}) (?:d[aeo] \w+ )?(?:(?!vag|livre|disponive)\w+ )?{_IT_IS}"
        rf"|^\W*(?:(?:isso|sim|certo)\W*)?eh (?:n[oa] |dia |{DAY_BEGINS})"
        rf"|\b(?:eh|fica|ficou) d(?:[oa]s?|e) (?:{whose})\b"
        rf"|\b(?:{whose}) (?:ja |ainda )?tem\b(?! (?:preferencia|algum|outr|ate))"
    )


# What leaves a time open: it is looked for, wished, somebody else's to settle, or over.
UNDECIDED = whole_words(
    r"verific\w+", r"consult(?:o|ar|ando|aremos)", "instante", r"minut(?:o|inho)", r"moment(?:o|inho)",
    r"pedi(?:do|u)", r"solicit\w+", r"prefer\w+", r"desej\w+", r"entendi\w*",
    "equipe", "alguem", "pessoa", "atendente",
    r"ocupad\w*", r"lotad\w*", r"indisponive\w+", r"esgotad\w*", "infelizmente", "prazo", r"expir\w*", "passou", "lembrete", "proposta",
    r"respond\w+", r"escolh\w+", rf"{_TELL_ME}|conta)", "basta", "eh so", r"sugir\w+", r"sugest\w+", r"alternativ\w+",
    r"mais (?:proxim\w+|cedo|tarde)", r"(?:proxim\w+|primeir\w+) (?:horarios?|dias?|datas?|vagas?)",
    r"vag[oa]s?", r"rest\w+", r"sobr\w+",
)  # fmt: skip
