"""Problems of members, invites and tokens."""

from dayline.kernel.errors import Conflict


class SignInFirst(Conflict):
    """The invited address has an account. Sign in with it, then open the link again."""

    slug = "sign-in-first"


class AlreadyMember(Conflict):
    """This account is a member of the workspace already, or its access was ended there."""

    slug = "already-member"


class InviteUsed(Conflict):
    """The invite was accepted; end the member's access instead."""

    slug = "invite-used"


class NotJoined(Conflict):
    """This member has not joined yet: send them an invite."""

    slug = "not-joined"


class LastOwner(Conflict):
    """A workspace keeps at least one active owner."""

    slug = "last-owner"


class ResetElsewhere(Conflict):
    """This password is not yours to reset here; whoever runs the server does it by command."""

    slug = "reset-elsewhere"


class TooManyTokens(Conflict):
    """You have as many access tokens as you may. Revoke one you no longer use."""

    slug = "too-many-tokens"
