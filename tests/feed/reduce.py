"""Reduce: a snapshot and the events behind it give the later snapshot, without asking again.

Documents are plain JSON, as clients have them. This is what clients do; the server does not need
it. Its tests say that it is enough.
"""

from collections.abc import Iterable
from typing import Any

Document = dict[str, Any]

COLLECTIONS = {
    "member": "members",
    "project": "projects",
    "topic": "topics",
    "task": "tasks",
    "agreement": "agreements",
    "calendar": "calendars",
    "timer": "timers",
    "view": "views",
    "reference": "references",
    "decision": "decisions",
    "notice": "notices",
}
"""Where a document goes, by the name of its field in an event's data."""

SINGLE = {"workspace", "notice_settings"}
"""The documents of which there is one, under the name of their field."""

DELETED = {"view", "reference"}
"""The documents that say when they were deleted."""


def apply(snapshot: Document, event: Document) -> Document:
    """The snapshot after the event; the one that was given stays as it is.

    Each document of the event takes the place of the one with its id. Fields that are no
    documents are left aside.
    """
    changed: Document = {**snapshot, "seq": event["seq"]}
    data = event["data"]
    for name in SINGLE & data.keys():
        changed[name] = data[name]
    for name, collection in COLLECTIONS.items():
        if name in data:
            changed[collection] = _put(changed[collection], data[name])
    if "member" in data:
        _mind_cards(changed, data["member"])
    if "timer" in data:
        _forget_ended(changed)
    for name in DELETED & data.keys():
        _forget_deleted(changed, COLLECTIONS[name])
    if "decision" in data:
        _forget_settled(changed)
    if "notice" in data:
        _forget_closed(changed)
    return changed


def apply_all(snapshot: Document, events: Iterable[Document]) -> Document:
    """The snapshot after the events, in their order."""
    for event in events:
        snapshot = apply(snapshot, event)
    return snapshot


def _put(documents: list[Document], document: Document) -> list[Document]:
    others = [held for held in documents if held["id"] != document["id"]]
    return [*others, document]


def _mind_cards(changed: Document, member: Document) -> None:
    """My own card says my role; and guests see the cards of no other guests."""
    me = changed["me"]
    if member["id"] == me["member_id"]:
        changed["me"] = {**me, "role": member["role"]}
    elif me["role"] == "guest" and member["role"] == "guest":
        changed["members"] = [held for held in changed["members"] if held["id"] != member["id"]]


def _forget_ended(changed: Document) -> None:
    """A snapshot holds the timers that have not ended."""
    changed["timers"] = [timer for timer in changed["timers"] if timer["ended_at"] is None]


def _forget_deleted(changed: Document, collection: str) -> None:
    """A snapshot holds the views and the references that are there."""
    changed[collection] = [each for each in changed[collection] if each["deleted_at"] is None]


def _forget_settled(changed: Document) -> None:
    """A snapshot holds the decisions that are drafts or open."""
    changed["decisions"] = [
        decision for decision in changed["decisions"] if decision["status"] in {"draft", "open"}
    ]


def _forget_closed(changed: Document) -> None:
    """A snapshot holds the notices that are neither done nor settled."""
    changed["notices"] = [
        notice
        for notice in changed["notices"]
        if notice["done_at"] is None and notice["settled_at"] is None
    ]


def normal(snapshot: Document) -> Document:
    """The snapshot with its collections in the order of their ids, for comparing two."""
    ordered = {
        collection: sorted(snapshot[collection], key=lambda document: str(document["id"]))
        for collection in COLLECTIONS.values()
    }
    return {**snapshot, **ordered}
