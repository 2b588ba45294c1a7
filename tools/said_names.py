"""What a new pet is called, what one is called instead, and what the customer is: stored as it is, so that every letter is the customer's.

A name stands by the shape in which it was given, not by standing anywhere in a message.
"""

import re

from service.language import pets
from service.language.common import is_common, is_ordinary
from service.language.pet_talk import PLAINNESS, Naming, asks_own_name
from service.language.pet_talk_words import ALSO_NAMES
from service.language.pet_words import Bubble
from service.language.text import ending_at, fold
from tools.grounds import Asked, Unsaid, Verdict
from tools.heard import Heard
from tools.names import find_by_name
from tools.said_needs import speaks_of_a_name

_WITH = re.compile(r"\bcom (?:[oa] )?(?:dra? )?$")

# Sentences in which a name is set right. NAME is the new one, OF whose it is.
_BEGINS = r"(?:^|[.;!?,:(] ?|\b(?:e|mas|que) )(?:(?:na verdade|alias|sim|desculpa|ops|errei|oi|entao|nao,|ah)[, ]+)*"
_ENDS = (
    r"(?P<end>$|[,.;!?)]| (?=(?:por favor|pf|pfv|viu|ta|ok|mesmo|tambem|obrigad[oa]|aqui|falando|quero|queria|gostaria|preciso|com|d[oa]"
    r"|mae|pai|tutora?|don[oa]|e|pode|ai|no cadastro)\b))"
)
_PLEASE = r"(?:pode |podem |poderia |quero |queria )?"
_OF = r"(?P<of>[^\W_]+(?: [^\W_]+)?)"
_RENAMING = tuple(
    _BEGINS + shape + _ENDS
    for shape in (
        rf"(?:o )?nome(?: (?:certo|correto|verdadeiro|novo))?(?: (?:del[ea]|d[oa] (?:meu |minha )?{_OF}))?"
        r"(?: (?:certo|correto|agora|mesmo))? ?(?:eh|e|:) (?:[oa] )?NAME",
        rf"(?:ele |ela |[oa] {_OF} )?(?:agora )?chama (?:[oa] )?NAME",
        r"(?:se )?escreve(?:-se)?(?: assim:?| com)? NAME",
        rf"(?:eh |o certo eh |o correto eh )?(?:[oa] )?NAME,? (?:e )?nao (?:eh )?(?:[oa] )?{_OF}",
        r"(?:(?:o )?nome (?:certo |correto )?(?:(?:del[ea]|d[oa] (?:pet|cachorr[oa]|gat[oa]|meu cachorro|minha gata)) )?)?"
        rf"nao (?:eh|chama) (?:[oa] )?{_OF},? ?(?:eh|chama|mas) (?:sim )?(?:[oa] )?NAME",
        r"(?:na verdade|o certo|o correto)(?: ele| ela)?,? (?:eh|chama) (?:[oa] )?NAME",
        rf"{_PLEASE}(?:mud|troc|corrig|alter|atualiz|renomei|coloc)\w+ (?:o nome )?(?:del[ea] |d?[oa] (?:meu |minha )?{_OF} )?"
        r"(?:pra|para|por) (?:[oa] )?NAME",
        rf"chama [oa] {_OF} de NAME",
    )
)  # fmt: skip
# What is asked for, a question or not.
_CHANGES = re.compile(r"\b(?:mud|troc|corrig|alter|atualiz|renomei|coloc)")
_BEFORE_RENAMING = re.compile(
    r"(?:[^\w]|\b(?:o|a|oi|ola|bom|boa|dia|tarde|nome|do|da|dele|dela|ta|esta|tah|errado|errada|escrito|escreveram|colocaram|foi|cadastro|no|ai"
    r"|meu|minha|apelido|por|favor|queria|quero|corrigir|mudar|pode|podem|eh|e|nao|na|verdade|vcs|voces|pet|desculpa|pensando|bem|sim|ops|errei)\b)*"
)

_OWN_CALLED = tuple(
    _BEGINS + shape + _ENDS
    for shape in (
        r"(?:o )?meu nome(?: (?:certo|correto|completo|verdadeiro|todo|mesmo))? ?(?:eh|e|:) NAME",
        r"(?:eu )?me chamo NAME",
        r"(?:pode |podem |poderia )?(?:me cham(?:ar?|e|em)|chamar?-me) (?:so )?de NAME",
        r"meu nome (?:ta|esta|foi)(?: [^\W_]+){1,3}, ?(?:o certo )?eh NAME",
        r"meu nome nao eh (?:[^\W_]+ ?){1,3}, ?(?:eh|mas|e sim) (?:sim )?NAME",
        rf"{_PLEASE}(?:mud|troc|corrig|alter|atualiz|coloc)\w+ (?:o )?meu (?:nome|cadastro) (?:pra|para|por) NAME",
    )
)  # fmt: skip
# In these any noun may stand ("sou a vizinha"): the name is one that is written like a name.
_OWN_WRITTEN = tuple(
    _BEGINS + shape + _ENDS
    for shape in (
        r"(?:eu )?sou (?:eu,? )?[oa] NAME",
        r"(?:eu )?sou [oa] (?:filh|espos|namorad|irma|mae|pai|marido|mulher)[^\W_]{0,3} del[ea], (?:[oa] )?NAME",
        r"(?:aqui|quem fala|quem escreve|quem ta falando) (?:eh|e) [oa] NAME",
        r"(?:eh )?[oa] NAME (?:que fala|que ta falando|falando|aqui)",
        r"NAME sou eu",
    )
)  # fmt: skip


