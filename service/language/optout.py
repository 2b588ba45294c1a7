"""Whether a whole message says that its writer wants no more messages, or wants them again."""

import re
from typing import Literal

from service.language.text import fold, undrawn

Wish = Literal["out", "in"]

LONGEST = 120  # characters; nobody says it in more

_ADDRESS = (
    r"(?:gente|pessoal|galera|moc[oa]|amig[oa]|querid[oa]|senhor(?:a|es|as)?|minha (?:filha|querida|amiga)|meu (?:filho|querido|amigo|bem))"
)
_PLEASE = r"(?:por favor|favor|pf|pfv|pfvr|por gentileza|pelo amor(?: de deus)?)"
_ASKS = (
    r"(?:(?:eu )?(?:peco|solicito|exijo|queria pedir|quero pedir|gostaria de pedir)(?: (?:a|por) gentileza)?"
    r"(?: (?:a|pra|para) (?:voces?|vcs?))?(?: d?e?que| de)?(?: (?:voces?|vcs?))?"
    r"|(?:eu )?ja (?:pedi|falei|disse|avisei)(?: (?:mil|varias|muitas) vezes)? (?:pra|para|que)(?: (?:voces?|vcs?))?)"
)
_HELLO = rf"(?:(?:oi|oie|ola|opa|prezad[oa]s?|bom dia|boa tarde|boa noite|{_ADDRESS}|{_PLEASE}|{_ASKS}) )*"
_THANKS = rf"(?: (?:{_PLEASE}|{_ADDRESS}|obrigad[oa]|obg|grat[oa]|valeu|ta|viu|ok))*"
_I = r"(?:eu )?(?:quero|queria|gostaria de|desejo|preciso|prefiro)"
_NOT = r"(?:eu )?(?:nao|n|nunca mais)"
_YOU = r"(?:(?:voces?|vcs?) )?"
_SEND = r"(?:mandar(?:em)?|mandem?|manda|enviar(?:em)?|enviem?|envia|encaminh(?:ar|em?|a)|escrev(?:er|am?|em?))"
_SEND_ALL_OF_YOU = r"(?:mandem|enviem|encaminhem|escrevam)"
_CALL = r"(?:cham[ae]m?|chamar|procur[ae]m?|incomod[ae]m?|perturb[ae]m?|contat[ae]m?|contact[ae]m?)"
_THING = (
    r"(?:(?:mensage(?:m|ns)|msgs?|lembretes?|novidades|promoc(?:ao|oes)|ofertas?|avisos?|notificac(?:ao|oes)|propagandas?|anuncios?"
    r"|comunicac(?:ao|oes)|comunicados?|spam|marketing|publicidades?|divulgac(?:ao|oes))"
    r"(?: (?:automatic[oa]s?|promociona(?:l|is)|comercia(?:l|is)|nenhum[a]?))?)"
)
_PHONE = r"(?:whats|whatsapp|wpp|zap|zapzap|celular|telefone)"
_HERE = (
    rf"(?:por aqui|aqui|(?:pelo|por|n?o|no meu|pelo meu|meu) {_PHONE}"
    rf"|nes[st]e numero|(?:pra|para) (?:o )?(?:meu|este|esse) (?:numero|{_PHONE}))"
)
_OURS = rf"(?:de voces|de vcs|suas|da loja|do pet ?shop|da clinica|(?:pra|para) mim|{_HERE})"
# To stop what is sent, and nothing of what is said.
_SENDING = r"(?:me )?(?:mandar|enviar|encaminhar)(?: (?:isso|mais nada|nada))?(?: (?:pra|para) mim)?"
_THINGS = (
    r"(?:(?:as|os|ess[ae]s|est[ae]s|suas|seus|tant[ao]s?|mais|nenhuma?|de) )*"
    rf"{_THING}(?: (?:e|ou|nem) (?:de )?{_THING})*(?: {_OURS})*"
)
# Which list it is, these say themselves; of any other it is the customer who knows.
_OUR_LIST = r"lista de (?:transmissao|contatos|mensagens|envios?|propagandas?|promoc(?:ao|oes)|voces|vcs)"
_LIST = rf"(?:lista|{_OUR_LIST})"
_NUMBER = rf"(?:(?:o )?(?:meu|este|esse) (?:numero|contato|{_PHONE}))"
_TAKE_OFF = (
    r"(?:tir[ae]m?|tirar(?:em)?|retir[ae]m?|retirar(?:em)?|remov[ae]m?|remover(?:em)?|exclu[aim]+|excluir(?:em)?|apag[au]\w*"
    r"|delet\w+)"
)
_RECORDS = r"(?:d[oa]s? (?:cadastros?|sistema|base|banco de dados|registros?|contatos|envios|disparos))"
_BLOCK = r"(?:bloque|denunci|process)\w+(?: (?:voces|vcs))?"
_AGAIN = r"(?: (?:de novo|novamente|outra vez))"


