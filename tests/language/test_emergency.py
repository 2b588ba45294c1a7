"""How well emergencies are recognised, on labelled phrases; and what the rules never do."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.language import emergency
from service.language.emergency import recognise
from service.language.emergency_spelling import spelled

DATA = Path(__file__).parents[1] / "kit" / "data"
PHRASES: list[dict[str, Any]] = yaml.safe_load((DATA / "emergency_own_phrases.yaml").read_text("utf-8"))


def lot(name: str) -> list[dict[str, Any]]:
    """Phrases by somebody who has not seen the rules."""
    written = yaml.safe_load((DATA / f"emergency_lot_{name}.yaml").read_text("utf-8"))
    real = [{"text": phrase["text"], "emergency": True} for phrase in written["emergencies"]]
    return real + [{"text": text, "emergency": False} for text in written["lookalikes"]]


KINDS: dict[str, dict[str, list[str]]] = yaml.safe_load((DATA / "emergency_kinds.yaml").read_text("utf-8"))


def by_kinds(name: str) -> list[dict[str, Any]]:
    """Phrases of everyday kinds: products given as such, names, meals, people, things that break down, the past."""
    lot = KINDS[name]
    return [{"text": text, "emergency": True} for text in lot["alarms"]] + [{"text": text, "emergency": False} for text in lot["harmless"]]


# Rounds by what they are about: bodies that fail; who has it, and whether anybody has; medicine, names, habits and jests of every day; what
# a tester of fresh eyes wrote and its kinds.
ROUNDS: dict[str, dict[str, Any]] = {
    f"{about}, {name}": said
    for about in ("body", "who", "everyday", "fresh")
    for name, said in yaml.safe_load((DATA / f"emergency_{about}.yaml").read_text("utf-8")).items()
}

# What docs/agenda-and-safety.md states of these phrases.
FITTED = (1.0, 1.0)

SHOP = {"address": "Rua das Acácias, 120", "phone": "551133330001"}


@pytest.mark.parametrize(
    ("phrases", "stated"),
    [(PHRASES, FITTED), (lot("a"), FITTED), (lot("b"), FITTED), *((by_kinds(name), FITTED) for name in KINDS)],
    ids=["own", "lot A", "lot B", *KINDS],
)
def test_recall_and_precision_are_what_the_docs_state(phrases: list[dict[str, Any]], stated: tuple[float, float]) -> None:
    found = [phrase for phrase in phrases if recognise(phrase["text"])]
    missed = [phrase["text"] for phrase in phrases if phrase["emergency"] and phrase not in found]
    alarms = [phrase["text"] for phrase in found if not phrase["emergency"]]
    hits = len(found) - len(alarms)
    assert hits / (hits + len(missed)) >= stated[0], missed
    assert hits / len(found) >= stated[1], alarms


@pytest.mark.parametrize("name", ROUNDS)
def test_what_befalls_an_animal_is_heard_and_talk_that_sounds_like_it_is_not(name: str) -> None:
    said = ROUNDS[name]
    missed = [text for text in said["emergency"] if not recognise(text, ("Rex", "Mia"))]
    false = [text for text in said["harmless"] if recognise(text, ("Rex", "Mia"))]
    assert [len(missed), len(false)] == said["today"], (missed, false)


@pytest.mark.parametrize("limb", ["pata", "perninha", "patinhas", "traseira"])
@pytest.mark.parametrize(
    "fails",
    [
        "{} parou de funcionar", "{} não obedece mais", "{} falhou do nada", "perdeu o movimento da {}", "não sente a {}",
        "{} ficou sem força",
        "travou a {}",
    ],
)  # fmt: skip
def test_any_limb_fails_in_any_way(limb: str, fails: str) -> None:
    assert recognise(f"a {fails.format(limb)}") == "collapse"


@pytest.mark.parametrize("whose", ["da minha mãe", "do meu pai", "da minha avó"])
def test_whose_body_it_is_decides(whose: str) -> None:
    assert recognise(f"as pernas {whose} pararam de funcionar") is None
    assert recognise(f"as pernas do cachorro {whose} pararam de funcionar") == "collapse"
    assert recognise(f"{whose[3:]} tá passando mal") is None
    assert recognise(f"o gato {whose} tá passando mal") == "other"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("minha filha engoliu uma moeda, tô no hospital, remarca o banho", None),
        ("minha filha engoliu uma moeda, vocês são um hospital?", "poison"),
        ("minha filha tá no hospital e o cachorro comeu chumbinho", "poison"),
        ("meu filho de quatro patas engoliu uma moeda, tô indo pro hospital", "poison"),
        ("minha filha foi atropelada, levo pro hospital?", "accident"),
        ("existe vacina pra picada de cobra?", None),
        ("tem vacina? ele foi picado por cobra", "accident"),
        ("existe antídoto pra chumbinho, ele comeu agora", "poison"),
        ("não consigo respirar de tanta gripe", None),
        ("não consigo fazer ele respirar", "breathing"),
        ("não para de convulsionar", "seizure"),
        ("ele nunca convulsionou", None),
        ("tá pegando fogo esse verão", None),
        ("ela tá pegando fogo de febre", "collapse"),
        ("a gata ficou mole de uma hora pra outra", "collapse"),
        ("ele tá molinho de sono", None),
    ],
)
def test_people_prevention_and_weather_do_not_ring_and_what_stands_beside_them_does(text: str, kind: str | None) -> None:
    assert recognise(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("li que dá convulsão em alguns gatos", None),
        ("li que dá convulsão em alguns gatos, a minha tá convulsionando", "seizure"),
        ("ouvi dizer que chocolate mata, ele comeu um bombom", "poison"),
        ("qual a raça que mais sufoca no calor?", None),
        ("vi que ele tem sangue no xixi", "bleeding"),
        ("uva intoxica? nunca dei", None),
        ("uva intoxica? a Mia comeu um cacho", "poison"),
        ("lírio mata gato? o meu nunca comeu", None),
    ],
)
def test_what_does_harm_in_general_rings_where_an_animal_has_it(text: str, kind: str | None) -> None:
    assert recognise(text, ("Mia",)) == kind


@pytest.mark.parametrize("who", ["meu vizinho", "minha tia", "o dono da poodle", "a moça que passeia com o meu cachorro"])
def test_what_befell_a_person_is_no_alarm_whatever_animal_is_named(who: str) -> None:
    assert recognise(f"{who} teve um AVC e vou cuidar da poodle") is None
    assert recognise(f"{who} caiu da escada e o cachorro ficou comigo") is None
    assert recognise(f"{who} caiu da escada em cima do cachorro")
    assert recognise(f"{who} caiu da escada e o cachorro também")
    assert recognise(f"{who} teve um AVC e a poodle comeu chumbinho") == "poison"
    assert recognise(f"o gato d{who if who[0] in 'oa' else f'e {who}'} teve um AVC") == "collapse"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("minha filha fica com o rosto inchado por causa do pelo do gato", None),
        ("minha filha ficou com o rosto inchado, brigou com o gato", "other"),
        ("minha filha é alérgica a gato, mas quem tá com a cara inchada é o cachorro", "other"),
        ("tem aquecedor de aquário? o meu queimou", None),
        ("tem pomada? o meu queimou a barriga", "accident"),
        ("o secador queimou", None),
        ("o secador queimou as costas dela", "accident"),
    ],
)
def test_allergies_to_fur_and_things_that_burn_out_do_not_ring_but_animals_do(text: str, kind: str | None) -> None:
    assert (recognise(text) is None) == (kind is None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # Whose animal it was, and whether anything is the matter here.
        ("vi um cachorro atropelado na rua, que tristeza", None),
        ("vi um cachorro atropelado na rua, vocês atendem?", "accident"),
        ("tão envenenando cachorro no bairro", None),
        ("tão envenenando cachorro no bairro e o meu tá babando", "poison"),
        ("meu outro cachorro foi envenenado e morreu", None),
        ("meu outro cachorro foi envenenado e morreu, esse comeu do mesmo", "poison"),
        ("o antigo dono envenenava gatos", None),
        # An urgent word and what ails it; neither alone.
        ("é urgente, ele tá mancando", "other"),
        ("é urgente", None),
        ("ele tá mancando", None),
        ("é urgente, preciso desmarcar, meu filho tá com febre", None),
        ("socorro, preciso de uma vaga urgente", None),
        # How often.
        ("vomitou uma vez", None),
        ("vomitou quatro vezes", "other"),
        ("vomita tudo que bebe", "other"),
        # Where it is burnt, and of what.
        ("tá com o focinho queimado de sol", None),
        ("queimou o focinho no fogão", "accident"),
    ],
)
def test_whose_how_much_and_how_urgent_decide(text: str, kind: str | None) -> None:
    assert recognise(text) == kind


@pytest.mark.parametrize(
    "harmless",
    [
        "vi um gato morto na rua, que dó",
        "tão envenenando cachorro na minha rua",
        "o outro morreu atropelado",
        "uma vez em outro pet ele foi mordido",
        "adotei ele depois que foi atropelado",
        "prendeu a pata no portão semana retrasada, tá boa já",
        "tá queimado de sol o pelo",
        "tá uma emergência aqui em casa",
    ],
)
@pytest.mark.parametrize("alarm", ["o Rex comeu chumbinho", "a Mia caiu da janela", "ele não respira"])
def test_what_is_harmless_hides_no_alarm_beside_it(harmless: str, alarm: str) -> None:
    assert recognise(harmless, ("Rex", "Mia")) is None
    assert recognise(f"{harmless}. {alarm}", ("Rex", "Mia"))
    assert recognise(f"{alarm}. {harmless}", ("Rex", "Mia"))


@pytest.mark.parametrize(
    ("spoken", "usual"),
    [
        ("caxorro", "cachorro"),
        ("vomitano", "vomitando"),
        ("ingoliu", "engoliu"),
        ("muinto", "muito"),
        ("convulcionou", "convulsionou"),
        ("socorroooo", "socorro"),
        ("cumsangue", "com sangue"),
    ],
)
def test_a_word_of_danger_is_read_as_it_sounds(spoken: str, usual: str) -> None:
    assert spelled(spoken) == usual


@pytest.mark.parametrize(
    "word", ["moreno", "veneno", "enxada", "menino", "engano", "terreno", "pano", "caixinha", "roxo", "kkkkkk", "intestino"]
)
def test_words_of_another_sound_stay(word: str) -> None:
    assert spelled(word) == word


def test_there_are_enough_phrases_of_both_sorts() -> None:
    real = sum(phrase["emergency"] for phrase in PHRASES)
    assert len(PHRASES) >= 80
    assert abs(real - len(PHRASES) / 2) <= len(PHRASES) / 10
    assert len({phrase["text"] for phrase in PHRASES}) == len(PHRASES)


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(" ".join(p["text"] for p in PHRASES).split()), max_size=30).map(" ".join),
)


@given(TEXTS)
def test_any_text_has_a_kind_that_people_can_read_or_none(text: str) -> None:
    kind = recognise(text)
    assert kind is None or kind in emergency.REASONS


@given(st.sampled_from([p["text"] for p in PHRASES]))
def test_case_and_accents_and_spaces_do_not_matter(text: str) -> None:
    assert recognise(text.upper()) == recognise(emergency.fold(text)) == recognise(f"  {text.replace(' ', '  ')} ") == recognise(text)


@given(st.integers(0, 100_000), st.sampled_from("comeu ,\n"))
def test_a_long_message_is_looked_at_from_both_ends(length: int, filler: str) -> None:
    words = "meu gato foi atropelado"
    assert recognise(f"{words}. {filler * length}") == "accident"
    assert recognise(f"{filler * length}. {words}") == "accident"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ele está babando", None),
        ("ele está babando e bambo", "other"),
        ("ele está babando e bambo kkkk", None),
        ("ano passado ele ficou babando e bambo", None),
        ("ele está babando. quanto custa se ele ficar bambo?", None),
    ],
)
def test_a_hint_needs_another_of_another_sort(text: str, kind: str | None) -> None:
    assert recognise(text) == kind


def test_a_question_in_the_same_breath_does_not_hide_what_happened() -> None:
    assert recognise("vcs tem vet hoje meu cachorro comeu chumbinho") == "poison"
    assert recognise("vocês atendem hoje, meu cachorro comeu chumbinho") == "poison"
    assert recognise("vocês atendem se ele comeu chumbinho?") is None


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        (None, f"{emergency.TEXT}\nEndereço: Rua das Acácias, 120\nTelefone: (11) 3333-0001"),
        ("Venha!", "Venha!\nEndereço: Rua das Acácias, 120\nTelefone: (11) 3333-0001"),
        ("Venha: rua das acacias, 120. Ligue (11) 3333-0001.", "Venha: rua das acacias, 120. Ligue (11) 3333-0001."),
    ],
)
def test_the_address_and_the_phone_are_always_said(text: str | None, reply: str) -> None:
    assert emergency.reply(text, SHOP) == reply


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("(11) 98888-0001", "(11) 98888-0001"),
        ("+55 11 98888-0001", "(11) 98888-0001"),
        ("5511988880001", "(11) 98888-0001"),
        ("190", "190"),
    ],
)
def test_a_phone_is_written_as_people_dial_it(phone: str, dialled: str) -> None:
    assert emergency.reply("Venha!", {"address": None, "phone": phone}) == f"Venha!\nTelefone: {dialled}"


def test_a_shop_without_address_and_phone_says_neither() -> None:
    assert emergency.reply(None, {"address": None, "phone": None}) == emergency.TEXT


def test_what_we_say_of_our_own_is_no_medicine() -> None:
    assert not {"mg", "dose", "remedio", "vomitar", "veneno", "convulsao"} & set(emergency.fold(emergency.TEXT).split())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ele tomou antipulgas ontem, posso dar banho?", None),
        ("minha cachorra Cebola comeu e agora quer banho", None),
        ("minha cachorra Cebola comeu cebola", "poison"),
        ("ele tomou antipulgas ontem e agora está convulsionando", "seizure"),
        ("dei o remédio da minha mãe pra ele, ele tomou o remédio da minha mãe", "poison"),
        ("tomou a cartela inteira de antipulgas", "poison"),
        ("ela comeu um bravecto e o veneno de rato", "poison"),
        ("engoliu água no banho, é normal?", None),
        ("engoliu água sanitária no banho", "poison"),
        ("minha mãe foi atropelada, remarca o banho", None),
        ("minha mãe atropelou o cachorro", "accident"),
        ("socorro! meu cachorro foi atropelado", "accident"),
        ("o rex morreu atropelado ontem", None),
        ("um morreu envenenado e a outra está vomitando sem parar", "poison"),
    ],
)
def test_who_what_and_when_decide(text: str, kind: str | None) -> None:
    assert recognise(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # A medicine of its own, and what is none.
        ("comeu o comprimido escondido na salsicha", None),
        ("comeu o comprimido da minha mãe escondido na salsicha", "poison"),
        ("comeu a salsicha com remédio que jogaram no quintal", "poison"),
        ("lambeu a pomada da orelha", None),
        ("lambeu a pomada de assadura do bebê", "poison"),
        ("tomou anticoncepcional", None),
        ("tomou meu anticoncepcional", "poison"),
        # A capital makes a name of what does what animals do.
        ("a Cebola tá cheirando mal", None),
        ("ela comeu a Cebola", "poison"),
        ("a Cebola tá cheirando mal e comeu cebola", "poison"),
        ("Meu Cachorro Achou O Chocolate E Comeu", "poison"),
        ("a Cobra mordeu ele", "accident"),
        ("a Cebola faz mal? ele comeu", "poison"),
        # What is denied as soon as it is asked; a denial goes no further than its clause.
        ("não sei, ele comeu veneno", "poison"),
        ("não tá bem, comeu uva", "poison"),
        ("atropelado? não, só sujo", None),
        ("comeu veneno? não sei", "poison"),
        ("tá respirando? não", "breathing"),
        # The past, and what is so now.
        ("teve cio faz um mês, tá saindo pus dela e tá prostrada", "bleeding"),
        ("castrou faz um mês, tá comendo bem e pode tomar banho", None),
        ("teve cio mês passado e tá saindo muito sangue", "bleeding"),
        ("ele tá piorando", "other"),
        ("a coceira tá piorando", None),
    ],
)
def test_medicine_names_denials_and_the_past_end_where_danger_begins(text: str, kind: str | None) -> None:
    assert recognise(text) == kind


def test_invisible_characters_hide_no_word() -> None:
    assert recognise("meu cachorro comeu vene\u200bno de rato") == "poison"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cebola comeu e agora quer banho", ["cebola"]),
        ("Socorro comeu toda a ração", ["socorro"]),
        ("comeu cebola", []),
        ("socorro! meu cachorro foi atropelado", []),
        ("ele não respira", []),
    ],
)
def test_a_pets_name_on_record_is_no_danger_but_what_it_eats_is(text: str, named: list[str]) -> None:
    assert emergency.if_called(text) == named
    assert all(recognise(text, [name.title()]) is None for name in named)
    assert recognise("minha Cebola comeu cebola", ["Cebola"]) == "poison"


def test_a_long_message_is_read_whole() -> None:
    middle = "meu gato foi atropelado"
    assert recognise(f"{'bom dia. ' * 200}{middle}. {'obrigada. ' * 200}") == "accident"
