"""What a customer's message wants, as far as it decides what may answer it; of small talk, what suits it (docs/decisions/0022).

Deny by default here, too: gladness answers what is plainly glad, an offer who wants a visit, mere small talk mere small talk.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from service.language.emergency_over import takes_back
from service.language.grammar import date_words
from service.language.loss import tells_of_death
from service.language.phrases import whole_words
from service.language.small_talk import Around, Said, Small, Tells, is_an_answer, said_in_passing, told_of
from service.language.small_talk_words import KINDS
from service.turns.telling import Fact

_VISIT = whole_words(
    r"(?:marc|agend|reserv)\w+|marque|vagas?|horarios?|encaix\w+|agenda|disponibilidade|disponive(?:l|is)|lista de espera",
    r"avis\w+ (?:se|quando)",
)
# Words for a change, each kind by itself: an offer answers a wish of its own kind alone.
_CHANGES = (
    whole_words(r"cancel\w+|desmar\w+"),
    whole_words(r"remar\w+|reagend\w+|mud[ae]\w*|troc\w+|troqu\w+|adi[ae]\w*|antecip\w+|transf\w+"),
)
_WISH = r"\b(?:quer\w*|gostaria|preciso|tem|ha|da pra|pode ser|consegu\w+|rola|fazer)"
_ASKS = whole_words(
    r"quanto|quantos|quantas|qual|quais|onde|quando|que (?:horas|dia)|a que|como|abrem?|aceitam?|saber|endereco|telefone|precos?",
    r"(?:voces|vcs) (?:tem|fazem|dao|atendem|trabalham|usam|oferecem|ficam)",
)
_CHEERS = re.compile("[\U0001f389\U0001f38a\U0001f973\U0001f382\U0001f388\U0001f942\U0001f386\U0001f44f\U0001f64c]\\s*")


def asks_for_something(sentence: str) -> bool:
    """Tell whether a customer's sentence is a question, with or without its mark."""
    return "?" in sentence or bool(_ASKS.search(date_words(sentence)))


@dataclass(frozen=True)
class Wanted:
    """A customer's message of a turn, and what is known of what it wants. Read when it is asked for."""

    said: str
    around: Around
    words: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", date_words(self.said))

    @cached_property
    def passing(self) -> Said | None:
        """What is said in passing, wanting nothing."""
        return said_in_passing(self.said, self.around)

    @cached_property
    def tells(self) -> Tells | None:
        """Whether it tells of something glad or sad, and nothing else."""
        return told_of(self.said, self.around)

    @cached_property
    def takes_back(self) -> bool:
        """Whether it ends with there having been no emergency."""
        return takes_back(self.said) or ("\n" in self.said and takes_back(self.said.rpartition("\n")[2]))

    @cached_property
    def mourns(self) -> bool:
        return tells_of_death(self.said)

    @cached_property
    def changes(self) -> bool:
        """Whether an appointment is to be cancelled or moved."""
        return any(change.search(self.words) for change in _CHANGES)

    @cached_property
    def visit(self) -> bool:
        """Whether it speaks of a visit that is to be."""
        return not self.changes and (bool(_VISIT.search(self.words)) or any(map(self._wishes_for, self.around.services)))

    def _wishes_for(self, service: str) -> bool:
        """Tell whether a service is wished for; who asks about one does not wish for it yet: "o banho inclui corte de unha?"."""
        wish = rf"{_WISH}(?: \w+){{0,3}} " if self.asks else r"\b"
        return bool(re.search(rf"{wish}{re.escape(service)}s?\b", self.words))

    @cached_property
    def asks(self) -> bool:
        return asks_for_something(self.said)

    @cached_property
    def answers(self) -> bool:
        """Whether it is nothing but what a shop asks for: days, times, names."""
        return is_an_answer(self.said, self.around)

    @cached_property
    def brings(self) -> bool:
        """Whether it tells of a pet: what it is."""
        return not self.asks and any(word in KINDS for word in self.words.split())

    @property
    def pleased(self) -> bool:
        """Whether gladness answers it."""
        passing = self.passing is not None and self.passing not in ("pause", "sorry")
        return not self.mourns and (passing or self.tells == "glad" or self.takes_back)

    def suits(self, small: Small, sentence: str, facts: Sequence[Fact]) -> bool:
        """Tell whether small talk answers this message, beside the facts that are told."""
        marks, done = small.marks, any(fact.kind == "deed" and fact.must for fact in facts)
        if self.mourns:
            return bool(marks & {"sorrow", "helping"}) or small.kind == "greeting"
        if "ease" in marks:
            return self.passing in ("pause", "sorry", "aside") and not facts
        if small.kind == "assent":
            return self.pleased or (self.answers and not self.asks)
        if "joy" in marks:
            return self.pleased or done
        if "state" in marks:
            return self.tells == "glad"
        if "sorrow" in marks:
            return self._is_sorry(facts)
        if "welcome" in marks:
            return not facts or "obrigad" in self.words or "valeu" in self.words
        return small.kind != "asking" or self._may_be_asked(small, sentence, facts)

    def _is_sorry(self, facts: Sequence[Fact]) -> bool:
        if any(fact.kind == "refusal" or (fact.kind == "hours" and not fact.times) for fact in facts):
            return True
        return not facts and not (self.visit or self.changes or (self.asks and self.passing is None))

    def _may_be_asked(self, small: Small, sentence: str, facts: Sequence[Fact]) -> bool:
        if "another" in small.marks:
            return not any(fact.kind == "slots" for fact in facts)
        told = bool(facts) or "helping" in small.marks
        if "offering" in small.marks:
            known = self.passing is not None or self.answers or self.visit or self.brings or self.tells == "glad"
            return told or known or self._wants_that(sentence)
        return told or not self.asks or self.visit or self.changes or self.answers or self.passing is not None

    def _wants_that(self, sentence: str) -> bool:
        words = date_words(sentence)
        return any(change.search(self.words) and change.search(words) for change in _CHANGES)

    def without_cheers(self, text: str) -> str:
        """Return small talk without its confetti, where nobody is glad."""
        return text if not _CHEERS.search(text) or self.pleased else _CHEERS.sub("", text).strip()

    def is_answered_by_small_talk(self) -> bool:
        """Tell whether a reply may be nothing but small talk."""
        return self.passing is not None or self.tells is not None or self.takes_back
