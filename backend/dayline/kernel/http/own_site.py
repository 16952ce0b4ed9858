"""The server's own URLs: one rule for changes, sockets, host names and links."""

import ipaddress
import re
import socket
from typing import Annotated

import structlog
from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from dayline.core.phrase import Phrase
from dayline.kernel.errors import Forbidden, Problem
from dayline.kernel.ops.settings import Settings

log = structlog.get_logger("dayline.request")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")
_LONGEST_SHOWN = 200


class CrossSite(Forbidden):
    """This request does not come from a page of this server."""

    slug = "cross-site"


class UnknownHost(Problem):
    """This server does not answer to that host name."""

    status = 421
    slug = "unknown-host"


class RepeatedHeader(Problem):
    """A header that may come once came more than once."""

    status = 400
    slug = "repeated-header"


class OwnSite:
    """The server's own origin.

    With DAYLINE_BASE_URL it is that one, whatever host a request names. Without it, as on localhost
    or in a local network, it is the origin of the request. Then only hosts are accepted that no
    stranger can point at this server: localhost, this machine's name, and IP addresses. So a
    page of evil.example that resolves to 192.168.1.5 is refused.
    """

    def __init__(self, settings: Settings) -> None:
        self._base_url = settings.base_url
        self._fallback = settings.origin
        self._allowed = frozenset(settings.allowed_origins)
        self._names = {"localhost", settings.host.lower(), *_names_of_machine()}

    def address_for(self, connection: HTTPConnection) -> str:
        """Return the origin for links in the response to a request, without a trailing slash."""
        host = _host_of(connection)
        if self._base_url is not None or host is None:
            return self._fallback
        scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
        return f"{scheme}://{host}"

    def check(self, connection: HTTPConnection) -> None:
        """Raise UnknownHost, RepeatedHeader or CrossSite unless a request or socket may be served.

        A foreign Origin is always refused. A request with a token needs no further check, as
        browsers never add tokens by themselves. Reads are allowed: other origins can't read the
        response.
        """
        for name in ("host", "origin"):
            if len(connection.headers.getlist(name)) > 1:
                raise RepeatedHeader(Phrase("problems.repeated-header.named", name=name.title()))
        if self._base_url is None:
            self._check_host(connection)
        if connection.scope.get("method") not in SAFE_METHODS and not self._is_own(connection):
            self._refuse(connection)

    def _check_host(self, connection: HTTPConnection) -> None:
        host = _host_of(connection)
        if host is None or self._is_own_name(host):
            return
        shown = host[:_LONGEST_SHOWN]
        log.warning("host name refused", host=shown, setting="DAYLINE_BASE_URL")
        raise UnknownHost(Phrase("problems.unknown-host.named", host=shown), host=shown)

    def _is_own_name(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1]
        return name in self._names or name.endswith(".localhost") or _is_numeric(name)

    def _is_own(self, connection: HTTPConnection) -> bool:
        headers = connection.headers
        origin = headers.get("origin")
        if origin is not None:
            return origin in self._allowed or origin == self.address_for(connection)
        if bearer_of(connection) is not None:
            return True
        if "sec-fetch-site" in headers:
            return headers["sec-fetch-site"] in {"same-origin", "none"}
        return "cookie" not in headers

    def _refuse(self, connection: HTTPConnection) -> None:
        origin, own = connection.headers.get("origin"), self.address_for(connection)
        if origin is None:
            raise CrossSite(Phrase("problems.cross-site.no-origin"))
        shown = origin[:_LONGEST_SHOWN]
        setting = self._setting_for(shown, own)
        log.warning("origin refused", origin=shown, own=own, setting=setting)
        raise CrossSite(_how_to_allow(setting, shown, own), origin=shown)

    def _setting_for(self, origin: str, own: str) -> str:
        if self._base_url is None and origin == own.replace("http://", "https://", 1):
            return "DAYLINE_TRUSTED_PROXIES"
        return "DAYLINE_BASE_URL"


def _how_to_allow(setting: str, origin: str, own: str) -> Phrase:
    if setting == "DAYLINE_TRUSTED_PROXIES":
        return Phrase("problems.cross-site.tls-proxy", origin=origin, own=own)
    return Phrase("problems.cross-site.other-origin", origin=origin, own=own)


async def _own_address(request: Request) -> str:
    own_site: OwnSite = request.app.state.own_site
    return own_site.address_for(request)


OwnAddress = Annotated[str, Depends(_own_address)]
"""The origin for links in the response, without a trailing slash."""


def bearer_of(connection: HTTPConnection) -> str | None:
    """Return the token of a request or socket, or None. With a token, cookies are ignored."""
    scheme, _, value = connection.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def _host_of(connection: HTTPConnection) -> str | None:
    host: str | None = connection.headers.get("host")
    return host.lower() if host else None


def _is_numeric(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _names_of_machine() -> set[str]:
    name = socket.gethostname().lower()
    return {name, f"{name}.local"}
