"""Problems of decisions."""

from dayline.kernel.errors import Conflict, Forbidden


class NotYourDecision(Forbidden):
    """Only the proposer and admins do this with a decision."""

    slug = "not-your-decision"


class DeciderOnly(Forbidden):
    """Only the decider decides."""

    slug = "decider-only"


class StakeholderOnly(Forbidden):
    """Only a stakeholder does this with a decision."""

    slug = "stakeholder-only"


class ProposerOrDeciderOnly(Forbidden):
    """Only the proposer and the decider move the deadline for input."""

    slug = "proposer-or-decider-only"


class NotADraft(Conflict):
    """The decision is no draft any more: what it asks stays as it was opened."""

    slug = "decision-not-a-draft"


class NotOpen(Conflict):
    """The decision is not open."""

    slug = "decision-not-open"


class NotClosed(Conflict):
    """The time for input is not over: the decision closes at its deadline, or when all answered."""

    slug = "decision-not-closed"


class InputClosed(Conflict):
    """The time for input is over: its deadline does not move any more."""

    slug = "decision-input-closed"


class AlreadyDecided(Conflict):
    """The decision was made, and its record does not change."""

    slug = "decision-decided"


class NotDecided(Conflict):
    """The decision has no record yet."""

    slug = "decision-not-decided"


class ProposerOnly(Forbidden):
    """Only the proposer opens a decision."""

    slug = "proposer-only"


class NotYourReview(Forbidden):
    """Only the decider, the proposer and admins say that a decision was looked at again."""

    slug = "not-your-review"
