"""Three weeks at Tideline, a company that makes booking software for island ferries."""

from dayline.demo.script import Script
from dayline.demo.story import backlog, decisions, explained, week_one, week_three, week_two

NAME = "Tideline"
REFERENCE_ZONE = "Europe/Kyiv"


def tell(script: Script) -> None:
    """Add the whole story to a script."""
    week_one.tell(script)
    week_two.tell(script)
    week_three.tell(script)
    decisions.tell(script)
    explained.tell(script)
    backlog.tell(script)
