"""Drafts of references, composed of what was written when their subject was explained."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.context.places import PLACE, with_place
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.identity.caller import Caller
from dayline.members.models import Member
from dayline.members.queries import get_workspace
from dayline.messages.models import Message
from dayline.references.models import Explanation, Subject
from dayline.references.schemas import DraftOut
from dayline.references.subjects import get_subject


async def draft(caller: Caller, subject_id: UUID, origin: str) -> DraftOut:
    """A draft about a subject: quoted messages, then who explained it, when and where.

    `origin` is the site's public URL. Leaves out what the caller can't see. Raises NotFound.
    """
    subject = await get_subject(caller, subject_id)
    rows = (await caller.session.execute(_explained(caller, subject))).all()
    site = f"{origin}/w/{(await get_workspace(caller)).slug}"
    yours = await zone_of(caller)
    quotes = dict.fromkeys(_quote(row.body) for row in rows if row.body)
    notes = "\n".join(_note(row, site, yours) for row in rows)
    body = "\n\n".join([*quotes, f"Explained by talking:\n\n{notes}"])
    return DraftOut(title=rows[-1].words.translate(_NO_BRACKETS), body=body)


def _explained(caller: Caller, subject: Subject) -> Select[Any]:
    """Selects the explanations, each with its message and place if the caller can see them."""
    seen = with_place(select(*PLACE).select_from(Topic)).where(visible_topics(caller)).subquery()
    in_seen = seen.c.topic_id == col(Message.topic_id)
    columns: list[Any] = [
        col(Explanation.words),
        col(Explanation.explained_at),
        col(Member.name),
        col(Message.body),
        seen,
    ]
    return (
        select(*columns)
        .select_from(Explanation)
        .join(Member, _is(Member, Explanation.explained_by))
        .outerjoin(seen, seen.c.topic_id == col(Explanation.topic_id))
        .outerjoin(Message, _is(Message, Explanation.message_id) & in_seen)
        .where(
            col(Explanation.workspace_id) == caller.workspace_id,
            col(Explanation.subject_id) == subject.id,
        )
        .order_by(col(Explanation.explained_at), col(Explanation.id))
    )


def _is(table: type[Member | Message], named_by: Any) -> ColumnElement[bool]:
    return (col(table.workspace_id) == col(Explanation.workspace_id)) & (
        col(table.id) == col(named_by)
    )


def _quote(body: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in body.splitlines())


def _note(row: Any, site: str, yours: ZoneInfo) -> str:
    on = row.explained_at.astimezone(yours)
    where = f", in {_link(row, site)}" if row.topic_id else ""
    return f"- {on.day} {on:%B %Y}, {row.name}: {row.words}{where}"


def _link(row: Any, site: str) -> str:
    if row.task_id:
        return f"[{row.task_key} {_escaped(row.task_title)}]({site}/tasks/{row.task_key})"
    return f"[{_escaped(row.topic_title)}]({site}/topics/{row.topic_id})"


def _escaped(title: str) -> str:
    return title.replace("[", "\\[").replace("]", "\\]")


_NO_BRACKETS = str.maketrans("", "", "[]")
