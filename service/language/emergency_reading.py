"""Who and what a message speaks of, before it is searched for danger: pets by their names, what was given as such, what was only swallowed.

A word of danger rings only where the clause that it stands in leaves it one: "a Cebola comeu" is a pet that ate, "tomou o antipulgas ontem"
a product for pets that was given, "engoliu água no banho" a mouthful of water. What is read so is put in neutral words; all that the clause
says beside it stays, so that a pet called Cebola that ate poison, or one that trembles after its flea tablet, is an emergency.
"""

import re
from collections.abc import Sequence

from service.language.emergency_given import GIVEN, without_medicine
from service.language.emergency_spelling import spelled
from service.language.emergency_swallowed_words import CALLED_SO, EATS, MEDICINE, SWALLOWED
from service.language.emergency_things import STRUCK, without_things
from service.language.phrases import any_of, either
from service.language.text import ending_at, fold

PET = "bicho"
HARMLESS_BITE = "algo"

NAMES = re.compile(CALLED_SO)

_ANIMAL = either(
    r"cachorr\w+", r"cadel\w+", r"caes", r"cao", r"gat[oa]s?", r"gatinh\w+", r"filhot\w+", r"pets?", r"bichinh\w+", r"coelh\w+",
    r"calopsita", r"hamster", r"poodle", r"pinscher", r"pug", r"shi[- ]?h? ?tzu", r"york\w*", r"spitz", r"lulu", r"bulldog\w*",
    r"golden", r"labrador\w*", r"salsicha", r"vira[- ]?latas?", r"persa", r"siames", r"lhasa", r"maltes", r"pitbull", r"pastor",
)  # fmt: skip
# What only somebody does who is not eaten: a pet's verb right after its name.
_LIVES = either(
    EATS, r"com(?:e|er|endo)", r"quer\w*", r"beb\w+", r"dorm\w+", r"late", r"latiu", r"mia", r"miou", r"ador\w+", r"am[ao]u?", r"gost\w+",
    r"pul\w+", r"foi (?:castrad|tosad|vacinad)\w+", r"precis\w+", r"fug\w+", r"chegou", r"veio", r"voltou", r"brinc\w+", r"mord\w+",
    r"engord\w+", r"emagrec\w+", r"cresc\w+", r"fez(?! (?:muito |tao )?mal\b)", r"faz(?! (?:muito |tao )?mal\b)", r"vai(?! fazer mal)",
    r"tem", r"teve", r"nasceu", r"vomitou",
)  # fmt: skip
# What stings and bites is no pet where it does.
_STINGS = (
    r"(?!(?:cobra|aranha|abelha|vespa|lagarta|escorpiao|jararaca|coral|sapo|agulha|bala|choque|trovao|pedra)"
    r" (?:mord|pic|peg|ferro|atac|acert|bat|fur|ca|entr|deu)\w*)"
)
_OURS = r"(?:(?:a|o|minha|meu|nossa|nosso|da|do) )"
_BELONGS = either(
    r"banho", r"tosa", r"consulta", r"vacinas?", r"retorno", r"horario", r"agendamento", r"visita", r"exame", r"don[oa]", r"tutora?",
    r"mae", r"pai", r"mamae", r"papai", r"unhas?", r"cadastro", r"carteirinha", r"pacote", r"hospedagem", r"reserva", r"foto\w*", r"nome",
)  # fmt: skip
_SERVES = either(
    r"banho", r"tosa", r"consulta", r"vacina", r"horario", r"hotel\w*", r"vaga", r"lev\w+", r"traz\w+", r"troux\w+", r"busc\w+",
    r"agend\w+", r"marc\w+", r"remarc\w+",
)  # fmt: skip
_NAMED = (
    # "minha cachorra Cebola", not "minha gata veneno de rato"
    re.compile(rf"\b(?P<keep>{_ANIMAL},? (?:chamad[oa] |(?:a|o) )?){CALLED_SO}\b(?! (?:d[eao]|inteir|tod)\b)"),
    # "a Cebola comeu bem", where the clause begins
    re.compile(rf"(?P<keep>(?:^|[,.!?;:] ?|\b(?:e|mas|que|pq|porque|oi|ola|dia|tarde|noite) ){_OURS}){_STINGS}{CALLED_SO}(?= {_LIVES}\b)"),
    re.compile(rf"(?P<keep>\b{_BELONGS} d[oa] ){CALLED_SO}\b"),
    re.compile(rf"(?P<keep>\b{_SERVES} (?:\S+ ){{0,2}}?(?:pr[oa]|para [oa]|[oa]|d[oa]) ){CALLED_SO}\b"),
)

