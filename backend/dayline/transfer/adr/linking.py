"""Resolving the links between records of a folder to relations."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath

from dayline.core.phrase import Phrase
from dayline.transfer.adr.reading import number_in
from dayline.transfer.adr.record import Adr, Link, LinkKind
from dayline.transfer.adr.status import as_markdown

VERBS = {
    LinkKind.SUPERSEDES: "Supersedes",
    LinkKind.SUPERSEDED_BY: "Superseded by",
    LinkKind.AMENDS: "Amends",
    LinkKind.AMENDED_BY: "Amended by",
}
_INVERSE = {LinkKind.SUPERSEDED_BY: LinkKind.SUPERSEDES, LinkKind.AMENDED_BY: LinkKind.AMENDS}


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """What a later record does to an earlier one, by their paths. `kind` is a forward one."""

    later: str
    earlier: str
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Linked:
    """Distinct relations, in order; and by path the links without a target, and warnings."""

    relations: tuple[Relation, ...]
    broken: Mapping[str, list[Link]]
    warnings: Mapping[str, list[Phrase]]


def linked(records: Mapping[str, Adr], elsewhere: Collection[str] = ()) -> Linked:
    """Resolve the links of records, by path. `elsewhere` has paths of records imported before."""
    return _Linker([*records, *elsewhere]).linked(records)


@dataclass
class _Linker:
    paths: Collection[str]
    relations: set[Relation] = field(default_factory=set)
    earlier: defaultdict[tuple[LinkKind, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    broken: defaultdict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    warnings: defaultdict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))

    def linked(self, records: Mapping[str, Adr]) -> Linked:
        for path, adr in records.items():
            for link in adr.links:
                self._follow(path, link)
        return Linked(tuple(sorted(self.relations)), self.broken, self.warnings)

    def _follow(self, path: str, link: Link) -> None:
        said = f"{VERBS[link.kind].lower()} {as_markdown(link)}"
        found = sorted(set(self._targets(path, link)) - {path})
        if not found:
            self._keep_as_text(path, link, Phrase("imports.warned-link-nowhere", link=said))
            return
        if len(found) > 1:
            self._keep_as_text(path, link, Phrase("imports.warned-link-ambiguous", link=said))
            return
        relation = _relation(path, link.kind, found[0])
        if self._leads_back(relation):
            self._keep_as_text(path, link, Phrase("imports.warned-link-circle", link=said))
        elif relation not in self.relations:
            self.relations.add(relation)
            self.earlier[relation.kind, relation.later].append(relation.earlier)

    def _keep_as_text(self, path: str, link: Link, warning: Phrase) -> None:
        self.broken[path].append(link)
        self.warnings[path].append(warning)

    def _targets(self, path: str, link: Link) -> Iterator[str]:
        """The records that a link can mean. By number, those in the same folder are preferred."""
        if link.target.isdecimal():
            numbered = [each for each in self.paths if number_in(each) == int(link.target)]
            beside = [each for each in numbered if dirname(each) == dirname(path)]
            return iter(beside or numbered)
        exact = normpath(join(dirname(path), link.target))
        named = (each for each in self.paths if basename(each) == basename(link.target))
        return iter([exact]) if exact in self.paths else named

    def _leads_back(self, relation: Relation) -> bool:
        """Whether the earlier record already does the same to the later one, even indirectly."""
        before, seen = [relation.earlier], set[str]()
        while before:
            path = before.pop()
            if path not in seen:
                seen.add(path)
                before += self.earlier[relation.kind, path]
        return relation.later in seen


def _relation(path: str, kind: LinkKind, other: str) -> Relation:
    forward = _INVERSE.get(kind)
    return Relation(path, other, kind) if forward is None else Relation(other, path, forward)
