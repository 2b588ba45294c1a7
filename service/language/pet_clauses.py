"""The shapes of a clause in which a pet is told of or named: what stands before and after a name, and what tells of nobody by name."""

from collections.abc import Sequence

from service.language import pet_talk_words as known
from service.language.pet_words import Clause, Detail, Word

DESCRIBING = frozenset({"fact", "article", "owning", "he", "is", "adjective", "between"})
_OF_NOUN = frozenset({"fact", "article", "owning", "having", "adjective", "between"})
_MOST_APPOSED = 4  # clauses
_GENDERS = dict.fromkeys(["o", "um", "meu", "nosso", "pro", "do", "no", "ele"], "o")
_GENDERS |= dict.fromkeys(["a", "uma", "minha", "nossa", "pra", "da", "na", "ela"], "a")


def courtesy_of(words: Sequence[Word]) -> Sequence[Word]:
    until = next(
        (n for n, word in enumerate(words) if word.kind in ("name", "other", "fact") or word.text not in known.COURTESY), len(words)
    )
    if until == 0 and len(words) == 1 and words[0].text in known.NOTS:
        return words
    # "é um poodle" is no courtesy, nor is "é" before a name.
    return words[: until - 1] if until and until < len(words) and words[until - 1].text == "eh" else words[:until]


def after_courtesy(words: Sequence[Word]) -> list[Word]:
    return list(words[len(courtesy_of(words)) :])


def leads(word: Word) -> bool:
    return word.kind in ("fact", "adjective", "name") or word.text in known.LEADING or word.text[0].isdigit()


def _follows(word: Word) -> bool:
    return word.text in known.FOLLOWING or word.text[0].isdigit()


def gender(words: Sequence[Word]) -> str:
    """Return as what somebody is spoken of who is named or introduced in words: "o", "a", or what can't be told."""
    marks = [word.text for word in words if word.text in _GENDERS]
    return _GENDERS[marks[-1]] if marks else ""


