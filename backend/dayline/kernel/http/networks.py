"""Network addresses, and which of them count as one client."""

import ipaddress
from collections.abc import Iterable


def network_of(address: str) -> str:
    """Return an IPv4 address itself, or the /64 of an IPv6 address, which is one subscriber's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def as_seen(networks: Iterable[str]) -> list[str]:
    """Return the networks, and IPv4 ones also mapped to IPv6, as dual-stack sockets see them."""
    known = [ipaddress.ip_network(network) for network in networks]
    mapped = [
        f"::ffff:{network.network_address}/{96 + network.prefixlen}"
        for network in known
        if isinstance(network, ipaddress.IPv4Network)
    ]
    return [*map(str, known), *mapped]
