"""The phrases by which a reply is warm, and asks about a pet or a wish, in the notation of `small_talk_words`; its rules stand there, too.

Like there a phrase gets in only if it can be said to any customer at any moment without stating anything of the shop: of a pet's state and
of a wish it asks (`QUESTION`, `RESTATING`: only before a question mark), and what it says of itself is that it listens.
"""

RULES = {
    "dear": """(NAME|querida|querido|amiga|amigo|flor|flor do dia|lindeza|meu bem|minha querida|meu querido|minha linda|gente|pessoal|moca
        |moco)""",
    "tag": "(viu|ta|hein|ne|ta bom|sabe|mesmo|demais|por favor|por favorzinho|por gentileza|tambem|de verdade|de coracao)",
    "fur": """(menino|menina|mocinho|mocinha|rapazinho|rapaz|principe|princesa|bichano|bichana|bicharada|turma|turminha|familia|galera
        |trupe
        |peludos|peludinhos|peludas|peludinhas|bebe|filho|filha|filhota|filhote|filhotes|filhinho|filhinha|anjinho|amorzinho|danadinho
        |danadinha|sapeca|fofurinha|criaturinha|meninada|quatro patas|bichinhos|pequeno|pequena|pequenos|pequenas|velhinho|velhinha
        |patudo|patudinho)""",
    "possessed": "([o|a|os|as] [seu|sua|seus|suas|teu|tua|esse|essa|esses|essas|nosso|nossa] [mais novo|mais nova])",
    "them": "(<pet>|<possessed> (<fur>|<animal>)|voce|voces|todos|[toda] a familia|[toda] a turma|[toda] a turminha|tudo)",
    "to": "(para|pra|pro|pros|pras|ao|a|aos|no|na|nos|nas|em|por|pelo|pela|do|da|de|dos|das)",
    "whom": "<to> <them> [e [<to>] <them>] [e [<to>] <them>]",
    "feel": """(chateacao|preocupacao|tristeza|frustracao|angustia|dor|aflicao|irritacao|ansiedade|correria|medo|receio|susto|saudade
    |cansaco
        |situacao|momento|dificuldade)""",
    "looks": """(lindo|linda|lindos|lindas|fofo|fofa|fofos|fofas|fofura|fofurice|gracinha|graca|amor|amores|belezura|beleza|lindeza|delicia
        |gostosura|fofinho|fofinha|charme|charmoso|charmosa|figura|principe|princesa|estilosa|estiloso|elegante|bonito|bonita|maravilhoso
        |maravilhosa|especial|esperto|esperta|sapeca|danadinho|danadinha|perfeicao|encanto|simpatia|coisinha|coisa mais linda
        |coisa mais fofa|coisinha mais linda|coisinha mais fofa|tudo de bom|demais|brincalhao|brincalhona|querido|querida|engracado
        |engracada|divertido|divertida|criativo|criativa|diferente|original|bacana|legal|forte|chique|doce|meigo|meiga)""",
    "seen_of": """(foto|fotos|fotinho|fotinha|carinha|rostinho|focinho|focinha|olhar|olhinhos|olhinho|sorriso|pose|nome|nomes|nominho
        |apelido|video|videos|audio|figurinha|historia|pelinho|orelhinhas|patinha|patinhas|roupinha|lacinho|mensagem|jeitinho)""",
    "good": "(otimo|otima|bom|boa|bons|boas|lindo|linda|excelente|feliz|maravilhoso|maravilhosa|abencoado|abencoada|belo|bela|felizes)",
    "time_of": """(dia|tarde|noite|semana|final de semana|fim de semana|fds|feriado|feriadao|domingo|descanso|almoco|cafe|viagem|passeio
        |trabalho|estudo|natal|ano novo|ano|pascoa|festas|ferias|recuperacao|sorte|sono|restinho de (dia|semana|noite|tarde))""",
    "thanked": """(paciencia|carinho|compreensao|confianca|atencao|preferencia|elogio|elogios|foto|fotos|fotinho|aviso|retorno|contato
        |mensagem|explicacao|gentileza|sinceridade|educacao|recado|lembranca|indicacao|parceria|explicar|avisar|contar|me contar|esperar
        |aguardar|compartilhar|dividir|informar|responder|dizer|voltar|entender|perguntar|me explicar|me avisar|me dizer|lembrar|tudo|isso
        |escrever|nos procurar|procurar a gente|ser tao <looks>)""",
    "occasion": """([novo|nova|mais novo|mais nova] (aniversariante|aniversario|mamae|papai|filhote|bebe|integrante|membro|familia
        |conquista|casamento|casa|adocao|noticia|novidade|niver|formatura|cachorrinho|gatinho|gatinha|cachorrinha|pet|PET|NEW|filhinho)
        [de pet|de primeira viagem|de (4|quatro) patas|da familia|do dia])""",
    "wishes": """((muita|muitas|muito|muitos|bastante|toda) (saude|alegria|alegrias|amor|carinho|felicidade|felicidades|lambeijos|petiscos
        |petisco|paz|anos de vida|brincadeiras|brincadeira|aventuras|sorte|sucesso|cafune|passeios|forca|luz)|felicidades|saude)""",
    "ill": """(doente|doentinho|doentinha|mal|malzinho|dodoi|assim|machucado|machucada|triste|quietinho|quietinha|quieto|quieta|desanimado
        |desanimada|abatido|abatida|com dor|com febre|mancando|vomitando|tossindo|espirrando|com diarreia|sem comer|se cocando|se lambendo
        |com esse sintoma|com isso|com coceira|inchado|molinho|molinha)""",
    "doing_well": """(comendo|bebendo|bebendo agua|dormindo|brincando|fazendo xixi|fazendo coco|animado|animada|tomando remedio|respirando
        |andando|se alimentando|enxergando|ouvindo|tomando algum remedio|tomando alguma medicacao|com apetite|melhor|bem|disposto|disposta
        |<ill>)""",
    "fear": """([de|do|da] (barulho|agua|secador|sopradores|soprador|gente|pessoas|estranhos|outros (caes|cachorros|animais|gatos|bichos)
        |cachorro|gato|fogos|trovao|tesoura|maquina|banho|carro|crianca|veterinario|veterinaria|ficar sozinho|ficar sozinha))""",
    "having": """(alergia|alergias|pulga|pulgas|carrapato|carrapatos|algum machucado|alguma ferida|ferida|problema de pele|coceira|dor
        |alguma dor|nos|nos no pelo|algum no|restricao|alguma restricao|mania|alguma mania|alguma condicao|algum problema de saude|febre
        |algum trauma|algum cuidado especial|alguma doenca|convulsao)""",
    "temper": """(bravo|brava|bravinho|bravinha|manso|mansa|mansinho|mansinha|calmo|calma|calminho|calminha|agitado|agitada|docil|timido
        |timida|medroso|medrosa|tranquilo|tranquila|sociavel|arisco|arisca|brincalhao|brincalhona|castrado|castrada|vacinado|vacinada|idoso
        |idosa|alergico|alergica|de raca|sem raca|sem raca definida|vira lata|srd|macho|femea|filhote|adulto|adulta|adotado|adotada
        |acostumado|acostumada|mais <temper_word>)""",
    "temper_word": "(calmo|calma|agitado|agitada|medroso|medrosa|bravo|brava|timido|timida|tranquilo|tranquila|quieto|quieta)",
    "be": "(esta|ta|anda|estava|tava|estao|tao|andam|ficou|segue|continua|tem estado|vem)",
    "one_of": "(dos|das|de|do|da) [(2|dois|duas)] [(seus|suas|seu|sua|teus|tuas|nossos)] (<animal>|<fur>|2|dois|duas)",
    "own_service": "[o|a|um|uma] OWN_SERVICE [e [o|a|um|uma] OWN_SERVICE]",
    "own_pet": "(para|pra|pro|do|da|de|o|a|e) [o|a] OWN_PET [e [para|pra|pro|do|da|de] [o|a] OWN_PET]",
    "own_day": "[para|pra|na|no|em|de|da|do|nessa|nesta|nesse|neste] [essa|esta|esse|este|a|o] [dia] OWN_DAY [agora]",
    "own_time": "[as|a|para|pra|das|o|pro] [o|as|das] OWN_TIME",
    "own_kind": "[um|uma|e] (OWN_KIND)",
    "own_age": "[de|com|tem] [uns] OWN_AGE",
    "asked": "(<own_service>|<own_pet>|OWN_PET|<own_day>|<own_time>|<own_kind>|<own_age>)",
    "right": "(e isso|e isso mesmo|certo|correto|entendi certo|confere|isso mesmo|isso|ne|certinho|foi isso|e isso ne|seria isso)",
}  # fmt: skip

