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
    s.at(-4, "sam", "09:30", says("payment", "They had turned our key off by mistake. Try again."))
    s.at(
        -4,
        "taras",
        "17:00",
        says("payment", "It works. 200 payments, none refused."),
        changes("payment", state="in_progress", labels=["payments"]),
    )
    s.at(
        -4,
        "sam",
        "11:00",
        posts_update("BOOK", "at_risk", "Payments work again. We lost two days; the fair is near."),
    )
    s.at(
        -3,
        "ravi",
        "12:10",
        says("fares", "The table of fares is done. @sam please read the families' row."),
    )
    s.at(-3, "ravi", "12:15", changes("fares", state="in_review"))
    s.at(-3, "sam", "10:30", says("fares", "Read, it is right."))
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
            context="When the network fails in step 3, passengers pay twice or not at all.",
            request="A sentence for each of the seven failures, and what the button then says.",
        ),
        says("words", "@sam can you have a first version before the fair?", named="words"),
    )
    s.at(-3, "sam", "10:05", promises("words", 1, "15:00"))
    s.at(
        -2,
        "greta",
        "13:40",
        discusses(
            "dogs",
            "BOOK",
            "Dogs",
            "Passengers ask how to book a dog. Is it an extra passenger or luggage? @sam",
        ),
    )
    s.at(
        -2,
        "sam",
        "10:20",
        says("dogs", "Luggage with a place on deck. It is in step 2 from tomorrow on."),
        resolves("dogs"),
    )
    s.at(
        -1,
        "sam",
        "14:30",
        posts_update(
            "BOOK",
            "on_track",
            "Fares and payments are done; 12 of 200 KB left on the first page. The fair can come.",
        ),
    )


def _deck(s: Script) -> None:
    s.at(-4, "hana", "10:00", says("gloves", "The crew liked the big buttons, not the colours."))
    s.at(-3, "aiko", "13:10", says("sync", "@ravi what happens when two phones scan one ticket?"))
    s.at(
        -3,
        "ravi",
        "15:20",
        says("sync", "The shore keeps the first one; the second sees who, where and when."),
    )
    s.at(-2, "aiko", "14:10", is_off(1, 2, "Moving house"))
    s.at(
        -2,
        "hana",
        "11:15",
        creates("battery", "DECK", "The battery lasts one shift", to="hana", state="todo", due=6),
        waits_for("battery", "gloves"),
    )
    s.at(-2, "ravi", "16:40", changes("sync", state="in_review"))
    s.at(
        -1,
        "aiko",
        "17:20",
        posts_update("DECK", "on_track", "Two phones and the shore agreed after 40 seconds."),
    )


def _move(s: Script) -> None:
    s.at(-4, "maya", "23:20", says("rehearsal", "Second rehearsal: **3 h 35 min**."))
    s.at(-3, "noor", "09:15", says("rehearsal", "That is it. Thank you, Maya and Taras."))
    s.at(-3, "noor", "09:20", changes("rehearsal", state="done"))
    s.at(-3, "noor", "11:30", changes("night", state="in_progress"))
    s.at(
        -3,
        "noor",
        "11:35",
        says(
            "night",
            f"The plan by the minute is in the task. @olena, do you agree to {s.weekday(4)} night?",
            named="agree",
        ),
    )
    s.at(-3, "olena", "13:30", says("night", "I agree. I am awake until the first booking."))
    s.at(
        -2,
        "noor",
        "13:00",
        posts_update("MOVE", "on_track", f"The plan stands, the night is {s.weekday(4)}."),
    )
    s.at(
        -2,
        "taras",
        "12:30",
        says("MOVE", "@maya who holds the keys of the old hall that night?"),
    )
    s.at(-2, "maya", "22:50", says("MOVE", "I do. The guard has the second ones."))


def _today(s: Script) -> None:
    """What is open now: something overdue, something due, something promised."""
    s.at(
        -1,
        "ravi",
        "11:20",
        says(
            "sync",
            "@olena may the phones keep names for three days? It is the only personal data.",
        ),
    )
    s.at(
        -1,
        "sam",
        "16:20",
        says("words", "@olena is “We could not reach the bank” too plain?"),
    )
    s.at(
        0,
        "hana",
        "09:30",
        writes_to(
            "question",
            "olena",
            title="The agreement",
            body="@olena I want to sign it. Does the hour for urgent ones count my lunch?",
        ),
    )
    s.at(
        0,
        "olena",
        "09:40",
        says("slow", "@taras where do we stand with the 200 KB?"),
        says("question", "It does, as long as your hours have no break at noon. Add one!"),
    )
    s.at(
        0,
        "olena",
        "10:10",
        says("sync", "Yes, three days. Sorry that you had to wait: I was at the port."),
    )
    s.at(0, "taras", "10:20", says("payment", "@sam may refunds go out by themselves up to 50 €?"))
    s.at(0, "taras", "12:30", says("slow", "188 KB. The calendar was the heaviest part."))
    s.at(0, "taras", "12:35", changes("slow", state="in_review"))
    s.at(0, "sam", "11:15", says("payment", "Up to 50 € yes, and a line in the report for each."))
    s.at(
        0,
        "noor",
        "16:40",
        says("night", "@maya please confirm that rack 4 is powered before the night."),
    )
    s.at(0, "sam", "14:40", says("BOOK", "@olena which of the two films do we show at the fair?"))
    s.ago(95, "greta", says("BOOK", "@olena can I show the booking at our meeting tomorrow?"))
    s.ago(35, "olena", says("gloves", "@hana how did the second morning with the crew go?"))
