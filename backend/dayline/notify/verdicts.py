"""What to do after an answer from Slack.

Slack's incoming webhooks answer with a status and one word as the body.
"""

from datetime import timedelta
from http import HTTPStatus

from dayline.kernel.jobs.outbox import (
    LONGEST_WAIT,
    Delivered,
    Gone,
    Refused,
    TryAgain,
    Verdict,
)
from dayline.kernel.ops.outgoing import Answer

UNNAMED_WAIT = timedelta(seconds=30)

_GONE_WORDS = frozenset(
    {
        "action_prohibited",
        "channel_is_archived",
        "channel_not_found",
        "invalid_token",
        "no_active_hooks",
        "no_service",
        "no_service_id",
        "no_team",
        "posting_to_general_channel_denied",
        "team_disabled",
    }
)
_OTHER_WORDS = frozenset(
    {
        "invalid_blocks",
        "invalid_payload",
        "no_text",
        "ok",
        "rate_limited",
        "rollup_error",
        "too_many_attachments",
        "user_not_found",
    }
)
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY})
_GONE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def verdict_of(answer: Answer, *, of_slack: bool) -> Verdict:
    """The verdict for an answer of Slack's own host, or of another host."""
    said = said_by(answer, of_slack=of_slack)
    if 200 <= answer.status < 300:  # noqa: PLR2004 -- the range of success
        return Delivered()
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return TryAgain(said, wait_of(answer.retry_after))
    if answer.status in _GONE or answer.text.strip() in _GONE_WORDS:
        return Gone(said)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in _PASSING:
        return TryAgain(said)
    return Refused(said)


def said_by(answer: Answer, *, of_slack: bool) -> str:
    """An answer in readable form on one line, like `404 channel_not_found`. At most 200 characters.

    From other hosts than Slack's, only words that Slack uses are shown. Anything else may come from
    a service inside the network, which a workspace admin must not read through a webhook.
    """
    words = " ".join(answer.text.split())
    if not of_slack and words not in _GONE_WORDS | _OTHER_WORDS:
        words = ""
    printable = "".join(c if c.isprintable() else "�" for c in words)
    return f"{answer.status} {printable}".strip()[:200]


def wait_of(retry_after: str | None) -> timedelta:
    """The wait that a Retry-After header (seconds) asks for, from a second to an hour."""
    seconds = (retry_after or "").strip()
    if not (seconds.isascii() and seconds.isdecimal()):
        return UNNAMED_WAIT
    asked = timedelta(seconds=int(seconds[:9]))
    return min(max(asked, timedelta(seconds=1)), LONGEST_WAIT)
