"""The agreement as a Markdown file."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from dayline.agreements.schemas import AgreementOut, SignatureOut, SignerOut
from dayline.agreements.windows import escalation_table, in_words, windows_table

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|#~&])")


def as_markdown(document: AgreementOut, zone: ZoneInfo) -> str:
    """Return the agreement's text, its answer times in words, its dates and its signatures.

    Times are in `zone`, which the text names. Signatures are left out if the document has none.
    """
    parts = [
        f"# {_plain(document.title)}",
        _since(document, zone),
        document.text.strip(),
        "## Response windows",
        windows_table(document.clauses.allowances()),
        escalation_table(document.clauses.escalations()),
        _how_it_counts(document),
        *_signed(document, zone),
    ]
    return "\n\n".join(parts) + "\n"


def _plain(words: str) -> str:
    """Escape a line of text, so that Markdown shows it literally."""
    return _MEANS_SOMETHING.sub(r"\\\1", words)


def _at(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone).isoformat(" ", "minutes")
    return f"{local[:16]} (UTC{local[16:]})"


def _since(document: AgreementOut, zone: ZoneInfo) -> str:
    until = document.superseded_from
    ends = "" if until is None else f" until {_at(until, zone)}"
    return (
        f"Version {document.version}, in force from {_at(document.in_force_from, zone)}{ends}.\n"
        f"Published {_at(document.published_at, zone)}.\n"
        f"Times are those of {zone.key}."
    )


def _how_it_counts(document: AgreementOut) -> str:
    first_check = in_words(document.first_check_minutes * 60)
    return (
        "Windows are counted in the working time of whoever is asked. "
        f"A warning comes when {document.warn_share} % of a window have passed. "
        "What arrives outside their working day is looked at "
        f"within {first_check} of the start of the next one. "
        "Each time before a handover is counted in the working time of the person it goes to, "
        "from when the answer before is overdue."
    )


def _signed(document: AgreementOut, zone: ZoneInfo) -> Iterator[str]:
    if document.signatures is None:
        return
    yield "## Signatures"
    yield _signatures(document.signatures, zone) or "Nobody has signed this version."
    if document.unsigned:
        yield f"Not signed yet: {_names(document.unsigned)}."


def _signatures(signatures: list[SignatureOut], zone: ZoneInfo) -> str:
    rows = [f"| {_plain(held.name)} | {_at(held.signed_at, zone)} |" for held in signatures]
    return "\n".join(["| Member | Signed |", "|---|---|", *rows]) if rows else ""


def _names(members: list[SignerOut]) -> str:
    return ", ".join(_plain(member.name) for member in members)
