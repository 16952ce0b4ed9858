"""What a file is, and what it is called."""

import pytest

from dayline.attachments.endings import named_as_is
from dayline.attachments.kinds import LONGEST_NAME, OCTETS, SHOWN, file_name, media_type
from dayline.kernel.errors import Invalid
from dayline.kernel.ops.files import HEAD
from tests.attachments.files import PNG

ZIP = b"PK\x03\x04\x14\0\0\0\0\0"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("declared", "head", "found"),
    [
        ("image/png", PNG, "image/png"),
        ("text/plain", PNG, "image/png"),
        (None, b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
        (None, b"GIF89a\x01\0\x01\0", "image/gif"),
        (None, b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        ("image/png", HTML, "text/html"),
        ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (None, b"%PDF-1.7\n", "application/pdf"),
        (DOCX, ZIP, DOCX),
        ("text/markdown; charset=utf-8", "# Ціль".encode(), "text/markdown"),
        ("text/html", b"Nothing that looks so", "text/plain"),
        ("application/x-sh", b"echo hello", "text/plain"),
        (None, ("x" + "é" * HEAD).encode()[:HEAD], "text/plain"),
        (None, "né".encode()[:-1], OCTETS),
        ("image/png", b"\x01\x02\x03\xff\xfe\0", OCTETS),
        ("text/plain", b"zero\0byte", OCTETS),
    ],
)
def test_the_content_says_what_a_file_is(declared: str | None, head: bytes, found: str) -> None:
    assert media_type(declared, head) == found


@pytest.mark.parametrize("said", sorted(SHOWN))
def test_nothing_that_holds_a_program_can_be_declared_a_picture(said: str) -> None:
    for head in (HTML, b"<svg onload='alert(1)'/>", b"alert(1)", ZIP):
        assert media_type(said, head) not in SHOWN


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("Звіт за травень.docx", "Звіт за травень.docx"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "file"),
        ("", "file"),
        (".", "file"),
        ('a"b<c>|d?.txt', "a_b_c__d_.txt"),
        ("CON.txt", "CON_.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("cafe\u0301.txt", "café.txt"),
        (" spaced. ", "spaced"),
    ],
)
def test_a_name_names_no_folder_and_misleads_nobody(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_a_long_name_keeps_its_ending_and_whole_characters() -> None:
    name = file_name("ї" * 250 + ".pdf")
    assert name.endswith("ї.pdf")
    assert len(name.encode()) in {LONGEST_NAME - 1, LONGEST_NAME}
    assert file_name("x." + "y" * 250) == ("x." + "y" * 250)[:LONGEST_NAME]


EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"
BINARY = b"\x01\x02\x03\xff\xfe\0"


@pytest.mark.parametrize(
    ("given", "head", "kept"),
    [
        ("plan.pdf", b"%PDF-1.7\n", "plan.pdf"),
        ("Plan.PDF", b"%PDF-1.7\n", "Plan.PDF"),
        ("photo.jpeg", JPEG, "photo.jpeg"),
        ("plan.docx", ZIP, "plan.docx"),
        ("all.zip", ZIP, "all.zip"),
        ("book.epub", ZIP, "book.epub"),
        ("notes.txt", b"BMW prices", "notes.txt"),
        ("notes.txt", "Zo\xeb".encode("latin-1"), "notes.txt"),
        ("page.html", HTML, "page.html"),
        ("run", EXE, "run"),
        ("run.exe", EXE, "run.exe"),
        ("tool.msi", BINARY, "tool.msi"),
        ("report.pdf", HTML, "report.pdf.txt"),
        ("report.docx", b"echo hello", "report.docx.txt"),
        ("photo.png", JPEG, "photo.png.jpeg"),
        ("photo.png", ZIP, "photo.png.docx"),
        ("report.pdf", BINARY, "report.pdf.bin"),
        ("readme.txt", b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "readme.txt.pdf"),
    ],
)
def test_a_name_ends_as_the_content_is(given: str, head: bytes, kept: str) -> None:
    assert named_as_is(given, head) == kept


@pytest.mark.parametrize("name", ["report.pdf", "photo.JPG", "notes.txt", "data.csv"])
@pytest.mark.parametrize("head", [EXE, b"\x7fELF\x02\x01\x01\0", b"\xcf\xfa\xed\xfe\x07\0"])
def test_a_program_under_the_name_of_something_else_is_refused(name: str, head: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        named_as_is(name, head)
    assert [error.field for error in refused.value.errors] == ["name"]


def test_a_long_name_has_room_for_its_true_ending() -> None:
    name = named_as_is("ї" * 90 + "x" * 16 + ".pdf", HTML)
    assert name.endswith(".txt")
    assert len(name.encode()) <= LONGEST_NAME
