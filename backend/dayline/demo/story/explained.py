"""What is explained by talking, until someone writes it down."""

from dayline.demo.acts import says
from dayline.demo.explaining import doubts, explains, writes_down
from dayline.demo.script import Script

_REFUNDS = "How long refunds take"
_NIGHTS = "Who may start a rehearsal at night"


def tell(s: Script) -> None:
    """Working days -12 to now."""
    s.at(-12, "sam", "10:40", explains("How long our refunds take", "payment"))
    s.at(-9, "noor", "11:10", explains("How long refunds take", "BOOK"))
    s.at(-8, "aiko", "14:20", explains("Reading the sync log of a scanner", "sync"))
    s.at(-7, "sam", "11:30", explains("How long do refunds take?", "payment"))
    s.at(
        -6,
        "sam",
        "09:50",
        writes_down(
            _REFUNDS,
            "**Five working days at most**, and most take two.\n\n"
            "1. We tell the bank at once; the booking says *refunded* from then on.\n"
            "2. The bank pays within two working days, on islands within five.\n\n"
            "Anyone who waits longer writes to their own bank with the number of the refund.",
        ),
    )
    s.at(-5, "noor", "10:15", explains("How long a refund takes", "BOOK"))
    s.at(-4, "taras", "16:05", says("payment", f"The answer for the desk is [[{_REFUNDS}]]."))
    s.at(
        -5,
        "maya",
        "23:30",
        writes_down(
            _NIGHTS,
            "Whoever is named in the plan of the night, and nobody alone. The guard of the old "
            "hall is told by 21:00.",
        ),
    )
    s.at(-2, "noor", "12:40", doubts(_NIGHTS, "The guard has gone home by 20:00 since Monday"))
    s.at(-7, "hana", "10:30", explains("Printing boarding lists without a scanner"))
    s.at(-3, "ravi", "15:20", explains("Boarding lists without a scanner", "gloves"))
    s.at(-1, "olena", "13:20", explains("How to print boarding lists without a scanner", "gloves"))
