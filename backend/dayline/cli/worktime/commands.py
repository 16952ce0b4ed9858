"""The commands of `dayline worktime`."""

from pathlib import Path
from typing import Annotated

import typer

from dayline.cli.help import Command, group
from dayline.cli.speech import tell, tell_all

# Each command imports its modules when it runs, so that it doesn't wait for those of others.
# ruff: noqa: PLC0415

app = group("help.worktime")

CasesFile = Annotated[Path, typer.Argument(help="help.cases-file", metavar="help.name-json-file")]
Zone = Annotated[str, typer.Option(help="help.zone")]
Weekly = Annotated[str, typer.Option(help="help.weekly")]
Start = Annotated[str, typer.Option(help="help.start")]
Hours = Annotated[float, typer.Option(help="help.hours")]
Closed = Annotated[list[str] | None, typer.Option(help="help.closed")]
Overrides = Annotated[list[str] | None, typer.Option("--override", help="help.override")]


@app.command(cls=Command, help="help.check")
def check(file: CasesFile) -> None:
    """Compute every case of a file, and list those whose answer isn't the expected one.

    Programs read the output, so it's the same in every language.
    """
    from dayline.cli.worktime.cases import mismatch, read_cases

    cases = read_cases(file)
    failed = [found for case in cases if (found := mismatch(case))]
    for line in failed:
        tell(line)
    tell(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


@app.command(cls=Command, help="help.due")
def due(
    *,
    zone: Zone,
    weekly: Weekly,
    start: Start,
    hours: Hours,
    closed: Closed = None,
    override: Overrides = None,
) -> None:
    """Say when some hours of working time will have passed, and which were counted."""
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
    tell_all(answer(question))