_AND_SUCH = (
    r"(?: (?:um pouc\w+|um pouquinho|um gole|uns goles|goles|uma golada|um tanto|bastante|muit[oa]|umas|uns|a|o|da|do|de|com"
    r"|sem querer)){0,4}"
)
_WATER = either(
    r"agua com (?:sabao|shampoo|xampu|espuma)(?= .{0,20}\b(?:banho|banheira)\b)",
    (
        r"(?:agua|aguinha)\b(?! (?:sanitaria|oxigenada|com (?:cloro|sabao|desinfetante|candida|veneno|produto)"
        r"|do (?:radiador"
        r"|balde)|salgada|d[oe] mar))"
    ),
    r"espuma", r"(?:shampoo|xampu|condicionador|sabonete|sabao)(?= .{0,20}\b(?:banho|banheira)\b)",
)  # fmt: skip
_FOOD = either(
    r"racao", r"comida", r"comidinha", r"petiscos?", r"bifinhos?", r"biscoitos?", r"sache", r"frango", r"carne", r"arroz", r"pao", r"ovo",
    r"cenoura", r"maca", r"banana", r"melancia", r"mamao", r"melao", r"pate", r"legumes?", r"cafe da manha", r"almoco", r"janta",
    r"lanche",
    r"comprimidinho", r"pelos?", r"bolas? de pelos?", r"mosca", r"mosquito", r"formiga", r"grama", r"graminha",
)  # fmt: skip
_SWALLOWED_WATER = re.compile(rf"\b(?:(?P<verb>{SWALLOWED})|engasgou(?: um pouco)? com){_AND_SUCH} {_WATER}")
_ATE_FOOD = re.compile(
    rf"\b(?P<verb>{SWALLOWED})(?: (?:um|uma|uns|umas|o|a|os|as|seu|pedaco|pedacinho|pouco|pouquinho|de|do|da|muit[oa]|bem"
    rf"|tod[oa])){{0,4}} {_FOOD}\b(?! (?:de|com|d[oa]) \w)"
)
# People take things too, and not to eat them.
_FETCHED = any_of(
    (
        r"(?<!\bd[oa] )\b(?:marido|esposa|filh[oa]|mae|pai|irma[o]?|vizinh[oa]|motoboy|motorista|entregador|rapaz|moco|moca"
        r"|alguem|namorad[oa])"
        r" (?:(?:ja|nao|que|la|ai) ){0,2}(?:pegou|buscou|abriu|retirou|comprou|levou)"
    ),
    rf"\bpegou (?:o|a|os|as) (?:\S+ )?{MEDICINE} (?:ai|a[qi]|la|na loja|no balcao|com voces|com vcs|com vc|ontem)\b",
)
# Things break down, too: what is said of them is no patient's.
_BROKEN = any_of(
    (
        r"\b(?:bateria|carro|motor|pneu|moto|uber|computador|notebook|chuveiro|secador|maquininha|cartao|link|site|app|aplicativo|sistema"
        r"|internet|wi[- ]?fi|pix|pagamento|celular|telefone|luz|energia|sinal|rede)(?: d[eoa]s? \S+)? (?:(?:aqui|ja|so|de vcs"
        r"|de voces) ){0,2}"
        r"(?:arriou|morreu|apagou|travou|parou|pifou|(?:furou|queimou)(?! (?:[oa]s? |um |uma |tod|n?el[ea]\b|meu|minha|bicho))|nao \S+"
        r"|(?:ta|esta|tah) (?:agonizando|morrendo|nas ultimas|mort[oa]|(?:muito |bem |super )?(?:ruim|mal)))"
    ),
    (
        r"\b(?:celular|telefone|internet|sistema|site|app|pix|ligacao|luz|energia|sinal|rede) (?:\S+ ){0,2}?caiu(?: na agua"
        r"| no chao| na privada)?(?: e (?:ja )?(?:apagou|morreu|pifou|quebrou|travou|queimou|parou))*"
    ),
)
# Devices burn out and break: of those that are asked for, the customer's own, too ("tem termômetro? o meu queimou"). Not what burns an
# animal: nothing may follow that could be burnt.
_DEVICE = (
    r"(?:termometro|termostato|aquecedor|filtro|bomba|bombinha|oxigenador|lampada|luminaria|fonte|bebedouro|comedouro|alimentador"
    r"|secador|soprador"
    r"|maquina|maquininha|tosquiadeira|aparador|chuveiro|ventilador|climatizador|ar[- ]condicionado|aparelho|tomada|carregador|chapinha"
    r"|microondas|roteador|computador|notebook|celular|bateria|motor|resistencia|roda|cama|caminha|coleira|guia"
    r"|peitoral|brinquedo|bolinha|arranhador|tapete|cabo|fusivel|abajur|camera|umidificador)"
)
_BREAKS = (
    r"(?:queim(?:ou|aram|ad[oa])|quebr(?:ou|aram|ad[oa])|pif(?:ou|aram)|estrag(?:ou|aram)|parou(?: de \S+)?|explod(?:iu|iram)"
    r"|estour(?:ou|aram)"
    r"|rach(?:ou|aram)|trinc(?:ou|aram)|morreu|derret(?:eu|eram)|fur(?:ou|aram)|rasg(?:ou|aram)|arrebent(?:ou|aram)|caiu(?: (?:no"
    r"|do) (?:chao|suporte|gancho))?"
    r"|(?:deu|entrou em) curto|pegou fogo|amass(?:ou|aram)|vaz(?:ou|aram|ando))"
)
_AND_NO_MORE = (
    r"(?: (?:tod[oa]|tud[oa]|todinh[oa]|de vez|de novo|no meio|ontem|hoje|hj|aqui|ja|sozinh[oa]|essa semana|essa noite|na tomada|do nada"
    r"|n[oa] (?:primeir|segund)[oa]|ligad[oa]|vez|dia))*"
    r"(?=\s*(?:$|[,.!?;]|(?:e|mas|quando|pq|porque|depois|entao|faz|ha|semana|mes)\b))"
)
_BROKE = rf"(?:(?:ja|tambem|tb|nao|so|que|ta|esta|foi) ){{0,2}}{_BREAKS}(?:(?: e|,)+ {_BREAKS})*{_AND_NO_MORE}"
_DEVICE_BROKE = re.compile(
    rf"\b{_DEVICE}(?: d[aeo]s? (?:\S+ )?\S+| (?:que|q) (?:eu|a gente|compr\w+|voces|vcs|veio|tenho|tinha|ganhei|uso|era)(?: \S+){{0,3}}?"
    rf"| (?:nov|velh|antig|daqui|eletric|automatic)\w*)? {_BROKE}"
)
_BROKE_A_DEVICE = re.compile(rf"\b{_BREAKS} (?:[oa]s? |meu |minha |nosso |nossa ){{1,2}}{_DEVICE}\b(?! (?:n[oa]s?|em|nel|del|e)\b)")
_MINE_BROKE = re.compile(
    rf"(?P<keep>\b{_DEVICE}\b.{{0,60}}?\b)(?:[oa]s?) (?:meu|minha|daqui|nosso|nossa)(?: (?:velh|antig"
    rf"|ultim)[oa])? {_BROKE}"
)
# People around the customer; who is called "filha" or "bebê" may be the pet.
_PERSON = re.compile(
    r"\b(?:meu|minha|o|a) (?:marido|espos[oa]|mae|pai|avo|vo|vovo|namorad[oa]|noiv[oa]|irma[o]?|sogr[oa]|tia|tio|prim[oa]"
    r"|cunhad[oa]|amig[oa]"
    r"|chefe|funcionari[oa]|baba|diarista|motorista) (?:(?:que|ja|tambem|so|quase) )?"
    r"(?:caiu|(?:tomou|levou) (?:um |uma )?(?:tombo|choque|susto|tiro|pancada|queda)|(?:in|en)fartou|desmaiou|engasgou"
    r"|bateu|quebrou|fraturou|escorregou|tropecou|torceu|rolou|sofreu|teve|esta|ta|tah|passou|morreu|faleceu|adoeceu|operou|ficou|cortou"
    r"|machucou|se \w+|foi"
    r" \w+d[oa])\b"
    r"(?P<rest>[^.,!?;]{0,60})"
)
_ANIMALS = re.compile(rf"\b(?:{_ANIMAL}|{PET}|n?el[ea]s?|em cima|pel[oa]|vomit\w+)\b")
_IN_IT = re.compile(rf"\b(?:{_ANIMAL}|{PET}|[nd]?el[ea]s?|em cima|patas?|patinhas?|rabo|focinho|asas?|bico|unhas?)\b")
# What people eat, drink and take. A child may be the pet, unless it is where the shop's guests are; a grown-up is none.
_GROWN_UP = (
    r"(?:marido|espos[oa]|mae|pai|avo|vo|vovo|namorad[oa]|noiv[oa]|sogr[oa]|ti[oa]|cunhad[oa]|amig[oa]|chefe|funcionari[oa]|diarista)"
)
_CHILD = r"(?:filh[oa]|filhinh[oa]|net[oa]|netinh[oa]|sobrinh[oa]|afilhad[oa]|crianca|bebe|menin[oa]|irma[o]?|prim[oa])"
_TOOK = r"(?:comeu|tomou|bebeu|engoliu|mastigou|provou|lambeu|pegou|roubou)"
_AMONG_GUESTS = (
    r"(?:a[iq]u?i? )?(?:[nd]a (?:recepcao|loja|sala de espera|entrada|fila|lojinha)|[nd]o (?:balcao|salao|pet ?shop))"
    r"|que (?:voces|vcs|ces) (?:serv|d[aeo]|oferec|tem|deix)\w*"
)
# A pet has no arm to break.
_CHILDS_ARM = re.compile(
    rf"\b(?:meu|minha|nosso|nossa) {_CHILD} (?:quebrou|torceu|fraturou|trincou|machucou|cortou|operou) (?:o|a|os|as|um) "
    r"(?:braco|mao|pe|punho|tornozelo|cotovelo|dedo d[oa] (?:mao|pe))\b"
)
# Only where no animal is spoken of, which may have had its share.
_PERSON_TOOK = any_of(
    rf"\b(?:meu|minha|o meu|a minha) {_GROWN_UP} (?:(?:que|ja|tambem|so|quase) )?{_TOOK}\b(?:(?! e )[^.,!?;]){{0,60}}",
    rf"\b(?:meu|minha|nosso|nossa) {_CHILD} (?:(?:que|ja|tambem|so) )?{_TOOK}\b(?:(?! e )[^.,!?;]){{0,40}}?(?:{_AMONG_GUESTS})",
)
# Who is where people are looked after is no animal: the one who writes is there, or whom they went with.
_AT_THE_DOCTORS = re.compile(
    r"\b(?:to|tou|estou|tamos|estamos|fui|fomos|vim|viemos|correndo|corremos|corri|ta|esta|tava|ficou|internad[oa]|indo|levei|levamos)"
    r"(?: [^\s,.;!?]+){0,3}? (?:n[oa]|pr[oa]|para [oa]|ao|em|num|numa) (?:hospital(?! (?:vet|pet|de anima|d[eoa] |ai\b))|pronto[- ]socorro"
    r"|upa|posto(?! d[ae] gas)|pediatra|maternidade|emergencia(?! (?:vet|pet|d[eoa] ))|uti|samu)\b"
)
_AT_HOME_ILL = re.compile(rf"\b(?:meu|minha|nosso|nossa|o meu|a minha) (?:{_CHILD}|{_GROWN_UP})\b[^,.!?;]{{0,60}}")
_BEASTS = re.compile(rf"\b(?:{_ANIMAL}|{PET}|em cima|n?el[ea] (?:comeu|engoliu|lambeu)|vet|veterin\w+|patas?|raca|coleira)\b")
# What the one who writes, or a grown-up, has of a body.
_ORGAN = (
    r"(?:pernas?|bracos?|maos?|dedos?|corac(?:ao|aozinho)|pulmao|pulmoes|peito|costas?|coluna|cabeca|barriga|olhos?|joelhos?|respiracao"
    r"|garganta"
    r"|pressao|pes?|tornozelo|ombros?|quadril|nariz|boca|lingua|visao)"
)
_OWN_BODY = re.compile(
    rf"\b(?:(?:meus?|minhas?) {_ORGAN}\b|(?:[oa]s? )?{_ORGAN} d[oa]s? (?:meu|minha) {_GROWN_UP}\b(?:(?:"
    rf"(?! em cima)[^.,!?;]){{0,30}} e el[ea] caiu)?)"
    r"(?P<rest>[^.,!?;]{0,60})"
)
_OWN_BREATH = re.compile(
    r"\b(?:eu )?(?:(?:nao|n|mal|quase|nem|ja) )*(?:to|tou|estou|consigo|tava|estava|ando|fiquei|vou|posso)"
    r"(?: (?:nao|nem|mais|mal|quase|conseguindo|sem|direito))* "
    r"(?:respir(?:ar|ando)|folego|puxar o ar|levantar|andar|mexer|andando|enxergar|enxergando|me mexer|ar)\b(?P<rest>[^.,!?;]{0,60})"
)
_OWN_WOUND = re.compile(
    r"\b(?:eu )?(?:me (?:cortei|queimei|machuquei|furei|feri)|(?:to|tou|estou) (?:tossindo|cuspindo|vomitando|sangrando)"
    rf"|(?:cortei|machuquei|quebrei|queimei|furei|torci|operei|fraturei|arrebentei|abri) (?:meus? |minhas? |[oa]s? ){_ORGAN})\b"
    r"(?P<rest>[^.,!?;]{0,60})"
)
_CONVULSED = re.compile(
    rf"\b(?:meu|minha) {_GROWN_UP} (?:(?:que|ja|tambem|quase) )?(?:convulsion|intox|entub|afog)\w+(?P<rest>[^.,!?;]{{0,60}})"
)
_OF_WHOM = re.compile(r"\bd[eoa] $")
_RELATIVE_OF = re.compile(rf"\b(?:{_CHILD}|{_GROWN_UP}) d[eoa] $")
# Droppings are soft or hard without the pet being so.
_DROPPINGS = re.compile(
    r"\b(?:coco|fezes|caca|pum|pelo|pelagem|racao|barro)(?: \S+){0,3}? (?:mol(?:e|inh[oa])|dur[oa]|durinh[oa]|sec[oa])\b"
)
# What befell a person, whatever is said of animals besides. Only as far as its own clause goes, and where no animal stands in that.
_AROUND = (
    r"(?:marido|espos[oa]|mulher|mae|mainha|pai|painho|avo|vo|vovo|vozinh[oa]|namorad[oa]|noiv[oa]|sogr[oa]|ti[oa]|cunhad[oa]|irma[o]?"
    r"|prim[oa]|amig[oa]"
    r"|colega|patra?oa?|genro|nora|padrinho|madrinha|enteado|sobrinh[oa]|padrasto|madrasta|compadre|comadre|ex)"
)
_NEARBY = (
    r"(?:vizinh[oa]|chefe|funcionari[oa]|diarista|faxineir[oa]|empregad[oa]|baba|motorista|motoboy|entregador|porteir[oa]|sindic[oa]"
    r"|passeador[a]?"
    r"|adestrador[a]?|tosador[a]?|veterinari[oa]|professor[a]?)"
)
_DOES = (
    r"(?:que|q) (?:me )?(?:passeia|passeava|cuida|cuidava|trabalha|leva|levava|traz|busca|banha|tosa|adestra|limpa|mora|da|vende|ajuda"
    r"|fica|ficava)"
    r"(?: (?!(?:que|q)\b)[^\s,.]+){0,5}?"
)
_OF = r"d[oa]s? (?:\S+ )?[^\s,.]+"
_SOMEBODY = either(
    rf"(?:(?:[oa] )?(?:meu|minha|nosso|nossa|seu|sua)) (?:{_AROUND}|{_NEARBY})(?: (?:{_DOES}|{_OF}))?",
    rf"(?:[oa]|um|uma) (?:{_NEARBY})(?: (?:{_DOES}|{_OF}))?",
    rf"(?:[oa]|um|uma) (?:moc[oa]|rapaz|menin[oa]|senhora?|cara|pessoa|gente|mulher|homem) {_DOES}",
    rf"(?:[oa]) (?:don[oa]|tutora?|cuidadora?) {_OF}",
)
_ILLNESS = (
    r"(?:avc|derrame|infarto|enfarto|ataque|convuls\w+|parada|trecos?|trocos?|piripaque|crise|acidente|desmaio|queda|trombose|aneurisma"
    r"|pneumonia"
    r"|hemorragia|cancer|dengue|covid|alergia|falta de ar|choque|reacao|sangramento|fratura)"
)
_LIMBS = r"(?:pern|brac|pe|mao|ded|joelh|quadril|baci|femur|colun|costel|tornozel|clavicul|ombr|punh|nariz|cabec|corac|olh|cost|rost)\w*"
_BEFELL = either(
    rf"(?:teve|sofreu|(?:ta|esta) (?:tendo|com)|tava com|ficou com|deu) (?:(?:um|uma|outro|outra|principio de|inicio de"
    rf"|quase) ){{0,3}}{_ILLNESS}",
    r"(?:in|en)fartou", r"desmaiou", r"caiu", r"convulsionou", r"(?:(?:ta|esta|tah|anda|tava) )?pass(?:ou"
    r"|ando) (?:muito )?mal", r"adoeceu", r"escorregou", r"tropecou",
    r"se (?:machucou|acidentou|queimou|cortou|afogou|engasgou|intoxicou|envenenou|feriu)",
    r"(?:respirou|inalou) (?:\S+ )?(?:fumaca|gas)", r"engasgou", r"bateu (?:[oa] |de |com [oa] )?(?:carro|moto|cabeca)",
    rf"(?:quebrou|fraturou|torceu|operou|machucou|queimou|cortou|trincou) (?:[oa]s? |um |uma )?{_LIMBS}",
    r"(?:foi|ta|esta|tah|ficou|tava) (?:\S+ )?(?:atropelad|internad|hospitalizad|picad|esfaquead|balead|assaltad|entubad|acamad"
    r"|paralitic)[oa]",
    r"(?:ta|esta|tah|tava|ficou) (?:muito |bem )?(?:mal|ruim|em coma|na uti|doente|entre a vida|em estado grave|de cama)",
)  # fmt: skip
_BEFELL_A_PERSON = re.compile(
    rf"(?<!\bd[eoa] )(?<!\bn[oa] )(?<!\bpr[oa] )(?<!\bpara )(?<!\bcom )(?<!\bcom [oa] )\b{_SOMEBODY} (?:(?:ja|quase|infelizmente"
    rf"|coitad[oa]) ){{0,2}}"
    rf"{_BEFELL}\b"
    rf"(?P<rest>(?:(?! (?:e(?! {_BEFELL}\b)|mas|entao|por isso|pq|porque|dai|so que)\b)[^.,!?;]){{0,60}})(?=(?P<after>.{{0,120}}))"
)
_ALIKE = re.compile(r"\b(?:tambem|tb|tbm|junt[oa]s?|(?:os|as) (?:dois|duas)|ambos|ambas|mesma coisa|embaixo|debaixo|em cima|por cima)\b")
# The animal is whose doing it was.
_BITTEN = re.compile(
    rf"\b(?:meu|minha|nosso|nossa|o meu|a minha|[oa]) (?:{_AROUND}|{_NEARBY}) (?:levou|tomou|foi) (?:\S+ )?(?:mordid|arranh|unhad"
    rf"|bicad|derrubad|lambid)\w+"
    rf"(?: \S+){{0,2}}? (?:d[oa]|pel[oa]|de uma?) (?:(?:meu|minha|nosso|nossa|seu) )?(?:{_ANIMAL}|{PET})\b"
)
# Who can't bear a fur is a person.
_FUR = re.compile(
    rf"\b(?:alergi\w+|rinite|asma\w*|bronquite|asmatic[oa])\b.{{0,60}}\b(?:pelos?|caspa|{_ANIMAL}|{PET}|animais|bichos)\b"
    rf"|\b(?:pelos?|caspa|perto|contato)(?: d[eoa]s?| com)? (?:[oa]s? )?(?:{_ANIMAL}|{PET}|animais|bichos)\b"
    r"|\b(?:por causa d[oae]s?|com [oa]s?|com|ao) (?:pelos?|caspa)\b"
    rf"|\b(?:quando|toda vez que|sempre que|se) (?:\S+ )?(?:peg|encost|abrac|cheg|brinc|fic|mex|dorm|entr)a (?:\S+ ){{0,3}}?(?:{_ANIMAL}"
    rf"|{PET})\b"
    rf"|\bpor causa d[oa]s? (?:{_ANIMAL}|{PET})\b"
)
_FOUGHT = re.compile(r"\b(?:arranh|mord|unh|brig|atac|picou|picad|furou|furad|bateu|caiu|com(?:eu|endo)|engol|lamb)\w*")
_ILL_OF_IT = r"(?:asma|asmatic[oa]|rinite|alergi\w+|bronquite)"
_FUR_ALLERGY = re.compile(
    rf"(?:(?<!\bd[oa] )\b(?:meu|minha|nosso|nossa) (?:{_AROUND}|{_CHILD}|{_NEARBY}|cacula)\b|\b(?=(?:tenho|sou|fico"
    rf"|fiquei) (?:\S+ )?{_ILL_OF_IT}))(?P<had>(?:(?!(?:,| e) (?:(?:[oa]|meu|minha|nosso|nossa) )+(?:{_ANIMAL}|{PET})"
    r"|\b(?:el[ea]|mas|so que|quem)\b)[^.!?;]){0,120})"
)
_REACTS = re.compile(
    r"\b(?:(?:olh\w+|rosto|cara|nariz|garganta|boca|brac\w+|pele|maos?|labios?|pescoco|corpo) (?:\S+ ){0,2}?(?:inch\w+|empol\w+"
    r"|vermelh\w+|fechad\w+)"
    r"|(?:inch|empol)\w+(?: (?:[oa]s? )?(?:olh\w+|rosto|cara|nariz|garganta|boca|tod[oa]))?|falta de ar|sem ar|sem respirar|sufoc\w+"
    r"|chiando"
    r"|crises? de \w+|(?:reacao|choque) (?:alergic[oa]|anafilatic[oa])|nao (?:consegue )?respira\w*|mal)\b"
)
# What the one who writes went through, as its own verb says.
_WRITER = re.compile(r"\b(?:eu )?(?:fui|estou sendo|to sendo) (?:\S+ )?\w+d[oa]s?\b")


