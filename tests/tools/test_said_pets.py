"""What is stored of a pet was told of that very pet, flatly; a name was given as one. The sentences are in kit/data/pets_said.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.kit import documents
from tests.kit.saying import heard, refusal, stands

LOT: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parents[1] / "kit/data/pets_said.yaml").read_text())
ON_RECORD = {"Rex": documents.pet("Rex"), "Mel": documents.pet("Mel", species="cat")}


def cases(kind: str) -> Any:
    """Return the cases of a kind, each under what is said in it."""
    return pytest.mark.parametrize("case", LOT[kind], ids=lambda case: f"{case['says']} {case.get('args') or case.get('new') or ''}")


def said(case: dict[str, Any], *on_record: str) -> Any:
    lines = [case["says"]] if isinstance(case["says"], str) else case["says"]
    return heard(*lines, pets=tuple(ON_RECORD[name] for name in case.get("pets", on_record)))


@cases("deaths")
def test_a_death_is_told_plainly_of_that_pet(case: dict[str, Any]) -> None:
    args = {"pet_name": case["pet"], "died": case.get("died", True)}
    if case["stands"] == "refused":
        assert refusal(said(case, "Rex", "Mel"), "update_pet", **args)
    else:
        assert stands(said(case, "Rex", "Mel"), "update_pet", **args).get("died") == (args["died"] if case["stands"] == "all" else None)


def test_whose_death_was_told_takes_the_place_of_another() -> None:
    told = heard("a Mel morreu ontem", pets=tuple(ON_RECORD.values()))
    assert stands(told, "update_pet", pet_name="Rex", died=True) == {"pet_name": "Mel", "died": True}


@cases("notes")
def test_a_note_is_what_was_said_of_that_pet(case: dict[str, Any]) -> None:
    assert (refusal(said(case, "Rex", "Mel"), "update_pet", pet_name="Rex", notes=case["notes"]) == "") is case["stands"]


def check(case: dict[str, Any], tool: str, *on_record: str) -> None:
    """Compare what stands with what a case says of it."""
    if case["stands"] == "refused":
        assert refusal(said(case, *on_record), tool, **case["args"])
    else:
        assert stands(said(case, *on_record), tool, **case["args"]) == (case["args"] if case["stands"] == "all" else case["stands"])


@cases("registered")
def test_a_new_pet_is_as_it_was_told(case: dict[str, Any]) -> None:
    check(case, "register_pet")


@cases("updated")
def test_a_pet_changes_as_it_was_told_of_it(case: dict[str, Any]) -> None:
    check(case, "update_pet", "Rex", "Mel")


@cases("renamed")
def test_a_pet_is_renamed_where_its_name_is_set_right(case: dict[str, Any]) -> None:
    assert (refusal(said(case, "Rex", "Mel"), "update_pet", pet_name="Rex", new_name=case["new"]) == "") is case["stands"]


@cases("own_names")
def test_the_customers_name_is_given_as_theirs(case: dict[str, Any]) -> None:
    assert (refusal(said(case, "Rex"), "update_my_data", name=case["name"]) == "") is case["stands"]
