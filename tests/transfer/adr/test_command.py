"""`dayline import decisions`, as an operator runs it."""

import asyncio
import subprocess

import pytest

from dayline.kernel.ops.settings import Settings
from tests.local.installation import DAYLINE, environment, is_refused
from tests.transfer.adr.shelf import RECORDS, Shelf

Done = subprocess.CompletedProcess[str]


class Command:
    """The command on the database of the tests."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self._shelf = shelf
        self._environment = environment(database_url=settings.database_url)

    async def run(self, *more: str) -> Done:
        into = ["--workspace", self._shelf.team.slug, "--project", "ARC"]
        return await asyncio.to_thread(
            subprocess.run,
            [*DAYLINE, "import", "decisions", str(self._shelf.folder), *into, *more],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )


@pytest.fixture
def command(shelf: Shelf, settings: Settings) -> Command:
    return Command(shelf, settings)


async def test_it_says_what_came_what_is_odd_and_what_was_refused(
    shelf: Shelf, command: Command
) -> None:
    shelf.put(RECORDS | {"0006-new.md": "# New\n\n## Decision\n\nYes.", "template.md": "# {title}"})
    shelf.put({"README.md": "# All of them"})
    tried, done, again = [await command.run(*more) for more in (["--dry-run"], [], [])]
    assert [each.returncode for each in (tried, done, again)] == [0, 0, 0], done.stderr
    slug = shelf.team.slug
    odd = [
        "Warning: 0005-go.md: It has no date.",
        "Warning: 0006-new.md: It has no status. It’s imported as decided. It has no date.",
        "Refused: template.md: It’s a template. Its title is still “{title}”.",
    ]
    came = [
        "  DEC-1    0002-scripts.md",
        "  DEC-2    0003-awk.md",
        "  DEC-3    0004-python.md",
        "  DEC-4    0005-go.md",
        "  DEC-5    0006-new.md",
        "5 decisions, including 1 draft, and 2 links between decisions.",
    ]
    counts = [
        "2 files with warnings.",
        "1 file refused.",
        "Left out as lists of records: README.md.",
    ]
    would = f"This would be imported into {slug}. Nothing was changed."
    assert tried.stdout.splitlines() == [*odd, would, *came, *counts]
    assert done.stdout.splitlines() == [
        *odd,
        f"Imported into {slug}:",
        *came,
        *counts,
        "No one was notified.",
    ]
    assert again.stdout.splitlines() == [
        odd[-1],
        f"Nothing new. All 5 records are already in {slug}.",
        *counts[1:],
    ]


async def test_what_cannot_be_is_one_sentence(shelf: Shelf, command: Command) -> None:
    shelf.put({"template.md": "# {title}"})
    assert is_refused(await command.run(), "has no decision records", "It’s a template")
    shelf.put(RECORDS)
    assert is_refused(await command.run("--as", "nobody"), "has no member nobody", "--as")
