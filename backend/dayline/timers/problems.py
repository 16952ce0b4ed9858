"""Problems of timers."""

from dayline.kernel.errors import Conflict, Forbidden


class TimerEnded(Conflict):
    """This timer has ended."""

    slug = "timer-ended"


class TimerIsBreached(Conflict):
    """The due instant has passed: only the answer is still recorded."""

    slug = "timer-breached"


class InputNeeded(Conflict):
    """A decision asks for this: your input answers it, and nothing else does."""

    slug = "input-needed"


class RecipientOnly(Forbidden):
    """Only the recipient promises an answer."""

    slug = "recipient-only"


class NotYourTimer(Forbidden):
    """Only the recipient, the author and admins pause a timer and resume it."""

    slug = "not-your-timer"
