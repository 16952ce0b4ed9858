"""The third week: payments work, the move is near, and some asks are open now."""

from dayline.demo.acts import (
    changes,
    creates,
    discusses,
    is_off,
    posts_update,
    promises,
    resolves,
    says,
    waits_for,
    writes_to,
)
from dayline.demo.script import Script


def tell(s: Script) -> None:
    """Working days -4 to now."""
    _booking(s)
    _deck(s)
    _move(s)
    _today(s)


def _booking(s: Script) -> None:
    s.at(
        -4,
        "sam",
        "09:30",
        says("payment", "They'd disabled our key by mistake. Can you try again?"),
    )
    s.at(
        -4,
        "taras",
        "17:00",
        says("payment", "It works. 200 test payments, none refused."),
        changes("payment", state="in_progress", labels=["payments"]),
    )
    s.at(
        -4,
        "sam",
        "11:00",
        posts_update(
            "BOOK", "at_risk", "Payments work again. We lost two days, and the fair is close."
        ),
    )
    s.at(
        -3,
        "ravi",
        "12:10",
        says("fares", "The fare table is done. @sam can you check the family fares?"),
    )
    s.at(-3, "ravi", "12:15", changes("fares", state="in_review"))
    s.at(-3, "sam", "10:30", says("fares", "Checked, they're right."))
    s.at(-2, "ravi", "10:30", changes("fares", state="done"))
    s.at(
        -3,
        "olena",
        "14:20",
        creates(
            "words",
            "BOOK",
            "Checkout error messages",
            to="sam",
            state="todo",
            due=3,
            labels=["design", "text"],
            context="When the network drops in step 3, passengers pay twice or not at all.",
            request="One sentence for each of the seven errors, and a label for the button below "
            "it.",
        ),
        says("words", "@sam can you have a first draft before the fair?", named="words"),
    )
    s.at(-3, "sam", "10:05", promises("words", 1, "15:00"))
    s.at(
        -2,
        "greta",
        "13:40",
        discusses(
            "dogs",
            "BOOK",
            "How do passengers book a dog?",
            "Passengers keep asking. Does a dog count as a passenger or as luggage? @sam",
        ),
    )
    s.at(
        -2,
        "sam",
        "10:20",
        says("dogs", "As luggage, with a spot on deck. It'll be in step 2 from tomorrow."),
        resolves("dogs"),
    )
    s.at(
        -1,
        "sam",
        "14:30",
        posts_update(
            "BOOK",
            "on_track",
            "Fares and payments are done. Error messages and page size are next, in time for the "
            "fair.",
        ),
    )


def _deck(s: Script) -> None:
    s.at(-4, "hana", "10:00", says("gloves", "The crew liked the big buttons but not the colours."))
    s.at(
        -3, "aiko", "13:10", says("sync", "@ravi what happens if two phones scan the same ticket?")
    )
    s.at(
        -3,
        "ravi",
        "15:20",
        says(
            "sync",
            "For now the first scan counts, and the second crew gets a warning. I'll open a "
            "decision.",
        ),
    )
    s.at(-2, "aiko", "14:10", is_off(1, 2, "Moving house"))
    s.at(
        -2,
        "hana",
        "11:15",
        creates(
            "battery", "DECK", "Make the battery last a full shift", to="hana", state="todo", due=6
        ),
        waits_for("battery", "gloves"),
    )
    s.at(-2, "ravi", "16:40", changes("sync", state="in_review"))
    s.at(
        -1,
        "aiko",
        "17:20",
        posts_update(
            "DECK", "on_track", "Two phones and the shore were back in sync after 40 seconds."
        ),
    )


def _move(s: Script) -> None:
    s.at(-4, "maya", "23:20", says("rehearsal", "The second rehearsal took **3 h 35 min**."))
    s.at(-3, "noor", "09:15", says("rehearsal", "We're under the limit. Thanks, Maya and Taras!"))
    s.at(-3, "noor", "09:20", changes("rehearsal", state="done"))
    s.at(-3, "noor", "11:30", changes("night", state="in_progress"))
    s.at(
        -3,
        "noor",
        "11:35",
        says(
            "night",
            f"The minute-by-minute plan is ready. @olena, are you OK with {s.weekday(4)} night?",
            named="agree",
        ),
    )
    s.at(-3, "olena", "13:30", says("night", "Yes. I'll stay up until the first booking comes in."))
    s.at(
        -2,
        "noor",
        "13:00",
        posts_update("MOVE", "on_track", f"The plan is ready. We move on {s.weekday(4)} night."),
    )
    s.at(
        -2,
        "taras",
        "12:30",
        says("MOVE", "@maya who has the keys to the old data centre that night?"),
    )
    s.at(-2, "maya", "22:50", says("MOVE", "I do. The guard has the spare set."))


def _today(s: Script) -> None:
    """What is open now: something overdue, something due, something promised."""
    s.at(
        -1,
        "ravi",
        "11:20",
        says(
            "sync",
            "@olena can the phones store names for three days? It's the only personal data.",
        ),
    )
    s.at(
        -1,
        "sam",
        "16:20",
        says("words", "@olena is “We couldn't reach your bank” clear enough?"),
    )
    s.at(
        0,
        "hana",
        "09:30",
        writes_to(
            "question",
            "olena",
            title="The agreement",
            body="@olena I'd like to sign it. Does the hour for urgent questions include my "
            "lunch break?",
        ),
    )
    s.at(
        0,
        "olena",
        "09:40",
        says("slow", "@taras how close are we to 200 KB?"),
        says(
            "question",
            "Yes, unless your hours have a break. Add one, and the clock stops at lunch.",
        ),
    )
    s.at(
        0,
        "olena",
        "10:10",
        says("sync", "Yes, three days is fine. Sorry for the wait, I was at the port."),
    )
    s.at(
        0,
        "taras",
        "10:20",
        says("payment", "@sam should I start on automatic refunds or wait for the decision?"),
    )
    s.at(0, "taras", "12:30", says("slow", "We're at 188 KB. The calendar was the biggest part."))
    s.at(0, "taras", "12:35", changes("slow", state="in_review"))
    s.at(
        0,
        "sam",
        "11:15",
        says("payment", "You can start. Make the limit a setting, so the decision can change it."),
    )
    s.at(
        0,
        "noor",
        "16:40",
        says("night", "@maya can you confirm that rack 4 has power before we move?"),
    )
    s.at(
        0,
        "sam",
        "14:40",
        says("BOOK", "@olena which of the two videos should we show at the fair?"),
    )
    s.ago(95, "greta", says("BOOK", "@olena can I show the booking flow at our meeting tomorrow?"))
    s.ago(35, "olena", says("gloves", "@hana how did the second morning with the crew go?"))
