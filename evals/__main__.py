"""`python -m evals`: play the dialogues, print the table; exit code 0 when all passed, 1 where one failed, 2 on bad use."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

from evals import dialogue as dialogues
from evals import langsmith, report
from evals.fixtures import ZONE
from evals.runner import Outcome, open_fakes, play, today
from evals.servers import Servers, running
from evals.tau.command import tasks
from service.platform.errors import AppError, BadRequest, Misconfigured
from service.platform.settings import Settings, get_settings

app = typer.Typer(name="python -m evals", add_completion=False, pretty_exceptions_enable=False)


app.command("tasks")(tasks)


@app.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    only: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Play only this dialogue; may be given several times.")] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Ask the model at OPENAI_BASE_URL with OPENAI_API_KEY instead of the scripted one.")
    ] = False,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, writable=True, help="Write the report as JUnit XML.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, writable=True, help="Write the report as Markdown.")
    ] = None,
    list_only: Annotated[bool, typer.Option("--list", help="List the dialogues and play none.")] = False,
    folder: Annotated[
        Path, typer.Option(metavar="DIR", show_default="evals/dialogues", help="Where the dialogues are.")
    ] = dialogues.FOLDER,
) -> None:
    """Play dialogues with both agents and grade what became of them: database rows and tool calls first, then replies.

    The model is scripted unless --live is given; Postgres and Redis are real: DATABASE_URL and REDIS_URL, or embedded ones.
    With LANGSMITH_API_KEY set, the run is traced and becomes an experiment in LangSmith, unless LANGSMITH_TRACING says no.
    `tasks` plays another kind: tasks of several turns with a customer who reacts.
    """
    if context.invoked_subcommand:
        return
    chosen = [dialogues.load(name, today(), ZONE, folder) for name in (only or dialogues.names(folder))]
    if not chosen:
        raise BadRequest(f"There are no dialogues in {folder}.")
    if list_only:
        width = max(len(one.name) for one in chosen)
        typer.echo("\n".join(f"{one.name.ljust(width)}  {one.about}" for one in chosen))
        return
    for file in filter(None, (junit, markdown)):
        if not file.absolute().parent.is_dir():
            raise BadRequest(f"{file} can't be written: its folder does not exist.")
    settings = _settings()
    if live and settings.openai_api_key is None:
        raise Misconfigured("OPENAI_API_KEY is not set: --live talks to a real model.")
    traced = langsmith.is_wanted(settings)
    with running(settings, traced=traced) as servers:
        outcomes = asyncio.run(_play_all([one.name for one in chosen], folder, servers, live=live))
    typer.echo(report.as_text(outcomes))
    if junit:
        junit.write_text(report.as_junit(outcomes), "utf-8")
    if markdown:
        markdown.write_text(report.as_markdown(outcomes), "utf-8")
    if traced:
        typer.echo(f"Recorded in LangSmith as {langsmith.record(settings, outcomes, live=live)}.")
    if not all(outcome.passed for outcome in outcomes):
        raise typer.Exit(1)


async def _play_all(names: Sequence[str], folder: Path, servers: Servers, *, live: bool) -> list[Outcome]:
    """Each dialogue's days are those of the moment it begins, for a run may outlast the day. A live run is slow: it tells how far it is."""
    outcomes = []
    with open_fakes() as fakes:
        for name in names:
            outcomes.append(await play(dialogues.load(name, today(), ZONE, folder), servers, fakes, live=live))
            if live:
                typer.echo("  ".join(report.line(outcomes[-1])), err=True)
    return outcomes


def _settings() -> Settings:
    try:
        return get_settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise Misconfigured(f"{str(first['loc'][0]).upper()}: {first['msg']}.") from error


def main() -> None:
    try:
        sys.exit(app(standalone_mode=False))
    except typer.Abort:
        sys.exit(130)
    except (AppError, TyperException) as error:
        typer.echo(error.format_message() if isinstance(error, TyperException) else str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
