"""Settings: what the environment may say, and that the README says the same."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from dayline.kernel.ops.settings import Settings

README = Path(__file__).parents[2] / "README.md"


def table() -> str:
    rows = ["| variable | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = ""
        if default not in (None, ()):
            shown = f"`{default}`"
        rows.append(f"| `DAYLINE_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


def test_the_readme_lists_every_setting() -> None:
    text = README.read_text()
    listed = text.split("<!-- settings -->\n", 1)[1].split("\n<!-- /settings -->", 1)[0]
    assert listed == table()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_any_usual_postgresql_address_is_taken(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://me@host/name")
    assert settings.database_url == "postgresql+asyncpg://me@host/name"


def test_a_valkey_address_is_written_as_the_job_queue_wants_it() -> None:
    assert Settings(redis_url="valkey://host:6379/0").redis_url == "redis://host:6379/0"


@pytest.mark.parametrize(
    "wrong",
    [
        {"database_url": "mysql://host/name"},
        {"database_url": "postgresql://host:abc/name"},
        {"redis_url": "host:6379"},
        {"redis_url": "redis://host:abc"},
        {"base_url": "dayline.example.org"},
        {"base_url": "https://host:port"},
        {"allowed_origins": "board.example.org"},
        {"port": 70_000},
        {"trusted_proxies": "*"},
        {"trusted_proxies": "10.0.0.5, proxy.internal"},
    ],
)
def test_what_cannot_work_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(wrong)
    assert [error["loc"] for error in refused.value.errors()] == [tuple(wrong)]


def test_proxies_are_addresses_or_networks() -> None:
    settings = Settings.model_validate({"trusted_proxies": "10.0.0.5, 172.18.0.1/16,fd00::/8"})
    assert settings.trusted_proxies == ("10.0.0.5", "172.18.0.0/16", "fd00::/8")


def test_compose_passes_what_a_proxy_needs() -> None:
    text = (README.parent / "compose.yml").read_text()
    for variable in ("DAYLINE_BASE_URL", "DAYLINE_TRUSTED_PROXIES"):
        assert f"    {variable}: ${{{variable}:" in text
        assert f"- `{variable}`: " in README.read_text()


def test_https_is_known_from_the_address_that_people_open() -> None:
    assert Settings(base_url="https://dayline.example.org/").is_https
    assert (
        Settings(base_url="https://dayline.example.org/x").origin == "https://dayline.example.org"
    )
    assert not Settings(port=9000).is_https
    assert Settings(port=9000).origin == "http://localhost:9000"
