"""The client of a request: its network address, user agent, and credential."""

import ipaddress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from uuid import UUID

import structlog
from starlette.datastructures import Headers
from starlette.types import Scope

CredentialKind = Literal["session", "token", "link"]
"""How a client authenticated. The log says `none` without any."""

UNKNOWN = "unknown"
"""The address of a client without one, or one that a proxy describes in words."""

MOST_USER_AGENT = 300


@dataclass(frozen=True, slots=True)
class Client:
    """The sender of a request. Behind a trusted proxy, the client that the proxy names."""

    address: str
    user_agent: str


current_client: ContextVar[Client | None] = ContextVar("current_client", default=None)
"""The client of the current request. None outside of requests."""


def note_credential(
    kind: CredentialKind, *, account_id: UUID | None = None, member_id: UUID | None = None
) -> None:
    """Add the kind of credential and its owner to the request's log lines."""
    structlog.contextvars.bind_contextvars(credential=kind)
    note_who(account_id, member_id)


def note_who(account_id: UUID | None, member_id: UUID | None = None) -> None:
    """Add the account and the member to the request's log lines."""
    if account_id is not None:
        structlog.contextvars.bind_contextvars(account=str(account_id))
    if member_id is not None:
        structlog.contextvars.bind_contextvars(member=str(member_id))


def client_of(scope: Scope) -> Client:
    """Return the client of an ASGI scope."""
    peer = scope.get("client")
    return Client(
        address=_address(peer[0] if peer else ""),
        user_agent=_printable(Headers(scope=scope).get("user-agent", "")),
    )


@lru_cache(maxsize=4096)
def _address(host: str) -> str:
    """Return an address in canonical form. IPv4 mapped to IPv6 becomes IPv4."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return UNKNOWN
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or found)
    return str(found)


def _printable(said: str) -> str:
    if said.isprintable():
        return said[:MOST_USER_AGENT]
    return "".join(character for character in said if character.isprintable())[:MOST_USER_AGENT]
