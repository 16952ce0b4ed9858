"""How long notices are kept: those that are done or settled for 90 days, others for good."""

from datetime import timedelta

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs.retention import Retention
from dayline.notices.models import Notice

KEPT = timedelta(days=90)
_FINDER = "workspaces_with_old_notices"
_RETENTIONS = [
    Retention(Notice, column, KEPT, _FINDER) for column in (Notice.done_at, Notice.settled_at)
]


async def prune(sessions: Sessions, clock: Clock) -> int:
    """Delete the notices whose time is over, and their deliveries. Returns how many."""
    return sum([await each.prune(sessions, clock) for each in _RETENTIONS])
