"""docs/rules.md names a home for each rule of the product, and the rule is there."""

import re
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parent.parent / "docs/rules.md"
ROW = re.compile(r"\| (?P<rule>[^|]+) \| \[[^\]]+\]\((?P<file>[^)]+)\) \| `(?P<name>\w+)` \|")
ROWS = [found.groupdict() for found in ROW.finditer(DOCUMENT.read_text("utf-8"))]
FEWEST = 50


def test_the_page_holds_the_rules() -> None:
    assert len(ROWS) >= FEWEST
    assert len({row["rule"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_rule_is_where_the_page_says(row: dict[str, str]) -> None:
    file = (DOCUMENT.parent / row["file"]).resolve()
    name = row["name"]
    defined = rf"^ *(?:async )?(?:def|class) {name}\b|^{name}\b[^\n]* = "
    assert re.search(defined, file.read_text("utf-8"), re.MULTILINE), f"{name} is not in {file}"
