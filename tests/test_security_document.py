"""docs/security.md names every requirement of OWASP ASVS 5.0 at level 2 once, and what is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs/security.md"
STATES = ("pass", "not yet", "n/a")

REQUIREMENTS = """
1.1: 1-2
1.2: 1-9
1.3: 1-11
1.4: 1-3
1.5: 1-2
2.1: 1-3
2.2: 1-3
2.3: 1-4
2.4: 1
3.2: 1-2
3.3: 1-4
3.4: 1-6
3.5: 1-5
3.7: 1-2
4.1: 1-3
4.2: 1
4.3: 1-2
4.4: 1-4
5.1: 1
5.2: 1-3
5.3: 1-2
5.4: 1-3
6.1: 1-3
6.2: 1-12
6.3: 1-4
6.4: 1-4
6.5: 1-5
6.6: 1-3
6.8: 1-4
7.1: 1-3
7.2: 1-4
7.3: 1-2
7.4: 1-5
7.5: 1-2
7.6: 1-2
8.1: 1-2
8.2: 1-3
8.3: 1
8.4: 1
9.1: 1-3
9.2: 1-4
10.1: 1-2
10.2: 1-2
10.3: 1-4
10.4: 1-11
10.5: 1-5
10.6: 1-2
10.7: 1-3
11.1: 1-2
11.2: 1-3
11.3: 1-3
11.4: 1-4
11.5: 1
11.6: 1
12.1: 1-3
12.2: 1-2
12.3: 1-4
13.1: 1
13.2: 1-5
13.3: 1-2
13.4: 1-5
14.1: 1-2
14.2: 1-4
14.3: 1-3
15.1: 1-3
15.2: 1-3
15.3: 1-7
16.1: 1
16.2: 1-5
16.3: 1-4
16.4: 1-3
16.5: 1-3
17.1: 1
17.2: 1-4
17.3: 1-2
"""
"""Levels 1 and 2, by section: `1.2: 1-9` is 1.2.1 to 1.2.9."""

_ROW = re.compile(r"\| (\d[\d., ]*) \| (pass|not yet|n/a) \| (.+) \|")
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+|Dockerfile|[a-z]+\.(?:yml|toml|txt))`")
_LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


def text() -> str:
    return DOCUMENT.read_text("utf-8")


def expected() -> list[str]:
    found = []
    for line in REQUIREMENTS.split("\n"):
        section, _, spans = line.partition(": ")
        for span in filter(None, spans.split(", ")):
            first, _, last = span.partition("-")
            found += [f"{section}.{place}" for place in range(int(first), int(last or first) + 1)]
    return found


def rows() -> list[tuple[list[str], str, str]]:
    """Each row of the chapters: its numbers, its state, and what it says."""
    return [(row[1].split(", "), row[2], row[3]) for row in _ROW.finditer(text())]


def counts() -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for numbers, state, _ in rows():
        chapter = int(numbers[0].partition(".")[0])
        found.setdefault(chapter, Counter())[state] += len(numbers)
    return found


def test_each_requirement_stands_once_and_in_order() -> None:
    named = [number for numbers, _, _ in rows() for number in numbers]
    assert len(expected()) == 253
    assert [n for n, times in Counter(named).items() if times > 1] == []
    assert set(named) == set(expected())
    assert named == sorted(named, key=lambda n: [int(part) for part in n.split(".")])


def test_each_row_stands_in_its_chapter() -> None:
    chapters = re.split(r"^## V(\d+) .+$", text(), flags=re.MULTILINE)[1:]
    pairs = zip(chapters[::2], chapters[1::2], strict=True)
    for chapter, body in pairs:
        numbers = [n for row in _ROW.finditer(body) for n in row[1].split(", ")]
        assert numbers, chapter
        assert {number.partition(".")[0] for number in numbers} == {chapter}


def test_every_line_of_a_chapter_is_a_row_that_is_read() -> None:
    _, _, chapters = text().partition("\n## V1 ")
    lines = [line for line in chapters.splitlines() if line.startswith("| ")]
    unread = [line for line in lines if not _ROW.fullmatch(line)]
    assert set(unread) == {"| requirement | state | where, or why |"}


def test_what_passes_says_where() -> None:
    """A file, a section, or a reason; never nothing."""
    for numbers, _, said in rows():
        assert said.strip(" |"), numbers


def test_files_that_are_named_exist() -> None:
    named = set(_PATH.findall(text()))
    assert len(named) > 100
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_links_lead_somewhere() -> None:
    for where, heading in _LINK.findall(text()):
        page = DOCUMENT if not where else DOCUMENT.parent / where
        assert page.is_file(), where
        assert not heading or heading in headings(page), (where, heading)


def headings(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def summary() -> str:
    lines = ["| chapter | pass | not yet | n/a |", "|---|---|---|---|"]
    titles = dict(re.findall(r"^## V(\d+) (.+)$", text(), flags=re.MULTILINE))
    for chapter, found in counts().items():
        figures = " | ".join(str(found[state]) for state in STATES)
        lines.append(f"| V{chapter} {titles[str(chapter)]} | {figures} |")
    total = sum(counts().values(), Counter())
    lines.append("| all | " + " | ".join(str(total[state]) for state in STATES) + " |")
    return "\n".join(lines)


def test_the_summary_counts_the_rows() -> None:
    written = re.search(r"<!-- summary -->\n(.*)\n<!-- /summary -->", text(), flags=re.DOTALL)
    assert written is not None
    assert written[1] == summary()


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_it_is_found_from_the_first_pages(page: str) -> None:
    assert "security.md" in (ROOT / page).read_text("utf-8")
