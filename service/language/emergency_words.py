"""The words that take the danger out of what is said: the past, a question, a joke, other people, a shop's daily life.

All are patterns over folded text. `emergency` is their reader.
"""

import re

from service.language.emergency_signs import Danger
from service.language.emergency_swallowed_words import TOXIC
from service.language.phrases import any_of, either

# Of the past, or well again: a whole sentence.
NOT_NOW = any_of(
    r"\b(?:ano|mes|semana|natal|carnaval|verao) (?:passad|retrasad)[oa]\b",
    r"\b(?:ha|faz|fez|fazendo|uns|ja tem)\s+(?:\S+\s+)?(?:anos?|mes(?:es)?|semanas?)\b",
    r"\btem\s+\S+\s+(?:anos?|mes(?:es)?|semanas?) que\b",
    r"\banos? atras\b",
    r"\b(?:meses|semanas|dias) atras\b",
    r"\bquando (?:era|ela era|ele era|filhote|pequen[oa]|novinh[oa])\b",
    r"\bera (?:filhote|pequen[oa])\b",
    r"\b(?:teve|tev|sofreu|tinha)\b(?: \S+){0,4}? (?:convuls\w+|crises?|ataques?|epilepsia|intoxicacao|fratura|queda) "
    r"(?:quando |bem )?(?:filhot\w+|pequen[oa]|novinh[oa]|bebe)\s*(?:$|,)",
    r"\bfoi (?:atropelad|mordid|atacad|picad|envenenad|operad)[oa] (?:quando |bem )?(?:filhot\w+|pequen[oa]|novinh[oa]|bebe)\b"
    r"(?=,? (?:e )?(?:por isso )?(?:anda|manca|hoje|ficou|usa|tem|so)\b)",
    r"\b(?:arranh\w+|machucad\w+|ferid\w+|cicatri\w+|corte|mordida|marca|fratura) (?:\S+ )?(?:antig|velh|cicatrizad|sarad)[oa]s?\s*$",
    r"\bcicatriz(?:es)? (?:antig|velh)as?\s*$",
    r"\bdesde (?:filhote|pequen[oa]|entao|que nasceu|(?:19|20)\d\d)\b",
    r"\b(?:em|de) (?:19|20)\d\d\b",
    r"\bhistorico\b",
    r"\b(?:em|no mes de|desde|de) (?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro)\b",
    r"\b(?:antig[oa]|ex|finad[oa]|faleci\w+) (?:cachorr|cadel|gat|pet|bich)\w*",
    r"\b(?:por isso|desde entao|desde que) (?:\S+ ){0,2}?(?:so|tenho|temos|nao|ando|uso|usa|quero|fica\w*|sempre|manc\w+|toma|anda)\b",
    r"\be (?:ja )?operou\b",
    r"\bja (?:teve(?! \d)|tinha(?! \w+d[oa]\b)|foi(?! a \w+ vez)|sofreu)\b",
    r"\b(?:se recuperando|em recuperacao|pos[- ]operatorio|ja (?:tratad|operad|curad)[oa]|ja operou|amputad[oa])\b",
    r"(?<!\bnao )(?<!\bn )(?<!\bnem )(?<!\bnao se )\b(?:melhorou|recuperou|sarou)\b",
    r"\bja passou\b",
    r"\bpassou (?:a crise|o susto|a dor)\b",
    r"\bpassou\s*$",
    r"(?<!\bnao )(?<!\bn )(?<!\bnem )\b(?:ta|esta) (?:super |muito |ja )?(?:bem|otim[oa]|melhor)\b(?! (?!agora|gracas|sim|obrigad|viu"
    r"|e\b|ja|depois)\w)",
    r"\b(?:ta|esta|ficou) (?:bem|otim[oa]|recuperad[oa]|nov[oa]) (?:depois|apos)\b",
    r"\bgardenal\b",
    r"\bfenobarbital\b",
    r"\bcontrolad[oa]\b",
    r"\btoma (?:remedio|medicacao)\b",
    r"\bas vezes\b",
    r"\bde vez em quando\b",
    r"\bsempre (?:teve|foi)\b",
    # What an animal went through before it came to its home.
    r"\badot(?:ei|amos|ad[oa]) (?:\S+ ){0,2}?(?:depois|logo depois) que (?:\S+ )?(?:foi|sofreu|tinha|perdeu)\b",
    r"\bfoi resgatad[oa],? (?:e )?(?:tava|estava|tinha|veio|chegou)\b",
    r"\bja (?:ta|esta) bo[am]\s*$|\b(?:ta|esta) bo[am] ja\s*$",
    r"\bdorme (?:pesado|bem|muito|tanto)\b",
    r"\boutro dia\b",
    r"\b(?:da|na) (?:ultima|outra) vez\b",
    r"\buma vez (?:ele|ela|comeu|engoliu|caiu)\b",
    r"\bantigamente\b",
    r"(?<!mais )(?<!outra )(?<!de )\buma vez\s*$",
    (
        r"\b(?:vizinh|amig|prim|tia|colega|conhecid)\w*\b(?: \S+){0,3}? (?:foi|teve|tomou|comeu|pegou|morreu)\b.{0,80}\b(?:medo"
        r"|receio|preocup\w+)\b"
    ),
    r"\bna epoca\b",
    r"\bate hoje\b",
    r"\bdeu tudo certo\b",
    r"\bde nascenca\b",
    r"\bno mes\b",
    r"\bpor mes\b",
    # Told of others.
    (
        r"\b(?:vi|li|ouvi|assisti|passou|deu|saiu|mandaram)\s+(?:\S+\s+)?(?:no|na|num|numa|em|um|uma) (?:jornal|tv|televisao|reportagem"
        r"|internet|noticia\w*|video\w*|filme|insta\w*|face\w*|tiktok|post|grupo|serie)\b"
    ),
    r"\b(?:reportagem|noticia|novela)\b",
    r"\b(?:vizinh|amig|prim|irma|colega|conhecid|sogr|cunhad)\w*\b.{0,60}\b(?:morreu|faleceu|perdeu)\b",
    r"\b(?:morreu|faleceu|partiu)\b.{0,40}\b(?:crema\w+|obrigad\w+|vizinh\w+)\b",
)
# A question, a wish to prevent, a price: what stands between two commas.
ONLY_ASKING = any_of(
    r"^(?:\S+\s+){0,3}?se (?:um dia|algum dia|el[ea]|o |a |um |meu |minha |acontec\w+|comer|der)",
    r"^(?:\S+\s+)?se\s+(?:\S+\s+){0,2}?(?!mar\b)\w+[aei]r\b",
    r"\b(?:faco|fazer|acontece|levo|faz) se\b",
    r"\bcaso (?:el[ea]|aconteca|coma|precise)\b",
    r"\bfaz(?:em)? (?:tao |muito )?mal\b",
    r"\bfaz mesmo mal\b",
    r"\bfaz mal\b",
    r"\bpodem? (?:comer|dar|tomar|causar|beber)\b",
    r"\bposso dar\b",
    r"\be perigoso\b",
    r"\bperigos[oa]?s?\b.{0,20}\?",
    r"\be toxic[oa]\b",
    r"\bquais?\b(?: \S+){0,3}? (?:sintomas?|sinais)\b",
    r"\bcomo (?:saber|faco pra evitar)\b",
    r"\b(?:existe|tem|ha|teria|dao|aplicam|fazem)\b(?: \S+){0,2}? vacinas?\b",
    r"\bexiste\b(?: \S+){0,3}? (?:pra|para|contra|de|que)\b",
    r"\be (?:pra|para|contra) (?:a |o )?(?:picada|mordida|envenen|intoxic|convuls|engasg)\w*",
    r"\b(?:evit|previn)(?:o|a|e|amos|am|em|imos|ir)\b",
    r"\b(?:evitar|prevenir|preven\w+|proteger|protecao|risco de|medo|receio|pavor)\b",
    r"\b(?:voces?|vcs?|ces) (?:vendem?|tem|fazem|atendem?|trabalham|conhecem|aceitam|aplicam|usam)\b",
    (
        r"\b(?:vende|vendem|comprar|comprei|quanto custa|quanto tempo|qual o (?:preco|valor)|preco d\w+|valor d\w+|quanto (?:fica|sai|e"
        r"|ta)|orcamento)\b"
    ),
    r"\bplantao\b",
    r"\batende[m]? (?:emergencia|urgencia)\b",
    r"\b(?:cobre|cobrem|cobertura|convenio|plano de saude)\b",
    r"\bcurso\b",
    r"\bsera que faz\b",
    r"\b(?:tem|tinha) (?:algum |alguma )?(?:\S+\s+)?(?:que|q) nao\b",
    r"\bquando (?:voces|vcs|vc)\b",
    r"\b(?:e|eh) (?:mesmo )?verdade (?:mesmo )?(?:que|q)\b",
)
# What does harm in general: heard or read, asked of all or of some.
_HARMS = (
    r"(?:da|dao|de|deem|causa|causam|cause|provoca|provocam|provoque|pode|podem|poderia|mata|matam|intoxica|intoxicam|envenena|queima"
    r"|queimam"
    r"|sufoca|engasga|faz|fazem|leva a|e (?:muito )?(?:toxic|venenos|perigos)[oa]|sao (?:toxic|venenos|perigos)[oa]s|costuma|costumam"
    r"|tem|morre"
    r"|morrem)"
)
_MANY = (
    r"(?:bichos|animais|pets|caes|cachorros|gatos|gatas|cadelas|filhotes?|racas|aves|passaros|coelhos|roedores|idosos|criancas|gatinhos"
    r"|pugs"
    r"|cachorro|gato|cao|passarinho|calopsitas?|pinschers?)"
)
INFORMATION = any_of(
    (
        r"\b(?:(?:eu |ja |me |ate )*(?:li|ouvi(?: (?:falar|dizer))?|vi|soube|dizem|falam|falaram|disseram|contaram|comentaram|avisaram"
        r"|alertaram"
        rf"|diz|dizia|aprendi)(?: (?:n[oa]s?|num|numa|por|em|pra|d[oa]) (?:\S+ )?\S+)?) (?:que|q)(?: [^\s,]+){{0,7}}? {_HARMS}\b"
    ),
    rf"\b{_HARMS} (?:\S+ ){{0,4}}?(?:em|n|d|com )?(?:algum|cert|muit|tod|determinad)[oa]?s? (?:os |as )?{_MANY}\b",
    rf"\b{_HARMS} (?:\S+ ){{0,4}}?(?:em|pra|para) {_MANY}\b",
    rf"\b(?:alguns|algumas|muitos|muitas|certos|certas|tod[oa]s? (?:[oa]s)?) {_MANY} (?:\S+ )?(?:ficam?|tem|dao|da|sofrem?|passam?"
    rf"|morrem?|engasgam?"
    r"|desmaiam?|convulsionam?|tremem?)\b",
    r"\b(?:pugs|bulldogs|buldogues|pinschers|racas|persas|braquicefalicos) (?:\S+ )?(?:desmaiam|engasgam|sufocam|convulsionam|morrem"
    r"|tremem)\b",
    r"\w (?:sufoca|intoxica|envenena|queima|mata|engasga|enforca|desmaia)\s*$",
    rf"\b(?:quant\w+|quando|como|por ?que|em que) (?:\S+ ){{0,3}}?(?:um|uma|[oa]s?) {_MANY} (?:tem|pode|podem|morrem?|aguentam?|sofrem?"
    rf"|da|dao|entram?"
    r"|ficam?|convulsionam?|engasgam?)\b",
    r"\b(?:muit|vari|algun|tant)\w* casos?\b|\bcasos? de (?:envenen|intoxic|cinomose|raiva|parvo|convuls)\w*",
    r"\be (?:mesmo )?(?:verdade|mito|lenda|fato|real)\b(?! (?:que|q) (?:el[ea]|[oa] (?:meu|minha)|meu|minha|bicho))",
    r"\b(?:existem?|(?:e|sao) (?:muito |bem |tao )?(?:comu[mn]s?|frequentes?|rar[oa]s?|possive(?:l|is)))(?: (?:mesmo|isso|ne|hein"
    r"|em \w+))*\s*$",
    r"\btem (?:cura|tratamento|remedio|controle|prevencao|como (?:evitar|prevenir))(?: (?:mesmo|ne|hein|isso))*\s*$",
    r"\b(?:procede|efeitos? colatera\w+|efeitos? advers\w+|reac\w+ advers\w+|contra[- ]?indica\w+)\b",
    r"\bcostumam? (?:ter|dar|fazer|sofrer|passar|morrer|engasgar|desmaiar)\b",
    r"\b(?:qua(?:l|is)|que|quantas?) (?:\S+ )?(?:racas?|plantas?|flores|alimentos|frutas|comidas|remedios|produtos|bichos)\b",
    r"\bpode(?:m|ria|riam)? (?:\S+ )?(?:causar|provocar|dar|levar a|intoxicar|morrer|matar|sufocar|queimar|engasgar|envenenar|desmaiar"
    r"|convulsionar|ter)\b",
    r"\bo (?:que|q) (?:acontece|causa|provoca|pode causar)\b",
    r"\bqua(?:l|is) (?:o |os |a |as |e o |e a |eh o |sao (?:os |as )?|seriam (?:os |as )?)?(?:\S+ )?(?:sintomas?|sinais|efeitos?|riscos?"
    r"|perigos?|causas?|chances?"
    r"|reacoes|reacao)\b",
)
# An animal of the customer's; what is or was.
OWN = any_of(r"\b(?:[nd]?el[ea]s?|meus?|minhas?|noss[oa]|bicho|o daqui|a daqui|o de casa|a de casa)\b")
IS_SO = any_of(
    r"\b(?:aqui|ess[ea]|est[ea])\b",
    r"\b(?:ta|tah|to|esta|tao|estao|estava|tava|teve|tiveram|foi|foram|fez|veio|dei|deu|demos|usei|passei|apliquei|viu|agora|hoje|hj|ontem"
    r"|acabei|minutos|hora|horas|socorro|urgente|ajuda)\b",
    r"\b\w{2,}(?:ou|eu|iu|aram|eram|iram)\b",
    r"\b\w{3,}ei\b",
    r"\b(?!quando\b|segundo\b|mundo\b|fundo\b)\w+ndo\b",
    r"\b(?:nao|n) (?:para|consegue|respira|reage|levanta|mexe|abre|acorda|come)\b",
)
# What was asked of is what an animal has taken ("uva intoxica? a minha comeu um cacho").
DEADLY = any_of(
    r"(?<!pulga )(?<!pulgas )\b(?:intoxica|intoxicam|envenena|matam?(?! (?:as? |os? )?(?:pulg|carrap|verm|mosq|barat|rapid|mais|a fome))"
    r"|letal|mortal|venenos[oa]s?|toxic[oa]s?|envenenamento|intoxicacao)\b",
    rf"\b{TOXIC}\b.{{0,40}}\b(?:faz(?:em)? mal|perigos\w+|da problema|acontece|tem problema|e grave)\b",
    rf"\b(?:faz(?:em)? mal|perigos\w+|da problema|acontece|tem problema|e grave)\b.{{0,40}}\b{TOXIC}\b",
)
TOOK_IT = any_of(
    r"(?<!\bse )(?<!\bd[ao] )\b(?:el[ea]|bicho|[oa]s? (?:meu|minha|daqui|cachorr\w+|cadel\w+|gat\w+|filhot\w+|coelh\w+)|(?:meu"
    r"|minha) \S+)(?: \S+){0,4}?"
    r" (?:comeu|engoliu|lambeu|mastigou|bebeu|roeu|ingeriu|abocanhou)\b(?! (?:algo|aquilo|bem|normal|direitinho|racao))",
)
# ... but a thing that happened stays one, whatever is asked in the same breath ("vcs tem vet hoje meu cachorro comeu chumbinho").
HAPPENED = any_of(
    (
        r"(?<!\bse )(?<!\bque )\b(?:el[ea]|(?:meu|minha|o|a|nosso|nossa)\s+(?:\S+\s+)?\S+)\s+(?:(?:so|acabou de|ja|foi e)\s+)?(?:comeu"
        r"|engoliu|bebeu|lambeu|mordeu|mastigou|roeu|caiu|desmaiou|engasgou|convulsionou|vomitou|parou|levou|teve uma? (?:convuls|crise"
        r"|ataque)\w*|foi (?:picad|mordid|atropelad|atacad)\w+|(?:ta|esta|tah) (?!com (?:medo|receio)|de |no |na )|nao (?:respira"
        r"|levanta|acorda|reage|mexe|consegue))"
    ),
    (
        r"(?:^|[,;:] ?|\be )\s*(?:ta|tah|esta|tao|estao)\b(?! (?:com (?:medo|receio)|de|no|na|caro|quanto|tudo|bom|ok|certo|bem"
        r"|otim|so|quase)\b)"
    ),
    (
        r"(?<!\bfica )(?<!\bficou )(?<!\bficam )(?<!\bcontinua )\b(?:vomitando|tremendo|babando|ofegando|sangrando|espumando"
        r"|convulsionando"
        r"|cambaleando|gemendo|gritando|inchando|agonizando|desmaiando)\b"
    ),
    r"\bbarriga (?:\S+ ){0,2}?(?:inchad|estufad|dur)[oa]\b",
)
# What was eaten stands in the question ("tem antídoto pra chumbinho, ele comeu agora").
JUST_ATE = any_of(
    r",\s*(?:e que |pq |porque )?(?:el[ea]|bicho|(?:o |a )?(?:meu|minha) \S+) (?:acabou de )?(?:com|lamb|engol|beb|mastig)(?:eu|er|iu|ir"
    r"|ou|ar)\b"
)
# Speech that no question and no history takes the danger out of ("quanto é a consulta meu cachorro tá convulsionando").
HAPPENING = any_of(
    r"\b(?:nao|nem) sei se (?:\S+ ){0,3}?(?:viv[oa]|mort[oa]|respir\w+)\b",
    (
        r"\b(?:ta|tah|esta|comecou a|acabou de|acaba de)\s+(?:\S+\s+){0,2}?(?:convuls|sangr|morr|vomit|trem|engasg|sufoc|desmai|espum"
        r"|agoniz|debat)\w*"
    ),
    r"\b(?:foi|acabou de ser) atropelad[oa] (?:agora|hoje|hj|aqui|na|no|e|por)\b",
    r"\batropelaram\b",
    r"\b(?:nao|n) (?:para|consegue|ta conseguindo|respira|reage|levanta)\b",
)
# In jest, or what happens every time: it takes away what can be said in jest, or happens to a healthy animal.
JEST = any_of(
    r"k{2,}",
    r"\b(?:rs)+\b",
    r"\b(?:h[aeu]){2,}h?\b",
    r"[😂🤣😅😆😁😹😜🤪😝]",
    r"\bdrama\b",
    r"\bdramatic\w+",
    r"\bexagerad\w+",
    r"\bteatr\w+",
    r"\bfresc(?:ura|o|a)\b",
    r"\bmanh(?:a|os[oa]) (?:pura|demais)\b",
)
EVERY_TIME = any_of(
    r"\b(?:toda vez|sempre) (?:q|que)\b",
    r"\bfica(?:m)?(?: \S+){1,4}? quando\b",
    r"\bquando (?:anda de|ve|vai|ouve|escuta|chega|saio|tem|eu saio|brinca)\b",
    r"\btem (?:muit[oa] )?(?:medo|pavor|trauma|panico|horror) d[aeo]s?\b",
    r"\b(?:quando|se) (?:come|bebe|comer|beber)(?: (?:muito|muita|agua|racao|a|o|tudo|muita agua)){0,2} (?:com (?:pressa|gula|afobacao)"
    r"|rapido|depressa|afobad\w+"
    r"|afoit\w+|correndo)\b",
    # Who runs is out of breath; who is afraid of a noise stands still.
    r"\b(?:respira|fica|ofega|arfa|cansa)\b[^,.]{0,25}\b(?:depois d[eoa]|quando|apos|ao|so de) "
    r"(?:[oa] )?(?:corr(?:er|e)|brinc(?:ar|a)|passe(?:ar|ia|io)|caminh(?:ar|a|ada)|pul(?:ar|a)|sub(?:ir|e))\b",
    r"\bfica(?:m)?(?: \S+){1,3}? (?:com|por causa d[oe]|de) (?:[oa]s? )?(?:barulho|barulhos|som|ruido|zoada)\b",
    r"\bquando (?:puxa(?! (?:o )?(?:ar|folego))|late|se anima|se empolga|fica (?:feliz|animad\w+|bravo))\b",
    r"\b(?:fogos|rojao|rojoes|trovao|trovoada|trovoes)\b",
    # From what healthy ones do, too; in a thing that is gone through again and again.
    r"\bde tanto (?:puxar|latir|correr|pular|brincar|uivar|miar|rir|se empolgar)\b",
    r"\b(?:desmaia|engasga|treme|convulsiona|passa mal|ofega|desmaiar|tem um treco) (?:\S+ )?(?:se|quando) "
    r"(?:el[ea] |a gente )?(?:fic\w* (?:nervos|agitad|ansios|feliz|animad|brav|com medo|sozinh|estressad)|ver?\b|vir\b|ouv|corr|lat"
    r"|pux|brinc|assust|peg|tir|leva\b|levar\b|mex|tom|fiz|coloc|bot|apert|se )\w*",
    r"\b(?:desmaia|treme|chora|passa mal) (?:com|ao ver|so de ver|de ver) (?:uma |a |o )?(?:agulha|sangue|injecao|vacina|seringa)\b",
    r"\b(?:ofega|treme|chora|grita|arfa) (?:muito |demais |sempre )?(?:n[oa]s? (?:secador|soprador|banho|tosa|passeio|consulta)"
    r"|com o secador)\b",
)
# How a pet always is, and what nobody asks for whose pet is in danger: with these a sign counts only where it is told as happening.
STANDING = any_of(
    (
        r"\b(?:e|eh|ja e|sao|ficou|nasceu) (?:\S+ ){0,2}?(?:ceg|surd|cadeirant|deficient|paraplegic|tetraplegic|amputad|epilet|cardiac"
        r"|idos|braquicefalic|asmatic|alergic|diabetic|renal)\w*"
    ),
    r"\b(?:e|eh|sendo|porque e|pq e|por ser) (?:(?:um|uma) )?(?:pug|bulldog\w*|buldogue|persa|shi[- ]?h? ?tzu|pequines|boxer)\b",
    r"\b(?:coisa|mal) de (?:pug|bulldog\w*|buldogue|persa|shi[- ]?h? ?tzu|focinho (?:curto|achatado)|raca)\b|\bda raca\b",
    r"\b\d+ anos,? (?:e )?(?:ja )?(?:e|eh) (?:bem |muito |meio )?(?:frac|fraquinh|fragil|velhinh|debilitad)\w*",
    r"\b(?:usa|anda (?:com|de|na)) (?:a )?(?:cadeirinha|fralda|cadeira)\b",
    r"\b(?:fez|passou por) (?:\S+ )?(?:cirurgia|operacao)\b",
)
# Beside a death: somebody who lives yet, a birth under way.
SURVIVES = any_of(
    r"\boutr[oa]s?\b",
    r"\b(?:vizinh|amig)\w+",
    r"\b[oa] d[oae]\b",
    r"\btambem\b",
    r"\b(?:ta|tah|esta|tao|estao|ficou)\b",
    r"\b(?:nao|n) (?!resistiu|aguentou)",
    r"\b(?:filhot|parto|parind|nasc|pari)\w*",
    r"\b(?:um|uma|dois|duas) d[eao]s?\b",
)
# A shop's everyday business: with it "socorro" is a manner of speaking.
BUSINESS = any_of(
    (
        r"\b(?:banho|tosa\w*|horario\w*|agend\w+|marc(?:ar|a|o|ado)|remarc\w+|desmarc\w+|precos?|valor\w*|pix|boleto|pagamento|motorista"
        r"|taxi|encaixe|vaga|pacote|fatura|conta|cadastro|senha|endereco|cartao|carteira|chaves?|nota fiscal|uber|estacion\w+"
        r"|site|link|app|pelo|pelagem|cheiro|fedor|fedend[oa]|fedid[oa]|imund[oa]|lama|racao|entregas?)\b"
    ),
)
ROUTINE = any_of(
    r"(?<!nao )(?<!\bn )\be normal\b",
    r"\bconsulta (?:\S+ ){0,3}?(?:semana|mes|de rotina|com dermato|de comportamento)\b",
    (
        r"\b(?:posso|podemos|pode|podem|da pra|da para|consigo|quero|queria|gostaria de|vamos|liberou|liberad[oa] (?:pra|para|pro))"
        r" (?:\S+ ){0,4}?(?:banho|banhos|tosa|tosar|tosinha|hotel\w*|hosped\w+|creche|corte de unha|cortar (?:a |as )?unhas?)\b"
    ),
    r"\b(?:tem|ha|teria) (?:\S+ ){0,2}?(?:vaga|horario|horarios|encaixe)\b.{0,30}\b(?:banho|tosa)\b",
    r"\b(?:marcar|agendar|remarcar|desmarcar|confirmar) (?:\S+ ){0,2}?(?:banho|tosa|hotel\w*|hospedagem|creche)\b",
)
# Who asks for help at once, and what ails: together an emergency, and neither alone. Not where an appointment is put off.
URGENT = any_of(
    r"\burgente\w*|\burgencias?\b",
    r"\b(?:plantao|24 ?h(?:oras|rs|s)?|pronto[- ]atendimento)\b",
    r"\b(?:tem|teria|e|eh|atendem?|fazem) (?:uma )?emergencia\b",
    r"\b(?:atend|receb|examin|socorr)\w* (?:el[ea] |a gente )?(?:agora|ja|imediata\w*)\b",
    r"\b(?:vet|veterinari[oa]|doutora?|atendimento)(?: \S+)? (?:agora|imediato)\b",
)
AILING = any_of(
    r"\b(?:diarreia|febre|convuls\w+|dor(?:es)?|pus|hemorragia|infeccao)\b(?! d[oa]s? (?:meu|minha))",
    r"\b(?:tossindo|mancando|sofrendo|sangrando|gemendo|chorando de|piorando|vomit\w+)\b",
    r"\b(?:muito|bem|super|tao) (?:ruim|mal|frac[oa]|doente|inchad[oa]|machucad[oa]|abatid[oa])\b",
    r"\bnao (?:\S+ )?(?:come|bebe|anda|dorme) (?:desde|ha|faz|nada|mais)\b",
)
PUT_OFF = any_of(r"\b(?:cancel|desmarc|remarc|adi|atras)\w+")
AT_ONCE = any_of(r"\bagora\b(?! (?:quer|so|ja|pode))", r"\bde repente\b", r"\bdo nada\b", r"\bsocorro\b", r"\bme ajud\w+", r"\burgente\b")
MAY_BE_JEST: frozenset[Danger] = frozenset({"seizure", "breathing", "collapse", "other"})
# It did not happen.
NOT_SO = any_of(
    (
        r"\b(?:nao|n|nunca|nem)\s+(?!(?:\S+\s+)?par\w+ )(?:[^\s,]+\s+){0,2}?(?:comeu|engoliu|engasgou|convuls\w+|sangrou|sangrando|sangra"
        r"|desmaiou|caiu"
        r"|foi atropelad\w+|se machucou|teve nada|e (?:uma )?emergencia)\b(?!\s+(?:nada|mais|direito|hoje|hj|desde|e|agora))"
    ),
    r"\b(?:nao|n) (?:e|eh|seja|era) (?:uma )?(?:emergencia|urgencia|grave|nada)\b",
    r"\bsem (?:sangue|sangramento|sangrar)\b",
    r"\bquase (?:foi |me |nos )?(?:atropel\w+|caiu|engasg\w+)\b",
    r"\b(?:nao|n) e nada\b",
    r"\bnada grave\b",
    r"\bparou de sangrar\b",
    r"\bnunca (?:teve|tev|deu|tinha)\s+(?:\S+\s+)?\S+",
    r"\b(?:q|que) nao (?:\S+\s+){0,2}?(?:intoxi|engol|envenen|sufo|engasg|machu)\w*",
)
# Who writes, and the people around them: what they feel is no patient's.
_AILS = either(
    r"falta de ar", r"sem ar", r"(?:passando |muito )?mal", r"alergi\w+", r"mol[ea]", r"desmaiando", r"trem\w+", r"engasg\w+", r"sufoc\w+",
    r"sem folego", r"internad[oa]",
)  # fmt: skip
_FELT = either(
    _AILS, r"picad[oa]", r"morrendo", r"rox[oa]", r"em choque", r"mordid[oa]", r"atropelad[oa]", r"sangrando", r"afogad[oa]", r"convuls\w+",
)  # fmt: skip
_GROWN_UPS = either(
    r"marido", r"espos[oa]", r"mae", r"pai", r"avo", r"vo", r"namorad[oa]", r"vizinh[oa]", r"irma[o]?", r"sogr[oa]",
    r"amig[oa]", r"funcionari[oa]",
)  # fmt: skip
# What is called so may be the pet: an accident is not taken for a child's.
_CHILDREN = either(r"filh[oa]s?", r"crianca", r"bebe")
_STATE = r",?(?:\s+(?:e|eh|ta|esta|fica|ficou|tem|teve|foi|com|muito|quase|asma|rinite|bronquite|alergic[oa],?|asmatic[oa],?))+"
# What floods, strikes or stops people in a manner of speaking.
_BURDENS = either(
    r"boletos?", r"contas?", r"dividas?", r"trabalhos?", r"servicos?", r"provas?", r"estudos?", r"tarefas?", r"problemas?", r"papel\w*",
    r"compromissos?", r"reuni(?:ao|oes)", r"lagrimas?", r"saudades?", r"prazos?", r"mensage(?:m|ns)", r"pelos?", r"parcelas?", r"juros",
    r"faturas?", r"coisas?", r"demandas?", r"pedidos?", r"e-?mails?", r"relatorios?", r"afazeres", r"rotina", r"correria", r"vida",
)  # fmt: skip
# Dangers as the subject of a talk, a poster, a law.
_TOPIC = either(
    r"primeiros socorros", r"maus[- ]tratos", r"envenen\w+", r"intoxic\w+", r"convuls\w+", r"epileps\w+", r"atropel\w+", r"afogament\w+",
    r"engasg\w+", r"queimadur\w+", r"acidentes?", r"picadas?", r"hemorragias?", r"sangramentos?", r"torcao", r"insolac\w+",
    r"emergencias?",
    r"urgencias?", r"parto", r"parada (?:cardiaca|respiratoria)", r"chumbinho", r"venenos?", r"animais (?:peconhentos|venenosos)",
)  # fmt: skip
_TOLD_OF = either(
    r"palestras?", r"aulas?", r"cursos?", r"lives?", r"folhetos?", r"cartaz(?:es)?", r"campanhas?", r"cartilhas?", r"panfletos?",
    r"workshops?", r"treinamentos?", r"eventos?", r"posts?", r"artigos?", r"livros?", r"leis?", r"conscientizacao", r"prevencao",
    r"documentarios?", r"podcasts?", r"banners?", r"folders?", r"oficinas?", r"simulados?", r"passeatas?", r"protestos?",
)  # fmt: skip
# How it ended well with an animal that is spoken of.
_ENDED_WELL = either(
    r"(?:ja |ate )?foi adotad[oa]",
    r"(?:ja )?(?:ganhou|achou|encontrou|arrumou|conseguiu|tem) (?:um |uma )?(?:nov[oa] )?(?:lar|don[oa]s?|familia|casa)",
    r"(?:ja )?(?:ta|esta|vive|mora) (?:num|em um|no|numa|em uma|na|com) (?:nov[oa] )?(?:lar|familia|casa nova)(?: nov[oa])?",
)  # fmt: skip
# What is said in a hurry; what burns without being ill; what may be driven over.
_SAID_FAST = either(
    r"palavras?", r"conversas?", r"assuntos?", r"mensage(?:m|ns)", r"frases?", r"horarios?", r"datas?", r"dias?", r"coisas?",
    r"explicac\w+",
    r"pedidos?", r"agenda", r"fila", r"ordem", r"raciocinio", r"perguntas?", r"respostas?", r"etapas?", r"audio", r"texto", r"nomes?",
)  # fmt: skip
_WEATHER = either(
    r"calor(?:ao)?", r"verao", r"clima", r"asfalto", r"ruas?", r"calcadas?", r"cidade", r"praia", r"areia", r"sol(?:zao)?", r"dias?",
    r"la fora",
    r"termometro", r"tempo", r"aqui fora", r"quarto", r"salas?", r"apartamento", r"apto", r"ape", r"escritorio", r"temperatura",
    r"sensacao termica",
    r"inverno", r"tarde", r"semana", r"quintal", r"janeiro", r"dezembro",
)  # fmt: skip
_BURNS = r"(?:(?:ta|esta|tah|anda|tava) )?(?:pegando fogo|fervendo|pelando)"
_THINGS = either(
    r"celular", r"telefone", r"mochila", r"bolsa", r"chaves?", r"oculos", r"caixas?", r"pacotes?", r"sacolas?", r"brinquedos?", r"caminha",
    r"coleira", r"guia", r"bicicleta", r"mala", r"meio[- ]fio", r"calcada", r"lixeira", r"lixo", r"plantas?", r"jardim", r"cone", r"buraco",
)  # fmt: skip
_ANY_ANIMAL = r"(?:cachorr\w+|gat[oa]s?|gatinh\w+|cao|caes|cadel\w+|animais|filhot\w+|dogs?)"
_PLACE = (
    r"(?:(?:aqui )?(?:n|d)[oa]s? (?:minha |meu |nossa |nosso )?(?:rua|ruas|bairro|estrada|avenida|vizinhanca|quadra|condominio|regiao"
    r"|cidade|rodovia|pista|praca|vila)|por aqui|aqui perto)"
)
ASKS_FOR_HELP = any_of(
    r"\b(?:antidoto|soro|socorr\w+|ajud\w+|vet\w*|atend\w+|plantao|urgen\w+|emergencia|(?:o que|oq|que) (?:eu )?(?:faco|fazer))\b"
)
_THEY = r"(?:tao|estao|andam|tem gente|estavam|tavam)"
# What was done to animals that are nobody's here: told of a neighbourhood.
OF_OTHERS = any_of(
    rf"\b(?:{_THEY} )?(?:envenen|mat|intoxic)(?:ando|aram|am)(?: (?:os|as|muit[oa]s|uns|varios))? {_ANY_ANIMAL}"
    rf"(?: envenenad[oa]s?)? {_PLACE}\b",
    rf"\b{_PLACE} (?:{_THEY} )?(?:envenen|mat|intoxic)(?:ando|aram|am)"
    rf"(?: (?:os|as|muit[oa]s|uns|varios))? {_ANY_ANIMAL}\b(?! (?:d[oae]s? |meu|minha|aqui|noss))",
    rf"\batropelaram (?:um|uma|uns) {_ANY_ANIMAL}\b[^.!?;]{{0,40}}?\b(?:ontem|anteontem|esses dias|outro dia)\b",
)
# What was seen of an animal on the way, where nothing else is told: a whole message.
ONLY_SEEN = re.compile(
    rf"\W*(?:(?:hoje|ontem|oi|gente|nossa|agora|cedo),? )*(?:vi|vimos|passei por|passamos por) (?:um|uma|uns|dois) (?:\S+ )?{_ANY_ANIMAL} "
    rf"(?:\S+ )?(?:atropelad|mort|envenenad)[oa]s?"
    rf"(?:,? (?:{_PLACE}|hoje|ontem|anteontem|cedo|agora|de manha|vindo (?:pra|para) ca|no caminho"
    r"|que (?:do|tristeza|pena|horror|judiacao|triste)|tadinh[oa]|coitad\w+|muito triste|triste"
    r"|(?:fiquei|to|estou) (?:tao |muito |super )?(?:mal|triste|chocad[oa]|arrasad[oa]|abalad[oa])"
    r"|(?:quero|queria|preciso) (?:\S+ ){0,3}?(?:banho|tosa|hotel|vacina|racao|coleira|guia)(?: (?:pr[oa]|d[oa]) \S+)?))*\W*"
)
_ELSEWHERE = r"(?:em|n[oa]|num|numa) outr[oa] (?:pet ?shop|pet|loja|clinica|lugar|salao|banho e tosa|tosador[a]?|veterinari[oa]|vet)"
_ON = r"(?:(?! (?:e|mas|agora|hoje|hj)\b)[^,.!?;])"
# Things of a shop's daily life that contain a sign's words.
HARMLESS = any_of(
    # What happened once with other people, up to what goes on; another's death.
    rf"[^,.!?;]{{0,60}}\buma vez\b{_ON}{{0,20}} {_ELSEWHERE}\b{_ON}{{0,40}}",
    rf"[^,.!?;]{{0,60}}\b{_ELSEWHERE}\b{_ON}{{0,30}} uma vez\b{_ON}{{0,40}}",
    r"\b(?:meu|minha|[oa]) outr[oa](?: (?!(?:ta|tah|esta|el[ea]|ess[ea]|mas)\b)[^\s,.!?;]+){0,7}? (?:morreu|faleceu|se foi)"
    r"(?: (?:atropelad|envenenad|afogad|intoxicad|eletrocutad|engasgad)[oa])?\b",
    # Burnt by the sun, or the fur alone; wet from the pool; full of ticks.
    r"\bqueimad[oa]s? (?:d[eo]|pelo) sol\b",
    r"\bpel(?:o|os|agem)(?: del[ea])? (?:(?:ta|esta|ficou) )?(?:todo |meio )?queimad[oa]s? (?:d[eao]|pel[oa]|com) (?:[oa] )?"
    r"(?:chapinha|secador|quimica|tinta|tintura|descolorante|maquina)\b",
    r"\bcai\w+ na piscina(?: (?:ontem|hoje|de novo))?,? (?:e )?(?:ta|esta|ficou) (?:tod[oa] )?(?:molhad|encharcad|ensopad)[oa]"
    r"(?=,? (?:e )?(?:quer|precis|tem|da|posso|podem|consig)\w* (?:\S+ ){0,3}?(?:banho|secar|secagem)\b)",
    r"\benvenenad[oa]s? de (?:carrapato|pulga|raiva|odio|ciume)s?\b",
    r"\bmal[- ](?:acostum|educ|cri|humor|comport|tos|fal)ad[oa]s?\b",
    # Of people.
    r"\bemergencia (?:(?:aqui|la) )?(?:em casa|n[oa] (?:predio|trabalho|servico|familia|escola|condominio)|de familia|familiar|pessoal"
    r"|domestica)\b(?! (?:com|d[oe])\b)",
    rf"\bafog\w+ (?:em|n[oa]s?|de|com) (?:(?:tant|muit)[oa]s? )?{_BURDENS}\b",
    r"\b(?:quase )?(?:infart|enfart|sufoqu|engasgu|afogu)ei\b(?! (?:ele|ela|[oa] )\b)",
    (
        r"\btive (?:quase )?(?:um|uma) (?:quase )?(?:infarto|enfarto|treco|troco|piripaque|avc|ataque|derrame|convulsao|sincope"
        r"|desmaio|choque)\b"
    ),
    r"\b(?:ta|esta|e) um forno\b",
    r"\b(?:pelos?(?: \S+){0,4}?|aquilo e) espetad[oa]s?\b",
    # What is said too fast, and what is laughed at.
    rf"\b(?:me |nos )?atropel(?:ei|amos|ou|ando)(?: tod[oa]s?)?(?: n?[oa]s?| aqui n?[oa]s?| com [oa]s?)? {_SAID_FAST}\b",
    r"\b(?:me|nos) atropel(?:ei|o|ou|ando|aram|amos)\b",
    r"\bdur(?:inh)?[oa] de (?:sono|preguica|cansaco|lama|barro|terra|sujeira|suj[oa]|shampoo|goma|laque|no)\b",
    r"\borelh\w+(?: \S+){0,3}? (?:nao|n) (?:levanta|fica em pe|para em pe|fica de pe|mexe|responde)\w*",
    r"\b(?:perninhas?|pernas?|pes?|bracos?|patas?|costas?) d[oa]s? (?:meus? |minhas? )?(?:sofa|mes|cadeir|cam|banc|ocul|calc|poltron"
    r"|estant|rack|puf|tripe)\w*"
    r"(?: \S+){0,2}?(?: (?:quebr|falh|entort|caiu|cedeu|solt)\w*)?",
    r"\b(?:nao|nem|n) levanta (?:mais )?a (?:pat|patinh|pern|perninh)\w+ (?:pra|para|ao|quando|na hora) (?:d[eo] )?(?:fazer|faz|xixi|mij"
    r"|urin)\w*",
    r"\b(?:ta|esta|tah) (?:\S+ )?frio e (?:chov|vent|umid|nublad|garo|feio|cinz)\w*",
    r"\bquase quebr\w+ \S+ \S+",
    r"\bem cima d[ao] (?:hora|horario|prazo|data|laco|lance)\b",
    r"\bparece(?:u)? que (?:tomou|levou) (?:um )?choque\b(?=.{0,60}(?:k{2,}|escov|pelo|cabelo))",
    r"\bsangr\w+,? (?:e|eh|deve ser|acho que e|por causa d?o?|pq e|porque e) (?:o |do )?cio\b",
    r"\b(?:bolso|cartao|carteira|orcamento)(?: \S+){0,2}? sangr\w+",
    r"\bcai(?:u|ram) (?:uma?s? |[oa]s? )?(?:arvores?|galhos?|postes?|muros?|fios?|barreiras?|raios?) n?[oa]?(?:d[oa])?\s?(?:minha "
    r"|nossa |meu |nosso )?(?:rua|estrada|avenida|quadra|bairro"
    r"|pista|caminho|br|rodovia)\b",
    r"\bcai\w+ na piscina\b(?=.{0,40}\b(?:nad|ador|am|feliz|divert|brinc)\w*)",
    rf"\b{_THINGS}(?: \S+){{0,2}}? (?:pres|trancad|esquecid)[oa]s?\b",
    r"\b(?:pat|oreh|olh|pern|rab|cabec|barrig|brac|orelh)\w+ d[oa]s? (?:\S+ )?(?:girafinh|ursinh|urso|bonec|brinqued|peluci|mordedor)\w*"
    r"(?: de pelucia)?",
    r"\bsem forca (?:o|a|nesse|nessa) (?:jato|secador|chuveiro|agua|maquina|torneira|bateria|motor)\b",
    r"\blingua (?:azul\w*|rox\w+|pret\w+|verd\w+)(?: \S+){0,2}? (?:e|eh|deve ser|foi) (?:d[oae]s?|por causa|culpa)\b",
    r"\bnao mexe(?:,? (?:deixa|pode deixar)| n(?:isso|ada)| n[oa]s? (?:pelo|horario|agenda|marcacao|data|cabelo|franja|preco))\b",
    r"\bengol\w+ (?:um |uns |muito )?sapos?\b(?= (?:com|d[oe]|n[oa]|pra|por|hoje|demais)\b)",
    r"\b(?:envenen|intoxic|sufoc|sangr)\w+ (?:o |a )?(?:meu |minha )?(?:bolso|cartao|carteira|orcamento|conta)\b",
    r"\bvi (?:um |uma )?(?:atropelamento|acidente|batida)\b(?: (?:feio|agora|aqui|na rua|horrivel))*(?:,? (?:to|estou|fiquei) \S+)?",
    r"\b(?:nao|n|nem) (?:gosta|gostam|deixa|deixam|curte|aceita|suporta) (?:que |q |a gente |ninguem )*mex\w*",
    r"\b(?:sorvete|picole|agua|comida|racao|sache|ar|piso|chao|leite|pate|tapete|mesa|maca)(?: (?:pet|d[aeo]\w* \S+))? (?:ta|esta|e|eh"
    r"|tava|veio|chegou) (?:muito |bem |tao )?"
    r"(?:gelad|fri)[oa]\b",
    r"\brespir(?:ei|o|amos) (?:bem )?fundo\b",
    r"\bconvuls\w+ de (?:tao |tanto |tanta )?(?:rir|riso|risada|fof\w+|lind\w+|amor|alegria|felicidade|fofura|animad\w+|feliz)\b",
    r"\b(?:ta|tah|esta) uma (?:convulsao|hemorragia)\b",
    # What one likes to do befell nobody.
    r"\b(?:adora|adoram|ama|amam|gosta de|gostam de|curte) (?:se )?(?:afogar|queimar|jogar|sufocar|engasgar)\b"
    r"(?:(?: (?:n[oa]|em|num|numa) \w+)?,? (?:quase )?se (?:afoga|queima|sufoca|engasga))?",
    r"\bse afog\w+ (?:em|n[oa]|num|de) (?:tant[oa] )?(?:carinho|beijos?|amor|mimos?|petiscos?|abracos?|lambidas?|racao|comida|pote"
    r"|potinho|tigela)\b",
    # A fire in the fields; the game.
    r"^\s*queimadas?\s*[.!?]*\s*$",
    r"\b(?:as|muitas?|tantas?|essas?|epoca d[ea]s?|temporada d[ea]s?|(?:fumaca|cheiro|cinzas?|fuligem"
    r") d[ea]s?|por causa d[ea]s?|jogar|jogando) queimadas?\b"
    r"(?! (?:d[aeo]s?|n[oa]s?) (?:pat|barrig|orelh|costa|el[ea]|sol|asfalto|oleo|agua))",
    # What is hard to do; who stands still before what it sees.
    r"\bdur[oa] (?:de|pra|para) (?:marcar|agendar|remarcar|achar|conseguir|convencer|segurar|manter|levar|trabalhar|encontrar|falar"
    r"|ligar|pagar|chegar|estacionar|escovar"
    r"|pentear|secar|tosar"
    r"|entender|acreditar|desembaracar)\b",
    r"\bparalisad[oa] (?:so )?(?:(?:olhando|encarando|observando|vendo|admirando|ouvindo|apontando|assistindo)(?: (?:pr)?[oa]s?)?"
    r" (?:(?:um|uma|meu|minha|pro|pra) )?(?:gat\w+|cachorr\w+|passarinh\w+|pomb\w+|tv|televisao|janela|rua|bol\w+|brinquedo|comida"
    r"|petisco|desenho|peixe"
    r"|aquario|secador|vizinh\w+|bicho|mosca|borboleta|rato|lagartixa)|de (?:medo|susto|emocao|alegria|vergonha|surpresa|felicidade"
    r"|amor))\b",
    r"\bdorm(?:iu|e|indo)(?: (?:tanto|que|parecia|parece|igual|feito|o dia todo|muito|ate|como|um))* desmaiad[oa]\b",
    r"\bdesmaiad[oa] (?:aqui )?n[oa]s? (?:sofa|cama|caminha|colo|tapete|chao|rede|casinha)(?: \S+){0,2}? (?:dormindo|roncando|de sono"
    r"|descansando|sonhando)\b",
    r"\bcai\w+ na piscina(?: (?:ontem|hoje|de novo|sozinh[oa]))?,? (?:mas |e )?(?:ja )?(?:ta|esta|saiu|nadou|foi) (?:(?:tudo|super"
    r"|muito) )?(?:bem|otim[oa]|nadando|sozinh[oa]"
    r"|rapidinho|feliz"
    r"|de boa|brincando)\b",
    # A fit that is known and treated.
    r"\b(?:tem|tinha) (?:convuls\w+|crises?|ataques?|epilepsia)(?: (?:epiletic[oa]s?|convulsivas?|desde \w+))?,? (?:(?:mas|e|so que"
    r"|porem|por isso) )?(?:ja |el[ea] )?"
    r"(?:toma|tomava|trata|faz (?:uso|tratamento)|(?:ta|esta|sao|e) (?:bem )?(?:controlad|medicad)\w+)\b(?!.{0,60}\b(?:hoje|hj|agora"
    r"|tev[ei]\w*|deu|tendo|outra|mesmo assim|seguid\w+|nao (?:passa|para))\b)",
    # A wound that has closed.
    r"\b(?:corte|ferid[oa]|machucad[oa]|rasgo|talho|furo|pontos?|pontinhos|cirurgia|incisao|operacao|cicatriz"
    r"|castracao)(?: d[oae]s? \S+){0,2} "
    r"(?:(?:ja|tudo|quase|bem|enfim|finalmente) ){0,2}"
    r"(?:(?:fech|cicatriz|sec|sar)(?:ou|aram)|(?:ta|esta|tao|estao) (?:bem |tod[oa]s? |super )?(?:fechad|cicatrizad|sec"
    r"|sarad)[oa]s?)\b(?! (?:por fora|mal|torto|com))",
    # Weather, streets and rooms.
    rf"\b{_WEATHER}\b(?:,? [^\s,.;!?]+){{0,3}}?,? {_BURNS}\b",
    rf"\b{_BURNS} (?:la fora|na rua|aqui fora|hoje aqui)\b",
    rf"\b{_BURNS}\b(?: (?:ess[ea]|est[ea]|[oa]|aqui|la|n[oa]|de|d[oa]))+ {_WEATHER}\b",
    r"\b(?:faz|fazendo|fez|deu|marcando|marcou|bateu) (?:uns |quase |mais de |ate )?4\d ?(?:graus|°|º)",
    rf"\b{_WEATHER}\b(?: [^\s,.;!?]+){{0,4}}? 4\d ?(?:graus|°|º)",
    r"\b4\d ?(?:graus|°|º) (?:na sombra|la fora|na rua|de calor|aqui|no sol)",
    rf"\b(?:em|por) cima d[oa]s? (?:meus?|minhas?|nossos?|nossas?|seu|sua)?\s*{_THINGS}\b",
    rf"\bme (?:sent(?:i|indo|ia)|sinto) (?:\S+ )?{_FELT}",
    r"\bsufoco\b(?! (?:pra|para|de) respirar)",
    r"\bmeu coracao (?:(?:quase|ate|ja|so|nao) )*(?:par|dispar|gel|acel|sa|pul|bat)\w+",
    r"\b(?:me|nos) (?:deix|tir)\w+ (?:sem ar|sem folego|em choque|o ar|o folego)\b",
    r"\bengasga (?:com|quando|se|na) (?:\S+ ){0,2}?(?:coleira|guia|peitoral)\b",
    (
        r"\b(?:ataque|crise|surto)s? de (?:riso|fofura|ciumes?|pulgas?|carrapatos?|panico|ansiedade|saudade|carencia|bobeira"
        r"|alegria|gula|beijos?)\b"
    ),
    r"\b(?:tom|lev)\w+ (?:um )?(?:choque|susto|tiro) (?:com|n[oa]) (?:[oa]s? )?(?:precos?|valor\w*|contas?|fatura|boleto|orcamento)\b",
    r"\bsangr\w+ (?:\S+ ){0,2}?(?:bolso|cartao|orcamento|carteira)\b",
    r"\bsocorro,? (?:mas )?que (?:cachorr\w+|gat\w+|bich\w+|bebe|coisa|tosa|banho|cheiro|trabalho) (?:mais |tao )?(?:fof|lind|cheiros"
    r"|gostos|perfeit|maravilh|bo[am]|perfumad)\w*",
    r"\bsocorro,? (?:gente,? )?(?:eu )?(?:quase )?esqueci (?:que|d[oe]|o (?:horario|dia)|a (?:hora|data))\b",
    r"\b(?:nao|n) (?:quer )?(?:levanta|levantar|sai|sair|anda|andar)(?: d[ao] (?:cama|sofa|chao|lugar))? de (?:preguica|sono)\b",
    r"\bsem ar[- ]condicionado\b",
    r"\b(?:carro|moto|onibus|uber) pegou (?:fogo|chuva|transito|multa|um buraco|congestionamento|engarrafamento)\b(?! (?:com|e el[ea]))",
    r"\bn?o cio,?(?: e| com)? (?:(?:ta|esta|fica) )?(?:ping|sa|solt|larg)(?:a|ando|i|indo) (?:(?:um pouc\w+|um pouquinho"
    r"|so) (?:de )?)?sangue\b",
    r"\bsocorro,? (?:mas )?que (?:fof|lind|amor|grac|coisa|delicia|maravilh)\w*",
    rf"\b{_TOLD_OF}(?: [^\s,.;!?]+){{0,4}}? (?:sobre|contra|de|d[oa]s?|para|pra|a|e) (?:[oa]s? )?{_TOPIC}"
    r"(?: (?:por|de|com|em|d[oa]s?|n[oa]s?|e) (?:[oa]s? )?(?:chocolates?|animais|pets?|bich\w+|caes|cachorr\w+|gat\w+|casa"
    r"|plantas?|venenos?"
    rf"|{_TOPIC})\b){{0,3}}",
    rf"\b(?:[oa]|aquel[ea]|ess[ea]|est[ea]|um|uma) (?:[^\s,.;!?]+ ){{1,2}}?que (?:[^\s,.;!?]+ ){{1,9}}?{_ENDED_WELL}\b",
    (
        r"\b(?:da|dao|causa|causam|provoca|provocam|pode (?:dar|causar)) (?:falta de ar|convulsao|intoxicacao|engasgo)"
        r" (?:n?el[ea]s|em (?:caes|gatos|cachorros|pets))\b"
    ),
    rf"\b(?:(?:eu|e eu|ja)\s+)?(?:to|tou|estou|tava|fiquei|fico|estava|eu fico|eu)\s+(?:\S+\s+)?{_FELT}",
    (
        rf"(?<!\bda )(?<!\bdo )\b(?:meu|minha|a|o|uma|um) (?:{_GROWN_UPS}{_STATE}\s+{_FELT}|{_CHILDREN}{_STATE}\s+{_AILS})"
        rf"(?:,? (?:e )?(?:fica|tem|passa) (?:com )?{_FELT})?"
    ),
    (
        r"\b(?:remedio|aquilo|tratamento|exame|retorno|acompanhamento|laudo|receita|cirurgia|consulta|depois|vacina"
        r"|preventiv[oa])s? (?:\S+ )?(?:de|da|do|pra|para|contra) (?:convuls|epilep|torcao|envenen|intoxic|atropel|fratura|paralis"
        r"|desmaio)\w*"
    ),
    (
        r"\b(?:engoliu|tomou) (?:o|a|os) (?:comprimido|remedio|vermifugo|capsula|vermes?)s? (?:\S+ )?(?:direitinho|certinho|bem|numa boa"
        r"|facil|de boa)\b"
    ),
    r"\b(?:dona|maria do|sou a|e a|aqui e a|da|um|o) socorro\b",
    r"\bclinica de emergencia\b",
    r"\b(?:em|no|num|para|pra) caso de \w+",
    r"\b(?:me|nos) (?:engasg|sufoc|trem|desmai|mat)\w*",
    r"\b(?:coleira|guia|peitoral|roup\w+|focinheira|enforcador|fralda)\b.{0,20}\b(?:sufoca|enforca|aperta|engasga)\b",
    r"\b(?:finge|fingindo|fingiu) (?:q|que) (?:\S+\s*){1,4}",
    r"\bquase desmai\w+ (?:com o|de)\b",
    r"\b(?:mord|atac|peg)\w+ (?:\S+\s+)?(?:crianca\w*|pessoas?|gente|entregador|carteiro|tosador\w*)\b",
    r"\b(?:chama|nome e|nome dele e|nome dela e|apelido e) \S+",
    r"\b(?:desmai|apag)\w+ de (?:sono|preguica|cansa\w+)\b",
    r"\bmol(?:e|inh[oa]) de (?!dor\b|uma? (?:hora|dia|minuto)|repente\b|vez\b|manha\b|ontem\b|febre\b)\w+",
    r"\b(?:desmai|apag|morr|mort|capot|jogad)\w*(?: \S+){0,3}? de t(?:ao|anto|anta)\b",
    r"\bquer\w* (?:envenen|intoxic)\w+",
    r"\b(?:artificial|artificiais|de plastico|de pelucia)\b",
    r"\bjogad[oa] n[oa] (?:sofa|cama)\b",
    r"\b(?:exame|exames|coleta|teste|tipagem|banco|doador\w*|doacao|bolsa) (?:\S+\s+)?(?:de|do) sangue\b",
    r"\bdoa\w* sangue\b",
    r"\bmata[- ]?pulgas?\b(?! d[eo] (?:cao|cachorro))",
    r"\bcio\b(?:\s+\S+){0,3}?\s+sangr\w+(?: um pouco| um pouquinho)?",
    r"\b(?:sangr\w+|sangue)\s+(?:\S+\s+){0,3}?cio\b",
    r"\b(?:morrendo|mort[oa]|mol\w+) de (?!dor\b|uma? (?:hora|dia|minuto)|repente\b|vez\b|manha\b|ontem\b|febre\b)\w+",
    r"\btrem\w+ de (?:frio|medo|alegria|ansiedade|felicidade)\b",
    r"\b(?:levanta|acorda)\w* (?:cedo|tarde)\b",
    r"\bcorte (?:ficou|de cabelo|do pelo|da tosa|de unha\w*)\b",
    r"\bme matando de \w+",
    r"\b(?:remedio|comprimido|capsula|tablete|pipeta)s? (?:de|pra|para|contra) (?:pulga|verme|carrapato)\w*(?! d[eoa]s? (?:cao|cachorr"
    r"|outr))",
    r"(?<!comeu )(?<!tomou )(?<!bebeu )(?<!engoliu )(?<!lambeu )\bveneno (?:de|pra|para) (?:pulga|carrapato)\w*(?! d[eo] (?:cao|cachorro))",
    r"\bcaiu (?:muito |bastante |o |a )?(?:pelo|pelos|dente|dentes|a ficha|o sistema|a internet|a ligacao|a conta)\b",
    r"\bapagou (?:a luz|a conversa|a mensagem|o numero)\b",
    r"\blingua (?:azul\w*|rox\w+|preta)\b.{0,20}\bchow\b",
    r"\btosa\b.{0,20}\b(?:da|do) (?:barriga|pata)\w*",
    r"\bsangue (?:bom|frio|novo)\b",
    r"\b(?:agua|luz|chuveiro|secador|lampada|banheira|resistencia|maquina|aparelho)\b.{0,15}\bqueim\w+\b(?! (?:[oa]s? |um |uma |tod"
    r"|n?el[ea]\b|meu|minha|bicho))",
)

