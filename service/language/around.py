"""What a message says beside its days and times: which of its clauses are the wish, and which tell of something else.

A clause is a wish's if every word of it is accounted for. Of the others one that names a day or time may only tell of something before the
wish ("tenho dentista às 10h, pode ser às 14?"), and only where the wish says plainly that it is one; a reason may follow it. All else is
asked about.
"""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.language.clauses import LONGEST, UNCLEAR
from service.language.common import is_common, is_laughter
from service.language.grammar import WEEKDAY_NAMES
from service.language.intervals import common
from service.language.lexemes import Day, Item, Mark, Moment, Number, Unknown
from service.language.text import ending_at, fold, visible
from service.language.when_words import (
    AROUND,
    CONDITIONS,
    CORRECTS,
    CORRECTS_ONE,
    CORRECTS_TRULY,
    EXPLAINS,
    OTHER_HOURS,
    POINTS_BACK,
    REASONS,
    SHOPS_HOURS,
    TO_COME,
    WISHES,
    MarkName,
)
from service.platform.errors import Unclear

_WISHES = re.compile(rf"\b(?:{WISHES})\b")
# A name of days of which nothing was made.
_CALENDAR = re.compile(r"\b(?:semanas?|mes|meses|quinzena|feriados?|vesperas?)\b")
# "Faz 4 semanas que ele não vai".
_AGO = re.compile(r"\b(?:faz|ha|tem) (?:umas? |uns )?\w{1,9} (?:semanas?|mes|meses)\b")
_SUITS = re.compile(r"\b(?:folga|livre|melhor|dia|data|horario) $")
_CONDITION = re.compile(rf"[ ,.]*(?:{CONDITIONS})\b")
_UNLESS = re.compile(r"\b(?:se(?! \w+ndo\b)|caso|a menos|a nao ser|contanto|desde que)\b")
_REASON = re.compile(rf"(?:(?<!\bmais tarde )(?<!\bmais cedo )\b(?:{REASONS})|(?<=, )(?:q|que)(?! vem))\b")
_EXPLAINS = re.compile(rf"[ ,]*(?:{EXPLAINS})")
_TO_COME = re.compile(rf"\b(?:{TO_COME})\b")
_BACK = "|".join(rf"(?P<{bound}>{pattern})" for bound, pattern in POINTS_BACK)
_POINTS_BACK = re.compile(rf"\b(?:entao|so|somente|apenas|ser|seria)(?: (?:so|somente|apenas|ser|marca|agenda|pode))* (?:{_BACK})\b")
_CORRECTS = re.compile(
    rf"(?<=[,.;:!\u2013\u2026-]) ?(?:(?:(?:{CORRECTS})|(?P<truly>{CORRECTS_TRULY})|(?P<one>{CORRECTS_ONE}))\b[,.! ]*"
    r"|\*(?=[^*.!?]*(?:[.!?]|$)))"
)
# The same said behind it, or a star there: "às 11 na verdade", "14h*". It is all that its sentence says.
_CORRECTS_AFTER = re.compile(
    rf"(?<=[.!?] )[^.!?*]{{1,40}}?(?: (?P<truly>{CORRECTS_TRULY})| (?P<one>(?:fica|e|eh|seria) melhor)|\*) ?(?=[.!?]|$)"
)
_NAME = re.compile(r"(?<=[^.!?\n:] )[A-Z\u00c0-\u00dd]\w+")
# After which a word that nobody knows is for whom or what the wish is: "quero marcar ozonioterapia pro thor".
_WORD_BEFORE = re.compile(
    r"\b(?:um|uma|o|a|os|as|de|do|da|pro|pra|para|p|com|meu|minha|e|marc(?:ar|a|ue)|agend(?:ar|a|e)|fazer|banho|tosa|consulta) $"
)
# "A Mel tem consulta quinta" tells of another visit; "a Mel tem banho quinta?" asks for one.
_HAS = re.compile(
    r"(?:\b[oa] (?!loja|clinica)\w+|\bel[ea]|\b(?:meu|minha) \w+) (?:ja )?tem (?:consulta|banho|tosa|vacina|retorno)"
    r" (?:(?:n[ao]|dia|as|pr[ao]) )*$"
)
_WITH = re.compile(
    rf"\b(?:{WEEKDAY_NAMES}|feira|amanha|hoje|\d{{1,2}}(?:h(?:\d\d)?|:\d\d)?|banho|tosa|consulta)"
    r" com (?:[oa] )?(?:(?:dr|dra|doutora?|tia|tio) )?$"
)
_ASKS_FOR = re.compile(rf"\b(?:{WISHES}|banho|tosa|consulta|fazer|levar)\b")
_REFERS = ("not", "except", "after", "before", "until", "from", "between", "on", "or", "nor")
# What makes of what is told before something else than one day or time.
_TURNS = tuple(name for name in _REFERS if name != "on")
_BOUNDS = ("after", "before", "until", "from", "on")
_BEFORE_HOURS = ("at", "after", "before", "until", "from", "between")
_BEFORE_DAY = ("", "na", "no", "nessa", "nesse")
LAST_OF_MONTH = 31
_SINGLE = ("weekday", "dated", "relative", "counted")
_MOST_UNKNOWN = 3
_ONLY = ("so", "somente", "apenas")
_MOST_CORRECTIONS = 3


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a message between its signs: its items, what is written in it, and the words of it that are not accounted for."""

    items: list[Item]
    words: str
    strange: int
    is_reason: bool

    @property
    def is_when(self) -> bool:
        return bool(self.kinds)

    @property
    def kinds(self) -> set[type]:
        """Return whether it names days, times, or both; a number may be either."""
        kinds: set[type] = {type(item) for item in self.items if isinstance(item, Day | Moment)}
        loose = any(isinstance(item, Number) and not item.counted and item.value <= LAST_OF_MONTH for item in self.items)
        if not kinds and (loose or _CALENDAR.search(_AGO.sub("", self.words))):
            return {Day, Moment}
        return kinds

    @property
    def is_wish(self) -> bool:
        """Return whether it says plainly that it is the wish, and refuses nothing."""
        return _WISHES.search(self.words) is not None and not self.has("not", "except", "nor")

    def has(self, *names: str) -> bool:
        return any(isinstance(item, Mark) and item.name in names for item in self.items)


def names_in(text: str) -> frozenset[str]:
    """Return the words of a text, folded, that are written as names; none where all is in capitals."""
    seen = visible(text)
    return frozenset() if seen.isupper() else frozenset(fold(found) for found in _NAME.findall(seen))


def corrected(items: Sequence[Item], words: str) -> list[Item]:
    """Return the items without what is taken back: "segunda, não, pera, terça". Raises Unclear where it can't be told what is."""
    turns = sorted((*_CORRECTS.finditer(words), *_CORRECTS_AFTER.finditer(words)), key=lambda turn: turn.start())
    for found in reversed(turns[-_MOST_CORRECTIONS:]):
        since = found.end() if found.re is _CORRECTS else found.start()
        before = [item for item in items if item.end <= found.start()]
        after = [item for item in items if item.start >= since]
        kinds = {type(item) for item in after if isinstance(item, Day | Moment)}
        taken_back = sum(type(item) in kinds for item in before)
        before = _without_no(before, kinds)
        is_exact = all(_is_exact(item) for item in (*before, *after) if type(item) in kinds)
        refuses = any(isinstance(item, Mark) and item.name == "not" for item in before)
        if not taken_back or (found["one"] and (refuses or not is_exact)):
            continue
        if found["truly"] and Day in kinds and not is_exact:
            # "Semana que vem, na verdade terça" may narrow it.
            raise Unclear(UNCLEAR)
        if taken_back > len(kinds) or any(isinstance(item, Mark) and item.name in _REFERS for item in (*before, *after)):
            raise Unclear(UNCLEAR)
        kept = [item for item in before if type(item) not in kinds and not (isinstance(item, Mark) and item.name in ("at", "to"))]
        return [*kept, Mark(found.start(), since, "comma", ","), *after]
    return list(items)


