"""The phrases that a reply may be made of without stating anything, as `phrasebook` reads them; `small_talk` is their reader.

They name what is allowed. A phrase gets in here only if it can be said to any customer at any moment without being wrong, whatever was
asked, done or refused: it greets, it is kind, it asks. What answers ("sim", "claro", "temos"), what says that something is settled
("combinado", "pronto", "pode deixar", "até lá"), and what promises is the server's to say.

Words are without case and accents. NAME is the customer, the agent or the shop, PET, SERVICE and NEW (what the customer called something)
are names, DAY and TIME were said by the customer or in a fact, FREE_DAY and FREE_TIME are free.
"""

RULES = {
    # Whom and what it is about.
    "you": "(voce|vc|voces|vcs|a senhora|o senhor|te|lhe)",
    "your": "([o|a] (seu|sua|teu|tua)|[os|as] (seus|suas)|o|a|os|as)",
    "animal": """(pet|pets|bichinho|bichinha|bichinhos|cachorro|cachorra|cachorrinho|cachorrinha|cao|caozinho|cadela|cadelinha|gato|gata
        |gatinho|gatinha|filhote|peludo|peludinho|peludinha|amigo|amiga|amiguinho|amiguinha|companheiro|companheira|animal|animalzinho
        |ave|coelho|coelhinho|dog|doguinho|auau|miau)""",
    "pet": """([o|a] PET|[o|a] NEW|ele|ela|eles|elas|[o|a] seu <animal>|[a] sua <animal>|[o|a|os|as] <animal>|[os|as] (seus|suas)
    <animal>)""",
    "of_pet": """((do|da|de) (PET|NEW)|dele|dela|deles|delas|(do|da|de) (seu|sua) <animal>|(do|da|dos|das|de) <animal>
        |(dos|das|de) (seus|suas) <animal>)""",
    "for_pet": """((para|pra|pro) [o|a] (PET|NEW)|(para|pra) (ele|ela|eles|elas)|((para|pra) [o|a]|pro) [seu|sua] <animal>|<of_pet>
        |(com|no|na|em) [o|a] (PET|NEW)|(nele|nela))""",
    "pets": "<pet> [[e|ou] <pet>] [[e|ou] <pet>] [(e|ou) <pet>]",
    "service": """([o|a|um|uma] SERVICE [de novo]|[o|um] (atendimento|servico|horario|agendamento)|[uma] visita|[o|um] (horario|dia)
    (para|pra)
        [o|a] SERVICE)""",
    "services": "<service> [(e|ou) <service>] [(e|ou) <service>]",
    # Days and times.
    "on": "[para|pra|na|no|em|a|de|da|do]",
    "day": "<on> [o|a] DAY",
    "time": "[as|a|para|pra|das|o|pro] [o|as|das] TIME",
    "when": "(<day> [<time>]|<time> [<day>])",
    "free": "([[na|no|em|a|da|do] FREE_DAY] [as|a|das|o|para|pra] [o|as|das] FREE_TIME [[na|no] FREE_DAY]|[na|no|em] FREE_DAY)",
    "frees": "<free> [<free>] [<free>] [ou [o] <free>]",
    "at_all": "(hoje|agora|por aqui|por favor|por gentileza|NAME|entao|mesmo|tambem)",
    # What a shop wants to know.
    "which": "(qual|quais|que|qual e|quais sao|qual seria|quais seriam)",
    "attribute": """([o] (nome|nominho|nomezinho)|[a] raca|[a] idade|[o] porte|[o] tamanho|[o] peso|[a] pelagem|[o] pelo
        |[o] tipo de (pelo|pelagem)
        |[a]
    especie
        |[a] data de nascimento|[o] sexo)""",
    "attributes": "<attribute> [[e|ou] <attribute>] [[e|ou] <attribute>] [(e|ou) <attribute>]",
    "wish": """([o|um] servico|[o|um] [melhor] (dia|horario)|[a|uma] [melhor] (hora|data)|[o|um] periodo|[o] profissional|[o] seu nome
    |seu nome
        |[o] nome completo|[o] motivo|[o|qual] pet|[o] bairro)""",
    "info": """([<which>] <wish> [e <wish>] [<like>] [<for_pet>]|[<which>] [o|a|os|as] <attributes> [<of_pet>]
        |(para|pra) qual (dia|pet|servico|horario|data)|se (e|seria) <kinds>|se <pet> e <kinds>|qual [deles|delas] [<like>])""",
    "infos": "<info> [[e|ou] <info>] [[e|ou] <info>] [(e|ou) <info>]",
    "kind": """([o|um|uma] (cachorro|gato|cao|cachorra|gata|coelho|ave)|[um] outro (bichinho|animal|pet|bicho)|outro|[de] [porte] [mini
    |pequeno]
        (pequeno|medio|grande|gigante|mini|pequena|media)|[de] [pelo] (curto|medio|longo|curtinho|curta|longa|media)|macho|femea|filhote
        |adulto|idoso)""",
    "kinds": "<kind> [[ou] <kind>] [[ou] <kind>] [[ou] <kind>] [ou <kind>]",
    "like": """([<you>] [mais] (prefere|preferem|gostaria|gostariam|quer|deseja|precisa|pensou|tem em mente|tem preferencia|escolhe
    |escolhem
        |busca|procura|vai querer|queria) [de (agendar|marcar|reservar|trazer|vir|fazer|ver|mudar|remarcar)]
        [agendar|marcar|reservar|trazer|fazer|vir|ver|remarcar|mudar|cancelar]
        |(fica|ficaria|e|seria|serve|funciona|atende) [melhor|bom|bem] [(para|pra) (<you>|<pet>)]|[<you>] (atende|atenderia|serve)
        [melhor])""",
    "do": """(agendar|marcar|reservar|remarcar|reagendar|cadastrar|registrar|mudar|trocar|transferir|cancelar|desmarcar
        |deixar (agendado|marcado|reservado))""",
    "doing": """(agende|marque|reserve|remarque|cadastre|registre|mude|troque|cancele|desmarque|deixe (agendado|marcado|reservado))""",
    "look": """(ver|verificar|consultar|olhar|conferir|checar|buscar|procurar|saber|conhecer) [para|pra] [<you>]""",
    "looking": "(veja|verifique|consulte|olhe|confira|cheque|busque|procure)",
    "seen": """([os|quais] [nossos] (horarios|dias|datas) [livres|disponiveis]|[um|o] [outro] (horario|dia)|[outro dia ou horario]|[a]
    agenda
        |[a] disponibilidade|[os] [nossos] (servicos|precos|valores)|[o] (preco|valor)|[mais] opcoes)""",
    "would": "(quer|queria|gostaria de|deseja|prefere|vamos|podemos|posso|pode ser|quer que eu ja|gostariam de|querem)",
    "about": """[[com|de] <services>|(alguma coisa|algo|algum servico|outro servico|um servico|mais algum servico)] [<for_pet>] [(para
    |pra) voce]
        [<when>] [<for_pet>] [(para|pra) voce] [<when>]""",
    "whole": """(servico pet dia e hora|servico pet e dia|que o pet e seu o nome e a raca|qual agendamento e o novo dia e hora
        |qual agendamento)""",
    "example": """(<service> pro thor labrador dia tal a tal hora|tenho um labrador chamado thor|lista de espera <service> pro thor dia tal
        |remarca o banho do thor para o dia tal a tal hora|cancela o banho do thor do dia tal)""",
    "team": """([com] [a|uma|um|alguem|nossa] (pessoa|equipe|alguem|atendente|humano|veterinaria|veterinario) [da|de] [nossa] [equipe
    |loja])""",
    "help": "(ajudar|te ajudar|lhe ajudar|ajuda lo|ajuda la|ajudar voce|ajudar voces|ser util|atender|te atender)",
    "thing": "(alguma coisa|algo|algo mais|outra coisa|mais algo|mais alguma coisa|alguma outra coisa|qualquer coisa|alguma duvida)",
    "asking": """(([me] (diz|diga|conta|conte|fala|fale|passa|passe|informa|informe|manda|mande) [tambem]|me (confirma|confirme|ajuda com))
        |e so [<you>] me (dizer|falar|contar|passar|informar|mandar)|[voce] [poderia|pode] me (dizer|falar|contar|passar|informar
        |confirmar)
        |[vou] [so] (preciso|precisar|precisamos) [so] [saber] [de|do|da|que voce me (diga|informe|conte|passe)]
        |[so] (falta|faltam) [saber|me dizer]|gostaria de saber|queria saber)""",
}  # fmt: skip

