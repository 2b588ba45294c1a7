"""What customers write who want nothing, as `phrasebook` reads it: thanks, a goodbye, that they will answer later, an aside.

Whoever writes nothing else is answered with a courtesy, and no person is called for them. So what is allowed here must want nothing in any
conversation: no day, no sum, no complaint, nothing that was sent or will be fetched; one word more, and it may want something. The
rules of `small_talk_words` and `warmth_words` hold here, too.
"""

RULES = {
    "to_you": "(te|vos|lhe|voce|vc|vcs|voces|ti)",
    "kin_one": """(marido|esposa|esposo|mulher|mae|pai|pais|filha|filho|filhos|filhas|irma|irmao|namorado|namorada|noivo|noiva|companheiro
        |companheira|avo|vo|sogra|sogro|tia|tio|familia|amiga|amigo|patroa|cunhada|cunhado|sobrinha|sobrinho|neta|neto|prima|primo)""",
    "kin": """([o|a|os|as] (meu|minha|meus|minhas|nossa|nosso) <kin_one>|[o|a] (<kin_one>)|o pessoal [aqui|la] [de casa]
        |todo mundo aqui|a galera [aqui] [de casa])""",
    "with_kin": "[la|aqui|antes|primeiro] (com|pra|para|pro|ao|a) <kin> [e [com] <kin>] | [aqui|la] em casa",
    "intend": """([eu|a gente|nos] [ainda|so|entao|agora] (vou|vo|vamos|preciso|precisamos|tenho que|tenho de|temos que|quero|queria
        |deixa eu
        |deixe eu|deixa|irei|vai|estou|to) [ainda|so|antes|primeiro])""",
    "quiet": """(so|ainda|antes|primeiro|um pouco|um pouquinho|melhor|com calma|mais|mais um pouco|mais um pouquinho|aqui|rapidinho
        |rapido|bem
        |direitinho|direito|um minuto|um pouco mais|por enquanto|nisso|nisso ai|no caso)""",
    "will": """([eu|a gente|nos] [ainda|so|entao|agora] (vou|vo|vamos|tenho que|tenho de|temos que|deixa eu|deixe eu) [ainda|so|antes
        |primeiro])""",
    "think": """(pensar|pensando|refletir|refletindo|decidir|decidindo|analisar|avaliar|me organizar|me programar|me planejar|dar uma
        (pensada
        |pensadinha))""",
    "look_up": """(ver [isso|certinho|direitinho|aqui]|dar uma (olhada|olhadinha) [aqui|nisso]|(ver|olhar|conferir|checar) [aqui] [a|as
        |os|o]
        (minha|minhas|meus|meu) (agenda|horarios|contas|financas|orcamento|escala|dias))""",
    "ask_kin": "(falar|conversar|ver|combinar|perguntar|consultar|confirmar|conferir|checar|decidir|alinhar|pedir)",
    "soon": """(ja|ja ja|logo|logo mais|depois|mais tarde|daqui a pouco|daqui a pouquinho|em breve|amanha|a noite|hoje a noite|de noite|a
        tarde
        |assim que (puder|der|decidir|souber|eu puder|eu souber|eu decidir)|quando (puder|der|decidir|souber|chegar em casa)|qualquer
        coisa|ai
        |dai|entao|outro dia|outra hora)""",
    "answer": """(falo|aviso|retorno|respondo|digo|chamo|conto|confirmo|escrevo|dou (um retorno|uma resposta|retorno|resposta)|retorno
        aqui|chamo aqui)""",
    "back": """([e|que|mas] [<soon>] [eu] [<soon>] (<to_you>) [<soon>] <answer> [<soon>] [aqui|por aqui|<to_you>|voces]
        |[e|que|mas] <soon> [eu] [<soon>] <answer> [aqui|por aqui]|[e] (retorno|respondo|falo|aviso|chamo) <soon> [aqui|por aqui])""",
    "while": """(minuto|minutinho|min|momento|momentinho|instante|instantinho|segundo|segundinho|seg|tempinho|pouco|pouquinho|minutos
        |minutinhos)""",
    "apology": "(desculpa|desculpe|desculpem|me desculpa|me desculpe|perdao|foi mal|sorry|mil desculpas|perdoe|me perdoa|desculpinha)",
    "trait": """(danado|danada|danadinho|danadinha|terrivel|arteiro|arteira|levado|levada|sapeca|preguicoso|preguicosa|dorminhoco
        |dorminhoca
        |comilao|comilona|guloso|gulosa|manhoso|manhosa|dengoso|dengosa|ciumento|ciumenta|brincalhao|brincalhona|esperto|esperta|espertinho
        |espertinha|teimoso|teimosa|carente|carinhoso|carinhosa|bagunceiro|bagunceira|curioso|curiosa|inteligente|mimado|mimada|atentado
        |atentada|grudento|grudenta|folgado|folgada|fofo|fofa|lindo|linda|engracado|engracada|doidinho|doidinha
        |maluquinho|maluquinha|feliz|bobo|boba|bobinho|bobinha)""",
    "being": """(figura|figuraca|peste|pestinha|furacao|amor|amorzinho|fofura|gracinha|comedia|bebe|bebezao|princesa|principe|anjo
        |anjinho|palhaco
        |palhaca|xodo|vida|paixao|alegria|companheiro|companheira|grude|crianca|filho|filha|filhinho|filhinha|bagunca|dengo|riqueza)""",
    "is": "(e|eh|ta|esta|tah|fica|anda|continua|sempre foi|era)",
    "degree": "(muito|mto|mt|tao|super|bem|bastante|todo|toda|um|uma|meio|o maior|a maior|o|a|[o|a] (meu|minha|nosso|nossa|rei|rainha))",
    "own_pets": """([o|a] (meu|minha|nosso|nossa) <animal>|(esse|essa) [meu|minha] (<animal>|<fur>|menino|menina|bicho)|[o|a] PET|ele|ela
        |eles|elas)""",
}  # fmt: skip

