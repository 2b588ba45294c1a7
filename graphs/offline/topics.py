"""What a customer's message is about that is answered at once, whatever is being booked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from graphs.offline.reading import says
from service.language.common import is_common
from service.language.text import fold, undrawn
from service.language.unwanted import speaks_of

Topic = Literal[
    "emergency", "loss", "person", "never_mind", "leave", "appointments", "my_packages", "treatments", "prices", "duration", "services",
    "offers", "accepts", "describe", "hours", "phone", "place", "payment", "pickup", "packages", "question", "unclear", "thanks", "noted",
    "greeting", "identity", "unwanted",
]  # fmt: skip
# The function that answers a topic; the others are answered at once.
FUNCTIONS: dict[Topic, str] = {
    **dict.fromkeys(("emergency", "loss", "person"), "escalate_to_human"),
    **dict.fromkeys(("prices", "duration", "services", "offers", "accepts"), "list_services"),
    **dict.fromkeys(("hours", "phone", "place", "payment", "pickup", "packages"), "shop_info"),
    "unwanted": "stop_messages",
    "leave": "leave_waiting_list",
    "appointments": "my_appointments",
    "describe": "update_pet",
    "my_packages": "my_packages",
    "treatments": "my_treatments",
    "question": "search_knowledge",
}


@dataclass(frozen=True, slots=True)
class Takes:
    """How the arguments of a topic's function are read from the words that brought the topic; `ask` is asked where they don't say them.

    What is answered to `ask` is read in the same way.
    """

    read: Callable[[str], dict[str, Any] | None]
    ask: str = ""


# The topics whose function takes something.
TAKES: dict[Topic, Takes] = {
    "emergency": Takes(lambda _: {"reason": "Emergência ou problema de saúde do pet."}),
    "loss": Takes(lambda _: {"reason": "O cliente conta que o pet morreu."}),
    "person": Takes(lambda _: {"reason": "O cliente pediu para falar com uma pessoa."}),
    "question": Takes(lambda text: {"question": text}),
}
# What is said by the way: it is answered only where nothing else was said.
SMALL_TALK: tuple[Topic, ...] = ("thanks", "noted", "greeting")
# What asks for a service's figures: the animals in it are examples, no pets to be registered.
ABOUT_SERVICES: tuple[Topic, ...] = ("prices", "duration", "services", "offers", "accepts")

_ASKS = re.compile(
    r"\?|^(?:oi+ |ola |bom dia |boa tarde |boa noite |e |entao |ah |opa )*(?:qual|quais|quanto|como|onde|quando|quem|por que|pq|tem"
    r"|voces?|vcs?|que (?:horas?|dias?|tipos?|racas?|servicos?|horarios?)|aceita|posso|precisa|da pra|sera)\b"
    r"|\b(?:saber|duvida|me diz|me fala|gostaria de saber)\b"
)
_QUANTO = re.compile(r"\b(?:qto|qnto|qnt|quantu|qanto)\b")
_OPENING = re.compile(r"\b(?:abr(?:e|em|ir|iu|imos|irao)|fech(?:a|am|ar)|funciona\w*|abert[oa]s?|(?:ta|tao|esta|estao) fechad[oa]s?)\b")
_WHEN = re.compile(
    r"\b(?:que horas?|horarios?|hoje|hj|amanha|segunda|terca|quarta|quinta|sexta|sabados?|domingos?|feriados?|fim de semana|fds|natal"
    r"|ano novo|carnaval|almoco|ate|dia \d+)\b"
)
_HOURS = (
    "expediente", "que horas (?:voces|vcs)", "horario de (?:atendimento|funcionamento)", "horarios? (?:de voces|da loja)",
    "atendem? (?:ate|de|aos?|no|na|hoje|sabado|domingo)",
)  # fmt: skip
_PAYING = ("aceita", "pagar", "paga", "pago", "forma", "parcela", "pix", "cartao")
_COSTING = ("quanto (?:custa|e|eh|ta|fica|sai)", "preco", "valor")
_PATTERNS: dict[Topic, tuple[str, ...]] = {
    "emergency": (
        "emergencia", "urgencia", "socorro", "passando mal", "convuls", "sangr", "vomit", "envenen", "atropel", "engasg",
    ),
    "loss": ("morreu", "faleceu", "estrelinha"),
    "person": (
        "chama(?:r)? (?:um|uma|alguem|o dono|a dona|o gerente|a gerente)\\b", "atendente", "humano", "uma pessoa", "falar com alguem",
        "com pessoa", "(?:falar|conversar) com (?:gente|pessoas?|um ser)\\b", "(?:gente|pessoa) de verdade", "gerente",
        "reclam", "pessimo", "absurdo", "falar com (?:o|a) (?:dono|dona)",
    ),
    "identity": (
        "robos?\\b", "qual (?:e |eh )?(?:o )?seu nome", "como (?:voce|vc) se chama", "quem (?:e|eh) (?:voce|vc)", "inteligencia artificial",
        "(?:voce|vc) (?:e|eh) (?:uma? )?(?:ia|maquina|bot|assistente)\\b", "falando com quem",
        "com quem (?:eu )?(?:falo|to falando)",
    ),
    "leave": ("(sair|tira|tirar) .{0,80}(lista|espera)", "nao quero (mais )?esperar"),
    "appointments": (
        "meus? agendament", "meus? horarios?\\b",
        "(tenho|esta|ficou|ta) (algo |algum |alguma |alguma coisa |algum horario |hora |horario )?(marcad|agendad)",
        "o que (eu )?tenho", "(?:marquei|agendei) .{0,80}\\?", "foi (?:marcad|agendad)",
        "(?:quando|que dia|que horas) (?:e|eh) (?:o |a )?(?:meu|minha|nosso|banho|tosa|consulta)",
    ),
    "my_packages": (
        "(?:meu|do meu|no meu) pacote", "quant[oa]s (?:banhos?|sessoes|tosas?) (?:ainda )?(?:tenho|restam?|faltam?|sobra)",
        "saldo do pacote",
    ),
    "treatments": ("vacinas? .{0,80}(?:venc|atrasad|em dia|quando)", "quando (?:vence|e) .{0,80}vacina", "proxima vacina"),
    "payment": ("pix\\b", "cartao", "dinheiro", "pagamento", "pagar\\b", "parcel", "debito", "credito\\b"),
    "pickup": (
        "leva e traz", "(?:busca|buscam|buscar|pega|pegam|pegar) .{0,80}(?:casa|pet|cachorr|gat|aqui|domicilio)", "tax[iy] ?dog",
        "(?:vem|vao|veem) buscar", "transporte",
    ),
    "packages": ("pacotes?\\b", "planos?\\b", "mensalidade", "mensal\\b"),
    "phone": (
        "telefone", "fone\\b", "whats", "zap\\b", "numero d[aeo] (?:voces|vcs|loja)", "seu numero", "contato", "(?:pra|para) ligar",
        "celular",
    ),
    "place": (
        "onde (?:fica|voces|vcs|e|eh|esta)", "endereco", "localizacao", "como (?:chego|chegar)", "que rua", "qual (?:a )?rua", 
        "ficam? onde", "em que bairro",
    ),
    "duration": ("quanto tempo", "demora", "dura\\b", "duracao", "quantos minutos", "quantas horas"),
    "prices": ("precos?\\b", "valor", "quanto\\b(?! (?:tempo|antes))", "tabela", "orcamento", "cobra", "custa"),
    "services": (
        "(?:quais|que|os|tipos? de|seus) servico", "servicos? (?:voces|vcs|tem)", "o que (?:voces|vcs|a loja) (?:faz|tem|oferec)",
    ),
}  # fmt: skip
_DOES = re.compile(r"\b(?:voces|vcs|vc|voce|ai|a loja|tem|fazem?|dao?|trabalham?|atendem?|aceitam?|oferecem?|rola|faz|vendem?|vende)\b")
_THANKS = re.compile(r"\b(?:obrigad\w+|obrigadao|obg\w*|valeu|vlw|brigad\w+|tchau|ate mais|ate logo|grat[oa]|agradec\w+|abracos?)\b")
_INTRODUCES = re.compile(r"\b(?:meu nome (?:e|eh)|(?:eu )?sou [oa]|aqui (?:e|eh) [oa]) [a-z]+")
_HELLO = re.compile(r"(?:oi+e?|ola|opa|bom dia|boa tarde|boa noite|e ai|eai|tudo (?:bem|bom|joia)|alo|td bem|\W)+")


def topics_of(text: str) -> list[Topic]:
    """Return everything that a text asks for, in the order of its urgency; a new subject of the shop's gets its line above."""
    folded = _QUANTO.sub("quanto", fold(text))
    found: list[Topic] = [topic for topic, stems in _PATTERNS.items() if says(folded, *stems)]
    if speaks_of("out", text):
        found.insert(0, "unwanted")
    opening = _OPENING.search(folded) and (asks(text) or _WHEN.search(folded))
    if opening or says(folded, *_HOURS):
        found.append("hours")
    pays = "payment" in found and says(folded, *_PAYING) and not says(folded, *_COSTING)
    own = "my_packages" in found
    return [topic for topic in found if not (topic == "prices" and (pays or own)) and not (topic == "packages" and own)]