# Greets, and is kind: it may stand alone.
GREETING = """
(que bom|que alegria|que prazer) (te ver|ver voce|ter voce|receber voce|falar com voce|receber [a] sua mensagem|receber [o] seu contato
    |ter voces) [por aqui|aqui|de novo|com a gente]
(oi|oie|oii|ola|opa|alo|hey) [NAME] [de novo]
(bom dia|boa tarde|boa noite) [NAME|para voce|pra voce|a todos]
[seja|sejam] [muito] (bem vindo|bem vinda|bem vindos|benvindo|benvinda) [de volta] [(a|ao|na|no) NAME] [NAME]
[eu] (sou|me chamo) [o|a] NAME [[assistente|atendente] [virtual] [da|do|de] [NAME]]
[aqui] (e|quem fala e) [o|a] NAME [[assistente|atendente] [virtual] [da|do] NAME]
[eu] sou (a|o|sua|seu) [assistente|atendente] virtual [(da|do|de) NAME]
[muito] prazer [em (te conhecer|conhecer voce|falar com voce|conhecer voces)] [NAME|PET|NEW]
[muito] (obrigado|obrigada) [NAME] (pelo contato|por (entrar em contato|escrever|nos procurar|nos escrever|falar com a gente)|pela
    mensagem|pela preferencia)
(um|receba um|te mando um) abraco [bem] (apertado|carinhoso|forte) [NAME]
(espero|esperamos|tomara) que (esteja tudo bem|voce esteja bem|voces estejam bem|<pet> esteja bem|tudo esteja bem) [com voce|com voces
    |por ai]
(voltei|estou de volta) [por aqui]
tudobem [com (voce|voces|vc)] [por ai] [NAME]
como (voce|vc) (esta|vai) [hoje] [NAME]
como (vai|esta|vao|estao) <pets> [hoje]
"""

