"""What was proposed, with the words that are its own: the names it goes by, and every way in which its details are written. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from service.agenda import agreement_words as said_by
from service.agenda import notations
from service.agenda.proposals import ProposalKind, total_cents
from service.agenda.visits import Item
from service.language.grammar import MONTHS
from service.language.text import fold
from service.platform import clock

# What stands for a detail of the proposal, once it was found: a day, a time, a part of the day, an amount or a count; what a move leaves.
DAY, TIME, PART, AMOUNT, FORMER = " D ", " T ", " M ", " P ", " W "


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


# What names a day or a number is never a name's alone: a yes to a pet called Domingo that says "domingo" may mean the day.
NO_NAME = notations.NUMBER_WORDS.union(
    MONTHS, said_by.words("segunda terca quarta quinta sexta sabado domingo hoje amanha manha tarde noite nao sem mas ou")
)


def own(name: str) -> frozenset[str]:
    return frozenset(word for word in words_of(name) if not word.isdigit()) - NO_NAME


@dataclass(frozen=True)
class Proposed:
    """What was proposed, with the words that are its own."""

    kind: ProposalKind
    items: Sequence[Item]
    others: Iterable[str]
    today: date
    zone: str
    customer: str | None

    @cached_property
    def pets(self) -> list[frozenset[str]]:
        return list(dict.fromkeys(own(item.pet) for item in self.items))

    @cached_property
    def services(self) -> list[frozenset[str]]:
        return list(dict.fromkeys(own(item.service) for item in self.items))

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(word for item in self.items for word in own(item.professional))

    @cached_property
    def own_words(self) -> frozenset[str]:
        others = (f"{i.package or ''} {i.pickup_zone or ''}" for i in self.items)
        return frozenset(word for name in others for word in own(name)).union(*self.pets, *self.services, self.people)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the words by which it is called, with the endings of its services: "banhinho", "banhos"."""
        long = {word for words in self.services for word in words if len(word) > 3}
        return self.own_words | {f"{word[:-1]}{end}" for word in long for end in ("inho", "inha")} | {f"{word}s" for word in long}

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Return the words of names that these bookings are not about."""
        words = frozenset(word for name in self.others for word in own(name) if len(word) > 2)
        return words - self.own_words - said_by.FUNCTION

    @cached_property
    def yes(self) -> frozenset[str]:
        return said_by.YES | said_by.VERBS[self.kind]

    @cached_property
    def answers(self) -> frozenset[str]:
        """Return the words that answer the question itself: the others may say no more than that it was read, or is liked."""
        said = self.yes - said_by.HAS_READ - said_by.LIKES_IT - said_by.IS_NICE - said_by.DEED_NOUNS
        return said - said_by.NOT_TO_CANCEL - said_by.RATHER_STANDS if self.kind == "cancel" else said

    @cached_property
    def received(self) -> frozenset[str]:
        """Return the words that may say no more than that it was read, or is liked; nobody likes what is given up."""
        return said_by.HAS_READ - said_by.RATHER_STANDS if self.kind == "cancel" else said_by.HAS_READ | said_by.LIKES_IT

    @cached_property
    def signature(self) -> frozenset[str]:
        """Return the customer's own names, where they can be nothing else."""
        words = words_of(self.customer or "")
        return frozenset(word for word in words if len(word) > 2 and word.isalpha()) - said_by.NO_NAMES - notations.NUMBER_WORDS

    @cached_property
    def service_words(self) -> frozenset[str]:
        """Return the words of its services, with their endings, by which one is called for."""
        long = frozenset(word for words in self.services for word in words if len(word) > 3)
        return long | {f"{word[:-1]}{end}" for word in long for end in ("inho", "inha")}

    @cached_property
    def unwanted(self) -> re.Pattern[str] | None:
        """Return the pattern of "I don't want it", of its service as a whole: without a trim a "bath and trim" may still be a bath."""
        whole = {"|".join(sorted(self.service_words | words)) for words in self.services if len(words) == 1}
        if len(whole) != 1:
            return None
        return re.compile(said_by.WANTS_NONE.format(whole.pop(), "|".join(sorted(set().union(*self.pets))) or "(?!)"))

    def swaps(self, row: str) -> bool:
        """Return whether it is the person that is to be another."""
        names = "|".join(map(re.escape, sorted(self.people)))
        return bool(names) and re.search(rf"\b(?:mud|troc|alter|pass|transf)\w* (?:(?:o|a|de|d[oa]) )*(?:{names})\b", row) is not None

    def introduced(self, plain: str) -> str:
        """Return a text without who writes it, and without an "only" before the service."""
        if self.signature:
            plain = re.sub(said_by.I_AM.format("|".join(map(re.escape, sorted(self.signature)))), " ", plain)
        if self.service_words:
            plain = re.sub(said_by.ONLY.format("|".join(map(re.escape, sorted(self.service_words)))), "", plain)
        return said_by.OWNER.sub(" ", plain)

    @cached_property
    def details(self) -> list[tuple[re.Pattern[str], str]]:
        """Return the patterns of what is so of all its bookings, each with its mark."""
        starts = [clock.local(item.starts_at, self.zone) for item in self.items]
        found = self._moments(starts)
        # An amount goes first: "setenta reais e dez horas".
        money, counted = notations.amounts(total_cents(self.items)), len(self.items)
        number = rf"(?:{counted}|{notations.spelled(counted)})"
        counts = [rf"\b(?:os|aos|[pdn]r?os) {number}\b"] if counted > 1 else []
        counts += [r"\bamb[oa]s\b"] if counted == 2 else []
        # All that is booked may be more than what is to be cancelled.
        everything = r"\b(?:tod[oa]s|tudo)\b(?! (?:certo|ok|bem|bom|perfeito|combinado|confirmado)\b)"
        counts += [everything] if counted > 1 and self.kind != "cancel" else []
        if counted > 1 and len({item.price_cents for item in self.items}) == 1 and not self.items[0].price_cents % 100:
            counts.append(notations.each(self.items[0].price_cents))
        return [(re.compile(way), mark) for way, mark in [(money, AMOUNT), *found, *((count, AMOUNT) for count in counts)]]

    @cached_property
    def former(self) -> list[tuple[re.Pattern[str], str]]:
        """Return the patterns of the day and time that a move would leave behind."""
        old = [clock.local(item.was, self.zone) for item in self.items if item.was is not None]
        return [(re.compile(way), FORMER) for way, mark in self._moments(old, ends=False) if mark != PART] if old else []

    def _moments(self, starts: Sequence[datetime], ends: bool = True) -> Iterable[tuple[str, str]]:
        if len({start.date() for start in starts}) == 1:
            yield notations.days(starts[0].date(), self.today), DAY
        if len({start.time() for start in starts}) == 1:
            yield notations.times(starts[0].time()), TIME
            yield notations.part_of_day(starts[0].time()), PART
        left = {clock.local(item.ends_at, self.zone).date() for item in self.items if item.unit == "night" and ends}
        if len(left) == 1:
            yield rf"\b(?:ate|ao?) (?:o )?{notations.days(left.pop(), self.today)}", DAY


