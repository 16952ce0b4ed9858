"""The decisions: two about the move, one about scans, and one that is still open."""

from dayline.demo.acts import says
from dayline.demo.deciding import Until, answers, decides, makes_task, proposes, reads
from dayline.demo.script import Script

_ONE_NIGHT, _BY_SERVICE = "Everything in one night", "Service by service"


def tell(s: Script) -> None:
    """Working days -13 to now."""
    _by_service(s)
    _one_night(s)
    _scans(s)
    _refunds(s)


def _by_service(s: Script) -> None:
    s.at(
        -13,
        "noor",
        "10:00",
        proposes(
            "by-service",
            "MOVE",
            "How we move to the new hall",
            context="The old hall closes at the end of the quarter. Bookings may stand still for "
            "4 hours at most, and only at night.",
            recommendation="Service by service: each step is small, and each can be undone.",
            options={
                _BY_SERVICE: "Nine evenings of half an hour. Both halls run for three weeks.",
                _ONE_NIGHT: "One plan, one way back. It has to take less than 4 hours.",
            },
            asks=("taras", "maya"),
            decider="olena",
            until=Until(-11, "noor", "12:00"),
        ),
    )
    s.at(-13, "taras", "11:30", answers("by-service", "agree"))
    s.at(
        -13,
        "maya",
        "22:30",
        answers(
            "by-service",
            "object",
            reason="Two halls at once are two sets of alarms, and I am alone at night.",
            minutes=10,
        ),
    )
    s.at(
        -12,
        "olena",
        "11:00",
        decides(
            "by-service",
            _BY_SERVICE,
            "Small steps first. If the line between the halls is too slow for both, we look again.",
        ),
    )
    s.at(-12, "taras", "12:00", reads("by-service"))
    s.at(-12, "maya", "22:10", reads("by-service"))


def _one_night(s: Script) -> None:
    s.at(
        -9,
        "noor",
        "13:00",
        proposes(
            "one-night-decision",
            "MOVE",
            "Move everything in one night",
            context="The line between the halls carries a tenth of what both need. Maya's alarms "
            "doubled in the test.",
            recommendation=f"One {s.weekday(4)} night, after a rehearsal of less than 4 hours.",
            options={
                _ONE_NIGHT: "One plan, one way back, one night in which no one else works.",
                _BY_SERVICE: "As we decided: nine evenings, with a better line for three weeks.",
            },
            asks=("taras", "maya"),
            decider="olena",
            until=Until(-7, "noor", "12:00"),
            supersedes=("by-service",),
        ),
    )
    s.at(
        -9,
        "taras",
        "15:40",
        answers("one-night-decision", "agree", reason="If the rehearsal takes less than 4 h."),
    )
    s.at(-9, "maya", "22:50", answers("one-night-decision", "agree"))
    s.at(
        -8,
        "olena",
        "12:00",
        decides(
            "one-night-decision",
            _ONE_NIGHT,
            "A line that is fast enough costs more than the night. The rehearsal decides whether "
            "the date stands.",
            review=6,
        ),
    )
    s.at(
        -8,
        "noor",
        "15:30",
        makes_task("one-night-decision", "line", "Cancel the second line", to="noor", due=5),
    )
    s.at(-8, "taras", "15:10", reads("one-night-decision"))
    s.at(-8, "maya", "22:20", reads("one-night-decision"))


def _scans(s: Script) -> None:
    s.at(
        -3,
        "ravi",
        "16:00",
        proposes(
            "scans",
            "DECK",
            "What if a ticket is scanned twice?",
            context="Two phones without a network can scan the same ticket. The shore hears of "
            "both in the next port.",
            recommendation="The first one, by the phones' clocks; the second crew sees who it was.",
            options={
                "The first scan": "Fair to the passenger who was there first. Clocks differ by "
                "2 seconds at most.",
                "The last scan": "Needs no clocks, and lets a stolen ticket win.",
                "Both are refused": "Safe, and a family stands at the ramp.",
            },
            asks=("olena", "hana"),
            decider="aiko",
            until=Until(-1, "ravi", "12:00"),
        ),
        says("scans", "The table of all cases is in the task on ship and shore."),
    )
    s.at(-3, "olena", "15:30", answers("scans", "agree", minutes=10))
    s.at(
        -2,
        "hana",
        "10:10",
        answers(
            "scans",
            "prefer",
            option="Both are refused",
            reason="The crews would rather ask twice than let someone board by mistake.",
        ),
    )
    s.at(
        -2,
        "aiko",
        "15:00",
        decides(
            "scans",
            "The first scan",
            "Nobody is left at the ramp for what a phone did. Hana's crews see the second scan in "
            "red, with the name of who scanned first.",
            review=15,
        ),
    )
    s.at(-1, "hana", "09:20", reads("scans"))


def _refunds(s: Script) -> None:
    """A decision that is open now: two of three have not answered."""
    s.at(
        -1,
        "sam",
        "11:30",
        proposes(
            "refunds",
            "BOOK",
            "Who can approve refunds?",
            context="We refund 30 bookings a week by hand. Each waits a day for one of two people.",
            recommendation="The booking page does it by itself up to 50 €, and we read a report.",
            options={
                "By itself up to 50 €": "Nine of ten refunds. Costs at most 1,500 € a week if it "
                "goes wrong.",
                "By itself up to 20 €": "Half of them. Little can go wrong.",
                "By hand, as now": "Nothing changes, and passengers wait.",
            },
            asks=("olena", "ravi", "taras"),
            decider="sam",
            until=Until(2, "sam", "16:00"),
        ),
    )
    s.at(
        -1,
        "taras",
        "18:45",
        answers("refunds", "agree", reason="With a stop when a day costs more than 300 €."),
    )
