"""What a conversation says of one pet: of all that is named there, what is told of that very pet, flatly, and whether that is its name.

A description counts where every word that joins it to the pet is known: "o Thor, meu poodle", "ela tem 3 anos", "vira lata porte médio"
as the answer to our question. A word that is not known ends it, so that what is denied, asked, supposed, compared or told of somebody
else says nothing: "meu cachorro Thor odeia gato" tells of a dog.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from service.language import pet_talk_words as known
from service.language.counts import NUMBER, value_of
from service.language.pet_clauses import (
    DESCRIBING,
    after_courtesy,
    after_name,
    apposes,
    before_name,
    courtesy_of,
    differs,
    elliptical,
    gender,
    has_kind,
    introduction,
    is_named_after,
    leads,
)
from service.language.pet_words import Bubble, Clause, Detail, DetailKind, Word, clauses, details_in, kinds
from service.language.several import told_of_several
from service.language.text import fold

Naming = Literal["called", "answered", "described", "spoken of"]
"""How plain it is that a pet is called so: said in so many words; the answer to our asking; beside a word for what it is; only where a pet
would stand."""

PLAINNESS: tuple[Naming | None, ...] = (None, "spoken of", "described", "answered", "called")

_OF_PETS_NAME = re.compile(
    r"\bnome (?:certo |correto )?(?:del[ea]s?|d[oa]s? (?:seus? |suas? )?(?:novo |nova )?(?:pet|bichinh|cachorr|gat|filhot|amig)\w*)"
    r"|\bchamam?(?: (?:ele|ela|o pet|(?:o |a )?seu|(?:o |a )?sua|o novo|a nova|o bichinho|o cachorr|a gat)|\?)"
    r"|\b(?:ele|ela|pet|cachorr\w+|gat\w+|bichinho) chama|\bnome(?: eh)?(?: o)?\?|\bqual eh o nome\b(?! d)"
)
_OF_OWN_NAME = re.compile(r"\b(?:seu nome|voce chama|(?:te|lhe) cham\w+|com quem (?:eu )?falo|quem fala|chamar voce)\b")
_OF_AGE = re.compile(r"\b(?:idade|anos)\b")
_AGE_ALONE = re.compile(rf"(?:(?:ele|ela|tem|uns|ja) )*({NUMBER})[.! ]*")
_YES = re.compile(r"(?:sim|s|ss|simm|isso|exato|exatamente|aham|uhum|correto|certo|claro|positivo|essa? mesm[oa]|eh sim)\b(?! nao)")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a pet: of each kind the latest, several where it can't be told which; and how its name was given."""

    details: dict[DetailKind, list[str | float]]
    naming: Naming | None


def asks_pets_name(words: str) -> bool:
    """Return whether words of ours ask what a pet is called, and not what the customer is."""
    return bool(_OF_PETS_NAME.search(words)) and not asks_own_name(words)


def asks_own_name(words: str) -> bool:
    """Return whether words of ours ask what the customer is called."""
    return _OF_OWN_NAME.search(words) is not None


def told_of(
    bubbles: Sequence[Bubble], name: str, others: Iterable[str] = (), *, on_record: bool = False, only: str = "", breed: str = ""
) -> Told:
    """Read what is told of the pet called `name`; `others` are the customer's other pets.

    Who has no others speaks of one that is on record from the beginning; "meu cachorro" is it where it is their `only` one of that
    species. `breed` is one more that may be named.
    """
    reader = _Reader(name, tuple(others), on_record, only, breed, current="pet" if on_record and not others else "")
    for bubble in bubbles:
        reader.read(bubble)
    return Told(reader.told(), reader.naming)


