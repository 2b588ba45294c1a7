"""Whether a whole message says that its writer wants no more messages, or wants them again."""

import re
from typing import Literal

from service.language.text import fold

Wish = Literal["out", "in"]

LONGEST = 120  # characters; nobody says it in more

_HELLO = r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|por favor|pf|pfv|por gentileza) )*"
_THANKS = r"(?: (?:por favor|pf|pfv|por gentileza|obrigad[oa]|obg|grat[oa]|valeu))*"
_I = r"(?:eu )?(?:quero|queria|gostaria de|desejo|preciso)"
_NOT = r"(?:eu )?(?:nao|n)"
_SEND = r"(?:mandar|mandem?|manda|enviar|enviem?|envia)"
_THING = r"(?:mensage(?:m|ns)|msgs?|lembretes?|novidades|promoc(?:ao|oes)|ofertas?|avisos?|notificac(?:ao|oes)|propagandas?|anuncios?)"
_OURS = r"(?:de voces|de vcs|suas|da loja|do pet ?shop|da clinica|por aqui|aqui|(?:pelo|no) whatsapp)"
_THINGS = (
    r"(?:(?:as|os|ess[ae]s|est[ae]s|suas|seus|tant[ao]s|mais|nenhuma?|de) )*"
    rf"{_THING}(?: (?:e|ou|nem) (?:de )?{_THING})*(?: {_OURS})*"
)
_LIST = r"lista(?: de (?:transmissao|contatos|mensagens|envios?))?"
_AGAIN = r"(?: (?:de novo|novamente|outra vez))"

_OUT = (
    "parar|pare|parem|stop|sair|quero sair|quero parar|unsubscribe|opt out",
    rf"(?:{_I} )?(?:me )?descadastr(?:ar|e|a|em|o)(?: me)?(?: (?:o )?(?:meu|este|esse) (?:numero|contato|telefone))?",
    rf"(?:{_I} )?sair (?:da|des[st]a) {_LIST}",
    rf"(?:me )?(?:tir[ae]|tirem|remov[ae]|removam|exclua|excluam)(?: me)?(?: (?:o )?meu numero)? (?:da|des[st]a) {_LIST}",
    rf"{_NOT} (?:quero|queria|desejo|gostaria de|autorizo|aceito) (?:mais )?(?:receber )?(?:mais )?{_THINGS}(?: mais)?",
    rf"{_NOT} (?:quero|desejo) (?:mais receber|receber mais)(?: (?:mais )?nada)?",
    rf"{_NOT} me {_SEND} (?:mais )?(?:{_THINGS}|nada)(?: mais)?",
    rf"(?:{_I} )?par(?:ar|e|em|a) de (?:me )?(?:receber|{_SEND})(?: me)? {_THINGS}",
    rf"(?:parar|pare|parem|stop|chega) (?:com )?{_THINGS}",
    rf"(?:{_I} )?(?:cancel|desativ)(?:ar|e|a|em) (?:(?:a|minha) )*(?:inscricao|{_THINGS})",
)
_IN = (
    "voltar|quero voltar",
    rf"(?:(?:{_I}|aceito|pode) )?voltar a (?:receber|(?:me )?{_SEND})(?: {_THINGS})?{_AGAIN}?",
    rf"(?:{_I}|aceito|autorizo) receber {_THINGS}{_AGAIN}?",
    rf"{_I} receber{_AGAIN}(?: {_THINGS})?",
    rf"(?:{_I} )?(?:re)?ativ(?:ar|e|a) {_THINGS}{_AGAIN}?",
    rf"(?:{_I} )?voltar (?:para a|pra) {_LIST}",
)


def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_HELLO}(?:{'|'.join(phrases)}){_THANKS}")


_WISHES: tuple[tuple[Wish, re.Pattern[str]], ...] = (("out", _whole(_OUT)), ("in", _whole(_IN)))


def wish(text: str) -> Wish | None:
    """Return what a message asks for as a whole: "out", "in" again, or neither, whatever its case, accents, punctuation and emoji."""
    if len(text) > LONGEST:
        return None
    words = " ".join(re.findall(r"[^\W_]+", fold(text)))
    return next((found for found, pattern in _WISHES if pattern.fullmatch(words)), None)
