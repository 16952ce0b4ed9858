"""The table of event kinds in docs/feed.md; run as a module, it writes the table anew."""

import re
from pathlib import Path

from dayline.app import create_app
from dayline.kernel.db.events import Event
from dayline.kernel.ops.settings import Settings
from dayline.transfer import events as told_by_command

BESIDE_THE_APP = (told_by_command,)
FILE = Path(__file__).parents[2] / "docs" / "feed.md"
_BLOCK = re.compile(r"(?<=<!-- kinds: ).*?(?=<!-- /kinds -->)", re.DOTALL)
_HOW = "written by `python -m tests.feed.kinds` -->\n"


def declared() -> dict[str, type[Event]]:
    """Every kind that a room declares, in order."""
    kinds = {
        kind: event for kind, event in Event.all_kinds().items() if event.__module__[:5] != "tests"
    }
    return dict(sorted(kinds.items()))


def table() -> str:
    """A row for each declared kind: what happened, and the fields of its data."""
    rows = ["| kind | what happened | data |", "|---|---|---|"]
    for kind, event in declared().items():
        said = (event.__doc__ or "").strip().splitlines()[0]
        fields = ", ".join(f"`{name}`" for name in event.model_fields)
        rows.append(f"| `{kind}` | {said} | {fields} |")
    return "\n".join(rows) + "\n"


def fresh(text: str) -> str:
    """The document with the table as it should be."""
    return _BLOCK.sub(lambda _: _HOW + table(), text)


if __name__ == "__main__":
    create_app(Settings(database_url="postgresql://nobody@nowhere/x"))
    FILE.write_text(fresh(FILE.read_text()))
