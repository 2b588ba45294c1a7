"""The customer: wants things one after another, gives a fact when he is asked for it, and says "sim" only to exactly what he wants.

He reads nothing but what the agent writes. What is not wholly his wish he does not agree to: he says again, in other words, what he wants.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from evals.tau.heard import Heard, Sentence, hear, stated_in
from evals.tau.task import Deal, Kind, Slot, Task, Want
from service.platform import clock

# How often he says the same wish again before he gives up.
PATIENCE = 4

YES: dict[Kind, tuple[str, ...]] = {
    "book": ("sim", "Sim, pode confirmar", "sim por favor", "isso, pode marcar"),
    "move": ("sim", "Sim, pode mudar", "sim por favor"),
    "cancel": ("sim", "Sim, pode cancelar", "sim por favor"),
    "register": ("sim", "isso mesmo"),
    "wait": ("sim", "quero sim", "sim por favor"),
}
UNKNOWN: dict[Slot, str] = {
    "person": "tanto faz o profissional", "team": "não precisa", "breed": "não sei a raça", "age": "não sei a idade",
    "size": "não sei o porte", "coat": "não sei", "own_name": "pode ser só pelo whatsapp mesmo", "zone": "não precisa buscar não",
}  # fmt: skip

Fit = Literal["equal", "lacking", "different"]
End = Literal["satisfied", "gave_up"]


@dataclass
class Customer:
    """One customer in the middle of a task. `today` is the shop's date."""

    task: Task
    today: date
    zone: str
    services: Sequence[str]
    ended: End | None = None
    _waiting: list[Want] = field(default_factory=list)
    _repeated: int = 0
    _given: set[Slot] = field(default_factory=set)
    _agreed: int = 0

    def __post_init__(self) -> None:
        self._waiting = list(self.task.wants)

    def opens(self) -> list[str]:
        """Return his first words, a text a bubble."""
        return _bubbles(self._want.says)

    def answers(self, replies: Sequence[str]) -> list[str]:
        """Return what he writes after the agent's messages; nothing where he is done, or has given up (`ended` says which)."""
        want, heard = self._want, hear("\n".join(replies), self.today)
        if missing := self._asked_for(heard, want):
            return missing
        if want.until == "answer":
            return self._next()
        assert want.deal is not None
        if heard.confirms is not None:
            return self._to_question(heard, want, want.deal)
        if self._is_done(heard, want.deal):
            fit = self._fits([s for s in heard.sentences if not s.asks], want.deal, whole=False)
            return self._next() if fit == "equal" else self._again(want, "Não foi isso que eu pedi.")
        if heard.refuses and want.instead:
            return self._instead(want.instead)
        return self._facts(heard, want) or self._again(want)

    @property
    def _want(self) -> Want:
        return self._waiting[0]

    def _is_done(self, heard: Heard, deal: Deal) -> bool:
        # "Agendado" is also said of a move, once he has agreed to it.
        return deal.kind in heard.done or (deal.kind == "move" and "book" in heard.done and self._agreed > 0)

    def _to_question(self, heard: Heard, want: Want, deal: Deal) -> list[str]:
        assert heard.confirms is not None
        kinds = heard.kinds - {"register"} or heard.kinds
        if kinds and deal.kind not in kinds:
            if "wait" in kinds and want.instead:
                return self._instead(want.instead)
            return self._facts(heard, want) or self._again(want, "Não.")
        fit = self._fits(heard.confirms, deal, whole=deal.kind in ("book", "move"))
        if fit == "different":
            if heard.refuses and want.instead:
                return self._instead(want.instead)
            return self._again(want, "Não.")
        if fit == "lacking":
            return self._facts(heard, want) or self._again(want)
        if want.until == "confirm":
            return self._next()
        self._agreed += 1
        if self._agreed > PATIENCE:
            return self._gives_up()
        choices = YES[deal.kind]
        return [choices[(len(self.task.name) + self._agreed - 1) % len(choices)]]

    def _fits(self, sentences: Sequence[Sentence], deal: Deal, *, whole: bool) -> Fit:
        """Hold what is stated against what he wants; `whole` where day and time must be said for it to be equal."""
        said = stated_in(sentences, [*self.services, *self._pets()])
        if said.names - {*deal.pets, *deal.services} or any(sentence.days and _impossible(sentence) for sentence in sentences):
            return "different"
        if deal.starts is None:
            return "equal"
        own = clock.local(datetime.fromisoformat(deal.starts), self.zone)
        others = [clock.local(datetime.fromisoformat(at), self.zone) for at in deal.also_at]
        if said.days - {own.date(), *(other.date() for other in others)}:
            return "different"
        named = any(own.time() in times for times in said.times)
        several = len(deal.pets) * max(len(deal.services), 1) > 1
        allowed = {own.time(), *(other.time() for other in others)}
        if any(not times & allowed for times in said.times) and not (several and named):
            return "different"
        missing = own.date() not in said.days or (not named and deal.kind != "wait" and "Hotel" not in deal.services)
        if whole and (missing or not {*deal.services} <= said.names):
            return "lacking"
        return "equal"

    def _pets(self) -> list[str]:
        known = [pet.name for pet in self.task.contact.pets] if self.task.contact else []
        return [*known, *(pet for want in self.task.wants for pet in (want.deal.pets if want.deal else ()))]

    def _asked_for(self, heard: Heard, want: Want) -> list[str]:
        """Answer what is asked, where it is a fact that he has not told yet."""
        if heard.confirms is not None and want.deal:
            return []
        fresh = [slot for slot in want.facts if slot in heard.asks and slot not in self._given]
        self._given |= set(fresh)
        return [", ".join(want.facts[slot] for slot in fresh)] if fresh else []

    def _facts(self, heard: Heard, want: Want) -> list[str]:
        """Answer what is asked, where he has not answered it yet; nothing where that would only repeat what was not understood."""
        fresh = [slot for slot in sorted(heard.asks) if slot not in self._given and (slot in want.facts or slot in UNKNOWN)]
        self._given |= set(fresh)
        return [", ".join(want.facts.get(slot) or UNKNOWN[slot] for slot in fresh)] if fresh else []

    def _again(self, want: Want, before: str = "") -> list[str]:
        if self._repeated >= PATIENCE:
            return self._gives_up()
        words = want.again or ["\n".join(_bubbles(want.says))]
        said = words[self._repeated % len(words)]
        self._repeated += 1
        return [f"{before} {said}".strip()]

    def _instead(self, want: Want) -> list[str]:
        self._waiting[0] = want
        self._repeated = self._agreed = 0
        self._given.clear()
        return _bubbles(want.says)

    def _next(self) -> list[str]:
        self._waiting.pop(0)
        self._repeated = self._agreed = 0
        self._given.clear()
        if self._waiting:
            return _bubbles(self._want.says)
        self.ended = "satisfied"
        return []

    def _gives_up(self) -> list[str]:
        self.ended = "gave_up"
        return []


def _impossible(sentence: Sentence) -> bool:
    return any(said.problem for said in sentence.days)


def _bubbles(says: str | list[str]) -> list[str]:
    return [says] if isinstance(says, str) else says
