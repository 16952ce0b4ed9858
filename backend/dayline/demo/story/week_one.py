"""The first week: an agreement is signed, three projects begin."""

from dayline.demo.acts import (
    adds_to_project,
    changes,
    creates,
    discusses,
    opens_project,
    posts_update,
    promises,
    resolves,
    says,
    signs,
    waits_for,
    writes_to,
)
from dayline.demo.script import Script


def tell(s: Script) -> None:
    """Working days -14 to -10."""
    _agreement(s)
    _projects(s)
    _booking(s)
    _deck(s)
    _move(s)


def _agreement(s: Script) -> None:
    s.at(-14, "olena", "09:10", signs())
    s.at(-14, "taras", "10:15", signs())
    s.at(-14, "noor", "09:20", signs())
    s.at(-14, "ravi", "12:30", signs())
    s.at(-14, "sam", "09:30", signs())
    s.at(-14, "maya", "22:20", signs())
    s.at(-13, "aiko", "12:10", signs())


def _projects(s: Script) -> None:
    s.at(
        -14,
        "olena",
        "09:30",
        opens_project(
            "BOOK",
            "New booking flow",
            purpose="Passengers book a crossing in **three steps** on a phone, also on the "
            "islands' slow networks. Skärgård Lines is the first to use it.",
            lead="sam",
            ends=8,
        ),
        opens_project(
            "DECK",
            "Offline app for deck crews",
            purpose="Crews scan tickets and count passengers without a network, and the ship "
            "and the shore agree again within a minute of the next port.",
            lead="aiko",
            ends=15,
        ),
        opens_project(
            "MOVE",
            "Move to the new data centre",
            purpose="All services leave the old hall before its contract ends. No booking is "
            "lost, and no port notices.",
            lead="noor",
            ends=5,
        ),
    )
    s.at(-14, "olena", "09:50", adds_to_project("BOOK", "sam", "taras", "ravi", "greta"))
    s.at(-14, "olena", "09:55", adds_to_project("DECK", "aiko", "ravi", "taras"))
    s.at(-14, "olena", "09:58", adds_to_project("MOVE", "noor", "maya", "taras"))
    s.at(
        -14,
        "olena",
        "10:05",
        says(
            "BOOK",
            "Welcome, Greta. Ask here whatever you would have asked by telephone: your question "
            "gets an owner and a time, and we all see the answer.",
        ),
    )


def _booking(s: Script) -> None:
    s.at(
        -14,
        "olena",
        "10:20",
        creates(
            "steps",
            "BOOK",
            "Three steps instead of nine",
            to="sam",
            state="in_progress",
            priority="high",
            due=-6,
            labels=["design"],
            context="Nine steps lose 41 % of the passengers on a phone; most leave at step 4, "
            "where we ask for each passenger's date of birth.",
            request="Draw the flow in three steps: crossing, passengers, payment.",
            deadline=f"{s.weekday(-6)}, so that Taras can begin before the fair.",
            options="Ask for dates of birth on board; ask for age groups only; keep as it is.",
            authority="Sam decides on the drawing; what we ask the passengers for is Greta's to "
            "decide.",
        ),
        creates(
            "fares",
            "BOOK",
            "Fares for families and groups",
            to="ravi",
            state="todo",
            due=-3,
            labels=["prices"],
            context="Skärgård Lines has 14 kinds of fares, and two of them contradict each other.",
            request="One table of fares that the booking and the ports both read.",
        ),
        creates(
            "payment",
            "BOOK",
            "Payments through the new provider",
            to="taras",
            state="todo",
            priority="high",
            due=0,
            labels=["payments"],
            watchers=("olena",),
        ),
        creates("slow", "BOOK", "Under 200 KB on the first page", to="taras", labels=["speed"]),
        waits_for("payment", "steps"),
    )
    s.at(
        -14,
        "sam",
        "10:40",
        says(
            "steps",
            "First sketch is in the folder. @ravi, can age groups alone decide the fare, or do "
            "we need the date of birth anywhere?",
            named="age-groups",
        ),
    )
    s.at(
        -13,
        "ravi",
        "11:40",
        says(
            "steps",
            "Age groups are enough for all but the island residents' card, and that one is "
            "checked on board. So: no dates of birth.",
        ),
    )
    s.at(-13, "sam", "09:40", says("steps", "Then step 4 is gone. Thank you, that was quick."))
    s.at(
        -12,
        "greta",
        "10:30",
        says(
            "BOOK",
            "@sam which data do you keep of a passenger, and for how long? Our port authority "
            "asks us.",
            named="gdpr",
        ),
    )
    s.at(-12, "sam", "11:30", promises("gdpr", -11, "16:00"))
    s.at(
        -11,
        "sam",
        "14:10",
        says(
            "BOOK",
            "@greta name, age group and the crossing; 30 days after it, only the counts. The "
            "page with all of it is linked from the project's purpose.",
        ),
    )
    s.at(
        -10,
        "sam",
        "15:30",
        posts_update(
            "BOOK",
            "on_track",
            "**Done:** the three steps are drawn and Greta has seen them. **Next:** payments. "
            "**Risk:** the provider's test system is slow to be set up.",
        ),
    )


