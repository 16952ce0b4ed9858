"""Problems of timers."""

from dayline.kernel.errors import Conflict, Forbidden


class TimerEnded(Conflict):
    """This timer has ended."""

    slug = "timer-ended"


class TimerIsBreached(Conflict):
    """The due instant has passed: only the answer is still recorded."""

    slug = "timer-breached"


class AnswerAuthorOnly(Forbidden):
    """Only who answered reopens an ask."""

    slug = "answer-author-only"


class ReopenTooLate(Conflict):
    """An ask is reopened within ten minutes of its answer, not later."""

    slug = "reopen-too-late"


class AskIsOver(Conflict):
    """The ask would have ended in the meantime, so it cannot be reopened. `detail` says why."""

    slug = "ask-is-over"


class InputNeeded(Conflict):
    """A decision asks for this: your input answers it, and nothing else does."""

    slug = "input-needed"


class RecipientOnly(Forbidden):
    """Only the recipient promises an answer."""

    slug = "recipient-only"


class NotYourTimer(Forbidden):
    """Only the recipient, the author and admins pause a timer and resume it."""

    slug = "not-your-timer"
