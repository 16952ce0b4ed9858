"""What a file is, and what it is called."""

import pytest

from dayline.attachments.kinds import LONGEST_NAME, OCTETS, SHOWN, file_name, media_type
from dayline.kernel.files import HEAD
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
