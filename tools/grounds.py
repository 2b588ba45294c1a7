"""What a tool and its arguments rest on, and the one place where that is looked at: a call is carried out with what was said,
or not at all.

An argument is declared with its ground, `name: Annotated[str, Said.PET]`, and what a tool that writes does with its own,
`@tool(writes=True, rests_on=Wished.CANCEL)` (`tools.said` has them). What nobody said is left out where the tool can do without it; a call
that can't, or that nobody asked for, is refused, in a sentence that tells the model what was said, or what to ask (docs/decisions/0019).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from service.platform.errors import BadRequest
from tools.heard import Heard


@dataclass(frozen=True, slots=True)
class Asked:
    """An argument as a call has it, of the type that its tool takes, beside the call's `others` as they came."""

    name: str
    value: Any
    default: Any
    writes: bool
    others: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Why an argument does not stand, in a sentence for the model; `ask` is the question to the customer, where one is needed.

    `refuses` where the call is not carried out without it though the tool could do without it: something else was said, or it is all that
    the call is about. `told` where the model is told that it was left out.
    """

    why: str
    ask: str = ""
    refuses: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Instead:
    """What was said, in the place of what the model made of it."""

    value: Any


Verdict = Unsaid | Instead | None
"""None where an argument stands as it is."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an argument rests on, and how that is looked at.

    `fill` finds what a call left out though it is needed, where it was said; `fills_all` also what the tool can do without.
    """

    says: str
    check: Callable[[Asked, Heard], Verdict]
    fill: Callable[[Heard], Verdict] | None = None
    fills_all: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What it rests on that a tool is carried out at all, and how that is looked at: over the call's arguments as they came."""

    says: str
    check: Callable[[Mapping[str, Any], Heard], Unsaid | None]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument with its ground; `reads` is its type. Its default stands for itself, the shop's choice."""

    name: str
    ground: Ground
    reads: TypeAdapter[Any]
    needed: bool
    default: Any = None

    @classmethod
    def of(cls, parameter: Parameter, hint: Any) -> "Argument | None":
        """Read how a parameter is declared; None where it has no ground."""
        ground = next((one for one in get_args(hint)[1:] if isinstance(one, Ground)), None)
        needed = parameter.default is Parameter.empty
        return cls(parameter.name, ground, TypeAdapter(hint), needed, None if needed else parameter.default) if ground else None


@dataclass(frozen=True, slots=True)
class Grounded:
    """The arguments of a call that stand, and why others were left out, where the model should know."""

    args: dict[str, Any]
    left_out: list[str] = field(default_factory=list)


def grounded(
    arguments: Mapping[str, Argument], args: Mapping[str, Any], heard: Heard, *, writes: bool, rests_on: Basis | None = None
) -> Grounded:
    """Return what of a call's arguments was said. Raises BadRequest with what to ask where a needed one was not, or the deed itself.

    What can't be read as what the tool takes is left to the tool, which refuses it.
    """
    if rests_on and (unasked := rests_on.check(args, heard)):
        raise BadRequest(unasked.why, say=(unasked.ask,) if unasked.ask else ())
    stands: dict[str, Any] = dict(args)
    left_out: list[str] = []
    refused: list[Unsaid] = []
    for name, argument in arguments.items():
        verdict = _verdict(argument, args, heard, writes=writes)
        if isinstance(verdict, Instead):
            stands[name] = verdict.value
        elif isinstance(verdict, Unsaid):
            stands.pop(name, None)
            if argument.needed or verdict.refuses:
                refused.append(verdict)
            elif verdict.told:
                left_out.append(f"{name} ficou de fora: {verdict.why}")
    if refused:
        why = " ".join(dict.fromkeys(one.why for one in refused))
        raise BadRequest(why, say=tuple(one.ask for one in refused if one.ask)[:1])
    return Grounded(stands, left_out)


def _verdict(argument: Argument, args: Mapping[str, Any], heard: Heard, *, writes: bool) -> Verdict:
    ground = argument.ground
    if argument.name not in args or (args[argument.name] in (None, "") and argument.needed):
        found = ground.fill(heard) if ground.fill and (argument.needed or ground.fills_all) else None
        return found if argument.needed or isinstance(found, Instead) else None
    try:
        value = argument.reads.validate_python(args[argument.name])
    except ValidationError:
        return None
    if value is None or (not argument.needed and value == argument.default):
        return None
    return ground.check(Asked(argument.name, value, argument.default, writes, args), heard)