def _off(which: str) -> tuple[str, ...]:
    """Return the ways to ask to be taken off a list."""
    return (
        rf"(?:{_I} )?(?:me )?(?:sair|descadastrar) (?:da|des[st]a) {which}",
        rf"(?:me )?{_TAKE_OFF}(?: (?:me|eu))?(?: {_NUMBER})?(?: (?:dai|daqui))? (?:da|des[st]a) {which}",
    )


_OFF_A_LIST = _off("lista")
_COMMAND = "parar|pare|parem|stop|sair|quero sair|quero parar|unsubscribe(?: me)?|opt out|desinscrever|(?:me )?desinscrev[ae]m?(?: me)?"
_OUT = (
    rf"(?:{_I} )?(?:me )?descadastr(?:ar|e|a|em|o)(?: me)?(?: {_NUMBER})?(?: (?:ai|dai|daqui))?",
    *_off(_LIST),
    rf"(?:{_I} |podem? )?{_TAKE_OFF} {_NUMBER}(?: (?:ai|dai|daqui|{_RECORDS}))?(?: {_OURS})?",
    rf"(?:me )?{_TAKE_OFF}(?: me)? {_RECORDS}(?: {_OURS})?",
    rf"(?:me )?{_TAKE_OFF} d(?:o|es[st]e) grupo de (?:{_THINGS}|voces|vcs)",
    rf"(?:(?:me )?{_TAKE_OFF}|{_TAKE_OFF} (?:o )?meu (?:numero|contato)) d[oe]s?(?:se)? {_PHONE}"
    r" d(?:e|a) (?:voces|vcs|loja|clinica|pet ?shop)",
    rf"{_NOT} (?:quero|queria|desejo|gostaria de|autorizo|aceito) (?:mais )?(?:receber? )?(?:mais )?{_THINGS}(?: mais)?(?: nao)?",
    rf"(?:{_NOT} preciso mais d(?:e|[oa]s|ess[ae]s)|(?:eu )?dispenso) {_THINGS}",
    rf"{_NOT} (?:quero|desejo) (?:mais receber|receber mais)(?: (?:mais )?nada)?(?: {_OURS})?",
    rf"{_NOT} precisam? (?:mais )?me (?:{_SEND} (?:mais )?(?:{_THINGS}|nada)|escrever)(?: mais)?(?: nao)?",
    rf"{_NOT} precisam? mais {_SEND} {_THINGS}(?: nao)?|{_NOT} precisam? {_SEND} mais {_THINGS}(?: nao)?",
    rf"(?:{_I} )?(?:nao|n) (?:mais )?(?:receber|{_SEND}) (?:mais )?{_THINGS}",
    rf"{_NOT} me {_SEND} (?:mais )?(?:{_THINGS}|nada)(?: mais)?",
    rf"{_NOT} {_SEND} mais (?:{_THINGS}|nada)",
    rf"{_NOT} me {_SEND_ALL_OF_YOU} mais(?: nada)?(?: {_HERE})?",
    rf"{_NOT} (?:me )?escrev(?:am?|em?|er) mais(?: {_HERE})?",
    rf"nunca mais me (?:escrev(?:am?|em?|er)|{_SEND_ALL_OF_YOU})(?: nada)?(?: {_HERE})?",
    rf"se {_YOU}(?:me )?(?:mandar|enviar)(?:em)? (?:(?:outr|um)[oa] |mais )*{_THINGS} (?:eu )?(?:vou )?{_BLOCK}",
    rf"(?:eu )?vou {_BLOCK} se {_YOU}(?:me )?(?:mandar|enviar)(?:em)? mais (?:uma|{_THINGS})",
    rf"{_NOT} me {_CALL} mais(?: {_HERE})?",
    rf"{_NOT} (?:quero|gostaria) que {_YOU}me (?:{_SEND} (?:mais )?{_THINGS}(?: mais)?|{_CALL} mais)",
    rf"{_NOT} (?:quero|desejo) (?:mais ser|ser mais) (?:conta(?:c)?tad|incomodad|perturbad|chamad|procurad)[oa]",
    rf"{_NOT} (?:quero|desejo) (?:mais )?ser (?:mais )?(?:avisad|notificad|informad|lembrad)[oa] (?:de|sobre) (?:mais )?(?:nada|{_THINGS})",
    rf"{_NOT} entr(?:e|em|a) (?:mais em contato(?: comigo)?|em contato comigo(?: mais)?)",
    rf"{_NOT} tenho (?:mais )?interesse (?:em receber(?: (?:mais )?{_THINGS}| mais nada)?|n?[oae]s?m? {_THINGS})",
    rf"{_NOT} autorizo (?:mais )?(?:(?:nenhum|o|esse) )?contatos?(?: {_OURS})?",
    rf"{_NOT} autorizo (?:mais )?(?:(?:o )?(?:envio|recebimento) d[eao]s? |que {_YOU}(?:me )?{_SEND} )?(?:mais )?{_THINGS}",
    rf"{_NOT} autorizo (?:mais )?(?:o )?uso d[oe]s? (?:{_NUMBER}|meus dados) (?:pra|para) (?:fins de |fins )?{_THINGS}",
    rf"(?:{_I} )?(?:parar|deixar) de receber(?: {_THINGS})?",
    rf"(?:(?:{_I}|podem?) )?(?:par|deix)(?:ar|e|em|a) de (?:me )?(?:receber|{_SEND})(?: me)? {_THINGS}",
    rf"(?:{_I} )?(?:a )?(?:exclusao|remocao|retirada) d[oe] {_NUMBER}(?: (?:{_RECORDS}|d[ae] (?:sua )?{_LIST}))?(?: {_OURS})?",
    r"(?:podem? )?(?:par|deix)(?:ar|e|em|a) de me escrever",
    rf"(?:(?:{_I}|podem?) )?par(?:ar|e|em|a) de {_SENDING}|(?:podem? )?parar com {_THINGS}",
    rf"(?:(?:parar|pare|parem|stop|chega|basta)(?: com| de)?|para (?:com|de)|(?:da|deem|de) um tempo (?:com|de|nas)) {_THINGS}",
    (
        rf"(?:{_I} )?(?:cancel|desativ)(?:ar|e|a|em) (?:(?:a|minha|o) )*(?:inscricao|(?:recebimento|envio|inscricao) (?:de|das"
        rf"|nas) {_THINGS}|{_THINGS})"
    ),
)
# Said by itself, of somebody who waits for a time it may mean that they do no longer.
_OUT_UNLESS_WAITING = (
    rf"(?:(?:{_I}|podem?) )?par(?:ar|e|em|a) de (?:me )?(?:avisar|lembrar|notificar)(?: me)?(?: de nada)?",
    rf"{_NOT} precisam? (?:mais )?me (?:avisar|lembrar|notificar) (?:mais )?(?:de )?(?:mais )?nada",
    rf"{_NOT} (?:envie|mande|encaminhe) mais",
    rf"{_NOT} {_SEND_ALL_OF_YOU} mais",
    r"(?:(?:podem?|quero que) )?me (?:remov[ae]m?|remover|exclu[aim]+|excluir|delet\w+)(?: (?:ai|dai|daqui))?",
    r"(?:(?:podem?|quero que) )?me (?:tir[ae]m?|tirar) (?:dai|daqui)",
)
# What may stand beside it in a clause of its own, and changes nothing.
_ASIDE = (
    r"(?:eu )?(?:nem|nao|ja nao) tenho (?:mais )?(?:cachorr|gat|cao|pet|bich|anima)\w*(?: nenhum)?",
    r"(?:ninguem|nao) (?:aguent\w+|suport\w+)(?: mais)?(?: isso)?|que (?:saco|chat[oa]|inferno)|ja (?:chega|deu)|cansei(?: disso)?",
    r"chega|basta|(?:me )?mudei de (?:cidade|bairro|estado)|(?:a )?lgpd(?: (?:ta ai|existe|proibe))?|(?:isso )?(?:e|eh) (?:spam|abuso)",
    r"nem (?:d[ao] )?(?:fila|lista|resto|loja|nada)(?: nem (?:d[ao] )?(?:fila|lista|resto|nada))*|nada(?: mesmo)?|nunca mais|mesmo|serio",
    (
        rf"(?:{_ADDRESS}|{_PLEASE}|prezad[oa]s?|oi|ola|opa|(?:bom|boa) (?:dia|tarde|noite)|obrigad[oa]|obg|grat[oa]|valeu|att"
        rf"|atenciosamente)"
    ),
    r"fi(?:ca|que)m? com deus",
    rf"(?:nenhuma?|nem) {_THING}(?: nem {_THING})*",
    # Again, in fewer words, and why: beside one that says it in full.
    rf"{_NOT} (?:me )?{_SEND}(?: mais)?",
    r"(?:eu )?(?:nao|nem) moro mais (?:ai|aqui|perto|na cidade)",
    r"(?:eu )?ja (?:pedi|falei|disse|avisei)(?: (?:isso|mil vezes|varias vezes|antes))?",
)
# Said beside a word to stop: what it is that is to stop.
_TIRED_OF = rf"(?:{_NOT} (?:aguento|suporto) mais|(?:eu )?(?:cansei|(?:to|estou) (?:cansad|fart)[oa]) d(?:e|[oa]s|ess[ae]s)) {_THINGS}"
_STOP = r"(?:parem|pare|parar|chega|basta)(?: (?:com isso|ja))?"
_TAIL = (
    r"(?: (?:tod[oa] (?:santo )?(?:dia|hora)|o tempo todo|direto))?"
    r"(?: (?:que|q|pq|porque) (?:so |isso |ja )?(?:ench|lot|atrapalh|incomod|perturb|irrit)\w+"
    r"(?: (?:o|a|meu|minha|saco|paciencia|muito|demais|celular|caixa|memoria|telefone)){0,3})?"
)
_IN = (
    "voltar|quero voltar",
    rf"(?:(?:{_I}|aceito|pode) )?voltar a (?:receber|(?:me )?{_SEND})(?: {_THINGS})?{_AGAIN}?",
    rf"(?:{_I}|aceito|autorizo) receber {_THINGS}{_AGAIN}?",
    rf"{_I} receber{_AGAIN}(?: {_THINGS})?",
    rf"(?:{_I} )?(?:re)?ativ(?:ar|e|a)(?:{_AGAIN})? (?:meus |minhas )?{_THINGS}{_AGAIN}?",
    rf"(?:{_I} {_THINGS} de volta|podem? (?:me )?{_SEND} {_THINGS}{_AGAIN})",
    rf"(?:{_I} )?voltar (?:para a|pra) {_LIST}",
)
# A plain yes is of these words alone: it says so, or names what is asked. "Ok", "pode" or "confirmo" by itself may answer anything.
_YES = r"sim|s|ss|simm|isso|exato|exatamente|positivo|com certeza|claro"
_BESIDE_YES = r"quero|pode|podem|confirmo|confirmado|ok|eu|mesmo"
_DEED: dict[Wish, str] = {"out": r"parar de receber|parar|sair", "in": r"voltar a receber|voltar|receber"}


