"""Outgoing HTTP: requests of the server to URLs that people entered.

A host is resolved once, every address is checked, and the connection goes to a checked one. So no
name leads into the installation's own network.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from dayline.core.phrase import Phrase

MOST_ANSWER = 4096
"""The most bytes of a response that are read."""
MOST_ADDRESSES = 3
"""The most addresses of a host that are tried."""

_TRANSLATED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::/96",  # IPv4-compatible
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of a local network
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "192.88.99.0/24",  # 6to4 relays
        "fec0::/10",  # site-local
    )
)

Resolve = Callable[[str, int], Awaitable[list[str]]]


class Unreachable(Exception):
    """No response came. The reason says why, without the address."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(repr(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """The response: its status, the beginning of its body, and Retry-After."""

    status: int
    text: str
    retry_after: str | None


class Outgoing:
    """Sends requests to public addresses, and to the hosts of `allowed` at any address.

    It follows no redirects, and ignores proxies of the environment. An `allowed` entry is a host
    with a port, or a host alone for ports 80 and 443. `seconds` limits each request as a whole.
    """

    def __init__(
        self, allowed: Collection[str], *, seconds: float = 10, resolve: Resolve | None = None
    ) -> None:
        self._allowed = frozenset(allowed)
        self._seconds = seconds
        self._resolve = resolve or _resolve
        self._client = httpx.AsyncClient(
            verify=tls_context(),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(seconds, connect=seconds / MOST_ADDRESSES),
            # The pool finds connections by address, whichever host it was checked for: keep none.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def post(self, url: str, document: Any) -> Answer:
        """POST a JSON document. Raises Unreachable."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._post(httpx.URL(url), document)
        except (TimeoutError, httpx.TimeoutException):
            reason = Phrase("delivery-errors.timeout", seconds=self._seconds)
            raise Unreachable(reason) from None
        except httpx.HTTPError as fault:
            reason = Phrase("delivery-errors.connection", error=type(fault).__name__)
            raise Unreachable(reason) from None

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _post(self, url: httpx.URL, document: Any) -> Answer:
        addresses = await self._checked(url)
        for address in addresses[:-1]:
            try:
                return await self._post_to(address, url, document)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._post_to(addresses[-1], url, document)

    async def _checked(self, url: httpx.URL) -> list[str]:
        port = _port_of(url)
        try:
            addresses = await self._resolve(url.host, port)
        except (OSError, UnicodeError):
            raise Unreachable(Phrase("delivery-errors.unknown-host")) from None
        if not is_allowed(url, self._allowed) and not all(map(is_public, addresses)):
            raise Unreachable(Phrase("delivery-errors.private-host"))
        return addresses[:MOST_ADDRESSES]

    async def _post_to(self, address: str, url: httpx.URL, document: Any) -> Answer:
        request = self._client.build_request(
            "POST",
            url.copy_with(host=address),
            json=document,
            headers={"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = await self._client.send(request, stream=True)
        try:
            text = await _beginning(response)
        finally:
            await response.aclose()
        return Answer(response.status_code, text, response.headers.get("Retry-After"))


@cache
def tls_context() -> ssl.SSLContext:
    """Return the TLS settings of all outgoing requests.

    Reading the certificates takes some 50 ms, so a server does it once, before it serves.
    """
    return httpx.create_ssl_context(trust_env=False)


_WEB_PORTS = {"http": 80, "https": 443}


def is_allowed(url: httpx.URL, allowed: Collection[str]) -> bool:
    """Whether the operator allowed the host of `url` with its port, or alone for ports 80 and 443.

    Another port of the same host is another service, which wasn't meant.
    """
    port = _port_of(url)
    host = url.netloc.decode("ascii").removesuffix(f":{port}")
    if f"{host}:{port}" in allowed:
        return True
    return port in _WEB_PORTS.values() and (host in allowed or url.host in allowed)


def _port_of(url: httpx.URL) -> int:
    return url.port or _WEB_PORTS[url.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address is public: routed, of a single host, and not a translated one."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return (
        ip.is_global and not ip.is_multicast and not any(ip in network for network in _TRANSLATED)
    )


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def _beginning(response: httpx.Response) -> str:
    read = b""
    async for part in response.aiter_raw():
        read += part
        if len(read) >= MOST_ANSWER:
            break
    return read[:MOST_ANSWER].decode("utf-8", "replace")
