"""The list of tools: each described, typed, journaled as it says, tried in a dialogue, and on the list of one agent."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

import graphs.offline
import tools
from evals.dialogue import FOLDER
from graphs.aurora import prompts as aurora_prompts
from graphs.client import prompts as client_prompts
from service.language.words import BOOKING_STATUS
from service.platform.database import Database
from service.platform.errors import Forbidden
from tests.kit.desk import Desk
from tools import definition
from tools.arguments import described
from tools.definition import Tool, tool
from tools.registry import AURORA, CLIENT, CONFIRM, named
from tools.results import Refused, Result
from tools.runtime import Run, effect_of
from tools.said import Wished

ALL = [*CLIENT, *AURORA]
NO_DATABASE = cast(Database, None)


@pytest.mark.parametrize("one", ALL, ids=lambda one: str(one.name))
def test_every_argument_is_described_once(one: Tool) -> None:
    """Nor is anything sent that says nothing: indentation, "or null", defaults that are empty."""
    function = described(one.bind(NO_DATABASE))["function"]
    assert function["description"] == function["description"].strip()
    assert "Args:" not in function["description"]
    assert "\n  " not in function["description"]
    for schema in function["parameters"].get("properties", {}).values():
        assert schema["description"]
        assert schema["type"] in ("string", "integer", "number", "boolean")
        assert schema.get("default") not in (None, 0) or "default" not in schema
    assert "runtime" not in json.dumps(function)


def called_in_dialogues() -> set[str]:
    """Return the tools that a scripted model calls in some dialogue."""

    def names(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(names, value))
        if not isinstance(value, dict):
            return set()
        own = {call["name"] for call in value.get("calls", []) if "steps" not in value and isinstance(call, dict)}
        return own.union(*(names(inner) for key, inner in value.items() if key != "expect"))

    return set().union(*(names(yaml.safe_load(path.read_text("utf-8"))["steps"]) for path in FOLDER.glob("*.yaml")))


def test_every_tool_is_called_in_a_dialogue() -> None:
    assert {one.name for one in ALL} - called_in_dialogues() == set()


def test_every_tool_that_is_defined_is_on_the_list_of_one_agent() -> None:
    for module in pkgutil.iter_modules(tools.__path__):
        importlib.import_module(f"tools.{module.name}")
    names = [one.name for one in ALL]
    assert len(set(names)) == len(names)
    ours = {name for name, one in definition.DEFINED.items() if one.function.__module__.startswith("tools.")}
    assert ours == set(names)


def test_only_auroras_tools_are_for_owners_and_none_of_them_writes() -> None:
    assert all(one.owners_only and not one.writes for one in AURORA)
    assert not any(one.owners_only for one in CLIENT)


def test_what_succeeds_with_a_deed_writes() -> None:
    assert all(one.writes for one in CLIENT if one.deed or one.proposes)
    assert {one.deed for one in CLIENT if one.proposes} == {"booked", "moved", "cancelled"}


def test_results_come_under_known_names() -> None:
    assert all(named(one.name) is one for one in (*ALL, CONFIRM))
    assert named("agendar_banho") is None
    assert named(None) is None


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"success": true}', '{"slots": "x"}', '"sexta às 10h"'])
@pytest.mark.parametrize("one", [one for one in ALL if one.name in ("check_availability", "list_services", "register_pet")])
def test_what_can_not_be_read_is_no_result(one: Tool, text: str) -> None:
    assert one.read(text) is None


@pytest.mark.parametrize("one", ALL, ids=lambda one: str(one.name))
def test_any_tool_may_refuse(one: Tool) -> None:
    assert one.read('{"success": false, "error": "Não deu."}') == Refused(error="Não deu.")


async def undescribed(db: Database, runtime: Run, pet_name: str, day: str) -> Refused:
    """Faz algo.

    Args:
        pet_name: nome do pet.
    """
    return Refused(error=pet_name + day)


async def without_arguments_block(db: Database, runtime: Run, pet_name: str) -> Refused:
    """Faz algo."""
    return Refused(error=pet_name)


async def unknown_argument(db: Database, runtime: Run) -> Refused:
    """Faz algo.

    Args:
        pet_name: nome do pet.
    """
    return Refused(error="Não.")


async def untyped(db: Database, runtime: Run) -> dict[str, Any]:
    """Faz algo."""
    return {}


async def half_typed(db: Database, runtime: Run) -> Refused | dict[str, Any]:
    """Faz algo."""
    return {}


class SaysNothing(Result):
    """A result that forgets to say what it backs."""


def test_a_result_that_does_not_say_what_it_backs_is_none() -> None:
    with pytest.raises(TypeError, match="abstract method"):
        SaysNothing()  # type: ignore[abstract]


async def unbound(runtime: Run) -> Refused:
    """Faz algo."""
    return Refused(error="Não.")


@pytest.mark.parametrize("function", [undescribed, without_arguments_block, unknown_argument, untyped, half_typed, unbound])
def test_what_is_incomplete_is_no_tool(function: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match=function.__name__):
        tool()(function)


async def test_a_tool_that_journals_says_that_it_writes(desk: Desk) -> None:
    async def secretly_writes(db: Database, runtime: Run) -> Result:
        """Faz algo."""
        effect_of(runtime)
        return Refused(error="Não.")

    for writes in (False, True):
        made = tool(writes=writes, rests_on=Wished.TOLD)(secretly_writes)
        other = Desk(desk.db, [made.bind(desk.db)], desk.organization_id, desk.contact_id, desk.conversation_id)
        if writes:
            assert await other.call("secretly_writes") == {"success": False, "error": "Não."}
        else:
            with pytest.raises(TypeError, match="writes=True"):
                await other.call("secretly_writes")


@pytest.mark.parametrize("one", AURORA, ids=lambda one: str(one.name))
async def test_an_owners_tool_refuses_everybody_else(desk: Desk, one: Tool) -> None:
    other = Desk(desk.db, [one.bind(desk.db)], desk.organization_id, desk.contact_id, desk.conversation_id)
    answer = await other.call(one.name)
    assert "só para o dono" in answer["error"]
    assert Forbidden.status == 403


# What is written like a tool's name and is a key of a result, an argument, or a code.
NO_TOOLS = {"pet_name", "ask_first", "not_accepted", *BOOKING_STATUS}
PROMPTS = [client_prompts.RULES, aurora_prompts.RULES, *(one.arguments.__doc__ or "" for one in ALL)]


@pytest.mark.parametrize("text", PROMPTS, ids=lambda text: str(text)[:30])
def test_no_prompt_names_a_tool_that_there_is_not(text: str) -> None:
    assert {name for name in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text) if named(name) is None} <= NO_TOOLS


# 9,900 characters were 2,960 tokens of the small model's tokenizer.
LONGEST_INSTRUCTIONS = 9_900


@pytest.mark.parametrize(("agents", "rules"), [(CLIENT, client_prompts.RULES), (AURORA, aurora_prompts.RULES)], ids=["client", "aurora"])
def test_functions_and_rules_stay_short(agents: list[Tool], rules: str, db: Database) -> None:
    specs = json.dumps([described(one.bind(db)) for one in agents], ensure_ascii=False)
    assert len(specs) + len(rules) <= LONGEST_INSTRUCTIONS


def test_the_offline_model_calls_no_tool_that_there_is_not() -> None:
    sources = [ast.parse(path.read_text("utf-8")) for path in Path(graphs.offline.__path__[0]).glob("*.py")]
    calls = [node for source in sources for node in ast.walk(source) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Call"]
    literal = {node.args[0].value for node in calls if node.args and isinstance(node.args[0], ast.Constant)}
    assert len(literal) >= 8
    assert {name for name in literal if named(str(name)) is None} == set()


def test_tools_are_plain_functions() -> None:
    assert all(inspect.iscoroutinefunction(one.function) for one in ALL)