# Is kind in its own right: what is sad, glad or sweet is answered so. It may stand alone where nothing was asked.
WARMTH = """
[calma] (respira|respire) [fundo] [<dear>]
(calma|calminha) [<dear>]
[eu] (estou|to|estamos|tamo) [aqui] (com voce|com voces|do seu lado|junto com voce|juntos|pra te ouvir|para te ouvir) [<dear>] [<tag>]
(gato|gatos|cachorro|cachorros|filhote|filhotes|crianca|bicho) (e|sao) assim mesmo
a gente [so] (mora|vive) na casa (dele|dela|deles|delas)
[que|muita|muitas|estava com|tava com] (saudade|saudades) (de|do|da) (voce|voces|PET|NEW|ver voces|conversar com voce) [por aqui] [<dear>]
[quanto tempo] [que] (saudade|saudades) [<dear>]
[que|deus] deus [te|a|o|os] (abencoe|proteja|guarde|ilumine|cuide|conforte|console) [voce|voces|<them>|sempre|muito|o coracao de voces]
    [<dear>] [<tag>]
(ganhei|voce fez|fez|alegrou|iluminou) [o|o meu|meu|nosso|o nosso] dia [<dear>]
(que) (carinho|gentileza|delicadeza|querida|querido|fofa|fofo|amor) [o seu|a sua|de pessoa|de mensagem] [<dear>]
(voce e|voces sao) [um|uns|muito|uma|tao] (amor|amores|querida|querido|queridos|gentil|gentis|fofa|fofo|fofos|flor|anjo) [<tag>]
assim [eu] (fico|ficamos) (sem jeito|sem graca|vermelha|emocionada|toda boba|todo bobo)
(esse|que) (calor|frio|calorao|friozinho|chuva|solzinho|tempo) [hein|ne|gostoso|delicioso|maravilhoso]
(esse|essa|que) (calor|frio|chuva|tempo) [de hoje] (ta|esta) [de] (matar|demais|dificil|gostoso|puxado) [hein|ne]
"""