# Is glad, or finds something lovely: for a customer who is glad.
JOY = """
que (nome|nominho) (bonito|lindo|fofo|bacana|legal|divertido|diferente|gracioso|charmoso|lindinho) [o] [(do|da|de)] [PET|NEW]
adorei o nome [(do|da) (PET|NEW)] [dele|dela]
que (nomes) (bonitos|lindos|fofos) [PET|NEW] [e] [PET|NEW]
que (fofo|fofa|fofura|lindo|linda|gracinha|amor|gostosura|fofinho|fofinha|delicia|lindeza) [o|a|do|da|de] [PET|NEW|(seu|sua) <animal>]
parabens [(pelo|pela) (novo|nova) (<animal>|integrante|membro) [da familia]]
(fico|ficamos) [muito] feliz em (conhecer|te conhecer|conhecer voces) [PET|o PET|a PET]
(fico|ficamos) [muito] (feliz|felizes|contente|contentes) [em (ajudar|te ajudar|saber|poder ajudar)|por (voce|voces|saber|<pets>)]
"""

# Is sorry: for a customer who is sad, or beside what cannot be.
SORROW = """
(sinto|sentimos|lamento|lamentamos) [muito] [pela (sua|tua) perda|pela perda|por sua perda|pela partida (do|da|de) PET] [NAME|de coracao]
(meus|nossos) (sentimentos|pesames) [NAME]
que (pena|triste) [NAME]
(sinto muito|lamento|sentimos muito) [NAME] [(por isso|pelo transtorno|pela confusao|pela demora|pelo ocorrido|pelo
    inconveniente)]
"""

# Answers thanks.
WELCOME = """
(de|por) nada [NAME]
(imagina|disponha|nao ha de que|nao por isso|eu que agradeco|nos que agradecemos|a gente que agradece|o prazer e (meu|nosso)) [NAME]
"""

