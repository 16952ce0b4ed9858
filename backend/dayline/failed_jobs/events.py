"""Events of failed jobs that admins cause. The others are in `kernel/jobs/failed_jobs.py`."""

from typing import ClassVar

from dayline.kernel.jobs.failed_jobs import FailedJobEvent


class JobRetried(FailedJobEvent):
    """An admin requested a retry of a failed job."""

    kind: ClassVar[str] = "job.retried"