# Is glad, or finds something lovely: for a customer who is glad.
JOY = """
que (alegria|felicidade|emocao|orgulho|delicia|maximo|coisa boa|encontro bom) [para|pra] [<them>] [<dear>] [<tag>]
parabens [mesmo] [<dear>] [(pelo|pela|pelos|pelas|pro|pra|para o|para a|ao|a|aos|por) [o|a|seu|sua] <occasion>] [<dear>] [<tag>]
parabens <whom>
feliz (aniversario|niver|natal|ano novo|pascoa|dia das maes|dia dos pais|dia) [<dear>] [<whom>] [<tag>]
[e] <wishes> [e <wishes>] [e <wishes>] [<whom>] [<dear>] [sempre|nesse dia|nessa nova fase] [<tag>]
que (noticia|novidade|surpresa|historia) [mais] (maravilhosa|boa|linda|otima|incrivel|feliz|gostosa|emocionante|fofa|legal)
(fiquei|ficamos|fico|to|estou|estamos) [tao|muito|super|mais] (feliz|felizes|contente|contentes|emocionada|emocionado|alegre|encantada
    |encantado) [aqui|daqui|por voces|por voce|por ele|por ela|com a noticia|com isso|de saber|em saber|demais|com essa foto] [<tag>]
(gente|nossa|uau|meu deus|meu deus do ceu|socorro|caramba|menina|olha) [que|mas que] [coisa|foto|nome|carinha] [e essa|mais] [<looks>]
que (foto|fotos|carinha|olhar|olhinhos|sorriso|pose|focinho|nome|nominho|charme|estilo|bichinho|rostinho|jeitinho|video) (e essa|e esse|e
    esses) [<dear>] [<tag>]
que [coisa|foto|fotos|fotinho|carinha|olhar|olhinhos|sorriso|pose|focinho|nome|nomes|nominho|bichinho|rostinho|fase|idade|jeitinho] [mais]
    [tao] (<looks>|boa|gostosa|bom|gostoso) [<of_pet>|<them>|esse|essa] [<dear>] [<tag>]
(morri|morro|morrendo|derreti|derreto|[estou|to] (derretida|derretido|apaixonada|apaixonado|encantada|encantado)|me apaixonei|apaixonei
    |apaixonada|apaixonado) [de (fofura|amor|fofurice|rir|tanta fofura)] [aqui|por aqui] [com (essa foto|essa carinha|esse nome|isso)]
    [(por
    |pela|pelo|com) <them>] [<tag>]
[eu] (amei|adorei|amo|adoro|amamos|adoramos) [muito|demais] [a|o|as|os|essa|esse|essas|esses] (<seen_of>|noticia|novidade) [<of_pet>|de
    voces] [<dear>] [<tag>]
(esse|essa) [ai|<fur>|ai e <fur>] (apronta|apronta demais|apronta hein|nao tem jeito|e uma figura|nao para|e terrivel|e um arteiro|e uma
    arteira|nao e facil|e demais) [hein|ne]
(esse|essa) [ai] nasceu (para|pra) ser (artista|estrela|modelo|famoso|famosa|princesa|rei)
"""

