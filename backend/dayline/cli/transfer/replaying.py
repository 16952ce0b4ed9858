"""`dayline replay`: a past judged by an agreement, without a database."""

from pathlib import Path
from typing import Annotated

import typer

# Each command imports its modules when it runs, so that it doesn't wait for those of others.
# ruff: noqa: PLC0415

app = typer.Typer(
    help="See what a response-time agreement would have made of your past. Needs no database.",
    rich_markup_mode=None,
)

ExportFile = Annotated[
    Path, typer.Argument(help="The export that Slack made.", metavar="FILE.zip", show_default=False)
]
AgreementFile = Annotated[
    Path | None,
    typer.Option(
        help="The agreement, as Dayline exports it: Markdown with the table of response windows. "
        "Kinds that it does not name, and all without it, have the windows of a new workspace.",
        metavar="FILE.md",
        show_default=False,
    ),
]
Zone = Annotated[
    str,
    typer.Option(help="The time zone of the months, and of people of whom no other is known."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")]


@app.callback()
def replay() -> None:
    """See what a response-time agreement would have made of your past. Needs no database."""


@app.command()
def slack(
    file: ExportFile, agreement: AgreementFile = None, zone: Zone = "UTC", as_json: Json = False
) -> None:
    """Replay a Slack export through the agreement.

    An ask is a message that mentions somebody other than its author; several mentions are several
    asks. Mentions in code, of bots, of guests and in messages of bots ask nobody. Its answer is
    their first later message in the same thread; without a thread, in what its channel holds
    outside of threads.

    Windows count working time of whoever is asked. Kept: the answer came within the window. Late:
    it came, but after. Never: none came. Open: none had come when the export ended before the
    window did; open asks count in no share. Median and p90 are over the answers that came.
    Questions are the asks with a question mark: who is named may just be thanked.

    Working hours: Monday to Friday, 09:00 to 17:00, in the zone that the export has of somebody.
    Of whom it has none, they are inferred from when they wrote, where there are 30 messages or
    more, else they are in the zone of --zone.

    A call would have been suggested in a topic that came to three turns, the ask being the first,
    while an ask was open or had been answered by a question.
    """
    from dayline.cli.transfer.asking import read_allowances, read_report

    report = read_report(file, read_allowances(agreement), zone)
    if as_json:
        import json

        from dayline.transfer.report import as_json as to_json

        typer.echo(json.dumps(to_json(report), indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    from dayline.transfer.tables import as_tables

    Console(highlight=False).print(*as_tables(report), sep="\n")
