"""The people of Tideline: eight in six zones, and a client."""

from dataclasses import dataclass

from dayline.demo.acts import focuses, works
from dayline.demo.script import Act
from dayline.identity.models import Role

Week = dict[str, list[list[str]]]

_FIVE = ("mon", "tue", "wed", "thu", "fri")


def _days(days: tuple[str, ...], *spans: list[str]) -> Week:
    return {day: list(spans) for day in days}


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the story."""

    handle: str
    name: str
    role: Role
    zone: str
    week: Week
    country: str | None = None
    focus: Act | None = None
    joins_later: bool = False
    """Whether they join during the story. The others are members from the beginning."""


LEAD = "olena"
"""The person that the installation's founder plays."""

PEOPLE = (
    Person(
        LEAD,
        "Olena Kovalenko",
        Role.OWNER,
        "Europe/Kyiv",
        _days(_FIVE, ["09:00", "18:00"]),
    ),
    Person("taras", "Taras Melnyk", Role.MEMBER, "Europe/Kyiv", _days(_FIVE, ["10:00", "19:00"])),
    Person(
        "sam",
        "Sam Rivera",
        Role.ADMIN,
        "America/New_York",
        _days(_FIVE, ["09:00", "17:00"]),
        country="US",
        focus=focuses(["tue", "thu"], "13:00", "15:00"),
    ),
    Person(
        "maya",
        "Maya Brooks",
        Role.MEMBER,
        "America/New_York",
        _days(_FIVE, ["22:00", "06:00"]),
        country="US",
    ),
    Person(
        "aiko",
        "Aiko Tanaka",
        Role.MEMBER,
        "Asia/Tokyo",
        _days(_FIVE, ["10:00", "19:00"]),
        country="JP",
        focus=focuses(["mon", "wed", "fri"], "10:00", "12:00"),
    ),
    Person(
        "ravi",
        "Ravi Iyer",
        Role.MEMBER,
        "Asia/Kolkata",
        _days(_FIVE, ["10:00", "13:00"], ["14:00", "19:00"]),
        country="IN",
    ),
    Person(
        "noor",
        "Noor Haddad",
        Role.MEMBER,
        "Asia/Dubai",
        _days(_FIVE, ["09:00", "17:00"]),
        country="AE",
    ),
    Person(
        "hana",
        "Hana Ngata",
        Role.MEMBER,
        "Pacific/Auckland",
        _days(_FIVE, ["08:30", "16:30"]),
        country="NZ",
        joins_later=True,
    ),
    Person(
        "greta",
        "Greta Lindqvist",
        Role.GUEST,
        "Europe/Stockholm",
        _days(_FIVE, ["08:00", "16:00"]),
        country="SE",
    ),
)

BY_HANDLE = {person.handle: person for person in PEOPLE}
ZONES = {person.handle: person.zone for person in PEOPLE}


def settling(handle: str) -> list[Act]:
    """What a person sets up on their first day."""
    person = BY_HANDLE[handle]
    acts = [works(person.zone, person.week, person.country)]
    return acts if person.focus is None else [*acts, person.focus]
