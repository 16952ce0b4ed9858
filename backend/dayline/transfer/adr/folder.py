"""Reading a folder of decision records: the Markdown files in it and in its subfolders.

The content is untrusted: number and size of the files are limited, symbolic links are not followed,
and files that are no records are refused by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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


class FolderFault(Exception):
    """A folder that can't be read or has no records. Its text is one sentence."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The records by path in order, the reasons why other files are refused, and skipped lists.

    `left_out` has the paths of files that only list records, like an index.
    """

    name: str
    records: Mapping[str, Reading]
    refused: Mapping[str, str]
    left_out: Sequence[str]


def read_folder(folder: Path) -> Folder:
    """Read every record of a folder. Raises FolderFault if there is none."""
    if not _is_folder(folder):
        raise FolderFault(f"{folder} is not a folder.")
    records: dict[str, Reading] = {}
    refused: dict[str, str] = {}
    left_out = []
    for file in _files(folder):
        path = file.relative_to(folder).as_posix()
        if not path.isprintable():
            refused[ascii(path)] = "has characters in its name that can't be shown"
            continue
        if file.name.lower() in _LISTS:
            left_out.append(path)
            continue
        try:
            records[path] = read(_text(file, path), path)
        except Refused as reason:
            refused[path] = str(reason)
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
        raise FolderFault(f"{folder} cannot be read: {fault.strerror}.") from None
    if len(found) > MOST_FILES or size > LARGEST_FOLDER:
        limits = f"{MOST_FILES:,} Markdown files or {LARGEST_FOLDER:,} bytes of them"
        raise FolderFault(f"{folder} holds more than {limits}.")
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
        raise Refused(f"has a path of more than {LONGEST_PATH} characters")
    try:
        if file.stat().st_size > LARGEST:
            raise Refused(f"is larger than {LARGEST:,} bytes")
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("is not text in UTF-8") from None
    except OSError as fault:
        raise Refused(f"cannot be read: {(fault.strerror or str(fault)).lower()}") from None


def _nothing(folder: Path, refused: Mapping[str, str]) -> str:
    if not refused:
        return f"{folder} holds no Markdown files."
    path, reason = next(iter(refused.items()))
    more = f", and {len(refused) - 1} more like it" if len(refused) > 1 else ""
    return f"{folder} holds no decision records: {path} {reason}{more}."
