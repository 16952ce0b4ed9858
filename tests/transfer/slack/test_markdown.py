"""Slack's markup: whom it names, what is a question, and how it reads as Markdown."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.kernel.text import markdown
from dayline.transfer.slack.export import Message
from dayline.transfer.slack.markdown import as_markdown, body_of
from dayline.transfer.slack.markup import is_question, mentions_in

HANDLES = {"U1": "bob", "U2": "an.na", "U3": "x-1"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("<@U1> and <@U2|anna>, <@U1>", ("U1", "U2")),
        ("`<@U1>` ```<@U2>\n<@U3>``` <@W4>", ("W4",)),
        ("a ` <@U1> ` b", ()),
        ("an odd ` <@U1>", ("U1",)),
        ("&lt;@U1&gt; @bob <!here> <!subteam^S1|@all> <#C1|general>", ()),
    ],
)
def test_whom_a_text_names(text: str, ids: tuple[str, ...]) -> None:
    assert mentions_in(text) == ids


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Really?", True),
        ("本当?", True),
        ("本当\uff1f", True),
        ("Yes.", False),
        ("Use `null?` or ```(if (pair? x))```", False),
        ("See <https://example.org/?q=1>", False),
    ],
)
def test_a_question_has_a_question_mark_outside_of_code_and_links(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("<@U1>'s *bold* _it_ ~gone~", "@bob's **bold** _it_ ~~gone~~"),
        ("2 * 3 * 4, a*b*c, ~5", r"2 \* 3 \* 4, a\*b\*c, \~5"),
        ("`a &lt; b*c*`", "`a < b*c*`"),
        ("So:\n```\nx &gt; 1\n```\ndone", "So:\n\n```\nx > 1\n```\n\ndone"),
        ("one\ntwo\n\nthree", "one  \ntwo\n\nthree"),
        ("• one\n    ◦ half\n• two\nend", "- one\n    - half\n- two\n\nend"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("&gt; said\nanswer", "> said\n\nanswer"),
        ("&gt;&gt;&gt; said", ">  said"),
        ("# no heading\n---", "\\# no heading  \n\\---"),
        ("[x] &lt;b&gt; &amp;lt; a &lt; b", r"\[x\] \<b> \&lt; a < b"),
        ("<https://x.org/?a=1&amp;b=2>", "<https://x.org/?a=1&b=2>"),
        ("<https://x.org|see [1]>", r"[see \[1\]](<https://x.org>)"),
        ("<mailto:a@b.org|a@b.org>", "<a@b.org>"),
        ("<slack://open|open> <tel:1>", "open tel:1"),
        ("<!here> <!channel|channel>", "@here @channel"),
        ("<!subteam^S1|@web> <!date^1^{date}|today>", "@web today"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<@U9>", "@U9"),
        ("<@U1><@U2>x, <@U3>-y, <@U1>.z", "@bob @an.na x, @x-1 -y, @bob .z"),
        ("\ue0000\ue001 *x*", "0 **x**"),
        ("", ""),
    ],
)
def test_slack_reads_the_same_as_markdown(text: str, body: str) -> None:
    assert as_markdown(text, HANDLES) == body


def test_files_are_named_below_the_text() -> None:
    at = datetime(2026, 5, 18, 7, tzinfo=UTC)
    message = Message("C1", "U1", "1.0", at, None, "Look:", files=("a*b.png", ""))
    assert body_of(message, HANDLES) == "Look:\n\nFile: a\\*b.png\n\nFile: deleted"


NAMING = ["<@U1>", "<@U2|anna>", "<@U3>"]
MARKS = ["`", "```", "*", "_", "~", "&gt;", "&amp;", "\u2022 ", "1. ", "#", "|", "\\", "[", "]("]
TEXT = ["\n", " ", "x", ".", "-", "é", "<https://x.org|l>"]
MARKUP = st.lists(st.sampled_from(NAMING + MARKS + TEXT), max_size=12).map("".join)


@given(MARKUP)
def test_nobody_is_named_whom_slack_does_not_name(text: str) -> None:
    named = markdown.parse(as_markdown(text, HANDLES)).mentions
    assert named <= {HANDLES[id_] for id_ in mentions_in(text)}


@given(st.lists(st.sampled_from(NAMING + TEXT)).map("".join))
def test_everybody_is_named_whom_slack_names(text: str) -> None:
    named = markdown.parse(as_markdown(text, HANDLES)).mentions
    assert named == {HANDLES[id_] for id_ in mentions_in(text)}
