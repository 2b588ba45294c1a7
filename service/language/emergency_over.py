"""Whether a whole message takes an alarm back: "era só pra saber do banho", "foi engano, ele está bem", "cebola é o nome dela".

A closed grammar over the message's clauses: each must be a denial, a word on the pet's being well, a courtesy or everyday business, and one
at least a denial. A denial says that there was no emergency: a mistake of writing, a jest, a mere question, a name, something long past, or
that a bath was all that was meant. That the pet is well is none, for it may have swallowed what it swallowed; nor is how it came about, nor
that an address is all that is wanted. Whatever else is said, the person who was called goes on.
"""

import re

from service.language import emergency
from service.language.emergency_words import JEST
from service.language.phrases import either
from service.language.text import fold

# What the team reads, and the model.
REASON = "O próprio cliente disse que não era emergência. A IA voltou a responder."
NOTE = "O cliente disse que não era emergência. Responda ao que ele pede agora."

LONGEST = 200  # characters; an emergency is not explained away in more

# What nobody asks for whose animal is in danger. An address, an opening hour, a price or a vet is not among it.
_SERVICE = either(
    r"banhos?", r"banhinho", r"tosas?(?: (?:higienica|bebe|na (?:maquina|tesoura)))?", r"racao", r"racoes", r"hotel", r"hotelzinho",
    r"hospedagem", r"creche",
    r"corte de unhas?", r"cortar (?:a |as )?unhas?", r"pacotes? de banhos?", r"hidratacao", r"escovacao",
    r"taxi (?:dog|pet)",
)  # fmt: skip
_WHOSE = r"(?: (?:do|da|dos|das|pro|pra|para (?:o|a)) (?:(?:meu|minha) )?\w{2,20}| d?el[ea])"
_DAY = r"(?: (?:hoje|amanha|(?:no )?sabado|segunda|terca|quarta|quinta|sexta))"
_SERVICES = rf"{_SERVICE}(?: (?:e|ou) (?:a |o )?{_SERVICE})*(?:{_DAY}|{_WHOSE}){{0,2}}"
_FIGURE = r"(?:preco|precos|valor|valores|horarios?|vagas?|quanto (?:custa|e|fica)|dia) (?:(?:do|da|de|pro|pra|para|o|a|um|uma) )+"
_PRICED = rf"(?:(?:o|a|um|uma|sobre) )*{_FIGURE}{_SERVICES}"
_TOPIC = rf"(?:(?:o|a|um|uma|de|do|da|sobre) )*(?:{_FIGURE})?{_SERVICES}"
_ASK = either(r"saber", r"perguntar", r"ver", r"marcar", r"agendar", r"remarcar", r"confirmar", r"consultar", r"tirar (?:uma )?duvida")
_ONLY = r"(?:so|somente|apenas)"
_WAS = r"(?:foi|era)"
_FALSE = either(
    r"(?:um |uma )?(?:engano|equivoco|mal[- ]entendido|alarme falso|falso alarme|exagero(?: meu)?|teste"
    r"|(?:jeito|modo|forma|maneira) de (?:falar|dizer)|forca de expressao|figura de linguagem)",
)
_LONG_AGO = either(
    r"(?:no )?ano passado", r"(?:no )?mes passado", r"(?:na )?semana passada", r"(?:ha|faz) (?:muito )?tempo",
    r"(?:ha|faz) (?:muitos |uns |\w+ )?(?:anos?|mes(?:es)?)",
    r"antigo", r"coisa antiga", r"(?:ja )?(?:e )?passado",
)  # fmt: skip
_ANIMAL = r"(?:cachorr\w+|gat\w+|pet|cadela|filhot\w+|bichinh\w+|dog\w*)"
_PET = rf"(?:del[ea]|d[oa] (?:(?:meu|minha|nosso|nossa) )?{_ANIMAL})"
# Dangers that pets are called after; "Bolinha é o nome dele" may be said of any that is ill.
_NAME = either(
    r"cebol\w+", r"chocolate", r"cacau", r"uv(?:as?|inha)", r"passas?", r"lirio", r"veneno", r"chumbinho", r"alho", r"abacate", r"sapo",
    r"cobra", r"aranha", r"mamona", r"bombom", r"carambola", r"azaleia", r"gasolina", r"cigarro", r"socorro", r"choque", r"cerveja",
)  # fmt: skip
# That there was none. Not how it came about: "foi sem querer", "foi erro meu" and "me confundi" are said over a dying dog, too.
_DENIAL = re.compile(
    either(
        rf"(?:isso |aquilo |tudo )?{_WAS} (?:{_ONLY} |tudo )?{_FALSE}",
        rf"(?:e|eh) (?:{_ONLY} )?{_FALSE}",
        rf"(?:isso |aquilo |tudo )?(?:era|e|eh) (?:{_ONLY} )?(?:uma )?(?:brincadeira|piada|zoeira)(?: minha)?",
        r"(?:eu )?(?:to|tou|estou) (?:so )?(?:brincando|zoando)",
        r"eu (?:tava|estava) (?:so )?(?:brincando|zoando)",
        r"(?:tava|estava) (?:so )?zoando",
        r"brincadeira minha",
        r"(?:alarme falso|falso alarme)(?: (?:gente|pessoal))?",
        r"(?:mandei|enviei) (?:(?:a mensagem|o texto|isso) )?(?:errad[oa]|sem querer|por engano|(?:pr?o|no) (?:numero|grupo|chat"
        r"|contato) errado|pra pessoa errada)",
        r"(?:escrevi|digitei) (?:(?:a mensagem|o texto|isso|tudo) )?(?:errad[oa]|sem querer)",
        r"(?:mensagem|numero|conversa|chat|grupo) errad[oa]",
        r"(?:me )?(?:enganei|confundi) de (?:numero|conversa|pessoa|chat|grupo|contato)",
        r"me expressei mal",
        r"(?:voces?|vcs?) entende(?:u|ram) (?:errado|mal)",
        r"(?:me )?entende(?:u|ram) (?:errado|mal)",
        r"(?:nao|n) (?:e|eh|foi|era|houve) (?:(?:uma|nenhuma) )?(?:emergencia|urgencia)(?: (?:nenhuma|nao))*",
        # "não tem emergência" asks for one.
        r"(?:nao|n) (?:tem|ha) (?:emergencia|urgencia) nenhuma",
        r"(?:nao|n) (?:e|eh|foi|era) nada disso(?: nao)?",
        # "foi só o banho" and "era só pra tosa" may be how it came about: what was asked must be said.
        rf"(?:nao |n )?(?:{_WAS} {_ONLY}|{_ONLY} {_WAS}) (?:(?:pra|para|por) )?(?:{_ASK} {_TOPIC}|{_PRICED}|sobre {_TOPIC})",
        rf"(?:eu )?(?:{_ONLY} queria|queria {_ONLY}) (?:{_ASK} {_TOPIC}|{_PRICED})",
        rf"(?:e|eh) {_ONLY} (?:(?:pra|para) )?(?:{_ASK} )?{_TOPIC}",
        r"era (?:uma )?(?:pergunta|duvida|curiosidade)",
        rf"(?:{_ONLY} )?perguntei (?:{_ONLY} )?por curiosidade",
        rf"(?:e|eh|{_WAS}) {_ONLY} (?:uma |um )?(?:pergunta|duvida|curiosidade)(?: (?:minha|mesmo|boba|geral))?",
        rf"(?:isso|aquilo) (?:ja )?(?:(?:foi|aconteceu|e|eh|era|faz|ja faz) )?{_LONG_AGO}(?: (?:ja|atras))*",
        r"(?:isso|aquilo) (?:ja )?faz (?:(?:muito|um|uns|\w+) )?(?:tempo|tempao|anos?|mes(?:es)?)(?: (?:ja|atras))*",
        rf"{_NAME} (?:aqui )?(?:e|eh) (?:so )?(?:o nome |como se chama ){_PET}",
        rf"{_NAME} (?:e|eh) (?:[oa] )?(?:(?:meu|minha|nosso|nossa) )?{_ANIMAL}",
    )
)
# What was done in play may be how it came about; nobody laughs over a dying dog.
_IN_JEST = re.compile(rf"(?:foi |{_ONLY} )?(?:uma )?brincadeira|(?:tava|estava) (?:so )?brincando")
# Of the word that alarmed; "é o nome dele" alone may answer what was asked.
_ITS_NAME = re.compile(rf"(?:e|eh) (?:{_ONLY} )?(?:o nome|como se chama|o apelido) {_PET}(?: mesmo)?")
_NO = re.compile(r"(?:nao|n|uai|ue|calma|relaxa|que isso|magina|imagina)(?: (?:nao|gente|pessoal|moc[oa]))*")
# The animal's own health, and that no more than a bath is wanted: neither is a denial, both together are one.
_WELL = re.compile(
    r"(?:(?:el[ea]|(?:[oa] )?(?:meu|minha) (?:cachorr[oa]|gat[oa]|pet)|[oa] (?:cachorr[oa]|gat[oa]|pet)) (?:ja )?(?:esta|ta|tah) "
    r"(?:(?:super|muito|tudo) )*(?:bem|otim[oa]|tranquil[oa])"
    r"|(?:(?:esta|ta|tah) )?tudo (?:bem|certo|ok) com el[ea])(?: (?:sim|gracas a deus|viu))*"
)
_ONLY_THAT = re.compile(rf"(?:eu )?(?:{_ONLY} (?:quero|queria|preciso|vim)|(?:quero|queria|preciso) {_ONLY}) (?:{_ASK} )?{_TOPIC}")
_BESIDE = re.compile(
    either(
        r"",
        r"nada disso",
        r"(?:oi|ola|opa|ah|eita|poxa|puxa|ih|calma|gente|pessoal|moc[oa]|nao|desculp\w*|perdao|foi mal|mil desculpas|me desculp\w+"
        r"|desculpa (?:ai"
        r"|o susto|a confusao|o incomodo|o transtorno)"
        r"|obrigad[oa]|obg|valeu|bom dia|boa tarde|boa noite|viu|ta|ok|sim|relaxa|nossa|uai|ue|hein|magina|imagina)(?: (?:gente|pessoal"
        r"|moc[oa]|por tudo|viu|mesmo|nao|calma|desculpa))*",
        r"(?:(?:el[ea]|o|a|meu|minha|cachorr[oa]|gat[oa]|pet|bichinho|aqui) )*(?:ja )?(?:esta|ta|tah|tao|estao)"
        r" (?:(?:super|muito|tudo|todo|toda|otimo e) )*(?:bem|otim[oa]|normal|tranquil[oa]|certo|em ordem)(?: (?:sim|agora"
        r"|gracas a deus|viu|com el[ea]))*",
        r"(?:(?:com el[ea]|por aqui) )?tudo (?:bem|certo|ok|em ordem|tranquilo)(?: (?:com el[ea]|por aqui))?",
        r"(?:me )?(?:enganei|equivoquei|confundi|exagerei)",
        r"(?:nao|n) (?:foi|e|eh|era|aconteceu|houve) nada(?: (?:demais|de mais|nao|com el[ea]))?",
        r"(?:nao|n) precisa(?:m)? (?:mais )?(?:se preocupar|de ninguem|chamar ninguem|de veterinari[oa]|de pessoa)",
        r"(?:pode|podem)? ?(?:ignor\w+|desconsider\w+|esquec\w+|deixar?)(?: (?:isso|a mensagem|ai|pra la))?",
        rf"(?:quanto|quando|qual|que horas) (?:(?:e|eh|fica|custa|ta|tem|o|a) )*{_TOPIC}",
        rf"(?:tem|teria) {_TOPIC}",
        rf"(?:eu )?(?:{_ONLY} (?:quero|preciso)|(?:quero|preciso|gostaria de|queria) (?:{_ONLY} )?)(?: ?{_ASK})? {_TOPIC}",
        rf"{_ONLY} (?:pra|para) (?:{_ASK} )?{_TOPIC}",
    )
)
# Folded, "é" is "e", too.
_CLAUSE = re.compile(r"[,.;:!\n]+|\be\b(?= (?:el[ea]|ta|tah|esta|tudo|queria|quero|foi|era|obrigad\w+)\b)|\b(?:mas|so que|porque|pq)\b")
_WORDS = re.compile(r"[^\w,.;:!?\n ]+")
_ASKED = re.compile(r" ?\?+")
_TAIL = re.compile(r"(?: (?:gente|pessoal|moc[oa]|viu|so|mesmo|ta bom))+$")
_LAUGHS = re.compile(r"\b(?:k{2,}|(?:rs)+|(?:ha|he|hu){2,}h?)\b")


def takes_back(text: str) -> bool:
    """Tell whether a whole message says that there is no emergency."""
    if len(text) > LONGEST:
        return False
    folded = _LAUGHS.sub(" ", _WORDS.sub(" ", fold(text.replace("\n", " . "))))
    # A denial that is asked ("foi engano?") is none; a price may be.
    clauses = [_TAIL.sub("", " ".join(clause.split())) for clause in _CLAUSE.split(_ASKED.sub(" ?.", folded))]
    laughs = bool(JEST.search(fold(text)))
    denied = [bool(_DENIAL.fullmatch(clause) or (laughs and _IN_JEST.fullmatch(clause))) for clause in clauses]
    if laughs or any(_NO.fullmatch(clause) for clause in clauses):
        denied = [no or bool(_ITS_NAME.fullmatch(clause)) for no, clause in zip(denied, clauses, strict=True)]
    both = all(any(said.fullmatch(clause) for clause in clauses) for said in (_WELL, _ONLY_THAT))
    if not both and not any(denied):
        return False
    beside = (no or _BESIDE.fullmatch(clause.removesuffix(" ?")) for no, clause in zip(denied, clauses, strict=True))
    return all(beside) and emergency.recognise(text) is None
