"""The agreement as a Markdown file."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from dayline.agreements.schemas import AgreementOut
from dayline.agreements.windows import in_words, windows_table
from dayline.core.phrase import AllOf, Phrase
from dayline.kernel.text.catalogs import dated_moment, render

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|#~&])")


def as_markdown(document: AgreementOut, zone: ZoneInfo, language: str) -> str:
    """Return the agreement's text, its answer times in words, its dates and its signatures.

    Times are in `zone`, which the text names. Signatures are left out if the document has none.
    """
    return "\n\n".join(_Export(document, zone, language).parts()) + "\n"


class _Export:
    """One version, written in one language and zone."""

    def __init__(self, document: AgreementOut, zone: ZoneInfo, language: str) -> None:
        self._document = document
        self._zone = zone
        self._language = language

    def parts(self) -> Iterator[str]:
        document = self._document
        yield f"# {_plain(document.title)}"
        yield "\n".join(map(self._say, self._dates()))
        yield document.text.strip()
        yield f"## {self._say(Phrase('agreement.answer-times'))}"
        yield windows_table(document.clauses.allowances(), self._language)
        yield self._say(self._how_time_counts())
        yield from self._signed()

    def _dates(self) -> Iterator[Phrase]:
        document, until = self._document, self._document.superseded_from
        yield Phrase(
            "agreement.in-force",
            version=document.version,
            start=self._at(document.in_force_from),
            end=self._at(until) if until else "none",
        )
        yield Phrase("agreement.published", at=self._at(document.published_at))
        yield Phrase("agreement.zone", zone=self._zone.key)

    def _how_time_counts(self) -> Phrase:
        first_check = in_words(self._document.first_check_minutes * 60, self._language)
        share = self._document.warn_share
        return Phrase("agreement.how-time-counts", share=share, first_check=first_check)

    def _signed(self) -> Iterator[str]:
        document = self._document
        if document.signatures is None:
            return
        yield f"## {self._say(Phrase('agreement.signatures'))}"
        yield self._signatures() or self._say(Phrase("agreement.no-signatures"))
        if document.unsigned:
            names = AllOf(*(_plain(member.name) for member in document.unsigned))
            yield self._say(Phrase("agreement.not-signed", names=names))

    def _signatures(self) -> str:
        rows = [
            f"| {_plain(signature.name)} | {self._at(signature.signed_at)} |"
            for signature in self._document.signatures or ()
        ]
        header = map(self._say, (Phrase("agreement.member"), Phrase("agreement.signed")))
        return "\n".join([f"| {' | '.join(header)} |", "|---|---|", *rows]) if rows else ""

    def _at(self, instant: datetime) -> str:
        """An instant with its offset, like `24 Oct 2026, 10:00 (UTC+03:00)`."""
        local = instant.astimezone(self._zone)
        wall, offset = local.replace(tzinfo=None), local.isoformat()[-6:]
        return f"{dated_moment(wall, self._language)} (UTC{offset})"

    def _say(self, phrase: Phrase) -> str:
        return render(phrase, self._language)


def _plain(words: str) -> str:
    """Escape a line of text, so that Markdown shows it literally."""
    return _MEANS_SOMETHING.sub(r"\\\1", words)