# Asks to be told again, or offers a person: whatever was asked.
HELPING = """
(desculpe|desculpa|me desculpe) [mas] [eu] nao (entendi|compreendi) [muito] [bem|direito|tudo|isso]
nao (entendi|compreendi) [muito] (bem|direito|tudo)
(desculpe|desculpa) nao consegui terminar isso agora
entendi so uma parte [SERVICE [e] [SERVICE]] [(PET|NEW) [e] [PET|NEW]] [DAY] [TIME]
[<you>] (quer|gostaria|prefere|quer que eu|deseja|posso|podemos) [que eu] (chame|passe|fale|chamar|passar|falar|te passe|te passar
    |pergunte|perguntar) [para|com|a|ao|o atendimento para|sua mensagem para] <team>
(quer|posso|podemos|gostaria que eu) (perguntar|confirmar|verificar|pergunte|confirme|verifique) [isso] [com|a|na] <team> [(para|pra)
    <you>]
(pode|poderia) me dizer de outro jeito o que <you> precisa
[para nao (marcar|cadastrar|anotar|mudar nada|cancelar nada) errado] me diga numa frase so <whole>
por exemplo <example>
(pode|poderia) (repetir|explicar melhor|me explicar melhor|dizer de outro jeito|reformular|confirmar [o] (nome|dia|horario|servico))
"""

# Offers a visit, or to change one: it may not answer everything.
OFFERING = """
[<you>] [ja] <would> [<you>] [de] [ja] <do> [<about>] [agora] [mesmo]
(posso|podemos|quer que eu) (confirmar|confirme) <services> [<for_pet>] <when> [<for_pet>]
[<you>] (quer|gostaria de|deseja|prefere|vai querer) <services> [<about>]
[<you>] (quer|gostaria|deseja|prefere|querem) [de] [que eu] [ja] <doing> [<seen>] [<about>]
"""

# Offers another day: where this one is full or closed, or the customer does not want it.
ANOTHER = """
[<you>] (quer|gostaria de|prefere|quer tentar|que tal|vamos tentar|podemos tentar) [ver|tentar|escolher] (outro|outra) (dia|horario|data
    |hora) [ou (outro|outra)] [dia|horario|data]
"""

# Opens the talk: it may stand alone where nothing else was said.
OPENING = """
[em] (como|que|no que) [eu] (posso|podemos|poderia) [hoje] [<help>] [<you>] [<help>] [e] [<pet>] [hoje|agora|por aqui]
(como|em que) [eu] [posso|podemos] <help> [<you>] [e] [<pet>] [hoje] [agora]
o que (voce|vc|voces) (precisa|gostaria|deseja|quer|precisam) [de] [hoje] [saber|fazer]
(posso|podemos) <help> (com|em) (agendamentos|um agendamento|servicos|algum servico) [ou] [e] [servicos]
"""

# Is kind, and says nothing: alone it might be taken for an answer.
COURTESY = """
(desculpe|desculpa|me desculpe|perdao|mil desculpas|peco desculpas|pedimos desculpas) [NAME] [(por isso|pelo transtorno|pela confusao
    |pela demora|pelo ocorrido|pelo inconveniente|a demora|o transtorno|a confusao)]
(poxa|puxa|ah|nossa|eita|opa|hum|hmm|ai|oh) [NAME]
[muito] (obrigado|obrigada|grato|grata|agradeco|agradecemos) [NAME] [(pela|pelo|por) (atencao|compreensao|paciencia|carinho|esperar
    |aguardar|informacao|preferencia|confianca|contar|me contar|explicar)]
(um|so um|so mais um|mais um) (momento|instante|momentinho|minutinho|segundinho) [por favor] [NAME]
(cuide se|se cuida|se cuidem|forca|com carinho|melhoras [(para|pra|pro) [o|a] PET]) [NAME]
(kkk|kkkk|rsrs|haha|hahaha)
"""