# "a Cebola tá cheirando mal": an article that nothing else gives a capital to, a capital, and what only an animal is or does.
_BY_CAPITAL = re.compile(
    r"(?P<before>(?:^|[.!?\n]\s{0,3})?)(?<!\w)(?P<article>[AaOo]|[Mm]inha|[Mm]eu|[DdNn][ao]"
    r"|[Pp]r[ao]) (?P<name>[A-ZÁÂÃÀÉÊÍÓÔÕÚÇ][a-záâãàéêíóôõúç]+)"
    r"(?= (?P<rest>[^.,!?;\n]{0,60}))"
)
_STUNG = re.compile(_STINGS.replace("(?!", "(?:", 1))
_IS_ALIVE = re.compile(
    rf"(?:(?:hoje|ja|so|nao|agora|tambem|sempre|que) )*(?:{_LIVES}\b|(?:ta|tah|esta|tava|estava|anda|ficou|fica|e|eh|vive) "
    r"(?:(?:muito|tao|super|meio|toda?|bem|so|ja|com|o|a|os|as|de|sem|cheia?|um|uma|pouco|mais) )*(?:cheirando|fed\w+|suj\w+|lind\w+|fof\w+"
    r"|gord\w+|pelud\w+|impossivel|brav\w+|manhos\w+|dengos\w+|dormindo|latindo|miando|se cocando|cocando|soltando|precisando|agitad\w+"
    r"|ansios\w+|quiet\w+|velh\w+|idos\w+|castrad\w+|gravid\w+|prenh\w+|no cio|cio|pulgas?|carrapatos?|medo|pelos?|unhas?|nos?"
    r"|saudades?|feliz|calm\w+|arisc\w+|estressad\w+|cansad\w+|doente|espirrando|mancando|chat\w+|bagunceir\w+|enorme|crescend\w+"
    r"|magr\w+|olho|orelha|ouvido|bafo|mau halito|filhotes?|banguela)\b)"
)


