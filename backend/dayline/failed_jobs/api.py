"""HTTP routes of failed jobs, for admins."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request, Response

from dayline.failed_jobs import actions
from dayline.failed_jobs.queries import JobFilter, get_job, list_jobs
from dayline.identity.caller import AdminPosts, AdminReads
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.routing import Room, at_once
from dayline.kernel.jobs.failed_jobs import FailedJobOut, document_of

router = Room(prefix="/api", tags=["jobs"], route_class=IdempotentRoute)

JOBS = "/workspaces/{workspace}/failed-jobs"
JOB = JOBS + "/{job_id}"

JobId = Annotated[UUID, Path(description="The failed job's id.")]


@router.get(JOBS)
async def failed_jobs_list(
    caller: AdminReads,
    request: Request,
    response: Response,
    page: Paging,
    wanted: Annotated[JobFilter, Depends(at_once(JobFilter))],
) -> list[FailedJobOut]:
    """List the background work that failed, latest first."""
    found = await list_jobs(caller, page, wanted)
    link_next(request, response, found)
    return [document_of(job) for job in found.items]


@router.get(JOB)
async def failed_jobs_get(caller: AdminReads, job_id: JobId) -> FailedJobOut:
    """Get a failed job.

    It is gone once the work is done.
    """
    return document_of(await get_job(caller, job_id))


@router.post(JOB + "/retry")
async def failed_jobs_retry(caller: AdminPosts, job_id: JobId) -> FailedJobOut:
    """Retry a failed job now."""
    return document_of(await actions.retry_job(caller, job_id))
