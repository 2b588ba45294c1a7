"""Whether a message speaks of being written to no more, or again: enough to be asked about, never to be carried out (`optout`).

What is written to them, and that it is not wanted, stand close together, with only small words between; or what is unwanted was named, and
a clause that is nothing else says to stop.
"""

import re

from service.language.optout import Wish, as_read, questioned, wish

# What is sent, and what it is to be written to.
_SENT = (
    r"(?:mensage\w+|msgs?|lembret\w+|avisos?|novidades?|promo(?:cao|coes)?|ofertas?|notificac\w+|propagandas?|anuncios?|comunicac\w+"
    r"|comunicados?|recebimento|spam|marketing|publicidades?|divulgac\w+|disparos?)"
)
_SENDING = (
    r"(?:mand(?:ar(?:em)?|em?|a|ando)|envi(?:ar(?:em)?|em?|a|ando)|encaminh(?:ar|em?|a)|escrev(?:er|am?|em?|endo)|receber?|recebendo|cham(?:ar|a|em?)"
    r"|(?<=me )procur(?:ar|a|em?)|incomod(?:ar|a|em?|ando)|perturb(?:ar|a|em?|ando)|contat(?:ar|em?)|contato|lembrar|avisar)"
)
_SMALL = (
    r"(?:a|as|o|os|d[aeo]s?|com|em|por|pelo|no|na|ao|meu|minha|meus|minhas|sua|suas|seu|seus|ess[ae]s?|des[st][ae]s?|nes[st]e|est[ae]s?"
    r"|isso|me|mim|pra|para|comigo|aqui|eu|voces?|vcs?|mais|nada|nenhuma?|tod[ao]s?|tant[ao]s?|mesmo|de|que|e|nem|favor|automatic[ao]s?"
    r"|envio|inscricao|numero|whats|whatsapp|zap|wpp|dia|hora|muito|demais)"
)
_WANTING = (
    r"(?:quer(?:o|ia|emos)|gostaria|desejo|precis[ao]|precisam|autorizo|aceito|aguento|suporto|gosto|tenho|interesse|vou|podem?|ser|ficar"
    r"|entr(?:ar|em?|a))"
)
_NOT = r"(?:nao|n|nunca|jamais)"
_STOPPING = (
    r"(?:par(?:ar|e|em)|para(?= de| com)|deix(?:ar|em?|a) de|chega|basta|cansei|cansad[ao]|fart[ao]|cancel(?:ar|a|em?)|cancelamento"
    r"|desativ(?:ar|a|em?)|suspend(?:er|a|am?)|deslig(?:ar|a|uem?)|silenci(?:ar|a|em?)|bloque(?:ar|ia|iem?|io)|dispens(?:ar|o)|stop"
    r"|remov(?:er|am?|em?)|exclu(?:ir|am?|i)|tir(?:ar|em?|a)|retir(?:ar|em?|a)|encerr(?:ar|a|em?)|sair)"
)
_TAKING_OFF = (
    r"(?:sair|tir(?:ar|em?|a)|retir(?:ar|em?|a)|remov(?:er|am?|em?)|exclu(?:ir|am?|i)|apag(?:ar|a|uem?)|delet(?:ar|a|em?)"
    r"|bloque(?:ar|ia|iem?))"
)
_BACK = r"(?:volt(?:ar?|em?|o)|reativ(?:ar|a|em?)|ativ(?:ar|a|em?)|relig(?:ar|a|uem?))"
_AGAIN = r"(?:de novo|novamente|outra vez|de volta)"
_END = r"(?= \||$)"
_SENT_OR_SENDING = rf"(?:{_SENT}\b|{_SENDING}(?: {_SMALL}){{0,4}}{_END})"

