"""Whether a whole message takes an alarm back: "era só pra saber do banho", "foi engano, ele está bem".

A closed grammar over the message's clauses: each must be a denial, a word on the pet's being well, a courtesy or everyday business, and one
at least a denial. That the pet is well is none: it may have swallowed what it swallowed. Whatever else is said, the person who was called
goes on.
"""

import re

from service.language import emergency
from service.language.phrases import either
from service.language.text import fold

# What the team reads, and the model.
REASON = "O próprio cliente disse que não era emergência. A IA voltou a responder."
NOTE = "O cliente disse que não era emergência. Responda ao que ele pede agora."

LONGEST = 200  # characters; an emergency is not explained away in more

_TOPIC = (
    r"(?:(?:o|a|os|as|um|uma|do|da|dos|das|de|no|na|sobre|pro|pra|e|esse|essa) )*(?:preco|precos|valor|valores|horario"
    r"|horarios|vaga|banhos?"
    r"|tosas?|racao|racoes|hotel|hotelzinho|hospedagem|creche|corte de unhas?|pacotes?|endereco|antipulgas?|vacinas?|shampoo)"
    r"(?: (?:do|da|de|dos|das|pro|pra|e|o|a|pra|para|um|uma|banho|tosa|hoje|amanha|sabado|segunda|terca|quarta|quinta|sexta|horario"
    r"|el[ea]|dele|dela|cachorr\w+|gat\w+))*(?: (?:d[oa]|pr[oa]) \w{2,20})?"
)
_WANT = either(r"saber", r"perguntar", r"ver", r"marcar", r"agendar", r"remarcar", r"confirmar", r"tirar (?:uma )?duvida", r"consultar")
_DENIAL = re.compile(
    either(
        (
            r"(?:isso )?(?:foi|era|e|eh) (?:so |apenas |tudo )?(?:um |uma )?(?:engano|equivoco|brincadeira|mal entendido"
            r"|alarme falso|erro(?: meu)?)"
        ),
        r"alarme falso(?: (?:gente|pessoal))?",
        r"(?:me )?(?:enganei|confundi|expressei mal|equivoquei)",
        r"(?:mandei|escrevi|digitei|foi) (?:a mensagem |pro numero |pra pessoa |o texto )?(?:errad[oa]|sem querer|por engano)",
        r"(?:mensagem|numero|conversa) errad[oa]",
        r"(?:nao|n) (?:e|eh|foi|era|tem) (?:uma |nenhuma )?(?:emergencia|urgencia|nada disso)(?: nao)?",
        rf"(?:nao |n )?(?:era|e|eh|foi|eu queria|queria|quero|eu quero) (?:so|somente|apenas) (?:(?:pra|para|por) )?(?:{_WANT} )?{_TOPIC}",
        rf"(?:so|somente|apenas) (?:queria|quero|pra|para) (?:{_WANT} )?{_TOPIC}",
    )
)
_BESIDE = re.compile(
    either(
        r"",
        r"(?:oi|ola|opa|calma|gente|pessoal|moc[oa]|nao|desculp\w*|perdao|foi mal|mil desculpas|me desculp\w+|desculpa (?:ai"
        r"|o susto|a confusao)"
        r"|obrigad[oa]|obg|valeu|bom dia|boa tarde|boa noite|viu|ta|ok|sim)(?: (?:gente|pessoal|moc[oa]|por tudo|viu|mesmo))*",
        r"(?:(?:el[ea]|o|a|meu|minha|cachorr[oa]|gat[oa]|pet|bichinho|aqui) )*(?:ja )?(?:esta|ta|tah|tao|estao)"
        r" (?:(?:super|muito|tudo|todo|toda|otimo e) )*(?:bem|otim[oa]|normal|tranquil[oa]|certo|em ordem)(?: (?:sim|agora"
        r"|gracas a deus|viu|com el[ea]))*",
        r"(?:(?:com el[ea]|por aqui) )?tudo (?:bem|certo|ok|em ordem|tranquilo)(?: (?:com el[ea]|por aqui))?",
        r"(?:nao|n) (?:foi|e|eh|era) nada(?: (?:demais|de mais|nao))?",
        r"(?:nao|n) precisa(?:m)? (?:mais )?(?:se preocupar|de ninguem|chamar ninguem|de veterinari[oa]|de pessoa)",
        r"(?:pode|podem)? ?(?:ignor\w+|desconsider\w+|esquec\w+|deixar?)(?: (?:isso|a mensagem|ai|pra la))?",
        rf"(?:quanto|quando|qual|que horas) (?:e|eh|fica|custa|ta|tem|o|a) {_TOPIC}",
        rf"(?:tem|teria) {_TOPIC}",
    )
)
# Folded, "é" is "e", too.
_CLAUSE = re.compile(r"[,.;:!\n]+|\be\b(?= (?:el[ea]|ta|tah|esta|tudo|queria|quero|foi|era|obrigad\w+)\b)|\b(?:mas|so que|porque|pq)\b")
_WORDS = re.compile(r"[^\w,.;:!?\n ]+")
_ASKED = re.compile(r" ?\?+")
_LAUGHS = re.compile(r"\b(?:k{2,}|(?:rs)+|(?:ha|he|hu){2,}h?)\b")


def takes_back(text: str) -> bool:
    """Tell whether a whole message says that there is no emergency."""
    if len(text) > LONGEST or emergency.recognise(text):
        return False
    folded = _LAUGHS.sub(" ", _WORDS.sub(" ", fold(text.replace("\n", " . "))))
    # A denial that is asked ("foi engano?") is none; a price may be.
    clauses = [" ".join(clause.split()) for clause in _CLAUSE.split(_ASKED.sub(" ?.", folded))]
    denied = [bool(_DENIAL.fullmatch(clause)) for clause in clauses]
    return any(denied) and all(no or _BESIDE.fullmatch(clause.removesuffix(" ?")) for no, clause in zip(denied, clauses, strict=True))