def referred(items: Sequence[Item], words: str) -> list[Item]:
    """Return the items with the day or time that is told of in the place of what points back to it: "saio 11h30, então dali pra frente".

    Nothing is made of what points to one of several.
    """
    found = next(_POINTS_BACK.finditer(words), None)
    if found is None:
        return list(items)
    told = [item for item in items if item.end <= found.start()]
    after = [item for item in items if item.start >= found.end()]
    whens = [item for item in told if isinstance(item, Day | Moment | Number)]
    # "Tenho reunião até as 15, só depois disso".
    turns = [name for name in _TURNS if not (name == "until" and found.lastgroup == "after")]
    plain = len(whens) == 1 and _is_exact(whens[0]) and not any(isinstance(item, Mark) and item.name in turns for item in told)
    is_to_come = _TO_COME.search(words, 0, found.start()) or not any(isinstance(item, Unknown) for item in told)
    if not (plain and is_to_come) or any(isinstance(item, Day | Moment | Number | Unknown) for item in after):
        return list(items)
    if found.group().endswith("antes") and not isinstance(whens[0], Day):
        # "Tenho que sair às 11, pode ser antes?": to begin, or to be done.
        return list(items)
    bound: MarkName = found.lastgroup  # type: ignore[assignment]
    return [Mark(found.start(), found.start(), bound, found.group()), replace(whens[0], start=found.start(), end=found.end()), *after]


