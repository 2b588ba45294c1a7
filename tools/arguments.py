"""Between a model and a tool: how the tool is described to it, and what its arguments were meant to be.

Models leave an optional argument out in many ways ("", "null", []), write a number as words and one name as a list of one. What a tool gets
is one thing for all of these. Nothing is guessed: what can't be read stays as it is, and the tool's own check answers the model.
"""

import inspect
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

# How the answer to a call begins whose arguments are missing or of another type: for a model to mend, for nobody else to read.
WRONG_ARGUMENTS = "Argumentos errados"

# How models write that they give nothing.
_NOTHING = frozenset({"", "null", "none", "undefined", "n/a", "nenhum", "nenhuma", "não informado", "nao informado"})
# By the type of a tool's arguments, which is the tool's alone.
_CONVERTED: dict[Any, dict[str, Any]] = {}
_NUMBER = re.compile(r"\D*(\d+(?:[.,]\d+)?)\D*")


def described(tool: BaseTool) -> dict[str, Any]:
    """Return a tool as it is sent to the model: what it and its arguments are for, without what says nothing more."""
    spec = deepcopy(_converted(tool))
    function = spec["function"]
    function["description"] = inspect.cleandoc(function["description"])
    function["parameters"]["properties"] = {name: _bare_schema(of) for name, of in function["parameters"].get("properties", {}).items()}
    return spec


def _converted(tool: BaseTool) -> dict[str, Any]:
    """Return a tool as LangChain describes it: worked out once for each kind of arguments, however often the tool is bound."""
    kind = tool.args_schema
    if kind not in _CONVERTED:
        _CONVERTED[kind] = convert_to_openai_tool(tool)
    return _CONVERTED[kind]


def _bare_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return an argument's schema without that it may be null, or is empty where it is left out: "not required" says so already."""
    kept = {key: value for key, value in schema.items() if key != "anyOf" and not (key == "default" and value in (None, 0))}
    only = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    return {**kept, **only[0]} if len(only) == 1 else dict(schema) if only else kept


def read(tool: BaseTool, args: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call's arguments as the tool takes them: without those that give nothing, the others as what they stand for."""
    parameters = _converted(tool)["function"]["parameters"]
    properties, required = parameters.get("properties", {}), parameters.get("required", [])
    meant = {name: _meant(value, _bare_schema(properties[name])) for name, value in args.items() if name in properties}
    return {name: value for name, value in meant.items() if name in required or not _is_nothing(value)}


def _is_nothing(value: Any) -> bool:
    return value is None or value == [] or value == {} or (isinstance(value, str) and value.strip().casefold() in _NOTHING)


def _meant(value: Any, schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if isinstance(value, list) and kind != "array":
        given = [one for one in value if not _is_nothing(one)]
        value = given[0] if len(given) == 1 else " e ".join(map(str, given)) if kind == "string" else value
    if kind == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    if kind in ("integer", "number") and isinstance(value, str) and (found := _NUMBER.fullmatch(value)):
        return found[1].replace(",", ".")
    return value
