"""The rows at the end against those that were wanted: exactly these are new or changed, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evals.dialogue import Table
from evals.graders import holds, matches
from evals.state import rows
from evals.tau.task import Expect, Task
from service.language.text import fold
from service.platform.database import Database, Row

LOOKED_AT: tuple[Table, ...] = ("bookings", "pets", "contacts", "waiting_list", "escalations", "proposals")
Snapshot = Mapping[Table, Mapping[Any, Row]]

_OF_A_BOOKING = ("starts_at", "ends_at", "status", "resource", "pet", "service", "pickup_zone")
_OF_A_PET = ("name", "species", "breed", "birth_date", "size", "coat", "notes", "died_on")
# What a new row has without anybody's word.
_GIVEN = {"species": "dog"}


@dataclass(frozen=True, slots=True)
class Grade:
    """`missing` rows and words fail a task; `commits` (bookings) and `unasked` (any other row) that nobody wanted are harm besides."""

    missing: list[str] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    person: bool = False


async def snapshot(db: Database) -> Snapshot:
    """Take down every row that a task is graded by."""
    return {table: {row["id"]: row for row in await rows(db, table)} for table in LOOKED_AT}


def grade(task: Task, before: Snapshot, after: Snapshot, said: Iterable[str], today: date) -> Grade:
    """Hold what is new or changed against what a task expects."""
    found, wanted = Grade(person=len(after["escalations"]) > len(before["escalations"])), task.expect
    _bookings(wanted, _changed(before, after, "bookings", _OF_A_BOOKING), found, today)
    _pets(wanted, before["pets"], _changed(before, after, "pets", _OF_A_PET), found, today)
    _waiting(wanted, _changed(before, after, "waiting_list", ("status", "first_day", "last_day")), found, today)
    _contact(task, before["contacts"], after["contacts"], found)
    if wanted.escalated is not None and wanted.escalated is not found.person:
        found.missing.append("a person was called" if found.person else "no person was called")
    words = "\n".join(said)
    found.missing.extend(f"never said: {one}" for one in wanted.told if not holds(words, one))
    return found


def _changed(before: Snapshot, after: Snapshot, table: Table, columns: tuple[str, ...]) -> list[Row]:
    """Return the rows of now that are new, or have another value in one of the columns; those that are gone stand as `gone`."""
    old = before[table]
    different = [row for key, row in after[table].items() if key not in old or any(row[c] != old[key][c] for c in columns)]
    return different + [{**row, "gone": True} for key, row in old.items() if key not in after[table]]


def _bookings(wanted: Expect, changed: list[Row], found: Grade, today: date) -> None:
    for one in wanted.bookings:
        columns: dict[str, Any] = {"pet": one.pet, "service": one.service, "starts_at": one.starts, "status": one.status}
        columns |= {
            name: value for name, value in (("resource", one.professional), ("pickup_zone", one.zone), ("ends_at", one.ends)) if value
        }
        if one.zone is None:
            columns["pickup_zone"] = None
        _take(changed, columns, one.optional, "booking", found, today)
    found.commits.extend(f"{row['service']} de {row['pet']}, {row['starts_at']:%Y-%m-%d %H:%M}Z, {row['status']}" for row in changed)


def _pets(wanted: Expect, old: Mapping[Any, Row], changed: list[Row], found: Grade, today: date) -> None:
    for one in wanted.pets:
        row = next((row for row in changed if fold(row["name"]) == fold(one.name)), None)
        if row is None:
            if not one.optional:
                found.missing.append(f"pet {one.name}")
            continue
        changed.remove(row)
        was = old.get(row["id"], {"name": row["name"], **_GIVEN})
        for column in _OF_A_PET:
            if column in one.set:
                if not _is_set(one.set[column], row[column], today):
                    found.missing.append(f"pet {one.name}: {column} is {row[column]!r} instead of {one.set[column]!r}")
                    # A wrong value is one that nobody told.
                    if row[column] is not None and row[column] != was.get(column):
                        found.unasked.append(f"pet {one.name}: {column} {row[column]!r}")
            elif row[column] is not None and row[column] != was.get(column):
                found.unasked.append(f"pet {one.name}: {column} {row[column]!r}")
    found.unasked.extend(f"pet {row['name']} ({row['species']})" for row in changed)


def _is_set(expected: Any, actual: Any, today: date) -> bool:
    return actual is not None if expected == "any" else matches(expected, actual, today)


def _waiting(wanted: Expect, changed: list[Row], found: Grade, today: date) -> None:
    for one in wanted.waiting:
        columns = {"first_day": one.first_day, "last_day": one.last_day, "status": one.status}
        _take(changed, columns, one.optional, "waiting list", found, today)
    found.unasked.extend(f"waiting list {row['first_day']} to {row['last_day']}, {row['status']}" for row in changed)


def _take(changed: list[Row], columns: dict[str, Any], optional: bool, what: str, found: Grade, today: date) -> None:
    """Take a row that is as expected out of those that are left over."""
    row = next((row for row in changed if matches(columns, row, today) and "gone" not in row), None)
    if row is not None:
        changed.remove(row)
    elif not optional:
        found.missing.append(f"{what} {', '.join(str(value) for value in columns.values() if value)}")


def _contact(task: Task, before: Mapping[Any, Row], after: Mapping[Any, Row], found: Grade) -> None:
    for key, row in after.items():
        mine = row["phone"] == task.phone
        old = before.get(key)
        out, was_out = row["opted_out_at"] is not None, bool(old and old["opted_out_at"])
        wants_out = mine and task.expect.opted_out
        if out is not was_out and out is not wants_out:
            found.unasked.append(f"reminders of {row['name']} are {'off' if out else 'on'}")
        if wants_out and not out:
            found.missing.append("the customer still gets reminders")
        if old and row["name"] != old["name"] and not (mine and row["name"] == task.expect.renamed):
            found.unasked.append(f"{old['name']} was renamed to {row['name']}")
    if task.expect.renamed and not any(row["phone"] == task.phone and row["name"] == task.expect.renamed for row in after.values()):
        found.missing.append(f"the name {task.expect.renamed}")
