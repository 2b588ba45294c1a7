"""What a tool is: a function over the database, described in its docstring, that returns a `Result`."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any, Concatenate, ParamSpec, get_args, get_type_hints

from langchain_core.tools import BaseTool, StructuredTool
from langchain_core.tools.base import create_schema_from_function
from pydantic import BaseModel, TypeAdapter, ValidationError

from service.platform.database import Database
from service.platform.errors import Forbidden
from service.turns.telling import DeedKind, Fact, Voice
from tools.grounds import Argument, Basis
from tools.results import Refused, Result
from tools.runtime import Run

P = ParamSpec("P")

OWNERS_ONLY = "Os números e a agenda da loja são só para o dono."

# Every tool by its name, as soon as its module is imported.
DEFINED: dict[str, "Tool"] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """A name under which results come, and how they are read; `deed` is what success means, where a reply may claim it.

    `proposes` is whether only the customer's yes makes it come true.
    """

    name: str
    results: TypeAdapter[Result]
    deed: DeedKind | None = None
    proposes: bool = False

    def read(self, text: str) -> Result | None:
        """Read a result that was written as JSON, by this version or one before; None where it is none of this tool's types."""
        try:
            return self.results.validate_json(text)
        except ValidationError:
            return None

    def tell(self, result: Result, voice: Voice) -> Sequence[Fact]:
        """Return what one of its results makes true, in sentences that a customer may read."""
        return result.tell(voice, self.deed)


@dataclass(frozen=True, slots=True)
class Tool(Kind):
    """A tool. `writes` is whether it changes anything, and so journals; `owners_only` whether it answers nobody but an owner.

    `rests_on` is what must have been said for it to be carried out at all; a tool that writes has one.
    """

    function: Callable[..., Awaitable[Result]] = field(kw_only=True)
    arguments: type[BaseModel] = field(kw_only=True)
    grounds: Mapping[str, Argument] = field(kw_only=True)
    writes: bool = False
    rests_on: Basis | None = None
    owners_only: bool = False

    @property
    def takes(self) -> list[str]:
        """Return the names of the arguments that the model fills in."""
        return [name for name in self.arguments.model_fields if name != "runtime"]

    def bind(self, db: Database) -> BaseTool:
        """Make it callable for a model: over a database, with its result as plain JSON.

        Raises Forbidden, when called, where a tool that is for owners only runs for somebody else.
        """

        async def call(runtime: Run, **arguments: Any) -> dict[str, Any]:
            if self.owners_only and not runtime.context.is_owner:
                raise Forbidden(OWNERS_ONLY)
            if not self.writes:
                runtime = replace(runtime, state={**runtime.state, "call": None})
            return (await self.function(db, runtime, **arguments)).as_json()

        description = self.arguments.__doc__ or ""
        return StructuredTool(name=self.name, description=description, args_schema=self.arguments, coroutine=call)


def tool(
    *,
    writes: bool = False,
    rests_on: Basis | None = None,
    deed: DeedKind | None = None,
    proposes: bool = False,
    owners_only: bool = False,
) -> Callable[[Callable[Concatenate[Database, Run, P], Awaitable[Result]]], Tool]:
    """Make a tool of a function. Its first parameters are `db` and `runtime`; the others the model fills in.

    The docstring is what the model reads: what the tool is for, and under "Args:" every argument, each with a description. The signature
    says what each rests on (`tools.said`), and `rests_on` what the deed does. Raises TypeError where one has neither, where a tool that
    writes rests on nothing, or where something else than results is returned.
    """

    def define(function: Callable[Concatenate[Database, Run, P], Awaitable[Result]]) -> Tool:
        name = function.__name__
        if writes and rests_on is None:
            raise TypeError(f"The tool {name} writes and must say what that rests on: rests_on=Wished.… (tools/said.py).")
        made = Tool(
            name, _results(name, get_type_hints(function)["return"]), deed, proposes, writes=writes, rests_on=rests_on,
            owners_only=owners_only, function=function, arguments=_arguments(name, function), grounds=_grounds(name, function),
        )  # fmt: skip
        DEFINED[name] = made
        return made

    return define


def _results(name: str, returned: Any) -> TypeAdapter[Result]:
    """Return what reads the results of a function back; any tool may refuse."""
    kinds = get_args(returned) or (returned,)
    if not all(isinstance(kind, type) and issubclass(kind, Result) for kind in kinds):
        raise TypeError(f"The tool {name} must return results (tools/results.py), not {returned}.")
    return TypeAdapter(reduce(or_, kinds, Refused))


def _arguments(name: str, function: Callable[..., Any]) -> type[BaseModel]:
    """Return the arguments of a function as the model is told of them, with the run that it is not told of."""
    signature = inspect.signature(function)
    if list(signature.parameters)[:2] != ["db", "runtime"]:
        raise TypeError(f"The first parameters of the tool {name} must be db and runtime.")

    def told() -> None: ...

    told.__doc__ = function.__doc__
    told.__signature__ = signature.replace(parameters=list(signature.parameters.values())[1:])  # type: ignore[attr-defined]
    told.__annotations__ = {key: value for key, value in get_type_hints(function, include_extras=True).items() if key != "db"}
    try:
        schema: type[BaseModel] = create_schema_from_function(name, told, parse_docstring=True, error_on_invalid_docstring=True)  # type: ignore[assignment]
    except ValueError as error:
        raise TypeError(f"The tool {name} needs a docstring with its arguments under Args: {error}") from error
    undescribed = [argument for argument, of in schema.model_fields.items() if argument != "runtime" and not of.description]
    if undescribed:
        raise TypeError(f"The tool {name} must describe under Args: what it takes as {', '.join(undescribed)}.")
    return schema


def _grounds(name: str, function: Callable[..., Any]) -> dict[str, Argument]:
    """Return what each argument of a function rests on."""
    hints = get_type_hints(function, include_extras=True)
    taken = [parameter for parameter in inspect.signature(function).parameters.values() if parameter.name not in ("db", "runtime")]
    found = {parameter.name: Argument.of(parameter, hints[parameter.name]) for parameter in taken}
    if groundless := [argument for argument, ground in found.items() if ground is None]:
        raise TypeError(f"The tool {name} must say what {', '.join(groundless)} rests on: Annotated[…, Said.…] (tools/said.py).")
    return {argument: ground for argument, ground in found.items() if ground}
