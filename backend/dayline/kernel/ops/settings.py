"""Settings: one frozen object, read from `DAYLINE_…` variables once and passed down."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dayline.core.phrase import Phrase, Refused


def _postgres_url(url: str | None) -> str | None:
    """Accept the usual schemes (`postgres://`, `postgresql://`), and return one for asyncpg."""
    if url is None:
        return None
    scheme, separator, rest = url.partition("://")
    schemes = {"postgres", "postgresql", "postgresql+asyncpg"}
    if not separator or scheme not in schemes or not _has_port_if_any(url):
        raise Refused(Phrase("fields.postgresql-url"))
    return f"postgresql+asyncpg://{rest}"


def _redis_url(url: str | None) -> str | None:
    """Accept `valkey://` too, which arq refuses."""
    if url is None:
        return None
    scheme, separator, rest = url.partition("://")
    schemes = {"redis", "rediss", "valkey", "valkeys", "unix"}
    if not separator or scheme not in schemes or not _has_port_if_any(url):
        raise Refused(Phrase("fields.redis-url"))
    return f"{ {'valkey': 'redis', 'valkeys': 'rediss'}.get(scheme, scheme) }://{rest}"


def _has_port_if_any(url: str) -> bool:
    """Whether the port is valid, if there is one. Lists of hosts are left to the driver."""
    try:
        return "," in url or urlsplit(url).port != 0
    except ValueError:
        return False


def _base_url(url: str | None) -> str | None:
    if url is None:
        return None
    origin = _origin_of(url)
    if origin is None:
        raise Refused(Phrase("fields.base-url"))
    return origin


def _origins(urls: tuple[str, ...]) -> tuple[str, ...]:
    origins = [_origin_of(url) for url in urls]
    if None in origins:
        raise Refused(Phrase("fields.origins"))
    return tuple(origin for origin in origins if origin is not None)


def _origin_of(url: str) -> str | None:
    """Return the origin of a URL as browsers write it, or None."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _USUAL_PORTS or not parts.hostname:
        return None
    shown = "" if port in {None, _USUAL_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{_in_url(parts.hostname)}{shown}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _networks(proxies: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse names, which would never match, and `*`, as anyone can send the header."""
    for proxy in proxies:
        try:
            ip_network(proxy, strict=False)
        except ValueError:
            raise Refused(Phrase("fields.networks")) from None
    return tuple(str(ip_network(each, strict=False)) if "/" in each else each for each in proxies)


def _comma_separated(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _long_enough(keys: tuple[str, ...]) -> tuple[str, ...]:
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise Refused(Phrase("fields.secret-keys", least=SHORTEST_KEY))
    return keys


def _lower_case(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


SHORTEST_KEY = 32
_USUAL_PORTS = {"http": 80, "https": 443}
LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """How this installation runs. Every field is the variable `DAYLINE_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="DAYLINE_", frozen=True, extra="ignore")

    home: Path = Field(
        default=Path("~/.local/share/dayline"),
        description="The folder for the data of the embedded PostgreSQL and Valkey.",
    )
    files: Path | None = Field(
        default=None,
        description="The folder for attachments, which every server and worker needs to "
        "share. Leave unset to use `files` in `DAYLINE_HOME`.",
    )
    attachment_mb: int = Field(
        default=25, ge=1, le=1024, description="Maximum attachment size (MiB)."
    )
    member_storage_mb: int = Field(
        default=5 * 1024, ge=1, description="Maximum total size of a member's files (MiB)."
    )
    workspace_storage_mb: int = Field(
        default=50 * 1024, ge=1, description="Maximum total size of a workspace's files (MiB)."
    )
    member_tokens: int = Field(
        default=50, ge=1, description="Maximum number of active access tokens per member."
    )
    member_sockets: int = Field(
        default=50,
        ge=1,
        description="Maximum number of live connections of a member to one server process.",
    )
    account_sessions: int = Field(
        default=50,
        ge=1,
        description="Maximum number of sessions of an account. A new session ends the "
        "least recently used one.",
    )
    database_url: Annotated[str | None, AfterValidator(_postgres_url)] = Field(
        default=None,
        description="The URL of PostgreSQL 15 or newer. Leave unset to use the embedded one.",
    )
    migrate_database_url: Annotated[str | None, AfterValidator(_postgres_url)] = Field(
        default=None,
        description="The PostgreSQL URL for the owner of the tables. Unset means "
        "`DAYLINE_DATABASE_URL`.",
    )
    redis_url: Annotated[str | None, AfterValidator(_redis_url)] = Field(
        default=None, description="The URL of Valkey or Redis. Leave unset to use the embedded one."
    )
    host: str = Field(
        default="127.0.0.1", description="The host name or IP address that the server listens on."
    )
    port: int = Field(
        default=8080, ge=1, le=65535, description="The port that the server listens on."
    )
    base_url: Annotated[str | None, AfterValidator(_base_url)] = Field(
        default=None,
        description="The URL that people open. With https, cookies are Secure and HSTS is sent.",
    )
    trusted_proxies: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(_comma_separated),
        AfterValidator(_networks),
    ] = Field(
        default=(),
        description="IP addresses or networks of your reverse proxies, comma-separated. "
        "Their X-Forwarded-For and X-Forwarded-Proto headers are trusted. Needed if "
        "`DAYLINE_BASE_URL` is https.",
    )
    allowed_origins: Annotated[
        tuple[str, ...], NoDecode, BeforeValidator(_comma_separated), AfterValidator(_origins)
    ] = Field(default=(), description="Other origins whose pages can use the API, comma-separated.")
    database_pool: int = Field(
        default=20,
        ge=2,
        le=200,
        description="Maximum number of PostgreSQL connections of one server process.",
    )
    connections: int = Field(
        default=5000,
        ge=1,
        le=100_000,
        description="Maximum number of connections to one server process.",
    )
    connections_by_address: int = Field(
        default=1000,
        ge=1,
        le=100_000,
        description="Maximum number of connections from one client IP address. Behind a "
        "proxy in `DAYLINE_TRUSTED_PROXIES`, the client that it names counts.",
    )
    session_idle_days: int = Field(
        default=14, ge=1, le=365, description="Days without use after which a session ends."
    )
    session_days: int = Field(
        default=60,
        ge=1,
        le=365,
        description="Days after which a session ends, even if it's in use.",
    )
    secret_key: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(_comma_separated),
        AfterValidator(_long_enough),
    ] = Field(
        default=(),
        repr=False,
        description="The key that encrypts webhook URLs, 32 characters or more. To replace "
        "it, put the new key before the old one, separated by a comma. If unset, `dayline "
        "up` creates one in its folder.",
    )
    slack_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_comma_separated)] = Field(
        default=(),
        description="Other hosts than hooks.slack.com for webhooks, comma-separated. They "
        "can be inside your network. Without a port, 80 and 443 are allowed.",
    )
    log_level: Annotated[LogLevel, BeforeValidator(_lower_case)] = Field(
        default="info",
        description="The lowest level to log. It is debug, info, warning or error.",
    )

    @property
    def origin(self) -> str:
        """The URL that people open, without a path or trailing slash."""
        if self.base_url is not None:
            return self.base_url
        host = "localhost" if self.host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{_in_url(host)}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether people use https. Then cookies are Secure."""
        return self.origin.startswith("https://")

    @property
    def files_folder(self) -> Path:
        """The folder of attachments."""
        return (self.files or self.home / "files").expanduser().absolute()

    @property
    def attachment_bytes(self) -> int:
        """The most bytes of an attachment."""
        return self.attachment_mb * 2**20

    @property
    def member_storage_bytes(self) -> int:
        """The most bytes of a member's files."""
        return self.member_storage_mb * 2**20

    @property
    def workspace_storage_bytes(self) -> int:
        """The most bytes of a workspace's files."""
        return self.workspace_storage_mb * 2**20

    @property
    def owner_database_url(self) -> str | None:
        """The URL for migrations, with the role that owns the tables."""
        return self.migrate_database_url or self.database_url
