"""Counting the connections of this server process, in total and by client network."""

from collections import Counter
from collections.abc import Sequence

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dayline.kernel.errors import Busy, TooManyRequests
from dayline.kernel.http.networks import network_of

_COME_AGAIN = {"Retry-After": "5"}


class TooManyConnections(TooManyRequests):
    """Too many connections from your network. Close some, then try again."""

    slug = "too-many-connections"


class Crowd:
    """The connections of this process.

    A connection from a trusted proxy counts for the client of its latest request, so that one
    client can't use up the connections of others behind the same proxy.
    """

    def __init__(self, most: int, most_by_network: int, proxies: Sequence[str] = ()) -> None:
        self._most = most
        self._most_by_network = most_by_network
        self._proxies = ProxyHeadersMiddleware(_nothing, list(proxies)).trusted_hosts
        self._all = 0
        self._by_network = Counter[str]()

    def admit(self, address: str) -> "Place":
        """Return a place for a new connection. Raises Busy and TooManyConnections."""
        if self._all >= self._most:
            raise Busy(headers=_COME_AGAIN)
        place = Place(self, is_proxy=address in self._proxies)
        if not place.is_proxy:
            place.take_for(address)
        self._all += 1
        return place

    def client_behind(self, forwarded_for: str) -> str:
        """Return the rightmost address in X-Forwarded-For that isn't a trusted proxy."""
        host, _port = self._proxies.get_trusted_client_address(forwarded_for)
        return host

    def _enter(self, network: str) -> None:
        if self._by_network[network] >= self._most_by_network:
            raise TooManyConnections(headers=_COME_AGAIN)
        self._by_network[network] += 1

    def _leave(self, network: str) -> None:
        self._by_network[network] -= 1
        if not self._by_network[network]:
            del self._by_network[network]

    def _gone(self) -> None:
        self._all -= 1


async def _nothing(_scope: object, _receive: object, _send: object) -> None:
    """Placeholder for an application: only the proxy rule of the middleware is used."""


class Place:
    """The place of one connection, until it leaves."""

    __slots__ = ("_crowd", "_network", "is_proxy")

    def __init__(self, crowd: Crowd, *, is_proxy: bool) -> None:
        self._crowd: Crowd | None = crowd
        self._network: str | None = None
        self.is_proxy = is_proxy

    def take_for(self, address: str) -> None:
        """Count for the network of this client from now on. Raises TooManyConnections."""
        network = network_of(address)
        if self._crowd is None or network == self._network:
            return
        self._crowd._enter(network)
        self._give_up_network()
        self._network = network

    def take_behind(self, forwarded_for: str) -> None:
        """Count for the client that the proxy names. Raises TooManyConnections."""
        if self._crowd is not None and (client := self._crowd.client_behind(forwarded_for)):
            self.take_for(client)

    def leave(self) -> None:
        """Release the place. A second call changes nothing."""
        self._give_up_network()
        if self._crowd is not None:
            self._crowd._gone()
        self._crowd = None

    def _give_up_network(self) -> None:
        if self._crowd is not None and self._network is not None:
            self._crowd._leave(self._network)
        self._network = None
