"""An alarm is taken back by a whole message alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.emergency_over import LONGEST, takes_back

OVER = [
    "era só pra saber do banho", "Foi engano, ele está bem", "foi engano", "desculpa, foi engano!", "alarme falso gente, ele tá ótimo",
    "não é emergência, só queria saber o preço do banho", "calma, era só pra saber do banho kkk", "era brincadeira",
    "mandei errado, desculpa", "Opa, número errado", "não era nada disso, queria só marcar um banho",
    "foi só um engano, tá tudo bem com ele",
    "nao é emergencia nao, só queria agendar a tosa", "era só pra saber do banho e tosa", "era só pra saber o horário do banho do Rex",
    "foi engano. quanto é o banho?",
    # A name, a jest, a question, the past, the wrong chat.
    "cebola é o nome dela", "kkkk cebola é o nome da gata, era brincadeira", "uai, Uva é minha cachorra",
    "Chocolate é o nome do meu cachorro rs",
    "eu tava brincando", "tava brincando kkk", "calma gente, brincadeira 😂", "to zoando", "foi só jeito de falar",
    "era força de expressão",
    "é só uma pergunta", "era só uma dúvida", "é só curiosidade mesmo", "isso faz tempo", "isso foi ano passado", "isso faz dois anos",
    "mandei no grupo errado", "me confundi de conversa, desculpa", "vocês entenderam errado", "não é emergência nenhuma",
    "não tem urgência nenhuma",
    "era só pra saber o preço do banho", "só queria marcar a tosa da Mel", "foi engano, só quero marcar um banho",
    "foi alarme falso, desculpa o susto", "ah não, Uva é o nome da minha cachorra kkk", "não é emergência não moça",
    "era brincadeira minha, ele tá ótimo", "kkkkk tava brincando", "desculpa, mandei pra pessoa errada",
    "não gente, só queria agendar um banho", "era só pra saber quanto é o banho", "desculpem, era só pra marcar tosa",
    "isso já faz um ano", "isso aconteceu ano passado", "isso foi há muito tempo", "foi só uma dúvida mesmo", "era só curiosidade",
    "foi modo de dizer kkk", "foi mal, era exagero meu", "nada disso, só queria marcar banho", "não foi emergência",
    "não precisa de veterinário, foi engano", "não, Cebola é o nome da gata", "Chocolate é meu cachorro kkk", "é zoeira",
    "não houve emergência nenhuma", "vcs entenderam errado, tá tudo bem", "não era emergência, era só pra saber do banho",
    "era uma pergunta só", "só perguntei por curiosidade", "é força de expressão gente",
    # No more than a bath; that it is well and no more than a bath; a name, where a "não" or a laugh says of what.
    "relaxa, é só um banho", "calma gente, é só pra marcar a tosa", "é só um banho mesmo", "não gente, é só a tosa",
    "ele tá bem, só quero marcar o banho", "calma gente, ele tá bem, só queria saber do banho", "ela tá ótima, só preciso agendar a tosa",
    "tá tudo bem com ele, só quero um banho", "o cachorro tá bem, eu só queria marcar banho", "ele tá bem, quero só marcar um banho",
    "kkkk não gente, é o nome dele", "não, é o nome dela", "kkkkk é o nome dela", "calma, é só o nome dele", "uai, é o apelido dele kkk",
    "não aconteceu nada, era só uma pergunta", "não, não é nada disso kkk", "Veneno é o nome do cachorro",
]  # fmt: skip
NOT_OVER = [
    "ele está bem", "ta tudo bem", "era só pra saber do banho mas ele vomitou", "foi engano, mas agora ele ta tremendo",
    "não é emergência? ele comeu uva", "foi engano do vizinho que deu veneno", "era só pra saber se ele vai morrer",
    "obrigada", "foi engano?",
    "parou de convulsionar, ele tá bem", "quero falar com alguém", "não precisa mais, ele morreu", "era só pra saber onde fica a clínica",
    "foi engano meu dar o remédio", "só queria saber se uva mata", "era só o que faltava", "não é nada, só sangue", "não é grave?",
    "foi por engano que ele comeu", "", "sim", "era só pra saber da consulta",
    # What is asked and said over a dying dog: where to go, what it costs, who is there, how it came about.
    "só quero saber o endereço", "quero só o endereço", "só pra saber o endereço", "era só pra saber o endereço",
    "só quero saber o preço",
    "era só pra saber o horário", "só queria saber se tem vaga", "só quero saber se abre", "era só pra saber se tem veterinário",
    "só queria o preço da consulta", "só quero um veterinário", "tem vaga hoje", "não tem emergência", "não tem emergência aí",
    "foi sem querer", "foi erro meu", "foi engano meu", "me confundi", "me enganei, desculpa", "dei errado", "foi um acidente",
    "tava brincando",
    "foi brincadeira", "não aconteceu nada com ele", "não foi nada, foi sem querer", "o nome dele é Bolinha", "Bolinha é o nome dele",
    "Thor é o nome dele",
    "era só pra saber do antipulgas", "era só pra saber da vacina", "só uma pergunta", "é só uma pergunta: quanto chocolate mata?",
    "faz tempo",
    "isso foi agora", "isso faz uma hora", "isso foi hoje", "só quero o preço do banho",
    "qual o endereço?", "onde fica?", "quanto custa?", "ele parou de tremer", "já tá melhor", "acho que foi engano dele comer",
    "foi sem querer, dei o remédio errado", "foi minha mãe que deu", "foi ontem", "foi só um pedacinho", "era só um chocolate",
    "era só uma uva", "foi pouquinho", "foi só uma mordida", "só quero saber se ele vai morrer", "só quero ajuda",
    "era só pra saber o que eu faço", "não tem veterinário aí?", "tem emergência?", "não consigo ir",
    "só queria saber se vocês atendem", "só queria um horário hoje", "é só uma dúvida, ele comeu uva", "isso faz 2 horas",
    "isso foi de manhã", "faz uns 20 minutos", "brincadeira de mau gosto", "era brincadeira dos meninos", "tava brincando e engasgou",
    "o nome dela é Cebola", "obrigada, estou indo", "tô a caminho", "não precisa, já estou em outra clínica", "não, obrigado", "deixa",
    "esquece", "pode deixar", "calma", "desculpa", "meu deus", "foi erro do veterinário", "é meu cachorro", "só marca a consulta",
    "só quero marcar uma consulta", "só queria marcar consulta", "era só pra saber da internação", "foi exagero de remédio",
    "era teste de veneno", "isso é antigo veneno", "foi engano, ele tá mole", "ele se chama Chumbinho kkk",
    "foi só o banho", "era só pra tosa", "foi só pro banho", "era só ração", "só queria um banho",
    # That it looks well, or that it is over: poison works late, and a fit that has passed is one.
    "tá tudo bem com ele, obrigada", "isso já passou, ele tá bem", "já passou", "ele já melhorou", "ele tá bem, obrigada",
    "ele tá bem, só quero um veterinário", "ele tá bem, só quero saber o endereço", "ele tá bem mal, só quero um banho",
    "é o nome dele", "é só uma uva", "é só um vômito", "é só um pouco de sangue", "é só uma consulta", "só quero marcar o banho",
    "ele tá bem, mas só quero marcar a consulta", "melhorou um pouco", "acho que tá bem", "tá melhor mas ainda vomitando",
    "será que não é emergência?", "não sei se é emergência", "tá bem, vou levar", "tá bem obrigada, já tô indo",
]  # fmt: skip


@pytest.mark.parametrize("text", OVER)
def test_what_takes_it_back_wholly_does(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize("text", NOT_OVER)
def test_anything_else_leaves_it_to_the_person(text: str) -> None:
    assert not takes_back(text)


@given(st.sampled_from(OVER), st.sampled_from(["ele comeu veneno", "mas ele vomitou", "não sei", "vem logo", "ele está mole"]))
def test_one_clause_too_many_leaves_it_to_the_person(text: str, more: str) -> None:
    assert not takes_back(f"{text}, {more}")
    assert not takes_back(f"{more}. {text}")


@given(st.text(max_size=2 * LONGEST))
def test_any_text_is_read(text: str) -> None:
    assert takes_back(text) in (True, False)
