"""Network addresses: what counts as one client."""

import ipaddress


def network_of(address: str) -> str:
    """One IPv4 address, or the /64 that one IPv6 subscriber has alone."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
