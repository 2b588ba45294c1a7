"""Whether a customer's words leave room for what a call leads to: a person, or a question about a name or the record of a pet."""

from collections.abc import Mapping
from typing import Any

from service.language.grammar import date_words
from service.language.phrases import whole_words
from service.language.small_talk import Around, Said, said_in_passing
from service.language.text import fold
from tools.grounds import Unsaid
from tools.heard import Heard

# Words that want nothing, whole messages of them. An "ok" or a "sim" may agree to a person who was offered.
_WANT_NOTHING: frozenset[Said] = frozenset(("thanks", "pause", "sorry", "farewell", "aside", "greeting", "praise"))
# What speaks of a person: of the customer it may ask for one, as asking for help may; of ours it offers one.
_OF_A_PERSON = r"alguem|(?<!outra )pessoas?(?! errada)|equipe|atendentes?|human[oa]s?|responsavel|gerente|don[oa]|veterinari[oa]"
_PERSON, _HELP = whole_words(_OF_A_PERSON), whole_words(_OF_A_PERSON, r"ajud\w+")
# What speaks of the customer's own name, and of what is kept of a pet.
_NAME = whole_words(r"nomes?|chamo|chama\w*|cadastr\w+|sou|aqui (?:e|eh|quem)|apelido|sobrenome")
_RECORD = whole_words(
    r"cadastr\w+|anot\w+|registr\w+|corrig\w+|corrij\w+|correc\w+|atualiz\w+|alter\w+|mud(?:a|ar|e|ou)|troc(?:a|ar|ou)|ficha|errad[oa]s?|nomes?",
    r"racas?|idade|porte|pelagem|peso|inclu\w+|acrescent\w+|adicion\w+|observac\w+|recado|aviso|avis(?:a|ar|em|e)|lembr(?:a|ar|em|e)",
    r"cuidados?|atencao|alerg\w+|medos?|mord\w+|remedios?|doenca|problemas?|sensive(?:l|is)|castrad[oa]|brav[oa]|nervos[oa]|agitad[oa]",
)
UNNEEDED = (
    "O cliente só cumprimentou, agradeceu ou avisou que responde depois: ninguém foi chamado. Responda com simpatia, em uma frase curta, "
    "sem perguntar de novo o que já perguntou."
)


def a_person(args: Mapping[str, Any], heard: Heard) -> Unsaid | None:
    """Look whether a person may be needed: always, but where the customer's last words want nothing at all and none was offered.

    Refused is only what is understood to its last word. An emoji by itself may be despair.
    """
    waiting = [message for message in heard.messages if message.unanswered]
    said = "\n".join(message.content for message in waiting)
    if not waiting or _HELP.search(date_words(said)) or not any(c.isalpha() for c in said):
        return None
    ours = next((m.content for m in reversed(heard.messages) if m.direction == "outgoing" and m.seq < waiting[0].seq), "")
    if _PERSON.search(date_words(ours)):
        return None
    around = _around(heard)
    kinds = [said_in_passing(message.content, around) for message in waiting]
    return Unsaid(UNNEEDED) if all(kind in (*_WANT_NOTHING, "heard") for kind in kinds) and set(kinds) & _WANT_NOTHING else None


def _around(heard: Heard) -> Around:
    briefing = heard.briefing
    people = (briefing.contact.name or "", briefing.settings.ai_personality.name or "", briefing.organization.name)
    named = {fold(part) for name in people for part in (name, name.split(" ")[0]) if part.strip()}
    pets, services = ({fold(one.name) for one in some} for some in (heard.pets, heard.services))
    return Around(heard.today, frozenset(named), frozenset(pets), frozenset(services))


def speaks_of_a_name(heard: Heard) -> bool:
    """Tell whether the customer has just spoken of what they are called: only then it is worth a question."""
    return any(_NAME.search(line.words) for line in heard.latest.theirs)


def speaks_of_the_record(heard: Heard) -> bool:
    """Tell whether the customer has just spoken of what is kept of a pet, or of what the team should know."""
    return any(_RECORD.search(line.words) for line in heard.latest.theirs)
