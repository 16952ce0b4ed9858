"""Which version of an agreement is in force."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from dayline.core.agreement import (
    Agreement,
    Clause,
    ClauseKind,
    in_force,
    is_superseded,
    superseded_from,
)

DAY = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Version:
    version: int
    in_force_from: datetime


ONE, TWO, THREE = (Version(n, DAY + timedelta(days=n)) for n in (1, 2, 3))
INSTEAD_OF_THREE = Version(4, THREE.in_force_from)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (ONE.in_force_from - timedelta(days=1), ONE),
        (ONE.in_force_from, ONE),
        (TWO.in_force_from - timedelta(microseconds=1), ONE),
        (TWO.in_force_from, TWO),
        (THREE.in_force_from, INSTEAD_OF_THREE),
        (THREE.in_force_from + timedelta(days=900), INSTEAD_OF_THREE),
    ],
)
def test_a_version_is_in_force_until_a_later_one_is(at: datetime, expected: Version) -> None:
    assert in_force([TWO, INSTEAD_OF_THREE, ONE, THREE], at) is expected


def test_where_there_is_no_version_none_is_in_force() -> None:
    with pytest.raises(ValueError, match="no agreement"):
        in_force([], DAY)


def test_a_version_is_superseded_when_a_later_one_begins() -> None:
    versions = [ONE, TWO, THREE, INSTEAD_OF_THREE]
    assert superseded_from(1, versions) == TWO.in_force_from
    assert superseded_from(3, versions) == THREE.in_force_from
    assert superseded_from(4, versions) is None
    assert not is_superseded(1, versions, TWO.in_force_from - timedelta(microseconds=1))
    assert is_superseded(1, versions, TWO.in_force_from)
    assert not is_superseded(4, versions, DAY + timedelta(days=900))


def test_an_agreement_gives_the_clause_of_each_kind() -> None:
    allowances = {kind: 60 * place for place, kind in enumerate(ClauseKind, 5)}
    agreement = Agreement(1, DAY, allowances, warn_share=75, first_check_minutes=60)
    assert agreement.clause(ClauseKind.URGENT) == Clause(ClauseKind.URGENT, 60 * 9)
