"""Reading failed jobs. Only admins may."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy import Select, select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.jobs.failed_jobs import FailedJob, Queue


class JobState(StrEnum):
    """Whether a failed job is still retried automatically."""

    RETRYING = "retrying"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Filters of the list of failed jobs. Null filters nothing."""

    queue: Annotated[Queue | None, Query(description="Only jobs of this queue.")] = None
    state: Annotated[JobState | None, Query(description="Only jobs in this state.")] = None

    def of(self, statement: Select[FailedJob]) -> Select[FailedJob]:
        """The statement with a condition for each filter that is set."""
        if self.queue is not None:
            statement = statement.where(col(FailedJob.queue) == self.queue)
        if self.state is JobState.GIVEN_UP:
            statement = statement.where(col(FailedJob.dead_at).is_not(None))
        if self.state is JobState.RETRYING:
            statement = statement.where(col(FailedJob.dead_at).is_(None))
        return statement


async def get_job(caller: Caller, job_id: UUID, *, for_update: bool = False) -> FailedJob:
    """The failed job with this id. Raises NotFound, also if it succeeded meanwhile."""
    found = _jobs(caller).where(col(FailedJob.id) == job_id)
    return await find_one(caller.session, found, for_update=for_update)


async def list_jobs(caller: Caller, page: PageRequest, wanted: JobFilter) -> Page[FailedJob]:
    """A page of the failed jobs that match the filter. The latest to fail first comes first."""
    order = [Key(col(FailedJob.id), UUID, descending=True)]
    statement = paged(wanted.of(_jobs(caller)), order, page, "latest")
    rows = (await caller.session.scalars(statement)).all()
    return cut(rows, page, "latest", lambda job: [job.id])


def _jobs(caller: Caller) -> Select[FailedJob]:
    return select(FailedJob).where(col(FailedJob.workspace_id) == caller.workspace_id)
