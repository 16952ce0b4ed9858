"""Whatever a text is: it is parsed soon, its page is not long, and nothing of it is lost."""

import asyncio
import re
from html import unescape
from time import thread_time

import pytest

from dayline.kernel.text.markdown import SHORT, excerpt, parse, parse_async, render
from tests.hostile import TEXTS

CEILING = 0.2
"""CPU seconds: four times what the slowest text takes on a slow machine."""

PAGE_OF_NOTHING = 4_500
"""Characters of HTML that every text may have, with the note that it is shown as written."""


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_is_as_long_as_its_text_at_most_five_times(name: str) -> None:
    body = TEXTS[name]
    assert len(render(body)) <= 5 * len(body) + PAGE_OF_NOTHING


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_parsed_in_less_cpu_time_than_anyone_notices(name: str) -> None:
    began = thread_time()
    parse(TEXTS[name])
    assert thread_time() - began < CEILING


def test_what_is_nested_too_deeply_is_shown_as_written() -> None:
    html = render("> " * 500 + "the **end**")
    assert html.count("<blockquote>") <= 20
    assert "the **end**" in shown(html)
    assert "nested too deeply to format" in html


def test_marks_nested_too_deeply_are_shown_as_written() -> None:
    body = "*a **b " * 30 + "c" + "** *" * 30
    assert shown(render(body)).count("b") == 30


def test_a_list_nested_too_deeply_is_shown_as_written() -> None:
    html = render("".join(f"{'  ' * depth}- item {depth}.\n" for depth in range(40)))
    assert all(f"item {depth}." in shown(html) for depth in range(40))


@pytest.mark.parametrize("name", ["wide table", "tall table", "mail", "[[b]]", "> a"])
def test_a_text_with_too_much_formatting_is_shown_as_written(name: str) -> None:
    html = render(TEXTS[name])
    assert shown(html).startswith(TEXTS[name].rstrip("\n"))
    assert "too much formatting to show" in html


def test_whom_a_text_shown_as_written_names_is_named() -> None:
    parsed = parse("@sam " + TEXTS["wide table"] + "\n\n@olena")
    assert "<table>" not in parsed.html
    assert parsed.mentions == {"sam", "olena"}
    deep = parse("> " * 30 + "@sam")
    assert deep.mentions == {"sam"}


def test_a_large_table_that_people_write_is_a_table() -> None:
    row = "|" + "|".join(f"cell {number}" for number in range(12)) + "|\n"
    html = render(row + "|" + "-|" * 12 + "\n" + row * 150)
    assert html.count("<td>") == 12 * 150


def test_short_rows_are_filled_up() -> None:
    html = render("|a|b|\n|-|-|\n|c\n|d|e|f|")
    assert html.count("<td>") == 4


async def test_a_long_text_is_parsed_beside_the_loop_with_the_same_result() -> None:
    body = "**bold** @sam [[VAT]]\n\n" * 200
    assert len(body) > SHORT
    turns = 0
    parsing = asyncio.create_task(parse_async(body))
    while not parsing.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1
    assert parsing.result() == parse(body)


def test_the_excerpt_of_a_long_page_reads_its_beginning() -> None:
    html = render("one two " + "three " * 3000 + "[[four]]")
    assert excerpt(html, 13) == "one two thre…"
    assert excerpt(render("[a](http://x.example) " * 900), 20).startswith("a a a a")
