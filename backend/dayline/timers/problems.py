"""Problems of timers."""

from dayline.kernel.errors import Conflict, Forbidden


class TimerEnded(Conflict):
    """This timer has ended."""

    slug = "timer-ended"


class TimerIsBreached(Conflict):
    """The due time has passed. Only an answer can still be recorded."""

    slug = "timer-breached"


class AnswerAuthorOnly(Forbidden):
    """Only the author of an answer can reopen the ask."""

    slug = "answer-author-only"


class ReopenTooLate(Conflict):
    """An ask can be reopened for ten minutes after its answer."""

    slug = "reopen-too-late"


class AskIsOver(Conflict):
    """The ask would have ended in the meantime, so it can't be reopened. `detail` says why."""

    slug = "ask-is-over"


class InputNeeded(Conflict):
    """A decision asks for this, so only input to the decision answers it."""

    slug = "input-needed"


class RecipientOnly(Forbidden):
    """Only the recipient can promise an answer."""

    slug = "recipient-only"


class NotYourTimer(Forbidden):
    """Only the recipient, the author and admins can pause or resume a timer."""

    slug = "not-your-timer"