@dataclass(slots=True)
class _Reader:
    name: str
    others: tuple[str, ...]
    on_record: bool
    only: str
    breed: str
    current: str  # of whom is spoken: "pet", "other", "new" who has no name so far
    of_pet: dict[DetailKind, list[str | float]] = field(default_factory=dict)
    of_new: list[Detail] = field(default_factory=list)
    news: int = 0
    taken: bool = False  # whether the new one may be called otherwise
    gender: str = ""  # "o" or "a", as the new one was spoken of
    naming: Naming | None = None
    asked: str = ""  # our question, until it is answered
    whole: bool = True  # whether all words so far were known, or the last ones described somebody
    strays: bool = False  # whether the last words may have been of somebody else
    near: bool = False  # whether the new one was introduced right before
    corrects: bool = False
    here: set[DetailKind] = field(default_factory=set)  # what was told in this message
    answers: bool = False  # whether nothing was said yet that is no answer to our asking for a pet

    def told(self) -> dict[DetailKind, list[str | float]]:
        """Return what is told of the pet; who else was spoken of without a name is it where there is nobody else."""
        if self.of_new and self.news == 1 and not (self.taken or self.on_record):
            missing = {one.kind for one in self.of_new} - set(self.of_pet)
            self._tell([one for one in self.of_new if one.kind in missing])
        return self.of_pet

    def read(self, bubble: Bubble) -> None:
        """Read a message on."""
        read = clauses(bubble.words, self.name, self.others, self.breed)
        if bubble.ours:
            named = {
                word.text if word.kind == "other" else "" for clause in read for word in clause.words if word.kind in ("name", "other")
            }
            if len(named) == 1:
                self.current = "pet" if "" in named else "other"
            self.asked, self.whole, self.strays, self.near = bubble.words, True, False, False
            return
        self.here, self.corrects, self.answers = set(), False, self._asks_of_pet()
        self._continue(self._answered(bubble.words))
        for details, is_name in told_of_several(bubble.words, self.name):
            self._tell(details)
            self.naming = "described" if is_name and self.naming is None else self.naming
        for n, clause in enumerate(read):
            self._read_clause(clause, read[n + 1 : n + 5])
        if self.naming == "spoken of" and self._is_told_what_it_is():
            self.naming = "described"
        self.asked = ""

    def _asks_of_pet(self) -> bool:
        """Return whether we asked which pet is meant, or something of one whom the customer is to name."""
        named = fold(self.name) in self.asked or bool(re.search(r"\bpets?\b", self.asked))
        return asks_pets_name(self.asked) or ("?" in self.asked and named and not asks_own_name(self.asked))

    def _is_told_what_it_is(self) -> bool:
        """Return whether we asked what kind of animal it is, and were told."""
        asked = "?" in self.asked and any(one.kind == "species" for one in details_in(self.asked))
        return asked and self.current == "pet" and bool(self.here & {"species", "breed"})

    def _answered(self, words: str) -> list[Detail]:
        """Return what is said yes to, where our question named one thing of a kind, or the age that it asked for."""
        if _OF_AGE.search(self.asked) and (bare := _AGE_ALONE.fullmatch(words)):
            return [Detail("age", value_of(bare[1]) * 12)]
        if "?" not in self.asked or not _YES.match(words) or " nao" in words:
            return []
        asked = details_in(self.asked)
        return [one for one in asked if sum(other.kind == one.kind for other in asked) == 1]

    def _read_clause(self, clause: Clause, following: Sequence[Clause]) -> None:
        words = after_courtesy(clause.words)
        self.answers = self.answers and all(word.text in known.ANSWERING for word in courtesy_of(clause.words))
        self.corrects = self.corrects or any(word.text in known.CORRECTING or word.kind == "not" for word in courtesy_of(clause.words))
        if not words:
            return
        of = set(kinds(words))
        if "name" in of:
            self._read_name(words, clause, following)
        elif "other" in of:
            self.current, self.whole, self.near = "other", False, False
        elif "not" in of and of <= DESCRIBING | {"not"}:
            self._deny(words)
        elif (read := elliptical(words, clause)) is not None:
            self._read_on(self._fitting(read), words, clause)
        elif (introduced := introduction(words)) is not None:
            if not introduced[1]:
                self._doubt(words)
            self._introduce(self._fitting(introduced[0]), words, clause, whole=introduced[1])
        else:
            self.whole, self.near = all(leads(word) or word.kind == "between" for word in words), False
            self.strays = not self.whole
            self._doubt(words)
        if "not" not in of:
            self.corrects = False
        self.answers = self.answers and "name" in of

    def _fitting(self, read: list[Detail]) -> list[Detail]:
        """Leave out the coat of a word that may be a size, or the size where we asked for the coat."""
        if not {"size", "coat"} <= {one.kind for one in read}:
            return read
        sizes = {one.value for one in read if one.kind == "size"}
        drops: DetailKind = "size" if re.search(r"\bpel(?:o|agem)\b", self.asked) and "porte" not in self.asked else "coat"
        return [one for one in read if not (one.kind == drops and one.value == "medium" and "medium" in sizes)]

    def _read_name(self, words: list[Word], clause: Clause, following: Sequence[Clause]) -> None:
        at = kinds(words).index("name")
        noun, called = before_name(words, at)
        told, ends = after_name(words, at, clause)
        rest = words[at + 1 :]
        noun = noun if ends or any(word.kind in ("owning", "having") for word in noun) else []
        bare = all(word.kind == "article" or word.text == "eh" for word in words[:at])
        # "O João vai levar, é um poodle".
        acts = any(word.text in known.WANTING for word in rest)
        denied = "not" in kinds(rest) and set(kinds(rest)) <= DESCRIBING | {"not"}
        is_near = bare and clause.join == "comma" and self.near
        answers = bare and self.answers and ends and asks_pets_name(self.asked)
        naming: Naming | None = None
        if called or is_named_after(words, at):
            naming = "called"
        elif answers:
            naming = "answered"
        elif has_kind(noun) or is_near or (bare and (denied or (ends and not acts)) and apposes(following)) or (has_kind(told) and bare):
            naming = "described"
        elif ends and self._is_spoken_of(words, at, bare=bare):
            naming = "spoken of"
        self._name(naming)
        self.taken = self.taken or differs(self.gender, gender(words[:at]))
        if naming and self.current == "new" and (called or answers or is_near or words[0].text == "eh"):
            self._tell(self.of_new)
            self.of_new, self.news = [], 0
        self.current, self.whole, self.strays, self.near = "pet", ends, False, False
        self._tell(self._fitting([one for word in noun for one in word.details] + told))
        if denied:
            self._deny(rest)

    def _is_spoken_of(self, words: list[Word], at: int, *, bare: bool) -> bool:
        """Return whether a name stands where a pet's does: "banho pro Thor", "cadastra o Thor", "é o Thor" where a pet is spoken of."""
        texts = [word.text for word in words[:at]]
        if words[at + 1 : at + 2] and words[at + 1].text in ("precisa", "precisando"):
            return bare
        if bare and self.answers:
            return True
        if not texts:
            return False
        if texts[0] == "eh" and bare:
            return bool(self.current or self.asked)
        before, last = texts[:-1], texts[-1]
        if not all(leads(word) for word in words[: at - 1]):
            return False
        if last in ("pro", "pra", "do", "da", "p") or texts[-2:] in (["para", "o"], ["para", "a"], ["pra", "o"], ["pra", "a"]):
            return not before or any(text in known.VISITS | known.TAKING or text == "eh" for text in before)
        if last in ("no", "na"):
            return bool({"dar", "fazer"} & set(before))
        return last in ("o", "a", "meu", "minha") and any(text in known.TAKING for text in before)

    def _name(self, naming: Naming | None) -> None:
        self.naming = max(self.naming, naming, key=PLAINNESS.index)

    def _continue(self, read: list[Detail]) -> None:
        if read and self.current == "pet":
            self._tell(read)
        elif read and self.current in ("", "new"):
            self.current, self.news = "new", max(self.news, 1)
            self.of_new += read

    def _read_on(self, read: list[Detail], words: list[Word], clause: Clause) -> None:
        """Take what is told without saying of whom: of who is spoken of, where no word in between may have been somebody else."""
        if clause.join == "join" and words[0].kind == "article" and self.current:
            self.taken = self.taken or self.naming is not None or self.current == "pet"
            self.current, self.of_new, self.news, self.near = "new", list(read), self.news + 1, True
            self.gender = gender(words)
        elif self.whole or (not self.strays and words[0].text == "eh" and {one.kind for one in read} & {"species", "breed"}):
            self._continue(read)
            self.near = self.current == "new"
        elif self.current == "pet" and words[0].text == "eh":
            # "é grande, mentira, é pequeno": which of them can't be told.
            for one in read:
                if one.kind in self.here:
                    self.of_pet[one.kind].append(one.value)
        self.whole = True

    def _introduce(self, read: list[Detail], words: list[Word], clause: Clause, *, whole: bool) -> None:
        """Take somebody who is introduced: the pet itself in an apposition, or where it is the only one of its kind; else somebody new."""
        owned = any(word.kind == "owning" for word in words)
        apposes = clause.join == "comma" and words[0].kind in ("owning", "article")
        is_it = owned and bool(self.only) and self.only in {one.value for one in read}
        if is_it or (self.current == "pet" and apposes and self.whole and whole):
            self.current = "pet"
            self._tell(read)
        else:
            self.taken = not whole or (apposes and not self.whole) or self.naming is not None or self.current == "pet"
            self.current, self.of_new, self.news, self.gender = "new", list(read), self.news + 1, gender(words)
        self.whole = whole
        self.near = whole and self.current == "new"

    def _tell(self, read: Iterable[Detail]) -> None:
        of_kind: dict[DetailKind, list[str | float]] = {}
        for one in read:
            of_kind.setdefault(one.kind, []).append(one.value)
        for kind, values in of_kind.items():
            before = self.of_pet.get(kind, []) if kind in self.here and not self.corrects else []
            self.of_pet[kind] = list(dict.fromkeys([*before, *values]))
            self.here.add(kind)

    def _doubt(self, words: Sequence[Word]) -> None:
        """Leave it open which animal it is, where what is not understood names another: "meu gatinho (cachorro kkk)"."""
        for one in words[0].details if self.current == "pet" else ():
            if one.kind == "species" and one.kind in self.here and one.value not in self.of_pet[one.kind]:
                self.of_pet[one.kind].append(one.value)

    def _deny(self, words: Sequence[Word]) -> None:
        """Take back what is denied; who is no poodle may be a dog."""
        if self.current == "pet":
            of_breeds = [one for word in words for one in word.details if one.kind == "breed"]
            for one in of_breeds or [one for word in words for one in word.details]:
                self.of_pet[one.kind] = [value for value in self.of_pet.get(one.kind, []) if value != one.value]
        self.whole, self.near, self.corrects = True, False, True
