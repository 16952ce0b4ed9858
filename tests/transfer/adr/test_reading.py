"""What is read of a record's file, form by form."""

from datetime import date

import pytest

from dayline.core.phrase import Phrase
from dayline.kernel.text.catalogs import render
from dayline.transfer.adr.reading import read
from dayline.transfer.adr.record import Link, LinkKind, Option, Refused, Section
from dayline.transfer.adr.writing import write

MADR_4 = """---
# These are optional metadata elements. Feel free to remove any of them.
status: accepted
date: 2024-05-17
decision-makers: Olena, Sam
consulted: [Kim, Noor]
informed: everyone
parent: Decisions # for the site
---

# Keep events in PostgreSQL

## Context and Problem Statement

Where do events live?

<!-- This is an optional element. Feel free to remove. -->
## Decision Drivers

* They must not get lost

## Considered Options

* [PostgreSQL](https://www.postgresql.org) 18
* A broker
* `NATS` with "JetStream"

## Decision Outcome

Chosen option: "PostgreSQL 18", because it is there anyway.

### Consequences

* Good, because there is one backup

### Confirmation

A test kills the server.

## Pros and Cons of the Options

### PostgreSQL 18

* Good, because it is one thing less

### NATS with 'JetStream'

* Bad, because it is one thing more

### Kafka

* Bad, because of its size

## More Information

See the benchmark.
"""

MADR_2 = """# Use the web

* Status: superseded by [ADR-0005](0005-use-apps.md)
* Deciders: Olena, Sam
* Date: 2019-03-01

Technical Story: #12

## Considered Options

* Web
* Apps

## Decision Outcome

Chosen option: "Web", because everybody has it.

### Positive Consequences

* Nothing to install

## Links

* Amends [ADR-2](0002-use-html.md)
* Refines ADR-1
"""

NYGARD = """# 5. Help comments

Date: 2016-02-13

## Status

Accepted

Amended by [9. Help scripts](0009-help-scripts.md)

Supercedes [3. No help](0003-no-help.md)

## Context

The tool has a help command.

## Decision

Write the help in comments.

## Consequences

Help stays near the code.
"""


def test_madr_4_fills_every_place() -> None:
    adr = read(MADR_4, "0004-keep-events.md").adr
    assert (adr.title, adr.status) == ("Keep events in PostgreSQL", "accepted")
    assert adr.decided_on == date(2024, 5, 17)
    assert adr.context == "Where do events live?"
    assert adr.options == (
        Option(
            "[PostgreSQL](https://www.postgresql.org) 18",
            "* Good, because it is one thing less",
            is_chosen=True,
        ),
        Option("A broker"),
        Option('`NATS` with "JetStream"', "* Bad, because it is one thing more"),
    )
    assert (adr.outcome, adr.rationale) == ("", "it is there anyway.")
    assert adr.sections == (
        Section("Front matter", "```yaml\nparent: Decisions # for the site\n```"),
        Section("Decision makers", "Olena, Sam"),
        Section("Consulted", "Kim, Noor"),
        Section("Informed", "everyone"),
        Section("Decision Drivers", "* They must not get lost"),
        Section("Consequences", "* Good, because there is one backup"),
        Section("Confirmation", "A test kills the server."),
        Section("Pros and Cons of the Options", "### Kafka\n\n* Bad, because of its size"),
        Section("More Information", "See the benchmark."),
    )


def test_madr_2_says_it_in_a_list() -> None:
    adr = read(MADR_2).adr
    assert adr.status == "superseded by [ADR-0005](0005-use-apps.md)"
    assert adr.decided_on == date(2019, 3, 1)
    assert Section("Decision makers", "Olena, Sam") in adr.sections
    assert Section("Introduction", "Technical Story: #12") in adr.sections
    assert Section("Positive Consequences", "* Nothing to install") in adr.sections
    assert adr.links == (
        Link(LinkKind.AMENDS, "0002-use-html.md", "ADR-2"),
        Link(LinkKind.SUPERSEDED_BY, "0005-use-apps.md", "ADR-0005"),
    )