# Feels with the customer: for one who is sad.
SORROW = """
que (do|dozinha|pena|triste|tristeza|situacao|susto|barra|chato|chateacao|dificil|aperto|sufoco|agonia|preocupacao|noticia (triste
    |dificil))
    [<dear>] [<tag>]
[ai|que|oh] (tadinho|tadinha|coitadinho|coitadinha|coitado|coitada|pobrezinho|pobrezinha|judiacao|dodoi|tadinhos) [<of_pet>|<them>] [<tag>]
(tomara|espero|esperamos|torco|torcemos|[estou|to|estamos] torcendo|desejo) [muito|mesmo|so] [que|para que|pra que] [<them>] [ja] (melhore
    |melhorem|fique bem|fiquem bem|se recupere|se recuperem|fique (bom|boa|bonzinho|boazinha|novo em folha|melhor)|passe|esteja melhor
    |estejam melhor|sare|de tudo certo|saia dessa|supere|volte a (brincar|comer|correr)) [logo|bem|logo logo|rapidinho|rapido|com isso]
    [<dear>] [<tag>]
(torcendo|torco|[estou|to|estamos|fico|ficamos] (torcendo|na torcida)|na torcida) [muito|aqui|daqui|bastante] (pela|por|pelo|para|pra)
    [a] [pronta] [recuperacao|melhora|saude|cura] [<of_pet>|<them>] [<tag>]
(perder|se despedir de) um (amiguinho|amigo|amigo|companheiro|companheirinho|bichinho|pet|filho de (4|quatro) patas|amor) [desses|assim
    |tao querido|tao especial] (doi|e) [muito|tao|demais] [demais|dificil|doloroso|triste|muito] [<dear>]
[e] [muito] (dificil|triste|doloroso) (perder|se despedir de) um (amiguinho|amigo|companheiro|bichinho|pet) [desses|assim|tao querido]
[eu] (imagino|sei|entendo|compreendo|imaginamos) [bem] (como|o quanto|quanto) [isso|tudo isso] (doi|e dificil|deve ser dificil|e triste
    |e doloroso|deve doer|preocupa|e chato|assusta) [<dear>]
[eu] (entendo|compreendo|imagino|entendemos) [bem|super|perfeitamente|muito|totalmente] [a|o|sua|seu|esse|essa|teu|tua] [sua|seu] <feel>
    [<dear>] [<tag>]
(entendo|compreendo|imagino) [<dear>] eu tambem ficaria (assim|chateada|chateado|preocupada|preocupado|triste|brava|nervosa|aflita)
[eu] tambem ficaria (assim|chateada|chateado|preocupada|preocupado|triste|brava|nervosa|aflita)
(forca|coragem|animo|muita forca|muita luz) [ai|nessa hora|nesse momento|nesse momento dificil|sempre] [<whom>] [<dear>] [<tag>]
que (ele|ela|PET|NEW) descanse em paz
(sinto|lamento|sentimos|lamentamos) muito [mesmo|demais|de coracao] [<dear>] [(pela|pelo|por) [sua] (perda|partida|noticia|ocorrido
    |momento) [<of_pet>|(do|da)
    (seu|sua) <animal>|de voces]] [<tag>]
(meus|nossos) (sentimentos|pesames) [pela (perda|partida) [<of_pet>|(do|da) (seu|sua) <animal>]] [<dear>]
(ele|ela|PET|NEW) vai (ficar|estar|viver) (sempre|pra sempre|para sempre) (no seu|no nosso|nos nossos) (coracao|coracoes|coracaozinho)
(sinto|sentimos|lamento|lamentamos) [muito] (por isso|pela noticia|saber disso|ouvir isso|por voces|por ele|por ela) [<dear>] [<tag>]
"""

# Says how a pet is or looks: for a customer who has just said it.
STATE = """
[nossa|ai] (<pet>|<them>|PET|NEW|esse <fur>|essa <fur>) (e|parece|deve ser|esta|ta|sao) [mesmo] [um|uma|muito|tao|a] [coisa] [mais] <looks>
    [nessa foto|demais|hein] [<tag>]
"""

# Is polite: it says no more than a courtesy.
MANNERS = """
[muito|muitissimo] (obrigado|obrigada|brigada|brigado|obrigadao|gratidao|valeu|grata|grato|agradecida|agradeco|agradecemos) [mesmo|demais
    |muito
    |de coracao|imensamente|sempre] [<dear>] [(pela|pelo|por|pelas|pelos) [a|o|todo|toda|sua|seu|essa|esse] [sua|seu] <thanked>] [e [(pela
    |pelo|por)] <thanked>] [<dear>] [<tag>]
(me perdoa|me perdoe|perdao|desculpa|desculpe|me desculpa|me desculpe|foi mal|mil (perdoes|desculpas)|peco (perdao|desculpas)|sentimos
    muito)
    [<dear>] [(pela|por|pelo) [essa|esse|toda|todo|a] (confusao|demora|transtorno|engano|mal entendido|inconveniente|espera|ocorrido|isso
    |bagunca|enrolacao|atrapalhada|susto|insistencia|pergunta)] [<dear>] [<tag>]
[acho que] [eu] me (perdi|confundi|embananei|enrolei|atrapalhei) [um pouco|um pouquinho|aqui|toda|todo]
[sem|nao precisa ter|nao tem|pode ir sem] (pressa|problema ter duvida) [nenhuma|alguma] [<dear>] [<tag>]
[pode] (pensa|pense|pensar|veja|ver|escolhe|escolha|escolher|decide|decida|decidir|leia|le|ler|responda|responde|responder|fica|fique
    |ficar)
    (com calma|a vontade|no seu tempo|sem pressa|com carinho) [<dear>] [<tag>]
[e] [depois] me (fala|avisa|conta|chama|diz|fale|avise|conte|chame|diga) [quando puder|quando quiser|depois|quando (voce) (puder|quiser
    |decidir)] [<tag>]
(desculpa|desculpe|me desculpa|perdao) (a|o) (demora|transtorno|confusao|incomodo|insistencia) [<dear>] [<tag>]
(foi|e|e sempre) um (prazer|grande prazer) [te ajudar|ajudar|falar com voce|conversar com voce|atender voce] [<dear>] [<tag>]
[tudo] no seu tempo [<dear>] [<tag>]
leve o tempo que (precisar|quiser)
[eu] (estou|to|estamos|tamo) [aqui] (te ouvindo|te lendo|ouvindo|lendo|prestando atencao|na escuta|atenta|atento|de ouvidos abertos|por
    aqui)
    [<dear>] [com carinho|com atencao]
[que isso|magina|capaz|ora] (imagina|magina|que isso|capaz) [<dear>] [<tag>]
[muita|um monte de|cheio de] (k|kk|rsrs|haha|hehe|hihi|huahua|hauhau|hahaha|kkk|kkkk|ai ai|ri muito|rindo aqui|rindo muito|rindo alto|to
    rindo)
(aah|ah|oh|ooh|uau|own|awn|oun|ownt|iti|ui|ops|opa|xi|vixe|eita|caramba|puxa vida|poxa vida|minha nossa|meu deus|gente|nossa|nossa senhora)
    [<dear>]
gracas a deus [<dear>]
[a gente] (adora|ama) (conversar|falar) com (voce|voces)
(vamos|bora) (de novo|recomecar|comecar de novo|do comeco|por partes) [entao]
"""

