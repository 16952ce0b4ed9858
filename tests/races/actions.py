"""What is raced against what: the functions of `reading.py` and of `taking.py`."""

from types import ModuleType

from tests.races import reading, taking
from tests.races.scene import Preparing


def _of(module: ModuleType) -> list[Preparing]:
    return [
        value
        for name, value in vars(module).items()
        if callable(value) and value.__module__ == module.__name__ and not name.startswith("_")
    ]


READING, TAKING = _of(reading), _of(taking)
ACTING = {
    reading.promise,
    reading.reopen,
    reading.decide_before_it_was_closed,
    reading.give_their_input,
    reading.make_a_token,
    reading.invite,
    reading.send_what_they_scheduled,
    reading.bring_a_past,
}
"""What they do themselves, or are known for by their account."""
PAIRS = [
    (read, take)
    for read in READING
    for take in TAKING
    if take is not taking.join_as_guest or read not in ACTING
]