# Takes leave: alone it would be taken for a yes.
FAREWELL = """
(ate (mais|logo|breve|a proxima)) [NAME]
[tenha|tenham|desejo|uma|um] [um|uma] (otimo|otima|bom|boa|lindo|linda|excelente) (dia|tarde|noite|semana|final de semana|fim de semana
    |feriado) [(para|pra) (voce|voces|<pet>)] [e] [<pets>] [tambem]
[um|uma] (abraco|abracos|beijo|beijos|carinho|cafune|lambeijo|lambeijos|abracao|beijinho|beijinhos) [(no|na|pro|pra|para o|para a|em|do
    |da) (PET|NEW|voce|voces|<animal>|todos)] [NAME]
[e] [se] (qualquer coisa|qualquer duvida|quando precisar|sempre que precisar|quando quiser|se precisar|precisando|se quiser|caso precise
    |se tiver duvidas) [de (algo|alguma coisa|mais alguma coisa|qualquer coisa|ajuda
    |mais numeros)] [[e] [so] (chamar|me chamar|chama|me chama|me
    chame|escrever|me escrever|falar|me avisar|me avise|me avisa|mandar mensagem|me dizer)] [por aqui|aqui|a gente] [ta|viu]
[e] [so] (chamar|me chamar|me chame|me chama) [por aqui|quando (precisar|quiser)|se precisar]
[qualquer coisa] (estou|estamos|fico|ficamos) [sempre] (aqui|por aqui|a disposicao|as ordens) [(para|pra) (te ajudar|ajudar|o que
    precisar|ajudar voce|voce)] [sempre] [se precisar|quando precisar] [NAME]
(quando|se|caso) [voce] (quiser|precisar|queira|precise) [<do>] [de novo|depois|outra vez] e so [me] (chamar|avisar|falar|dizer|escrever)
(conte|pode contar|contem) [sempre] (comigo|com a gente|conosco) [sempre] [(para|pra) o que precisar]
(fico|ficamos) [no] (aguardo|aguardando) [(do|da|o|a) (seu|sua) (retorno|resposta|escolha)] [NAME]
(aguardo|aguardamos) [(do|da|o|a) (seu|sua) (retorno|resposta|escolha)] [NAME]
"""

# Says no more than that it was heard: in front of a fact, or alone, it would be taken for a yes.
ASSENT = """
(perfeito|otimo|maravilha|legal|show|beleza|certo|ok|okay|entendi|entendido|compreendo|excelente|bacana|que bom|que otimo|que legal|que
    maravilha|que delicia|vamos la) [NAME]
"""

# Closes the talk, or keeps it open: as little as a courtesy.
CLOSING = """
[e] (posso|podemos|consigo|posso te|em que mais posso|no que mais posso|como mais posso) [<help>] [<you>] [<help>] [com|em] [mais]
    [<thing>] [mais] [hoje|por aqui|para <pet>]
(precisa|precisam|gostaria|deseja|desejam|quer|querem) [de|que eu ajude em|ajuda com|saber] [mais] <thing> [mais] [hoje|por aqui|agora
    |<for_pet>]
[e] [tem] [mais] (alguma duvida|alguma outra duvida|alguma pergunta|alguma coisa|algo mais)
(mais alguma coisa|algo mais|mais algo|mais alguma duvida) [que (eu possa|posso) (fazer|ajudar)] [(para|pra|por) voce] [hoje] [NAME]
se (preferir|quiser) [eu] (chamo|posso chamar) <team> [e so (pedir|falar|dizer|chamar)]
(ficou|restou) (alguma|com alguma) duvida
"""

# Leads over to a question.
FIRST = """
(e|entao|agora|ah|so|primeiro|antes|antes disso|por favor|por gentileza|NAME|hum|bom|bem|oi|ola|so mais uma coisa|uma perguntinha|uma
    pergunta|com carinho)
(para|pra) [eu] (continuar|seguir|continuarmos|comecar|comecarmos|(te|lhe) ajudar [melhor]|<look> [<seen>]|<do>) [<about>]
antes de [eu] (continuar|seguir|<do>|<look> [<seen>]) [<about>]
((para|pra) isso|(para|pra) que eu possa [te] (ajudar|continuar|seguir|<look> [<seen>]) [melhor])
"""