# Greets in other words.
GREETING = """
(salve|e ai|eai|hello|oie|oi oi|ola ola|opa opa|bom dia bom dia|bom dia flor do dia|alo alo) [<dear>] [<tag>]
(oi|ola|oie|opa|bom dia|boa tarde|boa noite) <dear> [<dear>]
(oi|ola|oie|opa) [<dear>] (sumida|sumido|sumidos|sumidinha)
(bom dia|boa tarde|boa noite) [e] [uma|um] [otima|boa|linda|excelente|abencoada] (semana|quarta|quinta|segunda|terca|sexta|sabado|domingo)
    [feira]
    [<dear>] [<whom>] [<tag>]
(tudo|tudobem|tudo bem) [otimo|bem|joia|tranquilo|na paz|em paz] (por aqui|comigo|com a gente) [gracas a deus|<dear>] [e (por ai|voce|voces
    |com voce|contigo|com voces|vc)] [<dear>]
[e] (por ai|voce|voces|contigo|vc) [como (esta|vai|estao|vao)|tudo bem|tudobem]
[eu] (sou|estou|to|somos) (toda|todo|todas) ouvidos [<dear>]
vi [aqui] que (voce) (me chamou|chamou|me escreveu|escreveu|mandou mensagem|mandou uma mensagem)
[que] (dormiu|dormiram|acordou|acordaram|descansou|almocou|descansaram|passou) bem [hoje|essa noite|o fim de semana|<dear>]
[e] como (esta|vai|estao|vao|foi|foram) (a bicharada|os peludos|os peludinhos|os bichinhos|a turma|a turminha|a familia|o fim de semana|o
    feriado|as ferias|<pets>) [hoje|por ai]
e (a bicharada|os peludos|os peludinhos|os bichinhos|a turma|a turminha|a familia|<pets>) [como (vai|esta|vao|estao)|deixou|deixaram
    |tudobem
    |dormiu bem|dormiram bem] [hoje|por ai]
como (voce|voces|vc|vcs) (esta|estao|vai|vao|tem passado|passou|passaram) [hoje|por ai] [<dear>]
como (foi|esta sendo) (o fim de semana|o feriado|o dia|a semana|a viagem) [de voces|por ai|<dear>]
qual e a boa [de hoje|<dear>]
(so passando|passei) (para|pra) (dar|desejar) [um] (oi|bom dia)
"""

# Opens the talk in other words.
OPENING = """
[e] [<dear>] [me] [(conta|conte|diz|diga|fala|fale)] [<dear>] [aqui|pra mim] (o que voce (precisa|manda|procura|quer|gostaria|conta de
    novo)|o que
    (manda|te traz aqui|traz voce aqui|deseja)|o que voces precisam|em que posso <help>|como posso <help>|como [eu] posso <help>|no que
    posso
    <help>|como foi|o que houve|o que aconteceu|o que esta acontecendo|o que ta acontecendo|mais) [hoje|agora|por aqui|dessa vez|com ele
    |com ela
    |com <pet>] [<dear>]
[entao] (me conta|me conte|conta|conta pra mim|me diz|me fala|me diga|diga|diga la|fala|fala comigo|pode falar|pode contar|pode me contar
    |pode dizer|pode escrever|pode perguntar|pode chamar|pode mandar) [tudo|mais|ai|aqui|mesmo] [a vontade|sem medo|com calma|sem pressa
    |[a|o] (sua|seu) (duvida|pergunta|mensagem|recado|ideia)] [<dear>] [<tag>]
[fique|fica|sinta se|esteja] a vontade [(para|pra) (perguntar|falar|escrever|chamar|contar|me chamar)] [<dear>] [<tag>]
como [eu] posso (deixar|fazer) (o seu|seu) dia [ser] (melhor|mais (facil|feliz|leve|tranquilo|gostoso)) [hoje]
"""