# What a customer says without wanting anything.
SAID_THANKS = """
[ah|ok|ta|ta bom|certo|entao|mas|oi|nossa] [muito|mto|mt|mil vezes] (obrigado|obrigada|obg|obgd|obgda|brigado|brigada|vlw|valeu|gratidao
    |agradeco|grato|grata
    |brigadao|obrigadao|brigadinha|tks|thanks|agradecida|agradecido) [NAME|viu|pela atencao|por tudo|mesmo|moca|moco|gente|querida|amiga
    |de coracao|pela forca|pelo carinho|pela atencao de voces
    |pela ajuda|demais|pela paciencia|pelo retorno|pela informacao|por enquanto|por avisar|pela resposta|<dear>] [viu|mesmo
    |demais|<dear>]
[muito] (obrigado|obrigada|obg|valeu|gratidao|agradeco) (pelo|pela|por) (carinho|cuidado|atencao|atendimento|ajuda|SERVICE|tudo
    |todo carinho) [(com|do|da|no|na) (<pet>|a gente|voces)] [<dear>]
"""
SAID_FAREWELL = """
[eu|se precisar] qualquer coisa [eu] <to_you> (chamo|falo|aviso|grito|escrevo|procuro)
(se|quando) [eu] (precisar|decidir|quiser|puder) [eu] <to_you> (chamo|falo|aviso|grito|escrevo|procuro)
[que] deus (abencoe|abencoa|te abencoe|os abencoe|lhe pague|te pague|proteja) [voce|voces|vc|vcs|todos|sempre]
(ate (mais|logo|breve|amanha|la|a proxima)|tchau|tchau tchau|tchauzinho|falou|fui|xau|bjs|beijos|beijo|bjo|bjos|bjinho|abraco|abracos|abs)
    [NAME|pra
    voces|pra voce|<dear>]
((um|uma|tenha|tenham) [um|uma] (bom|boa)|[um|uma|tenha|tenham] [um|uma] (otimo|otima|lindo|linda|excelente)) (dia|tarde|noite|fim de
    semana
    |final de semana|semana|feriado|trabalho|descanso|domingo|almoco) [(para|pra) (voces|voce|todos)] [tambem|<dear>]
(bom|boa) (fim de semana|final de semana|fds|findi|semana|feriado|trabalho|descanso|domingo|almoco) [(para|pra) (voces|voce|todos)]
    [tambem|<dear>]
(bom dia|boa tarde|boa noite) (para|pra) (voces|voce|todos) [tambem]
(fica|fiquem|fique) com deus [<dear>]
"""
SAID_GREETING = """
[eu] (queria|gostaria|preciso|quero) [de] [tirar|saber|pedir|ter|umas|uma] [uma|umas|de] (informacao|informacoes|duvida|duvidas|coisa|ajuda
    |ajudinha) [por favor|NAME]
[voce|voces|vc|vcs] (pode|podem|consegue|poderia) me ajudar [por favor]
posso (fazer|tirar) uma (pergunta|duvida)
(oi|oie|oii|ola|opa|alo|hey|oi gente|olar|salve|e ai|eai|hello|opa gente|ei|psiu) [NAME|tudo bem|pessoal|gente|moca|moco|td bem|tudo bom
    |<dear>] [com voces]
(bom dia|boa tarde|boa noite|bom diaa|bdia|bd|boa) [NAME|pessoal|gente|a todos|<dear>]
tudo (bem|bom|joia|certo) [com voces|com voce|por ai|e voce|e voces|e vc]
[como] (vao|vai|estao|esta|vcs estao) [voces|voce|vcs|vc] [tudo bem]
[oi] [tem] alguem [ai|aqui|em casa]
[aqui] (e|eh) [da|do] NAME
[oi|ola] [ja] (voltei|cheguei|estou aqui|to aqui|sou eu) [de novo|NAME]
(oi|ola|bom dia|boa tarde|boa noite) de novo
"""
SAID_PRAISE = """
(igualmente|pra voce tambem|para voces tambem|voce tambem|amem|haha|k|kk)
(de nada|imagina|disponha|por nada)
[voces|voce|vcs|vc|a equipe|o atendimento|o pessoal] (sao|e|foi|estao|ta) [muito|tao|mto|de] [um|uma|uns|umas|os|as|a] (otimos|otima|otimo
    |maravilhosos|maravilhosa
    |maravilhoso|demais|queridos|querida|querido|atenciosos|atenciosa|atencioso|fofos|fofa|amores|amor|10|dez|show|nota 10|melhores|melhor
    |incriveis|gentil|gentis|top
    |excelente|excelentes|sensacional|perfeitos|perfeita) [demais|mesmo|gente]
(amei|adorei|gostei|amo voces|adoro voces|amamos|parabens) [o|a|muito|demais|voces|pelo|pela] [atendimento|trabalho|resultado|servico
    |banho|tosa|carinho|de voces] [de voces|mesmo
    |demais]
que (fofo|fofa|fofos|amor|lindo|linda|gracinha|delicia|maximo|engracado|legal) [voces|gente]
"""
SAID_HEARD = """
(ok|okay|ta|ta bom|ta certo|blz|beleza|certo|entendi|legal|perfeito|otimo|maravilha|show|joia|combinado|fechado|fechou|top|massa|que bom
    |excelente|sim|isso) [NAME|viu|entao]
[nao] (so isso|era so isso|era isso|e so isso|por enquanto e so|por enquanto e isso|por hoje e so|isso e tudo|mais nada|nada mais) [mesmo
    |por enquanto|obrigado|obrigada]
(nao|nada|n|nao precisa) [obrigado|obrigada|por enquanto|mais nada]
(deixa|deixe) [isso] (pra la|para la|quieto|assim) [por enquanto]
(esquece|esqueca) [isso]
(depois eu marco|mudei de ideia|fica pra proxima|outra hora [eu] [vejo|falo])
(entao ta|ta ok|de boa|tranquilo|tranquila|suave|certinho|tudo certo|tudo bem entao|ah sim|ah ta|saquei|bacana|blz entao|demais)
"""
# What a customer tells who is glad, and who is sad.
SAID_GLAD = """
[hoje|amanha|ontem|esse mes|essa semana] (e|foi|vai ser|tem|teve) [o] (aniversario|niver|aniversarinho) <of_pet> [hoje|amanha|ontem]
<pet> (faz|fez|completa|completou|vai fazer) (aniversario|niver|anos|OWN_AGE) [hoje|amanha|ontem]
[eu|a gente|nos] (adotei|adotamos|ganhei|ganhamos|comprei|resgatei|resgatamos) [um|uma|outro|outra|mais um|mais uma] [novo|nova] <animal>
    [lindo|linda|novo|nova|filhote|fofo|fofa] [[e] [o|a|chamado|chamada|que se chama|se chama|o nome dele e|o nome dela e] NEW] [[de|com
    |tem] OWN_AGE]
[eu] (tenho|temos) [agora|tambem] [um|uma|outro|outra|mais um|mais uma] [novo|nova] <animal> [novo|nova|lindo|linda] [[chamado|chamada
    |que se chama|o|a] NEW] [[de|com|tem] OWN_AGE]
(chegou|nasceu|nasceram|chegaram) [o|a|os|as] [nosso|nossa|nossos|meu|minha|meus] [novo|nova|novos] (<animal>|filhotes|filhotinhos|bebe
    |bebes)
<pet> [ja] (melhorou|sarou|se recuperou|voltou a comer|ficou bom|ficou boa|(esta|ta) [bem|muito] (melhor|bem|bom|boa|otimo|otima)) [hoje
    |ja|agora|gracas a deus]
<pet> (ficou|esta|ta|e|voltou|chegou) [muito|tao|super|um|uma] (<looks>|cheiroso|cheirosa|cheirosinho|cheirosinha|perfeito|perfeita)
    [demais
    |mesmo] [obrigado|obrigada]
(olha|olhem|veja|vejam) [so] [como|que] <pet> (ficou|esta|ta|e) [muito|tao|super] (<looks>|cheiroso|cheirosa|perfeito|perfeita)
(olha|olhem) [so] que <looks> [<pet>]
(feliz|um feliz|bom) (natal|ano novo|pascoa) [(para|pra) (voce|voces|todos)] [tambem]
boas festas [(para|pra) (voce|voces|todos)]
"""
SAID_SAD = """
<pet> [ja] (ficou|esta|ta|anda|amanheceu|acordou|tem estado|estava) [muito|meio|um pouco|bem|tao] <ill> [hoje|ontem|desde ontem|de novo
    |tadinho|tadinha|coitado|coitada]
<pet> (morreu|faleceu|partiu|virou estrelinha|se foi|descansou|nao resistiu) [ontem|hoje|essa semana|semana passada|essa noite|de manha]
[infelizmente] (perdi|perdemos|perdemo) [o|a] [meu|minha|nosso|nossa] (<animal>|PET|OWN_PET) [ontem|hoje|essa semana|semana passada]
[eu] (estou|to|estamos) [muito|tao|bem] (triste|tristes|arrasada|arrasado|mal|chateada|chateado|preocupada|preocupado) [com ele|com ela
    |hoje]
"""
# Puts off an answer.
SAID_PAUSE = """
<intend> [<quiet>] <think> [<quiet>] [<quiet>] [<with_kin>] [<quiet>] [<back>]
<will> [<quiet>] <look_up> [<quiet>] [<with_kin>] [<quiet>] [<back>]
<intend> [<quiet>] <ask_kin> [<quiet>] [isso|sobre isso] <with_kin> [sobre isso|<quiet>] [<back>]
<intend> (consultar|esperar) <kin> [chegar] [<quiet>] [<back>]
[so|espera|pera|aguarda|me da|me de|da] (um|1|uns|[uns] (dois|2|tres|3|cinco|5|dez|10)) <while> [so|por favor|pfv|pf|<dear>|<tag>]
[so] (um|1) <while> [que] [ja] [<to_you>] <answer>
(pera|perai|pera ai|perae|espera|espera ai|calma|calma ai|calmai|guenta ai|aguenta ai|aguarda|aguarde|segura ai) [<dear>|<tag>|so]
    [um|1] [<while>] [por favor]
<back>
(ja|logo|daqui a pouco) [eu] (volto|retorno|respondo|venho) [ja|logo]
(volto|retorno|respondo) (ja|logo|ja ja|daqui a pouco)
"""
# Is sorry about something between the two of us: late words, or words that were meant for somebody else.
SAID_SORRY = """
[opa|ops|ai|ah|nossa|eita|ih|xi|poxa|gente] <apology> [<dear>|<tag>|ai] [(a|pela|por|de|o|pelo) (demora [em responder|pra responder|para
    responder|na resposta]|demorar|demorei|incomodo|incomodar
    |insistencia|insistir|sumico|sumir|confusao|atraso (na|em|pra|para) (resposta|responder)|hora|horario|engano|transtorno|mensagem
    |qualquer
    coisa|perturbar|tantas perguntas|as perguntas|tanta pergunta|encher o saco)] [<dear>|<tag>|ai]
<apology> (incomodar|insistir|demorar|perturbar|demorei|sumi|tantas perguntas|qualquer coisa) [<dear>|<tag>]
(so|nao) [tinha] (vi|visto|li|lido|consegui ver|consegui responder) [sua|a|as|suas] [mensagem|mensagens] [agora|antes|ainda]
[eu] (demorei|sumi|demorei a responder|demorei pra responder|me confundi|me enganei|me atrapalhei|confundi tudo|viajei) [aqui|ne|mesmo]
(ops|opa|ih|xi|eita|ai|putz) [<apology>]
[mandei|enviei|escrevi|foi|falei|digitei] [isso] [na|no|para|pra|pro|a] [a|o] (mensagem errada|pessoa errada|numero errado|grupo errado
    |conversa
    errada|chat errado|contato errado|janela errada|outro grupo|outra pessoa|outro numero|outra conversa)
[essa|a] mensagem [era|foi|e] (errada|pra outra pessoa|para outra pessoa|por engano|sem querer)
[isso|essa mensagem|essa] (era|nao era|nao e|nao foi) (pra|para|pro) (voce|vc|voces|vcs|outra pessoa|outro grupo|outro numero|ca|ai|aqui
    |minha <kin_one>
    |meu <kin_one>)
[foi|mandei|enviei|escrevi] [isso] (sem querer|por engano|engano|por acidente)
(ignora|ignore|desconsidera|desconsidere|pode ignorar|pode desconsiderar) [isso|essa mensagem|a mensagem|a ultima mensagem] [por favor]
[foi] [o|a] (meu|minha) (<kin_one>|gato|gata|cachorro|cachorra|bebe) [que] (mexeu|pegou|mandou|digitou|escreveu|enviou|apertou) [no|o|com
    o|isso]
    [meu] [celular|telefone|cel|whats|whatsapp|teclado]
"""
# Tells something by the way: how lovely or naughty a pet is, the weather.
SAID_ASIDE = """
<own_pets> <is> [<degree>] [<degree>] (<trait>|<being>) [demais|mesmo|<tag>|gente|<dear>]
<own_pets> [so] (apronta|apronta muito|apronta demais|apronta todas|nao tem jeito|nao e facil|e fogo|e
    demais|manda em mim|manda na casa|manda aqui|so quer brincar|so quer colo|me ama|adora passear|adora brincar
    |adora um colo|me segue pela casa) [mesmo|demais|<tag>]
<own_pets> <is> [aqui] (deitado|deitada|dormindo|roncando|sentado|sentada|brincando|correndo|latindo|miando|me olhando|aqui|no sofa|no
    meu colo|do meu lado|na minha cama) [aqui] [no (sofa|meu colo)|na minha cama|na cama|do meu lado|comigo|pela casa|no quintal|de novo]
[eu] (amo|adoro|amamos) [muito|demais|tanto] <own_pets> [demais|muito]
[nossa|gente|aff|ai] [que|esse] (calor|frio|calorao|friozinho|chuva|chuvarada|tempo) [doido|louco|maluco|gostoso] [hoje|aqui|ne|hein
    |demais]
    [<tag>]
[ta|esta] (muito|mto|tao|um|fazendo um) (calor|frio|calorao|friozinho) [hoje|aqui|ne] [<tag>]
(to|estou|tava) [so] (brincando|zoando|rindo [aqui|muito]) [<tag>]
(era|foi|e) [so] (brincadeira|zoeira) [minha] [<tag>]
"""
# Says nothing by itself, beside any of these.
SAID_BESIDE = """
(ah|ai|nossa|gente|poxa|oxi|eita|entao|ne|viu|hein|aff|puxa|opa|ops|bom|bem|olha|e|mas|haha|ta|uai|moca|moco|<dear>|<tag>|mesmo|so|pois e)
(to|tou|estou|tava|estava|eu tava|eu estava) [aqui] [no|na|em|a|meio|muito|numa|num] (trabalho|servico|reuniao|aula|dirigindo|trabalhando
    |estudando|ocupada|ocupado|enrolada|enrolado|correndo|correria|na correria|sem tempo|sem internet|sem sinal|sem bateria|dormindo)
    [agora|aqui|hoje]
(acabou|tinha acabado) a (bateria|internet|luz) [do celular|aqui]
(hoje|agora|dessa vez|desta vez|esse mes|essa semana|por enquanto|por agora|ainda) nao [<tag>|<dear>]
[quem sabe|talvez|deixa|deixamos|fica] [pra|para] (outro dia|outra hora|mais pra frente|mais tarde|depois|outra vez|uma proxima|a proxima
    |proxima|mes
    que vem|semana que vem|ano que vem|o mes que vem)
[eu] (achei|ta|esta|e|ficou) [meio|muito|um pouco|mto] (caro|carinho|salgado|puxado)
"""
