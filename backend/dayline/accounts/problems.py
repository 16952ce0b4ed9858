"""What can go wrong with accounts, links and members."""

from sqlalchemy.exc import IntegrityError

from dayline.kernel.errors import Conflict, Forbidden, SignInNeeded


class WrongCredentials(SignInNeeded):
    """The address or the password is wrong."""

    slug = "wrong-credentials"


class SessionNeeded(Forbidden):
    """A token can't do this. Sign in and do it yourself."""

    slug = "session-needed"


class ReauthenticationNeeded(Forbidden):
    """Enter your password again to do this."""

    slug = "reauthentication-needed"


class LinkNotGood(Conflict):
    """This link was used or replaced, or it has expired. Ask for a new one."""

    slug = "link-not-good"


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


class PasswordChanged(Conflict):
    """The password was changed at the same time."""

    slug = "password-changed"


class TooManyTokens(Conflict):
    """You have as many access tokens as you may. Revoke one you no longer use."""

    slug = "too-many-tokens"


def violates(fault: IntegrityError, constraint: str) -> bool:
    """Whether PostgreSQL refused a row because of this constraint."""
    cause = getattr(fault.orig, "__cause__", None)
    return getattr(cause, "constraint_name", None) == constraint
