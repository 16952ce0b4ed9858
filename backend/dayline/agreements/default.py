"""The first version of a new workspace's agreement, in the workspace's language."""

from dayline.core.agreement import ClauseKind
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
WARN_SHARE = 75
FIRST_CHECK_MINUTES = 60