# Asks for what the shop wants to know. It may stand alone.
ASKING = """
[<you>] (quer|gostaria|deseja|prefere|querem) [de] [que eu] [ja] <looking> [para|pra] [<you>] [<seen>] [<about>]
<which> [o|a|os|as] <attributes> [<of_pet>] [e <which> [o|a] <attribute>]
<which> [o|a] <kinds>
[<on>] <which> <wish> [<like>] [<about>]
[para|pra|em|de|a|com] qual [<wish>|deles|delas|desses|dessas|dos dois|opcao|opcoes|desses (horarios|dias)|servico|pet|profissional
    |SERVICE] [<like>] [<about>]
(para|pra) (quando|que dia|quem|qual dia|que horas) [e|seria] [<like>] [<services>] [<about>]
(quando|a que horas|que horas|em que dia|que dia|em que horario) [<you>] [<like>] [<about>]
[e|seria] (quando|a que horas|que horas|em que dia)
quantos (anos|meses) [<pet>] tem [<pet>]
<pet> (tem|teria) quantos (anos|meses)
<which> (idade|raca|porte|tamanho) <pet> (tem|teria)
(qual|que) (raca|porte|tamanho) [<pet>] (e|tem|seria) [<pet>]
quanto [<pet>] pesa [<pet>]
como [se|e que] [<pet>] (se chama|chama|e o nome) [<your>] [<pet>] [<of_pet>]
(como) (voce|vc) [se] (chama|gostaria de ser chamado|gostaria de ser chamada)
[com quem] (eu falo|estou falando|falo) [por favor]
como (e|seria) [o|a] <attributes> <of_pet> [<kinds>]
o que [<you>] (acha|prefere|fica melhor|ficaria melhor) [(para|pra) <you>]
[<asking>] <pets> (e|sao|seria|tem) [de] [um|uma|o] [porte|pelo|pelagem] <kinds>
[o] (porte|tamanho|pelo|a pelagem|a raca) [<of_pet>] (e|seria) <kinds>
(e|seria|sao) <kinds>
<kind> [[ou] <kind>] ou <kind>
(e|seria|sera|eh) (para|pra|pro) [o|a] [PET|qual (pet|deles|delas|dia|servico)|NEW] [[ou|e] [para|pra|pro] [o|a] PET] [ou [para|pra|pro]
    [o|a] PET] [ou [para|pra] os dois]
[qual] [deles|delas] [(o|a) PET] ou [(o|a) PET]
(o|a) PET [(o|a) PET] ou (o|a) PET
PET [PET] ou [(o|a)] PET [ou os dois]
[seria|e] <services> (ou) <services>
[<you>] <would> [<you>] [de] <look> [<seen>] [<about>]
[<you>] (quer|gostaria de|deseja|prefere|quer que eu) [que eu] (entrar|ficar|te coloque|coloque voce|te inclua|te adicione) [na|em]
    [nossa] (lista de espera|na lista de espera) [<about>]
[<you>] (prefere|quer|gostaria de|pode ser|seria|que tal|serve|vamos de|podemos marcar|posso marcar|fica melhor|melhor) <frees>
[<you>] [algum|alguma|um|uma] [deles|delas|desses|dessas|dessas opcoes|desses horarios] (serve|te atende|atende|funciona|fica bom|e bom
    |ajuda|te serve|agrada) [(para|pra) (<you>|<pet>)]
[<you>] (tem|teria|possui) [alguma|algum] (preferencia|dia em mente|horario em mente|data em mente|preferencia de (dia|horario
    |profissional|dia ou horario|dia e horario))
[<you>] (tem|possui) [algum|um|quantos] <animal>
quantos <animal> (voce|vc|voces) (tem|possui)
[<asking>] <infos>
[<you>] (quer|gostaria de) (tentar|escolher|sugerir) [um|outro] (dia|horario|outro)
[entao] <services> (e|seria|sera) <for_pet>
[entao] <services> seria <about> (certo|correto|e isso|isso mesmo|ne)
(sao|seriam) [cachorros] [gatos] [ou] [gatos] [ou outros bichinhos|ou outros pets]
e [o|a] (PET|NEW)
PET PET [PET] [PET]
so me (diga|conte|fale) [de|do|da] (PET|NEW)
[para eu nao errar] me diga o dia com o mes
de qual mes
"""

# What may stand beside days, times and names in an answer that is nothing but these.
SAID_BESIDE = frozenset(
    """
    e o a os as um uma de do da dia para pra pro no na em pode ser seria entao isso sim prefiro melhor mesmo por favor manha
    tarde noite cedo feira hora horas anos meses porte pelo curto medio longo ele ela eh macho femea filhote adulto chama nome
    """.split()  # noqa: SIM905
)
# How words begin of which a message with any of them wants more than a kind word.
WANTED = tuple(
    """
    quer quero gostaria precis marc desmarc remarc agend reserv cancel confirm mud troc pass cadastr registr inclu anot encaix avis quanto
    prec valor cust cobr pag pix cart horario hora vaga dia data abr fech ender onde telefone servic pacote hotel creche vacin consult banh
    tos loja equipe pessoa atend falar pode podem consegu tem tens fazem faz qual quais quando como porque sim nao ok mand ver sab levar
    busc espera lista amanha hoje segunda terca quarta quinta sexta sabado domingo semana manha tarde noite esse essa isso aquele ainda
    desist adi antecip vou vamos cheg
    """.split()  # noqa: SIM905
)

