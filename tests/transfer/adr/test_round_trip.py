"""Whatever a file holds: its record, written and read again, is the same record."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dayline.transfer.adr.normalizing import normalized
from dayline.transfer.adr.options import with_chosen
from dayline.transfer.adr.reading import read
from dayline.transfer.adr.record import Adr, Link, LinkKind, Option, Section
from dayline.transfer.adr.writing import write

HEADINGS = [
    "## Context and Problem Statement",
    "## Context",
    "## Decision Drivers",
    "## Considered Options",
    "## Options",
    "## Decision Outcome",
    "## Decision",
    "## Outcome",
    "### Consequences",
    "## Consequences",
    "### Positive Consequences",
    "### Confirmation",
    "### Rationale",
    "### Outcome",
    "## Rationale",
    "## Pros and Cons of the Options",
    "## More Information",
    "## Links",
    "## Status",
    "## Date",
    "## Deciders",
    "## Front matter",
    "## Introduction",
    "# Another title",
    "### Use A",
    "### Use B",
    "### Use C #",
    "#### Deep",
    "##",
    "A line\n======",
    "Two lines\nbut one\n---",
]
LINES = [
    "Status: accepted",
    "* Status: superseded by [ADR-0007](0007-later.md)",
    "* Deciders: Olena, Sam",
    "Date: 2024-02-29",
    "Date: 29/02/2024",
    "Accepted",
    "Amended by [9. Scripts](0009-scripts.md)",
    "* Supersedes ADR-3",
    "Superceded by 0010-late.md",
    'Chosen option: "Use A", because it\'s quick.',
    "Chosen option: \"Use 'A'\", because\n\n* it is\n* so",
    'Chosen option: "Use B". We like it.',
    "Chosen option: Use A",
    'Chosen option: "Use X", because of "Use A", because of that',
    "**Chosen option:** `Use B` (see below)",
    "* Use A",
    "* Use B\n\n  said of B\n  * nested",
    "- [Use A](https://example.org/a)",
    "1. Use C",
    "* ```\n  code in an item\n  ```",
    "* Use A: the first one",
    "    indented code",
    "```",
    "~~~~ markdown",
    "<!-- a comment -->",
    "<!-- it goes on",
    "-->",
    "<!-- This is an optional element. Feel free to remove. -->",
    "<details>",
    "> ## quoted",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[ref]: https://example.org/ref",
    "---",
    "{title of option 1}",
    "Text with *emphasis* and `code`",
    "text that goes on in small letters",
    "\t after a tab",
    "  two spaces",
    "",
    "",
]
FRONTS = [
    "",
    "---\nstatus: accepted\ndate: 2024-02-29\n---\n",
    '---\nstatus: "superseded by [ADR-0007](0007-later.md)"\nparent: Decisions # kept\n---\n',
    "---\n# these are optional\ndecision-makers: [Olena, Sam]\ntags:\n  - a\n  - b\n---\n\n",
    "---\nstatus: {proposed | accepted}\ndate: {YYYY-MM-DD when}\n---\n",
    "---\ndate: 29.02.2024\nconsulted: |\n  Kim\n\n  * and others\n---\n",
    "---\namends: ADR-5\nsuperseded_by: [0007-later.md, ADR-8]\nreplaces: what was\n---\n",
    "---\nbroken: {\n---\n",
    "---\na: &a [x]\nb: [*a, *a]\n---\n",
    "---\nno front matter, but a line\n---\n",
    "---\n---\n",
]
odd = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
texts = st.lists(st.sampled_from(HEADINGS + LINES) | odd, max_size=14).map("\n".join)
spaced = st.lists(st.sampled_from(HEADINGS + LINES), max_size=20).map("\n\n".join)
titles = odd | st.sampled_from(["Use A", 'Say "A"', "# 1", "1. A", "C #", "x" * 250])
options = st.builds(Option, titles, texts, st.just(False))
sections = st.builds(Section, st.sampled_from(["Consequences", "Input", "More Information"]), texts)
links = st.builds(Link, st.sampled_from(LinkKind), st.sampled_from(["5", "0007-later.md"]))


@settings(deadline=None)
@given(st.sampled_from(FRONTS), texts | spaced)
def test_a_file_is_the_same_record_after_it_was_written(front: str, text: str) -> None:
    adr = read(f"{front}# A title\n\n{text}", "0001-title.md").adr
    assert read(write(adr), "0001-title.md").adr == adr


@settings(deadline=None)
@given(
    st.builds(
        Adr,
        title=st.just("A title"),
        status=st.sampled_from([None, "accepted", "superseded by [ADR-0007](0007-later.md)"]),
        decided_on=st.none() | st.dates(),
        context=texts,
        options=st.lists(options, max_size=4).map(tuple),
        outcome=texts.filter(lambda text: "Chosen" not in text),
        rationale=texts,
        sections=st.lists(sections, max_size=3).map(tuple),
        links=st.lists(links, max_size=3).map(tuple),
    ),
    st.integers(0, 5),
)
def test_what_was_written_here_is_the_same_record_elsewhere(adr: Adr, chosen: int) -> None:
    """Whatever Markdown people write into a decision."""
    adr = replace(adr, options=with_chosen(adr.options, dict(enumerate(adr.options)).get(chosen)))
    assert read(write(normalized(adr))).adr == normalized(adr)


def test_an_option_whose_title_shows_nothing_stays_an_option() -> None:
    adr = normalized(Adr(title="A title", options=(Option("\ud7fc", "", True),)))
    assert read(write(adr)).adr == adr


@settings(deadline=None)
@given(st.sampled_from(FRONTS), texts | spaced)
def test_no_word_gets_lost(front: str, text: str) -> None:
    source = f"{front}# A title\n\n{text}"
    kept = _words(write(read(source, "0001-title.md").adr))
    assert _words(source) - kept <= WRITTEN_OTHERWISE


def _words(text: str) -> set[str]:
    return {word.lower().lstrip("0") or "0" for word in re.findall(r"\w+", text)}


WRITTEN_OTHERWISE = _words(" ".join(HEADINGS)) | _words(
    "1 Status: Date: Deciders: superseded_by superceded and chosen option because "
    "# these are optional This is an optional element. Feel free to remove."
)
