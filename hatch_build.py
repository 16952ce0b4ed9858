"""Builds the pages: a wheel and an sdist carry them, so that installing one needs no Node."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = "Dayline's pages need Node 20.19 or newer with npm."


class Pages(BuildHookInterface[Any]):
    """Runs npm where `frontend/` is newer than the build. An sdist has the build alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before every build; a development install is built by `make setup` later."""
        root = Path(self.root)
        sources, page = root / "frontend", root / "backend/dayline/static/index.html"
        if version != "editable" and not _is_current(page, sources):
            _build(sources)


def _is_current(page: Path, sources: Path) -> bool:
    if not sources.exists():
        return page.exists()
    ours = (part for part in sources.iterdir() if part.name != "node_modules")
    files = (path for part in ours for path in (part, *part.rglob("*")) if path.is_file())
    return page.exists() and page.stat().st_mtime >= max(path.stat().st_mtime for path in files)


def _build(sources: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or not sources.exists():
        raise SystemExit(NEEDED)
    if not (sources / "node_modules").exists():
        subprocess.run([npm, "ci", "--loglevel=error"], cwd=sources, check=True)  # noqa: S603
    subprocess.run([npm, "run", "--silent", "build"], cwd=sources, check=True)  # noqa: S603
