"""Events: facts about a workspace, numbered without gaps at commit.

A room declares its events as subclasses of `Event`, and an action records them in its transaction.
They are numbered by the last statements before the commit, which raise the workspace's head by the
number of events and insert them. So only committed events have numbers, and a reader that follows
the numbers misses none.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import BigInteger, Column, Index, TextClause, event, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction
from sqlmodel import Field, SQLModel, col

from dayline.kernel.db.columns import text_enum
from dayline.kernel.db.database import UnitOfWork, scope_of
from dayline.kernel.db.ids import new_id


class AudienceKind(StrEnum):
    """Who may see an event."""

    WORKSPACE = "workspace"  # everyone in it, including guests
    TEAM = "team"  # everyone but guests, and the guests that its id admits
    ADMINS = "admins"  # owners and admins
    PROJECT = "project"  # everyone but guests, and the guests who were added to the project
    TOPIC = "topic"  # the participants of a direct topic, whatever the role
    MEMBER = "member"  # one member


class Audience(BaseModel):
    """Who may see an event: a kind, and the id of a project, topic or member if the kind needs one.

    The id of a team event admits guests: the guest it is about, the guest who asked in a project,
    or the guests who may read a public decision's topic.
    """

    model_config = ConfigDict(frozen=True)

    kind: AudienceKind
    id: UUID | None

    @classmethod
    def workspace(cls) -> "Audience":
        """Everyone in the workspace, including guests."""
        return cls(kind=AudienceKind.WORKSPACE, id=None)

    @classmethod
    def team(cls, and_guest: UUID | None = None) -> "Audience":
        """Everyone but guests, and the guest that the event is about, if any."""
        return cls(kind=AudienceKind.TEAM, id=and_guest)

    @classmethod
    def discussion(cls, topic_id: UUID) -> "Audience":
        """Everyone but guests, and the guests who may read the decision with this topic."""
        return cls(kind=AudienceKind.TEAM, id=topic_id)

    @classmethod
    def asker(cls, project_id: UUID, member_id: UUID) -> "Audience":
        """Everyone but guests, and the guest who asked, while they are in the project."""
        return cls(kind=AudienceKind.TEAM, id=asker_id(project_id, member_id))

    @classmethod
    def admins(cls) -> "Audience":
        """Owners and admins."""
        return cls(kind=AudienceKind.ADMINS, id=None)

    @classmethod
    def project(cls, project_id: UUID) -> "Audience":
        """Everyone who sees the project."""
        return cls(kind=AudienceKind.PROJECT, id=project_id)

    @classmethod
    def topic(cls, topic_id: UUID) -> "Audience":
        """The participants of a direct topic."""
        return cls(kind=AudienceKind.TOPIC, id=topic_id)

    @classmethod
    def member(cls, member_id: UUID) -> "Audience":
        """One member."""
        return cls(kind=AudienceKind.MEMBER, id=member_id)


def asker_id(project_id: UUID, member_id: UUID) -> UUID:
    """Return an id of a member in a project. `timers.events.AUDIENCE_ID` computes it in SQL."""
    both = f"{project_id}{member_id}".encode()
    return UUID(hashlib.md5(both, usedforsecurity=False).hexdigest())


class Event(BaseModel):
    """Base class of events. The fields of a subclass are the event's `data`.

    A field named like a snapshot document (`task`, `project`, …) has that document as it is after
    the change, so that clients apply the event by replacing the document.
    """

    model_config = ConfigDict(frozen=True)

    kind: ClassVar[str]

    @property
    def subject_id(self) -> UUID | None:
        """The id of the object whose history shows the event. None if it has no history."""
        return None

    @classmethod
    def all_kinds(cls) -> dict[str, type["Event"]]:
        """Return all declared event classes by kind."""
        return {kind.kind: kind for kind in cls._descendants()}

    @classmethod
    def _descendants(cls) -> Iterator[type["Event"]]:
        for child in cls.__subclasses__():
            if "kind" in vars(child):
                yield child
            yield from child._descendants()


class WorkspaceFeed(SQLModel, table=True):
    """The numbering of a workspace's events. `head` is the number of the latest.

    `epoch` changes when history was replaced (a restore): numbers of another epoch are meaningless.
    `access_rev` grows when someone's access changes, so that open sockets are checked again.
    """

    __tablename__ = "workspace_feed"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    epoch: UUID = Field(default_factory=new_id)
    head: int = Field(default=0, sa_type=BigInteger)
    access_rev: int = Field(default=1, sa_type=BigInteger)


class EventRow(SQLModel, table=True):
    """A committed event. Rows are never changed or deleted: they are the audit log."""

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "workspace_id", "id", unique=True),
        Index(
            None,
            "workspace_id",
            "subject_id",
            "seq",
            postgresql_where="subject_id IS NOT NULL",
        ),
    )

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    id: UUID
    kind: str = Field(max_length=64)
    at: datetime
    actor_id: UUID | None
    audience: AudienceKind = Field(sa_type=text_enum(AudienceKind))
    audience_id: UUID | None
    subject_id: UUID | None
    data: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class Recorded(NamedTuple):
    """An event that is stored at the commit."""

    kind: str
    at: datetime
    actor_id: UUID | None
    audience: str
    audience_id: UUID | None
    subject_id: UUID | None
    data: str


def record(session: AsyncSession, happened: Event, audience: Audience) -> None:
    """Record an event. It is numbered and stored when the transaction commits."""
    data = happened.model_dump_json()
    record_written(session, type(happened), data, audience, happened.subject_id)


def record_written(
    session: AsyncSession,
    happened: type[Event],
    data: str,
    audience: Audience,
    subject_id: UUID | None = None,
) -> None:
    """Record an event whose data is JSON already, as when PostgreSQL encodes many rows."""
    scope = scope_of(session)
    waiting = Recorded(
        kind=happened.kind,
        at=scope.now,
        actor_id=scope.actor_id,
        audience=audience.kind.value,
        audience_id=audience.id,
        subject_id=subject_id,
        data=data,
    )
    _pending(session.sync_session).append(waiting)


async def begin_epoch(session: AsyncSession) -> None:
    """Start a new epoch, as events don't describe what changed. Clients read a new snapshot."""
    await session.execute(
        update(WorkspaceFeed)
        .where(col(WorkspaceFeed.workspace_id) == scope_of(session).workspace_id)
        .values(epoch=new_id())
    )


