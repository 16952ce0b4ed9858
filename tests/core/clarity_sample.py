"""Which messages of a Slack export were labelled with the five points, and which are set aside.

The rule is fixed: no one picked a message. Slack's text is converted as an import converts it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from dayline.transfer.slack.export import Export, Message
from dayline.transfer.slack.markdown import as_markdown

_LENGTHS = (80, 200, 500)
_EACH = 20
"""Messages of each stratum: four lengths, with and without a question mark."""

_PICKED = re.compile(
    r"\b((today|tonight|tomorrow|mon|tues|wednes|thurs|fri|satur|sun)(day)?s?|week|weekend|month"
    r"|deadline|asap|soon|urgent|rush|hurry|by the time|eventually|either|alternativ\w*|option\w*"
    r"|instead|rather|versus|vs|decide|decision|approv\w*|feedback|opinion\w*|thoughts|permission"
    r"|objection\w*|prefer\w*|advice|recommend\w*|suggest\w*|your call|up to)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(until|today|tonight|tomorrow|yesterday|(mon|tues|wednes|thurs|fri|satur|sun)day|week"
    r"|weekend|month|deadline|asap|soon|hurry|rush|urgent|whenever|hours?|minutes?|days?"
    r"|by the (time|end)|release|now|next|before|sometime|eventually|schedule)\b",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"\b(opinions?|thoughts|feedback|advice|advise|suggestions?|recommend\w*|approv\w*|permission"
    r"|okay|ok|decide|decision|your call|up to you|objections?|object|vote|agree|should i"
    r"|should we|may i|mind|think|prefer|review|comments?|ideas|interested)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(until|today|tonight|tomorrow|(mon|tues|wednes|thurs|fri|satur|sun)day|week|weekend|month"
    r"|deadline|asap|soon|hurry|rush|urgent|whenever|by the (time|end)|release|sometime|schedule"
    r"|in time|days?|opinions?|thoughts|feedback|advice|suggestions|recommend\w*|approv\w*"
    r"|permission|decide|decision|your call|up to you|objections?|object to|vote|mind if"
    r"|okay with|ok with|ok if|comments?\?|interested)\b",
    re.IGNORECASE,
)
"""A wide net for the rare points: every message with a question mark and one of these words."""


def labelled(export: Export) -> dict[str, str]:
    """Return the Markdown of the chosen messages, by id."""
    people = [each for each in export.messages if not each.is_bot and each.text.strip()]
    people.sort(key=lambda each: _hash(_id(each)))
    chosen = {_id(each) for each in _strata(people)}
    asking = [each for each in people if "?" in each.text]
    _add(chosen, (each for each in asking if _PICKED.search(each.text)), 40)
    before = set(chosen)
    _add(chosen, (each for each in asking if _TIME.search(each.text)), 35)
    timely = chosen - before
    said = (each for each in asking if _SAY.search(each.text) and _id(each) not in timely)
    _add(chosen, said, 35)
    _add(chosen, (each for each in asking if _ALL.search(each.text)), len(asking))
    handles = {user.id: user.handle for user in export.users}
    return {_id(each): as_markdown(each.text, handles) for each in people if _id(each) in chosen}


def is_set_aside(message_id: str) -> bool:
    """Whether a message belongs to the third that no one looked at while tuning."""
    return int(_hash(f"aside {message_id}")[:8], 16) % 3 == 0


def _strata(people: Iterable[Message]) -> Iterable[Message]:
    taken: Counter[tuple[int, bool]] = Counter()
    for each in people:
        stratum = sum(len(each.text) >= length for length in _LENGTHS), "?" in each.text
        if taken[stratum] < _EACH:
            taken[stratum] += 1
            yield each


def _add(chosen: set[str], found: Iterable[Message], most: int) -> None:
    new = [_id(each) for each in found if _id(each) not in chosen]
    chosen.update(new[:most])


def _id(message: Message) -> str:
    return f"{message.channel}/{message.ts}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
