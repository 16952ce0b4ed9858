"""The commands of `dayline worktime`."""

from pathlib import Path
from typing import Annotated

import typer

# Each command imports its modules when it runs, so that it doesn't wait for those of others.
# ruff: noqa: PLC0415

app = typer.Typer(help="Ask about working time.", rich_markup_mode=None)

CasesFile = Annotated[Path, typer.Argument(help="A JSON list of cases.", metavar="FILE.json")]
Zone = Annotated[str, typer.Option(help="The time zone, like Europe/Kyiv.")]
Weekly = Annotated[
    str,
    typer.Option(
        help="Hours of the week, like 'mon-thu 09:00-13:00 14:00-18:00, fri 09:00-15:00'."
    ),
]
Start = Annotated[
    str, typer.Option(help="From when, like 2026-05-22T17:30: in the zone, or with an offset.")
]
Hours = Annotated[float, typer.Option(help="How many hours of working time.")]
Closed = Annotated[
    list[str] | None,
    typer.Option(
        help="A day off, days (2026-07-20/2026-07-31) or hours "
        "(2026-05-22T15:00/2026-05-22T16:30). May be repeated."
    ),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--override",
        help="Other hours on a date, like '2026-05-23 10:00-14:00', or '2026-05-23 off'. "
        "May be repeated.",
    ),
]


@app.command()
def check(file: CasesFile) -> None:
    """Compute every case of a file; list those whose answer is not the expected one."""
    from dayline.cli.worktime.cases import mismatch, read_cases

    cases = read_cases(file)
    failed = [found for case in cases if (found := mismatch(case))]
    for line in failed:
        typer.echo(line)
    typer.echo(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


@app.command()
def due(
    *,
    zone: Zone,
    weekly: Weekly,
    start: Start,
    hours: Hours,
    closed: Closed = None,
    override: Overrides = None,
) -> None:
    """Say when so many hours of working time will have passed, and which were counted."""
    from dayline.cli.worktime.answering import answer
    from dayline.cli.worktime.asking import read_question

    question = read_question(
        zone=zone,
        weekly=weekly,
        start=start,
        hours=hours,
        closed=closed or [],
        overrides=override or [],
    )
    for line in answer(question):
        typer.echo(line)