def differs(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def has_kind(words: Sequence[Word] | Sequence[Detail]) -> bool:
    """Return whether words, or what they tell, say what kind of animal it is."""
    return any(
        one.kind in ("species", "breed") if isinstance(one, Detail) else one.text in known.HEADS or has_kind(one.details) for one in words
    )


def before_name(words: Sequence[Word], at: int) -> tuple[list[Word], bool]:
    """Return the noun that a name stands by ("meu cachorro Thor"), and whether it is said to be a name ("o nome dele é Thor")."""
    n = at - 1
    if n >= 0 and words[n].kind == "article":
        n -= 1
    if n >= 0 and words[n].text == "de":
        n -= 1
    first = n
    while n >= 0 and words[n].kind in ("naming", "is", "he"):
        n -= 1
    links = words[n + 1 : first + 1]
    called = any(word.text.startswith("chama") or word.text == "nome" for word in links)
    if not called and any(word.text in ("dele", "dela") for word in links):
        return [], False
    until = n + 1
    while n >= 0 and words[n].kind in _OF_NOUN and words[n].text not in ("do", "da"):
        n -= 1
    noun, before = list(words[n + 1 : until]), words[: n + 1]
    if before and before[-1].text in known.WANTING:
        # "quero um cachorro chamado Thor": there is none yet.
        return [], False
    owned = any(word.kind == "owning" for word in noun)
    if called and before and not (has_kind(noun) or any(word.kind == "he" or word.text in ("dele", "dela") for word in links)):
        # "me chama amanhã".
        return [], False
    if any(word.kind in ("not", "other") for word in before) or not (owned or all(leads(word) for word in before)):
        return [], False
    if called and any(word.text == "nome" for word in links) and owned and not has_kind(noun):
        # "meu nome é": of themselves.
        return [], False
    if called and noun and not has_kind(noun) and any(word.kind != "article" and word.text not in known.HEADS for word in noun):
        return [], False
    return noun, called


def is_named_after(words: Sequence[Word], at: int) -> bool:
    """Return whether it is said after a name that it is one: "Thor o nome dele"."""
    return at <= 1 and [word.text for word in words[at + 1 :]][-3:] in (["o", "nome", "dele"], ["o", "nome", "dela"])


def after_name(words: Sequence[Word], at: int, clause: Clause) -> tuple[list[Detail], bool]:
    """Return what is told right after a name, and whether the clause ends there, or goes on with what is known to follow."""
    rest = words[at + 1 :]
    if is_named_after(words, at):
        return [], True
    n = 0
    while n < len(rest) and rest[n].kind in DESCRIBING:
        n += 1
    ends = n == len(rest) or _follows(rest[n])
    has_is = any(word.kind == "is" for word in rest[:n])
    told = [one for word in rest[:n] for one in word.details]
    if (
        not ends
        or (clause.asks and has_is)
        or not all(leads(word) or word.kind in _OF_NOUN | {"is", "he", "naming"} for word in words[:at])
    ):
        return [], ends
    return told, ends


def elliptical(words: Sequence[Word], clause: Clause) -> list[Detail] | None:
    """Return what a clause tells that names nobody: "é um poodle", "ela tem 3 anos", "porte médio"; None where it does more."""
    n = next((n for n, word in enumerate(words) if word.kind not in DESCRIBING), len(words))
    run = words[:n]
    read = [one for word in run for one in word.details]
    if not read or clause.asks or words[0].kind == "owning" or (n < len(words) and not _follows(words[n])):
        return None
    if any(word.kind == "owning" for word in run) and words[0].text not in ("eh",):
        return None
    if words[0].text in ("o", "a") and words[1].kind != "between":
        return None
    if any(word.text in ("tem", "esta", "ta") for word in run) and has_kind(read):
        return None
    return read


def introduction(words: Sequence[Word]) -> tuple[list[Detail], bool] | None:
    """Return what is told of somebody who is brought up ("tenho um poodle", "pro meu gato"), and whether that is all of them."""
    begin = next((n for n, word in enumerate(words) if word.kind == "having" or word.kind == "owning" or _begins_noun(words, n)), None)
    if begin is None or not all(leads(word) or word.kind == "article" for word in words[:begin]):
        return None
    n = begin
    while n < len(words) and words[n].kind in _OF_NOUN:
        n += 1
    noun = [one for word in words[begin:n] for one in word.details]
    if not has_kind(words[begin:n]):
        return None
    if n < len(words) and words[n].kind in ("is", "he"):
        rest = words[n:]
        run = next((m for m, word in enumerate(rest) if word.kind not in DESCRIBING), len(rest))
        if run == len(rest) or _follows(rest[run]):
            return noun + [one for word in rest[:run] for one in word.details], True
    if n == len(words) or _follows(words[n]):
        return noun, True
    return [one for one in noun if one.kind in ("species", "breed")], False


def _begins_noun(words: Sequence[Word], n: int) -> bool:
    """Return whether a noun begins that is wished something for: "pra um poodle", "banho em gato"."""
    before = words[n - 1].text if n else ""
    return words[n].kind == "fact" and has_kind(words[n].details) and before in ("um", "uma", "pro", "pra", "no", "na", "o", "a", "")


def apposes(following: Sequence[Clause]) -> bool:
    """Return whether the clauses after a name only say what stands before them: "Thor, meu cachorro", "Mia, 2 anos, persa"."""
    for clause in following[:_MOST_APPOSED]:
        if clause.join != "comma" or (clause.asks and not any(word.kind == "owning" for word in clause.words)):
            return False
        n = next((n for n, word in enumerate(clause.words) if word.kind not in _OF_NOUN | {"is", "he"}), len(clause.words))
        run, ends = clause.words[:n], n == len(clause.words)
        if any(word.kind == "having" for word in run):
            return False
        if has_kind(run):
            return ends or (_follows(clause.words[n]) and clause.words[n].text not in known.WANTING)
        if not ends or not any(word.details or word.kind == "adjective" for word in run):
            return False
    return False
