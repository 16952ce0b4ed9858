"""The response-time agreement: its clauses, and which of its versions is in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class ClauseKind(StrEnum):
    """What is asked for. The agreement has an answer time for each kind."""

    TASK_COMMENT = "task_comment"
    PROJECT_UPDATE = "project_update"
    PROJECT_DISCUSSION = "project_discussion"
    DIRECT_MESSAGE = "direct_message"
    URGENT = "urgent"
    DECISION_INPUT = "decision_input"
    DECISION_OUTCOME = "decision_outcome"


@dataclass(frozen=True, slots=True)
class Clause:
    """The seconds of working time within which the recipient answers one kind."""

    kind: ClauseKind
    allowance_s: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The terms of one version, which never change. `warn_share` is a percentage."""

    version: int
    in_force_from: datetime
    allowances: Mapping[ClauseKind, int]
    warn_share: int
    first_check_minutes: int

    def clause(self, kind: ClauseKind) -> Clause:
        """Return the clause of one kind."""
        return Clause(kind, self.allowances[kind])


class Version(Protocol):
    """A numbered version and the instant from which it is in force."""

    @property
    def version(self) -> int:
        """1 for the first."""

    @property
    def in_force_from(self) -> datetime:
        """Never earlier than that of the version before."""


V = TypeVar("V", bound=Version)


def in_force(versions: Iterable[V], at: datetime) -> V:
    """Return the latest version in force at an instant, or the first if none is in force yet.

    Raises ValueError if there are no versions.
    """
    ordered = sorted(versions, key=lambda held: held.version)
    if not ordered:
        raise ValueError("there is no agreement")
    begun = [held for held in ordered if held.in_force_from <= at]
    return begun[-1] if begun else ordered[0]


def superseded_from(version: int, versions: Iterable[Version]) -> datetime | None:
    """Return the instant from which a later version is in force, or None."""
    return min((held.in_force_from for held in versions if held.version > version), default=None)


def is_superseded(version: int, versions: Iterable[Version], at: datetime) -> bool:
    """Whether a later version is in force at an instant."""
    since = superseded_from(version, versions)
    return since is not None and since <= at
