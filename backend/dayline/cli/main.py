"""The command line: `dayline up`, and single commands for those who run the servers themselves."""

import asyncio
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from dayline.cli.transfer import replaying
from dayline.cli.worktime import commands as worktime
from dayline.kernel.http.reasons import reason_of
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text.catalogs import render
from dayline.local.fault import Fault

# Each command imports its modules when it runs, so that it doesn't wait for those of others.
# ruff: noqa: PLC0415

app = typer.Typer(
    help="A self-hosted server for distributed teams. Settings are DAYLINE_… variables.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
imports = typer.Typer(help="Bring a team's past into a workspace.", rich_markup_mode=None)
app.add_typer(imports, name="import")
app.add_typer(replaying.app, name="replay")
app.add_typer(worktime.app, name="worktime")

Host = Annotated[str | None, typer.Option(help="Address to bind (DAYLINE_HOST).")]
Port = Annotated[int | None, typer.Option(help="Port to bind (DAYLINE_PORT).")]
Descriptor = Annotated[
    int | None, typer.Option(hidden=True, help="A socket that listens already, from `dayline up`.")
]
Home = Annotated[Path | None, typer.Option(help="Data folder (DAYLINE_HOME).")]
Owner = Annotated[
    str | None, typer.Option(help="Only this e-mail address may become the first owner.")
]
BackupFile = Annotated[Path, typer.Argument(help="A new file, or - for standard output.")]
RestoreFile = Annotated[Path, typer.Argument(help="The backup.")]
Slug = Annotated[str, typer.Option(help="The short name of the workspace to make.")]
Seed = Annotated[int, typer.Option(help="The same seed on the same day tells the same story.")]
ExportFile = Annotated[
    Path, typer.Argument(help="The export that Slack made.", metavar="FILE.zip", show_default=False)
]
Into = Annotated[
    str,
    typer.Option("--workspace", help="The short name of the workspace that it is brought into."),
]
RecordFolder = Annotated[
    Path,
    typer.Argument(
        help="The folder of records; those below it count, too.",
        metavar="FOLDER",
        show_default=False,
    ),
]
IntoProject = Annotated[str, typer.Option("--project", help="The key of their project.")]
ProposedBy = Annotated[
    str | None,
    typer.Option(
        "--as", help="The handle of the member who proposes them; else the owner.", metavar="HANDLE"
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, and take it back.")]
Email = Annotated[str, typer.Argument(help="The e-mail address of the account.")]


@app.command()
def up(owner: Owner = None, host: Host = None, port: Port = None, home: Home = None) -> None:
    """Run everything: PostgreSQL, Valkey, the migrations, the server and the worker."""
    from dayline.local import supervisor

    settings = read_settings(host=host, port=port, home=home)
    supervisor.up(settings, owner and read_email(owner), typer.echo)


@app.command()
def serve(host: Host = None, port: Port = None, descriptor: Descriptor = None) -> None:
    """Run one server process on the PostgreSQL and the Valkey of the settings."""
    with without_collecting():
        from dayline import serve

    serve.run(with_servers(read_settings(host=host, port=port)), descriptor)


@app.command()
def worker() -> None:
    """Run one worker process on the PostgreSQL and the Valkey of the settings."""
    with without_collecting():
        from dayline import worker

    worker.run(with_servers(read_settings()))


@app.command()
def migrate() -> None:
    """Bring the database to the state that this version needs."""
    from dayline.kernel.ops.migrate import upgrade
    from dayline.local.external import check_postgres

    settings = read_settings()
    if settings.owner_database_url is None:
        raise Fault(_MISSING.format("DAYLINE_DATABASE_URL"))
    own = settings.migrate_database_url is not None
    variable = "DAYLINE_MIGRATE_DATABASE_URL" if own else "DAYLINE_DATABASE_URL"
    check_postgres(settings.owner_database_url, variable)
    upgrade(settings)


@app.command()
def owner_link(owner: Owner = None, home: Home = None) -> None:
    """Print the one-time link that makes the first owner."""
    from dayline.members import setup

    settings = of_operator(read_settings(home=home))
    link = asyncio.run(setup.owner_link(settings, owner and read_email(owner)))
    typer.echo(link or f"There is an owner already; sign in at {settings.origin}")


@app.command()
def reset_link(email: Email, home: Home = None) -> None:
    """Print a one-time link that sets a new password for an account."""
    from dayline.members import setup

    settings = of_operator(read_settings(home=home))
    try:
        typer.echo(asyncio.run(setup.reset_link(settings, read_email(email))))
    except setup.NoSuchAccount as error:
        raise Fault(str(error)) from None


@app.command()
def backup(file: BackupFile, home: Home = None) -> None:
    """Write everything to a file in one snapshot, while Dayline runs; `-` is standard output.

    The key that encrypts Slack webhooks isn't in it: keep that apart from the backups.
    """
    from dayline.cli import backup

    settings = of_operator(read_settings(home=home))
    for line in backup.back_up(settings, owner_address(settings), file):
        typer.echo(line, err=str(file) == "-")


@app.command()
def restore(file: RestoreFile, home: Home = None) -> None:
    """Replace everything by what a backup holds. What was there is kept in a file beside it."""
    from dayline.cli import backup

    settings = of_operator(read_settings(home=home))
    for line in backup.restore_from(settings, owner_address(settings), file):
        typer.echo(line)


@imports.callback()
def bring() -> None:
    """Bring a team's past into a workspace."""


@imports.command()
def slack(file: ExportFile, into: Into, dry_run: DryRun = False, home: Home = None) -> None:
    """Bring what a Slack export holds into a workspace, while Dayline runs.

    People become members who have not joined yet; invite them from the list of members. Public
    channels become projects, threads topics; what is private becomes direct conversations of those
    who were in it. A message that mentions somebody asks them, and their next message in its topic
    answers. Nobody is notified, and the past breaches nobody now.

    All of it is brought, or nothing. Running it again brings what is new in a later export.
    """
    from dayline.cli.transfer.importing import bring_slack

    settings = of_operator(read_settings(home=home))
    for line in bring_slack(settings, file, into, dry_run=dry_run):
        typer.echo(line)


@imports.command()
def decisions(
    folder: RecordFolder,
    *,
    into: Into,
    project: IntoProject,
    proposed_by: ProposedBy = None,
    dry_run: DryRun = False,
    home: Home = None,
) -> None:
    """Bring a folder of decision records (MADR, or Michael Nygard's form) into a project.

    What was decided, rejected or superseded becomes a record with its day; what is proposed becomes
    a draft. Links that supersede or amend are kept, and so is every part that has no place here.
    What is odd is told file by file; a template and a file without title are refused, and the rest
    is imported. Nobody is notified.

    All that can be read is brought, or nothing. Running it again brings the files that are new.
    """
    from dayline.cli.transfer.records import bring_records

    settings = of_operator(read_settings(home=home))
    for line in bring_records(
        settings, folder, into, project=project, handle=proposed_by, dry_run=dry_run
    ):
        typer.echo(line)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Disable garbage collection within the block, where modules are imported.

    Imports create no garbage, and collecting makes a server start 0.5 s later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def owner_address(settings: Settings) -> str:
    """The URL of the database for the role that owns the tables."""
    return settings.owner_database_url or ""


@app.command()
def demo(slug: Slug = "demo", seed: Seed = 1, home: Home = None) -> None:
    """Fill a new workspace with an invented team and its last three weeks."""
    from dayline.demo import filling
    from dayline.hooks import register_hooks
    from dayline.kernel.db.clock import DatabaseClock

    settings = of_operator(read_settings(home=home))
    register_hooks()
    try:
        filled = asyncio.run(filling.fill(settings, DatabaseClock(), slug=slug, seed=seed))
    except ValidationError as fault:
        raise Fault(f"--slug: {render(reason_of(fault.errors()[0]))}") from None
    except filling.SlugTaken:
        raise Fault(
            f"The workspace {slug} already exists. Choose another name with --slug."
        ) from None
    typer.echo(f"Demo ready at {settings.origin}/w/{slug}.")
    if filled.founder_email is not None:
        typer.echo(f"Sign in as {filled.founder_email}. You're the team lead.")
    typer.echo(f"Or sign in as one of these people, with the password {filled.password}")
    for name, email in filled.people.items():
        typer.echo(f"  {email}  {name}")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    import json

    from dayline.app import create_app

    document = create_app(Settings(database_url="postgresql://none")).openapi()
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))


_MISSING = "{} is not set; `dayline up` starts servers of its own, the other commands need them."


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, overridden by those given. Raises Fault."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise Fault(" ".join(_sentence(part) for part in error.errors())) from None


def with_servers(settings: Settings) -> Settings:
    """The same settings. Raises Fault if the URL of PostgreSQL or Valkey is missing."""
    for name in ("database_url", "redis_url"):
        if getattr(settings, name) is None:
            raise Fault(_MISSING.format(f"DAYLINE_{name.upper()}"))
    return settings


def of_operator(settings: Settings) -> Settings:
    """The settings of the installation that runs here, after its PostgreSQL answered. Raises Fault.

    Logs go to standard error, since standard output belongs to the command.
    """
    from dayline.kernel.ops import logging
    from dayline.local.external import check_postgres
    from dayline.local.running import of_running

    logging.configure("warning")
    found = of_running(settings)
    check_postgres(found.database_url or "", "DAYLINE_DATABASE_URL")
    return found


def read_email(address: str) -> str:
    """The address in the form in which it is stored. Raises Fault if it is not valid."""
    from dayline.identity.addresses import read_address

    try:
        return read_address(address)
    except ValueError:
        raise Fault(f"{address} isn't an email.") from None


def _sentence(error: Any) -> str:
    name = "_".join(str(part) for part in error["loc"]).upper()
    return f"DAYLINE_{name}: {render(reason_of(error))}"


def _said(error: typer.TyperException) -> str:
    """The message for a wrong command line, with the option's name."""
    text = error.format_message()
    return text if text.endswith(".") else f"{text}."


def main() -> None:
    """Run a command. A Fault is printed to stderr as one sentence, with exit code 2."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except typer.TyperException as error:
        _refuse(_said(error))
    except Fault as fault:
        _refuse(str(fault))
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)


def _refuse(sentence: str) -> None:
    typer.echo(f"dayline: {sentence}", err=True)
    sys.exit(2)
