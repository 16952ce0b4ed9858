"""The first version of a new workspace's agreement."""

from typing import Any

from dayline.core.agreement import ClauseKind, StepKind

TITLE = "Response-time agreement"

TEXT = """\
We work in writing, each of us in our own hours. We agree on the answer times in the table below, so
that everyone knows when to expect an answer and no one has to watch a screen.

## What we promise

- When someone asks us, we answer within the answer time for that kind of message. It counts our own
  working hours. Nights, weekends, holidays and time off do not count.
- A message that arrives outside our working hours gets our attention soon after we next start.
- An answer can be a promise. We say when we will have the answer, and we keep to it.
- If an answer is overdue, the question goes to the next person named in the agreement, in their
  own working hours.
- No one is expected to answer outside their working hours.

## What we ask of each other

- Say what you need, when you need it, and who decides.
- Mark a message as urgent only if waiting does harm.
- If an answer time does not work for you, say so early.
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
_LEAD = {"to": StepKind.LEAD, "allowance_s": 4 * _HOUR}
ESCALATIONS: dict[str, list[dict[str, Any]]] = {
    ClauseKind.TASK_COMMENT: [_LEAD],
    ClauseKind.PROJECT_UPDATE: [_LEAD],
    ClauseKind.PROJECT_DISCUSSION: [_LEAD],
    ClauseKind.DIRECT_MESSAGE: [{**_LEAD, "allowance_s": 2 * _HOUR}],
    ClauseKind.URGENT: [
        {"to": StepKind.LEAD, "allowance_s": 1 * _HOUR},
        {"to": StepKind.OWNER, "allowance_s": 1 * _HOUR},
    ],
}
"""A second allowance passes before each step. Decisions have no steps."""
WARN_SHARE = 75
FIRST_CHECK_MINUTES = 60
