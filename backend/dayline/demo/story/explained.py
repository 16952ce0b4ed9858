"""Explanations that people log, and the references that come of them."""

from dayline.demo.acts import says
from dayline.demo.explaining import doubts, explains, writes_down
from dayline.demo.script import Script

_REFUNDS = "How long refunds take"
_NIGHTS = "Who can start a rehearsal at night"


def tell(s: Script) -> None:
    """Working days -12 to now."""
    s.at(-12, "sam", "10:40", explains("How long our refunds take", "payment"))
    s.at(-9, "noor", "11:10", explains("How long refunds take", "BOOK"))
    s.at(-8, "aiko", "14:20", explains("How to read a scanner's sync log", "sync"))
    s.at(-7, "sam", "11:30", explains("How long do refunds take?", "payment"))
    s.at(
        -6,
        "sam",
        "09:50",
        writes_down(
            _REFUNDS,
            "**Five working days at most**, usually two.\n\n"
            "1. We send the refund to the bank right away, and the booking shows *Refunded*.\n"
            "2. The bank pays out within two working days, or five on the islands.\n\n"
            "If it takes longer, passengers can contact their bank with the refund number.",
        ),
    )
    s.at(-5, "noor", "10:15", explains("How long a refund takes", "BOOK"))
    s.at(-4, "taras", "16:05", says("payment", f"The help desk can use [[{_REFUNDS}]]."))
    s.at(
        -5,
        "maya",
        "23:30",
        writes_down(
            _NIGHTS,
            "Anyone named in the move plan, but never alone. Let the guard at the old data "
            "centre know by 21:00.",
        ),
    )
    s.at(-2, "noor", "12:40", doubts(_NIGHTS, "Since Monday the guard leaves at 20:00"))
    s.at(-7, "hana", "10:30", explains("Printing boarding lists without a scanner"))
    s.at(-3, "ravi", "15:20", explains("Boarding lists without a scanner", "gloves"))
    s.at(-1, "olena", "13:20", explains("How to print boarding lists without a scanner", "gloves"))
