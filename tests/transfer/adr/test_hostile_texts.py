"""Records of whatever text: they are written and read in time that grows with the text alone."""

from time import thread_time

import pytest

from dayline.transfer.adr.blocks import blocks
from dayline.transfer.adr.facts import Facts
from dayline.transfer.adr.normalizing import fenced, normalized
from dayline.transfer.adr.options import alike, named
from dayline.transfer.adr.outcome import outcome_of
from dayline.transfer.adr.outline import heading_line, trimmed
from dayline.transfer.adr.reading import read
from dayline.transfer.adr.record import Adr, LinkKind, Option, Section
from dayline.transfer.adr.status import links_in, references_in
from dayline.transfer.adr.writing import write
from tests.hostile import TEXTS, rep

CEILING = 3.0
"""CPU seconds for a record of five such texts: about four times what the slowest takes."""

RUNS = {
    "spaces": "a" + " " * 20_000 + "b",
    "blank lines": "\n" * 20_000 + "b",
    "comments": rep("<!--"),
    "stars": "amends" + "*" * 19_000,
    "words": "amends " + "a" * 19_000,
    "quotes": 'Chosen option: "' + rep('a" '),
    "becauses": "Chosen option: a" + rep(" because a"),
    "ticks": "`" * 20_000,
    "fact": "a: b" + " " * 19_000 + "c",
}


def record_of(text: str) -> Adr:
    return normalized(
        Adr(
            title="Use it",
            decided_on=None,
            context=text,
            options=(Option("One", text), Option("Two")),
            outcome=text,
            rationale=text,
            sections=(Section("More Information", text),),
        )
    )


@pytest.mark.parametrize("text", [*TEXTS.values(), *RUNS.values()], ids=[*TEXTS, *RUNS])
def test_a_record_is_written_and_read_in_time(text: str) -> None:
    began = thread_time()
    write(record_of(text))
    read(f"# Use it\n\n## Decision Outcome\n\n{text}")
    assert thread_time() - began < CEILING


@pytest.mark.parametrize("text", [*TEXTS.values(), *RUNS.values()], ids=[*TEXTS, *RUNS])
def test_each_question_to_a_text_is_answered_in_time(text: str) -> None:
    began = thread_time()
    heading_line(text)
    trimmed(text)
    alike(text)
    links_in(text)
    references_in(LinkKind.AMENDS, text)
    named([Option("One")], text)
    outcome_of(text, [Option("One")])
    fenced("text", text)
    Facts().without(text)
    assert thread_time() - began < CEILING / 3


def test_a_table_with_too_many_cells_is_a_paragraph() -> None:
    assert next(token.type for token in blocks("|a|b|\n|-|-|\n|c|d|")) == "table_open"
    assert next(token.type for token in blocks(TEXTS["wide table"])) == "paragraph_open"
