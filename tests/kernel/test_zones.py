"""Time zones come from the package, not from the host."""

import zoneinfo

import pytest
from pydantic import TypeAdapter, ValidationError

from dayline.kernel.text.zones import ZoneName, zone_names

zone = TypeAdapter(ZoneName)


def test_the_hosts_own_zone_files_are_not_read() -> None:
    assert zoneinfo.TZPATH == ()
    assert zoneinfo.ZoneInfo.no_cache("Europe/Kyiv").key == "Europe/Kyiv"


def test_every_name_opens() -> None:
    assert len(zone_names()) > 500
    for name in zone_names():
        zoneinfo.ZoneInfo(name)


@pytest.mark.parametrize("name", ["Europe/Kyiv", "Asia/Kolkata", "UTC"])
def test_known_names_are_taken(name: str) -> None:
    assert zone.validate_python(name) == name


@pytest.mark.parametrize("name", ["", "europe/kyiv", "Factory", "../Europe/Kyiv", "x" * 65, "+02"])
def test_others_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        zone.validate_python(name)
