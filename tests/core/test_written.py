"""What counts as written: more than the headings and labels of a template."""

import json
from pathlib import Path
from time import process_time

import pytest

from dayline.core.written import says_something

CASES = json.loads((Path(__file__).parent / "written.json").read_text())
"""The pages' tests read the same cases."""


@pytest.mark.parametrize("text", CASES["says something"])
def test_content_counts_as_written(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("text", CASES["says nothing"])
def test_headings_and_labels_alone_do_not_count(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("part", ["- ", "*", "**a", "__a", "1. ", "# \n", "[x] ", "_"])
def test_no_text_takes_long(part: str) -> None:
    text = part * (50_000 // len(part))
    begins = process_time()
    says_something(text)
    assert process_time() - begins < 0.1