# Takes leave in other words.
FAREWELL = """
(precisando|precisou|se precisar|quando precisar|qualquer coisa|qualquer coisinha|quando quiser) [de (mim|algo|qualquer coisa)] [<dear>]
    [e so] [me]
    (gritar|chamar|chama|grita|falar|escrever|chamar aqui|dar um grito|dar um toque|dar um alo|mandar um oi|da um grito|me chama) [por
    aqui|aqui]
    [<dear>] [<tag>]
[tenha|tenham|desejo|desejamos] [a voce|para voce] [um|uma] <good> <time_of> [e [um|uma] <good> <time_of>] [<whom>] [<dear>] [tambem|<tag>]
[um|uma|muitos|mil] (abraco|abracos|beijo|beijos|beijinho|beijinhos|beijao|carinho|cafune|cafunes|lambeijo|lambeijos|abracao|xero|cheiro
    |cheirinho
    |lambida|afago) [grande|bem grande|apertado|bem apertado|carinhoso] [<whom>] [e [um|uma|muitos] (cafune|cafunes|beijo|beijinho|carinho
    |abraco
    |lambeijo|cheirinho|afago) [<whom>]] [se (ele|ela) deixar|por mim|por nos|da gente] [<dear>] [<tag>]
[muitos|muito|da|faz|mande|manda] (cafune|cafunes|carinho|beijos|beijo) <whom> [por mim|por nos|se (ele|ela) deixar]
(igualmente|amem|amem nos todos|pra voce tambem|para voce tambem|pra voces tambem|pra ti tambem) [<dear>] [<tag>]
[fica|fique|fiquem|vai|va] com deus [<dear>]
(se cuida|se cuidem|cuide se|cuidem se|fiquem bem|fique bem|fica bem) [<dear>] [<tag>]
[eu] (estou|to|estamos|tamo|fico|ficamos) [sempre] (aqui|por aqui) [sempre] [(para|pra) (te ajudar|ajudar|voce|voces|o que precisar)] [no
    que precisar|sempre que precisar|se precisar]
    [<dear>] [<tag>]
"""

# Answers thanks in other words.
WELCOME = """
(por nada|de nada|imagina|disponha|nao ha de que|nao por isso|nada|magina|capaz) [<dear>] [<tag>]
(eu|a gente|nos) que (agradeco|agradece|agradecemos) [<dear>] [<tag>] [o carinho|a confianca|a paciencia]
[o] prazer (e|foi) [todo] (meu|nosso) [<dear>]
"""

# Says that it was heard, as an assent does.
ASSENT = """
[agora] [sim] (entendi|compreendi|ficou claro|esta claro|ta claro|peguei|saquei) [direitinho|tudo|agora|melhor|bem] [<dear>] [<tag>]
(oba|eba|viva|uhul|uhu|aleluia|arrasou|show de bola|que alivio|ufa|amei|adorei) [<dear>] [<tag>]
(isso ai|que sorte|que chique|que luxo) [<dear>]
"""

# Says that nothing is amiss: to who will answer later, or is sorry for their words.
EASE = """
[claro|tudo bem|tudo certo|ta bom|ta certo|imagina|que isso] (sem|nao tem|nao tem nenhum|sem nenhum|nao ha) (problema|problemas|pressa
    |estresse|crise
    |grilo|neura) [algum|nenhum|nenhuma] [<dear>] [<tag>]
[claro|imagina|que isso] [nao] (se preocupe|se preocupa|precisa se desculpar|precisa pedir desculpas|tem de que|tem do que|incomoda
    |atrapalha) [nada
    |nunca|nao|de jeito nenhum] [com isso] [<dear>] [<tag>]
(relaxa|relaxe|tranquilo|tranquila|fica tranquilo|fica tranquila|fique tranquilo|fique tranquila|acontece [com todo mundo|mesmo|nas
    melhores familias]|desculpado|desculpada|desculpada sempre)
    [<dear>] [<tag>]
(claro|tudo bem|ta bom) [pode] (fique a vontade|fica a vontade|pensa com calma|pense com calma|pensar com calma|ver com calma)
    [<dear>] [<tag>]
(ate|falamos|a gente se fala|nos falamos|conversamos) (ja|depois|mais tarde|daqui a pouco|quando puder) [<dear>] [<tag>]
[eu] (aguardo|espero|fico aguardando|fico esperando|estou aguardando|estamos aguardando) [aqui|por aqui|voce|voces|seu retorno] [<dear>]
    [<tag>]
"""

# Asks to be told again, or what was meant, or offers a person; it may stand alone, without a question mark, too.
HELPING = """
(pode|poderia|consegue|conseguiria|da|daria|da pra|daria pra) [voce] [para|pra] [me] (explicar|repetir|escrever|contar|dizer|mandar|falar
    |detalhar|digitar
    |reenviar|resumir|contar mais|dizer mais) [isso|o audio|a mensagem|a pergunta|sua duvida|o que (voce) precisa|a foto] [melhor|de novo
    |outra vez
    |mais devagar|de outro jeito|com outras palavras|de outra forma|um pouquinho mais|um pouco mais|por texto|por escrito|mais uma vez|aqui
    |rapidinho] [para mim|pra mim] [<dear>] [<tag>]
[<dear>] [acho que] [eu] (nao (entendi|compreendi|peguei|captei)|fiquei (na duvida|em duvida|sem entender|confusa|confuso)) [muito] [bem
    |direito|direitinho
    |tudo|isso|essa parte|essa ultima [parte]|[a|sua] [ultima] mensagem|o que voce (quis dizer|disse|precisa)] [<dear>] [<tag>]
nao consegui (entender|ouvir|ler|compreender) [bem|direito|direitinho] [o audio|a mensagem|a ultima mensagem|tudo] [<dear>] [<tag>]
[<you>] (quer|gostaria de|prefere) (falar|conversar) <team>
o que (voce) (quis|quer|queria) dizer [com (isso|essa mensagem)]
como assim [<dear>]
[voce] (falava|fala|ta falando|esta falando|estava falando|se refere|se referia|quis dizer|dizia|quer dizer|queria dizer) [e] (do|da|de|ao
    |a|o|sobre|sobre o
    |sobre a) (PET|NEW|SERVICE|<animal>) [ou [(do|da|de|ao|a|o|sobre o|sobre a)] (PET|NEW|SERVICE|<animal>)]
"""

