"""Whether a whole message says that its writer wants no more messages, or wants them again."""

import re
from typing import Literal

from service.language.text import fold

Wish = Literal["out", "in"]

LONGEST = 120  # characters; nobody says it in more

_HELLO = r"(?:(?:oi|ola|opa|bom dia|boa tarde|boa noite|gente|pessoal|moc[oa]|por favor|favor|pf|pfv|por gentileza) )*"
_THANKS = r"(?: (?:por favor|pf|pfv|por gentileza|obrigad[oa]|obg|grat[oa]|valeu))*"
_I = r"(?:eu )?(?:quero|queria|gostaria de|desejo|preciso|prefiro)"
_NOT = r"(?:eu )?(?:nao|n)"
_YOU = r"(?:(?:voces?|vcs?) )?"
_SEND = r"(?:mandar|mandem?|manda|enviar|enviem?|envia)"
_CALL = r"(?:cham[ae]m?|chamar|procur[ae]m?|incomod[ae]m?|perturb[ae]m?|contat[ae]m?|contact[ae]m?)"
_THING = (
    r"(?:(?:mensage(?:m|ns)|msgs?|lembretes?|novidades|promoc(?:ao|oes)|ofertas?|avisos?|notificac(?:ao|oes)|propagandas?|anuncios?"
    r"|comunicac(?:ao|oes)|comunicados?|spam)(?: (?:automatic[oa]s?|promociona(?:l|is)))?)"
)
_HERE = r"(?:por aqui|aqui|(?:pelo|no|por) whatsapp|nes[st]e numero)"
_OURS = rf"(?:de voces|de vcs|suas|da loja|do pet ?shop|da clinica|(?:pra|para) mim|{_HERE})"
_THINGS = (
    r"(?:(?:as|os|ess[ae]s|est[ae]s|suas|seus|tant[ao]s|mais|nenhuma?|de) )*"
    rf"{_THING}(?: (?:e|ou|nem) (?:de )?{_THING})*(?: {_OURS})*"
)
# Which list it is, these say themselves; of any other it is the customer who knows.
_OUR_LIST = r"lista de (?:transmissao|contatos|mensagens|envios?|propagandas?|promoc(?:ao|oes)|voces|vcs)"
_LIST = rf"(?:lista|{_OUR_LIST})"
_NUMBER = r"(?:(?:o )?(?:meu|este|esse) (?:numero|contato|telefone))"
_TAKE_OFF = r"(?:tir[ae]m?|tirar|retir[ae]m?|retirar|remov[ae]m?|remover|exclu[aim]+|excluir|apag[au]\w*)"
_AGAIN = r"(?: (?:de novo|novamente|outra vez))"


def _off(which: str) -> tuple[str, ...]:
    """Return the ways to ask to be taken off a list."""
    return (
        rf"(?:{_I} )?(?:me )?(?:sair|descadastrar) (?:da|des[st]a) {which}",
        rf"(?:me )?{_TAKE_OFF}(?: me)?(?: {_NUMBER})? (?:da|des[st]a) {which}",
    )


