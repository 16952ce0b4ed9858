"""What happens to failed jobs by a member's hand; `kernel/jobs/failed_jobs.py` has the rest."""

from typing import ClassVar

from dayline.kernel.jobs.failed_jobs import FailedJobEvent


class JobRetried(FailedJobEvent):
    """An admin had a failed job tried again."""

    kind: ClassVar[str] = "job.retried"