# Asks about the pet or the wish without a question mark, too.
ASKING = """
[me] (explica|explique|conta|conte|fala|fale|diz|diga) [so] [um pouco|um pouquinho] (melhor|mais) [um pouco|um pouquinho] [(sobre|do|da|de
    |dele|dela) [<them>]]
[me] (conta|conte|diz|diga|fala|fale|passa|passe) [so] [o|a|os|as] (<attributes>|<wish>) [do|da|de|dos|das] [(seu|sua)] [<animal>|<fur>
    |PET|NEW|dele|dela]
    [por favor|por favorzinho|<tag>]
com quem [eu] [tenho o prazer de falar|estou falando|falo|converso|estou conversando]
(de onde) (veio|saiu|surgiu) (a inspiracao|esse nome|o nome|a ideia|essa ideia) [<of_pet>|do nome]
(me conta|conta) [como (e|esta|vai|foi)] <pets>
"""

# Asks about the pet or the wish: before a question mark only.
QUESTION = """
[e] quantos (aninhos|anos|meses|mesinhos|quilos|kg|quilinhos) [mais ou menos] [que] <pets> (tem|fez|completou|pesa|esta pesando|tem agora)
    [agora|hoje|mais ou
    menos]
[e] quantos (aninhos|anos|meses|quilos) (tem|fez|pesa) <pets>
quando [que|e que] <pet> (nasceu|faz aniversario|faz anos|tomou a ultima vacina|tomou banho pela ultima vez)
[e] <pets> (e|sao|seria) [mais|meio|bem|muito] <temper> [ou [mais|meio] <temper>] [com (gente|pessoas|estranhos|outros caes|outros
    cachorros|outros animais)]
[e] <pets> (e|fica) <temper> (no banho|na tosa|com secador|com agua|com a tosa|em casa) [ou (fica|tem|sente) [com] [muito] (medo
    |estressado|estressada|nervoso
    |nervosa|agitado|agitada) [<fear>]]
[e] [o] pelo [<of_pet>] (esta|ta|tem|anda) [com] [muito|muitos] (nos|embolado|comprido|curto|grande|embaracado|baixo|alto)
[voce] tem [alguma|algum] preferencia [de|por] [periodo|horario|dia|profissional|data] [ou (periodo|horario|dia|profissional|data)]
[e] <pets> [ja] (e|esta|ta|foi|foram|estao) <temper> [e] [<temper>] [ou nao|ja]
[e] <pets> (tem|teve|teria|costuma ter|esta com|ta com) [algum|alguma|muito] (medo|pavor|receio|trauma) <fear> [ou [<fear>]] [ou <fear>]
[e] <pets> (tem|teve|teria|esta com|ta com) [algum|alguma|muita|muito] <having> [ou [alguma|algum] <having>] [de pele|na pele|no pelo|de
    alguma coisa]
[e] <pets> [ja|ainda] <be> <doing_well> [e <doing_well>] [e <doing_well>] [bem|direitinho|normal|normalmente|direito|hoje|agora|mais]
[e] como [que|e que] <pets> (<be>|passou|passaram|amanheceu|amanheceram|dormiu|se sente|reage|se comporta|fica|e) [se sentindo] [hoje
    |agora|hoje cedo|a noite|a
    noite toda|desde ontem|no banho|com estranhos]
[e] (ha|faz|desde|a) (quanto tempo|quando|quantos dias|muito tempo) [que|e que] <pets> <be> <ill>
[e] (voces|voce) (esta|estao|ta|tao) bem [agora|ai]
[e] o que [que] (aconteceu|houve|foi|ele comeu|ela comeu|esta acontecendo|ta acontecendo) [com <pet>]
(tem|teria|ha) [mais] (alguma|algum) (coisa|coisinha|detalhe|cuidado|observacao) [especial|importante] [que] [eu] [deva|devo|preciso
    |precise] [saber] [<of_pet>|sobre
    <pet>]
[e] [as] vacinas [<of_pet>] (estao|tao) em dia
[e] (e|seria) [o|a] primeira vez [<of_pet>|de voces] [no banho|aqui|na tosa]
[e] (e|seria|vai ser|voce quer|voce procura|voce precisa de|voce ta procurando|voce esta procurando|seria de) <service> [<service>] [(ou
    |e) <service>] (que) [voce] (quer|queria|ta
    procurando|esta procurando|precisa|gostaria|procura|tem em mente|deseja)
[e] [voce] [quer|queria|gostaria|prefere|seria|e|vai ser|pensou|precisa] [que seja] [para|pra|nessa|na|em] (essa|esta|nessa|nesta|a
    proxima|proxima|outra) [semana]
    [mesmo|ainda] [ou [(para|pra|na|so|so na|so pra)] [a] (proxima|outra|que vem|semana que vem|semana seguinte) [semana]]
[e] [voce] [quer|queria|prefere|seria|vai ser] [para|pra] (os|as) (2|dois|duas) [juntos|juntas|de uma vez|no mesmo dia] [ou [so|apenas]
    [para|pra|pro] (um|uma|1|o|a) [deles
    |delas|PET|NEW|de cada vez|por vez|dos (2|dois)]]
[so|apenas] (um|uma|o|a|1) [deles|delas|PET|NEW] ou [os|as] (2|dois|duas)
[e] [voce] [quer|queria|precisa|seria|e|vai ser] [para|pra|com|de] qual <one_of>
[e] qual vai ser [hoje|o dia|o servico|o horario|a data|dessa vez]
[e] [voce] (quer|queria|posso|gostaria) [que eu] (cadastrar|cadastre|anotar|anote|registrar|registre) [ele|ela|<pet>] [assim|desse jeito
    |com esses dados|agora]
[e] posso (seguir|continuar) [assim]
[e] [voce] (quer|queria|posso|gostaria|prefere) [que eu] [ja] (ver|veja|verifique|verificar|consulte|consultar|olhe|olhar|confira|conferir
    |procure|procurar) se [eu|a gente|ainda]
    (tem|tenho|ha|temos|da|esta livre) [esse|este|algum|um] [horario|dia|data|vaga] [livre|disponivel] [<about>]
[e] (tem|seria|e|prefere) [alguma|algum] (urgencia|pressa|preferencia|horario melhor|dia melhor|profissional de preferencia)
[e] [voce] prefere (remarcar|cancelar|trocar o dia|mudar o dia|trocar de dia|cancelar de vez|so cancelar) ou (remarcar|cancelar|trocar o
    dia|mudar o dia|trocar de dia|cancelar de vez
    |escolher outro dia|escolher outro horario)
[e] [voce] quer mesmo (cancelar|desmarcar|remarcar) [<services>] [<of_pet>] [<when>]
[e] [voce] [quer] (mora|moram|fica|ficam) [em|perto de] qual bairro
[<them>] (rolou|brincou|correu|aprontou|cavou|comeu|roeu|passeou|se sujou|nadou|dormiu) [muito|demais] [(na|no|a|o) (lama|areia|terra|sofa
    |chinelo|praia
    |piscina|parque|rua|quintal|grama|chuva)] [de novo|hoje|outra vez]
[voce] (entendeu|consegue entender|ficou claro|deu pra entender|conseguiu ver|conseguiu ler)
<pets> (tem|possui|teria) [alguma|algum] (alergia|restricao|observacao|cuidado especial|problema de pele|condicao)
<pet> (ja) (veio|esteve|tomou banho) (aqui|com a gente|conosco) [antes|alguma vez]
[e|seria] [a] primeira vez [<of_pet>|de voces] [aqui|com a gente|conosco]
(podemos|vamos|posso) (continuar|seguir|comecar|recomecar) [de onde paramos|por aqui|por partes]
"""