def _deck(s: Script) -> None:
    s.at(
        -13,
        "aiko",
        "12:20",
        creates(
            "scan",
            "DECK",
            "Scan a ticket without a network",
            to="aiko",
            state="in_progress",
            priority="high",
            due=-4,
            context="Between the outer islands there is no network for 50 minutes.",
            request="Sign tickets so that the app can check them alone.",
            options="Signed codes; a list of tickets downloaded in port.",
            authority="Aiko decides.",
        ),
        creates("sync", "DECK", "Ship and shore agree again", to="ravi", due=4),
        creates("count", "DECK", "Count passengers by deck", to="aiko", due=7, parent="scan"),
        waits_for("sync", "scan"),
    )
    s.at(
        -13,
        "aiko",
        "15:30",
        discusses(
            "keys",
            "DECK",
            "Where do the keys for tickets live?",
            "A phone that is lost must not be able to sign tickets. @taras, what do you think of "
            "a key for each port and day?",
        ),
    )
    s.at(
        -13,
        "taras",
        "11:20",
        says(
            "keys",
            "A key for each port and day is right: the phones hold only the public halves. I "
            "write it down in the task.",
        ),
    )
    s.at(-12, "aiko", "12:30", says("keys", "Agreed, thank you."), resolves("keys"))
    s.at(
        -11,
        "ravi",
        "16:10",
        says("sync", "@aiko how long may a phone stay without a network, at most?"),
    )
    s.at(-10, "aiko", "13:05", says("sync", "Three days: the longest trip and its delay."))
    s.at(
        -10,
        "aiko",
        "17:40",
        posts_update("DECK", "on_track", "Tickets are signed and checked on a test phone."),
    )


def _move(s: Script) -> None:
    s.at(
        -14,
        "noor",
        "13:30",
        creates(
            "inventory",
            "MOVE",
            "List everything that runs in the old hall",
            to="noor",
            state="in_progress",
            priority="high",
            due=-10,
        ),
        creates("rehearsal", "MOVE", "Rehearse the move", to="maya", due=-2),
        creates(
            "night",
            "MOVE",
            "The night of the move",
            to="noor",
            priority="critical",
            due=4,
            context="The hall's contract ends with the month. Bookings must not stop for more "
            "than ten minutes.",
            request="A plan by the minute, with who does what, and the way back.",
            deadline="Two days before the night.",
            options="In one night; service by service over two weeks.",
            authority="Noor decides, Olena agrees to the night.",
        ),
        waits_for("rehearsal", "inventory"),
        waits_for("night", "rehearsal"),
    )
    s.at(
        -13,
        "noor",
        "10:10",
        says("inventory", "@maya which of the machines do you restart at night, and how often?"),
    )
    s.at(
        -13,
        "maya",
        "23:10",
        says("inventory", "The two that make the manifests, about twice a week. Both are old."),
    )
    s.at(-11, "noor", "15:10", changes("inventory", state="in_review"))
    s.at(
        -11,
        "noor",
        "15:15",
        says("inventory", "The list is ready: 31 services. @taras, please look for missing ones."),
    )
    s.at(-10, "taras", "11:00", says("inventory", "One more: the mailer for the ports. Added it."))
    s.at(-10, "taras", "11:05", changes("inventory", state="done"))
    s.at(
        -11,
        "olena",
        "16:30",
        writes_to(
            "budget",
            "noor",
            title="The bill of the old hall",
            body="@noor do we pay for next month as well if we leave on the 28th?",
        ),
    )
    s.at(
        -10,
        "noor",
        "09:40",
        says("budget", "No. Their contract says: out by the last day, keys handed over."),
    )