_OFF_A_LIST = _off("lista")
_OUT = (
    "parar|pare|parem|stop|sair|quero sair|quero parar|unsubscribe|opt out|desinscrever|(?:me )?desinscrev[ae]m?",
    rf"(?:{_I} )?(?:me )?descadastr(?:ar|e|a|em|o)(?: me)?(?: {_NUMBER})?",
    *_off(_LIST),
    rf"{_TAKE_OFF} {_NUMBER} (?:dai|daqui)",
    rf"(?:me )?{_TAKE_OFF} des[st]e grupo de {_THING}",
    rf"{_NOT} (?:quero|queria|desejo|gostaria de|autorizo|aceito) (?:mais )?(?:receber )?(?:mais )?{_THINGS}(?: mais)?",
    rf"{_NOT} (?:quero|desejo) (?:mais receber|receber mais)(?: (?:mais )?nada)?",
    rf"(?:{_I} )?(?:nao|n) (?:mais )?(?:receber|{_SEND}) (?:mais )?{_THINGS}",
    rf"{_NOT} me {_SEND} (?:mais )?(?:{_THINGS}|nada)(?: mais)?",
    rf"{_NOT} {_SEND} mais (?:{_THINGS}|nada)",
    rf"{_NOT} me {_CALL} mais(?: {_HERE})?",
    rf"{_NOT} (?:quero|gostaria) que {_YOU}me (?:{_SEND} (?:mais )?{_THINGS}(?: mais)?|{_CALL} mais)",
    rf"{_NOT} (?:quero|desejo) (?:mais ser|ser mais) (?:conta(?:c)?tad|incomodad|perturbad|chamad|procurad)[oa]",
    rf"{_NOT} entr(?:e|em|a) mais em contato(?: comigo)?",
    rf"{_NOT} tenho (?:mais )?interesse em receber (?:mais )?{_THINGS}",
    rf"{_NOT} autorizo (?:mais )?(?:o )?(?:envio|recebimento) de {_THINGS}",
    rf"{_NOT} autorizo (?:mais )?(?:o )?uso do {_NUMBER[3:-1]} (?:pra|para) {_THINGS}",
    rf"(?:{_I} )?(?:parar|deixar) de receber(?: {_THINGS})?",
    rf"(?:(?:{_I}|podem?) )?par(?:ar|e|em|a) de (?:me )?(?:receber|{_SEND})(?: me)? {_THINGS}",
    rf"(?:parar|pare|parem|stop|chega) (?:com |de )?{_THINGS}",
    (
        rf"(?:{_I} )?(?:cancel|desativ)(?:ar|e|a|em) (?:(?:a|minha|o) )*(?:inscricao|(?:recebimento|envio|inscricao) (?:de|das"
        rf"|nas) {_THINGS}|{_THINGS})"
    ),
)
_IN = (
    "voltar|quero voltar",
    rf"(?:(?:{_I}|aceito|pode) )?voltar a (?:receber|(?:me )?{_SEND})(?: {_THINGS})?{_AGAIN}?",
    rf"(?:{_I}|aceito|autorizo) receber {_THINGS}{_AGAIN}?",
    rf"{_I} receber{_AGAIN}(?: {_THINGS})?",
    rf"(?:{_I} )?(?:re)?ativ(?:ar|e|a) {_THINGS}{_AGAIN}?",
    rf"(?:{_I} )?voltar (?:para a|pra) {_LIST}",
)
# A plain yes is of these words alone, and has one of the first.
_ASSENT = r"sim|s|ss|isso|claro|quero|pode|podem|confirmo|confirmado|ok|exato|exatamente|positivo"
_DEED: dict[Wish, str] = {"out": r"parar|sair|parar de receber", "in": r"voltar|voltar a receber|receber"}


def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_HELLO}(?:{'|'.join(phrases)}){_THANKS}")


_WISHES: tuple[tuple[Wish, re.Pattern[str]], ...] = (("out", _whole(_OUT)), ("in", _whole(_IN)))
_ANY_LIST = _whole(_OFF_A_LIST)
_AGREED: dict[Wish, re.Pattern[str]] = {
    of: re.compile(
        rf"{_HELLO}(?=.*\b(?:{_ASSENT})\b)(?:{_ASSENT}|eu|mesmo|com certeza|{deed})(?: (?:{_ASSENT}|eu|mesmo|com certeza|{deed}))*{_THANKS}"
    )
    for of, deed in _DEED.items()
}

# What the agent asks where it was said among other words; the answer to it is read by `agreed`.
QUESTIONS: dict[Wish, str] = {
    "out": "Você quer parar de receber os nossos lembretes e novidades por aqui? Responda SIM para confirmar.",
    "in": "Você quer voltar a receber os nossos lembretes e novidades por aqui? Responda SIM para confirmar.",
}


def wish(text: str, *, waits: bool = False) -> Wish | None:
    """Return what a message asks for as a whole: "out", "in" again, or neither, whatever its case, accents, punctuation and emoji.

    Of somebody who `waits` for a time, "sair da lista" may mean the waiting list: neither.
    """
    if len(text) > LONGEST:
        return None
    words = _words(text)
    if waits and _ANY_LIST.fullmatch(words):
        return None
    return next((found for found, pattern in _WISHES if pattern.fullmatch(words)), None)


def agreed(question: str, text: str) -> Wish | None:
    """Return what a message agrees to that answers one of `QUESTIONS`; None where it is no plain yes, or answers something else."""
    asked = next((of for of, words in QUESTIONS.items() if question.rstrip().endswith(words)), None)
    if asked is None or len(text) > LONGEST:
        return None
    return asked if _AGREED[asked].fullmatch(_words(text)) or wish(text) == asked else None


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
