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
            purpose="Passengers can book a crossing on their phone in **three steps**, even on "
            "the islands' slow networks. Skärgård Lines is the first to use it.",
            lead="sam",
            ends=8,
        ),
        opens_project(
            "DECK",
            "Offline app for deck crews",
            purpose="Crews can scan tickets and count passengers offline. Within a minute of "
            "reaching port, ship and shore are back in sync.",
            lead="aiko",
            ends=15,
        ),
        opens_project(
            "MOVE",
            "Move to the new data centre",
            purpose="Move every service out of the old data centre before its contract ends, "
            "without losing a booking or disrupting a port.",
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
            "Welcome, Greta! Ask us anything here that you'd normally call about. Every question "
            "gets an owner and a due time, and everyone sees the answer.",
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
            "Cut checkout from nine steps to three",
            to="sam",
            state="in_progress",
            priority="high",
            due=-6,
            labels=["design"],
            context="On phones, 41% of passengers leave before they've booked. Most do so at "
            "step 4, where we ask for every passenger's date of birth.",
            request="Design a flow with three steps: crossing, passengers, payment.",
            deadline=f"{s.weekday(-6)}, so Taras can start before the trade fair.",
            options="Ask for dates of birth on board, ask only for age groups, or leave it as it "
            "is.",
            authority="Sam decides on the design. Greta decides what we ask passengers for.",
        ),
        creates(
            "fares",
            "BOOK",
            "Family and group fares",
            to="ravi",
            state="todo",
            due=-3,
            labels=["prices"],
            context="Skärgård Lines has 14 fare types, and two of them contradict each other.",
            request="One fare table that both the booking page and the ports use.",
        ),
        creates(
            "payment",
            "BOOK",
            "Switch to the new payment provider",
            to="taras",
            state="todo",
            priority="high",
            due=0,
            labels=["payments"],
            watchers=("olena",),
        ),
        creates("slow", "BOOK", "Get the first page under 200 KB", to="taras", labels=["speed"]),
        waits_for("payment", "steps"),
    )
    s.at(
        -14,
        "sam",
        "10:40",
        says(
            "steps",
            "The first sketch is in the shared folder. @ravi, are age groups enough to work out "
            "the fare, or do we need dates of birth anywhere?",
            named="age-groups",
        ),
    )
    s.at(
        -13,
        "ravi",
        "11:40",
        says(
            "steps",
            "Age groups are enough for everything except the island resident card, and crews "
            "check that on board. So we don't need dates of birth.",
        ),
    )
    s.at(-13, "sam", "09:40", says("steps", "Then we can drop step 4. Thanks, that was quick!"))
    s.at(
        -12,
        "greta",
        "10:30",
        says(
            "BOOK",
            "@sam what passenger data do you store, and for how long? Our port authority wants "
            "to know.",
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
            "@greta we store the name, age group and crossing. 30 days after the trip we delete "
            "them and keep only the counts.",
        ),
    )
    s.at(
        -10,
        "sam",
        "15:30",
        posts_update(
            "BOOK",
            "on_track",
            "**Done:** the three-step design is ready, and Greta has reviewed it. **Next:** "
            "payments. **Risk:** the provider is taking a while to set up our test account.",
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
            "Scan tickets offline",
            to="aiko",
            state="in_progress",
            priority="high",
            due=-4,
            context="There's no network for 50 minutes between the outer islands.",
            request="Sign tickets so that the app can check them offline.",
            options="Signed codes, or a ticket list downloaded in port.",
            authority="Aiko decides.",
        ),
        creates("sync", "DECK", "Sync ship and shore in port", to="ravi", due=4),
        creates("count", "DECK", "Count passengers per deck", to="aiko", due=7, parent="scan"),
        waits_for("sync", "scan"),
    )
    s.at(
        -13,
        "aiko",
        "15:30",
        discusses(
            "keys",
            "DECK",
            "Where do we keep the signing keys?",
            "A lost phone mustn't be able to sign tickets. @taras, what do you think about one "
            "key per port and day?",
        ),
    )
    s.at(
        -13,
        "taras",
        "11:20",
        says(
            "keys",
            "One key per port and day sounds right. The phones only need the public keys. I'll "
            "add that to the task.",
        ),
    )
    s.at(-12, "aiko", "12:30", says("keys", "Agreed, thanks!"), resolves("keys"))
    s.at(
        -11,
        "ravi",
        "16:10",
        says("sync", "@aiko what's the longest a phone can be offline?"),
    )
    s.at(-10, "aiko", "13:05", says("sync", "Three days. That's the longest trip plus delays."))
    s.at(
        -10,
        "aiko",
        "17:40",
        posts_update(
            "DECK", "on_track", "We can sign tickets and check them offline on a test phone."
        ),
    )


def _move(s: Script) -> None:
    s.at(
        -14,
        "noor",
        "13:30",
        creates(
            "inventory",
            "MOVE",
            "List everything running in the old data centre",
            to="noor",
            state="in_progress",
            priority="high",
            due=-10,
        ),
        creates("rehearsal", "MOVE", "Rehearse the move", to="maya", due=-2),
        creates(
            "night",
            "MOVE",
            "Plan the move night",
            to="noor",
            priority="critical",
            due=4,
            context="Our contract ends soon, and bookings can be down for 4 hours at most.",
            request="A minute-by-minute plan that says who does what and how we roll back.",
            deadline="Two days before the move.",
            options="All in one night, or service by service over three weeks.",
            authority="Noor decides on the plan. The team lead approves the date.",
        ),
        waits_for("rehearsal", "inventory"),
        waits_for("night", "rehearsal"),
    )
    s.at(
        -13,
        "noor",
        "10:10",
        says("inventory", "@maya which machines do you restart at night, and how often?"),
    )
    s.at(
        -13,
        "maya",
        "23:10",
        says("inventory", "The two manifest servers, about twice a week. Both are old."),
    )
    s.at(-11, "noor", "15:10", changes("inventory", state="in_review"))
    s.at(
        -11,
        "noor",
        "15:15",
        says("inventory", "The list is ready, with 31 services. @taras, is anything missing?"),
    )
    s.at(-10, "taras", "11:00", says("inventory", "One more, the port mailer. I've added it."))
    s.at(-10, "taras", "11:05", changes("inventory", state="done"))
    s.at(
        -11,
        "olena",
        "16:30",
        writes_to(
            "budget",
            "noor",
            title="Last bill for the old data centre",
            body="@noor if we're out by the 28th, do we still pay for next month?",
        ),
    )
    s.at(
        -10,
        "noor",
        "09:40",
        says("budget", "No. We just have to be out by the last day and return the keys."),
    )