def pet_name(asked: Asked, heard: Heard) -> Verdict:
    """Take a name that the customer gave a pet, and not themselves or somebody of ours."""
    if fold(asked.value) in {fold(pet.name) for pet in heard.pets}:
        return None
    given = heard.told_of(asked.value).naming
    if PLAINNESS.index(given) >= PLAINNESS.index(_needed(asked.value, heard)) and _is_written(asked.value, heard):
        return None
    if not _words(asked.value):
        return None
    return Unsaid(f"O cliente não disse que tem um pet chamado {asked.value}: pergunte o nome do pet dele.", "Como se chama o seu pet?")


def _is_written(name: str, heard: Heard) -> bool:
    """Return whether the customer wrote a name as it is, not only with another ending."""
    return bool(heard.says_name(name))


def _needed(name: str, heard: Heard) -> Naming:
    """Return how plainly a name must be given: one that is also something else, or somebody else's, plainer."""
    words = _words(name)
    folded = " ".join(words)
    if all(is_common(word) and word not in ALSO_NAMES for word in words):
        return "called"
    if all(map(is_ordinary, words)) or pets.breeds_in(folded) or pets.species_in(folded):
        return "answered"
    ours = (heard.briefing.settings.ai_personality.name, heard.briefing.contact.name, heard.briefing.organization.name)
    known = {word for one in ours if one for word in _words(one)}
    known |= {word for one in heard.briefing.appointments for word in _words(one.professional)}
    known |= {word for one in heard.services for word in _words(one.name)}
    if set(words) <= known or _is_of_ours(name, heard):
        return "described"
    return "spoken of"


def _is_of_ours(name: str, heard: Heard) -> bool:
    """Return whether we spoke of doing something with somebody of that name."""
    pattern = re.compile(rf"\b{re.escape(fold(name))}\b")
    return any(ending_at(_WITH, line.words, found.start()) for line in heard.lines if line.ours for found in pattern.finditer(line.words))


def new_name(asked: Asked, heard: Heard) -> Verdict:
    """Take another name where the customer says that it is wrong, or what is right, and of that pet."""
    words = _words(asked.value)
    if not words or fold(asked.value) in _pets_called(asked, heard):
        return None
    if _is_named_instead(asked, heard) and not (all(map(is_common, words)) and not set(words) & ALSO_NAMES):
        return None
    return Unsaid(f"O cliente não disse que o pet se chama {asked.value}.", "Qual é o nome certo do pet?", refuses=True)


def _is_named_instead(asked: Asked, heard: Heard) -> bool:
    chosen = _pets_called(asked, heard)
    for n, bubble in enumerate(heard.bubbles):
        if bubble.ours:
            continue
        before = heard.bubbles[n - 1].words if n and heard.bubbles[n - 1].ours else ""
        if "nome certo" in before and re.fullmatch(_filled(r"(?:(?:eh|sim|o|a|chama|nome)\b,? )*NAME[.! ]*", asked.value), bubble.words):
            return True
        for shape in _RENAMING:
            for found in re.finditer(_filled(shape, asked.value), bubble.words):
                if found["end"] == "?" and not _CHANGES.search(found.group()):
                    continue
                if _is_of(found, bubble, chosen, heard):
                    return True
    return False


def _is_of(found: re.Match[str], bubble: Bubble, chosen: list[str], heard: Heard) -> bool:
    """Return whether a new name is said of that pet: by its name, or where nobody else is spoken of."""
    of = found.groupdict().get("of")
    if of:
        return any(fold(pet.name) in chosen for pet in find_by_name(of, heard.pets))
    own = "|".join(re.escape(name) for name in chosen)
    if not own or (len(heard.pets) > 1 and not re.search(rf"\b(?:{own})\b", bubble.words)):
        return False
    return _BEFORE_RENAMING.fullmatch(re.sub(rf"\b(?:{own})\b", "o", bubble.words[: found.start()])) is not None


def _pets_called(asked: Asked, heard: Heard) -> list[str]:
    wanted = asked.others.get("pet_name")
    found = find_by_name(wanted, heard.pets) if isinstance(wanted, str) and wanted else []
    return [fold(pet.name) for pet in (found or (heard.pets if len(heard.pets) == 1 else []))]


def own_name(asked: Asked, heard: Heard) -> Verdict:
    """Take a name that the customer gave as their own."""
    words = _words(asked.value)
    if words and not (all(map(is_ordinary, words)) and not set(words) & ALSO_NAMES) and _is_own(asked.value, heard):
        return None
    if not speaks_of_a_name(heard):
        return Unsaid("O cliente não falou do próprio nome: nada foi mudado, e não pergunte isso. Responda ao que ele disse.")
    return Unsaid(f"O cliente não disse que se chama {asked.value}: pergunte o nome dele.", "Como você se chama?")


def _is_own(name: str, heard: Heard) -> bool:
    is_pets = fold(name) in {fold(pet.name) for pet in heard.pets}
    for n, bubble in enumerate(heard.bubbles):
        if bubble.ours:
            continue
        if _says(_OWN_CALLED, name, bubble.words) or (not is_pets and bubble.is_written(name) and _says(_OWN_WRITTEN, name, bubble.words)):
            return True
        asks = n and heard.bubbles[n - 1].ours and asks_own_name(heard.bubbles[n - 1].words)
        if asks and re.fullmatch(_filled(r"(?:(?:eh|sou|sim|o|a|oi|eu)\b,? )*NAME[.! ]*", name), bubble.words):
            return True
    return False


def _says(shapes: tuple[str, ...], name: str, words: str) -> bool:
    said = [found for shape in shapes for found in re.finditer(_filled(shape, name), words)]
    return any(found["end"] != "?" or _CHANGES.search(found.group()) for found in said)


def _filled(shape: str, name: str) -> str:
    return shape.replace("NAME", r"[^\w,.;:!?]+".join(map(re.escape, re.findall(r"[^\W_]+", fold(name)))) + r"(?!\w)")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
