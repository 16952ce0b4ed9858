"""What admins do with failed jobs."""

from uuid import UUID

from dayline.failed_jobs.events import JobRetried
from dayline.failed_jobs.queries import get_job
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.jobs.failed_jobs import FailedJob, document_of


async def retry_job(caller: Caller, job_id: UUID) -> FailedJob:
    """Retry a failed job at once, with its number of attempts reset. Raises NotFound."""
    job = await get_job(caller, job_id, for_update=True)
    job.attempts, job.retry_at, job.dead_at = 0, caller.now, None
    await caller.session.flush()
    events.record(caller.session, JobRetried(job=document_of(job)), Audience.admins())
    return job
