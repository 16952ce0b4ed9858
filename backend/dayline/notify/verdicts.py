"""Verdicts: what follows from what Slack said, or from its silence.

Slack's words are those of its incoming webhooks: a status and one word as the body.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from dayline.kernel.ops.outgoing import Answer

SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
UNNAMED_WAIT = timedelta(seconds=30)
GIVE_UP_AFTER = timedelta(days=1)
JITTER = 0.25

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


@dataclass(frozen=True, slots=True)
class Delivered:
    """Slack took the message."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """It may work later: after `wait` where Slack named it, else after a while that grows."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """This message will never be taken; others may."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The webhook takes no messages any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """There is nothing to tell any more."""

    reason: str


Verdict = Delivered | TryAgain | Refused | Gone | Unwanted


def verdict_of(answer: Answer, *, of_slack: bool) -> Verdict:
    """What follows from an answer of Slack's own host, or of another one."""
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
    """An answer as people read it: `404 channel_not_found`, on one line.

    Of another host than Slack's only the words that Slack has are shown: what else stands there may
    be of a service inside the network, which an admin of a workspace must not read by a webhook.
    """
    words = " ".join(answer.text.split())
    if not of_slack and words not in _GONE_WORDS | _OTHER_WORDS:
        words = ""
    printable = "".join(c if c.isprintable() else "�" for c in words)
    return f"{answer.status} {printable}".strip()[:200]


def wait_of(retry_after: str | None) -> timedelta:
    """What a Retry-After asks for, in seconds as Slack writes it: from a second to an hour."""
    seconds = (retry_after or "").strip()
    if not (seconds.isascii() and seconds.isdecimal()):
        return UNNAMED_WAIT
    asked = timedelta(seconds=int(seconds[:9]))
    return min(max(asked, timedelta(seconds=1)), LONGEST_WAIT)


def backoff(first_attempt_at: datetime, now: datetime) -> timedelta | None:
    """How long to wait when it failed again: as long as it has been failing, give or take a part.

    From seconds to an hour. None: it has been failing for a day, and is given up.
    """
    failing = now - first_attempt_at
    if failing >= GIVE_UP_AFTER:
        return None
    wait = min(max(failing, SHORTEST_WAIT), LONGEST_WAIT)
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 -- spreads, hides nothing
