"""The queue of due work for decisions: deadlines for input, reminders and reviews.

Each item is handled once, however many workers run; rows locked by another transaction are skipped.
Work that came due while no worker ran is done once one runs, with the time at which it was due.
"""

from dayline.decisions.closing import DEADLINES
from dayline.decisions.reminding import REMINDERS
from dayline.decisions.reviewing import REVIEWS
from dayline.kernel.jobs.due_queue import DueQueue

DUE_QUEUE = DueQueue(
    "decisions",
    "workspaces_with_decisions_due",
    "next_decision_at",
    (DEADLINES, REMINDERS, REVIEWS),
)
