"""The command line: `dayline up`, and single commands for those who run the servers themselves."""

import asyncio
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from dayline.cli.help import Command, group
from dayline.cli.mistakes import mistake
from dayline.cli.speech import say, tell, tell_all
from dayline.cli.transfer import replaying
from dayline.cli.worktime import commands as worktime
from dayline.core.phrase import Phrase
from dayline.kernel.http.reasons import reason_of
from dayline.kernel.ops.fault import Fault, in_a_row
from dayline.kernel.ops.settings import Settings

# Each command imports its modules when it runs, so that it doesn't wait for those of others.
# ruff: noqa: PLC0415

app = group("help.dayline")
imports = group("help.import")
app.add_typer(imports, name="import")
app.add_typer(replaying.app, name="replay")
app.add_typer(worktime.app, name="worktime")

Host = Annotated[str | None, typer.Option(help="help.host")]
Port = Annotated[int | None, typer.Option(help="help.port")]
Descriptor = Annotated[int | None, typer.Option(hidden=True)]
"""A socket that listens already, from `dayline up`."""
Home = Annotated[Path | None, typer.Option(help="help.home", metavar="help.name-folder")]
Owner = Annotated[str | None, typer.Option(help="help.owner", metavar="help.name-email")]
BackupFile = Annotated[Path, typer.Argument(help="help.backup-file", metavar="help.name-file")]
RestoreFile = Annotated[Path, typer.Argument(help="help.restore-file", metavar="help.name-file")]
Slug = Annotated[str, typer.Option(help="help.slug")]
Seed = Annotated[int, typer.Option(help="help.seed")]
ExportFile = Annotated[Path, typer.Argument(help="help.slack-file", metavar="help.name-zip-file")]
Into = Annotated[str, typer.Option("--workspace", help="help.workspace")]
RecordFolder = Annotated[
    Path, typer.Argument(help="help.record-folder", metavar="help.name-folder")
]
IntoProject = Annotated[str, typer.Option("--project", help="help.project")]
ProposedBy = Annotated[str | None, typer.Option("--as", help="help.as", metavar="help.name-handle")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="help.dry-run")]
Email = Annotated[str, typer.Argument(help="help.email", metavar="help.name-email")]


@app.command(cls=Command, help="help.up")
def up(owner: Owner = None, host: Host = None, port: Port = None, home: Home = None) -> None:
    """Run everything: PostgreSQL, Valkey, the migrations, the server and the worker."""
    from dayline.local import supervisor

    settings = read_settings(host=host, port=port, home=home)
    supervisor.up(settings, owner and read_email(owner), tell)


@app.command(cls=Command, help="help.serve")
def serve(host: Host = None, port: Port = None, descriptor: Descriptor = None) -> None:
    """Run one server process on the PostgreSQL and the Valkey of the settings."""
    with without_collecting():
        from dayline import serve

    serve.run(with_servers(read_settings(host=host, port=port)), descriptor)


@app.command(cls=Command, help="help.worker")
def worker() -> None:
    """Run one worker process on the PostgreSQL and the Valkey of the settings."""
    with without_collecting():
        from dayline import worker

    worker.run(with_servers(read_settings()))


@app.command(cls=Command, help="help.migrate")
def migrate() -> None:
    """Bring the database to the state that this version needs."""
    from dayline.kernel.ops.migrate import upgrade
    from dayline.local.external import check_postgres

    settings = read_settings()
    if settings.owner_database_url is None:
        raise Fault(Phrase("commands.server-missing", variable="DAYLINE_DATABASE_URL"))
    own = settings.migrate_database_url is not None
    variable = "DAYLINE_MIGRATE_DATABASE_URL" if own else "DAYLINE_DATABASE_URL"
    check_postgres(settings.owner_database_url, variable)
    upgrade(settings)


@app.command(cls=Command, help="help.owner-link")
def owner_link(owner: Owner = None, home: Home = None) -> None:
    """Print the one-time link that makes the first owner."""
    from dayline.members import setup

    settings = of_operator(read_settings(home=home))
    link = asyncio.run(setup.owner_link(settings, owner and read_email(owner)))
    tell(link or Phrase("commands.owner-exists", url=settings.origin))


@app.command(cls=Command, help="help.reset-link")
def reset_link(email: Email, home: Home = None) -> None:
    """Print a one-time link that sets a new password for an account."""
    from dayline.members import setup

    settings = of_operator(read_settings(home=home))
    tell(asyncio.run(setup.reset_link(settings, read_email(email))))