# What the one who asks it denies at once ("machucado? não, é só sujeira"): a few words that deny nothing themselves, up to the last comma.
ASKED_AND_DENIED = re.compile(
    r"(?:(?<=[.!?;,])|^)(?P<asked>\s*[^\s.!?;,]+(?:\s+[^\s.!?;,]+){0,5})\s*\?\s*(?:nao|magina|imagina|que nada"
    r"|nada disso)(?=\s*(?:[,.!;]|$))"
)
DOUBT = any_of(r"\b(?:nao|n|nem|sem|sera|vai|vao|morr\w+|respir\w+|reag\w+|levant\w+|acord\w+|bem|melhor\w*|normal)\b")
NOT_EVEN = re.compile(
    r"\b(?P<does>respira|respirando|reage|reagindo|acorda|levanta|se mexe|consegue (?:levantar|respirar|andar|ficar em pe|engolir|se mexer)"
    r"|levantou|acordou|reagiu)\s*\?+\s*nao\b(?! sei)"
)
# Of a past that goes on: what is so now, between two commas.
STILL = any_of(r"\b(?:ta|tah|esta|tao|estao|anda|segue|continua) (?:\S+ )?\w+ndo\b(?! (?:bem|otim|melhor|normal))")
# Where another thing may begin to be told.
PIECE = re.compile(r",|\be\b(?= (?:(?:el[ea]|hoje|agora) )?(?:ta|tah|esta|tao|estao)\b)")
SENTENCE = re.compile(
    r"[.!?;\n\u2600-\u27bf\U0001f000-\U0001faff]+|,\s+(?=mas\b|so que\b|agora\b|hoje\b|hj\b)|\bmas\b|\bso que\b|\bagora\b"
)
