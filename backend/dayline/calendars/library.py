"""The library of public holidays: what it knows. It computes in a thread, beside the event loop."""

import asyncio
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays

from dayline.calendars.schemas import CountryOut, SubdivisionOut
from dayline.kernel.errors import Invalid

VERSION = version("holidays")
LONGEST_NAME = 300


@cache
def _places() -> dict[str, list[str]]:
    """The subdivisions of each country, in the library's order."""
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
    """Every country that the library knows, with its subdivisions."""
    return await asyncio.to_thread(_countries)


async def check_place(country: str, subdivision: str) -> None:
    """Raise Invalid where the library does not know the country, or the subdivision in it."""
    known = await asyncio.to_thread(_places)
    if country not in known:
        raise Invalid.field("country", "is not a country whose public holidays are known")
    if subdivision and subdivision not in known[country]:
        raise Invalid.field("subdivision", f"is not a subdivision of {country} that is known")


async def holidays_of(country: str, subdivision: str, years: range) -> dict[date, str]:
    """The public holidays of a place in these years: its own and its country's, in English.

    Names are in the country's language where the library has no English ones. Some are days that
    stand in for a holiday on a weekend.
    """
    return await asyncio.to_thread(_compute, country, subdivision, years)


def _compute(country: str, subdivision: str, years: range) -> dict[date, str]:
    found = holidays.country_holidays(
        country, subdiv=subdivision or None, years=years, language="en_US"
    )
    return {on: name[:LONGEST_NAME] for on, name in found.items() if on.year in years}