_STOPS = re.compile(
    "|".join(
        (
            rf"\b{_NOT}(?: (?:{_SMALL}|{_WANTING}|{_SENDING})){{0,6}} {_SENT}\b"
            r"(?! (?:agora|hoje|hj|ainda) (?:que|q|pq|porque|to|estou|tou)\b)",
            # Left out, by whatever word of it.
            rf"\b{_NOT} (?:quero|desejo|gostaria de)(?: mais)? ser (?:mais )?(?:avisad|notificad|incomodad|perturbad"
            r"|contatad|lembrad|procurad"
            rf"|chamad)[oa]\b",
            rf"\b{_NOT} tenho interesse n?[oae]s? {_SENT}\b",
            r"\b(?:exclusao|remocao|retirada|descadastro)(?: d[oaes]+)? (?:meu|minha|meus|este|esse)"
            r" (?:numero|contato|cadastro|telefone|dados|nome)\b",
            rf"\b{_TAKING_OFF}(?: (?:me|eu))?(?: (?:o )?meu (?:numero|contato))?(?: (?:dai|daqui))?"
            r" d(?:o|a|es[st][ea]) (?:whats|whatsapp|zap|wpp|lista"
            rf"|grupo|agenda d[aeo])(?: d[ae] (?:voces|vcs|loja|transmissao|contatos?|mensagens|envios?|promoc\w+))?{_END}",
            rf"\bme {_TAKING_OFF}\b[^|]{{0,30}}\b(?:whats|whatsapp|zap|wpp|lista de (?:transmissao|contatos?|mensagens|envios?))\b",
            r"\bser (?:removid|tirad|retirad|excluid|descadastrad)[oa]"
            r" d[aeo]s? (?:lista|grupo|cadastro|sistema|base|contatos?)\b(?! (?:de )?espera)",
            rf"\b(?:favor|gentileza) (?:me )?(?:remover|excluir|retirar|descadastrar|deletar){_END}",
            rf"(?:^|\| )(?:sa[ie]|saiam|some|sumam) d[oe]s?(?:se)? (?:meu )?(?:whats|whatsapp|zap|wpp|celular|telefone){_END}",
            rf"(?:^|\| )me (?:esquece|esquecam|esqueca){_END}|\bme deixem em paz\b",
            rf"\b{_NOT}(?: (?:{_SMALL}|{_WANTING})){{0,5}} mais (?:me )?{_SENDING}(?: {_SMALL}){{0,4}}{_END}",
            rf"\b{_NOT}(?: (?:{_SMALL}|{_WANTING})){{0,5}} {_SENDING}(?: {_SMALL}){{0,3}} (?:mais|comigo|nada)(?: {_SMALL}){{0,3}}{_END}",
            rf"\b{_NOT} tenho interesse em receber\b",
            rf"\b{_SENT}(?: de [^\W_]+)?(?: (?:{_SMALL}|{_SENT})){{0,4}} {_NOT} (?:quero|preciso|precisa|aguento)\b",
            rf"(?<!nao )(?<!nao quero )(?<!nao precisa )\b{_STOPPING}(?: (?:{_SMALL}|{_SENDING})){{0,5}} {_SENT_OR_SENDING}",
            rf"\b{_TAKING_OFF}(?: me)? (?:[oa]s? )?(?:meu|meus|minha|este|esse) (?:numero|contato|cadastro|dados|telefone|zap)\b",
            rf"\b{_TAKING_OFF}(?: me)? (?:d[ao]|des[st][ae]) (?:lista|grupo|sistema|base)\b"
            r"(?! (?:de )?(?:espera|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)| (?:o|a|os|as) )",
            rf"\b(?:me {_TAKING_OFF}|{_TAKING_OFF} me|(?:me )?(?:descadastr\w+|desinscr\w+)(?: me)?|unsubscribe)(?: {_SMALL}){{0,2}}{_END}",
            rf"\bme deix(?:a|e|em) em paz{_END}",
        )
    )
)
_RESUMES = re.compile(
    "|".join(
        (
            rf"\b{_BACK}(?: (?:{_SMALL}|{_SENDING}|{_AGAIN})){{0,5}} {_SENT_OR_SENDING}",
            rf"(?<!nao )\b(?:quer(?:o|ia)|gostaria|podem?|aceito|autorizo|mand[ae]m?)(?: (?:{_SMALL}|{_SENDING})){{0,5}} {_SENT} {_AGAIN}",
            rf"(?<!nao )\b(?:quer(?:o|ia)|gostaria de|aceito|autorizo) receber(?: {_SMALL}){{0,3}} {_SENT}\b",
            rf"\b(?:volt\w+|coloc\w+ de volta)(?: {_SMALL}){{0,2}} lista\b(?! (?:de )?espera)",
        )
    )
)
_NAMED = re.compile(rf"\b{_SENT}\b")
_STOP_ALONE = re.compile(r"(?:por favor )?(?:par(?:ar|e|em)|stop|chega|basta)(?: (?:com isso|por favor|ja))?")
# These say it to whom writes to them, and to nobody else.
_TO_US = re.compile(r"(?:por favor )?(?:parem|stop)(?: (?:com isso|por favor|ja))?")
_CLAUSES = re.compile(r"[.,;:!?\n]+")


def speaks_of(which: Wish, text: str) -> bool:
    """Return whether a message speaks of being written to no more ("out"), or again ("in"), whatever else it says."""
    if which in (wish(text), questioned(text)):
        return True
    clauses = [words for part in _CLAUSES.split(text) if (words := as_read(part))]
    words = " | ".join(clauses)
    if which == "in":
        return _RESUMES.search(words) is not None
    if _STOPS.search(words) or any(map(_TO_US.fullmatch, clauses)):
        return True
    return _NAMED.search(words) is not None and any(map(_STOP_ALONE.fullmatch, clauses))
