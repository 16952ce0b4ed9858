"""Which files of a folder are read: none that never ends, none with a name that nobody can read."""

import os
from pathlib import Path

import pytest

from dayline.core.phrase import Phrase
from dayline.transfer.adr.folder import FolderFault, read_folder

RECORD = "# Use one queue\n\n## Status\n\nAccepted\n\n## Context\n\nTwo were one too many.\n"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    (tmp_path / "0001-queue.md").write_text(RECORD)
    assert list(read_folder(tmp_path).records) == ["0001-queue.md"]


@pytest.mark.parametrize("name", [b"0002-\xff.md", b"0002-two\nlines.md"])
def test_a_name_that_cannot_be_shown_is_refused_and_stops_nothing(
    tmp_path: Path, name: bytes
) -> None:
    (tmp_path / "0001-queue.md").write_text(RECORD)
    (tmp_path / os.fsdecode(name)).write_text(RECORD)
    found = read_folder(tmp_path)
    assert list(found.records) == ["0001-queue.md"]
    ((path, reason),) = found.refused.items()
    assert path.isprintable()
    assert reason == Phrase("imports.refused-hidden-name")


def test_a_name_that_no_folder_has_is_refused() -> None:
    with pytest.raises(FolderFault, match="isn’t a folder"):
        read_folder(Path("x" * 300))