_ID_BEGINS = len("01234567-89ab-7")
"""The length of the part that ids from one statement share: milliseconds and version."""


def storing(happened: str) -> TextClause:
    """Return a statement that numbers and stores the rows of the table expression `happened`.

    The argument has common table expressions. The last one is named `happened` and has the columns
    place (1, 2, … in the order of numbering), kind, at, actor_id, audience, audience_id, subject_id
    and data. Run the statement with `store`, which sets its parameter `workspace_id`.
    """
    return text(
        f"""
        WITH {happened},
        moved AS (
            UPDATE workspace_feed SET head = head + counted.n
            FROM (SELECT count(*) AS n FROM happened) AS counted
            WHERE workspace_id = :workspace_id AND counted.n > 0
            RETURNING head, n
        ),
        stored AS (
            INSERT INTO events
                (workspace_id, seq, id, kind, at, actor_id, audience, audience_id, subject_id, data)
            SELECT :workspace_id, moved.head - moved.n + h.place,
                CAST(overlay(CAST(gen_random_uuid() AS text) PLACING :id_begins FROM 1) AS uuid),
                h.kind, h.at, h.actor_id, h.audience, h.audience_id, h.subject_id, h.data
            FROM moved, happened AS h
            RETURNING seq
        )
        SELECT (SELECT count(*) FROM happened) AS happened, count(seq) AS stored, max(seq) AS head
        FROM stored
        """  # noqa: S608 -- SQL of this code
    )


async def store(session: AsyncSession, statement: TextClause, **values: object) -> int:
    """Run a statement made by `storing`, and return how many events it stored.

    It locks the head of the feed until the commit, so it must be the transaction's last statement.
    """
    return await session.run_sync(_store, statement, values)


def _store(session: Session, statement: TextClause, values: dict[str, object]) -> int:
    workspace_id = scope_of(session).workspace_id
    given = {"workspace_id": workspace_id, "id_begins": str(new_id())[:_ID_BEGINS]}
    found = session.execute(statement, given | values).one()
    if found.stored != found.happened:
        raise RuntimeError("the workspace has no feed to number its events")
    if found.stored:
        session.info["head"] = found.head
    stored: int = found.stored
    return stored


_RECORDED = storing(
    """
    happened AS (
        SELECT e.place, e.kind, e.at, e.actor_id, e.audience, e.audience_id, e.subject_id,
            CAST(e.data AS jsonb) AS data
        FROM unnest(
            CAST(:kind AS text[]), CAST(:at AS timestamptz[]), CAST(:actor_id AS uuid[]),
            CAST(:audience AS text[]), CAST(:audience_id AS uuid[]), CAST(:subject_id AS uuid[]),
            CAST(:data AS text[])
        ) WITH ORDINALITY
            AS e (kind, at, actor_id, audience, audience_id, subject_id, data, place)
    )
    """
)


def _pending(session: Session) -> list[Recorded]:
    pending: list[Recorded] = session.info.setdefault("pending_events", [])
    return pending


@event.listens_for(UnitOfWork, "before_commit")
def _number_events(session: Session) -> None:
    if session.in_nested_transaction():  # also called when a savepoint is released
        return
    session.flush()
    pending = _pending(session)
    if not pending:
        return
    columns = zip(*pending, strict=True)
    _store(session, _RECORDED, dict(zip(Recorded._fields, map(list, columns), strict=True)))
    pending.clear()


@event.listens_for(UnitOfWork, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        marks: dict[SessionTransaction, int] = session.info.setdefault("event_marks", {})
        marks[transaction] = len(_pending(session))


@event.listens_for(UnitOfWork, "after_soft_rollback")
def _cut_back(session: Session, transaction: SessionTransaction) -> None:
    marks: dict[SessionTransaction, int] = session.info.get("event_marks", {})
    del _pending(session)[marks.pop(transaction, 0) :]
