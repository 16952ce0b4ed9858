"""Webhooks: which URLs this installation accepts, and how it stores them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from dayline.core.phrase import Phrase
from dayline.kernel.ops.outgoing import is_allowed
from dayline.kernel.ops.settings import Settings
from dayline.kernel.ops.vault import Vault
from dayline.kernel.text.tokens import hash_secret

_SLACK = re.compile(r"https://hooks\.slack\.com/services(/[A-Za-z0-9_-]{1,100}){3}")
_SHORTEST_SECRET = 12


@dataclass(frozen=True, slots=True)
class StoredWebhook:
    """A webhook's URL as stored: encrypted, hashed, and redacted for display."""

    sealed: bytes
    hash: bytes
    shown: str


class Webhooks:
    """The webhooks of one installation: Slack's, and those on hosts that the operator allows."""

    def __init__(self, settings: Settings) -> None:
        self.hosts = frozenset(host.lower() for host in settings.slack_hosts)
        self._vault = Vault(settings.secret_key)

    def refusal(self, url: str) -> Phrase | None:
        """Why this URL is refused, or None if it is accepted."""
        if is_of_slack(url) or self._is_of_operator(url):
            return None
        return Phrase("fields.webhook")

    def _is_of_operator(self, url: str) -> bool:
        try:
            read = httpx.URL(url)
        except (httpx.InvalidURL, ValueError):
            return False
        bare = not read.userinfo and not read.fragment
        return bare and read.scheme in {"http", "https"} and is_allowed(read, self.hosts)

    def keep(self, url: str) -> StoredWebhook:
        """The URL in its stored form. Raises NoKey."""
        return StoredWebhook(self._vault.seal(url), hash_secret(url), _redacted(url))

    def read(self, sealed: bytes) -> str:
        """The URL that was stored. Raises NoKey, Unreadable."""
        return self._vault.open(sealed)


def is_of_slack(url: str) -> bool:
    """Whether a URL is one of Slack's own webhooks."""
    return _SLACK.fullmatch(url) is not None


def _redacted(url: str) -> str:
    parts = urlsplit(url)
    secret = parts.path + parts.query
    last = secret[-4:] if len(secret) >= _SHORTEST_SECRET else ""
    return f"{parts.scheme}://{parts.netloc}/…{last}"
