"""Failed jobs: what failed when it was due, when it is retried, and when it is given up.

A job is one item of one queue: a message to send, a deadline to close. A failed job is counted,
held back until `retry_at`, and given up after `MOST_ATTEMPTS`. It is then a dead letter: it waits
for an admin, while other items of its workspace go on. A job whose item is the workspace itself
means that its queue could not be read. It is never given up.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import structlog
from asyncpg import DeadlockDetectedError, LockNotAvailableError, SerializationError
from pydantic import Field as Described
from sqlalchemy import CheckConstraint, Select, UniqueConstraint, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from dayline.kernel.db import events
from dayline.kernel.db.columns import WorkspaceRow, text_enum
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience, Event
from dayline.kernel.db.ids import new_id
from dayline.kernel.jobs.retention import Retention
from dayline.kernel.schemas import Output

log = structlog.get_logger("dayline.failed_jobs")

MOST_ATTEMPTS = 8
"""Failures after which a job is given up, about two and a half hours after the first."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
GROWS = 4
"""The factor by which each wait is longer than the one before."""

_PASSING = (DeadlockDetectedError, LockNotAvailableError, SerializationError)


class Queue(StrEnum):
    """What is done without a request."""

    SCHEDULED_MESSAGES = "scheduled_messages"
    DECISION_DEADLINES = "decision_deadlines"
    DECISION_REMINDERS = "decision_reminders"
    DECISION_REVIEWS = "decision_reviews"
    TIMERS = "timers"  # warnings and breaches
    NOTICES = "notices"  # events to turn into messages for Slack channels
    DELIVERIES = "deliveries"  # those messages, whose attempts are counted separately
    MEMBER_NOTICES = "member_notices"  # events to turn into notices for members
    NOTICE_DELIVERIES = "notice_deliveries"  # those notices, on their way to members
    FILES = "files"  # unused files to delete


class FailedJob(WorkspaceRow, table=True):
    """An item of a queue that has failed at least once and not succeeded since."""

    __tablename__ = "failed_jobs"
    __table_args__ = (
        UniqueConstraint("workspace_id", "queue", "item_id"),
        CheckConstraint("(retry_at IS NULL) = (dead_at IS NOT NULL)", "dead_or_retried"),
    )

    queue: Queue = Field(sa_type=text_enum(Queue))
    item_id: UUID
    attempts: int
    error: str = Field(max_length=200)
    """The type of the last error. Its text may be private and is only in the log."""
    first_failed_at: datetime
    last_failed_at: datetime
    retry_at: datetime | None
    dead_at: datetime | None = None
    """When it was given up. It is not retried unless an admin asks for it."""


RETENTION = Retention(FailedJob, FailedJob.retry_at, timedelta(days=1), "workspaces_with_old_jobs")
"""A job that wasn't retried within a day after `retry_at` has no item any more."""


class FailedJobOut(Output):
    """Something that Dayline could not do when it was due."""

    id: UUID
    queue: Queue = Described(description="What kind of thing it is.")
    item_id: UUID = Described(
        description="The message, decision, timer, event or file; the workspace's own id where "
        "the queue could not be read."
    )
    attempts: int
    error: str = Described(
        description="The kind of the last fault. The worker's log has the rest under `job`.",
        examples=["IntegrityError"],
    )
    first_failed_at: datetime
    last_failed_at: datetime
    retry_at: datetime | None = Described(
        description="When it is tried again; null: not by itself."
    )
    dead_at: datetime | None = Described(description="Since when it is given up.")


class FailedJobEvent(Event):
    """Something happened to a failed job. It is for admins alone."""

    job: FailedJobOut


class JobGivenUp(FailedJobEvent):
    """A job failed so often that it waits for an admin."""

    kind: ClassVar[str] = "job.given_up"