def test_nygards_form_becomes_madr() -> None:
    adr = read(NYGARD, "0005-help-comments.md").adr
    assert (adr.title, adr.status) == ("Help comments", "Accepted")
    assert adr.outcome == "Write the help in comments."
    assert {(link.kind.value, link.target) for link in adr.links} == {
        ("amended-by", "0009-help-scripts.md"),
        ("supersedes", "0003-no-help.md"),
    }
    assert write(adr) == (
        "---\n"
        "status: Accepted\n"
        "date: 2016-02-13\n"
        "supersedes:\n"
        "- '[3. No help](0003-no-help.md)'\n"
        "amended-by:\n"
        "- '[9. Help scripts](0009-help-scripts.md)'\n"
        "---\n\n"
        "# Help comments\n\n"
        "## Context and Problem Statement\n\nThe tool has a help command.\n\n"
        "## Decision Outcome\n\nWrite the help in comments.\n\n"
        "### Consequences\n\nHelp stays near the code.\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("## Context\n\nNo title.", "It has no title."),
        ("", "It has no title."),
        ("# <!-- short title -->\n\n## Context", "It has no title."),
        (
            "# {short title, representative of solved problem and found solution}",
            "It’s a template. Its title is still “{short title, representative of solved problem "
            "and found solution}”.",
        ),
        (
            "# [short title]\n\n* Status: [accepted]",
            "It’s a template. Its title is still “[short title]”.",
        ),
        ("# NUMBER. TITLE\n\nDate: DATE", "It’s a template. Its title is still “NUMBER. TITLE”."),
        ("```\n# In a fence\n```", "It has no title."),
    ],
)
def test_what_has_no_title_of_its_own_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(text, "0001-x.md")
    assert render(refusal.value.reason) == reason


@pytest.mark.parametrize(
    ("head", "warning"),
    [
        ("date: 2024-05-17", "It has no status. It’s imported as decided."),
        ("status: accepted", "It has no date."),
        (
            "status: on hold\ndate: 2024-05-17",
            "Its status “on hold” is unknown. It’s kept as it is.",
        ),
        (
            "status: accepted\ndate: 17/05/2024",
            "Its date “17/05/2024” isn’t like 2016-02-12. It’s kept as text. It has no date.",
        ),
        ("status: accepted\ndate: 2024-05-17\nx: {", "It has no status. It’s imported as decided."),
    ],
)
def test_what_is_odd_is_told(head: str, warning: str) -> None:
    reading = read(f"---\n{head}\n---\n# A title\n\n## Context\n\nWhy.")
    assert warning in " ".join(map(render, reading.warnings))


def test_a_front_matter_that_is_no_yaml_is_text() -> None:
    reading = read("---\nstatus: {accepted\n---\n# A title")
    assert reading.adr.sections == (Section("Front matter", "```text\nstatus: {accepted\n```"),)
    assert Phrase("imports.warned-front-matter") in reading.warnings


def test_a_front_matter_cannot_stand_for_more_than_it_is() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    reading = read(f"---\n{bomb}status: *k\n---\n# A title")
    assert reading.adr.status is None
    deep = "[" * 5000
    assert read(f"---\nstatus: {deep}\n---\n# A title").adr.status is None


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ('Chosen option: "Use A", because it is quick.', "Use A"),
        ("Chosen option: 'Use A', because it is quick.", "Use A"),
        ("**Chosen option:** `Use A`, because it is quick.", "Use A"),
        ("Chosen option: Use A, because it is quick.", "Use A"),
        ("Chosen option: \"Say 'B'\", because it is quick.", 'Say "B"'),
        ('Chosen option: "Say "B"", because it is quick.', 'Say "B"'),
        ('Chosen option: "C", because it is quick.', "C – the last one"),  # noqa: RUF001
    ],
)
def test_the_chosen_option_is_known_by_its_name(text: str, chosen: str) -> None:
    options = '* Use A\n* Say "B"\n* C – the last one'  # noqa: RUF001
    adr = read(
        f"# A title\n\n## Considered Options\n\n{options}\n\n## Decision Outcome\n\n{text}"
    ).adr
    assert adr.chosen is not None
    assert (adr.chosen.title, adr.rationale) == (chosen, "it is quick.")


def test_what_code_says_is_no_link() -> None:
    adr = read(
        "# A title\n\n## Links\n\n`Amends ADR-1`\n\n```\nAmends ADR-2\n```\n\nIt amends ADR-3"
    ).adr
    assert adr.links == ()


def test_a_title_can_stand_in_the_front_matter_alone() -> None:
    adr = read("---\ntitle: In front\n---\n\n## Context\n\nWhy.").adr
    assert adr.title == "In front"
    assert read(write(adr)).adr == adr
