"""Reading a folder of decision records: the Markdown files in it and in its subfolders.

The content is untrusted: number and size of the files are limited, symbolic links are not followed,
and files that are no records are refused by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error
from dayline.transfer.adr.reading import Reading, read
from dayline.transfer.adr.record import Refused

MOST_FILES = 5000
LARGEST = 1_000_000
"""Bytes of one file."""
LARGEST_FOLDER = 200_000_000
"""Bytes of all files together."""
LONGEST_PATH = 160

_LISTS = {"readme.md", "index.md"}
_IS_MARKDOWN = {".md", ".markdown"}


class FolderFault(Fault):
    """A folder that can't be read or has no records."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The records by path in order, the reasons why other files are refused, and skipped lists.

    `left_out` has the paths of files that only list records, like an index.
    """

    name: str
    records: Mapping[str, Reading]
    refused: Mapping[str, Phrase]
    left_out: Sequence[str]


def read_folder(folder: Path) -> Folder:
    """Read every record of a folder. Raises FolderFault if there is none."""
    if not _is_folder(folder):
        raise FolderFault(Phrase("imports.not-a-folder", folder=str(folder)))
    records: dict[str, Reading] = {}
    refused: dict[str, Phrase] = {}
    left_out = []
    for file in _files(folder):
        path = file.relative_to(folder).as_posix()
        if not path.isprintable():
            refused[ascii(path)] = Phrase("imports.refused-hidden-name")
            continue
        if file.name.lower() in _LISTS:
            left_out.append(path)
            continue
        try:
            records[path] = read(_text(file, path), path)
        except Refused as error:
            refused[path] = error.reason
    if not records:
        raise FolderFault(_nothing(folder, refused))
    return Folder(folder.name, records, refused, left_out)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the name is too long
        return False


def _files(folder: Path) -> Sequence[Path]:
    try:
        found = list(_walk(folder))
        size = sum(file.stat().st_size for file in found)
    except OSError as fault:
        reason = reason_of_error(fault)
        said = Phrase("commands.file-unreadable", file=str(folder), reason=reason)
        raise FolderFault(said) from None
    if len(found) > MOST_FILES or size > LARGEST_FOLDER:
        limits = {"files": MOST_FILES, "bytes": LARGEST_FOLDER}
        raise FolderFault(Phrase("imports.folder-too-large", folder=str(folder), **limits))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """The Markdown files, in the order of their paths. Hidden files and folders are skipped."""
    for each in sorted(folder.iterdir()):
        if each.name.startswith(".") or each.is_symlink():
            continue
        if each.is_dir():
            yield from _walk(each)
        elif each.suffix.lower() in _IS_MARKDOWN and each.is_file():  # a pipe never ends
            yield each


def _text(file: Path, path: str) -> str:
    if len(path) > LONGEST_PATH:
        raise Refused(Phrase("imports.refused-long-path", most=LONGEST_PATH))
    try:
        if file.stat().st_size > LARGEST:
            raise Refused(Phrase("imports.refused-too-large", most=LARGEST))
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(Phrase("imports.refused-not-utf8")) from None
    except OSError as fault:
        reason = reason_of_error(fault)
        raise Refused(Phrase("imports.refused-unreadable", reason=reason)) from None


def _nothing(folder: Path, refused: Mapping[str, Phrase]) -> Phrase:
    if not refused:
        return Phrase("imports.folder-empty", folder=str(folder))
    path, reason = next(iter(refused.items()))
    said = Phrase("imports.folder-without-records", folder=str(folder), file=path, reason=reason)
    more = len(refused) - 1
    return Phrase("imports.folder-without-records-more", refused=said, count=more) if more else said
