"""The rest of the board: small tasks that aren't part of the story."""

from typing import Any

from dayline.demo.acts import changes, creates
from dayline.demo.script import Script

_WORK = {
    "BOOK": (
        "Public holiday timetable",
        "PDF receipts",
        "Bikes and trailers",
        "Wheelchair spaces",
        "Allow changes to a booking until noon",
        "Start the calendar on Monday",
        "Remember the last crossing",
        "Translate checkout into Finnish",
        "Show all delays on one page",
        "Gift vouchers",
        "Send a reminder the evening before",
        "Seat families together",
    ),
    "DECK": (
        "Dark mode for night crossings",
        "Play a sound when a ticket is refused",
        "Lock the app to one ship",
        "Show the next port",
        "Count prams",
        "Sign in with a crew card",
        "Print the passenger list",
        "Log manual corrections",
        "Warn when the ship is full",
        "Install updates offline",
    ),
    "MOVE": (
        "Renew certificates",
        "Copy the archive",
        "Shut down the old firewall",
        "Set up alerts in the new data centre",
        "Rename the machines",
        "Remove unused services",
        "Print phone numbers for the move night",
        "Keep backups in a second city",
        "Notify the ports",
        "Return the keys to the old data centre",
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
