"""The library of public holidays. Its functions run in a thread, as they take long."""

import asyncio
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays

from dayline.calendars.schemas import CountryOut, SubdivisionOut
from dayline.core.phrase import Phrase
from dayline.kernel.errors import Invalid

VERSION = version("holidays")
LONGEST_NAME = 300


@cache
def _places() -> dict[str, list[str]]:
    """Return the subdivisions of each country, in the library's order."""
    return holidays.list_supported_countries(include_aliases=False)


@cache
def _countries() -> tuple[CountryOut, ...]:
    return tuple(
        CountryOut(code=country, subdivisions=list(_named(country, codes)))
        for country, codes in sorted(_places().items())
    )


def _named(country: str, codes: Iterable[str]) -> Iterable[SubdivisionOut]:
    names = getattr(holidays, country).get_subdivision_aliases()
    for code in sorted(codes):
        yield SubdivisionOut(code=code, name=next(iter(names.get(code, [])), None))


async def countries() -> tuple[CountryOut, ...]:
    """Return all countries that the library knows, with their subdivisions."""
    return await asyncio.to_thread(_countries)


async def check_place(country: str, subdivision: str) -> None:
    """Raise Invalid if the library doesn't know the country, or the subdivision in it."""
    known = await asyncio.to_thread(_places)
    if country not in known:
        raise Invalid.field("country", Phrase("fields.country-unknown"))
    if subdivision and subdivision not in known[country]:
        raise Invalid.field("subdivision", Phrase("fields.subdivision-unknown", country=country))


async def holidays_of(country: str, subdivision: str, years: range) -> dict[date, str]:
    """Return the public holidays of a place in these years, with its country's, by date.

    Names are in English if the library has them, else in the country's language. Substitute days
    for holidays on a weekend are included.
    """
    return await asyncio.to_thread(_compute, country, subdivision, years)


def _compute(country: str, subdivision: str, years: range) -> dict[date, str]:
    found = holidays.country_holidays(
        country, subdiv=subdivision or None, years=years, language="en_US"
    )
    return {on: name[:LONGEST_NAME] for on, name in found.items() if on.year in years}