def _without_no(before: list[Item], kinds: set[type]) -> list[Item]:
    """Return what stands before a correction without the "não" by which it is taken back: "14h não, quis dizer 15h"."""
    for n in (len(before) - 1, len(before) - 2):
        if n > 0 and type(before[n - 1]) in kinds and isinstance(no := before[n], Mark) and no.words in ("nao", "n"):
            return before[:n]
    return before


def _is_exact(item: Item) -> bool:
    return (isinstance(item, Day) and item.sort in _SINGLE) or (isinstance(item, Moment) and item.clock is not None)


def wished(items: Sequence[Item], words: str, *, names: frozenset[str] | None, asked: bool) -> list[Item]:
    """Return the items of the clauses that a wish is made of. Without `names` only what says nothing of when may stand beside it.

    A number alone is a day or a time where one was `asked` for.

    Raises Unclear where a day or time stands beside words that are not accounted for.
    """
    clauses = _clauses(items, words, names)
    if not (_names_when(items, asked=asked) and any(clause.strange for clause in clauses)):
        return list(items)
    own = [n for n, clause in enumerate(clauses) if clause.is_when and not clause.strange]
    if len(clauses) > LONGEST and any(clause.is_when for clause in clauses):
        raise Unclear(UNCLEAR)
    kept: list[Item] = []
    for n, clause in enumerate(clauses):
        if not clause.strange:
            kept += clause.items
            continue
        if clause.is_reason and own and own[0] < n:
            _check_reason(clause, [clauses[at] for at in own if at < n])
        elif own or clause.is_when:
            _check_other(clause, clauses[n - 1] if n else None, [clauses[at] for at in own if at > n], strictly=names is None)
        kept.append(Mark(clause.items[0].start, clause.items[-1].end, "stop", "."))
    return kept


def _names_when(items: Sequence[Item], *, asked: bool) -> bool:
    """Return whether any day or time is said, or a number where one is: "umas 10"."""
    return any(
        isinstance(item, Day | Moment)
        or (isinstance(item, Number) and not item.counted and (asked or (isinstance(mark, Mark) and mark.name in _BEFORE_HOURS)))
        for mark, item in pairwise((None, *items))
    )


def _check_other(clause: _Clause, before: _Clause | None, wishes: Sequence[_Clause], *, strictly: bool) -> None:
    """Raise Unclear unless a clause that tells of something else may do so, by the one `before` it and the `wishes` after it."""
    if _CONDITION.match(clause.words) and not clause.words.endswith("?"):
        raise Unclear(UNCLEAR)
    if clause.is_when:
        _check_context(clause, wishes)
        return
    may_follow = not strictly and (before is None or _starts_anew(before, clause) or _explains(clause))
    may_precede = not strictly or any(wish.is_wish for wish in wishes)
    if not (may_precede if wishes else may_follow):
        raise Unclear(UNCLEAR)


def _check_reason(clause: _Clause, wishes: Sequence[_Clause]) -> None:
    """Raise Unclear where a reason may narrow what was wished for before it, "à tarde, que eu saio às 14h", or leave another choice."""
    goes_on = any(isinstance(item, Mark) and (item.name == "or" or item.words == "no maximo") for item in clause.items)
    if goes_on or _UNLESS.search(clause.words):
        raise Unclear(UNCLEAR)
    told = [item for item in clause.items if isinstance(item, Day | Moment | Number)]
    wished_for = [item for wish in wishes for item in wish.items if not wish.has(*_BOUNDS)]
    if any(_is_loose(item, clause.kinds) and not all(_is_beside(item, other) for other in told) for item in wished_for):
        raise Unclear(UNCLEAR)


def _is_beside(item: Item, other: Item) -> bool:
    """Return whether one stretch has nothing of another: "de manhã, que à tarde eu trabalho"."""
    if isinstance(item, Day):
        apart = isinstance(other, Day) and other.sort != "weekday" and other.days and not common(item.days, other.days)
        return isinstance(other, Moment) or bool(apart)
    if isinstance(item, Moment) and isinstance(other, Moment) and other.clock is None:
        return not common((item.minutes,), (other.minutes,))
    return isinstance(other, Day)


def _is_loose(item: Item, kinds: set[type]) -> bool:
    """Return whether an item is more than one day, or one time, of what is told of in another clause."""
    return (isinstance(item, Day) and Day in kinds and item.sort not in _SINGLE) or (
        isinstance(item, Moment) and Moment in kinds and item.clock is None
    )


def _starts_anew(before: _Clause, clause: _Clause) -> bool:
    """Return whether a clause that tells of something else is a sentence of its own that refers to nothing before."""
    stops = before.has("stop") or bool(clause.items and isinstance(clause.items[0], Mark) and clause.items[0].name == "stop")
    return stops and not clause.has(*_REFERS, "but")