def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_HELLO}(?:{'|'.join(phrases)}){_TAIL}{_THANKS}")


_WANTS_NONE, _WANTS_SOME = _whole((_COMMAND, *_OUT, *_OUT_UNLESS_WAITING)), _whole(_IN)
# A command of one word says it only where it is all that is said.
_SAYS_NONE = _whole((*_OUT, *_OUT_UNLESS_WAITING))
# Of these, somebody who waits may mean the waiting list.
_MAY_MEAN_WAITING = _whole((*_OFF_A_LIST, *_OUT_UNLESS_WAITING))
_SAID_BESIDE = _whole(_ASIDE)
_IS_TIRED, _STOPS = _whole((_TIRED_OF,)), _whole((_STOP,))
_TAG = re.compile(r"\b(?:ta bom|ta|viu|ok) ?\?")
_CLAUSES = re.compile(r"[.,;:!\n]+")
_JOINED = re.compile(r"[.,;:!\n]+|\be\b")
_AGREED: dict[Wish, re.Pattern[str]] = {
    of: re.compile(rf"{_HELLO}(?=.*\b(?:{_YES}|{deed})\b)(?:{_YES}|{_BESIDE_YES}|{deed})(?: (?:{_YES}|{_BESIDE_YES}|{deed}))*{_THANKS}")
    for of, deed in _DEED.items()
}

