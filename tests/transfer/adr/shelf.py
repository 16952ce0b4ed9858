"""A folder of records that a test fills and brings into a project of a team."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.transfer.adr.folder import Folder, read_folder
from dayline.transfer.adr.importing import ImportResult, import_folder
from tests.team import Person, Team

TABLES = (
    "workspace_feed",
    "events",
    "topics",
    "decisions",
    "decision_options",
    "decision_relations",
    "import_sources",
    "deliveries",
    "timers",
)

WITHOUT_SHELLS = """# 2. Scripts

Date: 2016-02-12

## Status

Accepted

Amended by [4. Python](0004-python.md)

## Context

The tool has to run.

## Decision

It is a script of the shell.

## Consequences

Windows is left out.
"""
PYTHON = """---
status: accepted
date: 2018-06-26
decision-makers: Olena, Sam
parent: Decisions
---

# Python

## Context and Problem Statement

Shells differ.

## Considered Options

* Python
* Perl

## Decision Outcome

Chosen option: "Python", because more of us know it.

### Consequences

* Bad, because it starts slowly

## Pros and Cons of the Options

### Perl

* Good, because it is everywhere

## Notes of the meeting

Nobody was late.

## Links

* Amends ADR-2
* Supersedes [Awk](0003-awk.md)
"""
AWK = """---
status: superseded by [ADR-0004](0004-python.md)
date: 2017-01-02
---

# Awk

## Decision

Reports are made by awk.
"""
PROPOSED = """---
status: proposed
---

# Go

## Considered Options

* Go
* Stay

## Decision Outcome

Chosen option: "Go", because it is one file.
"""
RECORDS = {
    "0002-scripts.md": WITHOUT_SHELLS,
    "0003-awk.md": AWK,
    "0004-python.md": PYTHON,
    "0005-go.md": PROPOSED,
}


@dataclass
class Shelf:
    """A folder, and the project ARC of a team."""

    team: Team
    folder: Path

    def put(self, files: Mapping[str, str]) -> None:
        """Write files; those of before stay."""
        for path, content in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")

    def read(self) -> Folder:
        return read_folder(self.folder)

    async def bring(self, files: Mapping[str, str] | None = None, **how: Any) -> ImportResult:
        """Put these files into the folder, and import it."""
        self.put(files or {})
        how = {"project": "ARC"} | how
        return await import_folder(
            self.sessions, self.team.clock, self.read(), self.team.slug, **how
        )

    @property
    def sessions(self) -> Sessions:
        sessions: Sessions = self.team.app.state.sessions
        return sessions

    async def decision(self, key: str) -> dict[str, Any]:
        answer = await self.team.owner.get(f"/decisions/{key}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def export(self, person: Person | None = None, **which: str) -> dict[str, str]:
        """The files of the zip by their names."""
        answer = await (person or self.team.owner).get("/decisions/export", **which)
        assert answer.status_code == 200, answer.text
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    async def everything(self) -> dict[str, list[str]]:
        """What is in the workspace, as text, table by table."""
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.team.workspace_id, self.team.clock.now, None))
            return {
                table: list(
                    await session.scalars(
                        text(f"SELECT t::text FROM {table} AS t ORDER BY 1")  # noqa: S608
                    )
                )
                for table in TABLES
            }