# Says the customer's own wish again, as a question: every word of it is theirs.
RESTATING = """
[so|entao|deixa eu] [(para|pra) [eu] (confirmar|conferir|nao errar|ter certeza|ver se entendi)] [entao|entendi|ver se entendi|conferir]
    [<dear>] [voce (quer|gostaria
    de|precisa de|procura|queria|falou)] [e|seria] <asked> [<asked>] [<asked>] [<asked>] [<asked>] [<asked>] <right>
[so] [(para|pra) [eu] (confirmar|conferir|nao errar|ter certeza|ver se entendi)] [entao] (e|seria|voce quer|voce queria) <own_day>
    [<own_time>]
[so] [(para|pra) [eu] (confirmar|conferir|nao errar|ter certeza|ver se entendi)] [entao] (e|seria|voce quer|voce queria) <own_service>
    <own_pet> [<own_day>] [<own_time>]
"""

# Leans on what stands before it: alone it asks about nothing.
LEANING = """
[e] (serve|pode ser|algum serve|alguma serve|o que [voce] acha|e isso|certo|confere|correto|que tal|posso|quer|topa) [<you>]
[e] (algum|alguma|qual) (deles|delas|desses|dessas) [<like>]
[e] qual [voce] (prefere|quer|escolhe|fica melhor)
[e] qual (fica|seria|e) melhor [(para|pra) voce]
[e] (posso|podemos|quer que eu) (cancelar|desmarcar|mudar|trocar|remarcar|marcar|agendar|cadastrar|reservar|cancele|marque|cadastre)
    [assim|entao|mesmo]
"""
