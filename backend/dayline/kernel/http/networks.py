"""Network addresses: what counts as one client."""

import ipaddress
from collections.abc import Iterable


def network_of(address: str) -> str:
    """One IPv4 address, or the /64 that one IPv6 subscriber has alone."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def as_seen(networks: Iterable[str]) -> list[str]:
    """The networks as a socket sees them, also one that takes IPv4 inside IPv6."""
    known = [ipaddress.ip_network(network) for network in networks]
    mapped = [
        f"::ffff:{network.network_address}/{96 + network.prefixlen}"
        for network in known
        if isinstance(network, ipaddress.IPv4Network)
    ]
    return [*map(str, known), *mapped]