def answers(asked: str | None, text: str) -> Topic | None:
    """Return the topic whose function a text gives what we asked for; None where we asked for nothing such, or the text does not say it."""
    return next((topic for topic, takes in TAKES.items() if takes.ask and takes.ask == asked and takes.read(text) is not None), None)


def offers_or_accepts(text: str, *, service: bool, species: bool, unknown: bool) -> Topic | None:
    """Return whether a question is about what the shop does, or for which animals; None for any other."""
    folded = fold(text)
    if not asks(text) or not _DOES.search(folded):
        return None
    if species and says(folded, "atend", "aceit", "dao", "faz", "trabalh", "pode") and not unknown:
        return "accepts"
    does = says(folded, "faz\\b", "fazem\\b", "fazer\\b", "oferecem?\\b", "trabalham?\\b")
    return "offers" if (service and not unknown) or (unknown and does) else None


def asks(text: str) -> bool:
    """Return whether a text is a question, with its mark or without."""
    return _ASKS.search(fold(text)) is not None


def small_talk(text: str) -> Topic | None:
    """Return what a text that says nothing else is: thanks, a greeting, or a nod."""
    folded = _INTRODUCES.sub(" ", undrawn(fold(text))).strip()
    words = re.findall(r"[a-z]+", folded)
    if not words:
        return "noted" if text.strip() and not re.search(r"[\d?]", text) else None
    if _HELLO.fullmatch(folded):
        return "greeting"
    if asks(folded) or not all(is_common(word) for word in words):
        return None
    if _HELLO.match(folded) and len(words) <= 5:
        return "greeting"
    if _THANKS.search(folded):
        return "thanks"
    return "noted" if len(words) <= 5 else None
