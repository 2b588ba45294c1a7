"""The words that are in everybody's mouth, and those for animals and what is done to them. `common` is their reader."""

import re

# Function words, politeness, laughter, and the verbs around every wish.
COMMON = frozenset(
    re.findall(
        r"\S+",
        """
        for adorei amei atenção pena a o as os um uma uns umas e é eh ou de do da dos das no na nos nas num numa ao aos à em por pelo pela
        para pra pro pras pros p com c sem sob que q se mas porem então entao entt ai aí la lá aqui ali já ja ainda só so
        somente apenas também tambem tb tbm tbem mais menos muito mt mto bem bom boa otimo ótimo legal eu me mim meu meus minha
        minhas te ti teu tua tu você vc vcs voces vocês ele ela eles elas dele dela deles delas nosso nossa nossos lhe isso isto
        esse essa esses essas este esta estes estas aquele aquela qual quais quando qdo qd onde ond como quem porque pq porquê
        quanto quantos quanta quantas qto qtos qnt qnto quantu não nao n ñ naum nem sim s ss simm ok okay okey blz beleza certo
        certinho tá ta tô to tou está estou estão estao estava são sao era ser seria será sera fui foi vai vou vamos ir indo vem
        vir ter tem têm tinha teria tenho temos há ha houver haver fica ficar ficam fico fazer faz fazem faço faco fizer feito
        quer quero queria querem querer queremos gostaria gostei preciso precisa precisava precisar pode podem poderia posso
        podia poder consigo consegue conseguem conseguir dá dar dão dao deu daria sei sabe saber sabem acho acha achei penso ver
        vê ve veja olha olhar diz dizer diga digo fala falar fale falou falei conta manda mandar passa passar põe poe colocar
        coloca deixa deixar deixe chega chegar levar leva levo trazer trago traz buscar busca pegar pega avisa avisar oi oii oie
        olá ola opa oba ei eai hey alo alô bons dia tarde noite tudo td todo toda todos todas joia tranquilo obrigado obrigada
        obg obgd brigado brigada brigadão valeu vlw grato grata agradeço agradeco favor pf pfv pfvr gentileza licença desculpa
        desculpe perdão tchau até ate logo abraço abraços bjs beijo beijos querida querido amiga amigo moça moca moço moco linda
        flor viu né ne hein heim uai ué ue ah aham uhum hum hmm hm kk kkk kkkk kkkkk rs rsrs rsrsrs haha hahaha hehe hehehe
        ahaha show top massa perfeito maravilha excelente claro certeza exato combinado fechado bora pronto eita vixe informação
        informacao informações duvida dúvida pergunta perguntar gente pessoal loja petshop pet pets bichinho bicho animal
        animais shop cliente clientes casa lugar vez vezes coisa algo algum alguma alguns algumas nada nenhum nenhuma outro
        outra outros outras mesmo mesma msm proprio própria agora depois antes enquanto durante apos entre desde perto junto
        juntos ambos dois duas três tres quatro cinco primeiro primeira segundo última ultimo próximo proxima próxima vaga vagas
        horario horário horários horarios hora horas disponivel disponível disponiveis disponibilidade livre livres encaixe
        encaixar agenda agendar agendo agendado agendada agende agendamento agendamentos marcar marca marque marcado marcada
        marcados marcadas reservar reserva reservado remarcar remarca remarque mudar muda mude trocar troca alterar altera adiar
        adia adiantar transferir transfere cancelar cancela cancele cancelado desmarcar desmarca desmarque confirmar confirma
        confirmo confirmado confirme cadastrar cadastra cadastro registrar registra lista espera fila esperar serviço servico
        serviços servicos preço preco preços precos valor valores custa custam custo custaria sai saem saindo cobra cobram
        cobrado paga pagar pagamento pago tabela orçamento orcamento caro barato atendimento atende atendem atender visita hoje
        hj amanhã amanha ontem semana semanas mês mes ano anos meses manhã manha cedo tardinha feira feriado feriados fim final
        fds dias data datas segunda terça terca quarta quinta sexta sábado sabado domingo seg qua qui sex sab dom meio meia h hs
        hrs janeiro fevereiro março marco abril maio junho julho agosto setembro outubro novembro dezembro chama chamado chamada
        chamados chamadas chamam nome nomes idade raça raca porte pelagem pêlo tipo tamanho macho fêmea femea filhote adulto
        idoso velho velhinho novo nova kg quilo quilos peso pesa sobre tanto qualquer melhor pior possivel possível rapido
        rápido rapidinho favorzinho aberto aberta abertos abre abrem abrir abrirá fecha fecham fechar fechados funciona
        funcionam funcionamento expediente telefone fone celular numero número contato whats whatsapp zap ligar endereço
        endereco rua localização localizacao pix cartao cartão debito débito credito crédito dinheiro forma formas aceita
        aceitam aceitar parcela parcelar parcelado parcelam pacote pacotes plano planos mensal buscam busquem entrega entregam
        entregar taxi táxi transporte tempo demora demoram dura duração duracao minutos noites diaria diária diarias pernoite
        incluir inclui acrescentar adicionar correr urgente importante voltar volta volto mudou mudei engano errei errado errada
        correção corrigindo verdade adoraria ajuda ajudar atendente humano pessoa alguem alguém equipe gerente responsavel dono
        dona problema domingos sábados sabados segundas terças tercas quartas quintas sextas
        """,
    )
)  # fmt: skip
# What a name can't be though it is no common word: what people call their animals, and what shops do.
KINDS_OF_PETS = frozenset(
    re.findall(
        r"\S+",
        """
        cachorro cachorra cachorrinho cachorrinha cachorros cachorras cachorrada cao cão caes cães cadela cadelinha dog doguinho
        dogs gato gata gatos gatas gatinho gatinha gatinhos felino felina bichano passaro pássaro passarinho calopsita papagaio
        periquito ave aves canario coelho coelha coelhinho hamster porquinho chinchila rato tartaruga jabuti iguana lagarto
        peixe peixes banho banhos banhinho tosa tosas consulta consultas vacina vacinas pequeno pequena pequenos medio médio
        media média grande grandes gigante mini curto curta longo longa peludo peluda peludos peludinho liso lisa toy anao anão
        micro castrado castrada vacinado vacinada branco branca preto preta caramelo marrom
        """,
    )
)  # fmt: skip
