"""Importing messages, with their authors and instants."""

from collections.abc import Callable, Iterator
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.kernel.text import markdown
from dayline.messages.models import Mention, Message
from dayline.transfer.models import ImportSource, SourceKind
from dayline.transfer.rows import AT_ONCE, Row, insert
from dayline.transfer.slack import export as slack
from dayline.transfer.slack.markdown import body_of
from dayline.transfer.slack.people import People
from dayline.transfer.slack.threads import Spot, Threads, recount
from dayline.transfer.sources import Sources
from dayline.transfer.text import clean

WITHOUT_TEXT = "(no text)"


async def bring_talk(
    session: AsyncSession,
    export: slack.Export,
    people: People,
    threads: Threads,
    sources: Sources,
    *,
    tell: Callable[[int], None],
) -> int:
    """Import the new messages and return their number.

    `tell` is called after each batch with the number of messages in it.
    """
    new, filled = 0, set[UUID]()
    for first in range(0, len(export.messages), AT_ONCE):
        chunk = export.messages[first : first + AT_ONCE]
        fresh = [said for said in chunk if not sources.find(SourceKind.MESSAGE, said.id)]
        rows = _Rows(scope_of(session).workspace_id, people, sources)
        for said in fresh:
            rows.add(said, threads.spots[said.topic])
        await rows.write(session)
        new += len(fresh)
        filled |= {threads.spots[said.topic].topic_id for said in fresh}
        tell(len(chunk))
    await recount(session, filled)
    return new


class _Rows:
    """The rows for a batch of messages."""

    def __init__(self, workspace_id: UUID, people: People, sources: Sources) -> None:
        self._workspace_id, self._people, self._sources = workspace_id, people, sources
        self._messages: list[Row] = []
        self._mentions: list[Row] = []
        self._noted: list[Row] = []

    def add(self, said: slack.Message, spot: Spot) -> None:
        body = clean(body_of(said, self._people.handles)).strip() or WITHOUT_TEXT
        id_ = new_id()
        self._messages.append(
            {
                "workspace_id": self._workspace_id,
                "id": id_,
                "rev": 1,
                "topic_id": spot.topic_id,
                "author_id": self._people.by_user[said.user].id,
                "body": body,
                "body_html": markdown.render(body),
                "urgent": False,
                "asks_listed": False,
                "sent_at": said.at,
                "edited_at": said.edited_at,
            }
        )
        self._mentions += self._named(said, id_, spot)
        self._noted.append(self._sources.note_row(SourceKind.MESSAGE, said.id, id_))

    def _named(self, said: slack.Message, message_id: UUID, spot: Spot) -> Iterator[Row]:
        """The mentions of members who can see the message."""
        for person in {self._people.by_user[id_] for id_ in said.mentions}:
            if spot.place.is_seen_by(person):
                yield {
                    "workspace_id": self._workspace_id,
                    "id": new_id(),
                    "message_id": message_id,
                    "member_id": person.id,
                }

    async def write(self, session: AsyncSession) -> None:
        await insert(session, Message, self._messages)
        await insert(session, Mention, self._mentions)
        await insert(session, ImportSource, self._noted)
