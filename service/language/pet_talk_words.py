"""The words that a description of a pet is made of, folded ("é" is "eh", so that it is no "e"). `pet_words` is their reader."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


ARTICLES: Final = _words("o a os as um uma")
OWNING: Final = _words("meu minha nosso nossa meus minhas nossos nossas")
HAVING: Final = _words("tenho temos adotei adotamos ganhei ganhamos comprei compramos peguei resgatei")
HE: Final = _words("ele ela")
COPULAS: Final = _words("eh sao tem fez faz completou esta ta tah")
NAMING: Final = _words("chama chamam chamado chamada nome dele dela")
NOTS: Final = _words("nao n nem sem nunca naum")
# What a pet is called of which nothing more is said.
HEADS: Final = _words("pet pets bicho bichinho bichinha filhote filhotinho filhotinha menino menina")
# How a pet is, beside what is stored of it.
ADJECTIVES: Final = HEADS | _words(
    """
    macho femea castrado castrada vacinado vacinada adulto adulta idoso idosa velho velha velhinho velhinha novo nova novinho novinha
    branco branca preto preta caramelo marrom cinza bege tigrado tigrada malhado malhada dourado dourada amarelo laranja lindo linda
    fofo fofa manso mansa docil bonzinho boazinha calmo calma bebe
    """
)
BETWEEN: Final = _words(
    "de da do porte raca pelo pelagem idade especie sexo cor agora bem muito super bastante ainda ja so tambem tbm tb uns"
)
# What may stand before what is said, and says nothing of it; the first ones also before the name that we asked for.
ANSWERING: Final = _words("oi oie oii oiii ola opa sim s isso ah bom entao certo claro ok eh")
COURTESY: Final = ANSWERING | _words(
    """
    hey alo boa dia tarde noite tudo exato aham uhum obrigado obrigada obg pois correto positivo infelizmente olha desculpa desculpe
    perdao ops aliás alias digo corrigindo errei verdade na
    """
)
CORRECTING: Final = _words("alias digo desculpa desculpe perdao ops corrigindo errei verdade")
# What may follow: when, what for, and courtesy.
FOLLOWING: Final = _words(
    """
    para pra pro pras pros p as na no nas nos em a ao dia hoje hj amanha depois segunda terca quarta quinta sexta sabado domingo seg
    qua qui sex sab dom por quer quero qro queria querem precisa preciso precisando vai vem pode gostaria obrigado obrigada obg pf pfv
    pfvr favor ok sim viu banho tosa consulta vacina hotel creche agendar marcar cadastrar semana mes ano tomou
    """
)
WANTING: Final = _words("quer quero qro queria querem precisa preciso precisando vai vem pode gostaria")
# What may follow "tem 3 anos" that leaves the years the pet's own: of "na creche", "com vocês", "sem vacina" they are not.
AFTER_AGE: Final = (
    WANTING
    | ANSWERING
    | _words(
        "para pra pro agora hoje hj obrigado obrigada obg por pf pfv pfvr favor viu chama chamado chamada completos cadastrado cadastrada"
    )
)
AFTER_BIRTHDAY: Final = AFTER_AGE | _words("ontem anteontem em dia semana mes segunda terca quarta quinta sexta sabado domingo")
# What makes of a coat how it is to be.
SHEARING: Final = _words("tosa tosas tosinha tosar corta cortar corte deixa deixar deixe deixem apara aparar raspa raspar")
# What a visit is called, what is done about it, and what leads to whom it is for: "quero marcar um banho pro".
VISITS: Final = _words(
    """
    banho banhos banhinho tosa tosas tosinha consulta consultas vacina vacinas hotel creche hospedagem vaga vagas horario horarios
    agendamento servico retorno avaliacao unha unhas marcar marca marque agendar agenda agendo reservar quero queria qro preciso
    """
)
TAKING: Final = _words(
    """
    cadastrar cadastra cadastre registrar registra registre incluir inclui inclua adicionar adiciona colocar coloca cadastro levar
    levo trazer trago tosar vacinar lavar hospedar escovar consultar
    """
)
LEADING: Final = (
    FOLLOWING
    | COURTESY
    | VISITS
    | TAKING
    | HAVING
    | _words(
        """
    eu me meu minha da do com de um uma o e qual quer dar fazer fizer poe deixar deixa cadastrado cadastrada posso podem podia poderia
    vc vcs voce voces tem teria aqui ai la outro outra mais novo nova favor quanto custa fica preco valor so agora tambem tbm cortar
    atendem atende enquanto
    """
    )
)
# Ordinary words that are pets' names all the same.
ALSO_NAMES: Final = _words("flor linda lindo amigo amiga querida show bora top")
