"""A reply in its parts: small talk and facts, and how they are put together as one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.language.small_talk import Small, Talk
from service.turns.pieces import PARAGRAPH
from service.turns.telling import Fact

# What facts and goodbyes both end in.
CALL_US = "é só chamar"


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence that is sent: small talk, or a fact. An `own` question names what the customer named, of which nothing is known."""

    text: str
    breaks: int = 0
    small: Small | None = None
    fact: Fact | None = None
    own: bool = False

    @property
    def talk(self) -> Talk | None:
        return self.small.kind if self.small else None

    @property
    def asks(self) -> bool:
        return self.text.rstrip().endswith("?")


def as_one(parts: Sequence[Part], *, dropped: bool) -> list[Part]:
    """Leave out what would read twice, or as a yes: "Perfeito!" before a fact, questions beside one that waits for its answer."""
    facts = [part for part in parts if part.fact]
    asking = [] if any(part.asks for part in facts) else [part for part in parts if part.talk == "asking"]
    waits = len(asking) > 0 or any(part.asks for part in facts)
    left: list[Part] = []
    goodbye = any(CALL_US in part.text for part in facts)
    asked = any(part.asks for part in facts)
    for part in parts:
        if part.talk == "farewell" and (asked or (goodbye and CALL_US in part.text)):
            continue
        if part.talk == "asking" or (part.talk in ("closing", "opening") and waits):
            continue
        if part.talk and "?" in part.text and any(fact.asks for fact in facts):
            continue
        if part.talk == "assent" and (facts or dropped):
            continue
        left.append(part)
    if facts or asking:
        left.sort(key=_at_which_end)
    return list({part.text: part for part in (*left, *asking)}.values())


def _at_which_end(part: Part) -> int:
    """Return where a part stands: what answers thanks first, what closes the talk last."""
    if part.small and "welcome" in part.small.marks:
        return -1
    return int(part.talk in ("closing", "opening", "farewell"))


def joined(parts: Sequence[Part]) -> str:
    """Return the parts as one message: facts of several lines and the last question stand by themselves."""
    text, before = "", ""
    for part in parts:
        own = part.text.strip()
        if part.talk and own[-1:].isalnum():
            own += "." if part.talk in ("asking", "opening", "closing") else "!"
        gap = "\n\n" if "\n" in before + own or part.breaks == PARAGRAPH else "\n" if part.breaks else " "
        text += f"{gap if text else ''}{own}"
        before = own
    return text
