"""The first version of a new workspace's agreement, in the workspace's language."""

from typing import Any

from dayline.core.agreement import ClauseKind, StepKind
from dayline.core.phrase import Phrase

TITLE = Phrase("agreement.title")
TEXT = Phrase("agreement.text")

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
