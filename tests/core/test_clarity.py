"""The five points: each is missed by itself, and named with the field that would make it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dayline.core.ahead import FARTHEST
from dayline.core.clarity import Missing, Point, Proposal, missing_in

NOW = datetime(2026, 5, 18, 7, tzinfo=UTC)
WHOLE = Proposal(
    context="Files do not scale.",
    recommendation="PostgreSQL.",
    options=2,
    input_due_at=NOW + FARTHEST,
    has_decider=True,
    stakeholders=1,
)


def test_what_makes_all_points_misses_nothing() -> None:
    assert missing_in(WHOLE, NOW) == []


@pytest.mark.parametrize(
    ("changed", "point", "field"),
    [
        ({"context": " \n"}, Point.CONTEXT, "context"),
        ({"context": "**What we need it for:** "}, Point.CONTEXT, "context"),
        ({"recommendation": ""}, Point.REQUEST, "recommendation"),
        ({"input_due_at": None}, Point.DEADLINE, "input_due_at"),
        ({"input_due_at": NOW}, Point.DEADLINE, "input_due_at"),
        ({"input_due_at": NOW + FARTHEST + timedelta(1)}, Point.DEADLINE, "input_due_at"),
        ({"options": 1}, Point.OPTIONS, "options"),
        ({"has_decider": False}, Point.AUTHORITY, "decider_id"),
        ({"stakeholders": 0}, Point.AUTHORITY, "stakeholders"),
    ],
)
def test_a_point_is_missed_by_itself(changed: dict[str, Any], point: Point, field: str) -> None:
    (missed,) = missing_in(replace(WHOLE, **changed), NOW)
    assert missed == Missing(point, field, missed.reason)
