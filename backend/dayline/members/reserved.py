"""Names reserved from members and workspaces, because readers would misunderstand them."""

from collections.abc import Callable, Collection

from dayline.core.phrase import Phrase, Refused

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
"""In Slack and elsewhere, `@here` and the like mention several people."""
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
"""In a URL, these mean the installation rather than a workspace in it."""


def not_reserved(names: Collection[str]) -> Callable[[str], str]:
    """Return a validator that raises ValueError for these names."""

    def check(value: str) -> str:
        if value in names:
            raise Refused(Phrase("fields.reserved"))
        return value

    return check