@app.command(cls=Command, help="help.backup")
def backup(file: BackupFile, home: Home = None) -> None:
    """Write everything to a file in one snapshot, while Dayline runs."""
    from dayline.cli import backup

    settings = of_operator(read_settings(home=home))
    tell_all(backup.back_up(settings, owner_address(settings), file), err=str(file) == "-")


@app.command(cls=Command, help="help.restore")
def restore(file: RestoreFile, home: Home = None) -> None:
    """Replace everything with a backup. What was there is kept in a file beside it."""
    from dayline.cli import backup

    settings = of_operator(read_settings(home=home))
    tell_all(backup.restore_from(settings, owner_address(settings), file))


@imports.command(cls=Command, help="help.import-slack")
def slack(file: ExportFile, into: Into, dry_run: DryRun = False, home: Home = None) -> None:
    """Bring a Slack export into a workspace."""
    from dayline.cli.transfer.importing import bring_slack

    settings = of_operator(read_settings(home=home))
    tell_all(bring_slack(settings, file, into, dry_run=dry_run))


@imports.command(cls=Command, help="help.import-decisions")
def decisions(
    folder: RecordFolder,
    *,
    into: Into,
    project: IntoProject,
    proposed_by: ProposedBy = None,
    dry_run: DryRun = False,
    home: Home = None,
) -> None:
    """Bring a folder of decision records into a project."""
    from dayline.cli.transfer.records import bring_records

    settings = of_operator(read_settings(home=home))
    tell_all(
        bring_records(settings, folder, into, project=project, handle=proposed_by, dry_run=dry_run)
    )


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


@app.command(cls=Command, help="help.demo")
def demo(slug: Slug = "demo", seed: Seed = 1, home: Home = None) -> None:
    """Fill a new workspace with an invented team and its last three weeks."""
    from dayline.demo import filling
    from dayline.hooks import register_hooks
    from dayline.kernel.db.clock import DatabaseClock

    settings = of_operator(read_settings(home=home))
    register_hooks()
    try:
        filled = asyncio.run(
            filling.fill(
                settings, DatabaseClock(), slug=slug, seed=seed, played=_tell_each_quarter()
            )
        )
    except ValidationError as fault:
        reason = reason_of(fault.errors()[0])
        raise Fault(Phrase("commands.bad-value", name="--slug", reason=reason)) from None
    except filling.SlugTaken:
        raise Fault(Phrase("commands.demo-taken", slug=slug)) from None
    people = len(filled.people) + (filled.founder_email is not None)
    tell(Phrase("commands.demo-ready", people=people, projects=filled.projects))
    tell(Phrase("commands.demo-open", url=f"{settings.origin}/w/{slug}"))
    if filled.founder_email is not None:
        tell(Phrase("commands.demo-founder", email=filled.founder_email))
    tell(Phrase("commands.demo-others", password=filled.password))
    for name, email in filled.people.items():
        tell(f"  {email}  {name}")


def _tell_each_quarter() -> Callable[[int, int], None]:
    """Tells of progress at the beginning and at each quarter, beside what the command prints."""
    told = set[int]()

    def played(done: int, total: int) -> None:
        share = 100 * done // total // 25 * 25
        if share not in told:
            told.add(share)
            tell(Phrase("commands.demo-progress", share=share), err=True)

    return played


@app.command(cls=Command, help="help.openapi")
def openapi() -> None:
    """Print the OpenAPI document."""
    import json

    from dayline.app import create_app

    document = create_app(Settings(database_url="postgresql://none")).openapi()
    tell(json.dumps(document, indent=2, ensure_ascii=False))


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, overridden by those given. Raises Fault."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise Fault(in_a_row([_sentence(part) for part in error.errors()])) from None


def with_servers(settings: Settings) -> Settings:
    """The same settings. Raises Fault if the URL of PostgreSQL or Valkey is missing."""
    for name in ("database_url", "redis_url"):
        if getattr(settings, name) is None:
            variable = f"DAYLINE_{name.upper()}"
            raise Fault(Phrase("commands.server-missing", variable=variable))
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
        raise Fault(Phrase("commands.not-an-email", email=address)) from None


def _sentence(error: Any) -> Phrase:
    name = "_".join(str(part) for part in error["loc"]).upper()
    return Phrase("commands.bad-value", name=f"DAYLINE_{name}", reason=reason_of(error))


def main() -> None:
    """Run a command. A Fault is printed to stderr as one line, with exit code 2."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except typer.TyperException as error:
        _refuse(mistake(error))
    except Fault as fault:
        _refuse(fault.phrase)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)


def _refuse(phrase: Phrase) -> None:
    typer.echo(f"dayline: {say(phrase)}", err=True)
    sys.exit(2)
