"""Problems of decisions."""

from dayline.kernel.errors import Conflict, Forbidden


class NotYourDecision(Forbidden):
    """Only the proposer and admins can do this with a decision."""

    slug = "not-your-decision"


class DeciderOnly(Forbidden):
    """Only the decider can decide."""

    slug = "decider-only"


class StakeholderOnly(Forbidden):
    """Only a stakeholder can do this with a decision."""

    slug = "stakeholder-only"


class ProposerOrDeciderOnly(Forbidden):
    """Only the proposer and the decider can move the deadline for input."""

    slug = "proposer-or-decider-only"


class NotADraft(Conflict):
    """The decision is no longer a draft, so this part can't change any more."""

    slug = "decision-not-a-draft"


class NotOpen(Conflict):
    """The decision is not open."""

    slug = "decision-not-open"


class NotClosed(Conflict):
    """The decision still takes input. It closes at its deadline, or when everyone has answered."""

    slug = "decision-not-closed"


class InputClosed(Conflict):
    """The time for input is over, so its deadline can't be moved."""

    slug = "decision-input-closed"


class AlreadyDecided(Conflict):
    """The decision has been made, and its record can't be changed."""

    slug = "decision-decided"


class NotDecided(Conflict):
    """The decision has no record yet."""

    slug = "decision-not-decided"


class ProposerOnly(Forbidden):
    """Only the proposer can open a decision."""

    slug = "proposer-only"


class NotYourReview(Forbidden):
    """Only the decider, the proposer and admins can record a review."""

    slug = "not-your-review"
