"""Reading the files of an untrusted zip archive."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error

MOST_FILES = 500_000
MOST_BYTES = 4 << 30
MOST_BYTES_OF_ONE = 256 << 20

_ENCRYPTED = 0x1


class ArchiveFault(Fault):
    """An archive that can't be read. Its phrase names the file and the reason."""


class Zipped:
    """The files of an archive by their path below the export's top folder.

    The top folder is the archive itself, as made by Slack, or its only folder if it was zipped
    again.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, landmarks: tuple[str, ...]) -> None:
        self._archive = archive
        self.name = name
        listed = [entry for entry in archive.infolist() if not entry.is_dir()]
        self._check(listed)
        top = _top([entry.filename for entry in listed], landmarks)
        self._entries = {
            entry.filename.removeprefix(top): entry
            for entry in listed
            if entry.filename.startswith(top)
        }

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def paths(self) -> list[str]:
        """The paths of all files."""
        return list(self._entries)

    def content(self, path: str) -> bytes:
        """The content of an existing file. Raises ArchiveFault if it is damaged."""
        try:
            return self._archive.read(self._entries[path])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise self.fault(Phrase("imports.reason-damaged"), path) from None

    def fault(self, reason: Phrase, place: str | Phrase = "") -> ArchiveFault:
        """An ArchiveFault about a file of the archive, or about the whole archive."""
        said = Phrase("imports.archive", place=place, reason=reason) if place else reason
        return ArchiveFault(Phrase("imports.archive", place=self.name, reason=said))

    def _check(self, listed: list[zipfile.ZipInfo]) -> None:
        if len(listed) > MOST_FILES:
            raise self.fault(Phrase("imports.reason-too-many-files", most=MOST_FILES))
        seen: set[str] = set()
        for entry in listed:
            path = entry.filename
            if _escapes(path):
                raise self.fault(Phrase("imports.reason-outside"), path)
            if path in seen:
                raise self.fault(Phrase("imports.reason-twice"), path)
            if entry.flag_bits & _ENCRYPTED:
                raise self.fault(Phrase("imports.reason-encrypted"), path)
            if entry.file_size > MOST_BYTES_OF_ONE and path.endswith(".json"):
                raise self.fault(
                    Phrase("imports.reason-too-large", most=MOST_BYTES_OF_ONE >> 20), path
                )
            seen.add(path)
        if sum(e.file_size for e in listed if e.filename.endswith(".json")) > MOST_BYTES:
            raise self.fault(Phrase("imports.reason-too-much-json", most=MOST_BYTES >> 30))


@contextmanager
def opened(file: Path, landmarks: tuple[str, ...]) -> Iterator[Zipped]:
    """Open the archive in a file. One of `landmarks` is in its top folder. Raises ArchiveFault."""
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        said = Phrase("commands.file-unreadable", file=str(file), reason=reason_of_error(error))
        raise ArchiveFault(said) from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ArchiveFault(Phrase("imports.archive-damaged", file=str(file))) from None
    with archive:
        yield Zipped(archive, file.name, landmarks)


def _escapes(path: str) -> bool:
    return path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts


def _top(paths: list[str], landmarks: tuple[str, ...]) -> str:
    """The prefix of the export's top folder: empty, or the only folder with a landmark."""
    if any(landmark in paths for landmark in landmarks):
        return ""
    tops = {
        path.removesuffix(landmark)
        for path in paths
        for landmark in landmarks
        if path.count("/") == 1 and path.endswith(f"/{landmark}")
    }
    return tops.pop() if len(tops) == 1 else ""