# As people type: "n qro mais receber msg d vcs", "num quero".
_WRITTEN_OUT = {"qro": "quero", "qero": "quero", "kero": "quero", "d": "de", "nd": "nada", "naum": "nao", "msgm": "mensagem"}
_SHORT = re.compile(rf"\b(?:{'|'.join(_WRITTEN_OUT)})\b")
_NOT_SPOKEN = re.compile(r"\bnum (?=(?:me|mand|envi|quer|preci|desej|aguent|autoriz)\w*)")

# What the agent asks where it was said among other words; the answer to it is read by `agreed`.
QUESTIONS: dict[Wish, str] = {
    "out": "Você quer parar de receber os nossos lembretes e novidades por aqui? Responda SIM para confirmar.",
    "in": "Você quer voltar a receber os nossos lembretes e novidades por aqui? Responda SIM para confirmar.",
}


def wish(text: str, *, waits: bool = False) -> Wish | None:
    """Return what a message asks for as a whole: "out", "in" again, or neither, whatever its case, accents, punctuation and emoji.

    A question asks for nothing by itself (`questioned`). Of somebody who `waits` for a time, "sair da lista" may mean the waiting list:
    neither.
    """
    return None if "?" in _untagged(text) else _wished(text, waits)


def questioned(text: str, *, waits: bool = False) -> Wish | None:
    """Return what a question would ask for if it were none, which is worth a question of ours: "sair?"."""
    plain = _untagged(text)
    return _wished(plain.replace("?", "."), waits) if "?" in plain else None


