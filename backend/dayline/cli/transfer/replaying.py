"""`dayline replay`: a past judged by an agreement, without a database."""

from pathlib import Path
from typing import Annotated

import typer

from dayline.cli.help import Command, group
from dayline.cli.speech import language, tell

# Each command imports its modules when it runs, so that it doesn't wait for those of others.
# ruff: noqa: PLC0415

app = group("help.replay")

ExportFile = Annotated[Path, typer.Argument(help="help.slack-file", metavar="help.name-zip-file")]
AgreementFile = Annotated[
    Path | None, typer.Option(help="help.agreement", metavar="help.name-markdown-file")
]
Zone = Annotated[str, typer.Option(help="help.replay-zone")]
Json = Annotated[bool, typer.Option("--json", help="help.json")]


@app.command(cls=Command, help="help.replay-slack")
def slack(
    file: ExportFile, agreement: AgreementFile = None, zone: Zone = "UTC", as_json: Json = False
) -> None:
    """Replay a Slack export through the agreement."""
    from dayline.cli.transfer.asking import read_allowances, read_report

    report = read_report(file, read_allowances(agreement), zone)
    if as_json:
        import json

        from dayline.transfer.report import as_json as to_json

        tell(json.dumps(to_json(report), indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    from dayline.transfer.tables import as_tables

    Console(highlight=False).print(*as_tables(report, language()), sep="\n")
