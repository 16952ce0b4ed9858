"""The first version of a new workspace's agreement."""

from dayline.core.agreement import ClauseKind

TITLE = "Response-time agreement"

TEXT = """\
We work in writing, each in our own hours. So that nobody waits without knowing how long, and
nobody has to watch a screen, we agree on the response windows in the table below.

## What we promise

- Whoever is asked answers within the window of that kind of message. It is counted in their own
  working time: nights, weekends, holidays and time off do not count.
- What arrives outside somebody's working day is looked at soon after their next one starts.
- An answer may be a promise: say by when you will have it, and keep to that.
- Nobody is expected to answer outside their working hours.

## What we ask of each other

- Say what you need, by when, and who decides.
- Call a message urgent only when waiting does harm.
- When a window will not do, say so early.
"""

_HOUR = 3600

ALLOWANCES: dict[str, int] = {
    ClauseKind.TASK_COMMENT: 4 * _HOUR,
    ClauseKind.PROJECT_UPDATE: 4 * _HOUR,
    ClauseKind.PROJECT_DISCUSSION: 4 * _HOUR,
    ClauseKind.DIRECT_MESSAGE: 2 * _HOUR,
    ClauseKind.URGENT: 1 * _HOUR,
    ClauseKind.DECISION_INPUT: 8 * _HOUR,
    ClauseKind.DECISION_OUTCOME: 8 * _HOUR,
}
WARN_SHARE = 75
FIRST_CHECK_MINUTES = 60
