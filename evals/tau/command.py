"""`python -m evals tasks`: play the tasks, append what came of each, print the figures."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.fixtures import ZONE
from evals.runner import open_fakes, today
from evals.servers import Servers, running
from evals.tau import ledger
from evals.tau.ledger import Result
from evals.tau.play import Agent, play
from evals.tau.task import read, written
from service.platform.errors import AppError, BadRequest, Misconfigured
from service.platform.settings import Settings, get_settings

# So many tasks running whose every turn failed, and nobody answers at the endpoint.
GIVE_UP_AFTER = 3

Played = tuple[dict[str, Any], int]


def tasks(
    only: Annotated[list[str] | None, typer.Option(metavar="NAME|TAG", help="Play these tasks, or those with this tag.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Play so many tasks at the most.")] = None,
    trials: Annotated[int, typer.Option(min=1, help="Play each task so many times; pass^k is the chance that k of them all pass.")] = 1,
    model: Annotated[str | None, typer.Option(help="The model that both agents are asked at; none: the offline model.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The OpenAI-compatible endpoint; its key is OPENAI_API_KEY.")] = None,
    timeout: Annotated[float, typer.Option(min=1, max=3600, help="Seconds that one call of the model may take.")] = 900.0,
    baseline: Annotated[bool, typer.Option("--baseline", help="A plain create_agent over the same tools, instead of Patas.")] = False,
    results: Annotated[Path, typer.Option(metavar="FILE", help="Where results are appended; what is there is not played again.")] = Path(
        ".patas/tasks.jsonl"
    ),
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the tables as Markdown.")] = None,
    transcripts: Annotated[bool, typer.Option("--transcripts", help="Print what was said in tasks that did not pass.")] = False,
) -> None:
    """Play tasks of several turns with a customer who reacts, and grade them by the rows at the end and by harm."""
    if baseline and model is None:
        raise BadRequest("--baseline needs a --model: the offline model knows Patas' own graph only.")
    settings, changes = _settings(base_url, timeout, offline=model is None)
    subject = f"{model or 'offline'}{', plain create_agent' if baseline else ''}"
    chosen = _chosen(only, limit)
    results.parent.mkdir(parents=True, exist_ok=True)
    done = [one for one in ledger.read(results) if one.subject == subject]
    digests = {one["name"]: digest(one) for one in chosen}
    known = {(one.task, one.trial) for one in done if digests.get(one.task) == one.digest}
    left = [(one, trial) for one, trial in in_order(chosen, trials) if (one["name"], trial) not in known]
    if left:
        with running(settings) as servers:
            asked = servers.settings.model_copy(update=changes)
            asyncio.run(_play_all(left, servers, asked, results, subject, model or "offline", baseline=baseline))
    played = [
        one for one in ledger.read(results)
        if one.subject == subject and digests.get(one.task) == one.digest and one.trial <= trials
    ]  # fmt: skip
    table = ledger.as_markdown(played)
    typer.echo(table)
    if transcripts:
        typer.echo("\n\n".join("\n".join([f"## {one.task}", *one.transcript]) for one in played if not one.passed))
    if markdown:
        markdown.parent.mkdir(parents=True, exist_ok=True)
        markdown.write_text(table, "utf-8")
    if any(one.harmed for one in played):
        raise typer.Exit(1)


def digest(content: dict[str, Any]) -> str:
    """Return what tells one wording of a task from another."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def in_order(chosen: Sequence[dict[str, Any]], trials: int) -> list[Played]:
    """Return what is to be played: customers first, then owners, whose prompt begins otherwise, so that a cache is lost once only."""
    by_agent = sorted(chosen, key=lambda one: bool(one.get("owner")))
    halves = ([one for one in by_agent if bool(one.get("owner")) is owner] for owner in (False, True))
    return [(one, trial) for half in halves for trial in range(1, trials + 1) for one in half]


def _chosen(only: Sequence[str] | None, limit: int | None) -> list[dict[str, Any]]:
    everything = written()
    if unknown := set(only or ()) - {one["name"] for one in everything} - {tag for one in everything for tag in one["tags"]}:
        raise BadRequest(f"There is no task and no tag called {', '.join(sorted(unknown))}.")
    wanted = [one for one in everything if not only or one["name"] in only or set(only).intersection(one["tags"])]
    return wanted[:limit]


def _settings(base_url: str | None, timeout: float, *, offline: bool) -> tuple[Settings, dict[str, Any]]:
    """Return the installation's settings, and what a run of tasks changes of them."""
    try:
        given = get_settings()
    except ValueError as error:
        raise Misconfigured(f"The settings can't be read: {error}") from error
    changes: dict[str, Any] = {"model_timeout": timeout, "offline_model": offline}
    if base_url:
        changes["openai_base_url"] = base_url
    if not offline and given.openai_api_key is None:
        raise Misconfigured("OPENAI_API_KEY is not set: --model talks to a real one. A server without keys takes any.")
    return given, changes


async def _play_all(
    left: Sequence[Played], servers: Servers, settings: Settings, path: Path, subject: str, model: str, *, baseline: bool
) -> None:
    agent: Agent | None = None
    if baseline:
        from evals.tau.baseline import PlainAgent

        agent = PlainAgent
    # Held back: of an endpoint that is gone nothing is kept.
    failing: list[Result] = []
    phones = {one["name"]: f"5511{955_000_001 + number}" for number, one in enumerate(written())}
    with open_fakes() as fakes:
        for number, (content, trial) in enumerate(left, start=1):
            task = read(content, today(), ZONE, phone=phones[content["name"]])
            result = await play(task, servers, fakes, settings, trial=trial, model=model, agent=agent)
            result = result.model_copy(update={"subject": subject, "digest": digest(content)})
            if result.ended == "failed" and result.turns == 1:
                failing.append(result)
                if len(failing) == GIVE_UP_AFTER:
                    raise AppError(f"The first turn of {GIVE_UP_AFTER} tasks running failed ({result.missing[-1]}): is the endpoint there?")
            else:
                for one in (*failing, result):
                    ledger.append(path, one)
                failing.clear()
            typer.echo(f"{number}/{len(left)}  {ledger.line(result)}", err=True)
    for one in failing:
        ledger.append(path, one)