def _explains(clause: _Clause) -> bool:
    """Return whether a clause only says why, or what for, whatever else it tells of."""
    turns = clause.has(*_REFERS, "but", "any") or _UNLESS.search(clause.words) or "?" in clause.words
    return _EXPLAINS.match(clause.words) is not None and not turns


def _check_context(clause: _Clause, wishes: Sequence[_Clause]) -> None:
    """Raise Unclear unless what a clause tells of is plainly not what is wished for after it."""
    # "Segunda eu trabalho, terça também, só quarta": what follows goes on telling.
    if _WISHES.search(clause.words) or not (wishes and wishes[0].is_wish) or clause.has("not", "except", "or", "nor", "any"):
        raise Unclear(UNCLEAR)
    kinds = clause.kinds
    for wish in wishes:
        if any(_is_loose(item, kinds) for item in wish.items) or wish.has("any", "not", "except", "nor"):
            raise Unclear(UNCLEAR)


def _clauses(items: Sequence[Item], words: str, names: frozenset[str] | None) -> list[_Clause]:
    """Return the message as its clauses, cut after commas, full stops and "mas", and before reasons."""
    same = {mark.start for mark, item in pairwise(items) if isinstance(mark, Mark) and mark.name == "is" and isinstance(item, Day)}
    reasons = deque(found.start() for found in _REASON.finditer(words) if found.start() not in same)
    cuts: list[tuple[int, list[Item]]] = [(0, [])]
    for item in items:
        since = None
        while reasons and reasons[0] <= item.start:
            since = reasons.popleft()
        if since is not None:
            cuts.append((since, []))
        cuts[-1][1].append(item)
        # "Trabalho até sexta, só sábado": it is of what follows.
        is_cut = isinstance(item, Mark) and item.name in ("comma", "stop", "but")
        if is_cut and not (isinstance(item, Mark) and item.words in _ONLY and cuts[-1][1] == [item]):
            cuts.append((item.end, []))
    # What says nothing of when is no item: a clause begins where the one before ends.
    ends = [*(since for since, _ in cuts[1:]), len(words)]
    return [_clause(row, words, since, until, names) for (since, row), until in zip(cuts, ends, strict=True) if row]


def _clause(items: list[Item], words: str, since: int, until: int, names: frozenset[str] | None) -> _Clause:
    text, is_reason = words[since:until], _REASON.match(words, since) is not None
    unknown = [item for item in items if isinstance(item, Unknown)]
    moments = [item for item in items if isinstance(item, Moment)]
    others = (OTHER_HOURS if moments else frozenset()) | (SHOPS_HOURS if any(one.clock for one in moments) else frozenset())
    last = max((item.end for item in moments), default=since)
    strange = [
        item
        for item in unknown
        # "Às 10h e busca ele em Moema".
        if not _is_accounted(
            words[item.start : item.end], names, frozenset() if item.start > last and words.endswith(" e ", 0, item.start) else others
        )
    ]
    if names is not None and 0 < len(strange) <= _MOST_UNKNOWN and _ASKS_FOR.search(text):
        asked = _ASKS_FOR.search(text)
        since += asked.end() if asked else 0
        when = next((item.start for item in items if isinstance(item, Day | Moment) and item.start >= since), items[-1].end)
        strange = [item for item in strange if not (since <= item.start < when and _is_object(item, words)) and not _is_person(item, words)]
    return _Clause(items, text, len(strange) + _states(items, words, since), is_reason)


def _states(items: Sequence[Item], words: str, since: int) -> bool:
    """Return whether a clause tells when something is, "a consulta é quarta", the accent gone; "minha folga é quarta" wishes."""
    at = next((n for n, item in enumerate(items) if isinstance(item, Day | Moment | Number)), 0)
    if ending_at(_HAS, words, items[at].start) and not any(isinstance(item, Mark) and "?" in item.words for item in items):
        return True
    verb = items[at - 1] if at else None
    if not (isinstance(verb, Mark) and verb.words == "e" and words[verb.end : items[at].start].strip() in _BEFORE_DAY):
        return False
    return words[since : verb.start].strip(" ,.") != "" and ending_at(_SUITS, words, verb.start) is None


def _is_object(item: Unknown, words: str) -> bool:
    word = words[item.start : item.end]
    return not is_common(word) and word.isalpha() and _WORD_BEFORE.search(words, max(0, item.start - 12), item.start) is not None


def _is_person(item: Unknown, words: str) -> bool:
    """Return whether a word is of who is to do it: "sexta com o caio", "com a doutora helena"."""
    word = words[item.start : item.end]
    return not is_common(word) and word.isalpha() and _WITH.search(words, max(0, item.start - 32), item.start) is not None


def _is_accounted(word: str, names: frozenset[str] | None, others: frozenset[str]) -> bool:
    return names is not None and word not in others and (word in AROUND or word in names or is_laughter(word))