def is_passing(fault: BaseException) -> bool:
    """Whether an error is temporary and no item's: the database is down, or rows are locked."""
    if isinstance(fault, DBAPIError):
        cause = getattr(fault.orig, "__cause__", None)
        return (
            fault.connection_invalidated
            or isinstance(fault, InterfaceError)
            or isinstance(cause, _PASSING)
        )
    return isinstance(fault, (PoolTimeout, ConnectionError, TimeoutError, *_PASSING))


def held_back(queue: Queue, workspace_id: UUID, now: datetime) -> Select[UUID]:
    """Select the due items of a queue that must not be tried now."""
    return select(col(FailedJob.item_id)).where(
        col(FailedJob.workspace_id) == workspace_id,
        col(FailedJob.queue) == queue,
        or_(col(FailedJob.dead_at).is_not(None), col(FailedJob.retry_at) > now),
    )


def held_back_sql(queue: Queue) -> str:
    """Return them as a SQL array, for statements with `:workspace_id` and `:now`."""
    return (
        "ARRAY(SELECT f.item_id FROM failed_jobs f WHERE f.workspace_id = :workspace_id "  # noqa: S608
        f"AND f.queue = '{queue}' AND (f.dead_at IS NOT NULL OR f.retry_at > :now))"
    )


def wait_after(attempts: int) -> timedelta:
    """Return how long a job waits after this many failures."""
    growth: int = GROWS ** min(attempts - 1, 10)
    return min(FIRST_WAIT * growth, LONGEST_WAIT)


async def count_failure(
    session: AsyncSession, queue: Queue, item_id: UUID, fault: BaseException
) -> None:
    """Count a failure of a job. Schedules a retry, or gives it up and records JobGivenUp.

    `session` must have entered the workspace, and must not be the one in which the job failed.
    """
    job = await _counted(session, queue, item_id, fault)
    scope = scope_of(session)
    if job.attempts >= MOST_ATTEMPTS and item_id != scope.workspace_id:
        job.retry_at, job.dead_at = None, scope.now
        await session.flush()
        events.record(session, JobGivenUp(job=document_of(job)), Audience.admins())
    else:
        job.retry_at, job.dead_at = scope.now + wait_after(job.attempts), None
        await session.flush()
    say = log.error if job.dead_at else log.warning
    say(
        "job given up" if job.dead_at else "job failed",
        job=str(job.id),
        queue=queue.value,
        workspace=str(job.workspace_id),
        item=str(item_id),
        attempts=job.attempts,
        retry_at=str(job.retry_at),
        exc_info=fault,
    )


async def _counted(
    session: AsyncSession, queue: Queue, item_id: UUID, fault: BaseException
) -> FailedJob:
    scope = scope_of(session)
    now, error = scope.now, _name_of(fault)
    new = insert(FailedJob).values(
        workspace_id=scope.workspace_id,
        id=new_id(),
        queue=queue,
        item_id=item_id,
        attempts=1,
        error=error,
        first_failed_at=now,
        last_failed_at=now,
        retry_at=now,
    )
    again = {"attempts": FailedJob.attempts + 1, "error": error, "last_failed_at": now}
    job: FailedJob = await session.scalar(  # type: ignore[assignment]
        new.on_conflict_do_update(
            index_elements=["workspace_id", "queue", "item_id"], set_=again
        ).returning(FailedJob),
        execution_options={"populate_existing": True},
    )
    return job


def _name_of(fault: BaseException) -> str:
    """Return the type of the error, without its text."""
    cause = getattr(getattr(fault, "orig", None), "__cause__", None)
    return type(cause or fault).__name__[:200]


async def forget_failures(session: AsyncSession, queue: Queue, *items: UUID) -> None:
    """Delete the failures of these items, because they succeeded."""
    await session.execute(
        delete(FailedJob).where(
            col(FailedJob.workspace_id) == scope_of(session).workspace_id,
            col(FailedJob.queue) == queue,
            col(FailedJob.item_id).in_(items),
        )
    )


def document_of(job: FailedJob) -> FailedJobOut:
    """Return a failed job as events and the API show it."""
    return FailedJobOut.model_validate(job)