def _untagged(text: str) -> str:
    """Return a text, line by line, without the question marks that ask nothing: "tá?"."""
    return _TAG.sub(".", "\n".join(map(fold, text.splitlines())))


def _wished(text: str, waits: bool) -> Wish | None:
    if len(text) > LONGEST:
        return None
    if _says_out(text, waits):
        return "out"
    return "in" if _WANTS_SOME.fullmatch(as_read(text)) else None


def _says_out(text: str, waits: bool) -> bool:
    """Return whether the text as a whole, or a clause of it with nothing beside it that matters, wants no more messages."""
    whole, plain = as_read(text), _untagged(text)
    if _WANTS_NONE.fullmatch(whole):
        return not (waits and _MAY_MEAN_WAITING.fullmatch(whole))
    for parting in (_CLAUSES, _JOINED):
        clauses = [words for clause in parting.split(plain) if (words := as_read(clause))]
        tired = any(map(_IS_TIRED.fullmatch, clauses)) and any(map(_STOPS.fullmatch, clauses))
        meant = [words for words in clauses if _SAYS_NONE.fullmatch(words) or (tired and _means_that(words))]
        if meant and all(words in meant or _SAID_BESIDE.fullmatch(words) for words in clauses):
            return not (waits and any(_MAY_MEAN_WAITING.fullmatch(words) for words in meant))
    return False


def _means_that(words: str) -> bool:
    return bool(_IS_TIRED.fullmatch(words) or _STOPS.fullmatch(words))


def agreed(question: str, text: str) -> Wish | None:
    """Return what a message agrees to that answers one of `QUESTIONS`; None where it is no plain yes, asks, or answers something else."""
    asked = next((of for of, words in QUESTIONS.items() if question.rstrip().endswith(words)), None)
    if asked is None or len(text) > LONGEST or "?" in text:
        return None
    return asked if _AGREED[asked].fullmatch(as_read(text)) or wish(text) == asked else None


def as_read(text: str) -> str:
    """Return the words of a text as they are read here: folded, without drawn-out letters, the usual shortenings written out."""
    words = undrawn(" ".join(re.findall(r"[^\W_]+", fold(text))))
    return _NOT_SPOKEN.sub("nao ", _SHORT.sub(lambda found: _WRITTEN_OUT[found[0]], words))
