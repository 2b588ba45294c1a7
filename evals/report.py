"""A run's outcomes as text, JUnit XML and Markdown."""

from collections.abc import Sequence
from textwrap import indent
from xml.etree import ElementTree

from evals.graders import Check, Subject
from evals.runner import Outcome

COLUMNS: dict[str, tuple[Subject, ...]] = {
    "state": ("state", "sends"),
    "calls": ("calls",),
    "replies": ("replies",),
    "script": ("script", "request"),
}


def share(outcome: Outcome, subjects: Sequence[Subject]) -> tuple[int, int]:
    """How many checks on these subjects passed, and how many there were."""
    about = [check for check in outcome.checks if check.subject in subjects]
    return sum(check.passed for check in about), len(about)


def summary(outcomes: Sequence[Outcome]) -> str:
    passed = sum(outcome.passed for outcome in outcomes)
    return f"{passed} of {len(outcomes)} dialogues passed in {sum(outcome.seconds for outcome in outcomes):.1f} s"


def line(outcome: Outcome) -> list[str]:
    """Format a dialogue as the cells of a table; a dash where there was nothing to check."""
    shares = [share(outcome, subjects) for subjects in COLUMNS.values()]
    cells = ["–" if not total else f"{passed}/{total}" for passed, total in shares]
    return ["pass" if outcome.passed else "FAIL", outcome.name, *cells, f"{outcome.seconds * 1000:.0f} ms"]


HEAD = ["", "dialogue", *COLUMNS, "time"]


def as_text(outcomes: Sequence[Outcome]) -> str:
    """Format the table of passes, what failed and what was said there, and the sum."""
    table = [HEAD, *map(line, outcomes)]
    widths = [max(len(row[i]) for row in table) for i in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    for outcome in outcomes:
        if not outcome.passed:
            lines += ["", f"{outcome.name}: {outcome.about}", *(indent(_said(check), "  ") for check in outcome.failures)]
            lines += [indent(said, "    ") for said in outcome.transcript]
    return "\n".join([*lines, "", summary(outcomes) + "."])


def as_markdown(outcomes: Sequence[Outcome]) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in (["result", *HEAD[1:]], ["---"] * len(HEAD), *map(line, outcomes))]
    failed = [f"- **{o.name}** {_cell(_said(check))}" for o in outcomes for check in o.failures]
    return "\n".join(["# Evals", "", summary(outcomes) + ".", "", *rows, *(["", "## Failures", "", *failed] if failed else [])]) + "\n"


def as_junit(outcomes: Sequence[Outcome]) -> str:
    """One suite with a case for each dialogue."""
    failed, seconds = sum(not o.passed for o in outcomes), sum(o.seconds for o in outcomes)
    totals = {"tests": str(len(outcomes)), "failures": str(failed), "errors": "0", "time": f"{seconds:.3f}"}
    root = ElementTree.Element("testsuites", totals)
    suite = ElementTree.SubElement(root, "testsuite", {"name": "evals", **totals})
    for outcome in outcomes:
        case = ElementTree.SubElement(suite, "testcase", {"classname": "evals", "name": outcome.name, "time": f"{outcome.seconds:.3f}"})
        if not outcome.passed:
            failure = ElementTree.SubElement(case, "failure", {"message": _xml(_said(outcome.failures[0]))})
            failure.text = _xml("\n".join(map(_said, outcome.failures)))
        ElementTree.SubElement(case, "system-out").text = _xml("\n".join(outcome.transcript))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _said(check: Check) -> str:
    return f"{check.where}, {check.subject}: {check.detail}"


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")


def _xml(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")
