"""The sentence of a decision outcome: `Chosen option: "A", because it is simple.`"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dayline.transfer.adr.options import LONGEST_NAME, alike, named
from dayline.transfer.adr.outline import begins_with_paragraph, trimmed
from dayline.transfer.adr.record import Option

_CHOSEN = re.compile(r"\A[*_]*chosen option[*_]*:[*_]*[ \t]*", re.IGNORECASE)
_BECAUSE = re.compile(r"[,.;]?\s*because\b[:,]?|[,.;]|(?=\s*\Z|\s+[(\N{EN DASH}-])", re.IGNORECASE)
_QUOTED = {
    '"': '"',
    "'": "'",
    "`": "`",
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
    "[": "]",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The chosen option, the outcome if it says more than the option's title, and the reason."""

    chosen: Option | None
    text: str
    why: str


def outcome_of(text: str, options: Sequence[Option]) -> Outcome:
    """The outcome in a text. If it names no option, the whole text is the outcome."""
    begin = _CHOSEN.match(text)
    if begin is None:
        return Outcome(None, text, "")
    found = list(_choices(text[begin.end() :]))
    for name, why in found:
        chosen = named(options, name)
        if chosen is not None:
            is_same = alike(chosen.title) == alike(name)
            return Outcome(chosen, "" if is_same else name, why)
    return Outcome(None, *found[0]) if found else Outcome(None, text, "")


def _choices(text: str) -> Iterator[tuple[str, str]]:
    """Each possible split of a text into a name and a reason."""
    first, _, rest = text.partition("\n")
    end = _QUOTED.get(first[:1])
    if end is not None:
        named_so = enumerate(first[:LONGEST_NAME])
        closings = (at for at, letter in named_so if letter == end and at > 1)
        ways = [(first[1:at], first[at + 1 :]) for at in closings]
    else:
        breaks = re.finditer(r"(?=,? because\b)|[.,]?$", first)
        starts = (at.start() for at in breaks if 0 < at.start() <= LONGEST_NAME)
        ways = [(first[:at], first[at:]) for at in starts]
    for name, tail in ways:
        because = _BECAUSE.match(f"{tail}\n{rest}")
        if because is not None:
            yield name.strip(), _reason(f"{tail}\n{rest}"[because.end() :])


def _reason(text: str) -> str:
    """The reason, on the same line or below. Text below keeps its indentation."""
    in_line = text.lstrip(" \t")
    return trimmed(text if in_line.startswith("\n") else in_line)


def sentence(name: str, why: str) -> str:
    """The outcome sentence. A reason that can't continue it is put into its own paragraph."""
    quoted = name.replace('"', "'")
    if not why:
        return f'Chosen option: "{quoted}".'
    goes_on = begins_with_paragraph(why) and not why[:1].isupper()
    gap = " " if goes_on else "\n\n"
    return f'Chosen option: "{quoted}", because{gap}{why}'
