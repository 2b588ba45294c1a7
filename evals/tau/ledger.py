"""Results as JSON lines, so that an interrupted run goes on where it was, and the figures that are drawn from them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import comb
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from service.platform.errors import Misconfigured


class Result(BaseModel):
    """What came of playing a task once. `subject` is what was measured, `digest` the task as it was written then."""

    model_config = ConfigDict(frozen=True)

    subject: str = ""
    digest: str = ""
    task: str
    tags: list[str]
    trial: int
    ended: str
    turns: int
    missing: list[str]
    commits: list[str]
    unasked: list[str]
    false: list[str]
    person: bool
    calls: int
    prompt: int
    cached: int
    completion: int
    cost: float | None
    seconds: float
    transcript: list[str] = []

    @property
    def harmed(self) -> bool:
        return bool(self.commits or self.unasked or self.false)

    @property
    def passed(self) -> bool:
        return not (self.harmed or self.missing)


def read(path: Path) -> list[Result]:
    """Return what a file holds; a last line that was cut off by an interruption is passed over. Raises Misconfigured for any other."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    results: list[Result] = []
    for number, line in enumerate(lines, start=1):
        try:
            results.append(Result.model_validate_json(line))
        except ValidationError as error:
            if number < len(lines):
                raise Misconfigured(f"{path}: line {number} is no result of a task.") from error
    return results


def append(path: Path, result: Result) -> None:
    """Add a result, in the place of what an interruption left of the line before."""
    with path.open("ab+") as file:
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)
        file.write(result.model_dump_json().encode() + b"\n")


def pass_hat(results: Iterable[Result], k: int) -> float | None:
    """Return the chance that k trials of a task all pass, over the tasks that were tried k times or more; None where none was."""
    tried = [list(of) for of in by(results, lambda result: [result.task]).values()]
    shares = [comb(sum(r.passed for r in of), k) / comb(len(of), k) for of in tried if len(of) >= k]
    return sum(shares) / len(shares) if shares else None


def by(results: Iterable[Result], keys: Callable[[Result], Sequence[str]]) -> Mapping[str, list[Result]]:
    """Group results by each of their keys, in the order of the first of each."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        for key in keys(result):
            groups.setdefault(key, []).append(result)
    return groups


HEAD = (
    "tasks", "played", "pass^1", "pass^k", "harmed", "wrong commits", "unasked rows", "false statements", "a person called", "turns",
    "prompt tokens", "cached", "answer tokens", "US$ a task", "s a task",
)  # fmt: skip


def row(results: Sequence[Result]) -> list[str]:
    """Return the figures of some results as the cells of a table."""
    tasks, count = len({r.task for r in results}), len(results)
    trials = min(len(of) for of in by(results, lambda r: [r.task]).values())
    prompt = sum(r.prompt for r in results)
    costs = [r.cost for r in results if r.cost is not None]
    hat = pass_hat(results, trials)
    return [
        str(tasks), str(count), _percent(pass_hat(results, 1)), f"{_percent(hat)} (k={trials})",
        f"{sum(r.harmed for r in results)} ({_percent(sum(r.harmed for r in results) / count)})",
        str(sum(len(r.commits) for r in results)), str(sum(len(r.unasked) for r in results)), str(sum(len(r.false) for r in results)),
        str(sum(r.person for r in results)), f"{sum(r.turns for r in results) / count:.1f}", f"{prompt / count:,.0f}",
        _percent(sum(r.cached for r in results) / prompt if prompt else 0.0), f"{sum(r.completion for r in results) / count:,.0f}",
        f"{sum(costs) / len(costs):.5f}" if costs else "–", f"{sum(r.seconds for r in results) / count:.1f}",
    ]  # fmt: skip


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"


def as_markdown(results: Sequence[Result]) -> str:
    """Return the table of figures, whole and by tag, one subject after the other, and what did not pass."""
    parts = []
    for subject, of in by(results, lambda r: [r.subject]).items():
        lines = [["what", *HEAD], ["---"] * (len(HEAD) + 1), ["all", *row(of)]]
        lines += [[tag, *row(tagged)] for tag, tagged in sorted(by(of, lambda r: r.tags).items())]
        failed = [f"- **{r.task}** (trial {r.trial}, {r.ended}): {_why(r)}" for r in of if not r.passed]
        table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        parts.append("\n".join([f"## {subject}", "", table, *(["", "### Not passed", "", *failed] if failed else [])]))
    return "\n\n".join(parts) + "\n"


def _why(result: Result) -> str:
    named = (("wrong commit", result.commits), ("unasked", result.unasked), ("false", result.false), ("missing", result.missing))
    return "; ".join(f"{name}: {what}" for name, found in named for what in found).replace("\n", " ").replace("|", "\\|")


def line(result: Result) -> str:
    """Return a result in one line."""
    said = "pass" if result.passed else "HARM" if result.harmed else "fail"
    return f"{said}  {result.task} ({result.turns} turns, {result.seconds:.1f} s){'' if result.passed else ': ' + _why(result)}"