# Marks beside words. Those that say that something is done or right are none of them.
EMOJI = frozenset(
    "💔👏🎄🎅⛄🥂🎆🐔🐴🐮🐷🐸🦁🐻🐼🐨🐧🦉🦊🦔🦋🐝🐞🌳🍃🍂☔🌧❄⛅🌤☁🏖😩😫😬🤷🤦😓😥😰👀🧸🏻🏼🏽🏾🏿♀♂👂🎂🖤😹👶🎉🎊🎨😼😸🥵🥶🥹💪🎈☕🙈🙊🙉😘🤭🤣😌😇🤍🎀🎁🫂🫰🤞🍀🌹🌙😎🤓🥳😮😲😯😭😞😟🤒🤕🐕🦮🐈🦴🍼🐣🐥🌼🎶❣💝💞💓🐾🐶🐱🐕🐈🐩🐰🐹🐇🦜🐦🐢🐠😊🙂😀😃😄😁🥰😍🤗😉☺😺😻💙💚💛💜🧡❤♥🤍💕💖💗✨🌟⭐🌷🌸🌼🌺💐🌻🌞☀🌈👋🙏😢😔😕🥺😅😂🫶🩵🩷🛁✂🧼🐟🙌😌🤔💬📞"
    "\ufe0f"
)
MARKS = frozenset(" \n\t.,!?…:;()\"'“”‘’«»-–—/*_~")

# What the server asks where the model asked for the same in words that are not accounted for: how it is known, and the question.
_WHICH = r"(?:qual|quais|quanto|quantos|quantas|como)(?: \w+){0,5}"
QUESTIONS = (
    ((rf"{_WHICH} (?:porte|tamanho)", "que (?:porte|tamanho)"), "Qual é o porte: pequeno, médio ou grande?"),
    ((rf"{_WHICH} (?:pelo|pelagem)",), "O pelo é curto, médio ou longo?"),
    ((rf"{_WHICH} raca", "que raca"), "Qual é a raça?"),
    ((rf"{_WHICH} idade", "quantos (?:anos|meses|aninhos|mesinhos)", r"quando (?:\w+ ){0,2}nasceu"), "Qual é a idade?"),
    ((rf"{_WHICH} especie", r"(?:cachorr\w+|cao) ou (?:\w+ )?gat\w+"), "É cachorro, gato ou outro bichinho?"),
    ((r"como (?:\w+ ){0,2}chama\w*", r"qual (?:\w+ ){0,4}nome"), "Como se chama o seu pet?"),
    ((r"(?:qual|quais)(?: \w+){0,3} servicos?", "que servicos?"), "Qual serviço você gostaria?"),
    ((r"(?:qual|quais)(?: \w+){0,3} (?:hora|horas|horarios?|periodo)", "que (?:horas?|horarios?|periodo)"), "Qual horário você prefere?"),
    ((r"(?:prefere|quer|pode ser|melhor|seria|fica\w*)(?: \w+){0,4} (?:manha|tarde|noite)",), "Qual horário você prefere?"),
    ((r"qual(?: \w+){0,3} (?:dia|data)", "que (?:dia|data)", r"(?:pra|para) quando"), "Para qual dia?"),
    ((r"qual(?: \w+){0,3} (?:pets?|bichinhos?)",), "Para qual pet?"),
)
# Words of a customer that name nobody.
PARTS_OF_DAYS = frozenset(("manha", "tarde", "noite", "madrugada", "cedo", "semana", "dia", "hora", "hoje", "amanha", "agora"))
# What is said of a pet beside its name, and what its age is counted in.
KINDS = frozenset(
    "cachorro cachorra cao cadela gato gata coelho ave filhote macho femea pequeno medio grande gigante mini adulto idoso".split()  # noqa: SIM905
)  # fmt: skip
AGES = frozenset(("anos", "ano", "meses", "mes", "aninhos", "mesinhos"))
