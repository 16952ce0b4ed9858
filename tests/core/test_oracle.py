"""Published cases of other libraries, and random ones over 44 zones: facts, each with its source.

Expected values follow Dayline's rules, and were found without its code.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from dayline.cli.worktime.cases import read_case

CASES = json.loads(Path(__file__).with_name("worktime.json").read_text("utf-8"))


def named(case: dict[str, Any]) -> str:
    return f"{case['id']} {case['source']}"


def test_every_case_has_a_name_and_a_source() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) == 789
    assert all(case["source"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_case_of_the_oracle(case: dict[str, Any]) -> None:
    read = read_case(case)
    assert read.answer() == read.expected
