"""Outgoing HTTP: nothing inside is reached, nothing is followed, little is read."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dayline.kernel.ops.outgoing import (
    MOST_ANSWER,
    Answer,
    Outgoing,
    Unreachable,
    is_allowed,
    is_public,
)
from tests.notify.stub import Reply, SlackStub, path_of, slack_stub


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with slack_stub() as stub:
        yield stub


@asynccontextmanager
async def outgoing(*allowed: str, addresses: tuple[str, ...] = ()) -> AsyncIterator[Outgoing]:
    """One that takes `addresses`, where given, for those of every host."""
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return list(addresses)

    client = Outgoing(allowed, seconds=2, resolve=resolve if addresses else None)
    yield client
    await client.close()
    assert len(asked) <= 1, "an address that is checked is not asked for again"


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "192.88.99.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
    ],
)
async def test_addresses_that_are_not_of_the_internet_are_refused(inside: str) -> None:
    assert not is_public(inside)
    for addresses in ((inside,), ("93.184.216.34", inside)):
        async with outgoing(addresses=addresses) as client:
            with pytest.raises(Unreachable, match=r"delivery-errors\.private-host"):
                await client.post("https://hooks.example.org/x", {})


@pytest.mark.parametrize("outside", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_taken(outside: str) -> None:
    assert is_public(outside)


async def test_a_host_by_its_inside_address_is_refused_too(stub: SlackStub) -> None:
    async with outgoing() as client:
        with pytest.raises(Unreachable, match=r"delivery-errors\.private-host"):
            await client.post(stub.url("ops"), {})
    assert stub.told("ops") == []


async def test_the_connection_goes_to_the_checked_address_under_the_hosts_name(
    stub: SlackStub,
) -> None:
    host = f"slack.example.org:{stub.port}"
    async with outgoing(host, addresses=("127.0.0.1",)) as client:
        answer = await client.post(f"http://{host}{path_of('ops')}", {"text": "hi"})
    assert answer == Answer(200, "ok", None)
    assert stub.heads[0]["host"] == host
    assert stub.told("ops") == [{"text": "hi"}]


async def test_the_next_address_is_tried_where_one_does_not_answer(stub: SlackStub) -> None:
    host = f"slack.example.org:{stub.port}"
    async with outgoing(host, addresses=("127.0.0.99", "127.0.0.1")) as client:
        answer = await client.post(f"http://{host}{path_of('ops')}", {})
    assert answer.status == 200
    assert len(stub.told("ops")) == 1


@pytest.mark.parametrize(
    ("allowed", "url", "is_meant"),
    [
        ("chat.example", "http://chat.example/x", True),
        ("chat.example", "https://chat.example/x", True),
        ("chat.example", "http://chat.example:443/x", True),
        ("chat.example", "https://chat.example:8443/x", False),
        ("chat.example", "http://chat.example:6379/x", False),
        ("chat.example:8443", "https://chat.example:8443/x", True),
        ("chat.example:8443", "https://chat.example/x", False),
        ("chat.example:443", "https://chat.example/x", True),
        ("chat.example:443", "http://chat.example/x", False),
        ("[::1]", "http://[::1]/x", True),
        ("::1", "http://[::1]/x", True),
        ("[::1]:8065", "http://[::1]:8065/x", True),
        ("[::1]", "http://[::1]:8065/x", False),
        ("chat.example", "https://chat.example.evil.example/x", False),
    ],
)
def test_a_host_without_a_port_means_its_web_ports(allowed: str, url: str, is_meant: bool) -> None:
    assert is_allowed(httpx.URL(url), [allowed]) is is_meant


async def test_a_redirect_is_not_followed(stub: SlackStub) -> None:
    stub.answer("ops", Reply(302, "", {"Location": stub.url("inside"), "Retry-After": "3"}))
    async with outgoing(f"127.0.0.1:{stub.port}") as client:
        assert await client.post(stub.url("ops"), {}) == Answer(302, "", "3")
    assert stub.told("inside") == []


async def test_of_a_long_answer_only_the_beginning_is_read(stub: SlackStub) -> None:
    stub.answer("ops", Reply(200, "x" * 5_000_000))
    async with outgoing(f"127.0.0.1:{stub.port}") as client:
        assert (await client.post(stub.url("ops"), {})).text == "x" * MOST_ANSWER


async def test_silence_ends_after_a_while(stub: SlackStub) -> None:
    stub.answer("ops", Reply(hangs=True))
    client = Outgoing([f"127.0.0.1:{stub.port}"], seconds=0.2)
    with pytest.raises(Unreachable, match=r"delivery-errors\.timeout.*0\.2"):
        await client.post(stub.url("ops"), {})
    await client.close()


async def test_the_environments_proxy_is_not_used(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with outgoing(f"127.0.0.1:{stub.port}") as client:
        assert (await client.post(stub.url("ops"), {})).status == 200


async def test_a_host_without_an_address_is_unreachable() -> None:
    async with outgoing() as client:
        with pytest.raises(Unreachable, match=r"delivery-errors\.unknown-host"):
            await client.post("https://nowhere.invalid/x", {})


async def test_tls_asks_for_the_hosts_name_and_takes_no_strangers_certificate(
    tmp_path: Path,
) -> None:
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    host = f"slack.example.org:{port}"
    async with outgoing(host, addresses=("127.0.0.1",)) as client:
        with pytest.raises(Unreachable, match=r"delivery-errors\.connection"):
            await client.post(f"https://{host}/x", {})
    server.close()
    assert asked == ["slack.example.org"]


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "slack.example.org")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = (
        builder.not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "stranger.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file
