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
            "How should we move to the new data centre?",
            context="Our contract for the old data centre ends soon. Bookings can be down for "
            "4 hours at most, and only at night.",
            recommendation="Service by service. Each step is small and easy to undo.",
            options={
                _BY_SERVICE: "Nine evenings of half an hour each. Both data centres run for "
                "three weeks.",
                _ONE_NIGHT: "One plan and one rollback. It has to take less than 4 hours.",
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
            reason="Two data centres mean two sets of alerts, and I'm alone at night.",
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
            "We start with small steps. If the link between the data centres is too slow for "
            "that, we'll decide again.",
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
            context="The link between the data centres carries a tenth of what we need. Maya's "
            "alerts doubled in the test.",
            recommendation=f"Move on a {s.weekday(4)} night, after a rehearsal of less than 4 "
            "hours.",
            options={
                _ONE_NIGHT: "One plan and one rollback, in a night when no one else is working.",
                _BY_SERVICE: "Nine evenings as decided, with a faster link for three weeks.",
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
        answers(
            "one-night-decision",
            "agree",
            reason="As long as the rehearsal takes less than 4 hours.",
        ),
    )
    s.at(-9, "maya", "22:50", answers("one-night-decision", "agree"))
    s.at(
        -8,
        "olena",
        "12:00",
        decides(
            "one-night-decision",
            _ONE_NIGHT,
            "A link that's fast enough costs more than moving in one night. If the rehearsal "
            "takes too long, we'll pick another date.",
            review=6,
        ),
    )
    s.at(
        -8,
        "noor",
        "15:30",
        makes_task(
            "one-night-decision", "line", "Cancel the second network link", to="noor", due=5
        ),
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
            context="Two offline phones can scan the same ticket. The shore only finds out at "
            "the next port.",
            recommendation="Accept the first scan by the phones' clocks, and show the second "
            "crew who made it.",
            options={
                "Accept the first scan": "Fair to the passenger who boarded first. The clocks "
                "differ by 2 seconds at most.",
                "Accept the last scan": "Doesn't depend on clocks, but a stolen ticket wins.",
                "Refuse both": "Safe, but it leaves families standing at the ramp.",
            },
            asks=("olena", "hana"),
            decider="aiko",
            until=Until(-1, "ravi", "12:00"),
        ),
        says("scans", "All the cases are in the sync task."),
    )
    s.at(-3, "olena", "15:30", answers("scans", "agree", minutes=10))
    s.at(
        -2,
        "hana",
        "10:10",
        answers(
            "scans",
            "prefer",
            option="Refuse both",
            reason="The crews would rather ask twice than let someone board by mistake.",
        ),
    )
    s.at(
        -2,
        "aiko",
        "15:00",
        decides(
            "scans",
            "Accept the first scan",
            "No one should be left at the ramp because of a phone. Crews will see the second "
            "scan in red, with the name of the person who scanned first.",
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
            context="We approve 30 refunds a week by hand, and each one waits a day for one of "
            "two people.",
            recommendation="Refund up to €50 automatically, and check a weekly report.",
            options={
                "Automatic up to €50": "Covers nine in ten refunds. Costs up to €1,500 a week "
                "if it goes wrong.",
                "Automatic up to €20": "Covers half of them. Little can go wrong.",
                "Manual, as now": "Nothing changes, and passengers keep waiting.",
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
        answers("refunds", "agree", reason="As long as it stops once a day's refunds pass €300."),
    )
