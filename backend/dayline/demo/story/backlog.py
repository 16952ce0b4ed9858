"""The rest of the board: small tasks besides the story."""

from typing import Any

from dayline.demo.acts import changes, creates
from dayline.demo.script import Script

_WORK = {
    "BOOK": (
        "Crossings on public holidays",
        "The receipt as a PDF",
        "Bicycles and trailers",
        "Wheelchair places",
        "Change a booking until noon",
        "The calendar starts on Monday",
        "Remember the last crossing",
        "Translate the three steps into Finnish",
        "One page for all delays",
        "Gift vouchers",
        "Reminder on the evening before",
        "Seats together for families",
    ),
    "DECK": (
        "Night colours",
        "A sound for refused tickets",
        "Lock the app to one ship",
        "Show the next port",
        "Count prams",
        "Sign in by a card",
        "Print the list of passengers",
        "Log what the crew corrected",
        "Warn when the ship is full",
        "Update without a network",
    ),
    "MOVE": (
        "New certificates",
        "Copy the archive",
        "Close the old firewall",
        "Alarms in the new hall",
        "Names of the machines",
        "Remove unused services",
        "Numbers for the night, printed",
        "Backups in a second town",
        "Tell the ports",
        "Return the keys",
    ),
}
_DOERS = {
    "BOOK": ("sam", "taras", "ravi", "olena"),
    "DECK": ("aiko", "hana", "ravi", "taras"),
    "MOVE": ("noor", "maya", "taras"),
}
_LABELS = ("text", "speed", "ports", "small", "safety")
_ROADS = (
    (),
    ("todo",),
    ("todo", "in_progress"),
    ("todo", "in_progress", "in_review"),
    ("todo", "in_progress", "in_review", "done"),
    ("todo", "in_progress", "done"),
    ("todo", "cancelled"),
    ("todo", "in_progress", "waiting"),
)
_FIRST_DAY = -12
_JOINED = {"hana": -7}


def tell(s: Script) -> None:
    """Tasks that are created and partly done, at random."""
    for project, titles in _WORK.items():
        for number, title in enumerate(titles):
            _one(s, f"{project}-{number}", project, title)


def _one(s: Script, name: str, project: str, title: str) -> None:
    rng = s.rng
    asker, doer = rng.choice(_DOERS[project]), rng.choice(_DOERS[project])
    road = rng.choice(_ROADS)
    earliest = max(_JOINED.get(who, _FIRST_DAY) for who in (asker, doer))
    day = rng.randrange(earliest, -2)
    chosen: dict[str, Any] = {
        "to": doer if road else None,
        "priority": rng.choice(("low", "normal", "normal", "normal", "high")),
        "labels": rng.sample(_LABELS, rng.randrange(3)),
        "due": rng.choice((None, None, rng.randrange(-3, 12))),
    }
    s.at(day, asker, _clock(s, asker), creates(name, project, title, **chosen))
    for state in road:
        day += rng.randrange(1, 4)
        if day <= 0:
            s.at(day, doer, _clock(s, doer), changes(name, state=state))


def _clock(s: Script, who: str) -> str:
    """A random local time in a person's working hours."""
    hour = s.rng.randrange(23, 24) if who == "maya" else s.rng.randrange(10, 13)
    return f"{hour:02}:{s.rng.randrange(60):02}"
