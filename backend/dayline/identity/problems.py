"""Problems of accounts and links."""

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


class PasswordChanged(Conflict):
    """The password was changed at the same time."""

    slug = "password-changed"


def violates(fault: IntegrityError, constraint: str) -> bool:
    """Whether this constraint caused the error."""
    cause = getattr(fault.orig, "__cause__", None)
    return getattr(cause, "constraint_name", None) == constraint
