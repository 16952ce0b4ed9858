"""Applying an event to a snapshot, and nothing else."""

import copy
from typing import Any

import pytest

from tests.feed.reduce import apply, normal

EMPTY: dict[str, Any] = {
    "epoch": "e",
    "seq": 7,
    "me": {"member_id": "m1", "role": "member"},
    "workspace": {"id": "w", "name": "Before"},
    "members": [{"id": "m1", "role": "member"}, {"id": "m2", "role": "member"}],
    "projects": [],
    "topics": [],
    "tasks": [{"id": "t1", "title": "Before"}, {"id": "t2", "title": "Other"}],
    "agreements": [],
    "calendars": [],
    "timers": [{"id": "running", "ended_at": None}],
    "views": [{"id": "v1", "deleted_at": None}],
    "references": [{"id": "r1", "deleted_at": None}],
    "decisions": [{"id": "d1", "status": "open"}],
    "notices": [{"id": "n1", "done_at": None, "settled_at": None}],
}


def event(**data: Any) -> dict[str, Any]:
    return {"seq": 8, "kind": "whatever", "data": data}


def test_a_timer_that_ended_leaves() -> None:
    going_on = apply(EMPTY, event(timer={"id": "running", "ended_at": None, "warned_at": "now"}))
    assert [timer["warned_at"] for timer in going_on["timers"]] == ["now"]
    ended = apply(going_on, event(timer={"id": "running", "ended_at": "now"}))
    assert ended["timers"] == []
    assert apply(EMPTY, event(timer={"id": "late", "ended_at": "now"}))["timers"] == EMPTY["timers"]


@pytest.mark.parametrize(("name", "id_"), [("view", "v1"), ("reference", "r1")])
def test_what_was_deleted_leaves(name: str, id_: str) -> None:
    gone = apply(EMPTY, event(**{name: {"id": id_, "deleted_at": "now"}}))
    assert gone[f"{name}s"] == []
    back = apply(gone, event(**{name: {"id": id_, "deleted_at": None}}))
    assert back[f"{name}s"] == EMPTY[f"{name}s"]


def test_a_decision_that_was_made_leaves() -> None:
    for status in ("decided", "withdrawn"):
        assert apply(EMPTY, event(decision={"id": "d1", "status": status}))["decisions"] == []
    draft = {"id": "d2", "status": "draft"}
    assert draft in apply(EMPTY, event(decision=draft))["decisions"]


@pytest.mark.parametrize("closed", ["done_at", "settled_at"])
def test_a_notice_that_is_done_or_settled_leaves(closed: str) -> None:
    notice = {"id": "n1", "done_at": None, "settled_at": None}
    assert apply(EMPTY, event(notice=notice | {closed: "now"}))["notices"] == []
    assert apply(EMPTY, event(notice=notice | {"id": "n2"}))["notices"][1]["id"] == "n2"


def test_a_document_takes_the_place_of_the_one_with_its_id() -> None:
    after = apply(EMPTY, event(task={"id": "t1", "title": "After"}))
    assert normal(after)["tasks"] == [{"id": "t1", "title": "After"}, EMPTY["tasks"][1]]
    assert after["seq"] == 8


@pytest.mark.parametrize(
    ("name", "collection"),
    [("member", "members"), ("project", "projects"), ("topic", "topics"), ("task", "tasks")],
)
def test_a_new_document_is_added(name: str, collection: str) -> None:
    after = apply(EMPTY, event(**{name: {"id": "new", "role": "member"}}))
    assert len(after[collection]) == len(EMPTY[collection]) + 1


def test_the_workspace_is_replaced() -> None:
    assert apply(EMPTY, event(workspace={"name": "After"}))["workspace"] == {"name": "After"}


def test_my_settings_of_notices_are_replaced() -> None:
    before = {**EMPTY, "notice_settings": {"away_since": None}}
    after = apply(before, event(notice_settings={"away_since": "now"}))
    assert after["notice_settings"] == {"away_since": "now"}


def test_other_fields_are_left_aside() -> None:
    after = apply(EMPTY, event(invite={"id": "i"}, message_id="x", changes={}))
    assert after == {**EMPTY, "seq": 8}


def test_the_given_snapshot_stays_as_it_is() -> None:
    held = copy.deepcopy(EMPTY)
    apply(EMPTY, event(task={"id": "t1"}, member={"id": "m1", "role": "guest"}, workspace={}))
    assert held == EMPTY


def test_my_own_card_says_my_role() -> None:
    after = apply(EMPTY, event(member={"id": "m1", "role": "admin"}))
    assert after["me"] == {"member_id": "m1", "role": "admin"}


def test_a_guest_forgets_the_card_of_somebody_who_becomes_a_guest() -> None:
    as_guest = {**EMPTY, "me": {"member_id": "m1", "role": "guest"}}
    card = {"id": "m2", "role": "guest"}
    assert [m["id"] for m in apply(as_guest, event(member=card))["members"]] == ["m1"]
    assert len(apply(EMPTY, event(member=card))["members"]) == 2
