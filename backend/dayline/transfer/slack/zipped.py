"""Reading the files of an untrusted zip archive."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

MOST_FILES = 500_000
MOST_BYTES = 4 << 30
MOST_BYTES_OF_ONE = 256 << 20

_ENCRYPTED = 0x1


class ArchiveFault(Exception):
    """An archive that can't be read. Its text is a sentence with the file and the reason."""


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
            raise self.fault("is damaged", path) from None

    def fault(self, reason: str, path: str = "", place: str = "") -> ArchiveFault:
        """An ArchiveFault about a file of the archive, or about the whole archive."""
        where = ", ".join(part for part in (path, place) if part)
        return ArchiveFault(
            f"{self.name}: {where} {reason}." if where else f"{self.name} {reason}."
        )

    def _check(self, listed: list[zipfile.ZipInfo]) -> None:
        if len(listed) > MOST_FILES:
            raise self.fault(f"holds more than {MOST_FILES:,} files")
        seen: set[str] = set()
        for entry in listed:
            path = entry.filename
            if _escapes(path):
                raise self.fault("lies outside of the archive", path)
            if path in seen:
                raise self.fault("is there twice", path)
            if entry.flag_bits & _ENCRYPTED:
                raise self.fault("is encrypted", path)
            if entry.file_size > MOST_BYTES_OF_ONE and path.endswith(".json"):
                raise self.fault(f"is larger than {MOST_BYTES_OF_ONE >> 20} MiB", path)
            seen.add(path)
        if sum(e.file_size for e in listed if e.filename.endswith(".json")) > MOST_BYTES:
            raise self.fault(f"holds more than {MOST_BYTES >> 30} GiB of JSON")


@contextmanager
def opened(file: Path, landmarks: tuple[str, ...]) -> Iterator[Zipped]:
    """Open the archive in a file. One of `landmarks` is in its top folder. Raises ArchiveFault."""
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArchiveFault(f"{file} cannot be read: {reason}.") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ArchiveFault(f"{file} is not a zip archive, or is damaged.") from None
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
