"""Exporting decisions as MADR files."""

import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from posixpath import dirname, relpath
from uuid import UUID
from zoneinfo import ZoneInfo

from dayline.decisions.keys import key_of
from dayline.decisions.models import Decision, DecisionRelation, DecisionStatus, RelationKind
from dayline.kernel.http.downloads import Pieces
from dayline.transfer.adr.decided import Taken
from dayline.transfer.adr.decision_set import DecisionSet
from dayline.transfer.adr.normalizing import distinct, normalized
from dayline.transfer.adr.reading import number_in
from dayline.transfer.adr.record import Adr, Link, LinkKind
from dayline.transfer.adr.rows import content_of, without_facts
from dayline.transfer.adr.status import ACCEPTED, as_markdown, word_of
from dayline.transfer.adr.writing import write

INDEX = "index.md"
_FORWARD = {
    RelationKind.SUPERSEDES: (LinkKind.SUPERSEDES, LinkKind.SUPERSEDED_BY),
    RelationKind.AMENDS: (LinkKind.AMENDS, LinkKind.AMENDED_BY),
}
_READABLE = 0o644 << 16
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")


class Export:
    """Decisions as files of one folder. Dates are in the given zone.

    Pass `has_figures=False` for guests, who may not see what decisions took.
    """

    def __init__(self, held: DecisionSet, zone: ZoneInfo, *, has_figures: bool = True) -> None:
        self._held = held
        self._has_figures = has_figures
        self._zone = zone
        self._files = _names(held)
        self._by_id = {decision.id: decision for decision in held.decisions}
        self._relations = _by_either_end(held.relations)

    def name(self, decision: Decision) -> str:
        """The path of a decision's file: as it was imported, or made of its number and title."""
        return self._files[decision.id]

    def file(self, decision: Decision) -> str:
        """The text of a decision's file."""
        return write(self._adr(decision))

    def files(self) -> Iterator[tuple[str, str]]:
        """Each file's path and text, created one at a time. The index comes last."""
        rows = []
        for decision in self._held.decisions:
            adr = self._adr(decision)
            rows.append(self._row(decision, adr))
            yield self._files[decision.id], write(adr)
        yield INDEX, _index(rows)

    def _adr(self, decision: Decision) -> Adr:
        options = self._held.options[decision.id]
        adr = content_of(decision, options)
        links = self._links(decision)
        facts, sections = without_facts(adr.sections)
        if _is_as_it_came(decision, self._held):
            status = decision.source_status or facts.status
            day = decision.decided_on or facts.day
        else:
            status, day = _WORDS[decision.status], self._day(decision)
            sections = (*sections, *self._taken(decision).sections())
        if status is None or word_of(status) in ACCEPTED:
            status = _superseded(links) or status
        return normalized(
            replace(adr, status=status, decided_on=day, sections=sections, links=links)
        )

    def _taken(self, decision: Decision) -> Taken:
        held = self._held
        return Taken(
            decision=decision,
            options=held.options[decision.id],
            stakeholders=held.stakeholders[decision.id],
            inputs=held.inputs[decision.id],
            names=held.names,
            has_figures=self._has_figures,
        )

    def _day(self, decision: Decision) -> date | None:
        at = decision.decided_at
        return decision.decided_on if at is None else at.astimezone(self._zone).date()

    def _links(self, decision: Decision) -> tuple[Link, ...]:
        found = []
        for relation in self._relations[decision.id]:
            forward, backward = _FORWARD[relation.kind]
            later = self._by_id[relation.decision_id]
            if relation.decision_id == decision.id:
                found.append(self._link(decision, forward, relation.earlier_id))
            elif relation.earlier_id == decision.id and later.status is DecisionStatus.DECIDED:
                found.append(self._link(decision, backward, later.id))
        return distinct(found)

    def _link(self, decision: Decision, kind: LinkKind, other: UUID) -> Link:
        target = relpath(self._files[other], dirname(self._files[decision.id]) or ".")
        number = number_in(target)
        title = re.sub(r"[\[\]\\]", "", self._by_id[other].title)
        return Link(kind, target, title if number is None else f"ADR-{number:04}")

    def _row(self, decision: Decision, adr: Adr) -> str:
        title = as_markdown(Link(LinkKind.AMENDS, self._files[decision.id], adr.title))
        cells = (key_of(decision.number), title, adr.status or "", str(adr.decided_on or ""))
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


_WORDS = {
    DecisionStatus.DRAFT: "proposed",
    DecisionStatus.OPEN: "proposed",
    DecisionStatus.DECIDED: "accepted",
    DecisionStatus.WITHDRAWN: "withdrawn",
}


def zipped(export: Export) -> Iterator[bytes]:
    """The zip archive, in one piece per file. The same decisions give the same bytes."""
    pieces = Pieces()
    with zipfile.ZipFile(pieces, "w") as archive:
        for path, text in export.files():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = _READABLE
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
            yield pieces.take()
    yield pieces.take()


def _index(rows: Iterable[str]) -> str:
    head = "| Decision | Title | Status | Date |\n| --- | --- | --- | --- |"
    return "\n".join(["# Decisions", "", head, *rows, ""])


def _is_as_it_came(decision: Decision, held: DecisionSet) -> bool:
    """Whether an imported decision was neither opened nor decided nor withdrawn in Dayline."""
    is_settled_here = decision.decided_at is not None or decision.opened_at is not None
    stands = (DecisionStatus.DRAFT, DecisionStatus.DECIDED)
    return decision.id in held.paths and decision.status in stands and not is_settled_here


def _superseded(links: Iterable[Link]) -> str | None:
    """The status of a record that later ones supersede, or None."""
    by = [as_markdown(link) for link in links if link.kind is LinkKind.SUPERSEDED_BY]
    return f"superseded by {', '.join(by)}" if by else None


def _by_either_end(relations: Iterable[DecisionRelation]) -> Mapping[UUID, list[DecisionRelation]]:
    found: dict[UUID, list[DecisionRelation]] = defaultdict(list)
    for relation in relations:
        for end in {relation.decision_id, relation.earlier_id}:
            found[end].append(relation)
    return found


def _names(held: DecisionSet) -> Mapping[UUID, str]:
    """A unique path for each decision. Paths of imported ones are kept, the first of duplicates."""
    files: dict[UUID, str] = {}
    taken = {INDEX}
    for decision in sorted(held.decisions, key=lambda each: each.id not in held.paths):
        name = next(each for each in _wanted(decision, held) if each.lower() not in taken)
        taken.add(name.lower())
        files[decision.id] = name
    return files


def _wanted(decision: Decision, held: DecisionSet) -> Iterator[str]:
    if decision.id in held.paths:
        yield held.paths[decision.id]
    yield f"{decision.number:04}-{_slug(decision.title)}.md"
    yield f"{decision.number:04}-{_slug(decision.title)}-{key_of(decision.number).lower()}.md"


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NO_LETTER_OR_DIGIT.sub("-", plain).strip("-")[:80].rstrip("-") or "decision"
