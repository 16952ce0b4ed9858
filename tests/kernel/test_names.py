"""Names in which everything can be seen, and something is."""

from collections.abc import Iterator

import pytest
from pydantic import ValidationError

import dayline.app  # noqa: F401 -- declares what clients may send
from dayline.kernel.schemas import Input
from dayline.kernel.text.names import has_hidden, is_visible, without_hidden
from tests.team import Team

SEEN = [
    "Ann",
    "Олена Коваль",
    "田中 愛子",
    "محمد",
    "می\u200cخواهم",  # noqa: RUF001 -- Persian, with the joiner that it needs
    "क्\u200dष",  # Hindi likewise
    "👩\u200d💻 desk",  # an emoji of two
    "❤️",
    "#1",
    "Q&A: where?",
]
HIDDEN = [
    "An\u200bn",  # a space without width
    "\u202eexe.nnA",  # written from right to left
    "Ann\u2066",
    "Ann\u200d",  # a joiner that joins nothing
    "Ann\ufe00",  # a mark that picks a variant, of which there is none
    "Ann\ufe0f",
    "Ann\U000e0100",
    "Ann\u2065",  # kept by Unicode for something that is not seen
    "A\u200cnn",
    "Ann\u00ad",
    "Ann\ufeff",
    "Ann\U000e0041",  # a tag
    "Ann\u3164",  # a letter without a shape
    "Ann\u2028",
    "Ann\u0085",
]
BLANK = ["\u3164", "\u2800", "\u200b", "\u0301", "\u00ad\u00ad", "\ufe0f"]


@pytest.mark.parametrize("name", SEEN)
def test_what_people_are_called_is_taken_as_it_is(name: str) -> None:
    assert not has_hidden(name)
    assert is_visible(name)
    assert without_hidden(name) == name


@pytest.mark.parametrize("name", HIDDEN)
def test_what_cannot_be_seen_is_found_and_left_out(name: str) -> None:
    assert has_hidden(name)
    assert not has_hidden(without_hidden(name))


@pytest.mark.parametrize("name", BLANK)
def test_a_name_of_nothing_is_no_name(name: str) -> None:
    assert not is_visible(name)


NAMES = {"name", "title", "words"}
"""How fields are called that hold a line by which people know something."""


def inputs(above: type[Input] = Input) -> Iterator[type[Input]]:
    """Everything that a client may send."""
    for each in above.__subclasses__():
        yield each
        yield from inputs(each)


FIELDS = [
    (each, field)
    for each in dict.fromkeys(inputs())
    for field in sorted(NAMES & each.model_fields.keys())
]


@pytest.mark.parametrize(
    ("sent", "field"), FIELDS, ids=lambda each: getattr(each, "__name__", each)
)
def test_no_field_for_a_name_takes_what_cannot_be_seen(sent: type[Input], field: str) -> None:
    """A new one is found by itself, because it is called as the others are."""
    for value in ("Pay\u202epal", "\u3164"):
        with pytest.raises(ValidationError) as refused:
            sent.model_validate({field: value})
        assert (field,) in [error["loc"] for error in refused.value.errors()], value


def test_fields_for_names_are_found() -> None:
    assert len(FIELDS) > 20


async def test_labels_and_options_are_names_too(team: Team) -> None:
    await team.owner.post("/projects", {"key": "ABC", "name": "Alpha"})
    task = {"project": "ABC", "title": "One", "labels": ["ur\u200bgent"]}
    draft = {"project": "ABC", "title": "One", "options": [{"title": "A\u202e"}]}
    for path, body, field in (
        ("/tasks", task, "labels.0"),
        ("/decisions", draft, "options.0.title"),
    ):
        answer = await team.owner.post(path, body)
        assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_text_says_something(team: Team) -> None:
    await team.owner.post("/projects", {"key": "ABC", "name": "Alpha"})
    topic = (await team.owner.post("/projects/ABC/topics", {"title": "Hm"})).json()
    path = f"/topics/{topic['id']}/messages"
    for body, status in (("\u200b\u200b", 422), ("\u2800", 422), ("שלום \u200f(hello)", 201)):
        assert (await team.owner.post(path, {"body": body})).status_code == status


@pytest.mark.parametrize("handle", ["all", "here", "channel", "everyone", "admin", "api", "me"])
async def test_a_reserved_handle_is_nobodys(team: Team, handle: str) -> None:
    path = f"/members/{team.owner.member_id}"
    answer = await team.owner.patch(path, {"handle": handle}, 1)
    (error,) = answer.json()["errors"]
    assert (error["field"], error["reason"]) == (
        "handle",
        "Reserved. Choose another name.",
    )


async def test_no_project_is_called_as_decisions_are(team: Team) -> None:
    for key in ("DEC", "dec"):
        answer = await team.owner.post("/projects", {"key": key, "name": "Decor"})
        (error,) = answer.json()["errors"]
        assert error["field"] == "key"
        assert "decisions" in error["reason"]
    assert (await team.owner.post("/projects", {"key": "DECO", "name": "x"})).status_code == 201
