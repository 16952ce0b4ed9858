"""Importing a folder of decision records: all that can be read in one transaction, or nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from dayline.core.phrase import Phrase
from dayline.decisions.drafts import next_number
from dayline.decisions.keys import key_of
from dayline.decisions.models import (
    Decision,
    DecisionOption,
    DecisionRelation,
    DecisionStatus,
    RelationKind,
)
from dayline.identity.models import Role
from dayline.kernel.db import events
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions, scope_of
from dayline.kernel.db.events import Audience, begin_epoch
from dayline.kernel.db.ids import new_id
from dayline.members.models import Member
from dayline.projects.models import Project
from dayline.transfer.adr.decision_set import options_by_decision, paths_in, source_id
from dayline.transfer.adr.folder import Folder
from dayline.transfer.adr.linking import Linked, linked
from dayline.transfer.adr.record import Adr
from dayline.transfer.adr.rows import UNDECIDED, Into, becomes, content_of, rows_of
from dayline.transfer.entering import ImportFault, entered
from dayline.transfer.events import ImportFinished
from dayline.transfer.models import Source, SourceKind
from dayline.transfer.rows import write
from dayline.transfer.sources import Sources, known_sources


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of an import, by path: keys of new and of known decisions, and warnings."""

    new: Mapping[str, str]
    drafts: int
    relations: int
    known: Mapping[str, str]
    warnings: Mapping[str, Sequence[Phrase]]


async def import_folder(
    sessions: Sessions,
    clock: Clock,
    folder: Folder,
    slug: str,
    *,
    project: str,
    handle: str | None = None,
    dry_run: bool = False,
) -> ImportResult:
    """Import into a project of the workspace `slug` those records that it doesn't have yet.

    They are proposed by the member with this handle, or by the workspace's owner. One event is
    recorded and a new epoch begins; no one is notified. A dry run does everything and rolls it
    back. Raises ImportFault.
    """
    async with entered(sessions, clock, slug, dry_run=dry_run) as session:
        into = Into(
            workspace_id=scope_of(session).workspace_id,
            project_id=await _project(session, project),
            member_id=await _member(session, handle),
            now=scope_of(session).now,
        )
        sources = await known_sources(session, Source.ADR)
        result = await _Import(session, folder, into, sources).bring()
        if result.new:
            await _finish(session, len(result.new))
        return result


async def _project(session: AsyncSession, key: str) -> UUID:
    found = await session.scalar(
        select(Project)
        .where(
            col(Project.workspace_id) == scope_of(session).workspace_id,
            col(Project.key) == key.upper(),
        )
        .with_for_update(key_share=True)
    )
    if found is None:
        raise ImportFault(Phrase("imports.no-project", key=key.upper()))
    if found.archived_at is not None:
        raise ImportFault(Phrase("imports.project-archived", key=found.key))
    return found.id


async def _member(session: AsyncSession, handle: str | None) -> UUID:
    """The id of the member with this handle, or of the first owner. Raises ImportFault."""
    here = col(Member.workspace_id) == scope_of(session).workspace_id
    active = Member.is_active
    wanted = (
        col(Member.role) == Role.OWNER
        if handle is None
        else (col(Member.handle) == handle.lower().removeprefix("@")) & (~Member.is_guest)
    )
    first = select(col(Member.id)).where(here, active, wanted).order_by(col(Member.id)).limit(1)
    member_id: UUID | None = await session.scalar(first)
    if member_id is None:
        if handle is None:
            raise ImportFault(Phrase("imports.no-owner"))
        raise ImportFault(Phrase("imports.no-proposer", handle=handle))
    return member_id