# As the country says it.
_EYE = re.compile(r"\bz(?:oio|oi|oinho|oiao)s?\b")


# Up to what somebody eats.
_IS_EATEN = re.compile(
    rf"(?<!\w){EATS}(?: \w+){{0,2}} $"
    r"|\b(?:barr(?:a|inha)|pedac\w+|caixa|pacote|tablete|cacho|punhado|folhas?|rodelas?|restos?|saco|pote|quilo|metade)s? d[eao] $"
)


def names_by_capital(text: str) -> list[str]:
    """Return the folded names of dangers that a text writes as an animal's: with an article, a capital, and what animals do behind it."""
    found = []
    for match in _BY_CAPITAL.finditer(text):
        opens = match.start() == 0 or match["before"]
        in_title_case = match["article"][0].isupper() and not opens
        name = fold(match["name"])
        rest = fold(match["rest"])
        if not in_title_case and NAMES.fullmatch(name) and _IS_ALIVE.match(rest) and not _STUNG.match(f"{name} {rest}"):
            found.append(name)
    return found


def read(folded: str, names: Sequence[str] = ()) -> str:
    """Return folded words with what is harmless by what it is in neutral ones. `names` are the folded names of the customer's pets."""
    folded = _EYE.sub("olho", folded)
    for name in names:
        folded = _as_pet(folded, name)
    folded = spelled(folded)
    for pattern in _NAMED:
        folded = pattern.sub(rf"\g<keep>{PET}", folded)
    folded = without_medicine(folded)
    folded = _SWALLOWED_WATER.sub(rf"\g<verb> {HARMLESS_BITE}", folded)
    folded = _ATE_FOOD.sub(rf"\g<verb> {HARMLESS_BITE}", folded)
    folded = _MINE_BROKE.sub(rf"\g<keep>{GIVEN}", folded)
    for pattern in (_FETCHED, _BROKEN, _DEVICE_BROKE, _BROKE_A_DEVICE, _WRITER, _DROPPINGS, _BITTEN, _CHILDS_ARM):
        folded = pattern.sub(GIVEN, folded)
    folded = without_things(STRUCK.sub(_unless_shared, folded), _ANIMALS)
    folded = _FUR_ALLERGY.sub(_without_allergy, folded)
    folded = _BEFELL_A_PERSON.sub(_unless_shared, folded)
    if not _ANIMALS.search(folded):
        folded = _PERSON_TOOK.sub(GIVEN, folded)
    if _AT_THE_DOCTORS.search(folded):
        folded = _AT_HOME_ILL.sub(lambda told: told[0] if _BEASTS.search(told[0]) or _theirs(told) else GIVEN, folded)
    for pattern in (_OWN_BODY, _OWN_BREATH, _OWN_WOUND, _CONVULSED):
        folded = pattern.sub(_unless_animals, folded)
    return _PERSON.sub(_unless_animals, folded)


def _unless_animals(told: re.Match[str]) -> str:
    return told[0] if _ANIMALS.search(told["rest"]) or _theirs(told) else GIVEN


def _unless_shared(told: re.Match[str]) -> str:
    shared = _IN_IT.search(told["rest"]) or _ALIKE.search(told["rest"] + told["after"])
    return told[0] if shared else GIVEN


def _without_allergy(told: re.Match[str]) -> str:
    return _REACTS.sub(GIVEN, told[0]) if _FUR.search(told["had"]) and not _FOUGHT.search(told["had"]) else told[0]


def _theirs(told: re.Match[str]) -> bool:
    """Tell whether it is of what is a person's: "o gato da minha mãe"."""
    before = told.string[max(0, told.start() - 40) : told.start()]
    return bool(_OF_WHOM.search(before)) and not _RELATIVE_OF.search(before)


def _as_pet(folded: str, name: str) -> str:
    """Read a pet's name as one, except where it is what somebody eats: the pet may be called like its poison."""
    if name not in folded:
        return folded
    said = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return said.sub(lambda found: found[0] if ending_at(_IS_EATEN, folded, found.start()) else PET, folded)
