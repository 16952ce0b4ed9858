"""Names that no member and no workspace takes, because people read something else in them."""

from collections.abc import Callable, Collection

_OF_DAYLINE = frozenset(
    {
        "admin",
        "administrator",
        "api",
        "dayline",
        "help",
        "owner",
        "root",
        "security",
        "support",
        "system",
    }
)
HANDLES = _OF_DAYLINE | {
    "all",
    "anyone",
    "channel",
    "everybody",
    "everyone",
    "group",
    "guests",
    "here",
    "me",
    "members",
    "nobody",
    "none",
    "no-one",
    "null",
    "someone",
    "team",
}
"""Who writes `@here` means more than one person, in Slack and elsewhere."""
SLUGS = _OF_DAYLINE | {
    "app",
    "assets",
    "docs",
    "join",
    "login",
    "mail",
    "me",
    "new",
    "null",
    "reset",
    "settings",
    "setup",
    "sign-in",
    "static",
    "status",
    "w",
    "www",
}
"""What an address says of the installation, and not of one workspace in it."""


def not_reserved(names: Collection[str]) -> Callable[[str], str]:
    """A validator that refuses these names."""

    def check(value: str) -> str:
        if value in names:
            raise ValueError("is reserved; choose another one")
        return value

    return check