class _Import:
    """The import of one folder into one project."""

    def __init__(self, session: AsyncSession, folder: Folder, into: Into, sources: Sources) -> None:
        self._session = session
        self._into = into
        self._sources = sources
        self._records = {path: reading.adr for path, reading in folder.records.items()}
        self._known = {path: id_ for path in self._records if (id_ := self._find(path))}
        self._warnings: defaultdict[str, list[Phrase]] = defaultdict(list)
        for path, reading in folder.records.items():
            if path not in self._known:
                self._warnings[path] += reading.warnings

    async def bring(self) -> ImportResult:
        links = linked(self._records, list(paths_in(self._sources, self._into.project_id)))
        new = await self._write_new(links)
        relations = await self._relate(links, {path: row.id for path, row in new.items()})
        await self._decide(new)
        for path in new:
            self._warnings[path] += links.warnings.get(path, [])
        return ImportResult(
            new={path: key_of(decision.number) for path, decision in new.items()},
            drafts=sum(becomes(self._records[path]) is DecisionStatus.DRAFT for path in new),
            relations=relations,
            known=await self._compare(),
            warnings={path: reasons for path, reasons in self._warnings.items() if reasons},
        )

    def _find(self, path: str) -> UUID | None:
        """The id of the decision that a file became in an earlier import, or None."""
        return self._sources.find(SourceKind.RECORD, source_id(self._into.project_id, path))

    async def _write_new(self, links: Linked) -> dict[str, Decision]:
        """Write the new records as drafts with their options. Returns them by path."""
        new = [path for path in self._records if path not in self._known]
        first = await next_number(self._session)
        found: dict[str, Decision] = {}
        rows: list[SQLModel] = []
        for number, path in enumerate(new, start=first):
            made = rows_of(self._records[path], number, self._into, links.broken.get(path, []))
            name = source_id(self._into.project_id, path)
            rows += [made.topic, made.decision, *made.options]
            rows += [self._sources.note(SourceKind.RECORD, name, made.decision.id)]
            found[path] = made.decision
        await write(self._session, rows)
        return found

    async def _relate(self, links: Linked, new: Mapping[str, UUID]) -> int:
        """Write the relations of new records. Returns their number.

        A known record can't get new relations, so these become warnings.
        """
        rows: list[SQLModel] = []
        for relation in links.relations:
            later, earlier = new.get(relation.later), self._find(relation.earlier)
            if later is not None and earlier is not None:
                kind = RelationKind(relation.kind.value)
                rows.append(
                    DecisionRelation(
                        workspace_id=self._into.workspace_id,
                        id=new_id(),
                        decision_id=later,
                        earlier_id=earlier,
                        kind=kind,
                    )
                )
            elif relation.earlier in new:
                self._warnings[relation.later].append(
                    Phrase(
                        "imports.warned-link-late",
                        kind=relation.kind.value,
                        file=relation.earlier,
                    )
                )
        await write(self._session, rows)
        return len(rows)

    async def _decide(self, new: Mapping[str, Decision]) -> None:
        """Set the status of decided ones. From then on the database refuses changes to them."""
        ids = [
            decision.id
            for path, decision in new.items()
            if becomes(self._records[path]) is DecisionStatus.DECIDED
        ]
        here = col(Decision.workspace_id) == self._into.workspace_id
        await self._session.execute(
            update(Decision)
            .where(here, col(Decision.id).in_(ids))
            .values(status=DecisionStatus.DECIDED)
            .execution_options(synchronize_session=False)
        )

    async def _compare(self) -> dict[str, str]:
        """The keys of known decisions, by path. Adds a warning for each file that differs."""
        here = col(Decision.workspace_id) == self._into.workspace_id
        which = here & col(Decision.id).in_(self._known.values())
        rows = await self._session.scalars(select(Decision).where(which))
        decisions = {decision.id: decision for decision in rows}
        options = await options_by_decision(self._session, decisions)
        for path, id_ in self._known.items():
            reason = _what_differs(self._records[path], decisions[id_], options[id_])
            self._warnings[path] += [reason] if reason else []
        return {path: key_of(decisions[id_].number) for path, id_ in self._known.items()}


def _what_differs(adr: Adr, decision: Decision, options: Sequence[DecisionOption]) -> Phrase | None:
    key = key_of(decision.number)
    if decision.status in UNDECIDED:
        is_decided = becomes(adr) is DecisionStatus.DECIDED
        return Phrase("imports.warned-already-decided", key=key) if is_decided else None
    held = content_of(decision, options)
    same = {"title", "decided_on", "context", "options", "outcome", "rationale"}
    differs = any(getattr(adr, name) != getattr(held, name) for name in same)
    return Phrase("imports.warned-differs", key=key) if differs else None


async def _finish(session: AsyncSession, decisions: int) -> None:
    finished = ImportFinished(
        source=Source.ADR,
        members=0,
        projects=0,
        topics=decisions,
        messages=0,
        asks=0,
        answers=0,
        decisions=decisions,
    )
    events.record(session, finished, Audience.team())
    await begin_epoch(session)