def spelled(plain: str, proposal: Proposed) -> str:
    """Return a text in the plain forms of words: its service's own without slips ("bnho", "bahno"), "marcadinho" as "marcado"."""
    plain = _ENDINGS.sub(lambda found: _without_ending(found, proposal), plain)
    meant = {slip: word for word in proposal.service_words if len(word) > 4 for slip in _slips(word)}
    for known in proposal.service_words | proposal.foreign:
        meant.pop(known, None)
    own = proposal.own_words | proposal.foreign | proposal.signature | proposal.yes | said_by.FILLERS | said_by.NO_SLIPS
    meant |= {slip: word for slip, word in _SLIPS[proposal.kind].items() if slip not in own}
    return re.sub(r"[^\W\d_]+", lambda found: meant.get(found[0], found[0]), plain) if meant else plain


_ENDINGS = re.compile(r"\b(\w{3,}?)(?:issim|inh)([oa])(s?)\b")


def _without_ending(found: re.Match[str], proposal: Proposed) -> str:
    plain = f"{found[1]}{found[2]}{found[3]}"
    if proposal.kind == "cancel" and found[0] in said_by.RATHER_STANDS:
        return found[0]
    return plain if plain in proposal.yes | said_by.SET_DOWN else found[0]


# What lies around each letter on a telephone.
_BESIDE = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uojk", "o": "ipkl", "p": "ol", "a": "sqz",
    "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum", "k": "jlin", "l": "kop", "z": "axs", "x": "zcsd",
    "c": "xvdf", "v": "cbfg", "b": "vnhg", "n": "bmhj", "m": "nkj",
}  # fmt: skip


def _thumbed(word: str) -> Iterable[str]:
    """Return a word with one letter beside the right one, in its place or after it, or two of them changed about; its first letter kept."""
    for at in range(1, len(word)):
        for near in _BESIDE[word[at]]:
            yield word[:at] + near + word[at + 1 :]
            yield word[: at + 1] + near + word[at + 1 :]
    if len(word) > 3:
        yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
    # "Cansela", "fexado".
    yield from (word.replace(right, heard) for right, heard in (("ce", "se"), ("ch", "x")) if right in word)


_SLIPS: dict[ProposalKind, dict[str, str]] = {
    kind: {slip: word for word in sorted(said) for slip in _thumbed(word)} for kind, said in said_by.MOST_SAID.items()
}


def _slips(word: str) -> Iterable[str]:
    """Return what a thumb makes of a word, its first letter and its length (but for one) kept."""
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
    yield from (word[:at] + word[at] + word[at:] for at in range(1, len(word)))
