"""Time zones from the package `tzdata`, whatever data the host has.

Importing this module makes `zoneinfo` read only that package, so that all hosts compute the same.
"""

import zoneinfo
from functools import cache
from importlib import metadata, resources
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from dayline.core.phrase import Phrase, Refused

zoneinfo.reset_tzpath(())

VERSION = metadata.version("tzdata")
"""The version of the zone data. With another one, computed instants may move."""


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all IANA zones in this version."""
    listed = resources.files("tzdata").joinpath("zones").read_text("utf-8")
    return frozenset(listed.split()) - {"Factory"}


def city_of(zone: str) -> str:
    """Return the city that a zone is named after: `America/New_York` → `New York`."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _known(name: str) -> str:
    if name not in zone_names():
        raise Refused(Phrase("fields.zone"))
    return name


ZoneName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_known),
    Field(description="An IANA time zone.", examples=["Europe/Kyiv"]),
]
"""The name of a zone in `zone_names()`."""
